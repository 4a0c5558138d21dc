//! `GET /targets`: indicators and targets as a table, and one indicator across plans and
//! years.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::frame::Frame;
use super::paging::Paging;
use super::words;
use crate::answer::Answer;
use crate::error::ServiceError;
use crate::extract::Params;
use crate::group::Group;
use crate::params::SearchParams;
use crate::target_params::TargetParams;
use crate::wire::{Target, Targets};
use crate::{address, reports, work};
use plansearch_index::Index;

/// Records that the table of plans and years is made of, at most.
const MAX_ACROSS: usize = 2000;
/// Documents and years of that table.
const MAX_DOCUMENTS: usize = 60;
const MAX_YEARS: usize = 12;

#[derive(Template)]
#[template(path = "targets.html", config = "../../web/askama.toml")]
struct TargetsPage {
    frame: Frame,
    params: Fields,
    kept: Vec<(&'static str, String)>,
    chips: Vec<String>,
    is_asked: bool,
    total: String,
    documents: String,
    range: String,
    notices: Vec<String>,
    rows: Vec<RowView>,
    across: Option<Across>,
    paging: Paging,
    files: Vec<(&'static str, String)>,
}

/// What stands in the form.
struct Fields {
    q: String,
    name: String,
    target_year: String,
    condition: String,
    horizons: Vec<Choice>,
    bindings: Vec<Choice>,
}

struct Choice {
    value: &'static str,
    label: &'static str,
    is_current: bool,
}

/// A record.
struct RowView {
    name: String,
    name_href: Option<String>,
    base: String,
    amount: String,
    text: String,
    year: String,
    kind: &'static str,
    is_damaged: bool,
    title: String,
    place: String,
    href: String,
}

/// One indicator: a row a document, a column a year.
struct Across {
    name: String,
    years: Vec<String>,
    rows: Vec<AcrossRow>,
    n_more: usize,
}

struct AcrossRow {
    title: String,
    href: String,
    cells: Vec<Vec<AcrossCell>>,
}

struct AcrossCell {
    amount: String,
    label: &'static str,
    is_target: bool,
    href: String,
}

/// Shows targets.
#[utoipa::path(
    get,
    path = "/targets",
    description = "The page of indicators and targets, with a form for the filters; one indicator across plans and years as a table.",
    params(TargetParams, SearchParams),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<TargetParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        if params.is_empty() {
            return Answer::page(&page(&params, None, None));
        }
        let mut request = params.request()?;
        let (offset, limit) = (request.offset, request.limit);
        let is_across = !params.name.is_empty();
        if is_across {
            (request.offset, request.limit) = (0, usize::MAX);
        }
        let mut found = plansearch_targets::find(&snapshot, &request)?;
        let across = is_across.then(|| {
            let all = Targets::from(&found.head(MAX_ACROSS));
            Across::new(&params, &all.records)
        });
        if is_across {
            found = found.part(offset, limit);
        }
        Answer::page(&page(
            &params,
            Some(&Targets::from(&found)),
            across.flatten(),
        ))
    })
    .await
}

