//! `plansearch completions` and `plansearch man`, for packages.

use std::path::PathBuf;

use clap_complete::Shell;

/// Options of `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsOptions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Options of `man`.
#[derive(Debug, clap::Args)]
pub struct ManOptions {
    /// The folder.
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
}
