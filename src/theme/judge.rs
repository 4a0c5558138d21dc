//! What a passage is about and what it mentions, with the words that say so.
//!
//! A word in the lead, or in the text under a heading that has one, makes the passage
//! about the theme; so do several words in the text, or one in a short text. Anything
//! else is a mention. The headings above alone give a mention, and only the next one:
//! what stands further up is about the chapter, not about the passage. A title that names
//! a theme gives none, but words of it that count only beside others count under it.

use std::collections::BTreeSet;

use super::catalogue::{Catalogue, Met};
use plansearch_text::{Span, fold};

/// In a text of so many folded characters one word is what it is about.
const SHORT_CHARS: usize = 40;

/// So often a word says what a text is about, however long it is.
const MANY_TIMES: usize = 3;

/// So many different words that count on their own say it.
const MANY_TERMS: usize = 2;

/// So many different words of any kind say it, if one counts on its own.
const MANY_WORDS: usize = 3;

/// How many words are given as evidence, at most.
const MAX_WORDS: usize = 12;

/// A passage as it is judged.
#[derive(Debug, Clone, Copy, Default)]
pub struct Read<'a> {
    /// The text.
    pub text: &'a str,
    /// The lead as a span of the text.
    pub lead: Option<Span>,
    /// Whether the passage is a heading.
    pub is_heading: bool,
    /// Caption and head of the table that it is a row of.
    pub table: Option<&'a str>,
}

/// What the headings above a passage say; worked out once for each section.
#[derive(Debug, Clone, Default)]
pub struct Above {
    words: Vec<Heading>,
    /// Themes that the title of the document names.
    titled: BTreeSet<usize>,
}

/// A word of a heading.
#[derive(Debug, Clone)]
struct Heading {
    theme: usize,
    is_strong: bool,
    is_next: bool,
    term: String,
}

/// A theme of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeMatch {
    /// Name of the theme.
    pub name: String,
    /// Whether the passage is about it; otherwise it mentions it.
    pub about: bool,
    /// The words that made it so, those that weigh most first.
    pub words: Vec<Word>,
}

/// A word that gave a passage a theme, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word as the catalogue has it.
    pub term: String,
    /// Where it stands.
    pub place: Place,
}

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the lead.
    Lead,
    /// In the rest of the text.
    Text,
    /// In a heading above.
    Heading,
    /// In caption or head of the table.
    Table,
}

