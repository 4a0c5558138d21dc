//! `GET /themes` and `GET /themes/{name}`: what the plans say on a theme.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use utoipa::IntoParams;

use super::frame::Frame;
use super::paging::Paging;
use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, number};
use crate::error::ServiceError;
use crate::extract::{FromPairs, Id, Params};
use crate::group::Group;
use crate::markup::Markup;
use crate::params::SearchParams;
use crate::words;
use crate::{address, work};
use plansearch_index::Index;
use plansearch_search::{self as search, ReportPart, ThemeDocument, ThemePassage, ThemeSummary};

/// Documents on one page.
const PAGE_DOCUMENTS: usize = 10;

/// Passages of a document that the page shows; the others stand in the search.
const MAX_PASSAGES: usize = 30;

/// Furthest document that can be asked for.
const MAX_OFFSET: usize = 1_000_000_000;

/// What part of a theme is asked for.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PartParams {
    /// How many documents to pass over.
    #[param(required = false, default = 0, minimum = 0)]
    offset: usize,
}

impl FromPairs for PartParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            if name == "offset" {
                params.offset = number("offset", &value, MAX_OFFSET)?;
            }
        }
        Ok(params)
    }
}

#[derive(Template)]
#[template(path = "themes.html", config = "../../web/askama.toml")]
struct ThemesPage {
    frame: Frame,
    groups: Vec<GroupView>,
    n_without: usize,
}

/// The themes of one group.
struct GroupView {
    name: String,
    themes: Vec<Entry>,
}

/// A theme in the list.
struct Entry {
    name: String,
    href: String,
    about: String,
    mentions: String,
    /// Whether it stands under another one.
    is_narrower: bool,
}

#[derive(Template)]
#[template(path = "theme.html", config = "../../web/askama.toml")]
struct ThemePage {
    frame: Frame,
    name: String,
    group: String,
    wider: Option<(String, String)>,
    narrower: Vec<(String, String)>,
    n_documents: String,
    n_about: String,
    n_mentions: String,
    search_href: String,
    documents: Vec<DocumentView>,
    is_past_end: bool,
    first_page: String,
    paging: Paging,
}

/// What one document says.
struct DocumentView {
    title: String,
    href: String,
    facts: Vec<String>,
    n_about: String,
    passages: Vec<PassageView>,
    /// How many more there are, and where.
    more: Option<(String, String)>,
    /// How many passages only mention the theme, and where.
    mentions: Option<(String, String)>,
}

/// One passage about the theme.
struct PassageView {
    id: String,
    /// Its number in the document, from 1.
    number: usize,
    href: String,
    trail: Vec<String>,
    snippet: Markup,
    is_cut_before: bool,
    is_cut_after: bool,
    words: String,
}

/// Lists the themes.
#[utoipa::path(
    get,
    path = "/themes",
    description = "The page that lists the themes by group.",
    responses((status = 200, description = "The page", content_type = "text/html"))
)]
pub(crate) async fn list(State(index): State<Arc<Index>>) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let all = search::themes(&*index.snapshot())?;
        let n_without = all.iter().filter(|theme| theme.n_passages() == 0).count();
        Answer::page(&ThemesPage {
            frame: Frame::new("主题", &SearchParams::default()),
            groups: groups(&all),
            n_without,
        })
    })
    .await
}

