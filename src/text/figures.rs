//! Figures in a text: numbers with what they count, dates, ranges, ratios and ordinals,
//! each in one spelling, however it is written.
//!
//! Answers: does 1,200亿元 stand in a text that has 一千二百亿元? A figure is a whole: 6% does
//! not stand in 16%, nor 第15条 in 第158条. Numbers that are part of a name (PM2.5, G60, 5G) are
//! no figures.
//!
//! | written | stands for all |
//! |---|---|
//! | 1,200亿元 · 一千二百亿元 · 0.12万亿元 | 120000000000元 |
//! | 73% · 百分之七十三 | 73% |
//! | 2020年4月30日 · 2020.4.30 · 2020-04-30 · 二〇二〇年四月三十日 | 2020年4月30日 |
//! | 2031—2035 · 2031～2035 · 2031年至2035年 | 2031~2035 |
//! | 1:2.5 · 1∶2.5 | 1:2.5 |
//! | 第15条 · 第十五条 | 第15条 |
//! | 1200㎡ · 1200平方米 | 1200m2 |

use super::fold::FoldedText;
use super::numbers::{Number, Numbers, Scan};
use super::span::Span;

/// Stands before the spelling of a figure where terms of several kinds are mixed; no text
/// has it.
pub const FIGURE_MARK: char = '\u{3}';

/// A figure, or a piece of one that is a figure too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Where it stands.
    pub span: Span,
    /// Its spelling that stands for all.
    pub spelling: String,
    /// Whether it is written in Chinese numerals, some of which are parts of words.
    pub is_chinese: bool,
}

impl Figure {
    /// The term that stands for it: its spelling behind [`FIGURE_MARK`].
    pub fn term(&self) -> String {
        format!("{FIGURE_MARK}{}", self.spelling)
    }
}

/// The figures in `text`, in the order of their beginnings, the longest first; of 1,200亿元 also
/// 1,200亿 and 1,200, of a date its year, month and day.
///
/// ```
/// use plansearch_text::figures;
/// let first = |text| figures(text).remove(0).spelling;
/// assert_eq!(first("约1,200亿元"), first("一千二百亿元"));
/// assert_eq!(first("2020.4.30起"), "2020年4月30日");
/// assert!(figures("PM2.5、G60").is_empty());
/// ```
pub fn figures(text: &str) -> Vec<Figure> {
    let folded = FoldedText::new(text);
    figures_of(text, &folded)
}

/// The same of a text that is folded already.
pub(super) fn figures_of(text: &str, folded: &FoldedText) -> Vec<Figure> {
    let scan = Scan::new(text, folded);
    let numbers: Vec<Number> = Numbers::new(&scan).collect();
    let mut found = Found {
        folded,
        figures: Vec::new(),
    };
    for (at, number) in numbers.iter().enumerate() {
        found.number(number);
        found.composite(&scan, numbers.get(at..).unwrap_or_default());
    }
    found.figures.sort_by(|a, b| {
        let by_start = a.span.start.cmp(&b.span.start);
        by_start.then(b.span.end.cmp(&a.span.end))
    });
    found.figures.dedup();
    found.figures
}

struct Found<'a> {
    folded: &'a FoldedText,
    figures: Vec<Figure>,
}

