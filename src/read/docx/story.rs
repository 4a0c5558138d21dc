//! One story of a document (body, notes, header …) from XML to lines.
//!
//! Elements are followed by their local name, whatever their namespace. Open
//! elements stand on a stack of [`Frame`]s; what cannot be nested in the text
//! (paragraphs, tables, cells) stands on stacks of its own.

use super::super::source::{MAX_TEXT_BYTES, Unreadable};
use super::super::xml::{self, Element, Node};
use super::counters::{self, Counters};
use super::field::{self, Fields};
use super::line::{CONTENTS, Kind, Line};
use super::paragraph::{NoteKey, Paragraph, cut};
use super::reason::{DELETED, PLACEHOLDER, PRONUNCIATION, UNUSED_NOTE};
use super::state::{Flow, Frame, Notes, Role, Story, Told};
use super::styles::{self, Styles};
use super::table::Table;

/// Reads a story; `notes` are put behind the paragraphs that refer to them.
pub(super) fn tell(
    text: &str,
    styles: &Styles,
    counters: Counters<'_>,
    notes: Notes,
) -> Result<Told, Unreadable> {
    let mut story = Story {
        styles,
        counters,
        notes,
        told: Told::default(),
        frames: Vec::new(),
        n_skipped: 0,
        flows: vec![Flow::default()],
        paragraphs: Vec::new(),
        tables: Vec::new(),
        fields: Fields::default(),
        n_text_bytes: 0,
    };
    let warning = xml::walk(text, |node| match node {
        Node::Open(element) => {
            story.open(&element);
            Ok(())
        }
        Node::Close => story.close(),
        Node::Text(text) => {
            story.text(text);
            Ok(())
        }
    })?;
    story.told.losses.extend(warning);
    while !story.frames.is_empty() {
        story.close()?;
    }
    Ok(story.finish())
}

