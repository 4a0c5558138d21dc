//! What a chosen value of a filter is called, on pages and in files.

use super::group::Group;
use super::params::SearchParams;
use super::words;
use plansearch_document::PassageKind;
use plansearch_engine::{Engine, UNSTATED};

/// Between the headings of a section, where they choose it.
pub(super) const STEP: &str = " > ";

/// What to show for a value of a group.
pub(super) fn label(snapshot: &dyn Engine, group: Group, value: &str) -> String {
    if value == UNSTATED {
        return value.to_owned();
    }
    match group {
        Group::Doc => snapshot
            .catalog()
            .get(value)
            .map_or_else(|| value.to_owned(), words::title),
        Group::Kind => PassageKind::from_name(value)
            .map_or_else(|| value.to_owned(), |kind| words::kind(kind).to_owned()),
        Group::Chapter => words::label(&value.replace(STEP, " › ")),
        Group::Year | Group::Period => match value.split_once("..") {
            Some((first, "")) => format!("{first}年起"),
            Some(("", last)) => format!("至{last}年"),
            Some((first, last)) => format!("{first}—{last}年"),
            None => format!("{value}年"),
        },
        _ => value.to_owned(),
    }
}

/// All that a search chose in one line: `层级：市；成文年份：2020年`; empty without a filter.
pub(super) fn line(snapshot: &dyn Engine, params: &SearchParams) -> String {
    let of_group = |group: Group| {
        let values = params.chosen(group).iter();
        let values: Vec<String> = values.map(|value| label(snapshot, group, value)).collect();
        (!values.is_empty()).then(|| format!("{}：{}", words::group(group), values.join("、")))
    };
    let parts: Vec<String> = Group::ALL.into_iter().filter_map(of_group).collect();
    parts.join("；")
}
