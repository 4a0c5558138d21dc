//! The figures of a text that may be of an indicator, at places of its line: those of the
//! scanner, and words that are figures (全覆盖, 全国前三).

use plansearch_figure::{Bound, Comparator, Decimal, Direction, Figure, Interval, Measure};
use plansearch_text::Span;
use plansearch_text::numeral::is_chinese_numeral;

use super::line::Line;
use super::target::Amount;
use super::words;

/// A figure at its place.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word beside the figure"
)]
pub(crate) struct Placed {
    /// With the comparator.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// As bytes of the text.
    pub(crate) span: Span,
    pub(crate) amount: Amount,
    pub(crate) measure: Measure,
    pub(crate) is_annual_mean: bool,
    pub(crate) is_cumulative: bool,
    /// Whether it is a word that needs a name in front: 全覆盖.
    pub(crate) is_word: bool,
    /// What it was before: 由78.6%提高至91%.
    pub(crate) base: Option<Decimal>,
    /// Whether it is only what another figure comes from.
    pub(crate) is_origin: bool,
}

/// Units that count no indicator: 三级, 第二批, 五星.
const NO_AMOUNT: &[&str] = &[
    "级", "类", "批", "批次", "期", "届", "轮", "星", "度", "起", "门", "位", "层", "分钱",
];

/// The figures of the text, in order.
pub(crate) fn amounts(line: &Line<'_>, text: &str, figures: &[Figure]) -> Vec<Placed> {
    let quoted = quoted(line);
    let is_in_quotes =
        |start: usize, end: usize| quoted.iter().any(|(from, to)| *from <= start && end <= *to);
    let mut found: Vec<Placed> = figures
        .iter()
        .filter_map(|figure| placed(line, text, figure))
        .filter(|placed| !is_in_quotes(placed.start, placed.end))
        .collect();
    covered(line, &mut found, &is_in_quotes);
    ranked(line, &mut found, &is_in_quotes);
    found.sort_by_key(|placed| placed.start);
    found
}

fn placed(line: &Line<'_>, text: &str, figure: &Figure) -> Option<Placed> {
    let (start, end) = (line.place(figure.span.start), line.place(figure.span.end));
    let value = line.place(figure.value_span.start);
    let unit = figure.unit.as_ref()?;
    let is_in_name = line.before(value) == '每'
        || line.ends_with(0, start, "每")
        || NO_AMOUNT.contains(&unit.name.as_str())
        || is_small_word(line, figure, value)
        || is_part_of_word(line, end);
    if is_in_name {
        return None;
    }
    let is_doubling = line.at(value) == '翻';
    let mut amount = Amount {
        number: figure.written.number,
        scaled: figure.amount,
        comparator: figure.comparator,
        unit: unit_as_written(figure.value_span.of(text))
            .unwrap_or_else(|| figure.written.unit.clone()),
        dimension: unit.dimension.clone(),
    };
    let is_down = figure.direction == Some(Direction::Down)
        && matches!(
            figure.measure,
            Measure::Growth | Measure::Points | Measure::Increment
        );
    if is_down {
        amount.number = negated(amount.number);
        amount.scaled = negated(amount.scaled);
    }
    Some(Placed {
        start,
        end,
        span: Span::new(figure.span.start.min(text.len()), figure.span.end),
        amount,
        measure: if is_doubling {
            Measure::Growth
        } else {
            figure.measure
        },
        is_annual_mean: figure.is_annual_mean,
        is_cumulative: figure.is_cumulative,
        is_word: false,
        base: None,
        is_origin: matches!(line.before(start), '从' | '由'),
    })
}

/// What stands behind the digits of a figure: 公里 of 460公里, which the table calls 千米.
fn unit_as_written(value: &str) -> Option<String> {
    let at = value.rfind(|c: char| c.is_ascii_digit())?;
    let unit: String = value
        .get(at + 1..)?
        .chars()
        .filter(|c| !matches!(c, '多' | '余' | ' '))
        .map(|c| if c == '％' { '%' } else { c })
        .collect();
    (!unit.is_empty()).then_some(unit)
}

/// A fall of 5 % is -5 %.
fn negated(interval: Interval) -> Interval {
    let turned = |bound: Option<Bound>| {
        bound.map(|bound| Bound {
            value: bound.value.negated(),
            is_closed: bound.is_closed,
        })
    };
    match interval.single() {
        Some(value) => Interval::point(value.negated()),
        // 下降5%以上 bounds the fall: it stays on its side.
        None if interval.low.is_none() || interval.high.is_none() => Interval {
            low: turned(interval.low),
            high: turned(interval.high),
        },
        None => Interval {
            low: turned(interval.high),
            high: turned(interval.low),
        },
    }
}

