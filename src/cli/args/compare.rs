//! The arguments of `compare` and `evolve`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::filter::FilterOptions;
use plansearch_evolve::By;

/// Options of `compare`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  plansearch compare 旧稿.docx 新稿.docx       two files, without an index
  plansearch compare 8dc22e0c5b53 纲要         documents of the library
  plansearch compare 旧稿.docx 新稿.docx --all --format xlsx -o 对照.xlsx
  plansearch compare --topic 氢能              what each plan says on it

Exit status: 0 compared, 1 no passage on the topic, 2 an error.")]
pub struct CompareOptions {
    /// The first text: an id, a part of a title, or a file.
    #[arg(required_unless_present = "topic", conflicts_with = "topic")]
    pub a: Option<String>,
    /// The second text.
    #[arg(required_unless_present = "topic", conflicts_with = "topic")]
    pub b: Option<String>,
    /// Compare what the documents say on a topic: any query.
    #[arg(long, value_name = "QUERY")]
    pub topic: Option<String>,
    /// How many passages of a document on a topic, at most.
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub passages: u64,
    /// Which documents and passages count for a topic.
    #[command(flatten)]
    pub filter: FilterOptions,
    /// Show what is the same too (text and md; other forms always do).
    #[arg(long)]
    pub all: bool,
    /// How the answer is written.
    #[command(flatten)]
    pub form: FormOptions,
}

/// Options of `evolve`.
#[derive(Debug, Args)]
#[command(after_help = "\
A term is looked for as a quoted phrase is, in paragraphs, headings and table cells.
Nothing is smoothed: a year without documents is shown as such.

Examples:
  plansearch evolve 海河联运                        by year
  plansearch evolve 氢能 储能 --by region            two terms by region
  plansearch evolve 一体化 长三角一体化 --apart       一体化 without 长三角一体化
  plansearch evolve 数字经济 --once --format svg -o 数字经济.svg

Exit status: 0 used, 1 no use of any term, 2 an error.")]
pub struct EvolveOptions {
    /// The terms.
    #[arg(required = true, value_name = "TERM")]
    pub terms: Vec<String>,
    /// What makes a row.
    #[arg(long, value_enum, default_value_t = ByChoice::Year, value_name = "WHAT")]
    pub by: ByChoice,
    /// Count passages of the same text (16 characters or more) once, at the earliest.
    #[arg(long)]
    pub once: bool,
    /// Do not count a term where it stands inside a longer one of the terms.
    #[arg(long)]
    pub apart: bool,
    /// Which documents and passages count.
    #[command(flatten)]
    pub filter: FilterOptions,
    /// How the answer is written.
    #[command(flatten)]
    pub form: FormOptions,
}

/// How an answer is written.
#[derive(Debug, Args)]
pub struct FormOptions {
    /// Form of the answer.
    #[arg(long, value_enum, default_value_t = Form::Text, value_name = "FORM")]
    pub format: Form,
    /// Print one JSON object, as --format json.
    #[arg(long)]
    pub json: bool,
    /// Write into a file instead of stdout.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl FormOptions {
    /// The form that is meant.
    pub fn form(&self) -> Form {
        if self.json { Form::Json } else { self.format }
    }
}

/// Form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people, at 80 columns.
    Text,
    /// One JSON object.
    Json,
    /// Markdown.
    Md,
    /// Comma-separated values for Excel.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// A picture (of `evolve` and `targets`).
    Svg,
}

/// What makes a row of `evolve`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ByChoice {
    /// Year of issue.
    Year,
    /// Document.
    Doc,
    /// Issuing body.
    Issuer,
    /// Level of government.
    Level,
    /// Region.
    Region,
}

impl From<ByChoice> for By {
    fn from(choice: ByChoice) -> Self {
        match choice {
            ByChoice::Year => Self::Year,
            ByChoice::Doc => Self::Doc,
            ByChoice::Issuer => Self::Issuer,
            ByChoice::Level => Self::Level,
            ByChoice::Region => Self::Region,
        }
    }
}
