//! Text for XML: what XML 1.0 cannot hold is left out.
//!
//! A page may show any character; an XML reader refuses a whole file for one
//! control character. Escaping of markup is done by the templates.

/// The text without characters that XML 1.0 does not allow.
pub(super) fn legal(text: &str) -> String {
    text.chars().filter(|c| is_legal(*c)).collect()
}

fn is_legal(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        c => c >= ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_left_out_and_the_rest_stays() {
        assert_eq!(
            legal("a\0b\u{b}\u{1b}[\u{fffe}氢能\n\t<&𠮷"),
            "ab[氢能\n\t<&𠮷"
        );
    }
}
