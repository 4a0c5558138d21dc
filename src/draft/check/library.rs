//! The library as a check asks it: passages near a text, and what they state.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use plansearch_document::Jurisdiction;
use plansearch_engine::{
    Clause, DocumentRecord, Engine, EngineError, Enough, Evidence, Filter, Lookup, PassageRecord,
};
use plansearch_search::lower::lower_plain;
use plansearch_text::{Span, fold};

use super::finding::Proof;
use super::pairs::{Pair, Rarity, letters, pairs};
use super::stated::{Stated, stated};

/// Passages that are looked at for one sentence.
const MAX_CANDIDATES: usize = 12;
/// Shares of the words' worth that a candidate has, tried in this order.
const SHARES: [f32; 3] = [0.5, 0.3, 0.12];
/// The first share counts that so many passages have.
const ENOUGH: usize = 4;
/// Passages that are kept as read.
const MAX_KEPT: usize = 2_000;
/// Front matter that may name an issuer or a title.
const N_FRONT: usize = 16;

/// A passage with what it states.
pub(super) struct Source {
    pub(super) passage: Arc<PassageRecord>,
    pub(super) doc: Arc<DocumentRecord>,
    /// Whose document it is.
    pub(super) place: Jurisdiction,
    pub(super) sentences: Vec<Stated>,
    /// Pairs of title, issuers, headings and table head.
    pub(super) around: HashSet<Pair>,
    /// Letters of these.
    pub(super) around_letters: HashSet<char>,
}

impl Source {
    fn new(passage: Arc<PassageRecord>, doc: Arc<DocumentRecord>) -> Self {
        let mut words: Vec<&str> = vec![&doc.title];
        words.extend(doc.issuers.iter().map(String::as_str));
        words.extend(passage.path.iter().map(String::as_str));
        let mut around = HashSet::new();
        let mut around_letters = HashSet::new();
        for word in words {
            let letters = letters(word, Span::whole(word), &[]);
            around.extend(pairs(&letters));
            around_letters.extend(letters);
        }
        Self {
            sentences: stated(&passage.text, &[]),
            place: doc.jurisdiction(),
            passage,
            doc,
            around,
            around_letters,
        }
    }

    /// The place `span` of the passage as a proof.
    pub(super) fn proof(&self, span: Span) -> Proof {
        Proof {
            passage: Arc::clone(&self.passage),
            doc: Arc::clone(&self.doc),
            span,
            text: span.of(&self.passage.text).to_owned(),
        }
    }
}

/// The library during one check.
pub(super) struct Library<'a> {
    pub(super) snapshot: &'a dyn Engine,
    filter: &'a Filter,
    pub(super) rarity: Rarity<'a>,
    kept: HashMap<String, Arc<Source>>,
}

impl<'a> Library<'a> {
    pub(super) fn new(snapshot: &'a dyn Engine, filter: &'a Filter) -> Self {
        Self {
            snapshot,
            filter,
            rarity: Rarity::of(snapshot),
            kept: HashMap::new(),
        }
    }

    /// The passages nearest to `text`, the best first.
    pub(super) fn near(&mut self, text: &str) -> Result<Vec<Arc<Source>>, EngineError> {
        let lowered = lower_plain(&[text], &[]);
        if lowered.evidence.is_empty() {
            return Ok(Vec::new());
        }
        let lookup = Lookup {
            enough: Some(Enough {
                shares: SHARES.to_vec(),
                at_least: ENOUGH,
            }),
            evidence: Evidence {
                words_stand: false,
                wholes_stand: false,
                ..lowered.evidence
            },
            filter: self.filter.clone(),
            limit: MAX_CANDIDATES,
            ..Lookup::new(Clause::Everything)
        };
        self.sources(&lookup)
    }

    /// Passages in which `text` stands.
    pub(super) fn holding(&mut self, text: &str) -> Result<Vec<Arc<Source>>, EngineError> {
        let lookup = Lookup {
            filter: self.filter.clone(),
            limit: MAX_CANDIDATES,
            ..Lookup::new(Clause::holds(fold(text)))
        };
        self.sources(&lookup)
    }

    fn sources(&mut self, lookup: &Lookup) -> Result<Vec<Arc<Source>>, EngineError> {
        let found = self.snapshot.find(lookup)?;
        Ok(found
            .hits
            .into_iter()
            .map(|hit| self.source(hit.passage))
            .collect())
    }

    fn source(&mut self, passage: Arc<PassageRecord>) -> Arc<Source> {
        if let Some(known) = self.kept.get(&passage.id) {
            return Arc::clone(known);
        }
        if self.kept.len() >= MAX_KEPT {
            self.kept.clear();
        }
        let doc = self
            .snapshot
            .catalog()
            .shared(&passage.doc)
            .cloned()
            .unwrap_or_default();
        let source = Arc::new(Source::new(passage, doc));
        self.kept
            .insert(source.passage.id.clone(), Arc::clone(&source));
        source
    }

    /// The documents that the filter admits by what is known of them. A filter by
    /// chapter, theme or kind admits all.
    pub(super) fn documents(&self) -> impl Iterator<Item = &'a Arc<DocumentRecord>> {
        self.snapshot.catalog().documents().iter()
    }

    /// The place where a document states `text` (its title, number or issuer): in its
    /// front, else its first passage without a place.
    pub(super) fn fact(
        &self,
        doc: &DocumentRecord,
        text: &str,
    ) -> Result<Option<Proof>, EngineError> {
        let front = self.snapshot.passages_of(&doc.id, 0..N_FRONT)?;
        let Some(shared) = self.snapshot.catalog().shared(&doc.id) else {
            return Ok(None);
        };
        let with_text = front.iter().find_map(|passage| {
            let span = find_folded(&passage.text, text)?;
            Some((passage, span))
        });
        let Some((passage, span)) = with_text.or_else(|| Some((front.first()?, Span::new(0, 0))))
        else {
            return Ok(None);
        };
        Ok(Some(Proof {
            passage: Arc::new(passage.clone()),
            doc: Arc::clone(shared),
            span,
            text: text.to_owned(),
        }))
    }
}

/// Where `needle` stands in `text`, folded.
pub(super) fn find_folded(text: &str, needle: &str) -> Option<Span> {
    let needle: Vec<char> = fold(needle).chars().collect();
    let folded = plansearch_text::FoldedText::new(text);
    if needle.is_empty() {
        return None;
    }
    folded.find_all(&needle).next()
}
