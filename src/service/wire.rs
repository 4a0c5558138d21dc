//! STUB, see `mod.rs`.
use crate::index::{DocumentRecord, PassageRecord};
use crate::search::Response;
use serde::Serialize;
use serde_json::{Value, json};

/// Stub.
#[derive(Serialize)]
pub struct SearchResponse(Value);
impl From<Response> for SearchResponse {
    fn from(r: Response) -> Self {
        Self(
            json!({"query": r.query, "took_ms": r.took.as_secs_f64()*1000.0, "total": r.total, "relaxed": r.is_relaxed, "hits": r.hits.iter().map(|h| json!({"id": h.passage.id, "text": h.passage.text, "path": h.passage.path, "score": h.score, "doc": {"id": h.doc.id, "file": h.doc.file()}})).collect::<Vec<_>>()}),
        )
    }
}
/// Stub.
#[derive(Serialize)]
pub struct PassageInPlace(Value);
impl PassageInPlace {
    /// Stub.
    pub fn new(passage: &PassageRecord, doc: &DocumentRecord, around: &[PassageRecord]) -> Self {
        Self(json!({"id": passage.id, "title": doc.title, "around": around.len()}))
    }
}
/// Stub.
#[derive(Serialize)]
pub struct Documents(Value);
impl From<&[DocumentRecord]> for Documents {
    fn from(d: &[DocumentRecord]) -> Self {
        Self(json!({"documents": d.len()}))
    }
}
