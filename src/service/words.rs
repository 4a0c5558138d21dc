//! The Chinese words of pages for the names of the interface.

use crate::address;
use crate::group::Group;
use crate::original;
use plansearch_document::Warning;
use plansearch_document::citation::Citations;
use plansearch_document::{Date, PassageKind};
use plansearch_engine::{DocumentRecord, Fate, PassageRecord};

/// The forms of a file of passages with their names in addresses.
pub(super) const FILES: [(&str, &str); 4] = [
    ("Word", "docx"),
    ("Excel", "xlsx"),
    ("CSV", "csv"),
    ("Markdown", "md"),
];

/// Name of a kind of passage.
pub(super) fn kind(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Paragraph => "正文",
        PassageKind::Table => "表格",
        PassageKind::Heading => "标题",
        PassageKind::FrontMatter => "文首",
        PassageKind::Attachment => "附件",
    }
}

/// Name of a group of a filter.
pub(super) fn group(group: Group) -> &'static str {
    match group {
        Group::Doc => "文件",
        Group::Chapter => "章节",
        Group::Theme => "主题",
        Group::Issuer => "发文机关",
        Group::Level => "层级",
        Group::Region => "地区",
        Group::Type => "文种",
        Group::Year => "成文年份",
        Group::Period => "规划期",
        Group::Kind => "段落类型",
    }
}

/// A date as a Chinese official writes it; as it is when it is none.
pub(super) fn date(iso: &str) -> String {
    Date::parse_iso(iso).map_or_else(|| iso.to_owned(), Date::to_chinese)
}

/// The title of a document, which is never empty.
pub(super) fn title(doc: &DocumentRecord) -> String {
    title_or(&doc.title)
}

/// The title, or what stands for one that is empty.
pub(super) fn title_or(title: &str) -> String {
    if title.trim().is_empty() {
        "（无题名文件）".to_owned()
    } else {
        title.to_owned()
    }
}

/// Number and date of a document, as far as known.
pub(super) fn source_facts(doc: &DocumentRecord) -> Vec<String> {
    let number = doc.doc_number.clone();
    let mut facts: Vec<String> = number.into_iter().collect();
    facts.extend(doc.date.as_deref().map(date));
    facts.retain(|fact| !fact.is_empty());
    facts
}

/// Issuer, type, date and number of a document in one line, as far as known.
pub(super) fn hit_facts(doc: &DocumentRecord) -> Vec<String> {
    let issuers = match doc.issuers.as_slice() {
        [first, _, ..] => format!("{first}等"),
        issuers => issuers.concat(),
    };
    let mut facts = vec![issuers, doc.doc_type.clone()];
    facts.extend(doc.date.as_deref().map(date));
    facts.extend(doc.doc_number.clone());
    facts.retain(|fact| !fact.is_empty());
    facts
}

/// Where a fact of a document was found, as the index names the place.
pub(super) fn place(place: &str) -> String {
    let line = |text: &str| text.strip_prefix("line ").map(|line| format!("第{line}行"));
    if let Some(line) = line(place) {
        return line;
    }
    if let Some(rest) = place.strip_prefix("label ")
        && let Some((label, rest)) = rest.split_once(", ")
        && let Some(line) = line(rest)
    {
        return format!("“{label}”一栏，{line}");
    }
    match place {
        "title" => "据题名".to_owned(),
        "file name" => "据文件名".to_owned(),
        "sidecar" => "据更正文件".to_owned(),
        other => other.to_owned(),
    }
}

/// The citation of a whole document, as officials write it where it has what that needs.
pub(super) fn citation(doc: &DocumentRecord) -> String {
    let citations = Citations::of(&doc.metadata());
    if citations.official.is_empty() {
        citations.gbt7714_2025
    } else {
        citations.official
    }
}

/// What a hit is, where it is not plain text.
pub(super) fn hit_kind(of: PassageKind, is_recognised: bool) -> Option<&'static str> {
    match (of, is_recognised) {
        (_, true) => Some("扫描识别"),
        (PassageKind::Paragraph, false) => None,
        (other, false) => Some(kind(other)),
    }
}

/// What the link to the file of a passage says, and its address: where the file still lies
/// in its place.
pub(super) fn original(doc: &DocumentRecord, passage: &PassageRecord) -> Option<(String, String)> {
    original::path(doc)?;
    let words = match passage.page {
        Some(page) => format!("原文件第{page}页"),
        None => "原文件".to_owned(),
    };
    Some((words, address::original_at(doc, passage)))
}

/// What the link to the file of a document says, and its address: of a pdf at the page of
/// the passage that was asked for.
pub(super) fn original_of(
    doc: &DocumentRecord,
    shown: &[PassageRecord],
    found: Option<&PassageRecord>,
) -> (&'static str, String) {
    let is_opened = doc.member.is_empty() && shown.iter().any(|one| one.page.is_some());
    let words = if is_opened {
        "打开原文件"
    } else {
        "下载原文件"
    };
    let href = found.map_or_else(
        || address::original(&doc.id),
        |found| address::original_at(doc, found),
    );
    (words, href)
}

