//! The page of an error: what is wrong and where to go on.

use askama::Template;
use axum::http::StatusCode;

use super::frame::Frame;
use crate::address;
use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, Expected};
use crate::error::ServiceError;
use crate::params::SearchParams;

#[derive(Template)]
#[template(path = "error.html", config = "../../web/askama.toml")]
struct ErrorPage {
    frame: Frame,
    status: u16,
    heading: &'static str,
    message: String,
    documents: String,
}

/// Renders the page of an error.
pub(crate) fn answer(error: &ServiceError) -> Result<Answer, ServiceError> {
    let heading = heading(error);
    Answer::page(&ErrorPage {
        frame: Frame::new(heading, &SearchParams::default()),
        status: error.status().as_u16(),
        heading,
        message: message(error),
        documents: address::documents("", 0),
    })
}

fn heading(error: &ServiceError) -> &'static str {
    match error.status() {
        StatusCode::BAD_REQUEST => "检索条件有误",
        StatusCode::NOT_FOUND => "没有找到该页面",
        StatusCode::METHOD_NOT_ALLOWED => "不支持这种访问方式",
        StatusCode::PAYLOAD_TOO_LARGE => "一次提交的内容过多",
        StatusCode::REQUEST_TIMEOUT => "提交的内容没有传完",
        StatusCode::SERVICE_UNAVAILABLE => "当前使用人数较多",
        _ => "系统暂时无法完成该请求",
    }
}

fn message(error: &ServiceError) -> String {
    match error {
        ServiceError::BadParameter(bad) => explain(bad),
        ServiceError::NoDocument(id) => {
            format!("文献库中没有编号为“{id}”的文件，可能已被移出文献库。")
        }
        ServiceError::NoTheme(name) => {
            format!("文献库的主题目录中没有“{name}”。")
        }
        ServiceError::NoPassage(id) => {
            format!("文献库中没有编号为“{id}”的段落，可能已被移出文献库。")
        }
        ServiceError::NotFound => "该地址没有内容。请核对地址，或从下列页面继续。".to_owned(),
        ServiceError::TooLarge(_) => "请减少摘录的段落，分几次导出。".to_owned(),
        ServiceError::TooSlow(_) => "网络可能中断，请重新提交。".to_owned(),
        ServiceError::Busy => "请稍候片刻，再刷新本页。".to_owned(),
        ServiceError::TooLong => "该请求用时过长。请缩小范围后再试。".to_owned(),
        ServiceError::MethodNotAllowed => "该地址只能查看，不能提交。".to_owned(),
        _ => "请稍后重试；如仍不能使用，请联系系统管理员查看服务日志。".to_owned(),
    }
}

fn explain(bad: &BadParameter) -> String {
    let BadParameter {
        name,
        value,
        expected,
    } = bad;
    let hint = match expected {
        Expected::OneOf(names) => format!("可用的值有：{}", names.join("、")),
        Expected::NumberTo(max) => format!("应为0至{max}的整数"),
        Expected::Year => "应写作2021，或2019..2025".to_owned(),
        Expected::IdsTo(max) => format!("应给出1至{max}个段落编号"),
        Expected::Passages => {
            "应写作文件编号和段落序号，如8dc22e0c5b53-113.127".to_owned()
        }
        Expected::CharsTo(max) => format!("至多{max}字"),
        Expected::Term => "应给出至少含一个字的词语".to_owned(),
        Expected::AtMost(max) => format!("至多给出{max}个"),
        Expected::Document => "应为文件的编号、题名或题名的一部分".to_owned(),
        Expected::Condition(_) => {
            "应写作 value>=500亿元：字段有 value、low、high、base、year，比较用 >=、<=、>、<、=、!=，数字后写单位"
                .to_owned()
        }
        Expected::Host => "应为主机名或地址，可带端口".to_owned(),
        Expected::Period => "应写作2021..2025，一年的计划写作2024".to_owned(),
        Expected::Draft => "应给出文稿：文字，或能读出文字的文件".to_owned(),
    };
    format!("参数 {name} 的值“{value}”无效。{hint}。")
}