/// The words of one theme around and in a passage.
#[derive(Debug, Default)]
struct Evidence<'a> {
    lead: Vec<(&'a str, bool)>,
    text: Vec<(&'a str, bool)>,
    headings: Vec<&'a Heading>,
    table: Vec<&'a str>,
    is_titled: bool,
}

impl Catalogue {
    /// What the title of a document and the headings of `path`, from the top, say.
    pub fn above(&self, title: &str, path: &[String]) -> Above {
        let in_title = self.met_in(&fold(title)).into_iter();
        let strong = in_title.filter(|met| met.is_strong);
        let titled = strong.map(|met| met.theme).collect();
        let mut words = Vec::new();
        for (at, label) in path.iter().enumerate() {
            let folded = fold(label);
            words.extend(self.met_in(&folded).into_iter().map(|met| Heading {
                theme: met.theme,
                is_strong: met.is_strong,
                is_next: at + 1 == path.len(),
                term: met.span.of(&folded).to_owned(),
            }));
        }
        Above { words, titled }
    }

    /// The themes of a passage, those that it is about first, each part in the order
    /// of the catalogue.
    ///
    /// ```
    /// use plansearch_theme::{Catalogue, Read};
    /// let themes = Catalogue::built_in().unwrap();
    /// let above = themes.above("", &["第二节 壮大氢能产业".to_owned()]);
    /// let read = Read { text: "支持加氢站建设，完善人才政策。", ..Read::default() };
    /// let found = themes.judge(&read, &above);
    /// assert_eq!((found[0].name.as_str(), found[0].about), ("氢能", true));
    /// assert_eq!(found[0].words[0].term, "加氢站");
    /// ```
    pub fn judge(&self, read: &Read<'_>, above: &Above) -> Vec<ThemeMatch> {
        let folded = fold(read.text);
        let lead = read.lead.map(|lead| {
            let end = |end: usize| fold(Span::new(0, end).of(read.text)).len();
            Span::new(end(lead.start), end(lead.end))
        });
        let n_chars = folded.chars().count();
        let is_in_lead = |met: &Met| lead.is_some_and(|lead| lead.contains(met.span));
        let met = self.met_in(&folded);
        let table = read.table.map(fold).unwrap_or_default();
        let in_table = self.met_in(&table);
        let themes: BTreeSet<usize> = met
            .iter()
            .chain(&in_table)
            .map(|met| met.theme)
            .chain(above.words.iter().map(|word| word.theme))
            .collect();
        let mut found: Vec<(usize, bool, Vec<Word>)> = Vec::new();
        for theme in themes {
            let mut evidence = Evidence::default();
            for met in met.iter().filter(|met| met.theme == theme) {
                let word = (met.span.of(&folded), met.is_strong);
                if is_in_lead(met) {
                    evidence.lead.push(word);
                } else {
                    evidence.text.push(word);
                }
            }
            let headings = above.words.iter().filter(|word| word.theme == theme);
            evidence.headings.extend(headings);
            evidence.is_titled = above.titled.contains(&theme);
            let rows = in_table
                .iter()
                .filter(|met| met.theme == theme && met.is_strong);
            evidence.table.extend(rows.map(|met| met.span.of(&table)));
            if evidence.gives_theme() {
                let is_about = evidence.is_about(read.is_heading, n_chars);
                found.push((theme, is_about, evidence.words()));
            }
        }
        self.widen(&mut found);
        found.sort_by_key(|(theme, is_about, _)| (!is_about, *theme));
        found
            .into_iter()
            .map(|(theme, about, words)| ThemeMatch {
                name: self.themes[theme].name.clone(),
                about,
                words,
            })
            .collect()
    }

    /// Gives what has a theme the wider ones too.
    fn widen(&self, found: &mut Vec<(usize, bool, Vec<Word>)>) {
        let mut at = 0;
        while let Some((theme, is_about, words)) = found.get(at).cloned() {
            at += 1;
            let Some(wider) = self.under[theme] else {
                continue;
            };
            match found.iter_mut().find(|(known, ..)| *known == wider) {
                None => found.push((wider, is_about, words)),
                Some((_, is_known_about, known_words)) => {
                    *is_known_about |= is_about;
                    for word in words {
                        if known_words.len() < MAX_WORDS && !known_words.contains(&word) {
                            known_words.push(word);
                        }
                    }
                }
            }
        }
    }
}

impl Evidence<'_> {
    fn inside(&self) -> impl Iterator<Item = &(&str, bool)> {
        self.lead.iter().chain(&self.text)
    }

    fn has_strong(&self) -> bool {
        self.inside().any(|(_, is_strong)| *is_strong)
    }

    fn has_strong_heading(&self) -> bool {
        self.headings.iter().any(|word| word.is_strong)
    }

    fn has_strong_next(&self) -> bool {
        self.headings
            .iter()
            .any(|word| word.is_strong && word.is_next)
    }

    fn n_different(&self, is_wanted: impl Fn(bool) -> bool) -> usize {
        let words = self.inside().filter(|(_, is_strong)| is_wanted(*is_strong));
        words.map(|(term, _)| term).collect::<BTreeSet<_>>().len()
    }

    fn gives_theme(&self) -> bool {
        let has_weak = self.inside().any(|(_, is_strong)| !is_strong);
        self.has_strong()
            || self.has_strong_next()
            || !self.table.is_empty()
            || self.n_different(|is_strong| !is_strong) >= 2
            || (has_weak && (self.has_strong_heading() || self.is_titled))
    }

    fn is_about(&self, is_heading: bool, n_chars: usize) -> bool {
        let is_empty = self.inside().next().is_none();
        if is_empty {
            return false;
        }
        let has_strong = self.has_strong();
        let n_times = self.inside().filter(|(_, is_strong)| *is_strong).count();
        let is_lead_strong = self.lead.iter().any(|(_, is_strong)| *is_strong);
        is_lead_strong
            || (has_strong && (is_heading || n_chars <= SHORT_CHARS))
            || self.has_strong_next()
            || !self.table.is_empty()
            || (!self.lead.is_empty() && self.has_strong_heading())
            || n_times >= MANY_TIMES
            || self.n_different(|is_strong| is_strong) >= MANY_TERMS
            || (has_strong && self.n_different(|_| true) >= MANY_WORDS)
    }

    /// The words, those that weigh most first, each once a place.
    fn words(&self) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut add = |term: &str, place: Place| {
            let word = Word {
                term: term.to_owned(),
                place,
            };
            if words.len() < MAX_WORDS && !words.contains(&word) {
                words.push(word);
            }
        };
        for is_strong in [true, false] {
            for (list, place) in [(&self.lead, Place::Lead), (&self.text, Place::Text)] {
                let wanted = list.iter().filter(|(_, strong)| *strong == is_strong);
                wanted.for_each(|(term, _)| add(term, place));
            }
        }
        let mut headings = self.headings.clone();
        headings.sort_by_key(|word| (!word.is_strong, !word.is_next));
        for word in headings {
            add(&word.term, Place::Heading);
        }
        self.table.iter().for_each(|term| add(term, Place::Table));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(text: &str, lead: Option<&str>, path: &[&str], table: Option<&str>) -> Vec<String> {
        let themes = Catalogue::built_in().unwrap();
        let path: Vec<String> = path.iter().map(|label| (*label).to_owned()).collect();
        let read = Read {
            text,
            lead: lead.map(|lead| Span::new(0, lead.len())),
            is_heading: false,
            table,
        };
        themes
            .judge(&read, &themes.above("", &path))
            .into_iter()
            .map(|found| {
                let words = found
                    .words
                    .iter()
                    .map(|word| format!("{}@{:?}", word.term, word.place));
                let kind = if found.about { "about" } else { "mentions" };
                format!(
                    "{kind} {}: {}",
                    found.name,
                    words.collect::<Vec<_>>().join(" ")
                )
            })
            .collect()
    }

    const LONG: &str =
        "统筹推进各项重点任务，健全工作机制，压实各方责任，确保各项目标任务如期完成，并做好";

    #[test]
    fn a_word_in_the_lead_makes_it_about() {
        let text = format!("做强氢能。{LONG}总结。");
        assert_eq!(
            judge(&text, Some("做强氢能"), &[], None),
            ["about 氢能: 氢能@Lead"]
        );
        let text = format!("{LONG}氢能示范。");
        assert_eq!(judge(&text, None, &[], None), ["mentions 氢能: 氢能@Text"]);
    }

    #[test]
    fn the_next_heading_counts_and_not_the_chapter() {
        let text = format!("{LONG}总结。");
        let next = ["第一章 总则", "第一节 氢能"];
        assert_eq!(
            judge(&text, None, &next, None),
            ["mentions 氢能: 氢能@Heading"]
        );
        assert!(judge(&text, None, &["第一章 氢能", "第一节 总则"], None).is_empty());
        let text = format!("{LONG}加氢站建设。");
        assert_eq!(
            judge(&text, None, &next, None),
            ["about 氢能: 加氢站@Text 氢能@Heading"]
        );
    }

    #[test]
    fn a_weak_word_needs_another() {
        assert!(judge(&format!("{LONG}航道。"), None, &[], None).is_empty());
        let two = judge(&format!("{LONG}航道和船舶。"), None, &[], None);
        assert_eq!(two, ["mentions 港口航运: 航道@Text 船舶@Text"]);
    }

    #[test]
    fn a_row_belongs_to_its_table_and_a_narrow_theme_to_the_wider() {
        let row = judge("泊位 | 10 | 个", None, &[], Some("港口发展主要指标"));
        assert_eq!(row, ["about 港口航运: 泊位@Text 港口@Table"]);
        let found = judge("推进海河联运。", None, &[], None);
        let words = "海河联运@Text";
        assert_eq!(
            found,
            [
                format!("about 港口航运: {words}"),
                format!("about 海河联运: {words}")
            ]
        );
    }
}
