//! `plansearch suggest`.

/// Options of `suggest`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plansearch suggest 氢          names that begin with it or hold it
  plansearch suggest qingneng    by reading
  plansearch suggest qn          by first letters; also 氢n

Exit status: 0 suggestions, 1 none, 2 an error.")]
pub struct SuggestOptions {
    /// What was typed so far.
    pub query: String,
    /// How many suggestions, at most.
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=50))]
    pub limit: u64,
    /// Print one JSON object.
    #[arg(short, long)]
    pub json: bool,
}
