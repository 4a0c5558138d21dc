//! The score of a passage: a pure function of what it has of the evidence and of statistics.
//!
//! An engine finds out what a passage has ([`Features`]) and asks here for the factors and
//! the product; it keeps no constant of its own. [`Evidence`] has the formula
//! in one line.

use super::catalog::Catalog;
use super::evidence::Evidence;
use super::local_statutes::ELSEWHERE_FACTOR;
use plansearch_document::PassageKind;

/// BM25: how soon more of the same adds little.
pub const K1: f32 = 0.7;
/// BM25: how much the length of a passage counts.
pub const B: f32 = 0.6;
/// What a word is worth that stands only in the title, the headings above, the
/// lead or the table head, where 1 is the text itself.
pub const AROUND_WORTH: f32 = 0.6;
/// Keeps a passage with none of the words above nothing; one with all of them has 1.
const FLOOR: f32 = 0.05 / 1.05;
/// A single character that stands in more than one of so many passages tells
/// nothing.
pub const MAX_CHARACTER_SHARE: u64 = 20;
/// From so many characters a query may be a line that was pasted: a heading or an
/// opening line that it is, or that has it whole, is no longer quiet.
const CHARS_OF_A_LINE: usize = 6;
/// From so many it is one where it stands whole.
const CHARS_OF_A_LONG_RUN: usize = 10;
/// A share of the words above this is all of them.
const ALL_WORDS: f32 = 0.999;
/// What the sum over the bigrams is at least: a figure or a character alone has none that
/// weighs, and its passages are told apart by the factors.
pub const LEAST_SUM: f32 = 0.1;
/// What stands above the others has so much more: what has all words where others have
/// some, the article or document that was asked for.
pub const FIRST_FACTOR: f32 = 1000.0;
/// In a line that is little more than the query, so much of the words is enough:
/// its number or 附件 may stand around it.
const MOST_WORDS: f32 = 0.85;
/// What a bound is raised by, so that rounding on the way makes it no less.
const ROUNDED_UP: f32 = 1.001;

/// Inverse document frequency: what it tells that a term stands in a passage. More passages
/// than there are (some may be gone) count as all.
pub fn idf(n_passages: u64, doc_freq: u64) -> f32 {
    let (n, df) = (n_passages as f32, doc_freq.min(n_passages) as f32);
    (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
}

/// What the length of a passage adds below the fraction of BM25; lengths in bigrams with what
/// stands around.
pub fn length_norm(length: u32, avg_len: f32) -> f32 {
    K1 * (1.0 - B) + K1 * B / avg_len * length as f32
}

/// What a bigram adds that stands so often in a passage. `weight` is that of the evidence
/// times [`idf`], `norm` comes of [`length_norm`].
pub fn bigram_part(weight: f32, term_freq: u32, norm: f32) -> f32 {
    let tf = term_freq as f32;
    weight * (K1 + 1.0) * tf / (tf + norm)
}

/// What a synonym is worth for a word. What stands nowhere is what may stand for it, if that
/// is little.
pub fn synonym_worth(worth: f32, is_word_nowhere: bool) -> f32 {
    if is_word_nowhere { worth.sqrt() } else { worth }
}

/// What the sum over the bigrams is multiplied with, by the share of the words' worth that a
/// passage has.
pub fn words_factor(share: f32) -> f32 {
    FLOOR + (1.0 - FLOOR) * share
}

/// What a passage has, beside the bigrams.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Features {
    /// Its kind, as position in [`PassageKind::ALL`].
    pub kind: usize,
    /// Its document, as position in the catalog.
    pub document: usize,
    /// How many bigrams its text has.
    pub n_bigrams: u32,
    /// Share of the words' worth; 1 where all have all.
    pub words_share: f32,
    /// Share of the wholes that stand; none without wholes.
    pub whole_share: Option<f32>,
    /// Product of the factors of the terms that it has as a whole.
    pub favour: f32,
    /// Whether it is of those that stand above the others.
    pub is_first: bool,
}

