//! What a plain query asks for: words with what may stand for them, and the pairs
//! of characters that weigh.

use super::lower::stands;
use plansearch_analysis::pairs::pairs_of;
use plansearch_analysis::{Cut, Term, is_marked, parts_of_word};
use plansearch_document::PassageKind;
use plansearch_engine::{Clause, Evidence, Word};
use plansearch_query::{Alternative, Synonyms};
use plansearch_text::{Span, fold, fold::fold_char};
use std::collections::HashMap;

/// Weight of the pairs of an alternative, beside those of the query itself and
/// on top of its worth.
const ALTERNATIVE_WEIGHT: f32 = 0.8;
/// What a name is worth that another name leads to, beside the worths of both steps.
const CHAIN_WORTH: f32 = 0.8;
/// A single run that stands whole counts so much more than its scattered words
/// that it lies above them.
const SINGLE_RUN_FACTOR: f32 = 7.0;
/// In a query of several runs a whole one counts this much more.
const ONE_OF_RUNS_FACTOR: f32 = 0.3;
/// What a shorter word in a word is worth.
const PART_WORTH: f32 = 0.2;
/// What a figure is worth where it stands within a longer one, or in other digits than it
/// was typed in.
const STRING_WORTH: f32 = 0.3;
/// A heading says less than what stands under it, which has its words around it.
const QUIET_KIND_FACTOR: f32 = 0.2;

/// A plain query, understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meaning {
    /// What must stand when every word is required.
    pub strict: Vec<Clause>,
    /// What orders the hits.
    pub evidence: Evidence,
    /// The words that other words may stand for, with those words as written.
    pub stand_ins: Vec<StandIn>,
}

/// A word that may stand for one of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// The words of the query, folded.
    pub word: String,
    /// What may stand for them, as written in the rule.
    pub text: String,
    /// The same, folded.
    pub folded: String,
    /// Whether it names the same thing, so that it counts as the word.
    pub is_same: bool,
}

/// A required word at its place in the folded run.
struct Placed {
    folded: String,
    start: usize,
    end: usize,
}

impl Meaning {
    /// Understands the runs of a plain query.
    pub fn of(runs: &[&str], synonyms: &[&Synonyms]) -> Self {
        let mut meaning = Self::default();
        let mut stretches = Vec::new();
        let mut known = HashMap::new();
        for run in runs {
            meaning.add_run(run, synonyms, &mut stretches, &mut known);
        }
        meaning.choose_wholes(stretches);
        meaning.evidence.kind_factors = [
            PassageKind::Heading,
            PassageKind::FrontMatter,
            PassageKind::Attachment,
        ]
        .map(|kind| (kind, QUIET_KIND_FACTOR))
        .to_vec();
        meaning
    }

    /// Adds a run, and its folded stretches with the number of their words.
    fn add_run(
        &mut self,
        run: &str,
        synonyms: &[&Synonyms],
        stretches: &mut Vec<(String, usize)>,
        known: &mut HashMap<String, usize>,
    ) {
        let mut cut = Cut::of(run);
        cut.terms.retain(|term| !term.text.is_empty());
        let counts = folded_counts(run);
        let folded = fold(run);
        let mut placed = places(&cut.terms, &counts);
        // A rule may span words that carry no subject: 能生几个.
        let rules = rules(&folded, &placed, synonyms);
        if join_names(&mut cut.terms, &placed, &rules, run) {
            placed = places(&cut.terms, &counts);
        }
        let first_word = self.evidence.words.len();
        for term in &cut.terms {
            let mut alternatives: Vec<(String, f32)> = Vec::new();
            if is_marked(&term.text) {
                alternatives.push((fold(term.span.of(run)), STRING_WORTH));
            } else if let Some(word) = &term.unnegated {
                // 低于 says nothing of 不低于.
                alternatives.extend(term.is_absence.then(|| (word.clone(), PART_WORTH)));
            } else {
                let parts = parts_of_word(&term.text).into_iter();
                alternatives.extend(parts.map(|part| (part, PART_WORTH)));
            }
            self.evidence.words.push(Word {
                text: term.text.clone(),
                alternatives,
            });
        }
        let mut is_covered = vec![false; placed.len()];
        for stretch in cut.stretches {
            let is_in = |word: &&Span| stretch.overlaps(**word);
            let n_words = cut
                .terms
                .iter()
                .map(|term| &term.span)
                .filter(is_in)
                .count();
            let folded = fold(stretch.of(run));
            if !folded.is_empty() {
                stretches.push((folded.clone(), n_words));
            }
            self.add_pairs(&folded, 1.0, known);
        }
        for (start, end, alternatives) in rules {
            let touched: Vec<usize> = (0..placed.len())
                .filter(|at| start < placed[*at].end && placed[*at].start < end)
                .collect();
            if touched.is_empty() {
                continue;
            }
            let key: String = folded.chars().skip(start).take(end - start).collect();
            let mut ways = Vec::new();
            for alternative in chained(&key, alternatives, synonyms) {
                let weight = ALTERNATIVE_WEIGHT * alternative.worth;
                self.add_pairs(&alternative.folded, weight, known);
                for at in &touched {
                    let word = &mut self.evidence.words[first_word + at];
                    word.alternatives
                        .push((alternative.folded.clone(), alternative.worth));
                }
                if alternative.is_same {
                    ways.push(Clause::holds(alternative.folded.clone()));
                }
                self.stand_ins.push(StandIn {
                    word: key.clone(),
                    text: alternative.text,
                    folded: alternative.folded,
                    is_same: alternative.is_same,
                });
            }
            let is_inside = |at: &usize| start <= placed[*at].start && placed[*at].end <= end;
            let inside: Vec<usize> = touched.into_iter().filter(is_inside).collect();
            if !ways.is_empty() && !inside.is_empty() {
                let own = inside.iter().map(|at| stands(&placed[*at].folded));
                ways.insert(0, Clause::all(own.collect()));
                self.strict.push(Clause::any(ways));
                for at in inside {
                    is_covered[at] = true;
                }
            }
        }
        for (word, is_covered) in placed.iter().zip(is_covered) {
            if !is_covered {
                self.strict.push(stands(&word.folded));
            }
        }
    }

