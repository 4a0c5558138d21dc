//! Numbers in the formats that Word numbers paragraphs with.
//!
//! A format that is not known, and a value beyond what a format can write, show
//! as decimal digits.

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const LEGAL: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// Writes `value` in the format that `w:numFmt` names.
pub(super) fn format(value: u32, name: &str) -> String {
    let special = match name {
        "none" | "bullet" => Some(String::new()),
        "decimalZero" => Some(format!("{value:02}")),
        "upperRoman" => roman(value),
        "lowerRoman" => roman(value).map(|text| text.to_lowercase()),
        "upperLetter" => letters(value, 'A'),
        "lowerLetter" => letters(value, 'a'),
        "chineseCounting" | "taiwaneseCounting" => Some(counting_to_hundred(value)),
        "chineseCountingThousand" | "taiwaneseCountingThousand" => {
            thousands(value, &DIGITS, ["", "十", "百", "千"], "零", false)
        }
        "japaneseCounting" | "koreanCounting" => {
            thousands(value, &DIGITS, ["", "十", "百", "千"], "", true)
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            thousands(value, &LEGAL, ["", "拾", "佰", "仟"], "零", false)
        }
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            Some(digits(value, &DIGITS))
        }
        "ideographTraditional" => nth_char(STEMS, value),
        "ideographZodiac" => nth_char(BRANCHES, value),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(value),
        "decimalEnclosedFullstop" => within(value, 20, '⒈'),
        "decimalEnclosedParen" => within(value, 20, '⑴'),
        "ideographEnclosedCircle" => within(value, 10, '㊀'),
        "decimalFullWidth" | "decimalFullWidth2" => Some(full_width(value)),
        "numberInDash" => Some(format!("- {value} -")),
        _ => None,
    };
    special.unwrap_or_else(|| value.to_string())
}

fn nth_char(row: &str, value: u32) -> Option<String> {
    let idx = value.checked_sub(1)? as usize;
    row.chars().nth(idx).map(String::from)
}

/// A run of characters in Unicode order, from 1 to `max`.
fn within(value: u32, max: u32, first: char) -> Option<String> {
    (1..=max)
        .contains(&value)
        .then(|| char::from_u32(first as u32 + value - 1))
        .flatten()
        .map(String::from)
}

fn circled(value: u32) -> Option<String> {
    match value {
        0 => Some("⓪".to_owned()),
        1..=20 => within(value, 20, '①'),
        21..=35 => within(value - 20, 15, '㉑'),
        _ => within(value.checked_sub(35)?, 15, '㊱'),
    }
}

fn full_width(value: u32) -> String {
    value
        .to_string()
        .chars()
        .filter_map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32))
        .collect()
}

fn digits(value: u32, row: &[&str; 10]) -> String {
    value
        .to_string()
        .chars()
        .filter_map(|c| row.get(c.to_digit(10)? as usize))
        .copied()
        .collect()
}

/// 一 … 九十九, then digit by digit: 一〇〇.
fn counting_to_hundred(value: u32) -> String {
    (1..100)
        .contains(&value)
        .then(|| thousands(value, &DIGITS, ["", "十", "百", "千"], "", false))
        .flatten()
        .unwrap_or_else(|| digits(value, &DIGITS))
}

/// 1 to 9999 with units. A ten at the head has no 一 in front; with
/// `drops_one`, neither has a hundred or thousand.
fn thousands(
    value: u32,
    row: &[&str; 10],
    units: [&str; 4],
    zero: &str,
    drops_one: bool,
) -> Option<String> {
    if !(1..10_000).contains(&value) {
        return None;
    }
    let mut text = String::new();
    let mut has_gap = false;
    for (power, unit) in units.into_iter().enumerate().rev() {
        let digit = value / 10_u32.pow(power as u32) % 10;
        if digit == 0 {
            has_gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut has_gap) {
            text += zero;
        }
        let is_head_ten = power == 1 && text.is_empty();
        let is_bare = digit == 1 && power > 0 && (is_head_ten || drops_one);
        if !is_bare {
            text += row.get(digit as usize)?;
        }
        text += unit;
    }
    Some(text)
}

fn roman(value: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&value) {
        return None;
    }
    let mut rest = value;
    let mut text = String::new();
    for (step, letters) in STEPS {
        while rest >= step {
            rest -= step;
            text += letters;
        }
    }
    Some(text)
}

/// a … z, then aa, bb …, as Word goes on.
fn letters(value: u32, first: char) -> Option<String> {
    let idx = value.checked_sub(1)?;
    let n_times = idx / 26 + 1;
    if n_times > 10 {
        return None;
    }
    let letter = char::from_u32(first as u32 + idx % 26)?;
    Some(String::from(letter).repeat(n_times as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_writes_its_numbers() {
        for (value, name, text) in [
            (3, "decimal", "3"),
            (3, "decimalZero", "03"),
            (1, "chineseCounting", "一"),
            (10, "chineseCounting", "十"),
            (11, "chineseCounting", "十一"),
            (20, "chineseCounting", "二十"),
            (99, "chineseCounting", "九十九"),
            (101, "chineseCounting", "一〇一"),
            (12, "chineseCountingThousand", "十二"),
            (101, "chineseCountingThousand", "一百零一"),
            (110, "chineseCountingThousand", "一百一十"),
            (1010, "taiwaneseCountingThousand", "一千零一十"),
            (110, "japaneseCounting", "百十"),
            (2, "chineseLegalSimplified", "贰"),
            (10, "ideographDigital", "一〇"),
            (2, "ideographTraditional", "乙"),
            (11, "ideographTraditional", "11"),
            (12, "ideographZodiac", "亥"),
            (9, "decimalEnclosedCircleChinese", "⑨"),
            (21, "decimalEnclosedCircle", "㉑"),
            (50, "decimalEnclosedCircle", "㊿"),
            (51, "decimalEnclosedCircle", "51"),
            (2, "decimalEnclosedParen", "⑵"),
            (3, "ideographEnclosedCircle", "㊂"),
            (12, "decimalFullWidth", "１２"),
            (14, "upperRoman", "XIV"),
            (4, "lowerRoman", "iv"),
            (u32::MAX, "upperRoman", "4294967295"),
            (28, "lowerLetter", "bb"),
            (u32::MAX, "upperLetter", "4294967295"),
            (0, "chineseCountingThousand", "0"),
            (5, "none", ""),
            (5, "some other", "5"),
        ] {
            assert_eq!(format(value, name), text, "{value} {name}");
        }
    }
}
