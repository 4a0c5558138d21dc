//! Links: from what a page should show to its address.
//!
//! The address is the whole state of a page, so every link is made from the
//! parameters of the page it stands on.

use std::fmt::Write as _;

use super::compare_params::CompareParams;
use super::params::SearchParams;
use super::picked::Picked;
use super::target_params::TargetParams;
use super::use_params::UseParams;
use plansearch_engine::{DocumentRecord, Fate, PassageRecord};

/// The address of a search; `/` alone when nothing is asked.
pub(super) fn search(params: &SearchParams) -> String {
    with_query("/".to_owned(), params.pairs())
}

/// The address of a document.
pub(super) fn document(id: &str) -> String {
    format!("/documents/{}", encode_segment(id))
}

/// The address of the file that a document was read from.
pub(super) fn original(id: &str) -> String {
    format!("{}/original", document(id))
}

/// The address of that file, at the page of a passage where it is shown by pages.
pub(super) fn original_at(doc: &DocumentRecord, passage: &PassageRecord) -> String {
    // A member of an archive is not what lies at the address.
    match passage.page.filter(|_| doc.member.is_empty()) {
        Some(page) => format!("{}#page={page}", original(&doc.id)),
        None => original(&doc.id),
    }
}

/// The part of a header that names a file to save.
pub(super) fn file_name(name: &str) -> String {
    format!("filename*=UTF-8''{}", encode_segment(name))
}

/// The address of what other documents say in the words of a passage.
pub(super) fn elsewhere(id: &str) -> String {
    with_query("/elsewhere".to_owned(), vec![("p", id.to_owned())])
}

/// The address of that file, also where it was edited since it was read.
pub(super) fn edited_original(id: &str) -> String {
    with_query(original(id), vec![("edited", "1".to_owned())])
}

/// The address of a passage in its document, with its fragment. `search` stays
/// in the address, so that its words are marked and the way back is known.
pub(super) fn passage(search: &SearchParams, doc: &str, id: &str, idx: usize) -> String {
    let mut pairs = search.pairs();
    pairs.push(("p", id.to_owned()));
    format!("{}#p{idx}", with_query(document(doc), pairs))
}

/// The address of the passage that stands for one of an earlier edition.
pub(super) fn followed(
    search: &SearchParams,
    doc: &str,
    id: &str,
    idx: usize,
    fate: Fate,
) -> String {
    let mut pairs = search.pairs();
    pairs.push(("p", id.to_owned()));
    if fate != Fate::Same {
        pairs.push(("was", fate.name().to_owned()));
    }
    format!("{}#p{idx}", with_query(document(doc), pairs))
}

/// The name of the place in the reader where the section with these headings
/// above it begins: of the headings alone, so that it lasts.
pub(super) fn section_anchor(path: &[String]) -> String {
    let mut hasher = blake3::Hasher::new();
    for label in path {
        hasher.update(label.as_bytes());
        hasher.update(&[0]);
    }
    let hash = hasher.finalize().to_hex();
    format!("s-{}", hash.chars().take(10).collect::<String>())
}

/// The address of a section in its document, with its fragment.
pub(super) fn section(search: &SearchParams, doc: &str, path: &[String]) -> String {
    let anchor = section_anchor(path);
    let mut pairs = search.pairs();
    pairs.push(("s", anchor.clone()));
    format!("{}#{anchor}", with_query(document(doc), pairs))
}

/// The address of a document with the words of a search marked in it.
pub(super) fn marked_document(search: &SearchParams, doc: &str) -> String {
    with_query(document(doc), search.pairs())
}

/// The address of the values of a facet of a search that hold `find`, from value
/// `from` on.
pub(super) fn values(search: &SearchParams, group: &str, find: &str, from: usize) -> String {
    let mut pairs = search.pairs();
    pairs.push(("group", group.to_owned()));
    if !find.is_empty() {
        pairs.push(("find", find.to_owned()));
    }
    if from > 0 {
        pairs.push(("from", from.to_string()));
    }
    with_query("/values".to_owned(), pairs)
}

