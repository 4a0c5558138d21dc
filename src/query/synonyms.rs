//! What may stand for a word: abbreviations, synonyms, everyday words beside the
//! terms of plans and laws.
//!
//! The rules are readable files, `synonyms.txt` and those in `synonyms/`, and more of
//! them per library. A rule is looked for in the text of a query, the longest first.

use std::collections::HashMap;
use std::sync::LazyLock;

use plansearch_text::fold;

/// What another name for the same is worth, where the word itself is 1.
const SAME: f32 = 0.8;
/// What a word is worth that the word asked for only points to.
const WIDER: f32 = 0.5;

/// Rules, folded.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    rules: HashMap<String, Vec<Alternative>>,
    longest_key: usize,
}

/// A string that may stand for a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// As written in the rule.
    pub text: String,
    /// Folded.
    pub folded: String,
    /// Whether it is another name for the same.
    pub is_same: bool,
    /// What it is worth, where the word itself is 1.
    pub worth: f32,
}

/// A rule that a query meets.
#[derive(Debug, Clone, PartialEq)]
pub struct Use<'a> {
    /// First character of the folded query.
    pub start: usize,
    /// Behind its last character.
    pub end: usize,
    /// What may stand for it.
    pub alternatives: &'a [Alternative],
}

/// A line that is no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}; hint: write `甲 = 乙` or `甲 > 乙、丙`")]
pub struct SynonymError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// The rules that come with the program, by kind.
const FILES: [&str; 6] = [
    include_str!("synonyms.txt"),
    include_str!("synonyms/everyday.txt"),
    include_str!("synonyms/formulas.txt"),
    include_str!("synonyms/people.txt"),
    include_str!("synonyms/plans.txt"),
    include_str!("synonyms/services.txt"),
];

static BUILT_IN: LazyLock<Synonyms> =
    LazyLock::new(|| Synonyms::parse(&FILES.join("\n")).unwrap_or_default());

