//! `GET /documents/{id}`: a document to read, with what was found in view.

use std::ops::Range;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use utoipa::IntoParams;

use super::blocks::{Block, Reading};
use super::facts::{Fact, facts};
use super::frame::Frame;
use super::marking::Marking;
use super::matches::{Match, Matches};
use super::outline::{OutlineStep, n_shared, outline};
use super::paging::Paging;
use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, flag, number};
use crate::error::ServiceError;
use crate::extract::{FromPairs, Id, Params};
use crate::params::SearchParams;
use crate::words;
use crate::{address, original, work};
use plansearch_engine::{DocumentRecord, Engine, Fate, PassageRecord};
use plansearch_evolve::MAX_TERMS;
use plansearch_index::Index;
use plansearch_search::{self as search, Marker, Request};

/// Passages on one page; a longer document is shown in parts.
const PART_PASSAGES: usize = 500;

/// Up to so many passages the whole document is read for the outline and the
/// matches; of a longer one only the part that is shown.
const MAX_WHOLE: usize = 10_000;

/// Up to so many passages a document is shown whole to who asks for that.
const MAX_AT_ONCE: usize = 3000;

/// Highest number of a part that can be asked for.
const MAX_PART: usize = 1_000_000;

/// What to show of a document. The parameters of a search may stand beside:
/// `q` is marked, and all lead back to the results.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReaderParams {
    /// Id of a passage to show as found.
    #[param(required = false)]
    p: String,
    /// Which part of a long document to show, from 1.
    #[param(required = false, default = 1, minimum = 1)]
    part: usize,
    /// Name of a section to show, as links to sections have it.
    #[param(required = false)]
    s: String,
    /// `1` shows a long document whole, up to 3,000 passages.
    #[param(required = false, default = "0")]
    whole: bool,
    /// What became of the passage that an earlier address named, where the service has sent
    /// the reader on from there: `changed` or `gone`.
    #[param(required = false)]
    was: String,
    #[param(ignore)]
    search: SearchParams,
}

impl FromPairs for ReaderParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "p" => params.p = value,
                "s" => params.s = value,
                "was" => params.was = value,
                "whole" => params.whole = flag("whole", &value)?,
                "part" => params.part = number("part", &value, MAX_PART)?,
                _ => drop(params.search.take(&name, &value)?),
            }
        }
        params.search.request(0)?;
        Ok(params)
    }
}

/// Whether a document can be shown whole.
fn fits_at_once(doc: &DocumentRecord) -> bool {
    doc.n_passages <= MAX_AT_ONCE
}

impl ReaderParams {
    /// How many passages of a document stand on a page.
    fn part_passages(&self, doc: &DocumentRecord) -> usize {
        if self.whole && fits_at_once(doc) {
            MAX_AT_ONCE
        } else {
            PART_PASSAGES
        }
    }
}