    /// Adds the pairs of a folded text that hold no mark; `known` has the places of those
    /// that are there.
    fn add_pairs(&mut self, folded: &str, weight: f32, known: &mut HashMap<String, usize>) {
        let chars: Vec<char> = folded.chars().collect();
        let pairs = &mut self.evidence.pairs;
        for pair in pairs_of(&chars) {
            if !pair.chars().all(char::is_alphanumeric) {
                continue;
            }
            if let Some((_, known)) = known.get(&pair).and_then(|at| pairs.get_mut(*at)) {
                *known = known.max(weight);
            } else {
                known.insert(pair.clone(), pairs.len());
                pairs.push((pair, weight));
            }
        }
    }

    fn choose_wholes(&mut self, stretches: Vec<(String, usize)>) {
        let evidence = &mut self.evidence;
        let has_other_ways =
            evidence.words.len() > 1 || evidence.words.iter().any(|w| !w.alternatives.is_empty());
        if stretches.len() == 1 && has_other_ways {
            evidence.whole_factor = SINGLE_RUN_FACTOR;
            evidence.wholes = stretches.into_iter().map(|(folded, _)| folded).collect();
        } else {
            evidence.whole_factor = ONE_OF_RUNS_FACTOR;
            let several = stretches.into_iter().filter(|(_, n_words)| *n_words > 1);
            evidence.wholes = several.map(|(folded, _)| folded).collect();
        }
    }
}

/// The words of a run, names that rules have whole.
pub(super) fn terms_of(run: &str, synonyms: &[&Synonyms]) -> Vec<Term> {
    let mut terms = Cut::of(run).terms;
    terms.retain(|term| !term.text.is_empty());
    let placed = places(&terms, &folded_counts(run));
    let rules = rules(&fold(run), &placed, synonyms);
    join_names(&mut terms, &placed, &rules, run);
    terms
}

/// The terms of a run at their places in the folded run.
fn places(terms: &[Term], counts: &[usize]) -> Vec<Placed> {
    let before = |at: usize| counts.get(at).copied().unwrap_or_default();
    let placed = terms.iter().map(|term| Placed {
        folded: term.text.clone(),
        start: before(term.span.start),
        end: before(term.span.end),
    });
    placed.collect()
}

/// Makes one word of a name that a rule has and the dictionary lacks, so that it fell into
/// single characters: 公, 租房. Says whether there was one.
fn join_names(
    terms: &mut Vec<Term>,
    placed: &[Placed],
    rules: &[(usize, usize, &[Alternative])],
    run: &str,
) -> bool {
    let n_before = terms.len();
    // From behind, so that the positions in front stay.
    for (start, end, alternatives) in rules.iter().rev() {
        let first = placed.iter().position(|word| word.start == *start);
        let last = placed.iter().position(|word| word.end == *end);
        let (Some(first), Some(last)) = (first, last) else {
            continue;
        };
        let Some(words) = placed.get(first..=last).filter(|words| words.len() > 1) else {
            continue;
        };
        let is_whole = words.windows(2).all(|two| two[0].end == two[1].start);
        let has_lone = words.iter().any(|word| word.end - word.start == 1);
        let is_name = alternatives.iter().any(|other| other.is_same);
        if !(is_whole && has_lone && is_name && last < terms.len()) {
            continue;
        }
        let span = Span::new(terms[first].span.start, terms[last].span.end);
        let name = Term {
            span,
            text: fold(span.of(run)),
            unnegated: None,
            is_absence: false,
        };
        terms.splice(first..=last, [name]);
    }
    terms.len() < n_before
}

