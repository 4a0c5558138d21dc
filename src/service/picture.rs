//! Pictures of the use of terms as SVG: columns year by year, bars for everything else.
//!
//! No script and no style sheet: a picture is the same inside a page, in a file and on
//! paper. Every number is written beside its mark and in the table of the page, so that
//! colour says nothing alone. Equal data gives equal bytes.

use std::fmt::Write as _;

use super::wire::{Evolution, TermUse, UseRow};
use super::xml::legal;

/// Room of one year.
const YEAR: usize = 44;
/// Least width of a picture.
const MIN_WIDTH: usize = 320;
/// Height of the highest column.
const HIGHEST: usize = 120;
/// Height of the line of one bar, its label included.
const LINE: usize = 40;
/// Width of a picture of bars.
const BARS: usize = 440;
/// Most bars of a picture; the table has the others.
const MAX_BARS: usize = 40;
/// How many years before the first use have a column.
const N_BEFORE: usize = 2;
/// How many years have a column where the term is never used.
const MAX_UNUSED: usize = 20;
/// What columns and bars are filled with: a blue that stands out on white and on black.
const FILL: &str = "#3f7fb5";
const FONT: &str =
    "font-family=\"Noto Sans CJK SC,Noto Sans SC,PingFang SC,Microsoft YaHei,sans-serif\"";

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

fn opening((width, height): (usize, usize), title: &str, description: &str, nth: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"picture-{nth}-title picture-{nth}-desc\" fill=\"currentColor\" {FONT} font-size=\"12\"><title id=\"picture-{nth}-title\">{}</title><desc id=\"picture-{nth}-desc\">{}</desc>",
        escaped(title),
        escaped(description)
    )
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
    let room = BARS - 110;
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
    Drawing {
        body,
        width: BARS,
        height,
    }
}

/// The part of `room` that a rate takes; what is used at all is seen.
fn share(row: &UseRow, most: f64, room: usize) -> usize {
    let rate = row.per_10k.unwrap_or(0.0);
    if rate <= 0.0 || most <= 0.0 {
        return usize::from(row.occurrences > 0);
    }
    ((rate / most * room as f64).round() as usize).clamp(1, room)
}

fn rate(row: &UseRow) -> String {
    row.per_10k
        .map_or_else(String::new, |rate| format!("{rate:.2}"))
}

/// Longest label of a bar, in characters.
const MAX_LABEL: usize = 34;

fn shortened(label: &str) -> String {
    plansearch_text::span::shorten(label, MAX_LABEL)
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

/// Text inside XML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in legal(text).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
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
    fn equal_data_gives_equal_bytes_and_marks_are_escaped() {
        for by in ["year", "region"] {
            let evolution = evolution(by);
            let file = file(&evolution);
            assert_eq!(file, super::file(&evolution));
            assert!(file.contains("2021 &lt;&amp;&gt;") && !file.contains('\u{1}'));
        }
    }
}
