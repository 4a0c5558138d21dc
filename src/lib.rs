//! placeholder
pub mod analysis;
pub mod document;
pub mod index;
pub mod query;
pub mod read;
pub mod search;
pub mod service;
pub mod text;
pub mod theme;
