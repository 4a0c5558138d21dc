//! A phrase that runs from a heading or the number of an article into its text.
//!
//! Structure makes two passages of what a reader sees in one row. A phrase that stands in
//! no passage is looked for once more across this border.

use super::boolean::lower;
use super::lower::Lowered;
use plansearch_engine::{Clause, Engine, EngineError, Lookup, PassageRecord, Sort};
use plansearch_query::{Node, Query};
use plansearch_text::fold;

/// Longest phrase that is looked for so, and how many passages are read for it.
const MAX_CHARS: usize = 400;
const MAX_READ: usize = 200;
/// How many marks may stand at the border.
const MAX_MARKS: usize = 3;

/// The passages whose text is the end of the phrase, behind a heading that is its beginning.
pub(super) struct Across {
    pub(super) lowered: Lowered,
    /// What of the phrase stands in the text, as a query.
    pub(super) text: Query,
}

/// Looks for a query that is a single phrase.
pub(super) fn across(snapshot: &dyn Engine, query: &Query) -> Result<Option<Across>, EngineError> {
    let [Node::Phrase(phrase)] = query.required() else {
        return Ok(None);
    };
    let chars: Vec<char> = fold(phrase).chars().collect();
    if !(4..=MAX_CHARS).contains(&chars.len()) {
        return Ok(None);
    }
    let piece = |from: usize, to: usize| -> String {
        chars.get(from..to).unwrap_or_default().iter().collect()
    };
    // Where a longer end stands, a shorter one does.
    let (mut least, mut most) = (1, chars.len() - 1);
    while least < most {
        let middle = usize::midpoint(least, most);
        if snapshot.stands(&piece(middle, chars.len()))? {
            most = middle;
        } else {
            least = middle + 1;
        }
    }
    let mut ids = Vec::new();
    let mut text = String::new();
    for border in least..chars.len().saturating_sub(1) {
        let (head, tail) = (piece(0, border), piece(border, chars.len()));
        let tail = tail.trim_start_matches(is_mark);
        let may_end = border <= least + MAX_MARKS || is_heading_end(&head);
        if tail.is_empty() || !may_end {
            continue;
        }
        let bare = head.trim_end_matches(is_mark);
        if bare.is_empty() || !snapshot.stands(bare)? {
            break;
        }
        let found = behind(snapshot, bare, tail)?;
        if !found.is_empty() {
            tail.clone_into(&mut text);
            ids.extend(found);
            break;
        }
    }
    if ids.is_empty() {
        return Ok(None);
    }
    let text = Query {
        root: Some(Node::Phrase(text)),
    };
    let mut lowered = lower(&text);
    lowered.strict = Clause::any(ids.into_iter().map(Clause::Passage).collect());
    lowered.evidence.words_stand = false;
    Ok(Some(Across { lowered, text }))
}

/// The number of an article, or a bracket, may be a heading of its own.
fn is_heading_end(head: &str) -> bool {
    head.ends_with(['条', '款', '项', '。', ')', ',', ':'])
}

/// Ids of the passages that begin with `tail` behind a heading that ends with `head`.
fn behind(snapshot: &dyn Engine, head: &str, tail: &str) -> Result<Vec<String>, EngineError> {
    let lookup = Lookup {
        sort: Sort::Document,
        limit: MAX_READ,
        ..Lookup::new(Clause::holds(tail))
    };
    let mut ids = Vec::new();
    for hit in snapshot.find(&lookup)?.hits {
        let passage = &hit.passage;
        if !fold(&passage.text)
            .trim_start_matches(is_mark)
            .starts_with(tail)
        {
            continue;
        }
        let ends = |text: &str| fold(text).trim_end_matches(is_mark).ends_with(head);
        let is_headed = passage.path.last().is_some_and(|label| ends(label));
        if is_headed || before(snapshot, passage)?.is_some_and(|text| ends(&text)) {
            ids.push(passage.id.clone());
        }
    }
    Ok(ids)
}

/// The text of the heading before a passage.
fn before(snapshot: &dyn Engine, passage: &PassageRecord) -> Result<Option<String>, EngineError> {
    let Some(idx) = passage.idx.checked_sub(1) else {
        return Ok(None);
    };
    let before = snapshot.passages_of(&passage.doc, idx..passage.idx)?;
    let heading = before.into_iter().find(|before| before.kind == "heading");
    Ok(heading.map(|heading| heading.text))
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}
