//! Where the strings of a content stream put their characters.

use std::rc::Rc;

use super::super::font::Font;
use super::matrix::Matrix;
use super::placed::Placed;

/// The parameters of text, which `q` saves.
#[derive(Debug, Clone)]
pub(super) struct TextState {
    pub(super) font: Option<Rc<Font>>,
    pub(super) size: f64,
    /// Added behind each character.
    pub(super) char_spacing: f64,
    /// Added behind each blank.
    pub(super) word_spacing: f64,
    /// Of widths; 1 is as the font is.
    pub(super) stretch: f64,
    /// From one row to the next.
    pub(super) leading: f64,
    /// Of the base line.
    pub(super) rise: f64,
}

impl Default for TextState {
    fn default() -> Self {
        Self {
            font: None,
            size: 0.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// The place of the next character and of its row.
#[derive(Debug, Clone)]
pub(super) struct Cursor {
    next: Matrix,
    row: Matrix,
}

impl Cursor {
    pub(super) fn new() -> Self {
        Self {
            next: Matrix::IDENTITY,
            row: Matrix::IDENTITY,
        }
    }

    /// Sets place and direction (`Tm`).
    pub(super) fn set(&mut self, matrix: Matrix) {
        (self.next, self.row) = (matrix, matrix);
    }

    /// Goes to a row that begins so far from where this one began (`Td`).
    pub(super) fn next_row(&mut self, x: f64, y: f64) {
        self.set(Matrix::shift(x, y).then(&self.row));
    }

    /// Moves by thousandths of the size (a number in `TJ`).
    pub(super) fn kern(&mut self, thousandths: f64, state: &TextState) {
        let is_vertical = state.font.as_ref().is_some_and(|font| font.is_vertical());
        let by = -thousandths / 1000.0 * state.size;
        self.advance(if is_vertical {
            (0.0, by)
        } else {
            (by * state.stretch, 0.0)
        });
    }

    fn advance(&mut self, (x, y): (f64, f64)) {
        self.next = Matrix::shift(x, y).then(&self.next);
    }

    /// Shows a string; `page` is from its space to the page.
    pub(super) fn show(
        &mut self,
        bytes: &[u8],
        state: &TextState,
        page: &Matrix,
        placed: &mut Vec<Placed>,
    ) {
        let Some(font) = &state.font else {
            return;
        };
        let is_vertical = font.is_vertical();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (shown, n_bytes) = font.first(rest);
            rest = rest.get(n_bytes..).unwrap_or_default();
            let spacing = if shown.is_blank {
                state.char_spacing + state.word_spacing
            } else {
                state.char_spacing
            };
            let width = shown.width * state.size;
            let origin = if is_vertical {
                // The origin of vertical writing is above the middle of the glyph.
                Matrix::shift(-width / 2.0, -0.88 * state.size + state.rise)
            } else {
                Matrix::shift(0.0, state.rise)
            };
            let place = origin.then(&self.next).then(page);
            let drawn = (width + state.char_spacing.min(width / 2.0)) * state.stretch;
            let text = shown.text.as_deref().unwrap_or("\u{fffd}");
            push(text, drawn, state.size, &place, placed);
            let step = if is_vertical {
                (0.0, -state.size + spacing)
            } else {
                ((width + spacing) * state.stretch, 0.0)
            };
            self.advance(step);
        }
    }
}

/// The characters of one glyph share its width.
fn push(text: &str, width: f64, size: f64, place: &Matrix, placed: &mut Vec<Placed>) {
    let n_chars = text.chars().count().max(1) as f64;
    let width = width / n_chars;
    for (idx, ch) in text.chars().filter(|ch| !ch.is_control()).enumerate() {
        let (x, y) = place.apply((width * idx as f64, 0.0));
        placed.push(Placed {
            ch,
            x,
            y,
            width: (width * place.x_scale()).abs(),
            size: (size * place.y_scale()).abs(),
            degrees: place.degrees(),
        });
    }
}
