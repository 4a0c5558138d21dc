//! Set phrases (套话): wording that stands in many documents.

use std::collections::{HashMap, HashSet};

use super::letters::Letters;

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
    let mut grams: HashMap<&[char], HashSet<&str>> = HashMap::new();
    for gram in sentence.chars.windows(GRAM) {
        grams.entry(gram).or_default();
    }
    for (doc, letters) in passages {
        for gram in letters.chars.windows(GRAM) {
            if let Some(docs) = grams.get_mut(gram)
                && docs.len() < MIN_DOCUMENTS
            {
                docs.insert(doc);
            }
        }
    }
    let mut is_set = vec![false; sentence.len()];
    for (at, gram) in sentence.chars.windows(GRAM).enumerate() {
        if grams
            .get(gram)
            .is_some_and(|docs| docs.len() >= MIN_DOCUMENTS)
        {
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
