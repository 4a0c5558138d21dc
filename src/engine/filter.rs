//! Filters: which documents, chapters, themes, kinds a hit may come from.
//!
//! Values of one group are alternatives; groups are all required.

use std::fmt;
use std::str::FromStr;

use super::catalog::{Catalog, DocumentLabels};
use super::facet::FacetName;
use plansearch_document::{DocType, Level, PassageKind, PlanPeriod, full_body_name};
use plansearch_text::fold;

/// What a hit must come from. Empty groups hold back nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Ids of documents, or parts of their titles.
    pub docs: Vec<String>,
    /// Headings at any level, paths of headings from the top joined by ` > `, or
    /// parts of headings.
    pub chapters: Vec<String>,
    /// Names of themes.
    pub themes: Vec<String>,
    /// Issuing bodies, or parts of their names.
    pub issuers: Vec<String>,
    /// Types of documents.
    pub types: Vec<DocType>,
    /// Years of issue.
    pub years: Vec<YearRange>,
    /// Levels of government.
    pub levels: Vec<Level>,
    /// Regions, or parts of their names; what lies in a region belongs to it.
    pub regions: Vec<String>,
    /// Planning periods, exactly.
    pub periods: Vec<PlanPeriod>,
    /// Kinds of passages.
    pub kinds: Vec<PassageKind>,
    /// Of level, year and period: what states none, as another alternative. Issuers and
    /// regions take [`UNSTATED`] as a name.
    pub unstated: Vec<FacetName>,
}

/// What stands in place of a fact that a document does not state.
pub const UNSTATED: &str = "未注明";

/// Years from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearRange {
    /// First year.
    pub first: u16,
    /// Last year.
    pub last: u16,
}

/// A text that is no range of years.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no year; hint: write 2021 or 2019..2025")]
pub struct YearError(String);

impl FromStr for YearRange {
    type Err = YearError;

    fn from_str(text: &str) -> Result<Self, YearError> {
        let error = || YearError(text.to_owned());
        let year = |part: &str| {
            let is_year = part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
            is_year.then(|| part.parse().ok()).flatten()
        };
        match text.split_once("..") {
            None => {
                let year = year(text).ok_or_else(error)?;
                Ok(Self {
                    first: year,
                    last: year,
                })
            }
            Some((first, last)) => {
                let first = if first.is_empty() {
                    Some(0)
                } else {
                    year(first)
                };
                let last = if last.is_empty() {
                    Some(9999)
                } else {
                    year(last)
                };
                match (first, last) {
                    (Some(first), Some(last)) if first <= last && text != ".." => {
                        Ok(Self { first, last })
                    }
                    _ => Err(error()),
                }
            }
        }
    }
}

impl fmt::Display for YearRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (first, last) if first == last => write!(f, "{first}"),
            (0, last) => write!(f, "..{last}"),
            (first, 9999) => write!(f, "{first}.."),
            (first, last) => write!(f, "{first}..{last}"),
        }
    }
}

/// The groups of a filter, as bits of a mask of those that a passage fails.
pub mod group {
    use crate::facet::FacetName;

    /// Documents.
    pub const DOC: u16 = 1;
    /// Issuers.
    pub const ISSUER: u16 = 1 << 1;
    /// Types of documents.
    pub const TYPE: u16 = 1 << 2;
    /// Years of issue.
    pub const YEAR: u16 = 1 << 3;
    /// Headings.
    pub const CHAPTER: u16 = 1 << 4;
    /// Themes.
    pub const THEME: u16 = 1 << 5;
    /// Kinds of passages.
    pub const KIND: u16 = 1 << 6;
    /// Levels of government.
    pub const LEVEL: u16 = 1 << 7;
    /// Regions.
    pub const REGION: u16 = 1 << 8;
    /// Planning periods.
    pub const PERIOD: u16 = 1 << 9;

