//! Years in Chinese and in Latin digits: 二〇三五年 and 2035年.
//!
//! The two are not folded into one, because a piece of one spelling is no piece of
//! the other; a query asks for both instead.

use super::numeral;

/// The folded text with its years in the other digits; `None` when it has no
/// year. Four digits of a number are no year: Latin ones need 年 behind them,
/// Chinese ones a century in front.
///
/// ```
/// use plansearch_text::other_year_spelling;
/// assert_eq!(other_year_spelling("二〇三五年目标").as_deref(), Some("2035年目标"));
/// assert_eq!(other_year_spelling("到2035年").as_deref(), Some("到二〇三五年"));
/// assert_eq!(other_year_spelling("2035亩"), None);
/// assert_eq!(other_year_spelling("十四五"), None);
/// ```
pub fn other_year_spelling(folded: &str) -> Option<String> {
    let chars: Vec<char> = folded.chars().collect();
    let mut other = String::with_capacity(folded.len());
    let mut has_year = false;
    let mut at = 0;
    while at < chars.len() {
        if let Some(year) = year_at(&chars, at) {
            other.push_str(&year);
            has_year = true;
            at += 4;
        } else {
            other.push(chars[at]);
            at += 1;
        }
    }
    has_year.then_some(other)
}

/// The year that begins at `at`, in the other digits.
fn year_at(chars: &[char], at: usize) -> Option<String> {
    let four = chars.get(at..at + 4)?;
    let before = at.checked_sub(1).map(|at| chars[at]);
    let behind = chars.get(at + 4).copied();
    if four.iter().all(char::is_ascii_digit) {
        let is_whole = before.is_none_or(|c| !c.is_ascii_digit()) && behind == Some('年');
        let is_century = four.starts_with(&['1', '9']) || four.starts_with(&['2', '0']);
        return (is_whole && is_century).then(|| {
            four.iter()
                .filter_map(|c| numeral::chinese_digit_of(*c))
                .collect()
        });
    }
    let is_century = four.starts_with(&['一', '九']) || four.starts_with(&['二', '〇']);
    let is_inside = |c: Option<char>| c.is_some_and(numeral::is_chinese_numeral);
    if !is_century || is_inside(before) || is_inside(behind) {
        return None;
    }
    four.iter().map(|c| latin(*c)).collect()
}

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

fn latin(digit: char) -> Option<char> {
    let value = DIGITS.iter().position(|known| *known == digit)?;
    char::from_digit(value as u32, 10)
}
