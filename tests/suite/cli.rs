//! The binary as a person and a script use it.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::library::seeds_dir;

/// A folder with an index of its own and the binary to run in it.
pub(crate) struct Desk {
    dir: tempfile::TempDir,
}

/// What a run printed and how it ended.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// A desk with the seeds indexed.
    pub(crate) fn with_files(files: &[(&str, &str)]) -> Self {
        let desk = Self::new();
        let library = desk.path().join("library");
        std::fs::create_dir(&library).unwrap();
        for (name, text) in files {
            std::fs::write(library.join(name), text).unwrap();
        }
        let run = desk.run(&["index", library.to_str().unwrap()]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        desk
    }

    pub(crate) fn with_seeds() -> Self {
        let desk = Self::new();
        let run = desk.run(&["index", seeds_dir().to_str().unwrap()]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        desk
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plansearch"));
        command
            .args(args)
            .current_dir(self.path())
            .env("LC_ALL", "C.UTF-8")
            .env_remove("PLANSEARCH_LANG")
            .env_remove("RUST_BACKTRACE")
            .env_remove("PLANSEARCH_INDEX")
            .env_remove("PLANSEARCH_THEMES")
            .env_remove("PLANSEARCH_SYNONYMS");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(args).output().unwrap();
        Run {
            code: status.code().unwrap_or(-1),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Runs a command, or ends it when it takes longer.
    pub(crate) fn run_within(&self, args: &[&str], max_time: Duration) -> Option<Run> {
        let (stdout, stderr) = (self.path().join("stdout"), self.path().join("stderr"));
        let mut child = self
            .command(args)
            .stdout(File::create(&stdout).unwrap())
            .stderr(File::create(&stderr).unwrap())
            .spawn()
            .unwrap();
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if started.elapsed() > max_time {
                child.kill().unwrap();
                child.wait().unwrap();
                return None;
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        Some(Run {
            code: status.code().unwrap_or(-1),
            stdout: std::fs::read_to_string(stdout).unwrap(),
            stderr: std::fs::read_to_string(stderr).unwrap(),
        })
    }

    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let run = self.run(&[args, &["--json"]].concat());
        serde_json::from_str(&run.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr))
    }
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn assert_has_keys(value: &Value, expect: &[&str]) {
    for key in expect {
        assert!(
            keys(value).contains(key),
            "`{key}` is missing in {:?}",
            keys(value)
        );
    }
}

#[test]
fn exit_status_tells_hits_no_hits_and_errors() {
    let desk = Desk::with_seeds();
    for (args, code) in [
        (&["search", "氢能"][..], 0),
        (&["search", "氢能 储运"], 0),
        (&["search", "海河联运", "--doc", "港区"], 0),
        (&["search", "", "--theme", "氢能", "--year", "2021"], 0),
        (&["search", "", "--chapter", "第三章"], 0),
        (&["search", "“此句必不见于文中”"], 1),
        (&["search", "氢能", "--year", "1999"], 1),
        (&["search", "氢能", "--year", "二〇二一"], 2),
        (&["search", "氢能", "--theme", "无此主题"], 2),
        (&["search", "氢能", "--type", "无此类型"], 2),
        (&["search", "氢能", "--limit", "1001"], 2),
        (&["show", "no-such-id"], 2),
        (&["outline", "no-such-file.txt"], 2),
    ] {
        let run = desk.run(args);
        assert_eq!(run.code, code, "{args:?}: {}", run.stderr);
        if code == 2 {
            assert!(run.stdout.is_empty(), "{args:?} printed {}", run.stdout);
        }
    }
}

#[test]
fn messages_name_what_is_wrong_and_what_helps() {
    let desk = Desk::new();
    desk.write("plain", "no folder");
    for (args, parts) in [
        (
            &["search", "氢能"][..],
            &["there is no index in `index`", "plansearch index"][..],
        ),
        (&[], &["no folder `seeds`", "plansearch index PATH"]),
        (&["--index", "plain", "index", "."], &["`plain`"]),
        (&["index", "no/such/folder"], &["no/such/folder"]),
        (&["outline", "no.txt"], &["cannot read `no.txt`"]),
    ] {
        let run = desk.run(args);
        assert_eq!(run.code, 2, "{args:?}");
        for part in parts {
            assert!(run.stderr.contains(part), "{args:?} said {}", run.stderr);
        }
    }
}

#[test]
fn an_unknown_theme_is_answered_with_the_known_ones() {
    let run = Desk::with_seeds().run(&["search", "", "--theme", "无此主题"]);
    assert!(
        run.stderr.contains("`无此主题`") && run.stderr.contains("海河联运"),
        "{}",
        run.stderr
    );
}

#[test]
fn json_has_the_fields_of_the_interface() {
    let desk = Desk::with_seeds();
    let answer = desk.json(&["search", "氢能"]);
    assert_has_keys(
        &answer,
        &[
            "query",
            "took_ms",
            "total",
            "relaxed",
            "notices",
            "suggestion",
            "hits",
            "facets",
        ],
    );
    let hit = &answer["hits"][0];
    assert_has_keys(
        hit,
        &[
            "id", "kind", "score", "doc", "path", "lead", "text", "snippet", "themes", "citation",
        ],
    );
    assert_has_keys(
        &hit["doc"],
        &[
            "id",
            "title",
            "file",
            "date",
            "doc_number",
            "doc_type",
            "issuers",
        ],
    );
    assert_has_keys(
        &answer["facets"],
        &["doc", "chapter", "theme", "issuer", "type", "year"],
    );
    assert!(
        hit["snippet"]
            .as_str()
            .unwrap()
            .contains("<mark>氢能</mark>")
    );
    let outline = desk.json(&[
        "outline",
        seeds_dir()
            .join("000_a945dcf59f48051e.txt")
            .to_str()
            .unwrap(),
    ]);
    assert_has_keys(
        &outline,
        &[
            "file",
            "title",
            "issuers",
            "doc_number",
            "index_number",
            "date",
            "publish_date",
            "doc_type",
            "period",
            "headings",
            "paragraphs",
            "tables",
            "front_matter",
            "attachments",
            "dropped",
            "warnings",
        ],
    );
    assert_has_keys(
        &outline["headings"][0],
        &["level", "number", "title", "path"],
    );
    assert_has_keys(&outline["paragraphs"][0], &["path", "lead", "text"]);
    assert_has_keys(
        &outline["tables"][0],
        &["caption", "path", "header", "rows"],
    );
}

#[test]
fn a_hit_can_be_shown_in_its_place() {
    let desk = Desk::with_seeds();
    let id = desk.json(&["search", "“业副产氢”"])["hits"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let run = desk.run(&["show", &id]);
    assert_eq!(run.code, 0);
    for part in [
        "第三章",
        "第二节 大力发展先进制造业",
        "工业副产氢",
        "嘉港区〔2021〕44号",
    ] {
        assert!(run.stdout.contains(part), "{}", run.stdout);
    }
}

#[test]
fn pages_of_hits_are_disjoint_and_reach_the_last() {
    let desk = Desk::with_seeds();
    let total = desk.json(&["search", "发展"])["total"].as_u64().unwrap();
    let mut ids = std::collections::BTreeSet::new();
    for offset in (0..total).step_by(50) {
        let page = desk.json(&[
            "search",
            "发展",
            "--limit",
            "50",
            "--offset",
            &offset.to_string(),
        ]);
        for hit in page["hits"].as_array().unwrap() {
            assert!(ids.insert(hit["id"].as_str().unwrap().to_owned()));
        }
    }
    assert_eq!(ids.len() as u64, total);
}

#[test]
fn every_command_has_help_and_the_main_ones_examples() {
    let desk = Desk::new();
    for command in ["index", "search", "show", "outline", "documents", "serve"] {
        let run = desk.run(&[command, "--help"]);
        assert_eq!(run.code, 0);
        assert!(run.stdout.contains("Usage:"), "{command}");
    }
    for args in [&["--help"][..], &["search", "--help"], &["index", "--help"]] {
        assert!(desk.run(args).stdout.contains("Examples:"), "{args:?}");
    }
}

#[test]
fn colour_is_for_terminals_only() {
    let desk = Desk::with_seeds();
    assert!(!desk.run(&["search", "氢能"]).stdout.contains('\u{1b}'));
    assert!(
        desk.run(&["search", "氢能", "--color", "always"])
            .stdout
            .contains('\u{1b}')
    );
}

#[test]
fn a_taken_port_is_named_with_another_to_try() {
    let desk = Desk::with_seeds();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let run = desk.run(&["serve", "--listen", &address]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains(&address) && run.stderr.contains("--listen"),
        "{}",
        run.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_service_that_is_told_to_stop_ends_without_an_error() {
    use std::io::{BufRead as _, BufReader};

    let desk = Desk::with_seeds();
    for signal in ["-TERM", "-INT"] {
        let mut child = desk
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let is_up = |line: std::io::Result<String>| line.unwrap().contains("http://");
        assert!(lines.any(is_up), "it ended at its start");
        // Where signals go is settled right behind the message.
        std::thread::sleep(std::time::Duration::from_millis(300));
        let id = child.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(sent.success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn hits_are_written_in_the_form_and_with_the_citation_that_is_asked_for() {
    let desk = Desk::with_seeds();
    let query = "“海河联运”";
    for (form, start) in [("md", "# 摘录"), ("csv", "\u{feff}序号"), ("json", "{")] {
        let run = desk.run(&["search", query, "--format", form]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.starts_with(start), "{form}: {}", run.stdout);
    }
    let run = desk.run(&["search", query, "-o", "果.docx"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(
        std::fs::read(desk.path().join("果.docx"))
            .unwrap()
            .starts_with(b"PK")
    );
    assert_eq!(desk.run(&["search", query, "-o", "果.foo"]).code, 2);
    let run = desk.run(&["search", query, "--format", "text", "-o", "果.txt"]);
    assert_eq!(run.stdout, "");
    let text = std::fs::read_to_string(desk.path().join("果.txt")).unwrap();
    assert!(text.contains("1. 《"), "{text}");
    let plain = desk.run(&["search", query, "-n", "1"]).stdout;
    for form in ["gongwen", "gbt7714-2025", "gbt7714-2015", "markdown"] {
        let cited = desk
            .run(&["search", query, "-n", "1", "--cite", form])
            .stdout;
        assert!(cited.contains("引文："), "{cited}");
        assert_ne!(cited, plain, "{form}");
    }
}

#[test]
fn neighbours_stand_around_a_hit_and_many_queries_are_answered_in_turn() {
    let desk = Desk::with_seeds();
    let answer = desk.json(&["search", "“海河联运”", "-n", "2", "-C", "1"]);
    let hit = &answer["hits"][0];
    let around = hit["around"].as_array().unwrap();
    assert!((2..=3).contains(&around.len()), "{around:?}");
    assert!(around.iter().any(|passage| passage["id"] == hit["id"]));
    let text = desk
        .run(&["search", "“海河联运”", "-n", "1", "-C", "1"])
        .stdout;
    let neighbour = around.iter().find(|passage| passage["id"] != hit["id"]);
    let neighbour = neighbour.unwrap()["text"].as_str().unwrap();
    assert!(text.contains(neighbour), "{text}");
    desk.write(
        "检索式.txt",
        "\u{feff}“海河联运”\n\n# 说明\n氢能 储运\n没有这样的词组甲乙丙\n",
    );
    let run = desk.run(&["search", "-f", "检索式.txt", "--json", "-n", "1"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let queries: Vec<String> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["query"].to_string())
        .collect();
    assert_eq!(queries.len(), 3, "{queries:?}");
    assert!(queries[1].contains("氢能 储运"));
    assert_eq!(desk.run(&["search", "-f", "没有.txt"]).code, 2);
    assert_eq!(
        desk.run(&["search", "-f", "检索式.txt", "--format", "docx"])
            .code,
        2
    );
}

#[test]
fn a_slip_in_an_option_is_told_and_shells_and_man_get_what_they_need() {
    let desk = Desk::new();
    let run = desk.run(&["search", "氢能", "--yaer", "2021"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--year"), "{}", run.stderr);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = desk.run(&["completions", shell]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.contains("no-pager"), "{shell}");
    }
    let run = desk.run(&["man", "."]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = std::fs::read_to_string(desk.path().join("plansearch-search.1")).unwrap();
    assert!(page.contains("cite") && page.contains("Read queries from a file"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let desk = Desk::with_seeds();
    for args in [
        &["search", "发展", "-n", "1000"][..],
        &["search", "发展", "-n", "1000", "--json"],
        &["documents"],
        &["show", "8dc22e0c5b53"],
    ] {
        let mut child = desk
            .command(args)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {said}");
        assert!(!said.contains("plansearch:"), "{args:?}: {said}");
    }
}
