//! Links: from what a page should show to its address.
//!
//! The address is the whole state of a page, so every link is made from the
//! parameters of the page it stands on.

use std::fmt::Write as _;

use super::params::SearchParams;

/// The address of a search; `/` alone when nothing is asked.
pub(super) fn search(params: &SearchParams) -> String {
    with_query("/".to_owned(), params.pairs())
}

/// The address of a document.
pub(super) fn document(id: &str) -> String {
    format!("/documents/{}", encode_segment(id))
}

/// The address of a passage in its document, with its fragment. `search` stays
/// in the address, so that its words are marked and the way back is known.
pub(super) fn passage(search: &SearchParams, doc: &str, id: &str, idx: usize) -> String {
    let mut pairs = search.pairs();
    pairs.push(("p", id.to_owned()));
    format!("{}#p{idx}", with_query(document(doc), pairs))
}

/// The address of a part of a document, numbered from 1.
pub(super) fn part(search: &SearchParams, doc: &str, number: usize) -> String {
    let mut pairs = search.pairs();
    pairs.push(("part", number.to_string()));
    with_query(document(doc), pairs)
}

/// The address of the list of documents from `offset` on.
pub(super) fn documents(offset: usize) -> String {
    let pairs = (offset > 0).then(|| ("offset", offset.to_string()));
    with_query("/documents".to_owned(), pairs.into_iter().collect())
}

fn with_query(path: String, pairs: Vec<(&'static str, String)>) -> String {
    if pairs.is_empty() {
        return path;
    }
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("{path}?{query}")
}

/// Encodes an id as one segment of a path.
fn encode_segment(id: &str) -> String {
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
