//! Set phrases (套话): wording that stands in many documents.

use std::collections::HashSet;

use super::letters::{Letters, pairs};

/// Wording that stands in so many documents is a set phrase.
pub const MIN_DOCUMENTS: usize = 5;
/// Wording is compared by this many letters in a row.
const GRAM: usize = 8;
/// A sentence is boilerplate when so much of it is set phrases.
const MIN_SHARE: f64 = 0.8;

/// Which letters of a sentence belong to wording that stands in many documents; each
/// passage with its document.
pub(crate) fn find<'a>(
    sentence: &Letters,
    passages: impl Iterator<Item = (&'a str, &'a Letters)>,
) -> Vec<bool> {
    let grams: Vec<&[char]> = sentence.chars.windows(GRAM).collect();
    let mut docs_of: Vec<HashSet<&str>> = vec![HashSet::new(); grams.len()];
    for (doc, letters) in passages {
        // A gram stands there only if all of its pairs do: the number in a row up to each.
        let mut n_shared = 0;
        let shared = pairs(&sentence.chars).map(|pair| {
            n_shared = if letters.has_pair(pair) {
                n_shared + 1
            } else {
                0
            };
            n_shared
        });
        for ((n_shared, gram), docs) in shared.skip(GRAM - 2).zip(&grams).zip(&mut docs_of) {
            if n_shared >= GRAM - 1
                && docs.len() < MIN_DOCUMENTS
                && letters.chars.windows(GRAM).any(|window| window == *gram)
            {
                docs.insert(doc);
            }
        }
    }
    let mut is_set = vec![false; sentence.len()];
    for (at, docs) in docs_of.iter().enumerate() {
        if docs.len() >= MIN_DOCUMENTS {
            for letter in is_set.iter_mut().skip(at).take(GRAM) {
                *letter = true;
            }
        }
    }
    is_set
}

/// Says whether a sentence is boilerplate as a whole.
pub(crate) fn is_boilerplate(is_set: &[bool]) -> bool {
    let n_set = is_set.iter().filter(|is_set| **is_set).count();
    n_set > 0 && n_set as f64 >= MIN_SHARE * is_set.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wording_of_many_documents_is_a_set_phrase_and_of_few_is_not() {
        let sentence = Letters::new("更好统筹发展和安全，依法追究刑事责任。");
        let passage = Letters::new("违反本法规定的，依法追究刑事责任。");
        let docs = ["a", "b", "c", "d", "e"];
        let among = |n: usize| find(&sentence, docs.iter().take(n).map(|doc| (*doc, &passage)));
        assert!(among(4).iter().all(|is_set| !is_set));
        assert_eq!(among(5).iter().filter(|is_set| **is_set).count(), 8);
        assert!(!is_boilerplate(&among(5)));
        assert!(is_boilerplate(&[true; 7]));
        assert!(!is_boilerplate(&[]));
    }
}
