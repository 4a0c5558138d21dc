//! `GET /help`: how to ask, how passages are counted, how to cite.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::examples::{Example, Way, examples};
use super::frame::Frame;
use crate::answer::Answer;
use crate::error::ServiceError;
use crate::params::SearchParams;
use crate::{address, work};
use plansearch_document::DocType;
use plansearch_engine::Engine;
use plansearch_index::Index;

/// What can be typed: the form, what it finds, and which example shows it.
const FORMS: [(&str, &str, Option<Way>); 15] = [
    (
        "词语",
        "查找含有该词语的段落。连写的原文排在前面；其中的词分开出现的（如“乡村全面振兴”之于“乡村振兴”）排在后面",
        Some(Way::Word),
    ),
    (
        "词语 词语",
        "用空格隔开的词语须同时出现，也可写“且”",
        Some(Way::Both),
    ),
    (
        "“原文”",
        "引号内的文字须与原文一字不差，用“ ”、「 」或英文引号均可",
        Some(Way::Phrase),
    ),
    ("甲 或 乙", "有一个即可，也可写“|”；“或”比空格先结合", None),
    ("(甲 或 乙) 丙", "括号可以分组", Some(Way::Either)),
    (
        "甲 -乙",
        "减号前留空格，排除含有乙的段落，也可写“非 乙”",
        Some(Way::Without),
    ),
    ("“甲*乙”", "星号代表同一句中不超过30字的任意文字", None),
    (
        "≥500亿元 港口",
        "数值在500亿元以上且有“港口”，自动换算单位；也可写 >= ≤ < >",
        None,
    ),
    (
        "甲 near/20 乙",
        "两处相距不超过20字，前后不限，也可写“近/20”",
        Some(Way::Near),
    ),
    ("同句:(甲 乙)", "须在同一句中", Some(Way::Sentence)),
    (
        "文号:",
        "发文字号或其中一部分，括号写法不限",
        Some(Way::Number),
    ),
    (
        "文档: 章节: 标题:",
        "文件题名、上级标题、小标题或所在标题，可只写一部分",
        None,
    ),
    ("主题: 机关:", "主题名称、发文机关", None),
    (
        "类型: 年份:",
        "文种、成文年份，年份可写范围，如“年份:2021..2025”",
        Some(Way::Fields),
    ),
    ("（不写词语）", "只选筛选条件，按文件顺序列出全部段落", None),
];

#[derive(Template)]
#[template(path = "help.html", config = "../../web/askama.toml")]
struct HelpPage {
    frame: Frame,
    forms: Vec<Form>,
    types: String,
}

/// A form of a query.
struct Form {
    written: &'static str,
    does: &'static str,
    /// A query of this form and its address.
    example: Option<(String, String)>,
}

/// Explains how to ask.
#[utoipa::path(
    get,
    path = "/help",
    description = "The page that explains how to ask, with examples of this library.",
    responses((status = 200, description = "The page", content_type = "text/html"))
)]
pub(crate) async fn handle(State(index): State<Arc<Index>>) -> Result<Answer, ServiceError> {
    work::answer(move || answer(&*index.snapshot())).await
}

fn answer(snapshot: &dyn Engine) -> Result<Answer, ServiceError> {
    let examples: Vec<Example> = examples(snapshot)?;
    let example = |way: Way| {
        let example = examples.iter().find(|example| example.way == way)?;
        let params = SearchParams::default().asking(&example.query);
        Some((example.query.clone(), address::search(&params)))
    };
    let form = |(written, does, way): (&'static str, &'static str, Option<Way>)| Form {
        written,
        does,
        example: way.and_then(example),
    };
    Answer::page(&HelpPage {
        frame: Frame::new("使用帮助", &SearchParams::default()),
        forms: FORMS.map(form).into(),
        types: DocType::ALL.map(DocType::name).join("、"),
    })
}
