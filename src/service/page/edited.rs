//! The page of a file that is no longer the one that was read.

use askama::Template;

use super::frame::Frame;
use crate::answer::Answer;
use crate::error::ServiceError;
use crate::params::SearchParams;
use crate::{address, words};
use plansearch_engine::DocumentRecord;

#[derive(Template)]
#[template(path = "edited.html", config = "../../web/askama.toml")]
struct EditedPage {
    frame: Frame,
    title: String,
    reader: String,
    file: String,
}

/// Says that the file of a document was edited, and leads to it as it is now.
pub(crate) fn answer(doc: &DocumentRecord) -> Result<Answer, ServiceError> {
    Answer::page(&EditedPage {
        frame: Frame::new("原文件有改动", &SearchParams::default()),
        title: words::title(doc),
        reader: address::document(&doc.id),
        file: address::edited_original(&doc.id),
    })
}
