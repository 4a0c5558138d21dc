//! The names that a library has to suggest.

use std::collections::BTreeSet;

use super::{Suggestion, SuggestionKind};
use crate::rules::LibraryRules;
use plansearch_engine::{Engine, EngineError, NameKind};
use plansearch_query::Synonyms;
use plansearch_text::fold;

/// A longer heading or lead is a sentence that nobody types to its end.
const MAX_CHARS: usize = 40;
/// Marks that number headings, beside Chinese and Arabic numerals.
const NUMBER_MARKS: &str = "第篇编章节条款项部分卷、.．,，()（）〔〕[]之-";

/// Ends of numbers that begin with 第.
const UNITS: [char; 5] = ['章', '节', '编', '篇', '条'];
/// Ends of other numbers.
const MARKS: [char; 5] = ['、', '）', ')', '.', '．'];

/// The names of a library; a name may stand more than once.
pub(super) fn of(snapshot: &dyn Engine) -> Result<Vec<Suggestion>, EngineError> {
    let mut all = Vec::new();
    let mut add = |text: &str, kind, count: usize| {
        let text = text.trim();
        let is_name = text.chars().count() <= MAX_CHARS || kind == SuggestionKind::Document;
        if is_name && count > 0 && fold(text).chars().any(char::is_alphabetic) {
            let text = text.to_owned();
            all.push(Suggestion { text, kind, count });
        }
    };
    for (label, count) in snapshot.names(NameKind::Heading)? {
        add(
            without_number(&label),
            SuggestionKind::Heading,
            count as usize,
        );
    }
    for (lead, count) in snapshot.names(NameKind::Lead)? {
        add(&lead, SuggestionKind::Lead, count as usize);
    }
    for (theme, count) in snapshot.names(NameKind::Theme)? {
        add(&theme, SuggestionKind::Theme, count as usize);
    }
    for doc in snapshot.catalog().documents() {
        add(&doc.title, SuggestionKind::Document, doc.n_passages);
    }
    let mut terms: BTreeSet<String> = snapshot.names(NameKind::Term)?.into_keys().collect();
    let rules = LibraryRules::of(snapshot);
    let rules = rules.all().into_iter().flat_map(Synonyms::names);
    terms.extend(rules.map(str::to_owned));
    for term in terms {
        let folded = fold(&term);
        if folded.chars().count() > 1 {
            add(&term, SuggestionKind::Term, snapshot.frequency(&folded)?);
        }
    }
    Ok(all)
}

/// The title of a heading without its number: 第一章 总则 → 总则.
fn without_number(label: &str) -> &str {
    let is_number = |piece: &str| {
        piece
            .chars()
            .all(|c| is_numeral(c) || NUMBER_MARKS.contains(c))
    };
    if let Some((first, rest)) = label.split_once(char::is_whitespace)
        && is_number(first)
    {
        return rest;
    }
    if is_number(label) {
        return "";
    }
    // 第三章总则, （二）总则, 一、总则; but 三条红线 counts something.
    let is_end = |c: char| UNITS.contains(&c) || MARKS.contains(&c);
    let split = label
        .char_indices()
        .find(|(_, c)| is_end(*c))
        .and_then(|(end, mark)| {
            let (number, rest) = (label.get(..end)?, label.get(end + mark.len_utf8()..)?);
            let is_first = number.starts_with('第') || MARKS.contains(&mark);
            (is_first && is_number(number)).then_some(rest)
        });
    split.unwrap_or(label)
}

fn is_numeral(c: char) -> bool {
    c.is_numeric() || "〇零一二三四五六七八九十百千".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_headings_are_left_out() {
        for (label, title) in [
            ("第三章 港口建设", "港口建设"),
            ("第三章港口建设", "港口建设"),
            ("第十条之一", ""),
            ("（二）港口建设", "港口建设"),
            ("(二) 港口建设", "港口建设"),
            ("一、港口建设", "港口建设"),
            ("1. 港口建设", "港口建设"),
            ("1.2.3 港口建设", "港口建设"),
            ("五年规划实施评估", "五年规划实施评估"),
            ("三条红线 水资源", "三条红线 水资源"),
            ("专栏1 重点项目", "专栏1 重点项目"),
            ("港口 航运", "港口 航运"),
        ] {
            assert_eq!(without_number(label), title, "{label}");
        }
    }
}
