//! 小标题 that open a paragraph: `稳步扩大有效投资。锚定…`.
//!
//! A lead is the first sentence of a paragraph with text behind it, short, built
//! as a title is, and parallel to the leads of its siblings: the paragraphs under
//! the same heading. A single such sentence is ordinary prose. Dated goals,
//! labels ending in a colon and articles of a law are no leads.

use super::block::{head, tail, trim};
use super::ordinal;
use super::sentence::{first_sentence, is_title, n_commas};
use plansearch_document::{Outline, Passage, PassageKind};
use plansearch_text::Span;
use std::collections::HashMap;

/// The longest lead without a comma.
const MAX_CHARS: usize = 32;
/// The longest lead with a comma: two short clauses.
const MAX_PARTED_CHARS: usize = 30;

/// A first sentence that may be a lead.
#[derive(Clone, Copy)]
struct Opening {
    passage_idx: usize,
    lead: Span,
    is_dashed: bool,
    is_parted: bool,
}

/// Sets the leads of all paragraphs.
pub(super) fn mark(passages: &mut [Passage], outline: &Outline) {
    let mut sections: HashMap<Option<usize>, Vec<Opening>> = HashMap::new();
    for (passage_idx, passage) in passages.iter().enumerate() {
        if passage.kind != PassageKind::Paragraph || in_article(passage, outline) {
            continue;
        }
        if let Some(opening) = opening(&passage.text, passage_idx) {
            let section = passage.section.map(|section| section.0);
            sections.entry(section).or_default().push(opening);
        }
    }
    mark_alone(passages, &lone(passages, outline));
    let only: Vec<Opening> = only_openings(&sections, passages);
    for openings in sections.into_values() {
        let plain: Vec<String> = openings
            .iter()
            .filter(|opening| !opening.is_parted)
            .map(|opening| words(passages, opening))
            .collect();
        let all: Vec<String> = openings
            .iter()
            .map(|opening| words(passages, opening))
            .collect();
        let in_common = InCommon::of(&all);
        let n_dashed = openings.iter().filter(|opening| opening.is_dashed).count();
        for (opening, words) in openings.iter().zip(&all) {
            let is_parallel = if opening.is_dashed {
                n_dashed >= 2 || plain.len() >= 2
            } else if opening.is_parted {
                in_common.has_like(words)
            } else {
                plain.len() >= 2
            };
            if is_parallel {
                passages[opening.passage_idx].lead = Some(opening.lead);
            }
        }
    }
    mark_only(passages, outline, only);
}

/// The openings that have no sibling in their section: each opens the only
/// paragraph there.
fn only_openings(
    sections: &HashMap<Option<usize>, Vec<Opening>>,
    passages: &[Passage],
) -> Vec<Opening> {
    let mut n_paragraphs: HashMap<Option<usize>, usize> = HashMap::new();
    for passage in passages.iter().filter(|p| p.kind == PassageKind::Paragraph) {
        *n_paragraphs.entry(section_of(passage)).or_default() += 1;
    }
    let alone = sections
        .iter()
        .filter_map(|(section, openings)| match &openings[..] {
            [only] if n_paragraphs.get(section) == Some(&1) && section.is_some() => Some(*only),
            _ => None,
        });
    alone
        .filter(|opening| !opening.is_parted && !opening.is_dashed)
        .collect()
}

fn section_of(passage: &Passage) -> Option<usize> {
    passage.section.map(|section| section.0)
}

