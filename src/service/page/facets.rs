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

/// How many values stand open; the rest are folded away.
const N_OPEN: usize = 8;

/// How many values a facet shows at all.
const N_SHOWN: usize = 60;

/// One facet.
pub(super) struct FacetView {
    /// Its name.
    pub(super) label: &'static str,
    /// Values in sight.
    pub(super) open: Vec<ValueView>,
    /// Values folded away.
    pub(super) folded: Vec<ValueView>,
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
}

/// The chosen values in the order of the address.
pub(super) fn chips(snapshot: &Snapshot, params: &SearchParams) -> Vec<Chip> {
    let chip = |group: Group, value: &String| Chip {
        group: words::group(group),
        label: label(snapshot, group, value),
        href: address::search(&params.toggled(group, value)),
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
    let mut years = facets.year.clone();
    years.sort_by(|a, b| b.value.cmp(&a.value));
    let groups = [
        (Group::Theme, &facets.theme),
        (Group::Doc, &facets.doc),
        (Group::Chapter, &facets.chapter),
        (Group::Type, &facets.doc_type),
        (Group::Issuer, &facets.issuer),
        (Group::Year, &years),
    ];
    groups
        .into_iter()
        .map(|(group, values)| facet_view(snapshot, params, group, values))
        .filter(|facet| !facet.open.is_empty())
        .collect()
}

fn facet_view(
    snapshot: &Snapshot,
    params: &SearchParams,
    group: Group,
    values: &[FacetValue],
) -> FacetView {
    let chosen = params.chosen(group);
    let is_chosen = |value: &FacetValue| chosen.contains(&value.value);
    let view = |value: &FacetValue| ValueView {
        label: value.label.clone(),
        count: Some(words::count(value.count)),
        href: address::search(&params.toggled(group, &value.value)),
        is_chosen: is_chosen(value),
    };
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
    shown.truncate(N_SHOWN.max(n_open));
    // A fold that hides one or two lines saves no room.
    let n_open = if shown.len() <= n_open + 2 {
        shown.len()
    } else {
        n_open
    };
    let folded = shown.split_off(n_open);
    FacetView {
        label: words::group(group),
        open: shown,
        folded,
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
        Group::Chapter | Group::Issuer => holding().next().is_none().then_some(0),
        Group::Theme | Group::Type | Group::Kind => Some(0),
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
