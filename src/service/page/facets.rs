//! Facets at the side and chosen values on top: each value is a link that toggles it
//! and a box of a form that takes several at once.
//!
//! A chosen value is always shown, also where it has no hit or is only a part of
//! a name, so that it can be taken back.

use super::years::YearsView;
use crate::address;
use crate::choice;
use crate::group::Group;
use crate::params::SearchParams;
use crate::titles::Titles;
use crate::words;
use plansearch_engine::{Engine, FacetName, FacetValue, Facets, YearRange};
use plansearch_text::fold;

/// How many values of a facet the page asks for.
pub(super) const MAX_VALUES: usize = 300;

/// How many values stand at the side; the rest have a page of their own.
const N_OPEN: usize = 5;

/// One facet.
pub(super) struct FacetView {
    /// Its name.
    pub(super) label: &'static str,
    /// Values in sight.
    pub(super) values: Vec<ValueView>,
    /// Number of all values and address of the page that lists them, where there are
    /// more.
    pub(super) all: Option<(String, String)>,
    /// Of years: how the hits lie in them, and the range that is chosen.
    pub(super) years: Option<YearsView>,
    /// Whether it is unfolded at first.
    pub(super) is_open: bool,
}

/// One value of a facet.
pub(super) struct ValueView {
    /// The parameter that it is given to.
    pub(super) name: &'static str,
    /// What is given.
    pub(super) value: String,
    /// What to show.
    pub(super) label: String,
    /// How many passages it has, where that is known.
    pub(super) count: Option<String>,
    /// Of a theme: how many of these are about it.
    pub(super) about: Option<String>,
    /// Named before it: the group that it opens.
    pub(super) group: Option<String>,
    /// How deep it lies in the tree that the values make, from 1.
    pub(super) depth: usize,
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
pub(super) fn chips(snapshot: &dyn Engine, params: &SearchParams) -> Vec<Chip> {
    let chip = |group: Group, value: &String| Chip {
        group: words::group(group),
        label: choice::label(snapshot, group, value),
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
    snapshot: &dyn Engine,
    params: &SearchParams,
    facets: &Facets,
) -> Vec<FacetView> {
    // Headings of many documents are a mix that tells nothing.
    let is_told = |(group, facet): &(Group, FacetName)| {
        let is_tree = || {
            facets
                .values(*facet)
                .iter()
                .any(|value| value.depth.is_some())
        };
        *group != Group::Chapter || is_tree() || !params.chosen(*group).is_empty()
    };
    LISTED
        .into_iter()
        .filter(is_told)
        .map(|group| facet_view(snapshot, params, group, facets))
        .filter(|facet| !facet.values.is_empty() || facet.years.is_some())
        .collect()
}

/// What the form of the facets keeps beside its boxes.
pub(super) fn kept_by_form(
    params: &SearchParams,
    facets: &[FacetView],
) -> Vec<(&'static str, String)> {
    let mut kept = params.at(0).pairs();
    let has_range = facets.iter().any(|facet| {
        let years = facet.years.as_ref();
        years.is_some_and(|years| !years.since.is_empty() || !years.until.is_empty())
    });
    kept.retain(|(name, value)| {
        let mut boxes = facets.iter().flat_map(|facet| &facet.values);
        let is_range = has_range && *name == Group::Year.name() && value.contains("..");
        !is_range && !boxes.any(|shown| shown.name == *name && shown.value == *value)
    });
    kept
}

/// The groups that have facets, in their order on the page: who and when before what.
const LISTED: [(Group, FacetName); 9] = [
    (Group::Level, FacetName::Level),
    (Group::Region, FacetName::Region),
    (Group::Issuer, FacetName::Issuer),
    (Group::Type, FacetName::Type),
    (Group::Year, FacetName::Year),
    (Group::Period, FacetName::Period),
    (Group::Theme, FacetName::Theme),
    (Group::Doc, FacetName::Doc),
    (Group::Chapter, FacetName::Chapter),
];

/// Most headings of a tree at the side.
const MAX_TREE: usize = 30;

/// The facet of a group, if it has one.
pub(super) fn facet_of(group: Group) -> Option<FacetName> {
    let listed = LISTED.iter().find(|(known, _)| *known == group);
    listed.map(|(_, facet)| *facet)
}

/// A value of the facet of `group` as the page shows it.
pub(super) fn value_view(params: &SearchParams, group: Group, value: &FacetValue) -> ValueView {
    ValueView {
        name: group.name(),
        value: value.value.clone(),
        label: if value.label.trim().is_empty() {
            "（无名称）".to_owned()
        } else {
            words::label(&value.label)
        },
        count: Some(words::count(value.count)),
        // Said where it tells some of the passages from the others.
        about: (value.about.filter(|about| (1..value.count).contains(about))).map(words::count),
        group: None,
        depth: value.depth.unwrap_or(1),
        href: address::search(&params.toggled(group, &value.value)),
        is_chosen: params.chosen(group).contains(&value.value),
    }
}

/// The values of a facet in the order in which pages list them: themes by their
/// groups, years from the newest on, others as they come.
pub(super) fn in_order(group: Group, values: &[FacetValue]) -> Vec<&FacetValue> {
    let mut ordered: Vec<&FacetValue> = values.iter().collect();
    match group {
        Group::Year | Group::Period => ordered.sort_by(|a, b| b.value.cmp(&a.value)),
        Group::Region => ordered = by_region(&ordered),
        Group::Theme => {
            let mut groups: Vec<Option<&str>> = Vec::new();
            for value in &ordered {
                if !groups.contains(&value.group.as_deref()) {
                    groups.push(value.group.as_deref());
                }
            }
            ordered.sort_by_key(|value| {
                let group = value.group.as_deref();
                groups.iter().position(|known| *known == group)
            });
        }
        _ => {}
    }
    ordered
}

/// Regions, each followed by those that lie in it.
fn by_region<'a>(values: &[&'a FacetValue]) -> Vec<&'a FacetValue> {
    let is_listed = |name: &str| values.iter().any(|value| value.value == name);
    let mut left: Vec<&FacetValue> = values.to_vec();
    let mut ordered: Vec<&FacetValue> = Vec::with_capacity(values.len());
    let is_top = |value: &FacetValue| {
        let around = value.group.as_deref();
        !around.is_some_and(|around| around != value.value && is_listed(around))
    };
    // What is still to be placed, the next one last.
    let mut next: Vec<&FacetValue> = left.iter().copied().rev().filter(|v| is_top(v)).collect();
    while let Some(value) = next.pop() {
        left.retain(|other| !std::ptr::eq(*other, value));
        ordered.push(value);
        let lies_in = |other: &&&FacetValue| {
            !is_top(other) && other.group.as_deref() == Some(value.value.as_str())
        };
        next.extend(left.iter().rev().filter(lies_in).copied());
    }
    ordered.extend(left);
    ordered
}

