//! The file of a catalogue: reading it, and adding a library's own to it.
//!
//! A file that is not as it should be is refused whole, with line and reason.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use plansearch_text::fold;

/// One theme as the matcher needs it.
#[derive(Debug, Clone, Default)]
pub(super) struct Theme {
    pub(super) name: String,
    pub(super) group: String,
    pub(super) under: Option<String>,
    pub(super) terms: Vec<String>,
    pub(super) weak: Vec<String>,
    pub(super) not: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    built_in: Option<bool>,
    #[serde(default)]
    theme: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    #[serde(default)]
    group: Option<String>,
    #[serde(default)]
    under: Option<Spanned<String>>,
    #[serde(default)]
    replaces: bool,
    #[serde(default)]
    terms: Vec<Spanned<String>>,
    #[serde(default)]
    weak: Vec<Spanned<String>>,
    #[serde(default)]
    not: Vec<Spanned<String>>,
}

/// Why a catalogue cannot be used. Line and reason stand in the message.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The file is no TOML of the expected form.
    #[error("the theme catalogue cannot be read")]
    Syntax(#[from] toml::de::Error),
    /// A theme is not as it should be.
    #[error("line {line}: {reason}")]
    Theme {
        /// Line of the file, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The words cannot be matched together.
    #[error("the words of the catalogue cannot be matched together")]
    Matcher(#[from] aho_corasick::BuildError),
}

/// Adds the themes of `text` to `known`, which it may also replace or drop.
pub(super) fn add(known: &mut Vec<Theme>, text: &str) -> Result<(), CatalogueError> {
    let file: File = toml::from_str(text)?;
    let at = |span: Range<usize>, reason: String| CatalogueError::Theme {
        line: text
            .get(..span.start)
            .unwrap_or_default()
            .matches('\n')
            .count()
            + 1,
        reason,
    };
    if file.built_in == Some(false) {
        known.clear();
    }
    let mut seen: Vec<&str> = Vec::new();
    for entry in &file.theme {
        let name = entry.name.get_ref().trim();
        let is_name = !fold(name).is_empty() && !name.contains(char::is_control);
        if !is_name {
            return Err(at(entry.name.span(), "a theme needs a name".to_owned()));
        }
        if seen.contains(&name) {
            let reason = format!("theme `{name}` stands twice in the catalogue");
            return Err(at(entry.name.span(), reason));
        }
        seen.push(name);
        let words = |words: &[Spanned<String>]| -> Result<Vec<String>, CatalogueError> {
            let read = |word: &Spanned<String>| {
                let folded = fold(word.get_ref());
                if folded.is_empty() {
                    let reason = format!("theme `{name}` has an empty word");
                    return Err(at(word.span(), reason));
                }
                Ok(folded)
            };
            words.iter().map(read).collect()
        };
        let place = known.iter().position(|theme| theme.name == name);
        let place = place.unwrap_or_else(|| {
            known.push(Theme::default());
            known.len() - 1
        });
        let theme = &mut known[place];
        if entry.replaces {
            *theme = Theme::default();
        }
        name.clone_into(&mut theme.name);
        if let Some(group) = &entry.group {
            group.trim().clone_into(&mut theme.group);
        }
        if let Some(under) = &entry.under {
            theme.under = Some(under.get_ref().trim().to_owned());
        }
        theme.terms.extend(words(&entry.terms)?);
        theme.weak.extend(words(&entry.weak)?);
        theme.not.extend(words(&entry.not)?);
        if theme.terms.is_empty() {
            let reason = format!("theme `{name}` needs `terms`");
            return Err(at(entry.name.span(), reason));
        }
    }
    let is_known = |name: &str| known.iter().any(|theme| theme.name == name);
    for entry in &file.theme {
        if let Some(under) = &entry.under
            && !is_known(under.get_ref().trim())
        {
            let reason = format!("there is no theme `{}` to stand under", under.get_ref());
            return Err(at(under.span(), reason));
        }
        if is_in_circle(known, entry.name.get_ref().trim()) {
            let reason = format!("theme `{}` stands under itself", entry.name.get_ref());
            return Err(at(entry.name.span(), reason));
        }
    }
    // What stood under a theme that was dropped stands on its own.
    let names: Vec<String> = known.iter().map(|theme| theme.name.clone()).collect();
    for theme in known {
        theme.under = theme.under.take().filter(|under| names.contains(under));
    }
    Ok(())
}

fn is_in_circle(themes: &[Theme], name: &str) -> bool {
    let mut at = name;
    for _ in 0..=themes.len() {
        let theme = themes.iter().find(|theme| theme.name == at);
        match theme.and_then(|theme| theme.under.as_deref()) {
            None => return false,
            Some(under) => at = under,
        }
    }
    true
}
