//! Who issued a document, as the draft says and as the document says.

use plansearch_engine::{DocumentRecord, EngineError};
use plansearch_text::{Span, fold};

use super::finding::{DiffersBy, Finding, FindingKind, Proof};
use super::library::Library;

/// Verbs of issuing, behind a body or in front of a title.
const VERBS: &[&str] = &[
    "联合印发",
    "共同印发",
    "联合发布",
    "联合制定",
    "印发",
    "发布",
    "公布",
    "制定",
    "发出",
    "下发",
    "颁布",
    "出台",
    "通过",
    "批准",
    "制发",
    "下达",
];

/// Longest list of bodies, in bytes.
const MAX_BODIES: usize = 240;

/// Findings for the bodies that `sentence` names around the title at `place`; `base` is
/// where the sentence begins.
pub(super) fn check(
    library: &Library<'_>,
    sentence: &str,
    place: Span,
    doc: &DocumentRecord,
    base: usize,
) -> Result<Vec<Finding>, EngineError> {
    let Some(bodies) = behind(sentence, place).or_else(|| before(sentence, place)) else {
        return Ok(Vec::new());
    };
    if doc.issuers.is_empty() {
        return Ok(Vec::new());
    }
    let mut findings = Vec::new();
    for body in split(sentence, bodies) {
        let written = body.of(sentence);
        let known = doc
            .issuers
            .iter()
            .find(|issuer| is_same_body(written, issuer));
        let right = known.cloned().unwrap_or_else(|| doc.issuers.join("、"));
        let sources: Vec<Proof> = library
            .fact(
                doc,
                known.map_or(
                    doc.issuers.first().map_or("", String::as_str),
                    String::as_str,
                ),
            )?
            .into_iter()
            .collect();
        let span = Span::new(base + body.start, base + body.end);
        findings.push(if known.is_some() {
            let message = format!("{written}与源相符");
            Finding::verified(FindingKind::Issuer, span, sources, message)
        } else {
            let message = format!("稿作{written}，源作{right}");
            Finding::differs(FindingKind::Issuer, span, DiffersBy::Name, sources, message)
        });
    }
    Ok(findings)
}

/// 《…》由某局印发.
fn behind(sentence: &str, place: Span) -> Option<Span> {
    let rest = Span::new(place.end, sentence.len());
    let at = rest.of(sentence).find('由')?;
    let between = Span::new(rest.start, rest.start + at);
    if between.of(sentence).contains(['，', ',', '。', '；']) {
        return None;
    }
    let start = between.end + '由'.len_utf8();
    let tail = Span::new(start, sentence.len()).of(sentence);
    let end = VERBS.iter().filter_map(|verb| tail.find(verb)).min()?;
    Some(Span::new(start, start + end))
        .filter(|span| span.end - span.start <= MAX_BODIES && !span.is_empty())
}

/// 某局印发的《…》.
fn before(sentence: &str, place: Span) -> Option<Span> {
    let front = Span::new(0, place.start).of(sentence);
    let front = front.strip_suffix('《')?;
    let front = front.strip_suffix('的').unwrap_or(front);
    let end = VERBS.iter().find_map(|verb| front.strip_suffix(verb))?;
    let end = end
        .strip_suffix("联合")
        .or_else(|| end.strip_suffix("共同"))
        .unwrap_or(end);
    let start = end
        .char_indices()
        .filter(|(_, c)| matches!(c, '，' | ',' | '：' | '；' | '。' | '据' | '按' | '照'))
        .map(|(at, c)| at + c.len_utf8())
        .next_back()
        .unwrap_or(0);
    let bodies = Span::new(start, end.len());
    let is_date = plansearch_figure::dates(bodies.of(sentence))
        .iter()
        .any(|date| date.span.end + start <= bodies.end);
    (!bodies.is_empty() && bodies.end - bodies.start <= MAX_BODIES && !is_date).then_some(bodies)
}

