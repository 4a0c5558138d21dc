//! Reading order of pages in two columns.
//!
//! Many rows below each other leave the same gutter free and both sides of it are
//! filled with text; a table whose columns are short is none.

use std::ops::Range;

use super::page::{Glyph, median};
use super::rows::Row;

const MIN_PAIRS: usize = 6;
/// Least part of its side that the median row fills.
const MIN_FILL: f32 = 0.6;

/// Parts rows at the gutter and puts the left column before the right.
pub(super) fn in_reading_order(rows: Vec<Row>) -> Vec<Row> {
    let Some(gutter) = gutter(&rows) else {
        return rows;
    };
    let stretch = free_stretch(&rows, gutter);
    let mut ordered = Vec::new();
    let mut right = Vec::new();
    for (idx, row) in rows.into_iter().enumerate() {
        if !stretch.contains(&idx) {
            ordered.append(&mut right);
            ordered.push(row);
            continue;
        }
        let (before, behind): (Vec<Glyph>, Vec<Glyph>) =
            row.glyphs.iter().partition(|glyph| glyph.x < gutter);
        ordered.extend(Row::new(row.page, 1, before));
        right.extend(Row::new(row.page, 2, behind));
    }
    ordered.append(&mut right);
    ordered
}

/// Whether the row has no gap at `x` although it stands on both sides of it.
fn crosses(row: &Row, x: f32) -> bool {
    let ink = || row.glyphs.iter().filter(|glyph| !glyph.ch.is_whitespace());
    let before = ink().filter(|glyph| glyph.x < x).map(Glyph::end);
    let behind = ink().filter(|glyph| glyph.x >= x).map(|glyph| glyph.x);
    let end = before.fold(f32::NEG_INFINITY, f32::max);
    let start = behind.fold(f32::INFINITY, f32::min);
    end > x || (end.is_finite() && start.is_finite() && start - end < row.size * 0.7)
}

/// The longest stretch of rows that leave `x` free.
fn free_stretch(rows: &[Row], x: f32) -> Range<usize> {
    let mut longest = 0..0;
    let mut start = 0;
    for (idx, row) in rows.iter().enumerate() {
        if crosses(row, x) {
            start = idx + 1;
        } else if idx + 1 - start > longest.len() {
            longest = start..idx + 1;
        }
    }
    // Signatures and dates below stand on the right alone.
    let is_right = |row: &Row| row.start() >= x;
    while longest.end > longest.start && rows.get(longest.end - 1).is_some_and(is_right) {
        longest.end -= 1;
    }
    longest
}

fn gutter(rows: &[Row]) -> Option<f32> {
    let left = rows.iter().map(Row::start).fold(f32::INFINITY, f32::min);
    let right = rows.iter().map(Row::end).fold(f32::NEG_INFINITY, f32::max);
    let width = right - left;
    if rows.len() < MIN_PAIRS || !width.is_finite() {
        return None;
    }
    let candidates = (0..=60_u8).map(|step| left + width * (0.35 + 0.3 * f32::from(step) / 60.0));
    let scored = candidates.filter_map(|x| Some((n_pairs(rows, x, left, right)?, x)));
    let mut best: Vec<(usize, f32)> = scored.collect();
    let most = best.iter().map(|(n, _)| *n).max()?;
    best.retain(|(n, _)| *n == most);
    best.get(best.len() / 2).map(|(_, x)| *x)
}

/// How many rows stand on both sides of `x`; none when it is no gutter.
fn n_pairs(rows: &[Row], x: f32, left: f32, right: f32) -> Option<usize> {
    let stretch = rows.get(free_stretch(rows, x)).unwrap_or_default();
    let free = || stretch.iter();
    let before: Vec<f32> = free()
        .filter_map(|row| row.glyphs.iter().rfind(|glyph| glyph.x < x))
        .map(|last| (last.end() - left) / (x - left))
        .collect();
    let behind: Vec<f32> = free()
        .filter_map(|row| row.glyphs.iter().find(|glyph| glyph.x >= x))
        .map(|first| (right - first.x) / (right - x))
        .collect();
    let n_pairs = before.len().min(behind.len());
    let is_gutter =
        n_pairs >= MIN_PAIRS && median(before) >= MIN_FILL && median(behind) >= MIN_FILL;
    is_gutter.then_some(n_pairs)
}
