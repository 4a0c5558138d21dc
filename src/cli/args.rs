//! The arguments. The doc comments are the help that people read.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};

use plansearch_document::{DocType, Level, PassageKind, PlanPeriod};
use plansearch_index::{Filter, Sort, YearRange};

/// Full-text search over Chinese government planning documents.
///
/// 规划文献全文检索：引号内的词句无论长短，凡文中出现之处都能找到，并给出章、节、段和引文。
///
/// Without a command: builds the index of `seeds/` if there is none, then serves
/// the web page.
#[derive(Debug, Parser)]
#[command(name = "plansearch", version, after_help = EXAMPLES)]
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
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

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
    /// Show a passage in its place, with neighbours and citation.
    Show(ShowOptions),
    /// Show the structure of a file, without an index.
    Outline(OutlineOptions),
    /// List the documents in the index.
    Documents(DocumentsOptions),
    /// Serve the web page and the API.
    Serve(ServeOptions),
}

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
    /// A theme catalogue (TOML) in place of the built-in one.
    #[arg(long, env = "PLANSEARCH_THEMES", value_name = "FILE")]
    pub themes: Option<PathBuf>,
    /// Synonyms of this library (甲 = 乙, 甲 > 乙、丙), beside the built-in ones. They
    /// are kept with the index until another file is given; an empty one ends them.
    #[arg(long, env = "PLANSEARCH_SYNONYMS", value_name = "FILE")]
    pub synonyms: Option<PathBuf>,
    /// Keep the index in step with the folders until Ctrl-C. Looks at names, times
    /// and sizes, so it works on network shares.
    #[arg(long)]
    pub watch: bool,
    /// Seconds between two looks of --watch. A change counts when two looks agree.
    #[arg(long, default_value_t = 5.0, value_name = "SECONDS", value_parser = parse_interval)]
    pub interval: f64,
    /// Print the report as one JSON object; with --watch one a line for each change.
    #[arg(long)]
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
  plansearch search '“化工新材料园”'
  plansearch search '氢能 -煤炭' --theme 氢能 --year 2021..2025
  plansearch search '' --chapter 第三章 --limit 100
  plansearch search 港口 --json | jq '.hits[].citation'

Exit status: 0 hits, 1 no hits, 2 an error.")]
pub struct SearchOptions {
    /// What to look for.
    #[arg(default_value = "")]
    pub query: String,
    /// Id of a document, or a part of its title.
    #[arg(long, value_name = "ID-OR-TITLE-PART")]
    pub doc: Vec<String>,
    /// A heading at any level, or a part of one.
    #[arg(long, value_name = "HEADING-PART")]
    pub chapter: Vec<String>,
    /// Name of a theme; what is about it stands first, what only mentions it below.
    #[arg(long, value_name = "NAME")]
    pub theme: Vec<String>,
    /// An issuing body, or a part of its name.
    #[arg(long, value_name = "NAME-PART")]
    pub issuer: Vec<String>,
    /// Level of government: 国家, 省, 市, 区县 or 乡镇.
    #[arg(long, value_name = "LEVEL", value_parser = parse_level)]
    pub level: Vec<Level>,
    /// A region, or a part of its name; what lies in it belongs to it.
    #[arg(long, value_name = "NAME-PART")]
    pub region: Vec<String>,
    /// Type of document: 规划纲要, 专项规划, 行动计划, 年度计划, 政府工作报告, 意见, 方案, 通知, 法规 or 其他.
    #[arg(long = "type", value_name = "DOC-TYPE", value_parser = parse_type)]
    pub doc_type: Vec<DocType>,
    /// Year of issue, or a range: 2021, 2019..2025.
    #[arg(long, value_name = "YEAR|FROM..TO")]
    pub year: Vec<YearRange>,
    /// Planning period: 2021..2025, or 2024 for a plan of one year.
    #[arg(long, value_name = "FROM..TO")]
    pub period: Vec<PlanPeriod>,
    /// Kind of passage: `paragraph`, `table`, `heading`, `front_matter` or `attachment`.
    #[arg(long, value_name = "KIND", value_parser = parse_kind)]
    pub kind: Vec<PassageKind>,
    /// How many hits, at most.
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=1000))]
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
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
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
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=50))]
    pub limit: u64,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

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
    #[arg(long)]
    pub json: bool,
}

/// Options of `show`.
#[derive(Debug, clap::Args)]
pub struct ShowOptions {
    /// Id of a passage, as a search gives it.
    pub id: String,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// Options of `outline`.
#[derive(Debug, clap::Args)]
pub struct OutlineOptions {
    /// The file.
    pub file: PathBuf,
    /// Print one JSON object with everything that was found.
    #[arg(long)]
    pub json: bool,
}

/// Options of `documents`.
#[derive(Debug, clap::Args)]
pub struct DocumentsOptions {
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// Options of `serve`.
#[derive(Debug, clap::Args)]
pub struct ServeOptions {
    /// Address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:7700", value_name = "ADDRESS")]
    pub listen: SocketAddr,
}

impl IndexOptions {
    /// The options that index one folder as it is.
    pub fn of(path: PathBuf) -> Self {
        Self {
            paths: vec![path],
            rebuild: false,
            themes: None,
            synonyms: None,
            watch: false,
            interval: 5.0,
            json: false,
        }
    }
}

impl SearchOptions {
    /// The filter that the options make.
    pub fn filter(&self) -> Filter {
        Filter {
            docs: self.doc.clone(),
            chapters: self.chapter.clone(),
            themes: self.theme.clone(),
            issuers: self.issuer.clone(),
            types: self.doc_type.clone(),
            years: self.year.clone(),
            levels: self.level.clone(),
            regions: self.region.clone(),
            periods: self.period.clone(),
            kinds: self.kind.clone(),
        }
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

fn parse_type(name: &str) -> Result<DocType, String> {
    DocType::from_name(name).ok_or_else(|| {
        let names: Vec<_> = DocType::ALL.iter().map(|kind| kind.name()).collect();
        format!("the types are {}", names.join("、"))
    })
}

fn parse_level(name: &str) -> Result<Level, String> {
    Level::from_name(name).ok_or_else(|| {
        let names = Level::ALL.map(Level::name);
        format!("the levels are {}", names.join("、"))
    })
}

fn parse_kind(name: &str) -> Result<PassageKind, String> {
    PassageKind::from_name(name).ok_or_else(|| {
        let names: Vec<_> = PassageKind::ALL.iter().map(|kind| kind.name()).collect();
        format!("the kinds are {}", names.join(", "))
    })
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
