//! A draft as text.
//!
//! Any file that the readers know, or text from stdin or a request: its lines are joined,
//! and every place is counted in characters (Unicode scalar values) of that text.

use std::path::Path;

use plansearch_read::{ReadError, Unreadable, read_bytes, read_file};

/// Longest draft, in bytes of text (4 MiB).
pub const MAX_DRAFT_BYTES: usize = 4 * 1024 * 1024;

/// A draft that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftText {
    /// Name of the file, `-` for stdin.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// What could not be read of it.
    pub notices: Vec<String>,
}

/// Why a draft cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The content cannot be read.
    #[error("cannot read `{name}`")]
    Content {
        /// Name of the draft.
        name: String,
        /// The cause.
        #[source]
        source: Unreadable,
    },
    /// The text is too long.
    #[error(
        "`{name}` has {n_bytes} bytes of text, more than the limit of {max_bytes}; hint: split it"
    )]
    TooLong {
        /// Name of the draft.
        name: String,
        /// Its size.
        n_bytes: usize,
        /// The limit.
        max_bytes: usize,
    },
}

impl DraftText {
    /// Takes a text as it is.
    pub fn of_text(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: text.replace("\r\n", "\n"),
            notices: Vec::new(),
        }
    }

    /// Reads a file of any format.
    ///
    /// # Errors
    /// [`DraftError`] when the file cannot be read or is too long.
    pub fn open(path: &Path) -> Result<Self, DraftError> {
        let name = path.file_name().unwrap_or(path.as_os_str());
        Self::of_parts(
            &name.to_string_lossy(),
            read_file(path)?.parts,
            MAX_DRAFT_BYTES,
        )
    }

    /// Reads the content of a file of any format, with at most `max_bytes` of text.
    ///
    /// # Errors
    /// [`DraftError`] when the content cannot be read or is too long.
    pub fn of_bytes(name: &str, bytes: &[u8], max_bytes: usize) -> Result<Self, DraftError> {
        Self::of_parts(name, read_bytes(bytes), max_bytes)
    }

    fn of_parts(
        name: &str,
        parts: Vec<plansearch_read::Part>,
        max_bytes: usize,
    ) -> Result<Self, DraftError> {
        let mut draft = Self {
            name: name.to_owned(),
            ..Self::default()
        };
        let mut failed = None;
        let mut is_read = false;
        for part in parts {
            match part.text {
                Ok(text) => {
                    is_read = true;
                    for line in &text.lines {
                        if !draft.text.is_empty() {
                            draft.text.push('\n');
                        }
                        draft.text.push_str(line.trim_end_matches(['\r', '\n']));
                    }
                    draft.notices.extend(text.losses);
                }
                Err(reason) => {
                    draft.notices.push(format!("{}：{reason}", part.name));
                    failed.get_or_insert(reason);
                }
            }
        }
        if let Some(source) = failed.filter(|_| !is_read) {
            return Err(DraftError::Content {
                name: draft.name,
                source,
            });
        }
        if draft.text.len() > max_bytes {
            return Err(DraftError::TooLong {
                n_bytes: draft.text.len(),
                name: draft.name,
                max_bytes,
            });
        }
        Ok(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_how_a_draft_is_read() {
        let gb18030 = [
            0xb8, 0xdb, 0xc7, 0xf8, 0xb7, 0xa2, 0xd5, 0xb9, 0xc7, 0xe2, 0xc4, 0xdc, 0xa1, 0xa3,
        ];
        let draft = DraftText::of_bytes("-", &gb18030, MAX_DRAFT_BYTES).unwrap();
        assert_eq!(draft.text, "港区发展氢能。");
    }

    #[test]
    fn a_picture_and_a_text_that_is_too_long_are_errors_that_name_the_draft() {
        let error = DraftText::of_bytes("图.png", b"\x89PNG\r\n\x1a\n0000", 100).unwrap_err();
        assert!(error.to_string().contains("图.png"), "{error}");
        let long = "港区发展氢能。".repeat(20);
        let error = DraftText::of_bytes("-", long.as_bytes(), 100).unwrap_err();
        assert!(matches!(error, DraftError::TooLong { .. }));
    }
}
