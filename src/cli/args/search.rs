//! `plansearch search`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::filter::FilterOptions;
use super::hit_form::{CitationForm, HitFormOptions};
use plansearch_engine::Sort;

/// Options of `search`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Query: words separated by spaces are all required; a run without spaces (乡村振兴)
finds it as written first and its scattered words below; “…” \"…\" 「…」 is exact,
with * for what may stand between (“促进*发展”); 或 | OR gives alternatives, and
brackets group; - 非 NOT excludes; 同句:(氢能 储运) and 氢能 near/20 储运 ask for
closeness. Fields, in Chinese or English: 文档 章节 标题 主题 机关 文号 类型 年份,
as in 年份:2021..2025. An empty query with a filter lists what the filter holds.

Examples:
  plansearch search 氢能 储运
  plansearch search '“化工新材料园”'
  plansearch search 氢能 -煤炭 --theme 氢能 --year 2021..2025
  plansearch search '' --chapter 第三章 --limit 100
  plansearch search 港口 --json | jq '.hits[].citation'
  plansearch search 氢能 -n 50 -o 氢能.docx
  plansearch search '“海河联运”' --cite gbt7714-2025
  plansearch search -f 检索式.txt --json

Exit status: 0 hits, 1 no hits, 2 an error.")]
pub struct SearchOptions {
    /// What to look for; several words are one query, `-` reads it from stdin.
    #[arg(value_name = "QUERY")]
    pub words: Vec<String>,
    /// What the passages are of.
    #[command(flatten)]
    pub filter: FilterOptions,
    /// How many hits, at most.
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=1000))]
    pub limit: u64,
    /// How many hits to pass over.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: u64,
    /// Order of the hits.
    #[arg(long, value_enum, default_value_t = SortChoice::Relevance, value_name = "ORDER")]
    pub sort: SortChoice,
    /// Show passages of the same text each as a hit, not as one with “同文”.
    #[arg(long)]
    pub each: bool,
    /// Tell of each hit why it stands where it does.
    #[arg(long)]
    pub explain: bool,
    /// How many passages to show before and behind each hit.
    #[arg(short = 'C', long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=100))]
    pub context: u64,
    /// Cite in this form.
    #[arg(long, value_enum, value_name = "FORM")]
    pub cite: Option<CitationForm>,
    /// Read queries from a file, one a line; lines that begin with # are none.
    #[arg(
        short = 'f',
        long = "file",
        value_name = "FILE",
        conflicts_with = "words"
    )]
    pub queries: Option<PathBuf>,
    /// Print nothing; the exit status says whether there are hits.
    #[arg(short, long)]
    pub quiet: bool,
    /// How the hits are written.
    #[command(flatten)]
    pub form: HitFormOptions,
}

/// Order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SortChoice {
    /// Best first.
    Relevance,
    /// By document, then place in it.
    Document,
    /// Newest document first.
    Date,
}

impl SearchOptions {
    /// The words as one query.
    pub fn query(&self) -> String {
        let words: Vec<String> = self.words.iter().map(|word| unguarded(word)).collect();
        words.join(" ")
    }
}

/// Stands for the `-` of an excluded word, which would be taken for an option.
const GUARD: char = '\u{1}';

/// An argument such as `-煤炭` is no option, because options are ASCII.
pub fn guarded(argument: std::ffi::OsString) -> std::ffi::OsString {
    let text = argument.to_str().and_then(|text| text.strip_prefix('-'));
    match text {
        Some(word) if word.starts_with(|c: char| !c.is_ascii()) => format!("{GUARD}{word}").into(),
        _ => argument,
    }
}

/// The word that [`guarded`] changed, as it was typed.
pub fn unguarded(word: &str) -> String {
    match word.strip_prefix(GUARD) {
        Some(word) => format!("-{word}"),
        None => word.to_owned(),
    }
}

impl From<SortChoice> for Sort {
    fn from(choice: SortChoice) -> Self {
        match choice {
            SortChoice::Relevance => Self::Relevance,
            SortChoice::Document => Self::Document,
            SortChoice::Date => Self::Date,
        }
    }
}
