//! placeholder
pub mod document;
pub mod read;
pub mod structure;
pub mod text;
