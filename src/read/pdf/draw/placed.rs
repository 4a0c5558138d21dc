//! Characters where the content of a page puts them, before the page is turned
//! upright.

use super::super::page::Glyph;

/// A character as drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::pdf) struct Placed {
    /// U+FFFD where the font does not say what it shows.
    pub(in crate::pdf) ch: char,
    pub(in crate::pdf) x: f64,
    pub(in crate::pdf) y: f64,
    /// Length of the advance.
    pub(in crate::pdf) width: f64,
    pub(in crate::pdf) size: f64,
    /// Direction of the row against the clock.
    pub(in crate::pdf) degrees: f64,
}

/// Coordinates beyond are damage.
pub(in crate::pdf) const MAX_POSITION: f64 = 100_000.0;

impl Placed {
    /// Whether its place is one on a page.
    pub(in crate::pdf) fn is_placed(&self) -> bool {
        let is_near = |position: f64| position.is_finite() && position.abs() < MAX_POSITION;
        is_near(self.x) && is_near(self.y) && self.size.is_finite()
    }

    /// Whether nobody knows what it shows.
    pub(in crate::pdf) fn is_unknown(&self) -> bool {
        self.ch == char::REPLACEMENT_CHARACTER
    }

    /// Quarter turns against the clock, 0 to 3; none for text askew.
    pub(in crate::pdf) fn turn(&self) -> Option<u8> {
        let quarters = self.degrees / 90.0;
        let nearest = quarters.round();
        ((quarters - nearest).abs() < 0.03).then_some((nearest as i32).rem_euclid(4) as u8)
    }

    /// The character on the page turned back by `turn`.
    pub(in crate::pdf) fn upright(&self, turn: u8) -> Glyph {
        let (x, y) = turned((self.x, self.y), turn);
        let size = self.size.clamp(0.5, 500.0);
        let is_wide = self.ch > '\u{2e7f}';
        let is_known = self.width.is_finite() && self.width > 0.0;
        let width = match (is_known, is_wide) {
            (true, _) => self.width.min(size * 3.0),
            (false, true) => size,
            (false, false) => size / 2.0,
        };
        Glyph {
            ch: self.ch,
            x: x as f32,
            y: y as f32,
            width: width as f32,
            size: size as f32,
        }
    }
}

/// The turn of most characters: pages that lie on their side are turned back.
pub(in crate::pdf) fn main_turn(placed: &[Placed]) -> u8 {
    let mut n_by_turn = [0usize; 4];
    for turn in placed.iter().filter_map(Placed::turn) {
        if let Some(n) = n_by_turn.get_mut(usize::from(turn)) {
            *n += 1;
        }
    }
    let most = n_by_turn.iter().max().copied().unwrap_or_default();
    let turn = n_by_turn.iter().position(|n| *n == most);
    turn.unwrap_or_default() as u8
}

/// A point on the page turned back by quarters.
pub(in crate::pdf) fn turned((x, y): (f64, f64), turn: u8) -> (f64, f64) {
    match turn {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}
