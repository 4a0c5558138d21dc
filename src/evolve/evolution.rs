//! A request for the use of terms, and the answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use plansearch_engine::{
    Catalog, Counted, Counting, DocumentRecord, Engine, EngineError, Filter, PassageRecord,
    TermCount,
};
use plansearch_search::{SearchError, check_themes};
use plansearch_text::{fold, other_year_spelling};

use crate::groups::{By, Group, groups};

/// Most terms of one request.
pub const MAX_TERMS: usize = 20;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The terms as typed; each is looked for as a quoted phrase is.
    pub terms: Vec<String>,
    /// What makes a row.
    pub by: By,
    /// Which passages count.
    pub filter: Filter,
    /// Whether passages of the same text count once, at the earliest dated document.
    pub is_once: bool,
    /// Whether a place inside a place of a longer one of the terms does not count.
    pub is_apart: bool,
}

/// The use of terms.
#[derive(Debug, Clone, Default)]
pub struct Evolution {
    /// What makes a row.
    pub by: By,
    /// Each term.
    pub terms: Vec<TermUse>,
    /// Documents without a date, which stand in no year.
    pub undated: Vec<Arc<DocumentRecord>>,
}

/// The use of one term.
#[derive(Debug, Clone, Default)]
pub struct TermUse {
    /// The term as typed.
    pub term: String,
    /// By group; every term has the same groups in the same order.
    pub rows: Vec<Row>,
    /// All documents together, each once.
    pub total: Row,
    /// The first passage of the earliest dated document that has it.
    pub first: Option<Use>,
    /// The last passage of the latest dated document that has it.
    pub last: Option<Use>,
    /// Documents that have it not, dated or not.
    pub without: Vec<Arc<DocumentRecord>>,
}

/// A passage that has a term.
#[derive(Debug, Clone)]
pub struct Use {
    /// The passage.
    pub passage: PassageRecord,
    /// Its document.
    pub doc: Arc<DocumentRecord>,
}

/// Counts of a group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// What the group is: a year, an id, a name; empty where nothing is stated.
    pub value: String,
    /// The title, where the group is a document.
    pub title: Option<String>,
    /// Documents.
    pub documents: usize,
    /// Documents that have the term.
    pub with_term: usize,
    /// Passages that have it.
    pub passages: usize,
    /// Its places.
    pub occurrences: usize,
    /// Characters of all paragraphs, headings and table cells of the documents.
    pub characters: usize,
    /// The same by year, where the group is an issuer, a level or a region.
    pub years: Vec<Row>,
}

impl Row {
    /// Places in 10,000 characters, to two decimals; none without characters.
    pub fn per_10k(&self) -> Option<f64> {
        let rate = self.occurrences as f64 * 10_000.0 / self.characters as f64;
        (self.characters > 0).then(|| (rate * 100.0).round() / 100.0)
    }
}

/// Why a request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum EvolveError {
    /// There is no term.
    #[error("there is no term; hint: give one or more, as in `海河联运`")]
    NoTerm,
    /// A term has no character that is looked for.
    #[error("the term `{0}` has no character that can be looked for")]
    EmptyTerm(String),
    /// There are too many terms.
    #[error("{0} terms are too many; hint: at most {MAX_TERMS} at once")]
    TooManyTerms(usize),
    /// The filter does not fit the library, or the index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] EngineError),
}

/// Answers a request.
///
/// # Errors
/// [`EvolveError`] without terms, with a term of nothing, for a theme that does not exist,
/// or when the index fails.
pub fn evolve(snapshot: &dyn Engine, request: &Request) -> Result<Evolution, EvolveError> {
    if request.terms.is_empty() {
        return Err(EvolveError::NoTerm);
    }
    if request.terms.len() > MAX_TERMS {
        return Err(EvolveError::TooManyTerms(request.terms.len()));
    }
    check_themes(snapshot, &request.filter)?;
    let terms: Vec<Vec<String>> = request
        .terms
        .iter()
        .map(|term| spellings(term))
        .collect::<Result<_, _>>()?;
    let counting = Counting {
        terms,
        filter: request.filter.clone(),
        is_once: request.is_once,
        is_apart: request.is_apart,
    };
    let counted = snapshot.count(&counting)?;
    let catalog = snapshot.catalog();
    let docs: Vec<usize> = counted.characters.keys().copied().collect();
    let by_year = |group: &Group| match request.by {
        By::Issuer | By::Level | By::Region => groups(catalog, &group.docs, By::Year),
        By::Year | By::Doc => Vec::new(),
    };
    let groups: Vec<(Group, Vec<Group>)> = groups(catalog, &docs, request.by)
        .into_iter()
        .map(|group| {
            let years = by_year(&group);
            (group, years)
        })
        .collect();
    let mut answer = Evolution {
        by: request.by,
        undated: documents(catalog, docs.iter().copied(), |doc| doc.year().is_none()),
        terms: Vec::with_capacity(request.terms.len()),
    };
    for (term, counts) in request.terms.iter().zip(&counted.terms) {
        let row = |by: By, group: &Group| row(catalog, group, by, &counted, counts);
        let rows = groups.iter().map(|(group, years)| Row {
            years: years.iter().map(|year| row(By::Year, year)).collect(),
            ..row(request.by, group)
        });
        let all = Group {
            value: String::new(),
            docs: docs.clone(),
        };
        let (first, last) = first_and_last(snapshot, counts)?;
        answer.terms.push(TermUse {
            term: plain(term).to_owned(),
            rows: rows.collect(),
            total: row(request.by, &all),
            first,
            last,
            without: documents(catalog, docs.iter().copied(), |_| true)
                .into_iter()
                .zip(&docs)
                .filter(|(_, idx)| !counts.contains_key(idx))
                .map(|(doc, _)| doc)
                .collect(),
        });
    }
    Ok(answer)
}

