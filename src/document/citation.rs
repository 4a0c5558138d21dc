//! Citations that can be pasted behind a quoted passage, in the forms that
//! officials and writers use.
//!
//! A part that the source does not state is left out and named in
//! [`Citations::missing`]; none is invented. An address on the net is no part of
//! any form, because a document in the library is a file: so the carrier `/OL`
//! and the date of access, which go with such an address, do not stand there.

use super::label::as_set;
use super::{Date, DocType, Metadata};

/// Bodies that a reference names; behind them stands 等.
const MAX_NAMED_ISSUERS: usize = 3;

/// What a citation names of a document.
#[derive(Debug, Clone, Copy)]
pub struct Cited<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its number, if it states one.
    pub doc_number: Option<&'a str>,
    /// Its date of issue, if it states one.
    pub date: Option<Date>,
}

impl Cited<'_> {
    /// Writes `《题名》（发文字号，成文日期），第三章 … 第二节 …` for a passage at `path`.
    ///
    /// `paragraph_no` counts the paragraphs under the last heading from 1; it is left
    /// out for headings and table rows.
    pub fn cite(&self, path: &[String], paragraph_no: Option<usize>) -> String {
        let length: usize = path.iter().map(String::len).sum();
        let mut text = String::with_capacity(self.title.len() + length + 128);
        text.extend(["《", self.title, "》"]);
        let date = self.date.map(Date::to_chinese);
        let facts = self.doc_number.into_iter().chain(date.as_deref());
        for (nth, fact) in facts.enumerate() {
            text.extend([if nth == 0 { "（" } else { "，" }, fact]);
        }
        if self.doc_number.is_some() || date.is_some() {
            text.push('）');
        }
        let paragraph = paragraph_no.map(|number| format!("第{number}段"));
        let steps = path.iter().map(|heading| as_set(heading)).chain(paragraph);
        for (nth, step) in steps.enumerate() {
            text.extend([if nth == 0 { "，" } else { " " }, &step]);
        }
        text
    }
}

/// The citations of a document by form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citations {
    /// As one official document quotes another: title first, number behind it,
    /// `《某市氢能规划》（某政发〔2021〕4号）`.
    pub official: String,
    /// As in a list of references by GB/T 7714—2025, with marks of full width.
    pub gbt7714_2025: String,
    /// As in a list of references by GB/T 7714—2015, with marks of half width.
    pub gbt7714_2015: String,
    /// Chinese names of the parts that the forms have and the source does not
    /// state: 题名, 发文机关, 发文字号, 成文日期.
    pub missing: Vec<&'static str>,
}

/// The marks in which the two editions of the standard differ.
struct Marks {
    between_bodies: &'static str,
    before_number: &'static str,
}

const OF_2025: Marks = Marks {
    between_bodies: "，",
    before_number: "：",
};
const OF_2015: Marks = Marks {
    between_bodies: ", ",
    before_number: ": ",
};

impl Citations {
    /// Writes the citations of a document.
    ///
    /// ```
    /// use plansearch_document::citation::Citations;
    /// use plansearch_document::{Date, Metadata};
    ///
    /// let citations = Citations::of(&Metadata {
    ///     title: "某市氢能规划".into(),
    ///     issuers: vec!["某市人民政府".into()],
    ///     doc_number: Some("某政发〔2021〕4号".into()),
    ///     date: Date::new(2021, 6, 27),
    ///     ..Metadata::default()
    /// });
    /// assert_eq!(citations.official, "《某市氢能规划》（某政发〔2021〕4号）");
    /// assert_eq!(
    ///     citations.gbt7714_2025,
    ///     "某市人民政府. 某市氢能规划：某政发〔2021〕4号[Z]. 2021-06-27."
    /// );
    /// assert!(citations.missing.is_empty());
    /// ```
    pub fn of(metadata: &Metadata) -> Self {
        let has_date = metadata.date.or(metadata.publish_date).is_some();
        let parts = [
            ("题名", has_title(metadata)),
            ("发文机关", !metadata.issuers.is_empty()),
            ("发文字号", metadata.doc_number.is_some()),
            ("成文日期", has_date),
        ];
        let missing = parts.into_iter().filter(|(_, is_stated)| !is_stated);
        Self {
            official: official(metadata),
            gbt7714_2025: reference(metadata, &OF_2025),
            gbt7714_2015: reference(metadata, &OF_2015),
            missing: missing.map(|(name, _)| name).collect(),
        }
    }

    /// All forms that there are with their names, and the remark, a line each.
    pub fn lines(&self) -> Vec<String> {
        let forms = [
            ("公文引用", &self.official),
            ("GB/T 7714—2025", &self.gbt7714_2025),
            ("GB/T 7714—2015", &self.gbt7714_2015),
        ];
        let stated = forms.into_iter().filter(|(_, text)| !text.is_empty());
        let lines = stated.map(|(name, text)| format!("{name}：{text}"));
        let remark = self.remark().map(|remark| format!("注：{remark}"));
        lines.chain(remark).collect()
    }

    /// The parts that are missing, as a remark for people; `None` when none is.
    pub fn remark(&self) -> Option<String> {
        let names = self.missing.join("、");
        (!names.is_empty()).then(|| format!("来源文件未注明{names}，引文中从缺"))
    }
}

fn has_title(metadata: &Metadata) -> bool {
    !metadata.title.trim().is_empty()
}

