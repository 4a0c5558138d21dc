//! A draft with remarks at places of its text, as a file to keep: Markdown, one HTML page,
//! a Word document with comments in its margin, or a table.
//!
//! Made of the answers of `trace` and `check`, so all forms say the same.

mod docx;
mod html;
mod of_check;
mod of_trace;
mod own;

use std::fmt::Write as _;

use crate::table::{Cell, Table};

/// A draft and what there is to say about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MarkedDraft {
    /// What the file is called at its top.
    pub title: String,
    /// Lines above the text: counts, shares, and what they mean.
    pub summary: Vec<String>,
    /// The text of the draft.
    pub text: String,
    /// What there is to say, in the order of the text.
    pub remarks: Vec<Remark>,
}

/// A remark at a place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Remark {
    /// Where, in characters of the text, end exclusive.
    pub span: [usize; 2],
    /// What was found there, in a word or two.
    pub state: String,
    /// Whether the writer should look at it.
    pub is_problem: bool,
    /// The rest: sources, differences.
    pub lines: Vec<String>,
}

/// A line of the text, cut where remarks begin and end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Line {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// Number of the remark, from 0.
    Start(usize),
    End(usize),
}

impl MarkedDraft {
    /// The lines of the text. A remark that spans lines has its marks in the first and the
    /// last of them.
    fn lines(&self) -> Vec<Line> {
        let mut marks: Vec<(usize, Piece)> = Vec::new();
        for (number, remark) in self.remarks.iter().enumerate() {
            let [start, end] = remark.span;
            marks.push((start, Piece::Start(number)));
            marks.push((end.max(start), Piece::End(number)));
        }
        // What ends at a place ends before another begins there; an empty one begins first.
        marks.sort_by_key(|(at, piece)| {
            let is_start = match piece {
                Piece::Start(_) => true,
                Piece::End(number) => {
                    let [start, end] = self.remarks[*number].span;
                    start >= end
                }
                Piece::Text(_) => false,
            };
            (*at, is_start)
        });
        let mut marks = marks.into_iter().peekable();
        let mut lines = vec![Line::default()];
        let mut text = String::new();
        for (at, c) in self.text.chars().enumerate() {
            while let Some((_, piece)) = marks.next_if(|(place, _)| *place <= at) {
                push(&mut lines, &mut text, Some(piece));
            }
            if c == '\n' {
                push(&mut lines, &mut text, None);
                lines.push(Line::default());
            } else {
                text.push(c);
            }
        }
        push(&mut lines, &mut text, None);
        for (_, piece) in marks {
            push(&mut lines, &mut text, Some(piece));
        }
        lines.retain(|line| !line.pieces.is_empty());
        lines
    }

    /// The characters of each remark.
    fn said_all(&self) -> Vec<String> {
        let chars: Vec<char> = self.text.chars().collect();
        let said = |remark: &Remark| {
            let [start, end] = remark.span;
            let end = end.min(chars.len());
            chars.get(start..end).unwrap_or_default().iter().collect()
        };
        self.remarks.iter().map(said).collect()
    }

    /// Markdown: the summary, then what there is to say, place by place.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n", as_markdown(&self.title));
        for line in &self.summary {
            let _ = writeln!(text, "\n{}", as_markdown(line));
        }
        let texts = self.said_all();
        for (number, (remark, said)) in (1_usize..).zip(self.remarks.iter().zip(&texts)) {
            let said = as_markdown(said);
            let _ = writeln!(text, "\n{number}. **{}** {said}", remark.state);
            for line in &remark.lines {
                let _ = writeln!(text, "   - {}", as_markdown(line));
            }
        }
        text
    }

    /// A table, a remark a row.
    pub fn table(&self) -> Table {
        let columns = [
            ("序号", 6.0),
            ("字位", 8.0),
            ("原文", 50.0),
            ("结果", 12.0),
            ("说明", 80.0),
        ];
        let rows = (1..).zip(self.remarks.iter().zip(self.said_all())).map(
            |(number, (remark, said)): (usize, _)| {
                vec![
                    Cell::from(number),
                    Cell::from(remark.span[0] + 1),
                    Cell::from(said),
                    Cell::from(remark.state.as_str()),
                    Cell::from(remark.lines.join("\n")),
                ]
            },
        );
        Table {
            name: "文稿",
            rows: rows.collect(),
            columns: columns
                .map(|(name, width)| (name.to_owned(), width))
                .to_vec(),
        }
    }
}

/// Ends the piece of text that was gathered, and adds another.
fn push(lines: &mut [Line], text: &mut String, piece: Option<Piece>) {
    let Some(line) = lines.last_mut() else {
        return;
    };
    if !text.is_empty() {
        line.pieces.push(Piece::Text(std::mem::take(text)));
    }
    line.pieces.extend(piece);
}

/// Text that Markdown shows as it is, on one line.
fn as_markdown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => shown.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~' => {
                shown.push('\\');
                shown.push(c);
            }
            _ => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> MarkedDraft {
        let remark = |span, state: &str| Remark {
            span,
            state: state.to_owned(),
            is_problem: true,
            lines: vec!["出处：《某规划》".to_owned()],
        };
        MarkedDraft {
            title: "文稿溯源：稿.txt".to_owned(),
            summary: vec!["1 < 2".to_owned()],
            text: "标题\n甲乙丙丁。\n\n戊己".to_owned(),
            remarks: vec![remark([3, 6], "照引"), remark([5, 12], "有出入")],
        }
    }

    #[test]
    fn remarks_may_overlap_and_span_lines() {
        let lines = draft().lines();
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(lines.len(), 3);
        assert_eq!(
            lines[1].pieces,
            [
                Piece::Start(0),
                text("甲乙"),
                Piece::Start(1),
                text("丙"),
                Piece::End(0),
                text("丁。"),
            ]
        );
        assert_eq!(lines[2].pieces, [text("戊己"), Piece::End(1)]);
    }

    #[test]
    fn every_form_has_what_was_said() {
        let draft = draft();
        let markdown = draft.markdown();
        assert!(markdown.contains("1. **照引** 甲乙丙\n   - 出处：《某规划》\n"));
        assert!(markdown.contains("1 \\< 2"), "{markdown}");
        let page = draft.html().unwrap();
        assert!(page.contains("1 &#60; 2") && page.contains("有出入"));
        assert_eq!(draft.table().rows.len(), 2);
        let package = draft.docx().unwrap();
        assert!(package.starts_with(b"PK"));
    }
}
