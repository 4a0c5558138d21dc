//! The words of a query: jieba's dictionary cut.
//!
//! Only what is typed is cut into words; each is then looked up as a string, so
//! that it does not matter how a text would be cut. jieba runs without its
//! statistical model, which would cut the same word differently according to its
//! neighbours.

use std::sync::LazyLock;
use tantivy_jieba::jieba_rs::Jieba;

use super::fillers::{asks_how, completes_question, is_filler};
use plansearch_text::{Span, fold::fold_char};

pub(super) static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Characters that join or frame words and carry no subject of their own. A
/// query's words among these need not stand in a passage.
const PARTICLES: &str = "的地得了着和与及或并在于以为之其等是有将被把对从向到由也都而且";

/// Cuts a run of text without spaces into the words a passage must hold, as
/// spans of `run`: no punctuation, no particles and no fillers of questions, each
/// word once.
///
/// A run of nothing but those gives itself as its only word.
///
/// ```
/// use plansearch_analysis::required_words;
/// let run = "港区的氢能产业";
/// let words: Vec<_> = required_words(run).into_iter().map(|w| w.of(run)).collect();
/// assert_eq!(words, ["港区", "氢能", "产业"]);
/// let run = "港区怎么发展氢能?";
/// let words: Vec<_> = required_words(run).into_iter().map(|w| w.of(run)).collect();
/// assert_eq!(words, ["港区", "发展", "氢能"]);
/// ```
pub fn required_words(run: &str) -> Vec<Span> {
    Cut::of(run).words
}

/// A run, cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// As [`required_words`] gives them.
    pub words: Vec<Span>,
    /// As [`stretches`] gives them.
    pub stretches: Vec<Span>,
}

impl Cut {
    /// Cuts `run`.
    pub fn of(run: &str) -> Self {
        let plain = Plain::of(run);
        let text = &plain.text;
        let mut words: Vec<Span> = Vec::new();
        let mut stretches: Vec<Span> = Vec::new();
        for span in telling_tokens(text) {
            if words.iter().all(|known| known.of(text) != span.of(text)) {
                words.push(span);
            }
            match stretches.last_mut() {
                Some(last) if last.end == span.start => last.end = span.end,
                _ => stretches.push(span),
            }
        }
        for span in words.iter_mut().chain(&mut stretches) {
            *span = plain.source(*span);
        }
        if words.is_empty() {
            words.push(Span::whole(run));
            stretches.push(Span::whole(run));
        }
        Self { words, stretches }
    }
}

/// A run as the dictionary has its words: in simplified characters and narrow
/// letters. It has as many characters as the run.
struct Plain {
    text: String,
    /// Where each byte of `text` comes from, and the end.
    origins: Vec<usize>,
}

impl Plain {
    fn of(run: &str) -> Self {
        let mut text = String::with_capacity(run.len());
        let mut origins = Vec::with_capacity(run.len() + 1);
        for (at, c) in run.char_indices() {
            let c = plain_char(c);
            text.push(c);
            origins.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
        origins.push(run.len());
        Self { text, origins }
    }

    fn source(&self, span: Span) -> Span {
        let origin = |at: usize| self.origins.get(at).copied().unwrap_or_default();
        Span::new(origin(span.start), origin(span.end))
    }
}

/// A character as the dictionary writes it. 零 stays: folded it is the digit 〇,
/// but the dictionary has 零售.
fn plain_char(c: char) -> char {
    let is_letter = matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ff10}'..='\u{ff5a}');
    if !is_letter || c == '零' {
        return c;
    }
    let mut plain = c;
    fold_char(c, |folded| plain = folded);
    if plain.is_alphanumeric() { plain } else { c }
}

/// The stretches of `run` between fillers and marks, as spans of `run`; the run
/// itself when there are none.
///
/// ```
/// use plansearch_analysis::stretches;
/// let run = "港区怎么发展氢能?";
/// let found: Vec<_> = stretches(run).into_iter().map(|s| s.of(run)).collect();
/// assert_eq!(found, ["港区", "发展氢能"]);
/// ```
pub fn stretches(run: &str) -> Vec<Span> {
    Cut::of(run).stretches
}

/// Where the words of a text begin, and its end: bytes, sorted.
///
/// ```
/// use plansearch_analysis::word_borders;
/// assert_eq!(word_borders("加快发展"), [0, 6, 12]);
/// assert_eq!(word_borders(""), [0]);
/// ```
pub fn word_borders(text: &str) -> Vec<usize> {
    let mut borders = vec![0];
    let mut end = 0;
    for token in JIEBA.cut(text, false) {
        end += token.word.len();
        borders.push(end);
    }
    borders
}

/// jieba's words of `text` as spans, each with the part of speech that the dictionary
/// gives it.
pub(super) fn tagged(text: &str) -> Vec<(Span, String)> {
    let mut start = 0;
    let tags = JIEBA.tag(text, false).into_iter();
    tags.map(|token| {
        let span = Span::new(start, start + token.word.len());
        start = span.end;
        (span, token.tag.to_string())
    })
    .collect()
}

