//! What programs get.

use super::library::{Library, address, document, links, passage};
use serde_json::{Value, json};

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn holds(value: &Value, names: &[&str]) {
    let known = keys(value);
    for name in names {
        assert!(known.contains(name), "no `{name}` in {known:?}");
    }
}

async fn total(library: &Library, pairs: &[(&str, &str)]) -> u64 {
    let found = library.json(&address("/api/search", pairs)).await;
    found["total"].as_u64().unwrap()
}

#[tokio::test]
async fn a_search_has_the_fields_of_the_interface() {
    let library = Library::small();
    let query = [("q", "氢能产业"), ("kind", "paragraph")];
    let found = library.json(&address("/api/search", &query)).await;
    assert_eq!(
        keys(&found),
        [
            "facet_totals",
            "facets",
            "groups",
            "hits",
            "notices",
            "query",
            "relaxed",
            "suggestion",
            "took_ms",
            "total"
        ]
    );
    holds(
        &found["facets"],
        &[
            "doc", "chapter", "theme", "issuer", "level", "region", "type", "year", "period",
        ],
    );
    assert_eq!(
        keys(&found["facets"]["doc"][0]),
        [
            "about", "chosen", "count", "depth", "group", "label", "mentions", "value"
        ]
    );
    assert!(found["took_ms"].is_f64());
    let hit = &found["hits"][0];
    let names = "id kind score doc path lead text snippet themes citation";
    holds(hit, &names.split(' ').collect::<Vec<_>>());
    assert_eq!(hit["id"], "plan-9");
    assert_eq!(hit["kind"], "paragraph");
    assert_eq!(
        hit["doc"],
        json!({
            "id": "plan", "title": "某市氢能产业发展规划", "file": "seeds/plan.txt",
            "date": "2021-06-27", "doc_number": "某政发〔2021〕4号", "doc_type": "专项规划",
            "issuers": ["某市人民政府"],
            "level": null,
            "member": null,
            "regions": ["某市"],
        })
    );
    assert_eq!(hit["path"], json!(["第二章 产业", "第一节 氢能"]));
    assert_eq!(hit["lead"], "做强氢能产业");
    assert_eq!(hit["themes"], json!(["氢能"]));
    let snippet = hit["snippet"].as_str().unwrap();
    assert!(snippet.contains("<mark>氢能产业</mark>"), "{snippet}");
    let plain = snippet.replace("<mark>", "").replace("</mark>", "");
    assert!(hit["text"].as_str().unwrap().contains(&plain));
    assert!(
        hit["citation"]
            .as_str()
            .unwrap()
            .contains("《某市氢能产业发展规划》")
    );
}

#[tokio::test]
async fn each_parameter_filters() {
    let library = Library::small();
    for (name, value, expect) in [
        ("doc", "plan", 10),
        ("doc", "港口建设", 30),
        ("chapter", "第二章 产业", 3),
        ("chapter", "任务", 30),
        ("theme", "氢能", 3),
        ("issuer", "管理委员会", 30),
        ("type", "专项规划", 10),
        ("year", "2021", 10),
        ("year", "2020..2022", 10),
        ("year", "2019..", 40),
        ("kind", "table", 4),
    ] {
        let found = total(&library, &[(name, value)]).await;
        assert_eq!(found, expect, "{name}={value}");
    }
    assert_eq!(
        total(&library, &[("doc", "plan"), ("doc", "notice")]).await,
        40
    );
    assert_eq!(
        total(&library, &[("doc", "plan"), ("year", "2023")]).await,
        0
    );
    assert_eq!(
        total(&library, &[("q", "港口"), ("kind", "paragraph")]).await,
        31
    );
}

#[tokio::test]
async fn limit_offset_and_sort_are_obeyed() {
    let library = Library::small();
    let ids = async |pairs: &[(&str, &str)]| -> Vec<String> {
        let found = library.json(&address("/api/search", pairs)).await;
        let hits = found["hits"].as_array().unwrap();
        hits.iter()
            .map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&[("doc", "notice")]).await.len(), 10);
    assert_eq!(ids(&[("doc", "notice"), ("limit", "1000")]).await.len(), 30);
    assert!(ids(&[("doc", "notice"), ("limit", "0")]).await.is_empty());
    let window = [("doc", "notice"), ("limit", "2"), ("offset", "28")];
    assert_eq!(ids(&window).await, ["notice-28", "notice-29"]);
    let far = [("doc", "notice"), ("offset", "999999999")];
    assert!(ids(&far).await.is_empty());
    let newest = [("q", "港口"), ("sort", "date"), ("limit", "1")];
    assert!(ids(&newest).await[0].starts_with("notice-"));
}

