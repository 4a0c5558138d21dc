//! Which years a plan covers.
//!
//! Stated in the title (2019~2025年, 第十四个五年规划, 2024年…计划) or in the text
//! as 规划期限. Milestone years and outlooks (2035年远景目标) make no period.

use super::official;
use plansearch_document::PlanPeriod;
use plansearch_text::numeral;

/// Finds the period in a title.
pub(super) fn of_title(title: &str) -> Option<PlanPeriod> {
    year_range(title)
        .or_else(|| five_year_plan(title))
        .or_else(|| plan_year(title))
}

/// Finds the period in a paragraph that states it: 规划期限为2021—2025年。
pub(super) fn of_statement(text: &str) -> Option<PlanPeriod> {
    let at = [
        "规划期限",
        "规划期为",
        "规划期：",
        "规划期:",
        "实施期限",
        "规划时限",
        "规划年限",
    ]
    .iter()
    .find_map(|word| text.find(word))?;
    let near: String = super::block::tail(text, at).chars().take(40).collect();
    year_range(&near)
}

/// 2019~2025年, 2021—2025, 2021年至2025年, 二〇二一至二〇二五年.
fn year_range(text: &str) -> Option<PlanPeriod> {
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).find_map(|start| {
        let (first, mut end) = year_at(&chars, start)?;
        if chars.get(end) == Some(&'年') {
            end += 1;
        }
        let dashes = chars
            .iter()
            .skip(end)
            .take_while(|c| "-－—–~～至到 ".contains(**c))
            .count();
        let (last, _) = year_at(&chars, end + dashes)?;
        (dashes > 0 && last > first && last - first <= 40).then_some(PlanPeriod { first, last })
    })
}

fn year_at(chars: &[char], start: usize) -> Option<(u16, usize)> {
    let before = start.checked_sub(1).and_then(|at| chars.get(at));
    if before.is_some_and(char::is_ascii_digit) {
        return None;
    }
    let digits: String = chars.iter().skip(start).take(4).collect();
    let digits = official::with_zeros(&digits);
    let is_last = !chars.get(start + 4).is_some_and(char::is_ascii_digit);
    let is_plain = digits
        .chars()
        .all(|c| numeral::parse(&c.to_string()).is_some_and(|value| value < 10));
    let year = numeral::parse(&digits).filter(|_| is_plain && is_last)?;
    (1949..=2100)
        .contains(&year)
        .then_some((year as u16, start + 4))
}

/// 第十四个五年, “十四五”: the first ran from 1953, the third from 1966 on without
/// a gap.
fn five_year_plan(text: &str) -> Option<PlanPeriod> {
    let chars: Vec<char> = text.chars().collect();
    let nth = (0..chars.len()).find_map(|start| {
        let numeral: String = chars
            .iter()
            .skip(start)
            .take_while(|c| "一二三四五六七八九十".contains(**c))
            .collect();
        let n_chars = numeral.chars().count();
        let is_begin = start == 0 || !numeral::is_chinese_numeral(chars[start - 1]);
        if n_chars == 0 || !is_begin {
            return None;
        }
        let behind: String = chars.iter().skip(start + n_chars).take(3).collect();
        if behind.starts_with("个五年") {
            return numeral::parse(&numeral);
        }
        // 第十五师, 十五个县: a count of something.
        let before = start.checked_sub(1).and_then(|at| chars.get(at));
        if before == Some(&'第') || behind.starts_with(COUNTED) {
            return None;
        }
        // 十四五 with nothing of a longer numeral around it.
        let ordinal = numeral
            .strip_suffix('五')
            .filter(|ordinal| ordinal.starts_with('十'))?;
        numeral::parse(ordinal).filter(|nth| (10..=20).contains(nth))
    })?;
    let first = match nth {
        1 => 1953,
        2 => 1958,
        3.. => 1966 + 5 * (nth - 3),
        0 => return None,
    };
    let first = u16::try_from(first).ok()?;
    Some(PlanPeriod {
        first,
        last: first + 4,
    })
}

/// What a numeral counts that is no plan.
const COUNTED: [char; 20] = [
    '师', '届', '次', '批', '年', '月', '日', '号', '条', '个', '家', '项', '件', '名', '亿', '万',
    '分', '类', '大', '部',
];

/// The last year that a title names: 2026年.
pub(super) fn year_in(title: &str) -> Option<u16> {
    let chars: Vec<char> = title.chars().collect();
    (0..chars.len()).rev().find_map(|start| {
        let (year, end) = year_at(&chars, start)?;
        let is_year = matches!(chars.get(end), None | Some('年'));
        is_year.then_some(year)
    })
}

/// 2024年…计划: a plan of one year.
fn plan_year(title: &str) -> Option<PlanPeriod> {
    let chars: Vec<char> = title.chars().collect();
    // 2024年工作总结和2025年工作计划 is a plan of 2025.
    let year = (0..chars.len()).rev().find_map(|start| {
        let (year, end) = year_at(&chars, start)?;
        (chars.get(end) == Some(&'年')).then_some(year)
    })?;
    let is_plan = (title.contains("计划") || title.contains("要点")) && !title.ends_with("公示");
    let is_work_plan = !title.contains("三年行动") && !title.contains("修订");
    (is_plan && is_work_plan).then_some(PlanPeriod {
        first: year,
        last: year,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, expect: Option<(u16, u16)>) {
        assert_eq!(
            of_title(title).map(|period| (period.first, period.last)),
            expect,
            "{title}"
        );
    }

    #[test]
    fn periods_are_read_from_titles() {
        check(
            "某市生态文明建设规划(修编)(2019~2025年)",
            Some((2019, 2025)),
        );
        check("扩大内需战略规划纲要（2022－2035年）", Some((2022, 2035)));
        check(
            "第十四个五年规划和二〇三五年远景目标纲要",
            Some((2021, 2025)),
        );
        check("“十五五”数字经济发展规划", Some((2026, 2030)));
        check("第十五师某市“十四五”服务业发展规划", Some((2021, 2025)));
        check("国民经济和社会发展第二个五年计划", Some((1958, 1962)));
        check(
            "关于下达2024年国民经济和社会发展计划的通知",
            Some((2024, 2024)),
        );
        check("某局二O一O年工作要点", Some((2010, 2010)));
        check("某局2024年工作总结和2025年工作计划", Some((2025, 2025)));
        check("北斗产业三年行动计划(2023年至2025年)", Some((2023, 2025)));
    }

    #[test]
    fn other_years_are_no_period() {
        check("2026年某省政府工作报告", None);
        check("第十五师某市服务业发展规划", None);
        check("推进十五个县港口建设的规划", None);
        check("推进一体化发展行动计划", None);
        check("关于实施乡村振兴战略的意见", None);
    }

    #[test]
    fn a_stated_period_is_read() {
        let period = of_statement("本规划期限为2021—2025年，展望至2035年。规划期限为2021—2025年。");
        assert_eq!(
            period,
            Some(PlanPeriod {
                first: 2021,
                last: 2025
            })
        );
        assert_eq!(of_statement("到2021年，到2025年，到2035年。"), None);
    }
}
