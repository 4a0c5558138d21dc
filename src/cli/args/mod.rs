//! The arguments, a file a command. The doc comments are the help that people read;
//! `messages.zh` has it in Chinese.

mod check;
mod compare;
mod completions;
mod documents;
mod draft_form;
mod filter;
mod hit_form;
mod index;
mod outline;
mod search;
mod serve;
mod show;
mod suggest;
mod targets;
mod themes;
mod trace;
mod verify;

pub use check::CheckOptions;
pub use compare::{ByChoice, CompareOptions, EvolveOptions, Form, FormOptions};
pub use completions::{CompletionsOptions, ManOptions};
pub use documents::DocumentsOptions;
pub use draft_form::{DraftForm, DraftFormOptions};
pub use filter::FilterOptions;
pub use hit_form::{CitationForm, HitForm, HitFormOptions};
pub use index::IndexOptions;
pub use outline::OutlineOptions;
pub use search::{SearchOptions, SortChoice, guarded, unguarded};
pub use serve::{LogChoice, ServeOptions};
pub use show::ShowOptions;
pub use suggest::SuggestOptions;
pub use targets::TargetsOptions;
pub use themes::ThemesOptions;
pub use trace::TraceOptions;
pub use verify::VerifyOptions;

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Parser, Subcommand, ValueEnum};

/// Full-text search over Chinese government planning documents.
///
/// 规划文献全文检索：引号内的词句无论长短，凡文中出现之处都能找到，并给出章、节、段和引文。
///
/// Without a command: builds the index of `seeds/` if there is none, then serves
/// the web page.
#[derive(Debug, Parser)]
#[command(name = "plansearch", version = VERSION.as_str(), after_help = EXAMPLES)]
pub struct Args {
    /// Folder of the index.
    #[arg(
        long,
        global = true,
        env = "PLANSEARCH_INDEX",
        default_value = "index",
        value_name = "DIR"
    )]
    pub index: PathBuf,
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub color: ColorChoice,
    /// Do not page what is longer than the terminal; PAGER names the program that does.
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// Language of help and messages: zh or en. Without it the locale decides.
    #[arg(
        long,
        global = true,
        value_enum,
        env = "PLANSEARCH_LANG",
        value_name = "LANGUAGE"
    )]
    pub lang: Option<Lang>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The version, and where a release was made the commit it was made of.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let version = env!("CARGO_PKG_VERSION");
    match option_env!("PLANSEARCH_COMMIT").filter(|commit| !commit.is_empty()) {
        Some(commit) => format!("{version} ({commit})"),
        None => version.to_owned(),
    }
});

const EXAMPLES: &str = "\
Examples:
  plansearch index ~/规划              index a folder; later runs read only what changed
  plansearch search '氢能 储运'        passages with both words
  plansearch search '“海河联运”' --doc 港区 --year 2021..2025
  plansearch serve --listen 127.0.0.1:8000

Exit status: 0 done or hits, 1 no hits, 2 an error.";

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A language of help and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Index files and folders; only what changed is read.
    Index(IndexOptions),
    /// Search passages.
    Search(SearchOptions),
    /// Complete what was typed by names of the library.
    Suggest(SuggestOptions),
    /// What the library says on its themes, and which may be added.
    Themes(ThemesOptions),
    /// Trace the sentences of a draft to their sources.
    Trace(TraceOptions),
    /// Hold what a draft states against the library.
    Check(CheckOptions),
    /// Compare two documents, or what all say on a topic.
    Compare(CompareOptions),
    /// Count the use of a wording through the years.
    Evolve(EvolveOptions),
    /// List indicators and targets as records.
    Targets(TargetsOptions),
    /// Show a passage in its place, with neighbours and citation.
    Show(ShowOptions),
    /// Show the structure of a file, without an index.
    Outline(OutlineOptions),
    /// List the documents in the index.
    Documents(DocumentsOptions),
    /// Serve the web page and the API.
    Serve(ServeOptions),
    /// Check the files of the index against their checksums.
    Verify(VerifyOptions),
    /// Print completions for a shell.
    #[command(hide = true)]
    Completions(CompletionsOptions),
    /// Write the man pages into a folder.
    #[command(hide = true)]
    Man(ManOptions),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }
}
