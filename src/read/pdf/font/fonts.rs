//! The fonts of a file, each read once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::object::{Dict, Name, ObjRef};
use hayro_syntax::page::Resources;

use super::face::Font;
use super::predefined::Store;

/// Files of more fonts are read, but these are not kept.
const MAX_KEPT: usize = 2_000;

/// What has been read of the fonts of a file.
#[derive(Debug, Default)]
pub(in crate::pdf) struct Fonts {
    store: Store,
    by_reference: RefCell<HashMap<ObjRef, Rc<Font>>>,
    /// By where a font without a number stands, and its length.
    by_place: RefCell<HashMap<(usize, usize), Rc<Font>>>,
}

impl Fonts {
    /// The font that a page calls by this name.
    pub(in crate::pdf) fn named(
        &self,
        name: &Name<'_>,
        resources: &Resources<'_>,
    ) -> Option<Rc<Font>> {
        let Some(reference) = resources.fonts.get_ref(name) else {
            return Some(self.of(&resources.get_font(name)?));
        };
        if let Some(font) = self.by_reference.borrow().get(&reference) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::load(&resources.get_font(name)?, &self.store));
        let mut kept = self.by_reference.borrow_mut();
        if kept.len() < MAX_KEPT {
            kept.insert(reference, Rc::clone(&font));
        }
        Some(font)
    }

    /// The font that a dictionary describes.
    pub(in crate::pdf) fn of(&self, dict: &Dict<'_>) -> Rc<Font> {
        let place = (dict.data().as_ptr().addr(), dict.data().len());
        if let Some(font) = self.by_place.borrow().get(&place) {
            return Rc::clone(font);
        }
        let font = Rc::new(Font::load(dict, &self.store));
        let mut kept = self.by_place.borrow_mut();
        if kept.len() < MAX_KEPT {
            kept.insert(place, Rc::clone(&font));
        }
        font
    }
}
