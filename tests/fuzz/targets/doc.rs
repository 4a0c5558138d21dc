//! The streams of an old Word file, in a sound container.
#![no_main]

#[path = "../../suite/robust/samples.rs"]
#[allow(dead_code, reason = "the suite uses what is not used here")]
mod samples;
#[path = "../shared.rs"]
mod shared;

libfuzzer_sys::fuzz_target!(
    init: shared::only_uncaught_panics_count(),
    |bytes: &[u8]| {
        if let Some((n_table, rest)) = bytes.split_first_chunk() {
            let n_table = usize::from(u16::from_le_bytes(*n_table)).min(rest.len());
            let (table, main) = rest.split_at(n_table);
            shared::read(&samples::container(&[("/WordDocument", main), ("/1Table", table)]));
        }
    }
);
