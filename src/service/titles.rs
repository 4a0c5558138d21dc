//! Titles that stand beside each other, told apart: many a work report is called so.

use std::collections::BTreeMap;

use super::address::base_name;
use super::wire::DocumentBrief;
use plansearch_engine::DocumentRecord;

/// The titles of some documents.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// By title: each document with its issuer and year, and its file.
    documents: BTreeMap<String, BTreeMap<String, (String, String)>>,
}

/// What tells documents of one title apart.
struct Told<'a> {
    id: &'a str,
    title: &'a str,
    issuers: &'a [String],
    date: Option<&'a str>,
    file: &'a str,
}

impl Titles {
    pub(super) fn of_documents<'a>(documents: impl Iterator<Item = &'a DocumentRecord>) -> Self {
        Self::of_told(documents.map(|doc| Told {
            id: &doc.id,
            title: &doc.title,
            issuers: &doc.issuers,
            date: doc.date.as_deref(),
            file: doc.file(),
        }))
    }

    pub(super) fn of_briefs<'a>(documents: impl Iterator<Item = &'a DocumentBrief>) -> Self {
        Self::of_told(documents.map(|doc| Told {
            id: &doc.id,
            title: &doc.title,
            issuers: &doc.issuers,
            date: doc.date.as_deref(),
            file: &doc.file,
        }))
    }

    fn of_told<'a>(documents: impl Iterator<Item = Told<'a>>) -> Self {
        let mut titles = Self::default();
        for Told {
            id,
            title,
            issuers,
            date,
            file,
        } in documents
        {
            let same = titles.documents.entry(title.to_owned()).or_default();
            same.entry(id.to_owned()).or_insert_with(|| {
                let year = date.and_then(|date| date.split('-').next());
                let year = year.map(|year| format!("{year}年"));
                let facts: Vec<String> = issuers.first().cloned().into_iter().chain(year).collect();
                (facts.join("，"), base_name(file).to_owned())
            });
        }
        titles
    }

    /// The title of a document; with issuer and year where another has the same title, with
    /// the name of its file where these are the same too.
    pub(super) fn of(&self, id: &str, title: &str) -> String {
        let same = self.documents.get(title).filter(|same| same.len() > 1);
        let Some((same, (facts, file))) = same.and_then(|same| Some((same, same.get(id)?))) else {
            return title.to_owned();
        };
        let n_alike = same.values().filter(|(others, _)| others == facts);
        let told = if n_alike.count() > 1 { file } else { facts };
        if told.is_empty() {
            title.to_owned()
        } else {
            format!("{title}（{told}）")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_titles_that_stand_twice_get_more() {
        let doc = |id: &str, title: &str, date: &str| DocumentRecord {
            id: id.to_owned(),
            title: title.to_owned(),
            issuers: vec!["甲省人民政府".to_owned()],
            date: Some(date.to_owned()),
            ..DocumentRecord::default()
        };
        let copy = |id: &str, file: &str| DocumentRecord {
            files: vec![format!("library/{file}")],
            ..doc(id, "乙市规划", "2021-01-20")
        };
        let docs = [
            doc("a", "政府工作报告", "2025-01-20"),
            doc("b", "政府工作报告", "2026-01-20"),
            doc("c", "甲市规划", "2021-01-20"),
            copy("d", "规划.docx"),
            copy("e", "规划.md"),
        ];
        let titles = Titles::of_documents(docs.iter());
        assert_eq!(
            titles.of("b", "政府工作报告"),
            "政府工作报告（甲省人民政府，2026年）"
        );
        assert_eq!(titles.of("c", "甲市规划"), "甲市规划");
        assert_eq!(titles.of("e", "乙市规划"), "乙市规划（规划.md）");
    }
}
