//! Characters of symbol fonts (Symbol, Wingdings), by their codes.

/// The character for `code` (hexadecimal) in `font`; `None` when only the font
/// knows it.
pub(super) fn character(font: &str, code: &str) -> Option<char> {
    let number = u32::from_str_radix(code.trim(), 16).ok()?;
    if !(0xf000..=0xf0ff).contains(&number) {
        return char::from_u32(number).filter(|c| !c.is_control());
    }
    let byte = number - 0xf000;
    let font = font.to_lowercase();
    let known: &[(u32, char)] = if font == "symbol" {
        &SYMBOL
    } else if font == "wingdings 2" {
        &WINGDINGS_2
    } else if font == "wingdings" {
        &WINGDINGS
    } else {
        // Other fonts keep their letters at the place of ASCII.
        return char::from_u32(byte).filter(char::is_ascii_graphic);
    };
    known
        .iter()
        .find_map(|(code, c)| (*code == byte).then_some(*c))
        .or_else(|| (font == "symbol").then(|| char::from_u32(byte)).flatten())
        .filter(|c| !c.is_control())
}

const SYMBOL: [(u32, char); 20] = [
    (0x61, 'α'),
    (0x62, 'β'),
    (0x67, 'γ'),
    (0x64, 'δ'),
    (0x65, 'ε'),
    (0x6c, 'λ'),
    (0x6d, 'μ'),
    (0x70, 'π'),
    (0x73, 'σ'),
    (0x77, 'ω'),
    (0x44, 'Δ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
    (0xa3, '≤'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
];

const WINGDINGS: [(u32, char); 14] = [
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '□'),
    (0x75, '◆'),
    (0x76, '◆'),
    (0x9f, '•'),
    (0xa1, '○'),
    (0xa7, '▪'),
    (0xa8, '□'),
    (0xd8, '➢'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfe, '☑'),
];

const WINGDINGS_2: [(u32, char); 5] = [
    (0x50, '✓'),
    (0x52, '☑'),
    (0x54, '☒'),
    (0xa3, '□'),
    (0x97, '●'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_become_characters_where_they_are_known() {
        for (font, code, c) in [
            ("Wingdings 2", "F052", Some('☑')),
            ("Wingdings", "F0FE", Some('☑')),
            ("Wingdings", "F001", None),
            ("Symbol", "F0B3", Some('≥')),
            ("宋体", "25A1", Some('□')),
            ("宋体", "zz", None),
            ("宋体", "D800", None),
        ] {
            assert_eq!(character(font, code), c, "{font} {code}");
        }
    }
}