/// What a score by words is multiplied with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factors {
    /// By the kind of the passage.
    pub kind: f32,
    /// By its document.
    pub document: f32,
    /// By the wholes that stand.
    pub whole: f32,
    /// By what it is as a whole.
    pub favour: f32,
    /// By whether it stands above the others.
    pub first: f32,
}

impl Factors {
    /// The score of a passage with this score by words.
    pub fn score(self, by_words: f32) -> f32 {
        by_words * self.kind * self.document * self.whole * self.favour * self.first
    }
}

/// The factors of a lookup: its evidence, resolved for one library.
#[derive(Debug)]
pub struct Model {
    whole_factor: f32,
    /// Characters of the words of the query.
    n_chars: usize,
    /// Whether the query has a run that is a line where it stands whole.
    has_long_run: bool,
    /// By position in `PassageKind::ALL`.
    kind_factors: Vec<f32>,
    /// By position in the catalog; empty when all are 1.
    doc_factors: Vec<f32>,
    /// What a score by words is multiplied with at most, standing above the others aside.
    max_factor: f32,
}

impl Model {
    /// Resolves evidence.
    pub fn new(evidence: &Evidence, catalog: &Catalog) -> Self {
        let of_kind = |kind: &PassageKind| {
            let own = evidence.kind_factors.iter().find(|(of, _)| of == kind);
            own.map_or(1.0, |(_, factor)| *factor)
        };
        let kind_factors: Vec<f32> = PassageKind::ALL.iter().map(of_kind).collect();
        let doc_factors = doc_factors(evidence, catalog);
        let has_wholes = !evidence.wholes.is_empty();
        let whole = if has_wholes {
            evidence.whole_factor
        } else {
            0.0
        };
        let favoured = evidence.favoured.iter();
        let favour: f32 = favoured.map(|(_, factor)| factor.max(1.0)).product();
        let greatest = |factors: &[f32]| factors.iter().copied().fold(1.0, f32::max);
        let most = greatest(&kind_factors) * greatest(&doc_factors) * (1.0 + whole) * favour;
        Self {
            whole_factor: evidence.whole_factor,
            n_chars: evidence.words.iter().map(|word| n_chars(&word.text)).sum(),
            has_long_run: evidence
                .wholes
                .iter()
                .any(|whole| n_chars(whole) >= CHARS_OF_A_LONG_RUN),
            kind_factors,
            doc_factors,
            max_factor: most * ROUNDED_UP,
        }
    }

    /// What a score by words is multiplied with at most, standing above the others aside.
    pub fn max_factor(&self) -> f32 {
        self.max_factor
    }

    /// The factors of a passage.
    pub fn factors(&self, features: Features) -> Factors {
        let kind = self.kind_factors.get(features.kind).copied().unwrap_or(1.0);
        let kind = if kind < 1.0 && self.is_line(features) {
            1.0
        } else {
            kind
        };
        let document = self.doc_factors.get(features.document);
        Factors {
            kind,
            document: document.copied().unwrap_or(1.0),
            // What is quiet stays below what stands under it.
            whole: match features.whole_share {
                Some(share) if kind >= 1.0 => 1.0 + self.whole_factor * share,
                _ => 1.0,
            },
            favour: features.favour,
            first: if features.is_first { FIRST_FACTOR } else { 1.0 },
        }
    }

    /// Whether a passage is the line that was pasted, or has it whole.
    fn is_line(&self, features: Features) -> bool {
        let is_whole = features.whole_share.is_some_and(|share| share > ALL_WORDS);
        let is_about_as_long = self.n_chars >= CHARS_OF_A_LINE
            && features.n_bigrams as usize <= self.n_chars * 3 / 2 + 2;
        self.has_long_run && is_whole || features.words_share > MOST_WORDS && is_about_as_long
    }
}

