//! How much of a draft has sources, as Chinese similarity reports count it.
//!
//! Counted in letters and digits. No share is a verdict: what is allowed to be taken over
//! is for people to say.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use plansearch_engine::{DocumentRecord, Engine};

use super::cited::quotations;
use super::letters::Letters;
use super::traced::TracedSentence;

/// Shares of the letters of a draft, each 0 to 1.
#[derive(Debug, Clone, Default)]
pub struct Shares {
    /// In parts with a source (总文字重合比).
    pub total: f64,
    /// The same without what stands in quotation marks in a sentence that names what it
    /// quotes (去除标明出处的引用).
    pub without_cited: f64,
    /// The same as the total without set phrases, which is wording of five documents and
    /// more (去除套话).
    pub without_boilerplate: f64,
    /// The document that most parts have as their first source (单篇最大), and its share.
    pub largest: Option<(Arc<DocumentRecord>, f64)>,
}

/// What is known of each character of a draft.
pub(crate) struct Marks {
    is_letter: Vec<bool>,
    has_source: Vec<bool>,
    is_cited: Vec<bool>,
    is_set: Vec<bool>,
    /// For each document the characters that have it as their first source.
    of_doc: HashMap<String, usize>,
}

impl Marks {
    pub(crate) fn new(chars: &[char]) -> Self {
        Self {
            is_letter: chars.iter().map(|c| c.is_alphanumeric()).collect(),
            has_source: vec![false; chars.len()],
            is_cited: vec![false; chars.len()],
            is_set: vec![false; chars.len()],
            of_doc: HashMap::new(),
        }
    }

    /// Adds what is known of a sentence; `is_set` says which of its letters belong to set
    /// phrases.
    pub(crate) fn add(&mut self, sentence: &TracedSentence, is_set: &[bool], chars: &[char]) {
        let own = chars.get(sentence.span.clone()).unwrap_or_default();
        let letters = Letters::of_chars(own, sentence.span.start);
        for (at, is_set) in is_set.iter().enumerate() {
            if *is_set {
                mark(&mut self.is_set, letters.place(&(at..at + 1)));
            }
        }
        if sentence.is_cited {
            let start = sentence.span.start;
            for quoted in quotations(own) {
                mark(&mut self.is_cited, start + quoted.start..start + quoted.end);
            }
        }
        for source in &sentence.sources {
            let range = source.draft_span.clone();
            let n_new = range
                .clone()
                .filter(|at| !is_marked(&self.has_source, *at) && is_marked(&self.is_letter, *at))
                .count();
            if n_new > 0 {
                *self.of_doc.entry(source.passage.doc.clone()).or_default() += n_new;
            }
            mark(&mut self.has_source, range);
        }
    }

    /// The shares of the whole draft.
    pub(crate) fn shares(&self, snapshot: &dyn Engine) -> Shares {
        let n_letters = self
            .is_letter
            .iter()
            .filter(|is_letter| **is_letter)
            .count();
        let share = |n: usize| {
            if n_letters == 0 {
                0.0
            } else {
                n as f64 / n_letters as f64
            }
        };
        let count = |without: Option<&Vec<bool>>| {
            let all = 0..self.is_letter.len();
            let counted = all.filter(|at| {
                is_marked(&self.is_letter, *at)
                    && is_marked(&self.has_source, *at)
                    && !without.is_some_and(|without| is_marked(without, *at))
            });
            share(counted.count())
        };
        let largest = self
            .of_doc
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        Shares {
            total: count(None),
            without_cited: count(Some(&self.is_cited)),
            without_boilerplate: count(Some(&self.is_set)),
            largest: largest.and_then(|(doc, n)| {
                let doc = snapshot.catalog().shared(doc).cloned()?;
                Some((doc, share(*n)))
            }),
        }
    }
}

fn is_marked(marks: &[bool], at: usize) -> bool {
    marks.get(at).copied().unwrap_or(false)
}

fn mark(marks: &mut [bool], range: Range<usize>) {
    for at in range {
        if let Some(mark) = marks.get_mut(at) {
            *mark = true;
        }
    }
}

/// What to say when nearly all of a draft comes from one document: it may be that one.
pub(crate) fn same_document(shares: &Shares) -> Option<String> {
    let (doc, share) = shares.largest.as_ref()?;
    (*share > 0.9).then(|| {
        format!(
            "文稿几乎全部见于《{}》，可能就是库中这一份；可用筛选条件排除后再查",
            doc.title
        )
    })
}
