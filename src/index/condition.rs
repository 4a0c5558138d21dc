//! A clause, resolved against the library, and what it admits.
//!
//! It is worked out clause by clause, each for a whole segment: of what must all be, the
//! narrowest first and the others for what is left alone, and what has to be read last.

use serde::Deserialize;
use std::borrow::Cow;
use tantivy::{DocId, SegmentReader, TantivyError};

use super::catalog::Catalog;
use super::clause::{Clause, Part};
use super::listed::Union;
use super::origin::Admitted;
use super::schema::Fields;
use super::standing::Standing;
use super::stored::Stored;
use super::text_test::TextTest;
use super::view::{SegmentView, Views};
use plansearch_text::Span;
use tantivy::Searcher;

/// Blocks of the store that are kept while matches are read in order.
const CACHED_BLOCKS: usize = 2;

/// What clauses are resolved against.
#[derive(Clone, Copy)]
pub(super) struct Library<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
    pub(super) catalog: &'a Catalog,
    pub(super) views: &'a Views,
}

/// A segment of a library.
#[derive(Clone, Copy)]
pub(super) struct Segment<'a> {
    pub(super) nth: usize,
    pub(super) reader: &'a SegmentReader,
    pub(super) view: &'a SegmentView,
}

impl<'a> Library<'a> {
    /// The segments in order.
    pub(super) fn segments(self) -> impl Iterator<Item = Segment<'a>> {
        let readers = self.searcher.segment_readers().iter();
        let both = readers.zip(&self.views.segments).enumerate();
        both.map(|(nth, (reader, view))| Segment { nth, reader, view })
    }
}

/// A clause, resolved.
pub(super) enum Condition<'a> {
    Everything,
    Stands(Standing),
    From(Admitted),
    Verified {
        base: Box<Condition<'a>>,
        part: Part,
        test: &'a TextTest,
    },
    /// The narrowest first.
    All(Vec<Condition<'a>>),
    Any(Vec<Condition<'a>>),
    Without {
        base: Box<Condition<'a>>,
        excluded: Box<Condition<'a>>,
    },
}

impl<'a> Condition<'a> {
    /// Resolves a clause.
    pub(super) fn of(library: Library<'_>, clause: &'a Clause) -> tantivy::Result<Self> {
        let of = |clause| Self::of(library, clause).map(Box::new);
        let each = |clauses: &'a [Clause]| -> tantivy::Result<Vec<Self>> {
            let each = clauses.iter().map(|clause| Self::of(library, clause));
            each.collect()
        };
        Ok(match clause {
            Clause::Everything => Self::Everything,
            Clause::Holds(folded) => {
                Self::Stands(Standing::of(library.searcher, library.fields, folded)?)
            }
            Clause::Figures(range) => {
                let field = library.fields.words;
                Self::Stands(Standing::figures(library.searcher, field, range)?)
            }
            Clause::Passage(id) => {
                let field = library.fields.passage;
                Self::Stands(Standing::listed(library.searcher, field, id)?)
            }
            Clause::From(origin) => {
                Self::From(Admitted::of(origin, library.catalog, library.views))
            }
            Clause::Verified { base, part, test } => Self::Verified {
                base: of(base)?,
                part: *part,
                test,
            },
            Clause::All(clauses) => {
                let mut all = each(clauses)?;
                all.sort_by_cached_key(|condition| (condition.is_read(), condition.n_docs()));
                Self::All(all)
            }
            Clause::Any(clauses) => Self::Any(each(clauses)?),
            Clause::Without { base, excluded } => Self::Without {
                base: of(base)?,
                excluded: of(excluded)?,
            },
        })
    }

    /// How many passages it admits at most, where lists say it.
    fn n_docs(&self) -> u64 {
        match self {
            Self::Everything | Self::From(_) => u64::MAX,
            Self::Stands(standing) => standing.n_docs(),
            Self::Verified { base, .. } | Self::Without { base, .. } => base.n_docs(),
            Self::All(all) => all.iter().map(Self::n_docs).min().unwrap_or(u64::MAX),
            Self::Any(any) => any.iter().map(Self::n_docs).fold(0, u64::saturating_add),
        }
    }

    /// Whether the text of passages is read for it.
    fn is_read(&self) -> bool {
        match self {
            Self::Verified { .. } => true,
            Self::Everything | Self::From(_) | Self::Stands(_) => false,
            Self::All(of) | Self::Any(of) => of.iter().any(Self::is_read),
            Self::Without { base, excluded } => base.is_read() || excluded.is_read(),
        }
    }

    /// The entries of a segment that it admits, in order, of `within` alone where that is
    /// given. Passages that are gone may be among them, and what is no passage.
    pub(super) fn docs(
        &self,
        segment: Segment<'_>,
        within: Option<&[DocId]>,
    ) -> tantivy::Result<Vec<DocId>> {
        Ok(match self {
            Self::Everything => entries(segment, within, |_| true),
            Self::Stands(standing) => standing.docs(segment.nth, segment.reader, within)?,
            Self::From(admitted) => entries(segment, within, |doc_id| {
                admitted.admits(segment.view, doc_id)
            }),
            Self::Verified { base, part, test } => {
                let docs = base.docs(segment, within)?;
                verified(segment.reader, docs, *part, test)?
            }
            Self::All(all) => match all.split_first() {
                None => entries(segment, within, |_| true),
                Some((narrowest, others)) => {
                    let mut docs = narrowest.docs(segment, within)?;
                    for other in others {
                        if docs.is_empty() {
                            break;
                        }
                        docs = other.docs(segment, Some(&docs))?;
                    }
                    docs
                }
            },
            Self::Any(any) => {
                let mut union = Union::new(self.n_docs(), segment.reader.max_doc());
                for one in any {
                    union.add(&one.docs(segment, within)?);
                }
                union.into_docs()
            }
            Self::Without { base, excluded } => {
                let mut docs = base.docs(segment, within)?;
                if !docs.is_empty() {
                    let excluded = excluded.docs(segment, Some(&docs))?;
                    let mut excluded = excluded.into_iter().peekable();
                    docs.retain(|doc_id| excluded.next_if_eq(doc_id).is_none());
                }
                docs
            }
        })
    }
}

