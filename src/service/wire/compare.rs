//! Two documents side by side.

use serde::Serialize;
use utoipa::ToSchema;

use super::{DocumentBrief, PassageReference};
use plansearch_compare::{self as compare, Comparison};
use plansearch_text::Span;

/// Two documents side by side: every passage of both in exactly one row.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparisonRows {
    /// The first document.
    pub a: DocumentBrief,
    /// The second document.
    pub b: DocumentBrief,
    /// How many rows there are of each kind.
    pub counts: RowCounts,
    /// The rows asked for, in the order of the second document.
    pub rows: Vec<ComparisonRow>,
}

/// Rows by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct RowCounts {
    /// All rows.
    pub total: usize,
    /// The same text in the same order.
    pub same: usize,
    /// Other words or figures.
    pub changed: usize,
    /// At another place.
    pub moved: usize,
    /// In the first document alone.
    pub only_a: usize,
    /// In the second document alone.
    pub only_b: usize,
    /// Figures that differ.
    pub figures: usize,
}

/// One row.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparisonRow {
    /// `same`, `changed`, `moved`, `only_a` or `only_b`.
    pub kind: &'static str,
    /// The passage of the first document.
    pub a: Option<PassageReference>,
    /// The passage of the second document.
    pub b: Option<PassageReference>,
    /// What differs, in order.
    pub changes: Vec<Change>,
}

/// One difference of two texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Change {
    /// `figure` or `word`.
    pub kind: &'static str,
    /// What stands in the second text.
    pub draft: String,
    /// What stands in the first text.
    pub source: String,
    /// First character and the one behind the last in the second text.
    pub draft_span: [usize; 2],
    /// First character and the one behind the last in the first text.
    pub source_span: [usize; 2],
}

impl ComparisonRows {
    /// The rows `range` of a comparison.
    pub fn new(comparison: &Comparison, range: std::ops::Range<usize>) -> Self {
        let rows = comparison.rows.iter().skip(range.start).take(range.len());
        Self {
            a: DocumentBrief::from(comparison.a.main()),
            b: DocumentBrief::from(comparison.b.main()),
            counts: RowCounts::of(&comparison.rows),
            rows: rows
                .map(|row| ComparisonRow::new(comparison, row))
                .collect(),
        }
    }

    /// All rows of a comparison.
    pub fn all(comparison: &Comparison) -> Self {
        Self::new(comparison, 0..comparison.rows.len())
    }
}

impl RowCounts {
    /// Counts rows.
    pub fn of(rows: &[compare::Row]) -> Self {
        let n = |kind: compare::RowKind| rows.iter().filter(|row| row.kind == kind).count();
        let changes = rows.iter().flat_map(|row| &row.changes);
        Self {
            total: rows.len(),
            same: n(compare::RowKind::Same),
            changed: n(compare::RowKind::Changed),
            moved: n(compare::RowKind::Moved),
            only_a: n(compare::RowKind::OnlyA),
            only_b: n(compare::RowKind::OnlyB),
            figures: changes
                .filter(|change| change.kind == compare::ChangeKind::Figure)
                .count(),
        }
    }
}

impl ComparisonRow {
    fn new(comparison: &Comparison, row: &compare::Row) -> Self {
        let reference = |text: &compare::Text, at: Option<usize>| {
            let (doc, passage) = text.passage(at?)?;
            Some(PassageReference::new(doc, passage))
        };
        let (a, b) = (
            reference(&comparison.a, row.a),
            reference(&comparison.b, row.b),
        );
        let text = |side: &Option<PassageReference>| {
            side.as_ref()
                .map(|side| side.text.clone())
                .unwrap_or_default()
        };
        let (of_a, of_b) = (text(&a), text(&b));
        let changes = row.changes.iter();
        Self {
            kind: row.kind.name(),
            changes: changes
                .map(|change| Change::new(change, &of_a, &of_b))
                .collect(),
            a,
            b,
        }
    }
}

impl Change {
    /// The change from the text `a` to the text `b`.
    pub fn new(change: &compare::Change, a: &str, b: &str) -> Self {
        Self {
            kind: change.kind.name(),
            draft: change.b.of(b).to_owned(),
            source: change.a.of(a).to_owned(),
            draft_span: in_chars(change.b, b),
            source_span: in_chars(change.a, a),
        }
    }
}

/// A span in characters.
pub(super) fn in_chars(span: Span, text: &str) -> [usize; 2] {
    let start = Span::new(0, span.start).n_chars(text);
    [start, start + span.n_chars(text)]
}
