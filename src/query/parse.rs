//! From typed text to a [`Query`].
//!
//! One walk over the characters. Quotation marks open a phrase only in pairs: a
//! mark without its partner is left out and noticed. A `-` excludes only at the
//! beginning of a piece and before text, so 综保区-港口 stays one run.

use super::{Atom, Notice, Query};
use crate::text::{Span, fold};

/// Longest query in characters; the rest is left out and noticed.
pub const MAX_CHARS: usize = 2000;

const QUOTES: [(char, char); 8] = [
    ('"', '"'),
    ('“', '”'),
    ('”', '“'),
    ('「', '」'),
    ('『', '』'),
    ('＂', '＂'),
    ('〝', '〞'),
    ('«', '»'),
];

/// Reads a query. Never fails: every text is a query.
///
/// ```
/// use plansearch::query::{Atom, parse};
/// let (query, notices) = parse("氢能 “海河联运” -煤炭");
/// assert_eq!(query.required, [Atom::Run("氢能".into()), Atom::Phrase("海河联运".into())]);
/// assert_eq!(query.excluded, [Atom::Run("煤炭".into())]);
/// assert!(notices.is_empty());
/// ```
pub fn parse(input: &str) -> (Query, Vec<Notice>) {
    let mut notices = Vec::new();
    let kept = Span::of_chars(input, 0, MAX_CHARS).of(input);
    if kept.len() < input.len() {
        notices.push(Notice(format!("查询过长，只取前{MAX_CHARS}个字")));
    }
    let paired = without_lone_quotes(kept, &mut notices);
    let mut query = Query::default();
    let mut rest = paired.trim_start();
    while !rest.is_empty() {
        let (is_excluded, body) = strip_minus(rest);
        let (atom, after) = match next_phrase(body) {
            Some((phrase, after)) => (Atom::Phrase(phrase.to_owned()), after),
            None => next_run(body),
        };
        rest = after.trim_start();
        if fold(atom.text()).is_empty() {
            continue;
        }
        let side = if is_excluded {
            &mut query.excluded
        } else {
            &mut query.required
        };
        if !side.contains(&atom) {
            side.push(atom);
        }
    }
    (query, notices)
}

fn strip_minus(text: &str) -> (bool, &str) {
    let body = text.strip_prefix(['-', '－', '−']);
    match body {
        Some(body) if body.starts_with(|c: char| !c.is_whitespace() && !"-－−".contains(c)) => {
            (true, body)
        }
        _ => (false, text),
    }
}

/// Cuts a phrase in a pair of quotation marks off the front of `text`.
fn next_phrase(text: &str) -> Option<(&str, &str)> {
    let opening = text.chars().next()?;
    let (_, closing) = QUOTES.into_iter().find(|(open, _)| *open == opening)?;
    let body = text.strip_prefix(opening)?;
    let (phrase, after) = body.split_once(closing)?;
    Some((phrase, after))
}

/// Cuts a run off the front of `text`: up to a space or a phrase.
fn next_run(text: &str) -> (Atom, &str) {
    let end = text
        .char_indices()
        .skip(1)
        .find(|(at, c)| {
            let rest = Span::new(*at, text.len()).of(text);
            c.is_whitespace() || next_phrase(rest).is_some()
        })
        .map_or(text.len(), |(at, _)| at);
    let run = Span::new(0, end).of(text);
    (
        Atom::Run(run.to_owned()),
        Span::new(end, text.len()).of(text),
    )
}

/// Leaves out quotation marks that have no partner, each with a notice.
fn without_lone_quotes(text: &str, notices: &mut Vec<Notice>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.strip_prefix(c).unwrap_or_default();
        if let Some((_, behind)) = next_phrase(rest) {
            let n_bytes = rest.len() - behind.len();
            kept.push_str(Span::new(0, n_bytes).of(rest));
            rest = behind;
            continue;
        }
        if QUOTES.iter().any(|(open, close)| *open == c || *close == c) {
            notices.push(Notice(format!("引号{c}没有配对，已略去")));
        } else {
            kept.push(c);
        }
        rest = after;
    }
    kept
}

/// The marks that hold `phrase` so that it reads back as one phrase.
pub(super) fn quotes_for(phrase: &str) -> (char, char) {
    QUOTES
        .into_iter()
        .find(|(_, close)| !phrase.contains(*close))
        .unwrap_or(('"', '"'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(input: &str, required: &[&str], excluded: &[&str], n_notices: usize) {
        let (query, notices) = parse(input);
        let print = |atoms: &[Atom]| atoms.iter().map(Atom::to_string).collect::<Vec<_>>();
        assert_eq!(print(&query.required), required, "{input}");
        assert_eq!(print(&query.excluded), excluded, "{input}");
        assert_eq!(notices.len(), n_notices, "{input}: {notices:?}");
    }

    #[test]
    fn spaces_separate_runs() {
        check("氢能 储运", &["氢能", "储运"], &[], 0);
        check("氢能\u{3000}储运 氢能", &["氢能", "储运"], &[], 0);
        check("  ", &[], &[], 0);
    }

    #[test]
    fn all_kinds_of_quotes_make_phrases() {
        for input in [
            "\"海河联运\"",
            "“海河联运”",
            "「海河联运」",
            "『海河联运』",
            "＂海河联运＂",
            "”海河联运“",
        ] {
            check(input, &["\"海河联运\""], &[], 0);
        }
        check(
            "港区“海河联运”枢纽",
            &["港区", "\"海河联运\"", "枢纽"],
            &[],
            0,
        );
        check("“光伏 + 储能”", &["\"光伏 + 储能\""], &[], 0);
    }

    #[test]
    fn a_quote_without_partner_is_noticed() {
        check("“海河联运", &["海河联运"], &[], 1);
        check("\"", &[], &[], 1);
    }

    #[test]
    fn a_leading_minus_excludes() {
        check(
            "港口 -煤炭 -“液化品 码头”",
            &["港口"],
            &["煤炭", "\"液化品 码头\""],
            0,
        );
        check("综保区-港口", &["综保区-港口"], &[], 0);
        check("- 港口 --", &["-", "港口", "--"], &[], 0);
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(input in "\\PC{0,60}") {
            let (query, _) = parse(&input);
            prop_assert!(query.required.iter().chain(&query.excluded).all(|atom| !atom.text().is_empty()));
        }

        #[test]
        fn printing_and_parsing_gives_the_query_again(input in "[港氢能 \"“”「」\\-－+a、。]{0,24}") {
            let (query, _) = parse(&input);
            let printed = query.to_string();
            let (again, _) = parse(&printed);
            prop_assert_eq!(&again, &query, "printed as {}", printed);
        }
    }
}
