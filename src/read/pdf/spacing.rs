//! Which blanks are real.
//!
//! Han stand without blanks: what gaps there are come from justified lines,
//! spread titles and programs that put a blank behind each character. Latin words
//! have blanks, sometimes only as a gap.

use super::page::Glyph;
use super::rows::is_blank;

/// The text of glyphs in one row.
pub(super) fn text(glyphs: &[Glyph]) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut before: Option<(Glyph, bool)> = None;
    for glyph in glyphs {
        if is_blank(glyph.ch) {
            if let Some((_, saw_blank)) = &mut before {
                *saw_blank = true;
            }
            continue;
        }
        let parts = before.is_none_or(|(last, saw_blank)| is_gap(&last, glyph, saw_blank));
        match words.last_mut() {
            Some(word) if !parts => word.push(glyph.ch),
            _ => words.push(glyph.ch.to_string()),
        }
        before = Some((*glyph, false));
    }
    closed_up(words)
}

/// Whether a gap between two glyphs may be a blank.
fn is_gap(left: &Glyph, right: &Glyph, saw_blank: bool) -> bool {
    let gap = (right.x - left.end()) / left.size.max(right.size);
    match (is_wide(left.ch), is_wide(right.ch)) {
        _ if is_open_side(left.ch) || is_close_side(right.ch) => false,
        (false, false) => saw_blank && gap > 0.05 || gap > 0.2,
        (true, true) => saw_blank && gap > 0.2 || gap > 0.8,
        _ => saw_blank && gap > 0.15 || gap > 1.0,
    }
}

/// Joins words; single Han beside each other were one word, spread.
fn closed_up(words: Vec<String>) -> String {
    let mut text = String::new();
    let mut was_single = false;
    for word in words {
        let mut letters = word.chars().filter(|ch| !is_mark(*ch));
        let is_single = letters.next().is_some_and(is_wide) && letters.next().is_none();
        let is_spread = was_single && is_single;
        if !text.is_empty() && !is_spread {
            text.push(' ');
        }
        was_single = is_single;
        text.push_str(&word);
    }
    text
}

/// Joins two rows of one paragraph: a blank between Latin words, none beside
/// Han; a word that was cut at the line end is whole again.
pub(super) fn join(text: &mut String, next: &str) {
    let last = text.chars().next_back();
    let first = next.chars().next();
    let (Some(last), Some(first)) = (last, first) else {
        text.push_str(next);
        return;
    };
    let is_cut = last == '-'
        && first.is_ascii_lowercase()
        && text
            .chars()
            .rev()
            .nth(1)
            .is_some_and(|ch| ch.is_ascii_lowercase());
    if is_cut {
        text.pop();
    } else if !is_wide(last) && !is_wide(first) && last != '-' && last != '/' {
        let is_number = last.is_ascii_digit() && first.is_ascii_digit();
        let is_decimal = matches!(last, '.' | ',') && first.is_ascii_digit();
        let is_unit = last.is_ascii_digit() && matches!(first, '%' | '.' | ',' | '/');
        if !(is_number || is_decimal || is_unit) {
            text.push(' ');
        }
    }
    text.push_str(next);
}

/// Han, their marks, and the marks that Chinese shares with others.
pub(super) fn is_wide(ch: char) -> bool {
    ch >= '\u{2e80}'
        || matches!(
            ch,
            '‘' | '’' | '“' | '”' | '—' | '…' | '·' | '〔' | '①'..='⑳'
        )
}

fn is_mark(ch: char) -> bool {
    is_wide(ch) && !ch.is_alphanumeric()
}

/// Marks whose own glyph leaves room to their right.
fn is_open_side(ch: char) -> bool {
    matches!(
        ch,
        '（' | '《' | '〈' | '【' | '〔' | '“' | '‘' | '「' | '—'
    )
}

/// Marks that never stand behind a blank.
fn is_close_side(ch: char) -> bool {
    matches!(
        ch,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '）'
            | '》'
            | '〉'
            | '】'
            | '〕'
            | '”'
            | '’'
            | '！'
            | '？'
            | '—'
            | '」'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `_` is a blank of a quarter, `~` a gap of one size without a blank.
    fn row(text: &str) -> Vec<Glyph> {
        let mut x = 0.0;
        let mut glyphs = Vec::new();
        for ch in text.chars() {
            let width = match ch {
                '_' => 3.0,
                '~' => 10.0,
                ch if is_wide(ch) => 10.0,
                _ => 5.0,
            };
            let shown = if ch == '_' { ' ' } else { ch };
            if ch != '~' {
                glyphs.push(Glyph {
                    ch: shown,
                    x,
                    y: 0.0,
                    width,
                    size: 10.0,
                });
            }
            x += width;
        }
        glyphs
    }

    #[test]
    fn blanks_between_words_stay_and_spread_words_close_up() {
        for (glyphs, expect) in [
            ("发展氢能", "发展氢能"),
            ("索_引_号：", "索引号："),
            ("目~录", "目录"),
            ("第一章~总~则", "第一章 总则"),
            ("中共中央_国务院", "中共中央 国务院"),
            ("the_plan", "the plan"),
            ("the~plan", "the plan"),
            ("建设5G~网络", "建设5G网络"),
            ("通知_。", "通知。"),
        ] {
            assert_eq!(text(&row(glyphs)), expect, "{glyphs}");
        }
    }

    #[test]
    fn rows_join_by_script() {
        for (left, right, expect) in [
            ("全面建设社会", "主义", "全面建设社会主义"),
            ("Internet of", "Things", "Internet of Things"),
            ("infra-", "structure", "infrastructure"),
            ("到20", "30年", "到2030年"),
            ("达到3.", "3名", "达到3.3名"),
            ("发展", "AI", "发展AI"),
        ] {
            let mut joined = left.to_owned();
            join(&mut joined, right);
            assert_eq!(joined, expect);
        }
    }
}
