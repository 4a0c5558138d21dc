//! Tables by their rules.
//!
//! Lines that touch make a grid; a border that is missing between two slots of
//! the grid makes them one cell. A cell merged over rows has its
//! text in each of them, and every row has the same number of cells.
//! A frame around text is no table.

use super::page::{Glyph, Page, Rule};
use super::{rows, spacing};
use plansearch_document::{Merged, RawCell, RawRow};

/// Lines so near touch, in points.
const TOUCH: f32 = 3.0;
const MIN_RULE_POINTS: f32 = 6.0;
const MAX_COLUMNS: usize = 64;
const MAX_ROWS: usize = 512;
const MIN_FILLED_CELLS: usize = 3;

/// A table and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ruled {
    /// Its upper border.
    pub(super) top: f32,
    /// Cells of each row.
    pub(super) rows: Vec<RawRow>,
}

/// Takes the tables out of a page; gives them with the glyphs that are left.
pub(super) fn take(page: &Page) -> (Vec<Ruled>, Vec<Glyph>) {
    let mut glyphs = page.glyphs.clone();
    let mut tables = Vec::new();
    for group in groups(&page.rules) {
        let Some(grid) = Grid::of(&group) else {
            continue;
        };
        let (inside, outside): (Vec<Glyph>, Vec<Glyph>) =
            glyphs.iter().partition(|glyph| grid.slot(glyph).is_some());
        let rows = grid.rows(page.number, &inside);
        let n_filled = rows
            .iter()
            .flat_map(|row| &row.cells)
            .filter(|cell| cell.merged == Merged::No && !cell.text.is_empty())
            .count();
        if n_filled >= MIN_FILLED_CELLS {
            glyphs = outside;
            let top = grid.ys.first().copied().unwrap_or_default();
            tables.push(Ruled { top, rows });
        }
    }
    (tables, glyphs)
}

/// Rules that touch each other, directly or through others.
pub(super) fn groups(rules: &[Rule]) -> Vec<Vec<Rule>> {
    let mut open: Vec<Rule> = rules
        .iter()
        .filter(|rule| (rule.x.1 - rule.x.0).max(rule.y.1 - rule.y.0) >= MIN_RULE_POINTS)
        .copied()
        .collect();
    let mut groups = Vec::new();
    while let Some(first) = open.pop() {
        let mut group = vec![first];
        let mut next = 0;
        while let Some(rule) = group.get(next).copied() {
            next += 1;
            let (touching, apart): (Vec<Rule>, Vec<Rule>) =
                open.iter().partition(|other| touches(&rule, other));
            group.extend(touching);
            open = apart;
        }
        groups.push(group);
    }
    groups
}

fn touches(a: &Rule, b: &Rule) -> bool {
    let overlap = |a: (f32, f32), b: (f32, f32)| a.0 - TOUCH <= b.1 && b.0 - TOUCH <= a.1;
    overlap(a.x, b.x) && overlap(a.y, b.y)
}

struct Grid {
    /// Upright borders from left to right.
    xs: Vec<f32>,
    /// Level borders from top to bottom.
    ys: Vec<f32>,
    rules: Vec<Rule>,
}

impl Grid {
    fn of(rules: &[Rule]) -> Option<Self> {
        let left = rules
            .iter()
            .map(|rule| rule.x.0)
            .fold(f32::INFINITY, f32::min);
        let right = rules
            .iter()
            .map(|rule| rule.x.1)
            .fold(f32::NEG_INFINITY, f32::max);
        let (level, upright): (Vec<Rule>, Vec<Rule>) =
            rules.iter().partition(|rule| rule.is_level());
        let middle = |(low, high): (f32, f32)| f32::midpoint(low, high);
        // Tables may be open at the sides.
        let sides = [left, right].into_iter();
        let xs = distinct(
            upright
                .iter()
                .map(|rule| middle(rule.x))
                .chain(sides)
                .collect(),
        );
        let mut ys = distinct(level.iter().map(|rule| middle(rule.y)).collect());
        ys.reverse();
        let is_table = (3..=MAX_COLUMNS).contains(&xs.len())
            && (2..=MAX_ROWS).contains(&ys.len())
            && !upright.is_empty();
        is_table.then(|| Self {
            xs,
            ys,
            rules: rules.to_vec(),
        })
    }

