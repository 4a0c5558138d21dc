//! `plansearch themes`.

/// Options of `themes`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plansearch themes                 the themes by group, with the number of passages
  plansearch themes 氢能            what each document says about it, newest first
  plansearch themes --candidates    frequent compounds that are in no theme

Exit status: 0 found, 1 nothing, 2 an error.")]
pub struct ThemesOptions {
    /// Name of a theme; without it all themes are listed.
    pub name: Option<String>,
    /// List frequent compounds of headings and leads that are in no theme.
    #[arg(long, conflicts_with = "name")]
    pub candidates: bool,
    /// How many documents, or candidates, at most.
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=1000))]
    pub limit: u64,
    /// How many documents to pass over.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: u64,
    /// How many passages of a document, at most.
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=1000))]
    pub passages: u64,
    /// Print one JSON object.
    #[arg(short, long)]
    pub json: bool,
}
