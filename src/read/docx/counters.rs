//! The numbers of paragraphs, as Word counts them and nobody typed them.

use std::collections::{HashMap, HashSet};

use super::numbering::{Found, Level, N_LEVELS, Numbering};
use super::numeral;
use super::styles::Styles;

/// What a paragraph says about its number, without its style.
#[derive(Debug, Default, Clone)]
pub(super) struct NumberRef {
    /// The list; `0` takes the number of the style away.
    pub(super) num_id: Option<String>,
    /// The level from 0.
    pub(super) level: Option<usize>,
}

/// Counts the numbered paragraphs of one story.
pub(super) struct Counters<'a> {
    styles: &'a Styles,
    numbering: &'a Numbering,
    counts: HashMap<&'a str, [Option<u32>; N_LEVELS]>,
    begun: HashSet<(String, usize)>,
}

impl<'a> Counters<'a> {
    /// Begins to count.
    pub(super) fn new(styles: &'a Styles, numbering: &'a Numbering) -> Self {
        Self {
            styles,
            numbering,
            counts: HashMap::new(),
            begun: HashSet::new(),
        }
    }

    /// Counts a paragraph and writes its number, with a blank behind it where
    /// number and text would run together; empty when it has none.
    pub(super) fn next(&mut self, own: &NumberRef, style: Option<&str>) -> String {
        self.count(own, style).unwrap_or_default()
    }

    fn count(&mut self, own: &NumberRef, style: Option<&str>) -> Option<String> {
        let styles = self.styles;
        let by_style = || styles.chain(style).find_map(|style| style.num_id.as_ref());
        let num_id = own.num_id.as_ref().or_else(by_style)?;
        let found = self.numbering.find(num_id)?;
        let idx = own
            .level
            .or_else(|| {
                let mut chain = styles.chain(style);
                chain.find_map(|style| found.level_of_style(&style.id).or(style.num_level))
            })
            .unwrap_or(0);
        let level = found.level(idx)?;
        self.advance(&found, num_id, idx, level);
        let counts = self.counts.get(found.list_id)?;
        let label = write(&found, level, counts);
        if level.is_hidden || level.format == "bullet" || label.is_empty() {
            return None;
        }
        let ends_open = label.chars().last().is_some_and(char::is_alphanumeric);
        let is_apart = ends_open && level.suffix != "nothing";
        Some(if is_apart { label + " " } else { label })
    }

