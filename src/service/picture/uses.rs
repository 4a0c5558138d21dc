//! The use of terms: columns year by year; for everything else bars, and below them the
//! years of each group, small and on one scale.

use std::fmt::Write as _;

use super::{FILL, escaped, opening, shortened};
use crate::wire::{Evolution, TermUse, UseRow, YearUse};

/// Room of one year.
const YEAR: usize = 44;
/// Least width of a picture.
const MIN_WIDTH: usize = 320;
/// Height of the highest column.
const HIGHEST: usize = 120;
/// Height of the line of one bar, its label included.
const LINE: usize = 40;
/// Width of a picture of bars.
const BARS: usize = 500;
/// Most bars of a picture; the table has the others.
const MAX_BARS: usize = 40;
/// How many years before the first use have a column.
const N_BEFORE: usize = 2;
/// How many years have a column where the term is never used.
const MAX_UNUSED: usize = 20;
/// A picture of each term, in a frame of its own.
pub fn pictures(evolution: &Evolution) -> Vec<String> {
    let most = highest(evolution);
    let numbered = (1..).zip(&evolution.terms);
    numbered
        .map(|(nth, term)| picture(evolution, term, most, nth))
        .collect()
}

/// All terms below each other in one file.
pub fn file(evolution: &Evolution) -> String {
    let most = highest(evolution);
    let (mut inner, mut width, mut height) = (String::new(), 0, 0);
    for (nth, term) in (1..).zip(&evolution.terms) {
        let drawn = Drawing::of(evolution, term, most, nth);
        let _ = write!(
            inner,
            "<g transform=\"translate(0 {height})\">{}</g>",
            drawn.body
        );
        width = width.max(drawn.width);
        height += drawn.height + 16;
    }
    let title: Vec<&str> = evolution
        .terms
        .iter()
        .map(|term| term.term.as_str())
        .collect();
    let title = format!("用语沿革：{}", title.join("、"));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}{inner}</svg>\n",
        opening((width, height), &title, &describe(evolution), "0")
    )
}

/// The highest rate of all terms: pictures side by side have one scale.
fn highest(evolution: &Evolution) -> f64 {
    let rows = evolution.terms.iter().flat_map(|term| &term.rows);
    rows.filter_map(|row| row.per_10k).fold(0.0, f64::max)
}

fn picture(evolution: &Evolution, term: &TermUse, most: f64, nth: usize) -> String {
    let drawn = Drawing::of(evolution, term, most, nth);
    let title = format!("“{}”每万字次数", term.term);
    let head = opening(
        (drawn.width, drawn.height),
        &title,
        &describe_term(term),
        &nth.to_string(),
    );
    format!("{head}{}</svg>", drawn.body)
}

/// The body of a picture and its size.
struct Drawing {
    body: String,
    width: usize,
    height: usize,
}

impl Drawing {
    fn of(evolution: &Evolution, term: &TermUse, most: f64, nth: usize) -> Self {
        let heading = format!(
            "<text x=\"0\" y=\"16\" font-size=\"14\" font-weight=\"600\">“{}”每万字次数</text>",
            escaped(&term.term)
        );
        if evolution.by == "year" {
            columns(&heading, term, most, nth)
        } else {
            bars(&heading, term, most)
        }
    }
}

/// A column a year. A year without documents is hatched and says so.
fn columns(heading: &str, term: &TermUse, most: f64, nth: usize) -> Drawing {
    let (top, floor) = (44, 44 + HIGHEST);
    let rows = from_first_use(&term.rows);
    let width = (rows.len() * YEAR + 8).max(MIN_WIDTH);
    let mut body = heading.to_owned();
    let _ = write!(
        body,
        "<defs><pattern id=\"blank-{nth}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 6L6 0\" stroke=\"currentColor\" stroke-opacity=\"0.2\" stroke-width=\"1\"/></pattern></defs>"
    );
    for (at, row) in rows.iter().enumerate() {
        let x = 4 + at * YEAR;
        let middle = x + YEAR / 2;
        let label = escaped(&row.value);
        if row.documents == 0 {
            let _ = write!(
                body,
                "<rect x=\"{}\" y=\"{top}\" width=\"28\" height=\"{HIGHEST}\" fill=\"url(#blank-{nth})\"/><text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-size=\"10\">无文件</text>",
                x + 8,
                floor - 6
            );
        } else {
            let height = share(row, most, HIGHEST);
            let y = floor - height;
            let _ = write!(
                body,
                "<rect x=\"{}\" y=\"{y}\" width=\"28\" height=\"{height}\" fill=\"{FILL}\"/><text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-size=\"11\">{}</text>",
                x + 8,
                y - 4,
                rate(row)
            );
        }
        let _ = write!(
            body,
            "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{label}</text>",
            floor + 16
        );
        let _ = write!(
            body,
            "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-size=\"10\" fill-opacity=\"0.8\">{}/{}份</text>",
            floor + 31,
            row.with_term,
            row.documents
        );
    }
    let _ = write!(
        body,
        "<path d=\"M0 {floor}H{width}\" stroke=\"currentColor\" stroke-width=\"1\"/>"
    );
    Drawing {
        body,
        width,
        height: floor + 40,
    }
}

