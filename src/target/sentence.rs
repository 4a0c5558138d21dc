//! A sentence with its times and figures, and the borders within it.

use plansearch_figure::DateMention;

use super::amounts::Placed;
use super::facts::Facts;
use super::line::{Line, is_border};
use super::times::{Time, times};

/// The longest name, in characters.
pub(crate) const MAX_NAME: usize = 60;

/// A sentence with its times and figures.
pub(crate) struct Sentence<'a> {
    pub(crate) line: &'a Line<'a>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) facts: &'a Facts,
    pub(crate) times: Vec<Time>,
    pub(crate) placed: Vec<Placed>,
}

/// What was read of one figure, for those behind it.
pub(crate) struct Read {
    pub(crate) names: Vec<String>,
    pub(crate) end: usize,
}

impl<'a> Sentence<'a> {
    pub(crate) fn new(
        line: &'a Line<'a>,
        start: usize,
        end: usize,
        dates: &[DateMention],
        placed: &[Placed],
        facts: &'a Facts,
    ) -> Self {
        let placed: Vec<Placed> = placed
            .iter()
            .filter(|placed| start <= placed.start && placed.end <= end)
            .cloned()
            .collect();
        Self {
            line,
            start,
            end,
            facts,
            times: times(line, start, end, dates, facts),
            placed,
        }
    }

    /// Where the words of a figure begin: behind the figure or the border before it.
    pub(crate) fn border(&self, at: usize) -> usize {
        let Some(placed) = self.placed.get(at) else {
            return self.start;
        };
        let before = at.checked_sub(1).and_then(|at| self.placed.get(at));
        let least = before.map_or(self.start, |before| before.end);
        let mut start = placed.start;
        while start > least && !is_border(self.line.before(start)) {
            start -= 1;
        }
        start.max(least)
    }

    pub(crate) fn border_of_clause(&self, at: usize) -> usize {
        let mut start = at;
        while start > self.start && !is_border(self.line.before(start)) {
            start -= 1;
        }
        start
    }
}