    /// The group whose values a facet has.
    pub fn of(facet: FacetName) -> u16 {
        match facet {
            FacetName::Doc => DOC,
            FacetName::Chapter => CHAPTER,
            FacetName::Theme => THEME,
            FacetName::Issuer => ISSUER,
            FacetName::Level => LEVEL,
            FacetName::Region => REGION,
            FacetName::Type => TYPE,
            FacetName::Year => YEAR,
            FacetName::Period => PERIOD,
        }
    }
}

impl Filter {
    /// Says whether the filter holds back nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Says whether any group asks something of documents.
    pub fn is_about_documents(&self) -> bool {
        !(self.docs.is_empty()
            && self.issuers.is_empty()
            && self.types.is_empty()
            && self.years.is_empty()
            && self.levels.is_empty()
            && self.regions.is_empty()
            && self.periods.is_empty()
            && self.unstated.is_empty())
    }

    /// The chosen values of a facet, each with the filter of this value alone.
    pub fn singles(&self, facet: FacetName) -> Vec<(String, Self)> {
        fn each<T: Clone>(
            values: &[T],
            name: impl Fn(&T) -> String,
            alone: impl Fn(Vec<T>) -> Filter,
        ) -> Vec<(String, Filter)> {
            let values = values.iter();
            values
                .map(|value| (name(value), alone(vec![value.clone()])))
                .collect()
        }
        let filter = Self::default;
        match facet {
            FacetName::Doc => each(&self.docs, Clone::clone, |docs| Self { docs, ..filter() }),
            FacetName::Chapter => each(&self.chapters, Clone::clone, |chapters| Self {
                chapters,
                ..filter()
            }),
            FacetName::Theme => each(&self.themes, Clone::clone, |themes| Self {
                themes,
                ..filter()
            }),
            FacetName::Issuer => each(&self.issuers, Clone::clone, |issuers| Self {
                issuers,
                ..filter()
            }),
            FacetName::Level => self.and_unstated(
                facet,
                each(
                    &self.levels,
                    |level| level.name().to_owned(),
                    |levels| Self { levels, ..filter() },
                ),
            ),
            FacetName::Region => each(&self.regions, Clone::clone, |regions| Self {
                regions,
                ..filter()
            }),
            FacetName::Type => each(
                &self.types,
                |kind| kind.name().to_owned(),
                |types| Self { types, ..filter() },
            ),
            FacetName::Year => self.and_unstated(
                facet,
                each(&self.years, ToString::to_string, |years| Self {
                    years,
                    ..filter()
                }),
            ),
            FacetName::Period => self.and_unstated(
                facet,
                each(&self.periods, ToString::to_string, |periods| Self {
                    periods,
                    ..filter()
                }),
            ),
        }
    }

    /// The chosen values of a facet, what states none among them where it is chosen.
    fn and_unstated(
        &self,
        facet: FacetName,
        mut singles: Vec<(String, Self)>,
    ) -> Vec<(String, Self)> {
        if self.unstated.contains(&facet) {
            let alone = Self {
                unstated: vec![facet],
                ..Self::default()
            };
            singles.push((UNSTATED.to_owned(), alone));
        }
        singles
    }

    /// Whether a label says that nothing is stated, and that is asked for.
    fn takes_unstated(&self, facet: FacetName, label: &str) -> bool {
        label == UNSTATED && self.unstated.contains(&facet)
    }

    /// Whether values of a facet are asked for.
    fn asks(&self, is_none: bool, facet: FacetName) -> bool {
        !is_none || self.unstated.contains(&facet)
    }

