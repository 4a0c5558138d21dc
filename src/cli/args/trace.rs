//! The arguments of `trace`.

use std::path::PathBuf;

use clap::Args;

use super::draft_form::DraftFormOptions;
use super::filter::FilterOptions;

/// Options of `trace`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  plansearch trace 送审稿.docx
  plansearch trace 送审稿.docx -o 批注.docx      the draft with comments in its margin
  plansearch trace 送审稿.docx --year ..2024 --json
  pbpaste | plansearch trace -

Exit status: 0 some sentence has a source, 1 none has, 2 an error.")]
pub struct TraceOptions {
    /// The draft: a file of any format that `index` reads, or `-` for text on stdin.
    #[arg(value_name = "DRAFT")]
    pub draft: PathBuf,
    /// Which documents may be sources.
    #[command(flatten)]
    pub filter: FilterOptions,
    /// List only sentences with a changed figure or without a source.
    #[arg(long)]
    pub problems: bool,
    /// How the answer is written.
    #[command(flatten)]
    pub form: DraftFormOptions,
}
