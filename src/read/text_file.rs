//! Plain text and Markdown files.
//!
//! UTF-8 with or without a byte order mark, UTF-16 with a mark, GB18030 and its
//! kin by detection. Lines end in LF, CRLF or CR. Bytes that are no text are
//! refused.

use super::raw_text::RawText;
use super::source::Unreadable;

/// Turns bytes into lines, finding the encoding from the bytes themselves.
///
/// # Errors
/// [`Unreadable`] when the bytes are no text.
pub(super) fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    if let Some((encoding, mark_bytes)) = encoding_rs::Encoding::for_bom(bytes) {
        let body = bytes.get(mark_bytes..).unwrap_or_default();
        return Ok(decode_as(encoding, body));
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Ok(RawText::from_text(text));
    }
    if bytes.contains(&0) {
        return Err(Unreadable::new(
            "a binary file",
            "save it as plain text (.txt)",
        ));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow);
    // GB18030 holds all of GBK; a page that only slips in a few bytes stays legible.
    let encoding = if guess == encoding_rs::GBK {
        encoding_rs::GB18030
    } else {
        guess
    };
    Ok(decode_as(encoding, bytes))
}

fn decode_as(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> RawText {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let mut raw = RawText::from_text(&text);
    if had_errors {
        raw.warnings.push(format!(
            "some bytes are no {} text and show as \u{fffd}",
            encoding.name()
        ));
    }
    raw
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
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }
    }
}
