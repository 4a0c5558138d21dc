//! Pages that are pictures, read by a recogniser.
//!
//! What it prints is set on the page as a typewriter would, a row a line, so that it goes
//! the same way as any other text: running heads, paragraphs, page borders.

use super::super::ocr::Ocr;
use super::MIN_CHARS_PER_PAGE;
use super::bounded::Extracted;
use super::page::{Glyph, Page};
use super::rows::{self, Row};
use plansearch_document::Warning;

/// Size of the characters, in points.
const SIZE: f32 = 12.0;
/// From row to row.
const PITCH: f32 = 18.0;
/// Where rows begin.
const LEFT: f32 = 72.0;

/// Fills the pages without text; gives the text of those that were recognised. What fails
/// is a loss.
pub(super) fn recognise(
    bytes: &[u8],
    ocr: &Ocr,
    extracted: &mut Extracted,
) -> Vec<(usize, String)> {
    let is_picture = |page: &&Page| {
        let letters = page.glyphs.iter().filter(|glyph| !glyph.ch.is_whitespace());
        page.n_pictures > 0 && letters.count() < MIN_CHARS_PER_PAGE
    };
    let pages = extracted.pages.iter().filter(is_picture);
    let numbers: Vec<usize> = pages.map(|page| page.number).collect();
    let mut recognised = Vec::new();
    for (number, text) in ocr.pages(bytes, &numbers) {
        let page = extracted
            .pages
            .iter_mut()
            .find(|page| page.number == number);
        match (page, text) {
            (Some(page), Ok(text)) if text.chars().any(char::is_alphanumeric) => {
                let lines: Vec<String> = text.lines().map(without_gaps).collect();
                page.replaced = lacking(page, &lines);
                page.glyphs = set(&lines);
                page.n_pictures = 0;
                recognised.push((number, lines.concat()));
            }
            // A picture that shows nothing to read is no loss of text.
            (_, Ok(_)) => {}
            (_, Err(error)) => extracted.losses.push(format!("page {number}: {error}")),
        }
    }
    recognised
}

/// The rows of letters on the page, a stamp or its number mostly, that the recognised
/// lines do not hold.
fn lacking(page: &Page, lines: &[String]) -> String {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let recognised = bare(&lines.concat());
    let rows = rows::of(page.number, &page.glyphs);
    let texts = rows.iter().map(Row::text);
    let lost: Vec<String> = texts
        .filter(|text| !recognised.contains(&bare(text)))
        .collect();
    lost.join("\n")
}

/// A word about the pages that were recognised, for whoever cites them.
pub(super) fn warning(recognised: &[(usize, String)]) -> Option<Warning> {
    let pages: Vec<usize> = recognised.iter().map(|(number, _)| *number).collect();
    (!pages.is_empty()).then_some(Warning::Recognised(pages))
}

/// A line without the blanks that recognisers set between Chinese characters.
fn without_gaps(line: &str) -> String {
    let line = line.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{c}');
    let chars: Vec<char> = line.chars().collect();
    let is_text = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| *c != ' ');
    let is_wide = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(|c| !c.is_ascii())
    };
    let kept = chars.iter().enumerate().filter(|(at, c)| {
        let (before, after) = (at.checked_sub(1), Some(at + 1));
        let is_gap = **c == ' ' && is_text(before) && is_text(after);
        !(is_gap && (is_wide(before) || is_wide(after)))
    });
    kept.map(|(_, c)| *c).collect()
}

fn width(c: char) -> f32 {
    if c.is_ascii() { SIZE / 2.0 } else { SIZE }
}

fn set(lines: &[String]) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let y = (lines.len() - nth) as f32 * PITCH;
        let mut x = LEFT;
        for ch in line.chars() {
            let width = width(ch);
            if !ch.is_control() {
                glyphs.push(Glyph {
                    ch,
                    x,
                    y,
                    width,
                    size: SIZE,
                });
            }
            x += width;
        }
    }
    glyphs
}
