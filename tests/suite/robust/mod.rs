//! Files as they come: old, damaged, hostile, half readable.

mod mutated;
mod old_word;
pub(crate) mod samples;
pub(crate) mod scans;
