//! Passages of the same text, through the binary.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::cli::Desk;

const SHARED: &str = "推进海河联运枢纽建设，完善港口集疏运体系，提升江海直达运输能力。";

/// Twelve plans that share a paragraph and have one of their own.
fn library() -> Desk {
    let desk = Desk::new();
    for number in 1..=12 {
        let text = format!(
            "第{number}号港口规划\n\n第一章 总体要求\n\n第{number}个港口新建海河联运泊位{number}座，吞吐量稳步提高。\n\n\
             第二章 重点任务\n\n{SHARED}\n"
        );
        desk.write(&format!("library/{number:02}.txt"), &text);
    }
    assert_eq!(desk.run(&["index", "library"]).code, 0);
    desk
}

fn ids(hits: &Value) -> Vec<String> {
    let hits = hits.as_array().unwrap().iter();
    hits.map(|hit| hit["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_same_text_is_one_hit_and_all_its_places_are_named() {
    let desk = library();
    let answer = desk.json(&["search", "海河联运枢纽", "--limit", "100"]);
    assert_eq!(
        (&answer["total"], &answer["groups"]),
        (&12.into(), &1.into())
    );
    let hit = &answer["hits"][0];
    assert_eq!(hit["same_text_count"], 11);
    let mut places: BTreeSet<String> = ids(&hit["same_text"]).into_iter().collect();
    places.extend(ids(&answer["hits"]));
    let apart = desk.json(&["search", "海河联运枢纽", "--limit", "100", "--each"]);
    assert_eq!(
        (&apart["total"], &apart["groups"]),
        (&12.into(), &12.into())
    );
    assert_eq!(places, ids(&apart["hits"]).into_iter().collect());
    assert!(
        hit["same_text"][0]["title"]
            .as_str()
            .unwrap()
            .contains("港口规划")
    );
    let shown = desk.run(&["search", "“海河联运枢纽”"]);
    assert!(shown.stdout.contains("另有同文 11 处"), "{}", shown.stdout);
    assert!(
        shown.stderr.contains("共 12 段，同文合并为 1 条"),
        "{}",
        shown.stderr
    );
}

#[test]
fn pages_of_hits_reach_every_passage_once() {
    let desk = library();
    let all = desk.json(&["search", "海河联运", "--limit", "100", "--each"]);
    let all: BTreeSet<String> = ids(&all["hits"]).into_iter().collect();
    assert_eq!(all.len(), 24);
    let mut reached = Vec::new();
    for offset in 0..13 {
        let offset = offset.to_string();
        let page = desk.json(&["search", "海河联运", "--limit", "1", "--offset", &offset]);
        assert_eq!((&page["total"], &page["groups"]), (&24.into(), &13.into()));
        reached.extend(ids(&page["hits"]));
        reached.extend(ids(&page["hits"][0]["same_text"]));
    }
    assert_eq!(reached.len(), 24);
    assert_eq!(all, reached.into_iter().collect());
    let behind = desk.json(&["search", "海河联运", "--limit", "1", "--offset", "13"]);
    assert_eq!(behind["hits"], Value::Array(Vec::new()));
}

#[test]
fn programs_get_every_passage_of_a_phrase_and_a_filter_parts_no_twins() {
    let desk = library();
    let exact = desk.json(&["search", "“海河联运枢纽”", "--limit", "100"]);
    assert_eq!(ids(&exact["hits"]).len(), 12);
    let by_document = desk.json(&["search", "海河联运枢纽", "--sort", "document"]);
    assert_eq!(by_document["groups"], 12);
    let one = desk.json(&["search", "“海河联运枢纽”", "--doc", "第3号港口规划"]);
    assert_eq!(
        (&one["total"], &one["hits"][0]["same_text_count"]),
        (&1.into(), &0.into())
    );
}
