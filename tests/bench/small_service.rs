//! The smallest service over tantivy: jieba's words and pairs of characters in two fields,
//! exact totals, snippets; no structure, facets, filters, citations or corrections.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::tokenizer::{LowerCaser, NgramTokenizer, TextAnalyzer};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};
use tantivy_jieba::JiebaTokenizer;

use crate::source::Source;

const N_HITS: usize = 10;
const SNIPPET_CHARS: usize = 140;

/// Memory of a writing thread, in bytes.
const ARENA_BYTES: usize = 96 * 1024 * 1024;

fn register(index: &Index) {
    let words = TextAnalyzer::builder(JiebaTokenizer::new()).filter(LowerCaser);
    let pairs = TextAnalyzer::builder(NgramTokenizer::new(2, 2, false).unwrap());
    let pairs = pairs.filter(LowerCaser);
    index.tokenizers().register("words", words.build());
    index.tokenizers().register("pairs", pairs.build());
}

/// Indexes `source` into `dir`.
pub(crate) fn index(source: &Source, dir: &Path) {
    let mut schema = Schema::builder();
    let indexed = |tokenizer: &str| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
        TextOptions::default().set_indexing_options(
            indexing.set_index_option(IndexRecordOption::WithFreqsAndPositions),
        )
    };
    let words = schema.add_text_field("words", indexed("words") | STORED);
    let pairs = schema.add_text_field("pairs", indexed("pairs"));
    let index = Index::create_in_dir(dir, schema.build()).unwrap();
    register(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(2, 2 * ARENA_BYTES).unwrap();
    source.for_each_passage(|passage| {
        let mut entry = TantivyDocument::new();
        entry.add_text(words, passage);
        entry.add_text(pairs, passage);
        writer.add_document(entry).unwrap();
    });
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}

struct Library {
    reader: IndexReader,
    words: Field,
    pairs: Field,
}

#[derive(Serialize)]
struct Answer {
    total: usize,
    hits: Vec<Hit>,
}

#[derive(Serialize)]
struct Hit {
    score: f32,
    snippet: String,
}

/// Serves the index in `dir` until the process ends, and says where.
pub(crate) fn serve(dir: &Path) {
    let index = Index::open_in_dir(dir).unwrap();
    register(&index);
    let field = |name| index.schema().get_field(name).unwrap();
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
    let library = Arc::new(Library {
        reader: reader.try_into().unwrap(),
        words: field("words"),
        pairs: field("pairs"),
    });
    let app = axum::Router::new()
        .route("/api/search", axum::routing::get(answer))
        .with_state(library);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(async {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = tokio::net::TcpListener::bind(address).await.unwrap();
        eprintln!("http://{}/", listener.local_addr().unwrap());
        axum::serve(listener, app).await.unwrap();
    });
}

async fn answer(State(library): State<Arc<Library>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let typed = pairs.find(|(name, _)| name == "q");
    let body = search(&library, &typed.map(|(_, value)| value).unwrap_or_default());
    ([("content-type", "application/json")], body).into_response()
}

fn search(library: &Library, typed: &str) -> String {
    let searcher = library.reader.searcher();
    // All words must stand; pairs only add to the score.
    let words = terms(searcher.index(), library.words, typed);
    let pairs = terms(searcher.index(), library.pairs, typed);
    let required = clauses(library.words, &words, Occur::Must);
    let query = BooleanQuery::new(
        required
            .chain(clauses(library.pairs, &pairs, Occur::Should))
            .collect(),
    );
    let best = TopDocs::with_limit(N_HITS).order_by_score();
    let (total, best) = searcher.search(&query, &(Count, best)).unwrap();
    let hits = best.into_iter().map(|(score, address)| {
        let entry: TantivyDocument = searcher.doc(address).unwrap();
        let text = entry
            .get_first(library.words)
            .and_then(|text| text.as_str());
        Hit {
            score,
            snippet: marked(cut(text.unwrap_or_default(), &words), &words),
        }
    });
    let hits = hits.collect();
    serde_json::to_string(&Answer { total, hits }).unwrap()
}

/// The words or pairs of a query.
fn terms(index: &Index, field: Field, typed: &str) -> Vec<String> {
    let mut terms = Vec::new();
    let mut analyzer = index.tokenizer_for_field(field).unwrap();
    analyzer.token_stream(typed).process(&mut |token| {
        if token.text.chars().all(char::is_alphanumeric) {
            terms.push(token.text.clone());
        }
    });
    terms
}

fn clauses(
    field: Field,
    terms: &[String],
    occur: Occur,
) -> impl Iterator<Item = (Occur, Box<dyn Query>)> + '_ {
    terms.iter().map(move |term| {
        let term = Term::from_field_text(field, term);
        let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
        (occur, Box::new(query) as Box<dyn Query>)
    })
}

/// A cut around the first word that stands in a text.
fn cut<'a>(text: &'a str, words: &[String]) -> &'a str {
    let first = words.iter().filter_map(|word| text.find(word)).min();
    let rest = text.get(first.unwrap_or(0)..).unwrap_or_default();
    let end = rest.char_indices().nth(SNIPPET_CHARS);
    rest.get(..end.map_or(rest.len(), |(at, _)| at))
        .unwrap_or_default()
}

fn marked(text: &str, words: &[String]) -> String {
    let mut marked = text.to_owned();
    for word in words {
        marked = marked.replace(word, &format!("<b>{word}</b>"));
    }
    marked
}
