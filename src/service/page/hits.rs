//! One hit as the results show it: the document first, then where in it, then the text.

use super::marking::Marking;
use crate::address;
use crate::group::Group;
use crate::markup::Markup;
use crate::params::SearchParams;
use crate::words;
use plansearch_engine::PassageRecord;
use plansearch_search::{Hit, Marker};
use plansearch_text::Span;

/// How many themes stand on a card; the rest is unfolded.
const N_THEMES: usize = 2;

/// Longest text on a card with its lead, in characters: two lines.
const MAX_CHARS: usize = 102;

/// Shortest text beside a long lead.
const MIN_CHARS: usize = 50;

/// A hit, ready to be shown.
pub(super) struct HitView {
    /// Id of the passage.
    pub(super) id: String,
    /// Address of the passage in the reader.
    pub(super) href: String,
    /// Title of the document.
    pub(super) title: Markup,
    /// Issuer, type, date and number of the document, as far as known.
    pub(super) source: Vec<String>,
    /// Whether it is the first that has only some of the words.
    pub(super) opens_partial: bool,
    /// What the card before names already.
    repeats: Repeats,
    /// Id of the document.
    doc: String,
    /// Kind of the passage, where it is no paragraph.
    pub(super) kind: Option<&'static str>,
    /// The headings above, each with its address in the reader.
    pub(super) trail: Vec<(String, String)>,
    /// Which paragraph of its chapter or row of its table it is.
    pub(super) place: String,
    /// The lead, where the passage has one.
    pub(super) lead: Markup,
    /// The cut that shows why it was found, without the lead.
    pub(super) snippet: Markup,
    /// Whether text was cut off before it.
    pub(super) is_cut_before: bool,
    /// Whether text was cut off after it.
    pub(super) is_cut_after: bool,
    /// The row of a table with its head, in place of the cut.
    pub(super) row: Option<RowView>,
    /// The first themes, those that the passage is about before others.
    pub(super) themes: Vec<ThemeView>,
    /// The others.
    pub(super) more_themes: Vec<ThemeView>,
    /// The citation to paste.
    pub(super) citation: String,
    /// What the names of its buttons call it.
    pub(super) name: String,
    /// What the link to the file of the document says, and its address.
    pub(super) original: Option<(String, String)>,
    /// Words that stand for words of the query, as 近义：养老机构（养老院）.
    pub(super) stand_ins: Option<String>,
    /// Why it stands where it does, when asked for.
    pub(super) explanation: Vec<String>,
    /// How many other passages have this text.
    pub(super) n_same: usize,
    /// The first of them: title of the document and address.
    pub(super) same: Vec<(String, String)>,
}

/// What of a hit is named already, by the card before or the head of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repeats {
    Nothing,
    Document,
    Chapter,
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

/// A row of a table under its head.
pub(super) struct RowView {
    /// Caption of the table.
    pub(super) caption: String,
    /// Cells of the head; empty without one.
    pub(super) header: Vec<Markup>,
    /// Cells of the row.
    pub(super) cells: Vec<Markup>,
}

impl HitView {
    /// Makes the view of a hit of the search `params`.
    pub(super) fn new(params: &SearchParams, marker: &Marker, hit: Hit) -> Self {
        let passage = &hit.passage;
        // The way back leads to this page of the results.
        let start = params.clone();
        let trail = (1..=passage.path.len()).filter_map(|n| {
            let path = passage.path.get(..n)?;
            let href = address::section(&start, &passage.doc, path);
            Some((words::label(path.last()?), href))
        });
        let marking = Marking::new(params, marker);
        // By a theme alone, the cut is that of the search and its words are marked in it.
        let marks = if params.q.is_empty() {
            marking.find_in_hit(passage)
        } else {
            hit.snippet.marks.clone()
        };
        let cut = hit.snippet.span;
        let lead_end = passage.lead.map_or(0, |(_, end)| end);
        let rest = Span::new(cut.start.max(lead_end), cut.end.max(lead_end));
        let lead_chars = passage.lead_text().map_or(0, |lead| lead.chars().count());
        let rest = shorter(&passage.text, rest, MAX_CHARS.saturating_sub(lead_chars));
        let mut themes = theme_views(params, &hit);
        let more_themes = themes.split_off(themes.len().min(N_THEMES));
        let kind = passage.passage_kind();
        Self {
            id: passage.id.clone(),
            href: address::passage(&start, &passage.doc, &passage.id, passage.idx),
            title: marked(&marking, passage, &words::title(&hit.doc)),
            source: words::hit_facts(&hit.doc),
            opens_partial: false,
            repeats: Repeats::Nothing,
            doc: passage.doc.clone(),
            trail: trail.collect(),
            place: place(passage),
            kind: words::hit_kind(kind, passage.is_recognised),
            lead: if lead_end > 0 {
                let lead = Span::new(0, lead_end);
                Markup::of(&passage.text, lead, &marking.find_in_hit(passage))
            } else {
                Markup::default()
            },
            snippet: Markup::of(&passage.text, rest, &marks),
            is_cut_before: cut.start > lead_end,
            is_cut_after: rest.end < passage.text.len(),
            row: row_view(&marking, passage),
            themes,
            more_themes,
            original: words::original(&hit.doc, passage),
            stand_ins: hit.stand_ins_line(),
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
            name: words::name_of(&hit.passage, &hit.citation),
            citation: hit.citation,
        }
    }

