//! The command line: what was typed, what is done, what is printed.
//!
//! Exit status: 0 done or hits, 1 no hits, 2 an error. Data goes to stdout, talk
//! to stderr; only `output.rs` prints.

pub mod args;
mod check_command;
mod columns;
mod compare_command;
mod deliver;
mod documents_command;
mod evolve_command;
mod help;
mod index_command;
mod marked_draft;
mod outline_command;
mod outline_json;
mod output;
mod pager;
mod search_command;
mod serve_command;
mod show_command;
mod stop;
mod suggest_command;
mod targets_command;
mod themes_command;
mod topic_command;
mod trace_command;
mod translation;
mod verify_command;
mod watch_command;
mod wrap;

use std::path::Path;
use std::process::ExitCode;

use args::{Args, Command};
use output::Output;

/// Reads the arguments, runs the command and says how it ended.
pub fn main() -> ExitCode {
    let args = match help::parse(std::env::args_os()) {
        Ok(args) => args,
        Err(code) => return code,
    };
    let output = Output::new(args.color, args.lang);
    let pager = pager::start(&args);
    let outcome = run(&args, output);
    drop(pager);
    match outcome {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args, output: Output) -> anyhow::Result<ExitCode> {
    let dir: &Path = &args.index;
    match &args.command {
        None => serve_command::index_and_serve(dir, output),
        Some(Command::Index(options)) => index_command::run(dir, options, output),
        Some(Command::Search(options)) => search_command::run(dir, options, output),
        Some(Command::Suggest(options)) => suggest_command::run(dir, options, output),
        Some(Command::Themes(options)) => themes_command::run(dir, options, output),
        Some(Command::Check(options)) => check_command::run(dir, options, output),
        Some(Command::Trace(options)) => trace_command::run(dir, options, output),
        Some(Command::Compare(options)) => compare_command::run(dir, options, output),
        Some(Command::Evolve(options)) => evolve_command::run(dir, options, output),
        Some(Command::Targets(options)) => targets_command::run(dir, options, output),
        Some(Command::Show(options)) => show_command::show(dir, options, output),
        Some(Command::Documents(options)) => documents_command::run(dir, options, output),
        Some(Command::Outline(options)) => outline_command::run(options, output),
        Some(Command::Serve(options)) => serve_command::serve(dir, options, output),
        Some(Command::Verify(options)) => verify_command::run(dir, options, output),
        Some(Command::Completions(options)) => help::completions(options, output),
        Some(Command::Man(options)) => help::man(options),
    }
}

/// A reader that went away (`plansearch search … | head`) is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
