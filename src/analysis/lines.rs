//! What a passage is found by as a whole: the line that it is, the number that it opens
//! with, and whether it has figures or dates.
//!
//! Each is a term that no text holds, because it begins with a control character.

use plansearch_text::{FIGURE_MARK, figures, fold, numeral::is_chinese_numeral};

/// Stands before the letters and digits of a line.
const LINE_MARK: char = '\u{4}';
/// Stands before the number that a passage opens with.
const OPENING_MARK: char = '\u{5}';
/// What says that a passage has an amount.
pub const HAS_AMOUNT: &str = "\u{6}amount";
/// What says that a passage states an indicator or a target.
pub const HAS_TARGET: &str = "\u{6}target";
/// What says that a passage has a date or a year.
pub const HAS_DATE: &str = "\u{6}date";

/// A line of more characters is running text.
const MAX_LINE_CHARS: usize = 80;

/// Says whether a folded string is a term of this kind, or of a figure.
pub fn is_marked(folded: &str) -> bool {
    folded.starts_with([FIGURE_MARK, LINE_MARK, OPENING_MARK, '\u{6}'])
}

/// The terms of a line: with the number that stands before it, and without. Marks do not
/// count.
///
/// ```
/// use plansearch_analysis::line_terms;
/// assert_eq!(line_terms("三、保障措施")[1], line_terms("保障措施")[0]);
/// assert_eq!(line_terms("《某某规划》"), line_terms("某某规划"));
/// assert!(line_terms("。").is_empty());
/// ```
pub fn line_terms(text: &str) -> Vec<String> {
    let folded = fold(text);
    if folded.chars().nth(MAX_LINE_CHARS).is_some() {
        return Vec::new();
    }
    let term = |line: &str| -> Option<String> {
        let letters: String = line.chars().filter(|c| c.is_alphanumeric()).collect();
        (!letters.is_empty()).then(|| format!("{LINE_MARK}{letters}"))
    };
    let mut terms: Vec<String> = term(&folded).into_iter().collect();
    let bare = without_number(&folded);
    if bare.len() < folded.len() {
        terms.extend(term(bare));
    }
    terms
}

/// The term of the number of an article that a text opens with.
///
/// ```
/// use plansearch_analysis::opening_term;
/// assert_eq!(opening_term("第十五条 公司可以"), opening_term("第15条"));
/// assert_eq!(opening_term("依照第十五条"), None);
/// ```
pub fn opening_term(text: &str) -> Option<String> {
    let head: String = text.trim_start().chars().take(16).collect();
    if !head.starts_with('第') {
        return None;
    }
    let first = figures(&head).into_iter().next()?;
    let is_article = first.span.start == 0 && first.spelling.starts_with('第');
    is_article.then(|| format!("{OPENING_MARK}{}", first.spelling))
}

/// The term of the passages that open with the figure of this term.
pub fn opening_of(figure: &str) -> Option<String> {
    let spelling = figure.strip_prefix(FIGURE_MARK)?;
    let is_article = spelling.starts_with('第') && spelling.contains('条');
    is_article.then(|| format!("{OPENING_MARK}{spelling}"))
}

/// What is said of the figures of a text.
pub fn figure_flags(spellings: &[String]) -> Vec<&'static str> {
    let is_date = |s: &&String| s.ends_with(['年', '月', '日']);
    let is_counted = |s: &&String| {
        // Of units, only areas and volumes end with a digit: m2, m3.
        let has_unit = s.trim_end_matches(['2', '3']).ends_with('m')
            || !s.ends_with(|c: char| c.is_ascii_digit());
        has_unit
            && !s.starts_with('第')
            && !s.ends_with(['年', '月', '日', '号', '条', '章', '节', '款'])
    };
    let mut flags = Vec::new();
    if spellings.iter().any(|s| is_counted(&s)) {
        flags.push(HAS_AMOUNT);
    }
    if spellings.iter().any(|s| is_date(&s)) {
        flags.push(HAS_DATE);
    }
    flags
}

/// A folded line without the number that stands before it: 三、, (一), 第三章, 1.2.
fn without_number(line: &str) -> &str {
    let is_numeral = |c: char| is_chinese_numeral(c) || c.is_ascii_digit() || c == '.';
    let past = |text: &str| -> usize {
        let n_bytes = text.find(|c| !is_numeral(c));
        n_bytes.unwrap_or(text.len())
    };
    let bare = if let Some(inner) = line.strip_prefix('(') {
        let n_bytes = past(inner);
        inner
            .get(n_bytes..)
            .and_then(|rest| rest.strip_prefix(')'))
            .filter(|_| n_bytes > 0)
    } else if let Some(counted) = line.strip_prefix('第') {
        let n_bytes = past(counted);
        let rest = counted.get(n_bytes..).filter(|_| n_bytes > 0);
        rest.and_then(|rest| rest.strip_prefix(['篇', '编', '章', '节', '条', '部']))
    } else {
        let n_bytes = past(line);
        let rest = line.get(n_bytes..).filter(|_| n_bytes > 0);
        let is_dotted = line
            .get(..n_bytes)
            .is_some_and(|number| number.contains('.'));
        rest.and_then(|rest| {
            let behind = rest.strip_prefix([',', '.', ':', ')']);
            behind.or(Some(rest).filter(|_| is_dotted))
        })
    };
    bare.filter(|bare| !bare.is_empty()).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_with_and_without_its_number() {
        for (line, bare) in [
            ("三、保障措施", "保障措施"),
            ("（一）加强领导", "加强领导"),
            ("第三章 总则", "总则"),
            ("1.2 主要目标", "主要目标"),
            ("2. 主要目标", "主要目标"),
        ] {
            assert_eq!(line_terms(line).get(1), line_terms(bare).first(), "{line}");
        }
        assert_eq!(line_terms("十四五规划").len(), 1);
        assert_eq!(line_terms("2035年远景目标").len(), 1);
    }

    #[test]
    fn amounts_and_dates_are_told_apart() {
        let of = |text: &str| {
            let spellings: Vec<String> = figures(text).into_iter().map(|f| f.spelling).collect();
            figure_flags(&spellings)
        };
        assert_eq!(of("达到73%"), [HAS_AMOUNT]);
        assert_eq!(of("2020年4月印发"), [HAS_DATE]);
        assert!(of("第三条").is_empty());
    }
}
