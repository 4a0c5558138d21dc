//! The heaviest chain: of weighted pairs of places, those that stand in the same order on
//! both sides and weigh most together.

/// A place of one side that may stand beside a place of the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pair {
    /// Place in the first list.
    pub(crate) a: usize,
    /// Place in the second list.
    pub(crate) b: usize,
    /// How alike the two are, from 0 to 1.
    pub(crate) likeness: f32,
    /// What it is worth to have them beside each other; more than 0.
    pub(crate) weight: f32,
}

/// Heaviest increasing sequence: both places rise strictly. Takes `n log n` steps for `n`
/// pairs; of equally heavy chains the same one is taken each time.
pub(crate) fn heaviest_chain(mut pairs: Vec<Pair>) -> Vec<Pair> {
    // Of pairs with the same `a` the later `b` comes first, so that none follows another.
    pairs.sort_by(|x, y| x.a.cmp(&y.a).then_with(|| y.b.cmp(&x.b)));
    let n_places = pairs.iter().map(|pair| pair.b + 1).max().unwrap_or(0);
    let mut best = Best::new(n_places);
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let mut heaviest: Option<(f64, usize)> = None;
    for (at, pair) in pairs.iter().enumerate() {
        let before = best.before(pair.b);
        let sum = before.map_or(0.0, |(sum, _)| sum) + f64::from(pair.weight);
        previous.push(before.map(|(_, at)| at));
        best.note(pair.b, (sum, at));
        if heaviest.is_none_or(|(most, _)| sum > most) {
            heaviest = Some((sum, at));
        }
    }
    let mut chain = Vec::new();
    let mut next = heaviest.map(|(_, at)| at);
    while let Some(at) = next {
        chain.extend(pairs.get(at).copied());
        next = previous.get(at).copied().flatten();
    }
    chain.reverse();
    chain
}

/// The heaviest chain that ends before a place: a tree of prefix maxima (Fenwick).
struct Best {
    tree: Vec<Option<(f64, usize)>>,
}

impl Best {
    fn new(n_places: usize) -> Self {
        Self {
            tree: vec![None; n_places + 1],
        }
    }

    fn before(&self, place: usize) -> Option<(f64, usize)> {
        let mut best: Option<(f64, usize)> = None;
        let mut node = place;
        while node > 0 {
            if let Some(Some(here)) = self.tree.get(node)
                && best.is_none_or(|(sum, _)| here.0 > sum)
            {
                best = Some(*here);
            }
            node &= node - 1;
        }
        best
    }

    fn note(&mut self, place: usize, chain: (f64, usize)) {
        let mut node = place + 1;
        while let Some(known) = self.tree.get_mut(node) {
            if known.is_none_or(|(sum, _)| chain.0 > sum) {
                *known = Some(chain);
            }
            node += node & node.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain_of(pairs: &[(usize, usize, f32)]) -> Vec<(usize, usize)> {
        let pairs = pairs.iter().map(|(a, b, weight)| Pair {
            a: *a,
            b: *b,
            likeness: 1.0,
            weight: *weight,
        });
        let chain = heaviest_chain(pairs.collect());
        chain.iter().map(|pair| (pair.a, pair.b)).collect()
    }

    #[test]
    fn what_weighs_most_stays_in_order() {
        let moved = [(0, 2, 1.0), (1, 0, 2.0), (2, 1, 2.0)];
        assert_eq!(chain_of(&moved), [(1, 0), (2, 1)]);
        let heavy = [(0, 2, 5.0), (1, 0, 2.0), (2, 1, 2.0)];
        assert_eq!(chain_of(&heavy), [(0, 2)]);
        assert!(chain_of(&[]).is_empty());
    }

    #[test]
    fn each_place_stands_in_one_pair() {
        let pairs = [(0, 0, 1.0), (0, 1, 1.0), (1, 0, 1.0), (1, 1, 1.0)];
        assert_eq!(chain_of(&pairs), [(0, 0), (1, 1)]);
    }
}
