//! The scores once more, by a plain second formula over the passages as they are.

use std::collections::HashMap;

use plansearch::analysis::{is_long_word, is_marked, pairs::pairs_of};
use plansearch::document::PassageKind;
use plansearch::engine::terms::terms_of_word;
use plansearch::engine::{Catalog, Evidence};

use super::scan::Entry;

/// Statistics of the passages.
pub(super) struct Library<'a> {
    entries: &'a [Entry],
    n: f32,
    average_length: f32,
}

impl<'a> Library<'a> {
    pub(super) fn of(entries: &'a [Entry]) -> Self {
        let n = entries.len().max(1) as f32;
        let length = |entry: &Entry| u64::from(entry.context.values().sum::<u32>());
        let all: u64 = entries.iter().map(length).sum();
        Self {
            entries,
            n,
            average_length: (all as f32 / n).max(1.0),
        }
    }

    fn count(&self, is: impl Fn(&Entry) -> bool) -> f32 {
        self.entries.iter().filter(|entry| is(entry)).count() as f32
    }

    fn idf(&self, n_having: f32) -> f32 {
        let n_having = n_having.min(self.n);
        (1.0 + (self.n - n_having + 0.5) / (n_having + 0.5)).ln()
    }

    fn idf_of_bigram(&self, bigram: &str) -> f32 {
        let in_text = self.count(|entry| entry.bigrams.contains(bigram));
        let around = self.count(|entry| entry.context.contains_key(bigram));
        self.idf(in_text.max(around))
    }
}

/// A way to have a word.
struct Way {
    text: String,
    worth: f32,
}

struct WordOfQuery {
    mass: f32,
    ways: Vec<Way>,
}

/// Evidence, ready to score passages.
pub(super) struct Scored<'a> {
    library: &'a Library<'a>,
    evidence: &'a Evidence,
    catalog: &'a Catalog,
    /// Bigrams that weigh, with weight and rarity.
    bigrams: Vec<(String, f32)>,
    words: Vec<WordOfQuery>,
}

impl<'a> Scored<'a> {
    pub(super) fn new(
        library: &'a Library<'a>,
        evidence: &'a Evidence,
        catalog: &'a Catalog,
    ) -> Self {
        let mut weights: HashMap<&str, f32> = HashMap::new();
        for (bigram, weight) in &evidence.pairs {
            let known = weights.entry(bigram).or_insert(0.0);
            *known = known.max(*weight);
        }
        let weighing = weights.into_iter().filter(|(_, weight)| *weight > 0.0);
        let bigrams = weighing
            .map(|(bigram, weight)| (bigram.to_owned(), weight * library.idf_of_bigram(bigram)));
        let mut words = Vec::new();
        for word in &evidence.words {
            let Some(mass) = mass(library, &word.text) else {
                continue;
            };
            let mut ways = vec![Way {
                text: word.text.clone(),
                worth: 1.0,
            }];
            let is_nowhere = is_nowhere(library, &word.text);
            for (text, worth) in &word.alternatives {
                if self::mass(library, text).is_some() {
                    ways.push(Way {
                        text: text.clone(),
                        worth: if is_nowhere { worth.sqrt() } else { *worth },
                    });
                }
            }
            words.push(WordOfQuery { mass, ways });
        }
        Self {
            library,
            evidence,
            catalog,
            bigrams: bigrams.collect(),
            words,
        }
    }

