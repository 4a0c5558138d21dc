//! Saved web pages.
//!
//! Answers what the article of a page is, line by line, with the table of facts
//! that government sites put before it. Menus, side columns, footers and what
//! the page hides are dropped with the reason; where that is in doubt, text is
//! kept. Scripts and styles are no text. Nothing is fetched and nothing is run,
//! so a page that a script fills in is empty.

mod article;
mod facts;
mod lines;
mod names;
mod table;
mod tree;

use super::encoding;
use super::source::Unreadable;
use plansearch_document::RawText;
use plansearch_document::Warning;
use tree::Tree;

/// Reads a page.
///
/// # Errors
/// [`Unreadable`] when the bytes are no text or the page shows none.
pub(super) fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    let decoded = encoding::decode(bytes, declared_encoding(bytes).as_deref())?;
    let tree = Tree::parse(&decoded.text);
    let facts = facts::of(&tree);
    let choice = article::choose(&tree, &facts);
    let mut page = lines::render(&tree, 0, &|id| !choice.is_kept(id));
    page.forget_doubtful_headings();
    if page.lines.is_empty() {
        return Err(Unreadable::new(
            "a web page without text",
            "open it in a browser and save it as a complete page",
        ));
    }
    let mut raw = RawText {
        lines: page.lines,
        lines_are_paragraphs: true,
        heading_lines: page.headings,
        tables: page.tables,
        frames: page.frames,
        properties: facts.properties,
        dropped: dropped(&tree, &choice),
        losses: Vec::from_iter(decoded.warning),
        ..RawText::default()
    };
    if tree.is_cut {
        raw.warnings.push(Warning::TooDeep {
            max_depth: tree::MAX_DEPTH,
            max_elements: tree::MAX_NODES,
        });
    }
    Ok(raw)
}

/// What is left out, one text for each part of the page.
fn dropped(tree: &Tree, choice: &article::Choice) -> Vec<(String, &'static str)> {
    choice
        .dropped_roots(tree)
        .into_iter()
        .map(|(id, reason)| {
            let part = lines::render(tree, id, &|id| choice.is_unseen(id));
            (part.lines.join("\n"), reason)
        })
        .filter(|(text, _)| !text.is_empty())
        .collect()
}

/// The encoding that the page names near its beginning.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head: String = bytes
        .iter()
        .take(MAX_HEAD_BYTES)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let names = head.split("charset").skip(1);
    names
        .filter_map(|rest| rest.trim_start().strip_prefix('='))
        .map(|rest| rest.trim_start_matches([' ', '"', '\'']))
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                .collect::<String>()
        })
        .find(|name| !name.is_empty())
}

const MAX_HEAD_BYTES: usize = 4096;

#[cfg(test)]
mod tests;
