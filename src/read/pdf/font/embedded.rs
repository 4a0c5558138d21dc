//! What the font programs inside a file say about their glyphs, for fonts
//! that come without a map to Unicode.

use std::collections::HashMap;

use ttf_parser::{Face, GlyphId, PlatformId, cff};

use super::glyph_names;

/// The text of each glyph, by its number in the program (TrueType, OpenType, CFF).
pub(super) fn by_glyph(program: &[u8]) -> HashMap<u32, String> {
    if let Ok(face) = Face::parse(program, 0) {
        return by_glyph_of_face(&face);
    }
    let mut texts = HashMap::new();
    if let Some(table) = cff::Table::parse(program) {
        for glyph in 0..table.number_of_glyphs() {
            let name = table.glyph_name(GlyphId(glyph));
            if let Some(text) = name.and_then(glyph_names::text) {
                texts.insert(u32::from(glyph), text);
            }
        }
    }
    texts
}

fn by_glyph_of_face(face: &Face<'_>) -> HashMap<u32, String> {
    let mut characters: HashMap<u32, char> = HashMap::new();
    let subtables = face.tables().cmap.map(|table| table.subtables);
    for subtable in subtables.into_iter().flatten() {
        if !subtable.is_unicode() {
            continue;
        }
        subtable.codepoints(|code| {
            let glyph = subtable.glyph_index(code).map(|glyph| u32::from(glyph.0));
            let (Some(glyph), Some(ch)) = (glyph, char::from_u32(code)) else {
                return;
            };
            let known = characters.entry(glyph).or_insert(ch);
            if rank(ch) < rank(*known) {
                *known = ch;
            }
        });
    }
    let mut texts: HashMap<u32, String> = HashMap::new();
    for glyph in 0..face.number_of_glyphs() {
        let known = characters.get(&u32::from(glyph)).copied();
        let by_code = known.filter(|ch| rank(*ch) < 2).map(String::from);
        let by_name = || face.glyph_name(GlyphId(glyph)).and_then(glyph_names::text);
        if let Some(text) = by_code.or_else(by_name).or_else(|| known.map(String::from)) {
            texts.insert(u32::from(glyph), text);
        }
    }
    texts
}

/// Of the characters that share a glyph the one that people write: 一 (U+4E00),
/// not the radical of the same shape.
fn rank(ch: char) -> u8 {
    match ch {
        '\u{e000}'..='\u{f8ff}' => 2,
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => 1,
        _ => 0,
    }
}

/// The text of each code of a font of one byte, by its own encoding.
pub(super) fn by_code(program: &[u8]) -> HashMap<u8, String> {
    if let Ok(face) = Face::parse(program, 0) {
        return by_code_of_face(&face);
    }
    let mut texts = HashMap::new();
    if let Some(table) = cff::Table::parse(program) {
        for code in 0..=u8::MAX {
            let name = table
                .glyph_index(code)
                .and_then(|glyph| table.glyph_name(glyph));
            if let Some(text) = name.and_then(glyph_names::text) {
                texts.insert(code, text);
            }
        }
        return texts;
    }
    type1_encoding(program)
}

fn by_code_of_face(face: &Face<'_>) -> HashMap<u8, String> {
    let glyphs = by_glyph_of_face(face);
    let mut texts = HashMap::new();
    let subtables = face.tables().cmap.map(|table| table.subtables);
    for subtable in subtables.into_iter().flatten() {
        // Symbol fonts have their codes at U+F000, the others those of Macintosh.
        let is_symbol = subtable.platform_id == PlatformId::Windows && subtable.encoding_id == 0;
        if !is_symbol && subtable.platform_id != PlatformId::Macintosh {
            continue;
        }
        for code in 0..=u8::MAX {
            let places = [u32::from(code), 0xf000 + u32::from(code)];
            let glyph = places
                .into_iter()
                .filter_map(|place| subtable.glyph_index(place))
                .find(|glyph| glyph.0 != 0);
            if let Some(text) = glyph.and_then(|glyph| glyphs.get(&u32::from(glyph.0))) {
                texts.entry(code).or_insert_with(|| text.clone());
            }
        }
    }
    texts
}

/// The lines `dup 65 /A put` in the plain part of a Type 1 program.
fn type1_encoding(program: &[u8]) -> HashMap<u8, String> {
    let mut texts = HashMap::new();
    let end = program.windows(5).position(|window| window == b"eexec");
    let plain = String::from_utf8_lossy(program.get(..end.unwrap_or(0)).unwrap_or_default());
    let mut words = plain.split_ascii_whitespace();
    while let Some(word) = words.next() {
        if word != "dup" {
            continue;
        }
        let code = words.next().and_then(|code| code.parse().ok());
        let name = words.next().and_then(|name| name.strip_prefix('/'));
        if let (Some(code), Some(text)) = (code, name.and_then(glyph_names::text)) {
            texts.insert(code, text);
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type1_program_names_its_codes() {
        let program =
            b"%!PS-AdobeFont-1.0\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n\
            dup 1 /A put\ndup 2 /quoteright put\nreadonly def\ncurrentfile eexec \x01\x02";
        let texts = by_code(program);
        assert_eq!(texts.get(&1).map(String::as_str), Some("A"));
        assert_eq!(texts.get(&2).map(String::as_str), Some("’"));
        assert!(by_glyph(b"no program").is_empty());
    }
}
