//! Whether a pasted sentence stands word for word, or what is nearest to it.

use crate::address;
use crate::error::ServiceError;
use crate::markup::Markup;
use crate::params::SearchParams;
use plansearch_draft::{DraftText, FoundSource, Verdict, trace};
use plansearch_engine::Engine;
use plansearch_query::Node;
use plansearch_search::{Request, SameText, search};
use plansearch_text::{Span, fold};

use crate::words;

/// From so many characters, marks left out, a query is a sentence rather than words.
const MIN_CHARS: usize = 14;
/// A longer text is a draft, which has a page of its own.
const MAX_CHARS: usize = 400;

/// Marks that close quotation marks around all of a text.
const QUOTES: [(char, char); 4] = [('“', '”'), ('"', '"'), ('「', '」'), ('『', '』')];

/// What is said of a pasted sentence.
pub(super) struct VerbatimView {
    /// Whether it stands as it is.
    pub(super) is_same: bool,
    /// Whether only its marks are others.
    pub(super) is_same_words: bool,
    /// The places where it stands: how many, and the search for them.
    pub(super) places: Option<(String, String)>,
    /// Where it stands first, or what is nearest.
    pub(super) source: Option<SourceView>,
}

/// A passage that says the same, or nearly.
pub(super) struct SourceView {
    /// The words, with what differs.
    pub(super) text: Markup,
    pub(super) href: String,
    pub(super) citation: String,
}

impl VerbatimView {
    /// What is said of the query of `params` above its first hits; none where it is no
    /// sentence.
    pub(super) fn of(
        snapshot: &dyn Engine,
        params: &SearchParams,
    ) -> Result<Option<Self>, ServiceError> {
        let Some(sentence) = sentence(&params.q).filter(|_| params.offset == 0) else {
            return Ok(None);
        };
        let phrase = Node::Phrase(sentence.to_owned()).to_string();
        let filter = params.request(0)?.filter;
        let request = Request {
            query: phrase.clone(),
            filter: filter.clone(),
            same_text: SameText::Apart,
            limit: 1,
            ..Request::default()
        };
        let answer = search(snapshot, &request)?;
        let wanted = fold(sentence);
        let first = answer.hits.first();
        if let Some(hit) = first.filter(|hit| fold(&hit.passage.text).contains(&wanted)) {
            let marks = answer.marker.find_in_hit(&hit.passage.text);
            let cut = marks.first().copied().unwrap_or(Span::whole(sentence));
            return Ok(Some(Self {
                is_same: true,
                is_same_words: true,
                places: Some((
                    words::count(answer.total),
                    address::search(&params.asking(&phrase)),
                )),
                source: Some(SourceView {
                    text: Markup::of(&hit.passage.text, cut, &[]),
                    href: address::passage(
                        &params.asking(&phrase),
                        &hit.passage.doc,
                        &hit.passage.id,
                        hit.passage.idx,
                    ),
                    citation: hit.citation.clone(),
                }),
            }));
        }
        let traced = trace(snapshot, &DraftText::of_text("", sentence), &filter)?;
        let nearest = traced
            .sentences
            .iter()
            .filter(|one| one.verdict != Verdict::None)
            .find_map(|one| one.sources.first());
        Ok(Some(Self {
            is_same: false,
            is_same_words: nearest.is_some_and(|source| source.changes.is_empty()),
            places: None,
            source: nearest.map(|source| SourceView::of(params, source)),
        }))
    }
}

/// The query as a sentence: long, without operators, and quotation marks around all of it
/// left out.
fn sentence(query: &str) -> Option<&str> {
    let text = query.trim();
    let quoted = QUOTES.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then_some(inner)
    });
    let sentence = quoted.unwrap_or(text);
    let n_letters = sentence.chars().filter(|c| c.is_alphanumeric()).count();
    let has_words_apart = quoted.is_none()
        && sentence.contains(char::is_whitespace)
        && !sentence.contains(['，', '。', '；', ',']);
    let is_field = sentence.contains([':', '：', '|', '*']) && quoted.is_none();
    let is_long = (MIN_CHARS..=MAX_CHARS).contains(&n_letters);
    (is_long && !has_words_apart && !is_field).then_some(sentence)
}

impl SourceView {
    fn of(params: &SearchParams, source: &FoundSource) -> Self {
        let text = &source.passage.text;
        let cut = |range: &std::ops::Range<usize>| Span::of_chars(text, range.start, range.len());
        let changes = source.changes.iter();
        let changes = changes.map(|change| (cut(&change.source_span), change.draft.as_str()));
        Self {
            text: Markup::corrected(text, cut(&source.source_span), changes.collect()),
            href: address::passage(
                &params.asking(""),
                &source.passage.doc,
                &source.passage.id,
                source.passage.idx,
            ),
            citation: source.citation.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_from_words() {
        for query in [
            "到2025年，氢能产业产值力争突破100亿元",
            "“氢能产业产值力争突破100亿元规模”",
            "充分利用港区丰富的工业副产氢资源。",
        ] {
            assert!(sentence(query).is_some(), "{query}");
        }
        for query in [
            "海河联运 目标",
            "氢能",
            "文号:嘉政发〔2020〕15号 主题:氢能 生态文明",
            "港口 氢能 储运 加氢站 液氢 氢气 制备 燃料电池",
        ] {
            assert_eq!(sentence(query), None, "{query}");
        }
    }
}