#[derive(Template)]
#[template(path = "reader.html", config = "../../web/askama.toml")]
struct ReaderPage {
    frame: Frame,
    id: String,
    title: String,
    facts: Vec<Fact>,
    attachments: Vec<String>,
    /// Forms of a file of the whole text, with their addresses.
    files: Vec<(&'static str, String)>,
    /// What the link to the file that it was read from says, and its address, where that
    /// still lies in its place.
    original: Option<(&'static str, String)>,
    /// The citation of the whole.
    citation: String,
    warnings: Vec<String>,
    dropped: Vec<(String, String)>,
    back: Option<String>,
    query: String,
    /// Addresses of the use of what was asked, and of what other documents say on it.
    ways_on: Option<(String, String)>,
    /// What is marked, in words.
    marked: String,
    matches: Option<MatchView>,
    outline: Vec<OutlineStep>,
    blocks: Vec<Block>,
    paging: Paging,
    /// Number of the part that is shown.
    part: usize,
    /// How many passages a part has.
    part_passages: usize,
    /// The address of the whole, where it can be shown at once.
    at_once: Option<String>,
    found: Option<FoundView>,
    /// What the address asks for and the document does not have.
    missing: Option<&'static str>,
    /// What became of the passage that an earlier address named.
    was: Option<&'static str>,
    /// Whether some of the text was recognised from pictures.
    is_recognised: bool,
    /// What the print view says of its source: number and date, and address.
    source: String,
    address: Option<String>,
}

/// The forms of a file of a whole document, with their addresses.
fn files(id: &str) -> Vec<(&'static str, String)> {
    let whole = SearchParams::default().within(id);
    let file = |(name, format)| (name, address::export_of(&whole, format));
    words::FILES.into_iter().map(file).collect()
}

/// The matches of the search in the document.
struct MatchView {
    n_marks: String,
    n_passages: String,
    /// Whether only the part that is shown was looked at.
    is_of_part: bool,
    /// Which of the passages with matches is shown as found.
    position: Option<String>,
    previous: Option<String>,
    next: Option<String>,
    /// Those in other parts of the document.
    beyond: Beyond,
}

/// The matches before and behind the part of a document that is shown.
struct Beyond {
    n_before: usize,
    n_after: usize,
    /// The last before.
    before: Option<String>,
    /// The first behind.
    after: Option<String>,
}

/// The passage that was asked for, and its neighbours.
struct FoundView {
    idx: usize,
    previous: Option<String>,
    next: Option<String>,
}

/// Shows a document.
#[utoipa::path(
    get,
    path = "/documents/{id}",
    description = "The page to read a document. Every passage has the anchor `#p{idx}`.",
    params(
        ("id" = String, Path, description = "Id of the document"),
        ReaderParams,
        SearchParams
    ),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
        (status = 404, description = "There is no such document", content_type = "text/html"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Id(id): Id,
    Params(params): Params<ReaderParams>,
    headers: HeaderMap,
) -> Result<Answer, ServiceError> {
    let host = host(&headers);
    work::answer(move || answer(&*index.snapshot(), &id, &params, host.as_deref())).await
}

/// The host that was asked, for the line that a printed page ends with.
fn host(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    host.bytes().all(is_host).then(|| host.to_owned())
}

/// What an address asks for.
enum Wanted<'a> {
    /// A document, and the passage that is named.
    Here(&'a DocumentRecord, Option<Box<PassageRecord>>),
    /// What has another address since its file was edited.
    Elsewhere(String),
}

fn wanted<'a>(
    snapshot: &'a dyn Engine,
    id: &str,
    params: &ReaderParams,
) -> Result<Wanted<'a>, ServiceError> {
    let Some(doc) = snapshot.catalog().now(id) else {
        return Err(ServiceError::NoDocument(id.to_owned()));
    };
    let followed = match params.p.as_str() {
        "" => None,
        passage => snapshot.passage_now(passage)?,
    };
    let followed = followed.filter(|(found, _)| found.doc == doc.id);
    let is_other = |(found, _): &(PassageRecord, Fate)| found.id != params.p;
    if doc.id != id || followed.as_ref().is_some_and(is_other) {
        return Ok(Wanted::Elsewhere(address_now(
            params,
            doc,
            followed.as_ref(),
        )));
    }
    Ok(Wanted::Here(
        doc,
        followed.map(|(found, _)| Box::new(found)),
    ))
}

/// The address now of a document that was edited, or of what stands for a passage in it.
fn address_now(
    params: &ReaderParams,
    doc: &DocumentRecord,
    followed: Option<&(PassageRecord, Fate)>,
) -> String {
    match followed {
        Some((found, fate)) => {
            address::followed(&params.search, &doc.id, &found.id, found.idx, *fate)
        }
        None => address::marked_document(&params.search, &doc.id),
    }
}

fn answer(
    snapshot: &dyn Engine,
    id: &str,
    params: &ReaderParams,
    host: Option<&str>,
) -> Result<Answer, ServiceError> {
    let (doc, found) = match wanted(snapshot, id, params)? {
        Wanted::Here(doc, found) => (doc, found),
        Wanted::Elsewhere(address) => return Ok(Answer::elsewhere(address)),
    };
    let part_passages = params.part_passages(doc);
    let n_parts = doc.n_passages.div_ceil(part_passages).max(1);
    let is_whole = doc.n_passages <= MAX_WHOLE;
    let mut read = if is_whole {
        snapshot.passages_of(id, 0..doc.n_passages)?
    } else {
        Vec::new()
    };
    let section = first_of_section(&read, &params.s);
    let part = match found.as_ref().map(|found| found.idx).or(section) {
        Some(idx) => idx / part_passages + 1,
        None => params.part.clamp(1, n_parts),
    };
    let first = (part - 1) * part_passages;
    if !is_whole {
        read = snapshot.passages_of(id, first..first + part_passages)?;
    }
    let is_shown = |passage: &&PassageRecord| (first..first + part_passages).contains(&passage.idx);
    let start = read.partition_point(|passage| passage.idx < first);
    let n_shown = read.iter().skip(start).take_while(is_shown).count();
    let shown = read.get(start..start + n_shown).unwrap_or_default();
    let search = &params.search;
    let marker = marker(snapshot, search)?;
    let marking = Marking::new(search, &marker);
    let matches = Matches::of(&read, &marking);
    let plain = SearchParams::default().asking(search.q.clone());
    let has_original = original::path(doc).is_some();
    let reading = Reading {
        doc,
        has_original,
        marking: &marking,
        search: &plain,
        found: found.as_ref().map(|found| found.id.as_str()),
    };
    let missing = if found.is_none() && !params.p.is_empty() {
        Some("段落")
    } else if section.is_none() && !params.s.is_empty() && is_whole {
        Some("章节")
    } else {
        None
    };
    let links = Links { search, id };
    let own_address = match &found {
        Some(found) => address::passage(&SearchParams::default(), id, &found.id, found.idx),
        None => address::document(id),
    };
    Answer::page(&ReaderPage {
        frame: Frame {
            kept: Vec::new(),
            ..Frame::new(words::title(doc), search).with_scripts(&["reader.js"])
        },
        id: id.to_owned(),
        title: words::title(doc),
        facts: facts(doc),
        attachments: doc.attachments.clone(),
        original: has_original.then(|| words::original_of(doc, shown, found.as_deref())),
        files: files(id),
        citation: words::citation(doc),
        warnings: doc.warnings.iter().map(words::warning).collect(),
        dropped: doc.dropped.clone(),
        back: (!search.is_empty()).then(|| address::search(search)),
        query: search.q.clone(),
        ways_on: (!search.q.is_empty()).then(|| {
            let words: Vec<&str> = search.q.split_whitespace().take(MAX_TERMS).collect();
            (address::evolve_of(&words), address::topic(&search.q))
        }),
        marked: marked(search),
        matches: Marking::marks_anything(search).then(|| {
            let idx = found.as_ref().map(|found| found.idx);
            let part = first..first + part_passages;
            links.matches(&matches, idx, part, !is_whole)
        }),
        outline: outline(&read, |idx| match idx / part_passages + 1 {
            number if number == part => format!("#p{idx}"),
            number => format!("{}#p{idx}", address::part(search, id, number)),
        }),
        blocks: reading.blocks(shown),
        paging: Paging::new(doc.n_passages, part_passages, first, |offset| {
            address::part(search, id, offset / part_passages + 1)
        }),
        part,
        part_passages,
        at_once: fits_at_once(doc).then(|| address::whole_document(search, id)),
        missing,
        is_recognised: shown.iter().any(|passage| passage.is_recognised),
        was: Fate::from_name(&params.was).and_then(words::fate),
        found: found.map(|found| links.found(&read, found.idx)),
        source: words::source_facts(doc).join("，"),
        address: host.map(|host| format!("{host}{own_address}")),
    })
}

