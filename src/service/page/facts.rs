//! What the head of the reader says of a document, and where each fact was found.

use crate::words;
use plansearch_engine::DocumentRecord;

/// What is known of a document, with its name and where it was found.
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) place: Option<String>,
    /// Whether it tells of the file and not of the document.
    pub(super) is_aside: bool,
}

/// What is known of a document.
pub(super) fn facts(doc: &DocumentRecord) -> Vec<Fact> {
    let date = |iso: &Option<String>| iso.as_deref().map(words::date);
    let facts = [
        ("发文机关", "issuers", Some(doc.issuers.join("、"))),
        ("发文字号", "doc_number", doc.doc_number.clone()),
        ("成文日期", "date", date(&doc.date)),
        ("发布日期", "publish_date", date(&doc.publish_date)),
        ("文种", "doc_type", Some(doc.doc_type.clone())),
        ("规划期", "period", words::period(doc)),
        ("索引号", "index_number", doc.index_number.clone()),
        (
            "来源文件",
            "",
            Some(doc.places().collect::<Vec<_>>().join("、")),
        ),
        ("段落数", "", Some(words::count(doc.n_passages))),
    ];
    facts
        .into_iter()
        .filter_map(|(name, key, value)| {
            Some(Fact {
                name,
                value: value.filter(|value| !value.is_empty())?,
                is_aside: key.is_empty(),
                place: doc.found_in.get(key).map(|place| words::place(place)),
            })
        })
        .collect()
}