#[tokio::test]
async fn unknown_and_empty_parameters_are_passed_over() {
    let library = Library::small();
    let pairs = [
        ("q", "氢能"),
        ("utm", "x"),
        ("theme", ""),
        ("limit", ""),
        ("year", ""),
    ];
    assert_eq!(
        total(&library, &pairs).await,
        total(&library, &[("q", "氢能")]).await
    );
}

#[tokio::test]
async fn documents_and_passages_are_given_by_id() {
    let library = Library::small();
    let list = library.json("/api/documents").await;
    assert_eq!(list["total"], 2);
    assert_eq!(list["documents"][1]["id"], "plan");
    let text = library.json("/api/documents/plan").await;
    assert_eq!(text["document"]["n_passages"], 10);
    assert_eq!(text["passages"].as_array().unwrap().len(), 10);
    assert_eq!(
        text["passages"][5]["table"]["cells"],
        json!(["氢能产值", "100亿元"])
    );
    let found = library.json("/api/passages/plan-9").await;
    assert_eq!(found["passage"]["id"], "plan-9");
    assert_eq!(found["before"][1]["id"], "plan-8");
    assert_eq!(found["after"], json!([]));
    assert_eq!(found["doc"]["title"], "某市氢能产业发展规划");
    assert!(
        found["passage"]["citation"]
            .as_str()
            .unwrap()
            .ends_with("第1段")
    );
}

#[tokio::test]
async fn health_counts_the_library() {
    let health = Library::small().json("/health").await;
    assert_eq!(
        health,
        json!({"status": "ok", "trouble": null, "version": env!("CARGO_PKG_VERSION"), "documents": 2, "passages": 40})
    );
}

#[tokio::test]
async fn an_empty_library_answers() {
    let library = Library::of(&[]);
    assert_eq!(total(&library, &[("q", "氢能")]).await, 0);
    assert_eq!(library.json("/api/documents").await["total"], 0);
    assert_eq!(library.json("/health").await["passages"], 0);
}

#[tokio::test]
async fn suggestions_complete_what_is_typed() {
    let library = Library::small();
    let found = library
        .json(&address("/api/suggest", &[("q", "qn"), ("limit", "2")]))
        .await;
    assert_eq!(found["query"], "qn");
    let first = &found["suggestions"][0];
    assert_eq!(keys(first), ["count", "kind", "text"]);
    assert_eq!(
        (&first["text"], &first["kind"]),
        (&json!("氢能"), &json!("theme"))
    );
    let nothing = library.json("/api/suggest").await;
    assert_eq!(nothing, json!({"query": "", "suggestions": []}));
    let error = library.ask("GET", "/api/suggest?q=a&limit=51").await;
    assert_eq!(error.status.as_u16(), 400);
    assert!(
        error.body.contains("`limit` cannot be `51`"),
        "{}",
        error.body
    );
}

#[tokio::test]
async fn equal_passages_and_reasons_are_shown_on_the_page() {
    let text = "推进港口码头建设，开展泊位改造，完善集疏运体系。";
    let library = Library::of(&["a", "b"].map(|id| {
        let record = plansearch::engine::DocumentRecord {
            id: id.into(),
            title: format!("港口规划{id}"),
            ..Default::default()
        };
        document(record, vec![passage("paragraph", &["第一章"], text)])
    }));
    let page = library.get(&address("/", &[("q", "泊位改造")])).await;
    assert!(page.contains("<summary>同文 1 处"), "{page}");
    assert!(page.contains("相同文字已合并为 1 条"), "{page}");
    let all = links(&page);
    let other = all.iter().find(|(_, title)| title == "港口规划b").unwrap();
    library.get(&other.0).await;
    let apart = all.iter().find(|(_, title)| title == "逐段列出").unwrap();
    let page = library.get(&apart.0).await;
    assert!(!page.contains("<summary>同文"), "{page}");
    let page = library
        .get(&address("/", &[("q", "泊位改造"), ("explain", "1")]))
        .await;
    assert!(
        page.contains("排序依据") && page.contains("“泊位”见于本段"),
        "{page}"
    );
}
