//! An archive.
#![no_main]

#[path = "../shared.rs"]
mod shared;

libfuzzer_sys::fuzz_target!(
    init: shared::only_uncaught_panics_count(),
    |bytes: &[u8]| {
        shared::read(&[b"PK\x03\x04", bytes.get(4..).unwrap_or_default()].concat());
    }
);
