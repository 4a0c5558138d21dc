//! The file as glyphs and rules, by the crate `pdf_oxide`.
//!
//! Only this file names the crate. Its own paragraphs, tables and reading order
//! are not used: they are made for Latin text and put blanks between Han.

use pdf_oxide::PdfDocument;
use pdf_oxide::elements::PathContent;
use pdf_oxide::error::Error;
use pdf_oxide::layout::{TextChar, TextSpan};
use pdf_oxide::object::Object;

use super::super::source::Unreadable;
use super::page::{Glyph, Page, Rule};

/// More on one page are no text for people.
const MAX_GLYPHS: usize = 200_000;
/// Pages with more lines are drawings.
const MAX_RULES: usize = 5_000;
/// Rules are no thicker.
const MAX_RULE_POINTS: f32 = 3.0;
/// Coordinates beyond are damage.
const MAX_POSITION: f32 = 100_000.0;

/// An open file.
pub(super) struct File {
    document: PdfDocument,
}

impl File {
    /// Opens a file that needs no password.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        let document = PdfDocument::from_bytes(bytes).map_err(|error| unreadable(&error))?;
        if document.is_encrypted() && !document.is_authenticated() {
            return Err(unreadable(&Error::EncryptedPdf));
        }
        Ok(Self { document })
    }

    pub(super) fn n_pages(&self) -> Result<usize, Unreadable> {
        self.document
            .page_count()
            .map_err(|error| unreadable(&error))
    }

    /// Reads the page `number`, from 1.
    pub(super) fn page(&self, number: usize) -> Result<Page, String> {
        let index = number.saturating_sub(1);
        // Not `extract_chars`: it reads the bytes of an `ActualText`, which
        // browsers write, as if they were codes of the font.
        let spans = self
            .document
            .extract_spans(index)
            .map_err(|error| error.to_string())?;
        let chars: Vec<TextChar> = spans.iter().flat_map(TextSpan::to_chars).collect();
        if chars.len() > MAX_GLYPHS {
            return Err(format!("more than {MAX_GLYPHS} characters"));
        }
        // What is drawn only helps: without it the text still stands.
        let paths = self.document.extract_paths(index).unwrap_or_default();
        let n_pictures = if chars.len() < 20 {
            let pictures = self.document.page_image_handles(index);
            pictures.map(|pictures| pictures.len()).unwrap_or_default()
        } else {
            0
        };
        let n_unknown = self.n_unknown(index);
        let turn = main_turn(&chars);
        let (upright, askew): (Vec<&TextChar>, Vec<&TextChar>) = chars
            .iter()
            .filter(|char| is_placed(char))
            .partition(|char| turn_of(char) == Some(turn));
        Ok(Page {
            number,
            glyphs: upright.into_iter().map(|char| glyph(char, turn)).collect(),
            rules: rules(&paths, turn),
            n_pictures,
            n_unknown,
            askew: askew.into_iter().map(|char| char.char).collect(),
        })
    }

    /// Counts characters whose font does not say what they show: spans leave
    /// them out. A few are the misread `ActualText` of the page, so only a good
    /// part of the page counts.
    fn n_unknown(&self, index: usize) -> usize {
        let chars = self.document.extract_chars(index).unwrap_or_default();
        let is_unknown = |char: &&TextChar| char.char == char::REPLACEMENT_CHARACTER;
        let n_unknown = chars.iter().filter(is_unknown).count();
        if n_unknown * 5 > chars.len() {
            n_unknown
        } else {
            0
        }
    }

    /// The title that the file states.
    pub(super) fn title(&self) -> Option<String> {
        let trailer = self.document.trailer().as_dict()?;
        let info = self.document.resolve_object(trailer.get("Info")?).ok()?;
        let title = self
            .document
            .resolve_object(info.as_dict()?.get("Title")?)
            .ok()?;
        match title {
            Object::String(bytes) => Some(decode(&bytes)),
            _ => None,
        }
    }
}