/// A section with one paragraph follows the other sections of its level: where
/// most of them have leads throughout, its first sentence is one too.
fn mark_only(passages: &mut [Passage], outline: &Outline, only: Vec<Opening>) {
    let level = |section: usize| outline.headings().get(section).map(|heading| heading.level);
    let mut n_leads: HashMap<usize, (usize, usize)> = HashMap::new();
    for passage in passages.iter().filter(|p| p.kind == PassageKind::Paragraph) {
        if let Some(section) = section_of(passage) {
            let (n_with, n_all) = n_leads.entry(section).or_default();
            *n_with += usize::from(passage.lead.is_some());
            *n_all += 1;
        }
    }
    // Sections of each level, and those among them that have leads throughout.
    let mut usage: HashMap<Option<u8>, (usize, usize)> = HashMap::new();
    for (section, (n_with, n_all)) in &n_leads {
        let (n_sections, n_led) = usage.entry(level(*section)).or_default();
        *n_sections += 1;
        *n_led += usize::from(*n_with >= 2 && n_with * 3 >= n_all * 2);
    }
    let is_led = |own: usize| {
        let (n_sections, n_led) = usage.get(&level(own)).copied().unwrap_or_default();
        n_led >= MIN_LED_SECTIONS && n_led * 5 >= n_sections * 3
    };
    for opening in only {
        let section = section_of(&passages[opening.passage_idx]);
        if section.is_some_and(is_led) {
            passages[opening.passage_idx].lead = Some(opening.lead);
        }
    }
}

/// Fewer sections with leads show no usage.
const MIN_LED_SECTIONS: usize = 4;

fn in_article(passage: &Passage, outline: &Outline) -> bool {
    let heading = passage.section.and_then(|section| outline.get(section));
    heading
        .is_some_and(|heading| heading.number.starts_with('第') && heading.number.ends_with('条'))
}

/// Where the words begin behind dashes and bullets.
fn dash_end(text: &str) -> usize {
    let is_mark = |c: char| {
        matches!(c, '—' | '-' | '－' | '–' | '•' | '※' | '➢' | '➤' | '✓' | ' ')
        // Lines, squares, triangles, circles and stars.
        || ('\u{2500}'..='\u{25ff}').contains(&c)
        || matches!(c, '★' | '☆')
    };
    text.len() - text.trim_start_matches(is_mark).len()
}

/// Leads that stand on lines of their own, each above the prose it names, by
/// section.
fn lone(passages: &[Passage], outline: &Outline) -> HashMap<Option<usize>, Vec<(usize, Span)>> {
    let mut sections: HashMap<Option<usize>, Vec<(usize, Span)>> = HashMap::new();
    for (idx, pair) in passages.windows(2).enumerate() {
        let [passage, next] = pair else { continue };
        let are_paragraphs = [passage, next]
            .iter()
            .all(|p| p.kind == PassageKind::Paragraph);
        let is_above_prose = are_paragraphs
            && passage.section == next.section
            && next.text.ends_with(['。', '！', '？', '”', '；'])
            && next.text.chars().count() > MIN_PROSE_CHARS;
        if !is_above_prose || in_article(passage, outline) {
            continue;
        }
        let begin = dash_end(&passage.text);
        let words = tail(&passage.text, begin);
        let words = trim(words.strip_suffix('。').unwrap_or(words));
        let n_chars = words.chars().count();
        let may_be_lead = (4..=MAX_CHARS).contains(&n_chars)
            && is_title(&format!("题{words}"), MAX_CHARS + 1)
            && !words.ends_with(['！', '？', '!', '?'])
            && ordinal::scan(words).is_none()
            && !["附", "注", "（", "(", "《"]
                .iter()
                .any(|c| words.starts_with(c));
        if may_be_lead {
            let section = passage.section.map(|section| section.0);
            let span = Span::new(begin, begin + words.len());
            sections.entry(section).or_default().push((idx, span));
        }
    }
    for lines in sections.values_mut() {
        // A line above another such line names no prose.
        let places: Vec<usize> = lines.iter().map(|(idx, _)| *idx).collect();
        lines.retain(|(idx, _)| {
            !places.contains(&(idx + 1)) && !places.contains(&(idx.wrapping_sub(1)))
        });
    }
    sections
}

/// Shorter text below a line is no prose that the line could name.
const MIN_PROSE_CHARS: usize = 16;