    /// For each document of the catalog, the groups it fails. Labels are fewer than
    /// documents, so each is judged once.
    pub fn failed_by_documents(&self, catalog: &Catalog) -> Vec<u16> {
        let mut failed = vec![0; catalog.documents().len()];
        if !self.docs.is_empty() {
            let docs = NameFilter::new(&self.docs, |name| catalog.has_called(name));
            for (failed, names) in failed.iter_mut().zip(catalog.folded_names()) {
                if !names.iter().any(|name| docs.admits_folded(name)) {
                    *failed |= group::DOC;
                }
            }
        }
        let mut ask = |bit: u16, labels: &DocumentLabels, admits: &dyn Fn(&str) -> bool| {
            for (failed, is_admitted) in failed.iter_mut().zip(labels.admitted(admits)) {
                *failed |= if is_admitted { 0 } else { bit };
            }
        };
        // A short name is asked for by the full one as well: 工信部.
        let full_names = self.issuers.iter().map(|name| full_body_name(name));
        let issuers: Vec<String> = self.issuers.iter().cloned().chain(full_names).collect();
        let named = [
            (group::ISSUER, &catalog.issuers, &issuers),
            (group::REGION, &catalog.regions, &self.regions),
        ];
        for (bit, labels, names) in named {
            if !names.is_empty() {
                let filter = NameFilter::new(names, |name| labels.has(name));
                ask(bit, labels, &|label| filter.admits([label]));
            }
        }
        if !self.types.is_empty() {
            ask(group::TYPE, &catalog.doc_types, &|label| {
                self.types.iter().any(|kind| kind.name() == label)
            });
        }
        if self.asks(self.years.is_empty(), FacetName::Year) {
            ask(group::YEAR, &catalog.years, &|label| {
                self.admits_year(label) || self.takes_unstated(FacetName::Year, label)
            });
        }
        if self.asks(self.levels.is_empty(), FacetName::Level) {
            ask(group::LEVEL, &catalog.levels, &|label| {
                self.levels.iter().any(|level| level.name() == label)
                    || self.takes_unstated(FacetName::Level, label)
            });
        }
        if self.asks(self.periods.is_empty(), FacetName::Period) {
            let periods: Vec<String> = self.periods.iter().map(ToString::to_string).collect();
            ask(group::PERIOD, &catalog.periods, &|label| {
                periods.iter().any(|period| period == label)
                    || self.takes_unstated(FacetName::Period, label)
            });
        }
        failed
    }

    fn admits_year(&self, label: &str) -> bool {
        let Ok(year) = label.parse() else {
            return false;
        };
        let mut ranges = self.years.iter();
        ranges.any(|range| (range.first..=range.last).contains(&year))
    }
}

/// Names that admit by being equal or, when nothing in the library is called
/// exactly so, by being a part. So the count beside a facet value is what
/// choosing it gives, even where one name is a part of another.
pub struct NameFilter<'a> {
    exact: Vec<&'a str>,
    exact_folded: Vec<String>,
    parts: Vec<String>,
}

impl<'a> NameFilter<'a> {
    /// A filter by names; `exists` says whether the library has one exactly.
    pub fn new(names: &'a [String], exists: impl Fn(&str) -> bool) -> Self {
        let (exact, parts): (Vec<&str>, Vec<&str>) = names
            .iter()
            .map(String::as_str)
            .partition(|name| exists(name));
        Self {
            exact_folded: exact.iter().map(|name| fold(name)).collect(),
            exact,
            parts: parts.into_iter().map(fold).collect(),
        }
    }

    /// Says whether there are no names, so that everything is admitted.
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.parts.is_empty()
    }

    /// Says whether one of these names is admitted.
    pub fn admits<'b>(&self, names: impl IntoIterator<Item = &'b str>) -> bool {
        self.is_empty() || names.into_iter().any(|name| self.admits_name(name))
    }

    fn admits_name(&self, name: &str) -> bool {
        self.exact.contains(&name) || self.admits_folded(&fold(name))
    }

    fn admits_folded(&self, folded: &str) -> bool {
        self.exact_folded.iter().any(|exact| exact == folded)
            || self.parts.iter().any(|part| folded.contains(part.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_ranges_are_read() {
        for (text, first, last) in [
            ("2021", 2021, 2021),
            ("2019..2025", 2019, 2025),
            ("2019..", 2019, 9999),
            ("..2025", 0, 2025),
        ] {
            let range: YearRange = text.parse().unwrap();
            assert_eq!((range.first, range.last), (first, last));
            assert_eq!(range.to_string(), text);
        }
        for text in ["", "..", "21", "2025..2019", "2021年", "abcd"] {
            assert!(text.parse::<YearRange>().is_err(), "{text}");
        }
    }
}
