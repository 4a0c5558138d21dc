//! A request and its answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::across::{Across, across};
use super::attempt::{Attempt, FEW, Firm, attempt};
use super::boolean::{lower, lower_unmarked};
use super::explain::explain;
use super::lower::Lowered;
use super::marker::Marker;
use super::marks::Needles;
use super::meaning::StandIn;
use super::rules::LibraryRules;
use super::snippet::{self, Snippet};
use super::understand::understand;
use plansearch_document::Date;
use plansearch_document::citation::Cited;
use plansearch_engine::{
    Clause, DocumentRecord, Engine, EngineError, FacetPick, Facets, Filter, Lookup, PassageRecord,
    Place, Sort,
};
use plansearch_query::{Node, Notice, Query};

/// What a person or a program asks for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The query as typed.
    pub query: String,
    /// Where hits may come from.
    pub filter: Filter,
    /// Whether passages with a part of the words follow only where none has all, and not
    /// already where few have.
    pub is_whole: bool,
    /// A term that every passage has to have beside it, whatever is given up.
    pub mark: Option<&'static str>,
    /// Order of hits. A query without words, empty or of fields and exclusions
    /// alone, lists in document order all the same. By relevance, passages about a
    /// theme of the filter stand before those that only mention one.
    pub sort: Sort,
    /// How passages of the same text are shown when the order is by relevance.
    pub same_text: SameText,
    /// Whether hits say why they stand where they do.
    pub is_explained: bool,
    /// Lists documents, best first, with at most so many hits of each, its best first;
    /// `offset` and `limit` then count documents.
    pub each_document: Option<usize>,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to return.
    pub limit: usize,
    /// How many values of a facet to return, at most; 0 counts no facets.
    pub max_facet_values: usize,
    /// Lists values of this facet alone, searched by a part of their labels.
    pub facet: Option<FacetPick>,
}

/// How passages of the same text are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SameText {
    /// Each is a hit.
    #[default]
    Apart,
    /// They are one hit, at the place of the best.
    Together,
    /// One hit for a query of words alone; phrases, operators and fields promise
    /// every passage, so each is a hit.
    TogetherForWords,
}

/// The answer to a request.
#[derive(Debug, Clone)]
pub struct Response {
    /// The query as typed.
    pub query: String,
    /// How long the search took.
    pub took: Duration,
    /// How many passages match, exactly.
    pub total: usize,
    /// How many hits they make, which is what paging counts: fewer than passages
    /// where those of the same text are one hit, documents where these are listed.
    pub n_hits: usize,
    /// Where documents are listed: id and number of matching passages of each, in
    /// the order of the hits.
    pub documents: Vec<(String, usize)>,
    /// Whether not every word could be required.
    pub is_relaxed: bool,
    /// Where not every word could be required: how many passages have all words, where
    /// these stand first by relevance; else 0.
    pub n_with_all: usize,
    /// How the query was understood.
    pub notices: Vec<Notice>,
    /// Another query that may have been meant.
    pub suggestion: Option<String>,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// Counts per facet value.
    pub facets: Facets,
    /// What the answer marks, for texts that it does not hold itself.
    pub marker: Marker,
}

/// One passage of an answer with all that a person needs to use it.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Its score; 0 when nothing was scored.
    pub score: f32,
    /// The passage.
    pub passage: Arc<PassageRecord>,
    /// Its document.
    pub doc: Arc<DocumentRecord>,
    /// The cut that shows why it was found.
    pub snippet: Snippet,
    /// Words of the query that do not stand in it themselves, with what stands for
    /// them.
    pub stand_ins: Vec<StandIn>,
    /// The citation to paste.
    pub citation: String,
    /// How many other passages of the same text the hit stands for.
    pub n_same_text: usize,
    /// The first of them.
    pub same_text: Vec<SamePlace>,
    /// Why it stands where it does, line by line; empty when not asked for.
    pub explanation: Vec<String>,
}

