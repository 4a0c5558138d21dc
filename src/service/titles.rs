//! Titles that stand beside each other, told apart: many a work report is called so.

use std::collections::BTreeMap;

use super::wire::DocumentBrief;
use plansearch_engine::DocumentRecord;

/// The titles of some documents.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// By title: each document with its issuer and year.
    documents: BTreeMap<String, BTreeMap<String, String>>,
}

/// What tells documents of one title apart.
type Told<'a> = (&'a String, &'a String, &'a Vec<String>, Option<&'a str>);

impl Titles {
    pub(super) fn of_documents<'a>(documents: impl Iterator<Item = &'a DocumentRecord>) -> Self {
        let told = documents.map(|doc| (&doc.id, &doc.title, &doc.issuers, doc.date.as_deref()));
        Self::of_told(told)
    }

    pub(super) fn of_briefs<'a>(documents: impl Iterator<Item = &'a DocumentBrief>) -> Self {
        let told = documents.map(|doc| (&doc.id, &doc.title, &doc.issuers, doc.date.as_deref()));
        Self::of_told(told)
    }

    /// `documents` are id, title, issuers and date.
    fn of_told<'a>(documents: impl Iterator<Item = Told<'a>>) -> Self {
        let mut titles = Self::default();
        for (id, title, issuers, date) in documents {
            let same = titles.documents.entry(title.clone()).or_default();
            same.entry(id.clone()).or_insert_with(|| {
                let year = date.and_then(|date| date.split('-').next());
                let year = year.map(|year| format!("{year}年"));
                let facts: Vec<String> = issuers.first().cloned().into_iter().chain(year).collect();
                facts.join("，")
            });
        }
        titles
    }

    /// The title of a document; with issuer and year where another has the same title.
    pub(super) fn of(&self, id: &str, title: &str) -> String {
        let same = self.documents.get(title).filter(|same| same.len() > 1);
        match same.and_then(|same| same.get(id)) {
            Some(facts) if !facts.is_empty() => format!("{title}（{facts}）"),
            _ => title.to_owned(),
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
        let docs = [
            doc("a", "政府工作报告", "2025-01-20"),
            doc("b", "政府工作报告", "2026-01-20"),
            doc("c", "甲市规划", "2021-01-20"),
        ];
        let titles = Titles::of_documents(docs.iter());
        assert_eq!(
            titles.of("b", "政府工作报告"),
            "政府工作报告（甲省人民政府，2026年）"
        );
        assert_eq!(titles.of("c", "甲市规划"), "甲市规划");
    }
}
