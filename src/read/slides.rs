//! Presentations (pptx) as lines, slide by slide in their order.
//!
//! Tables are rows; what is drawn as a diagram follows the slides. Hidden slides and
//! speaker's notes are dropped with the reason.

use std::collections::HashMap;

use super::docx::table::clean;
use super::grid::{Cell, Grid};
use super::package::{MAX_UNPACKED_BYTES, Package};
use super::source::Unreadable;
use super::xml::{self, Element, Node};
use plansearch_document::{RawRow, RawTable, RawText};

/// The member that every presentation has.
pub(super) const MEMBER: &str = "ppt/presentation.xml";

const SPEAKER: &str = "演讲者备注";
const HIDDEN: &str = "隐藏幻灯片";

/// Turns the bytes of a presentation into lines.
///
/// # Errors
/// [`Unreadable`] when the package is damaged, locked, too large or without text.
pub(super) fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    let mut package = Package::open(bytes, MAX_UNPACKED_BYTES)?;
    let mut raw = RawText {
        lines_are_paragraphs: true,
        ..RawText::default()
    };
    for name in slides(&mut package)? {
        let slide = part(&mut package, &name, &mut raw)?;
        if slide.is_hidden {
            raw.dropped
                .extend(slide.into_lines().map(|line| (line, HIDDEN)));
        } else {
            slide.tell(&mut raw);
        }
    }
    for name in numbered(&package, "ppt/diagrams/data") {
        let diagram = part(&mut package, &name, &mut raw)?;
        diagram.tell(&mut raw);
    }
    for name in numbered(&package, "ppt/notesslides/notesslide") {
        let notes = part(&mut package, &name, &mut raw)?;
        raw.dropped
            .extend(notes.into_lines().map(|line| (line, SPEAKER)));
    }
    if raw.lines.is_empty() {
        return Err(Unreadable::new(
            "a presentation (pptx) without text",
            "save it as pdf and run OCR on it",
        ));
    }
    Ok(raw)
}

