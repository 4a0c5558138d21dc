//! Files as lines of text.
//!
//! Answers what stands in a file: bytes in, [`plansearch_document::RawText`] out. Content decides
//! what a file is, not its suffix. Knows nothing of chapters, plans or the index.
//! A file that cannot be read is an error that names it; the others go on.
//!
//! Every reader keeps one contract: it takes the bytes of one file, gives
//! [`plansearch_document::RawText`] or [`Unreadable`], never panics, and accounts for every character:
//! in `lines`, or in `dropped` with the reason.

mod archive;
mod cell_value;
mod csv;
mod docx;
mod encoding;
mod file_name;
pub mod format;
mod grid;
mod html;
mod mail;
mod ocr;
mod ods;
mod ofd;
mod old_office;
mod old_word;
mod open_document;
mod package;
mod pdf;
mod rtf;
mod slides;
mod source;
mod spreadsheet;
mod symbol;
mod text_file;
mod xml;

pub use file_name::{is_litter, shown_name, shown_path};
pub use ocr::Ocr;
pub use pdf::PAGE_IS_PICTURE;
pub use source::{
    MAX_FILE_BYTES, MAX_TEXT_BYTES, Part, ReadError, Source, Unreadable, other_than_file,
    read_bytes, read_file, read_file_with,
};
