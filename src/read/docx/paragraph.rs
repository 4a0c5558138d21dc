//! A paragraph while it is read.

use super::counters::NumberRef;
use super::line::Line;

/// Longest heading whose line breaks are taken for mere layout, in characters.
const MAX_BROKEN_HEADING_CHARS: usize = 60;

/// What a paragraph holds and says about itself.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) style: Option<String>,
    pub(super) number: NumberRef,
    /// Outline level of the paragraph itself, 9 for body text.
    pub(super) outline: Option<u8>,
    pub(super) text: String,
    /// Text that is left out, with the reason.
    pub(super) hidden: Vec<(String, &'static str)>,
    /// Notes that the paragraph refers to.
    pub(super) notes: Vec<NoteKey>,
    /// Lines of text boxes that stand at the paragraph.
    pub(super) boxes: Vec<Line>,
    pub(super) is_in_contents: bool,
    pub(super) is_in_contents_field: bool,
    /// A revision deleted the paragraph mark: the next paragraph follows at once.
    pub(super) is_joined_to_next: bool,
    /// How many flows are open around it; tells nested paragraphs from inner runs.
    pub(super) n_flows: usize,
}

/// A note: is it an endnote, and its id.
pub(super) type NoteKey = (bool, String);

impl Paragraph {
    /// Adds text that is left out.
    pub(super) fn hide(&mut self, text: &str, reason: &'static str) {
        match self.hidden.last_mut() {
            Some((before, same)) if *same == reason => before.push_str(text),
            _ => self.hidden.push((text.to_owned(), reason)),
        }
    }
}

/// Cuts the text of a paragraph at its line breaks. A short heading is one line.
pub(super) fn cut(text: &str, is_heading: bool) -> Vec<String> {
    let parts = text.split('\n').map(trim_ends);
    let parts: Vec<&str> = parts.filter(|part| !part.trim().is_empty()).collect();
    if is_heading && text.chars().count() <= MAX_BROKEN_HEADING_CHARS {
        return vec![parts.join(" ")];
    }
    parts.into_iter().map(str::to_owned).collect()
}

/// Takes blanks off, but not the wide ones that mark the beginning of a paragraph.
fn trim_ends(text: &str) -> &str {
    text.trim_start_matches(['\t', ' ']).trim_end()
}
