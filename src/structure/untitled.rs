//! What a document is called that has no title above its text.
//!
//! The title that the format keeps, when the text says the same words; the caption
//! of a table that opens the file; a file name that is built as titles are; what a
//! speaker calls the report; and at last the file name as it is. What is not the
//! document's own word comes with a doubt for the user.

use super::block::{Block, Role};
use super::front;
use super::title::{self, Named};
use plansearch_document::Warning;
use plansearch_document::{Place, Property, PropertyKey};

/// The name, and a doubt where it is not the document's own.
pub(super) fn title(
    blocks: &[Block],
    properties: &[Property],
    file_name: &str,
) -> (Named, Option<Warning>) {
    if let Some(named) = stated(blocks, properties).or_else(|| of_table(blocks)) {
        return (named, None);
    }
    let of_file = file_title(file_name);
    if let Some(named) = opening(blocks).filter(|_| !is_title(&of_file.text)) {
        let name = &named.text;
        let doubt = Warning::NamedByOpening(name.clone());
        return (named, Some(doubt));
    }
    let doubt = Warning::NamedByFile(file_name.to_owned());
    (of_file, Some(doubt))
}

/// The title that the head of a web page states, where the text says the same words.
pub(super) fn of_page(blocks: &[Block], properties: &[Property]) -> Option<Named> {
    let is_of_page = |property: &&Property| property.place.starts_with("html");
    let of_page: Vec<Property> = properties.iter().filter(is_of_page).cloned().collect();
    let stated = of_page.iter().find(|property| {
        let words = title::plain(&property.value);
        property.key == PropertyKey::Title
            && front::is_whole_title(&property.value)
            && blocks
                .iter()
                .any(|block| title::plain(&block.text).contains(&words))
    })?;
    Some(Named {
        text: stated.value.clone(),
        place: Place::Property(stated.place),
    })
}

/// The title that the format keeps. Templates leave old ones there, so it counts
/// only where the text says the same words.
fn stated(blocks: &[Block], properties: &[Property]) -> Option<Named> {
    let stated = properties.iter().find(|property| {
        let words = title::plain(&property.value);
        property.key == PropertyKey::Title
            && front::is_whole_title(&property.value)
            && blocks
                .iter()
                .any(|block| title::plain(&block.text).contains(&words))
    })?;
    Some(Named {
        text: title::handed_over(&stated.value).unwrap_or_else(|| stated.value.clone()),
        place: Place::Property(stated.place),
    })
}

/// The caption of a table with which the text begins.
fn of_table(blocks: &[Block]) -> Option<Named> {
    let first = blocks.iter().find(|block| {
        let is_aside = matches!(
            block.role,
            Role::Dropped(_) | Role::Front(_) | Role::Attachment
        );
        !is_aside
    })?;
    let is_caption =
        first.role == Role::Caption && super::caption::caption_kind(&first.text).is_none();
    is_caption.then(|| Named {
        text: first.text.clone(),
        place: Place::Line(first.line + 1),
    })
}

/// 现在，我代表市人民政府，向大会报告工作: a report of the government's work.
fn opening(blocks: &[Block]) -> Option<Named> {
    let opening = blocks
        .iter()
        .filter(|block| block.is_open())
        .take(MAX_OPENING_BLOCKS)
        .find(|block| {
            let text = block.text.as_str();
            let is_for_government =
                text.contains("代表") && (text.contains("政府") || text.contains("国务院"));
            let is_report = ["报告工作", "报告政府工作", "作政府工作报告", "作工作报告"]
                .iter()
                .any(|words| text.contains(words));
            is_for_government && is_report && text.contains("大会")
        })?;
    Some(Named {
        text: "政府工作报告".to_owned(),
        place: Place::Line(opening.line + 1),
    })
}

const MAX_OPENING_BLOCKS: usize = 3;

/// Says whether a file name is built as titles are, a year behind it aside.
fn is_title(stem: &str) -> bool {
    let words = stem.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '年' | '-' | '_' | ' ' | '（' | '）' | '(' | ')')
    });
    front::is_whole_title(words)
}

/// `某规划(1).txt` as a title.
fn file_title(file_name: &str) -> Named {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Named {
        text: stem.to_owned(),
        place: Place::FileName,
    }
}

#[cfg(test)]
mod tests {
    use crate::parse;
    use plansearch_document::Place;
    use plansearch_document::RawText;

    fn check(text: &str, file_name: &str, title: &str, place: &Place, has_doubt: bool) {
        let documents = parse(&RawText::from_text(text), file_name);
        let metadata = &documents[0].metadata;
        assert_eq!(metadata.title, title);
        let found = documents[0].found_in.get(&plansearch_document::Fact::Title);
        assert_eq!(found, Some(place));
        assert_eq!(!documents[0].warnings.is_empty(), has_doubt, "{title}");
    }

    #[test]
    fn a_report_is_called_what_its_opening_says() {
        let text = "各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n一、工作回顾\n稳中求进。\n二、工作安排\n抓好落实。";
        check(text, "00a1.txt", "政府工作报告", &Place::Line(2), true);
        let name = "某市政府工作报告2022";
        check(
            text,
            "某市政府工作报告2022.txt",
            name,
            &Place::FileName,
            true,
        );
    }

    #[test]
    fn a_file_that_is_a_table_has_the_name_of_the_table() {
        let text = "海东县重点项目责任分解表\n序号 | 项目 | 单位 |\n1 | 码头 | 交通局 |\n2 | 航道 | 交通局 |";
        check(
            text,
            "a.txt",
            "海东县重点项目责任分解表",
            &Place::Line(1),
            false,
        );
    }

    #[test]
    fn any_other_file_is_called_by_its_name() {
        check(
            "今天天气很好。",
            "b/某文(1).txt",
            "某文(1)",
            &Place::FileName,
            true,
        );
    }
}
