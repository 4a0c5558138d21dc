//! Texts and presentations of open office programs (odt, odp) as lines.
//!
//! Paragraphs, headings with their level, tables as rows, notes behind the paragraph
//! that they belong to. Deleted text, comments, speaker's notes, running heads and
//! feet are dropped with the reason. Numbers that the program counts are not in the
//! file's text, which is then named.

use super::docx::table::clean;
use super::grid::{Cell, Grid, is_frame, is_layout};
use super::package::{MAX_UNPACKED_BYTES, Package};
use super::source::Unreadable;
use super::xml::{self, Element, Node};
use plansearch_document::RawText;

const HINT: &str = "open it in an office program and save it as docx";
const RUNNING: &str = "页眉页脚";
const DELETED: &str = "修订删除";
const COMMENT: &str = "批注";
const SPEAKER: &str = "演讲者备注";
/// More blanks in a row are damage.
const MAX_BLANKS: usize = 1000;
/// Most places that one stated cell takes in a row.
const MAX_REPEATS: usize = 64;

/// Turns the bytes of a document into lines.
///
/// # Errors
/// [`Unreadable`] when the package is damaged, locked, too large or without text.
pub(super) fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    let mut package = Package::open(bytes, MAX_UNPACKED_BYTES)?;
    let content = package
        .text("content.xml")?
        .ok_or_else(|| Unreadable::new("an open document without its content", HINT))?;
    let mut story = Story::default();
    story.raw.lines_are_paragraphs = true;
    let damage = story.walk(&content)?;
    story.raw.losses.extend(damage);
    if story.has_numbers {
        let loss = "numbers of lists, which the program counts, are not in the file's text";
        story.raw.losses.push(loss.to_owned());
    }
    if story.raw.lines.is_empty() {
        return Err(Unreadable::new("an open document without text", HINT));
    }
    if let Some(styles) = package.text("styles.xml")? {
        let mut running = Story::default();
        running.walk(&styles)?;
        story.raw.dropped.extend(running.raw.dropped);
    }
    Ok(story.raw)
}

#[derive(Default)]
struct Story {
    raw: RawText,
    /// Names of the open elements.
    open: Vec<String>,
    /// The paragraphs in work: boxes stand in paragraphs.
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    notes: Vec<String>,
    has_numbers: bool,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    level: Option<u8>,
}

#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    /// Paragraphs of the open cell.
    cell: Vec<String>,
    span: (usize, usize),
    n_repeats: usize,
    is_in_head: bool,
}

#[derive(Default)]
struct Row {
    is_head: bool,
    cells: Vec<TableCell>,
}

#[derive(Default, Clone)]
struct TableCell {
    paragraphs: Vec<String>,
    span: (usize, usize),
}

impl Story {
    fn walk(&mut self, text: &str) -> Result<Option<String>, Unreadable> {
        xml::walk(text, |node| {
            match node {
                Node::Open(element) => self.enter(&element),
                Node::Close => self.leave(),
                Node::Text(text) => self.text(text),
            }
            Ok(())
        })
    }

    fn enter(&mut self, element: &Element<'_>) {
        let name = element.name();
        match name.as_str() {
            "p" | "h" => self.paragraphs.push(Paragraph {
                text: String::new(),
                level: (name == "h").then(|| {
                    let level = element.attribute("outline-level");
                    level.and_then(|level| level.parse().ok()).unwrap_or(1)
                }),
            }),
            "s" => {
                let n_blanks = element.attribute("c").and_then(|count| count.parse().ok());
                let blanks = " ".repeat(n_blanks.unwrap_or(1).min(MAX_BLANKS));
                self.text(&blanks);
            }
            "tab" => self.text(" "),
            "line-break" => self.text("\n"),
            "table" => self.tables.push(Table::default()),
            "table-header-rows" | "table-row" | "table-cell" | "covered-table-cell" => {
                if let Some(table) = self.tables.last_mut() {
                    table.enter(&name, element);
                }
            }
            "list-level-style-number" => {
                let format = element.attribute("num-format").unwrap_or_default();
                self.has_numbers |=
                    !format.is_empty() && self.open.iter().any(|name| name == "automatic-styles");
            }
            _ => {}
        }
        self.open.push(name);
    }

