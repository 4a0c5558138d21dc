//! Cuts Chinese text into the words of the dictionary: of all ways to cut, the one whose
//! words are the most frequent together.
//!
//! This is the cut of jieba without its statistical model, to the character; a test holds
//! the two against each other. What the dictionary does not have is cut into single
//! characters; letters and digits in a row stay together.

use plansearch_text::Span;

use super::dictionary::{self, Node, Word};

/// The words of `text` in order; together they are the text.
pub(crate) fn cut(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut chars: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices() {
        if is_wordlike(c) {
            chars.push((at, c));
            continue;
        }
        cut_block(&chars, at, &mut words);
        chars.clear();
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(last) if c == '\n' && last.end == at && last.of(text) == "\r" => last.end = end,
            _ => words.push(Span::new(at, end)),
        }
    }
    cut_block(&chars, text.len(), &mut words);
    words
}

/// The words of `text` with the part of speech that the dictionary gives them.
pub(crate) fn tagged(text: &str) -> Vec<(Span, &'static str)> {
    let words = cut(text).into_iter();
    words.map(|span| (span, tag(span.of(text)))).collect()
}

/// The words of three or more characters in `text` at every place, one inside another too,
/// and some of the shorter ones.
pub(crate) fn words_at_every_place(text: &str) -> impl Iterator<Item = &str> {
    let pairs = text.char_indices().zip(text.chars().skip(1));
    let openings = pairs.filter(|((_, c), next)| dictionary::may_open_long_word(*c, *next));
    openings.flat_map(move |((start, c), _)| {
        let rest = Span::new(start, text.len()).of(text);
        let mut chars = rest.char_indices().skip(1);
        let mut node = Node::opening(c);
        let ends = std::iter::from_fn(move || {
            let known = node?;
            let next = chars.next();
            node = next.and_then(|(_, c)| known.then(c));
            let end = next.map_or(rest.len(), |(at, _)| at);
            Some(known.word().map(|_| end))
        });
        ends.flatten()
            .map(move |end| Span::new(start, start + end).of(text))
    })
}

/// The words of `text`, in front of each the shorter words of two and three characters
/// in it, and the parts of names that are joined by marks (WES of WES-5).
pub(crate) fn words_and_parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for span in cut(text) {
        let word = span.of(text);
        if word.contains(is_joint) {
            let names = word.split(is_joint);
            parts.extend(names.filter(|name| {
                name.len() >= 2 && name.bytes().any(|byte| byte.is_ascii_alphabetic())
            }));
        }
        let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        let is_block = word.chars().all(is_wordlike);
        for n_chars in [2, 3] {
            if !is_block || starts.len() <= n_chars {
                continue;
            }
            for (nth, start) in starts.iter().enumerate().take(starts.len() - n_chars + 1) {
                let end = starts.get(nth + n_chars).copied().unwrap_or(word.len());
                let part = Span::new(*start, end).of(word);
                if dictionary::word(part).is_some() {
                    parts.push(part);
                }
            }
        }
        parts.push(word);
    }
    parts
}

/// Characters that can be in a word of the dictionary; each other one stands alone.
fn is_wordlike(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-');
    }
    is_ideograph(c)
}

fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2a6df}'
        | '\u{2a700}'..='\u{2b73f}'
        | '\u{2b740}'..='\u{2b81f}'
        | '\u{2b820}'..='\u{2ebef}'
        | '\u{2f800}'..='\u{2fa1f}')
}

fn is_joint(c: char) -> bool {
    matches!(c, '.' | '_' | '-')
}

/// The best way from a place to the end of a block.
#[derive(Debug, Clone, Copy)]
struct Way {
    /// Logarithm of the likelihood.
    worth: f64,
    /// Where the first word of it ends.
    end: usize,
}

/// Cuts characters that stand side by side and end at the byte `end`.
fn cut_block(chars: &[(usize, char)], end: usize, words: &mut Vec<Span>) {
    let ways = ways(chars);
    let byte = |nth: usize| chars.get(nth).map_or(end, |(at, _)| *at);
    let mut at = 0;
    let mut run: Option<usize> = None;
    while let Some((_, c)) = chars.get(at) {
        let next = ways.get(at).map_or(at + 1, |way| way.end);
        if next == at + 1 && c.is_ascii_alphanumeric() {
            run.get_or_insert(at);
        } else {
            words.extend(run.take().map(|start| Span::new(byte(start), byte(at))));
            words.push(Span::new(byte(at), byte(next)));
        }
        at = next;
    }
    words.extend(run.map(|start| Span::new(byte(start), end)));
}

