//! What stood before at the place of a file that was edited, and which passage stands now
//! for each of its own.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::files::SourceFile;
use plansearch_engine::{DocumentRecord, Edition, Engine, Fate, NewDocument};
use plansearch_index::Index;
use plansearch_text::fold;

/// How many editions a document keeps at most, the last first.
const MAX_EDITIONS: usize = 8;

/// With less of its passages left it is another document that took the place, unless the
/// title is the same.
const LEAST_SHARE_LEFT: f64 = 0.2;

/// Wordings that are less alike are no successors (share of pairs of characters in common).
const LEAST_ALIKE: f64 = 0.4;

/// How many passages are looked at for a successor at most.
const MAX_CANDIDATES: usize = 200;

/// The library as the last commit left it, opened when a file was edited.
pub(super) struct Editions<'a> {
    index_dir: &'a Path,
    old: OnceCell<Option<Old>>,
}

struct Old {
    snapshot: Arc<dyn Engine>,
    /// Places in the catalog of the documents of each file.
    by_path: HashMap<String, Vec<usize>>,
}

impl<'a> Editions<'a> {
    pub(super) fn of(index_dir: &'a Path) -> Self {
        Self {
            index_dir,
            old: OnceCell::new(),
        }
    }

    /// Notes for the documents of a file what stood there before. Where the old library
    /// cannot be read, nothing is known of it.
    pub(super) fn note(&self, source: &SourceFile, documents: &mut [NewDocument]) {
        let Some(old) = self.old.get_or_init(|| Old::open(self.index_dir)) else {
            return;
        };
        let before = old.documents(source);
        let ids: HashSet<String> = documents.iter().map(|new| new.record.id.clone()).collect();
        for (nth, new) in documents.iter_mut().enumerate() {
            if let Some(same) = before.iter().find(|doc| doc.id == new.record.id) {
                new.record.former.clone_from(&same.former);
                continue;
            }
            let is_free = |doc: &&&DocumentRecord| !ids.contains(&doc.id);
            let titled = before.iter().filter(is_free);
            let mut titled = titled.filter(|doc| doc.title == new.record.title);
            let at_place = before.get(nth).filter(is_free);
            if let Some(doc) = titled.next().or(at_place) {
                old.follow(doc, new);
            }
        }
    }
}

impl Old {
    fn open(index_dir: &Path) -> Option<Self> {
        if !plansearch_index::is_index(index_dir) {
            return None;
        }
        let snapshot = Index::open(index_dir).ok()?.snapshot();
        let mut by_path: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, doc) in snapshot.catalog().documents().iter().enumerate() {
            for path in &doc.paths {
                by_path.entry(path.clone()).or_default().push(at);
            }
        }
        Some(Self { snapshot, by_path })
    }

    fn documents(&self, source: &SourceFile) -> Vec<&DocumentRecord> {
        let documents = self.snapshot.catalog().documents();
        let places = self.by_path.get(&source.absolute).into_iter().flatten();
        places
            .filter_map(|at| documents.get(*at).map(Arc::as_ref))
            .collect()
    }

    /// Makes `before` an edition of `new`, if it is one.
    fn follow(&self, before: &DocumentRecord, new: &mut NewDocument) {
        let Ok(old) = self.snapshot.passages_of(&before.id, 0..usize::MAX) else {
            return;
        };
        let old: Vec<String> = old.iter().map(|passage| fold(&passage.text)).collect();
        let now: Vec<String> = new
            .passages
            .iter()
            .map(|passage| fold(&passage.text))
            .collect();
        let fates = fates(&old, &now);
        let n_same = fates.iter().filter(|(_, fate)| *fate == Fate::Same).count();
        let is_edition = n_same as f64 >= LEAST_SHARE_LEFT * old.len() as f64 && n_same > 0
            || before.title == new.record.title && !before.title.is_empty();
        if !is_edition || now.is_empty() {
            return;
        }
        let earlier = before
            .former
            .iter()
            .map(|edition| edition.followed_by(&fates));
        let last = Edition::new(before.id.clone(), &fates);
        let others = std::iter::once(last).chain(earlier);
        let others = others.filter(|edition| edition.id != new.record.id);
        new.record.former = others.take(MAX_EDITIONS).collect();
    }
}