    fn leave(&mut self) {
        match self.open.pop().as_deref() {
            Some("p" | "h") => self.end_paragraph(),
            Some(name @ ("table-header-rows" | "table-cell" | "covered-table-cell")) => {
                if let Some(table) = self.tables.last_mut() {
                    table.leave(name);
                }
            }
            Some("table") => self.end_table(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        // What a paragraph says of itself: the sign of a note, how a word is read.
        let is_aside = |name: &String| matches!(name.as_str(), "note-citation" | "ruby-text");
        if self.open.iter().any(is_aside) {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(Paragraph { text, level }) = self.paragraphs.pop() else {
            return;
        };
        if let Some(reason) = self.reason() {
            let text = clean(&text);
            if !text.is_empty() {
                self.raw.dropped.push((text, reason));
            }
            return;
        }
        let is_in_note = self.open.iter().any(|name| name == "note-body");
        if is_in_note {
            self.notes.push(clean(&text));
        } else if let Some(table) = self.tables.last_mut() {
            let lines = text.split('\n').map(clean);
            table.cell.extend(lines.filter(|line| !line.is_empty()));
        } else {
            for line in text.split('\n').map(str::trim) {
                if line.is_empty() {
                    continue;
                }
                if let Some(level) = level {
                    self.raw.heading_lines.insert(self.raw.lines.len(), level);
                }
                self.raw.lines.push(line.to_owned());
            }
            self.raw.lines.append(&mut self.notes);
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else {
            return;
        };
        if self.reason().is_none() {
            match self.tables.last_mut() {
                // A table in a cell is text of the cell.
                Some(outer) => outer.cell.extend(table.into_paragraphs()),
                None => table.tell(&mut self.raw),
            }
        }
        if self.tables.is_empty() {
            self.raw.lines.append(&mut self.notes);
        }
    }

    /// Why what stands here is left out.
    fn reason(&self) -> Option<&'static str> {
        self.open.iter().find_map(|name| match name.as_str() {
            "tracked-changes" => Some(DELETED),
            "annotation" => Some(COMMENT),
            "notes" => Some(SPEAKER),
            "header" | "footer" | "header-left" | "footer-left" | "header-first"
            | "footer-first" => Some(RUNNING),
            _ => None,
        })
    }
}

impl Table {
    fn enter(&mut self, name: &str, element: &Element<'_>) {
        let number = |name| {
            element
                .attribute(name)
                .and_then(|number| number.parse().ok())
        };
        match name {
            "table-header-rows" => self.is_in_head = true,
            "table-row" => self.rows.push(Row {
                is_head: self.is_in_head,
                cells: Vec::new(),
            }),
            _ => {
                let n_columns = number("number-columns-spanned").unwrap_or(1);
                self.span = (n_columns, number("number-rows-spanned").unwrap_or(1));
                self.n_repeats = number("number-columns-repeated")
                    .unwrap_or(1)
                    .min(MAX_REPEATS);
                self.cell.clear();
            }
        }
    }

    fn leave(&mut self, name: &str) {
        if name == "table-header-rows" {
            self.is_in_head = false;
            return;
        }
        let paragraphs = std::mem::take(&mut self.cell);
        // What a merged cell covers is laid out with it.
        if name == "covered-table-cell" && paragraphs.is_empty() {
            return;
        }
        let cell = TableCell {
            paragraphs,
            span: self.span,
        };
        if let Some(row) = self.rows.last_mut() {
            row.cells.extend(std::iter::repeat_n(cell, self.n_repeats));
        }
    }

    fn into_paragraphs(self) -> impl Iterator<Item = String> {
        let cells = self.rows.into_iter().flat_map(|row| row.cells);
        cells.flat_map(|cell| cell.paragraphs)
    }

    fn tell(self, raw: &mut RawText) {
        let n_lines = |row: &Row| row.cells.iter().map(|cell| cell.paragraphs.len()).collect();
        let n_lines: Vec<Vec<usize>> = self.rows.iter().map(n_lines).collect();
        if is_layout(&n_lines) {
            let is_framed = is_frame(&n_lines);
            for (idx, text) in self.into_paragraphs().enumerate() {
                if is_framed {
                    raw.push_framed(text, idx == 0);
                } else {
                    raw.lines.push(text);
                }
            }
            return;
        }
        let mut grid = Grid::default();
        for row in self.rows {
            grid.begin_row(row.is_head);
            for cell in row.cells {
                grid.put(Cell {
                    text: cell.paragraphs.join(" "),
                    n_columns: cell.span.0,
                    n_rows: cell.span.1,
                    is_below: false,
                });
            }
        }
        raw.push_table(grid.finish());
    }
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip_of;
    use super::*;
    use proptest::prelude::*;

    const CONTENT: &str = "<office:document-content><office:body><office:text>\
        <text:tracked-changes><text:deletion><text:p>旧句</text:p></text:deletion></text:tracked-changes>\
        <text:h text:outline-level='1'>第一章<text:s text:c='2'/>总则</text:h>\
        <text:p>推进<text:ruby><text:ruby-base>港口</text:ruby-base><text:ruby-text>gǎng</text:ruby-text></text:ruby>建设\
        <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注释</text:p></text:note-body></text:note>。\
        <office:annotation><text:p>批</text:p></office:annotation></text:p>\
        <table:table><table:table-row><table:table-cell><text:p>指标</text:p><text:p>一</text:p></table:table-cell>\
        <table:table-cell><text:p>2030|年</text:p></table:table-cell></table:table-row></table:table>\
        <text:p>甲<text:line-break/>乙</text:p></office:text></office:body></office:document-content>";
    const STYLES: &str =
        "<a><style:header><text:p>内部资料</text:p></style:header><text:p>样式</text:p></a>";

    #[test]
    fn a_text_is_its_paragraphs_and_rows() {
        let bytes = zip_of(&[("content.xml", CONTENT), ("styles.xml", STYLES)]);
        let raw = read(&bytes).unwrap();
        assert_eq!(
            raw.lines,
            [
                "第一章  总则",
                "推进港口建设。",
                "注释",
                "指标 一 | 2030|年 |",
                "甲",
                "乙"
            ]
        );
        assert_eq!(raw.heading_lines.get(&0), Some(&1));
        let dropped: Vec<(&str, &str)> = raw
            .dropped
            .iter()
            .map(|(text, reason)| (text.as_str(), *reason))
            .collect();
        assert_eq!(
            dropped,
            [("旧句", DELETED), ("批", COMMENT), ("内部资料", RUNNING)]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn broken_content_never_panics(parts in prop::collection::vec(
            prop::sample::select(vec!["<p>", "</p>", "<table>", "</table>", "<table-row>", "</table-row>", "<table-cell>", "</table-cell>", "字", "<s c='99999999'/>", "<note-body>", "</note-body>", "<annotation>"]), 0..40)) {
            let _ = read(&zip_of(&[("content.xml", &parts.concat())]));
        }
    }
}