/// How many folded characters stand before each byte of a text, and before its end.
fn folded_counts(text: &str) -> Vec<usize> {
    let mut counts = vec![0; text.len() + 1];
    let mut n_folded = 0;
    for (at, c) in text.char_indices() {
        counts[at] = n_folded;
        fold_char(c, |_| n_folded += 1);
    }
    counts[text.len()] = n_folded;
    counts
}

/// What may stand for a name, and what that leads to: where 甲 = 乙 and 乙 > 丙, 甲 leads
/// to 丙. One of the two steps at least is from a name to another of the same thing, so
/// that two loose steps never make one.
fn chained(key: &str, direct: &[Alternative], synonyms: &[&Synonyms]) -> Vec<Alternative> {
    let mut all = direct.to_vec();
    for first in direct {
        let next = synonyms
            .iter()
            .flat_map(|rules| rules.of_name(&first.folded));
        for next in next.filter(|next| first.is_same || next.is_same) {
            let is_known = |known: &Alternative| known.folded == next.folded;
            if next.folded != key && !all.iter().any(is_known) {
                all.push(Alternative {
                    is_same: first.is_same && next.is_same,
                    worth: first.worth * next.worth * CHAIN_WORTH,
                    ..next.clone()
                });
            }
        }
    }
    all
}

/// The rules that a folded run meets, with their places in it. A rule for one character
/// counts only where that character is a word of the run.
fn rules<'a>(
    folded: &str,
    placed: &[Placed],
    synonyms: &[&'a Synonyms],
) -> Vec<(usize, usize, &'a [Alternative])> {
    let mut found = Vec::new();
    for rules in synonyms {
        for used in rules.find(folded) {
            found.push((used.start, used.end, used.alternatives));
        }
        let is_lone = |word: &&Placed| word.end - word.start == 1 && folded != word.folded;
        for word in placed.iter().filter(is_lone) {
            let used = rules.find(&word.folded);
            found.extend(
                used.iter()
                    .map(|used| (word.start, word.end, used.alternatives)),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(runs: &[&str], rules: &str) -> Meaning {
        Meaning::of(runs, &[&Synonyms::parse(rules).unwrap()])
    }

    #[test]
    fn another_name_counts_as_the_word() {
        let found = meaning(&["长三角"], "长三角 = 长江三角洲");
        let expect = Clause::any(vec![Clause::holds("长三角"), Clause::holds("长江三角洲")]);
        assert_eq!(found.strict, [expect]);
        assert_eq!(found.evidence.wholes, ["长三角"]);
    }

    #[test]
    fn a_wider_word_only_weighs() {
        let found = meaning(&["养老院"], "养老院 > 养老机构");
        assert_eq!(found.strict, [Clause::holds("养老院")]);
        let alternatives = &found.evidence.words[0].alternatives;
        assert!(alternatives.contains(&("养老机构".to_owned(), 0.5)));
    }

    #[test]
    fn names_are_followed_to_names() {
        let rules = "综保区 = 综合保税区\n综合保税区 > 海关特殊监管区域\n海关特殊监管区域 > 口岸";
        let found = meaning(&["综保区"], rules);
        let texts: Vec<_> = found.stand_ins.iter().map(|found| &*found.text).collect();
        assert_eq!(texts, ["综合保税区", "海关特殊监管区域"]);
        let same: Vec<_> = found.stand_ins.iter().map(|found| found.is_same).collect();
        assert_eq!(same, [true, false]);
    }

    #[test]
    fn a_rule_spans_words_without_a_subject() {
        let found = meaning(&["一对夫妻能生几个孩子"], "能生几个 > 生育子女");
        assert_eq!(found.stand_ins.len(), 1);
    }

    #[test]
    fn a_name_that_the_dictionary_lacks_is_one_word() {
        let found = meaning(&["公租房申请"], "公租房 = 公共租赁住房");
        let words = found.evidence.words.iter().map(|word| &*word.text);
        assert_eq!(words.collect::<Vec<_>>(), ["公租房", "申请"]);
    }

    #[test]
    fn fillers_are_not_asked_for() {
        let found = meaning(&["港区怎么发展氢能?"], "");
        let words: Vec<_> = found
            .evidence
            .words
            .iter()
            .map(|word| &*word.text)
            .collect();
        assert_eq!(words, ["港区", "发展", "氢能"]);
        assert!(
            found
                .evidence
                .pairs
                .iter()
                .all(|(pair, _)| !pair.contains('怎'))
        );
    }

    #[test]
    fn a_single_run_is_preferred_whole() {
        assert_eq!(meaning(&["乡村振兴"], "").evidence.wholes, ["乡村振兴"]);
        assert!(meaning(&["氢能"], "").evidence.wholes.is_empty());
    }
}
