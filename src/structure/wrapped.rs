//! Paragraphs that were broken into lines of one width.
//!
//! This is a property of the whole source: most lines are equally wide and few of
//! them end a sentence. Where indents or empty lines open the paragraphs, they
//! alone decide; else a full line goes on, for a paragraph seldom ends just at
//! the margin. Page numbers between lines do not end a paragraph.

use super::ordinal::{self, Style};
use super::torn::ends_sentence;
use super::{contents, labels, pages};
use plansearch_document::DropReason;
use plansearch_text::fold::is_blank;

/// Widths count 2 for a Chinese character and 1 for a Latin one.
const MIN_WIDTH: usize = 40;
const MAX_WIDTH: usize = 130;
/// Lines within so much of the full width are full.
const TOLERANCE: usize = 7;
/// Fewer lines say nothing about a width.
const MIN_LINES: usize = 12;

/// How the source shows where a paragraph begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    Indent,
    EmptyLine,
    Nothing,
}

/// Joins the lines of a source that is broken at one width; gives each line with
/// the number of its first source line.
pub(super) fn unwrap_lines(lines: &[String]) -> Vec<(usize, String)> {
    let numbered = || lines.iter().enumerate();
    let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
    let pages = pages::find(&texts);
    let Some(full) = full_width(lines, &pages) else {
        return numbered().map(|(at, line)| (at, line.clone())).collect();
    };
    let margin = margin(lines);
    let is_indented = |line: &str| indent(line) >= margin + 2;
    let n_indented = lines.iter().filter(|line| is_indented(line)).count();
    let n_empty = lines.iter().filter(|line| line.trim().is_empty()).count();
    let opening = if n_indented * 12 >= lines.len() {
        Opening::Indent
    } else if n_empty * 12 >= lines.len() {
        Opening::EmptyLine
    } else {
        Opening::Nothing
    };
    let mut joined: Vec<(usize, String)> = Vec::new();
    // The paragraph that may go on, and the width of its last line.
    let mut open: Option<(usize, usize)> = None;
    let mut crossed_page = false;
    for (at, line) in numbered() {
        if pages[at].is_some() {
            joined.push((at, line.clone()));
            crossed_page = true;
            continue;
        }
        if line.trim().is_empty() {
            // A page number has empty lines around it that end no paragraph.
            let may_be_page = lines
                .get(at + 1)
                .is_some_and(|next| next.trim().is_empty() || pages[at + 1].is_some());
            open = open.filter(|_| crossed_page || may_be_page);
            continue;
        }
        let target = open.filter(|(idx, last_width)| {
            last_width + TOLERANCE >= full
                && !is_indented(line)
                && goes_on(&joined[*idx].1, line, opening, full)
                && (opening != Opening::Nothing
                    || last_width + 2 >= full
                    || !ends_sentence(&joined[*idx].1))
                && !(crossed_page && opening != Opening::Indent && ends_sentence(&joined[*idx].1))
        });
        crossed_page = false;
        let idx = if let Some((idx, _)) = target {
            joined[idx].1.push_str(line.trim_start_matches(is_blank));
            idx
        } else {
            joined.push((at, line.clone()));
            joined.len() - 1
        };
        open = Some((idx, width(line)));
    }
    joined
}

/// Says whether `line` goes on with the paragraph `before`, whose last line is full.
fn goes_on(before: &str, line: &str, opening: Opening, full: usize) -> bool {
    let opens_anew = line.contains('|')
        || line.starts_with('#')
        || line.trim_start().starts_with("——")
        || labels::first(line.trim()).is_some()
        || contents::has_leader(before)
        || opens_with_number(line, opening);
    if opens_anew {
        return false;
    }
    // 四、… over a whole line: a title goes on to a short line, never to prose.
    let is_title = ordinal::scan(before.trim())
        .is_some_and(|number| number.style <= Style::Chinese && number.style != Style::Article)
        && !before.contains('。');
    !is_title || width(line) + TOLERANCE < full && !line.trim_end().ends_with('。')
}

/// Says whether a number opens the line. Where paragraphs are indented, small
/// numbers at the margin stand inside a sentence.
fn opens_with_number(line: &str, opening: Opening) -> bool {
    ordinal::scan(line.trim())
        .is_some_and(|number| opening != Opening::Indent || number.style <= Style::ChineseParen)
}

/// The width at which most lines are broken, if there is one.
fn full_width(lines: &[String], pages: &[Option<DropReason>]) -> Option<usize> {
    // Dots fill the lines of a 目录 to one width.
    let mut widths: Vec<usize> = lines
        .iter()
        .zip(pages)
        .filter(|(line, page)| page.is_none() && !contents::has_leader(line.trim_end()))
        .map(|(line, _)| width(line))
        .filter(|width| *width > 0)
        .collect();
    widths.sort_unstable();
    let full = *widths.get(widths.len() * 9 / 10)?;
    let is_full = |width: usize| width + TOLERANCE >= full && width <= full + TOLERANCE;
    let n_full = widths.iter().filter(|width| is_full(**width)).count();
    let n_ended = lines
        .iter()
        .filter(|line| is_full(width(line)) && ends_sentence(line))
        .count();
    let has_shape = n_full * 9 >= widths.len() * 4 && n_ended * 3 <= n_full;
    let is_wrapped = widths.len() >= MIN_LINES
        && (MIN_WIDTH..=MAX_WIDTH).contains(&full)
        && (has_shape || is_broken_between_empty_lines(lines, &is_full));
    is_wrapped.then_some(full)
}

