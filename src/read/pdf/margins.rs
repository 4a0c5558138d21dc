//! What is usual in a document: margins, size of the body, indent, line pitch.

use std::collections::BTreeMap;

use super::page::median;
use super::rows::Row;

/// Pages with fewer rows take the margins of the others.
const MIN_ROWS: usize = 8;

/// What is usual in a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Usual {
    /// Size of most characters.
    pub(super) size: f32,
    /// Distance of base lines.
    pub(super) pitch: f32,
    /// Indent of first lines in sizes; none when they have none.
    pub(super) indent: Option<f32>,
    /// Left and right margin of each page and column.
    sides: BTreeMap<(usize, u8), (f32, f32)>,
    /// Those of all pages, by column.
    all: BTreeMap<u8, (f32, f32)>,
}

impl Usual {
    /// Measures all rows of text.
    pub(super) fn of(rows: &[&Row]) -> Self {
        let size = body_size(rows);
        let is_body = |row: &&&Row| (row.size / size - 1.0).abs() < 0.08 || row.column > 0;
        // Frames have margins of their own.
        let is_framed = |row: &&&Row| row.frame.is_some();
        let n_framed = rows.iter().filter(is_framed).count();
        let is_free = |row: &&&Row| !is_framed(row) || n_framed * 2 > rows.len();
        let body = rows.iter().filter(is_body).filter(is_free);
        let body: Vec<&Row> = body.copied().collect();
        let mut by_page: BTreeMap<(usize, u8), Vec<&Row>> = BTreeMap::new();
        let mut by_column: BTreeMap<u8, Vec<(f32, f32)>> = BTreeMap::new();
        for row in &body {
            by_page.entry((row.page, row.column)).or_default().push(row);
        }
        let own: BTreeMap<(usize, u8), (f32, f32)> = by_page
            .iter()
            .map(|(place, rows)| (*place, sides(rows)))
            .collect();
        for (place, rows) in &by_page {
            // Of a short document every page counts.
            if rows.len() >= MIN_ROWS || by_page.len() <= 2 || place.1 > 0 {
                by_column.entry(place.1).or_default().extend(own.get(place));
            }
        }
        let all: BTreeMap<u8, (f32, f32)> = by_column
            .into_iter()
            .map(|(column, sides)| {
                let (left, right): (Vec<f32>, Vec<f32>) = sides.into_iter().unzip();
                (column, (median(left), median(right)))
            })
            .collect();
        let mut usual = Self {
            size,
            pitch: pitch(&body),
            indent: None,
            sides: BTreeMap::new(),
            all,
        };
        // Left and right pages of a book are shifted, nothing else is.
        usual.sides = own
            .into_iter()
            .filter_map(|(place, (left, right))| {
                let (all_left, all_right) = usual.all.get(&place.1).copied()?;
                let shift = left - all_left;
                let is_shifted = (right - all_right - shift).abs() < size;
                let n_rows = by_page.get(&place).map_or(0, Vec::len);
                (is_shifted && n_rows >= MIN_ROWS).then_some((place, (left, right)))
            })
            .collect();
        usual.indent = usual.first_indent(&body);
        usual
    }

    /// Left and right margin where `row` stands.
    pub(super) fn sides(&self, row: &Row) -> (f32, f32) {
        if let Some(frame) = row.frame {
            return frame.sides;
        }
        self.sides
            .get(&(row.page, row.column))
            .or_else(|| self.all.get(&row.column))
            .copied()
            .unwrap_or((row.start(), row.end()))
    }

    /// Whether the row is larger than the body.
    pub(super) fn is_display(&self, row: &Row) -> bool {
        row.size > self.size * 1.12
    }

    /// Whether the row stands in the middle, away from both margins.
    pub(super) fn is_centred(&self, row: &Row) -> bool {
        let (left, right) = self.sides(row);
        let (before, behind) = (row.start() - left, right - row.end());
        (before - behind).abs() < row.size * 2.0 && before > row.size * 2.5
    }

    fn first_indent(&self, body: &[&Row]) -> Option<f32> {
        let indents = body.iter().map(|row| {
            let (left, _) = self.sides(row);
            (row.start() - left) / row.size
        });
        let first: Vec<f32> = indents.filter(|ems| (1.2..4.5).contains(ems)).collect();
        (first.len() * 14 >= body.len()).then(|| median(first))
    }
}

/// The size of most characters, to a quarter point.
fn body_size(rows: &[&Row]) -> f32 {
    let mut n_by_size: BTreeMap<i32, usize> = BTreeMap::new();
    for row in rows {
        let quarters = (row.size * 4.0).round() as i32;
        *n_by_size.entry(quarters).or_default() += row.glyphs.len();
    }
    let most = n_by_size.into_iter().max_by_key(|(_, n)| *n);
    most.map_or(12.0, |(quarters, _)| quarters as f32 / 4.0)
        .max(1.0)
}

fn pitch(body: &[&Row]) -> f32 {
    let pairs = body.windows(2).filter_map(|pair| match pair {
        [above, below] if above.page == below.page && above.y > below.y => Some(above.y - below.y),
        _ => None,
    });
    median(pairs.collect())
}

/// The margins that rows keep: the outermost that several rows share.
fn sides(rows: &[&Row]) -> (f32, f32) {
    let em = median(rows.iter().map(|row| row.size).collect());
    let starts: Vec<f32> = rows.iter().map(|row| row.start()).collect();
    let ends: Vec<f32> = rows.iter().map(|row| -row.end()).collect();
    (outermost(starts, em), -outermost(ends, em))
}

fn outermost(mut positions: Vec<f32>, em: f32) -> f32 {
    positions.sort_by(f32::total_cmp);
    let needed = (positions.len() / 7).max(1);
    let shared = positions.iter().enumerate().find(|(idx, position)| {
        let last = positions.get(idx + needed);
        last.is_some_and(|last| last - **position < em * 0.6)
    });
    let position = shared.map(|(_, position)| *position);
    position.or(positions.first().copied()).unwrap_or_default()
}
