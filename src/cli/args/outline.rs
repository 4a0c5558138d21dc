//! `plansearch outline`.

use std::path::PathBuf;

/// Options of `outline`.
#[derive(Debug, clap::Args)]
pub struct OutlineOptions {
    /// The file.
    pub file: PathBuf,
    /// Print one JSON object with everything that was found.
    #[arg(short, long)]
    pub json: bool,
}
