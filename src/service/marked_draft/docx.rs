//! A Word document: the text of the draft, set as official documents are, with a comment in
//! the margin for each remark.

use askama::Template;

use super::{Line, MarkedDraft, Piece};
use crate::error::ServiceError;
use crate::package::package;
use crate::xml;

/// The parts that are the same in every document, by their names in the package.
const PARTS: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        include_str!("../../../web/export/commented-types.xml"),
    ),
    ("_rels/.rels", include_str!("../../../web/export/rels.xml")),
    (
        "word/_rels/document.xml.rels",
        include_str!("../../../web/export/commented-rels.xml"),
    ),
    (
        "word/styles.xml",
        include_str!("../../../web/export/styles.xml"),
    ),
];

#[derive(Template)]
#[template(path = "marked_draft.xml", config = "../../web/askama.toml")]
struct Body<'a> {
    title: String,
    summary: Vec<String>,
    lines: &'a [Line],
}

#[derive(Template)]
#[template(path = "marked_comments.xml", config = "../../web/askama.toml")]
struct Comments {
    /// Of each comment, its lines.
    comments: Vec<Vec<String>>,
}

impl MarkedDraft {
    /// The package.
    ///
    /// # Errors
    /// [`ServiceError`] when it cannot be written.
    pub fn docx(&self) -> Result<Vec<u8>, ServiceError> {
        let mut lines = self.lines();
        for piece in lines.iter_mut().flat_map(|line| &mut line.pieces) {
            if let Piece::Text(text) = piece {
                *text = xml::legal(text);
            }
        }
        let body = Body {
            title: xml::legal(&self.title),
            summary: self.summary.iter().map(|line| xml::legal(line)).collect(),
            lines: &lines,
        };
        let comments = self.remarks.iter().map(|remark| {
            let first = format!("【{}】", remark.state);
            let lines = [first].into_iter().chain(remark.lines.iter().cloned());
            lines.map(|line| xml::legal(&line)).collect()
        });
        let comments = Comments {
            comments: comments.collect(),
        };
        let (body, comments) = (body.render()?, comments.render()?);
        let made = [
            ("word/document.xml", body.as_str()),
            ("word/comments.xml", comments.as_str()),
        ];
        package(PARTS.into_iter().chain(made))
    }
}
