//! The pages and answers on themes.

use axum::http::StatusCode;

use super::library::{Library, links, without_tags};

#[tokio::test]
async fn the_list_of_themes_leads_to_each_and_counts_as_the_search_does() {
    let library = Library::small();
    let page = library.get("/themes").await;
    let found = links(&page);
    let (href, label) = found
        .iter()
        .find(|(_, label)| label.contains("港口"))
        .unwrap();
    assert_eq!(href, "/themes/%E6%B8%AF%E5%8F%A3");
    let all = library.json("/api/themes").await;
    assert_eq!(all["total"], 3, "themes without passages too");
    let themes = all["themes"].as_array().unwrap();
    let port = themes.iter().find(|theme| theme["name"] == "港口").unwrap();
    let (about, mentions) = (&port["about"], &port["mentions"]);
    assert_eq!(
        about.as_u64().unwrap() + mentions.as_u64().unwrap(),
        port["count"].as_u64().unwrap()
    );
    assert!(
        label.contains(&about.to_string()) && label.contains(&mentions.to_string()),
        "{label}"
    );
    let found = library
        .json("/api/search?theme=%E6%B8%AF%E5%8F%A3&each=1")
        .await;
    assert_eq!(found["total"], port["count"]);
}

#[tokio::test]
async fn a_theme_shows_what_each_document_says_in_its_order() {
    let library = Library::small();
    let report = library.json("/api/themes/%E6%B0%A2%E8%83%BD").await;
    let documents = report["documents"].as_array().unwrap();
    assert_eq!(report["total"], documents.len());
    let plan = documents
        .iter()
        .find(|one| one["doc"]["id"] == "plan")
        .unwrap();
    let passages = plan["passages"].as_array().unwrap();
    assert_eq!(passages.len() as u64, plan["about"].as_u64().unwrap());
    assert!(!passages.is_empty());
    let places: Vec<u64> = passages
        .iter()
        .map(|p| p["idx"].as_u64().unwrap())
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    for passage in passages {
        let snippet = passage["snippet"].as_str().unwrap();
        assert!(snippet.contains("<mark>氢能</mark>"), "{snippet}");
        assert_eq!(passage["evidence"]["about"], true);
    }
    let page = library.get("/themes/%E6%B0%A2%E8%83%BD").await;
    let found = links(&page);
    for passage in passages {
        let id = passage["id"].as_str().unwrap();
        assert!(
            found
                .iter()
                .any(|(href, _)| href.contains(&format!("p={id}"))),
            "{id}"
        );
    }
    let none = library.json("/api/themes/%E6%B0%A2%E8%83%BD?limit=0").await;
    assert_eq!(
        (none["documents"].as_array().unwrap().len(), &none["total"]),
        (0, &report["total"])
    );
}

#[tokio::test]
async fn the_words_of_a_theme_are_marked_on_the_way_into_the_document() {
    let library = Library::small();
    let theme = library.get("/themes/%E6%B0%A2%E8%83%BD").await;
    let (href, _) = links(&theme)
        .into_iter()
        .find(|(href, _)| href.contains("p=plan-5"))
        .unwrap();
    assert!(href.ends_with("#p5"), "{href}");
    let reader = library.get(href.split_once('#').unwrap().0).await;
    assert!(
        reader.contains("<th scope=\"row\"><mark>氢能</mark>产值</th>"),
        "{reader}"
    );
    assert!(reader.contains("class=\"found\" aria-current=\"true\""));
    let text = without_tags(&reader);
    assert!(text.contains("主题“氢能”的词语在本文件中标出"), "{text}");
    assert!(
        !reader.contains("<mark>加氢站"),
        "only the words of the theme"
    );

    let results = library.get("/?theme=%E6%B0%A2%E8%83%BD").await;
    assert!(results.contains("<mark>氢能</mark>产值"), "{results}");
    // A query is what is marked, where there is one.
    let both = library
        .get("/?theme=%E6%B0%A2%E8%83%BD&q=%E8%A7%84%E6%A8%A1")
        .await;
    assert!(both.contains("<mark>规模</mark>"));
    assert!(!both.contains("<mark>氢能</mark>"));
}

#[tokio::test]
async fn a_theme_that_is_in_no_catalogue_is_not_found() {
    let library = Library::small();
    for (address, is_json) in [
        ("/themes/%E8%8C%B6", false),
        ("/api/themes/%E8%8C%B6", true),
    ] {
        let answer = library.ask("GET", address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(answer.body.contains('茶'), "{}", answer.body);
        assert_eq!(answer.body.starts_with('{'), is_json);
    }
    let bad = library
        .ask("GET", "/api/themes/%E6%B0%A2%E8%83%BD?passages=x")
        .await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_facet_is_searched_by_its_own_address() {
    let library = Library::small();
    let page = library.json("/api/facets/chapter?facet_q=%E7%AB%A0").await;
    assert_eq!(page["facet"], "chapter");
    let values = page["values"].as_array().unwrap();
    assert_eq!(page["total"], values.len());
    assert!(!values.is_empty());
    for value in values {
        assert!(value["label"].as_str().unwrap().contains('章'), "{value}");
    }
    let one = library
        .json("/api/facets/chapter?facet_q=%E7%AB%A0&facet_limit=1")
        .await;
    assert_eq!(
        (one["values"].as_array().unwrap().len(), &one["total"]),
        (1, &page["total"])
    );
    let none = library.json("/api/facets/chapter?facet_limit=0").await;
    assert!(none["values"].as_array().unwrap().is_empty());
    assert!(none["total"].as_u64() > Some(0));
    let bad = library.ask("GET", "/api/facets/colour").await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    assert!(bad.body.contains("chapter"), "{}", bad.body);
}
