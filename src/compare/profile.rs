//! The pairs of characters of a text, by which texts are compared: how much two of them
//! share, and how alike they are.

use plansearch_text::fold;

/// A folded text and the pairs of characters in it.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// The text, folded: texts with equal ones are the same.
    pub(crate) folded: String,
    /// Hashes of the pairs, its borders included, sorted.
    grams: Vec<u32>,
    /// The same with every number as one sign, where it has numbers.
    masked: Option<Vec<u32>>,
}

/// What stands before the first and behind the last character.
const BORDER: char = '\u{0}';

impl Profile {
    pub(crate) fn of(text: &str) -> Self {
        let folded = fold(text);
        let has_digits = folded.bytes().any(|byte| byte.is_ascii_digit());
        Self {
            grams: grams(folded.chars()),
            masked: has_digits.then(|| grams(without_numbers(&folded).into_iter())),
            folded,
        }
    }

    /// Number of characters, as good as.
    pub(crate) fn len(&self) -> usize {
        self.grams.len()
    }

    /// The pairs, sorted; one that stands twice comes twice.
    pub(crate) fn grams(&self) -> &[u32] {
        &self.grams
    }

    /// How many pairs the two share.
    pub(crate) fn n_shared(&self, other: &Self) -> usize {
        n_common(&self.grams, &other.grams)
    }

    /// How alike the two are, from 0 to 1: Dice's coefficient of their pairs. Half of it
    /// is that of the texts without their numbers, so that a row of a table whose numbers
    /// changed is still itself.
    pub(crate) fn likeness(&self, other: &Self) -> f32 {
        if self.folded == other.folded {
            return 1.0;
        }
        let plain = dice(&self.grams, &other.grams);
        match (&self.masked, &other.masked) {
            (None, None) => plain,
            (own, others) => {
                let own = own.as_ref().unwrap_or(&self.grams);
                let others = others.as_ref().unwrap_or(&other.grams);
                f32::midpoint(plain, dice(own, others))
            }
        }
    }

    /// How much of the shorter one stands in the other, from 0 to 1.
    pub(crate) fn containment(&self, other: &Self) -> f32 {
        let shorter = self.len().min(other.len()).max(1);
        self.n_shared(other) as f32 / shorter as f32
    }
}

fn grams(chars: impl Iterator<Item = char>) -> Vec<u32> {
    let mut grams = Vec::new();
    let mut before = BORDER;
    for c in chars.chain(std::iter::once(BORDER)) {
        grams.push((before as u32).wrapping_mul(0x9e37_79b1) ^ (c as u32));
        before = c;
    }
    grams.sort_unstable();
    grams
}

/// The characters of a text, each run of digits as one.
fn without_numbers(folded: &str) -> Vec<char> {
    let mut chars: Vec<char> = Vec::with_capacity(folded.len());
    for c in folded.chars() {
        let is_digit = c.is_ascii_digit();
        let is_within = chars.last() == Some(&'0') && (is_digit || c == '.');
        if !is_within {
            chars.push(if is_digit { '0' } else { c });
        }
    }
    chars
}

fn dice(a: &[u32], b: &[u32]) -> f32 {
    let both = a.len() + b.len();
    2.0 * n_common(a, b) as f32 / both.max(1) as f32
}

/// How many values two sorted lists share.
fn n_common(a: &[u32], b: &[u32]) -> usize {
    let (mut at_a, mut at_b, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(at_a), b.get(at_b)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => at_a += 1,
            std::cmp::Ordering::Greater => at_b += 1,
            std::cmp::Ordering::Equal => {
                (at_a, at_b, n) = (at_a + 1, at_b + 1, n + 1);
            }
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> f32 {
        Profile::of(a).likeness(&Profile::of(b))
    }

    #[test]
    fn the_same_is_one_and_the_unlike_is_nothing() {
        assert!((likeness("港口 功能", "港口功能") - 1.0).abs() < 1e-6);
        assert!(likeness("港口功能", "乡村振兴") < 0.01);
        assert!(likeness("", "乡村振兴") < 0.01);
        assert!((likeness("", "") - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_row_with_other_numbers_is_still_itself() {
        let row = "服务业增加值 | 亿元 | 29.66 | 44.6";
        let itself = likeness(row, "服务业增加值 | 亿元 | 31.02 | 55");
        let other = likeness(row, "工业用水量 | 万吨 | 31.02 | 55");
        assert!(itself > 0.65 && other < 0.5, "{itself} {other}");
    }

    #[test]
    fn a_part_is_contained() {
        let whole = Profile::of("优化港口功能布局。推进海河联运发展，完善集疏运体系。");
        let part = Profile::of("优化港口功能布局。");
        assert!(part.containment(&whole) > 0.8);
    }
}
