//! `plansearch show`.

/// Options of `show`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plansearch show 8dc22e0c5b53-114              a passage with two before and behind
  plansearch show 8dc22e0c5b53-114 -C 5         with five
  plansearch show 8dc22e0c5b53-114 8dc22e0c5b53-63
  plansearch show 8dc22e0c5b53                  a document, whole")]
pub struct ShowOptions {
    /// Ids of passages, as a search gives them, or of documents.
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    /// How many passages to show before and behind.
    #[arg(short = 'C', long, default_value_t = 2, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=1000))]
    pub context: u64,
    /// Print one JSON object; of several ids one a line.
    #[arg(short, long)]
    pub json: bool,
}
