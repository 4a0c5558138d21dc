//! `GET /export` and `POST /export`: passages as a file to work on.
//!
//! The passages come from ids, so nothing of a basket is kept here. Every format
//! holds the text, where it stands, all citations and the address.

mod csv;
mod docx;
mod markdown;
mod naming;
mod xlsx;

pub(super) use xlsx::fitting;

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use utoipa::IntoParams;

use super::answer::Answer;
use super::bad_parameter::{BadParameter, Expected, flag};
use super::choice;
use super::error::ServiceError;
use super::excerpt::{Excerpt, Excerpts};
use super::extract::{Form, FromPairs, Origin, Params};
use super::params::SearchParams;
use super::picked::{MAX_IDS, Picked};
use super::{words, work};
use naming::Made;
use plansearch_index::Index;
use plansearch_search::Hit;

/// How many unknown ids an error names.
const MAX_NAMED_IDS: usize = 5;

/// What passages can be exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A Word document.
    Docx,
    /// A spreadsheet.
    Xlsx,
    /// Comma-separated values for Excel.
    Csv,
    /// Markdown.
    Markdown,
}

impl Format {
    /// Whether people read it from its start to its end; a table they sort.
    fn is_to_read(self) -> bool {
        matches!(self, Self::Docx | Self::Markdown)
    }

    /// Its type, and what the name of a file ends with.
    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Docx => (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "docx",
            ),
            Self::Xlsx => (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "xlsx",
            ),
            Self::Csv => ("text/csv; charset=utf-8", "csv"),
            Self::Markdown => ("text/markdown; charset=utf-8", "md"),
        }
    }
}

/// The formats by their names.
const FORMATS: [(&str, Format); 4] = [
    ("docx", Format::Docx),
    ("xlsx", Format::Xlsx),
    ("csv", Format::Csv),
    ("md", Format::Markdown),
];

/// What to export.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportParams {
    /// `docx`, `xlsx`, `csv` or `md`.
    #[param(value_type = String, example = "docx")]
    format: Format,
    /// Id of a passage; repeated for more, up to 500, in the order of the file. Several of
    /// one document in short: `p=8dc22e0c5b53-113.127`. A `note` belongs to the one before it.
    #[param(value_type = Vec<String>, required = false)]
    id: Picked,
    /// `1` brings the passages of a document together in a Word or Markdown file, `0` leaves
    /// them in their order. Those of a search are brought together without it.
    #[param(required = false, example = "1")]
    group: Option<bool>,
    /// In place of ids, a search with its filters: all that it found is taken, up to
    /// 500 passages.
    #[param(ignore)]
    search: SearchParams,
}

impl FromPairs for ExportParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut id = Picked::default();
        let mut group = None;
        let mut search = SearchParams::default();
        let mut format = String::new();
        for (name, value) in pairs {
            match name.as_str() {
                "format" => format = value,
                "group" => group = Some(flag("group", &value)?),
                _ if id.take(&name, &value)? => {}
                _ => drop(search.take(&name, &value)?),
            }
        }
        search.request(0)?;
        let known = FORMATS.iter().find(|(name, _)| *name == format.trim());
        let Some((_, format)) = known else {
            let names = FORMATS.map(|(name, _)| name.to_owned()).to_vec();
            return Err(BadParameter::new("format", format, Expected::OneOf(names)));
        };
        if id.is_empty() && search.is_empty() {
            return Err(BadParameter::new("id", "", Expected::IdsTo(MAX_IDS)));
        }
        Ok(Self {
            format: *format,
            id,
            group,
            search,
        })
    }
}

/// A passage with its number in the file and its whole address.
struct Entry {
    number: usize,
    excerpt: Excerpt,
    address: String,
}

/// Exports passages.
#[utoipa::path(
    get,
    path = "/export",
    description = "Gives passages with path, citations and address as a file to save.",
    params(ExportParams, SearchParams),
    responses(
        (status = 200, description = "The file"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
        (status = 404, description = "There is no passage of an id", content_type = "text/html"),
    )
)]
pub(super) async fn handle(
    State(index): State<Arc<Index>>,
    Origin(origin): Origin,
    Params(params): Params<ExportParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || answer(&index, &origin, &params)).await
}

/// Exports passages that a form names, for lists too long for an address.
#[utoipa::path(
    post,
    path = "/export",
    description = "The same for a form, when the ids are too many for an address.",
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The file"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
        (status = 404, description = "There is no passage of an id", content_type = "text/html"),
        (status = 413, description = "The form is too large", content_type = "text/html"),
    )
)]
pub(super) async fn handle_form(
    State(index): State<Arc<Index>>,
    Origin(origin): Origin,
    Form(params): Form<ExportParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || answer(&index, &origin, &params)).await
}

