//! Shares, decimals and ordinals in Chinese and in Latin digits: 百分之七十三 and
//! 73%, 五点六七 and 5.67, 第12条 and 第十二条.
//!
//! As with years, neither is folded into the other; a query asks for both.

use super::numeral::{self, parse, to_chinese};

/// What an ordinal counts.
const COUNTED: &str = "条章节篇编款项届次";

/// Every amount of the folded text with its other spelling.
///
/// ```
/// use plansearch_text::other_amount_spellings;
/// let found = |text| other_amount_spellings(text).pop();
/// let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
/// assert_eq!(found("达到百分之七十三点五"), pair("百分之七十三点五", "73.5%"));
/// assert_eq!(found("30%以上"), pair("30%", "百分之三十"));
/// assert_eq!(found("五点六七万亿"), pair("五点六七", "5.67"));
/// assert_eq!(found("第12条"), pair("第12条", "第十二条"));
/// assert_eq!(found("一点建议"), None);
/// assert_eq!(found("十四五规划"), None);
/// ```
pub fn other_amount_spellings(folded: &str) -> Vec<(String, String)> {
    let chars: Vec<char> = folded.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let amount = chinese_share(&chars, at)
            .or_else(|| chinese_decimal(&chars, at))
            .or_else(|| latin_share(&chars, at))
            .or_else(|| ordinal(&chars, at));
        match amount {
            Some((end, other)) => {
                found.push((chars[at..end].iter().collect(), other));
                at = end;
            }
            None => at = past_number(&chars, at),
        }
    }
    found
}

/// Behind the number at `at`, so that no amount begins within one.
fn past_number(chars: &[char], at: usize) -> usize {
    let is_digit = |c: &char| c.is_ascii_digit() || *c == '.';
    let chinese = run_end(chars, at, |c| numeral::is_chinese_numeral(*c));
    let latin = run_end(chars, at, is_digit);
    chinese.max(latin).max(at + 1)
}

fn run_end(chars: &[char], at: usize, is_in: impl Fn(&char) -> bool) -> usize {
    at + chars[at..].iter().take_while(|c| is_in(c)).count()
}

/// A number in Chinese digits, 点 and what follows it included, in Latin digits.
fn chinese_number(chars: &[char], at: usize) -> Option<(usize, String)> {
    let end = run_end(chars, at, |c| numeral::is_chinese_numeral(*c));
    let whole: String = chars[at..end].iter().collect();
    let whole = parse(&whole)?;
    let digits = |c: &char| parse(&c.to_string()).filter(|value| *value < 10);
    let tail_end = run_end(chars, (end + 1).min(chars.len()), |c| digits(c).is_some());
    if chars.get(end) == Some(&'点') && tail_end > end + 1 {
        let tail: String = chars[end + 1..tail_end]
            .iter()
            .filter_map(digits)
            .map(|digit| digit.to_string())
            .collect();
        return Some((tail_end, format!("{whole}.{tail}")));
    }
    Some((end, whole.to_string()))
}

fn chinese_share(chars: &[char], at: usize) -> Option<(usize, String)> {
    let behind = chars[at..].strip_prefix(&['百', '分', '之'])?;
    let (end, number) = chinese_number(behind, 0)?;
    Some((at + 3 + end, format!("{number}%")))
}

fn chinese_decimal(chars: &[char], at: usize) -> Option<(usize, String)> {
    let (end, number) = chinese_number(chars, at)?;
    number.contains('.').then_some((end, number))
}

fn latin_share(chars: &[char], at: usize) -> Option<(usize, String)> {
    let end = run_end(chars, at, |c| c.is_ascii_digit() || *c == '.');
    if chars.get(end) != Some(&'%') {
        return None;
    }
    let number: String = chars[at..end].iter().collect();
    let (whole, tail) = number.split_once('.').unwrap_or((&number, ""));
    let mut other = "百分之".to_owned();
    other.push_str(&chinese_whole(whole.parse().ok()?)?);
    if !tail.is_empty() {
        other.push('点');
        other.extend(tail.chars().filter_map(numeral::chinese_digit_of));
    }
    Some((end + 1, other))
}

fn ordinal(chars: &[char], at: usize) -> Option<(usize, String)> {
    if chars[at] != '第' {
        return None;
    }
    let latin_end = run_end(chars, at + 1, char::is_ascii_digit);
    let chinese_end = run_end(chars, at + 1, |c| numeral::is_chinese_numeral(*c));
    let end = latin_end.max(chinese_end);
    let counted = chars.get(end).filter(|c| COUNTED.contains(**c))?;
    let number: String = chars[at + 1..end].iter().collect();
    let value = parse(&number)?;
    let other = if latin_end > at + 1 {
        chinese_whole(value)?
    } else {
        value.to_string()
    };
    Some((end + 1, format!("第{other}{counted}")))
}

/// 0 to 9,999 in Chinese.
fn chinese_whole(value: u32) -> Option<String> {
    if value < 100 {
        return match value {
            0 => Some("〇".to_owned()),
            _ => to_chinese(value),
        };
    }
    if value > 9_999 {
        return None;
    }
    let mut written = String::new();
    let mut has_gap = false;
    for (unit, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = value / unit % 10;
        if digit == 0 {
            has_gap = !written.is_empty();
            continue;
        }
        if has_gap {
            written.push('〇');
            has_gap = false;
        }
        written.push_str(&to_chinese(digit)?);
        written.push_str(name);
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, &str)]) {
        let found = other_amount_spellings(text);
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn amounts_have_another_spelling() {
        check("百分之百", &[("百分之百", "100%")]);
        check("占3.6%", &[("3.6%", "百分之三点六")]);
        check("第一百零二条", &[("第一百零二条", "第102条")]);
        check("第1062条", &[("第1062条", "第一千〇六十二条")]);
        check("第110条", &[("第110条", "第一百一十条")]);
        check("5%和百分之六", &[("5%", "百分之五"), ("百分之六", "6%")]);
    }

    #[test]
    fn what_is_no_amount_is_left_alone() {
        for text in [
            "第十四个五年",
            "百分之",
            "三点",
            "一点",
            "5.",
            "%",
            "第条",
            "2035",
            "十二点半",
        ] {
            check(text, &[]);
        }
    }
}
