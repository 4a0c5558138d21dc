//! A small library made by hand, and a client that asks the router.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use plansearch::engine::record::{TableRecord, ThemeRecord, ThemeWord, WordPlace};
use plansearch::engine::{DocumentRecord, NewDocument, PassageRecord, Stamp};
use plansearch::index::{Index, Writer};
use plansearch::service;
use plansearch::target::Extraction;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// A served library; its folder goes with it.
pub(super) struct Library {
    index: Arc<Index>,
    router: Router,
    dir: Option<TempDir>,
}

/// An answer, read to its end.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
    pub(super) bytes: Vec<u8>,
}

/// The host that requests name when they say nothing else.
const HOST: (&str, &str) = ("host", "plans.test:7700");

impl Library {
    /// Serves these documents.
    pub(super) fn of(documents: &[NewDocument]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let writer = Writer::open(dir.path(), 1, false).unwrap();
        for document in documents {
            writer.add(document).unwrap();
        }
        let themes = ["氢能", "港口", "<i>主题</i>\""]
            .map(str::to_owned)
            .to_vec();
        writer.commit(&Stamp::current("test", themes)).unwrap();
        let index = Arc::new(Index::open(dir.path()).unwrap());
        Self {
            router: service::router(Arc::clone(&index)),
            index,
            dir: Some(dir),
        }
    }

    /// Serves an index that lies somewhere.
    pub(super) fn at(index: &std::path::Path) -> Self {
        let index = Arc::new(Index::open(index).unwrap());
        Self {
            router: service::router(Arc::clone(&index)),
            index,
            dir: None,
        }
    }

    /// What is served.
    pub(super) fn index(&self) -> Arc<Index> {
        Arc::clone(&self.index)
    }

    /// The library of most tests: a plan with chapters and a table, and a notice.
    pub(super) fn small() -> Self {
        Self::of(&[plan(), notice()])
    }

    /// Adds a document while the library is served.
    pub(super) fn add(&self, document: &NewDocument) {
        let dir = self.dir.as_ref().unwrap();
        let writer = Writer::open(dir.path(), 1, false).unwrap();
        writer.add(document).unwrap();
        writer.commit(&Stamp::current("later", Vec::new())).unwrap();
    }

    /// Asks with a method.
    pub(super) async fn ask(&self, method: &str, address: &str) -> Answer {
        self.send(method, address, &[HOST], "").await
    }

    /// Sends a form.
    pub(super) async fn post(&self, address: &str, form: &str) -> Answer {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        self.send("POST", address, &[HOST, kind], form).await
    }

    /// Sends a request with these headers and this body.
    pub(super) async fn send(
        &self,
        method: &str,
        address: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.answer(request).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body.to_vec(),
        }
    }

    /// Answers a request.
    pub(super) async fn answer(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Asks for an address that answers.
    pub(super) async fn get(&self, address: &str) -> String {
        let answer = self.ask("GET", address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        answer.body
    }

    /// Asks for JSON.
    pub(super) async fn json(&self, address: &str) -> Value {
        serde_json::from_str(&self.get(address).await).unwrap()
    }
}

/// An address with encoded parameters.
pub(super) fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("{path}?{query}")
}

/// The addresses that a page links to, decoded from HTML, with their texts.
pub(super) fn links(page: &str) -> Vec<(String, String)> {
    page.split("<a ")
        .skip(1)
        .filter_map(|rest| {
            let (_, rest) = rest.split_once("href=\"")?;
            let (href, rest) = rest.split_once('"')?;
            let (_, rest) = rest.split_once('>')?;
            let (text, _) = rest.split_once("</a>")?;
            Some((unescape(href), without_tags(text)))
        })
        .collect()
}

/// The text of a piece of HTML.
pub(super) fn without_tags(html: &str) -> String {
    let mut text = String::new();
    for (at, piece) in html.split('<').enumerate() {
        match piece.split_once('>') {
            Some((_, after)) if at > 0 => text.push_str(after),
            _ => text.push_str(piece),
        }
    }
    unescape(&text)
}

