//! The files of a library.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::report::Failure;
use super::sidecar;
use plansearch_engine::place_key;
use plansearch_index::is_index;
use plansearch_read::{is_litter, other_than_file, shown_name, shown_path};

/// One file to index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// How to open it.
    pub path: PathBuf,
    /// Its absolute path, which tells files apart: text that keeps every byte of it.
    pub absolute: String,
    /// How people see it: below the folder that was given.
    pub shown: String,
    /// Its size in bytes.
    pub size_bytes: u64,
}

impl SourceFile {
    /// Says whether the file holds ready-made passages.
    pub fn is_jsonl(&self) -> bool {
        self.path
            .extension()
            .is_some_and(|suffix| suffix.eq_ignore_ascii_case("jsonl"))
    }

    /// The name of the file without its folders.
    pub fn name(&self) -> String {
        shown_name(self.path.file_name().unwrap_or_default())
    }
}

/// A file or folder that could not be listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlisted {
    /// Its absolute path.
    pub path: PathBuf,
    /// What to say of it.
    pub failure: Failure,
}

/// What was met at and below some places.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// The files to read, sorted, each once.
    pub files: Vec<SourceFile>,
    /// What could not be listed.
    pub unlisted: Vec<Unlisted>,
    /// Files that are never documents, as people see them: settings, links, scripts, logs.
    pub passed_over: Vec<String>,
}

/// Lists the files at and below `roots`. Hidden files, what systems and programs leave
/// beside documents, and folders that hold an index, `index_dir` first of all, are passed
/// over; a file that is a root itself never is.
pub fn list(roots: &[PathBuf], index_dir: &Path) -> Listed {
    let mut listed = Listed::default();
    let mut known = HashSet::new();
    let index_dir = index_dir.canonicalize().ok();
    for root in roots {
        if is_index(root) {
            let reason = "the folder holds an index, not documents";
            let unlisted = Unlisted::new(root, &anyhow::anyhow!(reason));
            listed.unlisted.push(unlisted);
            continue;
        }
        let walk = walkdir::WalkDir::new(root)
            .sort_by_file_name()
            .follow_links(true);
        let entries = walk.into_iter().filter_entry(|entry| {
            let is_folder = entry.file_type().is_dir();
            let is_left_out = is_hidden(entry.path())
                || is_folder && holds_index(entry.path(), index_dir.as_deref());
            entry.depth() == 0 || !is_left_out
        });
        for entry in entries {
            let place = match &entry {
                Ok(entry) => entry.path(),
                Err(error) => error.path().unwrap_or(root),
            }
            .to_owned();
            let file = entry.map_err(unreachable).and_then(|entry| {
                if entry.file_type().is_dir() || sidecar::is_sidecar(entry.path()) {
                    return Ok(None);
                }
                if entry.depth() > 0 && is_litter(&shown_name(entry.file_name())) {
                    listed.passed_over.push(shown(root, entry.path()));
                    return Ok(None);
                }
                source_file(root, entry.path()).map(Some)
            });
            match file {
                Ok(Some(file)) if known.insert(file.absolute.clone()) => {
                    listed.files.push(file);
                }
                Ok(_) => {}
                Err(error) => listed.unlisted.push(Unlisted::new(&place, &error)),
            }
        }
    }
    listed
}

impl Unlisted {
    fn new(place: &Path, error: &anyhow::Error) -> Self {
        Self {
            failure: Failure::new(shown_path(place), error),
            path: std::path::absolute(place).unwrap_or_else(|_| place.to_owned()),
        }
    }
}

/// Says whether the files of a folder are those of an index, which is no library.
fn holds_index(folder: &Path, index_dir: Option<&Path>) -> bool {
    let is_own = index_dir.is_some_and(|own| {
        own.file_name() == folder.file_name()
            && folder.canonicalize().is_ok_and(|folder| folder == own)
    });
    is_own || is_index(folder)
}

/// Why a place cannot be listed, in our own words.
fn unreachable(error: walkdir::Error) -> anyhow::Error {
    if let Some(above) = error.loop_ancestor() {
        let above = shown_path(above);
        return anyhow::anyhow!("a link back to `{above}`, in which it lies");
    }
    match error.into_io_error() {
        Some(error) => in_words(error),
        None => anyhow::anyhow!("it cannot be listed"),
    }
}

fn in_words(error: std::io::Error) -> anyhow::Error {
    match error.kind() {
        std::io::ErrorKind::NotFound => anyhow::anyhow!("there is no such file or folder"),
        std::io::ErrorKind::PermissionDenied => {
            anyhow::Error::new(error).context("this user may not read it")
        }
        _ => error.into(),
    }
}

fn source_file(root: &Path, path: &Path) -> anyhow::Result<SourceFile> {
    let absolute =
        std::path::absolute(path).with_context(|| format!("cannot find `{}`", shown_path(path)))?;
    let metadata = path.metadata().map_err(in_words)?;
    if let Some(what) = other_than_file(metadata.file_type()) {
        anyhow::bail!("no file but {what}");
    }
    Ok(SourceFile {
        path: path.to_owned(),
        absolute: place_key(&absolute),
        shown: shown(root, path),
        size_bytes: metadata.len(),
    })
}

/// The path below the name of the root: `/data/plans/2021/x.txt` below
/// `/data/plans` is `plans/2021/x.txt`.
fn shown(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let is_plain = root.components().all(|part| {
        matches!(
            part,
            std::path::Component::Normal(_) | std::path::Component::CurDir
        )
    });
    let top = if is_plain {
        root.components()
            .filter(|part| matches!(part, std::path::Component::Normal(_)))
            .collect()
    } else {
        PathBuf::from(root.file_name().unwrap_or_default())
    };
    let shown = if below.as_os_str().is_empty() {
        top
    } else {
        top.join(below)
    };
    shown_path(&shown).replace('\\', "/")
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name == "__MACOSX"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_shown_below_the_folder_that_was_given() {
        for (root, path, expect) in [
            ("seeds", "seeds/a.txt", "seeds/a.txt"),
            ("./seeds", "./seeds/2021/a.txt", "seeds/2021/a.txt"),
            ("/data/plans", "/data/plans/a.txt", "plans/a.txt"),
            ("../plans", "../plans/a.txt", "plans/a.txt"),
            ("seeds/a.txt", "seeds/a.txt", "seeds/a.txt"),
        ] {
            assert_eq!(shown(Path::new(root), Path::new(path)), expect);
        }
    }

    #[test]
    fn a_folder_that_does_not_exist_is_named() {
        let listed = list(&[PathBuf::from("no/such/folder")], Path::new("index"));
        assert!(listed.files.is_empty());
        assert_eq!(listed.unlisted.len(), 1);
        assert!(listed.unlisted[0].failure.place.contains("no/such/folder"));
    }
}
