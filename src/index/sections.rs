//! The sections of a commit: document and path of headings.
//!
//! Every passage lies in exactly one section, so one number a passage says of which
//! document it is and which headings stand above it. A section whose passages lie
//! in several segments has a number in each; what is counted by section is summed
//! over them.

use std::collections::HashMap;
use std::ops::Range;

use super::catalog::Catalog;
use super::labels::Labels;

/// Parts the document and the labels in the name of a section.
const GAP: char = '\u{1}';

/// Joins the labels of a path where a path is given as one value.
pub(super) const STEP: &str = " > ";

/// The name of a section, as the column has it.
pub(super) fn key(doc: &str, path: &[String]) -> String {
    let mut key = doc.to_owned();
    for label in path {
        key.push(GAP);
        key.extend(label.chars().map(|c| if c == GAP { ' ' } else { c }));
    }
    key
}

/// Document and labels of each section.
#[derive(Debug, Default)]
pub(super) struct Sections {
    /// Position of the document in the catalog; `u32::MAX` for entries that are
    /// no passages.
    docs: Vec<u32>,
    /// Where the labels of each section end in `labels`.
    ends: Vec<u32>,
    /// Numbers of the labels, from the top.
    labels: Vec<u32>,
}

impl Sections {
    /// Reads the sections of each segment by their names; gives also the labels and
    /// the number of the first section of each segment.
    pub(super) fn read(segments: &[Vec<String>], catalog: &Catalog) -> (Self, Labels, Vec<u32>) {
        let parts = |key: &'_ String| {
            key.split(GAP)
                .skip(1)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let mut names: Vec<String> = Vec::new();
        let mut last: Vec<String> = Vec::new();
        for key in segments.iter().flatten() {
            // Neighbours share most of their path.
            let path = parts(key);
            let is_new = |at: usize| last.get(at) != path.get(at);
            names.extend(
                path.iter()
                    .enumerate()
                    .filter(|(at, _)| is_new(*at))
                    .map(|(_, l)| l.clone()),
            );
            last = path;
        }
        let headings = Labels::new(names);
        let ids: HashMap<&str, u32> = headings
            .names()
            .iter()
            .enumerate()
            .map(|(id, name)| (name.as_str(), id as u32))
            .collect();
        let mut sections = Self::default();
        let mut firsts = Vec::with_capacity(segments.len());
        for keys in segments {
            firsts.push(sections.docs.len() as u32);
            for key in keys {
                let mut parts = key.split(GAP);
                let doc = parts.next().and_then(|doc| catalog.idx(doc));
                sections.docs.push(doc.map_or(u32::MAX, |doc| doc as u32));
                sections
                    .labels
                    .extend(parts.filter_map(|label| ids.get(label).copied()));
                sections.ends.push(sections.labels.len() as u32);
            }
        }
        (sections, headings, firsts)
    }

    pub(super) fn len(&self) -> usize {
        self.docs.len()
    }

    /// Position in the catalog of the document; `None` for what is no passage.
    pub(super) fn doc_idx(&self, section: usize) -> Option<usize> {
        let doc = *self.docs.get(section)?;
        (doc != u32::MAX).then_some(doc as usize)
    }

    /// Numbers of the labels above, from the top.
    pub(super) fn path(&self, section: usize) -> &[u32] {
        let range = self.range(section).unwrap_or_default();
        self.labels.get(range).unwrap_or_default()
    }

    /// The labels above, each once.
    pub(super) fn labels(&self, section: usize) -> impl Iterator<Item = usize> + '_ {
        let path = self.path(section);
        let is_first = |at: usize| !path[..at].contains(&path[at]);
        (0..path.len())
            .filter(move |at| is_first(*at))
            .map(|at| path[at] as usize)
    }

    fn range(&self, section: usize) -> Option<Range<usize>> {
        let end = *self.ends.get(section)? as usize;
        let start = match section.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        Some(start..end)
    }

    /// Which sections a heading or a part of one admits: a label that exists is
    /// taken exactly, then a path of labels from the top, otherwise a part.
    pub(super) fn admitted(&self, headings: &Labels, names: &[String]) -> Vec<bool> {
        let (paths, names): (Vec<&String>, Vec<&String>) =
            names.iter().partition(|name| self.is_path(headings, name));
        let names: Vec<String> = names.into_iter().cloned().collect();
        let by_label = headings.admitted(&names);
        let admits = |section: usize| {
            let path = self.path(section);
            path.iter()
                .any(|label| by_label.get(*label as usize).is_some_and(|is| *is))
                || paths.iter().any(|typed| begins_with(headings, path, typed))
        };
        (0..self.len()).map(admits).collect()
    }

    fn is_path(&self, headings: &Labels, name: &str) -> bool {
        name.contains(STEP)
            && headings.id(name).is_none()
            && (0..self.len()).any(|section| begins_with(headings, self.path(section), name))
    }
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
    use crate::index::DocumentRecord;

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
        let (sections, headings, firsts) = Sections::read(&[keys.to_vec()], &catalog);
        assert_eq!(firsts, [0]);
        assert_eq!(sections.doc_idx(2), Some(0));
        assert_eq!(sections.doc_idx(3), None);
        for (name, expect) in [
            ("第一节 任务", [true, true, false, false]),
            ("第二章 港口 > 第一节 任务", [false, true, false, false]),
            ("第一章", [true, false, false, false]),
            ("第三章", [false; 4]),
        ] {
            assert_eq!(
                sections.admitted(&headings, &[name.to_owned()]),
                expect,
                "{name}"
            );
        }
    }
}
