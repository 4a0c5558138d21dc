//! A draft with what its sources say of its statements.

use super::{MarkedDraft, Remark};
use crate::wire::places::Places;
use plansearch_draft::{Agreement, Check, DraftText, Finding, Proof, what_is_checked};
use plansearch_search::cite;

impl MarkedDraft {
    /// What differs and what the library does not have; `with_all` also what agrees.
    pub fn of_check(draft: &DraftText, check: &Check, with_all: bool) -> Self {
        let counts = &check.counts;
        let mut summary = vec![
            format!(
                "核对 {} 处：相符 {}，不符 {}，库中未见 {}。",
                check.findings.len(),
                counts.verified,
                counts.differs,
                counts.not_found
            ),
            what_is_checked().to_owned(),
        ];
        summary.extend(draft.notices.iter().cloned());
        let mut places = Places::of(&draft.text);
        let findings = check.findings.iter();
        let told = findings.filter(|finding| with_all || finding.verdict != Agreement::Verified);
        Self {
            title: format!("文稿核对：{}", draft.name),
            summary,
            text: draft.text.clone(),
            remarks: told
                .map(|finding| remark(finding, places.pair(finding.span)))
                .collect(),
        }
    }
}

fn remark(finding: &Finding, span: [usize; 2]) -> Remark {
    let mut lines = vec![finding.message.clone()];
    lines.extend(finding.sources.iter().map(source_line));
    lines.retain(|line| !line.is_empty());
    Remark {
        span,
        state: finding.label(),
        is_problem: finding.verdict == Agreement::Differs,
        lines,
    }
}

fn source_line(proof: &Proof) -> String {
    let citation = cite(&proof.doc, &proof.passage);
    if proof.text.is_empty() {
        citation
    } else {
        format!("{citation}：“{}”", proof.text)
    }
}
