//! Numbers and dates of a spreadsheet as the sheet shows them.
//!
//! Percent, fixed decimals and thousands are followed; other formats show the
//! value itself.

use calamine::{DataRef, ExcelDateTime};

/// Most decimals that a format may ask for.
const MAX_DECIMALS: usize = 10;

/// Writes a cell; empty for an empty one. `code` is the number format.
pub(super) fn shown(value: &DataRef<'_>, code: &str) -> String {
    match value {
        DataRef::Int(number) => number_shown(*number as f64, code),
        DataRef::Float(number) => number_shown(*number, code),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(date) => date_shown(date, code),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn number_shown(number: f64, code: &str) -> String {
    let code = code.split(';').next().unwrap_or_default();
    let is_percent = code.contains('%');
    let number = if is_percent { number * 100.0 } else { number };
    let is_plain = code.is_empty() || code.eq_ignore_ascii_case("general") || !code.contains('0');
    let mut text = if is_plain {
        let text = format!("{number:.MAX_DECIMALS$}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        let decimals = code.split_once('.').map_or("", |(_, decimals)| decimals);
        let n_decimals = decimals
            .chars()
            .take_while(|c| matches!(c, '0' | '#'))
            .count();
        format!("{number:.*}", n_decimals.min(MAX_DECIMALS))
    };
    if code.contains("#,#") || code.contains("0,0") {
        text = with_thousands(&text);
    }
    if is_percent {
        text.push('%');
    }
    if text == "-0" { "0".to_owned() } else { text }
}

fn with_thousands(text: &str) -> String {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", whole),
    };
    let n_digits = digits.chars().count();
    let mut grouped = sign.to_owned();
    for (idx, c) in digits.chars().enumerate() {
        if idx > 0 && (n_digits - idx).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    if !decimals.is_empty() {
        grouped.push('.');
        grouped += decimals;
    }
    grouped
}

fn date_shown(date: &ExcelDateTime, code: &str) -> String {
    if !date.as_f64().is_finite() || date.is_duration() {
        return number_shown(date.as_f64(), "");
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let code = code.to_lowercase();
    let day_shown = if code.contains('y') && !code.contains('d') {
        format!("{year}年{month}月")
    } else if code.contains('年') {
        format!("{year}年{month}月{day}日")
    } else {
        format!("{year}-{month:02}-{day:02}")
    };
    let time_shown = format!("{hour:02}:{minute:02}:{second:02}");
    if date.as_f64() < 1.0 {
        time_shown
    } else if (hour, minute, second) == (0, 0, 0) {
        day_shown
    } else {
        format!("{day_shown} {time_shown}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn numbers_show_as_their_format_says() {
        for (number, code, text) in [
            (0.1 + 0.2, "", "0.3"),
            (2025.0, "General", "2025"),
            (0.065, "0.0%", "6.5%"),
            (1_234_567.5, "#,##0.00", "1,234,567.50"),
            (-1234.0, "#,##0", "-1,234"),
            (3.0, "0.00_ ;[Red]\\-0.00\\ ", "3.00"),
            (-0.0, "0", "0"),
            (f64::NAN, "#,##0", "NaN"),
        ] {
            assert_eq!(number_shown(number, code), text, "{code}");
        }
    }

    #[test]
    fn dates_show_as_days_months_or_times() {
        for (value, code, text) in [
            (45943.0, "yyyy-mm-dd", "2025-10-13"),
            (45943.0, "yyyy\"年\"m\"月\"d\"日\"", "2025年10月13日"),
            (45943.0, "yyyy\"年\"m\"月\"", "2025年10月"),
            (45943.5, "m/d/yy h:mm", "2025-10-13 12:00:00"),
            (0.5, "h:mm", "12:00:00"),
        ] {
            let date = ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false);
            assert_eq!(date_shown(&date, code), text, "{code}");
        }
    }
}