/// The entries that `is_admitted` names, of `within` or of the whole segment.
fn entries(
    segment: Segment<'_>,
    within: Option<&[DocId]>,
    is_admitted: impl Fn(DocId) -> bool,
) -> Vec<DocId> {
    match within {
        Some(within) => {
            let within = within.iter().copied();
            within.filter(|doc_id| is_admitted(*doc_id)).collect()
        }
        None => (0..segment.reader.max_doc())
            .filter(|doc_id| is_admitted(*doc_id))
            .collect(),
    }
}

/// What a test reads of a stored passage.
#[derive(Deserialize)]
struct StoredText<'a> {
    #[serde(rename = "t", borrow, default)]
    text: Cow<'a, str>,
    #[serde(rename = "l", default)]
    lead: Option<(usize, usize)>,
}

/// Those of `docs` whose text passes the test. A text that cannot be read is an error and
/// not a passage less.
fn verified(
    reader: &SegmentReader,
    docs: Vec<DocId>,
    part: Part,
    test: &TextTest,
) -> tantivy::Result<Vec<DocId>> {
    let mut passed = Vec::new();
    if docs.is_empty() {
        return Ok(passed);
    }
    let records = reader.get_store_reader(CACHED_BLOCKS)?;
    let alive = reader.alive_bitset();
    for doc_id in docs {
        if alive.is_none_or(|alive| alive.is_alive(doc_id)) {
            let entry: Stored = records.get(doc_id)?;
            if passes(&entry.record, part, test)? {
                passed.push(doc_id);
            }
        }
    }
    Ok(passed)
}

fn passes(record: &str, part: Part, test: &TextTest) -> tantivy::Result<bool> {
    let stored: StoredText<'_> = serde_json::from_str(record)
        .map_err(|source| TantivyError::InternalError(source.to_string()))?;
    Ok(match (part, stored.lead) {
        (Part::Text, _) => test.is_met(&stored.text),
        (Part::Lead, Some((start, end))) => test.is_met(Span::new(start, end).of(&stored.text)),
        (Part::Lead, None) => false,
    })
}
