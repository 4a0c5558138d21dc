//! Names of bodies: a region or parent body, what the body does, and its organ.
//!
//! `海城市` + `大数据工作推进` + `小组`, `国家能源局` + `综合` + `司`. Some organs are named
//! by their last word alone (委员会, 人民政府); words that are ordinary ones too (中心,
//! 处, 会) need a region or a parent before them. No list holds the names of places
//! or bodies; what a name is by its place in a text (a line among signatures) is
//! known elsewhere ([`super::signature`]).

use super::block::{head, tail, without_blanks};
use super::ordinal;
use super::words::{self, List};
use plansearch_text::fold::is_blank;

/// Longer lines name no bodies.
const MAX_LINE_BYTES: usize = 2000;
/// The longest name of a body.
const MAX_NAME_CHARS: usize = 40;
/// So many bodies may stand on one line.
const MAX_NAMES: usize = 12;

/// Says whether the line names bodies and nothing else.
pub(super) fn is_organisation(text: &str) -> bool {
    if text.len() > MAX_LINE_BYTES || text.is_empty() {
        return false;
    }
    let names = organisations(text);
    !names.is_empty() && names.len() <= MAX_NAMES && names.iter().all(|name| is_body(name))
}

/// The bodies named on a line: parted by blanks, or by 、 where each part is one.
/// The characters of a single name may be spaced out.
pub(super) fn organisations(text: &str) -> Vec<String> {
    let words: Vec<&str> = text
        .split(is_blank)
        .filter(|word| !word.is_empty())
        .collect();
    if words.iter().all(|word| word.chars().count() <= 2) {
        return vec![without_blanks(text)];
    }
    let mut names = Vec::new();
    for word in words {
        let parts: Vec<&str> = word.split('、').collect();
        if parts.len() > 1 && parts.iter().all(|part| is_body(part)) {
            names.extend(parts.into_iter().map(str::to_owned));
        } else {
            names.push(word.to_owned());
        }
    }
    names
}

/// Says whether this is the name of a body.
pub(super) fn is_body(name: &str) -> bool {
    if !is_name(name) {
        return false;
    }
    let ordinary = words::longest_end(List::NotBodies, name);
    if words::longest_end(List::OrganEnds, name) > ordinary {
        return !name.starts_with(['各', '加', '向', '请']);
    }
    words::longest_end(List::WeakOrganEnds, name) > ordinary
        && has_parent(name)
        && !words::starts(List::NotNames, name)
}

/// Says whether the words could be a name: letters and brackets only, no number
/// before them, nothing that speaks of a document.
pub(super) fn is_name(name: &str) -> bool {
    let n_chars = name.chars().count();
    let is_plain = name.chars().all(|c| {
        c.is_alphabetic() || matches!(c, '(' | ')' | '（' | '）' | '·' | '、' | '“' | '”')
    });
    (2..=MAX_NAME_CHARS).contains(&n_chars)
        && is_plain
        && (n_chars > 2 || name == "国办" || name == "中办")
        && ordinal::scan(name).is_none()
        && !["关于", "印发", "转发", "批转"]
            .iter()
            .any(|word| name.contains(word))
}

/// Says whether the name leaves its region unsaid: 市政府, 省发展改革委, 我委, 本局.
pub(super) fn is_short_form(name: &str) -> bool {
    let mut chars = name.chars();
    let opens = chars
        .next()
        .is_some_and(|c| is_region_mark(c) || matches!(c, '我' | '本'));
    opens && !name.starts_with("区域") && !name.starts_with("市场")
}

/// Says whether a region or a body of the nation opens the name.
fn has_parent(name: &str) -> bool {
    if words::starts(List::NationalOpeners, name) {
        return true;
    }
    let mut marks = name.char_indices().skip(1).take(MAX_REGION_CHARS);
    marks.any(|(at, c)| {
        let behind = tail(name, at + c.len_utf8());
        let region = head(name, at);
        is_region_mark(c)
            && behind.chars().count() >= 2
            && !["域", "场", "际", "级", "内", "外"]
                .iter()
                .any(|word| behind.starts_with(word))
            && !(c == '区' && region.ends_with(['城', '社', '园', '景', '片']))
            && !matches!(region, "城" | "都")
    })
}

const MAX_REGION_CHARS: usize = 12;

/// Says whether the names of regions end with this character.
pub(super) fn is_region_mark(c: char) -> bool {
    matches!(
        c,
        '省' | '市' | '县' | '区' | '州' | '盟' | '旗' | '镇' | '乡'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_told_by_their_organ() {
        for name in [
            "中共某市委 某市人民政府",
            "国务院",
            "某 市 人 民 政 府",
            "某港区开发建设管理委员会",
            "海城市大数据工作推进小组",
            "国家能源局综合司",
            "新疆生产建设兵团",
            "海城海关",
            "海城市红十字会",
            "国务院、中央军委",
            "推进“一带一路”建设工作领导小组办公室",
            "中国人民银行海城市分行",
            "国家统计局海城调查队",
            "锡林郭勒盟行政公署",
            "海城市大数据中心",
        ] {
            assert!(is_organisation(name), "{name}");
        }
        for name in [
            "各县人民政府",
            "第一章 总则",
            "强化组织领导",
            "加强政府",
            "优化空间布局",
            "国务院办公厅转发国家地震局",
            "建设区域协同创新中心",
            "推动西部",
            "政务服务中心",
            "海城市干部",
        ] {
            assert!(!is_organisation(name), "{name}");
        }
    }

    #[test]
    fn bodies_of_a_line_are_told_apart() {
        assert_eq!(organisations("国务院、中央军委"), ["国务院", "中央军委"]);
        assert_eq!(organisations("某 市 政 府"), ["某市政府"]);
        assert_eq!(organisations("甲市财政局　甲市教育局").len(), 2);
        assert_eq!(organisations("民族、宗教委员会"), ["民族、宗教委员会"]);
    }
}
