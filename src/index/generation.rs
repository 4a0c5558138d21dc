//! Where the files of an index lie, so that a rebuild replaces it in one step.
//!
//! A generation is a folder `g1`, `g2` … inside the index folder; the file
//! `CURRENT` names the one that counts. A rebuild fills a new generation and then
//! renames a new `CURRENT` over the old one, which is atomic; until then, and
//! after a kill at any moment, the old one is in force. Folders that are not
//! current, and files that no commit names, are removed by the next writer.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

const POINTER: &str = "CURRENT";
const META: &str = "meta.json";
/// The lock of whoever writes.
pub(super) const LOCK: &str = "LOCK";

/// What the folder of an index holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Current {
    /// The generation that counts.
    Named(String),
    /// No index.
    Missing,
    /// An index whose files are not as they were written, and what is wrong.
    Damaged(String),
}

/// What is read of the file in which the engine notes its commits.
#[derive(Debug, Deserialize)]
struct Meta {
    segments: Vec<SegmentName>,
    payload: Option<String>,
}

#[derive(Debug, Deserialize)]
struct SegmentName {
    segment_id: String,
}

/// What counts in the folder of an index.
pub(super) fn current(dir: &Path) -> io::Result<Current> {
    let bytes = match fs::read(dir.join(POINTER)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(match newest_committed(dir)? {
                Some(_) => Current::Damaged(format!("its file `{POINTER}` is gone")),
                None => Current::Missing,
            });
        }
        Err(error) => return Err(error),
    };
    let name = String::from_utf8_lossy(&bytes).trim().to_owned();
    if !is_generation(&name) {
        return Ok(Current::Damaged(format!(
            "its file `{POINTER}` names no generation"
        )));
    }
    match fs::metadata(dir.join(&name).join(META)) {
        Ok(_) => Ok(Current::Named(name)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Current::Damaged(format!(
            "its file `{name}/{META}` is gone"
        ))),
        Err(error) => Err(error),
    }
}

/// The newest generation that holds a commit, whatever the pointer says.
pub(super) fn newest_committed(dir: &Path) -> io::Result<Option<String>> {
    let mut names = all(dir)?;
    names.sort_by_key(|name| std::cmp::Reverse(number(name)));
    let is_committed = |name: &String| meta(&dir.join(name)).is_some_and(|m| m.payload.is_some());
    Ok(names.into_iter().find(is_committed))
}

/// Says whether a folder holds an index, complete or not.
pub fn is_index(dir: &Path) -> bool {
    let has_mark = dir.join(POINTER).is_file() || dir.join(LOCK).is_file();
    let has_meta = |name: &String| dir.join(name).join(META).is_file();
    has_mark && all(dir).is_ok_and(|names| names.iter().any(has_meta))
}

/// What tells one commit from another: the bytes of the files that name it.
pub(super) fn fingerprint(dir: &Path) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
    let pointer = fs::read(dir.join(POINTER)).ok();
    let name = pointer
        .as_ref()
        .map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned());
    let meta = name.and_then(|name| fs::read(dir.join(name).join(META)).ok());
    (pointer, meta)
}

