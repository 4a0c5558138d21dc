//! The smallest tantivy index with tantivy-jieba: the other side of every ratio.
//!
//! One field, stored and indexed with positions, cut by `JiebaTokenizer` as it
//! comes. No structure, no themes, no facets, no filters, no exact totals, and a
//! string across the borders of words is not found.

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::tokenizer::{LowerCaser, TextAnalyzer};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};
use tantivy_jieba::JiebaTokenizer;

use crate::source::Source;

/// Memory of a writing thread, in bytes; as much as ours has.
const ARENA_BYTES: usize = 96 * 1024 * 1024;

/// Longest snippet, in characters; as long as ours.
const SNIPPET_CHARS: usize = 140;

/// How many characters stand before the first word of a snippet.
const LEAD_IN_CHARS: usize = 40;

/// An opened small index.
pub(crate) struct Small {
    searcher: Searcher,
    text: Field,
    analyzer: TextAnalyzer,
}

fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(JiebaTokenizer::new())
        .filter(LowerCaser)
        .build()
}

/// Indexes `source` into `dir`.
pub(crate) fn index(source: &Source, dir: &Path, n_threads: usize) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("jieba")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(indexing) | STORED;
    let text = schema.add_text_field("text", options);
    let index = Index::create_in_dir(dir, schema.build()).unwrap();
    index.tokenizers().register("jieba", analyzer());
    let mut writer: IndexWriter = index
        .writer_with_num_threads(n_threads, n_threads * ARENA_BYTES)
        .unwrap();
    source.for_each_passage(|passage| {
        let mut entry = TantivyDocument::new();
        entry.add_text(text, passage);
        writer.add_document(entry).unwrap();
    });
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}

impl Small {
    /// Opens the index in `dir`.
    pub(crate) fn open(dir: &Path) -> Self {
        let index = Index::open_in_dir(dir).unwrap();
        let text = index.schema().get_field("text").unwrap();
        Self {
            searcher: index.reader().unwrap().searcher(),
            text,
            analyzer: analyzer(),
        }
    }

    /// The ten best passages that hold all words of `query`, each with a cut
    /// around the first word that stands in it.
    pub(crate) fn search(&self, query: &str) -> Vec<(f32, String, String)> {
        let words = self.words(query);
        let clauses = words.iter().map(|word| {
            let term = Term::from_field_text(self.text, word);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            (Occur::Must, Box::new(query) as Box<dyn Query>)
        });
        let query = BooleanQuery::new(clauses.collect());
        let best = TopDocs::with_limit(10).order_by_score();
        self.searcher
            .search(&query, &best)
            .unwrap()
            .into_iter()
            .map(|(score, address)| {
                let entry: TantivyDocument = self.searcher.doc(address).unwrap();
                let text = entry.get_first(self.text).unwrap();
                let text = text.as_str().unwrap().to_owned();
                let cut = cut(&text, &words);
                (score, text, cut)
            })
            .collect()
    }

    /// The words of a query; its marks and blanks left out.
    fn words(&self, query: &str) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let mut analyzer = self.analyzer.clone();
        analyzer.token_stream(query).process(&mut |token| {
            let is_word = token.text.chars().any(char::is_alphanumeric);
            if is_word && !words.contains(&token.text) {
                words.push(token.text.clone());
            }
        });
        words
    }
}

fn cut(text: &str, words: &[String]) -> String {
    let first = words.iter().filter_map(|word| text.find(word)).min();
    let before = text.get(..first.unwrap_or(0)).unwrap_or_default();
    let n_before = before.chars().count();
    text.chars()
        .skip(n_before.saturating_sub(LEAD_IN_CHARS))
        .take(SNIPPET_CHARS)
        .collect()
}