/// Another place of the same text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamePlace {
    /// Id of the passage.
    pub passage: String,
    /// Its number in the document.
    pub idx: usize,
    /// Id of the document.
    pub doc: String,
    /// Title of the document.
    pub title: String,
}

impl Hit {
    /// The words that stand for words of the query: 近义：养老机构（养老院）.
    pub fn stand_ins_line(&self) -> Option<String> {
        let met = self.stand_ins.iter();
        let met: Vec<String> = met
            .map(|stand_in| format!("{}（{}）", stand_in.text, stand_in.word))
            .collect();
        (!met.is_empty()).then(|| format!("近义：{}", met.join("、")))
    }
}

/// Why a request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// A theme of the filter is in no catalogue of this library.
    #[error("there is no theme `{name}`; hint: the themes are {}", known.join("、"))]
    UnknownTheme {
        /// The name given.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The index failed.
    #[error(transparent)]
    Index(#[from] EngineError),
}

impl SearchError {
    /// The known names stand in the order of what they share with the unknown one.
    pub(super) fn unknown_theme(name: &str, known: &[String]) -> Self {
        let mut known = known.to_vec();
        known.sort_by_key(|theme| {
            let n_shared = theme.chars().filter(|c| name.contains(*c)).count();
            (std::cmp::Reverse(n_shared), !theme.contains(name))
        });
        Self::UnknownTheme {
            name: name.to_owned(),
            known,
        }
    }
}

/// Answers a request.
///
/// # Errors
/// [`SearchError`] for a theme that does not exist, or when the index fails.
pub fn search(snapshot: &dyn Engine, request: &Request) -> Result<Response, SearchError> {
    let started = Instant::now();
    check_themes(snapshot, &request.filter)?;
    let (query, mut notices) = understand(snapshot, &request.query);
    let mut lookup = lookup_of(request, &query);
    let few = if request.is_whole { 1 } else { FEW };
    let plain = query.plain_runs().filter(|runs| !runs.is_empty());
    let rules = LibraryRules::of(snapshot);
    let mut unmarked = None;
    let mut is_pasted = false;
    let is_long_text = is_long_text(&query, &request.query);
    let firm =
        firm_and_words(&query).filter(|_| !is_long_text && !request.query.contains(['(', '（']));
    let as_text = |mut lookup: Lookup, notice: &str| -> Result<Attempt, SearchError> {
        let text: Vec<&str> = request.query.split_whitespace().collect();
        lookup.is_same_together = request.same_text != SameText::Apart;
        let mut answer = attempt(snapshot, &text, None, &rules.all(), few, lookup)?;
        answer.notices.insert(0, Notice(notice.to_owned()));
        Ok(answer)
    };
    let mut answer = if let Some(runs) = &plain {
        attempt(snapshot, runs, None, &rules.all(), few, lookup.clone())?
    } else if is_long_text {
        is_pasted = true;
        as_text(
            lookup.clone(),
            "这段文字较长，不计其中的引号和符号，按词语查找",
        )?
    } else if let Some((firm, runs)) = &firm {
        attempt(
            snapshot,
            runs,
            Some(firm),
            &rules.all(),
            few,
            lookup.clone(),
        )?
    } else {
        exactly(snapshot, lower(&query), &mut lookup)?
    };
    if plain.is_none() && !is_pasted && answer.found.n_matches == 0 {
        if let Some(Across { lowered, text }) = across(snapshot, &query)? {
            answer = exactly(snapshot, lowered, &mut lookup)?;
            let notice = "这段文字从标题或条号连到正文，以下是标题后的正文";
            answer.notices.push(Notice(notice.to_owned()));
            unmarked = Some(Needles::of(&text));
        } else if let Some((lowered, test)) = lower_unmarked(&query) {
            let other = exactly(snapshot, lowered, &mut lookup)?;
            if other.found.n_matches > 0 {
                answer = other;
                let notice = "没有标点与所查完全一致的原文，以下不计句内标点（不跨句号）";
                answer.notices.push(Notice(notice.to_owned()));
                unmarked = Some(Needles::of_test(test));
            }
        }
        if answer.found.n_matches == 0 && looks_pasted(&request.query) {
            let notice = "这段文字没有整段出现，已不计其中的引号和符号，按词语查找";
            answer = as_text(lookup, notice)?;
            is_pasted = true;
        }
    }
    notices.append(&mut answer.notices);
    notices.extend(rules.notices(&answer.lowered.stand_ins));
    let meant = if answer.runs.is_empty() || firm.is_some() && !is_pasted {
        query
    } else {
        Query {
            root: Node::all(answer.runs.drain(..).map(Node::Run)),
        }
    };
    let stand_ins = std::mem::take(&mut answer.lowered.stand_ins);
    let needles = unmarked.unwrap_or_else(|| Needles::with_names(&meant, &rules.all()));
    let marker = Marker::new(needles, stand_ins, answer.is_relaxed);
    Ok(Response {
        query: request.query.clone(),
        total: answer.found.total,
        n_hits: answer.found.n_hits,
        documents: std::mem::take(&mut answer.found.documents),
        is_relaxed: answer.is_relaxed,
        n_with_all: answer.n_with_all,
        notices,
        suggestion: answer.suggestion.take(),
        hits: hits(snapshot, &marker, &mut answer),
        facets: answer.found.facets,
        marker,
        took: started.elapsed(),
    })
}

/// What is looked up for a request, but for the words.
fn lookup_of(request: &Request, query: &Query) -> Lookup {
    Lookup {
        also: request.mark.map_or(Clause::Everything, Clause::holds),
        filter: request.filter.clone(),
        sort: if query.texts().is_empty() && request.sort == Sort::Relevance {
            Sort::Document
        } else {
            request.sort
        },
        is_same_together: match request.same_text {
            SameText::Apart => false,
            SameText::Together => true,
            SameText::TogetherForWords => query.plain_runs().is_some(),
        },
        is_explained: request.is_explained,
        each_document: request.each_document,
        offset: request.offset,
        limit: request.limit,
        is_about_first: request.sort == Sort::Relevance,
        max_facet_values: request.max_facet_values,
        facet: request.facet.clone(),
        ..Lookup::new(Clause::Everything)
    }
}

/// The phrases, fields and figures of a row of these and words, and the words; nothing where there
/// are no words or other operators.
fn firm_and_words(query: &Query) -> Option<(Firm, Vec<&str>)> {
    let (mut firm, mut words) = (Vec::new(), Vec::new());
    let mut has_phrase = false;
    for node in query.required() {
        match node {
            Node::Run(text) => words.push(text.as_str()),
            Node::Phrase(_) | Node::Pieces(_) | Node::Field(..) | Node::Figure(_) => {
                has_phrase |= matches!(node, Node::Phrase(_) | Node::Pieces(_));
                firm.push(node.clone());
            }
            _ => return None,
        }
    }
    if words.is_empty() || firm.is_empty() {
        return None;
    }
    let root = Node::all(firm);
    let lowered = lower(&Query { root });
    Some((
        Firm {
            lowered,
            has_phrase,
        },
        words,
    ))
}

/// From so many characters a query with marks in its midst is running text.
const MIN_PASTED_CHARS: usize = 16;

const MARKS_OF_TEXT: &str = "“”\"‘’「」『』()（）〔〕[]【】";

/// Whether a query is a piece of running text whose marks are no operators: long,
/// and with a quotation or bracket that touches the text around it.
fn looks_pasted(typed: &str) -> bool {
    let chars: Vec<char> = typed.chars().collect();
    let is_touching = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        let behind = chars.get(at + 1);
        MARKS_OF_TEXT.contains(chars[at])
            && [before, behind]
                .iter()
                .all(|c| c.is_some_and(|c| !c.is_whitespace()))
    };
    chars.len() >= MIN_PASTED_CHARS && (0..chars.len()).any(is_touching)
}

