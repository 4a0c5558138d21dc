//! A library that changes: what is new, gone, moved, doubled, broken.

use std::time::{Duration, Instant};

use plansearch::index::Index;
use plansearch::read::MAX_TEXT_BYTES;
use serde_json::Value;

use crate::cli::Desk;
use crate::robust::samples;

const PLAN: &str =
    "某市氢能产业发展规划\n第一章 总则\n第一节 目标\n建设加氢站十座，发展氢能产业。\n";
const OTHER: &str =
    "某市养老服务行动计划\n一、总体要求\n完善养老服务体系。\n二、保障措施\n加强组织领导。\n";

fn counts(report: &Value) -> (u64, u64, u64, u64, u64) {
    let count = |name: &str| report[name].as_u64().unwrap();
    (
        count("documents"),
        count("read"),
        count("unchanged"),
        count("moved"),
        count("removed"),
    )
}

#[test]
fn only_what_changed_is_read_again() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.write("lib/b.txt", OTHER);
    assert_eq!(counts(&desk.json(&["index", "lib"])), (2, 2, 0, 0, 0));
    assert_eq!(counts(&desk.json(&["index", "lib"])), (2, 0, 2, 0, 0));
    desk.write("lib/b.txt", &OTHER.replace("养老", "医疗"));
    assert_eq!(counts(&desk.json(&["index", "lib"])), (2, 1, 1, 0, 1));
    assert_eq!(desk.json(&["search", "“养老服务”"])["total"], 0);
    assert_eq!(desk.json(&["search", "“医疗服务”"])["total"], 2);
}

#[test]
fn what_systems_leave_beside_documents_is_passed_over_and_told_once() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    let litter = [
        "desktop.ini",
        "政策库.url",
        "清理.BAT",
        "s.css",
        "x.log",
        "~WRL0001.tmp",
        "Thumbs.db",
        "快捷方式.lnk",
    ];
    for name in litter {
        desk.write(&format!("lib/附件/{name}"), PLAN);
    }
    let other = OTHER.as_bytes();
    let packed = samples::zip(&[("乙/b.txt", other), ("乙/x.log", other)]);
    std::fs::write(desk.path().join("lib/甲.zip"), packed).unwrap();
    let report = desk.json(&["index", "lib"]);
    assert_eq!(counts(&report), (2, 2, 0, 0, 0));
    assert_eq!(
        report["passed_over"].as_array().unwrap().len(),
        litter.len() + 1
    );
    // What an archive holds is told by later runs too, which do not open it.
    let again = desk.json(&["index", "lib"]);
    assert_eq!(again["passed_over"], report["passed_over"]);
    assert!(
        again["passed_over"]
            .to_string()
            .contains("lib/甲.zip/乙/x.log")
    );
    assert_eq!(report["failures"].as_array().unwrap().len(), 0);
    let told = desk.run(&["index", "lib"]).stderr;
    let lines: Vec<&str> = told
        .lines()
        .filter(|line| line.contains("passed over"))
        .collect();
    assert!(
        lines.len() == 1 && lines[0].contains("and 4 more"),
        "{told}"
    );
    // Who names such a file means it.
    assert_eq!(counts(&desk.json(&["index", "lib/附件/x.log"])).1, 0);
    assert_eq!(
        desk.json(&["documents"])["documents"][0]["files"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_document_of_an_archive_says_which_member_it_is() {
    let desk = Desk::new();
    let zip = samples::zip(&[
        ("甲/一.txt", PLAN.as_bytes()),
        ("乙/二.txt", OTHER.as_bytes()),
    ]);
    std::fs::create_dir(desk.path().join("lib")).unwrap();
    std::fs::write(desk.path().join("lib/plans.zip"), zip).unwrap();
    desk.json(&["index", "lib"]);
    let hit = &desk.json(&["search", "“养老服务体系”"])["hits"][0];
    assert_eq!(hit["doc"]["file"], "lib/plans.zip");
    assert_eq!(hit["doc"]["member"], "乙/二.txt");
    let listed = desk.run(&["documents", "二.txt"]).stdout;
    assert!(
        listed.contains("lib/plans.zip/乙/二.txt") && !listed.contains("一.txt"),
        "{listed}"
    );
}

#[test]
fn a_removed_file_leaves_the_index() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.write("lib/b.txt", OTHER);
    desk.json(&["index", "lib"]);
    std::fs::remove_file(desk.path().join("lib/a.txt")).unwrap();
    assert_eq!(counts(&desk.json(&["index", "lib"])), (1, 0, 1, 0, 1));
    assert_eq!(desk.run(&["search", "“加氢站”"]).code, 1);
}

#[test]
fn files_outside_of_the_given_folder_stay() {
    let desk = Desk::new();
    desk.write("one/a.txt", PLAN);
    desk.write("two/b.txt", OTHER);
    desk.json(&["index", "one"]);
    assert_eq!(desk.json(&["index", "two"])["documents"], 2);
}

#[test]
fn a_moved_file_keeps_its_ids() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.json(&["index", "lib"]);
    let before = desk.json(&["search", "“加氢站”"])["hits"][0].clone();
    std::fs::create_dir(desk.path().join("lib/2021")).unwrap();
    std::fs::rename(
        desk.path().join("lib/a.txt"),
        desk.path().join("lib/2021/c.txt"),
    )
    .unwrap();
    assert_eq!(counts(&desk.json(&["index", "lib"])), (1, 0, 0, 1, 0));
    let after = desk.json(&["search", "“加氢站”"])["hits"][0].clone();
    assert_eq!(before["id"], after["id"]);
    assert_eq!(after["doc"]["file"], "lib/2021/c.txt");
}