    fn advance(&mut self, found: &Found<'a>, num_id: &str, idx: usize, level: &Level) {
        let counts = self.counts.entry(found.list_id).or_default();
        let is_first_use = self.begun.insert((num_id.to_owned(), idx));
        let new_start = found.new_start(idx).filter(|_| is_first_use);
        let Some(count) = counts.get_mut(idx) else {
            return;
        };
        *count = Some(match (new_start, *count) {
            (Some(start), _) => start,
            (None, Some(before)) => before.saturating_add(1),
            (None, None) => found.new_start(idx).unwrap_or(level.start),
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(idx + 1) {
            let restart = found.level(deeper).and_then(|level| level.restart);
            // By default every higher level starts a level anew.
            if idx < restart.unwrap_or(deeper) {
                *count = None;
            }
        }
    }
}

/// Fills the pattern of a level with the numbers of the levels it names.
fn write(found: &Found<'_>, level: &Level, counts: &[Option<u32>; N_LEVELS]) -> String {
    let mut text = String::new();
    let mut chars = level.pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let named = (c == '%')
            .then(|| chars.peek()?.to_digit(10)?.checked_sub(1))
            .flatten();
        let Some(idx) = named.map(|idx| idx as usize) else {
            text.push(c);
            continue;
        };
        chars.next();
        let Some(other) = found.level(idx) else {
            continue;
        };
        let count = counts.get(idx).copied().flatten().unwrap_or(other.start);
        let format = if level.is_legal {
            "decimal"
        } else {
            &other.format
        };
        text += &numeral::format(count, format);
    }
    text.trim().to_owned()
}

/// Joins a number and the text behind it so that `1.` and `5G` stay two things.
pub(super) fn join(label: &str, text: &str) -> String {
    let ends_in_figure = label
        .trim_end_matches('.')
        .ends_with(|c: char| c.is_ascii_digit());
    if ends_in_figure && !label.ends_with(' ') && text.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{label} {text}")
    } else {
        format!("{label}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = "<w:numbering>\
        <w:abstractNum w:abstractNumId='0'>\
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:pStyle w:val='h1'/><w:lvlText w:val='%1、'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:pStyle w:val='h2'/><w:lvlText w:val='（%2）'/></w:lvl>\
        <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:isLgl/><w:lvlText w:val='%1.%2.%3'/></w:lvl>\
        <w:lvl w:ilvl='3'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlRestart w:val='0'/><w:lvlText w:val='%4.'/><w:suff w:val='nothing'/></w:lvl>\
        <w:lvl w:ilvl='4'><w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/></w:lvl>\
        </w:abstractNum>\
        <w:abstractNum w:abstractNumId='1'><w:numStyleLink w:val='L'/></w:abstractNum>\
        <w:abstractNum w:abstractNumId='2'><w:styleLink w:val='L'/>\
        <w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimalEnclosedCircle'/><w:lvlText w:val='%1'/></w:lvl></w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
        <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='1'><w:startOverride w:val='5'/></w:lvlOverride></w:num>\
        <w:num w:numId='3'><w:abstractNumId w:val='1'/></w:num>\
        <w:num w:numId='4'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperLetter'/><w:lvlText w:val='%1)'/></w:lvl></w:lvlOverride></w:num>\
        </w:numbering>";
    const STYLES: &str = "<w:styles>\
        <w:style w:styleId='h1'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
        <w:style w:styleId='h2'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
        <w:style w:styleId='h3'><w:basedOn w:val='h2'/></w:style></w:styles>";

    fn check(paragraphs: &[(&str, &str, Option<usize>, &str)]) {
        let (styles, _) = Styles::parse(STYLES).unwrap();
        let (numbering, _) = Numbering::parse(LISTS).unwrap();
        let mut counters = Counters::new(&styles, &numbering);
        for (style, num_id, level, label) in paragraphs {
            let own = NumberRef {
                num_id: (!num_id.is_empty()).then(|| (*num_id).to_owned()),
                level: *level,
            };
            assert_eq!(counters.next(&own, Some(style)), *label, "{paragraphs:?}");
        }
    }

    #[test]
    fn levels_count_and_start_anew_below_a_higher_one() {
        check(&[
            ("", "1", Some(0), "一、"),
            ("", "1", Some(1), "（一）"),
            ("", "1", Some(1), "（二）"),
            ("", "1", Some(2), "1.2.1 "),
            ("", "1", Some(3), "1."),
            ("", "1", Some(0), "二、"),
            ("", "1", Some(1), "（一）"),
            ("", "1", Some(2), "2.1.1 "),
            ("", "1", Some(3), "2."),
            ("", "1", Some(4), ""),
            ("", "0", Some(0), ""),
            ("", "9", Some(0), ""),
        ]);
    }

    #[test]
    fn styles_carry_numbers_and_a_paragraph_may_refuse_them() {
        check(&[
            ("h1", "", None, "一、"),
            ("h2", "", None, "（一）"),
            ("h3", "", None, "（二）"),
            ("h1", "0", None, ""),
            ("h1", "", None, "二、"),
            ("h2", "", None, "（一）"),
        ]);
    }

    #[test]
    fn another_use_of_a_list_starts_anew_or_changes_levels() {
        check(&[
            ("", "1", Some(1), "（一）"),
            ("", "2", Some(1), "（五）"),
            ("", "2", Some(1), "（六）"),
            ("", "1", Some(1), "（七）"),
            ("", "3", Some(0), "③ "),
            ("", "4", Some(0), "A)"),
        ]);
    }

    #[test]
    fn a_number_stays_apart_from_figures() {
        assert_eq!(join("1.", "5G网络"), "1. 5G网络");
        assert_eq!(join("1.", "总则"), "1.总则");
        assert_eq!(join("一、", "2025年"), "一、2025年");
    }
}
