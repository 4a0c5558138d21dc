//! Pictures as SVG: the use of terms, and the targets of plans for one indicator.
//!
//! No script and no style sheet: a picture is the same inside a page, in a file and on
//! paper. Every number is written beside its mark and in the table of the page, so that
//! colour says nothing alone. Equal data gives equal bytes.

mod ranges;
mod uses;

pub use ranges::targets;
pub use uses::{file, pictures};

use super::xml::legal;

/// What columns and bars are filled with: a blue that stands out on white and on black.
const FILL: &str = "#3f7fb5";
const FONT: &str =
    "font-family=\"Noto Sans CJK SC,Noto Sans SC,PingFang SC,Microsoft YaHei,sans-serif\"";

fn opening((width, height): (usize, usize), title: &str, description: &str, nth: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"picture-{nth}-title picture-{nth}-desc\" fill=\"currentColor\" {FONT} font-size=\"12\"><title id=\"picture-{nth}-title\">{}</title><desc id=\"picture-{nth}-desc\">{}</desc>",
        escaped(title),
        escaped(description)
    )
}

/// Longest label of a mark, in characters.
const MAX_LABEL: usize = 34;

fn shortened(label: &str) -> String {
    plansearch_text::span::shorten(label, MAX_LABEL)
}

/// Text inside XML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in legal(text).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}
