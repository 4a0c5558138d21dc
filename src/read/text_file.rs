//! Plain text and Markdown files.
//!
//! Lines end in LF, CRLF, CR or one of the rarer marks (NEL, VT, FF, LS, PS).
//! Control characters stay and are named in a warning. Bytes that are no text
//! are refused; [`super::encoding`] finds out what they are.

use plansearch_document::Warning;
use std::collections::BTreeMap;

use super::encoding;
use super::source::Unreadable;
use plansearch_document::RawText;

/// Turns bytes into lines, finding the encoding from the bytes themselves.
///
/// # Errors
/// [`Unreadable`] when the bytes are no text.
pub(super) fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    let decoded = encoding::decode(bytes, None)?;
    let mut raw = RawText::from_text(&decoded.text);
    raw.losses.extend(decoded.warning);
    raw.warnings.extend(control_characters(&raw.lines));
    Ok(raw)
}

/// Names the control characters in the text, except tabs.
fn control_characters(lines: &[String]) -> Option<Warning> {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for c in lines.iter().flat_map(|line| line.chars()) {
        if c.is_control() && c != '\t' {
            *counts.entry(c).or_default() += 1;
        }
    }
    (!counts.is_empty()).then(|| Warning::ControlCharacters(Vec::from_iter(counts)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8], lines: &[&str]) {
        assert_eq!(read(bytes).unwrap().lines, lines);
    }

    #[test]
    fn every_encoding_gives_the_same_lines() {
        let text = "第一章 总则\r\n发展氢能产业，建设海河联运枢纽。";
        let lines = ["第一章 总则", "发展氢能产业，建设海河联运枢纽。"];
        check(text.as_bytes(), &lines);
        check(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), &lines);
        check(&encoding_rs::GB18030.encode(text).0, &lines);
        let utf16: Vec<u8> = [0xfeff]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        check(&utf16, &lines);
    }

    #[test]
    fn line_ends_of_all_kinds_split() {
        check("甲\n乙\r丙\r\n丁\n".as_bytes(), &["甲", "乙", "丙", "丁"]);
        check(
            "甲\u{85}乙\u{b}丙\u{c}丁\u{2028}戊\u{2029}己".as_bytes(),
            &["甲", "乙", "丙", "丁", "戊", "己"],
        );
    }

    #[test]
    fn control_characters_are_named() {
        let raw = read("甲\u{1}乙\u{1}\t\u{7f}".as_bytes()).unwrap();
        assert_eq!(raw.lines, ["甲\u{1}乙\u{1}\t\u{7f}"]);
        assert_eq!(
            raw.warnings[0].to_string(),
            "control characters in the text: U+0001 (2), U+007F (1)"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }
    }
}
