//! Trials of the program as an office treats it, each a command:
//!
//! ```text
//! cargo run --example trial -- load PROGRAM INDEX [SECONDS] [rude]
//! cargo run --example trial -- drip PROGRAM INDEX [SOCKETS]
//! cargo run --example trial -- kill PROGRAM LIBRARY [TIMES]
//! cargo run --example trial -- corrupt PROGRAM INDEX [FLIPS]
//! cargo run --example trial -- requests PROGRAM INDEX [TIMES]
//! cargo run --example trial -- crowd ADDRESS [CLIENTS] [SECONDS] [TARGET] [QUERIES] [PROCESS]
//! ```
//!
//! They start the program themselves, speak to 127.0.0.1 alone and end by themselves.
//! `crowd` asks a service that runs already, of any make, on this machine: `TARGET` has
//! `{}` where a query goes (`/api/search?q={}`), `QUERIES` is a file with one a line (`-`
//! for some of statutes), `PROCESS` the number of the service's process, whose time and
//! memory are told too. Exit status: 0 all is as it should be, 1 something is not.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a trial prints and ends at the first thing that it cannot do"
)]

mod client;
mod corrupt;
mod crowd;
mod drip;
mod kill;
mod load;
mod process;
mod random;
mod requests;
mod server;

use std::net::SocketAddr;
use std::process::ExitCode;

use crowd::Crowd;
use process::Process;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default: u64| {
        let given = arguments.get(at).and_then(|text| text.parse().ok());
        given.unwrap_or(default)
    };
    let is_good = match arguments.as_slice() {
        [name, program, index, ..] if name == "load" => {
            let is_rude = arguments.iter().any(|argument| argument == "rude");
            load::run(program, index, number(3, 60), is_rude)
        }
        [name, program, index, ..] if name == "drip" => drip::run(program, index, number(3, 500)),
        [name, program, library, ..] if name == "kill" => {
            kill::run(program, library, number(3, 20))
        }
        [name, program, index, ..] if name == "corrupt" => {
            corrupt::run(program, index, number(3, 16))
        }
        [name, program, index, ..] if name == "requests" => {
            requests::run(program, index, number(3, 10_000))
        }
        [name, address, given @ ..] if name == "crowd" => {
            ask(address, given, number(2, 8), number(3, 10))
        }
        _ => {
            println!(
                "usage: trial load|drip|kill|corrupt|requests PROGRAM INDEX-OR-LIBRARY [NUMBER]\n       trial crowd ADDRESS [CLIENTS] [SECONDS] [TARGET] [QUERIES] [PROCESS]"
            );
            false
        }
    };
    println!("{}", if is_good { "good" } else { "NOT GOOD" });
    ExitCode::from(u8::from(!is_good))
}

/// Asks a service that runs already.
fn ask(address: &str, given: &[String], n_clients: u64, seconds: u64) -> bool {
    let address: SocketAddr = address.parse().expect("an address and a port");
    assert!(
        address.ip().is_loopback(),
        "only services of this machine are asked"
    );
    let process = given.get(4).and_then(|id| id.parse().ok()).map(Process);
    let mut crowd = Crowd {
        n_clients,
        seconds,
        ..Crowd::of(address, process)
    };
    if let Some(target) = given.get(2) {
        target.clone_into(&mut crowd.target);
    }
    if let Some(path) = given.get(3).filter(|path| *path != "-") {
        let text = std::fs::read_to_string(path).expect("a file with queries");
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        crowd.queries = lines.map(str::to_owned).collect();
    }
    let met = crowd.ask();
    met.tell(&format!("{n_clients} clients"));
    met.n_wrong == 0
}
