//! The fixed forms of official documents: dates, issuing bodies, 发文字号,
//! addressees, 此件公开发布.
//!
//! Each function looks at one line. Names of places and bodies are recognised by
//! how they end, never from a list of places.

use super::block::{head, tail, trim, without_blanks};
pub(super) use super::body::{is_organisation, organisations};
use super::ordinal;
use super::sentence::marks;
use plansearch_document::Date;
use plansearch_text::fold::is_blank;
use plansearch_text::{Span, numeral};

/// Reads a line that is nothing but a date: 2021年6月27日, 二〇二一年…, 2021-06-27.
pub(super) fn whole_date(text: &str) -> Option<Date> {
    if text.len() > MAX_DATE_LINE_BYTES {
        return None;
    }
    let text = trim(text).trim_matches(['(', ')', '（', '）']);
    let (date, span) = find_date(text)?;
    let rest = tail(text, span.end);
    let is_time = rest
        .chars()
        .all(|c| c.is_ascii_digit() || is_blank(c) || matches!(c, ':' | '：' | '时' | '分' | '秒'));
    (head(text, span.start).is_empty() && is_time && rest.chars().count() < 14).then_some(date)
}

/// A line with a date and nothing else is no longer, blanks between its
/// characters included. These functions see every line, most of them long.
const MAX_DATE_LINE_BYTES: usize = 200;
/// As for dates, for lines with other fixed forms.
const MAX_FORM_BYTES: usize = 2000;

/// Finds the first date in `text`.
pub(super) fn find_date(text: &str) -> Option<(Date, Span)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    (0..chars.len()).find_map(|start| {
        let starts = start == 0 || chars.get(start - 1).is_some_and(|(_, c)| !is_numeral(*c));
        starts.then(|| date_at(text, &chars, start))?
    })
}

/// Says whether the line is nothing but a year and a month: 二〇二三年八月.
pub(super) fn is_month(text: &str) -> bool {
    let text = without_blanks(text);
    let Some((year, month)) = text
        .strip_suffix('月')
        .and_then(|text| text.split_once('年'))
    else {
        return false;
    };
    let is_year = year.chars().count() == 4 && numeral::parse(year).is_some_and(|year| year > 1900);
    is_year && numeral::parse(month).is_some_and(|month| (1..=12).contains(&month))
}

/// Every date in `text`.
pub(super) fn dates(text: &str) -> Vec<Date> {
    let mut dates = Vec::new();
    let mut rest = text;
    while let Some((date, span)) = find_date(rest) {
        dates.push(date);
        rest = tail(rest, span.end);
    }
    dates
}

fn date_at(text: &str, chars: &[(usize, char)], start: usize) -> Option<(Date, Span)> {
    let mut idx = start;
    let mut part = |separators: &[char]| -> Option<u32> {
        while chars.get(idx).is_some_and(|(_, c)| is_blank(*c)) {
            idx += 1;
        }
        let digits: String = chars
            .iter()
            .skip(idx)
            .map(|(_, c)| *c)
            .take_while(|c| is_numeral(*c))
            .take(6)
            .map(|c| if is_round(c) { '〇' } else { c })
            .collect();
        idx += digits.chars().count();
        while chars
            .get(idx)
            .is_some_and(|(_, c)| *c == ' ' || *c == '\u{3000}')
            && !separators.is_empty()
        {
            idx += 1;
        }
        if !separators.is_empty() {
            chars.get(idx).filter(|(_, c)| separators.contains(c))?;
            idx += 1;
        }
        numeral::parse(&digits)
    };
    let year = part(&['年', '-', '/', '.'])?;
    let month = part(&['月', '-', '/', '.'])?;
    let day = part(&[])?;
    let blanks = chars
        .iter()
        .skip(idx)
        .take_while(|(_, c)| is_blank(*c))
        .count();
    if chars.get(idx + blanks).is_some_and(|(_, c)| *c == '日') {
        idx += blanks + 1;
    }
    let date = Date::new(
        u16::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
    )?;
    let byte = |idx: usize| chars.get(idx).map_or(text.len(), |(at, _)| *at);
    (1900..2200)
        .contains(&year)
        .then(|| (date, Span::new(byte(start), byte(idx))))
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit()
        || ('０'..='９').contains(&c)
        || numeral::is_chinese_numeral(c)
        || is_round(c)
}

