//! What the figures of a sentence are of: names in front and behind, lists of names, and
//! what a figure shares with the one before.

use plansearch_figure::Measure;

use super::amounts::Placed;
use super::names;
use super::phrase::{self, Front};
use super::sentence::{MAX_NAME, Read, Sentence};

impl Sentence<'_> {
    pub(crate) fn names(&self, at: usize, front: &Front, read: &[Read]) -> Option<Vec<String>> {
        let placed = self.placed.get(at)?;
        let name = shortened(self.line.slice(front.start, front.end).trim());
        if let Some(names) = self.respective(at, read) {
            return Some(names);
        }
        let is_closed = phrase::is_closed(self.line, placed.end);
        let is_listed = name.ends_with('等') || name.ends_with("个");
        let is_in_front = name.chars().count() > 1
            && !is_listed
            && (is_closed || front.is_attained || phrase::is_indicator(name) || placed.is_word);
        if is_in_front {
            let is_of_before = [
                "占", "高于", "低于", "快于", "好于", "优于", "增速", "居", "其",
            ]
            .iter()
            .any(|word| name.starts_with(word) && name.chars().count() <= word.chars().count() + 5);
            if let Some(before) = read.last().filter(|_| is_of_before) {
                return Some(
                    before
                        .names
                        .iter()
                        .map(|of| format!("{of}{name}"))
                        .collect(),
                );
            }
            return Self::of_front(name, placed);
        }
        if placed.is_word {
            return None;
        }
        if !is_closed {
            let name = self.name_behind(at);
            if name.chars().count() >= 2 {
                return Some(vec![name]);
            }
        }
        if name.chars().count() > 1 && !is_listed {
            return Self::of_front(name, placed);
        }
        // No words of its own: the figure is of what the one before is of.
        let before = read.last()?;
        let between = self.line.slice(before.end, placed.start);
        (!between.contains([';', '；', '。'])).then(|| before.names.clone())
    }

    /// 分别: the figure of a row of figures belongs to the name at its place.
    fn respective(&self, at: usize, read: &[Read]) -> Option<Vec<String>> {
        let first = self.first_of_row(at);
        let opening = self.placed.get(first)?;
        let least = self.border(first);
        let front = phrase::front(self.line, least, opening.start, &self.times);
        let n = self.row_length(first);
        if front.is_empty() && n > 1 && read.len() >= n {
            // 分别从A、B提高到C、D: the names of the row before.
            let before = read.get(read.len() - n)?;
            return front.is_attained.then(|| before.names.clone());
        }
        if !front.is_respective || front.is_empty() {
            return None;
        }
        let items = names::exactly(self.line.slice(front.start, front.end), n)?;
        let names = names::completed(&items);
        let name = names.get(at - first)?.trim().to_owned();
        (!name.is_empty()).then(|| vec![name])
    }

    /// The first figure of the row that a figure stands in: parted by 、, 和 and nothing else.
    fn first_of_row(&self, at: usize) -> usize {
        let mut first = at;
        while first > 0 && self.is_row(first - 1) {
            first -= 1;
        }
        first
    }

    fn row_length(&self, first: usize) -> usize {
        let mut n = 1;
        while self.is_row(first + n - 1) {
            n += 1;
        }
        n
    }

    /// Says whether nothing but a joining mark stands behind a figure and before the next.
    fn is_row(&self, at: usize) -> bool {
        match (self.placed.get(at), self.placed.get(at + 1)) {
            (Some(one), Some(two)) => matches!(
                self.line.slice(one.end, two.start),
                "、" | "和" | "与" | "及" | "，" | ","
            ),
            _ => false,
        }
    }

    /// The name or names in front of a figure.
    fn of_front(name: &str, placed: &Placed) -> Option<Vec<String>> {
        let items = names::items(name);
        let is_rate = matches!(
            placed.measure,
            Measure::Growth | Measure::Share | Measure::Points
        ) || placed.amount.unit == "%";
        if items.len() > 1 {
            let last = items.last()?;
            if let Some((_, tail)) = last.split_once('等')
                && tail.chars().count() >= 2
            {
                return one(tail);
            }
            if is_rate && !placed.is_word {
                let are_indicators = items.iter().all(|item| phrase::is_indicator(item));
                return if are_indicators {
                    Some(items.iter().map(|item| item.trim().to_owned()).collect())
                } else {
                    one(last)
                };
            }
            return if name.chars().count() > MAX_NAME / 2 {
                one(last)
            } else {
                one(name)
            };
        }
        if is_rate
            && let Some((a, b)) = name.split_once('和')
            && phrase::is_indicator(a)
            && phrase::is_indicator(b)
        {
            return Some(vec![a.to_owned(), b.to_owned()]);
        }
        match name.split_once('等') {
            Some((_, tail)) if tail.chars().count() >= 4 && name.chars().count() > 12 => one(tail),
            _ => one(name),
        }
    }

    /// The name behind a figure, with what a list of such names shares.
    fn name_behind(&self, at: usize) -> String {
        let Some(placed) = self.placed.get(at) else {
            return String::new();
        };
        let limit = self.placed.get(at + 1).map_or(self.end, |next| next.start);
        let (start, stop) = phrase::behind(self.line, placed.end, limit);
        let name = self.line.slice(start, stop).trim();
        let is_adjective = name.chars().count() <= 4 && name.ends_with(['级', '类', '型']);
        if is_adjective && self.line.at(stop) == '、' && self.placed.get(at + 1).is_some() {
            let next = self.name_behind(at + 1);
            let tail = next
                .split_once('级')
                .map_or(next.as_str(), |(_, tail)| tail);
            return format!("{name}{tail}");
        }
        let longest: String = name.chars().take(MAX_NAME).collect();
        longest
    }
}

/// The name in front of words that tell how it went: 地区生产总值|连续迈上….
fn shortened(name: &str) -> &str {
    let stops = ["连续迈上", "连续跨", "连跨", "连续突破", "首次", "率先"];
    let stop = stops
        .iter()
        .filter_map(|word| name.find(word))
        .filter(|at| *at > 3)
        .min();
    stop.and_then(|at| name.get(..at)).unwrap_or(name)
}

fn one(name: &str) -> Option<Vec<String>> {
    let name = name.trim();
    (name.chars().count() >= 2).then(|| vec![name.to_owned()])
}
