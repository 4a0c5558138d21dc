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

/// What a manifest lists under `[dependencies]`.
fn dependencies(folder: &str) -> BTreeSet<String> {
    let path = root().join("src").join(folder).join("Cargo.toml");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let section = text.split("[dependencies]\n").nth(1).unwrap_or_default();
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| line.split(['.', ' ']).next());
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether code, comments aside, names the crate `name`.
fn names_crate(text: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.into_iter().any(|line| {
        line.match_indices(name).any(|(at, _)| {
            let before = line.get(..at).unwrap_or_default();
            let after = line.get(at + name.len()..).unwrap_or_default();
            !before.ends_with(is_word) && !after.starts_with(is_word)
        })
    })
}

#[test]
fn folders_depend_on_what_the_architecture_allows_and_on_nothing_else() {
    for (folder, may) in allowed_arrows() {
        if folder == "main.rs" {
            continue;
        }
        let uses: BTreeSet<String> = dependencies(&folder)
            .iter()
            .filter_map(|name| name.strip_prefix("plansearch-").map(str::to_owned))
            .collect();
        assert_eq!(
            uses, may,
            "`src/{folder}/Cargo.toml` (left) and the table of ARCHITECTURE.md (right) differ"
        );
    }
}

#[test]
fn every_folder_stands_in_the_architecture_and_uses_what_it_depends_on() {
    let allowed = allowed_arrows();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in sources() {
        let folder = folder(&path);
        if folder != "lib.rs" && folder != "main.rs" {
            assert!(
                allowed.contains_key(&folder),
                "`{folder}` stands in no row of ARCHITECTURE.md"
            );
            texts.entry(folder).or_default().push_str(&text);
        }
    }
    for (folder, text) in texts {
        for name in dependencies(&folder) {
            assert!(
                names_crate(&text, &name.replace('-', "_")),
                "`src/{folder}/Cargo.toml` depends on `{name}`, which no file names"
            );
        }
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
        ("encoding_rs::", &["read", "service"]),
        ("chardetng::", &["read"]),
        ("hayro_syntax::", &["read"]),
        ("hayro_cmap::", &["read"]),
        ("ttf_parser::", &["read"]),
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
