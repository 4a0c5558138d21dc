//! A file as its parts: most files are one, an archive is several.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::archive;
use super::csv;
use super::docx;
use super::file_name::shown_path;
use super::format::{self, Format};
use super::html;
use super::mail;
use super::ocr::Ocr;
use super::ods;
use super::ofd;
use super::old_office;
use super::open_document;
use super::pdf;
use super::rtf;
use super::slides;
use super::spreadsheet;
use super::text_file;
use plansearch_document::RawText;

/// Largest file that is read, in bytes (256 MiB).
pub const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// Most text of one file or part of an archive, in bytes of UTF-8 (64 MiB): twenty
/// million characters. Pictures make a file large, not its text.
pub const MAX_TEXT_BYTES: usize = 64 * 1024 * 1024;

/// A file as it was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Hash of the content, in hexadecimal.
    pub hash_hex: String,
    /// Size of the content in bytes.
    pub size_bytes: u64,
    /// The texts in it.
    pub parts: Vec<Part>,
    /// Files of an archive that are never documents, by their names in it.
    pub passed_over: Vec<String>,
}

/// One text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Name inside the file, for archives; empty for the file itself.
    pub name: String,
    /// The lines, or why this part could not be read.
    pub text: Result<RawText, Unreadable>,
}

/// What a content holds: one text, or many where files stand in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Contents {
    pub(super) parts: Vec<Part>,
    /// Names of files in it that are never documents.
    pub(super) passed_over: Vec<String>,
}

impl Contents {
    /// A content that is one text.
    pub(super) fn of(text: Result<RawText, Unreadable>) -> Self {
        Self {
            parts: vec![Part {
                name: String::new(),
                text,
            }],
            passed_over: Vec::new(),
        }
    }

    /// Adds what stands in the file of this name.
    pub(super) fn add(&mut self, name: &str, inner: Contents) {
        let joined = |inner: &str| match inner {
            "" => name.to_owned(),
            inner => format!("{name}/{inner}"),
        };
        self.parts.extend(inner.parts.into_iter().map(|part| Part {
            name: joined(&part.name),
            ..part
        }));
        let passed_over = inner.passed_over.iter();
        self.passed_over
            .extend(passed_over.map(|name| joined(name)));
    }
}

/// Why the content of a file or part cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
#[error("{reason}; hint: {hint}")]
pub struct Unreadable {
    /// What it is or what is wrong with it.
    pub reason: String,
    /// What helps.
    pub hint: &'static str,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be opened or read.
    #[error("cannot read `{}`", shown_path(path))]
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The file is larger than [`MAX_FILE_BYTES`].
    #[error(
        "`{}` has {size_bytes} bytes, more than the limit of {max_bytes}; hint: split it",
        shown_path(path)
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        size_bytes: u64,
        /// The largest size that is read.
        max_bytes: u64,
    },
    /// It is a pipe, a device or a socket, which may never end.
    #[error(
        "`{}` is no file but {what}; hint: save what comes from it as a file",
        shown_path(path)
    )]
    NoFile {
        /// What lies there.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// No part of the content can be read.
    #[error("cannot read `{}`", shown_path(path))]
    Content {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: Unreadable,
    },
}

impl Unreadable {
    /// Notes what is wrong and what helps.
    pub fn new(reason: impl Into<String>, hint: &'static str) -> Self {
        Self {
            reason: reason.into(),
            hint,
        }
    }
}

/// Reads the file at `path`.
///
/// # Errors
/// [`ReadError`] when the file cannot be opened, is too large or has no part
/// that can be read.
pub fn read_file(path: &Path) -> Result<Source, ReadError> {
    read_within(path, MAX_FILE_BYTES, None)
}

/// Reads the file at `path`; pages that are pictures by a recogniser.
///
/// # Errors
/// As those of [`read_file`].
pub fn read_file_with(path: &Path, ocr: Option<&Ocr>) -> Result<Source, ReadError> {
    read_within(path, MAX_FILE_BYTES, ocr)
}

/// Reads the file unless it is larger than `max_bytes`; nothing of a larger one is
/// read.
fn read_within(path: &Path, max_bytes: u64, ocr: Option<&Ocr>) -> Result<Source, ReadError> {
    let io_error = |source| ReadError::Io {
        path: path.to_owned(),
        source,
    };
    let too_large = |size_bytes| ReadError::TooLarge {
        path: path.to_owned(),
        size_bytes,
        max_bytes,
    };
    let metadata = std::fs::metadata(path).map_err(io_error)?;
    if let Some(what) = other_than_file(metadata.file_type()) {
        return Err(ReadError::NoFile {
            path: path.to_owned(),
            what,
        });
    }
    if metadata.len() > max_bytes {
        return Err(too_large(metadata.len()));
    }
    // Some files of the system, and files that grow, have more than they tell.
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    let file = std::fs::File::open(path).map_err(io_error)?;
    let mut bounded = file.take(max_bytes.saturating_add(1));
    bounded.read_to_end(&mut bytes).map_err(io_error)?;
    if bytes.len() as u64 > max_bytes {
        return Err(too_large(bytes.len() as u64));
    }
    let Contents { parts, passed_over } = read_nested(&bytes, Nesting { n_outer: 0, ocr });
    if let [
        Part {
            text: Err(reason), ..
        },
    ] = parts.as_slice()
    {
        return Err(ReadError::Content {
            path: path.to_owned(),
            source: reason.clone(),
        });
    }
    Ok(Source {
        hash_hex: blake3::hash(&bytes).to_hex().to_string(),
        size_bytes: bytes.len() as u64,
        parts,
        passed_over,
    })
}

