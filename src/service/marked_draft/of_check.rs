//! A draft with what its sources say of its statements.

use super::{MarkedDraft, Remark};
use crate::wire::{Check, CheckFinding};

impl MarkedDraft {
    /// What differs and what the library does not have; `with_all` also what agrees.
    pub fn of_check(check: &Check, with_all: bool) -> Self {
        let counts = &check.counts;
        let mut summary = vec![
            format!(
                "核对 {} 处：相符 {}，不符 {}，库中未见 {}。",
                check.findings.len(),
                counts.verified,
                counts.differs,
                counts.not_found
            ),
            check.checked.to_owned(),
        ];
        summary.extend(check.notices.iter().cloned());
        let findings = check.findings.iter();
        let told = findings.filter(|finding| with_all || finding.verdict != "verified");
        Self {
            title: format!("文稿核对：{}", check.draft),
            summary,
            text: check.text.clone(),
            remarks: told.map(remark).collect(),
        }
    }
}

fn remark(finding: &CheckFinding) -> Remark {
    let kind = match finding.kind {
        "quote" => "引文",
        "figure" => "数字",
        "date" => "日期",
        "doc_number" => "文号",
        "title" => "题名",
        _ => "机关",
    };
    let state = match (finding.verdict, finding.differs_by) {
        ("verified", _) => format!("{kind}相符"),
        ("differs", Some("period")) => format!("{kind}时期不同"),
        ("differs", _) => format!("{kind}不符"),
        _ => format!("{kind}库中未见"),
    };
    let mut lines = vec![finding.message.clone()];
    lines.extend(finding.sources.iter().map(|source| {
        let said = &source.source_text;
        let citation = &source.passage.citation;
        if said.is_empty() {
            citation.clone()
        } else {
            format!("{citation}：“{said}”")
        }
    }));
    lines.retain(|line| !line.is_empty());
    Remark {
        span: finding.span,
        state,
        is_problem: finding.verdict == "differs",
        lines,
    }
}