fn page(params: &TargetParams, found: Option<&Targets>, across: Option<Across>) -> TargetsPage {
    let title = match params
        .name
        .first()
        .or(Some(&params.q))
        .filter(|name| !name.is_empty())
    {
        None => "指标和目标".to_owned(),
        Some(name) => format!("指标和目标：{name}"),
    };
    let total = found.map_or(0, |found| found.total);
    let file = |format: &'static str| {
        let mut all = params.at(0);
        all.limit = 1000;
        let mut pairs = all.pairs();
        pairs.push(("format", format.to_owned()));
        (
            format,
            address::with_query("/api/targets".to_owned(), pairs),
        )
    };
    let filter = params.filter.asking("").at(0);
    let n_shown = found.map_or(0, |found| found.records.len());
    TargetsPage {
        frame: Frame::new(title, &SearchParams::default()),
        params: Fields::new(params),
        kept: filter.pairs(),
        chips: chips(&filter),
        is_asked: found.is_some(),
        total: words::count(total),
        documents: words::count(found.map_or(0, |found| found.documents)),
        range: if n_shown < total {
            format!("第 {}—{} 项", params.offset + 1, params.offset + n_shown)
        } else {
            String::new()
        },
        notices: found.map_or_else(Vec::new, |found| found.notices.clone()),
        rows: found.map_or_else(Vec::new, |found| {
            let rows = found.records.iter();
            rows.map(|record| RowView::new(params, record)).collect()
        }),
        across,
        paging: Paging::new(total, params.limit, params.offset, |offset| {
            address::targets(&params.at(offset))
        }),
        files: if total > 0 {
            ["xlsx", "csv", "md"].map(file).into()
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

impl Fields {
    fn new(params: &TargetParams) -> Self {
        let choice = |chosen: &[String], value: &'static str, label: &'static str| Choice {
            value,
            label,
            is_current: chosen.iter().any(|known| known == value),
        };
        let horizons = ["target", "done", "estimate"];
        Self {
            q: params.q.clone(),
            name: params.name.join(" "),
            target_year: params.target_year.join(" "),
            condition: params.conditions.join(" "),
            horizons: horizons
                .map(|name| choice(&params.horizon, name, reports::horizon_label(name)))
                .into(),
            bindings: ["约束性", "预期性"]
                .map(|name| choice(&params.binding, name, name))
                .into(),
        }
    }
}

impl RowView {
    fn new(params: &TargetParams, target: &Target) -> Self {
        let passage = &target.passage;
        let is_named = !target.name.is_empty() && params.name.first() != Some(&target.name);
        let of_name = || {
            address::targets(&TargetParams {
                name: vec![target.name.clone()],
                ..TargetParams::default()
            })
        };
        Self {
            name: if target.name.is_empty() {
                "（名称残缺）".to_owned()
            } else {
                target.name.clone()
            },
            name_href: is_named.then(of_name),
            base: base(target),
            amount: reports::amount(target),
            text: target.text.clone(),
            year: year(target),
            kind: kind(target),
            is_damaged: target.is_damaged,
            title: words::title_or(&passage.doc.title),
            place: passage.path.join(" › "),
            href: href(target),
        }
    }
}

fn href(target: &Target) -> String {
    let passage = &target.passage;
    address::passage(
        &SearchParams::default(),
        &passage.doc.id,
        &passage.id,
        passage.idx,
    )
}

fn year(target: &Target) -> String {
    match (target.from_year, target.year) {
        (Some(from), Some(to)) if from < to => format!("{from}—{to}"),
        (_, Some(year)) => year.to_string(),
        _ => String::new(),
    }
}

fn base(target: &Target) -> String {
    match (target.base_value, target.base_year) {
        (Some(value), Some(year)) => format!("{value}（{year}年）"),
        (Some(value), None) => value.to_string(),
        (None, Some(year)) => format!("{year}年"),
        (None, None) => String::new(),
    }
}

fn kind(target: &Target) -> &'static str {
    match (target.horizon, target.binding) {
        ("target", Some(binding)) => binding,
        (horizon, _) => reports::horizon_label(horizon),
    }
}

impl Across {
    /// None where there are not two documents or years to put beside each other.
    fn new(params: &TargetParams, records: &[Target]) -> Option<Self> {
        let with_year: Vec<&Target> = records
            .iter()
            .filter(|record| {
                record.year.is_some() && (record.value.is_some() || record.low.is_some())
            })
            .collect();
        let years: BTreeSet<u16> = with_year.iter().filter_map(|record| record.year).collect();
        let years: Vec<u16> = years.into_iter().rev().take(MAX_YEARS).collect();
        let mut years = years;
        years.reverse();
        let mut documents: Vec<(String, Vec<&Target>)> = Vec::new();
        for record in &with_year {
            let id = &record.passage.doc.id;
            match documents.iter_mut().find(|(known, _)| known == id) {
                Some((_, records)) => records.push(record),
                None => documents.push((id.clone(), vec![record])),
            }
        }
        if documents.len() < 2 && years.len() < 2 {
            return None;
        }
        let n_more = documents.len().saturating_sub(MAX_DOCUMENTS);
        let rows = documents
            .iter()
            .take(MAX_DOCUMENTS)
            .filter_map(|(id, records)| {
                let first = records.first()?;
                Some(AcrossRow {
                    title: words::title_or(&first.passage.doc.title),
                    href: address::document(id),
                    cells: years.iter().map(|year| cells(records, *year)).collect(),
                })
            });
        Some(Self {
            name: params.name.join("、"),
            rows: rows.collect(),
            years: years.iter().map(|year| format!("{year}年")).collect(),
            n_more,
        })
    }
}

/// What a document says of a year, each figure once.
fn cells(records: &[&Target], year: u16) -> Vec<AcrossCell> {
    let mut seen: BTreeSet<(String, &str)> = BTreeSet::new();
    let mut cells = Vec::new();
    for record in records.iter().filter(|record| record.year == Some(year)) {
        let amount = reports::amount(record);
        let label = if record.is_annual_mean {
            "年均"
        } else if record.horizon == "target" {
            ""
        } else {
            reports::horizon_label(record.horizon)
        };
        if seen.insert((amount.clone(), label)) {
            cells.push(AcrossCell {
                amount,
                label,
                is_target: record.horizon == "target",
                href: href(record),
            });
        }
    }
    cells
}
