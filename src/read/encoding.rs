//! Bytes as text, whatever their encoding.
//!
//! UTF-8, UTF-16 with or without a mark, GB18030 and its kin, Big5 by detection.
//! What holds zero bytes and is no UTF-16 is a binary file and is refused.

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::source::Unreadable;

/// A text and what was odd about its bytes.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) warning: Option<String>,
}

/// Finds the encoding from the bytes themselves, helped by the name that the
/// file may declare.
///
/// # Errors
/// [`Unreadable`] when the bytes are no text.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, Unreadable> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(bytes) {
        return Ok(decode_as(encoding, bytes.get(mark_bytes..).unwrap_or(&[])));
    }
    if bytes.contains(&0) {
        return utf16_by_zeros(bytes)
            .map(|encoding| decode_as(encoding, bytes))
            .ok_or_else(|| Unreadable::new("a binary file", "save it as plain text (.txt)"));
    }
    // Bytes beyond ASCII that are valid UTF-8 by chance do not occur, but pages
    // that were saved anew keep the declaration of their first encoding.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded {
            text: text.to_owned(),
            warning: None,
        });
    }
    if let Some(encoding) = utf16_by_script(bytes) {
        return Ok(decode_as(encoding, bytes));
    }
    // Damaged, or cut within a character; no other encoding is told by statistics
    // of a text that is garbled in all of them.
    if is_mostly_utf8(bytes) {
        return Ok(decode_as(UTF_8, bytes));
    }
    let named = declared
        .and_then(|name| Encoding::for_label(name.trim().as_bytes()))
        .map(with_all_characters);
    if let Some(encoding) = named {
        let decoded = decode_as(encoding, bytes);
        if decoded.warning.is_none() {
            return Ok(decoded);
        }
    }
    Ok(decode_as(detect(bytes), bytes))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        warning: had_errors.then(|| {
            format!(
                "some bytes are no {} text and show as \u{fffd}",
                encoding.name()
            )
        }),
    }
}

/// GB18030 holds all of GBK and what GBK lacks.
fn with_all_characters(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// The encoding of bytes that declare none. Statistics know the two-byte
/// characters of GBK only, so a text that is clean GB18030 counts as such unless
/// they speak for Big5.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow);
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if guess != BIG5 && !(has_private(&text) && is_clean(BIG5, bytes)) => GB18030,
        Some(_) => BIG5,
        None => with_all_characters(guess),
    }
}

/// Says whether characters of three and four bytes by far outnumber the faults.
/// Text of other encodings holds hardly any of them by chance.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut n_sound, mut n_faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        n_sound += chunk.valid().chars().filter(|c| *c >= '\u{800}').count();
        n_faults += usize::from(!chunk.invalid().is_empty());
    }
    n_sound > n_faults * 2
}

fn is_clean(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .is_some()
}

/// Says whether one character in fifty is of the private area, which GB18030
/// text does not use and Big5 text misread as such is full of.
fn has_private(text: &str) -> bool {
    let n_private = text
        .chars()
        .filter(|c| matches!(c, '\u{e000}'..='\u{f8ff}'))
        .count();
    n_private * 50 > text.chars().count()
}

/// Zero bytes that stand on one side of the pairs only: ASCII in UTF-16.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let n_zeros = |side: usize| {
        bytes
            .iter()
            .skip(side)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (n_first, n_second) = (n_zeros(0), n_zeros(1));
    // U+4E00 一 ends in a zero byte too, so the other side need not be free of them.
    let encoding = if n_second >= n_first {
        UTF_16LE
    } else {
        UTF_16BE
    };
    let other = if encoding == UTF_16LE {
        UTF_16BE
    } else {
        UTF_16LE
    };
    [encoding, other]
        .into_iter()
        .find(|encoding| is_plain_text(encoding, bytes))
}

/// Pairs whose high byte lies in the range of Chinese characters and marks, for
/// texts that hold no ASCII.
fn utf16_by_script(bytes: &[u8]) -> Option<&'static Encoding> {
    let n_pairs = bytes.len() / 2;
    if n_pairs < 2 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    [(UTF_16LE, 1), (UTF_16BE, 0)]
        .into_iter()
        .find_map(|(encoding, side)| {
            let n_chinese = bytes
                .iter()
                .skip(side)
                .step_by(2)
                .filter(|byte| matches!(byte, 0x4e..=0x9f | 0x30 | 0xff))
                .count();
            (n_chinese * 10 >= n_pairs * 8 && is_plain_text(encoding, bytes)).then_some(encoding)
        })
}

