//! The libraries that are measured, and their text as plain passages.

use std::borrow::Cow;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::recombined;

/// A library to index.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// Bytes of text: of the lines of a text file, of the `text` of a JSON line.
    pub(crate) n_text_bytes: usize,
    pub(crate) n_passages: usize,
    /// Bytes of the files, markup included.
    pub(crate) n_file_bytes: u64,
    _dir: Option<tempfile::TempDir>,
}

impl Source {
    /// The seeds.
    pub(crate) fn seeds() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        Self::measured("seeds", path, None)
    }

    /// The seeds recombined to `size_mb` MB.
    pub(crate) fn recombined(size_mb: usize) -> Self {
        let seeds: Vec<String> = files(&Self::seeds().path)
            .iter()
            .map(|path| fs::read_to_string(path).unwrap())
            .collect();
        let dir = tempfile::tempdir().unwrap();
        recombined::write(&seeds, size_mb * 1_000_000, dir.path());
        Self::measured("recombined", dir.path().to_owned(), Some(dir))
    }

    /// A file of passages.
    pub(crate) fn jsonl(path: PathBuf) -> Self {
        Self::measured("jsonl", path, None)
    }

    fn measured(name: &str, path: PathBuf, dir: Option<tempfile::TempDir>) -> Self {
        let mut source = Self {
            name: name.to_owned(),
            n_file_bytes: files(&path)
                .iter()
                .map(|file| file.metadata().unwrap().len())
                .sum(),
            path,
            n_text_bytes: 0,
            n_passages: 0,
            _dir: dir,
        };
        let (mut n_text_bytes, mut n_passages) = (0, 0);
        source.for_each_passage(|text| {
            n_text_bytes += text.len();
            n_passages += 1;
        });
        source.n_text_bytes = n_text_bytes;
        source.n_passages = n_passages;
        source
    }

    /// Reads the library and gives each passage: a line of a text file, the
    /// `text` of a JSON line.
    pub(crate) fn for_each_passage(&self, mut each: impl FnMut(&str)) {
        #[derive(Deserialize)]
        struct Line<'a> {
            #[serde(borrow)]
            text: Cow<'a, str>,
        }
        for path in files(&self.path) {
            if path.extension().is_some_and(|suffix| suffix == "jsonl") {
                let mut reader = BufReader::new(fs::File::open(&path).unwrap());
                let mut buffer = String::new();
                while reader.read_line(&mut buffer).unwrap() > 0 {
                    let line: Line<'_> = serde_json::from_str(&buffer).unwrap();
                    each(&line.text);
                    buffer.clear();
                }
            } else {
                let text = fs::read_to_string(&path).unwrap();
                let lines = text.lines().map(str::trim);
                lines.filter(|line| !line.is_empty()).for_each(&mut each);
            }
        }
    }
}

/// The files at or in `path`, sorted.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let mut files: Vec<PathBuf> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}