/// How deep each of the regions in order lies, from 1.
fn depths_of_regions(ordered: &[&FacetValue]) -> Vec<usize> {
    let mut depths: Vec<usize> = Vec::with_capacity(ordered.len());
    for value in ordered {
        let around = value.group.as_deref();
        let above = ordered.iter().take(depths.len());
        let at = above
            .clone()
            .position(|other| Some(other.value.as_str()) == around);
        depths.push(
            at.and_then(|at| depths.get(at))
                .map_or(1, |depth| depth + 1),
        );
    }
    depths
}

/// Names the group of a theme before the first of it.
pub(super) fn name_groups(group: Group, values: &[&FacetValue], views: &mut [ValueView]) {
    if group == Group::Region {
        for (view, depth) in views.iter_mut().zip(depths_of_regions(values)) {
            view.depth = depth;
        }
    }
    if group != Group::Theme {
        return;
    }
    let mut before = None;
    for (value, view) in values.iter().zip(views) {
        if value.group != before {
            view.group.clone_from(&value.group);
        }
        before.clone_from(&value.group);
    }
}

fn facet_view(
    snapshot: &dyn Engine,
    params: &SearchParams,
    (group, facet): (Group, FacetName),
    facets: &Facets,
) -> FacetView {
    let values = facets.values(facet);
    let chosen = params.chosen(group);
    let is_tree = values.iter().any(|value| value.depth.is_some());
    let mut shown: Vec<&FacetValue> = if is_tree {
        branch(values)
    } else {
        let is_chosen = |value: &&FacetValue| chosen.contains(&value.value);
        let (first, rest): (Vec<_>, Vec<_>) = values.iter().partition(is_chosen);
        // A link that hides one or two lines saves no room.
        let n_open = N_OPEN.max(first.len());
        let n_open = if values.len() <= n_open + 2 {
            values.len()
        } else {
            n_open
        };
        first.into_iter().chain(rest).take(n_open).collect()
    };
    // One value that all hits have narrows nothing.
    if values.len() == 1 && chosen.is_empty() && facet != FacetName::Theme {
        shown.clear();
    }
    let listed: Vec<FacetValue> = shown.into_iter().cloned().collect();
    let ordered = if is_tree {
        listed.iter().collect()
    } else {
        in_order(group, &listed)
    };
    let mut views: Vec<ValueView> = ordered
        .iter()
        .map(|value| value_view(params, group, value))
        .collect();
    name_groups(group, &ordered, &mut views);
    if group == Group::Doc {
        tell_titles_apart(snapshot, &mut views);
    }
    let years = (group == Group::Year).then(|| YearsView::new(chosen, values));
    let years = years.flatten();
    let is_in_range = |name: &str| years.is_some() && name.contains("..");
    let unlisted = chosen
        .iter()
        .filter(|name| !is_in_range(name) && !values.iter().any(|value| value.value == **name));
    let unlisted: Vec<ValueView> = unlisted
        .map(|name| ValueView {
            name: group.name(),
            value: name.clone(),
            label: choice::label(snapshot, group, name),
            count: count_of_unlisted(group, name, values).map(words::count),
            about: None,
            group: None,
            depth: 1,
            href: address::search(&params.toggled(group, name)),
            is_chosen: true,
        })
        .collect();
    let n_views = views.len();
    let n_values = facets.n_values.get(&facet).copied().unwrap_or(0);
    let start = params.at(0);
    FacetView {
        label: words::group(group),
        all: (n_views > 0 && n_views < n_values).then(|| {
            let n_values = format!("{} 项", words::count(n_values));
            (n_values, address::values(&start, group.name(), "", 0))
        }),
        years,
        is_open: true,
        values: unlisted.into_iter().chain(views).collect(),
    }
}