#[test]
fn a_copy_is_one_more_place_and_nothing_has_moved() {
    let desk = Desk::new();
    desk.write("lib/b.txt", PLAN);
    desk.json(&["index", "lib"]);
    for copy in ["lib/a.txt", "lib/c.txt"] {
        desk.write(copy, PLAN);
        assert_eq!(counts(&desk.json(&["index", "lib"])), (1, 0, 1, 0, 0));
        assert_eq!(counts(&desk.json(&["index", "lib"])), (1, 0, 1, 0, 0));
    }
    let document = desk.json(&["documents"])["documents"][0].clone();
    assert_eq!(
        document["files"],
        serde_json::json!(["lib/a.txt", "lib/b.txt", "lib/c.txt"])
    );
    std::fs::remove_file(desk.path().join("lib/b.txt")).unwrap();
    assert_eq!(counts(&desk.json(&["index", "lib"])), (1, 0, 0, 1, 0));
}

#[test]
fn the_same_content_twice_is_one_document() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.write("lib/copy.txt", PLAN);
    assert_eq!(desk.json(&["index", "lib"])["documents"], 1);
    assert_eq!(desk.json(&["search", "“加氢站”"])["total"], 1);
    let shown = desk.run(&["documents"]).stdout;
    assert!(
        shown.contains("lib/a.txt") && shown.contains("lib/copy.txt"),
        "{shown}"
    );
}

#[test]
fn an_unreadable_file_is_named_and_the_rest_goes_on() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    std::fs::write(desk.path().join("lib/b.pdf"), b"%PDF-1.7\n...").unwrap();
    let run = desk.run(&["index", "lib"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("lib/b.pdf"), "{}", run.stderr);
    assert_eq!(desk.json(&["search", "“加氢站”"])["total"], 1);
}