/// 三个方面, 一批, 两项: a count in one Chinese numeral says no amount, unless it stands
/// behind a verb that makes things.
fn is_small_word(line: &Line<'_>, figure: &Figure, value: usize) -> bool {
    let is_chinese = is_chinese_numeral(line.at(value)) && !is_chinese_numeral(line.at(value + 1));
    let is_count = figure.unit.as_ref().is_some_and(|unit| {
        !matches!(
            unit.dimension.as_str(),
            "比率" | "百分点" | "倍数" | "人民币"
        )
    });
    let is_made = words::ACHIEVE
        .all()
        .iter()
        .any(|verb| line.ends_with(0, value, verb));
    is_chinese && is_count && !is_made
}

/// 个方面, 个重点: what follows makes it a way of speaking.
fn is_part_of_word(line: &Line<'_>, end: usize) -> bool {
    [
        "方面",
        "维度",
        "环节",
        "关键",
        "层次",
        "阶段",
        "台阶",
        "万亿元台阶",
        "千亿元台阶",
        "百亿元台阶",
        "论坛",
        "大关",
    ]
    .iter()
    .any(|word| line.starts_with(end, word))
}

/// The pieces in quotation marks or book title marks that are no whole sentences.
fn quoted(line: &Line<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for at in 0..line.len() {
        match line.at(at) {
            '“' | '「' | '《' => open = Some(at),
            '”' | '」' | '》' => {
                if let Some(start) = open.take() {
                    found.push((start, at + 1));
                }
            }
            '。' => open = None,
            _ => {}
        }
    }
    found
}

/// 全覆盖 and its kin: all of it.
fn covered(line: &Line<'_>, found: &mut Vec<Placed>, is_in_quotes: &impl Fn(usize, usize) -> bool) {
    const WORDS: [&str; 4] = ["全覆盖", "全域覆盖", "全面覆盖", "全部覆盖"];
    for at in 0..line.len() {
        let Some(word) = WORDS.iter().find(|word| line.starts_with(at, word)) else {
            continue;
        };
        let end = at + word.chars().count();
        // 由制度全覆盖到…全覆盖: the first is where it comes from.
        let is_origin = matches!(line.at(end), '到' | '向' | '率' | '的' | '面' | '网' | '工');
        if is_in_quotes(at, end) || is_origin {
            continue;
        }
        found.push(word_of(
            line,
            at,
            end,
            Measure::Share,
            Decimal::from(100),
            "%",
            "比率",
            Comparator::Equal,
        ));
    }
}

/// 全国前三, 全省第一, 全球前10位: a place in an order.
fn ranked(line: &Line<'_>, found: &mut Vec<Placed>, is_in_quotes: &impl Fn(usize, usize) -> bool) {
    const AMONG: [&str; 9] = [
        "全国",
        "全省",
        "全市",
        "全球",
        "世界",
        "国内",
        "国际",
        "全区",
        "同类城市",
    ];
    for at in 0..line.len() {
        let c = line.at(at);
        if !matches!(c, '前' | '第') || !AMONG.iter().any(|word| line.ends_with(0, at, word)) {
            continue;
        }
        let Some((end, place)) = numeral(line, at + 1) else {
            continue;
        };
        let end = ["位", "名", "强"]
            .iter()
            .find(|word| line.starts_with(end, word))
            .map_or(end, |_| end + 1);
        let closes = !line.at(end).is_alphanumeric() || line.starts_with(end, "行列");
        if is_in_quotes(at, end) || !closes {
            continue;
        }
        found.retain(|placed| placed.end <= at || end <= placed.start);
        let comparator = if c == '前' {
            Comparator::AtMost
        } else {
            Comparator::Equal
        };
        found.push(word_of(
            line,
            at,
            end,
            Measure::Rank,
            place,
            "位",
            "位次",
            comparator,
        ));
    }
}

fn numeral(line: &Line<'_>, at: usize) -> Option<(usize, Decimal)> {
    let chinese = "一二三四五六七八九十";
    if let Some((_, value)) = chinese.chars().zip(1..).find(|(c, _)| *c == line.at(at)) {
        let is_longer = chinese.contains(line.at(at + 1));
        return (!is_longer).then(|| (at + 1, Decimal::from(value)));
    }
    let mut end = at;
    while line.at(end).is_ascii_digit() {
        end += 1;
    }
    Some((end, Decimal::parse(line.slice(at, end))?))
}

#[expect(clippy::too_many_arguments, reason = "each is a field of the figure")]
fn word_of(
    line: &Line<'_>,
    start: usize,
    end: usize,
    measure: Measure,
    value: Decimal,
    unit: &str,
    dimension: &str,
    comparator: Comparator,
) -> Placed {
    let number = Interval::of(comparator, value);
    let factor = if unit == "%" { -2 } else { 0 };
    Placed {
        start,
        end,
        span: line.span(start, end),
        amount: Amount {
            number,
            scaled: Interval::of(comparator, value.times_ten_to(factor).unwrap_or(value)),
            comparator,
            unit: unit.to_owned(),
            dimension: dimension.to_owned(),
        },
        measure,
        is_annual_mean: false,
        is_cumulative: false,
        is_word: true,
        base: None,
        is_origin: false,
    }
}
