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

/// Terms one behind the other, each at the next position.
trait Terms {
    fn next_term(&mut self) -> Option<&str>;
}

impl Terms for Pairs {
    fn next_term(&mut self) -> Option<&str> {
        self.next_pair()
    }
}

/// Any [`Terms`] in the engine's form.
struct Stream<T> {
    terms: T,
    token: Token,
}

impl<T> Stream<T> {
    fn of(terms: T) -> Self {
        Self {
            terms,
            token: Token::default(),
        }
    }
}

impl<T: Terms> TokenStream for Stream<T> {
    fn advance(&mut self) -> bool {
        let Some(term) = self.terms.next_term() else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(term);
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
struct PairTokenizer;

impl Tokenizer for PairTokenizer {
    type TokenStream<'a> = Stream<Pairs>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<Pairs> {
        Stream::of(Pairs::new(text))
    }
}

#[derive(Debug, Clone)]
struct WordTokenizer;

/// Words behind one another in one buffer, with their ends.
struct Words {
    buffer: String,
    ends: std::vec::IntoIter<usize>,
    start: usize,
}

impl Terms for Words {
    fn next_term(&mut self) -> Option<&str> {
        let start = std::mem::replace(&mut self.start, self.ends.next()?);
        self.buffer.get(start..self.start)
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = Stream<Words>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<Words> {
        let mut buffer = String::with_capacity(text.len());
        let mut ends = Vec::with_capacity(text.len() / 6);
        ranking_words(text, |word| {
            buffer.push_str(word);
            ends.push(buffer.len());
        });
        Stream::of(Words {
            buffer,
            ends: ends.into_iter(),
            start: 0,
        })
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

impl Terms for std::str::SplitTerminator<'_, char> {
    fn next_term(&mut self) -> Option<&str> {
        self.next()
    }
}

impl Tokenizer for JoinedTokenizer {
    type TokenStream<'a> = Stream<std::str::SplitTerminator<'a, char>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        Stream::of(text.split_terminator(GAP))
    }
}