/// The form of 党政机关公文: title, then number.
fn official(metadata: &Metadata) -> String {
    let mut text = String::new();
    if has_title(metadata) {
        text.push('《');
        // Title marks inside title marks change to the other kind.
        text.extend(metadata.title.trim().chars().map(|c| match c {
            '《' => '〈',
            '》' => '〉',
            '〈' => '《',
            '〉' => '》',
            other => other,
        }));
        text.push('》');
    }
    if let Some(number) = &metadata.doc_number {
        text.push('（');
        text.push_str(number);
        text.push('）');
    }
    text
}

/// `责任者. 题名: 文号[文献类型]. 日期.`, as the standard writes reports and other
/// documents that carry a number of their own.
fn reference(metadata: &Metadata, marks: &Marks) -> String {
    let named = metadata.issuers.iter().take(MAX_NAMED_ISSUERS);
    let mut bodies: Vec<&str> = named.map(String::as_str).collect();
    if metadata.issuers.len() > MAX_NAMED_ISSUERS {
        bodies.push("等");
    }
    let title = Some(metadata.title.trim()).filter(|title| !title.is_empty());
    let named: Vec<&str> = title
        .into_iter()
        .chain(metadata.doc_number.as_deref())
        .collect();
    let what = named.join(marks.before_number) + type_mark(metadata.doc_type);
    let date = metadata.date.or(metadata.publish_date);
    let parts = [
        bodies.join(marks.between_bodies),
        what,
        date.map(|date| date.to_string()).unwrap_or_default(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(". ") + "."
}

/// The mark of the type of document. The standard has one for reports; plans,
/// notices and regulations are none of its types and so 其他.
fn type_mark(doc_type: DocType) -> &'static str {
    match doc_type {
        DocType::WorkReport => "[R]",
        _ => "[Z]",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Metadata {
        Metadata {
            title: "某市氢能规划".into(),
            issuers: vec!["某市人民政府".into()],
            doc_number: Some("某政发〔2021〕4号".into()),
            date: Date::new(2021, 6, 27),
            ..Metadata::default()
        }
    }

    #[test]
    fn a_citation_names_title_number_date_and_place() {
        let path = ["第三章 产业".to_owned(), "第二节 制造业".to_owned()];
        let plan = Cited {
            title: "某市氢能规划",
            doc_number: Some("某政发〔2021〕4号"),
            date: Date::new(2021, 6, 27),
        };
        assert_eq!(
            plan.cite(&path, Some(3)),
            "《某市氢能规划》（某政发〔2021〕4号，2021年6月27日），第三章 产业 第二节 制造业 第3段"
        );
    }

    #[test]
    fn missing_parts_are_left_out() {
        let plan = Cited {
            title: "某计划",
            doc_number: None,
            date: None,
        };
        assert_eq!(plan.cite(&[], None), "《某计划》");
        assert_eq!(plan.cite(&["总则".to_owned()], None), "《某计划》，总则");
    }

    #[test]
    fn each_form_has_its_marks() {
        let citations = Citations::of(&plan());
        assert_eq!(citations.official, "《某市氢能规划》（某政发〔2021〕4号）");
        assert_eq!(
            citations.gbt7714_2025,
            "某市人民政府. 某市氢能规划：某政发〔2021〕4号[Z]. 2021-06-27."
        );
        assert_eq!(
            citations.gbt7714_2015,
            "某市人民政府. 某市氢能规划: 某政发〔2021〕4号[Z]. 2021-06-27."
        );
        assert_eq!(citations.remark(), None);
    }

    #[test]
    fn what_the_source_does_not_state_is_named_not_invented() {
        let bare = Citations::of(&Metadata {
            title: "某市政府工作报告".into(),
            doc_type: DocType::WorkReport,
            ..Metadata::default()
        });
        assert_eq!(bare.official, "《某市政府工作报告》");
        assert_eq!(bare.gbt7714_2025, "某市政府工作报告[R].");
        assert_eq!(bare.missing, ["发文机关", "发文字号", "成文日期"]);
        assert_eq!(
            bare.remark().as_deref(),
            Some("来源文件未注明发文机关、发文字号、成文日期，引文中从缺")
        );
        let nothing = Citations::of(&Metadata::default());
        assert_eq!((nothing.official.as_str(), nothing.missing.len()), ("", 4));
        assert_eq!(nothing.gbt7714_2015, "[Z].");
    }

    #[test]
    fn title_marks_inside_title_marks_change_kind() {
        let notice = Citations::of(&Metadata {
            title: "关于印发《某市“十四五”规划》的通知".into(),
            ..Metadata::default()
        });
        assert_eq!(notice.official, "《关于印发〈某市“十四五”规划〉的通知》");
        assert!(notice.gbt7714_2025.starts_with("关于印发《某市"));
    }

    #[test]
    fn of_many_bodies_three_are_named() {
        let bodies = ["甲局", "乙局", "丙局", "丁局"].map(str::to_owned).to_vec();
        let citations = Citations::of(&Metadata {
            issuers: bodies,
            publish_date: Date::new(2022, 1, 5),
            ..plan()
        });
        assert!(
            citations
                .gbt7714_2025
                .starts_with("甲局，乙局，丙局，等. 某市")
        );
        assert!(
            citations
                .gbt7714_2015
                .starts_with("甲局, 乙局, 丙局, 等. 某市")
        );
    }
}
