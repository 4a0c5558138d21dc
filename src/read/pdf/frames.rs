//! Frames around text: borders on four sides and no columns between them.
//!
//! A row in a frame keeps the margins of the frame, and no paragraph runs over its
//! border. A frame that goes on at the top of the next page is one with it.

use super::page::{Frame, Rule};
use super::rows::Row;
use super::ruled;

/// A narrower frame is a field or a mark.
const MIN_WIDTH_POINTS: f32 = 120.0;
/// Text touches the border by so much.
const SLACK_POINTS: f32 = 2.0;

/// Where a frame stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    x: (f32, f32),
    y: (f32, f32),
}

/// The frames among the rules of a page.
pub(super) fn of(rules: &[Rule]) -> Vec<Area> {
    ruled::groups(rules)
        .iter()
        .filter_map(|group| area(group))
        .collect()
}

fn area(group: &[Rule]) -> Option<Area> {
    let (level, upright): (Vec<Rule>, Vec<Rule>) = group.iter().partition(|rule| rule.is_level());
    let middle = |(low, high): (f32, f32)| f32::midpoint(low, high);
    let xs = ruled::distinct(upright.iter().map(|rule| middle(rule.x)).collect());
    let ys = ruled::distinct(level.iter().map(|rule| middle(rule.y)).collect());
    let [left, right] = xs[..] else { return None };
    let (low, high) = (*ys.first()?, *ys.last()?);
    let is_frame = ys.len() > 1 && right - left >= MIN_WIDTH_POINTS;
    is_frame.then_some(Area {
        x: (left, right),
        y: (low, high),
    })
}

impl Area {
    fn holds(&self, row: &Row) -> bool {
        let y = row.y + row.size * 0.3;
        let is_inside = self.y.0 < y && y < self.y.1;
        is_inside && row.start() > self.x.0 - SLACK_POINTS && row.end() < self.x.1 + SLACK_POINTS
    }

    /// The margins of the rows in it.
    fn sides(&self, rows: &[Row]) -> (f32, f32) {
        let inside = || rows.iter().filter(|row| self.holds(row));
        let left = inside().map(Row::start).fold(f32::INFINITY, f32::min);
        let end = inside().map(Row::end).fold(f32::NEG_INFINITY, f32::max);
        let em = inside().map(|row| row.size).fold(0.0, f32::max);
        // No row may reach the margin; it is as far from the border as on the left.
        let padding = (left - self.x.0).clamp(0.0, em);
        (left, end.max(self.x.1 - padding))
    }
}

/// Notes at each row the frame that it stands in.
pub(super) fn mark(pages: &mut [Vec<Row>], areas: &[Vec<Area>]) {
    let mut n_frames = 0;
    let mut last: Option<usize> = None;
    for (rows, areas) in pages.iter_mut().zip(areas) {
        let sides: Vec<(f32, f32)> = areas.iter().map(|area| area.sides(rows)).collect();
        let mut numbers: Vec<Option<usize>> = vec![None; areas.len()];
        for (nth, row) in rows.iter_mut().enumerate() {
            let Some(at) = areas.iter().position(|area| area.holds(row)) else {
                last = None;
                continue;
            };
            let goes_on = last.filter(|_| nth == 0);
            let number = numbers[at].or(goes_on).unwrap_or(n_frames);
            n_frames += usize::from(number == n_frames);
            numbers[at] = Some(number);
            last = Some(number);
            row.frame = Some(Frame {
                number,
                sides: sides[at],
            });
        }
    }
}