    fn slot(&self, glyph: &Glyph) -> Option<(usize, usize)> {
        let x = glyph.x + glyph.width / 2.0;
        let y = glyph.y + glyph.size * 0.3;
        let column = self
            .xs
            .windows(2)
            .position(|pair| pair[0] <= x && x < pair[1])?;
        let row = self
            .ys
            .windows(2)
            .position(|pair| pair[1] <= y && y < pair[0])?;
        Some((row, column))
    }

    fn rows(&self, page: usize, glyphs: &[Glyph]) -> Vec<RawRow> {
        let (n_rows, n_columns) = (self.ys.len() - 1, self.xs.len() - 1);
        let owners = self.owners(n_rows, n_columns);
        let mut glyphs_of = vec![Vec::new(); n_rows * n_columns];
        for glyph in glyphs {
            let Some((row, column)) = self.slot(glyph) else {
                continue;
            };
            let owner = owners.get(row * n_columns + column).copied();
            if let Some(owned) = owner.and_then(|owner| glyphs_of.get_mut(owner)) {
                owned.push(*glyph);
            }
        }
        let cells: Vec<String> = glyphs_of.iter().map(|glyphs| cell(page, glyphs)).collect();
        let cell = |slot: usize| {
            let owner = owners.get(slot).copied().unwrap_or(slot);
            let (is_above, is_first) = (
                owner / n_columns < slot / n_columns,
                owner % n_columns == slot % n_columns,
            );
            RawCell {
                text: cells
                    .get(owner)
                    .filter(|_| is_first)
                    .cloned()
                    .unwrap_or_default(),
                merged: match (is_above, is_first) {
                    (true, _) => Merged::Above,
                    (false, true) => Merged::No,
                    (false, false) => Merged::Left,
                },
            }
        };
        let holds = |row: &usize| {
            let slots = row * n_columns..(row + 1) * n_columns;
            cells
                .get(slots)
                .is_some_and(|row| row.iter().any(|cell| !cell.is_empty()))
        };
        let row = |row: usize| RawRow {
            cells: (row * n_columns..(row + 1) * n_columns).map(cell).collect(),
            is_head: false,
        };
        (0..n_rows).filter(holds).map(row).collect()
    }

    /// For each slot the first slot of its cell.
    fn owners(&self, n_rows: usize, n_columns: usize) -> Vec<usize> {
        let mut owners: Vec<usize> = (0..n_rows * n_columns).collect();
        for slot in 0..owners.len() {
            let (row, column) = (slot / n_columns, slot % n_columns);
            let before = column > 0 && !self.has_upright(row, column);
            let above = row > 0 && !self.has_level(row, column);
            let neighbours = [
                (before, slot.wrapping_sub(1)),
                (above, slot.wrapping_sub(n_columns)),
            ];
            for (is_open, neighbour) in neighbours {
                let Some(owner) = owners.get(neighbour).copied().filter(|_| is_open) else {
                    continue;
                };
                let own = owners[slot];
                let (first, second) = (own.min(owner), own.max(owner));
                for any in owners.iter_mut().filter(|any| **any == second) {
                    *any = first;
                }
            }
        }
        owners
    }

    /// Whether a border stands left of the slot.
    fn has_upright(&self, row: usize, column: usize) -> bool {
        let x = self.xs[column];
        let y = f32::midpoint(self.ys[row], self.ys[row + 1]);
        self.rules.iter().any(|rule| {
            !rule.is_level()
                && (rule.x.0 - x).abs() <= TOUCH * 1.5
                && rule.y.0 <= y
                && y <= rule.y.1
        })
    }

    /// Whether a border stands above the slot.
    fn has_level(&self, row: usize, column: usize) -> bool {
        let x = f32::midpoint(self.xs[column], self.xs[column + 1]);
        let y = self.ys[row];
        self.rules.iter().any(|rule| {
            rule.is_level() && (rule.y.0 - y).abs() <= TOUCH * 1.5 && rule.x.0 <= x && x <= rule.x.1
        })
    }
}

/// Sorted positions, near ones as one.
pub(super) fn distinct(mut positions: Vec<f32>) -> Vec<f32> {
    positions.sort_by(f32::total_cmp);
    positions.dedup_by(|later, kept| *later - *kept <= TOUCH);
    positions
}

fn cell(page: usize, glyphs: &[Glyph]) -> String {
    let mut text = String::new();
    for row in rows::of(page, glyphs) {
        spacing::join(&mut text, &row.text());
    }
    text
}
