//! Headings that lost the break behind them.
//!
//! `一、规划总则(一)指导思想。` holds two headings; `三、指标体系现状面对新形势…`
//! and `六、重点工程重点工程项目主要包括…` run from a title into prose without any
//! mark. The first kind is cut before the deeper number, the second where words
//! repeat or where an opening of prose stands behind a word that ends titles.

use super::block::{Block, tail};
use super::ordinal::{self, Ordinal, Style};
use super::sentence::{self, marks};
use super::words::{self, List};
use plansearch_text::Span;
use plansearch_text::fold::is_blank;

/// A title longer than this is looked at for a lost break.
const MAX_TITLE_CHARS: usize = 40;

/// Cuts a block in which a deeper number 1 follows a title directly.
pub(super) fn split_numbers(block: Block) -> Vec<Block> {
    let Some(outer) = ordinal::scan(&block.text).filter(|_| block.is_open()) else {
        return vec![block];
    };
    let inner = deeper_number(&block.text, outer.rest, outer.style)
        .or_else(|| next_sibling(&block.text, &outer));
    match inner {
        Some(at) => {
            let mut parts = vec![block.part(Span::new(0, at))];
            parts.extend(split_numbers(block.part(Span::new(at, block.text.len()))));
            parts
        }
        None => vec![block],
    }
}

/// Where the next number of the same style stands right behind a full stop:
/// `(一)扩大内需。抓好项目。(二)做强产业。`
fn next_sibling(text: &str, outer: &Ordinal) -> Option<usize> {
    if outer.is_bare || outer.style <= Style::Article {
        return None;
    }
    text.match_indices('。')
        .map(|(at, stop)| at + stop.len())
        .find(|at| {
            ordinal::scan(tail(text, *at)).is_some_and(|next| {
                next.style == outer.style && next.value == outer.value + 1 && !next.is_bare
            })
        })
}

/// Where a deeper number 1 begins within the first 40 characters of a title.
fn deeper_number(text: &str, rest: usize, style: Style) -> Option<usize> {
    let words = tail(text, rest);
    let mut before = None;
    for (at, c) in words.char_indices().take(MAX_TITLE_CHARS) {
        if matches!(c, '。' | '；' | '：' | '，') {
            // 一、总体要求。（一）指导思想。
            let behind = tail(words, at + c.len_utf8());
            let is_deeper = c == '。'
                && ordinal::scan(behind).is_some_and(|inner| {
                    inner.value == 1
                        && inner.style > style
                        && inner.style > Style::Chinese
                        && !inner.is_bare
                });
            return is_deeper.then_some(rest + at + c.len_utf8());
        }
        let opens = matches!(
            c,
            '(' | '（' | '〔' | '第' | '1' | '１' | '一' | '㈠' | '⑴' | '①'
        );
        let is_apart = before.is_some_and(|b: char| {
            !b.is_ascii_alphanumeric() && !matches!(b, '、' | '第' | '见' | '“' | '《')
        });
        if opens && is_apart && at >= 6 {
            let inner = ordinal::scan(tail(words, at));
            let is_deeper = inner.is_some_and(|inner| {
                let divides = style.names_unit() && inner.style <= Style::Article;
                (inner.value == 1 || divides)
                    && !inner.is_bare
                    && inner.style > style
                    && (inner.style != Style::Chinese || style.names_unit())
                    && !tail(tail(words, at), inner.rest).is_empty()
            });
            if is_deeper {
                return Some(rest + at);
            }
        }
        before = Some(c);
    }
    None
}

/// 主要目标到2025年，…: where the title ends in words that would pass for one title
/// though a goal or a first point opens behind a word that ends titles.
pub(super) fn title_before_goal(words: &str) -> Option<usize> {
    let first = sentence::first_sentence(words)?.words.of(words);
    let borders = first.char_indices().map(|(at, _)| at);
    borders.take(MAX_GOAL_TITLE_CHARS).skip(4).find(|at| {
        let title = Span::new(0, *at).of(first);
        let prose = tail(first, *at);
        let opens = ["到20", "到2", "一是", "近年来", "截至20"]
            .iter()
            .any(|opener| prose.starts_with(opener));
        let is_clause = prose.contains(['，', ',']) || prose.starts_with("一是");
        opens && is_clause && words::ends(List::SectionEnds, title)
    })
}

const MAX_GOAL_TITLE_CHARS: usize = 14;

/// The end of the title in words that run on into prose without a mark.
pub(super) fn title_end(words: &str) -> Option<usize> {
    let first = sentence::first_sentence(words).map_or(words, |first| first.words.of(words));
    repeated_title(first).or_else(|| title_before_prose(first))
}