/// Factors by position in the catalog; none where all are 1.
fn doc_factors(evidence: &Evidence, catalog: &Catalog) -> Vec<f32> {
    let n_documents = catalog.documents().len();
    let mut factors = Vec::new();
    if !evidence.doc_factors.is_empty() {
        factors = vec![1.0; n_documents];
        for (id, factor) in &evidence.doc_factors {
            if let Some(idx) = catalog.idx(id) {
                factors[idx] = *factor;
            }
        }
    }
    if !catalog.local_statutes.is_empty() {
        factors.resize(n_documents, 1.0);
        let elsewhere = catalog.local_statutes.elsewhere(evidence);
        for (factor, is_elsewhere) in factors.iter_mut().zip(elsewhere) {
            // A document that the query names is meant, wherever it holds.
            if is_elsewhere && *factor <= 1.0 {
                *factor = ELSEWHERE_FACTOR;
            }
        }
    }
    factors
}

fn n_chars(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "factors are taken over as they are")]
mod tests {
    use super::super::evidence::Word;
    use super::*;

    fn place_of(kind: PassageKind) -> usize {
        let mut all = PassageKind::ALL.iter();
        all.position(|one| *one == kind).unwrap()
    }

    fn model(query: &str, whole_factor: f32) -> Model {
        let evidence = Evidence {
            words: vec![Word {
                text: query.to_owned(),
                alternatives: Vec::new(),
            }],
            wholes: vec![query.to_owned()],
            whole_factor,
            kind_factors: vec![(PassageKind::Heading, 0.5)],
            ..Evidence::default()
        };
        Model::new(&evidence, &Catalog::default())
    }

    fn heading(n_bigrams: u32, whole_share: f32) -> Features {
        Features {
            kind: place_of(PassageKind::Heading),
            document: 0,
            n_bigrams,
            words_share: 1.0,
            whole_share: Some(whole_share),
            favour: 1.0,
            is_first: false,
        }
    }

    #[test]
    fn more_of_the_same_adds_less_and_a_long_passage_counts_less() {
        let part = |tf, length| bigram_part(1.0, tf, length_norm(length, 100.0));
        let [one, two, three] = [1, 2, 3].map(|tf| part(tf, 100));
        assert!(one < two && two < three && two - one > three - two);
        assert!((one - 1.0).abs() < 1e-6, "the average length has 1");
        assert!(part(1, 50) > one && one > part(1, 400));
        assert!(part(1000, 100) < 1.0 + K1, "never more than k1 + 1");
    }

    #[test]
    fn what_is_rare_tells_more() {
        assert!(idf(1000, 1) > idf(1000, 10) && idf(1000, 10) > idf(1000, 1000));
        assert!(idf(1000, 1000) > 0.0);
        assert_eq!(idf(10, 12), idf(10, 10));
    }

    #[test]
    fn a_heading_is_quiet_unless_it_is_the_line_that_was_typed() {
        let short = model("港口", 1.0);
        assert_eq!(short.factors(heading(4, 1.0)).kind, 0.5);
        assert_eq!(
            short.factors(heading(4, 1.0)).whole,
            1.0,
            "quiet stays below"
        );
        let line = model("大力发展海河联运", 1.0);
        assert_eq!(line.factors(heading(12, 0.0)).kind, 1.0);
        assert_eq!(
            line.factors(heading(60, 0.0)).kind,
            0.5,
            "more than the line"
        );
        let long = model("大力发展海河联运体系建设", 1.0);
        assert_eq!(long.factors(heading(60, 1.0)).kind, 1.0, "it stands whole");
        assert_eq!(long.factors(heading(60, 1.0)).whole, 2.0);
    }

    #[test]
    fn no_score_goes_beyond_the_bound() {
        let model = model("大力发展海河联运体系建设", 0.7);
        for kind in 0..PassageKind::ALL.len() {
            for share in [0.0, 0.5, 1.0] {
                let features = Features {
                    kind,
                    ..heading(12, share)
                };
                assert!(model.factors(features).score(3.0) <= 3.0 * model.max_factor());
            }
        }
    }

    #[test]
    fn the_first_stand_above_all_others() {
        let model = model("海河联运", 9.0);
        let first = Features {
            is_first: true,
            ..heading(900, 0.0)
        };
        let other = Features {
            kind: place_of(PassageKind::Paragraph),
            ..heading(4, 1.0)
        };
        assert!(model.factors(first).score(LEAST_SUM) > model.factors(other).score(4.0));
    }
}