    pub(super) fn has_no_words(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether anything can be told apart. Words that every match has tell nothing.
    pub(super) fn tells_apart(&self) -> bool {
        !self.bigrams.is_empty() || !self.words.is_empty() && !self.evidence.words_stand
    }

    pub(super) fn total_mass(&self) -> f32 {
        self.words.iter().map(|word| word.mass).sum()
    }

    /// The worth of the words that a passage has.
    pub(super) fn mass(&self, entry: &Entry) -> f32 {
        let of_word = |word: &WordOfQuery| {
            let worths = word
                .ways
                .iter()
                .map(|way| way.worth * has(entry, &way.text));
            word.mass * worths.fold(0.0, f32::max)
        };
        self.words.iter().map(of_word).sum()
    }

    pub(super) fn score(&self, entry: &Entry, is_first: bool, words_stand: bool) -> f32 {
        let length = rounded_length(entry.context.values().sum()) as f32;
        let norm = 0.7 * (1.0 - 0.6 + 0.6 * length / self.library.average_length);
        let mut sum = 0.0;
        for (bigram, weight) in &self.bigrams {
            if let Some(times) = entry.context.get(bigram) {
                let tf = *times as f32;
                sum += weight * 1.7 * tf / (tf + norm);
            }
        }
        let total = self.total_mass();
        let share = if words_stand || total <= 0.0 {
            1.0
        } else {
            self.mass(entry) / total
        };
        let wholes = &self.evidence.wholes;
        let whole_share = if wholes.is_empty() {
            None
        } else if self.evidence.wholes_stand {
            Some(1.0)
        } else {
            let standing = wholes.iter().filter(|whole| entry.holds(whole));
            Some(standing.count() as f32 / wholes.len() as f32)
        };
        let mut score = f32::max(sum, 0.1) * (1.0 + 20.0 * share) / 21.0;
        let kind = self.kind_factor(entry, share, whole_share);
        score *= kind * self.document_factor(entry);
        if kind >= 1.0 {
            score *= 1.0 + self.evidence.whole_factor * whole_share.unwrap_or(0.0);
        }
        for (term, factor) in &self.evidence.favoured {
            if entry.holds(term) {
                score *= factor;
            }
        }
        if is_first { score * 1000.0 } else { score }
    }

    /// Headings and the like are quiet, but for the line that was typed.
    fn kind_factor(&self, entry: &Entry, share: f32, whole_share: Option<f32>) -> f32 {
        let kind: PassageKind = entry.passage.passage_kind();
        let factors = self.evidence.kind_factors.iter();
        let own = factors.clone().find(|(of, _)| *of == kind);
        let own = own.map_or(1.0, |(_, factor)| *factor);
        let n_chars = |text: &String| text.chars().count();
        let wholes = self.evidence.wholes.iter();
        let has_run = wholes.clone().any(|whole| n_chars(whole) >= 10);
        let n_typed: usize = self.evidence.words.iter().map(|w| n_chars(&w.text)).sum();
        let n_own = rounded_length(entry.n_bigrams) as usize;
        let is_as_long = n_typed >= 6 && n_own <= n_typed * 3 / 2 + 2;
        let is_line =
            has_run && whole_share.is_some_and(|share| share > 0.999) || share > 0.85 && is_as_long;
        if is_line { own.max(1.0) } else { own }
    }

    fn document_factor(&self, entry: &Entry) -> f32 {
        let id = &entry.passage.doc;
        let mut named = self.evidence.doc_factors.iter();
        let own = named.find(|(doc, _)| doc == id);
        let own = own.map_or(1.0, |(_, factor)| *factor);
        let elsewhere = self.catalog.local_statutes.elsewhere(self.evidence);
        if elsewhere[entry.doc] && own <= 1.0 {
            0.6
        } else {
            own
        }
    }
}

/// How a passage has a word: 1 in its text, less around it.
fn has(entry: &Entry, text: &str) -> f32 {
    let chars: Vec<char> = text.chars().collect();
    if let [_] = chars.as_slice() {
        return f32::from(u8::from(entry.folded.contains(text)));
    }
    if is_term(text) {
        let [inside, around] = terms_of_word(text);
        return match (entry.words.contains(&inside), entry.words.contains(&around)) {
            (true, _) => 1.0,
            (false, true) => 0.6,
            (false, false) => 0.0,
        };
    }
    let pairs = pairs_of(&chars);
    let in_text = |pair: &String| entry.bigrams.contains(pair);
    if !pairs.is_empty() && pairs.iter().all(in_text) {
        1.0
    } else if !pairs.is_empty()
        && pairs
            .iter()
            .all(|pair| in_text(pair) || entry.context.contains_key(pair))
    {
        0.6
    } else {
        0.0
    }
}

/// What a word is worth; nothing for a character that is everywhere or nowhere.
fn mass(library: &Library<'_>, text: &str) -> Option<f32> {
    let chars: Vec<char> = text.chars().collect();
    if let [only] = chars.as_slice() {
        // Each different bigram that the character opens counts.
        let mut of_bigram: HashMap<&str, u32> = HashMap::new();
        for entry in library.entries {
            for bigram in entry
                .bigrams
                .iter()
                .filter(|bigram| bigram.starts_with(*only))
            {
                *of_bigram.entry(bigram).or_default() += 1;
            }
        }
        let n = of_bigram.values().sum::<u32>();
        let most = library.entries.len() as u32 / 20;
        return (n > 0 && n <= most).then(|| library.idf(n as f32));
    }
    if is_term(text) {
        let [inside, around] = terms_of_word(text);
        let n = library.count(|entry| entry.words.contains(&inside))
            + library.count(|entry| entry.words.contains(&around));
        return Some(library.idf(n));
    }
    let idfs = pairs_of(&chars);
    let idfs = idfs.iter().map(|pair| library.idf_of_bigram(pair));
    idfs.reduce(f32::max)
}

fn is_nowhere(library: &Library<'_>, text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    if let [_] = chars.as_slice() {
        return false;
    }
    if is_term(text) {
        let terms = terms_of_word(text);
        return library.count(|entry| terms.iter().any(|t| entry.words.contains(t))) == 0.0;
    }
    let pairs = pairs_of(&chars);
    pairs.iter().any(|pair| {
        let has = |entry: &Entry| entry.bigrams.contains(pair) || entry.context.contains_key(pair);
        library.count(has) == 0.0
    })
}

fn is_term(text: &str) -> bool {
    is_marked(text) || is_long_word(text)
}

/// A length as an index keeps it in one byte: exact up to 40, then in steps of an eighth of a
/// power of two.
fn rounded_length(length: u32) -> u32 {
    if length < 40 {
        return length;
    }
    let rest = length - 24;
    let step = 1 << (rest.ilog2() - 3);
    24 + rest / step * step
}

#[test]
fn lengths_are_rounded_down_in_ever_greater_steps() {
    let rounded: Vec<u32> = [39, 40, 41, 54, 56, 59, 60, 88, 95, 1000]
        .map(rounded_length)
        .into();
    assert_eq!(rounded, [39, 40, 40, 54, 56, 56, 60, 88, 88, 984]);
}
