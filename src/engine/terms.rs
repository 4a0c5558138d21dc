//! The terms of a passage: what every engine indexes of it.
//!
//! Three fields. **Text**: the bigrams of its text, each at its position, which decide what
//! matches. **Context**: the bigrams without marks of the text and of what stands around it
//! (title, headings above, lead, table caption and head), with frequencies, which rank.
//! **Words**: its long words and figures, those around it marked, and what it is as a whole.

use std::collections::BTreeSet;

use super::record::PassageRecord;
use plansearch_analysis::{HAS_TARGET, Pairs, figure_flags, line_terms, long_words, opening_term};
use plansearch_document::PassageKind;
use plansearch_text::{figures, fold};

/// Stands before a long word that stands around a passage; no word begins with it.
const AROUND: char = '~';

/// Stands at the beginning of a text that is nothing but terms, each with a [`GAP`] behind it.
pub const READY: char = '\u{7}';

/// Stands between texts that are given as one; no bigram reaches across it. Control
/// characters are never text.
pub const GAP: char = '\u{1}';

/// The term of a long word or a figure: where it stands in the text, and where it stands
/// around it.
pub fn terms_of_word(word: &str) -> [String; 2] {
    [word.to_owned(), format!("{AROUND}{word}")]
}

/// The text of a passage and the texts around it, each with a [`GAP`] behind it.
pub fn context(title: &str, passage: &PassageRecord) -> String {
    let mut texts = String::with_capacity(256 + passage.text.len());
    let mut add = |text: &str| {
        // A text of another hand may hold what no text holds.
        for piece in text.split([GAP, READY]) {
            texts.push_str(piece);
        }
        texts.push(GAP);
    };
    add(&passage.text);
    add(title);
    passage.path.iter().for_each(|label| add(label));
    if let Some(lead) = passage.lead_text() {
        add(lead);
    }
    if let Some(table) = &passage.table {
        add(&table.caption);
        table.header.iter().for_each(|cell| add(cell));
    }
    texts
}

/// The terms that a passage has as a whole: the lines that it is, and the number of the
/// article that it belongs to; behind [`READY`], each with a [`GAP`] behind it.
pub fn whole_terms(title: &str, passage: &PassageRecord) -> String {
    let mut terms: BTreeSet<String> = BTreeSet::new();
    if passage.passage_kind() != PassageKind::Paragraph {
        terms.extend(line_terms(&passage.text));
    }
    if let Some(lead) = passage.lead_text() {
        terms.extend(line_terms(lead));
    }
    if passage.idx == 0 {
        terms.extend(line_terms(title));
    }
    let heading = passage.path.last().and_then(|label| opening_term(label));
    terms.extend(opening_term(&passage.text).or(heading));
    if !passage.targets.is_empty() {
        terms.insert(HAS_TARGET.to_owned());
    }
    let mut ready = String::from(READY);
    for term in terms {
        ready.push_str(&term);
        ready.push(GAP);
    }
    ready
}

/// The bigrams of several texts, without those that hold a mark.
#[derive(Debug, Clone)]
pub struct ContextBigrams {
    texts: std::vec::IntoIter<Pairs>,
    pairs: Option<Pairs>,
    pair: String,
}

impl ContextBigrams {
    /// Of [`context`].
    pub fn new(context: &str) -> Self {
        let texts: Vec<Pairs> = context.split(GAP).map(Pairs::new).collect();
        let mut texts = texts.into_iter();
        Self {
            pairs: texts.next(),
            texts,
            pair: String::new(),
        }
    }

    /// Steps to the next bigram.
    pub fn next_bigram(&mut self) -> Option<&str> {
        loop {
            let pairs = self.pairs.as_mut()?;
            match pairs.next_pair() {
                Some(pair) if pair.chars().all(is_no_mark) => {
                    pair.clone_into(&mut self.pair);
                    return Some(&self.pair);
                }
                Some(_) => {}
                None => self.pairs = self.texts.next(),
            }
        }
    }
}

/// Says whether a character is a letter, a digit or an ideograph; most are of one block.
fn is_no_mark(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric()
}

/// Writes the terms of words: of [`context`] the long words and figures, those of the first
/// text as they are; of [`whole_terms`] the terms. Each with a [`GAP`] behind it.
pub fn word_terms(texts: &str, terms: &mut String) {
    terms.clear();
    if let Some(ready) = texts.strip_prefix(READY) {
        terms.push_str(ready);
        return;
    }
    for (nth, text) in texts.split(GAP).enumerate() {
        for word in long_words(&fold(text)) {
            if nth > 0 {
                terms.push(AROUND);
            }
            terms.push_str(word);
            terms.push(GAP);
        }
        add_figures(text, nth > 0, terms);
    }
}

fn add_figures(text: &str, is_around: bool, terms: &mut String) {
    let figures = figures(text);
    for figure in &figures {
        if is_around {
            terms.push(AROUND);
        }
        terms.push_str(&figure.term());
        terms.push(GAP);
    }
    if !is_around && !figures.is_empty() {
        let spellings: Vec<String> = figures.into_iter().map(|f| f.spelling).collect();
        for flag in figure_flags(&spellings) {
            terms.push_str(flag);
            terms.push(GAP);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage() -> PassageRecord {
        PassageRecord {
            kind: PassageKind::Paragraph.name().to_owned(),
            text: "建设港区，投资1,200亿元。".to_owned(),
            path: vec!["第三章 港口".to_owned()],
            idx: 4,
            ..PassageRecord::default()
        }
    }

    #[test]
    fn bigrams_reach_neither_across_marks_nor_across_texts() {
        let mut bigrams = ContextBigrams::new(&context("规划", &passage()));
        let mut all = Vec::new();
        while let Some(bigram) = bigrams.next_bigram() {
            all.push(bigram.to_owned());
        }
        assert!(all.iter().any(|b| b == "港区") && all.iter().any(|b| b == "规划"));
        assert!(
            !all.iter()
                .any(|b| b == "区投" || b == "元规" || b == "划第")
        );
    }

    #[test]
    fn a_figure_of_the_text_is_told_from_one_around_it() {
        let mut terms = String::new();
        word_terms(&context("投资300亿元的规划", &passage()), &mut terms);
        let all: Vec<&str> = terms.split_terminator(GAP).collect();
        let term = |text: &str| figures(text).remove(0).term();
        let [inside, _] = terms_of_word(&term("1200亿元"));
        let [_, around] = terms_of_word(&term("300亿元"));
        assert!(all.contains(&inside.as_str()) && all.contains(&around.as_str()));
        assert!(!all.contains(&term("300亿元").as_str()));
    }

    #[test]
    fn a_passage_is_of_the_article_that_stands_above_it() {
        let article = PassageRecord {
            path: vec!["第十五条".to_owned()],
            ..passage()
        };
        let of_article = opening_term("第15条").unwrap();
        assert!(whole_terms("条例", &article).contains(&of_article));
        assert!(!whole_terms("条例", &passage()).contains(&of_article));
    }
}
