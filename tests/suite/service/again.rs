//! Answers that are given again, and parts of answers.

use axum::http::StatusCode;
use serde_json::Value;

use super::library::{Library, address, notice, plan};

const HOST: (&str, &str) = ("host", "plans.test:7700");

#[tokio::test]
async fn an_answer_is_given_again_until_the_library_changes() {
    let library = Library::of(&[plan()]);
    let asked = address("/api/search", &[("q", "港口")]);
    let first = library.ask("GET", &asked).await;
    let again = library.ask("GET", &asked).await;
    assert_eq!(first.status, StatusCode::OK);
    // The time of a search that was not done is that of the one that was.
    assert_eq!(first.body, again.body);
    assert_eq!(first.headers, again.headers);
    let total = |body: &str| serde_json::from_str::<Value>(body).unwrap()["groups"].as_u64();
    library.add(&notice());
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    let later = library.ask("GET", "/api/documents").await;
    assert!(later.body.contains(&notice().record.id), "{}", later.body);
    let changed = library.ask("GET", &asked).await;
    assert!(total(&changed.body) >= total(&first.body));
    assert_ne!(changed.body, first.body);
}

#[tokio::test]
async fn what_differs_by_who_asks_is_kept_apart() {
    let library = Library::small();
    let page = address("/", &[("q", "港口")]);
    let packed = [HOST, ("accept-encoding", "gzip")];
    for _ in 0..2 {
        let plain = library.send("GET", &page, &[HOST], "").await;
        assert!(plain.body.contains("港口") && !plain.headers.contains_key("content-encoding"));
        let packed = library.send("GET", &page, &packed, "").await;
        assert_eq!(packed.headers["content-encoding"], "gzip");
        for host in ["a.test", "b.test"] {
            let feed = library
                .send("GET", "/feed.atom", &[("host", host)], "")
                .await;
            assert!(feed.body.contains(host), "{}", feed.body);
        }
    }
}

#[tokio::test]
async fn errors_health_and_files_are_made_anew() {
    let library = Library::small();
    for _ in 0..2 {
        let wrong = library.ask("GET", "/api/search?limit=many").await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        assert_eq!(library.ask("GET", "/health").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_program_gets_the_parts_that_it_names() {
    let library = Library::small();
    let ask = async |fields: &str| -> Value {
        let pairs = [("q", "港口"), ("fields", fields)];
        library.json(&address("/api/search", &pairs)).await
    };
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let whole = library
        .json(&address("/api/search", &[("q", "港口")]))
        .await;
    let some = ask("total,hits.id, hits.citation").await;
    assert_eq!(keys(&some), ["hits", "total"]);
    assert_eq!(keys(&some["hits"][0]), ["citation", "id"]);
    assert_eq!(some["hits"][0]["id"], whole["hits"][0]["id"]);
    assert_eq!(some["total"], whole["total"]);
    // Every member can be named, and all of them are the whole.
    let mut names = keys(&whole);
    names.extend(
        keys(&whole["hits"][0])
            .iter()
            .map(|name| format!("hits.{name}")),
    );
    let all = ask(&names.join(",")).await;
    assert_eq!(
        (&all["hits"], &all["facets"]),
        (&whole["hits"], &whole["facets"])
    );
    let counted = library
        .json(&address("/api/search", &[("q", "港口"), ("facets", "1")]))
        .await;
    assert_eq!(counted["facets"]["doc"].as_array().unwrap().len(), 1);
    assert_eq!(counted["hits"], whole["hits"]);
    let wrong = library.ask("GET", "/api/search?q=a&fields=hits.name").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.body.contains("hits.name") && wrong.body.contains("hits.citation"));
}