/// From so many characters running text with marks in its midst is no query with phrases.
const MIN_LONG_CHARS: usize = 200;

/// Whether a query is long running text in which quotation marks are no operators.
fn is_long_text(query: &Query, typed: &str) -> bool {
    let is_run = |node: &Node| matches!(node, Node::Run(_));
    let nodes = query.required();
    typed.chars().nth(MIN_LONG_CHARS).is_some()
        && nodes.iter().any(is_run)
        && nodes
            .iter()
            .all(|node| is_run(node) || matches!(node, Node::Phrase(_)))
        && query.plain_runs().is_none()
        && looks_pasted(typed)
}

/// What a lowered query finds, with nothing given up.
fn exactly(
    snapshot: &dyn Engine,
    lowered: Lowered,
    lookup: &mut Lookup,
) -> Result<Attempt, SearchError> {
    lookup.clause = lowered.strict.clone();
    lookup.evidence = lowered.evidence.clone();
    Ok(Attempt {
        found: snapshot.find(lookup)?,
        lowered,
        runs: Vec::new(),
        is_relaxed: false,
        n_with_all: 0,
        notices: Vec::new(),
        suggestion: None,
    })
}

/// Stands behind the citation of a passage that was recognised from a picture.
const RECOGNISED: &str = "（文字由扫描件识别，请核对原件）";

