//! The encodings that the format defines by name, by the crate `hayro_cmap`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily};

/// A map that the format defines.
#[derive(Debug, Clone)]
pub(super) struct Predefined(Rc<CMap>);

impl Predefined {
    /// The number of a code's character in the collection of the font.
    pub(super) fn cid(&self, code: u32, n_bytes: usize) -> Option<u32> {
        self.0.lookup_cid_code(code, u8::try_from(n_bytes).ok()?)
    }

    /// What a number of the collection stands for; of maps made by [`Store::of_collection`].
    pub(super) fn unicode(&self, cid: u32) -> Option<String> {
        match self.0.lookup_bf_string(cid)? {
            BfString::Char(ch) => Some(ch.to_string()),
            BfString::String(text) => Some(text),
        }
    }
}

/// The maps that a file has asked for.
#[derive(Debug, Default)]
pub(super) struct Store {
    maps: RefCell<HashMap<Vec<u8>, Option<Predefined>>>,
}

impl Store {
    /// The map of an encoding (`GBK-EUC-H`).
    pub(super) fn encoding(&self, name: &[u8]) -> Option<Predefined> {
        self.load(CMapName::from_bytes(name))
    }

    /// The map from the numbers of a collection (`Adobe`, `GB1`) to Unicode.
    pub(super) fn of_collection(&self, registry: &[u8], ordering: &[u8]) -> Option<Predefined> {
        let family = CidFamily::from_registry_ordering(registry, ordering);
        self.load(family.ucs2_cmap()?)
    }

    fn load(&self, name: CMapName<'_>) -> Option<Predefined> {
        let mut maps = self.maps.borrow_mut();
        let made = maps.entry(name.to_bytes().to_vec()).or_insert_with(|| {
            let packed = hayro_cmap::load_embedded(name)?;
            let map = CMap::parse(packed, hayro_cmap::load_embedded)?;
            Some(Predefined(Rc::new(map)))
        });
        made.clone()
    }
}
