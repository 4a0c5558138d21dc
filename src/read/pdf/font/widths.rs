//! Widths of glyphs, in thousandths of the size.

use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Object};

/// Fonts that state more widths are damaged.
const MAX_ENTRIES: usize = 70_000;
/// Widths beyond are damage.
const MAX_WIDTH: f64 = 10_000.0;

/// The widths that a font states.
#[derive(Debug)]
pub(super) struct Widths {
    single: HashMap<u32, f64>,
    ranges: Vec<(u32, u32, f64)>,
    default: f64,
}

impl Widths {
    /// Width of the character `number`: a code or a cid.
    pub(super) fn of(&self, number: u32) -> f64 {
        let single = self.single.get(&number).copied();
        let in_range = || {
            let mut ranges = self.ranges.iter();
            let range = ranges.find(|(first, last, _)| (*first..=*last).contains(&number))?;
            Some(range.2)
        };
        single.or_else(in_range).unwrap_or(self.default)
    }

    /// Of a font with one byte a character (`FirstChar`, `Widths`).
    pub(super) fn of_simple(font: &Dict<'_>, descriptor: &Dict<'_>, name: &[u8]) -> Self {
        let first = font.get::<u32>("FirstChar").unwrap_or_default();
        let stated = font.get::<Array<'_>>("Widths");
        let mut widths = Self {
            single: HashMap::new(),
            ranges: Vec::new(),
            default: descriptor.get::<f32>("MissingWidth").map_or(0.0, f64::from),
        };
        match stated {
            Some(stated) => {
                for (code, width) in (first..=255).zip(stated.iter::<Object<'_>>()) {
                    widths.insert(code, &width);
                }
            }
            None => widths.fill_standard(name),
        }
        widths
    }

    /// Of a font with several bytes a character (`DW`, `W`).
    pub(super) fn of_composite(descendant: &Dict<'_>) -> Self {
        let default = descendant.get::<f32>("DW").map_or(1000.0, f64::from);
        let mut widths = Self {
            single: HashMap::new(),
            ranges: Vec::new(),
            default: default.clamp(0.0, MAX_WIDTH),
        };
        let Some(array) = descendant.get::<Array<'_>>("W") else {
            return widths;
        };
        let mut items = array.iter::<Object<'_>>();
        while let Some(first) = items.next().and_then(|item| as_number(&item)) {
            match items.next() {
                Some(Object::Array(list)) => {
                    let codes = first as u32..;
                    for (cid, width) in codes.zip(list.iter::<Object<'_>>()) {
                        widths.insert(cid, &width);
                    }
                }
                Some(last) => {
                    let width = items.next().and_then(|item| as_number(&item));
                    let (Some(last), Some(width)) = (as_number(&last), width) else {
                        break;
                    };
                    if widths.ranges.len() < MAX_ENTRIES {
                        let width = width.clamp(0.0, MAX_WIDTH);
                        widths.ranges.push((first as u32, last as u32, width));
                    }
                }
                None => break,
            }
        }
        widths
    }

    fn insert(&mut self, number: u32, width: &Object<'_>) {
        let width = as_number(width).filter(|width| (0.0..MAX_WIDTH).contains(width));
        if let (Some(width), true) = (width, self.single.len() < MAX_ENTRIES) {
            self.single.insert(number, width);
        }
    }

    /// The fonts that every viewer has state no widths.
    fn fill_standard(&mut self, name: &[u8]) {
        let holds = |part: &[u8]| name.windows(part.len()).any(|window| window == part);
        if holds(b"Courier") {
            self.default = 600.0;
            return;
        }
        let table: &[u16; 95] = if holds(b"Times") { &TIMES } else { &HELVETICA };
        self.default = 556.0;
        let codes = (32..).zip(table);
        self.single
            .extend(codes.map(|(code, width)| (code, f64::from(*width))));
    }
}

fn as_number(object: &Object<'_>) -> Option<f64> {
    match object {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    }
}

/// Widths of the characters from blank to `~`.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
