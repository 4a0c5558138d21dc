//! Long words: those of the dictionary that have three or more ideographs.
//!
//! They are found wherever they stand, whatever words a text would be cut into, so a
//! term for each says exactly which texts hold it, where pairs of characters have to be
//! compared place by place.

use super::dictionary;
use super::segmenter::words_at_every_place;

/// A shorter word is a pair of characters, which is a term already.
const MIN_CHARS: usize = 3;

/// The long words that stand in a folded text, at every place, one inside another too.
///
/// ```
/// use plansearch_analysis::long_words;
/// let found: Vec<&str> = long_words("建设高速公路").collect();
/// assert_eq!(found, ["高速公路"]);
/// ```
pub fn long_words(folded: &str) -> impl Iterator<Item = &str> {
    words_at_every_place(folded).filter(|word| is_long(word))
}

/// Says whether a folded string is a long word.
pub fn is_long_word(folded: &str) -> bool {
    is_long(folded) && dictionary::word(folded).is_some()
}

fn is_long(word: &str) -> bool {
    let is_ideograph = |c| matches!(c, '\u{4e00}'..='\u{9fff}');
    word.chars().nth(MIN_CHARS - 1).is_some() && word.chars().all(is_ideograph)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plansearch_text::fold;
    use proptest::prelude::*;

    #[test]
    fn short_and_mixed_words_are_none() {
        assert!(is_long_word("长江三角洲") && is_long_word("杭州湾"));
        assert!(!is_long_word("港区") && !is_long_word("卡拉OK") && !is_long_word("港氢能"));
    }

    proptest! {
        #[test]
        fn every_place_of_a_long_word_is_found(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "长江", "三角洲", "长江三角洲", "杭州湾", "人民代表大会", "常务委员会", "会",
                    "人民", "高速公路", "的", "。", " ", "2035年", "公路", "G60", "化工", "園區",
                ]),
                0..12,
            )
        ) {
            let folded = fold(&pieces.concat());
            let chars: Vec<char> = folded.chars().collect();
            let mut expect = Vec::new();
            for start in 0..chars.len() {
                for end in start..=chars.len() {
                    let piece: String = chars[start..end].iter().collect();
                    if is_long_word(&piece) {
                        expect.push(piece);
                    }
                }
            }
            let mut found: Vec<&str> = long_words(&folded).collect();
            found.sort_unstable();
            expect.sort_unstable();
            prop_assert_eq!(found, expect);
        }
    }
}