/// A term without the quotation marks around it, which say what is so anyhow.
fn plain(term: &str) -> &str {
    const MARKS: [(char, char); 4] = [('“', '”'), ('"', '"'), ('「', '」'), ('\'', '\'')];
    let term = term.trim();
    let inner = MARKS
        .iter()
        .find_map(|(open, close)| term.strip_prefix(*open)?.strip_suffix(*close));
    inner
        .filter(|inner| !inner.trim().is_empty())
        .unwrap_or(term)
}

/// The folded strings that are the term: years stand in both kinds of digits.
fn spellings(term: &str) -> Result<Vec<String>, EvolveError> {
    let folded = fold(plain(term));
    if folded.is_empty() {
        return Err(EvolveError::EmptyTerm(term.to_owned()));
    }
    let other = other_year_spelling(&folded);
    let distinct: BTreeSet<String> = [Some(folded), other].into_iter().flatten().collect();
    Ok(distinct.into_iter().collect())
}

fn documents(
    catalog: &Catalog,
    docs: impl Iterator<Item = usize>,
    is_meant: impl Fn(&DocumentRecord) -> bool,
) -> Vec<Arc<DocumentRecord>> {
    let found = docs.filter_map(|idx| catalog.documents().get(idx));
    found.filter(|doc| is_meant(doc)).cloned().collect()
}

fn row(
    catalog: &Catalog,
    group: &Group,
    by: By,
    counted: &Counted,
    counts: &BTreeMap<usize, TermCount>,
) -> Row {
    let title = (by == By::Doc).then(|| catalog.get(&group.value)).flatten();
    let mut row = Row {
        value: group.value.clone(),
        title: title.map(|doc| doc.title.clone()),
        documents: group.docs.len(),
        ..Row::default()
    };
    for idx in &group.docs {
        row.characters += counted.characters.get(idx).copied().unwrap_or(0);
        if let Some(count) = counts.get(idx) {
            row.with_term += 1;
            row.passages += count.passages;
            row.occurrences += count.occurrences;
        }
    }
    row
}

/// The first use in the earliest, the last in the latest dated document.
fn first_and_last(
    snapshot: &dyn Engine,
    counts: &BTreeMap<usize, TermCount>,
) -> Result<(Option<Use>, Option<Use>), EvolveError> {
    let documents = snapshot.catalog().documents();
    let dated = || {
        counts.iter().filter_map(|(idx, count)| {
            let doc = documents.get(*idx)?;
            let date = doc.date.as_deref()?;
            Some((date, *idx, doc, count))
        })
    };
    let first = dated().min_by_key(|(date, idx, ..)| (*date, *idx));
    let last = dated().max_by_key(|(date, idx, ..)| (*date, *idx));
    let passage = |doc: &Arc<DocumentRecord>, idx: usize| -> Result<Option<Use>, EvolveError> {
        let found = snapshot
            .passages_of(&doc.id, idx..idx + 1)?
            .into_iter()
            .next();
        Ok(found.map(|passage| Use {
            passage,
            doc: Arc::clone(doc),
        }))
    };
    let first = match first {
        Some((_, _, doc, count)) => passage(doc, count.first_idx)?,
        None => None,
    };
    let last = match last {
        Some((_, _, doc, count)) => passage(doc, count.last_idx)?,
        None => None,
    };
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_what_stands_between_its_marks() {
        assert_eq!(plain(" “海河联运” "), "海河联运");
        assert_eq!(plain("“十四五”规划"), "“十四五”规划");
        assert_eq!(plain("“”"), "“”");
    }

    #[test]
    fn a_year_is_looked_for_in_both_kinds_of_digits() {
        assert_eq!(spellings("到2035年").unwrap().len(), 2);
        assert_eq!(spellings("海河联运").unwrap(), ["海河联运"]);
        assert!(matches!(spellings("　"), Err(EvolveError::EmptyTerm(_))));
    }

    #[test]
    fn a_rate_is_of_characters_and_nothing_has_none() {
        let row = Row {
            occurrences: 9,
            characters: 48_210,
            ..Row::default()
        };
        assert_eq!(row.per_10k(), Some(1.87));
        assert_eq!(Row::default().per_10k(), None);
    }
}
