//! What is doubtful about a document, as data; each edge has its own words for it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A doubt about what was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Warning {
    /// Rows of a table lack cells, so that theirs stand under no column.
    LostCells {
        /// Caption of the table; may be empty.
        table: String,
        /// How many rows.
        n_damaged: usize,
        /// Of how many.
        n_rows: usize,
    },
    /// The text has no title; the name of the file stands for it.
    NamedByFile(String),
    /// The text has no title; its opening calls it so.
    NamedByOpening(String),
    /// The text of these pages was recognised from pictures.
    Recognised(Vec<usize>),
    /// Control characters stand in the text, each so often.
    ControlCharacters(Vec<(char, usize)>),
    /// The markup is too deep or too long to be told apart.
    TooDeep {
        /// Levels that are told apart.
        max_depth: usize,
        /// Elements that are told apart.
        max_elements: usize,
    },
    /// A field of a table of contents has no end; its lines are text.
    EndlessContents,
    /// So many texts stand askew and are left out.
    Askew(usize),
    /// A part of the source that could not be read, with the reason.
    Unread(String),
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LostCells {
                table,
                n_damaged,
                n_rows,
            } => {
                let table = Some(table.as_str()).filter(|table| !table.is_empty());
                let table = table.unwrap_or("a table");
                write!(
                    f,
                    "`{table}`: {n_damaged} of {n_rows} rows have lost cells and are kept as they are"
                )
            }
            Self::NamedByFile(name) => write!(f, "no title in the text; `{name}` is used"),
            Self::NamedByOpening(name) => {
                write!(f, "no title in the text; its opening calls it `{name}`")
            }
            Self::Recognised(pages) => {
                let pages = joined(pages.iter().map(ToString::to_string));
                write!(
                    f,
                    "the text of page {pages} was recognised from pictures; compare it with the original"
                )
            }
            Self::ControlCharacters(counts) => {
                let names = counts
                    .iter()
                    .map(|(c, n)| format!("U+{:04X} ({n})", u32::from(*c)));
                write!(f, "control characters in the text: {}", joined(names))
            }
            Self::TooDeep {
                max_depth,
                max_elements,
            } => write!(
                f,
                "elements nested deeper than {max_depth} or more than {max_elements} are not told apart"
            ),
            Self::EndlessContents => {
                f.write_str("the field of a table of contents has no end; its lines stay")
            }
            Self::Askew(n) => write!(f, "{n} texts that stand askew are left out"),
            Self::Unread(reason) => f.write_str(reason),
        }
    }
}

fn joined(pieces: impl Iterator<Item = String>) -> String {
    pieces.collect::<Vec<_>>().join(", ")
}
