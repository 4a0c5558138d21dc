//! Words of a query that stand nowhere in the library.

use super::meaning::StandIn;
use plansearch_analysis::is_marked;
use plansearch_engine::{Engine, EngineError, Evidence};
use plansearch_query::Notice;

/// So many words are named at most.
const MAX_NAMED: usize = 5;

/// The words that stand nowhere, where nothing that is the same stands for them.
pub(super) fn missing_words(
    snapshot: &dyn Engine,
    evidence: &Evidence,
    stand_ins: &[StandIn],
) -> Result<Vec<String>, EngineError> {
    let mut named = Vec::new();
    for word in &evidence.words {
        if named.len() == MAX_NAMED {
            break;
        }
        if snapshot.stands(&word.text)? || stood_in(snapshot, &word.text, stand_ins)? {
            continue;
        }
        let shown = match word.alternatives.first() {
            Some((typed, _)) if is_marked(&word.text) => typed,
            _ => &word.text,
        };
        named.push(shown.clone());
    }
    Ok(named)
}

/// What to say where words stand nowhere and passages with only some of them follow: one
/// notice for one thing. `partial` is what holds, and what stands below.
pub(super) fn what_is_missing(
    missing: &[String],
    partial: Option<(String, &str)>,
) -> Option<Notice> {
    let named: Vec<String> = missing.iter().map(|word| format!("“{word}”")).collect();
    let nowhere = (!named.is_empty()).then(|| format!("文献库中没有{}", named.join("、")));
    let text = match (nowhere, partial) {
        (Some(nowhere), Some((_, below))) => format!("{nowhere}，{below}"),
        (Some(nowhere), None) => nowhere,
        (None, Some((holds, below))) => format!("{holds}，{below}"),
        (None, None) => return None,
    };
    Some(Notice(text))
}

fn stood_in(snapshot: &dyn Engine, word: &str, stand_ins: &[StandIn]) -> Result<bool, EngineError> {
    for stand_in in stand_ins {
        let is_for = stand_in.is_same && stand_in.word.contains(word);
        if is_for && snapshot.stands(&stand_in.folded)? {
            return Ok(true);
        }
    }
    Ok(false)
}
