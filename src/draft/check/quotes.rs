//! Quotations against their source.
//!
//! “” of eight characters and more is a quotation, or of fewer behind 提出 and its kin;
//! shorter ones are terms. A mark of punctuation that is other is no other wording.

use plansearch_engine::EngineError;
use plansearch_text::{FoldedText, Span, fold};

use super::finding::{DiffersBy, Finding, FindingKind, Proof};
use super::library::{Library, Source, find_folded};
use super::names::{Fit, fit, key, names_of};
use super::whose::names;

/// A quotation without a verb in front has so many characters.
const MIN_CHARS: usize = 8;
/// One behind a verb.
const MIN_AFTER_VERB: usize = 5;
/// One whose source the sentence does not name is held against what is alike from so many
/// characters on: shorter wording of that kind stands in many documents.
const MIN_UNNAMED: usize = 14;
/// Longest quotation that is aligned, in characters.
const MAX_CHARS: usize = 400;
/// So much of a quotation may be other for the source to be the source.
const MAX_OTHER: f32 = 0.34;

/// Verbs that lead to a quotation.
const VERBS: &[&str] = &[
    "提出", "指出", "明确", "强调", "要求", "规定", "载明", "写道", "认为", "表示", "部署", "所说",
    "所言", "提到",
];

/// The quotations of `text`, without their marks; inner ones belong to the outer.
pub(super) fn quotations(text: &str, titles: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '“' | '「' | '『' => open.push(at + c.len_utf8()),
            '”' | '」' | '』' => {
                if let Some(start) = open.pop()
                    && open.is_empty()
                {
                    found.push(Span::new(start, at));
                }
            }
            '\n' => open.clear(),
            _ => {}
        }
    }
    found.retain(|span| {
        let n_chars = key(span.of(text)).len();
        let is_led = is_led(Span::new(0, span.start).of(text));
        let is_quotation = n_chars >= MIN_CHARS || (is_led && n_chars >= MIN_AFTER_VERB);
        is_quotation && !titles.iter().any(|title| title.contains(*span))
    });
    found
}

fn is_led(front: &str) -> bool {
    let front = front.trim_end_matches(['“', '「', '『', '：', ':', '，', ',', ' ']);
    VERBS.iter().any(|verb| front.ends_with(verb))
}

/// The finding for the quotation `span` of `text`; `titles` are those of its `sentence`.
pub(super) fn check(
    library: &mut Library<'_>,
    text: &str,
    span: Span,
    sentence: &str,
    titles: &[Span],
) -> Result<Finding, EngineError> {
    let quotation = span.of(text);
    let named: Vec<Vec<char>> = titles.iter().map(|title| key(title.of(text))).collect();
    let pieces: Vec<&str> = quotation
        .split("……")
        .flat_map(|piece| piece.split("..."))
        .filter(|piece| key(piece).len() >= 2)
        .collect();
    let mut sources = Vec::new();
    if let Some(first) = pieces.iter().max_by_key(|piece| piece.len()) {
        sources = library.holding(first)?;
    }
    let near = library.near(quotation)?;
    sources.extend(near);
    let is_named = |source: &Source| {
        let names = names_of(&source.doc);
        named
            .iter()
            .any(|name| names.iter().any(|known| fit(name, known) == Fit::Same))
    };
    sources.sort_by_key(|source| !is_named(source));
    let mut best: Option<(f32, Proof)> = None;
    for source in &sources {
        if pieces.is_empty() {
            break;
        }
        if let Some(proof) = standing(source, &pieces) {
            if let Some(word) = left_out_before(&source.passage.text, proof.span) {
                let message = format!("引文之前源有“{word}”");
                return Ok(Finding::differs(
                    FindingKind::Quote,
                    span,
                    DiffersBy::Wording,
                    vec![proof],
                    message,
                ));
            }
            let message = format!("引文与《{}》相符", source.doc.title);
            return Ok(Finding::verified(
                FindingKind::Quote,
                span,
                vec![proof],
                message,
            ));
        }
        let (share, place) = nearest(quotation, &source.passage.text);
        let share = if is_named(source) {
            share - 0.05
        } else {
            share
        };
        let is_source = is_named(source)
            || named.is_empty() && key(quotation).len() >= MIN_UNNAMED
            || names(sentence, source);
        if is_source && best.as_ref().is_none_or(|best| share < best.0) {
            best = Some((share, source.proof(place)));
        }
    }
    if let Some((share, proof)) = best
        && share <= MAX_OTHER
    {
        let message = format!("稿作“{quotation}”，源作“{}”", proof.text);
        return Ok(Finding::differs(
            FindingKind::Quote,
            span,
            DiffersBy::Wording,
            vec![proof],
            message,
        ));
    }
    let message = "库中未见这段引文".to_owned();
    Ok(Finding::not_found(FindingKind::Quote, span, message))
}