impl Story<'_> {
    fn open(&mut self, element: &Element<'_>) {
        if self.n_skipped > 0 {
            self.n_skipped += 1;
            return;
        }
        let parent = self.frames.last().cloned().unwrap_or_default();
        let mut frame = Frame {
            role: Role::Other,
            dropped: parent.dropped,
        };
        let name = element.name();
        if self.is_passed_over(&name, &parent.role) {
            self.n_skipped = 1;
            return;
        }
        match parent.role {
            Role::ParagraphProperties | Role::Mark => {
                frame.role = self.paragraph_property(&name, element, &parent.role);
            }
            Role::RunProperties => self.run_property(&name, element),
            Role::Run if self.run_content(&name, element, &mut frame) => {}
            Role::RowProperties => self.row_property(&name, element),
            _ => self.open_block(&name, element, &mut frame),
        }
        self.frames.push(frame);
    }

    /// Former properties of tracked changes, and the twin of what was read.
    fn is_passed_over(&mut self, name: &str, parent: &Role) -> bool {
        if matches!(name, "Choice" | "Fallback")
            && matches!(parent, Role::Alternates { .. })
            && let Some(frame) = self.frames.last_mut()
        {
            let is_chosen = frame.role == Role::Alternates { is_chosen: true };
            frame.role = Role::Alternates { is_chosen: true };
            return is_chosen;
        }
        name.ends_with("PrChange") || name == "numberingChange" || name == "sectPr"
    }

    fn open_block(&mut self, name: &str, element: &Element<'_>, frame: &mut Frame) {
        match name {
            "p" => frame.role = self.open_paragraph(),
            "pPr" => frame.role = Role::ParagraphProperties,
            "r" => frame.role = Role::Run,
            "t" => frame.role = Role::Text,
            "del" | "moveFrom" => frame.dropped = Some(DELETED),
            "rt" => frame.dropped = Some(PRONUNCIATION),
            "AlternateContent" => frame.role = Role::Alternates { is_chosen: false },
            "fldSimple" => {
                let instruction = element.attribute("instr").unwrap_or_default();
                frame.dropped = frame.dropped.or(field::reason_of_simple(&instruction));
            }
            "txbxContent" => {
                frame.role = Role::TextBox {
                    n_fields: self.fields.n_open(),
                };
                self.flows.push(Flow::default());
            }
            "textpath" => self.word_art(element, frame.dropped),
            "altChunk" | "subDoc" => {
                let loss = "a part of the document is another file inside it; it is not read";
                self.told.losses.insert(loss.to_owned());
            }
            "chart" | "relIds" | "OLEObject" => self.unread_object(name, element),
            "footnote" | "endnote" | "comment" => {
                let id = element.attribute("id").unwrap_or_default();
                // Separators are notes with a type.
                let is_note = matches!(element.attribute("type").as_deref(), None | Some("normal"));
                let key = is_note.then(|| (name == "endnote", id));
                frame.role = Role::Note(key);
                self.flows.push(Flow::default());
            }
            "sdt" => frame.role = Role::Control { dropped: None },
            "docPartGallery" => {
                if element.value().as_deref() == Some("Table of Contents") {
                    self.drop_control(CONTENTS);
                }
            }
            "showingPlcHdr" if element.is_on() => self.drop_control(PLACEHOLDER),
            "sdtContent" => {
                if let Some(Role::Control { dropped }) = self.frames.last().map(|f| &f.role) {
                    frame.dropped = frame.dropped.or(*dropped);
                }
            }
            _ => self.open_table_part(name, element, frame),
        }
    }

    fn open_table_part(&mut self, name: &str, element: &Element<'_>, frame: &mut Frame) {
        if name == "tbl" {
            frame.role = Role::Table;
            self.tables.push(Table::default());
            return;
        }
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        match name {
            "tr" => table.begin_row(),
            "trPr" => frame.role = Role::RowProperties,
            "tc" => {
                table.begin_cell();
                frame.role = Role::Cell;
                self.flows.push(Flow::default());
            }
            "gridSpan" => table.span(element.number().unwrap_or(1)),
            "vMerge" if element.value().as_deref() != Some("restart") => table.join_above(),
            _ => {}
        }
    }

    fn row_property(&mut self, name: &str, element: &Element<'_>) {
        if let Some(table) = self.tables.last_mut() {
            match name {
                "gridBefore" => table.skip_columns(element.number().unwrap_or(0)),
                "del" => table.delete_row(),
                "tblHeader" if element.is_on() => table.mark_head(),
                _ => {}
            }
        }
    }

    fn open_paragraph(&mut self) -> Role {
        let n_flows = self.flows.len();
        if let Some(paragraph) = self.paragraphs.last_mut()
            && paragraph.n_flows == n_flows
        {
            // A paragraph of another kind (DrawingML) inside a run.
            paragraph.text.push('\n');
            return Role::Other;
        }
        self.paragraphs.push(Paragraph {
            n_flows,
            ..Paragraph::default()
        });
        Role::Paragraph
    }

    fn paragraph_property(&mut self, name: &str, element: &Element<'_>, parent: &Role) -> Role {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return Role::Other;
        };
        if *parent == Role::Mark {
            if matches!(name, "del" | "moveFrom") {
                paragraph.is_joined_to_next = true;
            }
            return Role::Other;
        }
        match name {
            "rPr" => return Role::Mark,
            "numPr" => return Role::ParagraphProperties,
            "pStyle" => paragraph.style = element.value(),
            "outlineLvl" => paragraph.outline = element.number(),
            "ilvl" => paragraph.number.level = element.number(),
            "numId" => paragraph.number.num_id = element.value(),
            _ => {}
        }
        Role::Other
    }

    fn drop_control(&mut self, reason: &'static str) {
        let frames = self.frames.iter_mut().rev();
        if let Some(Role::Control { dropped }) = frames
            .map(|frame| &mut frame.role)
            .find(|role| matches!(role, Role::Control { .. }))
        {
            *dropped = Some(reason);
        }
    }

    fn close(&mut self) -> Result<(), Unreadable> {
        if self.n_skipped > 0 {
            self.n_skipped -= 1;
            return Ok(());
        }
        match self.frames.pop().unwrap_or_default().role {
            Role::Paragraph => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.close_paragraph(paragraph)?;
                }
            }
            Role::TextBox { n_fields } => {
                let lines = framed(self.close_flow());
                self.fields.close_to(n_fields);
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.boxes.extend(lines),
                    None => self.extend(lines)?,
                }
            }
            Role::Table => {
                let (lines, deleted) = self.tables.pop().unwrap_or_default().into_lines();
                let deleted = deleted.into_iter().map(|text| (text, DELETED));
                self.told.dropped.extend(deleted);
                self.extend(lines)?;
            }
            Role::Cell => {
                let lines = self.close_flow();
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell(lines);
                }
            }
            Role::Note(key) => {
                let lines = self.close_flow();
                if let Some(key) = key {
                    self.told.notes.insert(key, lines);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close_flow(&mut self) -> Vec<Line> {
        let mut flow = self.flows.pop().unwrap_or_default();
        if !flow.carried.trim().is_empty() {
            flow.lines.push(Line::new(flow.carried.trim()));
        }
        flow.lines.append(&mut flow.carried_boxes);
        flow.lines
    }

    fn close_paragraph(&mut self, mut paragraph: Paragraph) -> Result<(), Unreadable> {
        self.fields.end_paragraph();
        self.told.dropped.append(&mut paragraph.hidden);
        let mut behind = std::mem::take(&mut paragraph.boxes);
        for key in &paragraph.notes {
            behind.extend(as_notes(self.notes.remove(key).unwrap_or_default()));
        }
        if let Some(flow) = self.flows.last_mut() {
            flow.carried_boxes.append(&mut behind);
            if paragraph.is_joined_to_next {
                flow.carried += &paragraph.text;
                return Ok(());
            }
            behind = std::mem::take(&mut flow.carried_boxes);
            paragraph
                .text
                .insert_str(0, &std::mem::take(&mut flow.carried));
        }
        let mut lines = self.lines_of(&paragraph);
        if lines.is_empty() && behind.is_empty() {
            lines.push(Line::default());
        }
        lines.append(&mut behind);
        self.extend(lines)
    }

    fn lines_of(&mut self, paragraph: &Paragraph) -> Vec<Line> {
        let style = paragraph.style.as_deref();
        let heading = match paragraph.outline {
            Some(outline) => styles::level_of_outline(outline),
            None => self.styles.heading_level(style),
        };
        let is_in_contents = paragraph.is_in_contents || self.styles.is_contents(style);
        // A heading is never an entry, even where the field ends too late.
        let is_in_field = paragraph.is_in_contents_field && heading.is_none();
        let dropped = (is_in_contents || is_in_field).then_some(CONTENTS);
        let label = match dropped {
            Some(_) => String::new(),
            None => self.counters.next(&paragraph.number, style),
        };
        let heading = heading.filter(|_| dropped.is_none());
        let texts = cut(&paragraph.text, heading.is_some());
        let mut lines: Vec<Line> = texts
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(|text| Line {
                heading,
                dropped,
                is_in_contents_field: is_in_field && !is_in_contents,
                ..Line::new(text)
            })
            .collect();
        if let Some(first) = lines.first_mut().filter(|_| !label.is_empty()) {
            first.text = counters::join(&label, &first.text);
        }
        lines
    }

    fn extend(&mut self, lines: Vec<Line>) -> Result<(), Unreadable> {
        let Some(flow) = self.flows.last_mut() else {
            return Ok(());
        };
        for line in lines {
            self.n_text_bytes += line.text.len() + 1;
            flow.lines.push(line);
        }
        // Merged cells and numbers repeat text: a small file could grow without bound.
        if self.n_text_bytes > MAX_TEXT_BYTES {
            return Err(Unreadable::new(
                format!("its text has more than {MAX_TEXT_BYTES} bytes"),
                "split it",
            ));
        }
        Ok(())
    }

    fn finish(mut self) -> Told {
        let mut lines = Vec::new();
        while !self.flows.is_empty() {
            // The lines of inner flows that damage left open follow.
            let mut outer = self.close_flow();
            outer.append(&mut lines);
            lines = outer;
        }
        if self.fields.is_contents() {
            for line in lines.iter_mut().filter(|line| line.is_in_contents_field) {
                line.dropped = None;
            }
            self.told.has_endless_contents = true;
        }
        let mut unused: Vec<(NoteKey, Vec<Line>)> = self.notes.into_iter().collect();
        unused.sort_by(|a, b| a.0.cmp(&b.0));
        for line in unused.into_iter().flat_map(|(_, lines)| lines) {
            if !line.text.is_empty() {
                self.told.dropped.push((line.text, UNUSED_NOTE));
            }
        }
        self.told.lines = lines;
        self.told
    }
}

/// The lines of a text box: a frame around them.
fn framed(lines: Vec<Line>) -> Vec<Line> {
    let lines = lines.into_iter().enumerate();
    let line = |(idx, line): (usize, Line)| Line {
        is_framed: line.row.is_none(),
        begins_frame: line.row.is_none() && idx == 0,
        ..line
    };
    lines.map(line).collect()
}

/// The lines of a note, the first with 注： in front.
fn as_notes(lines: Vec<Line>) -> impl Iterator<Item = Line> {
    let lines = lines.into_iter().filter(|line| !line.text.is_empty());
    lines.enumerate().map(|(idx, line)| Line {
        text: match idx {
            0 => format!("注：{}", line.text.trim_start()),
            _ => line.text,
        },
        kind: Kind::Note,
        ..line
    })
}