fn answer(index: &Index, origin: &str, params: &ExportParams) -> Result<Answer, ServiceError> {
    let snapshot = index.snapshot();
    let is_found = params.id.is_empty();
    let excerpts = if is_found {
        Excerpts::found_by(&*snapshot, &params.search)?
    } else {
        Excerpts::of(&*snapshot, &params.id)?
    };
    if !excerpts.missing.is_empty() {
        let named = excerpts.missing.iter().take(MAX_NAMED_IDS);
        let mut named: Vec<&str> = named.map(String::as_str).collect();
        if excerpts.missing.len() > MAX_NAMED_IDS {
            named.push("…");
        }
        return Err(ServiceError::NoPassage(named.join(", ")));
    }
    let mut found = excerpts.found;
    if params.group.unwrap_or(is_found) && params.format.is_to_read() {
        gather(&mut found);
    }
    let entries = numbered(found, |excerpt| format!("{origin}{}", excerpt.href));
    let search = if is_found {
        params.search.clone()
    } else {
        SearchParams::default()
    };
    let made = Made {
        is_whole: is_found && search == SearchParams::default().within_all(&search.doc),
        filter: choice::line(&*snapshot, &search),
        query: search.q,
        day: naming::today(),
    };
    let (content_type, suffix) = params.format.kind();
    let name = naming::disposition(&made.stem(&entries), suffix);
    let bytes = write(&entries, &made, params.format)?;
    Ok(Answer::file(content_type, name, bytes))
}

/// Numbers passages in their order and gives them their addresses.
fn numbered(found: Vec<Excerpt>, address: impl Fn(&Excerpt) -> String) -> Vec<Entry> {
    let numbered = (1..).zip(found);
    numbered
        .map(|(number, excerpt)| Entry {
            number,
            address: address(&excerpt),
            excerpt,
        })
        .collect()
}

fn write(entries: &[Entry], made: &Made, format: Format) -> Result<Vec<u8>, ServiceError> {
    match format {
        Format::Docx => docx::write(entries, &made.line(entries.len())),
        Format::Xlsx => xlsx::write(entries),
        Format::Csv => csv::write(entries),
        Format::Markdown => Ok(markdown::write(entries, &made.line(entries.len())).into_bytes()),
    }
}

/// Brings what comes from one document together, at the place of its first.
fn gather(found: &mut [Excerpt]) {
    let mut places: HashMap<[String; 3], usize> = HashMap::new();
    let key = |excerpt: &Excerpt| {
        let (title, number, date) = excerpt.document();
        [title, number, date].map(str::to_owned)
    };
    for excerpt in found.iter() {
        let next = places.len();
        places.entry(key(excerpt)).or_insert(next);
    }
    found.sort_by_key(|excerpt| places.get(&key(excerpt)).copied());
}

/// The hits of a search as a file; `query` is what found them. They have no address.
///
/// # Errors
/// [`ServiceError`] when it cannot be written.
pub fn hits(hits: &[Hit], query: &str, format: Format) -> Result<Vec<u8>, ServiceError> {
    let excerpts = hits.iter().map(|hit| Excerpt {
        citation: hit.citation.clone(),
        ..Excerpt::new(&hit.doc, &hit.passage)
    });
    let mut found: Vec<Excerpt> = excerpts.collect();
    if format.is_to_read() {
        gather(&mut found);
    }
    let made = Made {
        query: query.to_owned(),
        filter: String::new(),
        is_whole: false,
        day: naming::today(),
    };
    write(&numbered(found, |_| String::new()), &made, format)
}

/// The columns of a table of entries.
const COLUMNS: [&str; 14] = [
    "序号",
    "原文",
    "附注",
    "所在表格",
    "所在章节",
    "文件题名",
    "发文机关",
    "发文字号",
    "成文日期",
    "出处",
    "公文引用",
    "GB/T 7714—2025",
    "GB/T 7714—2015",
    "地址",
];

impl Entry {
    /// Its cells under [`COLUMNS`].
    fn cells(&self) -> [String; COLUMNS.len()] {
        let excerpt = &self.excerpt;
        [
            self.number.to_string(),
            excerpt.text.clone(),
            excerpt.note.clone(),
            excerpt.table.clone().unwrap_or_default(),
            excerpt
                .path
                .iter()
                .map(|label| words::label(label))
                .collect::<Vec<_>>()
                .join(" › "),
            excerpt.title.clone(),
            excerpt.issuers.clone(),
            excerpt.doc_number.clone(),
            excerpt.date.clone(),
            excerpt.citation.clone(),
            excerpt.citations.official.clone(),
            excerpt.citations.gbt7714_2025.clone(),
            excerpt.citations.gbt7714_2015.clone(),
            self.address.clone(),
        ]
    }
}

/// Says whether a spreadsheet program would take this text for a formula.
///
/// Programs for Chinese and Japanese take marks of full width too.
pub(super) fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_start_of_a_formula_is_known() {
        for text in ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "＝1", "－2"] {
            assert!(looks_like_formula(text), "{text}");
        }
        for text in ["", "氢能", "第1条", "a=b", "《=》"] {
            assert!(!looks_like_formula(text), "{text}");
        }
    }
}
