//! What stands in runs: text, breaks, symbols, fields, references to notes.

use super::super::symbol;
use super::super::xml::Element;
use super::line::{CONTENTS, Line};
use super::reason::{DELETED, HIDDEN, INSTRUCTION};
use super::state::{Frame, Role, Story};

impl Story<'_> {
    /// Hidden runs are hidden from here on; properties come first in a run.
    pub(super) fn run_property(&mut self, name: &str, element: &Element<'_>) {
        let is_hidden = match name {
            "vanish" => element.is_on(),
            "rStyle" => element
                .value()
                .is_some_and(|style| self.styles.is_hidden(&style)),
            _ => return,
        };
        let run_idx = self.frames.len().checked_sub(2);
        if let Some(run) = run_idx.and_then(|idx| self.frames.get_mut(idx))
            && (is_hidden || run.dropped == Some(HIDDEN))
        {
            run.dropped = is_hidden.then_some(HIDDEN);
        }
    }

    /// What stands in a run; false when it is nothing that only runs hold.
    pub(super) fn run_content(
        &mut self,
        name: &str,
        element: &Element<'_>,
        frame: &mut Frame,
    ) -> bool {
        match name {
            "rPr" => frame.role = Role::RunProperties,
            "t" => frame.role = Role::Text,
            "delText" => {
                frame.role = Role::Text;
                frame.dropped = Some(DELETED);
            }
            "instrText" => frame.role = Role::Instruction,
            "tab" | "ptab" => self.put("\t", frame.dropped),
            "br" if element.attribute("type").as_deref() == Some("column") => {}
            "br" | "cr" => self.put("\n", frame.dropped),
            "noBreakHyphen" => self.put("-", frame.dropped),
            "sym" => self.symbol(element, frame.dropped),
            "fldChar" => self.field_character(element, frame.dropped),
            "footnoteReference" | "endnoteReference" if frame.dropped.is_none() => {
                let key = (name == "endnoteReference", element.attribute("id"));
                if let (Some(paragraph), (is_end, Some(id))) = (self.paragraphs.last_mut(), key) {
                    paragraph.notes.push((is_end, id));
                }
            }
            _ => return false,
        }
        true
    }

    fn symbol(&mut self, element: &Element<'_>, dropped: Option<&'static str>) {
        let font = element.attribute("font").unwrap_or_default();
        let code = element.attribute("char").unwrap_or_default();
        let found = symbol::character(&font, &code);
        if found.is_none() {
            let loss = "a character of a symbol font is not known and shows as \u{fffd}";
            self.told.losses.insert(loss.to_owned());
        }
        let c = found.unwrap_or(char::REPLACEMENT_CHARACTER);
        self.put(c.encode_utf8(&mut [0; 4]), dropped);
    }

    fn field_character(&mut self, element: &Element<'_>, dropped: Option<&'static str>) {
        match element.attribute("fldCharType").as_deref() {
            Some("begin") => self.fields.begin(),
            Some("separate") => self.fields.separate(),
            Some("end") => {
                if let Some(text) = self.fields.end() {
                    self.put(&text, dropped);
                }
            }
            _ => {}
        }
    }

    /// Charts, diagrams and objects of other programs hold text of their own.
    pub(super) fn unread_object(&mut self, name: &str, element: &Element<'_>) {
        let loss = match name {
            "chart" => "the text of a chart is not read".to_owned(),
            "relIds" => "the text of a diagram (SmartArt) is not read".to_owned(),
            _ => {
                let program = element.attribute("ProgID").unwrap_or_default();
                format!("an embedded object is not read (`{program}`)")
            }
        };
        self.told.losses.insert(loss);
    }

    /// Text drawn along a path, as in red heads of documents.
    pub(super) fn word_art(&mut self, element: &Element<'_>, dropped: Option<&'static str>) {
        let text = element.attribute("string").unwrap_or_default();
        if let Some(paragraph) = self.paragraphs.last_mut()
            && !text.trim().is_empty()
        {
            paragraph.boxes.push(Line {
                dropped,
                ..Line::new(text.trim())
            });
        }
    }

    pub(super) fn put(&mut self, text: &str, dropped: Option<&'static str>) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            if let Some(flow) = self.flows.last_mut()
                && !text.trim().is_empty()
            {
                flow.lines.push(Line {
                    dropped,
                    ..Line::new(text)
                });
            }
            return;
        };
        let is_blank = text.trim().is_empty();
        if self.fields.is_instruction() {
            if !is_blank {
                paragraph.hide(text, INSTRUCTION);
            }
            return;
        }
        match dropped {
            Some(CONTENTS) => paragraph.is_in_contents = true,
            Some(reason) => return paragraph.hide(text, reason),
            None => {}
        }
        if !is_blank && self.fields.is_contents() {
            paragraph.is_in_contents_field = true;
        }
        paragraph.text += text;
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.n_skipped > 0 {
            return;
        }
        let Some(frame) = self.frames.last() else {
            return;
        };
        match frame.role {
            Role::Text => {
                let dropped = frame.dropped;
                // A line end in the XML is no line end in the text.
                self.put(&text.replace(['\n', '\r'], " "), dropped);
            }
            Role::Instruction => self.fields.instruct(text),
            _ => {}
        }
    }
}
