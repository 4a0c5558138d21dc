//! What whoever asks wrongly gets.

use super::library::{Library, address};
use axum::http::{StatusCode, header};

/// Asks the API and the page, and looks for these words in both answers.
async fn check(pairs: &[(&str, &str)], words: &[&str]) {
    let library = Library::small();
    for path in ["/api/search", "/"] {
        let answer = library.ask("GET", &address(path, pairs)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {pairs:?}");
        for word in words {
            assert!(
                answer.body.contains(word),
                "{path}: no {word} in {}",
                answer.body
            );
        }
        let is_json = path == "/api/search";
        assert_eq!(answer.body.contains("\"code\":\"bad_parameter\""), is_json);
        assert_eq!(answer.body.contains("检索条件有误"), !is_json);
    }
}

#[tokio::test]
async fn a_bad_value_is_named() {
    check(&[("limit", "1001")], &["limit", "1001"]).await;
    check(&[("limit", "-3")], &["limit", "-3"]).await;
    check(&[("offset", "两")], &["offset", "两"]).await;
    check(
        &[("offset", "99999999999999999999999")],
        &["offset", "99999999999999999999999"],
    )
    .await;
    check(&[("year", "21年")], &["year", "21年", "2019..2025"]).await;
    check(&[("type", "规划书")], &["type", "规划书", "专项规划"]).await;
    check(&[("kind", "段落")], &["kind", "段落", "paragraph"]).await;
    check(&[("sort", "size")], &["sort", "size", "relevance"]).await;
    check(&[("theme", "没有的主题")], &["theme", "没有的主题", "氢能"]).await;
}

#[tokio::test]
async fn what_is_not_there_is_404_with_links_on() {
    let library = Library::small();
    for (path, code) in [
        ("/api/documents/none", "not_found"),
        ("/api/passages/none-1", "not_found"),
        ("/api/none", "not_found"),
        ("/api", "not_found"),
    ] {
        let answer = library.ask("GET", path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(body["error"]["code"], code);
        assert!(!body["error"]["message"].as_str().unwrap().is_empty());
    }
    for path in [
        "/none",
        "/documents/none",
        "/documents/%FF",
        "/static/none.css",
        "/%E4%B8",
    ] {
        let answer = library.ask("GET", path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("href=\"/documents\""), "{path}");
        assert!(
            answer.headers[header::CONTENT_TYPE]
                .to_str()
                .unwrap()
                .starts_with("text/html")
        );
    }
}

#[tokio::test]
async fn other_methods_are_405() {
    let library = Library::small();
    for path in ["/api/search", "/documents/plan", "/static/style.css"] {
        let answer = library.ask("POST", path).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(answer.headers[header::ALLOW], "GET,HEAD", "{path}");
    }
    let head = library.ask("HEAD", "/api/search").await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
}

#[tokio::test]
async fn every_answer_is_guarded_by_its_headers() {
    let library = Library::small();
    for path in [
        "/",
        "/?q=x",
        "/documents",
        "/documents/plan",
        "/api/search?q=x",
        "/health",
        "/openapi.json",
        "/opensearch.xml",
        "/feed.atom?q=x",
        "/suggestions?q=x",
        "/basket?id=plan-2&id=none",
        "/export?format=csv&id=plan-2",
        "/export?format=docx&id=plan-2",
        "/export?format=pdf&id=plan-2",
        "/static/style.css",
        "/none",
        "/api/none",
        "/?limit=x",
    ] {
        let answer = library.ask("GET", path).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        assert_eq!(
            policy,
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(answer.headers[header::REFERRER_POLICY], "no-referrer");
        for inline in [
            "style=\"", "<style", "onclick", "onload", "http://", "https://",
        ] {
            let is_page = answer.body.starts_with("<!DOCTYPE");
            assert!(
                !(is_page && answer.body.contains(inline)),
                "{path} has {inline}"
            );
        }
    }
}

#[tokio::test]
async fn files_may_be_kept_under_their_hash() {
    let library = Library::small();
    let page = library.get("/").await;
    let (_, rest) = page.split_once("href=\"/static/style-").unwrap();
    let (hash, _) = rest.split_once(".css").unwrap();
    let answer = library
        .ask("GET", &format!("/static/style-{hash}.css"))
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    let cache = answer.headers[header::CACHE_CONTROL].to_str().unwrap();
    assert!(cache.contains("immutable"), "{cache}");
    let plain = library.ask("GET", "/static/style.css").await;
    assert_eq!(plain.headers[header::CACHE_CONTROL], "no-cache");
    assert_eq!(plain.headers[header::ETAG], answer.headers[header::ETAG]);
}
