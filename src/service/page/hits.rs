//! One hit as the results show it.

use super::marking::Marking;
use super::words;
use crate::address;
use crate::group::Group;
use crate::markup::Markup;
use crate::params::SearchParams;
use plansearch_search::{Hit, Marker};
use plansearch_text::Span;

/// A hit, ready to be shown.
pub(super) struct HitView {
    /// Id of the passage.
    pub(super) id: String,
    /// Address of the passage in the reader.
    pub(super) href: String,
    /// What the passage is about: its lead, its heading, its table or its document.
    pub(super) heading: Markup,
    /// Title of the document.
    pub(super) doc_title: String,
    /// Address of the document with the words of the search marked.
    pub(super) doc_href: String,
    /// Kind of the passage.
    pub(super) kind: &'static str,
    /// The headings above, each with its address in the reader.
    pub(super) trail: Vec<(String, String)>,
    /// The cut that shows why it was found.
    pub(super) snippet: Markup,
    /// Whether text was cut off before it.
    pub(super) is_cut_before: bool,
    /// Whether text was cut off after it.
    pub(super) is_cut_after: bool,
    /// Number and date of the document, as far as known.
    pub(super) facts: Vec<String>,
    /// Themes with the terms that caused them.
    pub(super) themes: Vec<ThemeView>,
    /// Address of the use of the wording that was found, by year.
    pub(super) evolve_href: Option<String>,
    /// Address of what the other documents say on what was asked.
    pub(super) topic_href: String,
    /// The citation to paste.
    pub(super) citation: String,
    /// Words that stand for words of the query, as 近义：养老机构（养老院）.
    pub(super) stand_ins: Option<String>,
    /// Why it stands where it does, when asked for.
    pub(super) explanation: Vec<String>,
    /// How many other passages have this text.
    pub(super) n_same: usize,
    /// The first of them: title of the document and address.
    pub(super) same: Vec<(String, String)>,
}

/// A theme of a passage.
pub(super) struct ThemeView {
    /// Its name.
    pub(super) name: String,
    /// Whether the passage only mentions it.
    pub(super) is_mention: bool,
    /// Why the passage has it.
    pub(super) reason: String,
    /// Address of the same search in this theme alone.
    pub(super) href: String,
}

impl HitView {
    /// Makes the view of a hit of the search `params`.
    pub(super) fn new(params: &SearchParams, marker: &Marker, hit: Hit) -> Self {
        let passage = &hit.passage;
        let doc_title = words::title(&hit.doc);
        let caption = passage.table.as_ref().map(|table| table.caption.as_str());
        let heading = passage
            .lead_text()
            .or(caption.filter(|caption| !caption.is_empty()))
            .or(passage.path.last().map(String::as_str))
            .unwrap_or(&doc_title);
        // The way back leads to this page of the results.
        let start = params.clone();
        let trail = (1..=passage.path.len()).filter_map(|n| {
            let path = passage.path.get(..n)?;
            let href = address::section(&start, &passage.doc, path);
            Some((path.last()?.clone(), href))
        });
        let marking = Marking::new(params, marker);
        // By a theme alone, the cut is that of the search and its words are marked in it.
        let snippet = if params.q.is_empty() {
            let marks = marking.find_in_hit(passage);
            Markup::of(&passage.text, hit.snippet.span, &marks)
        } else {
            Markup::of_snippet(&passage.text, &hit.snippet)
        };
        Self {
            id: passage.id.clone(),
            href: address::passage(&start, &passage.doc, &passage.id, passage.idx),
            heading: Markup::of(
                heading,
                Span::whole(heading),
                &marking.find_in(heading, passage),
            ),
            trail: trail.collect(),
            kind: words::kind(passage.passage_kind()),
            doc_href: address::marked_document(&start, &passage.doc),
            snippet,
            is_cut_before: hit.snippet.span.start > 0,
            is_cut_after: hit.snippet.span.end < passage.text.len(),
            facts: words::source_facts(&hit.doc),
            themes: theme_views(params, &hit),
            stand_ins: hit.stand_ins_line(),
            evolve_href: evolve_href(&hit),
            topic_href: address::topic(if params.q.is_empty() {
                heading
            } else {
                &params.q
            }),
            explanation: hit.explanation,
            n_same: hit.n_same_text,
            same: hit
                .same_text
                .iter()
                .map(|place| {
                    let href = address::passage(&start, &place.doc, &place.passage, place.idx);
                    (place.title.clone(), href)
                })
                .collect(),
            citation: hit.citation,
            doc_title,
        }
    }
}

/// The most marked wordings whose use is one click away.
const MAX_WORDINGS: usize = 3;

/// The use of what is marked in the cut, as it is written there.
fn evolve_href(hit: &Hit) -> Option<String> {
    let mut wordings: Vec<&str> = Vec::new();
    for mark in &hit.snippet.marks {
        let wording = mark.of(&hit.passage.text);
        if !wordings.contains(&wording) && wordings.len() < MAX_WORDINGS {
            wordings.push(wording);
        }
    }
    (!wordings.is_empty()).then(|| address::evolve_of(&wordings))
}

/// Themes that the passage is about stand before those that it mentions.
fn theme_views(params: &SearchParams, hit: &Hit) -> Vec<ThemeView> {
    let view = |theme: &plansearch_index::record::ThemeRecord| {
        let is_chosen = params.theme.contains(&theme.name);
        let place = if theme.is_inside() {
            "本段"
        } else {
            "上级标题"
        };
        let target = if is_chosen {
            params.at(0)
        } else {
            params.toggled(Group::Theme, &theme.name)
        };
        let weight = if theme.about { "专论" } else { "提及" };
        ThemeView {
            name: theme.name.clone(),
            is_mention: !theme.about,
            reason: format!("{weight}：{place}含有“{}”", theme.term()),
            href: address::search(&target),
        }
    };
    let mut views: Vec<ThemeView> = hit.passage.themes.iter().map(view).collect();
    views.sort_by_key(|view| view.is_mention);
    views
}