/// The shorter words in a word of three or more characters, which say a part of
/// it.
///
/// ```
/// use plansearch_analysis::parts_of_word;
/// assert_eq!(parts_of_word("养老院"), ["养老"]);
/// assert!(parts_of_word("氢能").is_empty());
/// ```
pub fn parts_of_word(word: &str) -> Vec<String> {
    if word.chars().count() < 3 || word.is_ascii() {
        return Vec::new();
    }
    let parts = JIEBA.cut_for_search(word, false);
    let is_part = |part: &str| part.chars().count() > 1 && part != word;
    let parts = parts.into_iter().map(|token| token.word);
    parts
        .filter(|part| is_part(part))
        .map(str::to_owned)
        .collect()
}

/// Says whether `run` is nothing but fillers, particles and marks.
///
/// ```
/// use plansearch_analysis::is_idle;
/// assert!(is_idle("里的") && is_idle("怎么"));
/// assert!(!is_idle("氢能"));
/// ```
pub fn is_idle(run: &str) -> bool {
    let run = &Plain::of(run).text;
    whole_tokens(run)
        .into_iter()
        .all(|span| !tells(span.of(run)))
}

fn tells(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric) && !is_particle(word) && !is_filler(word)
}

/// The tokens that carry a subject: no marks, particles and fillers, and not what
/// only completes a question (怎么 *解决*).
fn telling_tokens(run: &str) -> Vec<Span> {
    let mut is_after_how = false;
    let mut telling = Vec::new();
    for span in whole_tokens(run) {
        let word = span.of(run);
        if tells(word) && !(is_after_how && completes_question(word)) {
            telling.push(span);
        }
        is_after_how = asks_how(word);
    }
    telling
}

/// jieba's tokens, with what fell apart joined again: a Latin word or number
/// (`PM`, `2`, `.`, `5`), and a name that is in no dictionary (科, 创).
fn whole_tokens(run: &str) -> Vec<Span> {
    let is_latin = |span: Span| span.of(run).chars().all(|c| c.is_ascii_alphanumeric());
    let is_inner_mark = |text: &str| matches!(text, "." | "&" | "%" | "-" | "/" | "+");
    let mut spans: Vec<Span> = Vec::new();
    let mut start = 0;
    for token in JIEBA.cut(run, false) {
        let span = Span::new(start, start + token.word.len());
        start = span.end;
        let joins = spans.last().is_some_and(|last| {
            let tail = last.of(run).chars().next_back();
            let after_mark = tail.is_some_and(|c| is_inner_mark(c.encode_utf8(&mut [0; 4])));
            let latin_so_far = tail.is_some_and(|c| c.is_ascii_alphanumeric());
            let is_name = is_lone_character(last.of(run)) && is_lone_character(token.word);
            is_name
                || (latin_so_far && (is_latin(span) || is_inner_mark(token.word)))
                || (after_mark && is_latin(span) && last.n_chars(run) > 1)
        });
        match spans.last_mut() {
            Some(last) if joins => last.end = span.end,
            _ => spans.push(span),
        }
    }
    for span in &mut spans {
        let tail = span
            .of(run)
            .trim_end_matches(['.', '&', '%', '-', '/', '+']);
        if !tail.is_empty() {
            span.end = span.start + tail.len();
        }
    }
    spans
}

/// Says whether `word` is one character, or several that were joined to a name,
/// and no particle.
fn is_lone_character(word: &str) -> bool {
    let is_name = word.chars().count() == 1 || !JIEBA.has_word(word);
    is_name
        && word
            .chars()
            .all(|c| !c.is_ascii() && c.is_alphabetic() && !PARTICLES.contains(c))
}

fn is_particle(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if PARTICLES.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(run: &str, expect: &[&str]) {
        let words: Vec<_> = required_words(run).into_iter().map(|w| w.of(run)).collect();
        assert_eq!(words, expect, "{run}");
    }

    #[test]
    fn runs_are_cut_into_words() {
        check("乡村振兴", &["乡村", "振兴"]);
        check("海河联运、集装箱", &["海河", "联运", "集装箱"]);
    }

    #[test]
    fn traditional_and_wide_characters_are_cut_as_their_kin() {
        check("獨角獸企業", &["獨角獸", "企業"]);
        check("５Ｇ網絡零售", &["５Ｇ", "網絡", "零售"]);
    }

    #[test]
    fn letters_and_digits_stay_together() {
        check("G60科创走廊", &["G60", "科创", "走廊"]);
        check("PM2.5浓度", &["PM2.5", "浓度"]);
    }

    #[test]
    fn what_completes_a_question_is_no_word() {
        check("引才难怎么解决?", &["引才难"]);
        check("怎么办理落户", &["落户"]);
        check("解决住房困难", &["解决", "住房", "困难"]);
    }

    #[test]
    fn a_run_of_particles_is_its_own_word() {
        check("的", &["的"]);
        check("。", &["。"]);
    }

    proptest! {
        #[test]
        fn words_are_pieces_of_the_run_in_order(run in "\\PC{1,30}") {
            let mut end = 0;
            for word in required_words(&run) {
                prop_assert!(!word.of(&run).is_empty());
                prop_assert!(word.start >= end);
                end = word.end;
            }
        }
    }
}