#[test]
fn ready_made_passages_keep_their_ids_and_bad_lines_are_named() {
    let desk = Desk::new();
    let lines = [
        r#"{"id":"x-1","doc":"x","title":"某条例","section":"第一章 总则 > 第一条","text":"发展氢能。","date":"2020-05-01","issuer":"某省人大","doc_type":"法规"}"#,
        "no json",
        r#"{"id":"x-2","doc":"x","title":"某条例","section":"第二章 附则","text":"自公布之日起施行。"}"#,
        r#"{"id":"x-3","doc":"x","title":"某条例","text":"x","date":"May 2020"}"#,
    ];
    desk.write("corpus.jsonl", &lines.join("\n"));
    let run = desk.run(&["index", "corpus.jsonl"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("corpus.jsonl:2") && run.stderr.contains("corpus.jsonl:4"),
        "{}",
        run.stderr
    );
    let hit = desk.json(&[
        "search", "氢能", "--issuer", "某省", "--type", "法规", "--year", "2020",
    ])["hits"][0]
        .clone();
    assert_eq!(hit["id"], "x-1");
    assert_eq!(hit["path"], serde_json::json!(["第一章 总则", "第一条"]));
    assert_eq!(desk.json(&["search", "施行"])["hits"][0]["id"], "x-2");
}

#[test]
fn a_control_character_in_a_text_hides_nothing_behind_it() {
    let desk = Desk::new();
    let line = r#"{"id":"x-1","doc":"x","title":"某规划","text":"服务\u0001长江\u0001三角洲，建设高速公路。"}"#;
    desk.write("corpus.jsonl", line);
    assert_eq!(desk.run(&["index", "corpus.jsonl"]).code, 0);
    for text in ["高速公路", "长江三角洲", "务长江三", "速公路"] {
        let found = desk.json(&["search", &format!("“{text}”")]);
        assert_eq!(found["total"], 1, "{text}");
    }
}

#[test]
fn an_index_of_another_format_is_refused_until_it_is_rebuilt() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.json(&["index", "lib"]);
    let meta = desk.path().join("index/g1/meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    let changed = text.replace(r#"\"format\":"#, r#"\"format\":9"#);
    assert_ne!(text, changed, "the stamp stands in the commit");
    std::fs::write(&meta, changed).unwrap();
    for args in [&["search", "氢能"][..], &["index", "lib"]] {
        let run = desk.run(args);
        assert_eq!(run.code, 2);
        assert!(
            run.stderr.contains("plansearch index --rebuild"),
            "{}",
            run.stderr
        );
    }
    assert_eq!(desk.json(&["index", "--rebuild", "lib"])["documents"], 1);
    assert_eq!(desk.run(&["search", "氢能"]).code, 0);
}

#[test]
fn two_writers_at_once_get_a_clear_message() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.json(&["index", "lib"]);
    let lock = std::fs::File::options()
        .write(true)
        .open(desk.path().join("index/LOCK"))
        .unwrap();
    lock.lock().unwrap();
    let run = desk.run(&["index", "lib"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("another plansearch process is writing"),
        "{}",
        run.stderr
    );
    assert_eq!(desk.run(&["search", "氢能"]).code, 0, "reading goes on");
}

#[test]
fn an_open_index_takes_up_a_new_commit() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.json(&["index", "lib"]);
    let index = Index::open(desk.path().join("index")).unwrap();
    let n_documents = || index.snapshot().catalog().documents().len();
    assert_eq!(n_documents(), 1);
    for (name, args) in [
        ("lib/b.txt", &["index", "lib"][..]),
        ("lib/c.txt", &["index", "--rebuild", "lib"]),
    ] {
        let before = n_documents();
        desk.write(name, &OTHER.replace("某市", name));
        desk.json(args);
        let mut tries = 0;
        while n_documents() == before && tries < 100 {
            std::thread::sleep(Duration::from_millis(50));
            tries += 1;
        }
        assert_eq!(n_documents(), before + 1, "{args:?}");
    }
}

/// How many kills the suite makes; `PLANSEARCH_KILLS=100` makes more of them.
const N_KILLS: u64 = 12;

#[test]
fn a_killed_run_leaves_the_last_good_index() {
    let n_kills = std::env::var("PLANSEARCH_KILLS")
        .map_or(N_KILLS, |text| text.parse().expect("a number of kills"));
    let desk = Desk::new();
    desk.write("lib/first.txt", PLAN);
    desk.json(&["index", "lib"]);
    for n in 0..40 {
        desk.write(
            &format!("lib/more-{n}.txt"),
            &OTHER.replace("某市", &format!("第{n}市")).repeat(40),
        );
    }
    let started = Instant::now();
    desk.json(&["--index", "elsewhere", "index", "lib"]);
    let whole_us = started.elapsed().as_micros() as u64;
    let n_documents = || {
        let index = Index::open(desk.path().join("index")).unwrap();
        index.snapshot().catalog().documents().len() as u64
    };
    let mut n_before = 1;
    let mut n_landed = 0;
    let mut moment = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..n_kills {
        moment = moment.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        // One more file in each round, so that there is always something to do.
        let text = OTHER.replace("某市", &format!("又{round}市"));
        desk.write(&format!("lib/round-{round}.txt"), &text);
        let n_after = 42 + round;
        let args = [&["index", "lib"][..], &["index", "--rebuild", "lib"]];
        let mut child = desk
            .command(args[round as usize % 2])
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros((moment >> 16) % whole_us));
        let _ = child.kill();
        child.wait().unwrap();
        let n = n_documents();
        assert!(
            n == n_before || n == n_after,
            "round {round} left {n} documents, neither {n_before} nor {n_after}"
        );
        n_landed += u64::from(n == n_after);
        n_before = n;
        assert_eq!(desk.json(&["search", "“加氢站”"])["total"], 1);
    }
    println!("{n_landed} of {n_kills} kills came after the commit");
    assert_eq!(desk.json(&["index", "lib"])["documents"], 41 + n_kills);
    let folders = std::fs::read_dir(desk.path().join("index")).unwrap();
    let n_generations = folders
        .filter(|entry| entry.as_ref().unwrap().path().is_dir())
        .count();
    assert_eq!(n_generations, 1, "what killed runs left is cleared away");
}

