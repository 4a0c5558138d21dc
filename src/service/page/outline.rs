//! The outline of a document, from the paths of its passages.

use crate::words;
use plansearch_engine::PassageRecord;

/// Deepest heading that the outline names.
const MAX_LEVEL: usize = 3;

/// From how many headings on the deepest level is left out.
const MAX_STEPS: usize = 400;

/// One heading of the outline.
pub(super) struct OutlineStep {
    /// Depth, from 1.
    pub(super) level: usize,
    /// Number and title.
    pub(super) label: String,
    /// Where its first passage is: in this page, or in another part of the document.
    pub(super) href: String,
}

/// The headings that open between passages, in document order.
///
/// Where a path leaves the one before it, the rest of it is new.
///
/// `href` makes the address of a passage by its number. A very long outline is cut
/// to its upper levels.
pub(super) fn outline(
    passages: &[PassageRecord],
    href: impl Fn(usize) -> String,
) -> Vec<OutlineStep> {
    let mut steps = Vec::new();
    let mut before: &[String] = &[];
    for passage in passages {
        let n_same = n_shared(before, &passage.path);
        for (at, label) in passage.path.iter().enumerate().skip(n_same) {
            steps.push(OutlineStep {
                level: at + 1,
                label: words::label(label),
                href: href(passage.idx),
            });
        }
        before = &passage.path;
    }
    for deepest in (1..=MAX_LEVEL).rev() {
        steps.retain(|step| step.level <= deepest);
        if steps.len() <= MAX_STEPS {
            break;
        }
    }
    steps
}

/// How many steps two paths share from the top.
pub(super) fn n_shared(a: &[String], b: &[String]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_heading_is_named_where_it_opens() {
        let passage = |idx: usize, path: &[&str]| PassageRecord {
            idx,
            path: path.iter().map(|label| (*label).to_owned()).collect(),
            ..PassageRecord::default()
        };
        let passages = [
            passage(0, &[]),
            passage(1, &["第一章"]),
            passage(2, &["第一章", "一、"]),
            passage(3, &["第一章", "一、"]),
            passage(4, &["第二章", "一、"]),
        ];
        let named: Vec<_> = outline(&passages, |idx| format!("#p{idx}"))
            .into_iter()
            .map(|step| (step.level, step.label, step.href))
            .collect();
        let expect = [
            (1, "第一章", 1),
            (2, "一、", 2),
            (1, "第二章", 4),
            (2, "一、", 4),
        ];
        assert_eq!(
            named,
            expect.map(|(level, label, idx)| (level, label.to_owned(), format!("#p{idx}")))
        );
    }
}
