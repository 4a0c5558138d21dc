//! The shape of the code: arrows between folders, boundaries, headers, sizes.
//!
//! `src/ARCHITECTURE.md` says which folder may name which; the code must agree,
//! and the page must not list arrows that are gone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<(PathBuf, String)> {
    let files = walkdir::WalkDir::new(root().join("src")).sort_by_file_name();
    let mut sources = Vec::new();
    for entry in files {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|suffix| suffix == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            sources.push((
                path.strip_prefix(root().join("src")).unwrap().to_owned(),
                text,
            ));
        }
    }
    sources
}

/// The folder a file belongs to: `search` for `search/marks.rs`, the file itself
/// at the top.
fn folder(path: &Path) -> String {
    let first = path.components().next().unwrap();
    first.as_os_str().to_string_lossy().into_owned()
}

/// Folder → folders it may name, from the table of the architecture page.
fn allowed_arrows() -> BTreeMap<String, BTreeSet<String>> {
    let page = std::fs::read_to_string(root().join("src/ARCHITECTURE.md")).unwrap();
    let mut arrows = BTreeMap::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let [_, floor, name, _, uses, ..] = cells.as_slice()
            && floor.parse::<u32>().is_ok()
        {
            let name = name.trim_matches('`').trim_end_matches('/').to_owned();
            let uses = uses
                .split(',')
                .map(|used| used.trim().trim_matches('`').to_owned());
            arrows.insert(name, uses.filter(|used| !used.is_empty()).collect());
        }
    }
    arrows
}

fn named_folders(text: &str) -> BTreeSet<String> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let mut named = BTreeSet::new();
    for line in code {
        for start in ["crate::", "plansearch::"] {
            for rest in line.split(start).skip(1) {
                let name: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if root().join("src").join(&name).is_dir() && !name.is_empty() {
                    named.insert(name);
                }
            }
        }
    }
    named
}

#[test]
fn folders_name_only_what_the_architecture_allows() {
    let allowed = allowed_arrows();
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in sources() {
        let from = folder(&path);
        if from == "lib.rs" {
            continue;
        }
        let may = allowed
            .get(&from)
            .unwrap_or_else(|| panic!("`{from}` stands in no row of ARCHITECTURE.md"));
        for to in named_folders(&text) {
            if to == from {
                continue;
            }
            assert!(
                may.contains(&to),
                "{} names `{to}`; ARCHITECTURE.md does not allow it",
                path.display()
            );
            seen.entry(from.clone()).or_default().insert(to);
        }
    }
    for (from, may) in allowed {
        let used = seen.remove(&from).unwrap_or_default();
        assert_eq!(
            used, may,
            "`{from}`: ARCHITECTURE.md lists arrows that the code does not have"
        );
    }
}

#[test]
fn crates_stay_behind_their_borders() {
    let borders = [
        ("tantivy::", &["index"][..]),
        ("tantivy_jieba::", &["analysis"]),
        ("axum::", &["service"]),
        ("askama::", &["service"]),
        ("clap::", &["cli"]),
        ("indicatif::", &["cli"]),
        ("encoding_rs::", &["read"]),
        ("chardetng::", &["read"]),
        ("pdf_oxide::", &["read"]),
        ("anyhow::", &["cli", "ingest"]),
    ];
    for (path, text) in sources() {
        for (name, folders) in borders {
            let is_inside = folders.contains(&folder(&path).as_str());
            let code = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            let names_it = code.into_iter().any(|line| {
                line.match_indices(name).any(|(at, _)| {
                    !line
                        .get(..at)
                        .unwrap_or_default()
                        .ends_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            });
            assert!(
                is_inside || !names_it,
                "{} names `{name}`; it belongs in {folders:?}",
                path.display()
            );
        }
    }
}

#[test]
fn every_file_says_what_it_is_and_stays_small() {
    for (path, text) in sources() {
        let first = text.lines().next().unwrap_or_default();
        let is_documented = first.starts_with("//!") || first.starts_with("#![doc");
        assert!(is_documented, "{} does not open with `//!`", path.display());
        let code = text
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap_or_default();
        assert!(
            code.lines().count() <= 500,
            "{} has more than 500 lines",
            path.display()
        );
    }
}

#[test]
fn the_top_level_holds_only_what_belongs_there() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "src",
        "seeds",
        "index",
        "web",
        "tests",
        "target",
    ];
    for entry in std::fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let is_fine = name.starts_with('.')
            || name == "proptest-regressions"
            || allowed.contains(&name.as_str());
        assert!(is_fine, "`{name}` does not belong at the top level");
    }
}