/// The members that hold slides: in the order of the presentation, then those that
/// it does not name.
fn slides(package: &mut Package<'_>) -> Result<Vec<String>, Unreadable> {
    let mut targets = HashMap::new();
    if let Some(relations) = package.text("ppt/_rels/presentation.xml.rels")? {
        xml::walk(&relations, |node| {
            if let Node::Open(element) = node
                && let (Some(id), Some(target)) =
                    (element.attribute("Id"), element.attribute("Target"))
            {
                let path = target.trim_start_matches("/ppt/").trim_start_matches("./");
                targets.insert(id, format!("ppt/{path}").to_lowercase());
            }
            Ok(())
        })?;
    }
    let mut names = Vec::new();
    if let Some(presentation) = package.text(MEMBER)? {
        xml::walk(&presentation, |node| {
            if let Node::Open(element) = node
                && element.is("sldId")
            {
                // `r:id`, not the `id` beside it.
                let id = element.prefixed("id");
                names.extend(id.and_then(|id| targets.get(&id)).cloned());
            }
            Ok(())
        })?;
    }
    names.retain(|name| package.holds(name));
    for name in numbered(package, "ppt/slides/slide") {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// Members of this name and a number, by their number.
fn numbered(package: &Package<'_>, stem: &str) -> Vec<String> {
    let number = |name: &str| -> Option<u32> {
        let digits = name.strip_prefix(stem)?.strip_suffix(".xml")?;
        digits.parse().ok()
    };
    let mut names: Vec<(u32, String)> = package
        .names()
        .into_iter()
        .filter_map(|name| Some((number(&name)?, name)))
        .collect();
    names.sort();
    names.into_iter().map(|(_, name)| name).collect()
}

/// What stands on a slide.
enum Piece {
    Line(String),
    Table(RawTable),
}

#[derive(Default)]
struct Slide {
    pieces: Vec<Piece>,
    is_hidden: bool,
    open: Vec<String>,
    line: String,
    grid: Grid,
    span: (usize, usize),
    is_below: bool,
    /// The cell is covered by the one on its left.
    is_covered: bool,
    cell: String,
}

fn part(package: &mut Package<'_>, name: &str, raw: &mut RawText) -> Result<Slide, Unreadable> {
    let text = package.text(name)?.unwrap_or_default();
    let mut slide = Slide::default();
    let damage = xml::walk(&text, |node| {
        match node {
            Node::Open(element) => slide.enter(&element),
            Node::Close => slide.leave(),
            Node::Text(text) => slide.text(text),
        }
        Ok(())
    })?;
    slide.end_line();
    raw.losses
        .extend(damage.map(|damage| format!("`{name}`: {damage}")));
    Ok(slide)
}

impl Slide {
    fn tell(self, raw: &mut RawText) {
        for piece in self.pieces {
            match piece {
                Piece::Line(line) => raw.lines.push(line),
                Piece::Table(table) => raw.push_table(table),
            }
        }
    }

    fn into_lines(self) -> impl Iterator<Item = String> {
        self.pieces.into_iter().flat_map(|piece| match piece {
            Piece::Line(line) => vec![line],
            Piece::Table(table) => table.rows.iter().map(RawRow::line).collect(),
        })
    }

    fn enter(&mut self, element: &Element<'_>) {
        let name = element.name();
        match name.as_str() {
            "sld" => self.is_hidden = element.attribute("show").as_deref() == Some("0"),
            "p" | "br" => self.end_line(),
            "tbl" => self.grid = Grid::default(),
            "tr" => self.grid.begin_row(false),
            "tc" => {
                let number = |name| element.attribute(name).and_then(|n| n.parse().ok());
                self.span = (
                    number("gridSpan").unwrap_or(1),
                    number("rowSpan").unwrap_or(1),
                );
                let is = |name| matches!(element.attribute(name).as_deref(), Some("1" | "true"));
                (self.is_below, self.is_covered) = (is("vMerge"), is("hMerge"));
            }
            _ => {}
        }
        self.open.push(name);
    }

    fn leave(&mut self) {
        match self.open.pop().as_deref() {
            Some("p") => self.end_line(),
            Some("tc") => {
                let text = clean(&std::mem::take(&mut self.cell));
                // Each place has its cell, so what spans columns is told only once.
                if !(self.is_below || self.is_covered) {
                    self.grid.put(Cell {
                        text,
                        n_columns: self.span.0,
                        n_rows: self.span.1,
                        is_below: false,
                    });
                }
            }
            Some("tbl") => {
                let table = std::mem::take(&mut self.grid).finish();
                self.pieces.push(Piece::Table(table));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let is_text = self.open.last().is_some_and(|name| name == "t");
        // The fallback is for programs that do not know the choice before it.
        let is_double = self.open.iter().any(|name| name == "Fallback");
        if is_text && !is_double {
            self.line.push_str(text);
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        if self.open.iter().any(|name| name == "tc") {
            if !self.cell.is_empty() {
                self.cell.push(' ');
            }
            self.cell.push_str(line);
        } else {
            self.pieces.push(Piece::Line(line.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip_of;
    use super::*;

    #[test]
    fn slides_stand_in_their_order() {
        let bytes = zip_of(&[
            (
                MEMBER,
                "<p:presentation><p:sldIdLst><p:sldId id='256' r:id='rId2'/><p:sldId id='257' r:id='rId1'/></p:sldIdLst></p:presentation>",
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                "<Relationships><Relationship Id='rId1' Target='slides/slide1.xml'/><Relationship Id='rId2' Target='slides/slide2.xml'/></Relationships>",
            ),
            (
                "ppt/slides/slide1.xml",
                "<p:sld><a:p><a:r><a:t>推进</a:t></a:r><a:r><a:t>岸电</a:t></a:r></a:p><a:tbl><a:tr><a:tc><a:p><a:t>指标</a:t></a:p></a:tc><a:tc><a:p><a:t>500</a:t></a:p></a:tc></a:tr></a:tbl></p:sld>",
            ),
            ("ppt/slides/slide2.xml", "<p:sld><a:t>标题</a:t></p:sld>"),
            (
                "ppt/slides/slide10.xml",
                "<p:sld show='0'><a:p><a:t>旧</a:t></a:p></p:sld>",
            ),
            (
                "ppt/notesSlides/notesSlide1.xml",
                "<p:notes><a:p><a:t>备注</a:t></a:p></p:notes>",
            ),
        ]);
        let raw = read(&bytes).unwrap();
        assert_eq!(raw.lines, ["标题", "推进岸电", "指标 | 500 |"]);
        let dropped = [("旧".to_owned(), HIDDEN), ("备注".to_owned(), SPEAKER)];
        assert_eq!(raw.dropped, dropped);
    }
}
