//! Chinese, full-width, circled and Latin numerals as numbers.
//!
//! Answers what 二十一, 〇, ２, ⑫ and ㈢ are. A string that is no numeral is
//! `None`, never a guess.

/// Reads a numeral: Chinese (十二, 二十一, 一百零三, 〇, 二〇三五), Latin or
/// full-width digits, or one circled or bracketed character (①, ㈠, ⑴).
///
/// ```
/// use plansearch_text::numeral::parse;
/// assert_eq!(parse("二十一"), Some(21));
/// assert_eq!(parse("二〇三五"), Some(2035));
/// assert_eq!(parse("１２"), Some(12));
/// assert_eq!(parse("①"), Some(1));
/// assert_eq!(parse("港"), None);
/// ```
pub fn parse(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if chars.next().is_none()
        && let Some(value) = enclosed(first)
    {
        return Some(value);
    }
    if let Some(value) = positional(text, latin_digit) {
        return Some(value);
    }
    if text.chars().count() > 1
        && let Some(value) = positional(text, chinese_digit)
    {
        return Some(value);
    }
    with_units(text)
}

/// Says whether `c` can stand in a Chinese numeral.
pub fn is_chinese_numeral(c: char) -> bool {
    chinese_digit(c).is_some() || unit(c).is_some()
}

/// How many zeros a unit of numbers adds that stands behind any number.
pub fn large_unit(c: char) -> Option<i32> {
    match c {
        '十' => Some(1),
        '百' => Some(2),
        '千' => Some(3),
        '万' => Some(4),
        '亿' => Some(8),
        _ => None,
    }
}

/// Reads one circled or bracketed numeral character: ①, ⑴, ⒈, ㈠, ㊀.
pub fn enclosed(c: char) -> Option<u32> {
    let ranges = [
        ('①', '⑳'),
        ('⑴', '⒇'),
        ('⒈', '⒛'),
        ('❶', '❿'),
        ('㈠', '㈩'),
        ('㊀', '㊉'),
        ('㉑', '㉟'),
    ];
    for (first, last) in ranges {
        if (first..=last).contains(&c) {
            let base = if first == '㉑' { 21 } else { 1 };
            return Some(c as u32 - first as u32 + base);
        }
    }
    None
}

/// The Chinese digit of a Latin one, 〇 to 九.
pub fn chinese_digit_of(latin: char) -> Option<char> {
    "〇一二三四五六七八九"
        .chars()
        .nth(latin.to_digit(10)? as usize)
}

/// Writes `value` (1 to 99) as a Chinese numeral, as in 第二十一章.
pub fn to_chinese(value: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (value / 10, value % 10);
    let digit = |n: u32| DIGITS.get(n as usize).copied();
    match tens {
        0 if ones > 0 => digit(ones).map(str::to_owned),
        1 => Some(format!("十{}", digit(ones)?)),
        2..=9 => Some(format!("{}十{}", digit(tens)?, digit(ones)?)),
        _ => None,
    }
}

fn latin_digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

fn chinese_digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|digit| digit == c)
        .map(|at| at as u32)
        .or(match c {
            '零' | '○' => Some(0),
            '两' => Some(2),
            _ => None,
        })
}

fn unit(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn positional(text: &str, digit: fn(char) -> Option<u32>) -> Option<u32> {
    text.chars().try_fold(0u32, |value, c| {
        value.checked_mul(10)?.checked_add(digit(c)?)
    })
}

fn with_units(text: &str) -> Option<u32> {
    let mut total = 0u32;
    let mut pending: Option<u32> = None;
    for c in text.chars() {
        if let Some(value) = chinese_digit(c) {
            if pending.is_some_and(|before| before != 0) {
                return None;
            }
            pending = Some(value);
        } else {
            let value = unit(c)?;
            total = total.checked_add(pending.unwrap_or(1).checked_mul(value)?)?;
            pending = None;
        }
    }
    total.checked_add(pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numerals_of_headings_are_read() {
        for (text, value) in [
            ("一", 1),
            ("十", 10),
            ("十一", 11),
            ("二十", 20),
            ("一百零三", 103),
            ("一百二十", 120),
            ("〇", 0),
            ("㈩", 10),
            ("⑳", 20),
        ] {
            assert_eq!(parse(text), Some(value), "{text}");
        }
    }

    #[test]
    fn other_text_is_no_numeral() {
        for text in ["", "氢能", "一是", "十x", "99999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn written_numerals_read_back(value in 1u32..100) {
            prop_assert_eq!(parse(&to_chinese(value).unwrap()), Some(value));
        }

        #[test]
        fn any_text_is_parsed_without_panic(text in "[一二三十百千〇0-9０-９]{0,12}") {
            let _ = parse(&text);
        }
    }
}
