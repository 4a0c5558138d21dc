//! Suggestions as a person types, through the binary.

use crate::cli::Desk;

const PLAN: &str = "滨海新区氢能产业发展规划\n\n\
    第一章 总体要求\n\n\
    坚持统筹布局，到2025年建成加氢站十座。\n\n\
    第二章 氢能产业布局\n\n\
    做强氢能装备。支持企业开展氢能装备研发，推进氢能示范应用。\n\n\
    拓展应用场景。推广燃料电池公交车，建设加氢站。\n\n\
    第三章 养老机构建设\n\n\
    新建养老机构三家，增加护理床位二百张。\n";

fn library() -> Desk {
    let desk = Desk::new();
    desk.write("library/plan.txt", PLAN);
    assert_eq!(desk.run(&["index", "library"]).code, 0);
    desk
}

fn texts(desk: &Desk, typed: &str) -> Vec<String> {
    let answer = desk.json(&["suggest", typed]);
    assert_eq!(answer["query"], typed);
    let suggestions = answer["suggestions"].as_array().unwrap().iter();
    suggestions
        .map(|suggestion| {
            assert!(suggestion["count"].as_u64().unwrap() > 0, "{suggestion}");
            suggestion["text"].as_str().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn names_are_suggested_by_characters_reading_and_first_letters() {
    let desk = library();
    for (typed, expect) in [
        ("氢能", "氢能产业布局"),
        ("布局", "氢能产业布局"),
        ("qingnengchanyebuju", "氢能产业布局"),
        ("qncybj", "氢能产业布局"),
        ("氢ncy", "氢能产业布局"),
        ("滨海", "滨海新区氢能产业发展规划"),
        ("yljg", "养老机构"),
        ("zuoqiang", "做强氢能装备"),
    ] {
        let found = texts(&desk, typed);
        assert!(
            found.iter().any(|text| text == expect),
            "{typed}: {found:?}"
        );
    }
    let kinds = desk.json(&["suggest", "氢能"])["suggestions"].clone();
    let kinds = kinds.to_string();
    for kind in ["heading", "lead", "theme", "document"] {
        assert!(
            kinds.contains(&format!("\"kind\":\"{kind}\"")),
            "{kind}: {kinds}"
        );
    }
}

#[test]
fn every_suggestion_finds_something() {
    let desk = library();
    for typed in ["氢", "养", "z", "建设", "2025"] {
        let answer = desk.json(&["suggest", typed]);
        for suggestion in answer["suggestions"].as_array().unwrap() {
            let text = suggestion["text"].as_str().unwrap();
            // The name of a theme need not stand in the text.
            let run = match suggestion["kind"].as_str() {
                Some("theme") => desk.run(&["search", "", "--theme", text]),
                _ => desk.run(&["search", text]),
            };
            assert_eq!(run.code, 0, "{typed}: {text}");
        }
    }
}

#[test]
fn nothing_is_suggested_that_is_not_in_the_library() {
    let desk = library();
    let run = desk.run(&["suggest", "海河联运"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert_eq!(desk.run(&["suggest", "氢", "--limit", "51"]).code, 2);
    assert_eq!(
        desk.json(&["suggest", "氢", "--limit", "1"])["suggestions"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // A document that is gone takes its names with it.
    std::fs::remove_file(desk.path().join("library/plan.txt")).unwrap();
    desk.write(
        "library/other.txt",
        "港口建设规划\n\n第一章 海河联运\n\n建设泊位三个。\n",
    );
    assert_eq!(desk.run(&["index", "library"]).code, 0);
    assert_eq!(texts(&desk, "hhly")[0], "海河联运");
    assert_eq!(desk.run(&["suggest", "氢能产业布局"]).code, 1);
}
