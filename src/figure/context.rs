//! What the words around a figure say: what it measures, which way it goes, what it
//! is the figure of.

use plansearch_text::Span;

use super::clause;
use super::glyphs::Glyphs;
use super::model::{Direction, Measure};
use super::raw::Raw;

/// Words of change, with their direction.
const CHANGES: &[(&str, Direction)] = &[
    ("增长", Direction::Up),
    ("增加", Direction::Up),
    ("提高", Direction::Up),
    ("提升", Direction::Up),
    ("上升", Direction::Up),
    ("上涨", Direction::Up),
    ("扩大", Direction::Up),
    ("回升", Direction::Up),
    ("攀升", Direction::Up),
    ("增幅", Direction::Up),
    ("增速", Direction::Up),
    ("递增", Direction::Up),
    ("拉升", Direction::Up),
    ("升", Direction::Up),
    ("涨", Direction::Up),
    ("增", Direction::Up),
    ("下降", Direction::Down),
    ("降低", Direction::Down),
    ("减少", Direction::Down),
    ("下跌", Direction::Down),
    ("缩小", Direction::Down),
    ("缩减", Direction::Down),
    ("压减", Direction::Down),
    ("削减", Direction::Down),
    ("回落", Direction::Down),
    ("递减", Direction::Down),
    ("降", Direction::Down),
    ("减", Direction::Down),
];

/// Words of adding a thing that was not there.
const ADDING: &[&str] = &[
    "新增",
    "净增",
    "增设",
    "增补",
    "新建",
    "新培育",
    "新引进",
    "新认定",
];

/// Words between a word of change and its figure that make the figure a level.
const LEADS_TO: &[&str] = &["到", "至", "为", "达", "达到"];

/// Words of a share.
const SHARES: &[&str] = &["占", "比重", "比例", "率", "占比", "覆盖", "份额"];

/// Words at the end of a name phrase that lead to the figure.
const TAILS: &[&str] = &[
    "分别达到了",
    "分别达到",
    "分别达",
    "分别为",
    "分别是",
    "分别",
    "力争达到",
    "达到了",
    "达到",
    "已达",
    "达",
    "约为",
    "稳定在",
    "保持在",
    "控制在",
    "巩固在",
    "维持在",
    "超过了",
    "超过",
    "突破了",
    "突破",
    "实现",
    "完成",
    "增长了",
    "增长到",
    "增长至",
    "增长",
    "增加到",
    "增加至",
    "增加了",
    "增加",
    "提高到",
    "提高至",
    "提高了",
    "提高",
    "提升到",
    "提升至",
    "提升了",
    "提升",
    "上升到",
    "上升至",
    "上升",
    "扩大到",
    "扩大至",
    "下降到",
    "下降至",
    "下降了",
    "下降",
    "降低到",
    "降低至",
    "降低",
    "降到",
    "降至",
    "减少到",
    "减少至",
    "减少了",
    "减少",
    "压减",
    "年均",
    "累计",
    "同比",
    "比上年",
    "较上年",
    "力争",
    "确保",
    "预期",
    "预计",
    "均",
    "已经",
    "已",
    "至少",
    "高达",
    "多达",
    "共计",
    "共有",
    "共",
    "有",
    "为",
    "是",
    "要",
    "到",
    "至",
    "在",
    "从",
    "由",
    "了",
    "约",
    "超",
    "近",
    "的",
];

/// Words at the beginning of a name phrase that belong to time or mood.
const HEADS: &[&str] = &[
    "力争", "确保", "预计", "预期", "争取", "努力", "其中", "全年", "实现", "完成", "使", "推动",
    "同时", "到", "并", "且", "和", "及", "以及", "的", "底", "末", "前", "以来", "期间", "年均",
    "累计", "计划", "以上", "左右", "达到", "每年", "已", "要",
];

/// What was found around one figure.
pub(crate) struct Context {
    pub(crate) measure: Measure,
    pub(crate) direction: Option<Direction>,
    pub(crate) is_annual_mean: bool,
    pub(crate) is_cumulative: bool,
    pub(crate) name: Option<Span>,
}

/// Looks at the words between `least` (the end of the figure or date before) and `raw`.
pub(crate) fn of(glyphs: &Glyphs, raw: &Raw, least: usize) -> Context {
    let start = clause::clause_start(glyphs, raw.start, least);
    let phrase: String = glyphs.slice(start, raw.start).iter().collect();
    let clause_start = clause::clause_start(glyphs, raw.start, 0);
    let clause: String = glyphs.slice(clause_start, raw.start).iter().collect();
    let change = change_before(&phrase);
    let is_adding = ADDING.iter().any(|word| phrase.contains(word));
    let is_share_unit = raw.unit.as_ref().is_some_and(super::unit::Unit::is_share);
    let is_points = raw.unit.as_ref().is_some_and(super::unit::Unit::is_points);
    let is_times = raw.unit.as_ref().is_some_and(|unit| unit.name == "倍");
    let is_change = change.is_some_and(|change| !change.leads_to);
    let measure = if raw.is_rank {
        Measure::Rank
    } else if is_points {
        Measure::Points
    } else if is_change && (is_share_unit || is_times) || glyphs.at(raw.value_start) == '翻' {
        Measure::Growth
    } else if is_change || is_adding {
        Measure::Increment
    } else if is_share_unit && SHARES.iter().any(|word| clause.contains(word)) {
        Measure::Share
    } else {
        Measure::Level
    };
    Context {
        measure,
        direction: change.map(|change| change.direction),
        is_annual_mean: clause.contains("年均"),
        is_cumulative: clause.contains("累计"),
        name: name(glyphs, start, raw.start),
    }
}

#[derive(Clone, Copy)]
struct Change {
    direction: Direction,
    leads_to: bool,
}

/// The word of change that `phrase` ends with.
fn change_before(phrase: &str) -> Option<Change> {
    let phrase = phrase.trim_end();
    let phrase = phrase.strip_suffix("目标为").unwrap_or(phrase);
    let mut leads_to = false;
    let mut rest = phrase;
    for word in LEADS_TO {
        if let Some(before) = phrase.strip_suffix(word)
            && before.len() < rest.len()
        {
            rest = before;
            leads_to = true;
        }
    }
    let rest = rest.strip_suffix('了').unwrap_or(rest);
    let rest = rest.strip_suffix("幅度").unwrap_or(rest);
    CHANGES
        .iter()
        .find(|(word, _)| rest.ends_with(word))
        .map(|(_, direction)| Change {
            direction: *direction,
            leads_to,
        })
}

/// The phrase between `start` and `end` without the words that lead to the figure.
pub(crate) fn name(glyphs: &Glyphs, start: usize, end: usize) -> Option<Span> {
    let (mut start, mut end) = (start, end);
    loop {
        let trimmed = glyphs.skip_blanks_back(end).max(start);
        let trimmed = TAILS
            .iter()
            .find(|word| glyphs.ends_with(trimmed, word))
            .map_or(trimmed, |word| trimmed - word.chars().count());
        if trimmed <= start {
            return None;
        }
        if trimmed == end {
            break;
        }
        end = trimmed;
    }
    loop {
        let at = glyphs.skip_blanks(start);
        let at = HEADS
            .iter()
            .find(|word| glyphs.starts_with(at, word))
            .map_or(at, |word| at + word.chars().count());
        if at >= end {
            return None;
        }
        if at == start {
            break;
        }
        start = at;
    }
    Some(glyphs.span(start, end))
}