/// Removes from a generation the files that no commit names, such as a killed run
/// leaves. Whoever has them open keeps them.
pub(super) fn sweep(path: &Path) -> io::Result<()> {
    let Some(meta) = meta(path) else {
        return Ok(());
    };
    let alive: HashSet<String> = meta
        .segments
        .iter()
        .map(|segment| segment.segment_id.replace('-', ""))
        .collect();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let stem = name.split('.').next().unwrap_or_default();
        let is_segment = stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit());
        if (is_segment && !alive.contains(stem)) || name.starts_with(".tmp") {
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

fn meta(path: &Path) -> Option<Meta> {
    serde_json::from_slice(&fs::read(path.join(META)).ok()?).ok()
}

fn number(name: &str) -> u64 {
    let digits = name.strip_prefix('g').unwrap_or_default();
    digits.parse().unwrap_or(0)
}

/// Makes the folder of a new generation beside the current one.
pub(super) fn create_next(dir: &Path) -> io::Result<String> {
    let last = all(dir)?.iter().map(|name| number(name)).max().unwrap_or(0);
    let name = format!("g{}", last + 1);
    fs::create_dir_all(dir.join(&name))?;
    Ok(name)
}

/// Puts a generation in force.
pub(super) fn switch_to(dir: &Path, name: &str) -> io::Result<()> {
    let draft = dir.join(format!("{POINTER}.new"));
    fs::write(&draft, format!("{name}\n"))?;
    fs::File::open(&draft)?.sync_all()?;
    fs::rename(&draft, dir.join(POINTER))
}

/// Removes generations that are not `keep`, without it all. What a running service
/// still holds open and cannot be removed stays for the next time.
pub(super) fn remove_others(dir: &Path, keep: Option<&str>) -> io::Result<()> {
    for name in all(dir)? {
        if Some(name.as_str()) != keep {
            let _ = fs::remove_dir_all(dir.join(name));
        }
    }
    Ok(())
}

/// Says whether a folder holds no generation.
pub(super) fn is_none(dir: &Path) -> bool {
    all(dir).is_ok_and(|names| names.is_empty())
}

/// The folder of a generation.
pub(super) fn path(dir: &Path, name: &str) -> PathBuf {
    dir.join(name)
}

fn all(dir: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if is_generation(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

fn is_generation(name: &str) -> bool {
    name.strip_prefix('g')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        dir
    }

    const COMMITTED: &str = r#"{"segments":[],"payload":"{}"}"#;
    const BEGUN: &str = r#"{"segments":[],"payload":null}"#;

    #[test]
    fn what_is_damaged_is_not_missing() {
        let named = Current::Named("g1".to_owned());
        for (files, expect) in [
            (&[][..], Some(Current::Missing)),
            (&[("g1/meta.json", BEGUN)], Some(Current::Missing)),
            (
                &[("CURRENT", "g1\n"), ("g1/meta.json", COMMITTED)],
                Some(named),
            ),
            (&[("CURRENT", ""), ("g1/meta.json", COMMITTED)], None),
            (&[("CURRENT", "g\u{0}"), ("g1/meta.json", COMMITTED)], None),
            (&[("CURRENT", "g2\n"), ("g1/meta.json", COMMITTED)], None),
            (&[("g1/meta.json", COMMITTED)], None),
        ] {
            let dir = with(files);
            let found = current(dir.path()).unwrap();
            match expect {
                Some(expect) => assert_eq!(found, expect, "{files:?}"),
                None => assert!(matches!(found, Current::Damaged(_)), "{files:?}: {found:?}"),
            }
        }
    }

    #[test]
    fn a_folder_is_an_index_by_what_lies_in_it() {
        for (files, expect) in [
            (
                &[("CURRENT", "g1\n"), ("g1/meta.json", COMMITTED)][..],
                true,
            ),
            (&[("LOCK", ""), ("g1/meta.json", BEGUN)], true),
            (&[("CURRENT", "g1\n"), ("规划.txt", "")], false),
            (&[("g1/meta.json", COMMITTED)], false),
            (&[("规划.txt", "")], false),
        ] {
            assert_eq!(is_index(with(files).path()), expect, "{files:?}");
        }
    }

    #[test]
    fn files_that_no_commit_names_are_swept() {
        let (alive, dead) = ("a".repeat(32), "b".repeat(32));
        let id = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";
        let meta = format!(r#"{{"segments":[{{"segment_id":"{id}"}}],"payload":null}}"#);
        let dir = with(&[("meta.json", &meta), (".tmpAbc", ""), (".managed.json", "")]);
        for name in [&alive, &dead] {
            fs::write(dir.path().join(format!("{name}.fast")), "").unwrap();
        }
        sweep(dir.path()).unwrap();
        let mut names: Vec<String> = fs::read_dir(dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(
            names,
            [
                ".managed.json".to_owned(),
                format!("{alive}.fast"),
                "meta.json".to_owned()
            ]
        );
    }
}
