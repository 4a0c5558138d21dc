//! A page as the layout sees it: glyphs and rules with positions.
//!
//! Points of 1/72 inch, y upwards from the bottom of the page.

/// A character where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// The character; blanks may stand among them.
    pub(super) ch: char,
    /// Left end.
    pub(super) x: f32,
    /// Base line.
    pub(super) y: f32,
    /// Width of the advance.
    pub(super) width: f32,
    /// Size of the font.
    pub(super) size: f32,
}

/// A straight line along one of the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// Left and right end.
    pub(super) x: (f32, f32),
    /// Lower and upper end.
    pub(super) y: (f32, f32),
}

/// The frame that a row stands in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    /// Counts the frames of the document.
    pub(super) number: usize,
    /// Left and right margin in it.
    pub(super) sides: (f32, f32),
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    /// From 1.
    pub(super) number: usize,
    /// The upright characters.
    pub(super) glyphs: Vec<Glyph>,
    /// Lines of tables and frames.
    pub(super) rules: Vec<Rule>,
    /// Pictures on it.
    pub(super) n_pictures: usize,
    /// Characters that are left out because their font does not say what they show.
    pub(super) n_unknown: usize,
    /// Whether a part of its content cannot be read.
    pub(super) is_damaged: bool,
    /// Text that stands askew: water marks, seals.
    pub(super) askew: String,
    /// Letters beside a picture that the recognised text lacks and took the place of.
    pub(super) replaced: String,
}

impl Rule {
    /// Whether it runs from left to right.
    pub(super) fn is_level(&self) -> bool {
        self.x.1 - self.x.0 >= self.y.1 - self.y.0
    }
}

impl Glyph {
    /// Right end.
    pub(super) fn end(&self) -> f32 {
        self.x + self.width
    }
}

/// The middle one of some numbers, 0 of none.
pub(super) fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