/// The letters and circles that are typed for 〇: 二Ｏ一Ｏ年, 二○一○年.
fn is_round(c: char) -> bool {
    matches!(c, 'O' | 'o' | 'Ｏ' | 'ｏ' | '○' | '◯' | 'Ο' | 'О')
}

/// A year whose letters and circles are zeros: 2O1O is 2010, 二O一O is 二〇一〇.
pub(super) fn with_zeros(year: &str) -> String {
    let is_arabic = year.chars().any(|c| c.is_ascii_digit());
    let zero = if is_arabic { '0' } else { '〇' };
    let letters = year.chars();
    letters
        .map(|c| if is_round(c) { zero } else { c })
        .collect()
}

/// Finds a 发文字号: `嘉政发〔2020〕15号`, with any bracket; on a line of its own also
/// `海商贸函2026年第322号` and `〔2024〕8号`.
pub(super) fn find_doc_number(text: &str) -> Option<Span> {
    bracketed_number(text).or_else(|| number_alone(text))
}

/// A number without brackets, or without the sign of its office, that is the line.
fn number_alone(text: &str) -> Option<Span> {
    if text.len() > MAX_DATE_LINE_BYTES {
        return None;
    }
    let squeezed = without_blanks(text);
    let words = squeezed.strip_suffix('号')?;
    let digits = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_counted = digits.len() < words.len();
    let before = digits.strip_suffix('第').unwrap_or(digits);
    let of_year = |before: &str| -> Option<String> {
        let sign = before.strip_suffix('年')?;
        let office = sign.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_year = sign.len() - office.len() == 4;
        is_year.then(|| office.to_owned())
    };
    let is_sign = |office: &str| {
        let n_chars = office.chars().count();
        (2..=MAX_SIGN_CHARS).contains(&n_chars)
            && office.chars().all(char::is_alphabetic)
            && !office.starts_with(['第', '自', '至', '到'])
    };
    let is_bare = || {
        let inner = before.strip_prefix(['〔', '[', '［', '（', '('])?;
        let year = inner.strip_suffix(['〕', ']', '］', '）', ')'])?;
        let value = numeral::parse(year).filter(|_| year.chars().count() == 4)?;
        Some((1949..2200).contains(&value))
    };
    let is_number =
        of_year(before).is_some_and(|office| is_sign(&office)) || is_bare() == Some(true);
    (is_counted && is_number).then(|| Span::new(0, text.len()))
}

/// The sign of an office is not longer: 清发改社.
const MAX_SIGN_CHARS: usize = 14;

fn bracketed_number(text: &str) -> Option<Span> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |idx: usize| chars.get(idx).map(|(_, c)| *c);
    let byte = |idx: usize| chars.get(idx).map_or(text.len(), |(at, _)| *at);
    (1..chars.len()).find_map(|open| {
        let is_open = matches!(at(open)?, '〔' | '[' | '［' | '(' | '（' | '【');
        let year: String = (open + 1..open + 5).filter_map(at).collect();
        let is_close = matches!(at(open + 5)?, '〕' | ']' | '］' | ')' | '）' | '】');
        let value = numeral::parse(&with_zeros(&year))?;
        if !is_open || !is_close || !(1949..2200).contains(&value) {
            return None;
        }
        let mut end = open + 6;
        while at(end).is_some_and(|c| is_numeral(c) || is_blank(c) || c == '第') {
            end += 1;
        }
        let mut start = open;
        while start > 0 && at(start - 1).is_some_and(|c| c.is_alphabetic() && open - start < 14) {
            start -= 1;
        }
        let is_number = at(end) == Some('号') && end > open + 6 && open > start;
        is_number.then(|| Span::new(byte(start), byte(end + 1)))
    })
}

