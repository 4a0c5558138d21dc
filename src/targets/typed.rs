//! A question about figures as it is typed in a search box: ≥500亿元 港口, 增长6%以上.

use super::condition::Condition;
use plansearch_figure::{Comparator, Measure, scan};
use plansearch_query::{Node, parse};
use plansearch_text::{Span, fold};

/// A longer text is no question about figures.
const MAX_CHARS: usize = 60;

/// Words that say of a figure that it is a rate of growth, and name nothing.
const GROWTH: [&str; 8] = [
    "增长",
    "年均增长",
    "增速",
    "增幅",
    "提高",
    "上升",
    "下降",
    "年均",
];

/// What was typed, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// What is left of the query without its conditions.
    pub words: String,
    /// The conditions, all required.
    pub conditions: Vec<Condition>,
    /// The conditions as typed.
    pub stated: Vec<String>,
}

impl Typed {
    /// Understands a query; none where it states no condition on a figure.
    ///
    /// ```
    /// use plansearch_targets::Typed;
    /// let typed = Typed::of("≥500亿元 港口").unwrap();
    /// assert_eq!((typed.words.as_str(), typed.stated), ("港口", vec!["≥500亿元".to_owned()]));
    /// assert_eq!(Typed::of("增长6%以上").unwrap().words, "");
    /// assert_eq!(Typed::of("港口 6%"), None);
    /// ```
    pub fn of(query: &str) -> Option<Self> {
        if query.chars().nth(MAX_CHARS).is_some() {
            return None;
        }
        let mut typed = Self {
            words: String::new(),
            conditions: Vec::new(),
            stated: Vec::new(),
        };
        let parsed = parse(query).0;
        for node in parsed.required() {
            match node {
                Node::Figure(range) => {
                    let stated = range.to_string();
                    typed.conditions.push(stated.parse().ok()?);
                    typed.stated.push(stated);
                }
                Node::Run(text) => typed.run(text),
                Node::Phrase(_) | Node::Field(..) => typed.word(&node.to_string()),
                _ => return None,
            }
        }
        (!typed.conditions.is_empty()).then_some(typed)
    }

    fn word(&mut self, word: &str) {
        if !self.words.is_empty() {
            self.words.push(' ');
        }
        self.words.push_str(word);
    }

    /// Takes what bounds a figure (6%以上, 不低于80%) out of a run.
    fn run(&mut self, text: &str) {
        let mut start = 0;
        let mut rest = Vec::new();
        for figure in scan(text).figures {
            let is_bound = figure.has_comparator_word
                && matches!(
                    figure.comparator,
                    Comparator::AtLeast
                        | Comparator::AtMost
                        | Comparator::MoreThan
                        | Comparator::LessThan
                );
            if let Some(condition) = Condition::of(&figure).filter(|_| is_bound) {
                self.conditions.push(condition);
                self.stated.push(figure.span.of(text).to_owned());
                let before = Span::new(start, figure.span.start).of(text);
                let is_growth = figure.measure == Measure::Growth;
                rest.push(without_growth(before, is_growth));
                start = figure.span.end;
            }
        }
        rest.push(Span::new(start, text.len()).of(text));
        for word in rest.into_iter().filter(|word| !fold(word).is_empty()) {
            self.word(word);
        }
    }
}

/// What stands before a rate of growth, without the word that says so.
fn without_growth(before: &str, is_growth: bool) -> &str {
    let ends = GROWTH.iter().filter(|_| is_growth);
    ends.filter_map(|end| before.strip_suffix(end))
        .min_by_key(|rest| rest.len())
        .unwrap_or(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(query: &str) -> Option<String> {
        Typed::of(query).map(|typed| typed.words)
    }

    #[test]
    fn conditions_are_told_from_words() {
        for (query, rest) in [
            ("森林覆盖率不低于60%", "森林覆盖率"),
            ("地区生产总值年均增长6%以上", "地区生产总值"),
            ("港口 吞吐量超过1亿吨", "港口 吞吐量"),
            ("“海河联运” >2%", "\"海河联运\""),
            ("年份:2021 ≥5%", "年份:2021"),
        ] {
            assert_eq!(words(query).as_deref(), Some(rest), "{query}");
        }
    }

    #[test]
    fn other_queries_are_none() {
        for query in ["港口", "6%", "氢能 或 ≥5亿元", "左右", "2025年以前", ""] {
            assert_eq!(words(query), None, "{query}");
        }
    }
}