/// Says whether the bytes decode without fault to text that is mostly letters,
/// marks and blanks of the scripts such files are written in.
fn is_plain_text(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
        return false;
    };
    let n_chars = text.chars().count();
    let n_plain = text.chars().filter(|c| is_usual(*c)).count();
    n_chars > 0 && n_plain * 20 >= n_chars * 19
}

fn is_usual(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | '\u{c}' | ' '..='~' | '\u{a0}'..='\u{24f}' | '\u{370}'..='\u{451}'
        | '\u{2000}'..='\u{27ff}' | '\u{3000}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffee}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const RARE: &str = "第一章 总则\n𠮷林，㐂庆，建筑面积1000㎡，发展氢能产业，建设海河联运枢纽。";

    fn utf16(text: &str, is_little: bool) -> Vec<u8> {
        let to_bytes = if is_little {
            u16::to_le_bytes
        } else {
            u16::to_be_bytes
        };
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    fn check(bytes: &[u8], text: &str) {
        let decoded = decode(bytes, None).unwrap();
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.warning, None);
    }

    #[test]
    fn rare_characters_survive_every_encoding() {
        check(RARE.as_bytes(), RARE);
        check(&[b"\xef\xbb\xbf", RARE.as_bytes()].concat(), RARE);
        for is_little in [true, false] {
            check(&utf16(RARE, is_little), RARE);
            check(&utf16(&format!("\u{feff}{RARE}"), is_little), RARE);
        }
        let gb18030 = GB18030.encode(RARE).0;
        assert!(
            gb18030
                .windows(4)
                .any(|bytes| matches!(bytes, [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39]))
        );
        check(&gb18030, RARE);
    }

    #[test]
    fn utf16_without_ascii_is_told_from_gb18030() {
        let text = "发展氢能产业，建设海河联运枢纽。";
        check(&utf16(text, true), text);
        check(&utf16(text, false), text);
        check(&GB18030.encode(text).0, text);
    }

    #[test]
    fn utf16_with_the_character_one_is_read() {
        let text = "一、总则\n一个中心，一体两翼，一一落实。";
        check(&utf16(text, true), text);
        check(&utf16(text, false), text);
    }

    #[test]
    fn big5_is_detected() {
        let text = "臺北市都市計畫委員會審議，發展氫能產業，建設國際機場聯外捷運，並推動環境保護工作計畫。";
        check(&BIG5.encode(text).0, text);
    }

    #[test]
    fn four_byte_characters_alone_are_gb18030() {
        let text = "㐂㐂𠮷𠮷";
        check(&GB18030.encode(text).0, text);
    }

    #[test]
    fn damaged_utf8_is_utf8() {
        let text = "指标,单位,2020年\n产值,亿元,10";
        let bytes = text.as_bytes();
        let cut = decode(&bytes[..bytes.len() - 4], None).unwrap();
        assert_eq!(cut.text, "指标,单位,2020年\n产值,亿\u{fffd}");
        assert!(cut.warning.is_some());
        let mut flipped = bytes.to_vec();
        flipped[1] = b'x';
        let flipped = decode(&flipped, None).unwrap();
        assert!(flipped.text.contains("单位,2020年"), "{}", flipped.text);
    }

    #[test]
    fn a_false_declaration_does_no_harm() {
        let text = "发展氢能产业。";
        assert_eq!(decode(text.as_bytes(), Some("gb2312")).unwrap().text, text);
        let gbk = GB18030.encode(text).0;
        assert_eq!(decode(&gbk, Some("utf-8")).unwrap().text, text);
        assert_eq!(decode(&gbk, Some("gb2312")).unwrap().text, text);
    }

    #[test]
    fn binary_files_are_refused() {
        assert!(decode(b"\x00\x01\x02\x03\x00\x00\xff\xfe\x00", None).is_err());
    }
}