/// Lines of one section that are built alike are leads: several with a full stop,
/// or several without one. Statements (这是…的五年。) only where most say the same.
fn mark_alone(passages: &mut [Passage], sections: &HashMap<Option<usize>, Vec<(usize, Span)>>) {
    for lines in sections.values() {
        for is_stopped in [true, false] {
            let of_form: Vec<(usize, Span)> = lines
                .iter()
                .filter(|(idx, _)| passages[*idx].text.ends_with('。') == is_stopped)
                .copied()
                .collect();
            let words: Vec<String> = of_form
                .iter()
                .map(|(idx, span)| span.of(&passages[*idx].text).to_owned())
                .collect();
            for ((idx, span), own) in of_form.iter().zip(&words) {
                let n_alike = words.iter().filter(|other| opens_same(own, other)).count();
                let is_parted = n_commas(own) > 0 && is_stopped;
                let is_plain = is_title(own, MAX_CHARS)
                    && !is_plain_statement(own)
                    && (!is_parted || n_alike >= 2);
                if words.len() >= 2 && (is_plain || n_alike >= 3) {
                    passages[*idx].lead = Some(*span);
                }
            }
        }
    }
}

fn opens_same(a: &str, b: &str) -> bool {
    let is_counted = |text: &str| text.chars().nth(1) == Some('是');
    is_counted(a) && is_counted(b) || a.chars().take(2).eq(b.chars().take(2))
}

fn words(passages: &[Passage], opening: &Opening) -> String {
    opening
        .lead
        .of(&passages[opening.passage_idx].text)
        .to_owned()
}

/// What openings of a section have in common, each with whether different words have it.
/// A section may have thousands of openings, so they are not compared in pairs.
struct InCommon<'a> {
    met: HashMap<Likeness, (&'a str, bool)>,
}

/// What makes two openings alike.
#[derive(PartialEq, Eq, Hash)]
enum Likeness {
    /// Both count: 一是, 二是.
    Counted,
    /// The clauses at this place open with the same two characters.
    Opens(usize, char, char),
    /// Several short clauses, as long as each other.
    Rhythm(Vec<usize>),
}

impl<'a> InCommon<'a> {
    fn of(openings: &'a [String]) -> Self {
        let mut met: HashMap<Likeness, (&str, bool)> = HashMap::new();
        for words in openings {
            for likeness in likenesses(words) {
                let (first, has_other) = met.entry(likeness).or_insert((words, false));
                *has_other |= first != words;
            }
        }
        Self { met }
    }

    /// A lead with a comma needs siblings that open alike: 一是…，…。 二是…，…。
    fn has_like(&self, words: &str) -> bool {
        let mut likenesses = likenesses(words).into_iter();
        likenesses.any(|likeness| {
            let met = self.met.get(&likeness);
            met.is_some_and(|(first, has_other)| *has_other || *first != words)
        })
    }
}

fn likenesses(words: &str) -> Vec<Likeness> {
    let mut likenesses = Vec::new();
    if words.chars().nth(1) == Some('是') {
        likenesses.push(Likeness::Counted);
    }
    let mut lengths = Vec::new();
    for (nth, clause) in words.split(['，', ',']).enumerate() {
        let chars: Vec<char> = clause.chars().filter(|c| c.is_alphabetic()).collect();
        if let [first, second, _, ..] = chars.as_slice() {
            likenesses.push(Likeness::Opens(nth, *first, *second));
        }
        lengths.push(chars.len());
    }
    if lengths.len() > 1 && lengths.iter().all(|length| *length <= 8) {
        likenesses.push(Likeness::Rhythm(lengths));
    }
    likenesses
}

fn opening(text: &str, passage_idx: usize) -> Option<Opening> {
    let begin = dash_end(text);
    let is_dashed = begin > 0;
    // A number that made no heading is no part of the lead either.
    let begin = begin + ordinal::scan(tail(text, begin)).map_or(0, |ordinal| ordinal.rest);
    let words = tail(text, begin);
    let first = first_sentence(words)?;
    let sentence = first.words.of(words);
    let n_chars = sentence.chars().count();
    let behind = trim(tail(words, first.after));
    // A measure with who is in charge of it behind it is whole.
    let is_charge = behind.starts_with(['（', '(']) && behind.ends_with(['）', ')']);
    let has_text = !behind.is_empty() && !is_charge;
    let is_parted = n_commas(sentence) > 0;
    let limit = if is_parted && !is_dashed {
        MAX_PARTED_CHARS
    } else {
        MAX_CHARS
    };
    let is_lead = has_text
        && (3..=limit).contains(&n_chars)
        && is_title(sentence, limit)
        && !sentence.ends_with(['！', '？'])
        && !is_plain_statement(sentence);
    is_lead.then(|| Opening {
        passage_idx,
        lead: Span::new(begin + first.words.start, begin + first.words.end),
        is_dashed,
        is_parted: is_parted && !is_dashed,
    })
}

