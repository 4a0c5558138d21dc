//! `GET /targets`: indicators and targets as a table, and one indicator across plans and
//! years.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::frame::Frame;
use super::paging::Paging;
use crate::answer::Answer;
use crate::error::ServiceError;
use crate::extract::Params;
use crate::group::Group;
use crate::markup::Markup;
use crate::params::SearchParams;
use crate::target_params::TargetParams;
use crate::titles::Titles;
use crate::wire::{Target, Targets};
use crate::words;
use crate::{address, picture, reports, work};
use plansearch_index::Index;
use plansearch_target::Binding;
use plansearch_targets::Facets;

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
    is_asked: bool,
    total: String,
    documents: String,
    range: String,
    notices: Vec<String>,
    rows: Vec<RowView>,
    across: Option<Across>,
    picture: Option<Markup>,
    facets: Vec<Facet>,
    n_chosen: usize,
    paging: Paging,
    files: Vec<(&'static str, String)>,
}

/// What stands in the form.
struct Fields {
    q: String,
    name: String,
    target_year: String,
    condition: String,
    /// What is chosen beside it, which the form keeps.
    chosen: Vec<(&'static str, String)>,
}

/// The values of a filter.
struct Facet {
    label: &'static str,
    values: Vec<Value>,
}

/// A value that a link chooses, or takes back.
struct Value {
    label: String,
    count: String,
    href: String,
    is_chosen: bool,
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
            return Answer::page(&page(&params, None));
        }
        let mut request = params.request()?;
        let (offset, limit) = (request.offset, request.limit);
        let is_across = !params.name.is_empty();
        if is_across {
            (request.offset, request.limit) = (0, usize::MAX);
        }
        let mut found = plansearch_targets::find(&*snapshot, &request)?;
        let mut across = None;
        let mut picture = None;
        if is_across {
            let all = found.head(MAX_ACROSS);
            across = Across::new(&params, &Targets::from(&all).records);
            picture = picture::targets(&params.name.join("、"), &all).map(Markup::of_picture);
            found = found.part(offset, limit);
        }
        let facets = facets(&params, &found.facets);
        let shown = Targets::from(&found);
        Answer::page(&TargetsPage {
            across,
            picture,
            facets,
            ..page(&params, Some(&shown))
        })
    })
    .await
}

