//! How often each bit stands in a row of words.
//!
//! Eight words are added at a time, all their bits at once: the 64 sums are kept digit by
//! digit, so that a digit of each is one word. So a word costs a few steps however many
//! of its bits are set. Two rows are added side by side, which takes no longer than one.

/// Digits of a sum.
const N_DIGITS: usize = 32;
/// Words that are added together.
pub(super) const N_TOGETHER: usize = 8;

/// A word of each row.
pub(super) type Words = [u64; 2];

/// Sums over the bits of words, up to 2³².
#[derive(Debug, Clone, Default)]
pub(super) struct BitSums {
    /// The digits of all sums, the least first.
    digits: [Words; N_DIGITS],
}

impl BitSums {
    /// Adds words.
    #[inline]
    pub(super) fn add(&mut self, words: &[Words; N_TOGETHER]) {
        let [ones, twos, fours, more @ ..] = &mut self.digits;
        let of_two = added(ones, words[0], words[1]);
        let of_four = added(ones, words[2], words[3]);
        let low = added(twos, of_two, of_four);
        let of_two = added(ones, words[4], words[5]);
        let of_four = added(ones, words[6], words[7]);
        let high = added(twos, of_two, of_four);
        let mut carried = added(fours, low, high);
        for digit in more {
            if carried == [0, 0] {
                break;
            }
            let before = *digit;
            *digit = each(|row| before[row] ^ carried[row]);
            carried = each(|row| before[row] & carried[row]);
        }
    }

    /// The sums of one row, the least bit first.
    pub(super) fn sums(&self, row: usize) -> impl Iterator<Item = u32> + '_ {
        (0..u64::BITS).map(move |bit| {
            let digits = self.digits.iter().enumerate();
            digits
                .map(|(nth, digit)| ((digit[row] >> bit) as u32 & 1) << nth)
                .sum()
        })
    }
}

/// Adds two words to the digit of all sums, and gives what is carried to the next.
#[inline]
fn added(digit: &mut Words, a: Words, b: Words) -> Words {
    let differ = each(|row| digit[row] ^ a[row]);
    let carried = each(|row| digit[row] & a[row] | differ[row] & b[row]);
    *digit = each(|row| differ[row] ^ b[row]);
    carried
}

#[inline]
fn each(word: impl Fn(usize) -> u64) -> Words {
    [word(0), word(1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_are_those_of_each_bit_alone(
            words in prop::collection::vec(any::<[Words; N_TOGETHER]>(), 0..40),
        ) {
            let mut sums = BitSums::default();
            for words in &words {
                sums.add(words);
            }
            for row in [0, 1] {
                let expect = (0..u64::BITS).map(|bit| -> u32 {
                    words.concat().iter().map(|word| (word[row] >> bit & 1) as u32).sum()
                });
                let expect: Vec<u32> = expect.collect();
                prop_assert_eq!(sums.sums(row).collect::<Vec<_>>(), expect);
            }
        }
    }
}
