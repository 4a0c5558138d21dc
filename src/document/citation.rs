//! A citation that can be pasted behind a quoted passage.
//!
//! Missing parts are left out, never invented.

use super::Metadata;

/// Writes `《题名》(发文字号,成文日期)，第三章 … 第二节 …` for a passage at `path`.
///
/// `paragraph_no` counts the paragraphs under the last heading from 1; it is left
/// out for headings and table rows.
pub fn cite(metadata: &Metadata, path: &[String], paragraph_no: Option<usize>) -> String {
    let facts: Vec<String> = metadata
        .doc_number
        .clone()
        .into_iter()
        .chain(metadata.date.map(super::Date::to_chinese))
        .collect();
    let title = &metadata.title;
    let facts = match facts.join("，") {
        facts if facts.is_empty() => facts,
        facts => format!("（{facts}）"),
    };
    let mut steps = path.to_vec();
    steps.extend(paragraph_no.map(|number| format!("第{number}段")));
    match steps.join(" ") {
        place if place.is_empty() => format!("《{title}》{facts}"),
        place => format!("《{title}》{facts}，{place}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Date;

    #[test]
    fn a_citation_names_title_number_date_and_place() {
        let metadata = Metadata {
            title: "某市氢能规划".into(),
            doc_number: Some("某政发〔2021〕4号".into()),
            date: Date::new(2021, 6, 27),
            ..Metadata::default()
        };
        let path = ["第三章 产业".to_owned(), "第二节 制造业".to_owned()];
        assert_eq!(
            cite(&metadata, &path, Some(3)),
            "《某市氢能规划》（某政发〔2021〕4号，2021年6月27日），第三章 产业 第二节 制造业 第3段"
        );
    }

    #[test]
    fn missing_parts_are_left_out() {
        let metadata = Metadata {
            title: "某计划".into(),
            ..Metadata::default()
        };
        assert_eq!(cite(&metadata, &[], None), "《某计划》");
    }
}
