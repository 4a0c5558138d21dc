//! Names of glyphs and the encodings that fonts of one byte build on.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// A table of 256 codes that the format defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// `StandardEncoding`.
    Standard,
    /// `WinAnsiEncoding`.
    WinAnsi,
    /// `MacRomanEncoding`.
    MacRoman,
}

impl Base {
    /// The table of this name.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            _ => None,
        }
    }

    /// The character of a code.
    pub(super) fn character(self, code: u8) -> Option<char> {
        match (self, code) {
            (_, 0..=0x1f | 0x7f) => None,
            (Self::Standard, 0x27) => Some('’'),
            (Self::Standard, 0x60) => Some('‘'),
            (_, 0x20..=0x7e) => Some(char::from(code)),
            (Self::WinAnsi, 0xad) => Some('-'),
            (Self::WinAnsi, _) => one_byte(WINDOWS_1252, code),
            (Self::MacRoman, _) => one_byte(MACINTOSH, code),
            (Self::Standard, _) => STANDARD
                .iter()
                .find_map(|(known, ch)| (*known == code).then_some(*ch)),
        }
    }
}

fn one_byte(encoding: &'static Encoding, code: u8) -> Option<char> {
    let bytes = [code];
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    let ch = text.chars().next()?;
    (!ch.is_control()).then_some(ch)
}

/// The upper half of `StandardEncoding`.
const STANDARD: [(u8, char); 54] = [
    (0xa1, '¡'),
    (0xa2, '¢'),
    (0xa3, '£'),
    (0xa4, '⁄'),
    (0xa5, '¥'),
    (0xa6, 'ƒ'),
    (0xa7, '§'),
    (0xa8, '¤'),
    (0xa9, '\''),
    (0xaa, '“'),
    (0xab, '«'),
    (0xac, '‹'),
    (0xad, '›'),
    (0xae, 'ﬁ'),
    (0xaf, 'ﬂ'),
    (0xb1, '–'),
    (0xb2, '†'),
    (0xb3, '‡'),
    (0xb4, '·'),
    (0xb6, '¶'),
    (0xb7, '•'),
    (0xb8, '‚'),
    (0xb9, '„'),
    (0xba, '”'),
    (0xbb, '»'),
    (0xbc, '…'),
    (0xbd, '‰'),
    (0xbf, '¿'),
    (0xc1, '`'),
    (0xc2, '´'),
    (0xc3, 'ˆ'),
    (0xc4, '˜'),
    (0xc5, '¯'),
    (0xc6, '˘'),
    (0xc7, '˙'),
    (0xc8, '¨'),
    (0xca, '˚'),
    (0xcb, '¸'),
    (0xcd, '˝'),
    (0xce, '˛'),
    (0xcf, 'ˇ'),
    (0xd0, '—'),
    (0xe1, 'Æ'),
    (0xe3, 'ª'),
    (0xe8, 'Ł'),
    (0xe9, 'Ø'),
    (0xea, 'Œ'),
    (0xeb, 'º'),
    (0xf1, 'æ'),
    (0xf5, 'ı'),
    (0xf8, 'ł'),
    (0xf9, 'ø'),
    (0xfa, 'œ'),
    (0xfb, 'ß'),
];

/// The text that a glyph of this name shows (`A`, `quoteright`, `uni53D1`).
pub(super) fn text(name: &str) -> Option<String> {
    let (stem, _) = name.split_once('.').unwrap_or((name, ""));
    if stem.is_empty() {
        return None;
    }
    let mut letters = stem.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(letter.to_string());
    }
    if let Some(ch) = listed(stem) {
        return Some(ch.to_string());
    }
    if let Some(digits) = stem.strip_prefix("uni") {
        let digits = digits.as_bytes();
        if !digits.is_empty() && digits.len().is_multiple_of(4) {
            return digits.chunks(4).map(hexadecimal).collect();
        }
    }
    let digits = stem.strip_prefix('u')?.as_bytes();
    if (4..=6).contains(&digits.len()) {
        return hexadecimal(digits).map(String::from);
    }
    None
}