/// What lies at a path that is no file; none for a file.
pub fn other_than_file(kind: std::fs::FileType) -> Option<&'static str> {
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some("a folder");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return Some("a named pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
    }
    Some("a device")
}

/// Reads the content of a file, whatever it is called. There is at least one
/// part.
pub fn read_bytes(bytes: &[u8]) -> Vec<Part> {
    read_nested(bytes, Nesting::default()).parts
}

/// What a content is read with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Nesting<'a> {
    /// How many archives it stands in.
    pub(super) n_outer: usize,
    /// What recognises pages that are pictures.
    pub(super) ocr: Option<&'a Ocr>,
}

impl Nesting<'_> {
    /// That of what stands in it.
    pub(super) fn inner(self) -> Self {
        Self {
            n_outer: self.n_outer + 1,
            ..self
        }
    }
}

/// Reads the content of a file that may stand in archives.
pub(super) fn read_nested(bytes: &[u8], nesting: Nesting<'_>) -> Contents {
    let text = match format::recognise(bytes) {
        Format::Text | Format::Html if bytes.len() > MAX_TEXT_BYTES => Err(too_long(bytes.len())),
        Format::Text => text_file::read(bytes).map(csv::rows_or_text),
        Format::Docx => docx::read(bytes),
        Format::Pdf => pdf::read(bytes, nesting.ocr),
        Format::Picture => pdf::read_picture(bytes, nesting.ocr),
        Format::Html => html::read(bytes),
        Format::RichText => rtf::read(bytes),
        Format::Message => match mail::read(bytes, nesting) {
            Ok(contents) => return contents,
            Err(reason) => Err(reason),
        },
        Format::Ofd => ofd::read(bytes),
        Format::Spreadsheet => spreadsheet::read(bytes),
        Format::OpenSpreadsheet => ods::read(bytes),
        Format::OpenDocument => open_document::read(bytes),
        Format::Presentation => slides::read(bytes),
        Format::Zip => match archive::read(bytes, nesting) {
            Ok(contents) => return contents,
            Err(reason) => Err(reason),
        },
        Format::OldOffice => old_office::read(bytes),
        Format::Foreign { name, hint } => Err(Unreadable::new(name, hint)),
    };
    Contents::of(text.and_then(|text| within(text, MAX_TEXT_BYTES)))
}

/// Gives the text unless it is longer than `max_bytes`.
fn within(text: RawText, max_bytes: usize) -> Result<RawText, Unreadable> {
    let n_bytes: usize = text.lines.iter().map(String::len).sum();
    if n_bytes > max_bytes {
        return Err(too_long(n_bytes));
    }
    Ok(text)
}

fn too_long(n_bytes: usize) -> Unreadable {
    Unreadable::new(
        format!("a text of {n_bytes} bytes, more than the limit of {MAX_TEXT_BYTES}"),
        "split it",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_beyond_the_limit_is_named_with_its_size() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("规划.txt");
        let text = "某市氢能产业发展规划";
        std::fs::write(&path, text).unwrap();
        let size_bytes = text.len() as u64;
        let error = read_within(&path, size_bytes - 1, None)
            .unwrap_err()
            .to_string();
        let expected = format!(
            "`{}` has {size_bytes} bytes, more than the limit of {}; hint: split it",
            path.display(),
            size_bytes - 1
        );
        assert_eq!(error, expected);
        assert_eq!(
            read_within(&path, size_bytes, None).unwrap().size_bytes,
            size_bytes
        );
    }

    #[test]
    fn a_text_beyond_the_limit_is_named_with_its_size() {
        let at_limit = vec![b'a'; MAX_TEXT_BYTES];
        let read = |bytes: &[u8]| read_bytes(bytes).remove(0).text;
        assert_eq!(read(&at_limit).unwrap().lines[0].len(), MAX_TEXT_BYTES);
        let error = read(&[at_limit.as_slice(), b"a"].concat()).unwrap_err();
        let expected = format!(
            "a text of {} bytes, more than the limit of {MAX_TEXT_BYTES}; hint: split it",
            MAX_TEXT_BYTES + 1
        );
        assert_eq!(error.to_string(), expected);
        // Of other formats the text counts, not the file.
        let two = RawText::from_text("规划\n纲要");
        assert_eq!(within(two.clone(), 12), Ok(two.clone()));
        assert!(within(two, 11).is_err());
    }

    #[test]
    fn the_limit_holds_before_anything_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("大.txt");
        let file = std::fs::File::create(&path).unwrap();
        // A file of holes takes no room on the disk.
        file.set_len(MAX_FILE_BYTES + 1).unwrap();
        let error = read_file(&path).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { .. }), "{error}");
    }
}
