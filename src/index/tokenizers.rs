//! The terms of [`plansearch_analysis`] in the engine's form.

use std::str::SplitTerminator;

use tantivy::Index;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use plansearch_analysis::{Pairs, figure_flags, long_words};
use plansearch_text::{figures, fold};

/// Name of the character view.
pub(super) const PAIRS: &str = "pairs";
/// Name of the character view of a passage with what stands around it.
pub(super) const WIDE: &str = "wide";
/// Name of the long words of a passage and of what stands around it.
pub(super) const WORDS: &str = "words";

/// Stands before a long word that stands around a passage; no word begins with it.
const AROUND: char = '~';

/// Stands at the beginning of a text that is nothing but terms, each with a [`GAP`] behind it.
pub(super) const READY: char = '\u{7}';

/// The term of a long word or a figure: where it stands in the text, and where it stands
/// around it.
pub(super) fn terms_of_word(word: &str) -> [String; 2] {
    [word.to_owned(), format!("{AROUND}{word}")]
}

/// Stands between these texts; no pair reaches across it. Control characters are
/// never text.
pub(super) const GAP: char = '\u{1}';

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

/// The pairs of several texts, without those that hold a mark.
struct Telling {
    texts: std::vec::IntoIter<Pairs>,
    pairs: Option<Pairs>,
    pair: String,
}

/// Says whether a character is a letter, a digit or an ideograph; most are of one block.
fn is_no_mark(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric()
}

impl Terms for Telling {
    fn next_term(&mut self) -> Option<&str> {
        loop {
            let pairs = self.pairs.as_mut()?;
            match pairs.next_pair() {
                Some(pair) if pair.chars().all(is_no_mark) => {
                    pair.clone_into(&mut self.pair);
                    return Some(&self.pair);
                }
                Some(_) => {}
                None => self.pairs = self.texts.next(),
            }
        }
    }
}

impl Tokenizer for WideTokenizer {
    type TokenStream<'a> = Stream<Telling>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<Telling> {
        let texts: Vec<Pairs> = text.split(GAP).map(Pairs::new).collect();
        let mut texts = texts.into_iter();
        Stream::of(Telling {
            pairs: texts.next(),
            texts,
            pair: String::new(),
        })
    }
}

/// The terms of the long words and figures of a passage, the first of several texts, and of
/// what stands around it.
#[derive(Debug, Clone, Default)]
struct WordTokenizer {
    /// Terms, each with a [`GAP`] behind it.
    terms: String,
}

impl WordTokenizer {
    fn read(&mut self, texts: &str) {
        self.terms.clear();
        if let Some(terms) = texts.strip_prefix(READY) {
            self.terms.push_str(terms);
            return;
        }
        for (nth, text) in texts.split(GAP).enumerate() {
            for word in long_words(&fold(text)) {
                if nth > 0 {
                    self.terms.push(AROUND);
                }
                self.terms.push_str(word);
                self.terms.push(GAP);
            }
            self.read_figures(text, nth > 0);
        }
    }

    fn read_figures(&mut self, text: &str, is_around: bool) {
        let figures = figures(text);
        for figure in &figures {
            if is_around {
                self.terms.push(AROUND);
            }
            self.terms.push_str(&figure.term());
            self.terms.push(GAP);
        }
        if !is_around && !figures.is_empty() {
            let spellings: Vec<String> = figures.into_iter().map(|f| f.spelling).collect();
            for flag in figure_flags(&spellings) {
                self.terms.push_str(flag);
                self.terms.push(GAP);
            }
        }
    }
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
        self.read(text);
        Stream::of(LongWords(self.terms.split_terminator(GAP)))
    }
}