/// The one word that stands between the beginning of the clause and a quotation that is
/// whole but for it: 加快 of 加快新一轮农村电网改造升级.
fn left_out_before(text: &str, place: Span) -> Option<&str> {
    let ends = |c: char| {
        matches!(
            c,
            '，' | ',' | '。' | '；' | ';' | '：' | ':' | '、' | '\n' | '“' | '"'
        )
    };
    let behind = Span::new(place.end, text.len()).of(text).chars().next();
    let front = Span::new(0, place.start).of(text);
    let word = front.rsplit(ends).next().unwrap_or("").trim();
    let is_whole_behind = behind.is_none_or(ends);
    (is_whole_behind && word.chars().count() == WORD_CHARS && word.chars().all(char::is_alphabetic))
        .then_some(word)
}

/// Characters of the words that open clauses.
const WORD_CHARS: usize = 2;

/// The place where all pieces stand in order, marks aside.
fn standing(source: &Source, pieces: &[&str]) -> Option<Proof> {
    let text = &source.passage.text;
    if let [one] = pieces
        && let Some(place) = find_folded(text, one)
    {
        return Some(source.proof(place));
    }
    let letters = FoldedText::new(text).without(|c| !c.is_alphanumeric());
    let mut whole: Option<Span> = None;
    for piece in pieces {
        let key = key(piece);
        let after = whole.map_or(0, |whole| whole.end);
        let place = letters.find_all(&key).find(|place| place.start >= after)?;
        whole = Some(Span::new(
            whole.map_or(place.start, |whole| whole.start),
            place.end,
        ));
    }
    whole.map(|place| source.proof(place))
}

/// The piece of `text` that is nearest to `quotation`, with the share of letters that
/// are other: approximate matching by columns (Sellers), each cell with its start.
fn nearest(quotation: &str, text: &str) -> (f32, Span) {
    let pattern: Vec<char> = key(quotation).into_iter().take(MAX_CHARS).collect();
    let mut letters: Vec<(char, Span)> = Vec::new();
    for (at, c) in text.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        letters.extend(
            fold(span.of(text))
                .chars()
                .filter(|c| c.is_alphanumeric())
                .map(|c| (c, span)),
        );
    }
    let mut column: Vec<(usize, usize)> = (0..=pattern.len()).map(|n| (n, 0)).collect();
    let mut best = (usize::MAX, 0, 0);
    for (at, (c, _)) in letters.iter().enumerate() {
        let mut diagonal = column.first().copied().unwrap_or((0, 0));
        if let Some(first) = column.first_mut() {
            *first = (0, at + 1);
        }
        let mut above = (0, at + 1);
        for (row, wanted) in pattern.iter().enumerate() {
            let Some(cell) = column.get_mut(row + 1) else {
                break;
            };
            let left = *cell;
            let start = if row == 0 { at } else { diagonal.1 };
            let replaced = (diagonal.0 + usize::from(wanted != c), start);
            let put_in = (left.0 + 1, left.1);
            let left_out = (above.0 + 1, above.1);
            *cell = replaced.min(put_in).min(left_out);
            diagonal = left;
            above = *cell;
        }
        if let Some(last) = column.last()
            && last.0 < best.0
        {
            best = (last.0, last.1, at + 1);
        }
    }
    let first = letters.get(best.1).map_or(0, |letter| letter.1.start);
    let last = best
        .2
        .checked_sub(1)
        .and_then(|at| letters.get(at))
        .map_or(first, |letter| letter.1.end);
    let share = best.0.min(pattern.len()) as f32 / pattern.len().max(1) as f32;
    (share, Span::new(first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_piece_is_found() {
        let text = "要持续用力。深化国资国企改革,扎实推进土地综合整治工程。";
        let (share, span) = nearest("扎实推动土地综合整治工程", text);
        assert_eq!(span.of(text), "扎实推进土地综合整治工程");
        assert!(share < 0.1, "{share}");
    }

    #[test]
    fn a_term_is_no_quotation() {
        let found = |text: &str| quotations(text, &[]).len();
        assert_eq!(found("落实“双碳”目标，推进“放管服”改革"), 0);
        assert_eq!(found("指出“要坚持绿色发展”"), 1);
        assert_eq!(found("其中“加快推动自贸产业发展”一句"), 1);
    }
}
