//! The rows of a comparison: every passage of both texts in exactly one.

use plansearch_document::PassageKind;

use crate::chain::{Pair, heaviest_chain};
use crate::changes::{Change, changes};
use crate::in_order::{candidates, fill};
use crate::piece::{Piece, Side, judge};
use crate::sections::renamed;

/// How two passages are beside each other, or that one stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowKind {
    /// The same text, blanks, width and kin of marks aside, in the same order.
    Same,
    /// The same passage with other words or figures.
    Changed,
    /// The same passage, changed or not, at another place.
    Moved,
    /// In the first text alone.
    OnlyA,
    /// In the second text alone.
    OnlyB,
}

/// One row: positions of passages in the lists that were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What the row is.
    pub kind: RowKind,
    /// The passage of the first text.
    pub a: Option<usize>,
    /// The passage of the second text.
    pub b: Option<usize>,
    /// What differs between the two, in order.
    pub changes: Vec<Change>,
}

impl RowKind {
    /// All kinds, in the order in which lists show them.
    pub const ALL: [Self; 5] = [
        Self::Same,
        Self::Changed,
        Self::Moved,
        Self::OnlyA,
        Self::OnlyB,
    ];

    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::OnlyA => "only_a",
            Self::OnlyB => "only_b",
        }
    }
}

/// From this likeness on a passage that is left over has moved, and is not compared with
/// its neighbours first.
const SURELY_MOVED: f32 = 0.8;
/// From so many pairs of characters on.
const MIN_SURELY_MOVED: usize = 12;
/// From this likeness on what is left over at last has moved.
const MOVED: f32 = 0.5;
/// Rounds of chains of what moved; what is left then is taken by likeness.
const MAX_ROUNDS: usize = 64;

/// Puts two texts beside each other.
///
/// ```
/// use plansearch_compare::{Piece, RowKind, rows};
/// use plansearch_document::PassageKind::Paragraph;
/// let piece = |text| Piece { kind: Paragraph, path: &[], text, lead: None };
/// let old = [piece("生产总值达到300亿元。"), piece("推进海河联运。")];
/// let new = [piece("生产总值达到350亿元。"), piece("发展氢能。"), piece("推进海河联运。")];
/// let rows = rows(&old, &new);
/// let kinds: Vec<_> = rows.iter().map(|row| row.kind).collect();
/// assert_eq!(kinds, [RowKind::Changed, RowKind::OnlyB, RowKind::Same]);
/// assert_eq!(rows[0].changes[0].b.of(new[0].text), "350亿元");
/// ```
pub fn rows(a: &[Piece<'_>], b: &[Piece<'_>]) -> Vec<Row> {
    let (left, right) = (Side::of(a), Side::of(b));
    let judge =
        |at_a: usize, at_b: usize, likeness: f32| judge(&left, &right, (at_a, at_b), likeness);
    let all = candidates(&left.profiles, &right.profiles, &judge);
    let chain = heaviest_chain(all.clone());
    let mut pairing = Pairing::new(a.len(), b.len());
    pairing.take(&chain);
    let is_sure = |pair: &Pair| {
        let (a, b) = (&left.profiles[pair.a], &right.profiles[pair.b]);
        a.folded == b.folded
            || (pair.likeness >= SURELY_MOVED && a.len().min(b.len()) >= MIN_SURELY_MOVED)
    };
    let sure: Vec<Pair> = all.iter().copied().filter(is_sure).collect();
    pairing.take_moved(sure);
    let filled = fill(
        &left.profiles,
        &right.profiles,
        chain,
        (&pairing.free_a(), &pairing.free_b()),
        &judge,
    );
    pairing.take(&filled);
    pairing.take_moved(
        all.into_iter()
            .filter(|pair| pair.likeness >= MOVED)
            .collect(),
    );
    let is_taken: Vec<bool> = pairing.beside_b.iter().map(Option::is_some).collect();
    for (at_a, at_b) in renamed(a, b, &pairing.beside_a, &is_taken) {
        pairing.join(at_a, at_b);
    }
    in_rows(a, b, (&left, &right), &pairing)
}

