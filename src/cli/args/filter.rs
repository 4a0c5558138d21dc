//! The filters, the same for every command that narrows the library.

use plansearch_document::{DocType, Level, PassageKind, PlanPeriod};
use plansearch_engine::{Filter, YearRange};

/// What passages are of. Values of one option are alternatives, options are all
/// required.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct FilterOptions {
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
}

impl FilterOptions {
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
            unstated: Vec::new(),
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
