//! What the targets share.

use plansearch::read;

/// Keeps caught panics silent: readers catch those of the libraries they use.
/// One that is not caught still ends the run.
pub fn only_uncaught_panics_count() {
    std::panic::set_hook(Box::new(|_| ()));
}

/// Reads a file and asks what every reader promises: at least one part, and
/// places of headings that exist.
pub fn read(bytes: &[u8]) {
    let parts = read::read_bytes(bytes);
    assert!(!parts.is_empty());
    for text in parts.iter().filter_map(|part| part.text.as_ref().ok()) {
        for line in text.heading_lines.keys() {
            assert!(*line < text.lines.len());
        }
    }
}
