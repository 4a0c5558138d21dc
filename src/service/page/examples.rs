//! Queries that show how to ask, made of the names of the library itself.
//!
//! Each was tried: it finds something. They are made once for each commit, on
//! first use, and kept with it.

use std::sync::Arc;

use crate::error::ServiceError;
use plansearch_engine::{Engine, Facets};
use plansearch_search::{self as search, Request, SuggestionKind};
use plansearch_text::fold;

/// How many names are tried as words.
const N_NAMES: usize = 200;

/// How many words are combined.
const N_WORDS: usize = 6;

/// A phrase has so many characters at least.
const MIN_PHRASE_CHARS: usize = 5;

/// A way to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// One word.
    Word,
    /// Two words that are both required.
    Both,
    /// A phrase as it stands.
    Phrase,
    /// One word without another.
    Without,
    /// A word with one of two others.
    Either,
    /// Two words close to each other.
    Near,
    /// Two words in one sentence.
    Sentence,
    /// A document number.
    Number,
    /// A type, a year and a word.
    Fields,
}

/// A query that finds something in this library.
#[derive(Debug, Clone)]
pub(super) struct Example {
    /// What it shows.
    pub(super) way: Way,
    /// The query.
    pub(super) query: String,
}

/// The examples of a library; ways that find nothing in it are left out.
struct Examples(Vec<Example>);

/// The examples of a library, simple ones first.
pub(super) fn examples(snapshot: &dyn Engine) -> Result<Vec<Example>, ServiceError> {
    let examples: Arc<Examples> = snapshot.keep(|| make(snapshot))?;
    Ok(examples.0.clone())
}

fn make(snapshot: &dyn Engine) -> Result<Examples, ServiceError> {
    let names = search::common_names(snapshot, N_NAMES)?;
    // Terms may be words of every second sentence; themes and headings are not.
    let names = names
        .into_iter()
        .filter(|name| name.kind != SuggestionKind::Term);
    let (mut words, others): (Vec<_>, Vec<_>) =
        names.partition(|name| name.kind == SuggestionKind::Theme);
    let phrase = others
        .iter()
        .find(|name| name.text.chars().count() >= MIN_PHRASE_CHARS)
        .map(|name| format!("“{}”", name.text));
    if words.len() < 2 {
        words.extend(others);
    }
    let mut standing = Vec::new();
    for name in words {
        // The name of a theme need not be a word of the texts.
        if standing.len() < N_WORDS && snapshot.stands(&fold(&name.text))? {
            standing.push(name.text);
        }
    }
    let words: Vec<String> = standing;
    let mut made = Examples(Vec::new());
    let first = words.first().cloned().unwrap_or_default();
    made.add_first(snapshot, Way::Word, words.iter().cloned())?;
    let pairs = || {
        let words = &words;
        words.iter().enumerate().flat_map(move |(at, one)| {
            let others = words.iter().skip(at + 1);
            others.map(move |other| (one, other))
        })
    };
    let (together, apart) = related(snapshot, &words)?;
    let both = together.iter().map(|(one, other)| format!("{one} {other}"));
    made.add_first(snapshot, Way::Both, both)?;
    made.add_first(snapshot, Way::Phrase, phrase)?;
    let numbers = snapshot.catalog().documents().iter().rev();
    let number = numbers
        .filter_map(|doc| doc.doc_number.as_ref())
        .find(|number| !number.is_empty());
    made.add_first(
        snapshot,
        Way::Number,
        number.map(|number| format!("文号:{number}")),
    )?;
    let without = apart.iter().map(|(one, other)| format!("{one} -{other}"));
    made.add_first(snapshot, Way::Without, without)?;
    let either = words.get(1..3).into_iter().filter_map(|pair| match pair {
        [one, other] => Some(format!("{first} ({one} 或 {other})")),
        _ => None,
    });
    made.add_first(snapshot, Way::Either, either)?;
    let near = pairs().map(|(one, other)| format!("{one} near/30 {other}"));
    made.add_first(snapshot, Way::Near, near)?;
    let sentence = pairs().map(|(one, other)| format!("同句:({one} {other})"));
    made.add_first(snapshot, Way::Sentence, sentence)?;
    made.add_first(snapshot, Way::Fields, fields(snapshot, &first)?)?;
    Ok(made)
}

/// Pairs of words, those first that have most to do with each other, once counted in
/// sentences and once without those that hardly meet: leaving a word out makes sense
/// where it is often there.
fn related(
    snapshot: &dyn Engine,
    words: &[String],
) -> Result<(Vec<Pair>, Vec<Pair>), ServiceError> {
    let total = |query: String| -> Result<usize, ServiceError> {
        let request = Request {
            query,
            ..Request::default()
        };
        Ok(search::search(snapshot, &request)?.total)
    };
    let mut counted: Vec<(usize, Pair)> = Vec::new();
    for (at, one) in words.iter().enumerate() {
        for other in words.iter().skip(at + 1) {
            let n_together = total(format!("同句:({one} {other})"))?;
            counted.push((n_together, (one.clone(), other.clone())));
        }
    }
    counted.sort_by_key(|(n_together, _)| std::cmp::Reverse(*n_together));
    let together: Vec<Pair> = counted.into_iter().map(|(_, pair)| pair).collect();
    // The most related pair is shown as one to join already.
    let apart = together.iter().skip(1).chain(&together).cloned().collect();
    Ok((together, apart))
}

/// Two words.
type Pair = (String, String);

impl Examples {
    /// Adds the first of `queries` that finds something as it stands.
    fn add_first(
        &mut self,
        snapshot: &dyn Engine,
        way: Way,
        queries: impl IntoIterator<Item = String>,
    ) -> Result<(), ServiceError> {
        for query in queries {
            let request = Request {
                query: query.clone(),
                ..Request::default()
            };
            let answer = search::search(snapshot, &request)?;
            if answer.total > 0 && !answer.is_relaxed && answer.suggestion.is_none() {
                self.0.push(Example { way, query });
                break;
            }
        }
        Ok(())
    }
}

/// The word in a type and year that have it.
fn fields(snapshot: &dyn Engine, word: &str) -> Result<Option<String>, ServiceError> {
    let request = Request {
        query: word.to_owned(),
        max_facet_values: 1,
        ..Request::default()
    };
    let Facets { doc_type, year, .. } = search::search(snapshot, &request)?.facets;
    let (Some(doc_type), Some(year)) = (doc_type.first(), year.first()) else {
        return Ok(None);
    };
    Ok(Some(format!(
        "类型:{} 年份:{} {word}",
        doc_type.value, year.value
    )))
}