fn unreadable(error: &Error) -> Unreadable {
    match error {
        Error::EncryptedPdf => Unreadable::new(
            "a pdf with a password",
            "save it without the password first",
        ),
        other => Unreadable::new(
            format!("a damaged pdf ({other})"),
            "open it in a pdf viewer and print it to a new pdf",
        ),
    }
}

/// Strings of the file are UTF-16 with a mark, UTF-8, or what the author's
/// system wrote, which in China is GBK.
fn decode(bytes: &[u8]) -> String {
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = match marked {
        Some(encoding) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        None => encoding_rs::GB18030,
    };
    encoding.decode(bytes).0.trim().to_owned()
}

fn is_placed(char: &TextChar) -> bool {
    let is_near = |position: f32| position.is_finite() && position.abs() < MAX_POSITION;
    is_near(char.origin_x) && is_near(char.origin_y) && char.font_size.is_finite()
}

/// Quarter turns against the clock, 0 to 3; none for text askew.
fn turn_of(char: &TextChar) -> Option<u8> {
    let quarters = char.rotation_degrees / 90.0;
    let nearest = quarters.round();
    ((quarters - nearest).abs() < 0.03).then_some((nearest as i32).rem_euclid(4) as u8)
}

/// The turn of most characters: pages that lie on their side are turned back.
fn main_turn(chars: &[TextChar]) -> u8 {
    let mut n_by_turn = [0usize; 4];
    for turn in chars.iter().filter_map(turn_of) {
        if let Some(n) = n_by_turn.get_mut(usize::from(turn)) {
            *n += 1;
        }
    }
    let most = n_by_turn.iter().max().copied().unwrap_or_default();
    let turn = n_by_turn.iter().position(|n| *n == most);
    turn.unwrap_or_default() as u8
}

fn turned((x, y): (f32, f32), turn: u8) -> (f32, f32) {
    match turn {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

fn glyph(char: &TextChar, turn: u8) -> Glyph {
    let (x, y) = turned((char.origin_x, char.origin_y), turn);
    let size = char.font_size.clamp(0.5, 500.0);
    let is_wide = char.char > '\u{2e7f}';
    // The crate knows no advance of text on its side.
    let fallback = if is_wide { size } else { size / 2.0 };
    let is_known = turn == 0 && char.advance_width.is_finite() && char.advance_width > 0.0;
    let width = if is_known {
        char.advance_width.min(size * 3.0)
    } else {
        fallback
    };
    Glyph {
        ch: char.char,
        x,
        y,
        width,
        size,
    }
}

/// Thin boxes and straight strokes; each side of a stroked box is one.
fn rules(paths: &[PathContent], turn: u8) -> Vec<Rule> {
    let mut rules = Vec::new();
    for path in paths {
        let bbox = &path.bbox;
        let (ax, ay) = turned((bbox.x, bbox.y), turn);
        let (bx, by) = turned((bbox.x + bbox.width, bbox.y + bbox.height), turn);
        let (x, y) = ((ax.min(bx), ax.max(bx)), (ay.min(by), ay.max(by)));
        let is_placed = [x.0, x.1, y.0, y.1]
            .iter()
            .all(|position| position.is_finite() && position.abs() < MAX_POSITION);
        if !is_placed {
            continue;
        }
        let is_thin = x.1 - x.0 <= MAX_RULE_POINTS || y.1 - y.0 <= MAX_RULE_POINTS;
        if is_thin {
            rules.push(Rule { x, y });
        } else if path.has_stroke() && path.is_rectangle() {
            for side in [
                (x, (y.0, y.0)),
                (x, (y.1, y.1)),
                ((x.0, x.0), y),
                ((x.1, x.1), y),
            ] {
                rules.push(Rule {
                    x: side.0,
                    y: side.1,
                });
            }
        }
    }
    if rules.len() > MAX_RULES {
        rules.clear();
    }
    rules
}