/// The bodies of a list, without 等三部门.
fn split(sentence: &str, bodies: Span) -> Vec<Span> {
    let text = bodies.of(sentence);
    let text = text.split_once('等').map_or(text, |(front, rest)| {
        if rest.contains("部门") || rest.contains("单位") || rest.is_empty() {
            front
        } else {
            text
        }
    });
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '、')]) {
        if matches!(c, '、' | ' ' | '\u{3000}')
            || (c == '和' && is_joint(text, at))
            || (c == '与' && is_joint(text, at))
        {
            let piece = Span::new(start, at);
            let trimmed = piece.of(text).trim();
            let is_body = trimmed.chars().count() >= 3 && ends_as_body(trimmed);
            if is_body {
                spans.push(Span::new(bodies.start + start, bodies.start + at));
            }
            start = at + c.len_utf8();
        }
    }
    spans
}

/// 和 joins two bodies when what stands before it is one: not in 发展和改革委员会.
fn is_joint(text: &str, at: usize) -> bool {
    let front = Span::new(0, at).of(text);
    let body = front.rsplit(['、', ' ']).next().unwrap_or(front);
    body.chars().count() >= 3 && ends_as_body(body) && !body.ends_with("人力资源")
}

fn ends_as_body(name: &str) -> bool {
    const ENDS: [&str; 24] = [
        "委员会",
        "办公厅",
        "办公室",
        "政府",
        "部",
        "局",
        "厅",
        "院",
        "委",
        "会",
        "办",
        "署",
        "司",
        "处",
        "中心",
        "党组",
        "中央",
        "总局",
        "集团",
        "公司",
        "银行",
        "法院",
        "检察院",
        "大会",
    ];
    ENDS.iter().any(|end| name.ends_with(end))
}

/// Says whether two names are of one body: the same, or one abbreviates the other.
fn is_same_body(one: &str, two: &str) -> bool {
    let key = |name: &str| {
        fold(name)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<Vec<char>>()
    };
    let (one, two) = (key(one), key(two));
    let (short, long) = if one.len() <= two.len() {
        (&one, &two)
    } else {
        (&two, &one)
    };
    if short == long {
        return true;
    }
    let ends = |name: &[char], end: &str| name.ends_with(&end.chars().collect::<Vec<char>>());
    let is_same_end = short.last() == long.last()
        || (ends(short, "委") && ends(long, "委员会"))
        || (ends(short, "办") && (ends(long, "办公厅") || ends(long, "办公室")));
    let is_same_start =
        short.first() == long.first() || ends(long, &short.iter().collect::<String>());
    let mut rest = long.iter();
    let is_inside = short.iter().all(|c| rest.any(|other| other == c));
    let is_office = |name: &[char]| ends(name, "办公厅") || ends(name, "办公室");
    is_same_end && is_same_start && is_inside && is_office(short) == is_office(long)
        || is_tail(short, long)
}

/// 市人民政府 in 嘉兴市人民政府.
fn is_tail(short: &[char], long: &[char]) -> bool {
    short.len() >= 5 && long.ends_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, two: &str, expect: bool) {
        assert_eq!(is_same_body(one, two), expect, "{one} {two}");
    }

    #[test]
    fn a_short_form_names_the_same_body() {
        check("国家发改委", "国家发展和改革委员会", true);
        check("国家发展改革委", "国家发展和改革委员会", true);
        check("浙江省人大常委会", "浙江省人民代表大会常务委员会", true);
        check("广州市政府", "广州市人民政府", true);
    }

    #[test]
    fn another_body_is_another() {
        check("国务院", "国务院办公厅", false);
        check("嘉兴市人民政府办公室", "嘉兴市人民政府办公厅", false);
        check("广州市医疗保险局", "广州市医疗保障局", false);
        check("教育部基础教育司", "教育部办公厅", false);
        check("浙江省人民政府", "浙江省人民代表大会常务委员会", false);
    }

    #[test]
    fn bodies_of_a_list_are_parted() {
        let check = |text: &str, expect: &[&str]| {
            let found: Vec<&str> = split(text, Span::whole(text))
                .iter()
                .map(|span| span.of(text))
                .collect();
            assert_eq!(found, expect, "{text}");
        };
        check(
            "中央网信办、工业和信息化部",
            &["中央网信办", "工业和信息化部"],
        );
        check(
            "市财政局和市发展和改革委员会",
            &["市财政局", "市发展和改革委员会"],
        );
        check("广州市医疗保障局等三部门", &["广州市医疗保障局"]);
    }
}
