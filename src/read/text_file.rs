//! Plain text and Markdown files.
//!
//! UTF-8 with or without a byte order mark, UTF-16 with a mark, GB18030 and its
//! kin by detection. Lines end in LF, CRLF or CR. A file over
//! [`MAX_FILE_BYTES`] and a file that is no text are refused.

use std::path::{Path, PathBuf};

/// Largest file that is read, in bytes (256 MiB).
pub const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// A file as it was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Hash of the content, in hexadecimal.
    pub hash_hex: String,
    /// Size of the content in bytes.
    pub size_bytes: u64,
    /// The lines.
    pub text: RawText,
}

/// The lines of a source, without their line ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawText {
    /// Lines in order; line `i` of the source is `lines[i - 1]`.
    pub lines: Vec<String>,
    /// What was odd about the bytes, in words for a person.
    pub warnings: Vec<String>,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be opened or read.
    #[error("cannot read `{}`", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The file is larger than [`MAX_FILE_BYTES`].
    #[error("`{}` has {size_bytes} bytes, more than the limit of {MAX_FILE_BYTES}; hint: split it", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        size_bytes: u64,
    },
    /// The content is of a format without a reader.
    #[error("`{}` is {format}, which cannot be read; hint: save it as plain text (.txt)", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// The format, as a person calls it.
        format: &'static str,
    },
}

impl RawText {
    /// Splits a decoded text into lines at LF, CRLF or CR.
    pub fn from_text(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let unified = text.replace("\r\n", "\n").replace('\r', "\n");
        let mut lines: Vec<String> = unified.split('\n').map(str::to_owned).collect();
        if lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        Self {
            lines,
            warnings: Vec::new(),
        }
    }
}

/// Reads the file at `path`.
///
/// # Errors
/// [`ReadError`] when the file cannot be opened, is too large or is no text.
pub fn read_file(path: &Path) -> Result<Source, ReadError> {
    let io_error = |source| ReadError::Io {
        path: path.to_owned(),
        source,
    };
    let size_bytes = std::fs::metadata(path).map_err(io_error)?.len();
    if size_bytes > MAX_FILE_BYTES {
        return Err(ReadError::TooLarge {
            path: path.to_owned(),
            size_bytes,
        });
    }
    let bytes = std::fs::read(path).map_err(io_error)?;
    let text = decode(&bytes).map_err(|format| ReadError::Format {
        path: path.to_owned(),
        format,
    })?;
    Ok(Source {
        hash_hex: blake3::hash(&bytes).to_hex().to_string(),
        size_bytes: bytes.len() as u64,
        text,
    })
}

/// Turns bytes into lines, finding the encoding from the bytes themselves.
///
/// # Errors
/// The name of the format when the bytes are no text.
pub fn decode(bytes: &[u8]) -> Result<RawText, &'static str> {
    if let Some(format) = known_binary(bytes) {
        return Err(format);
    }
    if let Some((encoding, mark_bytes)) = encoding_rs::Encoding::for_bom(bytes) {
        let body = bytes.get(mark_bytes..).unwrap_or_default();
        return Ok(decode_as(encoding, body));
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Ok(RawText::from_text(text));
    }
    if bytes.contains(&0) {
        return Err("a binary file");
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow);
    // GB18030 holds all of GBK; a page that only slips in a few bytes stays legible.
    let encoding = if guess == encoding_rs::GBK {
        encoding_rs::GB18030
    } else {
        guess
    };
    Ok(decode_as(encoding, bytes))
}

fn decode_as(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> RawText {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let mut raw = RawText::from_text(&text);
    if had_errors {
        raw.warnings.push(format!(
            "some bytes are no {} text and show as �",
            encoding.name()
        ));
    }
    raw
}

fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    let signatures: [(&[u8], &str); 6] = [
        (b"%PDF-", "a pdf file"),
        (
            b"PK\x03\x04",
            "an office or zip file (docx, xlsx, ofd, zip)",
        ),
        (b"\xd0\xcf\x11\xe0", "an old office file (doc, xls, wps)"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"{\\rtf", "a rich-text file (rtf)"),
    ];
    signatures
        .into_iter()
        .find_map(|(signature, format)| bytes.starts_with(signature).then_some(format))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8], lines: &[&str]) {
        assert_eq!(decode(bytes).unwrap().lines, lines);
    }

    #[test]
    fn every_encoding_gives_the_same_lines() {
        let text = "第一章 总则\r\n发展氢能产业，建设海河联运枢纽。";
        let lines = ["第一章 总则", "发展氢能产业，建设海河联运枢纽。"];
        check(text.as_bytes(), &lines);
        check(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), &lines);
        check(&encoding_rs::GB18030.encode(text).0, &lines);
        let utf16: Vec<u8> = [0xfeff]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        check(&utf16, &lines);
    }

    #[test]
    fn line_ends_of_all_kinds_split() {
        check("甲\n乙\r丙\r\n丁\n".as_bytes(), &["甲", "乙", "丙", "丁"]);
    }

    #[test]
    fn a_pdf_is_named_as_one() {
        assert_eq!(decode(b"%PDF-1.7 ..."), Err("a pdf file"));
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }
    }
}