/// What is marked, in words.
fn marked(search: &SearchParams) -> String {
    if search.q.is_empty() {
        format!("主题“{}”的词语", search.theme.join("”“"))
    } else {
        format!("“{}”", search.q)
    }
}

/// What the search that led here marks, as its results do.
fn marker(snapshot: &dyn Engine, search: &SearchParams) -> Result<Marker, ServiceError> {
    if search.q.is_empty() {
        return Ok(Marker::default());
    }
    let request = Request {
        limit: 0,
        offset: 0,
        ..search.request(0)?
    };
    Ok(search::search(snapshot, &request)?.marker)
}

/// Number of the first passage of the section with this anchor.
fn first_of_section(passages: &[PassageRecord], anchor: &str) -> Option<usize> {
    if anchor.is_empty() {
        return None;
    }
    let mut before: &[String] = &[];
    for passage in passages {
        let n_same = n_shared(before, &passage.path);
        for depth in n_same + 1..=passage.path.len() {
            let path = passage.path.get(..depth)?;
            if address::section_anchor(path) == anchor {
                return Some(passage.idx);
            }
        }
        before = &passage.path;
    }
    None
}

/// Makes the links from passage to passage that keep the search.
struct Links<'a> {
    search: &'a SearchParams,
    id: &'a str,
}

impl Links<'_> {
    fn to(&self, id: &str, idx: usize) -> String {
        address::passage(&self.search.at(0), self.id, id, idx)
    }

    fn to_match(&self, found: &Match) -> String {
        self.to(&found.id, found.idx)
    }

    /// The matches, and those before and behind the passage that is shown.
    fn matches(
        &self,
        matches: &Matches,
        found: Option<usize>,
        part: Range<usize>,
        is_of_part: bool,
    ) -> MatchView {
        let next = match found {
            Some(idx) => matches.after(idx),
            None => matches.passages.first(),
        };
        MatchView {
            n_marks: words::count(matches.n_marks()),
            n_passages: words::count(matches.passages.len()),
            is_of_part,
            position: found
                .and_then(|idx| matches.position(idx))
                .map(words::count),
            previous: found
                .and_then(|idx| matches.before(idx))
                .map(|found| self.to_match(found)),
            next: next.map(|found| self.to_match(found)),
            beyond: Beyond {
                n_before: matches.n_marks_before(part.start),
                n_after: matches.n_marks() - matches.n_marks_before(part.end),
                before: matches.before(part.start).map(|found| self.to_match(found)),
                after: (part.end.checked_sub(1))
                    .and_then(|last| matches.after(last))
                    .map(|found| self.to_match(found)),
            },
        }
    }

    /// The passage that was asked for with the passages around it.
    fn found(&self, passages: &[PassageRecord], idx: usize) -> FoundView {
        let at = |idx: usize| {
            let at = passages.binary_search_by_key(&idx, |passage| passage.idx);
            let passage = passages.get(at.ok()?)?;
            Some(self.to(&passage.id, idx))
        };
        FoundView {
            idx,
            previous: idx.checked_sub(1).and_then(at),
            next: at(idx + 1),
        }
    }
}