/// The years from shortly before the first use on; the table has those before, too.
fn from_first_use(rows: &[UseRow]) -> &[UseRow] {
    let first = rows.iter().position(|row| row.occurrences > 0);
    let first = first.unwrap_or_else(|| rows.len().saturating_sub(MAX_UNUSED));
    rows.get(first.saturating_sub(N_BEFORE)..).unwrap_or(rows)
}

/// A bar for each group, its name above it.
fn bars(heading: &str, term: &TermUse, most: f64) -> Drawing {
    let mut body = heading.to_owned();
    let shown = term.rows.iter().take(MAX_BARS);
    let n_shown = shown.len();
    let room = BARS - 170;
    for (at, row) in shown.enumerate() {
        let y = 28 + at * LINE;
        let width = share(row, most, room);
        let _ = write!(
            body,
            "<text x=\"0\" y=\"{}\">{}</text><rect x=\"0\" y=\"{}\" width=\"{width}\" height=\"14\" fill=\"{FILL}\"/><text x=\"{}\" y=\"{}\" font-size=\"11\">{}（{}次，{}/{}份）</text>",
            y + 12,
            escaped(&shortened(&row.label)),
            y + 18,
            width + 6,
            y + 29,
            rate(row),
            row.occurrences,
            row.with_term,
            row.documents
        );
    }
    let _ = write!(
        body,
        "<path d=\"M0 24V{}\" stroke=\"currentColor\" stroke-width=\"1\"/>",
        28 + n_shown * LINE
    );
    let mut height = 34 + n_shown * LINE;
    if term.rows.len() > n_shown {
        let _ = write!(
            body,
            "<text x=\"0\" y=\"{}\">另有 {} 项，见表</text>",
            height + 10,
            term.rows.len() - n_shown
        );
        height += 18;
    }
    multiples(&mut body, &mut height, term);
    Drawing {
        body,
        width: BARS,
        height,
    }
}

/// Most groups whose years are drawn.
const MAX_MULTIPLES: usize = 12;
/// Most years of each.
const MAX_MULTIPLE_YEARS: u16 = 20;
/// Width, height and room around the years of a group; two stand in a row.
const MULTIPLE: (usize, usize, usize) = (230, 44, 92);

/// The years of each group below its bars, all on one scale and one row of years.
fn multiples(body: &mut String, height: &mut usize, term: &TermUse) {
    let groups: Vec<&UseRow> = term
        .rows
        .iter()
        .filter(|row| row.years.iter().any(|year| year.occurrences > 0))
        .take(MAX_MULTIPLES)
        .collect();
    let all = || groups.iter().flat_map(|row| &row.years);
    let (Some(first), Some(last)) = (
        all().filter(|y| y.occurrences > 0).map(|y| y.value).min(),
        all().map(|year| year.value).max(),
    ) else {
        return;
    };
    if groups.len() < 2 || first == last {
        return;
    }
    let first = first.max(last.saturating_sub(MAX_MULTIPLE_YEARS - 1));
    let most = all().filter_map(|year| year.per_10k).fold(0.0, f64::max);
    let _ = write!(
        body,
        "<text x=\"0\" y=\"{}\" font-weight=\"600\">逐年（{first}—{last}，同一刻度，每万字次数）</text>",
        *height + 22
    );
    let (width, _, room) = MULTIPLE;
    for (at, row) in groups.iter().enumerate() {
        let x = (at % 2) * (width + 40);
        let y = *height + 34 + (at / 2) * room;
        years_of(body, (x, y), row, first..=last, most);
    }
    *height += 40 + groups.len().div_ceil(2) * room;
}

