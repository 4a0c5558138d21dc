//! What a library says about its themes: all of them in short, one of them by document.

use std::sync::Arc;

use super::request::{Request, SearchError, cite, search};
use super::snippet::{self, Snippet};
use plansearch_engine::record::ThemeRecord;
use plansearch_engine::{
    DocumentRecord, Engine, FacetName, FacetPick, FacetValue, Filter, PassageRecord,
};
use plansearch_text::{Haystack, Needle, Span};

/// A theme with what the library has of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeSummary {
    /// Its name.
    pub name: String,
    /// The group that lists show it under; empty without one.
    pub group: String,
    /// The wider theme that it is a part of.
    pub under: Option<String>,
    /// How many passages are about it.
    pub n_about: usize,
    /// How many only mention it.
    pub n_mentions: usize,
}

/// What the documents of a library say about a theme.
#[derive(Debug, Clone)]
pub struct ThemeReport {
    /// The theme.
    pub theme: ThemeSummary,
    /// How many documents have passages about it or mention it.
    pub n_documents: usize,
    /// The documents asked for, newest first.
    pub documents: Vec<ThemeDocument>,
}

/// What one document says about a theme.
#[derive(Debug, Clone)]
pub struct ThemeDocument {
    /// The document.
    pub doc: Arc<DocumentRecord>,
    /// How many of its passages are about the theme.
    pub n_about: usize,
    /// How many only mention it.
    pub n_mentions: usize,
    /// The passages about it in document order, as many as were asked for.
    pub passages: Vec<ThemePassage>,
}

/// A passage about a theme.
#[derive(Debug, Clone)]
pub struct ThemePassage {
    /// The passage.
    pub passage: Arc<PassageRecord>,
    /// The cut around the words that made it so.
    pub snippet: Snippet,
    /// The citation to paste.
    pub citation: String,
}

/// Which part of a report is wanted.
#[derive(Debug, Clone, Copy)]
pub struct ReportPart {
    /// How many documents to pass over.
    pub offset: usize,
    /// How many documents to return.
    pub limit: usize,
    /// How many passages of a document to return, at most.
    pub max_passages: usize,
}

/// The themes of the library in the order of the catalogue, those without a passage
/// too.
///
/// # Errors
/// [`SearchError`] when the index fails.
pub fn themes(snapshot: &dyn Engine) -> Result<Vec<ThemeSummary>, SearchError> {
    let names = &snapshot.stamp().themes;
    let found = pick(snapshot, Filter::default(), FacetName::Theme, names.len())?;
    let summary = |name: &String| {
        let node = snapshot
            .stamp()
            .theme_node(name)
            .cloned()
            .unwrap_or_default();
        let value = found.iter().find(|value| value.value == *name);
        let n_about = value.and_then(|value| value.about).unwrap_or(0);
        ThemeSummary {
            name: name.clone(),
            group: node.group,
            under: node.under,
            n_about,
            n_mentions: value.map_or(0, |value| value.count) - n_about,
        }
    };
    Ok(names.iter().map(summary).collect())
}

/// What the documents say about the theme `name`: newest document first, passages in
/// document order.
///
/// # Errors
/// [`SearchError::UnknownTheme`] for a theme that no catalogue of the library has, or
/// when the index fails.
pub fn theme(
    snapshot: &dyn Engine,
    name: &str,
    part: ReportPart,
) -> Result<ThemeReport, SearchError> {
    let known = &snapshot.stamp().themes;
    let summary = themes(snapshot)?
        .into_iter()
        .find(|theme| theme.name == name);
    let Some(summary) = summary else {
        return Err(SearchError::unknown_theme(name, known));
    };
    let catalog = snapshot.catalog();
    let of_theme = Filter {
        themes: vec![name.to_owned()],
        ..Filter::default()
    };
    let n_docs = catalog.documents().len();
    let values = pick(snapshot, of_theme.clone(), FacetName::Doc, n_docs)?;
    let mut docs: Vec<&Arc<DocumentRecord>> = values
        .iter()
        .filter_map(|value| catalog.shared(&value.value))
        .collect();
    docs.sort_by(|a, b| {
        let key = |doc: &'_ DocumentRecord| doc.date.clone();
        key(b)
            .cmp(&key(a))
            .then_with(|| a.title.cmp(&b.title))
            .then_with(|| a.id.cmp(&b.id))
    });
    let shown = docs.iter().skip(part.offset).take(part.limit);
    let documents = shown
        .map(|doc| of_document(snapshot, name, doc, part.max_passages))
        .collect::<Result<_, _>>()?;
    Ok(ThemeReport {
        theme: summary,
        n_documents: docs.len(),
        documents,
    })
}

fn of_document(
    snapshot: &dyn Engine,
    name: &str,
    doc: &Arc<DocumentRecord>,
    max_passages: usize,
) -> Result<ThemeDocument, SearchError> {
    let request = Request {
        filter: Filter {
            docs: vec![doc.id.clone()],
            themes: vec![name.to_owned()],
            ..Filter::default()
        },
        limit: max_passages,
        max_facet_values: 1,
        facet: Some(FacetPick {
            facet: FacetName::Theme,
            part: None,
            offset: 0,
        }),
        ..Request::default()
    };
    // By relevance what is about the theme stands first, in document order.
    let response = search(snapshot, &request)?;
    let mut values = response.facets.theme.iter();
    let own = values.find(|value| value.value == name);
    let n_about = own.and_then(|value| value.about).unwrap_or(0);
    let passages = response.hits.into_iter().take(n_about).map(|hit| {
        let marks = marks(&hit.passage, name);
        ThemePassage {
            snippet: snippet::cut(&hit.passage.text, &marks),
            citation: cite(doc, &hit.passage),
            passage: hit.passage,
        }
    });
    Ok(ThemeDocument {
        passages: passages.collect(),
        n_mentions: response.total - n_about,
        n_about,
        doc: doc.clone(),
    })
}

/// Where the words stand in a passage that gave it a theme, as spans of its text.
fn marks(passage: &PassageRecord, name: &str) -> Vec<Span> {
    let mut themes = passage.themes.iter();
    let Some(theme) = themes.find(|theme| theme.name == name) else {
        return Vec::new();
    };
    word_spans(&passage.text, theme)
}

/// Where the words of a theme stand in a text.
pub fn word_spans(text: &str, theme: &ThemeRecord) -> Vec<Span> {
    let haystack = Haystack::new(text);
    let inside = theme.words.iter().filter(|word| word.place.is_inside());
    let spans = inside.flat_map(|word| Needle::new(&word.term).find_all(&haystack));
    Span::merged(spans.collect())
}

/// All values of one facet.
fn pick(
    snapshot: &dyn Engine,
    filter: Filter,
    facet: FacetName,
    n_values: usize,
) -> Result<Vec<FacetValue>, SearchError> {
    let request = Request {
        filter,
        limit: 0,
        max_facet_values: n_values.max(1),
        facet: Some(FacetPick {
            facet,
            part: None,
            offset: 0,
        }),
        ..Request::default()
    };
    Ok(search(snapshot, &request)?.facets.values(facet).to_vec())
}

impl ThemeSummary {
    /// How many passages have it.
    pub fn n_passages(&self) -> usize {
        self.n_about + self.n_mentions
    }
}
