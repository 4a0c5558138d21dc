//! What a run of words is: a title, a label, or prose.
//!
//! Looks at form only (length, punctuation, how the sentence opens); knows no
//! subject matter. Quoted and bracketed punctuation does not count.

use super::block::trim;
use super::words::{self, List};
use plansearch_text::Span;

/// Where the first sentence ends, or `None` when no full stop follows it.
///
/// The span holds the sentence without its full stop; `after` is the byte
/// behind the stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FirstSentence {
    /// The words.
    pub(super) words: Span,
    /// Byte behind the full stop.
    pub(super) after: usize,
}

/// Finds the first sentence of `text`.
pub(super) fn first_sentence(text: &str) -> Option<FirstSentence> {
    marks(text)
        .find(|(at, c)| {
            matches!(c, '。' | '！' | '？') || matches!(c, '.' | '．') && is_stop(text, *at, *c)
        })
        .map(|(at, c)| FirstSentence {
            words: Span::new(0, at),
            after: at + c.len_utf8(),
        })
}

/// Says whether a Latin full stop ends a Chinese sentence: between Chinese words,
/// not in a number or a name.
fn is_stop(text: &str, at: usize, stop: char) -> bool {
    let is_chinese = |c: char| c >= '\u{2e80}' && c.is_alphabetic() || matches!(c, '”' | '"');
    let before = super::block::head(text, at).chars().next_back();
    let after = super::block::tail(text, at + stop.len_utf8())
        .chars()
        .next();
    before.is_some_and(|c| is_chinese(c) || matches!(c, '）' | ')' | '》'))
        && after.is_none_or(|c| is_chinese(c) || matches!(c, '《' | '“' | ' ' | '\u{3000}'))
}

/// The characters outside quotes and brackets, with their places. A quote that
/// is never closed hides nothing beyond 80 characters.
pub(super) fn marks(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut depth = 0u32;
    let mut n_hidden = 0u32;
    text.char_indices().filter(move |(_, c)| {
        let was_open = depth > 0;
        match c {
            '“' | '《' | '(' | '（' | '「' | '〔' | '【' | '‘' => depth += 1,
            '”' | '》' | ')' | '）' | '」' | '〕' | '】' | '’' => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        n_hidden = if was_open { n_hidden + 1 } else { 0 };
        if n_hidden > 80 {
            depth = 0;
        }
        !was_open
    })
}

/// Counts commas outside quotes; commas in numbers do not count.
pub(super) fn n_commas(text: &str) -> usize {
    marks(text).filter(|(_, c)| matches!(c, '，' | ',')).count()
}

/// Says whether `text` could be a title: short, no inner stop, not opened as
/// prose is.
pub(super) fn is_title(text: &str, max_chars: usize) -> bool {
    let text = trim(text);
    let n_chars = text.chars().count();
    (1..=max_chars).contains(&n_chars)
        && !marks(text).any(|(_, c)| matches!(c, '。' | '；' | ';' | '：' | ':' | '|'))
        && !text.ends_with(['，', ',', '、', '—', '－'])
        && text.chars().any(char::is_alphabetic)
        && n_commas(text) <= 2
        && !opens_as_prose(text)
}

/// As [`is_title`], for words alone on a line: without a comma they may open as
/// prose does (展望2035年, 未来五年的发展环境).
pub(super) fn is_plain_title(text: &str, max_chars: usize) -> bool {
    is_title(text, max_chars)
        || n_commas(text) == 0 && is_title(&format!("题{text}"), max_chars + 1)
}

/// Says whether a sentence opens with a time, a reason or an address, as prose
/// does and a title does not.
pub(super) fn opens_as_prose(text: &str) -> bool {
    let text = text.trim_start_matches(['“', '—', '-', '－']);
    opens_with_year(text) || words::starts(List::ProseOpeners, text)
}

/// 2024年, …年至…年: a year followed by a clause.
fn opens_with_year(text: &str) -> bool {
    let n_digits = text.chars().take_while(char::is_ascii_digit).count();
    n_digits == 4 && text.chars().nth(4) == Some('年') && n_commas(text) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expect: bool) {
        assert_eq!(is_title(input, 40), expect, "{input}");
    }

    #[test]
    fn titles_are_told_from_prose() {
        check("绿色化与智能化协同,全面推进制造业升级提升", true);
        check(
            "确保雨水管道“晴天不排水、雨天不排污”,全域实现“污水零直排”",
            true,
        );
        check("2025年工作回顾", true);
        check("到2025年,全面融入取得实质性进展", false);
        check("2018年,对照指标,尚有7项未达标", false);
        check("县级以上人民政府；", false);
        check("牵头单位：市发展改革委", false);
        check("", false);
    }

    #[test]
    fn the_first_sentence_ends_outside_quotes() {
        let text = "推进“一件事。”改革(试点。)。下一句";
        let first = first_sentence(text).unwrap();
        assert_eq!(first.words.of(text), "推进“一件事。”改革(试点。)");
        assert_eq!(Span::new(first.after, text.len()).of(text), "下一句");
        assert_eq!(first_sentence("没有句号"), None);
        assert_eq!(first_sentence("浓度达到2.5以下，推进Node.js应用"), None);
        let text = "规划衔接.将建设纳入规划.";
        let first = first_sentence(text).unwrap();
        assert_eq!(first.words.of(text), "规划衔接");
    }
}
