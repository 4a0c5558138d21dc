#![doc = include_str!("ARCHITECTURE.md")]

pub mod analysis;
pub mod cli;
pub mod document;
pub mod index;
pub mod ingest;
pub mod query;
pub mod read;
pub mod search;
pub mod service;
pub mod structure;
pub mod text;
pub mod theme;
