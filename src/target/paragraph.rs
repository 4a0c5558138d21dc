//! A paragraph with what is read from it once: its characters, figures and dates.

use plansearch_figure::{Scan, scan};

use super::line::Line;

/// A paragraph, read.
pub(crate) struct Paragraph<'a> {
    pub(crate) text: &'a str,
    pub(crate) line: Line<'a>,
    pub(crate) scan: Scan,
}

impl<'a> Paragraph<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            line: Line::new(text),
            scan: scan(text),
        }
    }
}
