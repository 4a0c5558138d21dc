//! Where a passage comes from, as a condition inside a query.
//!
//! The same properties as in [`Filter`], with the same rules for names; but a
//! filter stands beside the query and its groups have facets, while these stand
//! anywhere in a tree of clauses. Facet counts take them as part of the query.

use tantivy::DocId;

use super::catalog::Catalog;
use super::filter::{Filter, YearRange};
use super::record::DocumentRecord;
use super::theme_sets::{self, Meets};
use super::view::{SegmentView, Views};
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

/// A property, resolved against the library.
pub(super) enum Admitted {
    Documents(Vec<bool>),
    Paths(Vec<bool>),
    /// The wanted themes, a bit each.
    Themes(Vec<u64>),
}

impl Origin {
    /// Says whether anything in the library has this property.
    pub(super) fn is_known(&self, catalog: &Catalog, views: &Views) -> bool {
        match self.admitted(catalog, views) {
            Admitted::Documents(admitted) | Admitted::Paths(admitted) => admitted.contains(&true),
            // A theme that has a number is one of some passage.
            Admitted::Themes(wanted) => wanted.iter().any(|themes| *themes != 0),
        }
    }

    /// What has this property.
    pub(super) fn admitted(&self, catalog: &Catalog, views: &Views) -> Admitted {
        let filter = match self {
            Self::Chapter(name) => {
                let names = std::slice::from_ref(name);
                return Admitted::Paths(views.paths.admitted(&views.headings, names));
            }
            Self::NextHeading(name) => {
                let labels = views.headings.admitted(std::slice::from_ref(name));
                let is_next = |path: usize| {
                    let next = views.paths.path(path).last();
                    next.is_some_and(|label| labels.get(*label as usize) == Some(&true))
                };
                return Admitted::Paths((0..views.paths.len()).map(is_next).collect());
            }
            Self::Theme(name) => {
                let names = std::slice::from_ref(name);
                return Admitted::Themes(theme_sets::wanted(&views.themes, names));
            }
            Self::Number(number) => return Admitted::Documents(numbered(catalog, number)),
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
        Admitted::Documents(failed.into_iter().map(|failed| failed == 0).collect())
    }
}

impl Admitted {
    /// Says whether a passage of a segment has it.
    pub(super) fn admits(&self, view: &SegmentView, doc_id: DocId) -> bool {
        let is_admitted = |admitted: &[bool], id: usize| admitted.get(id).is_some_and(|is| *is);
        match self {
            Self::Documents(admitted) => view
                .doc_idx(doc_id)
                .is_some_and(|doc_idx| is_admitted(admitted, doc_idx)),
            Self::Paths(admitted) => view
                .path(doc_id)
                .is_some_and(|path| is_admitted(admitted, path)),
            Self::Themes(wanted) => {
                view.doc_idx(doc_id).is_some()
                    && theme_sets::meets(view.rows().themes(doc_id), wanted) != Meets::No
            }
        }
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
