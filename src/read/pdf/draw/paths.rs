//! What is drawn, as far as it may be a line of a table: thin boxes and straight
//! strokes along one of the axes.

use super::super::page::Rule;
use super::matrix::Matrix;
use super::placed::{MAX_POSITION, turned};

/// Rules are no thicker.
const MAX_RULE_POINTS: f64 = 3.0;
/// A stroke that leaves its axis further is slanted.
const MAX_SLANT_POINTS: f64 = 1.0;
/// Pages with more lines are drawings.
const MAX_RULES: usize = 5_000;
/// Paths with more corners are drawings.
const MAX_POINTS: usize = 100_000;

type Point = (f64, f64);

/// The paths of a page.
#[derive(Debug, Default)]
pub(in crate::pdf) struct Paths {
    /// The parts of the current path; none of a part with curves.
    parts: Vec<Part>,
    n_points: usize,
    /// Two corners of each rule.
    rules: Vec<(Point, Point)>,
    is_drawing: bool,
}

#[derive(Debug, Default)]
struct Part {
    points: Vec<Point>,
    is_curved: bool,
    is_closed: bool,
}

impl Paths {
    /// Begins a part of the path.
    pub(super) fn move_to(&mut self, point: Point, matrix: &Matrix) {
        self.parts.push(Part::default());
        self.line_to(point, matrix);
    }

    /// A straight line from the last point.
    pub(super) fn line_to(&mut self, point: Point, matrix: &Matrix) {
        self.n_points += 1;
        if self.n_points > MAX_POINTS {
            self.parts.clear();
            return;
        }
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        if let Some(part) = self.parts.last_mut() {
            part.points.push(matrix.apply(point));
        }
    }

    /// A curve from the last point.
    pub(super) fn curve_to(&mut self, point: Point, matrix: &Matrix) {
        self.line_to(point, matrix);
        if let Some(part) = self.parts.last_mut() {
            part.is_curved = true;
        }
    }

    /// A line back to where the part began.
    pub(super) fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.is_closed = true;
        }
    }

    /// A box.
    pub(super) fn rectangle(&mut self, (x, y): Point, (width, height): Point, matrix: &Matrix) {
        self.move_to((x, y), matrix);
        self.line_to((x + width, y), matrix);
        self.line_to((x + width, y + height), matrix);
        self.line_to((x, y + height), matrix);
        self.close();
    }

    /// Draws the path and forgets it.
    pub(super) fn paint(&mut self, is_stroked: bool, is_filled: bool) {
        let parts = std::mem::take(&mut self.parts);
        self.n_points = 0;
        for part in parts.iter().filter(|part| !part.is_curved) {
            if is_stroked {
                self.stroke(part);
            }
            if is_filled {
                self.fill(part);
            }
        }
    }

    fn stroke(&mut self, part: &Part) {
        let mut corners = part.points.clone();
        if part.is_closed {
            corners.extend(part.points.first());
        }
        for pair in corners.windows(2) {
            if let [from, to] = pair {
                let (across, up) = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
                if across.min(up) <= MAX_SLANT_POINTS {
                    self.push(*from, *to);
                }
            }
        }
    }

    fn fill(&mut self, part: &Part) {
        let Some(first) = part.points.first() else {
            return;
        };
        let (mut low, mut high) = (*first, *first);
        for (x, y) in &part.points {
            low = (low.0.min(*x), low.1.min(*y));
            high = (high.0.max(*x), high.1.max(*y));
        }
        if (high.0 - low.0).min(high.1 - low.1) <= MAX_RULE_POINTS {
            self.push(low, high);
        }
    }

    fn push(&mut self, from: Point, to: Point) {
        let is_placed = [from.0, from.1, to.0, to.1]
            .iter()
            .all(|position| position.is_finite() && position.abs() < MAX_POSITION);
        if self.rules.len() >= MAX_RULES {
            self.is_drawing = true;
        } else if is_placed {
            self.rules.push((from, to));
        }
    }

    /// The rules on the page turned back by `turn`; none of a drawing.
    pub(in crate::pdf) fn rules(&self, turn: u8) -> Vec<Rule> {
        if self.is_drawing {
            return Vec::new();
        }
        let upright = |(from, to): &(Point, Point)| {
            let ((ax, ay), (bx, by)) = (turned(*from, turn), turned(*to, turn));
            Rule {
                x: (ax.min(bx) as f32, ax.max(bx) as f32),
                y: (ay.min(by) as f32, ay.max(by) as f32),
            }
        };
        self.rules.iter().map(upright).collect()
    }
}