fn hexadecimal(digits: &[u8]) -> Option<char> {
    let digits = std::str::from_utf8(digits).ok()?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

fn listed(name: &str) -> Option<char> {
    let in_run = RUNS.iter().find_map(|(first, names)| {
        let offset = names.split(' ').position(|known| known == name)?;
        char::from_u32(*first + offset as u32)
    });
    in_run.or_else(|| {
        let known = NAMES.iter().find(|(known, _)| *known == name);
        known.map(|(_, ch)| *ch)
    })
}

/// Names of characters that follow each other; `-` has none.
const RUNS: [(u32, &str); 8] = [
    (
        0x20,
        "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft \
         parenright asterisk plus comma hyphen period slash zero one two three four five six \
         seven eight nine colon semicolon less equal greater question at",
    ),
    (
        0x5b,
        "bracketleft backslash bracketright asciicircum underscore grave",
    ),
    (0x7b, "braceleft bar braceright asciitilde"),
    (
        0xa0,
        "nbspace exclamdown cent sterling currency yen brokenbar section dieresis copyright \
         ordfeminine guillemotleft logicalnot sfthyphen registered macron degree plusminus \
         twosuperior threesuperior acute mu paragraph periodcentered cedilla onesuperior \
         ordmasculine guillemotright onequarter onehalf threequarters questiondown Agrave \
         Aacute Acircumflex Atilde Adieresis Aring AE Ccedilla Egrave Eacute Ecircumflex \
         Edieresis Igrave Iacute Icircumflex Idieresis Eth Ntilde Ograve Oacute Ocircumflex \
         Otilde Odieresis multiply Oslash Ugrave Uacute Ucircumflex Udieresis Yacute Thorn \
         germandbls agrave aacute acircumflex atilde adieresis aring ae ccedilla egrave eacute \
         ecircumflex edieresis igrave iacute icircumflex idieresis eth ntilde ograve oacute \
         ocircumflex otilde odieresis divide oslash ugrave uacute ucircumflex udieresis yacute \
         thorn ydieresis",
    ),
    (
        0x391,
        "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi \
         Rho - Sigma Tau Upsilon Phi Chi Psi Omega",
    ),
    (
        0x3b1,
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda - nu xi omicron pi rho \
         sigma1 sigma tau upsilon phi chi psi omega",
    ),
    (0x2018, "quoteleft quoteright quotesinglbase"),
    (0x201c, "quotedblleft quotedblright quotedblbase"),
];

const NAMES: [(&str, char); 52] = [
    ("endash", '–'),
    ("emdash", '—'),
    ("bullet", '•'),
    ("ellipsis", '…'),
    ("dagger", '†'),
    ("daggerdbl", '‡'),
    ("perthousand", '‰'),
    ("guilsinglleft", '‹'),
    ("guilsinglright", '›'),
    ("ff", 'ﬀ'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
    ("ffi", 'ﬃ'),
    ("ffl", 'ﬄ'),
    ("Euro", '€'),
    ("trademark", '™'),
    ("minus", '−'),
    ("fraction", '⁄'),
    ("florin", 'ƒ'),
    ("OE", 'Œ'),
    ("oe", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Zcaron", 'Ž'),
    ("zcaron", 'ž'),
    ("Ydieresis", 'Ÿ'),
    ("Lslash", 'Ł'),
    ("lslash", 'ł'),
    ("dotlessi", 'ı'),
    ("circumflex", 'ˆ'),
    ("caron", 'ˇ'),
    ("breve", '˘'),
    ("dotaccent", '˙'),
    ("ring", '˚'),
    ("ogonek", '˛'),
    ("tilde", '˜'),
    ("hungarumlaut", '˝'),
    ("lessequal", '≤'),
    ("greaterequal", '≥'),
    ("notequal", '≠'),
    ("approxequal", '≈'),
    ("infinity", '∞'),
    ("summation", '∑'),
    ("radical", '√'),
    ("integral", '∫'),
    ("partialdiff", '∂'),
    ("product", '∏'),
    ("lozenge", '◊'),
    ("arrowleft", '←'),
    ("arrowup", '↑'),
    ("arrowright", '→'),
    ("arrowdown", '↓'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_become_characters() {
        for (name, expect) in [
            ("A", Some("A")),
            ("quoteright", Some("’")),
            ("percent", Some("%")),
            ("ydieresis", Some("ÿ")),
            ("omega", Some("ω")),
            ("uni53D1", Some("发")),
            ("uni53D15C55", Some("发展")),
            ("u20000", Some("𠀀")),
            ("one.oldstyle", Some("1")),
            (".notdef", None),
            ("g123", None),
            ("uniD800", None),
        ] {
            assert_eq!(text(name).as_deref(), expect, "{name}");
        }
        assert_eq!(Base::WinAnsi.character(0x93), Some('“'));
        assert_eq!(Base::MacRoman.character(0xd2), Some('“'));
        assert_eq!(Base::Standard.character(0xaa), Some('“'));
    }
}