/// The best way from each place of a block, and from its end.
fn ways(chars: &[(usize, char)]) -> Vec<Way> {
    let n = chars.len();
    let whole = (dictionary::total() as f64).ln();
    let mut ways = vec![Way { worth: 0.0, end: n }; n + 1];
    for at in (0..n).rev() {
        let mut best: Option<Way> = None;
        for (end, word) in words_from(chars, at) {
            let worth = f64::from(word.frequency()).ln() - whole + ways[end].worth;
            if best.is_none_or(|best| worth >= best.worth) {
                best = Some(Way { worth, end });
            }
        }
        ways[at] = best.unwrap_or(Way {
            worth: 0.0 - whole + ways[at + 1].worth,
            end: at + 1,
        });
    }
    ways
}

/// The words that begin at a place, the shortest first, each with its end.
fn words_from(chars: &[(usize, char)], at: usize) -> impl Iterator<Item = (usize, Word)> {
    let mut node = chars.get(at).and_then(|(_, c)| Node::opening(*c));
    let mut end = at;
    let steps = std::iter::from_fn(move || {
        let known = node?;
        end += 1;
        node = chars.get(end).and_then(|(_, c)| known.then(*c));
        Some((end, known.word()))
    });
    steps.filter_map(|(end, word)| Some((end, word?)))
}

/// The part of speech of a word; of one that the dictionary does not have `m` for a number,
/// `eng` for letters, else `x`.
fn tag(word: &str) -> &'static str {
    if let Some(word) = dictionary::word(word) {
        return word.tag();
    }
    let is_digit = |c: char| c.is_ascii_digit();
    match (
        word.contains(|c: char| c.is_ascii_alphabetic()),
        word.contains(is_digit),
    ) {
        (true, _) => "eng",
        (false, true) => "m",
        (false, false) => "x",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;
    use tantivy_jieba::jieba_rs::Jieba;

    static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

    fn check(text: &str) {
        let words = |spans: Vec<Span>| -> Vec<String> {
            spans.iter().map(|span| span.of(text).to_owned()).collect()
        };
        let theirs: Vec<&str> = JIEBA.cut(text, false).iter().map(|t| t.word).collect();
        assert_eq!(words(cut(text)), theirs, "{text}");
        let parts: Vec<&str> = JIEBA
            .cut_for_search(text, false)
            .iter()
            .map(|t| t.word)
            .collect();
        assert_eq!(words_and_parts(text), parts, "{text}");
        for tag in JIEBA.tag(text, false) {
            let is_known = dictionary::word(tag.word).is_some() || tag.word.is_ascii();
            if is_known {
                assert_eq!(super::tag(tag.word), tag.tag, "{}", tag.word);
            }
        }
        let is_long = |word: &&str| word.chars().count() > 2 && word.chars().all(is_ideograph);
        let theirs: Vec<&str> = JIEBA
            .cut_all(text)
            .iter()
            .map(|t| t.word)
            .filter(is_long)
            .collect();
        let ours: Vec<&str> = words_at_every_place(text).filter(is_long).collect();
        assert_eq!(ours, theirs, "{text}");
    }

    #[test]
    fn plans_are_cut_as_jieba_cuts_them() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../seeds");
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for line in text.lines() {
                check(line);
            }
        }
    }

    #[test]
    fn letters_marks_and_line_ends_stand_as_jieba_has_them() {
        for text in [
            "",
            "\r\n\t\r",
            "PM2.5和WES-5.4.5、C++，AA制 50%的R&D经费",
            "👪 𦡦的㐀",
            "卡拉OK-2厅4S店",
        ] {
            check(text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_cut_as_jieba_cuts_it(text in "([一-龥]|[产业发展海河联运高速公路人民代表大会的]|[a-zA-Z0-9.+#&_%-]|\\PC){0,60}") {
            check(&text);
        }
    }
}
