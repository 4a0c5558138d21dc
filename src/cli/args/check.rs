//! The arguments of `check`.

use std::path::PathBuf;

use clap::Args;

use super::draft_form::DraftFormOptions;
use super::filter::FilterOptions;

/// Options of `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  plansearch check 送审稿.docx
  plansearch check 送审稿.docx -o 核对.docx      the draft with comments in its margin
  plansearch check 送审稿.docx --doc 规划纲要 --json
  pbpaste | plansearch check -

Exit status: 0 nothing differs, 1 something differs, 2 an error.")]
pub struct CheckOptions {
    /// The draft: a file of any format that `index` reads, or `-` for text on stdin.
    #[arg(value_name = "DRAFT")]
    pub draft: PathBuf,
    /// Which documents may be sources.
    #[command(flatten)]
    pub filter: FilterOptions,
    /// List what agrees too.
    #[arg(long)]
    pub all: bool,
    /// How the answer is written.
    #[command(flatten)]
    pub form: DraftFormOptions,
}