fn page(params: &TargetParams, found: Option<&Targets>) -> TargetsPage {
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
        is_asked: found.is_some(),
        total: words::count(total),
        documents: words::count(found.map_or(0, |found| found.documents)),
        range: if n_shown < total {
            format!("第 {}—{} 项", params.offset + 1, params.offset + n_shown)
        } else {
            String::new()
        },
        notices: found.map_or_else(Vec::new, |found| {
            let notices = found.notices.iter();
            notices.map(|notice| words::sentence(notice)).collect()
        }),
        rows: found.map_or_else(Vec::new, |found| {
            let docs = found.records.iter().map(|record| &record.passage.doc);
            let titles = Titles::of_briefs(docs);
            let rows = found.records.iter();
            rows.map(|record| RowView::new(params, record, &titles))
                .collect()
        }),
        across: None,
        picture: None,
        facets: Vec::new(),
        n_chosen: params.horizon.len() + params.binding.len() + filter.pairs().len(),
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

/// Most values of a facet.
const MAX_VALUES: usize = 12;

/// The filters with their counts; of chosen values those without a record too.
fn facets(params: &TargetParams, counts: &Facets) -> Vec<Facet> {
    let of_list = |label, list: fn(&mut TargetParams) -> &mut Vec<String>, values: Vec<_>| {
        let chosen = list(&mut params.clone()).clone();
        Facet::new(label, &chosen, &values, |value| {
            address::targets(&params.toggled(list, value))
        })
    };
    let of_group = |group: Group, values: Vec<_>| {
        Facet::new(
            words::group(group),
            params.filter.chosen(group),
            &values,
            |value| {
                let filter = params.filter.toggled(group, value);
                address::targets(&TargetParams {
                    filter,
                    ..params.at(0)
                })
            },
        )
    };
    let named = |counts: Vec<(String, usize)>| {
        let counts = counts.into_iter();
        counts.map(|(value, n)| (value.clone(), value, n)).collect()
    };
    let horizons = counts.horizons.iter().map(|(horizon, n)| {
        let label = reports::horizon_label(horizon.name()).to_owned();
        (horizon.name().to_owned(), label, *n)
    });
    let bindings = counts.bindings.iter();
    let bindings = bindings.map(|(binding, n)| (Binding::name(*binding).to_owned(), *n));
    let years = counts.years.iter().rev();
    let years = years.map(|(year, n)| (year.to_string(), format!("{year}年"), *n));
    let documents = counts.documents.iter();
    let titles = Titles::of_documents(documents.clone().map(|(doc, _)| doc.as_ref()));
    let documents = documents.map(|(doc, n)| {
        let title = words::title_or(&titles.of(&doc.id, &doc.title));
        (doc.id.clone(), title, *n)
    });
    let levels = counts.levels.iter();
    let regions = counts.regions.iter();
    let types = counts.types.iter();
    let all = [
        of_list("时态", |params| &mut params.horizon, horizons.collect()),
        of_list(
            "属性",
            |params| &mut params.binding,
            named(bindings.collect()),
        ),
        of_list(
            "目标年份",
            |params| &mut params.target_year,
            years.collect(),
        ),
        of_group(
            Group::Level,
            named(levels.map(|(level, n)| ((*level).to_owned(), *n)).collect()),
        ),
        of_group(
            Group::Region,
            named(regions.map(|(region, n)| (region.clone(), *n)).collect()),
        ),
        of_group(
            Group::Type,
            named(types.map(|(kind, n)| (kind.clone(), *n)).collect()),
        ),
        of_group(Group::Doc, documents.collect()),
    ];
    all.into_iter()
        .filter(|facet| !facet.values.is_empty())
        .collect()
}

impl Facet {
    /// `values` are value, label and count.
    fn new(
        label: &'static str,
        chosen: &[String],
        values: &[(String, String, usize)],
        href: impl Fn(&str) -> String,
    ) -> Self {
        let is_chosen = |value: &str| chosen.iter().any(|known| known == value);
        let missing = chosen
            .iter()
            .filter(|value| !values.iter().any(|(known, ..)| known == *value))
            .map(|value| (value.clone(), value.clone(), 0));
        let (kept, others): (Vec<_>, Vec<_>) = missing
            .chain(values.iter().cloned())
            .partition(|(value, ..)| is_chosen(value));
        let n_others = MAX_VALUES.saturating_sub(kept.len());
        let values = kept.into_iter().chain(others.into_iter().take(n_others));
        Self {
            label,
            values: values
                .map(|(value, label, count)| Value {
                    label,
                    count: words::count(count),
                    href: href(&value),
                    is_chosen: is_chosen(&value),
                })
                .collect(),
        }
    }
}

impl Fields {
    fn new(params: &TargetParams) -> Self {
        let horizons = params
            .horizon
            .iter()
            .map(|value| ("horizon", value.clone()));
        let bindings = params
            .binding
            .iter()
            .map(|value| ("binding", value.clone()));
        let chosen = horizons.chain(bindings);
        Self {
            q: params.q.clone(),
            name: params.name.join(" "),
            target_year: params.target_year.join(" "),
            condition: params.conditions.join(" "),
            chosen: chosen.collect(),
        }
    }
}

impl RowView {
    fn new(params: &TargetParams, target: &Target, titles: &Titles) -> Self {
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
            title: words::title_or(&titles.of(&passage.doc.id, &passage.doc.title)),
            place: words::labels(&passage.path).join(" › "),
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
        let titles = Titles::of_briefs(records.iter().map(|record| &record.passage.doc));
        let n_more = documents.len().saturating_sub(MAX_DOCUMENTS);
        let rows = documents
            .iter()
            .take(MAX_DOCUMENTS)
            .filter_map(|(id, records)| {
                let first = records.first()?;
                Some(AcrossRow {
                    title: words::title_or(&titles.of(id, &first.passage.doc.title)),
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
