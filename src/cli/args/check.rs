//! The arguments of `check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::filter::FilterOptions;

/// Options of `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  plansearch check 送审稿.docx
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
    /// Form of the answer.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text, value_name = "FORM")]
    pub format: CheckFormat,
    /// Print one JSON object, as `--format json`.
    #[arg(short, long, conflicts_with = "format")]
    pub json: bool,
}

/// Forms of the answer of `check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Lines for a person.
    Text,
    /// One JSON object.
    Json,
    /// Markdown.
    Md,
}
