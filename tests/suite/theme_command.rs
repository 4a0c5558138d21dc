//! `plansearch themes` as a person and a script use it.

use crate::cli::Desk;

const PLANS: [(&str, &str); 3] = [
    (
        "甲.txt",
        "甲市数字政府建设行动计划\n2022年3月1日\n第一章 总体要求\n坚持统筹推进。\n第二章 数字政府建设\n第一节 低效空间再利用\n推进低效空间再利用。建设加氢站十座，发展氢能产业。\n",
    ),
    (
        "乙.txt",
        "乙市氢能产业发展规划\n2023年5月1日\n一、低效空间再利用\n盘活低效空间。\n二、银龄行动\n开展银龄行动。\n三、氢能\n发展氢能，建设加氢站。\n",
    ),
    (
        "丙.txt",
        "丙县工作方案\n一、银龄行动\n组织银龄行动，推广氢气。\n二、低效空间再利用\n盘活空间。\n",
    ),
];

fn desk() -> Desk {
    let desk = Desk::new();
    for (name, text) in PLANS {
        desk.write(&format!("lib/{name}"), text);
    }
    desk.json(&["index", "lib"]);
    desk
}

#[test]
fn themes_are_listed_and_one_is_told_by_document() {
    let desk = desk();
    let all = desk.json(&["themes"]);
    let themes = all["themes"].as_array().unwrap();
    let hydrogen = themes.iter().find(|theme| theme["name"] == "氢能").unwrap();
    assert_eq!(hydrogen["group"], "产业");
    assert!(hydrogen["about"].as_u64() > Some(0));
    let hits = desk.json(&["search", "", "--theme", "氢能", "--each"]);
    assert_eq!(hits["total"], hydrogen["count"]);
    let list = desk.run(&["themes"]);
    assert_eq!(list.code, 0);
    assert!(list.stdout.contains("氢能（专论"), "{}", list.stdout);

    let report = desk.json(&["themes", "氢能"]);
    let dates: Vec<_> = report["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["doc"]["date"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "newest first: {dates:?}");
    let told = desk.run(&["themes", "氢能"]);
    assert!(told.stdout.contains("【加氢站】"), "{}", told.stdout);
    let unknown = desk.run(&["themes", "茶"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("氢能"), "{}", unknown.stderr);
}

#[test]
fn candidates_are_compounds_of_headings_that_no_theme_has() {
    let desk = desk();
    let found = desk.json(&["themes", "--candidates"]);
    let all = found["candidates"].as_array().unwrap();
    let terms: Vec<&str> = all
        .iter()
        .map(|one| one["term"].as_str().unwrap())
        .collect();
    assert!(terms.contains(&"低效空间"), "{terms:?}");
    assert!(!terms.iter().any(|term| term.contains("氢能")), "{terms:?}");
    assert!(!terms.contains(&"总体要求"), "{terms:?}");
    let one = all.iter().find(|one| one["term"] == "低效空间").unwrap();
    assert_eq!((&one["documents"], &one["count"]), (&3.into(), &3.into()));
    assert!(one["example"].as_str().unwrap().contains("低效空间"));
    // A library that takes one up is not asked again.
    desk.write(
        "own.toml",
        "[[theme]]\nname = \"用地\"\nterms = [\"低效空间\"]\n",
    );
    desk.json(&["index", "lib", "--themes", "own.toml"]);
    let found = desk.json(&["themes", "--candidates"]).to_string();
    assert!(!found.contains("低效空间"), "{found}");
    // It is kept with the index, until an empty file ends it.
    assert_eq!(desk.json(&["index", "lib"])["read"], 0);
    assert!(desk.json(&["search", "", "--theme", "用地"])["total"].as_u64() > Some(0));
    desk.write("none.toml", "");
    desk.json(&["index", "lib", "--themes", "none.toml"]);
    assert_eq!(desk.run(&["search", "", "--theme", "用地"]).code, 2);
}

#[test]
fn a_broken_file_of_themes_changes_nothing() {
    let desk = desk();
    let before = desk.json(&["themes"]);
    desk.write(
        "bad.toml",
        "[[theme]]\nname = \"茶\"\nterms = [\"茶园\", \"\"]\n",
    );
    let run = desk.run(&["index", "lib", "--themes", "bad.toml"]);
    assert_eq!(run.code, 2);
    for part in ["bad.toml", "line 3", "empty word"] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    assert_eq!(desk.json(&["themes"]), before);
}

#[test]
fn a_library_may_have_many_themes() {
    let desk = Desk::new();
    let term = |nth: usize| format!("测站{nth:03}号");
    let themes = (0..150).map(|nth| {
        format!(
            "[[theme]]\nname = \"站{nth:03}\"\nterms = [\"{}\"]\n",
            term(nth)
        )
    });
    desk.write("own.toml", &themes.collect::<String>());
    let line = |nth: usize| format!("建设{}和{}。\n", term(nth), term(nth * 7 % 150));
    let plan: String = (0..150).map(line).collect();
    desk.write(
        "lib/plan.txt",
        &format!("某市测站建设规划\n一、任务\n{plan}"),
    );
    desk.json(&["index", "lib", "--themes", "own.toml"]);
    let answer = desk.json(&["search", "测站", "--each"]);
    let facet = answer["facets"]["theme"].as_array().unwrap();
    let ours = facet
        .iter()
        .filter(|value| value["value"].as_str().unwrap().starts_with('站'));
    let ours: Vec<_> = ours.step_by(9).collect();
    assert!(ours.len() > 5, "{facet:?}");
    for value in ours {
        let name = value["value"].as_str().unwrap();
        let nth: usize = name.trim_start_matches('站').parse().unwrap();
        // Each stands in a line of its own and in those that it is added to.
        let expect = (0..150)
            .filter(|line| *line == nth || line * 7 % 150 == nth)
            .count();
        assert_eq!(value["count"], expect, "{name}");
        let chosen = desk.json(&["search", "测站", "--each", "--theme", name]);
        assert_eq!(chosen["total"], expect, "{name}");
    }
}
