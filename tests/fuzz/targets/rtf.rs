//! Rich text.
#![no_main]

#[path = "../shared.rs"]
mod shared;

libfuzzer_sys::fuzz_target!(
    init: shared::only_uncaught_panics_count(),
    |bytes: &[u8]| {
        shared::read(&[b"{\\rtf", bytes].concat());
    }
);
