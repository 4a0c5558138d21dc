//! The catalogue of themes and the matching of its words.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;

use super::file::{self, CatalogueError, Theme};
use plansearch_text::{Span, fold};

/// The catalogue that comes with the program.
const BUILT_IN: &str = include_str!("themes.toml");

/// Themes with their words, ready to match.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pub(super) themes: Vec<Theme>,
    /// Position of the wider theme of each.
    pub(super) under: Vec<Option<usize>>,
    /// Theme and role of each pattern of the matcher.
    patterns: Vec<(usize, Role)>,
    matcher: AhoCorasick,
    hash_hex: String,
}

/// What a catalogue says of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeInfo {
    /// Its name.
    pub name: String,
    /// The group that lists show it under.
    pub group: String,
    /// The wider theme that it is a part of.
    pub under: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Term,
    Weak,
    Not,
}

/// A word of a theme in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Met {
    /// Position of the theme.
    pub(super) theme: usize,
    /// Whether it counts on its own.
    pub(super) is_strong: bool,
    /// Where it stands in the folded text.
    pub(super) span: Span,
}

impl Catalogue {
    /// The catalogue that comes with the program.
    ///
    /// # Errors
    /// None, as a test holds.
    pub fn built_in() -> Result<Self, CatalogueError> {
        Self::with_own("")
    }

    /// The catalogue that comes with the program, with a library's own added.
    ///
    /// ```
    /// use plansearch_theme::Catalogue;
    /// let themes = Catalogue::with_own(r#"
    /// [[theme]]
    /// name = "茶产业"
    /// group = "产业"
    /// terms = ["茶产业", "茶园"]
    /// "#).unwrap();
    /// assert_eq!(themes.touched_by("推进茶园改造"), ["茶产业"]);
    /// assert_eq!(themes.touched_by("建设加氢站"), ["氢能"]);
    /// ```
    ///
    /// # Errors
    /// [`CatalogueError`] with line and reason.
    pub fn with_own(own: &str) -> Result<Self, CatalogueError> {
        let mut themes = Vec::new();
        file::add(&mut themes, BUILT_IN)?;
        file::add(&mut themes, own)?;
        let mut patterns = Vec::new();
        let mut strings = Vec::new();
        for (theme_idx, theme) in themes.iter().enumerate() {
            let roles = [
                (&theme.terms, Role::Term),
                (&theme.weak, Role::Weak),
                (&theme.not, Role::Not),
            ];
            for (words, role) in roles {
                let words: BTreeSet<&String> = words.iter().collect();
                for word in words {
                    patterns.push((theme_idx, role));
                    strings.push(word.clone());
                }
            }
        }
        let position = |name: &String| themes.iter().position(|theme| theme.name == *name);
        let mut hasher = blake3::Hasher::new();
        hasher
            .update(BUILT_IN.as_bytes())
            .update(b"\0")
            .update(own.as_bytes());
        Ok(Self {
            under: themes
                .iter()
                .map(|theme| theme.under.as_ref().and_then(position))
                .collect(),
            matcher: AhoCorasick::new(&strings)?,
            themes,
            patterns,
            hash_hex: hasher.finalize().to_hex().to_string(),
        })
    }

