//! What a question asks for beside its words: an amount, a date, the first document.
//!
//! Such a wish never decides what matches. It says which of the passages come first, and
//! the answer says so.

use plansearch_analysis::{HAS_AMOUNT, HAS_DATE, is_idle};

/// How much more a passage counts that has what is asked for.
const WISHED_FACTOR: f32 = 6.0;

/// Turns of speech that ask for an amount, longer ones before their parts.
const AMOUNT: [&str; 22] = [
    "的量化目标",
    "量化目标",
    "量化指标",
    "目标值",
    "指标值",
    "具体数值",
    "具体数字",
    "具体指标",
    "需要达到多少",
    "需达到多少",
    "要达到多少",
    "应达到多少",
    "将达到多少",
    "达到多少",
    "达多少",
    "是多少",
    "为多少",
    "有多少",
    "占多少",
    "多少",
    "多大",
    "几何",
];
/// Those that ask for a date.
const DATE: [&str; 14] = [
    "是什么时候",
    "什么时候",
    "什么时间",
    "何时",
    "是哪一年",
    "哪一年",
    "是哪年",
    "哪年",
    "哪一天",
    "哪天",
    "几月",
    "到哪年",
    "时间节点",
    "截止时间",
];
/// Those that ask for the first document.
const EARLIEST: [&str; 23] = [
    "是哪个文件最先提出的",
    "哪个文件最先提出",
    "哪个文件最早提出",
    "哪个文件首先提出",
    "哪个文件首次提出",
    "哪个文件先提出",
    "哪份文件最先提出",
    "哪份文件最早提出",
    "哪份文件首次提出",
    "哪份文件先提出",
    "哪里最先提出",
    "最先提出",
    "最早提出",
    "首次提出",
    "首先提出",
    "率先提出",
    "第一次提出",
    "最先提到",
    "最早提到",
    "最早出现",
    "最先出现",
    "首次出现",
    "先提出",
];

/// What is asked for beside the words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) amount: bool,
    pub(super) date: bool,
    pub(super) earliest: bool,
}

impl Wish {
    /// The wish in some runs, and the runs without the words that say it. Where nothing else
    /// would be left they are words like others.
    pub(super) fn of(runs: &[String]) -> (Self, Vec<String>) {
        let mut wish = Self::default();
        let mut rest = Vec::with_capacity(runs.len());
        for run in runs {
            let mut run = run.clone();
            for (turns, is_meant) in [
                (&EARLIEST[..], &mut wish.earliest),
                (&AMOUNT[..], &mut wish.amount),
                (&DATE[..], &mut wish.date),
            ] {
                for turn in turns {
                    if run.contains(turn) {
                        run = run.replace(turn, " ");
                        *is_meant = true;
                    }
                }
            }
            let pieces = run.split_whitespace().map(str::to_owned);
            rest.extend(pieces.filter(|piece| !is_idle(piece)));
        }
        if rest.is_empty() {
            return (Self::default(), runs.to_vec());
        }
        if wish == Self::default() {
            rest = runs.to_vec();
        }
        (wish, rest)
    }

    /// The terms of passages that have what is asked for, with their factor.
    pub(super) fn favoured(self) -> Vec<(String, f32)> {
        let mut favoured = Vec::new();
        if self.amount {
            favoured.push((HAS_AMOUNT.to_owned(), WISHED_FACTOR));
        }
        if self.date {
            favoured.push((HAS_DATE.to_owned(), WISHED_FACTOR));
        }
        favoured
    }

    /// What the answer says.
    pub(super) fn notice(self) -> Option<&'static str> {
        match (self.amount, self.date) {
            (true, _) => Some("所问是数值，含有数值的段落排在前面"),
            (_, true) => Some("所问是时间，含有日期或年份的段落排在前面"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(run: &str) -> (Wish, Vec<String>) {
        Wish::of(&[run.to_owned()])
    }

    #[test]
    fn turns_of_a_question_are_wishes_and_no_words() {
        let (wish, rest) = of("港口吞吐量要达到多少");
        assert!(wish.amount && rest == ["港口吞吐量"]);
        let (wish, rest) = of("碳达峰的量化目标");
        assert!(wish.amount && rest == ["碳达峰"]);
        let (wish, rest) = of("哪个文件最先提出双循环");
        assert!(wish.earliest && rest == ["双循环"]);
        let (wish, rest) = of("什么时候建成世界一流港口");
        assert!(wish.date && rest == ["建成世界一流港口"]);
    }

    #[test]
    fn a_question_of_nothing_else_is_text() {
        assert_eq!(
            of("量化目标"),
            (Wish::default(), vec!["量化目标".to_owned()])
        );
        assert_eq!(of("氢能怎么发展").0, Wish::default());
    }
}
