//! Names and values of an address or a form, however they were encoded.
//!
//! Links from other systems have `q` in GBK, or encoded twice; both are read as what was
//! meant. What is valid UTF-8 is never read otherwise.

use encoding_rs::GB18030;

/// The decoded names and values, in order.
pub(super) fn pairs(encoded: &[u8]) -> impl Iterator<Item = (String, String)> {
    let parts = encoded.split(|byte| *byte == b'&');
    parts.filter(|part| !part.is_empty()).map(|part| {
        let mut halves = part.splitn(2, |byte| *byte == b'=');
        let name = halves.next().unwrap_or_default();
        let value = halves.next().unwrap_or_default();
        (decoded(name), once_more(decoded(value)))
    })
}

fn decoded(encoded: &[u8]) -> String {
    text(bytes(encoded, true))
}

/// Bytes as text: UTF-8, else GB18030 where every byte has a meaning, else UTF-8 with marks
/// for what is none.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let bytes = error.as_bytes();
        match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(text) => text.into_owned(),
            None => String::from_utf8_lossy(bytes).into_owned(),
        }
    })
}

/// A value that is encoded still, decoded: only where that gives more than ASCII.
fn once_more(value: String) -> String {
    if !value.is_ascii() || !value.contains('%') {
        return value;
    }
    let again = text(bytes(value.as_bytes(), false));
    let is_meant = !again.is_ascii() && !again.contains('\u{fffd}');
    if is_meant { again } else { value }
}

fn bytes(encoded: &[u8], is_form: bool) -> Vec<u8> {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest = encoded.iter();
    while let Some(byte) = rest.next() {
        let ahead = rest.as_slice();
        match (byte, hex(ahead.first()), hex(ahead.get(1))) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                rest = ahead.get(2..).unwrap_or_default().iter();
            }
            (b'+', ..) if is_form => decoded.push(b' '),
            _ => decoded.push(*byte),
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(encoded: &str) -> String {
        pairs(encoded.as_bytes())
            .next()
            .map_or_else(String::new, |(_, value)| value)
    }

    #[test]
    fn values_are_read_as_they_were_meant() {
        assert_eq!(value("q=%E6%B0%A2%E8%83%BD+x"), "氢能 x");
        assert_eq!(value("q=%C7%E2%C4%DC"), "氢能", "GBK");
        assert_eq!(value("q=%25E6%25B0%25A2%25E8%2583%25BD"), "氢能", "twice");
        assert_eq!(value("q=%25C7%25E2%25C4%25DC"), "氢能", "GBK twice");
        assert_eq!(value("q=6%25"), "6%");
        assert_eq!(value("q=%2541"), "%41");
        assert_eq!(value("q=100%"), "100%");
    }

    proptest! {
        #[test]
        fn what_is_encoded_once_comes_back(text in "[^%]{0,20}") {
            let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            prop_assert_eq!(value(&format!("q={encoded}")), text);
        }

        #[test]
        fn any_bytes_are_read_without_panic(encoded in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = pairs(&encoded).count();
        }
    }
}
