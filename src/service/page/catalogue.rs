//! Which documents a list holds, in which order, and what can be chosen.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::named;
use plansearch_document::Level;
use plansearch_engine::{DocumentRecord, Engine, UNSTATED, YearRange};
use plansearch_text::fold;

/// Most values of one fact that can be chosen.
const MAX_OPTIONS: usize = 60;

/// A fact of documents that a list can be narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    /// Level of government.
    Level,
    /// Region.
    Region,
    /// Type.
    Type,
}

impl Fact {
    /// All of them, with their names in addresses and on pages.
    pub(super) const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Level, "level", "层级"),
        (Self::Region, "region", "地区"),
        (Self::Type, "type", "文种"),
    ];

    /// What a document states; a region lies in those around it.
    fn of(self, snapshot: &dyn Engine, doc: &DocumentRecord) -> Vec<String> {
        let jurisdiction = || snapshot.catalog().jurisdiction(&doc.id);
        let values = match self {
            Self::Level => {
                let level = jurisdiction().and_then(|place| place.level);
                level
                    .map(|level| level.name().to_owned())
                    .into_iter()
                    .collect()
            }
            Self::Region => jurisdiction().map_or_else(Vec::new, |place| place.regions.clone()),
            Self::Type => vec![doc.doc_type.clone()],
        };
        let stated: Vec<String> = values
            .into_iter()
            .filter(|value| !value.is_empty())
            .collect();
        if stated.is_empty() {
            return vec![UNSTATED.to_owned()];
        }
        stated
    }
}

/// A column that documents are put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Column {
    /// Date of issue.
    #[default]
    Date,
    /// Title.
    Title,
    /// Issuing bodies.
    Issuer,
    /// Document number.
    Number,
    /// Type.
    Type,
    /// Number of passages.
    Passages,
}

impl Column {
    /// All of them in the order of the table, with their names.
    pub(super) const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Title, "title", "题名"),
        (Self::Issuer, "issuer", "发文机关"),
        (Self::Number, "number", "文号"),
        (Self::Date, "date", "成文日期"),
        (Self::Type, "type", "文种"),
        (Self::Passages, "passages", "段数"),
    ];

    /// Whether the greatest stands first when nothing else is asked.
    pub(super) fn is_from_the_end(self) -> bool {
        matches!(self, Self::Date | Self::Passages)
    }

    /// Documents that lack what they are put in order by stand last, whatever the order.
    fn order(self, a: &DocumentRecord, b: &DocumentRecord, is_from_the_end: bool) -> Ordering {
        fn stated<T: Ord>(a: Option<T>, b: Option<T>, is_from_the_end: bool) -> Ordering {
            match (a, b) {
                (Some(a), Some(b)) if is_from_the_end => b.cmp(&a),
                (Some(a), Some(b)) => a.cmp(&b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            }
        }
        fn text(text: &str) -> Option<&str> {
            Some(text).filter(|text| !text.is_empty())
        }
        match self {
            Self::Date => stated(a.date.as_deref(), b.date.as_deref(), is_from_the_end),
            Self::Title => stated(text(&a.title), text(&b.title), is_from_the_end),
            Self::Issuer => stated(a.issuers.first(), b.issuers.first(), is_from_the_end),
            Self::Number => stated(
                a.doc_number.as_ref(),
                b.doc_number.as_ref(),
                is_from_the_end,
            ),
            Self::Type => stated(text(&a.doc_type), text(&b.doc_type), is_from_the_end),
            Self::Passages => stated(Some(a.n_passages), Some(b.n_passages), is_from_the_end),
        }
    }
}

/// What a list of documents holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Wish {
    /// Words of titles, numbers, issuing bodies, regions or files; all are required.
    pub(super) name: String,
    /// A value for each fact of [`Fact::ALL`]; empty for any.
    pub(super) facts: [String; 3],
    /// Years of issue.
    pub(super) years: Option<YearRange>,
    /// The column that they are put in order by, and whether from its end.
    pub(super) order: (Column, bool),
}

/// The documents of a list in order.
pub(super) fn listed<'a>(snapshot: &'a dyn Engine, wish: &Wish) -> Vec<&'a DocumentRecord> {
    let numbered = named::numbered(snapshot, &wish.name);
    let words: Vec<String> = wish.name.split_whitespace().map(bare).collect();
    let is_called = |doc: &DocumentRecord| {
        numbered.iter().any(|known| known.id == doc.id) || has_words(snapshot, doc, &words)
    };
    let is_wanted = |doc: &DocumentRecord| {
        let mut facts = Fact::ALL.iter().zip(&wish.facts);
        facts.all(|((fact, ..), value)| value.is_empty() || fact.of(snapshot, doc).contains(value))
            && wish.years.is_none_or(|range| {
                let year = doc.year();
                year.is_some_and(|year| (range.first..=range.last).contains(&year))
            })
    };
    let documents = snapshot.catalog().documents().iter().map(AsRef::as_ref);
    let mut found: Vec<&DocumentRecord> = documents
        .filter(|doc| is_wanted(doc) && (wish.name.is_empty() || is_called(doc)))
        .collect();
    let (column, is_from_the_end) = wish.order;
    found.sort_by(|a, b| {
        let order = column.order(a, b, is_from_the_end);
        order.then_with(|| Column::Date.order(a, b, true))
    });
    found
}

/// The values of a fact with how many documents state them: levels from the top, others
/// by their number.
pub(super) fn options(snapshot: &dyn Engine, fact: Fact) -> Vec<(String, usize)> {
    let mut n_of: BTreeMap<String, usize> = BTreeMap::new();
    for doc in snapshot.catalog().documents() {
        for value in fact.of(snapshot, doc) {
            *n_of.entry(value).or_default() += 1;
        }
    }
    let mut options: Vec<(String, usize)> = n_of.into_iter().collect();
    options.sort_by_key(|(value, n)| {
        let levels = Level::ALL.iter().map(|level| level.name());
        let level = levels.enumerate().find(|(_, name)| name == value);
        let place = level.map_or(usize::MAX, |(at, _)| at);
        (value == UNSTATED, place, std::cmp::Reverse(*n))
    });
    options.truncate(MAX_OPTIONS);
    options
}

/// What of a text counts in a name.
fn bare(text: &str) -> String {
    fold(text)
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '.')
        .collect()
}

/// Whether each word stands in what a document is called by.
fn has_words(snapshot: &dyn Engine, doc: &DocumentRecord, words: &[String]) -> bool {
    let regions = snapshot.catalog().jurisdiction(&doc.id);
    let regions = regions.map_or(&[][..], |place| place.regions.as_slice());
    let names: Vec<String> = std::iter::once(&doc.title)
        .chain(&doc.doc_number)
        .chain(&doc.issuers)
        .chain(&doc.files)
        .chain([&doc.member])
        .chain(regions)
        .map(|name| bare(name))
        .collect();
    let stands = |word: &String| names.iter().any(|name| name.contains(word.as_str()));
    words.iter().all(stands)
}
