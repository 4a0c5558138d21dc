//! Fonts as far as reading needs them: what the codes of a string show, and how
//! wide. Outlines are never looked at.
//!
//! | part | does |
//! |---|---|
//! | [`fonts`] | the fonts of a file, each read once |
//! | [`face`] | one font: bytes become characters with widths |
//! | [`simple`], [`composite`] | fonts with one byte a character, with several |
//! | [`cmap`], [`codes`], [`predefined`] | maps of the file, how strings part into codes, encodings with a name |
//! | [`embedded`], [`glyph_names`] | what font programs and the names of glyphs say |
//! | [`widths`] | widths |

mod cmap;
mod codes;
mod composite;
mod embedded;
mod face;
mod fonts;
mod glyph_names;
mod predefined;
mod simple;
mod widths;

pub(super) use face::Font;
pub(super) use fonts::Fonts;
