//! One HTML page that needs nothing beside it.

use askama::Template;

use super::{MarkedDraft, Piece};
use crate::error::ServiceError;

#[derive(Template)]
#[template(path = "marked_draft.html", config = "../../web/askama.toml")]
struct Page<'a> {
    draft: &'a MarkedDraft,
    lines: Vec<Vec<Shown>>,
    said: Vec<String>,
}

/// A stretch of text, and the remarks that it belongs to.
struct Shown {
    text: String,
    is_marked: bool,
    is_problem: bool,
    /// Numbers of the remarks that end here, from 1.
    ends: Vec<usize>,
}

impl MarkedDraft {
    /// The page.
    ///
    /// # Errors
    /// [`ServiceError`] when it cannot be written.
    pub fn html(&self) -> Result<String, ServiceError> {
        let mut open: Vec<usize> = Vec::new();
        let mut lines = Vec::new();
        for line in self.lines() {
            let mut shown: Vec<Shown> = Vec::new();
            for piece in line.pieces {
                match piece {
                    Piece::Start(number) => open.push(number),
                    Piece::End(number) => {
                        open.retain(|other| *other != number);
                        if shown.is_empty() {
                            shown.push(self.shown(String::new(), &open));
                        }
                        if let Some(last) = shown.last_mut() {
                            last.ends.push(number + 1);
                        }
                    }
                    Piece::Text(text) => shown.push(self.shown(text, &open)),
                }
            }
            lines.push(shown);
        }
        let page = Page {
            draft: self,
            lines,
            said: self.said_all(),
        };
        Ok(page.render()?)
    }

    fn shown(&self, text: String, open: &[usize]) -> Shown {
        Shown {
            text,
            is_marked: !open.is_empty(),
            is_problem: open.iter().any(|number| self.remarks[*number].is_problem),
            ends: Vec::new(),
        }
    }
}
