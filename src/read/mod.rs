//! Files as lines of text.
//!
//! Answers what stands in a file: bytes in, [`RawText`] out. Knows nothing of
//! chapters, plans or the index. A file that cannot be read is an error that
//! names it; the others go on.

pub mod text_file;

pub use text_file::{RawText, ReadError, Source, decode, read_file};