/// Where empty lines part the paragraphs, lines that another one follows at once
/// are those that were broken: nearly all of them are full then, however many short
/// headings stand between.
fn is_broken_between_empty_lines(lines: &[String], is_full: &impl Fn(usize) -> bool) -> bool {
    let is_empty = |line: &str| line.trim().is_empty();
    let n_empty = lines.iter().filter(|line| is_empty(line)).count();
    let followed = lines
        .windows(2)
        .filter(|pair| !is_empty(&pair[0]) && !is_empty(&pair[1]));
    let n_followed = followed.clone().count();
    let n_broken = followed
        .filter(|pair| is_full(width(&pair[0])) && !ends_sentence(&pair[0]))
        .count();
    n_empty * 4 >= lines.len() && n_followed >= MIN_BROKEN && n_broken * 5 >= n_followed * 4
}

/// Fewer broken lines may be chance.
const MIN_BROKEN: usize = 5;

fn width(line: &str) -> usize {
    line.trim_end()
        .chars()
        .map(|c| if c.is_ascii() { 1 } else { 2 })
        .sum()
}

/// Columns of blanks before the first word.
fn indent(line: &str) -> usize {
    line.chars()
        .take_while(|c| c.is_whitespace())
        .map(|c| match c {
            '\t' => 4,
            '\u{3000}' => 2,
            _ => 1,
        })
        .sum()
}

/// The indent of lines that open no paragraph: the smallest that is not rare.
/// A text taken from pages may stand away from the edge as a whole.
fn margin(lines: &[String]) -> usize {
    let mut indents: Vec<usize> = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| indent(line))
        .collect();
    indents.sort_unstable();
    indents.get(indents.len() / 8).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_width_are_joined() {
        let paragraph = "发展氢能产业建设海河联运枢纽推进现代产业体系";
        let mut lines = Vec::new();
        for _ in 0..10 {
            lines.push(format!("　　{paragraph}"));
            lines.push(format!("{paragraph}一体"));
            lines.push("结束。".to_owned());
        }
        let joined = unwrap_lines(&lines);
        assert_eq!(joined.len(), 10);
        assert_eq!(joined[1].0, 3);
        assert_eq!(joined[0].1, format!("　　{paragraph}{paragraph}一体结束。"));
        let short: Vec<String> = vec!["甲。".to_owned(), "乙".to_owned()];
        assert_eq!(unwrap_lines(&short).len(), 2);
    }

    #[test]
    fn a_text_that_stands_away_from_the_edge_is_joined_too() {
        let paragraph = "发展氢能产业建设海河联运枢纽推进现代产业体系";
        let mut lines = Vec::new();
        for _ in 0..8 {
            lines.push(format!("          {paragraph}"));
            lines.push(format!("      {paragraph}一体"));
            lines.push("      结束。".to_owned());
        }
        assert_eq!(unwrap_lines(&lines).len(), 8);
    }

    #[test]
    fn headings_between_empty_lines_hide_no_broken_paragraphs() {
        let paragraph = "发展氢能产业，建设海河联运枢纽，推进现代产业";
        let mut lines = Vec::new();
        for nth in ["一", "二", "三", "四", "五", "六"] {
            for line in [
                format!("　　{nth}、总体要求"),
                String::new(),
                "　　（一）目标".to_owned(),
                String::new(),
                format!("　　{paragraph}"),
                "体系一体建设。".to_owned(),
                String::new(),
            ] {
                lines.push(line);
            }
        }
        let joined = unwrap_lines(&lines);
        assert_eq!(joined.len(), 18);
        assert_eq!(joined[2].1, format!("　　{paragraph}体系一体建设。"));
    }

    #[test]
    fn a_list_of_contents_is_not_broken_text() {
        let lines: Vec<String> = (1..20)
            .map(|page| format!("推进重点领域改革{}{page}", "…".repeat(20)))
            .collect();
        assert_eq!(unwrap_lines(&lines).len(), 19);
    }

    #[test]
    fn page_numbers_stand_between_the_lines_of_a_paragraph() {
        let paragraph = "发展氢能产业，建设海河联运枢纽，推进现代产业";
        let mut lines = Vec::new();
        for page in 1..8 {
            lines.push(format!("　　{paragraph}"));
            lines.push(String::new());
            lines.push(format!("— {page} —"));
            lines.push("某市产业规划".to_owned());
            lines.push(String::new());
            lines.push(format!("{paragraph}一体"));
            lines.push("结束。".to_owned());
        }
        let joined = unwrap_lines(&lines);
        assert_eq!(joined.len(), 21);
        assert_eq!(joined[0].1, format!("　　{paragraph}{paragraph}一体结束。"));
        assert_eq!(joined[1].1, "— 1 —");
        assert_eq!(joined[2].1, "某市产业规划");
    }
}
