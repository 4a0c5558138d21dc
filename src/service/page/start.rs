//! The start page: one search box, what the library holds, how to ask.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;

use super::examples::{Example, Way, examples};
use super::frame::Frame;
use crate::address;
use crate::answer::Answer;
use crate::error::ServiceError;
use crate::group::Group;
use crate::params::{SearchParams, View};
use crate::titles::Titles;
use crate::words;
use plansearch_engine::{DocumentRecord, Engine, FacetValue};
use plansearch_search::{self as search, Request};

/// Documents that the start page names; the rest stand on their own page.
const MAX_DOCUMENTS: usize = 8;

/// Themes that the start page names.
const MAX_THEMES: usize = 24;

/// Years and types that the start page names.
const MAX_KINDS: usize = 12;

/// Examples under the search box; the others stand on the help page.
const MAX_EXAMPLES: usize = 4;

/// The ways to ask that need no explanation.
const SIMPLE: [Way; 4] = [Way::Word, Way::Both, Way::Phrase, Way::Number];

#[derive(Template)]
#[template(path = "start.html", config = "../../web/askama.toml")]
struct StartPage {
    frame: Frame,
    n_documents: String,
    n_passages: String,
    /// First and last year of issue.
    years_held: Option<(String, String)>,
    documents: Vec<Entry>,
    has_more: bool,
    themes: Vec<Link>,
    types: Vec<Link>,
    years: Vec<Link>,
    examples: Vec<(String, String)>,
}

/// A document in the list.
struct Entry {
    title: String,
    href: String,
    facts: Vec<String>,
    n_passages: String,
}

impl Entry {
    fn new(doc: &DocumentRecord) -> Self {
        Self {
            title: words::title(doc),
            href: address::document(&doc.id),
            facts: words::hit_facts(doc),
            n_passages: words::count(doc.n_passages),
        }
    }
}

struct Link {
    label: String,
    count: String,
    href: String,
}

/// Renders the start page.
pub(super) fn answer(snapshot: &dyn Engine) -> Result<Answer, ServiceError> {
    let documents = snapshot.catalog().documents();
    let everything = SearchParams::default();
    let years = documents.iter().filter_map(|doc| doc.year());
    let years_held = years.clone().min().zip(years.max());
    let examples = examples(snapshot)?.into_iter();
    let is_simple = |example: &Example| SIMPLE.contains(&example.way);
    let examples = examples.filter(is_simple).take(MAX_EXAMPLES);
    Answer::page(&StartPage {
        frame: Frame {
            has_search: false,
            ..Frame::new("", &everything).with_scripts(&["live.js", "searches.js"])
        },
        n_documents: words::count(documents.len()),
        n_passages: words::count(snapshot.n_passages()),
        years_held: years_held.map(|(first, last)| (first.to_string(), last.to_string())),
        documents: entries(newest(documents)),
        has_more: documents.len() > MAX_DOCUMENTS,
        themes: themes(snapshot)?,
        types: types(documents),
        years: by_year(documents),
        examples: examples
            .map(|example| {
                // A number needs no field: its document stands on top.
                let query = example.query.trim_start_matches("文号:");
                let href = address::search(&everything.asking(query));
                (query.to_owned(), href)
            })
            .collect(),
    })
}

/// The entries of documents, those of one title told apart.
fn entries(documents: Vec<&DocumentRecord>) -> Vec<Entry> {
    let titles = Titles::of_documents(documents.iter().copied());
    let entry = |doc: &DocumentRecord| Entry {
        title: words::title_or(&titles.of(&doc.id, &doc.title)),
        ..Entry::new(doc)
    };
    documents.into_iter().map(entry).collect()
}

/// The documents that were issued last.
fn newest(documents: &[Arc<DocumentRecord>]) -> Vec<&DocumentRecord> {
    let mut newest: Vec<&DocumentRecord> = documents.iter().map(Arc::as_ref).collect();
    newest.sort_by_key(|doc| Reverse(doc.date.as_deref()));
    newest.truncate(MAX_DOCUMENTS);
    newest
}

fn themes(snapshot: &dyn Engine) -> Result<Vec<Link>, ServiceError> {
    let request = Request {
        max_facet_values: MAX_THEMES,
        ..Request::default()
    };
    let themes = search::search(snapshot, &request)?.facets.theme;
    let link = |theme: FacetValue| Link {
        href: address::search(&SearchParams::default().toggled(Group::Theme, &theme.value)),
        count: words::count(theme.count),
        label: theme.label,
    };
    Ok(themes.into_iter().map(link).collect())
}

/// The types of documents, those with most documents first.
fn types(documents: &[Arc<DocumentRecord>]) -> Vec<Link> {
    let mut n_of: BTreeMap<&str, usize> = BTreeMap::new();
    for doc in documents.iter().filter(|doc| !doc.doc_type.is_empty()) {
        *n_of.entry(doc.doc_type.as_str()).or_default() += 1;
    }
    let mut types: Vec<_> = n_of.into_iter().collect();
    types.sort_by_key(|(_, n)| Reverse(*n));
    let types = types.into_iter().take(MAX_KINDS);
    types.map(|(name, n)| link(Group::Type, name, n)).collect()
}

/// The years of issue, newest first.
fn by_year(documents: &[Arc<DocumentRecord>]) -> Vec<Link> {
    let mut n_of: BTreeMap<u16, usize> = BTreeMap::new();
    for year in documents.iter().filter_map(|doc| doc.year()) {
        *n_of.entry(year).or_default() += 1;
    }
    let years = n_of.into_iter().rev().take(MAX_KINDS);
    years
        .map(|(year, n)| link(Group::Year, &year.to_string(), n))
        .collect()
}

/// A link to all passages of a type or year, gathered by document.
fn link(group: Group, value: &str, n_documents: usize) -> Link {
    let all = SearchParams::default().toggled(group, value);
    Link {
        label: match group {
            Group::Year => format!("{value}年"),
            _ => value.to_owned(),
        },
        count: words::count(n_documents),
        href: address::search(&all.viewed(View::Doc)),
    }
}
