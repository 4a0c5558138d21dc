//! Glyphs become rows: what stands on one base line, from left to right.

use super::page::{Frame, Glyph, median};
use super::spacing;

/// Base lines so near, as a part of the size, are one.
const SAME_LINE: f32 = 0.35;
/// A gap so wide, in sizes, parts a row into runs.
const RUN_GAP: f32 = 1.8;

/// What stands on one base line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Page from 1.
    pub(super) page: usize,
    /// Column of the page: 0 across, 1 left, 2 right.
    pub(super) column: u8,
    /// Base line.
    pub(super) y: f32,
    /// Size of most characters.
    pub(super) size: f32,
    /// The frame it stands in.
    pub(super) frame: Option<Frame>,
    /// From left to right, no blanks at the ends; never empty.
    pub(super) glyphs: Vec<Glyph>,
}

impl Row {
    /// Makes a row of glyphs on one base line; none of blanks alone.
    pub(super) fn new(page: usize, column: u8, mut glyphs: Vec<Glyph>) -> Option<Self> {
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        // Fat letters are often made by printing thin ones twice.
        glyphs.dedup_by(|later, kept| later.ch == kept.ch && later.x - kept.x < kept.width * 0.3);
        let is_ink = |glyph: &Glyph| !is_blank(glyph.ch);
        let first = glyphs.iter().position(is_ink)?;
        let last = glyphs.iter().rposition(is_ink)?;
        glyphs.truncate(last + 1);
        glyphs.drain(..first);
        let ink = || glyphs.iter().filter(|glyph| is_ink(glyph));
        let size = median(ink().map(|glyph| glyph.size).collect());
        let lines = ink().filter(|glyph| (glyph.size - size).abs() < 0.1);
        let y = median(lines.map(|glyph| glyph.y).collect());
        Some(Self {
            page,
            column,
            y,
            size,
            frame: None,
            glyphs,
        })
    }

    /// Left end.
    pub(super) fn start(&self) -> f32 {
        self.glyphs.first().map_or(0.0, |glyph| glyph.x)
    }

    /// Right end.
    pub(super) fn end(&self) -> f32 {
        self.glyphs.last().map_or(0.0, Glyph::end)
    }

    /// The text with its real blanks only.
    pub(super) fn text(&self) -> String {
        spacing::text(&self.glyphs)
    }

    /// The parts between wide gaps.
    pub(super) fn runs(&self) -> Vec<Row> {
        let mut runs: Vec<Vec<Glyph>> = Vec::new();
        let mut end = f32::NEG_INFINITY;
        for glyph in self.glyphs.iter().filter(|glyph| !is_blank(glyph.ch)) {
            if glyph.x - end >= self.size * RUN_GAP {
                runs.push(Vec::new());
            }
            end = glyph.end();
            if let Some(run) = runs.last_mut() {
                run.push(*glyph);
            }
        }
        // Blanks inside a run are kept by looking them up again.
        let with_blanks = |run: &Vec<Glyph>| {
            let (first, last) = (run.first()?.x, run.last()?.x);
            let inside = self
                .glyphs
                .iter()
                .filter(|glyph| glyph.x >= first && glyph.x <= last);
            Row::new(self.page, self.column, inside.copied().collect())
        };
        runs.iter().filter_map(with_blanks).collect()
    }
}

/// Blanks of all kinds.
pub(super) fn is_blank(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '\u{200b}' | '\u{feff}' | '\u{ad}')
}

/// The rows of some glyphs, from top to bottom.
pub(super) fn of(page: usize, glyphs: &[Glyph]) -> Vec<Row> {
    let mut by_height: Vec<Glyph> = glyphs.to_vec();
    by_height.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    for glyph in by_height {
        let is_same = |line: &Vec<Glyph>| {
            line.first()
                .is_some_and(|first| first.y - glyph.y <= SAME_LINE * first.size.min(glyph.size))
        };
        match lines.last_mut() {
            Some(line) if is_same(line) => line.push(glyph),
            _ => lines.push(vec![glyph]),
        }
    }
    let rows = lines
        .into_iter()
        .filter_map(|line| Row::new(page, 0, line))
        .collect();
    with_raised(rows)
}

/// Puts raised and lowered small marks into the row they belong to.
fn with_raised(rows: Vec<Row>) -> Vec<Row> {
    let mut merged: Vec<Row> = Vec::new();
    for row in rows {
        let joined = merged.last().and_then(|above| {
            let (small, large) = if above.size < row.size {
                (above, &row)
            } else {
                (&row, above)
            };
            let is_near = above.y - row.y < large.size * 0.6;
            let is_beside = small.start() > large.start() - large.size * 2.0
                && small.end() < large.end() + large.size * 4.0;
            let is_mark = small.size < large.size * 0.8 && is_near && is_beside;
            let glyphs = || [above.glyphs.as_slice(), &row.glyphs].concat();
            is_mark.then(|| Row::new(row.page, 0, glyphs())).flatten()
        });
        match joined {
            Some(joined) => {
                merged.pop();
                merged.push(joined);
            }
            None => merged.push(row),
        }
    }
    merged
}