/// Says whether the line is nothing but a 发文字号.
pub(super) fn is_doc_number(text: &str) -> bool {
    find_doc_number(text).is_some_and(|span| {
        let rest = format!("{}{}", head(text, span.start), tail(text, span.end));
        rest.chars().filter(|c| c.is_alphabetic()).count() <= 4
    })
}

/// Says whether the line addresses readers: 各县(市、区)人民政府…:
pub(super) fn is_addressees(text: &str) -> bool {
    let n_chars = text.chars().count();
    if n_chars > 200 || !text.ends_with(['：', ':']) || ordinal::scan(text).is_some() {
        return false;
    }
    let names = text.trim_end_matches(['：', ':']);
    let has_stop = marks(names).any(|(_, c)| matches!(c, '。' | '；' | '：' | ':'));
    let is_sentence = ["如下", "以下", "要", "做好", "按照", "现将", "通过"]
        .iter()
        .any(|word| names.contains(word));
    let addresses = names.starts_with('各')
        || ADDRESSEES.iter().any(|word| names.contains(word))
        || is_organisation(names);
    !has_stop && addresses && !is_sentence
}

const ADDRESSEES: [&str; 13] = [
    "各部门",
    "各单位",
    "各直属",
    "直属各",
    "直属机构",
    "各县",
    "各市",
    "各区",
    "各省",
    "各乡镇",
    "各镇",
    "人民政府，",
    "人民政府,",
];

/// Says whether the paragraph hands the plan over: 现印发给你们,请认真贯彻执行。
pub(super) fn is_cover_notice(text: &str) -> bool {
    let n_chars = text.chars().count();
    n_chars < 400
        && (HANDING_OVER.iter().any(|words| text.contains(words))
            || text.contains("现将") && text.contains("印发")
            || text.contains("现") && text.contains("请") && text.contains("印发"))
}

const HANDING_OVER: [&str; 9] = [
    "给你们",
    "现予印发",
    "现予发布",
    "现予公布",
    "现印发",
    "现转发",
    "特此通知",
    "予以印发",
    "一并印发",
];

/// Says whether the line is a note on publication: (此件公开发布).
pub(super) fn is_publication_note(text: &str) -> bool {
    if text.len() > MAX_DATE_LINE_BYTES {
        return false;
    }
    let text = without_blanks(text);
    let inner = text.trim_matches(['(', ')', '（', '）']);
    inner.chars().count() <= 12 && (inner.starts_with("此件") || inner.starts_with("本文有删减"))
}

/// Says whether the line is an imprint: 抄送…, ×办公室 ×年×月×日印发.
pub(super) fn is_imprint(text: &str) -> bool {
    if text.len() > MAX_FORM_BYTES {
        return false;
    }
    let squeezed = without_blanks(text);
    let names_copies = ["抄送", "抄报", "分送", "主送", "校对：", "校对:", "共印"]
        .iter()
        .any(|word| squeezed.starts_with(word));
    let is_printed = squeezed.ends_with("印发") && find_date(text).is_some();
    (names_copies || is_printed) && squeezed.chars().count() < 300
}

/// 新华社…电 and 主要内容如下: how a newspaper hands a document on.
pub(super) fn is_announcement(text: &str) -> bool {
    let n_chars = text.chars().count();
    let is_wire = n_chars < 600
        && text.contains('电')
        && ["新华社", "本报", "人民网", "据新华社", "中新社"]
            .iter()
            .any(|word| text.starts_with(word));
    let announces = n_chars < 60
        && [
            "内容如下。",
            "全文如下。",
            "内容如下：",
            "全文如下：",
            "全文如下",
            "内容如下",
        ]
        .iter()
        .any(|words| text.ends_with(words));
    is_wire || announces
}

/// Says whether the line tells when a law was adopted, amended or published.
pub(super) fn is_adoption(text: &str) -> bool {
    if text.len() > MAX_FORM_BYTES {
        return false;
    }
    let squeezed = without_blanks(text);
    squeezed.chars().count() <= 600
        && find_date(text).is_some_and(|(_, span)| span.start < 12)
        && [
            "通过", "修正", "修订", "公布", "发布", "颁布", "批准", "施行",
        ]
        .iter()
        .any(|word| squeezed.contains(word))
        && !squeezed.ends_with('。')
}

