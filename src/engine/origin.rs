//! Where a passage comes from, as a condition inside a query.
//!
//! The same properties as in [`Filter`], with the same rules for names; but a
//! filter stands beside the query and its groups have facets, while these stand
//! anywhere in a tree of clauses. Facet counts take them as part of the query.

use super::catalog::Catalog;
use super::filter::{Filter, YearRange};
use super::record::DocumentRecord;
use plansearch_document::DocType;
use plansearch_text::{fold, number_key};

/// A property of a passage or its document. A name admits what is called
/// exactly so or, when nothing is, what has it as a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Id of the document, or its title or part of it.
    Doc(String),
    /// A heading above the passage at any level, or part of it.
    Chapter(String),
    /// The heading next above the passage, or part of it; for a heading itself.
    NextHeading(String),
    /// Name of a theme.
    Theme(String),
    /// An issuing body, or part of its name.
    Issuer(String),
    /// The document number, or part of it; the kind of its brackets is the same.
    Number(String),
    /// Type of the document.
    Type(DocType),
    /// Years of issue.
    Years(YearRange),
}

impl Origin {
    /// Which documents have this property, by position in the catalog; nothing where it is
    /// one of passages.
    pub fn documents(&self, catalog: &Catalog) -> Option<Vec<bool>> {
        let filter = match self {
            Self::Chapter(_) | Self::NextHeading(_) | Self::Theme(_) => return None,
            Self::Number(number) => return Some(numbered(catalog, number)),
            Self::Doc(name) => Filter {
                docs: vec![name.clone()],
                ..Filter::default()
            },
            Self::Issuer(name) => Filter {
                issuers: vec![name.clone()],
                ..Filter::default()
            },
            Self::Type(doc_type) => Filter {
                types: vec![*doc_type],
                ..Filter::default()
            },
            Self::Years(years) => Filter {
                years: vec![*years],
                ..Filter::default()
            },
        };
        let failed = filter.failed_by_documents(catalog);
        Some(failed.into_iter().map(|failed| failed == 0).collect())
    }
}

fn numbered(catalog: &Catalog, number: &str) -> Vec<bool> {
    let wanted = with_one_bracket(number);
    let numbers: Vec<String> = catalog
        .documents()
        .iter()
        .map(|doc| with_one_bracket(doc.doc_number.as_deref().unwrap_or_default()))
        .collect();
    if let Some(key) = number_key(number) {
        let of_doc = |doc: &DocumentRecord| number_key(doc.doc_number.as_deref()?);
        let documents = catalog.documents().iter();
        let meant: Vec<bool> = documents
            .map(|doc| of_doc(doc).as_ref() == Some(&key))
            .collect();
        if meant.contains(&true) {
            return meant;
        }
    }
    let is_exact = numbers.contains(&wanted);
    numbers
        .iter()
        .map(|number| {
            if is_exact {
                *number == wanted
            } else {
                number.contains(&wanted)
            }
        })
        .collect()
}

/// A folded document number with one kind of brackets.
fn with_one_bracket(number: &str) -> String {
    let one = |c| match c {
        '〔' | '[' | '【' | '［' | '﹝' | '（' => '(',
        '〕' | ']' | '】' | '］' | '﹞' | '）' => ')',
        _ => c,
    };
    fold(number).chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_number_is_found_however_its_brackets_are_typed() {
        let doc = |id: &str, number: Option<&str>| DocumentRecord {
            id: id.to_owned(),
            doc_number: number.map(str::to_owned),
            ..DocumentRecord::default()
        };
        let catalog = Catalog::new(vec![
            doc("a", Some("平政发〔2021〕8号")),
            doc("b", Some("平政发〔2021〕18号")),
            doc("c", None),
        ]);
        for typed in [
            "平政发〔2021〕8号",
            "平政发（2021）8号",
            "平政发[2021] 8号",
            "〔2021〕8号",
            "平政发2021 8",
            "平政发2021年8号文",
        ] {
            assert_eq!(numbered(&catalog, typed), [true, false, false], "{typed}");
        }
        assert_eq!(numbered(&catalog, "平政发"), [true, true, false]);
        assert_eq!(numbered(&catalog, "平政办"), [false; 3]);
    }
}
