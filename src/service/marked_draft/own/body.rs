//! The text of a Word document with where each character of it lies in the XML.
//!
//! Text boxes, text that was moved away and the second form of a picture's text are left
//! out: comments cannot stand there.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

/// A document and its runs.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub(super) xml: &'a str,
    /// How names of Word begin: `w:`.
    pub(super) prefix: String,
    pub(super) runs: Vec<Run>,
    pub(super) texts: Vec<Text>,
}

/// A run of characters of one look.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    /// All of it, tags included.
    pub(super) place: Range<usize>,
    /// Its look, if it says one.
    pub(super) look: Range<usize>,
    n_children: usize,
    /// The last text in it, while nothing stands behind that.
    last_text: Option<usize>,
}

/// A text in a run.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    pub(super) run: usize,
    /// Its characters, each with where it begins.
    pub(super) chars: Vec<(char, usize)>,
    /// Where the characters end.
    pub(super) end: usize,
    /// Where its first tag ends, without the bracket.
    pub(super) tag_end: usize,
    /// Whether blanks at its ends count.
    pub(super) is_preserved: bool,
    /// Whether it is all that the run has in front of it, or behind it.
    pub(super) is_first: bool,
    pub(super) is_last: bool,
}

/// Elements whose text is left out.
const LEFT_OUT: [&str; 4] = ["Fallback", "txbxContent", "moveFrom", "rt"];

impl<'a> Body<'a> {
    /// Reads a body; none where it is no XML.
    pub(super) fn of(xml: &'a str) -> Option<Self> {
        let mut body = Self {
            xml,
            prefix: prefix(xml)?,
            runs: Vec::new(),
            texts: Vec::new(),
        };
        let mut reader = Reader::from_str(xml);
        let mut walk = Walk::default();
        loop {
            let start = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let end = usize::try_from(reader.buffer_position()).ok()?;
            match event {
                Event::Start(tag) => {
                    let is_preserved = is_preserved(&tag);
                    walk.open(&mut body, tag.name().as_ref(), start..end, is_preserved);
                }
                Event::Empty(tag) => walk.empty(&mut body, tag.name().as_ref(), start..end),
                Event::End(tag) => walk.close(&mut body, tag.name().as_ref(), start..end),
                Event::Eof => break,
                _ => {}
            }
        }
        body.texts.retain(|text| !text.chars.is_empty());
        Some(body)
    }
}

/// Where the walk is.
#[derive(Debug, Default)]
struct Walk {
    depth: usize,
    /// The depth of the outermost element that is left out.
    left_out: Option<usize>,
    /// The run that the walk is in, with its depth.
    run: Option<(usize, usize)>,
    /// Where the text, or the look, that the walk is in begins.
    text: Option<usize>,
    look: Option<usize>,
}

impl Walk {
    fn open(&mut self, body: &mut Body<'_>, name: &str, tag: Range<usize>, is_preserved: bool) {
        self.depth += 1;
        if self.left_out.is_some() {
            return;
        }
        if LEFT_OUT.contains(&local(name)) {
            self.left_out = Some(self.depth);
            return;
        }
        let Some((run, depth)) = self.run else {
            if is_named(name, &body.prefix, "r") {
                self.run = Some((body.runs.len(), self.depth));
                body.runs.push(Run {
                    place: tag,
                    ..Run::default()
                });
            }
            return;
        };
        if self.depth != depth + 1 {
            return;
        }
        if is_named(name, &body.prefix, "rPr") {
            self.look = Some(tag.start);
            return;
        }
        let run_idx = run;
        let Some(run) = body.runs.get_mut(run) else {
            return;
        };
        run.n_children += 1;
        run.last_text = None;
        if is_named(name, &body.prefix, "t") {
            self.text = Some(tag.end);
            run.last_text = Some(body.texts.len());
            body.texts.push(Text {
                run: run_idx,
                tag_end: tag.end - 1,
                is_preserved,
                is_first: run.n_children == 1,
                ..Text::default()
            });
        }
    }

    fn empty(&mut self, body: &mut Body<'_>, name: &str, tag: Range<usize>) {
        if self.left_out.is_some() {
            return;
        }
        let Some((run, depth)) = self.run else {
            return;
        };
        if let Some(run) = body.runs.get_mut(run)
            && self.depth == depth
        {
            if is_named(name, &body.prefix, "rPr") {
                run.look = tag;
            } else {
                run.n_children += 1;
                run.last_text = None;
            }
        }
    }

    fn close(&mut self, body: &mut Body<'_>, name: &str, tag: Range<usize>) {
        self.depth = self.depth.saturating_sub(1);
        if let Some(depth) = self.left_out {
            if self.depth < depth {
                self.left_out = None;
            }
            return;
        }
        if is_named(name, &body.prefix, "t")
            && let Some(start) = self.text.take()
        {
            if let Some(text) = body.texts.last_mut() {
                text.chars = characters(body.xml, start..tag.start);
                text.end = tag.start;
            }
            return;
        }
        let Some((run_idx, depth)) = self.run else {
            return;
        };
        let Some(run) = body.runs.get_mut(run_idx) else {
            return;
        };
        if is_named(name, &body.prefix, "rPr")
            && let Some(start) = self.look.take()
        {
            run.look = start..tag.end;
        } else if self.depth < depth {
            run.place.end = tag.end;
            if let Some(text) = run.last_text.and_then(|at| body.texts.get_mut(at)) {
                text.is_last = true;
            }
            self.run = None;
        }
    }
}

/// Says whether `name` is that of `local` in Word's namespace.
fn is_named(name: &str, prefix: &str, local: &str) -> bool {
    name.strip_prefix(prefix) == Some(local)
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// How names begin in front of `body`.
fn prefix(xml: &str) -> Option<String> {
    let (front, _) = xml
        .split_once(":document")
        .or_else(|| xml.split_once("<document").map(|_| ("<", "")))?;
    let name = front.rsplit('<').next()?;
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric());
    if !is_name {
        return None;
    }
    Some(if name.is_empty() {
        String::new()
    } else {
        format!("{name}:")
    })
}

fn is_preserved(tag: &quick_xml::events::BytesStart<'_>) -> bool {
    let mut attributes = tag.attributes().flatten();
    attributes.any(|attribute| attribute.key.as_ref() == "xml:space")
}

/// The characters of a text with where each begins; a reference is one.
fn characters(xml: &str, place: Range<usize>) -> Vec<(char, usize)> {
    let text = xml.get(place.clone()).unwrap_or_default();
    let mut characters = Vec::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c != '&' {
            characters.push((c, place.start + at));
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let Some(length) = rest.find(';') else {
            break;
        };
        let reference = rest.get(..=length).unwrap_or_default();
        let meant = quick_xml::escape::unescape(reference);
        let meant = meant.ok().and_then(|text| text.chars().next());
        characters.push((meant.unwrap_or('\u{fffd}'), place.start + at));
        for _ in 0..length {
            chars.next();
        }
    }
    characters
}