/// Statements that no title makes: with a subject of their own and a verb of
/// being or having, or about the present document.
fn is_plain_statement(sentence: &str) -> bool {
    let plain = sentence.replace(['“', '”'], "");
    let is_dated = plain.starts_with('十')
        && ["时期", "期间", "以来"]
            .iter()
            .any(|word| head(&plain, 18).contains(word));
    let is_said = is_dated
        || [
            "今年",
            "去年",
            "过去",
            "一年来",
            "自从",
            "这是",
            "这些",
            "这一",
            "在此",
            "有的",
            "预计",
            "这项",
            "此项",
            "你",
            "我部",
            "我委",
            "我局",
            "国务院",
            "经研究",
            "现将",
            "特此",
        ]
        .iter()
        .any(|opener| plain.starts_with(opener))
        || n_commas(sentence) > 0 && plain.starts_with(['在', '从', '自']);
    let is_reported = ["指出，", "强调，", "提出，", "明确，", "要求，"]
        .iter()
        .any(|words| sentence.contains(&format!("》{words}")));
    let is_measured =
        sentence.contains('%') || sentence.contains("亿元") || sentence.contains("万元");
    let is_rule = [
        "应当",
        "不得",
        "可以",
        "如下",
        "主要包括",
        "是指",
        "适用",
        "一律",
        "必须",
        "收悉",
        "原则同意",
        "同意组建",
        "同意设立",
        "现批复",
        "现函复",
    ]
    .iter()
    .any(|word| sentence.contains(word));
    is_said || is_reported || is_measured || is_rule
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraphs: &[&str], expect: &[&str]) {
        let mut passages: Vec<Passage> = paragraphs
            .iter()
            .map(|text| Passage::new(PassageKind::Paragraph, None, *text))
            .collect();
        mark(&mut passages, &Outline::default());
        let leads: Vec<&str> = passages.iter().filter_map(Passage::lead_text).collect();
        assert_eq!(leads, expect);
    }

    #[test]
    fn parallel_first_sentences_are_leads() {
        check(
            &[
                "氢能源。利用副产氢。",
                "优化“双招双引”环境。推进改革。",
                "五年来,全区上下始终坚持总基调,围绕重点。",
            ],
            &["氢能源", "优化“双招双引”环境"],
        );
        check(
            &["——坚持系统观念。加强谋划。", "——坚持绿色发展。推进。"],
            &["坚持系统观念", "坚持绿色发展"],
        );
    }

    #[test]
    fn leads_may_stand_on_lines_of_their_own() {
        check(
            &[
                "一是经济运行稳中有进。",
                "全县生产总值增长6.1%，增速高于全市平均水平。",
                "二是项目建设提速提质。",
                "实施重点项目86个，完成投资112亿元，大桥建成。",
            ],
            &["一是经济运行稳中有进", "二是项目建设提速提质"],
        );
        check(
            &[
                "打造高质量发展动力源",
                "深化双城联动，全市生产总值增长5.5%以上。",
                "促进协调发展",
                "提升自身综合竞争力，完善帮扶协作长效机制。",
            ],
            &["打造高质量发展动力源", "促进协调发展"],
        );
        check(
            &[
                "重点做好以下工作。",
                "提升自身综合竞争力，完善帮扶协作长效机制。",
            ],
            &[],
        );
    }

    #[test]
    fn lookalikes_are_prose() {
        check(&["集全市之力推进建设。切实发挥作用。"], &[]);
        check(
            &[
                "到2025年,取得实质进展。全市提升。",
                "到2035年,全面建立。统一开放。",
            ],
            &[],
        );
        check(&["指标要求:不降低。", "指标说明:尚未开展。工作。"], &[]);
        check(&["加强领导。", "强化考核。"], &[]);
    }
}