/// Documents of one title are told apart.
fn tell_titles_apart(snapshot: &dyn Engine, views: &mut [ValueView]) {
    let shown: Vec<_> = views
        .iter()
        .filter_map(|view| snapshot.catalog().get(&view.value))
        .collect();
    let titles = Titles::of_documents(shown.into_iter());
    for view in views {
        view.label = titles.of(&view.value, &view.label);
    }
}

/// The headings of a tree that stand at the side: the topmost level that branches,
/// and around every chosen heading those above, beside and next below it. Values
/// stand in document order, so what a heading lies under is the last one before it
/// that is less deep.
fn branch(values: &[FacetValue]) -> Vec<&FacetValue> {
    let depth = |at: usize| values[at].depth.unwrap_or(1);
    let top = (1..=6)
        .find(|level| (0..values.len()).filter(|at| depth(*at) == *level).count() > 1)
        .unwrap_or(1);
    let parent = |at: usize| (0..at).rev().find(|above| depth(*above) < depth(at));
    let mut is_opened = vec![false; values.len()];
    for at in (0..values.len()).filter(|at| values[*at].is_chosen) {
        let mut next = Some(at);
        while let Some(at) = next {
            is_opened[at] = true;
            next = parent(at);
        }
    }
    let is_shown = |at: &usize| {
        depth(*at) <= top || is_opened[*at] || parent(*at).is_some_and(|above| is_opened[above])
    };
    let shown = (0..values.len()).filter(is_shown).take(MAX_TREE);
    shown.map(|at| &values[at]).collect()
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