/// `加强组织领导——建立联席会议制度，…。`: where the title ends and where the sentence
/// behind the dash begins. A subtitle (`总则——规划的由来`) is no sentence.
pub(super) fn title_before_dash(words: &str) -> Option<(usize, usize)> {
    let at = words.find("——")?;
    let (title, prose) = (Span::new(0, at).of(words), tail(words, at));
    let is_told = prose.contains(['，', ',']) || prose.contains(|c: char| c.is_ascii_digit());
    let is_sentence = prose.ends_with('。') && is_told;
    let is_short = (MIN_DASHED_CHARS..=MAX_DASHED_CHARS).contains(&title.chars().count());
    (is_sentence
        && is_short
        && sentence::n_commas(title) == 0
        && sentence::is_title(title, MAX_DASHED_CHARS))
    .then_some((at, at))
}

const MIN_DASHED_CHARS: usize = 4;
const MAX_DASHED_CHARS: usize = 20;

/// `总体要求 以…为指导，…`: where the title ends and where the prose begins, when
/// a blank parts a word that ends titles from prose.
pub(super) fn title_before_blank(words: &str) -> Option<(usize, usize)> {
    let (end, _) = words
        .char_indices()
        .take(MAX_BLANK_TITLE_CHARS)
        .find(|(_, c)| is_blank(*c))?;
    let title = Span::new(0, end).of(words);
    let behind = tail(words, end);
    let prose = behind.trim_start_matches(is_blank);
    let is_prose = prose.contains(['，', ','])
        && prose.contains('。')
        && ordinal::scan(prose).is_none()
        && (sentence::opens_as_prose(prose) || words::starts(List::GluedOpeners, prose));
    let ends_title = words::ends(List::SectionEnds, title);
    (is_prose && ends_title && !title.contains(['。', '，', '、', '：']))
        .then(|| (end, words.len() - prose.len()))
}

const MAX_BLANK_TITLE_CHARS: usize = 16;

/// 重点工程重点工程项目…: the title is what is said twice at once.
fn repeated_title(words: &str) -> Option<usize> {
    let borders: Vec<usize> = words.char_indices().map(|(at, _)| at).take(24).collect();
    borders.iter().skip(3).rev().copied().find(|at| {
        let title = Span::new(0, *at).of(words);
        tail(words, *at).starts_with(title)
    })
}

/// 指标体系现状面对新形势…: prose opens behind a word that ends titles.
fn title_before_prose(words: &str) -> Option<usize> {
    let title_end = marks(words)
        .find(|(_, c)| matches!(c, '，' | ',' | '、' | '：' | '；'))
        .map_or(words.len(), |(at, _)| at);
    words
        .char_indices()
        .map(|(at, _)| at)
        .take_while(|at| *at < title_end)
        .take(30)
        .skip(2)
        .find(|at| {
            let title = Span::new(0, *at).of(words);
            let prose = tail(words, *at);
            let opens = sentence::opens_as_prose(prose)
                || words::starts(List::GluedOpeners, prose)
                || starts_with_year(prose);
            opens && words::ends(List::SectionEnds, title)
        })
}

fn starts_with_year(text: &str) -> bool {
    text.chars().take_while(char::is_ascii_digit).count() == 4 && text.chars().nth(4) == Some('年')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_numbers(line: &str, expect: &[&str]) {
        let parts = split_numbers(Block::open(line, 0));
        let parts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(parts, expect);
    }

    fn check_title(words: &str, title: Option<&str>) {
        let found = title_end(words).map(|end| Span::new(0, end).of(words));
        assert_eq!(found, title, "{words}");
    }

    #[test]
    fn a_deeper_number_one_begins_a_heading() {
        check_numbers(
            "一、规划总则(一)指导思想。以",
            &["一、规划总则", "(一)指导思想。以"],
        );
        check_numbers("第一章 总则 第一条 为了", &["第一章 总则", "第一条 为了"]);
        check_numbers("(二)重点任务1.推进", &["(二)重点任务", "1.推进"]);
        check_numbers(
            "一、总体要求。（一）指导思想。以",
            &["一、总体要求。", "（一）指导思想。以"],
        );
    }

    #[test]
    fn the_next_number_behind_a_full_stop_begins_a_heading() {
        check_numbers(
            "(一)内需。抓项目。(二)产业。育龙头。",
            &["(一)内需。抓项目。", "(二)产业。育龙头。"],
        );
    }

    #[test]
    fn other_numbers_in_a_title_stay() {
        for line in [
            "一、落实“(一)”项",
            "二、推进G1.2工程",
            "三、建设(修编)规划",
            "一、推进第一产业发展",
        ] {
            check_numbers(line, &[line]);
        }
    }

    #[test]
    fn prose_behind_a_title_is_found_by_its_opening() {
        check_title(
            "指标体系现状面对新形势和新要求,为实现",
            Some("指标体系现状"),
        );
        check_title("重点工程重点工程项目主要包括五大领域", Some("重点工程"));
        check_title("指导思想以习近平", Some("指导思想"));
        check_title("深化农村改革发展", None);
        let goal = |words| title_before_goal(words).map(|end| Span::new(0, end).of(words));
        assert_eq!(goal("主要目标到2025年，质量改善。"), Some("主要目标"));
        assert_eq!(goal("存在的问题一是结构不优。二是"), Some("存在的问题"));
        assert_eq!(goal("把目标到2025年分解。"), None);
    }
}
