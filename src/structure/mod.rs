//! Lines of a source become documents with headings, paragraphs, tables, facts.

mod assemble;
mod attachment;
mod block;
mod contents;
mod excerpt;
mod facts;
mod front;
mod furniture;
mod glue;
mod heading;
mod lead;
mod lines;
mod nest;
mod official;
mod ordinal;
mod period;
mod sentence;
mod several;
mod space_mark;
mod table_rows;
mod title;
mod wrapped;

#[cfg(test)]
mod gold_tests;

use crate::document::Document;
use crate::read::RawText;

/// Turns the lines of one source into documents: usually one, several when the
/// file holds several plans.
pub fn parse(raw: &RawText, file_name: &str) -> Vec<Document> {
    let mut blocks = space_mark::split(lines::blocks(raw));
    furniture::mark(&mut blocks);
    excerpt::mark(&mut blocks);
    contents::mark(&mut blocks);
    several::split(blocks)
        .into_iter()
        .map(|blocks| parse_one(blocks, raw, file_name))
        .collect()
}

fn parse_one(mut blocks: Vec<block::Block>, raw: &RawText, file_name: &str) -> Document {
    table_rows::mark(&mut blocks);
    let attachments = attachment::mark(&mut blocks);
    front::mark(&mut blocks);
    wrapped::join_torn(&mut blocks);
    heading::mark(&mut blocks);
    let (metadata, doubt) = facts::read(&blocks, file_name);
    let mut document = assemble::document(blocks, metadata, attachments);
    document.warnings.extend(doubt);
    document.warnings.extend(raw.warnings.iter().cloned());
    document
}
