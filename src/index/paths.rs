//! The paths of headings that passages stand under.
//!
//! Every passage has one document and one path, so two numbers say where it stands. A
//! path that stands in several documents (第一章 总则) has one number.

use std::collections::{BTreeSet, HashMap};

use super::catalog::Catalog;
use super::labels::{Labels, NumberLists};
use super::view::{NONE, Numbered};

/// Parts the document and the labels in the value of the column.
const GAP: char = '\u{1}';

/// Joins the labels of a path where a path is given as one value.
pub(super) const STEP: &str = " > ";

/// The value of the column: the document, and the labels of the path.
pub(super) fn key(doc: &str, path: &[String]) -> String {
    let mut key = doc.to_owned();
    for label in path {
        key.push(GAP);
        key.extend(label.chars().map(|c| if c == GAP { ' ' } else { c }));
    }
    key
}

/// The labels of each path.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// Numbers of the labels, from the top.
    labels: NumberLists,
}

/// Position in the catalog of a document, and number of a path; [`NONE`] for what is no
/// passage.
pub(super) type PlaceIds = (u32, u32);

impl Paths {
    /// Reads the paths of each segment; gives also the labels, and which document and path
    /// each value of a segment is.
    pub(super) fn read(
        segments: &[Numbered],
        catalog: &Catalog,
    ) -> (Self, Labels, Vec<Vec<PlaceIds>>) {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut joined: Vec<&str> = Vec::new();
        let mut places = Vec::with_capacity(segments.len());
        for segment in segments {
            let places_of: Vec<PlaceIds> = segment
                .names
                .iter()
                .map(|key| {
                    let (doc, path) = key.split_once(GAP).unwrap_or((key, ""));
                    let Some(doc) = catalog.idx(doc) else {
                        return (NONE, NONE);
                    };
                    let number = *numbers.entry(path).or_insert_with(|| {
                        joined.push(path);
                        joined.len() as u32 - 1
                    });
                    (doc as u32, number)
                })
                .collect();
            places.push(places_of);
        }
        let names: BTreeSet<&str> = joined.iter().flat_map(|path| labels_of(path)).collect();
        let headings = Labels::new(names.into_iter().map(str::to_owned).collect());
        let mut paths = Self::default();
        for path in joined {
            let labels = labels_of(path).filter_map(|label| headings.id(label));
            paths.labels.push(labels);
        }
        (paths, headings, places)
    }

    pub(super) fn len(&self) -> usize {
        self.labels.len()
    }

    /// Numbers of the labels, from the top.
    pub(super) fn path(&self, path: usize) -> &[u32] {
        self.labels.of(path)
    }

    /// The labels, each once.
    pub(super) fn labels(&self, path: usize) -> impl Iterator<Item = usize> + '_ {
        let path = self.path(path);
        let is_first = |at: usize| !path[..at].contains(&path[at]);
        (0..path.len())
            .filter(move |at| is_first(*at))
            .map(|at| path[at] as usize)
    }

    /// Which paths a heading or a part of one admits: a label that exists is
    /// taken exactly, then a path of labels from the top, otherwise a part.
    pub(super) fn admitted(&self, headings: &Labels, names: &[String]) -> Vec<bool> {
        let (typed_paths, names): (Vec<&String>, Vec<&String>) =
            names.iter().partition(|name| self.is_path(headings, name));
        let names: Vec<String> = names.into_iter().cloned().collect();
        let by_label = headings.admitted(&names);
        let admits = |path: usize| {
            let path = self.path(path);
            path.iter()
                .any(|label| by_label.get(*label as usize).is_some_and(|is| *is))
                || typed_paths
                    .iter()
                    .any(|typed| begins_with(headings, path, typed))
        };
        (0..self.len()).map(admits).collect()
    }

    fn is_path(&self, headings: &Labels, name: &str) -> bool {
        name.contains(STEP)
            && headings.id(name).is_none()
            && (0..self.len()).any(|path| begins_with(headings, self.path(path), name))
    }
}

/// The labels of a path that is joined as the column has it.
fn labels_of(joined: &str) -> impl Iterator<Item = &str> {
    joined.split(GAP).filter(|label| !label.is_empty())
}

/// Says whether the labels of `path`, or the first of them, are `typed` when joined.
fn begins_with(headings: &Labels, path: &[u32], typed: &str) -> bool {
    let mut rest = typed;
    for (at, label) in path.iter().enumerate() {
        if at > 0 {
            match rest.strip_prefix(STEP) {
                Some(after) => rest = after,
                None => return false,
            }
        }
        match rest.strip_prefix(headings.name(*label as usize)) {
            Some("") => return true,
            Some(after) => rest = after,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentRecord;

    #[test]
    fn a_heading_is_chosen_by_label_by_path_and_by_part() {
        let path = |labels: &[&str]| labels.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();
        let catalog = Catalog::new(vec![DocumentRecord {
            id: "甲".to_owned(),
            ..DocumentRecord::default()
        }]);
        let keys = [
            key("甲", &path(&["第一章 产业", "第一节 任务"])),
            key("甲", &path(&["第二章 港口", "第一节 任务"])),
            key("甲", &[]),
            String::new(),
        ];
        let segment = Numbered {
            names: keys.to_vec(),
            of_entry: Vec::new(),
        };
        let (paths, headings, places) = Paths::read(&[segment], &catalog);
        assert_eq!(places, [[(0, 0), (0, 1), (0, 2), (NONE, NONE)]]);
        for (name, expect) in [
            ("第一节 任务", [true, true, false]),
            ("第二章 港口 > 第一节 任务", [false, true, false]),
            ("第一章", [true, false, false]),
            ("第三章", [false; 3]),
        ] {
            assert_eq!(
                paths.admitted(&headings, &[name.to_owned()]),
                expect,
                "{name}"
            );
        }
    }
}
