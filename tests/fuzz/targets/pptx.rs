//! A slide, in a sound package.
#![no_main]

#[path = "../../suite/robust/samples.rs"]
#[allow(dead_code, reason = "the suite uses what is not used here")]
mod samples;
#[path = "../shared.rs"]
mod shared;

libfuzzer_sys::fuzz_target!(
    init: shared::only_uncaught_panics_count(),
    |bytes: &[u8]| {
        shared::read(&samples::pptx(&String::from_utf8_lossy(bytes)));
    }
);
