//! How a law came about: adopted, published, amended, in force, each with its date.
//!
//! `（1987年1月3日国务院发布　2012年3月28日国务院令第618号修订公布　自2012年7月1日起施行）`
//! has three steps. The day on which a law takes effect is no date of issue; a date
//! inside 《》 belongs to another text.

use super::block::{head, tail, trim, without_blanks};
use super::{body, official};
use plansearch_document::Date;
use plansearch_text::Span;

/// One step of a law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) date: Date,
    pub(super) act: Act,
    /// The body that is named with it.
    pub(super) body: Option<String>,
    /// The number of the order by which it was done: 国务院令第618号.
    pub(super) number: Option<String>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Adopted,
    Published,
    Amended,
    Approved,
    InForce,
}

/// Words with what they say was done; the first that stands there counts.
const ACTS: [(Act, &[&str]); 5] = [
    (Act::Amended, &["修正", "修订", "修改"]),
    (Act::Published, &["公布", "发布", "颁布", "颁发", "令第"]),
    (Act::Adopted, &["通过", "审议", "审定"]),
    (Act::Approved, &["批准", "核准", "同意"]),
    (Act::InForce, &["施行", "实施", "生效", "执行"]),
];

/// What follows the name of a body in a step.
const BEHIND_BODY: [&str; 19] = [
    "令",
    "公告",
    "第",
    "常务会议",
    "全体会议",
    "部务会议",
    "委务会议",
    "局务会议",
    "署务会议",
    "行务会议",
    "主席办公会议",
    "会议",
    "发布",
    "公布",
    "颁布",
    "通过",
    "批准",
    "审议",
    "修",
];

/// The steps that a line tells, in its order.
pub(super) fn steps(text: &str) -> Vec<Step> {
    let text = without_cited(text);
    let mut begins: Vec<(Date, Span)> = Vec::new();
    let mut from = 0;
    while let Some((date, span)) = official::find_date(tail(&text, from)) {
        begins.push((date, Span::new(from + span.start, from + span.end)));
        from += span.end;
    }
    let ends = begins.iter().skip(1).map(|(_, span)| span.start);
    let ends: Vec<usize> = ends.chain([text.len()]).collect();
    begins
        .iter()
        .zip(ends)
        .filter_map(|((date, span), end)| {
            let words = without_blanks(Span::new(span.end, end).of(&text));
            let (act, _) = ACTS
                .iter()
                .find(|(_, names)| names.iter().any(|name| words.contains(name)))?;
            Some(Step {
                date: *date,
                act: *act,
                body: body_of(&words),
                number: number_of(&words),
            })
        })
        .collect()
}

/// The text without what stands in 《》.
fn without_cited(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// 经交通运输部部务会议通过: 交通运输部; the session of a congress is left out.
fn body_of(words: &str) -> Option<String> {
    let words = trim(words).trim_start_matches(['经', '由', '，', ',']);
    let words = without_session(words);
    let words = words
        .strip_prefix("中华人民共和国")
        .filter(|rest| rest.starts_with("国务院"))
        .unwrap_or(&words);
    let mut ends: Vec<usize> = BEHIND_BODY
        .iter()
        .flat_map(|word| words.match_indices(word).map(|(at, _)| at))
        .collect();
    ends.sort_unstable();
    // The shortest name that is one: 国务院 before 国务院第3次常务会议.
    ends.into_iter()
        .map(|end| head(words, end))
        .find(|name| body::is_body(name) && !body::is_short_form(name))
        .map(str::to_owned)
}

/// 云岭省第十届人民代表大会: without 第十届.
fn without_session(words: &str) -> String {
    let session = words.find('第').zip(words.find('届'));
    match session {
        Some((from, to)) if from < to && to - from <= MAX_SESSION_BYTES => {
            format!("{}{}", head(words, from), tail(words, to + '届'.len_utf8()))
        }
        _ => words.to_owned(),
    }
}

const MAX_SESSION_BYTES: usize = 18;

/// 中华人民共和国国务院令第618号, 交通运输部令2026年第10号.
fn number_of(words: &str) -> Option<String> {
    let words = words.trim_start_matches(['经', '由', '以', '，', ',']);
    let order = words.find('令')?;
    let behind = tail(words, order);
    let end = behind.find('号')? + '号'.len_utf8();
    let number = head(behind, end);
    let has_digit = number
        .chars()
        .any(|c| c.is_ascii_digit() || plansearch_text::numeral::is_chinese_numeral(c));
    let is_order = has_digit && number.chars().count() <= MAX_NUMBER_CHARS;
    let name = head(words, order);
    let opens_well = !name.is_empty() && name.chars().all(char::is_alphabetic);
    (is_order && opens_well).then(|| format!("{name}{number}"))
}

const MAX_NUMBER_CHARS: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, Act, &str, &str)]) {
        let steps = steps(text);
        let found: Vec<_> = steps
            .iter()
            .map(|step| {
                (
                    step.date.to_string(),
                    step.act,
                    step.body.clone().unwrap_or_default(),
                    step.number.clone().unwrap_or_default(),
                )
            })
            .collect();
        let expect: Vec<_> = expect
            .iter()
            .map(|(date, act, body, number)| {
                (
                    (*date).to_owned(),
                    *act,
                    (*body).to_owned(),
                    (*number).to_owned(),
                )
            })
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn each_step_has_its_date_body_and_number() {
        check(
            "（2026年5月22日经交通运输部部务会议通过 2026年5月27日交通运输部令2026年第10号公布 自2026年7月1日起施行）",
            &[
                ("2026-05-22", Act::Adopted, "交通运输部", ""),
                (
                    "2026-05-27",
                    Act::Published,
                    "交通运输部",
                    "交通运输部令2026年第10号",
                ),
                ("2026-07-01", Act::InForce, "", ""),
            ],
        );
        check(
            "（2003年9月28日某省第十届人民代表大会常务委员会第五次会议通过　根据2021年9月29日某省第十三届人民代表大会常务委员会第二十六次会议《关于修改〈某条例〉的决定》修正）",
            &[
                ("2003-09-28", Act::Adopted, "某省人民代表大会常务委员会", ""),
                ("2021-09-29", Act::Amended, "某省人民代表大会常务委员会", ""),
            ],
        );
        check(
            "1993年6月29日 中华人民共和国国务院令第116号发布",
            &[(
                "1993-06-29",
                Act::Published,
                "国务院",
                "中华人民共和国国务院令第116号",
            )],
        );
        check(
            "1993年11月1日 施行",
            &[("1993-11-01", Act::InForce, "", "")],
        );
    }
}