impl Found<'_> {
    fn add(&mut self, start: usize, end: usize, spelling: String, is_chinese: bool) {
        self.figures.push(Figure {
            span: self.folded.span(start, end.saturating_sub(start)),
            spelling,
            is_chinese,
        });
    }

    /// A number with its unit, and without.
    fn number(&mut self, number: &Number) {
        let Number {
            start,
            end,
            is_chinese,
            ..
        } = *number;
        if let Some(ordinal) = &number.ordinal {
            self.add(start, end, ordinal.clone(), is_chinese);
        } else {
            if let Some(date) = number.date {
                self.date(start, end, date, is_chinese);
                return;
            }
            if let Some(unit) = number.unit {
                self.add(start, end, format!("{}{unit}", number.scaled), is_chinese);
            }
            self.add(start, number.scaled_end, number.scaled.clone(), is_chinese);
        }
        if number.plain != number.scaled || number.ordinal.is_some() {
            self.add(start, number.plain_end, number.plain.clone(), is_chinese);
        }
    }

    fn date(&mut self, start: usize, end: usize, date: (u16, u8, u8), is_chinese: bool) {
        let (year, month, day) = date;
        self.add(start, end, format!("{year}年{month}月{day}日"), is_chinese);
        self.add(start, end, format!("{year}年{month}月"), is_chinese);
        self.add(start, end, format!("{month}月{day}日"), is_chinese);
        self.add(start, end, format!("{year}年"), is_chinese);
        self.add(start, end, year.to_string(), is_chinese);
    }

    /// What several numbers in a row make.
    fn composite(&mut self, scan: &Scan<'_>, numbers: &[Number]) {
        let Some(first) = numbers.first() else {
            return;
        };
        let next = numbers.get(1);
        let touching = |a: &Number, b: Option<&Number>, unit: &str| {
            b.is_some_and(|b| b.start == a.end && b.unit == Some(unit) && b.ordinal.is_none())
        };
        if first.unit == Some("年") && touching(first, next, "月") {
            self.year_and_month(numbers);
        } else if first.unit == Some("月")
            && let Some(day) = next
            && (touching(first, next, "日") || touching(first, next, "号"))
        {
            let spelling = format!("{}月{}日", first.scaled, day.scaled);
            self.add(first.start, day.end, spelling, first.is_chinese);
        }
        if let Some(next) = next {
            self.pair(scan, first, next);
        }
    }

    fn year_and_month(&mut self, numbers: &[Number]) {
        let [year, month, rest @ ..] = numbers else {
            return;
        };
        let spelling = format!("{}年{}月", year.scaled, month.scaled);
        self.add(year.start, month.end, spelling.clone(), year.is_chinese);
        if let Some(day) = rest.first()
            && day.start == month.end
            && matches!(day.unit, Some("日" | "号"))
        {
            let spelling = format!("{spelling}{}日", day.scaled);
            self.add(year.start, day.end, spelling, year.is_chinese);
        }
    }

    /// A range or a ratio.
    fn pair(&mut self, scan: &Scan<'_>, first: &Number, second: &Number) {
        if first.ordinal.is_some() || second.ordinal.is_some() {
            return;
        }
        let is_chinese = first.is_chinese;
        if scan.is_colon_between(first.end, second.start) && first.unit.is_none() {
            let spelling = format!("{}:{}", first.scaled, second.scaled);
            self.add(first.start, second.scaled_end, spelling, is_chinese);
        }
        if !scan.is_dash_between(first.end, second.start) {
            return;
        }
        let spelling = format!("{}~{}", first.scaled, second.scaled);
        self.add(first.start, second.scaled_end, spelling, is_chinese);
        if let (None, Some(unit)) = (first.unit, second.unit) {
            let spelling = format!("{}{unit}", first.scaled);
            self.add(first.start, first.end, spelling, is_chinese);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<String> {
        figures(text).into_iter().map(|f| f.spelling).collect()
    }

    fn first(text: &str) -> String {
        figures(text)
            .first()
            .map(|figure| figure.spelling.clone())
            .unwrap_or_default()
    }

    #[test]
    fn one_value_has_one_spelling() {
        for (same, expect) in [
            (
                vec![
                    "1200亿元",
                    "1,200亿元",
                    "1，200亿元",
                    "1 200亿元",
                    "一千二百亿元",
                    "0.12万亿元",
                    "１２００亿元",
                ],
                "120000000000元",
            ),
            (vec!["500万", "五百万", "5,000,000"], "5000000"),
            (vec!["73%", "７３％", "百分之七十三"], "73%"),
            (vec!["2.50%", "百分之二点五"], "2.5%"),
            (
                vec![
                    "2020年4月30日",
                    "2020.4.30",
                    "2020-04-30",
                    "2020/4/30",
                    "二〇二〇年四月三十日",
                    "二O二O年四月三十日",
                    "２０２０年４月３０日",
                ],
                "2020年4月30日",
            ),
            (
                vec![
                    "2015年",
                    "二〇一五年",
                    "二O一五年",
                    "二Ο一五年",
                    "二零一五年",
                ],
                "2015年",
            ),
            (
                vec![
                    "2031-2035",
                    "2031—2035",
                    "2031——2035",
                    "2031～2035",
                    "2031至2035",
                    "2031－2035",
                    "2031年至2035",
                    "二〇三一至二〇三五",
                ],
                "2031~2035",
            ),
            (vec!["1:2.5", "1∶2.5", "1：2.5"], "1:2.5"),
            (vec!["1200㎡", "1200m²", "1200平方米", "1200m2"], "1200m2"),
            (vec!["25℃", "25°C", "25摄氏度"], "25°c"),
            (vec!["第15条", "第十五条"], "第15条"),
            (vec!["第133条之一", "第一百三十三条之一"], "第133条之1"),
            (vec!["50μg/m³", "50µg/m3", "50微克/立方米"], "50μg/m3"),
        ] {
            for text in same {
                assert_eq!(first(text), expect, "{text}: {:?}", all(text));
            }
        }
    }

    #[test]
    fn a_figure_is_a_whole() {
        let has = |text: &str, spelling: &str| all(text).iter().any(|found| found == spelling);
        assert!(has("利润增长16%。", "16%") && !has("利润增长16%。", "6%"));
        assert!(!has("改造222.2万亩", "2.2") && has("改造222.2万亩", "222.2"));
        assert!(!has("2026年", "6"));
        assert!(!has("第158条", "第15条") && !has("第158条", "15"));
        assert!(has("气温-5℃", "-5°c") && !has("气温-5℃", "5°c"));
        assert!(has("2021—2025年", "2021年"));
    }

    #[test]
    fn pieces_of_a_figure_are_figures_too() {
        let found = all("投资1,200亿元");
        assert_eq!(found, ["120000000000元", "120000000000", "1200"]);
        let found = all("2020年4月30日");
        for spelling in ["2020年4月", "4月30日", "2020年", "2020"] {
            assert!(found.iter().any(|f| f == spelling), "{found:?}");
        }
    }

    #[test]
    fn parts_of_names_are_none() {
        for text in [
            "PM2.5",
            "G60",
            "5G",
            "CO2",
            "C919",
            "COVID-19",
            "1+3+N",
            "十四五",
            "八八战略",
            "三农",
            "两山",
            "一体化",
            "第三产业",
            "1.2.3",
            "百家争鸣",
        ] {
            assert!(all(text).is_empty(), "{text}: {:?}", all(text));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_scanned_without_panic(
            text in "[0-9０-９一二十百千万亿点第条之年月日至:：,，.%a-zO（） -]{0,40}"
        ) {
            for figure in figures(&text) {
                prop_assert!(!figure.span.of(&text).is_empty());
            }
        }
    }
}
