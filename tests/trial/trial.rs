//! Trials of the program as an office treats it, each a command:
//!
//! ```text
//! cargo run --example trial -- load PROGRAM INDEX [SECONDS] [rude]
//! cargo run --example trial -- kill PROGRAM LIBRARY [TIMES]
//! cargo run --example trial -- corrupt PROGRAM INDEX [FLIPS]
//! cargo run --example trial -- requests PROGRAM INDEX [TIMES]
//! ```
//!
//! They start the program themselves, speak to 127.0.0.1 alone and end by themselves.
//! Exit status: 0 all is as it should be, 1 something is not.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a trial prints and ends at the first thing that it cannot do"
)]

mod client;
mod corrupt;
mod kill;
mod load;
mod random;
mod requests;
mod server;

use std::process::ExitCode;

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
        [name, program, library, ..] if name == "kill" => {
            kill::run(program, library, number(3, 20))
        }
        [name, program, index, ..] if name == "corrupt" => {
            corrupt::run(program, index, number(3, 16))
        }
        [name, program, index, ..] if name == "requests" => {
            requests::run(program, index, number(3, 10_000))
        }
        _ => {
            println!("usage: trial load|kill|corrupt|requests PROGRAM INDEX-OR-LIBRARY [NUMBER]");
            false
        }
    };
    println!("{}", if is_good { "good" } else { "NOT GOOD" });
    ExitCode::from(u8::from(!is_good))
}
