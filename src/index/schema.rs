//! The fields of the index, all in one place.
//!
//! Two kinds of entries share the index, so that one commit covers both:
//! passages (with `doc`) and documents (with `document`).

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::tokenizers;

/// Every field of an entry.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// Passage: the text as overlapping pairs of folded characters, with
    /// positions. Decides what matches.
    pub(super) pairs: Field,
    /// Passage: its text with what stands around it, which is the title of the
    /// document, headings above, lead, table caption and head, as pairs without
    /// marks, with frequencies. Ranks.
    pub(super) wide: Field,
    /// Passage: the long words in its text and, marked, around it. Without
    /// positions: a word is a term.
    pub(super) words: Field,
    /// Passage: its id.
    pub(super) passage: Field,
    /// Passage: id of its document, to find and remove its passages.
    pub(super) doc: Field,
    /// Passage: its number in the document, from 0.
    pub(super) passage_idx: Field,
    /// Passage: its kind, as position in `PassageKind::ALL`.
    pub(super) kind: Field,
    /// Passage: its section, which is document and headings above; empty for a
    /// document, so that every entry has exactly one value.
    pub(super) section: Field,
    /// Passage: its themes, as one value; empty for a document.
    pub(super) themes: Field,
    /// Passage: its lead.
    pub(super) lead: Field,
    /// Passage: the terms in its text that caused its themes.
    pub(super) term: Field,
    /// Passage: hash of its folded text, if it is not tiny.
    pub(super) same: Field,
    /// Passage: its characters that count for the use of terms.
    pub(super) n_chars: Field,
    /// Document: its id.
    pub(super) document: Field,
    /// Both: the stored record, as JSON.
    pub(super) record: Field,
}

impl Fields {
    /// Makes the schema and its fields.
    pub(super) fn build() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let indexed_text = |tokenizer: &str, option: IndexRecordOption| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(tokenizer)
                    .set_index_option(option),
            )
        };
        let words = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizers::WORDS)
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false),
        );
        let labels: TextOptions = FAST.into();
        let fields = Self {
            pairs: schema.add_text_field(
                "pairs",
                indexed_text(tokenizers::PAIRS, IndexRecordOption::WithFreqsAndPositions),
            ),
            wide: schema.add_text_field(
                "wide",
                indexed_text(tokenizers::WIDE, IndexRecordOption::WithFreqs),
            ),
            words: schema.add_text_field("words", words),
            passage: schema.add_text_field("passage", STRING),
            doc: schema.add_text_field("doc", STRING),
            passage_idx: schema.add_u64_field("passage_idx", FAST),
            kind: schema.add_u64_field("kind", FAST),
            section: schema.add_text_field("section", labels.clone()),
            themes: schema.add_text_field("themes", labels.clone()),
            lead: schema.add_text_field("lead", labels.clone()),
            term: schema.add_text_field("term", labels),
            same: schema.add_u64_field("same", FAST),
            n_chars: schema.add_u64_field("n_chars", FAST),
            document: schema.add_text_field("document", STRING),
            record: schema.add_text_field("record", STORED),
        };
        (schema.build(), fields)
    }
}
