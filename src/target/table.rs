//! Targets in the rows of tables of indicators.

use plansearch_figure::{Comparator, Decimal, Interval, Measure, Unit, scan};
use plansearch_text::Span;

use super::facts::Facts;
use super::head::{Column, Role, Value, columns};
use super::piece::Row;
use super::target::{Amount, Binding, Horizon, Origin, Target};

/// The targets of a row; none where the table is no table of indicators.
pub(crate) fn targets(text: &str, row: &Row<'_>, facts: &Facts) -> Vec<Target> {
    let Some(columns) = columns(row.head, row.caption, facts) else {
        return Vec::new();
    };
    let spans = spans(text, row.cells);
    if row.is_damaged || row.cells.len() != columns.len() {
        return damaged(row, &columns, &spans).into_iter().collect();
    }
    let whole = WholeRow {
        cells: row.cells,
        columns: &columns,
        spans: &spans,
    };
    whole.targets()
}

/// Where the cells stand in the text of the row.
fn spans(text: &str, cells: &[String]) -> Vec<Span> {
    let mut at = 0;
    let mut spans = Vec::with_capacity(cells.len());
    for cell in cells {
        let cell = cell.trim();
        let rest = text.get(at..).unwrap_or_default();
        let found = Some(cell).filter(|cell| !cell.is_empty());
        match found.and_then(|cell| rest.find(cell)) {
            Some(start) => {
                let span = Span::new(at + start, at + start + cell.len());
                at = span.end;
                spans.push(span);
            }
            None => spans.push(Span::new(at, at)),
        }
    }
    spans
}

/// A whole row.
struct WholeRow<'a> {
    cells: &'a [String],
    columns: &'a [Column],
    spans: &'a [Span],
}

impl WholeRow<'_> {
    fn targets(&self) -> Vec<Target> {
        let (name, unit_of_name) = self.name();
        if name.is_empty() || name.chars().all(|c| !c.is_alphabetic()) {
            return Vec::new();
        }
        let unit = self
            .first(Column::Unit)
            .or(unit_of_name)
            .unwrap_or_default();
        let binding = self
            .first(Column::Binding)
            .and_then(|cell| Binding::from_name(&cell));
        let mut found = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let Column::Value(value) = column else {
                continue;
            };
            let cell = self.cells.get(at).map_or("", |cell| cell.trim());
            if value.role == Role::Base || is_empty(cell) {
                continue;
            }
            found.push(self.target(&name, &unit, binding, at, *value));
        }
        found
    }

    fn target(
        &self,
        name: &str,
        unit: &str,
        binding: Option<Binding>,
        at: usize,
        value: Value,
    ) -> Target {
        let cell = self.cells.get(at).map_or("", |cell| cell.trim());
        let is_mean = value.is_annual_mean || name.contains("年均");
        let unit = if value.is_annual_mean { "%" } else { unit };
        let in_brackets = cell.starts_with(['[', '〔', '【', '［']);
        let (amount, base) = (amount(cell, unit), self.base(&value, unit));
        let years = self.years(&value, is_mean || in_brackets);
        Target {
            name: name.to_owned(),
            unit: Some(unit.to_owned()),
            measure: measure(name, unit, value.is_annual_mean && !in_brackets),
            amount,
            is_annual_mean: is_mean && !in_brackets,
            is_cumulative: value.is_cumulative || in_brackets,
            year: years.1,
            from_year: years.0,
            base_value: base.map(|(value, _)| value),
            base_year: base.and_then(|(_, year)| year),
            horizon: if value.role == Role::Target {
                Horizon::Target
            } else {
                Horizon::Done
            },
            binding,
            subject: None,
            is_damaged: false,
            span: self.spans.get(at).copied().unwrap_or(Span::new(0, 0)),
            origin: Origin::Table,
        }
    }

    /// The first and last year; a mean is of all years behind the base or of the period.
    fn years(&self, value: &Value, is_span: bool) -> (Option<u16>, Option<u16>) {
        if !is_span {
            return (value.from_year, value.year);
        }
        let behind_base = self
            .base_column(value)
            .and_then(|(_, year)| year)
            .map(|year| year + 1);
        let of_period = value.from_year;
        let five = value.year.and_then(|year| year.checked_sub(4));
        (of_period.or(behind_base).or(five), value.year)
    }

    /// The column that a value is compared with: the last one before its year.
    fn base_column(&self, value: &Value) -> Option<(usize, Option<u16>)> {
        let mut best: Option<(usize, Option<u16>)> = None;
        for (at, column) in self.columns.iter().enumerate() {
            if let Column::Value(base) = column
                && base.role == Role::Base
                && !base.is_annual_mean
                && base.year < value.year
                && best.is_none_or(|(_, year)| year <= base.year)
            {
                best = Some((at, base.year));
            }
        }
        best
    }

    fn base(&self, value: &Value, unit: &str) -> Option<(Decimal, Option<u16>)> {
        let (at, year) = self.base_column(value)?;
        let amount = amount(self.cells.get(at)?.trim(), unit)?;
        Some((amount.value()?, year))
    }

    /// The cell of the first column of a kind.
    fn first(&self, kind: Column) -> Option<String> {
        let at = self.columns.iter().position(|column| *column == kind)?;
        let cell = self.cells.get(at)?.trim();
        (!cell.is_empty()).then(|| cell.to_owned())
    }

    /// The name, and the unit that stands behind it in brackets.
    fn name(&self) -> (String, Option<String>) {
        let name: String = self.first(Column::Name).unwrap_or_default();
        let name: String = name.split_whitespace().collect();
        let opening = name.rfind(['（', '(']);
        if let Some(at) = opening
            && let Some(inner) = name.get(at..)
        {
            let inner = inner.trim_matches(['（', '(', '）', ')']);
            if is_unit(inner) {
                return (
                    name.get(..at).unwrap_or_default().to_owned(),
                    Some(inner.to_owned()),
                );
            }
        }
        (name, None)
    }
}

