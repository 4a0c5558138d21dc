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
    assert_eq!(desk.run(&["targets", "--format", "svg"]).code, 2);
}

fn width(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
