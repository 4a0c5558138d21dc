//! `GET /export` and `POST /export`: passages as a file to work on.
//!
//! The passages come from ids, so nothing of a basket is kept here. Every format
//! holds the text, where it stands, all citations and the address.

mod csv;
mod docx;
mod markdown;
mod xlsx;

pub(super) use xlsx::fitting;

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use utoipa::IntoParams;

use super::answer::Answer;
use super::bad_parameter::{BadParameter, Expected};
use super::error::ServiceError;
use super::excerpt::{Excerpt, Excerpts, Ids, MAX_IDS};
use super::extract::{Form, FromPairs, Origin, Params};
use super::params::SearchParams;
use super::work;
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
    /// Id of a passage; repeated for more, up to 500, in the order of the file.
    #[param(value_type = Vec<String>, required = false)]
    id: Ids,
    /// In place of ids, a search with its filters: all that it found is taken, up to
    /// 500 passages.
    #[param(ignore)]
    search: SearchParams,
}

impl FromPairs for ExportParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut id = Ids::default();
        let mut search = SearchParams::default();
        let mut format = String::new();
        for (name, value) in pairs {
            match name.as_str() {
                "id" => id.take(&value)?,
                "format" => format = value,
                _ => drop(search.take(&name, &value)?),
            }
        }
        search.request(0)?;
        let known = FORMATS.iter().find(|(name, _)| *name == format.trim());
        let Some((_, format)) = known else {
            let names = FORMATS.map(|(name, _)| name.to_owned()).to_vec();
            return Err(BadParameter::new("format", format, Expected::OneOf(names)));
        };
        if id.as_slice().is_empty() && search.is_empty() {
            return Err(BadParameter::new("id", "", Expected::IdsTo(MAX_IDS)));
        }
        Ok(Self {
            format: *format,
            id,
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
    let excerpts = if params.id.as_slice().is_empty() {
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
    let is_found = params.id.as_slice().is_empty();
    let query = is_found.then_some(params.search.q.as_str());
    let mut found = excerpts.found;
    if is_found && params.format == Format::Docx {
        gather(&mut found);
    }
    let numbered = (1..).zip(found);
    let entries: Vec<Entry> = numbered
        .map(|(number, excerpt)| Entry {
            number,
            address: format!("{origin}{}", excerpt.href),
            excerpt,
        })
        .collect();
    Ok(match params.format {
        Format::Docx => Answer::file(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "attachment; filename=\"excerpts.docx\"; filename*=UTF-8''%E6%91%98%E5%BD%95.docx",
            docx::write(&entries, query.filter(|query| !query.is_empty()))?,
        ),
        Format::Xlsx => Answer::file(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "attachment; filename=\"excerpts.xlsx\"; filename*=UTF-8''%E6%91%98%E5%BD%95.xlsx",
            xlsx::write(&entries)?,
        ),
        Format::Csv => Answer::file(
            "text/csv; charset=utf-8",
            "attachment; filename=\"excerpts.csv\"; filename*=UTF-8''%E6%91%98%E5%BD%95.csv",
            csv::write(&entries)?,
        ),
        Format::Markdown => Answer::file(
            "text/markdown; charset=utf-8",
            "attachment; filename=\"excerpts.md\"; filename*=UTF-8''%E6%91%98%E5%BD%95.md",
            markdown::write(&entries).into_bytes(),
        ),
    })
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
    if format == Format::Docx {
        gather(&mut found);
    }
    let entries: Vec<Entry> = (1..)
        .zip(found)
        .map(|(number, excerpt)| Entry {
            number,
            address: String::new(),
            excerpt,
        })
        .collect();
    let query = Some(query).filter(|query| !query.is_empty());
    match format {
        Format::Docx => docx::write(&entries, query),
        Format::Xlsx => xlsx::write(&entries),
        Format::Csv => csv::write(&entries),
        Format::Markdown => Ok(markdown::write(&entries).into_bytes()),
    }
}

/// The columns of a table of entries.
const COLUMNS: [&str; 13] = [
    "序号",
    "原文",
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
            excerpt.table.clone().unwrap_or_default(),
            excerpt.path.join(" › "),
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