fn is_empty(cell: &str) -> bool {
    cell.is_empty()
        || cell
            .chars()
            .all(|c| matches!(c, '-' | '—' | '－' | '–' | '/' | '／' | '…' | '*'))
}

/// Says whether a text is a unit, with 万 or 亿 in front or not.
pub fn is_unit(text: &str) -> bool {
    let read = scan(&format!("1{text}")).figures;
    read.first()
        .is_some_and(|figure| figure.unit.is_some() && figure.value_span.end == text.len() + 1)
}

/// A row that has lost cells: what is left is told and nothing is guessed.
fn damaged(row: &Row<'_>, columns: &[Column], spans: &[Span]) -> Option<Target> {
    let mut name = String::new();
    let mut unit = String::new();
    let mut binding = None;
    let mut values: Vec<(usize, &str)> = Vec::new();
    for (at, cell) in row.cells.iter().enumerate() {
        let cell = cell.trim();
        let is_serial =
            at <= 1 && values.is_empty() && unit.is_empty() && cell.parse::<u16>().is_ok();
        if cell.is_empty() || is_serial {
            continue;
        }
        if let Some(found) = Binding::from_name(cell).filter(|_| cell.chars().count() <= 4) {
            binding = Some(found);
        } else if unit.is_empty() && values.is_empty() && is_unit(cell) {
            cell.clone_into(&mut unit);
        } else if cell.chars().any(|c| c.is_ascii_digit()) && cell.chars().count() <= 8 {
            values.push((at, cell));
        } else if name.is_empty() && unit.is_empty() {
            cell.clone_into(&mut name);
        }
    }
    if name.is_empty() && unit.is_empty() && values.is_empty() && binding.is_none() {
        return None;
    }
    let value_columns: Vec<&Value> = columns
        .iter()
        .filter_map(|column| match column {
            Column::Value(value) if value.role != Role::Base => Some(value),
            _ => None,
        })
        .collect();
    // One number under a head with one column of values can only be that.
    let single = (values.len() == 1 && value_columns.len() == 1)
        .then(|| values.first())
        .flatten();
    let column = value_columns
        .iter()
        .find(|value| value.role == Role::Target)
        .or(value_columns.first())?;
    let span = single.map_or_else(
        || Span::new(0, spans.last().map_or(0, |span| span.end)),
        |(at, _)| spans.get(*at).copied().unwrap_or(Span::new(0, 0)),
    );
    Some(Target {
        unit: Some(unit.clone()),
        measure: measure(&name, &unit, false),
        amount: single.and_then(|(_, cell)| amount(cell, &unit)),
        name,
        is_annual_mean: false,
        is_cumulative: false,
        year: column.year,
        from_year: None,
        base_value: None,
        base_year: None,
        horizon: if column.role == Role::Target {
            Horizon::Target
        } else {
            Horizon::Done
        },
        binding,
        subject: None,
        is_damaged: true,
        span,
        origin: Origin::Table,
    })
}

