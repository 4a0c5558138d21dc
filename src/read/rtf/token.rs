//! The bytes of a file as groups, control words and characters.

/// A piece of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\par`, `\u21457`: a word and its number.
    Word(&'a str, Option<i32>),
    /// `\~`, `\*`: a sign.
    Sign(u8),
    /// A byte of text, `\'b7` too.
    Byte(u8),
}

/// A file piece by piece.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn skip(&mut self, n_bytes: usize) {
        self.rest = self.rest.get(n_bytes..).unwrap_or_default();
    }

    /// What follows a `\`.
    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if first == b'\'' {
            let digits = self.rest.get(1..3)?;
            self.skip(3);
            let digits = std::str::from_utf8(digits).ok();
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            return Some(Token::Byte(byte.unwrap_or(b'?')));
        }
        if !first.is_ascii_alphabetic() {
            self.skip(1);
            return Some(match first {
                b'\r' | b'\n' => Token::Word("par", None),
                b'{' | b'}' | b'\\' => Token::Byte(first),
                sign => Token::Sign(sign),
            });
        }
        let is_letter = |byte: &&u8| byte.is_ascii_alphabetic();
        let n_letters = self.rest.iter().take(32).take_while(is_letter).count();
        let word = std::str::from_utf8(self.rest.get(..n_letters)?).ok()?;
        self.skip(n_letters);
        let is_negative = self.rest.first() == Some(&b'-');
        let digits = self
            .rest
            .get(usize::from(is_negative)..)
            .unwrap_or_default();
        let n_digits = digits
            .iter()
            .take(10)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let number = std::str::from_utf8(digits.get(..n_digits)?)
            .ok()?
            .parse::<i32>();
        if n_digits > 0 {
            self.skip(n_digits + usize::from(is_negative));
        }
        if self.rest.first() == Some(&b' ') {
            self.skip(1);
        }
        let number = number
            .ok()
            .map(|number| if is_negative { -number } else { number });
        if word == "bin" {
            self.skip(number.map_or(0, |n_bytes| n_bytes.max(0) as usize));
        }
        Some(Token::Word(word, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = *self.rest.first()?;
            self.skip(1);
            match first {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return self.control(),
                // Line ends of the file are none of the text.
                b'\r' | b'\n' | 0 => {}
                byte => return Some(Token::Byte(byte)),
            }
        }
    }
}
