//! Words of a query that stand nowhere in the library, each named.

use super::meaning::StandIn;
use plansearch_analysis::is_marked;
use plansearch_engine::{Engine, EngineError, Evidence};
use plansearch_query::Notice;

/// So many words are named at most.
const MAX_NAMED: usize = 5;

/// Says which words stand nowhere, where nothing that is the same stands for them.
pub(super) fn missing_words(
    snapshot: &dyn Engine,
    evidence: &Evidence,
    stand_ins: &[StandIn],
) -> Result<Vec<Notice>, EngineError> {
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
        named.push(Notice(format!("文献库中没有“{shown}”")));
    }
    Ok(named)
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