#[test]
fn what_a_killed_run_left_goes_with_the_next_run_even_if_nothing_changed() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.json(&["index", "lib"]);
    // A kill behind the switch leaves the old generation, one before it a new one.
    for name in ["index/g0/meta.json", "index/g7/meta.json"] {
        desk.write(name, "{}");
    }
    assert_eq!(counts(&desk.json(&["index", "lib"])), (1, 0, 1, 0, 0));
    let is_there = |name: &str| desk.path().join("index").join(name).exists();
    assert!(is_there("g1") && !is_there("g0") && !is_there("g7"));
    assert_eq!(desk.json(&["search", "“加氢站”"])["total"], 1);
}

#[test]
fn a_text_beyond_the_limit_is_named_and_the_others_are_read() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    let line = format!("{}\n", "发展氢能产业。".repeat(100));
    let n_lines = MAX_TEXT_BYTES / line.len() + 1;
    desk.write("lib/big.txt", &line.repeat(n_lines));
    let run = desk.run(&["index", "lib"]);
    assert_eq!(run.code, 2);
    let message = format!(
        "cannot read `lib/big.txt`: a text of {} bytes, more than the limit of {MAX_TEXT_BYTES}; hint: split it",
        line.len() * n_lines
    );
    assert!(run.stderr.contains(&message), "{}", run.stderr);
    assert_eq!(desk.json(&["search", "“加氢站”"])["total"], 1);
}

