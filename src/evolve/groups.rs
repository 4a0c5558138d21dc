//! How documents are grouped: by year, one by one, by issuer, level or region.

use std::collections::BTreeMap;

use plansearch_document::Level;
use plansearch_engine::{Catalog, DocumentRecord};

/// What makes a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum By {
    /// The year of issue.
    #[default]
    Year,
    /// The document.
    Doc,
    /// The issuing body; a document of two counts for both.
    Issuer,
    /// The level of government.
    Level,
    /// The region; a document counts for its region and for those around it.
    Region,
}

/// The most years without documents between two with them that are rows.
const MAX_BLANK_YEARS: u16 = 60;

impl By {
    /// All ways, in the order in which lists show them.
    pub const ALL: [Self; 5] = [
        Self::Year,
        Self::Doc,
        Self::Issuer,
        Self::Level,
        Self::Region,
    ];

    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Doc => "doc",
            Self::Issuer => "issuer",
            Self::Level => "level",
            Self::Region => "region",
        }
    }

    /// Finds the way of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }
}

/// Documents that make a row, by their positions in the catalog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Group {
    /// What they have in common; empty where they state nothing of the kind.
    pub(crate) value: String,
    /// The documents.
    pub(crate) docs: Vec<usize>,
}

/// Groups the documents `docs` of the catalog. Documents without a date stand in no year.
pub(crate) fn groups(catalog: &Catalog, docs: &[usize], by: By) -> Vec<Group> {
    let all = catalog.documents();
    let known = |idx: &usize| all.get(*idx).map(|doc| (*idx, doc.as_ref()));
    let docs: Vec<(usize, &DocumentRecord)> = docs.iter().filter_map(known).collect();
    match by {
        By::Year => years(&docs),
        By::Doc => one_by_one(docs),
        By::Issuer => most_first(&docs, |doc| doc.issuers.clone()),
        By::Level => {
            let mut groups = most_first(&docs, |doc| {
                let place = catalog.jurisdiction(&doc.id);
                let level = place.and_then(|place| place.level);
                level
                    .map(|level| level.name().to_owned())
                    .into_iter()
                    .collect()
            });
            let rank = |group: &Group| {
                let known = Level::ALL
                    .iter()
                    .position(|level| level.name() == group.value);
                known.unwrap_or(usize::MAX)
            };
            groups.sort_by_key(rank);
            groups
        }
        By::Region => most_first(&docs, |doc| {
            let place = catalog.jurisdiction(&doc.id);
            place.map(|place| place.regions.clone()).unwrap_or_default()
        }),
    }
}

/// One group a year from the first to the last, years without documents too.
fn years(docs: &[(usize, &DocumentRecord)]) -> Vec<Group> {
    let mut by_year: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    for (idx, doc) in docs {
        if let Some(year) = doc.year() {
            by_year.entry(year).or_default().push(*idx);
        }
    }
    let mut groups = Vec::new();
    let mut next: Option<u16> = None;
    for (year, docs) in by_year {
        if let Some(from) = next
            && year.saturating_sub(from) <= MAX_BLANK_YEARS
        {
            groups.extend((from..year).map(|blank| Group {
                value: blank.to_string(),
                docs: Vec::new(),
            }));
        }
        groups.push(Group {
            value: year.to_string(),
            docs,
        });
        next = Some(year.saturating_add(1));
    }
    groups
}

/// Each document alone, the earliest first, the undated last.
fn one_by_one(mut docs: Vec<(usize, &DocumentRecord)>) -> Vec<Group> {
    docs.sort_by_key(|(idx, doc)| (doc.date.is_none(), doc.date.as_deref(), *idx));
    let alone = docs.into_iter().map(|(idx, doc)| Group {
        value: doc.id.clone(),
        docs: vec![idx],
    });
    alone.collect()
}

/// Groups by values, that of most documents first, those without a value last.
fn most_first(
    docs: &[(usize, &DocumentRecord)],
    values: impl Fn(&DocumentRecord) -> Vec<String>,
) -> Vec<Group> {
    let mut by_value: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (idx, doc) in docs {
        let mut values = values(doc);
        values.sort_unstable();
        values.dedup();
        if values.is_empty() {
            values.push(String::new());
        }
        for value in values {
            by_value.entry(value).or_default().push(*idx);
        }
    }
    let groups = by_value
        .into_iter()
        .map(|(value, docs)| Group { value, docs });
    let mut groups: Vec<Group> = groups.collect();
    groups.sort_by_key(|group| (group.value.is_empty(), std::cmp::Reverse(group.docs.len())));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(id: &str, date: Option<&str>) -> DocumentRecord {
        DocumentRecord {
            id: id.to_owned(),
            date: date.map(str::to_owned),
            issuers: vec!["甲局".to_owned()],
            ..DocumentRecord::default()
        }
    }

    #[test]
    fn years_without_documents_are_groups_too() {
        let docs = [
            doc("1", Some("2019-01-01")),
            doc("2", Some("2022-01-01")),
            doc("3", None),
        ];
        let docs: Vec<_> = docs.iter().enumerate().collect();
        let groups = years(&docs);
        let values: Vec<(&str, usize)> = groups
            .iter()
            .map(|group| (group.value.as_str(), group.docs.len()))
            .collect();
        assert_eq!(values, [("2019", 1), ("2020", 0), ("2021", 0), ("2022", 1)]);
    }

    #[test]
    fn documents_stand_by_date_and_the_undated_last() {
        let docs = [
            doc("b", None),
            doc("a", Some("2022-01-01")),
            doc("c", Some("2019-05-01")),
        ];
        let docs: Vec<_> = docs.iter().enumerate().collect();
        let values: Vec<String> = one_by_one(docs)
            .into_iter()
            .map(|group| group.value)
            .collect();
        assert_eq!(values, ["c", "a", "b"]);
    }
}
