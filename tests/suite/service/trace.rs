//! Drafts that are sent in.

use super::library::{Answer, Library, document, passage};
use axum::http::StatusCode;
use plansearch::engine::DocumentRecord;
use serde_json::{Value, json};

const SENTENCE: &str = "推进港口码头建设，开展泊位改造提升，完善集疏运体系，新增泊位12个。";

fn library() -> Library {
    let record = DocumentRecord {
        id: "ports".into(),
        title: "港口规划".into(),
        date: Some("2020-01-02".into()),
        ..DocumentRecord::default()
    };
    let other = passage(
        "paragraph",
        &["一、养老"],
        "健全养老服务体系，保障基本供给。",
    );
    let text = passage("paragraph", &["二、港口"], SENTENCE);
    Library::of(&[document(record, vec![other, text])])
}

fn first(answer: &Answer) -> Value {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let traced: Value = serde_json::from_str(&answer.body).unwrap();
    traced["sentences"][0].clone()
}

#[tokio::test]
async fn a_draft_comes_as_text_form_or_json_and_names_its_source() {
    let library = library();
    let host = ("host", "plans.test:7700");
    let send = async |kind: &str, body: &str| {
        let headers = [host, ("content-type", kind)];
        library.send("POST", "/api/trace", &headers, body).await
    };
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("text", SENTENCE)
        .finish();
    let object = json!({ "text": SENTENCE }).to_string();
    for (kind, body) in [
        ("text/plain", SENTENCE),
        ("application/x-www-form-urlencoded", &form),
        ("application/json", &object),
    ] {
        let sentence = first(&send(kind, body).await);
        assert_eq!(sentence["verdict"], "copied", "{kind}");
        let source = &sentence["sources"][0];
        assert_eq!(source["passage"]["id"], "ports-1");
        assert_eq!(source["passage"]["doc"]["date"], "2020-01-02");
        assert_eq!(source["changes"], json!([]));
    }
}

#[tokio::test]
async fn a_changed_figure_is_shown_and_filters_narrow_the_sources() {
    let library = library();
    let changed = SENTENCE.replace("12个", "15个");
    let sentence = first(&library.send("POST", "/api/trace", &[], &changed).await);
    assert_eq!(sentence["verdict"], "reworded");
    let change = &sentence["sources"][0]["changes"][0];
    assert_eq!(
        (&change["kind"], &change["draft"], &change["source"]),
        (&json!("figure"), &json!("15个"), &json!("12个"))
    );
    let sentence = first(
        &library
            .send("POST", "/api/trace?year=2021", &[], &changed)
            .await,
    );
    assert_eq!(sentence["verdict"], "none");
}

#[tokio::test]
async fn the_page_shows_each_sentence_beside_its_source() {
    let library = library();
    assert!(library.get("/trace").await.contains("<textarea"));
    let text = format!("{}<b>甲</b>", SENTENCE.replace("12个", "15个"));
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("text", &text)
        .finish();
    let page = library.post("/trace", &form).await.body;
    assert!(page.contains("数字不同：稿 15个，源 12个"), "{page}");
    assert!(page.contains("/documents/ports"));
    assert!(page.contains("无出处") && !page.contains("<b>甲"));
}

#[tokio::test]
async fn an_empty_and_a_huge_draft_are_refused() {
    let library = library();
    let empty = library.send("POST", "/api/trace", &[], " \n").await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    let huge = SENTENCE.repeat(12_000);
    let huge = library.send("POST", "/api/trace", &[], &huge).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_file_is_sent_as_a_form_and_read_as_an_index_would() {
    let library = library();
    let bytes = [
        "--x\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n别的文字。\r\n",
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"C:\\我的\\送审稿.html\"\r\n",
        "content-type: text/html\r\n\r\n<html><body><p>",
        SENTENCE,
        "</p></body></html>\r\n--x--\r\n",
    ];
    let headers = [
        ("host", "plans.test:7700"),
        ("content-type", "multipart/form-data; boundary=x"),
    ];
    let body = bytes.concat();
    let answer = library.send("POST", "/api/trace", &headers, &body).await;
    assert_eq!(first(&answer)["verdict"], "copied");
    for page in ["/trace", "/check"] {
        let form = library.get(page).await;
        assert!(form.contains("type=\"file\"") && form.contains("multipart/form-data"));
        let answer = library.send("POST", page, &headers, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert!(answer.body.contains("结果：送审稿.html"), "{}", answer.body);
        assert!(answer.body.contains(SENTENCE));
    }
    // Without a file the text counts; without either it is an error in words.
    let text = bytes[0].to_owned()
        + "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--x--\r\n";
    let answer = library.send("POST", "/trace", &headers, &text).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("别的文字"));
    for broken in ["", "--x", "--x\r\n\r\n", "--x--"] {
        let answer = library.send("POST", "/trace", &headers, broken).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{broken}");
    }
}

#[tokio::test]
async fn what_other_documents_say_is_told_by_year_and_not_of_the_own_one() {
    let plan = |id: &str, date: &str, text: &str| {
        let record = DocumentRecord {
            id: id.into(),
            title: format!("港口规划{id}"),
            date: Some(date.into()),
            ..DocumentRecord::default()
        };
        let other = "健全养老服务体系，保障基本供给。";
        let other = passage("paragraph", &["一、养老"], other);
        document(
            record,
            vec![other, passage("paragraph", &["二、港口"], text)],
        )
    };
    let library = Library::of(&[
        plan("old", "2016-01-02", &SENTENCE.replace("12个", "8个")),
        plan("here", "2020-01-02", SENTENCE),
        plan("new", "2025-01-02", SENTENCE),
    ]);
    let page = library.get("/elsewhere?p=here-1").await;
    let at = |words: &str| {
        page.find(words)
            .unwrap_or_else(|| panic!("no {words}: {page}"))
    };
    assert!(at(">2025年</h3>") < at(">2016年</h3>"));
    assert!(at("文字相同") < at("数字不同"));
    at("本段：12个；该处：8个");
    at("/documents/old?p=old-1#p1");
    assert!(
        !page.contains("<a href=\"/documents/here?p=here-0"),
        "{page}"
    );
    let unknown = library.ask("GET", "/elsewhere?p=none-1").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
