//! Why a hit stands where it does, through the binary and the API.

use crate::cli::Desk;

fn library() -> Desk {
    let desk = Desk::new();
    desk.write(
        "library/plan.txt",
        "滨海新区养老服务规划\n\n第一章 总体要求\n\n推进乡村振兴，扩大服务供给。\n\n\
         第二章 重点任务\n\n新建养老机构三家，增加护理床位二百张。\n\n\
         统筹乡村建设与产业振兴，发展特色农业。\n",
    );
    assert_eq!(desk.run(&["index", "library"]).code, 0);
    desk
}

fn explanations(desk: &Desk, query: &str) -> Vec<(f64, Vec<String>)> {
    let answer = desk.json(&["search", query, "--explain"]);
    let hits = answer["hits"].as_array().unwrap().iter();
    hits.map(|hit| {
        let lines = hit["explanation"].as_array().unwrap().iter();
        let lines = lines
            .map(|line| line.as_str().unwrap().to_owned())
            .collect();
        (hit["score"].as_f64().unwrap(), lines)
    })
    .collect()
}

/// The number behind the first of `before` in any line.
fn number(lines: &[String], before: &str) -> Option<f64> {
    let rest = lines.iter().find_map(|line| line.split_once(before))?.1;
    let digits = rest.trim_start().chars();
    let digits: String = digits
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    digits.parse().ok()
}

#[test]
fn an_explanation_names_words_wholes_and_factors_that_make_the_score() {
    let desk = library();
    let hits = explanations(&desk, "乡村振兴");
    assert_eq!(hits.len(), 2);
    let text = hits[0].1.join("\n");
    assert!(text.contains("“乡村”见于本段"), "{text}");
    assert!(text.contains("查询的字串在本段完整出现"), "{text}");
    assert!(hits[1].1.join("\n").contains("没有在本段完整出现"));
    for query in ["乡村振兴", "养老院", "养老服务", "滨海新区 农业"] {
        for (score, lines) in explanations(&desk, query) {
            let factors = lines.iter().filter_map(|line| {
                let (_, factor) = line.split_once("系数 ")?;
                factor.parse::<f64>().ok()
            });
            let sum = number(&lines, "字对合计").unwrap();
            let product = factors.fold(sum, |product, factor| product * factor);
            assert!(
                (product - score).abs() <= 0.02 * score.abs() + 0.05,
                "{query}: {product} is not {score}: {lines:?}"
            );
        }
    }
}

#[test]
fn a_word_that_stands_for_another_is_named_with_the_hit() {
    let desk = library();
    let hits = explanations(&desk, "养老院");
    let text = hits[0].1.join("\n");
    assert!(
        text.contains("“养老院”没有出现，相关的“养老机构”见于本段"),
        "{text}"
    );
    let shown = desk.run(&["search", "养老院"]);
    assert!(
        shown.stdout.contains("近义：养老机构（养老院）"),
        "{}",
        shown.stdout
    );
    assert!(!shown.stdout.contains("字对合计"), "{}", shown.stdout);
}

#[test]
fn a_word_of_the_title_counts_as_standing_around_the_text() {
    let desk = library();
    let hits = explanations(&desk, "滨海新区 特色农业");
    let text = hits[0].1.join("\n");
    assert!(
        text.contains("“滨海新区”只见于文件名") && text.contains("“特色”见于本段"),
        "{text}"
    );
}

#[test]
fn hits_that_nothing_tells_apart_are_explained_too() {
    let desk = library();
    for (score, lines) in explanations(&desk, "农") {
        assert!(!lines.is_empty());
        assert_eq!(
            number(&lines, "得分"),
            Some((score * 100.0).round() / 100.0)
        );
    }
}
