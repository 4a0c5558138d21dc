//! The targets of a document, passage by passage.

use plansearch_document::PassageKind;

use super::facts::Facts;
use super::paragraph::Paragraph;
use super::piece::Piece;
use super::prose;
use super::stage::Walk;
use super::table;
use super::target::Target;

/// Goes through the passages of one document in their order.
pub struct Extraction {
    facts: Facts,
    walk: Walk,
}

impl Extraction {
    /// Begins a document.
    pub fn new(facts: Facts) -> Self {
        Self {
            facts,
            walk: Walk::new(facts),
        }
    }

    /// The targets of the next passage.
    pub fn next(&mut self, piece: &Piece<'_>) -> Vec<Target> {
        self.walk.enter(piece.path);
        match (&piece.kind, &piece.row) {
            (PassageKind::Table, Some(row)) => table::targets(piece.text, row, &self.facts),
            (PassageKind::Paragraph, _) => {
                let paragraph = Paragraph::new(piece.text);
                let stage = self.walk.next(&paragraph);
                prose::targets(&paragraph, stage, &self.facts)
            }
            _ => Vec::new(),
        }
    }
}

/// The targets of all passages of a document, each with the number of its passage.
///
/// ```
/// use plansearch_document::{DocType, PassageKind};
/// use plansearch_target::{Facts, Horizon, Piece, targets_of};
/// let piece = Piece {
///     kind: PassageKind::Paragraph,
///     path: &["第三章 发展目标".to_owned()],
///     text: "到2025年，港口货物吞吐量达到1.3亿吨以上。",
///     row: None,
/// };
/// let facts = Facts::new(DocType::SpecialPlan, Some(2021), Some((2021, 2025)));
/// let (_, target) = &targets_of(&[piece], &facts)[0];
/// assert_eq!(target.name, "港口货物吞吐量");
/// assert_eq!((target.year, target.horizon), (Some(2025), Horizon::Target));
/// ```
pub fn targets_of(pieces: &[Piece<'_>], facts: &Facts) -> Vec<(usize, Target)> {
    let mut extraction = Extraction::new(*facts);
    let mut found = Vec::new();
    for (idx, piece) in pieces.iter().enumerate() {
        let targets = extraction.next(piece).into_iter();
        found.extend(targets.map(|target| (idx, target)));
    }
    found
}
