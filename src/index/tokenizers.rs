//! The two views of [`crate::analysis`] in the engine's form.

use tantivy::Index;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis::{Pairs, ranking_words};

/// Name of the character view.
pub(super) const PAIRS: &str = "pairs";
/// Name of the word view.
pub(super) const WORDS: &str = "words";

/// Name of the word view for words that are cut already; see [`join_words`].
pub(super) const JOINED: &str = "joined";

/// Makes the tokenizers known to an opened index.
pub(super) fn register(index: &Index) {
    index.tokenizers().register(PAIRS, PairTokenizer);
    index.tokenizers().register(WORDS, WordTokenizer);
    index.tokenizers().register(JOINED, JoinedTokenizer);
}

#[derive(Debug, Clone)]
struct PairTokenizer;

struct PairStream {
    pairs: Pairs,
    token: Token,
}

impl Tokenizer for PairTokenizer {
    type TokenStream<'a> = PairStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream {
        PairStream {
            pairs: Pairs::new(text),
            token: Token::default(),
        }
    }
}

impl TokenStream for PairStream {
    fn advance(&mut self) -> bool {
        let Some(pair) = self.pairs.next_pair() else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(pair);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[derive(Debug, Clone)]
struct WordTokenizer;

/// Words behind one another in one buffer, with their ends.
struct WordStream {
    buffer: String,
    ends: std::vec::IntoIter<usize>,
    start: usize,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let mut buffer = String::with_capacity(text.len());
        let mut ends = Vec::with_capacity(text.len() / 6);
        ranking_words(text, |word| {
            buffer.push_str(word);
            ends.push(buffer.len());
        });
        WordStream {
            buffer,
            ends: ends.into_iter(),
            start: 0,
            token: Token::default(),
        }
    }
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(end) = self.ends.next() else {
            return false;
        };
        self.token.text.clear();
        let word = self.buffer.get(self.start..end).unwrap_or_default();
        self.token.text.push_str(word);
        self.token.position = self.token.position.wrapping_add(1);
        self.start = end;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Stands between joined words; blanks are never part of one.
const GAP: char = ' ';

/// Appends the ranking words of `text` for a field with the [`JOINED`]
/// tokenizer, so that a text which many passages share is cut once.
pub(super) fn join_words(text: &str, joined: &mut String) {
    ranking_words(text, |word| {
        joined.push_str(word);
        joined.push(GAP);
    });
}

#[derive(Debug, Clone)]
struct JoinedTokenizer;

struct JoinedStream<'a> {
    words: std::str::SplitTerminator<'a, char>,
    token: Token,
}

impl Tokenizer for JoinedTokenizer {
    type TokenStream<'a> = JoinedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> JoinedStream<'a> {
        JoinedStream {
            words: text.split_terminator(GAP),
            token: Token::default(),
        }
    }
}

impl TokenStream for JoinedStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(word);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
