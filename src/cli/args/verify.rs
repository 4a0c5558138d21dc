//! `plansearch verify`.

/// Options of `verify`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 the index is as it was written, 2 it is damaged or an error."
)]
pub struct VerifyOptions {
    /// Print one JSON object.
    #[arg(short, long)]
    pub json: bool,
}
