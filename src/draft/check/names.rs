//! Names of documents: how titles are compared.

use plansearch_document::{Jurisdiction, places_in};
use plansearch_engine::DocumentRecord;
use plansearch_text::fold;

/// A name of fewer characters is a short form (《条例》, 《行动计划》) and names nothing.
pub(super) const MIN_NAME: usize = 7;
/// Characters that may be other in a name with a slip.
const MAX_OTHER: usize = 4;

/// Letters and digits of a title, folded.
pub(super) fn key(title: &str) -> Vec<char> {
    fold(title)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// The names that a document goes by: its title, what it prints (关于印发…的通知), and
/// of a report that of its body and year.
pub(super) fn names_of(doc: &DocumentRecord) -> Vec<Vec<char>> {
    let mut names = vec![key(&doc.title)];
    let title: String = key(&doc.title).into_iter().collect();
    for word in ["印发", "下达", "公布", "发布", "批转", "转发"] {
        if let Some((_, inner)) = title.split_once(&format!("关于{word}")) {
            let inner = inner.strip_suffix("的通知").unwrap_or(inner);
            names.push(inner.chars().collect());
        }
    }
    if doc.doc_type == "政府工作报告" {
        let year = doc.period.map(|period| period.0).or_else(|| doc.year());
        for issuer in &doc.issuers {
            let body = issuer.replace("人民政府", "");
            let body = if body.is_empty() {
                issuer.clone()
            } else {
                body
            };
            for (front, back) in [
                (String::new(), String::new()),
                (year_of(year), String::new()),
                (String::new(), year_of(year)),
            ] {
                names.push(key(&format!("{front}{body}{back}政府工作报告")));
            }
        }
        names.push(key(&format!("{}政府工作报告", year_of(year))));
    }
    names
}

fn year_of(year: Option<u16>) -> String {
    year.map_or_else(String::new, |year| format!("{year}年"))
}

/// How well a name fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The same, or a short form that says what the whole says.
    Same,
    /// One place is other: so many characters.
    Slip(usize),
    /// Another name.
    Other,
}

/// Holds `name` (as in the draft) against `known`.
pub(super) fn fit(name: &[char], known: &[char]) -> Fit {
    if name == known || is_short_form(name, known) {
        return Fit::Same;
    }
    let front = name.iter().zip(known).take_while(|(a, b)| a == b).count();
    let back = name
        .iter()
        .rev()
        .zip(known.iter().rev())
        .take_while(|(a, b)| a == b)
        .count()
        .min(name.len().min(known.len()) - front);
    let (ours, theirs) = (name.len() - front - back, known.len() - front - back);
    let n_other = ours.max(theirs);
    let is_slip =
        n_other <= MAX_OTHER && front + back >= 3 * n_other && front + back >= MIN_NAME - 2;
    if is_slip && !is_other_document(name, known, front, back) {
        return Fit::Slip(n_other);
    }
    Fit::Other
}

/// The name is the beginning or the end of the title, and only a bracket, a year or a
/// body is left out.
fn is_short_form(name: &[char], known: &[char]) -> bool {
    if name.len() < MIN_NAME || name.len() > known.len() {
        return false;
    }
    known.starts_with(name) || known.ends_with(name) || {
        let inner = known.windows(name.len()).any(|window| window == name);
        inner && name.len() * 2 >= known.len()
    }
}

/// A number or a place makes another document of a title, and so does what is added at
/// its end (条例, 条例实施办法).
fn is_other_document(name: &[char], known: &[char], front: usize, back: usize) -> bool {
    let middle = |text: &[char]| text.get(front..text.len() - back).unwrap_or(&[]).to_vec();
    let is_number = |c: &char| c.is_ascii_digit();
    let ours = middle(name);
    let theirs = middle(known);
    let of = |text: &[char]| {
        let text: String = text.iter().collect();
        Jurisdiction::of(&[], &text).regions
    };
    let is_added = back == 0 && (ours.is_empty() || theirs.is_empty());
    let places = |text: &[char]| -> Vec<Vec<String>> {
        let places = places_in(&text.iter().collect::<String>()).into_iter();
        places.map(|place| place.regions).collect()
    };
    ours.iter().chain(&theirs).any(is_number)
        || of(name) != of(known)
        || places(name) != places(known)
        || is_added
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, known: &str, expect: Fit) {
        assert_eq!(fit(&key(name), &key(known)), expect, "{name} {known}");
    }

    #[test]
    fn a_short_form_is_the_same_name() {
        check(
            "关于实施乡村振兴战略的意见",
            "中共中央 国务院关于实施乡村振兴战略的意见",
            Fit::Same,
        );
        check(
            "扩大内需战略规划纲要",
            "扩大内需战略规划纲要（2022－2035年）",
            Fit::Same,
        );
    }

    #[test]
    fn one_word_that_is_other_is_a_slip() {
        check("浙江省水污染治理条例", "浙江省水污染防治条例", Fit::Slip(2));
        check(
            "全民健身规划（2026—2030年）",
            "全民健身计划（2026—2030年）",
            Fit::Slip(1),
        );
        check(
            "海岸线整治修复五年行动方案",
            "海岸线整治修复三年行动方案",
            Fit::Slip(1),
        );
    }

    #[test]
    fn another_year_place_or_rank_is_another_document() {
        check("江苏省水污染防治条例", "浙江省水污染防治条例", Fit::Other);
        check(
            "关于制定四川省国民经济和社会发展第十五个五年规划的建议",
            "关于制定湖南省国民经济和社会发展第十五个五年规划的建议",
            Fit::Other,
        );
        check("2026年省政府工作报告", "2025年省政府工作报告", Fit::Other);
        check("政府采购法实施条例细则", "政府采购法实施条例", Fit::Other);
    }
}