/// The address of a part of a document, numbered from 1.
pub(super) fn part(search: &SearchParams, doc: &str, number: usize) -> String {
    let mut pairs = search.pairs();
    pairs.push(("part", number.to_string()));
    with_query(document(doc), pairs)
}

/// The address of a long document that is shown whole.
pub(super) fn whole_document(search: &SearchParams, doc: &str) -> String {
    let mut pairs = search.pairs();
    pairs.push(("whole", "1".to_owned()));
    with_query(document(doc), pairs)
}

/// The address of what the plans say on a theme, from document `offset` on.
pub(super) fn theme(name: &str, offset: usize) -> String {
    let pairs = (offset > 0).then(|| ("offset", offset.to_string()));
    with_query(
        format!("/themes/{}", encode_segment(name)),
        pairs.into_iter().collect(),
    )
}

/// The address of a basket of all that a search found.
pub(super) fn basket_of(search: &SearchParams) -> String {
    with_query("/basket".to_owned(), search.pairs())
}

/// The address of a basket of these passages.
pub(super) fn basket(picked: &Picked) -> String {
    with_query("/basket".to_owned(), picked.pairs())
}

/// The address of a file of all that a search found.
pub(super) fn export_of(search: &SearchParams, format: &str) -> String {
    let mut pairs = search.pairs();
    pairs.push(("format", format.to_owned()));
    with_query("/export".to_owned(), pairs)
}

/// The address of the feed of a search.
pub(super) fn feed(params: &SearchParams) -> String {
    with_query("/feed.atom".to_owned(), params.pairs())
}

/// The address of the list of documents called like `name`, from `offset` on.
pub(super) fn documents(name: &str, offset: usize) -> String {
    let mut pairs = Vec::new();
    if !name.is_empty() {
        pairs.push(("name", name.to_owned()));
    }
    if offset > 0 {
        pairs.push(("offset", offset.to_string()));
    }
    with_query("/documents".to_owned(), pairs)
}

/// The address of the use of terms.
pub(super) fn evolve(params: &UseParams) -> String {
    with_query("/evolve".to_owned(), params.pairs())
}

/// The address of the use of terms by year.
pub(super) fn evolve_of(terms: &[&str]) -> String {
    let pairs = terms.iter().map(|term| ("term", (*term).to_owned()));
    with_query("/evolve".to_owned(), pairs.collect())
}

/// The address of targets.
pub(super) fn targets(params: &TargetParams) -> String {
    with_query("/targets".to_owned(), params.pairs())
}

/// The address of a comparison.
pub(super) fn compare(params: &CompareParams) -> String {
    with_query("/compare".to_owned(), params.pairs())
}

/// The address of what the documents say on a topic.
pub(super) fn topic(topic: &str) -> String {
    with_query("/compare".to_owned(), vec![("topic", topic.to_owned())])
}

/// A path with parameters.
pub(super) fn with_query(path: String, pairs: Vec<(&'static str, String)>) -> String {
    if pairs.is_empty() {
        return path;
    }
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("{path}?{query}")
}

/// The name of a file without its folders, whatever parts them.
pub(super) fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Encodes an id or a name as one segment of a path.
pub(super) fn encode_segment(id: &str) -> String {
    let mut segment = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            segment.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(segment, "%{byte:02X}");
        }
    }
    // A browser would resolve these two away.
    match segment.as_str() {
        "." => "%2E".to_owned(),
        ".." => "%2E%2E".to_owned(),
        _ => segment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_any_characters_stay_one_segment() {
        for (id, expect) in [
            ("a945dcf59f48", "/documents/a945dcf59f48"),
            ("a/b?c#d", "/documents/a%2Fb%3Fc%23d"),
            ("港区", "/documents/%E6%B8%AF%E5%8C%BA"),
        ] {
            assert_eq!(document(id), expect);
        }
    }
}
