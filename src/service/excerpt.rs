//! Passages that somebody takes along: by id, in the order asked for, with all
//! that a quotation needs.

use std::collections::HashSet;

use super::address;
use super::error::ServiceError;
use super::params::SearchParams;
use super::picked::{MAX_IDS, Pick, Picked};
use plansearch_document::citation::Citations;
use plansearch_document::table::row_text;
use plansearch_engine::record::TableRecord;
use plansearch_engine::{DocumentRecord, Engine, EngineError, Fate, PassageRecord};
use plansearch_search::{self as search, Request, SameText, cite};

/// A passage to quote.
pub(super) struct Excerpt {
    /// Its id.
    pub(super) id: String,
    /// Its text as in the source.
    pub(super) text: String,
    /// Headings above, from the top.
    pub(super) path: Vec<String>,
    /// Caption and head of the table whose row it is.
    pub(super) table: Option<String>,
    /// The row of a table with what stands around it, where its cells fit the columns.
    pub(super) row: Option<Row>,
    /// Title of its document.
    pub(super) title: String,
    /// Issuing bodies.
    pub(super) issuers: String,
    /// Document number.
    pub(super) doc_number: String,
    /// Date of issue, `2021-06-27`.
    pub(super) date: String,
    /// The citation with the place in the document.
    pub(super) citation: String,
    /// The citations of the document by form.
    pub(super) citations: Citations,
    /// Lasting address of the passage in the reader, without a host.
    pub(super) href: String,
    /// The id of an earlier edition that it was put aside under.
    pub(super) former: Option<String>,
    /// What was noted on it; empty without a note.
    pub(super) note: String,
}

/// A row of a table.
pub(super) struct Row {
    /// Caption of the table.
    pub(super) caption: String,
    /// Cells of its head; empty without one.
    pub(super) header: Vec<String>,
    /// Cells of the row.
    pub(super) cells: Vec<String>,
}

/// The passages of ids.
pub(super) struct Excerpts {
    /// Those in the library.
    pub(super) found: Vec<Excerpt>,
    /// Ids that the library does not have.
    pub(super) missing: Vec<String>,
    /// How many have another wording since their file was edited.
    pub(super) n_changed: usize,
}

impl Excerpts {
    /// Looks the passages up.
    pub(super) fn of(snapshot: &dyn Engine, picked: &Picked) -> Result<Self, EngineError> {
        let mut excerpts = Self {
            found: Vec::with_capacity(picked.as_slice().len()),
            missing: Vec::new(),
            n_changed: 0,
        };
        let mut known = HashSet::new();
        for Pick { id, note } in picked.as_slice() {
            let now = snapshot.passage_now(id)?;
            let doc = now.as_ref();
            let doc = doc.and_then(|(passage, _)| snapshot.catalog().get(&passage.doc));
            match now.as_ref().zip(doc) {
                // What is gone is missing: its place has another text.
                Some(((_, Fate::Gone), _)) | None => excerpts.missing.push(id.clone()),
                Some(((passage, fate), doc)) => {
                    excerpts.n_changed += usize::from(*fate == Fate::Changed);
                    let excerpt = Excerpt::new(doc, passage);
                    if known.insert(excerpt.id.clone()) {
                        let former = (excerpt.id != *id).then(|| id.clone());
                        let note = note.clone();
                        excerpts.found.push(Excerpt {
                            former,
                            note,
                            ..excerpt
                        });
                    }
                }
            }
        }
        Ok(excerpts)
    }
}

impl Excerpts {
    /// All that a search found, in its order, up to [`MAX_IDS`] passages; those of the
    /// same text once.
    pub(super) fn found_by(
        snapshot: &dyn Engine,
        params: &SearchParams,
    ) -> Result<Self, ServiceError> {
        let mut request = Request {
            limit: MAX_IDS,
            offset: 0,
            ..params.request(0)?
        };
        if params.each.is_none() {
            request.same_text = SameText::Together;
        }
        let hits = search::search(snapshot, &request)?.hits.into_iter();
        Ok(Self {
            found: hits
                .map(|hit| Excerpt::new(&hit.doc, &hit.passage))
                .collect(),
            missing: Vec::new(),
            n_changed: 0,
        })
    }
}

impl Excerpt {
    /// What tells its document from another: title, number and date.
    pub(super) fn document(&self) -> (&str, &str, &str) {
        (&self.title, &self.doc_number, &self.date)
    }

    /// The passage of a document.
    pub(super) fn new(doc: &DocumentRecord, passage: &PassageRecord) -> Self {
        let everything = SearchParams::default();
        let table = passage.table.as_ref().filter(|table| table.row.is_some());
        let fits = |table: &&TableRecord| {
            let n_columns = table.header.len();
            !table.damaged && (n_columns == 0 || n_columns == table.cells.len())
        };
        let row = table.filter(fits).map(|table| Row {
            caption: table.caption.clone(),
            header: table.header.clone(),
            cells: table.cells.clone(),
        });
        let table = table.map(|table| {
            let head = table.header.join(" | ");
            let parts = [table.caption.clone(), head];
            parts.into_iter().filter(|part| !part.is_empty()).collect()
        });
        Self {
            id: passage.id.clone(),
            // The cells of a row keep their places, the empty ones too.
            text: row
                .as_ref()
                .map_or_else(|| passage.text.clone(), |row| row_text(&row.cells)),
            path: passage.path.clone(),
            table: table
                .map(|parts: Vec<String>| parts.join("："))
                .filter(|table| !table.is_empty()),
            row,
            title: doc.title.clone(),
            issuers: doc.issuers.join("、"),
            doc_number: doc.doc_number.clone().unwrap_or_default(),
            date: doc.date.clone().unwrap_or_default(),
            citation: cite(doc, passage),
            citations: Citations::of(&doc.metadata()),
            href: address::passage(&everything, &doc.id, &passage.id, passage.idx),
            former: None,
            note: String::new(),
        }
    }
}
