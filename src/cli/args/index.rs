//! `plansearch index`.

use std::path::PathBuf;
use std::time::Duration;

/// Options of `index`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plansearch index                     the folder seeds
  plansearch index ~/规划 extra.jsonl  a folder and a file of ready-made passages
  plansearch index --rebuild ~/规划    start anew, beside the old index until the end
  plansearch index --watch ~/规划      keep in step until Ctrl-C")]
pub struct IndexOptions {
    /// Files and folders. Documents whose files are gone from a folder leave the index.
    #[arg(default_value = "seeds", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Start anew. The old index serves until the new one is complete.
    #[arg(long)]
    pub rebuild: bool,
    /// The library's own themes (TOML), beside the built-in ones. They are kept with the
    /// index until another file is given.
    #[arg(long, env = "PLANSEARCH_THEMES", value_name = "FILE")]
    pub themes: Option<PathBuf>,
    /// Synonyms of this library (甲 = 乙, 甲 > 乙、丙), beside the built-in ones. They
    /// are kept with the index until another file is given; an empty one ends them.
    #[arg(long, env = "PLANSEARCH_SYNONYMS", value_name = "FILE")]
    pub synonyms: Option<PathBuf>,
    /// Command of the shell that recognises pages that are pictures: it finds the file in
    /// `PLANSEARCH_FILE` and the page in `PLANSEARCH_PAGE`, and prints the text. The README
    /// has two. At most 2 minutes a page; what it gave is kept with the index.
    #[arg(long, env = "PLANSEARCH_OCR", value_name = "COMMAND")]
    pub ocr: Option<String>,
    /// Keep the index in step with the folders until Ctrl-C. Looks at names, times
    /// and sizes, so it works on network shares.
    #[arg(long)]
    pub watch: bool,
    /// Seconds between two looks of --watch. A change counts when two looks agree.
    #[arg(long, default_value_t = 5.0, value_name = "SECONDS", value_parser = parse_interval)]
    pub interval: f64,
    /// Print the report as one JSON object; with --watch one a line for each change.
    #[arg(short, long)]
    pub json: bool,
}

impl IndexOptions {
    /// The time between two looks.
    pub fn pause(&self) -> Duration {
        Duration::from_secs_f64(self.interval)
    }
}

fn parse_interval(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.1..=86_400.0).contains(&seconds) {
        Ok(seconds)
    } else {
        Err("between 0.1 and 86400 seconds".to_owned())
    }
}

impl IndexOptions {
    /// The options that index one folder as it is.
    pub fn of(path: PathBuf) -> Self {
        Self {
            paths: vec![path],
            rebuild: false,
            themes: None,
            synonyms: None,
            ocr: None,
            watch: false,
            interval: 5.0,
            json: false,
        }
    }
}