/// What a text states that is one figure and nothing else.
pub fn whole_amount(text: &str) -> Option<Amount> {
    let figure = scan(text).figures.into_iter().next()?;
    let unit = figure.unit.as_ref()?;
    (figure.span == Span::whole(text)).then(|| Amount {
        number: figure.written.number,
        scaled: figure.amount,
        comparator: figure.comparator,
        unit: figure.written.unit.clone(),
        dimension: unit.dimension.clone(),
    })
}

/// What a cell states, in the unit of its column; none where it states no number.
pub(crate) fn amount(cell: &str, unit: &str) -> Option<Amount> {
    let cell = cell.trim_matches(['[', ']', '〔', '〕', '【', '】', '［', '］', '*', ' ']);
    let chars: Vec<char> = cell.chars().collect();
    let first = chars.iter().position(char::is_ascii_digit)?;
    let last = chars.iter().rposition(char::is_ascii_digit)?;
    let is_negative = first > 0
        && chars
            .get(..first)
            .is_some_and(|head| matches!(head, ['-' | '－' | '−']));
    let head: String = chars.get(..first).unwrap_or_default().iter().collect();
    let head = if is_negative { "" } else { head.as_str() };
    let number: String = chars.get(first..=last).unwrap_or_default().iter().collect();
    let tail: String = chars.get(last + 1..).unwrap_or_default().iter().collect();
    if head.contains("于GDP") || head.chars().count() > 12 {
        return None;
    }
    let own = format!("{head}{number}{tail}");
    let given = format!("{head}{number}{unit}{tail}");
    let read = |text: &str| {
        let figures = scan(text).figures;
        figures.into_iter().next()
    };
    let figure = match read(&own) {
        Some(figure) if figure.unit.is_some() => figure,
        own => read(&given)
            .filter(|figure| figure.unit.is_some())
            .or(own)?,
    };
    let known = figure.unit.as_ref();
    let mut amount = Amount {
        number: figure.written.number,
        scaled: figure.amount,
        comparator: figure.comparator,
        unit: known.map_or_else(|| unit.to_owned(), |_| figure.written.unit.clone()),
        dimension: known.map_or_else(|| unit.to_owned(), |unit| unit.dimension.clone()),
    };
    if is_negative {
        let turned = |interval: Interval| {
            interval
                .single()
                .map(|value| Interval::point(value.negated()))
        };
        amount.number = turned(amount.number).unwrap_or(amount.number);
        amount.scaled = turned(amount.scaled).unwrap_or(amount.scaled);
    }
    if amount.number.stated().is_none() && amount.comparator != Comparator::Range {
        return None;
    }
    Some(amount)
}

fn measure(name: &str, unit: &str, is_mean_column: bool) -> Measure {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let is_share = unit == "%" || unit == "‰";
    if is_mean_column || is_share && has(&["增长", "增速", "降低", "下降", "提高", "增幅", "涨幅"])
    {
        Measure::Growth
    } else if unit.contains("百分点") {
        Measure::Points
    } else if is_share {
        Measure::Share
    } else if has(&["新增", "净增"]) {
        Measure::Increment
    } else if Unit::named(unit).is_some_and(|unit| unit.is_share()) {
        Measure::Share
    } else {
        Measure::Level
    }
}
