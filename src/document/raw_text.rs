//! What every reader gives: the lines of one source and what its format knows.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The lines of one source, without their line ends.
///
/// A row of a table is one line, its cells joined by ` | ` and closed by ` |`; the
/// caption is the line before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawText {
    /// Lines in order; line `i` of a text file is `lines[i - 1]`.
    pub lines: Vec<String>,
    /// Whether the format knows its paragraphs, so that each line is a whole one.
    /// In a plain text a line may be a paragraph, or a piece of one that was
    /// broken at some width.
    pub lines_are_paragraphs: bool,
    /// Lines that the format itself marks as headings, by position in `lines`,
    /// with their level from 1.
    pub heading_lines: BTreeMap<usize, u8>,
    /// What the format says about the document, by the Chinese label that a
    /// page would show (`标题`, `发文机关`, `发文字号`, `索引号`, `成文日期`, `发布日期`).
    pub properties: Vec<Property>,
    /// Text that the reader left out, with the reason.
    pub dropped: Vec<(String, &'static str)>,
    /// What was odd about the source, in words for a person.
    pub warnings: Vec<String>,
    /// What stands in the source and could not be read, and why. Furniture that
    /// is left out on purpose is `dropped`, not lost.
    pub losses: Vec<String>,
}

/// A fact that a format states beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// The Chinese label.
    pub label: &'static str,
    /// The value as it stands there.
    pub value: String,
    /// Where it stands: `html meta`, `docx core.xml` …
    pub place: &'static str,
}

impl RawText {
    /// Splits a decoded text into lines at LF, CRLF, CR, NEL, VT, FF, LS or PS.
    pub fn from_text(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // A text without CR LF is not copied once more.
        let unified = if text.contains("\r\n") {
            Cow::Owned(text.replace("\r\n", "\n"))
        } else {
            Cow::Borrowed(text)
        };
        let mut lines: Vec<String> = unified.split(LINE_ENDS).map(str::to_owned).collect();
        if lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        Self {
            lines,
            ..Self::default()
        }
    }
}

const LINE_ENDS: [char; 7] = [
    '\n', '\r', '\u{85}', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}',
];
