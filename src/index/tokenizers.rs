//! The terms of [`plansearch_analysis`] in the engine's form.

use std::str::SplitTerminator;

use tantivy::Index;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use plansearch_analysis::Pairs;
use plansearch_engine::terms::{ContextBigrams, GAP, word_terms};

/// Name of the character view.
pub(super) const PAIRS: &str = "pairs";
/// Name of the character view of a passage with what stands around it.
pub(super) const WIDE: &str = "wide";
/// Name of the long words of a passage and of what stands around it.
pub(super) const WORDS: &str = "words";

/// Makes the tokenizers known to an opened index.
pub(super) fn register(index: &Index) {
    index.tokenizers().register(PAIRS, PairTokenizer);
    index.tokenizers().register(WIDE, WideTokenizer);
    index.tokenizers().register(WORDS, WordTokenizer::default());
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
struct WideTokenizer;

impl Terms for ContextBigrams {
    fn next_term(&mut self) -> Option<&str> {
        self.next_bigram()
    }
}

impl Tokenizer for WideTokenizer {
    type TokenStream<'a> = Stream<ContextBigrams>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<ContextBigrams> {
        Stream::of(ContextBigrams::new(text))
    }
}

/// The terms of the long words and figures of a passage, the first of several texts, and of
/// what stands around it.
#[derive(Debug, Clone, Default)]
struct WordTokenizer {
    /// Terms, each with a [`GAP`] behind it.
    terms: String,
}

struct LongWords<'a>(SplitTerminator<'a, char>);

impl Terms for LongWords<'_> {
    fn next_term(&mut self) -> Option<&str> {
        self.0.next()
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = Stream<LongWords<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<LongWords<'a>> {
        word_terms(text, &mut self.terms);
        Stream::of(LongWords(self.terms.split_terminator(GAP)))
    }
}
