//! Borders in running text: of clauses and of sentences.

use super::glyphs::Glyphs;

/// Says whether `c` ends a sentence.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | '\n')
}

/// Says whether `c` ends a clause.
pub(crate) fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, ',' | ';' | ':' | '、' | '…')
}

/// Where the clause that `at` stands in begins, not before `least`.
pub(crate) fn clause_start(glyphs: &Glyphs, at: usize, least: usize) -> usize {
    let mut start = at;
    while start > least && !ends_clause(glyphs.before(start)) {
        start -= 1;
    }
    start
}

/// Where the sentence that `at` stands in begins.
pub(crate) fn sentence_start(glyphs: &Glyphs, at: usize) -> usize {
    let mut start = at;
    while start > 0 && !ends_sentence(glyphs.before(start)) {
        start -= 1;
    }
    start
}
