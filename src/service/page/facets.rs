//! Facets at the side and chosen values on top, as links that toggle a value.
//!
//! A chosen value is always shown, also where it has no hit or is only a part of
//! a name, so that it can be taken back.

use super::words;
use crate::document::PassageKind;
use crate::index::{FacetValue, Facets, Snapshot, YearRange};
use crate::service::address;
use crate::service::group::Group;
use crate::service::params::SearchParams;
use crate::text::fold;

/// How many values of a facet the page asks for.
pub(super) const MAX_VALUES: usize = 300;

/// How many values stand at the side; the rest have a page of their own.
const N_OPEN: usize = 8;

/// From how many values on a facet has a box to find one.
const N_TO_FIND: usize = 20;

/// One facet.
pub(super) struct FacetView {
    /// The parameter that its values are given to.
    pub(super) name: &'static str,
    /// Its name.
    pub(super) label: &'static str,
    /// Values in sight.
    pub(super) values: Vec<ValueView>,
    /// Number of all values and address of the page that lists them, where there are
    /// more.
    pub(super) all: Option<(String, String)>,
    /// What a form to find a value keeps, where there are many.
    pub(super) find: Option<Vec<(&'static str, String)>>,
    /// Whether it is unfolded at first.
    pub(super) is_open: bool,
}

/// One value of a facet.
pub(super) struct ValueView {
    /// What to show.
    pub(super) label: String,
    /// How many passages it has, where that is known.
    pub(super) count: Option<String>,
    /// Address with the value toggled.
    pub(super) href: String,
    /// Whether it is chosen.
    pub(super) is_chosen: bool,
}

/// A chosen value.
pub(super) struct Chip {
    /// Name of its group.
    pub(super) group: &'static str,
    /// What to show.
    pub(super) label: String,
    /// Address without it.
    pub(super) href: String,
    /// The group.
    pub(super) of: Group,
    /// The value as it stands in the address.
    pub(super) value: String,
}

/// The chosen values in the order of the address.
pub(super) fn chips(snapshot: &Snapshot, params: &SearchParams) -> Vec<Chip> {
    let chip = |group: Group, value: &String| Chip {
        group: words::group(group),
        label: label(snapshot, group, value),
        href: address::search(&params.toggled(group, value)),
        of: group,
        value: value.clone(),
    };
    Group::ALL
        .into_iter()
        .flat_map(|group| params.chosen(group).iter().map(move |value| (group, value)))
        .map(|(group, value)| chip(group, value))
        .collect()
}

/// The facets, those without values left out.
pub(super) fn facet_views(
    snapshot: &Snapshot,
    params: &SearchParams,
    facets: &Facets,
) -> Vec<FacetView> {
    LISTED
        .into_iter()
        .enumerate()
        .map(|(at, group)| facet_view(snapshot, params, group, &values_of(facets, group), at))
        .filter(|facet| !facet.values.is_empty())
        .collect()
}

/// The groups that have facets, in their order on the page.
const LISTED: [Group; 9] = [
    Group::Theme,
    Group::Doc,
    Group::Chapter,
    Group::Type,
    Group::Issuer,
    Group::Level,
    Group::Region,
    Group::Year,
    Group::Period,
];

/// How many facets are unfolded at first.
const N_UNFOLDED: usize = 3;

/// The values of the facet of a group, in the order in which the page lists them.
pub(super) fn values_of(facets: &Facets, group: Group) -> Vec<FacetValue> {
    match group {
        Group::Theme => facets.theme.clone(),
        Group::Doc => facets.doc.clone(),
        Group::Chapter => facets.chapter.clone(),
        Group::Type => facets.doc_type.clone(),
        Group::Issuer => facets.issuer.clone(),
        Group::Level => facets.level.clone(),
        Group::Region => facets.region.clone(),
        Group::Period => facets.period.clone(),
        Group::Year => {
            let mut years = facets.year.clone();
            years.sort_by(|a, b| b.value.cmp(&a.value));
            years
        }
        Group::Kind => Vec::new(),
    }
}

/// Says whether a group has a facet.
pub(super) fn is_listed(group: Group) -> bool {
    LISTED.contains(&group)
}

/// A value of the facet of `group` as the page shows it.
pub(super) fn value_view(params: &SearchParams, group: Group, value: &FacetValue) -> ValueView {
    ValueView {
        label: if value.label.trim().is_empty() {
            "（无名称）".to_owned()
        } else {
            value.label.clone()
        },
        count: Some(words::count(value.count)),
        href: address::search(&params.toggled(group, &value.value)),
        is_chosen: params.chosen(group).contains(&value.value),
    }
}

fn facet_view(
    snapshot: &Snapshot,
    params: &SearchParams,
    group: Group,
    values: &[FacetValue],
    at: usize,
) -> FacetView {
    let chosen = params.chosen(group);
    let is_chosen = |value: &FacetValue| chosen.contains(&value.value);
    let view = |value: &FacetValue| value_view(params, group, value);
    let mut shown: Vec<ValueView> = chosen
        .iter()
        .filter(|name| !values.iter().any(|value| value.value == **name))
        .map(|name| ValueView {
            label: label(snapshot, group, name),
            count: count_of_unlisted(group, name, values).map(words::count),
            href: address::search(&params.toggled(group, name)),
            is_chosen: true,
        })
        .collect();
    shown.extend(values.iter().filter(|value| is_chosen(value)).map(view));
    let n_open = N_OPEN.max(shown.len());
    shown.extend(values.iter().filter(|value| !is_chosen(value)).map(view));
    // A link that hides one or two lines saves no room.
    let n_all = shown.len();
    if n_all > n_open + 2 {
        shown.truncate(n_open);
    }
    let start = params.at(0);
    FacetView {
        name: group.name(),
        label: words::group(group),
        all: (shown.len() < n_all).then(|| {
            let n_all = match values.len() {
                MAX_VALUES.. => format!("{MAX_VALUES}项以上"),
                _ => format!("{}项", words::count(n_all)),
            };
            (n_all, address::values(&start, group.name(), "", 0))
        }),
        find: (n_all >= N_TO_FIND).then(|| {
            let mut kept = start.pairs();
            kept.push(("group", group.name().to_owned()));
            kept
        }),
        is_open: at < N_UNFOLDED || !chosen.is_empty(),
        values: shown,
    }
}

/// The count of a chosen value that the facet does not list: a part of a name, a
/// range of years, or a value without a hit. `None` where only a search could tell.
fn count_of_unlisted(group: Group, name: &str, values: &[FacetValue]) -> Option<usize> {
    if values.len() >= MAX_VALUES {
        return None;
    }
    let part = fold(name);
    let holding = || {
        let held = |value: &&FacetValue| fold(&value.label).contains(part.as_str());
        values.iter().filter(held)
    };
    match group {
        // A passage has one document and one year, so these counts add up.
        Group::Doc => Some(holding().map(|value| value.count).sum()),
        Group::Year => {
            let range: YearRange = name.parse().ok()?;
            let is_inside = |value: &&FacetValue| {
                let year = value.value.parse::<u16>();
                year.is_ok_and(|year| (range.first..=range.last).contains(&year))
            };
            let inside = values.iter().filter(is_inside);
            Some(inside.map(|value| value.count).sum())
        }
        _ => Some(0),
    }
}

/// What to show for a chosen value.
fn label(snapshot: &Snapshot, group: Group, value: &str) -> String {
    match group {
        Group::Doc => snapshot
            .catalog()
            .get(value)
            .map_or_else(|| value.to_owned(), words::title),
        Group::Kind => PassageKind::from_name(value)
            .map_or_else(|| value.to_owned(), |kind| words::kind(kind).to_owned()),
        _ => value.to_owned(),
    }
}
