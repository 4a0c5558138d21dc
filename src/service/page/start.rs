//! The start page: one search box, what the library holds, how to ask.

use askama::Template;

use super::documents::Entry;
use super::frame::Frame;
use super::words;
use crate::index::Snapshot;
use crate::search::{self, Request};
use crate::service::address;
use crate::service::answer::Answer;
use crate::service::error::ServiceError;
use crate::service::group::Group;
use crate::service::params::SearchParams;

/// Documents that the start page names; the rest stand on their own page.
const MAX_DOCUMENTS: usize = 12;

/// Themes that the start page names.
const MAX_THEMES: usize = 60;

/// Queries that show how to ask, each with what it does.
const EXAMPLES: [(&str, &str); 8] = [
    (
        "氢能产业",
        "直接输入词语；先找连写的原文，再找词语分开出现的段落",
    ),
    ("氢能 加氢站", "用空格隔开的词语须同时出现"),
    ("“海河联运”", "加引号的词语须与原文一字不差"),
    ("港口 -煤炭", "词前加减号，排除含有该词的段落"),
    (
        "港口 (航运 或 物流)",
        "用“或”隔开的词语有一个即可，括号可以分组",
    ),
    (
        "氢能 near/20 储运",
        "两个词语相距不过20字；“同句:(氢能 储运)”要求在同一句",
    ),
    ("“促进*发展”", "短语中的*代表同一句中不超过30字"),
    (
        "类型:规划纲要 年份:2021..2025 氢能",
        "限定来源：文档、章节、标题、主题、机关、文号、类型、年份",
    ),
];

#[derive(Template)]
#[template(path = "start.html", config = "web/askama.toml")]
struct StartPage {
    frame: Frame,
    n_documents: String,
    n_passages: String,
    documents: Vec<Entry>,
    has_more: bool,
    themes: Vec<Link>,
    examples: Vec<Example>,
}

struct Link {
    label: String,
    count: String,
    href: String,
}

struct Example {
    query: &'static str,
    does: &'static str,
    href: String,
}

/// Renders the start page.
pub(super) fn answer(snapshot: &Snapshot) -> Result<Answer, ServiceError> {
    let documents = snapshot.catalog().documents();
    let shown = documents.iter().take(MAX_DOCUMENTS);
    let everything = SearchParams::default();
    Answer::page(&StartPage {
        frame: Frame {
            has_search: false,
            ..Frame::new("", &everything)
        },
        n_documents: words::count(documents.len()),
        n_passages: words::count(snapshot.n_passages()),
        documents: shown.map(Entry::new).collect(),
        has_more: documents.len() > MAX_DOCUMENTS,
        themes: themes(snapshot)?,
        examples: EXAMPLES
            .iter()
            .map(|(query, does)| Example {
                query,
                does,
                href: address::search(&everything.asking(*query)),
            })
            .collect(),
    })
}

fn themes(snapshot: &Snapshot) -> Result<Vec<Link>, ServiceError> {
    let request = Request {
        max_facet_values: MAX_THEMES,
        ..Request::default()
    };
    let themes = search::search(snapshot, &request)?.facets.theme;
    let link = |theme: crate::index::FacetValue| Link {
        href: address::search(&SearchParams::default().toggled(Group::Theme, &theme.value)),
        count: words::count(theme.count),
        label: theme.label,
    };
    Ok(themes.into_iter().map(link).collect())
}
