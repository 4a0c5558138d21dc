//! Synonyms of a library, given and explained by its texts, through the binary.

use serde_json::Value;

use crate::cli::Desk;

const PLAN: &str = "滨海新区港口发展规划\n\n第一章 组织实施\n\n\
    由滨海新区港口建设指挥部（以下简称“滨港指”）统筹推进重大项目。\n\n\
    第二章 重点任务\n\n滨海新区港口建设指挥部负责协调岸线资源。\n\n\
    推广共享充换电柜，方便市民出行。\n";
const NOTICE: &str = "岸线管理通知\n\n第一章 要求\n\n各码头向滨港指报送进度。\n";

fn library() -> Desk {
    let desk = Desk::new();
    desk.write("library/plan.txt", PLAN);
    desk.write("library/notice.txt", NOTICE);
    desk
}

fn texts(answer: &Value) -> String {
    let hits = answer["hits"].as_array().unwrap().iter();
    hits.map(|hit| hit["text"].as_str().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn synonyms_of_a_library_are_kept_with_its_index() {
    let desk = library();
    desk.write("rules.txt", "# 本馆词表\n铁驴补能 > 共享充换电柜\n");
    let run = desk.run(&["index", "library", "--synonyms", "rules.txt"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let finds = |expect: bool| {
        let answer = desk.json(&["search", "铁驴补能"]);
        let found = texts(&answer).contains("共享充换电柜");
        assert_eq!(found, expect, "{answer}");
    };
    finds(true);
    std::fs::remove_file(desk.path().join("rules.txt")).unwrap();
    // A later run without the option keeps them, one with an empty file does not,
    // and neither reads the documents again.
    let kept = desk.run(&["index", "library"]);
    assert!(kept.stderr.contains("2 unchanged"), "{}", kept.stderr);
    finds(true);
    desk.write("none.txt", "");
    let ended = desk.run(&["index", "library", "--synonyms", "none.txt"]);
    assert!(ended.stderr.contains("2 unchanged"), "{}", ended.stderr);
    finds(false);
}

#[test]
fn a_broken_rule_is_refused_with_file_line_and_reason() {
    let desk = library();
    desk.write("rules.txt", "甲 = 乙\n\n只有一边 >\n");
    let run = desk.run(&["index", "library", "--synonyms", "rules.txt"]);
    assert_eq!(run.code, 2);
    for part in ["`rules.txt`", "line 3", "one side of `>` is empty", "hint"] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    assert_eq!(desk.run(&["search", "港口"]).code, 2, "nothing was written");
    let run = desk.run(&["index", "library", "--synonyms", "no.txt"]);
    assert!(
        run.stderr.contains("cannot read `no.txt`"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_abbreviation_that_a_text_explains_counts_as_its_name() {
    let desk = library();
    assert_eq!(desk.run(&["index", "library"]).code, 0);
    for query in ["滨港指", "滨海新区港口建设指挥部"] {
        let answer = desk.json(&["search", query]);
        let found = texts(&answer);
        assert!(
            found.contains("报送进度") && found.contains("协调岸线资源"),
            "{query}: {found}"
        );
        let notices = answer["notices"].to_string();
        assert!(
            notices.contains("文献中称“滨海新区港口建设指挥部”为“滨港指”"),
            "{query}: {notices}"
        );
    }
    // What is quoted is meant as it is written.
    let exact = desk.json(&["search", "“滨港指”"]);
    assert_eq!(exact["total"], 2, "{exact}");
}