/// What became of a passage that an earlier address named; nothing where it still stands.
pub(super) fn fate(fate: Fate) -> Option<&'static str> {
    match fate {
        Fate::Same => None,
        Fate::Changed => Some("文件在链接生成之后有改动，所指段落的文字与当时不同，请核对。"),
        Fate::Gone => Some("文件在链接生成之后有改动，所指段落已经删除，这里是它原来所在的位置。"),
    }
}

/// What the parser doubts, in Chinese.
pub(super) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::LostCells {
            table,
            n_damaged,
            n_rows,
        } => {
            let table = if table.is_empty() {
                "一个表格".to_owned()
            } else {
                format!("“{table}”")
            };
            format!("{table}的{n_rows}行中有{n_damaged}行缺少单元格，无法与各栏对应，按原样列出。")
        }
        Warning::NamedByFile(name) => format!("正文中没有题名，以文件名“{name}”为题名。"),
        Warning::NamedByOpening(name) => format!("正文中没有题名，按开头的说法取作“{name}”。"),
        Warning::Recognised(pages) => {
            let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
            let pages = pages.join("、");
            format!("第{pages}页的文字由扫描件识别，引用前请核对原件。")
        }
        Warning::ControlCharacters(counts) => {
            let n: usize = counts.iter().map(|(_, n)| n).sum();
            format!("正文中有{n}个控制字符。")
        }
        Warning::TooDeep { max_depth, .. } => {
            format!("网页嵌套超过{max_depth}层或过长，其余部分不再区分结构。")
        }
        Warning::EndlessContents => "目录域没有结束标记，其各行按正文保留。".to_owned(),
        Warning::Askew(n) => format!("有{n}处斜排文字未读取。"),
        Warning::Unread(reason) => reason.clone(),
    }
}

/// A heading as it is set.
pub(super) fn label(label: &str) -> String {
    plansearch_document::as_set(label)
}

/// The headings above a passage as they are set.
pub(super) fn labels(path: &[String]) -> Vec<String> {
    path.iter().map(|heading| label(heading)).collect()
}

/// A notice as a sentence of its own.
pub(super) fn sentence(notice: &str) -> String {
    let is_ended = notice.ends_with(['。', '？', '！', '：', '…']);
    let end = if is_ended { "" } else { "。" };
    format!("{notice}{end}")
}

/// What tells a passage from all others in the names of its buttons: its citation, with its
/// number in the document where the citation names no paragraph.
pub(super) fn name_of(passage: &PassageRecord, citation: &str) -> String {
    if passage.paragraph_no.is_some() {
        citation.to_owned()
    } else {
        format!("{citation}，全文第{}段", passage.idx + 1)
    }
}

/// The years of a plan: `2021—2025年`.
pub(super) fn period(doc: &DocumentRecord) -> Option<String> {
    doc.period.map(|(first, last)| {
        if first == last {
            format!("{first}年")
        } else {
            format!("{first}—{last}年")
        }
    })
}

/// A count with a gap at every thousand.
pub(super) fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_facts_are_said_in_chinese() {
        for (name, expect) in [
            ("line 3", "第3行"),
            ("label 发文字号, line 12", "“发文字号”一栏，第12行"),
            ("file name", "据文件名"),
            ("html meta", "html meta"),
        ] {
            assert_eq!(place(name), expect);
        }
    }

    #[test]
    fn doubts_are_told_in_chinese() {
        let lost = Warning::LostCells {
            table: "表1-1 指标".to_owned(),
            n_damaged: 10,
            n_rows: 20,
        };
        assert_eq!(
            warning(&lost),
            "“表1-1 指标”的20行中有10行缺少单元格，无法与各栏对应，按原样列出。"
        );
        let all = [
            Warning::NamedByFile("甲".to_owned()),
            Warning::NamedByOpening("甲".to_owned()),
            Warning::Recognised(vec![1, 2]),
            Warning::ControlCharacters(vec![('\u{1}', 2)]),
            Warning::TooDeep {
                max_depth: 9,
                max_elements: 99,
            },
            Warning::EndlessContents,
            Warning::Askew(2),
        ];
        for doubt in all {
            let told = warning(&doubt);
            let is_latin = told.chars().any(|c| c.is_ascii_alphabetic());
            assert!(!is_latin && told.ends_with('。'), "{told}");
        }
    }

    #[test]
    fn a_heading_has_no_blank_behind_its_mark() {
        for (text, expect) in [
            ("一、 发展现状", "一、发展现状"),
            ("（一） 发展现状", "（一）发展现状"),
            ("(1) 目标", "(1)目标"),
            ("第一章 总则", "第一章 总则"),
        ] {
            assert_eq!(label(text), expect);
        }
    }

    #[test]
    fn counts_have_a_gap_at_every_thousand() {
        for (number, expect) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(count(number), expect);
        }
    }
}
