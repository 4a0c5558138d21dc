//! Text of any encoding, and tables of separated values.
#![no_main]

#[path = "../shared.rs"]
mod shared;

libfuzzer_sys::fuzz_target!(
    init: shared::only_uncaught_panics_count(),
    |bytes: &[u8]| {
        shared::read(bytes);
    }
);
