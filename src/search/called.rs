//! What is called exactly as a query is typed: a line of a document, a title, a document
//! number, an article of a statute. It comes first.

use plansearch_analysis::{line_terms, opening_of, required_terms};
use plansearch_engine::{Clause, DocumentRecord, Engine, EngineError, Origin};
use plansearch_text::{fold, number_key};

/// How much more the line counts that was typed with its number, or without one.
const LINE_FACTOR: f32 = 1000.0;
/// The same line under another number.
const BARE_LINE_FACTOR: f32 = 30.0;
/// How much more the article counts that was asked for.
const ARTICLE_FACTOR: f32 = 50.0;

/// What a query names exactly.
#[derive(Debug, Clone, Default)]
pub(super) struct Called {
    /// Terms of the passages that are meant, with their factors.
    pub(super) favoured: Vec<(String, f32)>,
    /// What matches although words of the query do not stand in it.
    pub(super) also: Vec<Clause>,
    /// The articles that are asked for, of those.
    articles: Vec<Clause>,
    /// Ids of the documents with this title or number.
    pub(super) docs: Vec<String>,
    /// The document number as it is written there.
    pub(super) number: Option<String>,
}

impl Called {
    /// What the runs of a plain query name when they are taken as one line.
    ///
    /// # Errors
    /// [`EngineError`] when the index cannot be read.
    pub(super) fn of(snapshot: &dyn Engine, runs: &[&str]) -> Result<Self, EngineError> {
        let typed = runs.concat();
        let mut called = Self::default();
        if let Some(doc) = numbered(snapshot, &typed).first() {
            called.number.clone_from(&doc.doc_number);
            called.docs.push(doc.id.clone());
        }
        for (nth, term) in line_terms(&typed).into_iter().enumerate() {
            if snapshot.stands(&term)? {
                let factor = if nth == 0 {
                    LINE_FACTOR
                } else {
                    BARE_LINE_FACTOR
                };
                called.favoured.push((term, factor));
            }
        }
        if let Some((term, _)) = called.favoured.first() {
            let key = letters(&typed);
            let catalog = snapshot.catalog();
            let is_called = |title: &str| {
                title
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .eq(key.chars())
            };
            let titled = catalog.titled(|title, _| is_called(title));
            called.docs.extend(titled.iter().map(|doc| doc.id.clone()));
            if !titled.is_empty() {
                called.also.push(Clause::holds(term.clone()));
            }
        }
        Ok(called)
    }

    /// The articles that the runs ask for, in the documents that are named.
    pub(super) fn articles(runs: &[String], docs: &[String]) -> Self {
        let mut called = Self::default();
        let terms = runs.iter().flat_map(|run| required_terms(run));
        let mut openings = terms.filter_map(|term| opening_of(&term.text));
        let Some(opening) = openings.next() else {
            return called;
        };
        for doc in docs {
            let from = Clause::From(Origin::Doc(doc.clone()));
            let article = Clause::holds(opening.clone());
            called.articles.push(Clause::all(vec![from, article]));
        }
        called.also.clone_from(&called.articles);
        called.favoured.push((opening, ARTICLE_FACTOR));
        called
    }

    /// Whether a line, title or number is called so.
    pub(super) fn is_any(&self) -> bool {
        !self.favoured.is_empty() || self.number.is_some()
    }

    /// What stands above all else: the article, or the document of a number.
    pub(super) fn first(&self) -> Option<Clause> {
        let numbered = self.docs.iter().filter(|_| self.number.is_some());
        let from = numbered.map(|doc| Clause::From(Origin::Doc(doc.clone())));
        let first: Vec<Clause> = from.chain(self.articles.iter().cloned()).collect();
        (!first.is_empty()).then(|| Clause::any(first))
    }

    /// With what another names too.
    pub(super) fn join(&mut self, other: Self) {
        self.favoured.extend(other.favoured);
        self.also.extend(other.also);
        self.articles.extend(other.articles);
    }
}

/// The documents with the number that is typed, however sloppily.
pub(super) fn numbered<'a>(snapshot: &'a dyn Engine, typed: &str) -> Vec<&'a DocumentRecord> {
    let Some(key) = number_key(typed) else {
        return Vec::new();
    };
    let of_doc = |doc: &DocumentRecord| number_key(doc.doc_number.as_deref()?);
    let catalog = snapshot.catalog();
    catalog.titled(|_, doc| of_doc(doc).as_ref() == Some(&key))
}

/// The letters and digits of a text, folded.
pub(super) fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
