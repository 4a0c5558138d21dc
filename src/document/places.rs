//! Places that a running text names.
//!
//! Only names that are hardly ever another word: provinces, with or without 省; of the
//! divisions below them those in full (嘉兴市, 海拉尔区), and of districts with three
//! characters none (港口区, 新城区), unless a body of theirs follows.

use std::collections::HashMap;
use std::sync::LazyLock;

use plansearch_text::Span;

use super::jurisdiction::{Jurisdiction, Level, division_at, provinces};

/// What ends the name of a province that is also named without it.
const PROVINCES: [&str; 6] = [
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "省",
    "市",
];

/// Finds the places that `text` names, in its order.
///
/// ```
/// use plansearch_document::places_in;
/// let found = places_in("与四川、嘉兴市相比");
/// let names: Vec<_> = found.iter().filter_map(|place| place.regions.last()).collect();
/// assert_eq!(names, ["四川省", "嘉兴市"]);
/// assert!(places_in("推进新城区和港口区建设").is_empty());
/// ```
pub fn places_in(text: &str) -> Vec<Jurisdiction> {
    let mut found = Vec::new();
    let mut end = 0;
    for (at, _) in text.char_indices() {
        if at < end {
            continue;
        }
        let rest = Span::new(at, text.len()).of(text);
        if let Some((name, place)) = place_at(rest) {
            end = at + name.len();
            found.push(place);
        }
    }
    found
}

/// The place that `text` begins with.
fn place_at(text: &str) -> Option<(&str, Jurisdiction)> {
    if let Some((name, Some(division))) = division_at(text, None) {
        let n_chars = name.chars().count();
        let behind = Span::new(name.len(), text.len()).of(text);
        let is_of_body = ["人民", "第", "委", "政府"]
            .iter()
            .any(|word| behind.starts_with(word));
        let is_plain = match division.level {
            Level::Province => true,
            Level::County => n_chars > 3 || is_of_body || name.ends_with(['县', '市', '旗']),
            _ => n_chars > 2,
        };
        return is_plain.then(|| (name, division.jurisdiction(name)));
    }
    short_province(text)
}

/// A province named without its last word: 四川, 内蒙古.
fn short_province(text: &str) -> Option<(&str, Jurisdiction)> {
    let ends = text.char_indices().skip(2).map(|(at, _)| at);
    ends.chain([text.len()]).take(2).find_map(|end| {
        let name = Span::new(0, end).of(text);
        let place = SHORT_PROVINCES.get(name)?;
        Some((name, place.clone()))
    })
}

static SHORT_PROVINCES: LazyLock<HashMap<&str, Jurisdiction>> = LazyLock::new(|| {
    let provinces = provinces().into_iter();
    provinces
        .filter_map(|(name, division)| {
            let short = PROVINCES.iter().find_map(|kind| name.strip_suffix(kind))?;
            Some((short, division.jurisdiction(name)))
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found = places_in(text);
        let names: Vec<&str> = found
            .iter()
            .filter_map(|place| place.regions.last().map(String::as_str))
            .collect();
        assert_eq!(names, expect, "{text}");
    }

    #[test]
    fn a_text_names_places_in_full_and_provinces_in_short() {
        check("2026年四川省人民政府工作报告", &["四川省"]);
        check(
            "2015年2月5日在海拉尔区第十四届人民代表大会第四次会议上",
            &["海拉尔区"],
        );
        check(
            "内蒙古、广西与湖南三地",
            &["内蒙古自治区", "广西壮族自治区", "湖南省"],
        );
        check("嘉兴市秀洲区人民政府", &["嘉兴市", "秀洲区"]);
        check("城市更新，地区协调，社区服务", &[]);
    }
}
