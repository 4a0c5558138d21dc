//! The synonyms of a library: those given with it, and the abbreviations that its
//! texts explain.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use super::meaning::StandIn;
use plansearch_engine::Engine;
use plansearch_query::{Notice, SynonymError, Synonyms};
use plansearch_text::fold;

/// The rules of one library beside the built-in ones.
#[derive(Debug, Default)]
pub(super) struct LibraryRules {
    given: Synonyms,
    mined: Synonyms,
    /// Abbreviation and full name, folded, with the name as written.
    full_names: BTreeMap<String, (String, String)>,
}

/// Says whether every line is a rule.
///
/// # Errors
/// [`SynonymError`] names the first line that is none.
pub fn check_synonyms(text: &str) -> Result<(), SynonymError> {
    Synonyms::parse(text).map(drop)
}

impl LibraryRules {
    /// The rules of a snapshot, made on first use.
    pub(super) fn of(snapshot: &dyn Engine) -> Arc<Self> {
        let rules: Result<_, Infallible> = snapshot.keep(|| Ok(Self::new(snapshot)));
        match rules {
            Ok(rules) => rules,
        }
    }

    fn new(snapshot: &dyn Engine) -> Self {
        let mut rules = Self {
            // What is stored was checked before.
            given: Synonyms::parse(&snapshot.stamp().synonyms).unwrap_or_default(),
            ..Self::default()
        };
        let mut full_names: BTreeMap<String, Option<(String, String)>> = BTreeMap::new();
        for doc in snapshot.catalog().documents() {
            for (full, short) in &doc.abbreviations {
                let name = (fold(full), full.clone());
                full_names
                    .entry(fold(short))
                    .and_modify(|known| {
                        // One abbreviation of two names tells nothing.
                        if known.as_ref().is_some_and(|(folded, _)| *folded != name.0) {
                            *known = None;
                        }
                    })
                    .or_insert(Some(name));
            }
        }
        for (short, name) in full_names {
            if let Some(name) = name {
                rules.mined.add_same(&short, &name.1);
                rules.full_names.insert(short, name);
            }
        }
        rules
    }

    /// The rules, those of the program first.
    pub(super) fn all(&self) -> [&Synonyms; 3] {
        [Synonyms::built_in(), &self.given, &self.mined]
    }

    /// Says which abbreviations of the texts were used.
    pub(super) fn notices(&self, stand_ins: &[StandIn]) -> Vec<Notice> {
        let mut notices: Vec<Notice> = Vec::new();
        for used in stand_ins {
            let of = |short: &String, other: &String| {
                let (folded, full) = self.full_names.get(short)?;
                (folded == other).then_some((short.clone(), full.clone()))
            };
            let named = of(&used.word, &used.folded).or_else(|| of(&used.folded, &used.word));
            if let Some((short, full)) = named {
                let notice = Notice(format!("文献中称“{full}”为“{short}”，两种写法都在查找之列"));
                if !notices.contains(&notice) {
                    notices.push(notice);
                }
            }
        }
        notices
    }
}
