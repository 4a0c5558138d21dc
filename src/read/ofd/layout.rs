//! Words on a page become lines, lines become paragraphs.
//!
//! Words on one height are one line, from left to right. A line goes on with the
//! paragraph before when that one filled its line, both are of one size and this
//! one is not indented; all else begins anew. Page numbers are dropped, so that
//! a paragraph runs over the page.

use super::page::{Page, Run};
use plansearch_document::RawText;

struct Line {
    text: String,
    x: f64,
    y: f64,
    end: f64,
    size: f64,
    page_idx: usize,
}

/// Writes the paragraphs of `pages` to `raw`.
pub(super) fn write(pages: &[Page], raw: &mut RawText) {
    let mut lines = Vec::new();
    for (page_idx, page) in pages.iter().enumerate() {
        let mut of_page = lines_of(page, page_idx);
        if of_page
            .last()
            .is_some_and(|line| is_page_number(&line.text))
            && let Some(line) = of_page.pop()
        {
            raw.dropped.push((line.text, "页码"));
        }
        lines.extend(of_page);
    }
    let size = usual_size(&lines);
    let body = |line: &&Line| (line.size - size).abs() < 0.1 * size;
    let left = usual_left(lines.iter().filter(body), size);
    let right = lines
        .iter()
        .filter(body)
        .map(|line| line.end)
        .fold(0.0, f64::max);
    let mut before: Option<&Line> = None;
    for line in &lines {
        let goes_on = before.is_some_and(|before| {
            let is_full = before.end > right - 1.6 * before.size;
            let is_same_size = (line.size - before.size).abs() < 0.1 * line.size;
            let is_indented = line.x > left + 0.6 * line.size;
            let is_near = line.page_idx != before.page_idx || line.y - before.y < 3.0 * line.size;
            is_full && is_same_size && !is_indented && is_near
        });
        match raw.lines.last_mut() {
            Some(paragraph) if goes_on => {
                if is_ascii_word(paragraph.chars().next_back())
                    && is_ascii_word(line.text.chars().next())
                {
                    paragraph.push(' ');
                }
                paragraph.push_str(line.text.trim_start());
            }
            _ => raw.lines.push(line.text.clone()),
        }
        before = Some(line);
    }
}

fn is_ascii_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphabetic())
}

fn lines_of(page: &Page, page_idx: usize) -> Vec<Line> {
    let mut runs: Vec<&Run> = page.runs.iter().collect();
    runs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<&Run>> = Vec::new();
    for run in runs {
        match rows.last_mut() {
            Some(row)
                if row
                    .first()
                    .is_some_and(|first| run.y - first.y < 0.35 * run.size.max(first.size)) =>
            {
                row.push(run);
            }
            _ => rows.push(vec![run]),
        }
    }
    rows.into_iter()
        .filter_map(|row| line(row, page_idx))
        .collect()
}

/// One line from the words on one height; a gap between them is a blank.
fn line(mut row: Vec<&Run>, page_idx: usize) -> Option<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let first = *row.first()?;
    let mut text = String::new();
    let mut end = first.x;
    for run in &row {
        if !text.is_empty() && run.x - end > 0.8 * run.size {
            text.push(' ');
        }
        text.push_str(&run.text);
        end = end.max(run.end);
    }
    let size = row.iter().map(|run| run.size).fold(0.0, f64::max);
    Some(Line {
        text,
        x: first.x,
        y: first.y,
        end,
        size,
        page_idx,
    })
}

/// The size of most characters.
fn usual_size(lines: &[Line]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = Vec::new();
    for line in lines {
        let n_chars = line.text.chars().count();
        match sizes
            .iter_mut()
            .find(|(size, _)| (line.size - size).abs() < 0.05 * size)
        {
            Some((_, n)) => *n += n_chars,
            None => sizes.push((line.size, n_chars)),
        }
    }
    sizes
        .into_iter()
        .max_by_key(|(_, n_chars)| *n_chars)
        .map_or(1.0, |(size, _)| size)
}

/// The left edge: the leftmost place where several lines begin.
fn usual_left<'a>(lines: impl Iterator<Item = &'a Line>, size: f64) -> f64 {
    let mut starts: Vec<f64> = lines.map(|line| line.x).collect();
    starts.sort_by(f64::total_cmp);
    let n_needed = if starts.len() > 8 { 2 } else { 0 };
    let repeated = starts.iter().enumerate().find_map(|(idx, start)| {
        let later = starts.get(idx + n_needed)?;
        (later - start < 0.3 * size).then_some(*start)
    });
    repeated.or(starts.first().copied()).unwrap_or(0.0)
}

/// — 3 —, 3, 第3页: digits with no words.
fn is_page_number(text: &str) -> bool {
    let inner: String = text
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '—' | '-' | '－' | '–' | '·' | '第' | '页' | '/')
        })
        .collect();
    (1..=4).contains(&inner.chars().count()) && inner.chars().all(|c| c.is_ascii_digit())
}
