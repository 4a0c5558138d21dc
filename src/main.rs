//! The `plansearch` program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    plansearch::cli::main()
}
