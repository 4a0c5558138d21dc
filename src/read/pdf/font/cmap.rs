//! Maps that stand in the file: from codes of a font to Unicode (`ToUnicode`)
//! or to its characters (`Encoding`).
//!
//! Reads what it understands and passes over the rest: these maps are made by
//! many programs, and half a map is better than none.

/// A map from codes.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// Length in bytes, lowest and highest code.
    codespaces: Vec<(usize, u32, u32)>,
    to_unicode: Vec<Range<String>>,
    to_cid: Vec<Range<u32>>,
}

#[derive(Debug)]
struct Range<T> {
    first: u32,
    last: u32,
    /// What `first` stands for.
    value: T,
}

#[derive(Debug, Clone, PartialEq)]
enum Token<'a> {
    Bytes(Vec<u8>),
    Number(u32),
    Open,
    Close,
    Word(&'a [u8]),
}

/// Maps with more entries are damage.
const MAX_ENTRIES: usize = 200_000;

impl CMap {
    pub(super) fn parse(text: &[u8]) -> Self {
        let mut map = Self::default();
        let mut tokens = Tokens { rest: text };
        while let Some(token) = tokens.next() {
            match token {
                Token::Word(b"begincodespacerange") => map.read_codespaces(&mut tokens),
                Token::Word(b"beginbfchar" | b"beginbfrange") => {
                    let is_range = token == Token::Word(b"beginbfrange");
                    map.read_unicode(&mut tokens, is_range);
                }
                Token::Word(b"begincidchar" | b"begincidrange") => {
                    let is_range = token == Token::Word(b"begincidrange");
                    map.read_cids(&mut tokens, is_range);
                }
                _ => {}
            }
        }
        // Of two entries for a code the later one counts, as it overwrites.
        map.to_unicode.reverse();
        map.to_unicode.sort_by_key(|range| range.first);
        map.to_cid.reverse();
        map.to_cid.sort_by_key(|range| range.first);
        map
    }

    /// What a code stands for.
    pub(super) fn unicode(&self, code: u32) -> Option<String> {
        let (range, offset) = find(&self.to_unicode, code)?;
        if offset == 0 {
            return Some(range.value.clone());
        }
        let mut text = range.value.clone();
        let last = text.pop()?;
        text.push(char::from_u32(u32::from(last).checked_add(offset)?)?);
        Some(text)
    }

    /// The number of a code's character in the font.
    pub(super) fn cid(&self, code: u32) -> Option<u32> {
        let (range, offset) = find(&self.to_cid, code)?;
        range.value.checked_add(offset)
    }

    /// Bytes of the code that `bytes` begins with.
    pub(super) fn code_length(&self, bytes: &[u8]) -> Option<usize> {
        let mut code = 0_u32;
        for (idx, byte) in bytes.iter().take(4).enumerate() {
            code = code << 8 | u32::from(*byte);
            let fits = |(n_bytes, first, last): &(usize, u32, u32)| {
                *n_bytes == idx + 1 && (*first..=*last).contains(&code)
            };
            if self.codespaces.iter().any(fits) {
                return Some(idx + 1);
            }
        }
        let shortest = self.codespaces.iter().map(|(n_bytes, ..)| *n_bytes);
        shortest.min()
    }

    /// Whether it maps anything to Unicode.
    pub(super) fn has_unicode(&self) -> bool {
        !self.to_unicode.is_empty()
    }

    fn read_codespaces(&mut self, tokens: &mut Tokens<'_>) {
        while let Some(Token::Bytes(first)) = tokens.next() {
            let Some(Token::Bytes(last)) = tokens.next() else {
                return;
            };
            let n_bytes = first.len();
            if (1..=4).contains(&n_bytes) && self.codespaces.len() < 256 {
                self.codespaces
                    .push((n_bytes, number(&first), number(&last)));
            }
        }
    }

    fn read_unicode(&mut self, tokens: &mut Tokens<'_>, is_range: bool) {
        while let Some(Token::Bytes(code)) = tokens.next() {
            let first = number(&code);
            let last = match is_range.then(|| tokens.next()) {
                None => first,
                Some(Some(Token::Bytes(last))) => number(&last),
                Some(_) => return,
            };
            match tokens.next() {
                Some(Token::Bytes(value)) => self.add_unicode(first, last, &value),
                Some(Token::Open) => {
                    let mut code = first;
                    while let Some(Token::Bytes(value)) = tokens.next() {
                        self.add_unicode(code, code, &value);
                        code = code.saturating_add(1);
                    }
                }
                // A name of a glyph.
                Some(Token::Word(_)) => {}
                _ => return,
            }
        }
    }

    fn add_unicode(&mut self, first: u32, last: u32, value: &[u8]) {
        let value = utf16(value);
        if first <= last && !value.is_empty() && self.to_unicode.len() < MAX_ENTRIES {
            self.to_unicode.push(Range { first, last, value });
        }
    }

