//! How the hits of a search lie in the years, and the range of years that is chosen.

use plansearch_engine::{FacetValue, YearRange};

/// Width of a column and the room for it, in units of the picture.
const COLUMN: usize = 10;

/// Height of the longest column.
const HEIGHT: usize = 38;

/// Most years that have a column each.
const MAX_YEARS: usize = 80;

/// The years of a facet.
pub(super) struct YearsView {
    /// A column for each year, empty years too.
    pub(super) bars: Vec<Bar>,
    /// Width of all columns.
    pub(super) width: usize,
    /// First year with hits.
    pub(super) first: u16,
    /// Last year with hits.
    pub(super) last: u16,
    /// First year of the range that is chosen; empty without one.
    pub(super) since: String,
    /// Last year of the range.
    pub(super) until: String,
}

/// The hits of a year as a column.
pub(super) struct Bar {
    /// Its place.
    pub(super) x: usize,
    /// Its top.
    pub(super) y: usize,
    /// Its width.
    pub(super) width: usize,
    /// Its height.
    pub(super) height: usize,
    /// Whether the year is chosen, or none is.
    pub(super) is_inside: bool,
    /// The year and its count in words.
    pub(super) label: String,
}

impl YearsView {
    /// The years that have hits; none where there are fewer than two.
    pub(super) fn new(chosen: &[String], values: &[FacetValue]) -> Option<Self> {
        let year = |value: &FacetValue| Some((value.value.parse().ok()?, value.count));
        let counts: Vec<(u16, usize)> = values.iter().filter_map(year).collect();
        let first = counts.iter().map(|(year, _)| *year).min()?;
        let last = counts.iter().map(|(year, _)| *year).max()?;
        if first == last {
            return None;
        }
        let ranges: Vec<YearRange> = chosen.iter().filter_map(|year| year.parse().ok()).collect();
        let is_inside = |year: u16| {
            let mut ranges = ranges.iter();
            chosen.is_empty() || ranges.any(|range| (range.first..=range.last).contains(&year))
        };
        let most = counts
            .iter()
            .map(|(_, count)| *count)
            .max()
            .unwrap_or(1)
            .max(1);
        let n_years = usize::from(last - first) + 1;
        let bars = (first..=last).zip(0..).map(|(year, at)| {
            let count = counts.iter().find(|(known, _)| *known == year);
            let count = count.map_or(0, |(_, count)| *count);
            // A year with hits is always seen.
            let height = (count * HEIGHT)
                .div_ceil(most)
                .max(if count > 0 { 2 } else { 0 });
            Bar {
                x: at * COLUMN + 1,
                y: HEIGHT + 2 - height,
                width: COLUMN - 2,
                height,
                is_inside: is_inside(year),
                label: format!("{year}年 {count} 段"),
            }
        });
        let bars: Vec<Bar> = bars.filter(|bar| bar.height > 0).collect();
        let range = chosen.iter().rev().find_map(|year| year.split_once(".."));
        let (since, until) = range.unwrap_or_default();
        Some(Self {
            bars: if n_years > MAX_YEARS {
                Vec::new()
            } else {
                bars
            },
            width: n_years * COLUMN,
            first,
            last,
            since: since.to_owned(),
            until: until.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_with_hits_has_a_column_and_the_range_is_known() {
        let value = |year: &str, count: usize| FacetValue {
            value: year.to_owned(),
            label: year.to_owned(),
            count,
            ..FacetValue::default()
        };
        let values = [value("2021", 400), value("2019", 1), value("2024", 3)];
        let years = YearsView::new(&["2019..2021".to_owned()], &values).unwrap();
        assert_eq!((years.first, years.last, years.width), (2019, 2024, 60));
        assert_eq!(
            (years.since.as_str(), years.until.as_str()),
            ("2019", "2021")
        );
        let bars = years.bars.iter();
        let shown: Vec<_> = bars.map(|bar| (bar.height, bar.is_inside)).collect();
        assert_eq!(shown, [(2, true), (38, true), (2, false)]);
        assert!(YearsView::new(&[], &[value("2021", 4)]).is_none());
    }
}
