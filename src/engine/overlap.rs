//! Texts to compare with a library: what is asked for passages that share bigrams with them.

/// A text to compare with the library: its parts as folded characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OverlapText {
    /// The parts, each a run without marks.
    pub parts: Vec<Vec<char>>,
}

/// How many passages are worth comparing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverlapLimits {
    /// For each part.
    pub of_part: usize,
    /// For the text as a whole.
    pub of_text: usize,
    /// Of one document for each part.
    pub of_document: usize,
}
