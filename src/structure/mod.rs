//! Lines of a source become documents: headings, paragraphs, leads, tables, facts.
//!
//! Answers what a plan is made of when all there is are lines of text, often
//! scraped, glued or torn. Knows no file and no engine, cannot fail and loses no
//! text: what is no passage stands in [`Document::dropped`] with the reason.
//!
//! # The pipeline
//! A line becomes a [`block::Block`]; each pass gives a role to the blocks it is
//! sure of and leaves the others open. What is open at the end is a paragraph.
//!
//! | pass | decides |
//! |---|---|
//! | [`lines`], [`markdown_link`], [`wrapped`] | Markdown marks and links; lines broken at one width |
//! | [`space_mark`] | sources whose paragraph mark is a blank |
//! | [`parted_label`], [`collector`] | labels whose value stands on the next line; keys that a collector wrote above |
//! | [`furniture`], [`web_edges`], [`pages`], [`legend`], [`excerpt`], [`contents`] | web page, page numbers, legend of marks, repeated excerpt, 目录 |
//! | [`several`] | where the next plan of the file begins |
//! | [`announced`] | the head of an announcement over three lines |
//! | [`table_rows`]: [`typed_table`], [`barred`], [`flat_table`], [`fact_row`], [`table_heads`], [`caption`] | rows as the format has them, or guessed in plain text; heads, captions, notes |
//! | [`end_facts`] | the table of facts below a printed text |
//! | [`attachment`] | 附件 that are named, 附件 that follow |
//! | [`cover`] | a letter with numbers of its own before the plan |
//! | [`head_title`], [`signature`], [`body`] | the title over its lines, who signs, what is the name of a body |
//! | [`front`], [`parts`] | title page, cover letter, signature, imprint; titles of texts issued together |
//! | [`inner`] | headings inside a line, where their number is missing |
//! | [`torn`] | sentences torn by markup or by the end of a page |
//! | [`glue`], [`boxes`], [`heading`], [`unnumbered`] | headings that lost their break; items of 专栏; which numbers are headings; 前言 and its like |
//! | [`facts`], [`title`], [`issuers`], [`adoption`], [`doc_type`], [`untitled`], [`period`] | title, issuers, number, dates, type, years |
//! | [`nest`], [`assemble`], [`lead`] | levels, passages in source order, 小标题 |
//! | [`realign`] | rows that slid to the left, rows that lost cells |
//!
//! [`ordinal`] reads numbers, [`sentence`] tells titles from prose, [`official`]
//! knows the fixed forms of documents; they look at one line and hold no state.
//!
//! # Decisions
//! - A number is a heading by its company, not by its style: lines of one style
//!   whose values run on are accepted or refused together ([`heading`]).
//! - Nesting follows the document's own order of styles, with continuity of the
//!   values as the judge; there is no fixed table of levels ([`nest`]).
//! - A lead needs a sibling; one short first sentence is prose ([`lead`]).
//! - The body begins behind the last line of fixed form before the first heading,
//!   so a preamble stays body and a cover letter does not ([`front`]).
//! - A line in doubt stays text. Damaged rows stay as they are, with a warning.
//! - Lists of words stand in `words.txt`, `doc_types.txt` (how titles end, how prose opens, what a page labels) hold
//!   the language of official documents, never names of places or plans.

mod abbreviation;
mod adoption;
mod announced;
mod assemble;
mod attachment;
mod barred;
mod block;
mod body;
mod boxes;
mod caption;
mod collector;
mod contents;
mod cover;
mod doc_type;
mod end_facts;
mod excerpt;
mod fact_row;
mod facts;
mod flat_table;
mod front;
mod furniture;
mod glue;
mod head_title;
mod heading;
mod inner;
mod issuers;
mod labels;
mod lead;
mod legend;
mod lines;
mod markdown_link;
mod measure;
mod nest;
mod official;
mod ordinal;
mod pages;
mod parted_label;
mod parts;
mod period;
mod realign;
mod sentence;
mod several;
mod signature;
mod space_mark;
mod table_heads;
mod table_rows;
mod title;
mod torn;
mod typed_table;
mod unnumbered;
mod untitled;
mod web_edges;
mod words;
mod wrapped;

pub use abbreviation::abbreviations;

#[cfg(test)]
mod docx_tests;
#[cfg(test)]
mod fixture_tests;
#[cfg(test)]
mod gold_tests;
#[cfg(test)]
mod outline_tests;
#[cfg(test)]
mod scoring;

use plansearch_document::{Document, DropReason, Dropped, Property, RawText};

/// Turns the lines of one source into documents: usually one, several when the
/// file holds several plans, never none.
///
/// `file_name` serves as the title when the text has none, with a warning, and
/// for a 发文字号 that stands nowhere else.
///
/// ```
/// use plansearch_document::RawText;
/// let raw = RawText::from_text("某市氢能规划\n一、总则\n(一)目标。到2025年建成。\n(二)范围。全市。\n二、任务\n发展氢能。");
/// let documents = plansearch_structure::parse(&raw, "plan.txt");
/// let headings = documents[0].outline.headings();
/// assert_eq!(documents[0].metadata.title, "某市氢能规划");
/// assert_eq!(headings[1].label(), "(一) 目标");
/// assert_eq!(headings[1].level, 2);
/// ```
pub fn parse(raw: &RawText, file_name: &str) -> Vec<Document> {
    let mut blocks = space_mark::split(lines::blocks(raw));
    parted_label::join(&mut blocks);
    collector::mark(&mut blocks);
    furniture::mark(&mut blocks);
    legend::mark(&mut blocks);
    excerpt::mark(&mut blocks);
    contents::mark(&mut blocks);
    let mut documents: Vec<Document> = several::split(blocks)
        .into_iter()
        .enumerate()
        .map(|(idx, blocks)| {
            // What the format states beside the text is said of its first document.
            let properties = if idx == 0 {
                raw.properties.as_slice()
            } else {
                &[]
            };
            parse_one(blocks, raw, properties, file_name)
        })
        .collect();
    if let Some(first) = documents.first_mut() {
        let dropped = raw.dropped.iter().cloned();
        first.dropped.extend(dropped.map(|(text, reason)| Dropped {
            text,
            reason: DropReason::Reader(reason),
        }));
    }
    documents
}

fn parse_one(
    mut blocks: Vec<block::Block>,
    raw: &RawText,
    properties: &[Property],
    file_name: &str,
) -> Document {
    announced::join(&mut blocks);
    table_rows::mark(&mut blocks, !raw.lines_are_paragraphs);
    end_facts::mark(&mut blocks);
    blocks.retain(|block| !block.text.is_empty());
    let title = head_title::join(&mut blocks);
    blocks.retain(|block| !block.text.is_empty());
    let own = title.filter(|at| head_title::is_own(&blocks, *at));
    let begin = if own.is_some() {
        0
    } else {
        cover::mark(&mut blocks)
    };
    let attachments = attachment::mark(&mut blocks, own);
    front::mark(&mut blocks, begin, own);
    parts::mark(&mut blocks);
    blocks = inner::split(blocks);
    torn::join(&mut blocks);
    heading::mark(&mut blocks);
    let facts = facts::read(&blocks, own.is_some(), properties, file_name);
    let mut document = assemble::document(blocks, raw, facts.metadata, attachments);
    document.found_in = facts.found_in;
    document.warnings.extend(facts.doubt);
    document.warnings.extend(raw.warnings.iter().cloned());
    document
}
