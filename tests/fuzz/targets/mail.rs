//! A message or a saved page in the form of one.
#![no_main]

#[path = "../shared.rs"]
mod shared;

libfuzzer_sys::fuzz_target!(
    init: shared::only_uncaught_panics_count(),
    |bytes: &[u8]| {
        shared::read(&[b"MIME-Version: 1.0\r\n", bytes].concat());
    }
);
