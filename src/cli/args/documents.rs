//! `plansearch documents`.

/// Options of `documents`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plansearch documents              all
  plansearch documents 港区 2021    those with both in title, number, issuer, date, type or file

Exit status: 0 documents, 1 none, 2 an error.")]
pub struct DocumentsOptions {
    /// Parts of title, number, issuer, date, type or file; a document has them all.
    #[arg(value_name = "PART")]
    pub parts: Vec<String>,
    /// Print one JSON object.
    #[arg(short, long)]
    pub json: bool,
}
