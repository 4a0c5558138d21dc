//! What people type first.

use std::io::Write as _;
use std::process::Stdio;

use crate::cli::Desk;

#[test]
fn several_words_are_one_query() {
    let desk = Desk::with_seeds();
    let total = |args: &[&str]| desk.json(args)["total"].as_u64().unwrap();
    for (apart, together) in [
        (&["search", "氢能", "储运"][..], "氢能 储运"),
        (&["search", "港口", "-煤炭"], "港口 -煤炭"),
        (&["search", "港口", "--limit", "3", "-煤炭"], "港口 -煤炭"),
    ] {
        assert_eq!(desk.json(apart)["query"], together);
        assert_eq!(total(apart), total(&["search", together]));
    }
}

#[test]
fn quiet_is_an_exit_status_alone() {
    let desk = Desk::with_seeds();
    for (query, code) in [("“海河联运”", 0), ("“无此一说也”", 1)] {
        let run = desk.run(&["search", "-q", query]);
        assert_eq!(
            (run.code, run.stdout.as_str(), run.stderr.as_str()),
            (code, "", "")
        );
    }
}

#[test]
fn a_warning_is_told_once() {
    let desk = Desk::new();
    let seeds = crate::library::seeds_dir();
    let index = || desk.run(&["index", seeds.to_str().unwrap()]).stderr;
    let first = index();
    assert!(first.contains("warning: "), "{first}");
    let second = index();
    assert!(!second.contains("warning: "), "{second}");
    assert!(second.contains("of earlier runs"), "{second}");
}

#[test]
fn a_query_comes_from_stdin_where_it_is_asked_for() {
    let desk = Desk::with_seeds();
    let mut command = desk.command(&["search", "-", "--json"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("氢能\n".as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["query"], "氢能");
    assert!(found["total"].as_u64().unwrap() > 0);
}

#[test]
fn a_word_without_a_command_is_told_how_to_look_for_it() {
    let run = Desk::new().run(&["氢能"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("plansearch search 氢能"),
        "{}",
        run.stderr
    );
}

#[test]
fn without_hits_a_filter_that_fits_nothing_is_named() {
    let desk = Desk::with_seeds();
    let run = desk.run(&["search", "氢能", "--doc", "没有这份文件"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("--doc 没有这份文件"), "{}", run.stderr);
    assert!(run.stderr.contains("去掉筛选条件后有"), "{}", run.stderr);
}

#[test]
fn several_passages_and_whole_documents_are_shown() {
    let desk = Desk::with_seeds();
    let found = desk.json(&["search", "氢能"]);
    let id = |nth: usize| found["hits"][nth]["id"].as_str().unwrap().to_owned();
    let run = desk.run(&["show", &id(0), &id(1), "-C", "0"]);
    assert_eq!(run.stdout.matches("引文：").count(), 2, "{}", run.stdout);
    let doc = found["hits"][0]["doc"]["id"].as_str().unwrap().to_owned();
    let run = desk.run(&["show", &doc]);
    assert!(run.stdout.contains(&id(0)), "{}", run.stdout);
}

#[test]
fn documents_are_listed_by_what_they_have() {
    let desk = Desk::with_seeds();
    let all = desk.json(&["documents"])["total"].as_u64().unwrap();
    let some = desk.json(&["documents", "港区"])["total"].as_u64().unwrap();
    assert!(0 < some && some < all, "{some} of {all}");
    assert_eq!(desk.run(&["documents", "没有"]).code, 1);
}