/// Shows what the plans say on a theme.
#[utoipa::path(
    get,
    path = "/themes/{name}",
    description = "The page that tells what each document says about a theme.",
    params(("name" = String, Path, description = "Name of the theme"), PartParams),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
        (status = 404, description = "There is no such theme", content_type = "text/html"),
    )
)]
pub(crate) async fn one(
    State(index): State<Arc<Index>>,
    Id(name): Id,
    Params(params): Params<PartParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        if !snapshot.stamp().themes.contains(&name) {
            return Err(ServiceError::NoTheme(name));
        }
        let part = ReportPart {
            offset: params.offset,
            limit: PAGE_DOCUMENTS,
            max_passages: MAX_PASSAGES,
        };
        let report = search::theme(&*snapshot, &name, part)?;
        let link = |other: &str| (other.to_owned(), address::theme(other, 0));
        let nodes = snapshot.stamp().themes.iter().filter(|other| {
            let node = snapshot.stamp().theme_node(other);
            node.is_some_and(|node| node.under.as_deref() == Some(name.as_str()))
        });
        let chosen = SearchParams::default().toggled(Group::Theme, &name);
        Answer::page(&ThemePage {
            frame: Frame::new(format!("主题：{name}"), &SearchParams::default()),
            group: report.theme.group.clone(),
            wider: report.theme.under.as_deref().map(link),
            narrower: nodes.map(|other| link(other)).collect(),
            n_documents: words::count(report.n_documents),
            n_about: words::count(report.theme.n_about),
            n_mentions: words::count(report.theme.n_mentions),
            search_href: address::search(&chosen),
            is_past_end: report.documents.is_empty() && report.n_documents > 0,
            first_page: address::theme(&name, 0),
            paging: Paging::new(
                report.n_documents,
                PAGE_DOCUMENTS,
                params.offset,
                |offset| address::theme(&name, offset),
            ),
            documents: report
                .documents
                .into_iter()
                .map(|document| DocumentView::new(document, &name))
                .collect(),
            name,
        })
    })
    .await
}

/// The themes that have passages, by group; groups come as their first theme does.
fn groups(all: &[ThemeSummary]) -> Vec<GroupView> {
    let mut groups: Vec<GroupView> = Vec::new();
    for theme in all.iter().filter(|theme| theme.n_passages() > 0) {
        let name = if theme.group.is_empty() {
            "其他"
        } else {
            theme.group.as_str()
        };
        let at = groups.iter().position(|group| group.name == name);
        let at = at.unwrap_or_else(|| {
            groups.push(GroupView {
                name: name.to_owned(),
                themes: Vec::new(),
            });
            groups.len() - 1
        });
        groups[at].themes.push(Entry {
            href: address::theme(&theme.name, 0),
            about: words::count(theme.n_about),
            mentions: words::count(theme.n_mentions),
            is_narrower: theme.under.is_some(),
            name: theme.name.clone(),
        });
    }
    groups
}

impl DocumentView {
    fn new(document: ThemeDocument, theme: &str) -> Self {
        let doc = &document.doc;
        let mut facts: Vec<String> = doc.date.as_deref().map(words::date).into_iter().collect();
        facts.extend(doc.doc_number.clone());
        facts.extend(words::period(doc).map(|period| format!("规划期{period}")));
        facts.extend(doc.issuers.first().cloned());
        facts.retain(|fact| !fact.is_empty());
        let in_doc = SearchParams::default()
            .toggled(Group::Theme, theme)
            .toggled(Group::Doc, &doc.id);
        let href = address::search(&in_doc);
        let n_more = document.n_about - document.passages.len();
        Self {
            title: words::title(doc),
            href: address::document(&doc.id),
            facts,
            n_about: words::count(document.n_about),
            more: (n_more > 0).then(|| (words::count(n_more), href.clone())),
            mentions: (document.n_mentions > 0).then(|| {
                // What only mentions the theme stands behind what is about it.
                let offset = if document.n_about < usize::from(u16::MAX) {
                    document.n_about
                } else {
                    0
                };
                (
                    words::count(document.n_mentions),
                    address::search(&in_doc.at(offset)),
                )
            }),
            passages: document
                .passages
                .into_iter()
                .map(|passage| PassageView::new(passage, theme))
                .collect(),
        }
    }
}

impl PassageView {
    fn new(found: ThemePassage, theme: &str) -> Self {
        let passage = found.passage;
        let chosen = SearchParams::default().toggled(Group::Theme, theme);
        let mut themes = passage.themes.iter();
        let own = themes.find(|own| own.name == theme);
        let mut terms: Vec<&str> = Vec::new();
        for word in own.into_iter().flat_map(|own| &own.words) {
            if !terms.contains(&word.term.as_str()) {
                terms.push(&word.term);
            }
        }
        Self {
            href: address::passage(&chosen, &passage.doc, &passage.id, passage.idx),
            id: passage.id.clone(),
            number: passage.idx + 1,
            words: terms.join("、"),
            snippet: Markup::of_snippet(&passage.text, &found.snippet),
            is_cut_before: found.snippet.span.start > 0,
            is_cut_after: found.snippet.span.end < passage.text.len(),
            trail: words::labels(&passage.path),
        }
    }
}
