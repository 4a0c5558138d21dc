//! Files as lines of text.
//!
//! Answers what stands in a file: bytes in, [`RawText`] out. Content decides
//! what a file is, not its suffix. Knows nothing of chapters, plans or the index.
//! A file that cannot be read is an error that names it; the others go on.
//!
//! Every reader keeps one contract: it takes the bytes of one file, gives
//! [`RawText`] or [`Unreadable`], never panics, and accounts for every character:
//! in `lines`, or in `dropped` with the reason.

pub mod format;
mod pdf;
mod raw_text;
mod source;
mod text_file;

pub use raw_text::{Property, RawText};
pub use source::{MAX_FILE_BYTES, Part, ReadError, Source, Unreadable, read_bytes, read_file};
