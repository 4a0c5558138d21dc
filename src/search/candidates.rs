//! Terms that a library uses and no theme has: what the catalogue may grow by.
//!
//! Counted in headings and leads alone, because there a plan says what it is about. A
//! piece that stands only inside a longer candidate is left to that one.

use std::collections::{BTreeSet, HashMap};

use super::request::SearchError;
use plansearch_analysis::compounds;
use plansearch_engine::Engine;
use plansearch_text::fold;

/// A term seen fewer times is an accident.
const MIN_TIMES: usize = 2;

/// A piece counts beside a longer candidate only where it stands alone at least so
/// often as this part of its times.
const MIN_ALONE: f32 = 0.4;

/// A frequent compound that is in no theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The compound.
    pub term: String,
    /// In how many different headings and leads it stands.
    pub n_places: usize,
    /// In how many documents.
    pub n_documents: usize,
    /// One of the headings or leads.
    pub example: String,
    /// Title of the document that the example is from.
    pub example_doc: String,
}

#[derive(Default)]
struct Count {
    places: usize,
    docs: BTreeSet<usize>,
    example: Option<(usize, String)>,
}

/// The compounds of headings and leads of which `is_known` says that no theme has
/// them: most documents first, then most places.
///
/// # Errors
/// [`SearchError`] when the index cannot be read.
pub fn candidates(
    snapshot: &dyn Engine,
    is_known: impl Fn(&str) -> bool,
) -> Result<Vec<Candidate>, SearchError> {
    let documents = snapshot.catalog().documents();
    let issuers: BTreeSet<&str> = documents
        .iter()
        .flat_map(|doc| doc.issuers.iter().map(String::as_str))
        .collect();
    let mut counts: HashMap<String, Count> = HashMap::new();
    for (doc, phrase) in snapshot.headings_and_leads()? {
        let spans = compounds(&phrase);
        let terms: BTreeSet<String> = spans.iter().map(|span| fold(span.of(&phrase))).collect();
        for term in terms {
            let count = counts.entry(term).or_default();
            count.places += 1;
            count.docs.insert(doc);
            count.example.get_or_insert_with(|| (doc, phrase.clone()));
        }
    }
    counts.retain(|term, count| {
        count.places >= MIN_TIMES
            && !is_known(term)
            && !issuers.iter().any(|issuer| issuer.contains(term.as_str()))
    });
    let inner = mostly_inside(&counts);
    let mut found: Vec<Candidate> = counts
        .into_iter()
        .filter(|(term, _)| !inner.contains(term))
        .map(|(term, count)| {
            let (doc, example) = count.example.unwrap_or_default();
            Candidate {
                term,
                n_places: count.places,
                n_documents: count.docs.len(),
                example,
                example_doc: documents
                    .get(doc)
                    .map(|doc| doc.title.clone())
                    .unwrap_or_default(),
            }
        })
        .collect();
    found.sort_by(|a, b| {
        let weight = |one: &Candidate| (one.n_documents, one.n_places);
        weight(b).cmp(&weight(a)).then_with(|| a.term.cmp(&b.term))
    });
    Ok(found)
}

/// The terms that stand mostly inside one longer term.
fn mostly_inside(counts: &HashMap<String, Count>) -> BTreeSet<String> {
    let mut inner = BTreeSet::new();
    for (longer, count) in counts {
        let borders: Vec<usize> = longer
            .char_indices()
            .map(|(at, _)| at)
            .chain([longer.len()])
            .collect();
        for (nth, start) in borders.iter().enumerate() {
            for end in borders.iter().skip(nth + 1) {
                let Some(piece) = longer.get(*start..*end).filter(|piece| *piece != longer) else {
                    continue;
                };
                if let Some(own) = counts.get(piece) {
                    let alone = own.places.saturating_sub(count.places) as f32;
                    if alone < MIN_ALONE * own.places as f32 {
                        inner.insert(piece.to_owned());
                    }
                }
            }
        }
    }
    inner
}