impl Synonyms {
    /// The rules that come with the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Reads rules, one a line.
    ///
    /// # Errors
    /// [`SynonymError`] names the first line that is no rule.
    ///
    /// ```
    /// use plansearch_query::Synonyms;
    /// let synonyms = Synonyms::parse("长三角 = 长江三角洲\n氢燃料 > 氢能").unwrap();
    /// let found = synonyms.find("长三角的氢燃料");
    /// assert_eq!((found[0].start, found[0].end), (0, 3));
    /// assert_eq!(found[1].alternatives[0].text, "氢能");
    /// assert_eq!(Synonyms::parse("长三角").unwrap_err().line, 1);
    /// ```
    pub fn parse(text: &str) -> Result<Self, SynonymError> {
        let mut synonyms = Self::default();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                synonyms.add_rule(line).map_err(|reason| SynonymError {
                    line: number + 1,
                    reason,
                })?;
            }
        }
        Ok(synonyms)
    }

    /// Adds that `one` and `other` name the same.
    pub fn add_same(&mut self, one: &str, other: &str) {
        self.add(one, other, true);
        self.add(other, one, true);
    }

    /// Adds that who asks for `word` is also shown `other`.
    pub fn add_wider(&mut self, word: &str, other: &str) {
        self.add(word, other, false);
    }

    fn add_rule(&mut self, line: &str) -> Result<(), &'static str> {
        if let Some((word, others)) = line.split_once('>') {
            if fold(word).is_empty() || fold(others).is_empty() {
                return Err("one side of `>` is empty");
            }
            for other in others.split('、').filter(|other| !fold(other).is_empty()) {
                self.add(word.trim(), other.trim(), false);
            }
            return Ok(());
        }
        let names: Vec<&str> = line.split('=').map(str::trim).collect();
        if names.len() < 2 {
            return Err("neither `=` nor `>` stands in it");
        }
        if names.iter().any(|name| fold(name).is_empty()) {
            return Err("one side of `=` is empty");
        }
        for one in &names {
            for other in names.iter().filter(|other| *other != one) {
                self.add(one, other, true);
            }
        }
        Ok(())
    }

    fn add(&mut self, word: &str, other: &str, is_same: bool) {
        let (key, folded) = (fold(word), fold(other));
        if key == folded {
            return;
        }
        self.longest_key = self.longest_key.max(key.chars().count());
        let known = self.rules.entry(key).or_default();
        match known.iter_mut().find(|known| known.folded == folded) {
            Some(known) => {
                known.is_same |= is_same;
                known.worth = if known.is_same { SAME } else { WIDER };
            }
            None => known.push(Alternative {
                text: other.to_owned(),
                folded,
                is_same,
                worth: if is_same { SAME } else { WIDER },
            }),
        }
    }

    /// Every name that a rule has, as written where it is an alternative; in no
    /// order, names may repeat.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let alternatives = self.rules.values().flatten();
        let written = alternatives.map(|alternative| alternative.text.as_str());
        written.chain(self.rules.keys().map(String::as_str))
    }

    /// What may stand for a folded name that has a rule of its own.
    ///
    /// ```
    /// use plansearch_query::Synonyms;
    /// let synonyms = Synonyms::parse("综保区 = 综合保税区").unwrap();
    /// assert_eq!(synonyms.of_name("综保区")[0].text, "综合保税区");
    /// assert!(synonyms.of_name("综保").is_empty());
    /// ```
    pub fn of_name(&self, folded: &str) -> &[Alternative] {
        self.rules.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The rules that `folded` meets, in order; where keys overlap the longest
    /// counts, and a shorter one inside it does not.
    pub fn find(&self, folded: &str) -> Vec<Use<'_>> {
        let chars: Vec<char> = folded.chars().collect();
        let mut uses = Vec::new();
        let mut start = 0;
        while start < chars.len() {
            let longest = self.longest_key.min(chars.len() - start);
            let found = (1..=longest).rev().find_map(|n| {
                let key: String = chars[start..start + n].iter().collect();
                // A single letter or character is a word only where it stands alone, and
                // AI is none in AIDS.
                let is_key = n > 1 || chars.len() == 1;
                let is_key =
                    is_key && ![start, start + n].iter().any(|at| is_in_latin(&chars, *at));
                let rule = self.rules.get(&key).filter(|_| is_key)?;
                Some((n, rule))
            });
            match found {
                Some((n, alternatives)) => {
                    uses.push(Use {
                        start,
                        end: start + n,
                        alternatives,
                    });
                    start += n;
                }
                None => start += 1,
            }
        }
        uses
    }
}

/// Whether a place lies inside a row of Latin letters or inside a number; between a letter
/// and a digit behind it too, which together are a formula.
fn is_in_latin(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| chars.get(before));
    before.zip(chars.get(at)).is_some_and(|(before, behind)| {
        before.is_ascii_alphabetic() && behind.is_ascii_alphanumeric()
            || before.is_ascii_digit() && behind.is_ascii_digit()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_built_in_file_is_a_rule() {
        for file in FILES {
            let parsed = Synonyms::parse(file);
            assert!(parsed.is_ok(), "{parsed:?}");
        }
    }

    #[test]
    fn a_latin_name_is_none_inside_another() {
        let synonyms = Synonyms::parse("AI = 人工智能\nCO = 一氧化碳\nPM10 = 颗粒物").unwrap();
        for text in ["aids", "co2排放", "pm100", "taiwan"] {
            assert!(synonyms.find(text).is_empty(), "{text}");
        }
        for text in ["ai产业", "发展ai", "co浓度", "pm10浓度"] {
            assert_eq!(synonyms.find(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn the_longest_key_counts() {
        let synonyms = Synonyms::parse("氢燃料 > 氢能\n氢燃料汽车 > 燃料电池汽车").unwrap();
        let found = synonyms.find("推广氢燃料汽车");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].alternatives[0].text, "燃料电池汽车");
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = Synonyms::parse("# 备注\n甲 = 乙\n丙 > ").unwrap_err();
        assert_eq!(error.line, 3);
        assert!(error.to_string().contains("line 3"), "{error}");
    }
}
