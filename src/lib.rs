//! placeholder
pub mod document;
pub mod read;
pub mod text;
