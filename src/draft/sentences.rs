//! The sentences of a draft.
//!
//! A sentence ends behind `。`, `！` or `？`, with the quotation marks and brackets that
//! close there, and at the end of a line. What is longer than [`MAX_CHARS`] is cut at
//! `；`, else at `，`, so that a text without full stops stays a text of sentences.

use std::ops::Range;

/// A sentence is cut behind so many characters, where a mark allows it.
pub(crate) const MAX_CHARS: usize = 300;

/// Splits a text into its sentences, as ranges of characters without the blanks around.
pub(crate) fn split(chars: &[char]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        at += 1;
        if matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}') {
            add(chars, start..at, &mut sentences);
            start = at;
        } else if is_stop(c) {
            while chars.get(at).is_some_and(|c| is_stop(*c) || closes(*c)) {
                at += 1;
            }
            add(chars, start..at, &mut sentences);
            start = at;
        }
    }
    add(chars, start..at, &mut sentences);
    sentences
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '｡')
}

fn closes(c: char) -> bool {
    matches!(
        c,
        '”' | '’' | '」' | '』' | '）' | ')' | '】' | '〕' | '》' | '"'
    )
}

/// Adds a sentence without the blanks around it, in pieces where it is too long.
fn add(chars: &[char], sentence: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let mut rest = sentence;
    while rest.len() > MAX_CHARS {
        let window = rest.start..rest.start + MAX_CHARS;
        let cut = last_mark(chars, &window, &['；', ';'])
            .or_else(|| last_mark(chars, &window, &['，', ',', '、', '|', '\t']))
            .unwrap_or(window.end);
        add_trimmed(chars, rest.start..cut, sentences);
        rest.start = cut;
    }
    add_trimmed(chars, rest, sentences);
}

/// The place behind the last of these marks in the second half of a window.
fn last_mark(chars: &[char], window: &Range<usize>, marks: &[char]) -> Option<usize> {
    let half = window.start + window.len() / 2;
    let found = chars
        .get(half..window.end)?
        .iter()
        .rposition(|c| marks.contains(c))?;
    Some(half + found + 1)
}

fn add_trimmed(chars: &[char], mut range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let is_blank = |at: usize| {
        chars
            .get(at)
            .is_none_or(|c| plansearch_text::fold::is_blank(*c))
    };
    while !range.is_empty() && is_blank(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && is_blank(range.end - 1) {
        range.end -= 1;
    }
    if !range.is_empty() {
        sentences.push(range);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<String> = split(&chars)
            .into_iter()
            .map(|range| chars[range].iter().collect())
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn stops_lines_and_what_closes_end_a_sentence() {
        check(
            "一、总则\n发展氢能。建设港口！",
            &["一、总则", "发展氢能。", "建设港口！"],
        );
        check(
            "他说：“要抓紧。”会后落实；再报。 ",
            &["他说：“要抓紧。”", "会后落实；再报。"],
        );
        check(" \n\u{3000}", &[]);
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_mark() {
        let text = "建设港口和码头，".repeat(60);
        let chars: Vec<char> = text.chars().collect();
        let found = split(&chars);
        assert!(found.len() > 1);
        assert!(
            found
                .iter()
                .all(|range| range.len() <= MAX_CHARS && chars[range.end - 1] == '，')
        );
    }

    proptest! {
        #[test]
        fn no_character_but_blanks_is_lost(text in "[港区，；。！”\n a-c]{0,900}") {
            let chars: Vec<char> = text.chars().collect();
            let kept: String = split(&chars).into_iter().flat_map(|range| chars[range].to_vec()).collect();
            let without = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(without(&kept), without(&text));
        }
    }
}
