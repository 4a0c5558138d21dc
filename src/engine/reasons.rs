//! Why a hit stands where it does: the parts of its score.

/// The parts of a score, as they were multiplied.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reasons {
    /// Pairs of characters with what they add, the strongest first.
    pub pairs: Vec<(String, f32)>,
    /// The words of the query, in order.
    pub words: Vec<WordReason>,
    /// Factor that follows from the share of the words' worth.
    pub words_factor: f32,
    /// Share of the wholes that stand; none without wholes.
    pub whole_share: Option<f32>,
    /// Factor that follows from it.
    pub whole_factor: f32,
    /// Factor of the kind of the passage.
    pub kind_factor: f32,
    /// Factor of the document.
    pub doc_factor: f32,
    /// Factor of what the passage is as a whole.
    pub favour_factor: f32,
    /// Factor of those that stand above the others.
    pub first_factor: f32,
    /// The score.
    pub score: f32,
}

/// What a passage has of a word.
#[derive(Debug, Clone, PartialEq)]
pub struct WordReason {
    /// The word, folded.
    pub word: String,
    /// Its share of the worth of all words.
    pub share: f32,
    /// How the passage has it; none when it does not.
    pub met: Option<MetBy>,
}

/// How a passage has a word.
#[derive(Debug, Clone, PartialEq)]
pub struct MetBy {
    /// What stands there, folded: the word or what may stand for it.
    pub text: String,
    /// Whether it does not stand in the text, only around it.
    pub is_around: bool,
    /// What it is worth, where the word itself in the text is 1.
    pub worth: f32,
}

impl Reasons {
    /// What the pairs add up to.
    pub fn sum(&self) -> f32 {
        self.pairs.iter().map(|(_, part)| part).sum()
    }

    /// The share of the words' worth that the passage has.
    pub fn words_share(&self) -> f32 {
        let met = |word: &WordReason| word.share * word.met.as_ref().map_or(0.0, |met| met.worth);
        self.words.iter().map(met).sum()
    }
}