/// The years of one group: a column a year, its number above the highest one; a year
/// without documents is a gap in the line below.
fn years_of(
    body: &mut String,
    (x, y): (usize, usize),
    row: &UseRow,
    years: std::ops::RangeInclusive<u16>,
    most: f64,
) {
    let (width, highest, _) = MULTIPLE;
    let step = width / years.clone().count().max(1);
    let floor = y + 28 + highest;
    let _ = write!(
        body,
        "<text x=\"{x}\" y=\"{}\" font-size=\"11\">{}</text>",
        y + 12,
        escaped(&plansearch_text::span::shorten(
            &row.label,
            MAX_MULTIPLE_LABEL
        ))
    );
    let of = |value: u16| row.years.iter().find(|year| year.value == value);
    let best = row.years.iter().max_by(|one, two| {
        let rate = |year: &YearUse| year.per_10k.unwrap_or(0.0);
        rate(one).total_cmp(&rate(two))
    });
    for (nth, value) in years.clone().enumerate() {
        let Some(year) = of(value).filter(|year| year.documents > 0) else {
            continue;
        };
        let left = x + nth * step;
        let rate = year.per_10k.unwrap_or(0.0);
        let height = scaled(rate, most, highest, year.occurrences > 0);
        let _ = write!(
            body,
            "<path d=\"M{left} {floor}h{}\" stroke=\"currentColor\" stroke-width=\"1\"/><rect x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{height}\" fill=\"{FILL}\"><title>{value}年：{}次，每万字{rate:.2}</title></rect>",
            step.saturating_sub(2).max(1),
            floor - height,
            step.saturating_sub(2).max(1),
            year.occurrences
        );
        if best == Some(year) {
            let _ = write!(
                body,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"10\">{value}：{rate:.2}</text>",
                (left + step / 2).clamp(x + 28, x + width - 28),
                floor - height - 3
            );
        }
    }
}

/// Longest name of a group above its years, in characters.
const MAX_MULTIPLE_LABEL: usize = 16;

/// The part of `room` that a rate takes; what is used at all is seen.
fn share(row: &UseRow, most: f64, room: usize) -> usize {
    scaled(row.per_10k.unwrap_or(0.0), most, room, row.occurrences > 0)
}

fn scaled(rate: f64, most: f64, room: usize, is_used: bool) -> usize {
    if rate <= 0.0 || most <= 0.0 {
        return usize::from(is_used);
    }
    ((rate / most * room as f64).round() as usize).clamp(1, room)
}

fn rate(row: &UseRow) -> String {
    row.per_10k
        .map_or_else(String::new, |rate| format!("{rate:.2}"))
}

fn describe(evolution: &Evolution) -> String {
    let terms = evolution.terms.iter().map(describe_term);
    terms.collect::<Vec<_>>().join("；")
}

/// The picture in words.
fn describe_term(term: &TermUse) -> String {
    let rows: Vec<String> = term
        .rows
        .iter()
        .take(MAX_BARS)
        .map(|row| {
            if row.documents == 0 {
                format!("{}：无文件", row.label)
            } else {
                format!("{}：{}次，每万字{}", row.label, row.occurrences, rate(row))
            }
        })
        .collect();
    format!("“{}”，{}", term.term, rows.join("，"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: &str, documents: usize, occurrences: usize) -> UseRow {
        UseRow {
            value: value.to_owned(),
            label: value.to_owned(),
            documents,
            with_term: usize::from(occurrences > 0),
            passages: occurrences,
            occurrences,
            characters: documents * 10_000,
            per_10k: (documents > 0).then(|| occurrences as f64 / documents as f64),
            years: Vec::new(),
        }
    }

    fn evolution(by: &'static str) -> Evolution {
        let rows = vec![
            row("2019", 1, 3),
            row("2020", 0, 0),
            row("2021 <&>\u{1}", 2, 0),
        ];
        let term = TermUse {
            term: "海河\"联运".to_owned(),
            total: row("合计", 3, 3),
            rows,
            first: None,
            last: None,
            without: Vec::new(),
        };
        Evolution {
            by,
            terms: vec![term.clone(), term],
            undated: Vec::new(),
        }
    }

    #[test]
    fn a_year_without_documents_says_so() {
        let picture = pictures(&evolution("year")).remove(0);
        assert!(
            picture.contains("无文件") && picture.contains(">3.00<"),
            "{picture}"
        );
        assert!(picture.contains("role=\"img\"") && picture.contains("<desc"));
    }

    #[test]
    fn the_years_of_each_group_stand_on_one_scale() {
        let year = |value, occurrences| YearUse {
            value,
            documents: 1,
            occurrences,
            per_10k: Some(occurrences as f64),
        };
        let mut evolution = evolution("region");
        for (nth, row) in evolution.terms[0].rows.iter_mut().enumerate() {
            row.years = vec![year(2019, 0), year(2020, 2 + nth), year(2022, 8)];
        }
        let picture = pictures(&evolution).remove(0);
        assert!(picture.contains("2020—2022"), "{picture}");
        assert_eq!(picture.matches("2022：8.00").count(), 3, "{picture}");
        assert!(!pictures(&evolution).remove(1).contains("逐年"));
    }

    #[test]
    fn equal_data_gives_equal_bytes_and_marks_are_escaped() {
        for by in ["year", "region"] {
            let evolution = evolution(by);
            let file = file(&evolution);
            assert_eq!(file, super::file(&evolution));
            assert!(file.contains("2021 &lt;&amp;&gt;") && !file.contains('\u{1}'));
        }
    }
}
