//! Text that clearly is a table of values separated by commas, tabs or semicolons,
//! as rows.
//!
//! Strict, because text is the rule: every record has the same number of
//! fields, at least [`MIN_FIELDS`], and there are at least [`MIN_RECORDS`].

use super::docx::table::clean;
use plansearch_document::{RawRow, RawTable, RawText};

const MIN_FIELDS: usize = 4;
const MIN_RECORDS: usize = 3;

/// Turns the lines of `raw` into rows when they are separated values.
pub(super) fn rows_or_text(raw: RawText) -> RawText {
    let separators = [b',', b'\t', b';'];
    let rows = separators.into_iter().find_map(|separator| {
        let first = raw.lines.first()?;
        let n_separators = first.bytes().filter(|byte| *byte == separator).count();
        (n_separators + 1 >= MIN_FIELDS)
            .then(|| rows(&raw.lines, separator))
            .flatten()
    });
    match rows {
        Some(rows) => {
            let mut raw = RawText {
                lines: Vec::new(),
                lines_are_paragraphs: true,
                ..raw
            };
            raw.push_table(RawTable {
                rows,
                is_named: false,
            });
            raw
        }
        None => raw,
    }
}

fn rows(lines: &[String], separator: u8) -> Option<Vec<RawRow>> {
    let text = lines.join("\n");
    // Records of unequal length are errors for this reader, as they should be.
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        if record.len() < MIN_FIELDS {
            return None;
        }
        rows.push(RawRow::of(record.iter().map(clean)));
    }
    (rows.len() >= MIN_RECORDS).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, lines: &[&str]) {
        assert_eq!(rows_or_text(RawText::from_text(text)).lines, lines);
    }

    #[test]
    fn only_even_records_are_a_table() {
        check(
            "指标,单位,2020年,2025年\n\"增速,实际\",%,5,6\n\n规模,亿元,10,\n",
            &[
                "指标 | 单位 | 2020年 | 2025年 |",
                "增速,实际 | % | 5 | 6 |",
                "规模 | 亿元 | 10 |  |",
            ],
        );
        check(
            "a\tb\tc\td\n1\t2\t3\t4\n5\t6\t7\t8",
            &["a | b | c | d |", "1 | 2 | 3 | 4 |", "5 | 6 | 7 | 8 |"],
        );
        check(
            "a;b;c;d\n1,5;2;3;4\n5;6;7;8",
            &["a | b | c | d |", "1,5 | 2 | 3 | 4 |", "5 | 6 | 7 | 8 |"],
        );
    }

    #[test]
    fn tables_in_older_encodings_are_told_too() {
        for separator in ["\t", ";", ","] {
            let text =
                "指标\t单位\t2020年\t2025年\n地区生产总值\t亿元\t182\t300\n碧水㐂𠮷\t％\t90\t95\n";
            let text = text.replace('\t', separator);
            let bytes = encoding_rs::GB18030.encode(&text).0;
            let parts = super::super::source::read_bytes(&bytes);
            assert_eq!(
                parts[0].text.as_ref().unwrap().lines,
                [
                    "指标 | 单位 | 2020年 | 2025年 |",
                    "地区生产总值 | 亿元 | 182 | 300 |",
                    "碧水㐂𠮷 | ％ | 90 | 95 |",
                ],
                "{separator:?}"
            );
        }
    }

    #[test]
    fn uneven_records_are_text() {
        for text in [
            "a,b,c,d\n1,2,3,4",
            "a,b,c,d\n1,2,3\n4,5,6,7",
            "a,b,c\n1,2,3\n4,5,6",
        ] {
            check(text, &text.lines().collect::<Vec<_>>());
        }
    }
}
