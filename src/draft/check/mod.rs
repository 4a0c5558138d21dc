//! What a draft states, held against the library.

mod citations;
mod compare;
mod conclusion;
mod figures;
mod finding;
mod issuers;
mod library;
mod names;
mod pairs;
mod quotes;
mod stated;
mod tie;
mod whose;

use plansearch_engine::{Engine, EngineError, Filter, in_parts};
use plansearch_text::Span;

use library::Library;
use stated::Stated;
use whose::Home;

pub use finding::{Agreement, Counts, DiffersBy, Finding, FindingKind, Proof};

/// A thread is worth it for so many sentences.
const MIN_SENTENCES: usize = 8;

/// The answer to a check.
#[derive(Debug, Clone, Default)]
pub struct Check {
    /// What was held against the library, in the order of the draft.
    pub findings: Vec<Finding>,
    /// How many there are of each verdict.
    pub counts: Counts,
}

/// What is checked and what is not, for people.
pub fn what_is_checked() -> &'static str {
    "核对：带单位的数字及其年份、引号内的引文、《》内的题名、文号、发文机关、印发日期。\
     不核对：不带单位的数字、时间长短、次序，以及库中没有的内容；表格只取正文写法。"
}

/// Holds what `text` states against the library of `snapshot`; `filter` narrows the
/// sources.
///
/// # Errors
/// [`EngineError`] when the index cannot be read.
pub fn check(snapshot: &dyn Engine, filter: &Filter, text: &str) -> Result<Check, EngineError> {
    let titles = citations::titles(text);
    let quotations = quotes::quotations(text, &titles);
    let skipped: Vec<Span> = titles.iter().chain(&quotations).copied().collect();
    let sentences = stated::stated(text, &skipped);
    let home = Home::of(text);
    let parts = in_parts(&sentences, MIN_SENTENCES, |part| {
        let mut library = Library::new(snapshot, filter);
        let mut findings = Vec::new();
        for sentence in part {
            findings.extend(of_sentence(
                &mut library,
                text,
                sentence,
                &home,
                (&titles, &quotations),
            )?);
        }
        Ok(findings)
    });
    let parts: Vec<Vec<Finding>> = parts.into_iter().collect::<Result<_, EngineError>>()?;
    let findings = in_order(parts.into_iter().flatten().collect());
    Ok(Check {
        counts: Counts::of(&findings),
        findings,
    })
}

fn of_sentence(
    library: &mut Library<'_>,
    text: &str,
    sentence: &Stated,
    home: &Home,
    (titles, quotations): (&[Span], &[Span]),
) -> Result<Vec<Finding>, EngineError> {
    let mut findings = figures::check(library, text, sentence, home)?;
    findings.extend(citations::check(library, text, sentence.span)?);
    let own: Vec<Span> = titles
        .iter()
        .copied()
        .filter(|title| sentence.span.contains(*title))
        .collect();
    for quotation in quotations
        .iter()
        .filter(|one| sentence.span.overlaps(**one))
    {
        // A quotation of several sentences is checked where it begins.
        if quotation.start >= sentence.span.start {
            findings.push(quotes::check(
                library,
                text,
                *quotation,
                sentence.span.of(text),
                &own,
            )?);
        }
    }
    Ok(findings)
}

/// Findings in the order of the draft, one of each kind at a place: what differs
/// before what agrees.
fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    let rank = |verdict| match verdict {
        Agreement::Differs => 0,
        Agreement::Verified => 1,
        Agreement::NotFound => 2,
    };
    findings.sort_by_key(|one| (one.span, one.kind, rank(one.verdict)));
    findings.dedup_by(|b, a| a.span == b.span && a.kind == b.kind);
    findings
}