/// The bodies in the red head of a document: 某市人民政府文件, 某市人民政府令第68号.
pub(super) fn red_head(text: &str) -> Option<&str> {
    let words = head(
        text,
        order_number(text).map_or(text.len(), |span| span.start),
    );
    let words = trim(words).trim_end_matches(['（', '(']);
    let names = ["文件", "令", "公告"]
        .iter()
        .find_map(|end| trim(words).strip_suffix(end))
        .map(trim)?;
    let names = names.strip_prefix("中华人民共和国").unwrap_or(names);
    is_organisation(names).then_some(names)
}

/// The number of an order, 第 68 号, at the end of a line, brackets aside.
pub(super) fn order_number(text: &str) -> Option<Span> {
    if text.len() > MAX_DATE_LINE_BYTES {
        return None;
    }
    let words = text.trim_end_matches(|c| is_blank(c) || matches!(c, ')' | '）'));
    let begin = words.rfind('第')?;
    let number = tail(words, begin + '第'.len_utf8()).strip_suffix('号')?;
    let value = numeral::parse(&without_blanks(number))?;
    // 公告2022年第98号: the year belongs to the number.
    let before = head(words, begin).trim_end_matches(is_blank);
    let year = before.strip_suffix('年').map(|words| {
        let digits = words.trim_end_matches(|c: char| c.is_ascii_digit());
        (words.len() - digits.len(), digits.len())
    });
    let begin = year.filter(|(n, _)| *n == 4).map_or(begin, |(_, at)| at);
    (1..100_000)
        .contains(&value)
        .then(|| Span::new(begin, words.len()))
}

/// Says whether a date stands there with the time of day.
pub(super) fn is_timed(text: &str) -> bool {
    find_date(text).is_some_and(|(_, span)| tail(text, span.end).contains([':', '：', '时']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(is: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        for text in yes {
            assert!(is(text), "{text}");
        }
        for text in no {
            assert!(!is(text), "{text}");
        }
    }

    #[test]
    fn dates_of_every_spelling_are_read() {
        for text in [
            "2021年6月27日",
            "2021-06-27",
            "二〇二一年六月二十七日",
            "2021 年 6 月 27 日",
            "（2021年6月27日）",
            "2021-06-27 10:10",
        ] {
            assert_eq!(whole_date(text), Date::new(2021, 6, 27), "{text}");
        }
        for text in ["2021年6月", "2021年6月27日召开会议", "2019~2025年", ""] {
            assert_eq!(whole_date(text), None, "{text}");
        }
    }

    #[test]
    fn document_numbers_are_found_in_any_bracket() {
        for (text, number) in [
            ("嘉政发〔2020〕15号", "嘉政发〔2020〕15号"),
            ("国发[2021]29号", "国发[2021]29号"),
            ("教基厅函（2024）11 号", "教基厅函（2024）11 号"),
            ("某港区〔2021〕44号关于印发", "某港区〔2021〕44号"),
            ("某卫发〔2O1O〕25号", "某卫发〔2O1O〕25号"),
        ] {
            assert_eq!(find_doc_number(text).map(|s| s.of(text)), Some(number));
        }
        assert_eq!(find_doc_number("规划(2019)和"), None);
        check(
            is_doc_number,
            &["国发〔2021〕29号"],
            &["根据《方案》（环生态〔2019〕76号）要求，本市"],
        );
    }

    #[test]
    fn addressees_end_in_a_colon() {
        check(
            is_addressees,
            &[
                "各县(市、区)人民政府,市政府各部门、直属各单位:",
                "各位代表：",
                "乍浦镇,港区各部门、单位:",
            ],
            &[
                "现将有关事项通知如下：",
                "按照上述要求,各地、各部门在安排中,要做好工作:",
                "各部门要履行职责。",
                "主要目标：",
            ],
        );
    }
}
