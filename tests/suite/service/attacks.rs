//! Strings that would be markup, in every place a stranger can put them.

use super::library::{Library, address, document, passage};
use plansearch::document::Warning;
use plansearch::engine::DocumentRecord;
use plansearch::engine::record::{TableRecord, ThemeRecord, ThemeWord, WordPlace};

const SCRIPT: &str = "<script>alert(1)</script>";
const BREAKOUT: &str = "\"><img src=x onerror=alert(1)>'";

fn library() -> Library {
    let bad = format!("{SCRIPT}{BREAKOUT}");
    let record = DocumentRecord {
        id: "a\"><b>/../?#%".into(),
        title: format!("题名{bad}"),
        files: vec![format!("seeds/{bad}.txt")],
        issuers: vec![format!("机关{bad}")],
        doc_number: Some(format!("号{bad}")),
        index_number: Some(bad.clone()),
        date: Some(bad.clone()),
        doc_type: "通知".into(),
        attachments: vec![bad.clone()],
        dropped: vec![(bad.clone(), bad.clone())],
        warnings: vec![Warning::NamedByFile(bad.clone())],
        ..DocumentRecord::default()
    };
    let heading = format!("第一章 {bad}");
    let mut text = passage("paragraph", &[&heading], &format!("氢能{bad}。氢能后文"));
    text.lead = Some((0, text.text.len() - "。氢能后文".len()));
    text.themes = vec![ThemeRecord {
        name: "<i>主题</i>\"".into(),
        about: true,
        words: vec![ThemeWord {
            term: bad.clone(),
            place: WordPlace::Lead,
        }],
    }];
    let mut row = passage("table", &[&heading], &format!("{bad} | 氢能"));
    row.table = Some(TableRecord {
        idx: 0,
        row: Some(0),
        caption: bad.clone(),
        header: vec![bad.clone(), "乙".into()],
        cells: vec![bad.clone(), "氢能".into()],
        damaged: false,
    });
    let label = passage("heading", &[&heading], &heading);
    Library::of(&[document(record, vec![label, text, row])])
}

fn is_text(page: &str, whence: &str) {
    for markup in [
        "<script>alert",
        "<img",
        "onerror=alert(1)>'\"",
        "<i>主题",
        "<b>/",
    ] {
        assert!(!page.contains(markup), "{whence} has {markup}");
    }
}

#[tokio::test]
async fn pages_show_attacks_as_text() {
    let library = library();
    let search = library
        .json(&address("/api/search", &[("q", "氢能")]))
        .await;
    let doc = "/documents/a%22%3E%3Cb%3E%2F..%2F%3F%23%25";
    let bad = format!("氢能 {SCRIPT} {BREAKOUT}");
    let title = format!("题名{SCRIPT}{BREAKOUT}");
    for page in [
        "/".to_owned(),
        "/documents".to_owned(),
        doc.to_owned(),
        address("/", &[("q", "氢能")]),
        address("/", &[("q", &bad), ("doc", SCRIPT), ("chapter", BREAKOUT)]),
        address(
            "/",
            &[
                ("doc", &title),
                ("theme", "<i>主题</i>\""),
                ("issuer", SCRIPT),
            ],
        ),
        address(
            doc,
            &[
                ("q", &bad),
                ("p", search["hits"][0]["id"].as_str().unwrap()),
            ],
        ),
        address(doc, &[("p", BREAKOUT)]),
        address(doc, &[("s", BREAKOUT), ("q", SCRIPT)]),
        address("/", &[("q", "氢能"), ("view", "doc")]),
        address("/", &[("q", &format!("“{bad}”")), ("view", "doc")]),
        address("/documents", &[("name", SCRIPT)]),
        address("/documents", &[("name", "题名")]),
        address(
            "/values",
            &[("q", &bad), ("group", "chapter"), ("find", BREAKOUT)],
        ),
        address("/values", &[("q", "氢能"), ("group", "doc")]),
        address("/values", &[("q", "氢能"), ("group", "theme")]),
        "/help".to_owned(),
    ] {
        is_text(&library.get(&page).await, &page);
    }
    for page in [
        address("/", &[("type", SCRIPT)]),
        address("/", &[("view", SCRIPT)]),
        address("/values", &[("group", BREAKOUT)]),
        address("/", &[("theme", BREAKOUT)]),
        "/documents/%3Cscript%3Ealert(1)%3C%2Fscript%3E".to_owned(),
    ] {
        is_text(&library.ask("GET", &page).await.body, &page);
    }
}

#[tokio::test]
async fn snippets_have_no_markup_but_marks() {
    let library = library();
    let pairs = [("q", "script alert 氢能"), ("kind", "paragraph")];
    let search = library.json(&address("/api/search", &pairs)).await;
    let snippet = search["hits"][0]["snippet"].as_str().unwrap();
    let bare = snippet.replace("<mark>", "").replace("</mark>", "");
    assert!(snippet.contains("<mark>"), "{snippet}");
    assert!(!bare.contains(['<', '>', '"', '\'']), "{snippet}");
}

#[tokio::test]
async fn an_id_of_any_characters_has_a_working_link() {
    let library = library();
    let page = library.get("/documents").await;
    let links = super::library::links(&page);
    let (href, _) = links
        .iter()
        .find(|(href, text)| text.starts_with("题名") && href.starts_with("/documents/"))
        .unwrap();
    assert!(library.get(href).await.contains("氢能"));
}
