//! `GET /evolve`: the use of a wording, with a picture and a table of each term.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::frame::Frame;
use crate::answer::Answer;
use crate::error::ServiceError;
use crate::extract::Params;
use crate::group::Group;
use crate::markup::Markup;
use crate::params::SearchParams;
use crate::use_params::UseParams;
use crate::wire::{DocumentBrief, Evolution, PassageReference, TermUse, UseRow};
use crate::words;
use crate::{address, picture, reports, work};
use plansearch_evolve::By;
use plansearch_index::Index;

/// Documents that a list names.
const MAX_NAMED: usize = 200;
/// Rows that a table shows; the files have all.
const MAX_ROWS: usize = 300;

#[derive(Template)]
#[template(path = "evolve.html", config = "../../web/askama.toml")]
struct EvolvePage {
    frame: Frame,
    terms: String,
    kept: Vec<(&'static str, String)>,
    is_once: bool,
    is_apart: bool,
    choices: Vec<Choice>,
    uses: Vec<UseView>,
    undated: Vec<(String, String)>,
    n_undated: usize,
    chips: Vec<String>,
    files: Vec<(&'static str, String)>,
}

/// A way to group documents.
struct Choice {
    name: &'static str,
    label: &'static str,
    href: String,
    is_current: bool,
}

/// One term.
struct UseView {
    term: String,
    search_href: String,
    topic_href: String,
    picture: Markup,
    by: &'static str,
    rows: Vec<RowView>,
    n_more_rows: usize,
    total: RowView,
    places: Vec<PlaceView>,
    without: Vec<(String, String)>,
    n_without: String,
}

/// A row of the table.
struct RowView {
    label: String,
    href: Option<String>,
    documents: String,
    with_term: String,
    passages: String,
    occurrences: String,
    characters: String,
    rate: String,
}

/// The first or last use.
struct PlaceView {
    label: &'static str,
    date: String,
    title: String,
    href: String,
    trail: Vec<String>,
    text: Markup,
}

/// Shows the use of a wording.
#[utoipa::path(
    get,
    path = "/evolve",
    description = "The page of the use of a wording by year, document, issuer, level or region; without a term a form.",
    params(UseParams, SearchParams),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<UseParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        let found = if params.term.is_empty() {
            None
        } else {
            let found = plansearch_evolve::evolve(&*snapshot, &params.request()?)?;
            Some(Evolution::from(&found))
        };
        Answer::page(&page(&params, found.as_ref()))
    })
    .await
}

fn page(params: &UseParams, found: Option<&Evolution>) -> EvolvePage {
    let title = match params.term.as_slice() {
        [] => "用语沿革".to_owned(),
        terms => format!("用语沿革：{}", terms.join("、")),
    };
    let uses = found.map(|found| {
        let pictures = picture::pictures(found).into_iter();
        let both = found.terms.iter().zip(pictures);
        both.map(|(term, picture)| UseView::new(params, found, term, picture))
            .collect()
    });
    let undated = found.map_or(&[][..], |found| found.undated.as_slice());
    let choices = By::ALL.map(|by| Choice {
        name: by.name(),
        label: reports::by_label(by.name()),
        href: address::evolve(&params.by(by)),
        is_current: params.by == by,
    });
    let file = |format: &'static str| {
        let mut pairs = params.pairs();
        pairs.push(("format", format.to_owned()));
        (format, address::with_query("/api/evolve".to_owned(), pairs))
    };
    let filter = params.filter.asking("").at(0);
    EvolvePage {
        frame: Frame::new(title, &SearchParams::default()),
        terms: params.term.join(" "),
        kept: filter.pairs(),
        is_once: params.once,
        is_apart: params.apart,
        choices: choices.into(),
        uses: uses.unwrap_or_default(),
        undated: named(undated),
        n_undated: undated.len(),
        chips: chips(&filter),
        files: if found.is_some() {
            ["xlsx", "csv", "svg"].map(file).into()
        } else {
            Vec::new()
        },
    }
}

/// The filter in words.
fn chips(filter: &SearchParams) -> Vec<String> {
    let chosen = Group::ALL.into_iter().flat_map(|group| {
        let values = filter.chosen(group).iter();
        values.map(move |value| format!("{}：{value}", words::group(group)))
    });
    chosen.collect()
}

fn named(docs: &[DocumentBrief]) -> Vec<(String, String)> {
    let docs = docs.iter().take(MAX_NAMED);
    docs.map(|doc| (words::title_or(&doc.title), address::document(&doc.id)))
        .collect()
}

/// The search for a term as a phrase.
fn phrase(filter: &SearchParams, term: &str) -> SearchParams {
    filter.asking(format!("“{term}”"))
}

impl UseView {
    fn new(params: &UseParams, found: &Evolution, term: &TermUse, picture: String) -> Self {
        let filter = &params.filter;
        let search = phrase(filter, &term.term);
        let row = |row: &UseRow| {
            let href = match params.by {
                _ if row.value.is_empty() || row.with_term == 0 => None,
                By::Year => Some(search.toggled(Group::Year, &row.value)),
                By::Doc => Some(search.within(&row.value)),
                By::Issuer => Some(search.toggled(Group::Issuer, &row.value)),
                By::Level => Some(search.toggled(Group::Level, &row.value)),
                By::Region => Some(search.toggled(Group::Region, &row.value)),
            };
            RowView::new(row, href.map(|search| address::search(&search)))
        };
        let places = [("首见", &term.first), ("末见", &term.last)];
        Self {
            search_href: address::search(&search),
            topic_href: address::topic(&term.term),
            picture: Markup::of_picture(picture),
            by: reports::by_label(found.by),
            rows: term.rows.iter().take(MAX_ROWS).map(row).collect(),
            n_more_rows: term.rows.len().saturating_sub(MAX_ROWS),
            total: RowView::new(&term.total, None),
            places: places
                .into_iter()
                .filter_map(|(label, found)| {
                    Some(PlaceView::new(label, found.as_ref()?, &term.term))
                })
                .collect(),
            n_without: words::count(term.without.len()),
            without: named(&term.without),
            term: term.term.clone(),
        }
    }
}

impl RowView {
    fn new(row: &UseRow, href: Option<String>) -> Self {
        Self {
            label: row.label.clone(),
            href,
            documents: words::count(row.documents),
            with_term: words::count(row.with_term),
            passages: words::count(row.passages),
            occurrences: words::count(row.occurrences),
            characters: words::count(row.characters),
            rate: row
                .per_10k
                .map_or_else(|| "无文件".to_owned(), |rate| format!("{rate:.2}")),
        }
    }
}

impl PlaceView {
    fn new(label: &'static str, found: &PassageReference, term: &str) -> Self {
        let search = phrase(&SearchParams::default(), term);
        let idx = found.idx;
        Self {
            label,
            date: found
                .doc
                .date
                .as_deref()
                .map(words::date)
                .unwrap_or_default(),
            title: words::title_or(&found.doc.title),
            href: address::passage(&search, &found.doc.id, &found.id, idx),
            trail: found.path.clone(),
            text: Markup::of_term(&found.text, term),
        }
    }
}
