//! The description is true to what is answered.

use super::library::{Library, address};
use serde_json::Value;

/// Fails when `value` has a field that its schema does not name.
fn check(description: &Value, schema: &Value, value: &Value, place: &str) {
    let schema = resolve(description, schema);
    match value {
        Value::Object(fields) => {
            let named = &schema["properties"];
            for (name, value) in fields {
                let place = format!("{place}.{name}");
                assert!(!named[name].is_null(), "{place} is not described");
                check(description, &named[name], value, &place);
            }
            let n_named = named.as_object().map_or(0, serde_json::Map::len);
            assert_eq!(n_named, fields.len(), "{place} lacks a described field");
        }
        Value::Array(items) => {
            for item in items {
                check(description, &schema["items"], item, &format!("{place}[]"));
            }
        }
        _ => {}
    }
}

fn resolve<'a>(description: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return description
            .pointer(reference.trim_start_matches('#'))
            .unwrap();
    }
    let mut choices = schema["oneOf"].as_array().into_iter().flatten();
    let named = choices.find(|choice| choice["$ref"].is_string());
    named.map_or(schema, |choice| resolve(description, choice))
}

fn schema<'a>(description: &'a Value, path: &str, status: &str) -> &'a Value {
    let answer = &description["paths"][path]["get"]["responses"][status];
    &answer["content"]["application/json"]["schema"]
}

#[tokio::test]
async fn every_field_of_every_answer_is_described() {
    let library = Library::small();
    let description = library.json("/openapi.json").await;
    for (path, address) in [
        (
            "/api/search",
            address("/api/search", &[("q", "氢能"), ("limit", "100")]),
        ),
        ("/api/documents", "/api/documents".to_owned()),
        ("/api/documents/{id}", "/api/documents/plan".to_owned()),
        ("/api/passages/{id}", "/api/passages/plan-5".to_owned()),
        ("/api/themes", "/api/themes".to_owned()),
        (
            "/api/themes/{name}",
            "/api/themes/%E6%B0%A2%E8%83%BD".to_owned(),
        ),
        ("/api/evolve", "/api/evolve?term=a".to_owned()),
        ("/api/compare", "/api/compare?a=plan&b=notice".to_owned()),
        ("/api/targets", "/api/targets".to_owned()),
        ("/api/facets/{facet}", "/api/facets/theme".to_owned()),
        ("/health", "/health".to_owned()),
    ] {
        let value = library.json(&address).await;
        check(
            &description,
            schema(&description, path, "200"),
            &value,
            path,
        );
    }
    let error = library.ask("GET", "/api/search?limit=x").await.body;
    let error = serde_json::from_str(&error).unwrap();
    check(
        &description,
        schema(&description, "/api/search", "400"),
        &error,
        "error",
    );
}

#[tokio::test]
async fn every_parameter_of_a_search_is_described() {
    let description = Library::small().json("/openapi.json").await;
    let of_answer = "facets fields ";
    for (path, own) in [("/api/search", of_answer), ("/", "")] {
        let params = description["paths"][path]["get"]["parameters"]
            .as_array()
            .unwrap();
        let names: Vec<_> = params
            .iter()
            .map(|param| param["name"].as_str().unwrap())
            .collect();
        let expect = "q doc chapter theme issuer level region type year period kind limit offset sort view each explain";
        assert_eq!(names.join(" "), format!("{own}{expect}"), "{path}");
        assert!(params.iter().all(|param| param["in"] == "query"));
        assert!(params.iter().all(|param| param["required"] == false));
    }
}