/// Which passage stands beside which.
struct Pairing {
    beside_a: Vec<Option<usize>>,
    beside_b: Vec<Option<usize>>,
}

impl Pairing {
    fn new(n_a: usize, n_b: usize) -> Self {
        Self {
            beside_a: vec![None; n_a],
            beside_b: vec![None; n_b],
        }
    }

    fn join(&mut self, at_a: usize, at_b: usize) {
        if self.is_open(at_a, at_b) {
            self.beside_a[at_a] = Some(at_b);
            self.beside_b[at_b] = Some(at_a);
        }
    }

    fn is_open(&self, at_a: usize, at_b: usize) -> bool {
        self.beside_a[at_a].is_none() && self.beside_b[at_b].is_none()
    }

    fn take(&mut self, pairs: &[Pair]) {
        for pair in pairs {
            self.join(pair.a, pair.b);
        }
    }

    /// Takes what is left over in chains, so that what moved together stays together.
    fn take_moved(&mut self, mut pairs: Vec<Pair>) {
        for _ in 0..MAX_ROUNDS {
            pairs.retain(|pair| self.is_open(pair.a, pair.b));
            if pairs.is_empty() {
                return;
            }
            let chain = heaviest_chain(pairs.clone());
            self.take(&chain);
        }
        pairs.sort_by(|x, y| y.weight.total_cmp(&x.weight));
        self.take(&pairs);
    }

    fn free_a(&self) -> Vec<bool> {
        self.beside_a.iter().map(Option::is_none).collect()
    }

    fn free_b(&self) -> Vec<bool> {
        self.beside_b.iter().map(Option::is_none).collect()
    }

    /// The pairs that stand in the same order on both sides; the others have moved.
    fn in_order(&self, weight: impl Fn(usize, usize) -> f32) -> Vec<Pair> {
        let pairs = self.beside_a.iter().enumerate();
        let pairs = pairs.filter_map(|(a, b)| {
            let b = (*b)?;
            Some(Pair {
                a,
                b,
                likeness: 1.0,
                weight: weight(a, b),
            })
        });
        heaviest_chain(pairs.collect())
    }
}

fn in_rows(
    a: &[Piece<'_>],
    b: &[Piece<'_>],
    (left, right): (&Side<'_>, &Side<'_>),
    pairing: &Pairing,
) -> Vec<Row> {
    let chain = pairing.in_order(|at_a, at_b| {
        let shared = left.profiles[at_a].n_shared(&right.profiles[at_b]);
        (shared + 1) as f32
    });
    let pair = |kind: RowKind, at_a: usize, at_b: usize| {
        let is_same = left.profiles[at_a].folded == right.profiles[at_b].folded;
        let is_table = [a[at_a].kind, b[at_b].kind] == [PassageKind::Table; 2];
        let changes = if is_same {
            Vec::new()
        } else {
            changes(a[at_a].text, b[at_b].text, is_table)
        };
        Row {
            kind: match kind {
                RowKind::Same if !is_same => RowKind::Changed,
                kind => kind,
            },
            a: Some(at_a),
            b: Some(at_b),
            changes,
        }
    };
    let alone = |kind: RowKind, at_a: Option<usize>, at_b: Option<usize>| Row {
        kind,
        a: at_a,
        b: at_b,
        changes: Vec::new(),
    };
    let mut rows = Vec::with_capacity(a.len().max(b.len()));
    let mut from = (0, 0);
    let ends = chain.iter().map(|pair| (pair.a, pair.b));
    for (to_a, to_b) in ends.chain([(a.len(), b.len())]) {
        let only_a = (from.0..to_a).filter(|at| pairing.beside_a[*at].is_none());
        rows.extend(only_a.map(|at| alone(RowKind::OnlyA, Some(at), None)));
        rows.extend((from.1..to_b).map(|at| match pairing.beside_b[at] {
            Some(other) => pair(RowKind::Moved, other, at),
            None => alone(RowKind::OnlyB, None, Some(at)),
        }));
        if to_a < a.len() && to_b < b.len() {
            rows.push(pair(RowKind::Same, to_a, to_b));
        }
        from = (to_a + 1, to_b + 1);
    }
    rows
}
