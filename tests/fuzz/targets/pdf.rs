//! A pdf, from its first object.
#![no_main]

#[path = "../shared.rs"]
mod shared;

libfuzzer_sys::fuzz_target!(
    init: shared::only_uncaught_panics_count(),
    |bytes: &[u8]| {
        shared::read(&[b"%PDF-", bytes.get(5..).unwrap_or_default()].concat());
    }
);
