//! `targets` at the terminal.

use serde_json::Value;

use crate::cli::Desk;

#[test]
fn records_are_listed_filtered_and_written() {
    let desk = Desk::with_seeds();
    let run = desk.run(&[
        "targets",
        "--doc",
        "嘉兴港区",
        "--name",
        "海河联运吞吐量",
        "--json",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(answer["total"], 1);
    let record = &answer["records"][0];
    assert_eq!(record["value"], 2.2);
    assert_eq!(record["binding"], "预期性");
    assert_eq!(record["source"], "table");
    let text: Vec<char> = record["passage"]["text"]
        .as_str()
        .unwrap()
        .chars()
        .collect();
    let at = |nth: usize| record["span"][nth].as_u64().unwrap() as usize;
    let figure: String = text[at(0)..at(1)].iter().collect();
    assert_eq!(record["text"], figure);
    let run = desk.run(&[
        "targets",
        "--where",
        "value>=300亿元",
        "--horizon",
        "target",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("地区生产总值") && run.stdout.contains("项指标"));
    let widest = run.stdout.lines().map(width).max().unwrap();
    assert!(widest <= 80, "{widest} columns:\n{}", run.stdout);
    for (format, name) in [
        ("xlsx", "指标.xlsx"),
        ("csv", "指标.csv"),
        ("md", "指标.md"),
    ] {
        let run = desk.run(&["targets", "氢能", "--format", format, "-o", name]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(desk.path().join(name).metadata().unwrap().len() > 0);
    }
    assert_eq!(desk.run(&["targets", "--name", "量子纠缠"]).code, 1);
}

#[test]
fn what_is_wrong_in_a_condition_is_named() {
    let desk = Desk::with_seeds();
    for (condition, part) in [
        ("vlue>=5%", "`vlue`"),
        ("value>=五百亿圈", "`五百亿圈`"),
        ("500亿元", "compares nothing"),
        ("value>=", "is no figure"),
    ] {
        let run = desk.run(&["targets", "--where", condition]);
        assert_eq!(run.code, 2, "{condition}");
        assert!(run.stderr.contains(part), "{condition}: {}", run.stderr);
    }
    assert_eq!(desk.run(&["targets", "--horizon", "later"]).code, 2);
    for args in [
        &["targets", "--format", "svg"][..],
        &["targets", "--name", "海河联运吞吐量", "--format", "svg"],
    ] {
        let run = desk.run(args);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("one scale"), "{}", run.stderr);
    }
}

#[test]
fn a_bounded_figure_in_a_query_is_a_condition() {
    let desk = Desk::with_files(&[(
        "某市规划.txt",
        "某市港口发展规划（2021-2025年）\n第一章 发展目标\n到2025年，港口吞吐量年均增长7%以上。\n\
         到2025年，港口投资达到0.06万亿元。\n到2025年，公路投资达到四百亿元。\n\
         到2025年，单位能耗下降13%。\n到2025年，航线增加9条，占全国的8%。\n",
    )]);
    let names = |args: &[&str]| -> Vec<String> {
        let run = desk.run(&[args, &["--json"]].concat());
        let answer: Value = serde_json::from_str(&run.stdout).unwrap();
        let records = answer["records"].as_array().unwrap().iter();
        records
            .map(|record| record["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&["targets", "≥500亿元 港口"]), ["港口投资"]);
    assert_eq!(names(&["targets", ">=3000000万元"]).len(), 2);
    assert_eq!(names(&["targets", "增长6%以上"]), ["港口吞吐量"]);
    let found = |query: &str| -> Vec<String> {
        let run = desk.run(&["search", query, "--json"]);
        let answer: Value = serde_json::from_str(&run.stdout).unwrap();
        let hits = answer["hits"].as_array().unwrap().iter();
        hits.map(|hit| hit["snippet"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        found("≥500亿元 港口")[0],
        "到2025年，<mark>港口</mark>投资达到<mark>0.06万亿元</mark>。"
    );
    assert_eq!(found("＜500亿元").len(), 1);
    assert_eq!(found("同句:(公路 >3亿元)").len(), 1);
    assert_eq!(found("“投资” -(>500亿元)").len(), 1);
}

#[test]
fn one_indicator_across_plans_is_a_picture() {
    let plan = |name: &str, base: &str, value: &str| {
        format!(
            "{name}市林业发展规划（2021-2025年）\n第一章 发展目标\n\
             到2025年，森林覆盖率由{base}%提高到{value}%以上。\n"
        )
    };
    let desk = Desk::with_files(&[
        ("甲.txt", &plan("甲", "55", "60")),
        ("乙.txt", &plan("乙", "40", "52.5")),
    ]);
    let draw = || {
        let run = desk.run(&["targets", "--name", "森林覆盖率", "--format", "svg"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let picture = draw();
    for text in ["甲市林业发展规划", "≥60%", "≥52.5%", "role=\"img\""] {
        assert!(picture.contains(text), "{text}: {picture}");
    }
    assert_eq!(picture, draw(), "equal data gives equal bytes");
}

fn width(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