    fn read_cids(&mut self, tokens: &mut Tokens<'_>, is_range: bool) {
        while let Some(Token::Bytes(code)) = tokens.next() {
            let first = number(&code);
            let last = match is_range.then(|| tokens.next()) {
                None => first,
                Some(Some(Token::Bytes(last))) => number(&last),
                Some(_) => return,
            };
            let Some(Token::Number(value)) = tokens.next() else {
                return;
            };
            if first <= last && self.to_cid.len() < MAX_ENTRIES {
                self.to_cid.push(Range { first, last, value });
            }
        }
    }
}

/// The narrowest range that begins last at or before a code and holds it.
fn find<T>(ranges: &[Range<T>], code: u32) -> Option<(&Range<T>, u32)> {
    let end = ranges.partition_point(|range| range.first <= code);
    // Ranges may overlap, but rarely and not by many.
    let before = ranges.get(..end)?.iter().rev().take(64);
    let mut holding = before.filter(|range| code <= range.last);
    let found = holding.next()?;
    // Equal beginnings: the later entry of the file stands first.
    let same = ranges.partition_point(|range| range.first < found.first);
    let first = ranges.get(same).filter(|range| code <= range.last);
    let range = first.unwrap_or(found);
    Some((range, code - range.first))
}

fn number(bytes: &[u8]) -> u32 {
    let tail = bytes.iter().rev().take(4).rev();
    tail.fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// UTF-16 of bytes; a single byte is a code of its own.
fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        _ => 0,
    });
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    fn take_while(&mut self, holds: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| !holds(*byte));
        let (taken, rest) = self
            .rest
            .split_at_checked(end.unwrap_or(self.rest.len()))
            .unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }

    fn hex(&mut self) -> Token<'a> {
        let digits = self.take_while(|byte| byte != b'>');
        self.rest = self.rest.get(1..).unwrap_or_default();
        let digits: Vec<u8> = digits
            .iter()
            .filter_map(|byte| char::from(*byte).to_digit(16).map(|digit| digit as u8))
            .collect();
        let pairs = digits.chunks(2).map(|pair| match pair {
            [high, low] => high << 4 | low,
            [high] => high << 4,
            _ => 0,
        });
        Token::Bytes(pairs.collect())
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.take_while(|byte| byte.is_ascii_whitespace() || byte == 0);
            let (first, rest) = self.rest.split_first()?;
            match first {
                b'%' => {
                    self.take_while(|byte| !matches!(byte, b'\n' | b'\r'));
                }
                b'<' if rest.first() == Some(&b'<') => self.rest = rest.get(1..)?,
                b'<' => {
                    self.rest = rest;
                    return Some(self.hex());
                }
                b'[' | b']' => {
                    self.rest = rest;
                    let token = if *first == b'[' {
                        Token::Open
                    } else {
                        Token::Close
                    };
                    return Some(token);
                }
                b'(' | b')' | b'>' | b'{' | b'}' => self.rest = rest,
                _ => {
                    let all = self.rest;
                    self.rest = rest;
                    let n_bytes = 1 + self.take_while(is_regular).len();
                    return Some(word(all.get(..n_bytes)?));
                }
            }
        }
    }
}

fn word(bytes: &[u8]) -> Token<'_> {
    let parsed = std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.parse().ok());
    parsed.map_or(Token::Word(bytes), Token::Number)
}

fn is_regular(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !b"<>[](){}/%\0".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_text_whatever_else_stands_in_the_map() {
        let map = CMap::parse(
            b"/CIDInit /ProcSet findresource begin % a comment <ff>\n\
              << /Registry (Adobe) >> def 1 begincodespacerange <00> <7f> <8140> <fefe> endcodespacerange\n\
              2 beginbfchar <01> <53d1> <02> <d840dc00> endbfchar\n\
              3 beginbfrange <10><12><5c53> <20> <21> [<6c22> <80fd00410042>] <30> <30> /space endbfrange\n\
              1 begincidrange <8140> <8142> 100 endcidrange <broken",
        );
        let known = |code| map.unicode(code);
        assert_eq!(known(1).as_deref(), Some("发"));
        assert_eq!(known(2).as_deref(), Some("𠀀"));
        assert_eq!(known(0x12).as_deref(), Some("展"));
        assert_eq!(known(0x20).as_deref(), Some("氢"));
        assert_eq!(known(0x21).as_deref(), Some("能AB"));
        assert_eq!(known(0x30), None);
        assert_eq!(map.cid(0x8142), Some(102));
        assert_eq!(map.code_length(&[0x41, 0x41]), Some(1));
        assert_eq!(map.code_length(&[0x81, 0x41]), Some(2));
    }

    #[test]
    fn the_later_of_two_entries_counts() {
        let map = CMap::parse(
            b"1 beginbfrange <00> <ff> <0041> endbfrange 2 beginbfchar <05> <4e00> <05> <4e8c> endbfchar",
        );
        assert_eq!(map.unicode(5).as_deref(), Some("二"));
        assert_eq!(map.unicode(6).as_deref(), Some("G"));
    }
}
