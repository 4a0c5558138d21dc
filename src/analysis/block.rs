//! What the layout of the dictionary is told by on both sides.

/// So many nodes of the trie count what is below them from one number.
pub(super) const BLOCK: usize = 32;
