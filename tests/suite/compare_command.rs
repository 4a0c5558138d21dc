//! `compare` and `evolve` at the terminal.

use serde_json::Value;

use crate::cli::Desk;

const OLD: &str = "某县港口发展规划\n\n一、总体要求\n\n到2025年，港口吞吐量达到300万吨，年均增长6%。推进海河联运。\n\n二、保障措施\n\n加强组织领导，落实工作责任。\n";
const NEW: &str = "某县港口发展规划\n\n一、总体要求\n\n到2025年，港口吞吐量达到350万吨，年均增长6%。推进海河联运。\n\n二、保障机制\n\n加强组织领导，落实工作责任。\n\n每年开展一次评估并向社会公布。\n";

#[test]
fn two_files_are_compared_without_an_index() {
    let desk = Desk::new();
    desk.write("旧.txt", OLD);
    desk.write("新.txt", NEW);
    let run = desk.run(&["compare", "旧.txt", "新.txt", "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    let rows = answer["rows"].as_array().unwrap();
    let of_kind = |kind: &str| rows.iter().filter(|row| row["kind"] == kind).count();
    assert_eq!(
        (of_kind("changed"), of_kind("only_b"), of_kind("only_a")),
        (2, 1, 0)
    );
    let figure = rows
        .iter()
        .flat_map(|row| row["changes"].as_array().unwrap())
        .find(|change| change["kind"] == "figure")
        .unwrap();
    assert_eq!(
        (&figure["source"], &figure["draft"]),
        (&"300万吨".into(), &"350万吨".into())
    );
    let row = rows
        .iter()
        .find(|row| !row["changes"][0].is_null())
        .unwrap();
    let text: Vec<char> = row["b"]["text"].as_str().unwrap().chars().collect();
    let span = |nth: usize| row["changes"][0]["draft_span"][nth].as_u64().unwrap() as usize;
    let marked: String = text[span(0)..span(1)].iter().collect();
    assert_eq!(row["changes"][0]["draft"], marked);
    let run = desk.run(&["compare", "旧.txt", "新.txt"]);
    assert!(
        run.stdout.contains("【300万吨】") && run.stdout.contains("【350万吨】"),
        "{}",
        run.stdout
    );
    for (format, name) in [
        ("xlsx", "对照.xlsx"),
        ("csv", "对照.csv"),
        ("md", "对照.md"),
    ] {
        let run = desk.run(&[
            "compare", "旧.txt", "新.txt", "--format", format, "-o", name,
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(desk.path().join(name).metadata().unwrap().len() > 0);
    }
    let run = desk.run(&["compare", "旧.txt", "没有.txt"]);
    assert_eq!(run.code, 2);
}

#[test]
fn what_documents_say_on_a_topic_and_how_a_wording_is_used() {
    let desk = Desk::with_seeds();
    let run = desk.run(&["compare", "--topic", "氢能", "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(answer["documents"].as_array().unwrap().len() >= 2);
    assert_eq!(desk.run(&["compare", "--topic", "魑魅魍魉"]).code, 1);
    let run = desk.run(&["evolve", "海河联运", "氢能", "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(answer["terms"].as_array().unwrap().len(), 2);
    let run = desk.run(&["evolve", "海河联运", "--by", "doc"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("首见"), "{}", run.stdout);
    let run = desk.run(&["evolve", "海河联运", "--format", "svg", "-o", "图.svg"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let picture = std::fs::read_to_string(desk.path().join("图.svg")).unwrap();
    assert!(picture.starts_with("<?xml") && picture.ends_with("</svg>\n"));
    assert_eq!(desk.run(&["evolve", "量子纠缠态隐形传输"]).code, 1);
    assert_eq!(desk.run(&["evolve", " "]).code, 2);
}

#[test]
fn who_has_only_a_part_of_the_topic_says_nothing_on_it() {
    let desk = Desk::with_files(&[
        (
            "甲.txt",
            "甲市规划\n第一章 产业\n发展氢能，布局液氢储运。\n",
        ),
        ("乙.txt", "乙市规划\n第一章 产业\n发展氢能汽车。\n"),
        ("丙.txt", "丙市规划\n第一章 产业\n发展港口。\n"),
    ]);
    let run = desk.run(&["compare", "--topic", "氢能 液氢", "--json"]);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    let titles = |list: &Value, key: &str| -> Vec<String> {
        let titles = list.as_array().unwrap().iter();
        titles
            .map(|doc| doc.pointer(key).unwrap().as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(titles(&answer["documents"], "/doc/title"), ["甲市规划"]);
    assert_eq!(titles(&answer["without"], "/title").len(), 2);
}

#[test]
fn figures_on_a_topic_are_those_of_the_targets() {
    let desk = Desk::with_files(&[
        (
            "甲.txt",
            "甲市规划（2021-2025年）\n第一章 目标\n到2025年，氢能产业产值达到100亿元以上。\n",
        ),
        (
            "乙.txt",
            "乙市规划（2021-2025年）\n第一章 目标\n到2025年，氢能产业产值达到80亿元。\n",
        ),
    ]);
    let run = desk.run(&["compare", "--topic", "氢能", "--json"]);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    for document in answer["documents"].as_array().unwrap() {
        let figure = &document["figures"][0];
        assert_eq!(figure["name"], "氢能产业产值");
        assert_eq!(
            (&figure["unit"], &figure["year"]),
            (&"亿元".into(), &2025.into())
        );
        assert_eq!(figure["differs"], true, "{figure}");
        let is_first = document["doc"]["title"].as_str().unwrap().starts_with('甲');
        assert_eq!(figure["value"], if is_first { 100.0 } else { 80.0 });
        assert_eq!(figure["comparator"], if is_first { ">=" } else { "=" });
    }
}
