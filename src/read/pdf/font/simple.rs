//! Fonts with one byte a character.

use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::super::unpack::unpack;
use super::embedded;
use super::glyph_names::{self, Base};

/// What the codes of the font show.
#[derive(Debug)]
pub(super) struct Simple {
    texts: HashMap<u8, String>,
    base: Option<Base>,
}

/// Bit 3 of the flags: the font has characters of its own.
const SYMBOLIC: i32 = 1 << 2;

impl Simple {
    pub(super) fn load(font: &Dict<'_>, descriptor: &Dict<'_>) -> Self {
        let encoding = font.get::<Object<'_>>("Encoding");
        let named = match &encoding {
            Some(Object::Name(name)) => Base::named(name),
            Some(Object::Dict(dict)) => dict
                .get::<Name<'_>>("BaseEncoding")
                .and_then(|name| Base::named(&name)),
            _ => None,
        };
        let program = ["FontFile", "FontFile2", "FontFile3"]
            .into_iter()
            .find_map(|key| descriptor.get::<Stream<'_>>(key));
        let is_symbolic = descriptor
            .get::<i32>("Flags")
            .is_some_and(|flags| flags & SYMBOLIC != 0);
        let is_drawn = font.get::<Name<'_>>("Subtype").as_deref() == Some(b"Type3");
        let mut texts = HashMap::new();
        if named.is_none()
            && let Some(program) = program.as_ref().and_then(unpack)
        {
            texts = embedded::by_code(&program.content);
        }
        // Codes of an embedded font without an encoding are mostly those of its
        // letters, but those of a part of a Han font may be anything.
        let is_own = is_symbolic && program.is_some() && encoding.is_none();
        let is_unsaid = is_drawn || is_own && has_wide_letters(font);
        let base = named.or((!is_unsaid).then(|| default_base(font)));
        if let Some(Object::Dict(dict)) = &encoding {
            let differences = dict.get::<Array<'_>>("Differences");
            read_differences(differences.as_ref(), &mut texts);
        }
        Self { texts, base }
    }

    /// What a code shows.
    pub(super) fn text(&self, code: u8) -> Option<String> {
        match self.texts.get(&code) {
            // A glyph whose name says nothing.
            Some(text) if text.is_empty() => None,
            Some(text) => Some(text.clone()),
            None => self.base?.character(code).map(String::from),
        }
    }
}

/// Whether most letters are as wide as high, as Han are.
fn has_wide_letters(font: &Dict<'_>) -> bool {
    let widths = font.get::<Array<'_>>("Widths");
    let widths = widths.iter().flat_map(Array::iter::<f32>);
    let shown: Vec<f32> = widths.filter(|width| *width > 0.0).collect();
    let n_wide = shown.iter().filter(|width| **width >= 900.0).count();
    n_wide * 2 > shown.len()
}

fn default_base(font: &Dict<'_>) -> Base {
    match font.get::<Name<'_>>("Subtype").as_deref() {
        Some(b"TrueType") => Base::WinAnsi,
        _ => Base::Standard,
    }
}

/// `[32 /space /exclam 65 /A]`: names for the codes from a number on.
fn read_differences(differences: Option<&Array<'_>>, texts: &mut HashMap<u8, String>) {
    let mut code = 0_u32;
    let items = differences.into_iter().flat_map(Array::iter::<Object<'_>>);
    for item in items {
        match item {
            Object::Number(number) => code = number.as_i64().clamp(0, 256) as u32,
            Object::Name(name) => {
                let text = std::str::from_utf8(&name).ok().and_then(glyph_names::text);
                if let Ok(code) = u8::try_from(code) {
                    match text {
                        Some(text) => {
                            texts.insert(code, text);
                        }
                        None => {
                            texts.entry(code).or_default();
                        }
                    }
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
}