/// The citation of a passage of `doc`.
pub fn cite(doc: &DocumentRecord, passage: &PassageRecord) -> String {
    let cited = Cited {
        title: &doc.title,
        doc_number: doc.doc_number.as_deref(),
        date: doc.date.as_deref().and_then(Date::parse_iso),
    };
    let mut citation = cited.cite(&passage.path, passage.paragraph_no);
    // Counted in the file, which may differ from the number printed on the page.
    if let Some(page) = passage.page {
        citation.push_str("，PDF第");
        citation.push_str(&page.to_string());
        citation.push('页');
    }
    if passage.is_recognised {
        citation.push_str(RECOGNISED);
    }
    citation
}

fn hits(snapshot: &dyn Engine, marker: &Marker, answer: &mut Attempt) -> Vec<Hit> {
    std::mem::take(&mut answer.found.hits)
        .into_iter()
        .map(|hit| {
            let doc = snapshot
                .catalog()
                .shared(&hit.passage.doc)
                .cloned()
                .unwrap_or_default();
            let text = &hit.passage.text;
            let (marks, stand_ins) = marker.find_with_stand_ins(text);
            Hit {
                score: hit.score,
                snippet: snippet::cut(text, &marks),
                stand_ins,
                citation: cite(&doc, &hit.passage),
                n_same_text: hit.n_same,
                same_text: same_places(snapshot, hit.same),
                explanation: hit.reasons.as_ref().map(explain).unwrap_or_default(),
                passage: hit.passage,
                doc,
            }
        })
        .collect()
}

fn same_places(snapshot: &dyn Engine, places: Vec<Place>) -> Vec<SamePlace> {
    let with_title = |place: Place| SamePlace {
        title: snapshot
            .catalog()
            .get(&place.doc)
            .map(|doc| doc.title.clone())
            .unwrap_or_default(),
        passage: place.passage,
        idx: place.idx,
        doc: place.doc,
    };
    places.into_iter().map(with_title).collect()
}

/// Says whether the themes of a filter are in the catalogue of the library.
///
/// # Errors
/// [`SearchError::UnknownTheme`] for the first that is not.
pub fn check_themes(snapshot: &dyn Engine, filter: &Filter) -> Result<(), SearchError> {
    let known = &snapshot.stamp().themes;
    match filter.themes.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(SearchError::unknown_theme(name, known)),
        None => Ok(()),
    }
}