fn unescape(html: &str) -> String {
    html.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

/// A document with these passages, which get its id and their numbers.
pub(super) fn document(record: DocumentRecord, passages: Vec<PassageRecord>) -> NewDocument {
    let mut extraction = Extraction::new(record.facts());
    let passages: Vec<PassageRecord> = passages
        .into_iter()
        .enumerate()
        .map(|(idx, passage)| PassageRecord {
            id: format!("{}-{idx}", record.id),
            doc: record.id.clone(),
            idx,
            targets: extraction.next(&passage.piece()),
            ..passage
        })
        .collect();
    let n_passages = passages.len();
    let record = DocumentRecord {
        n_passages,
        ..record
    };
    NewDocument { record, passages }
}

/// A passage of a kind under a path.
pub(super) fn passage(kind: &str, path: &[&str], text: &str) -> PassageRecord {
    let theme = |name: &str, term: &str| {
        text.contains(term).then(|| ThemeRecord {
            name: name.into(),
            about: text.starts_with(term),
            words: vec![ThemeWord {
                term: term.into(),
                place: WordPlace::Text,
            }],
        })
    };
    PassageRecord {
        kind: kind.into(),
        path: path.iter().map(|label| (*label).to_owned()).collect(),
        text: text.into(),
        paragraph_no: (kind == "paragraph").then_some(1),
        themes: [theme("氢能", "氢能"), theme("港口", "港口")]
            .into_iter()
            .flatten()
            .collect(),
        ..PassageRecord::default()
    }
}

fn row(row: Option<usize>, cells: &[&str], text: &str) -> PassageRecord {
    let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
    PassageRecord {
        table: Some(TableRecord {
            idx: 0,
            row,
            caption: "表1 主要指标".into(),
            header: vec!["指标".into(), "目标值".into()],
            cells,
            damaged: false,
        }),
        ..passage("table", &["第一章 总则"], text)
    }
}

/// A plan of 2021 with two chapters and a table.
pub(super) fn plan() -> NewDocument {
    let record = DocumentRecord {
        id: "plan".into(),
        title: "某市氢能产业发展规划".into(),
        files: vec!["seeds/plan.txt".into()],
        issuers: vec!["某市人民政府".into()],
        doc_number: Some("某政发〔2021〕4号".into()),
        date: Some("2021-06-27".into()),
        doc_type: "专项规划".into(),
        period: Some((2021, 2025)),
        ..DocumentRecord::default()
    };
    let mut with_lead = passage(
        "paragraph",
        &["第二章 产业", "第一节 氢能"],
        "做强氢能产业。到2025年，氢能产业规模达到100亿元，建成加氢站十座。",
    );
    with_lead.lead = Some((0, "做强氢能产业".len()));
    let passages = vec![
        passage("front_matter", &[], "某市人民政府关于印发规划的通知"),
        passage("heading", &["第一章 总则"], "第一章 总则"),
        passage(
            "paragraph",
            &["第一章 总则"],
            "坚持统筹兼顾，优化港口功能布局。",
        ),
        row(None, &[], "表1 主要指标"),
        row(None, &["指标", "目标值"], "指标 | 目标值"),
        row(Some(0), &["氢能产值", "100亿元"], "氢能产值 | 100亿元"),
        row(Some(1), &["加氢站", "10座"], "加氢站 | 10座"),
        passage("heading", &["第二章 产业"], "第二章 产业"),
        passage("heading", &["第二章 产业", "第一节 氢能"], "第一节 氢能"),
        with_lead,
    ];
    document(record, passages)
}

/// A notice of 2023 with thirty paragraphs on ports.
pub(super) fn notice() -> NewDocument {
    let record = DocumentRecord {
        id: "notice".into(),
        title: "港口建设工作通知".into(),
        files: vec!["seeds/notice.txt".into()],
        issuers: vec!["某港区管理委员会".into()],
        date: Some("2023-03-01".into()),
        doc_type: "通知".into(),
        ..DocumentRecord::default()
    };
    let paragraph = |number: usize| {
        let text = format!("第{number}项任务：推进港口码头建设，开展泊位{number}改造。");
        passage("paragraph", &["一、任务"], &text)
    };
    document(record, (1..=30).map(paragraph).collect())
}
