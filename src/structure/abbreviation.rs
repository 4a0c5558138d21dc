//! Abbreviations that a text explains: 嘉兴港区管理委员会（以下简称港区管委会）.
//!
//! Only where the full name can be cut with certainty: a title in 《》, a name in
//! quotation marks, or the characters before the bracket that the abbreviation is
//! made of. An abbreviation that is a piece of its name (《条例》) says nothing to
//! a search: it stands wherever the name stands.

use plansearch_text::fold;

/// What introduces an abbreviation, behind the opening bracket.
const INTRODUCTIONS: [&str; 6] = ["以下简称", "以下统称", "以下合称", "以下称", "下称", "简称"];
/// The longest full name, in characters.
const MAX_NAME_CHARS: usize = 40;
/// The longest abbreviation, in characters.
const MAX_SHORT_CHARS: usize = 12;
/// So many characters behind the last one of the abbreviation the name may go on:
/// 国家发改委 is 国家发展和改革委员会.
const MAX_REST: usize = 2;
/// A name is at most so many times as long as its abbreviation.
const MAX_TIMES: usize = 4;

/// Full names with their abbreviations, in order.
pub fn abbreviations(text: &str) -> Vec<(String, String)> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for (open, _) in chars
        .iter()
        .enumerate()
        .filter(|(_, c)| matches!(c, '（' | '('))
    {
        let Some(behind) = chars.get(open + 1..) else {
            continue;
        };
        let close = behind
            .iter()
            .position(|c| matches!(c, '）' | ')' | '（' | '('));
        let inside: String = close.map_or_else(String::new, |end| behind[..end].iter().collect());
        let Some(short) = short_of(&inside) else {
            continue;
        };
        if let Some(full) = full_of(&chars[..open], &short) {
            found.push((full, short));
        }
    }
    found
}

/// The abbreviation that a bracket introduces.
fn short_of(inside: &str) -> Option<String> {
    let rest = INTRODUCTIONS
        .iter()
        .find_map(|introduction| inside.trim().strip_prefix(introduction))?;
    let rest = rest
        .trim_start_matches(['为', '：', ':', ' ', '，', ','])
        .trim();
    let bare = unquoted(rest).unwrap_or(rest);
    let n_chars = bare.chars().count();
    let is_name = bare
        .chars()
        .all(|c| c.is_alphanumeric() || "“”\"".contains(c));
    let points_here = ["本", "该", "此", "其", "各", "我"]
        .iter()
        .any(|word| bare.starts_with(word));
    (is_name && !points_here && (2..=MAX_SHORT_CHARS).contains(&n_chars)).then(|| bare.to_owned())
}

/// What stands between a pair of marks that encloses all of `text`.
fn unquoted(text: &str) -> Option<&str> {
    [("“", "”"), ("《", "》"), ("\"", "\""), ("「", "」")]
        .iter()
        .find_map(|(open, close)| {
            let inside = text.strip_prefix(open)?.strip_suffix(close)?;
            (!inside.contains(open) && !inside.contains(close)).then_some(inside)
        })
}

/// The full name that ends where `before` ends.
fn full_of(before: &[char], short: &str) -> Option<String> {
    let last = before.last()?;
    let marks = [('》', '《'), ('”', '“'), ('」', '「')];
    let (start, end) = match marks.iter().find(|(close, _)| close == last) {
        Some((_, open)) => {
            let start = before.iter().rposition(|c| c == open)? + 1;
            (start, before.len() - 1)
        }
        None => (start_of(before, short)?, before.len()),
    };
    let full: String = before.get(start..end)?.iter().collect();
    let (folded, short) = (fold(&full), fold(short));
    let n_chars = folded.chars().count();
    let is_longer = n_chars >= short.chars().count() + 2 && n_chars <= MAX_NAME_CHARS;
    (is_longer && !folded.contains(&short) && is_made_of(&short, &folded)).then_some(full)
}

/// Where the characters that the abbreviation is made of begin, read from the
/// bracket backwards; the last near its end, and all in one name: no mark, no 的,
/// and not too long for the abbreviation.
fn start_of(before: &[char], short: &str) -> Option<usize> {
    let mut at = before.len();
    for (nth, wanted) in short.chars().rev().enumerate() {
        let stretch = before.get(..at)?;
        let found = stretch.iter().rposition(|c| *c == wanted)?;
        let rest = before.get(found..at)?;
        if rest.iter().any(|c| !c.is_alphanumeric()) || (nth == 0 && rest.len() > MAX_REST + 1) {
            return None;
        }
        at = found;
    }
    let name = before.get(at..)?;
    let is_name = !name.contains(&'的') && name.len() <= MAX_TIMES * short.chars().count();
    is_name.then_some(at)
}

/// Whether the characters of `short` stand in `full` in this order.
fn is_made_of(short: &str, full: &str) -> bool {
    let mut rest = full.chars();
    short.chars().all(|wanted| rest.any(|c| c == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, &str)]) {
        let found = abbreviations(text);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(f, s)| (f.as_str(), s.as_str()))
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn full_names_are_cut_where_the_abbreviation_says() {
        check(
            "由滨海港区管理委员会（以下简称港管委）负责。",
            &[("港区管理委员会", "港管委")],
        );
        check(
            "报国家发展和改革委员会(以下简称“国家发改委”)备案，",
            &[("国家发展和改革委员会", "国家发改委")],
        );
        check(
            "举办东海国际绿色能源博览会（简称绿博会），推进合作。",
            &[("绿色能源博览会", "绿博会")],
        );
        check(
            "依据《滨海新区氢能装备产业发展规划》（以下简称《氢装规划》），",
            &[("滨海新区氢能装备产业发展规划", "氢装规划")],
        );
        check(
            "实施“千家企业数字化改造提升”（下称：千企数改）行动",
            &[("千家企业数字化改造提升", "千企数改")],
        );
    }

    #[test]
    fn what_cannot_be_cut_with_certainty_is_left() {
        for text in [
            "根据《港口管理条例》（以下简称《条例》），",
            "滨海投资集团有限公司（以下简称公司）承担",
            "制定本实施方案（以下简称本方案）。",
            "加快建设港口，完善管理和委托机制（以下简称港管委），",
            "从事快递业务的企业（以下简称快递企业）应当",
            "在港区航道和锚地以下干流河道内从事疏浚作业（以下简称港疏）",
            "项目由有关单位实施（以下简称“甲方”）。",
            "港区管理委员会（以下简称",
            "（以下简称港管委）",
            "（简称）（以下简称）",
            "面积三十平方公里（含水域）。",
        ] {
            check(text, &[]);
        }
    }
}
