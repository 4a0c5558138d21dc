//! The tests that need more than one folder of `src`, as one binary.

mod service;
