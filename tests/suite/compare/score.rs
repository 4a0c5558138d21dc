//! What a comparison says of known edits.

use std::collections::{BTreeMap, BTreeSet};

use plansearch::compare::{Change, ChangeKind, Piece, Row, RowKind, rows};
use plansearch::engine::PassageRecord;
use plansearch::text::fold;

use super::edits::Edit;

/// Two texts and their rows.
pub(super) struct Compared<'a> {
    pub(super) a: &'a [PassageRecord],
    pub(super) b: &'a [PassageRecord],
    pub(super) rows: Vec<Row>,
}

/// Hits and tries.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Share {
    pub(super) n_right: usize,
    pub(super) n: usize,
}

impl Share {
    pub(super) fn add(&mut self, is_right: bool) {
        self.n += 1;
        self.n_right += usize::from(is_right);
    }

    pub(super) fn value(self) -> f64 {
        if self.n == 0 {
            1.0
        } else {
            self.n_right as f64 / self.n as f64
        }
    }
}

impl<'a> Compared<'a> {
    pub(super) fn of(a: &'a [PassageRecord], b: &'a [PassageRecord]) -> Self {
        let pieces = |records: &'a [PassageRecord]| -> Vec<Piece<'a>> {
            records.iter().map(Piece::from).collect()
        };
        Self {
            a,
            b,
            rows: rows(&pieces(a), &pieces(b)),
        }
    }

    /// The texts of a row.
    pub(super) fn texts(&self, row: &Row) -> (Option<&'a str>, Option<&'a str>) {
        let text = |records: &'a [PassageRecord], at: Option<usize>| {
            at.map(|at| records[at].text.as_str())
        };
        (text(self.a, row.a), text(self.b, row.b))
    }

    /// Every passage of both in exactly one row, `same` rows the same, `changed` rows with
    /// changes that lie in their texts.
    pub(super) fn check_form(&self) {
        let check = |n: usize, of: &dyn Fn(&Row) -> Option<usize>| {
            let mut seen: Vec<usize> = self.rows.iter().filter_map(of).collect();
            seen.sort_unstable();
            assert_eq!(
                seen,
                (0..n).collect::<Vec<_>>(),
                "a passage is missing or stands twice"
            );
        };
        check(self.a.len(), &|row| row.a);
        check(self.b.len(), &|row| row.b);
        for row in &self.rows {
            let (a, b) = self.texts(row);
            match row.kind {
                RowKind::Same => {
                    assert_eq!(a.map(fold), b.map(fold));
                    assert!(row.changes.is_empty());
                }
                RowKind::Changed => assert!(!row.changes.is_empty(), "{a:?} {b:?}"),
                RowKind::Moved => assert!(a.is_some() && b.is_some()),
                RowKind::OnlyA => assert!(a.is_some() && b.is_none()),
                RowKind::OnlyB => assert!(a.is_none() && b.is_some()),
            }
            let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
            for change in &row.changes {
                assert!(a.get(change.a.start..change.a.end).is_some());
                assert!(b.get(change.b.start..change.b.end).is_some());
                assert!(fold(change.a.of(a)) != fold(change.b.of(b)));
            }
        }
    }

    fn row_of_a(&self, text: &str) -> Option<&Row> {
        self.rows.iter().find(|row| self.texts(row).0 == Some(text))
    }

    fn row_of_b(&self, text: &str) -> Option<&Row> {
        self.rows.iter().find(|row| self.texts(row).1 == Some(text))
    }

    fn has_figure(&self, row: &Row, (old, new): &(String, String)) -> bool {
        let (a, b) = self.texts(row);
        let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
        let holds = |marked: &str, figure: &str| {
            marked.contains(figure) && marked.chars().count() <= figure.chars().count() + 6
        };
        row.changes.iter().any(|change: &Change| {
            change.kind == ChangeKind::Figure
                && holds(change.a.of(a), old)
                && holds(change.b.of(b), new)
        })
    }

    /// Whether the edit is shown as what it is.
    pub(super) fn shows(&self, edit: &Edit) -> bool {
        match edit {
            Edit::Figure {
                old, new, figure, ..
            } => self.row_of_a(old).is_some_and(|row| {
                row.kind == RowKind::Changed
                    && self.texts(row).1 == Some(new)
                    && self.has_figure(row, figure)
                    && row.changes.len() == 1
            }),
            Edit::Sentence {
                old,
                new,
                sentence,
                is_added,
            } => self.row_of_a(old).is_some_and(|row| {
                let marked: usize = row
                    .changes
                    .iter()
                    .map(|change| {
                        let (a, b) = self.texts(row);
                        if *is_added {
                            change.b.n_chars(b.unwrap_or_default())
                        } else {
                            change.a.n_chars(a.unwrap_or_default())
                        }
                    })
                    .sum();
                let n = sentence.chars().count();
                row.kind == RowKind::Changed
                    && self.texts(row).1 == Some(new)
                    && marked >= n - 1
                    && marked * 3 <= n * 4
            }),
            Edit::Moved { old, new, figure } => self.row_of_a(old).is_some_and(|row| {
                self.texts(row).1 == Some(new)
                    && match figure {
                        None => row.kind == RowKind::Moved,
                        Some(figure) => {
                            matches!(row.kind, RowKind::Moved | RowKind::Changed)
                                && self.has_figure(row, figure)
                        }
                    }
            }),
            Edit::Renamed { old, new } => self
                .row_of_a(old)
                .is_some_and(|row| row.kind == RowKind::Changed && self.texts(row).1 == Some(new)),
            Edit::Split { whole, parts } => {
                let kinds: BTreeSet<_> = parts
                    .iter()
                    .filter_map(|part| self.row_of_b(part))
                    .map(|row| (row.kind, self.texts(row).0 == Some(whole)))
                    .collect();
                kinds == BTreeSet::from([(RowKind::Changed, true), (RowKind::OnlyB, false)])
            }
            Edit::Merged { parts, whole } => {
                let kinds: BTreeSet<_> = parts
                    .iter()
                    .filter_map(|part| self.row_of_a(part))
                    .map(|row| (row.kind, self.texts(row).1 == Some(whole)))
                    .collect();
                kinds == BTreeSet::from([(RowKind::Changed, true), (RowKind::OnlyA, false)])
            }
        }
    }

    /// Of the passages that were not edited: how many stand beside themselves, and how
    /// many of these as the same.
    pub(super) fn unchanged(&self, edits: &[Edit]) -> (Share, Share) {
        let edited: BTreeSet<&str> = edits.iter().flat_map(touched).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for passage in self.a {
            *counts.entry(&passage.text).or_default() += 1;
        }
        let (mut beside, mut same) = (Share::default(), Share::default());
        for row in &self.rows {
            let (Some(a), b) = self.texts(row) else {
                continue;
            };
            if edited.contains(a) || counts.get(a) != Some(&1) {
                continue;
            }
            beside.add(b == Some(a));
            same.add(row.kind == RowKind::Same);
        }
        (beside, same)
    }
}

/// The texts of the first document that an edit touched.
fn touched(edit: &Edit) -> Vec<&str> {
    match edit {
        Edit::Figure { old, .. }
        | Edit::Sentence { old, .. }
        | Edit::Moved { old, .. }
        | Edit::Renamed { old, .. } => vec![old],
        Edit::Split { whole, .. } => vec![whole],
        Edit::Merged { parts, .. } => parts.iter().map(String::as_str).collect(),
    }
}
