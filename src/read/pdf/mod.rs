//! Portable documents (pdf) with a text layer.
//!
//! Answers which paragraphs stand on the pages, in reading order, without
//! running heads, page numbers and text across the page. Refuses scanned pages,
//! files with a password and fonts that do not say what they show. Looks at the
//! positions of the characters, never at the order in which the file draws them.
//!
//! | part | does |
//! |---|---|
//! | [`mod@file`] | the file as pages of glyphs and rules |
//! | [`draw`] | runs the content of a page: what stands where |
//! | [`font`] | the bytes of a string as characters with widths |
//! | [`bounded`], [`unpack`] | run that within limits of time, pages and memory |
//! | [`page`], [`rows`], [`columns`] | glyphs become rows of text, in reading order |
//! | [`spacing`] | which blanks between glyphs are real |
//! | [`ruled`], [`gapped`] | tables by their rules, tables by their gaps |
//! | [`frames`] | frames around text |
//! | [`furniture`] | running heads and page numbers |
//! | [`margins`], [`paragraphs`] | rows become paragraphs, over page borders too |
//! | [`scanned`] | pages that are pictures, by a recogniser |
//! | [`assemble`] | paragraphs and tables become lines; headings by size |

mod assemble;
mod bounded;
mod columns;
mod draw;
mod file;
mod font;
mod frames;
mod furniture;
mod gapped;
mod margins;
mod page;
mod paragraphs;
mod rows;
mod ruled;
mod scanned;
mod spacing;
mod strings;
mod title;
mod unpack;

#[cfg(test)]
mod test_pdf;
#[cfg(test)]
mod tests;

use super::ocr::Ocr;
use super::source::Unreadable;
use bounded::Extracted;
use plansearch_document::{Property, PropertyKey, RawText};

const OCR_HINT: &str = "run OCR on it first, or index with `--ocr COMMAND`";
/// How the loss of a page that a recogniser may read ends.
pub const PAGE_IS_PICTURE: &str = "is a picture without text";
/// Fewer characters a page on average are no text layer.
const MIN_CHARS_PER_PAGE: usize = 8;

/// Turns a pdf into its paragraphs and table rows.
///
/// # Errors
/// [`Unreadable`] when the file is damaged beyond repair, has a password, has no
/// text, or exceeds the limits in [`bounded`].
pub(super) fn read(bytes: &[u8], ocr: Option<&Ocr>) -> Result<RawText, Unreadable> {
    let mut extracted = bounded::extract(bytes)?;
    let recognised = match ocr {
        Some(ocr) => scanned::recognise(bytes, ocr, &mut extracted),
        None => Vec::new(),
    };
    check_text(&extracted)?;
    let mut raw = assemble::lines(&extracted.pages);
    raw.losses.extend(extracted.losses);
    raw.warnings.extend(scanned::warning(&recognised));
    raw.recognised = texts(recognised);
    let title = extracted.title.as_deref().and_then(title::telling);
    raw.properties.extend(title.map(|title| Property {
        key: PropertyKey::Title,
        value: title.to_owned(),
        place: "pdf info",
    }));
    Ok(raw)
}

fn texts(recognised: Vec<(usize, String)>) -> Vec<String> {
    recognised.into_iter().map(|(_, text)| text).collect()
}

/// Turns a picture of a page into its paragraphs.
///
/// # Errors
/// [`Unreadable`] without a recogniser, or when it finds no text.
pub(super) fn read_picture(bytes: &[u8], ocr: Option<&Ocr>) -> Result<RawText, Unreadable> {
    let Some(ocr) = ocr else {
        return Err(Unreadable::new("a picture", "it has no text"));
    };
    let mut extracted = Extracted {
        pages: vec![page::Page {
            number: 1,
            n_pictures: 1,
            ..page::Page::default()
        }],
        ..Extracted::default()
    };
    let recognised = scanned::recognise(bytes, ocr, &mut extracted);
    if recognised.is_empty() {
        let why = extracted.losses.pop();
        let why = why.unwrap_or_else(|| "no text was recognised".to_owned());
        return Err(Unreadable::new(
            format!("a picture ({why})"),
            "look whether it shows text, and at the recogniser",
        ));
    }
    let mut raw = assemble::lines(&extracted.pages);
    raw.pages.clear();
    raw.warnings.extend(scanned::warning(&recognised));
    raw.recognised = texts(recognised);
    Ok(raw)
}

/// Refuses what holds no text that a reader could search.
fn check_text(extracted: &Extracted) -> Result<(), Unreadable> {
    let pages = &extracted.pages;
    let glyphs = || pages.iter().flat_map(|page| &page.glyphs);
    let n_chars = glyphs().filter(|glyph| !glyph.ch.is_whitespace()).count();
    let n_private = glyphs().filter(|glyph| is_unknown(glyph.ch)).count();
    let n_missing: usize = pages.iter().map(|page| page.n_unknown).sum();
    if (n_private + n_missing) * 2 > n_chars + n_missing {
        return Err(Unreadable::new(
            "a pdf whose fonts do not say which characters they show",
            OCR_HINT,
        ));
    }
    if n_chars < MIN_CHARS_PER_PAGE * pages.len().clamp(1, 100) {
        let n_pictures: usize = pages.iter().map(|page| page.n_pictures).sum();
        if n_pictures > 0 {
            return Err(Unreadable::new(
                "a scanned pdf: no text layer, needs OCR",
                OCR_HINT,
            ));
        }
        if n_chars == 0 {
            return Err(Unreadable::new("a pdf without text", OCR_HINT));
        }
    }
    Ok(())
}

/// Glyphs without a Unicode value, or with one of private use.
fn is_unknown(ch: char) -> bool {
    matches!(ch, '\u{fffd}' | '\u{e000}'..='\u{f8ff}')
}