/// What became of each of the old texts, and the number of what stands for it now.
fn fates(old: &[String], now: &[String]) -> Vec<(usize, Fate)> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, text) in now.iter().enumerate().rev() {
        places.entry(text).or_default().push(at);
    }
    // Of a text that stands several times the first stands for the first.
    let same: Vec<Option<usize>> = old
        .iter()
        .map(|text| places.get_mut(text.as_str())?.pop())
        .collect();
    let taken: HashSet<usize> = same.iter().flatten().copied().collect();
    let free: Vec<usize> = (0..now.len()).filter(|at| !taken.contains(at)).collect();
    let pairs: HashMap<usize, HashSet<[char; 2]>> =
        free.iter().map(|at| (*at, pairs(&now[*at]))).collect();
    let mut near = 0;
    let fates = old.iter().zip(&same).map(|(text, same)| {
        if let Some(same) = same {
            near = same + 1;
            return (*same, Fate::Same);
        }
        if let Some(changed) = most_alike(text, near, &free, &pairs) {
            near = changed + 1;
            return (changed, Fate::Changed);
        }
        (near.min(now.len().saturating_sub(1)), Fate::Gone)
    });
    fates.collect()
}

/// The new text that is most like an old one, of those near its place.
fn most_alike(
    text: &str,
    near: usize,
    free: &[usize],
    pairs_of: &HashMap<usize, HashSet<[char; 2]>>,
) -> Option<usize> {
    let own = pairs(text);
    let start = free
        .partition_point(|at| *at < near)
        .saturating_sub(MAX_CANDIDATES / 2);
    let candidates = free.iter().skip(start).take(MAX_CANDIDATES);
    let alike = candidates.map(|at| {
        let other = &pairs_of[at];
        let n_common = own.intersection(other).count();
        (
            2.0 * n_common as f64 / (own.len() + other.len()).max(1) as f64,
            *at,
        )
    });
    let best = alike.max_by(|(a, at), (b, bt)| {
        let nearer = bt.abs_diff(near).cmp(&at.abs_diff(near));
        a.total_cmp(b).then(nearer)
    });
    best.filter(|(alike, _)| *alike >= LEAST_ALIKE)
        .map(|(_, at)| at)
}

fn pairs(text: &str) -> HashSet<[char; 2]> {
    let next = text.chars().skip(1);
    text.chars().zip(next).map(|(a, b)| [a, b]).collect()
}

#[cfg(test)]
mod tests {
    use super::Fate::{Changed, Gone, Same};
    use super::*;

    fn check(old: &[&str], now: &[&str], expect: &[(usize, Fate)]) {
        let owned = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        assert_eq!(fates(&owned(old), &owned(now)), expect, "{old:?} {now:?}");
    }

    #[test]
    fn what_stands_is_followed_wherever_it_is_and_what_changed_to_its_successor() {
        let plan = [
            "第一章 总则",
            "建设氢能产业基地。",
            "发展海河联运。",
            "第二章 附则",
        ];
        check(&plan, &plan, &[(0, Same), (1, Same), (2, Same), (3, Same)]);
        check(
            &plan,
            &[
                "第一章 总则",
                "新增一段。",
                "建设氢能产业示范基地。",
                "第二章 附则",
                "发展海河联运。",
            ],
            &[(0, Same), (2, Changed), (4, Same), (3, Same)],
        );
        check(
            &plan,
            &["第一章 总则", "第二章 附则"],
            &[(0, Same), (1, Gone), (1, Gone), (1, Same)],
        );
        check(
            &["同文。", "同文。"],
            &["同文。", "甲乙丙。", "同文。"],
            &[(0, Same), (2, Same)],
        );
        check(&["甲"], &[], &[(0, Gone)]);
        check(&[], &["甲"], &[]);
    }
}
