//! What a question asks for beside its words: an amount, a date, the first document.
//!
//! Such a wish never decides what matches. It says which of the passages come first, and
//! the answer says so.

use std::sync::LazyLock;

use plansearch_analysis::{HAS_AMOUNT, HAS_DATE, is_idle};
use plansearch_text::word_list;

/// How much more a passage counts that has what is asked for.
const WISHED_FACTOR: f32 = 6.0;

/// Turns of speech that ask for an amount, a date or the first document, longer ones before
/// their parts.
const FILE: &str = include_str!("wishes.txt");
static AMOUNT: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(FILE, "amount").collect());
static DATE: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(FILE, "date").collect());
static EARLIEST: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(FILE, "earliest").collect());

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
                (&*EARLIEST, &mut wish.earliest),
                (&*AMOUNT, &mut wish.amount),
                (&*DATE, &mut wish.date),
            ] {
                for turn in turns {
                    if run.contains(*turn) {
                        run = run.replace(*turn, " ");
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
        if !wish.is_any() {
            rest = runs.to_vec();
        }
        (wish, rest)
    }

    /// Whether anything is wished for.
    pub(super) fn is_any(self) -> bool {
        self != Self::default()
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
