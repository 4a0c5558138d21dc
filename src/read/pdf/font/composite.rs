//! Fonts with several bytes a character, as all of Han have.

use std::collections::HashMap;

use hayro_syntax::object::{Dict, Name, Object, Stream, String as Bytes};

use super::super::unpack::unpack;
use super::cmap::CMap;
use super::codes::Codes;
use super::embedded;
use super::predefined::{Predefined, Store};

/// From codes to the characters of the font.
#[derive(Debug)]
pub(super) struct Composite {
    codes: Codes,
    /// The name of a predefined encoding.
    name: Vec<u8>,
    encoding: Option<Predefined>,
    collection: Option<Predefined>,
    is_vertical: bool,
    /// From cid to glyph, two bytes each; the same where there is none.
    glyphs: Option<Vec<u8>>,
    by_glyph: HashMap<u32, String>,
}

impl Composite {
    pub(super) fn load(
        font: &Dict<'_>,
        descendant: &Dict<'_>,
        has_map: bool,
        store: &Store,
    ) -> Self {
        let (mut name, mut stated, mut is_vertical) = (Vec::new(), None, false);
        match font.get::<Object<'_>>("Encoding") {
            Some(Object::Name(encoding)) => name = encoding.to_vec(),
            Some(Object::Stream(stream)) => {
                is_vertical = stream.dict().get::<i32>("WMode") == Some(1);
                stated = unpack(&stream).map(|map| CMap::parse(&map.content));
                if let Some(base) = stream.dict().get::<Name<'_>>("UseCMap") {
                    name = base.to_vec();
                }
            }
            _ => {}
        }
        let collection = descendant.get::<Dict<'_>>("CIDSystemInfo");
        let part = |key: &str| collection.as_ref()?.get::<Bytes<'_>>(key);
        let collection = match (part("Registry"), part("Ordering")) {
            (Some(registry), Some(ordering)) => store.of_collection(&registry, &ordering),
            _ => None,
        };
        let mut composite = Self {
            is_vertical: is_vertical || name.ends_with(b"-V") || name == b"V",
            encoding: store
                .encoding(&name)
                .filter(|_| !name.starts_with(b"Identity")),
            codes: stated.map_or_else(|| Codes::named(&name), Codes::Stated),
            name,
            collection,
            glyphs: descendant
                .get::<Stream<'_>>("CIDToGIDMap")
                .and_then(|stream| unpack(&stream))
                .map(|map| map.content),
            by_glyph: HashMap::new(),
        };
        // Only for what nothing else explains: parsing a program takes its time.
        if composite.collection.is_none() && !has_map {
            composite.by_glyph = program_texts(descendant);
        }
        composite
    }

    /// Whether lines run from top to bottom.
    pub(super) fn is_vertical(&self) -> bool {
        self.is_vertical
    }

    /// Bytes of the code that `bytes` begins with.
    pub(super) fn code_length(&self, bytes: &[u8]) -> usize {
        self.codes.length(bytes)
    }

    /// The number of a code's character in the font.
    pub(super) fn cid(&self, code: u32, n_bytes: usize) -> u32 {
        let stated = match &self.codes {
            Codes::Stated(map) => map.cid(code),
            _ => None,
        };
        let predefined = || match &self.encoding {
            Some(encoding) => encoding.cid(code, n_bytes).or(Some(0)),
            None => None,
        };
        stated.or_else(predefined).unwrap_or(code)
    }

    /// What a code shows, by the encoding, the collection or the program.
    pub(super) fn text(&self, code: u32, cid: u32, bytes: &[u8]) -> Option<String> {
        if self.name.starts_with(b"Uni") {
            let units = bytes.chunks_exact(2).map(|unit| match unit {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0,
            });
            return match self.codes {
                Codes::Utf32 => char::from_u32(code).map(String::from),
                _ => char::decode_utf16(units).collect::<Result<_, _>>().ok(),
            };
        }
        let in_collection = self.collection.as_ref().filter(|_| cid != 0);
        in_collection
            .and_then(|collection| collection.unicode(cid))
            .or_else(|| self.legacy(bytes))
            .or_else(|| self.by_glyph.get(&self.glyph(cid)).cloned())
    }

    /// Codes of an older standard that the collection lacks.
    fn legacy(&self, bytes: &[u8]) -> Option<String> {
        if !self.name.starts_with(b"GB") {
            return None;
        }
        let decoded =
            encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
        decoded.map(std::borrow::Cow::into_owned)
    }

    fn glyph(&self, cid: u32) -> u32 {
        let Some(glyphs) = &self.glyphs else {
            return cid;
        };
        let place = cid as usize * 2;
        match glyphs.get(place..place + 2) {
            Some([high, low]) => u32::from(u16::from_be_bytes([*high, *low])),
            _ => 0,
        }
    }
}

fn program_texts(descendant: &Dict<'_>) -> HashMap<u32, String> {
    let descriptor = descendant
        .get::<Dict<'_>>("FontDescriptor")
        .unwrap_or_default();
    let program = ["FontFile2", "FontFile3"]
        .into_iter()
        .find_map(|key| descriptor.get::<Stream<'_>>(key));
    let program = program.and_then(|stream| unpack(&stream));
    program.map_or_else(HashMap::new, |program| embedded::by_glyph(&program.content))
}
