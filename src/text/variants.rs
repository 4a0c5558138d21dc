//! Ideographs that count as another: traditional and variant forms, and radicals.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// The ideographs of the basic block, which are most of a text.
pub(super) const HAN: RangeInclusive<char> = FIRST_HAN..=LAST_HAN;
pub(super) const FIRST_HAN: char = '\u{4e00}';
pub(super) const LAST_HAN: char = '\u{9fff}';

/// The ideographs that count as another.
pub(super) static VARIANTS: LazyLock<Variants> = LazyLock::new(Variants::read);

pub(super) struct Variants {
    /// A bit for each ideograph of the basic block: few count as another, and these bits
    /// are few enough to stay at hand.
    is_variant: Vec<u64>,
    /// For each ideograph of the basic block the one it counts as.
    table: Vec<char>,
    /// The others, which are rare.
    rare: HashMap<char, char>,
}

impl Variants {
    fn read() -> Self {
        let mut table: Vec<char> = (FIRST_HAN..=LAST_HAN).collect();
        let mut rare = HashMap::new();
        let rows = include_str!("simplified.txt").lines();
        for row in rows.filter(|row| !row.starts_with('#')) {
            let mut chars = row.chars();
            if let (Some(from), Some(to)) = (chars.next(), chars.next()) {
                match table.get_mut(Self::place(from)) {
                    Some(slot) => *slot = to,
                    None => {
                        rare.insert(from, to);
                    }
                }
            }
        }
        table[Self::place('零')] = '〇';
        let mut is_variant = vec![0; table.len().div_ceil(u64::BITS as usize)];
        for (at, (to, own)) in table.iter().zip(FIRST_HAN..=LAST_HAN).enumerate() {
            if *to != own {
                is_variant[at / u64::BITS as usize] |= 1 << (at % u64::BITS as usize);
            }
        }
        Self {
            is_variant,
            table,
            rare,
        }
    }

    /// Where an ideograph stands in the table; behind its end for another character.
    #[inline]
    fn place(c: char) -> usize {
        (c as u32).wrapping_sub(FIRST_HAN as u32) as usize
    }

    /// What an ideograph of the basic block counts as.
    #[inline]
    pub(super) fn fold(&self, c: char) -> char {
        let at = Self::place(c);
        let bits = self.is_variant.get(at / u64::BITS as usize);
        if bits.is_some_and(|bits| bits >> (at % u64::BITS as usize) & 1 != 0) {
            self.table.get(at).copied().unwrap_or(c)
        } else {
            c
        }
    }

    /// What a radical, or an ideograph of another block, counts as.
    pub(super) fn fold_rare(&self, c: char) -> Option<char> {
        self.rare.get(&c).copied()
    }

    /// The characters outside the basic block that count as another.
    pub(super) fn rare(&self) -> impl Iterator<Item = char> + '_ {
        self.rare.keys().copied()
    }
}

/// Says whether a character may be a radical or an ideograph of another block.
pub(super) fn may_be_rare(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2eff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2f7ff}' | '\u{30000}'..='\u{3ffff}')
}
