//! What browsers and feed readers get.

use super::library::{Library, address};
use axum::http::{StatusCode, header};

#[tokio::test]
async fn a_browser_learns_how_to_search_under_the_name_it_used() {
    let library = Library::small();
    let answer = library.ask("GET", "/opensearch.xml").await;
    let kind = answer.headers[header::CONTENT_TYPE].to_str().unwrap();
    assert!(kind.starts_with("application/opensearchdescription+xml"));
    for words in [
        "template=\"http://plans.test:7700/?q={searchTerms}\"",
        "template=\"http://plans.test:7700/suggestions?q={searchTerms}\"",
        "<ShortName>规划文献检索</ShortName>",
    ] {
        assert!(answer.body.contains(words), "no {words} in {}", answer.body);
    }
    let behind_tls = [("host", "plans.gov.test"), ("x-forwarded-proto", "https")];
    let answer = library
        .send("GET", "/opensearch.xml", &behind_tls, "")
        .await;
    assert!(answer.body.contains("\"https://plans.gov.test/?q="));
    let page = library.get("/").await;
    assert!(page.contains("<link rel=\"search\" type=\"application/opensearchdescription+xml\" href=\"/opensearch.xml\""));
}

#[tokio::test]
async fn a_host_that_is_none_is_refused() {
    let library = Library::small();
    for host in ["", "a b", "x\"/><script>", "x/../y", "user@host"] {
        for path in [
            "/opensearch.xml",
            "/feed.atom?q=x",
            "/export?format=md&id=plan-1",
        ] {
            let answer = library.send("GET", path, &[("host", host)], "").await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{host} {path}");
            assert!(!answer.body.contains("<script>"), "{host} {path}");
        }
    }
    // Pages use no absolute address and do not mind.
    let answer = library.send("GET", "/?q=x", &[("host", "a b")], "").await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn suggestions_have_the_form_of_browsers() {
    let library = Library::small();
    let found = library.json(&address("/suggestions", &[("q", "氢")])).await;
    assert_eq!(found[0], "氢");
    let texts = found[1].as_array().unwrap();
    assert!(texts.iter().any(|text| text == "氢能"), "{found}");
    assert_eq!(texts.len(), found[2].as_array().unwrap().len());
}

#[tokio::test]
async fn a_search_can_be_followed_newest_first() {
    let library = Library::small();
    let pairs = [("q", "港口"), ("limit", "40")];
    let answer = library.ask("GET", &address("/feed.atom", &pairs)).await;
    let kind = answer.headers[header::CONTENT_TYPE].to_str().unwrap();
    assert!(kind.starts_with("application/atom+xml"));
    let feed = answer.body;
    assert_eq!(feed.matches("<entry>").count(), 31);
    let newest = feed.find("2023-03-01T00:00:00+08:00").unwrap();
    assert!(newest < feed.find("2021-06-27T00:00:00+08:00").unwrap());
    assert!(feed.contains("<id>http://plans.test:7700/documents/notice?p=notice-0#p0</id>"));
    assert!(feed.contains("优化港口功能布局。"));
    let filtered = [("q", "港口"), ("theme", "港口"), ("doc", "plan")];
    let feed = library.get(&address("/feed.atom", &filtered)).await;
    assert_eq!(feed.matches("<entry>").count(), 1);
    let bad = library.ask("GET", "/feed.atom?year=21").await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    let page = library.get(&address("/", &filtered)).await;
    let link = "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/feed.atom?q=";
    assert!(page.contains(link), "{page}");
    assert!(!library.get("/").await.contains("application/atom+xml"));
}
