//! A font as far as reading needs it: strings become characters with widths.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Stream};

use super::super::super::symbol;
use super::super::unpack::unpack;
use super::cmap::CMap;
use super::composite::Composite;
use super::predefined::Store;
use super::simple::Simple;
use super::widths::Widths;

/// One character of a string.
#[derive(Debug, Clone)]
pub(in crate::pdf) struct Shown {
    /// Its text; none when the font does not say what it shows.
    pub(in crate::pdf) text: Option<Rc<str>>,
    /// Its width as a part of the size.
    pub(in crate::pdf) width: f64,
    /// Whether it is the code 32 of one byte, which word spacing widens.
    pub(in crate::pdf) is_blank: bool,
}

/// A font of the file.
#[derive(Debug)]
pub(in crate::pdf) struct Font {
    /// Lower case, without the mark of a subset.
    family: String,
    to_unicode: Option<CMap>,
    /// `ToUnicode` may be the name of an identity.
    is_unicode: bool,
    kind: Kind,
    widths: Widths,
    /// From the unit of widths to the size.
    scale: f64,
    known: RefCell<HashMap<(u32, usize), Shown>>,
}

#[derive(Debug)]
enum Kind {
    Simple(Simple),
    Composite(Composite),
}

impl Font {
    pub(super) fn load(font: &Dict<'_>, store: &Store) -> Self {
        let name = font.get::<Name<'_>>("BaseFont");
        let name: &[u8] = name.as_deref().unwrap_or_default();
        let subtype = font.get::<Name<'_>>("Subtype");
        let to_unicode = font.get::<Stream<'_>>("ToUnicode");
        let to_unicode = to_unicode.and_then(|stream| unpack(&stream));
        let is_whole = to_unicode.as_ref().is_some_and(|map| map.is_whole);
        let to_unicode = to_unicode.map(|map| CMap::parse(&map.content));
        let to_unicode = to_unicode.filter(CMap::has_unicode);
        let is_composite = subtype.as_deref() == Some(b"Type0");
        let (kind, widths) = if is_composite {
            let descendant = font.get::<Array<'_>>("DescendantFonts");
            let descendant = descendant.and_then(|fonts| fonts.iter::<Dict<'_>>().next());
            let descendant = descendant.unwrap_or_default();
            let composite =
                Composite::load(font, &descendant, is_whole && to_unicode.is_some(), store);
            (
                Kind::Composite(composite),
                Widths::of_composite(&descendant),
            )
        } else {
            let descriptor = font.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
            let widths = Widths::of_simple(font, &descriptor, name);
            (Kind::Simple(Simple::load(font, &descriptor)), widths)
        };
        let matrix = font.get::<Array<'_>>("FontMatrix");
        let first = matrix.and_then(|matrix| matrix.iter::<f32>().next());
        let is_drawn = subtype.as_deref() == Some(b"Type3");
        let scale = first.filter(|_| is_drawn).map_or(0.001, f64::from);
        Self {
            family: family(name),
            is_unicode: font.get::<Name<'_>>("ToUnicode").is_some(),
            to_unicode,
            kind,
            widths,
            scale: scale.abs(),
            known: RefCell::default(),
        }
    }

    /// Whether its lines run from top to bottom.
    pub(in crate::pdf) fn is_vertical(&self) -> bool {
        matches!(&self.kind, Kind::Composite(composite) if composite.is_vertical())
    }

    /// The character that `bytes` begins with and its length in bytes, at least 1.
    pub(in crate::pdf) fn first(&self, bytes: &[u8]) -> (Shown, usize) {
        let n_bytes = match &self.kind {
            Kind::Simple(_) => 1,
            Kind::Composite(composite) => composite.code_length(bytes),
        };
        let n_bytes = n_bytes.clamp(1, bytes.len().max(1));
        let bytes = bytes.get(..n_bytes).unwrap_or_default();
        let code = bytes
            .iter()
            .fold(0, |code, byte| code << 8 | u32::from(*byte));
        let mut known = self.known.borrow_mut();
        let shown = known
            .entry((code, n_bytes))
            .or_insert_with(|| self.shown(code, bytes));
        (shown.clone(), n_bytes)
    }

    fn shown(&self, code: u32, bytes: &[u8]) -> Shown {
        let number = match &self.kind {
            Kind::Simple(_) => code,
            Kind::Composite(composite) => composite.cid(code, bytes.len()),
        };
        Shown {
            text: self.text(code, number, bytes).map(Rc::from),
            width: self.widths.of(number) * self.scale,
            is_blank: code == 32 && bytes.len() == 1,
        }
    }

    /// The map of the file first, unless it says nothing.
    fn text(&self, code: u32, number: u32, bytes: &[u8]) -> Option<String> {
        let stated = match &self.to_unicode {
            Some(map) => map.unicode(code),
            None if self.is_unicode => char::from_u32(code).map(String::from),
            None => None,
        };
        let stated = stated.filter(|text| is_text(text));
        if stated.as_deref().is_some_and(|text| !is_private(text)) {
            return stated;
        }
        let own = match &self.kind {
            Kind::Simple(simple) => simple.text(code as u8),
            Kind::Composite(composite) => composite.text(code, number, bytes),
        };
        let own = own.filter(|text| is_text(text));
        if own.as_deref().is_some_and(|text| !is_private(text)) && !self.is_symbols() {
            return own;
        }
        let symbol = stated.as_deref().or(own.as_deref()).map_or(
            self.symbol(0xf000 + (code & 0xff)),
            |text| {
                let place = text.chars().next().map_or(0, u32::from);
                self.symbol(if place < 0x100 { 0xf000 + place } else { place })
            },
        );
        symbol.map(String::from).or(stated).or(own)
    }

    fn is_symbols(&self) -> bool {
        self.family.starts_with("wingdings")
            || self.family == "symbol"
            || self.family == "zapfdingbats"
    }

    fn symbol(&self, place: u32) -> Option<char> {
        let family = match self.family.as_str() {
            // Its bullets stand at the same letters.
            "zapfdingbats" => "wingdings",
            family if self.is_symbols() => family,
            _ => return None,
        };
        symbol::character(family, &format!("{place:x}"))
    }
}

/// `ABCDEF+Wingdings2-Regular` is `wingdings 2`.
fn family(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name).to_lowercase();
    let name = name.split_once('+').map_or(name.as_str(), |(_, name)| name);
    let name = name.split(['-', ',']).next().unwrap_or(name);
    match name {
        "symbolmt" => "symbol",
        "wingdings2" => "wingdings 2",
        "wingdings3" => "wingdings 3",
        other => other,
    }
    .to_owned()
}

fn is_text(text: &str) -> bool {
    let is_ink = |ch: char| !ch.is_control() && ch != char::REPLACEMENT_CHARACTER;
    text.chars().any(is_ink)
}

fn is_private(text: &str) -> bool {
    text.chars().all(|ch| matches!(ch, '\u{e000}'..='\u{f8ff}'))
}
