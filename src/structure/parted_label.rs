//! Labels whose value stands on the next line, as pages copied cell by cell have
//! them: `成文日期：` / `2023年06月12日`.
//!
//! A value is joined to its label only where it is what the label promises: a date
//! behind 成文日期, a body behind 发文机关. What is short and no title may follow a
//! label that tells nothing of the document (有效性：).

use super::block::{Block, without_blanks};
use super::labels::{self, Meaning};
use super::{front, furniture, official, ordinal};

/// Labels stand so near to the beginning of a text.
const MAX_BLOCKS: usize = 60;
/// Values without a form of their own are not longer.
const MAX_VALUE_CHARS: usize = 16;

/// Joins values to the labels above them.
pub(super) fn join(blocks: &mut Vec<Block>) {
    let mut is_used = false;
    for idx in 1..blocks.len().min(MAX_BLOCKS) {
        let (above, value) = (&blocks[idx - 1], &blocks[idx]);
        let is_value = above.is_open()
            && value.is_open()
            && label(&above.text).is_some_and(|meaning| suits(meaning, &value.text));
        if is_value {
            let value = std::mem::take(&mut blocks[idx].text);
            let label = &mut blocks[idx - 1].text;
            if !label.ends_with(['：', ':']) {
                label.push('：');
            }
            label.push_str(&value);
            is_used = true;
        }
    }
    if is_used {
        blocks.retain(|block| !block.text.is_empty());
    }
}

/// What a label says that has nothing behind it: 成文日期： or ［成文日期］.
fn label(text: &str) -> Option<Meaning> {
    let is_bracketed = text.starts_with(['[', '【']) && text.ends_with([']', '】']);
    let name = text
        .strip_suffix(['：', ':'])
        .or_else(|| is_bracketed.then_some(text))?;
    labels::known(name).map(|(_, meaning)| meaning)
}

/// Says whether `value` can stand behind a label of this meaning.
pub(super) fn suits(meaning: Meaning, value: &str) -> bool {
    let squeezed = without_blanks(value);
    let n_chars = squeezed.chars().count();
    if labels::first(value).is_some() || value.ends_with(['：', ':']) {
        return false;
    }
    match meaning {
        Meaning::Title => front::is_whole_title(value),
        Meaning::DocNumber => official::is_doc_number(value),
        Meaning::IndexNumber => {
            n_chars <= 40
                && squeezed.contains(|c: char| c.is_ascii_digit())
                && squeezed.chars().all(|c| c.is_ascii() && c != '|')
        }
        Meaning::Date | Meaning::PublishDate => {
            n_chars <= 20 && official::find_date(value).is_some_and(|(_, span)| span.start == 0)
        }
        Meaning::Issuers | Meaning::Publisher => {
            official::organisations(value)
                .iter()
                .all(|body| official::is_organisation(body))
                && official::is_organisation(value)
        }
        Meaning::Other => {
            n_chars <= MAX_VALUE_CHARS
                && !value.contains(['。', '，', '；', '|', '>'])
                && !front::is_whole_title(value)
                && ordinal::scan(value).is_none()
                && furniture::reason(value).is_none()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect: &[&str]) {
        let mut blocks = opened(lines);
        join(&mut blocks);
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, expect);
    }

    #[test]
    fn values_below_their_labels_are_joined() {
        check(
            &[
                "索 引 号：",
                "11330000/2023-00123",
                "发文机关：",
                "滨江市人民政府",
                "成文日期：",
                "2023年06月12日",
                "有效性：",
                "有效",
                "滨江市人民政府关于加快建设科技强市的实施意见",
            ],
            &[
                "索 引 号：11330000/2023-00123",
                "发文机关：滨江市人民政府",
                "成文日期：2023年06月12日",
                "有效性：有效",
                "滨江市人民政府关于加快建设科技强市的实施意见",
            ],
        );
    }

    #[test]
    fn labels_in_brackets_have_values_too() {
        check(
            &[
                "[ 索引号 ]",
                "11500000/2021-00077",
                "【发布机构】",
                "某区发展改革委",
            ],
            &[
                "[ 索引号 ]：11500000/2021-00077",
                "【发布机构】：某区发展改革委",
            ],
        );
    }

    #[test]
    fn what_is_no_value_stays_apart() {
        for lines in [
            ["发布日期：", "各县（市、区）人民政府："],
            ["文号：", "发布日期：2023年6月12日"],
            ["来源：", "滨江市养老服务发展规划"],
            ["分类：", "政策全文"],
            ["主要目标：", "到2025年"],
            ["发文机关：", "为深入贯彻落实决策部署，现提出以下意见。"],
        ] {
            check(&lines, &lines);
        }
    }
}