    /// Whether the document is named already.
    pub(super) fn is_same_document(&self) -> bool {
        self.repeats != Repeats::Nothing
    }

    /// Whether the chapter is named already.
    pub(super) fn is_same_chapter(&self) -> bool {
        self.repeats == Repeats::Chapter
    }
}

/// Marks the hits whose document or chapter the one before names already. In a list
/// of one document alone its name stands above.
pub(super) fn leave_out_repeated(hits: &mut [HitView], is_one_document: bool) {
    let first = if is_one_document {
        Repeats::Document
    } else {
        Repeats::Nothing
    };
    let labels = |hit: &HitView| -> Vec<String> {
        hit.trail.iter().map(|(label, _)| label.clone()).collect()
    };
    let repeated = |pair: &[HitView]| match pair {
        [before, hit] if before.doc == hit.doc => {
            if !hit.trail.is_empty() && labels(before) == labels(hit) {
                Repeats::Chapter
            } else {
                Repeats::Document
            }
        }
        _ => first,
    };
    let found: Vec<Repeats> = std::iter::once(first)
        .chain(hits.windows(2).map(repeated))
        .collect();
    for (hit, repeats) in hits.iter_mut().zip(found) {
        hit.repeats = repeats;
    }
}

/// The beginning of a cut, to the end of a clause where one is near: two lines of a
/// card. The matches that a cut is made for stand in its first part.
fn shorter(text: &str, cut: Span, max_chars: usize) -> Span {
    let max_chars = max_chars.max(MIN_CHARS);
    let piece = cut.of(text);
    let Some((end, _)) = piece.char_indices().nth(max_chars) else {
        return cut;
    };
    let kept = Span::new(cut.start, cut.start + end);
    let clause = kept.of(text).char_indices().rev().take(max_chars / 4);
    let end = clause
        .filter(|(_, c)| "，。；：、,;".contains(*c))
        .map(|(at, c)| cut.start + at + c.len_utf8())
        .next();
    Span::new(cut.start, end.unwrap_or(kept.end))
}

fn marked(marking: &Marking<'_>, passage: &PassageRecord, text: &str) -> Markup {
    Markup::of(text, Span::whole(text), &marking.find_in(text, passage))
}

/// Which paragraph of its chapter a passage is, or which row of its table.
fn place(passage: &PassageRecord) -> String {
    let row = passage.table.as_ref().and_then(|table| table.row);
    match (row, passage.paragraph_no) {
        (Some(row), _) => format!("表格第{}行", row + 1),
        (None, Some(number)) => format!("第{number}段"),
        (None, None) => words::kind(passage.passage_kind()).to_owned(),
    }
}

/// The row under its head, where each cell has its column.
fn row_view(marking: &Marking<'_>, passage: &PassageRecord) -> Option<RowView> {
    let table = passage.table.as_ref()?;
    let n_columns = table.header.len();
    let fits = n_columns == 0 || n_columns == table.cells.len();
    if table.row.is_none() || table.damaged || table.cells.is_empty() || !fits {
        return None;
    }
    let cells = |texts: &[String]| -> Vec<Markup> {
        let texts = texts.iter();
        texts.map(|text| marked(marking, passage, text)).collect()
    };
    Some(RowView {
        caption: table.caption.clone(),
        header: cells(&table.header),
        cells: cells(&table.cells),
    })
}

/// Themes that the passage is about stand before those that it mentions.
fn theme_views(params: &SearchParams, hit: &Hit) -> Vec<ThemeView> {
    let view = |theme: &plansearch_engine::record::ThemeRecord| {
        let place = if theme.is_inside() {
            "本段"
        } else {
            "上级标题"
        };
        let target = params.toggled(Group::Theme, &theme.name);
        let weight = if theme.about {
            "专门论述"
        } else {
            "提到"
        };
        ThemeView {
            name: theme.name.clone(),
            is_mention: !theme.about,
            reason: format!("{weight}：{place}含有“{}”", theme.term()),
            href: address::search(&target),
        }
    };
    // What was searched for tells nothing new.
    let is_new = |theme: &&plansearch_engine::record::ThemeRecord| {
        theme.name != params.q && !params.theme.contains(&theme.name)
    };
    let themes = hit.passage.themes.iter().filter(is_new);
    let mut views: Vec<ThemeView> = themes.map(view).collect();
    views.sort_by_key(|view| view.is_mention);
    views
}