#[test]
fn a_library_can_bring_its_own_themes() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.json(&["index", "lib"]);
    desk.write(
        "themes.toml",
        "[[theme]]\nname = \"加氢\"\nterms = [\"加氢站\"]\n",
    );
    assert_eq!(
        desk.json(&["index", "lib", "--themes", "themes.toml"])["read"],
        1,
        "other themes, so all is read"
    );
    assert_eq!(desk.json(&["search", "", "--theme", "加氢"])["total"], 1);
    desk.write("themes.toml", "[[theme]]\nname = \"加氢\"\n");
    let run = desk.run(&["index", "lib", "--themes", "themes.toml"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("themes.toml") && run.stderr.contains("line 2"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_sidecar_corrects_the_facts_and_keeps_the_ids() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.json(&["index", "lib"]);
    let before = desk.json(&["search", "“加氢站”"])["hits"][0].clone();
    desk.write(
        "lib/a.toml",
        "title = \"某市氢能规划（修订）\"\ndate = \"2023-05-04\"\n",
    );
    assert_eq!(desk.json(&["index", "lib"])["read"], 1);
    let after = desk.json(&["search", "“加氢站”", "--year", "2023"])["hits"][0].clone();
    assert_eq!(after["doc"]["title"], "某市氢能规划（修订）");
    assert_eq!(before["id"], after["id"]);
    desk.write("lib/a.toml", "titel = \"x\"\n");
    let run = desk.run(&["index", "lib"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("a.toml") && run.stderr.contains("titel"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_not_read_whole_is_named_in_every_run() {
    let desk = Desk::new();
    let torn = "<w:document><w:body><w:p><w:r><w:t>建设加氢站十座。</w:t></w:r></w:p><w:p>";
    let docx = samples::zip(&[("word/document.xml", torn.as_bytes())]);
    let zip = samples::zip(&[("一.txt", PLAN.as_bytes()), ("图.png", b"\x89PNG\r\n")]);
    std::fs::create_dir(desk.path().join("lib")).unwrap();
    std::fs::write(desk.path().join("lib/torn.docx"), docx).unwrap();
    std::fs::write(desk.path().join("lib/plans.zip"), zip).unwrap();
    desk.write("lib/empty.txt", "");
    desk.write(
        "lib/lines.jsonl",
        "{\"id\":\"x-1\",\"doc\":\"x\",\"title\":\"某条例\",\"text\":\"发展氢能。\"}\nno json\n",
    );
    for round in 0..2 {
        let run = desk.run(&["index", "lib"]);
        assert_eq!(run.code, 2, "round {round}");
        for part in [
            "not read whole: lib/torn.docx: the XML breaks off",
            "not read: lib/plans.zip/图.png: a picture",
            "not read: lib/lines.jsonl:2: ",
            "not read: lib/empty.txt: there is no text in it",
            "3 documents (",
            ", 4 not read,",
        ] {
            assert!(run.stderr.contains(part), "round {round}: {}", run.stderr);
        }
    }
    assert_eq!(desk.json(&["search", "“加氢站”"])["total"], 2);
}

#[test]
fn a_line_beyond_the_limit_is_named_and_the_next_ones_are_read() {
    let desk = Desk::new();
    let line = r#"{"id":"x-1","doc":"x","title":"某条例","text":"发展氢能。"}"#;
    desk.write("long.jsonl", &format!("{}\n{line}\n", "x".repeat(17 << 20)));
    let run = desk.run(&["index", "long.jsonl"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("long.jsonl:1: the line has more than"),
        "{}",
        run.stderr
    );
    assert_eq!(desk.json(&["search", "氢能"])["total"], 1);
}

#[test]
fn a_folder_that_is_gone_keeps_its_documents() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.json(&["index", "lib"]);
    std::fs::rename(desk.path().join("lib"), desk.path().join("away")).unwrap();
    let run = desk.run(&["index", "lib"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("1 documents"), "{}", run.stderr);
    assert_eq!(desk.json(&["search", "“加氢站”"])["total"], 1);
}

#[test]
fn a_folder_that_is_empty_all_at_once_keeps_its_documents() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.write("lib/b.txt", OTHER);
    desk.json(&["index", "lib"]);
    for name in ["lib/a.txt", "lib/b.txt"] {
        std::fs::remove_file(desk.path().join(name)).unwrap();
    }
    let run = desk.run(&["index", "lib"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("its 2 documents stay"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("--rebuild"), "{}", run.stderr);
    assert_eq!(desk.json(&["search", "“加氢站”"])["total"], 1);
    let rebuilt = desk.json(&["index", "--rebuild", "lib"]);
    assert_eq!(rebuilt["documents"], 0);
    // Documents that have moved to another folder are no reason to wait.
    desk.write("lib/a.txt", PLAN);
    desk.json(&["index", "lib"]);
    std::fs::create_dir(desk.path().join("new")).unwrap();
    let moved = desk.path().join("new/a.txt");
    std::fs::rename(desk.path().join("lib/a.txt"), moved).unwrap();
    let run = desk.run(&["index", "lib", "new"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn a_document_that_two_files_bring_is_named() {
    let desk = Desk::new();
    let line = |id: &str, text: &str| {
        format!("{{\"id\":\"{id}\",\"doc\":\"x\",\"title\":\"某条例\",\"text\":\"{text}\"}}\n")
    };
    desk.write("lib/b.jsonl", &line("x-1", "发展氢能。"));
    desk.json(&["index", "lib"]);
    desk.write("lib/a.jsonl", &line("x-2", "发展风能。"));
    let run = desk.run(&["index", "lib"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr
            .contains("lib/a.jsonl:1: the document `x` stands in another file too"),
        "{}",
        run.stderr
    );
    assert_eq!(desk.json(&["search", "氢能"])["total"], 1);
    assert_eq!(desk.run(&["search", "风能"]).code, 1);
    std::fs::remove_file(desk.path().join("lib/b.jsonl")).unwrap();
    assert_eq!(desk.json(&["index", "lib"])["documents"], 1);
    assert_eq!(desk.json(&["search", "风能"])["total"], 1);
}

#[test]
fn the_same_bytes_are_read_by_the_name_that_fits() {
    let desk = Desk::new();
    desk.write("lib/a.jsonl", PLAN);
    desk.write("lib/b.txt", PLAN);
    assert_eq!(desk.run(&["index", "lib"]).code, 2);
    assert_eq!(desk.json(&["search", "“加氢站”"])["total"], 1);
}
