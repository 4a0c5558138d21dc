//! Earlier editions of a document whose file was edited, so that their addresses last.
//!
//! The id of a document is of its content, so an edited file is another document. It
//! knows the ids of what stood in its place before, and which passage stands now for each
//! of theirs.

use serde::{Deserialize, Serialize};

/// What became of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fate {
    /// Its text still stands.
    #[serde(rename = "s")]
    Same,
    /// Another wording stands for it.
    #[serde(rename = "c")]
    Changed,
    /// It is gone; what is given stands at its place.
    #[serde(rename = "g")]
    Gone,
}

impl Fate {
    /// Its name in addresses and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }

    /// The fate with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Same, Self::Changed, Self::Gone];
        all.into_iter().find(|fate| fate.name() == name)
    }
}

/// Numbers of passages that follow each other before and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Run(u32, u32, u32, Fate);

/// An earlier edition of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Id that the document had.
    pub id: String,
    /// First number before, first number now, how many, and what became of them.
    runs: Vec<Run>,
}

impl Edition {
    /// The edition with this id, whose passages are now at these numbers.
    pub fn new(id: String, now: &[(usize, Fate)]) -> Self {
        let mut runs: Vec<Run> = Vec::new();
        for (before, (now, fate)) in now.iter().enumerate() {
            let (before, now) = (before as u32, *now as u32);
            match runs.last_mut() {
                Some(Run(first, first_now, n, known))
                    if *known == *fate && *first + *n == before && *first_now + *n == now =>
                {
                    *n += 1;
                }
                _ => runs.push(Run(before, now, 1, *fate)),
            }
        }
        Self { id, runs }
    }

    /// Which passage stands now for the one with this number.
    pub fn now(&self, before: usize) -> Option<(usize, Fate)> {
        let before = u32::try_from(before).ok()?;
        let at = self.runs.partition_point(|run| run.0 <= before);
        let Run(first, now, n, fate) = self.runs.get(at.checked_sub(1)?)?;
        let offset = before - first;
        (offset < *n).then_some(((now + offset) as usize, *fate))
    }

    /// The same edition when the document was edited once more, and `later` has become of
    /// the passages that it had meanwhile.
    #[must_use]
    pub fn followed_by(&self, later: &[(usize, Fate)]) -> Self {
        let n_before = self.runs.last().map_or(0, |run| run.0 + run.2);
        let now = (0..n_before as usize).map_while(|before| {
            let (meanwhile, first) = self.now(before)?;
            let (now, second) = *later.get(meanwhile)?;
            Some((now, first.max(second)))
        });
        Self::new(self.id.clone(), &now.collect::<Vec<_>>())
    }
}

/// A passage that an address of an earlier edition leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Id of its document now.
    pub doc: String,
    /// Its number there.
    pub idx: usize,
    /// What became of the passage that the address named.
    pub fate: Fate,
}

#[cfg(test)]
mod tests {
    use super::Fate::{Changed, Gone, Same};
    use super::*;

    #[test]
    fn every_passage_is_followed_through_several_editions() {
        let first = [(0, Same), (1, Same), (3, Changed), (3, Gone), (4, Same)];
        let edition = Edition::new("a".to_owned(), &first);
        for (before, now) in first.iter().enumerate() {
            assert_eq!(edition.now(before), Some(*now), "{before}");
        }
        assert_eq!(edition.now(5), None);
        let second = [(1, Same), (0, Changed), (2, Same), (5, Same), (4, Gone)];
        let later = edition.followed_by(&second);
        let expect = [(1, Same), (0, Changed), (5, Changed), (5, Gone), (4, Gone)];
        for (before, now) in expect.iter().enumerate() {
            assert_eq!(later.now(before), Some(*now), "{before}");
        }
        let kept: Edition = serde_json::from_str(&serde_json::to_string(&later).unwrap()).unwrap();
        assert_eq!(kept, later);
    }
}
