//! The catalogue of themes and the matching of its terms.

use std::collections::HashSet;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use crate::text::{Span, fold};

/// The catalogue that comes with the program.
const BUILT_IN: &str = include_str!("themes.toml");

/// Themes with their terms, ready to match.
#[derive(Debug, Clone)]
pub struct Catalogue {
    themes: Vec<Theme>,
    /// Theme and role of each pattern of the matcher.
    patterns: Vec<(usize, Role)>,
    matcher: AhoCorasick,
    hash_hex: String,
}

/// One theme of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Theme {
    name: String,
    #[serde(default)]
    group: String,
    terms: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    theme: Vec<Theme>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Term,
    Not,
}

/// A theme that a text touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeMatch {
    /// Name of the theme.
    pub name: String,
    /// The first term met, folded.
    pub term: String,
}

/// Why a catalogue cannot be used. Line and reason stand in the message.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The file is no TOML of the expected form.
    #[error("the theme catalogue cannot be read")]
    Syntax(#[from] toml::de::Error),
    /// Two themes share a name.
    #[error("theme `{0}` stands twice in the catalogue")]
    Twice(String),
    /// A theme has no name, or no term, or an empty one.
    #[error("theme `{0}` needs a name and terms that are not empty")]
    Empty(String),
    /// The terms cannot be matched together.
    #[error("the terms of the catalogue cannot be matched together")]
    Matcher(#[from] aho_corasick::BuildError),
}

impl Catalogue {
    /// The text of the catalogue that comes with the program.
    pub fn built_in_text() -> &'static str {
        BUILT_IN
    }

    /// Reads a catalogue.
    ///
    /// ```
    /// use plansearch::theme::Catalogue;
    /// let themes = Catalogue::parse(r#"
    /// [[theme]]
    /// name = "氢能"
    /// group = "产业"
    /// terms = ["氢能", "制氢"]
    /// not = ["氢能级"]
    /// "#).unwrap();
    /// assert_eq!(themes.touched_by("工业副产氢制氢项目")[0].name, "氢能");
    /// assert!(themes.touched_by("提升氢能级").is_empty());
    /// ```
    ///
    /// # Errors
    /// [`CatalogueError`] with line and reason.
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        let file: File = toml::from_str(text)?;
        let mut names = HashSet::new();
        let mut patterns = Vec::new();
        let mut strings = Vec::new();
        for (theme_idx, theme) in file.theme.iter().enumerate() {
            let is_empty = |term: &String| fold(term).is_empty();
            if theme.name.trim().is_empty()
                || theme.terms.is_empty()
                || theme.terms.iter().chain(&theme.not).any(is_empty)
            {
                return Err(CatalogueError::Empty(theme.name.clone()));
            }
            if !names.insert(theme.name.as_str()) {
                return Err(CatalogueError::Twice(theme.name.clone()));
            }
            let terms = theme.terms.iter().map(|term| (term, Role::Term));
            let nots = theme.not.iter().map(|term| (term, Role::Not));
            for (term, role) in terms.chain(nots) {
                patterns.push((theme_idx, role));
                strings.push(fold(term));
            }
        }
        Ok(Self {
            matcher: AhoCorasick::new(&strings)?,
            themes: file.theme,
            patterns,
            hash_hex: blake3::hash(text.as_bytes()).to_hex().to_string(),
        })
    }

    /// Names of the themes in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.themes.iter().map(|theme| theme.name.as_str())
    }

    /// Names and groups of the themes in the order of the file.
    pub fn groups(&self) -> impl Iterator<Item = (&str, &str)> {
        self.themes
            .iter()
            .map(|theme| (theme.name.as_str(), theme.group.as_str()))
    }

    /// Hash of the file, to see whether documents must be matched again.
    pub fn hash_hex(&self) -> &str {
        &self.hash_hex
    }

    /// The themes that `text` touches, each with the first term met, in the
    /// order of the catalogue.
    pub fn touched_by(&self, text: &str) -> Vec<ThemeMatch> {
        let folded = fold(text);
        let found: Vec<(usize, Role, Span)> = self
            .matcher
            .find_overlapping_iter(&folded)
            .map(|m| {
                let (theme_idx, role) = self.patterns[m.pattern().as_usize()];
                (theme_idx, role, Span::new(m.start(), m.end()))
            })
            .collect();
        let is_barred = |theme_idx: usize, span: Span| {
            found.iter().any(|(other, role, not)| {
                *other == theme_idx && *role == Role::Not && not.contains(span)
            })
        };
        let mut matches: Vec<(usize, Span)> = Vec::new();
        for (theme_idx, role, span) in &found {
            let is_known = matches.iter().any(|(known, _)| known == theme_idx);
            if *role == Role::Term && !is_known && !is_barred(*theme_idx, *span) {
                matches.push((*theme_idx, *span));
            }
        }
        matches.sort_unstable_by_key(|(theme_idx, _)| *theme_idx);
        matches
            .into_iter()
            .map(|(theme_idx, span)| ThemeMatch {
                name: self.themes[theme_idx].name.clone(),
                term: span.of(&folded).to_owned(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_catalogue_is_sound() {
        let themes = Catalogue::parse(BUILT_IN).unwrap();
        assert!(themes.names().count() >= 24);
        assert!(themes.groups().all(|(_, group)| !group.is_empty()));
    }

    #[test]
    fn a_term_inside_its_exception_does_not_count() {
        let themes = Catalogue::parse(BUILT_IN).unwrap();
        let names = |text: &str| -> Vec<String> {
            themes
                .touched_by(text)
                .into_iter()
                .map(|m| m.name)
                .collect()
        };
        assert!(names("建设氢能产业园").contains(&"氢能".to_owned()));
        assert!(!names("使用氢氧化钠处理").contains(&"氢能".to_owned()));
    }

    #[test]
    fn broken_catalogues_are_refused_with_the_reason() {
        for (text, reason) in [
            ("[[theme]]\nname = \"甲\"", "missing field `terms`"),
            ("[[theme]]\nname = \"甲\"\nterms = []", "theme `甲` needs"),
            (
                "[[theme]]\nname = \"甲\"\nterms = [\"乙\"]\n[[theme]]\nname = \"甲\"\nterms = [\"丙\"]",
                "stands twice",
            ),
            (
                "[[theme]]\nname = \"甲\"\nterm = [\"乙\"]",
                "unknown field `term`",
            ),
        ] {
            let error = Catalogue::parse(text).unwrap_err();
            let chain = format!(
                "{error}: {}",
                std::error::Error::source(&error)
                    .map(ToString::to_string)
                    .unwrap_or_default()
            );
            assert!(chain.contains(reason), "{chain}");
        }
    }
}