    /// Names of the themes in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.themes.iter().map(|theme| theme.name.as_str())
    }

    /// The themes in the order of the file.
    pub fn themes(&self) -> impl Iterator<Item = ThemeInfo> + '_ {
        self.themes.iter().map(|theme| ThemeInfo {
            name: theme.name.clone(),
            group: theme.group.clone(),
            under: theme.under.clone(),
        })
    }

    /// Every word of the catalogue that counts for a theme, folded.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let words = self
            .themes
            .iter()
            .flat_map(|theme| theme.terms.iter().chain(&theme.weak));
        words.map(String::as_str)
    }

    /// Hash of the file, to see whether documents must be matched again.
    pub fn hash_hex(&self) -> &str {
        &self.hash_hex
    }

    /// The names of the themes that stand in `text` with a word that counts on its
    /// own, in the order of the catalogue.
    pub fn touched_by(&self, text: &str) -> Vec<&str> {
        let met = self.met_in(&fold(text));
        let strong = met.iter().filter(|met| met.is_strong);
        let themes: BTreeSet<usize> = strong.map(|met| met.theme).collect();
        themes
            .into_iter()
            .map(|theme| self.themes[theme].name.as_str())
            .collect()
    }

    /// The words in a folded text, by theme, then by place. Of words of a theme that
    /// overlap the first and longest counts.
    pub(super) fn met_in(&self, folded: &str) -> Vec<Met> {
        let mut nots: Vec<(usize, Span)> = Vec::new();
        let mut met: Vec<Met> = Vec::new();
        for found in self.matcher.find_overlapping_iter(folded) {
            let (theme, role) = self.patterns[found.pattern().as_usize()];
            let span = Span::new(found.start(), found.end());
            if role == Role::Not {
                nots.push((theme, span));
            } else {
                met.push(Met {
                    theme,
                    is_strong: role == Role::Term,
                    span,
                });
            }
        }
        let is_barred = |met: &Met| {
            let mut own = nots.iter().filter(|(theme, _)| *theme == met.theme);
            own.any(|(_, not)| not.contains(met.span))
        };
        met.retain(|met| !is_barred(met));
        met.sort_unstable_by_key(|met| {
            (
                met.theme,
                met.span.start,
                std::cmp::Reverse(met.span.end),
                !met.is_strong,
            )
        });
        let mut last: Option<Met> = None;
        met.retain(|met| {
            let is_free =
                last.is_none_or(|last| last.theme != met.theme || last.span.end <= met.span.start);
            if is_free {
                last = Some(*met);
            }
            is_free
        });
        met
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_catalogue_is_sound() {
        let themes = Catalogue::built_in().unwrap();
        assert!(themes.names().count() >= 24);
        assert!(themes.themes().all(|theme| !theme.group.is_empty()));
    }

    #[test]
    fn a_term_inside_its_exception_does_not_count() {
        let themes = Catalogue::built_in().unwrap();
        assert!(themes.touched_by("建设氢能产业园").contains(&"氢能"));
        assert!(!themes.touched_by("使用氢氧化钠处理").contains(&"氢能"));
        assert!(!themes.touched_by("压实安全生产责任").contains(&"粮食安全"));
        assert!(!themes.touched_by("推广新能源汽车").contains(&"清洁能源"));
    }

    #[test]
    fn an_own_file_adds_replaces_and_drops() {
        let own = "[[theme]]\nname = \"氢能\"\nterms = [\"氢走廊\"]\n";
        let added = Catalogue::with_own(own).unwrap();
        assert_eq!(added.touched_by("氢走廊"), ["氢能"]);
        assert_eq!(added.touched_by("加氢站"), ["氢能"]);
        let replaced = Catalogue::with_own(&format!("{own}replaces = true\n")).unwrap();
        assert!(replaced.touched_by("加氢站").is_empty());
        let alone = Catalogue::with_own(&format!("built_in = false\n{own}")).unwrap();
        assert_eq!(alone.names().collect::<Vec<_>>(), ["氢能"]);
        assert_ne!(added.hash_hex(), alone.hash_hex());
    }

    #[test]
    fn broken_catalogues_are_refused_with_line_and_reason() {
        for (text, line, reason) in [
            (
                "[[theme]]\nname = \"甲\"",
                "line 2",
                "theme `甲` needs `terms`",
            ),
            (
                "[[theme]]\nname = \"甲\"\nterms = [\"\"]",
                "line 3",
                "empty word",
            ),
            (
                "[[theme]]\nname = \"甲\"\nterms = [\"乙\"]\n[[theme]]\nname = \"甲\"\nterms = [\"丙\"]",
                "line 5",
                "stands twice",
            ),
            (
                "[[theme]]\nname = \"甲\"\nterm = [\"乙\"]",
                "line 3",
                "unknown field `term`",
            ),
            (
                "[[theme]]\nname = \"甲\"\nterms = [\"乙\"]\nunder = \"丁\"",
                "line 4",
                "no theme `丁`",
            ),
            (
                "[[theme]]\nname = \"甲\"\nterms = [\"乙\"]\nunder = \"甲\"",
                "line 2",
                "under itself",
            ),
            (
                "[[theme]]\nname = \"\"\nterms = [\"乙\"]",
                "line 2",
                "needs a name",
            ),
            ("主题", "line 1", ""),
        ] {
            let error = Catalogue::with_own(text).unwrap_err();
            let source = std::error::Error::source(&error).map(ToString::to_string);
            let chain = format!("{error}: {}", source.unwrap_or_default());
            assert!(chain.contains(reason) && chain.contains(line), "{chain}");
        }
    }
}
