//! What the pages mark in a text: what the query found, or the words of a chosen
//! theme where there is no query.

use crate::params::SearchParams;
use plansearch_engine::PassageRecord;
use plansearch_search::{Marker, word_spans};
use plansearch_text::Span;

/// Finds what to mark.
pub(super) struct Marking<'a> {
    marker: &'a Marker,
    /// The themes whose words are marked.
    themes: &'a [String],
}

impl<'a> Marking<'a> {
    /// Marks what the search `params` found by `marker`.
    pub(super) fn new(params: &'a SearchParams, marker: &'a Marker) -> Self {
        let themes = if params.q.is_empty() {
            params.theme.as_slice()
        } else {
            &[]
        };
        Self { marker, themes }
    }

    /// Says whether there is anything to mark.
    pub(super) fn marks_anything(params: &SearchParams) -> bool {
        !params.q.is_empty() || !params.theme.is_empty()
    }

    /// What to mark in a text of the passage: its own, or that of a cell or heading.
    pub(super) fn find_in(&self, text: &str, passage: &PassageRecord) -> Vec<Span> {
        if self.themes.is_empty() {
            self.marker.find_in(text)
        } else {
            self.words_of_themes(text, passage)
        }
    }

    /// What to mark in the text of the passage that was found, as its hit was marked.
    pub(super) fn find_in_hit(&self, passage: &PassageRecord) -> Vec<Span> {
        if self.themes.is_empty() {
            self.marker.find_in_hit(&passage.text)
        } else {
            self.words_of_themes(&passage.text, passage)
        }
    }

    fn words_of_themes(&self, text: &str, passage: &PassageRecord) -> Vec<Span> {
        let themes = passage.themes.iter();
        let chosen = themes.filter(|theme| self.themes.contains(&theme.name));
        Span::merged(chosen.flat_map(|theme| word_spans(text, theme)).collect())
    }
}
