//! What files looked like when they were read last.
//!
//! Time and size say cheaply that a file need not be opened again. They are kept
//! in memory by a run that goes on ([`super::watch`]), never on disk: a program
//! that starts anew asks the content.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use super::Outcome;
use super::files::SourceFile;
use super::sidecar;

/// Files by their absolute path, with what they looked like and gave.
#[derive(Debug, Default)]
pub struct Seen {
    files: BTreeMap<String, (Look, Gave)>,
}

/// A file, and the one beside it that corrects it, from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    file: (SystemTime, u64),
    sidecar: Option<(SystemTime, u64)>,
}

#[derive(Debug)]
enum Gave {
    Hash(String),
    Failure(String),
}

/// What a file gave when it looked as it does now.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Recalled<'a> {
    /// The hash of its content.
    Hash(&'a str),
    /// Why it cannot be read.
    Failure(&'a str),
}

impl Look {
    /// Looks at a file; none when the system does not tell.
    pub(super) fn at(source: &SourceFile) -> Option<Self> {
        Some(Self {
            file: look(&source.path)?,
            sidecar: sidecar::beside(&source.path).and_then(|path| look(&path)),
        })
    }
}

fn look(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = path.metadata().ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

impl Seen {
    /// Says whether the file was read, or refused for what stands in it.
    pub(super) fn knows(&self, source: &SourceFile) -> bool {
        self.files.contains_key(&source.absolute)
    }

    pub(super) fn recall(&self, source: &SourceFile, look: Option<&Look>) -> Option<Recalled<'_>> {
        let (before, gave) = self.files.get(&source.absolute)?;
        (Some(before) == look).then_some(match gave {
            Gave::Hash(hash_hex) => Recalled::Hash(hash_hex),
            Gave::Failure(reason) => Recalled::Failure(reason),
        })
    }

    /// Notes what a file looked like before it was read, and what it gave.
    pub(super) fn note(&mut self, source: &SourceFile, look: Option<Look>, outcome: &Outcome) {
        let Some(look) = look else { return };
        let gave = match outcome {
            Outcome::Parsed(parsed) => Gave::Hash(parsed.hash_hex.clone()),
            Outcome::Unchanged { hash_hex } => Gave::Hash(hash_hex.clone()),
            Outcome::Failed(reason) => Gave::Failure(reason.clone()),
        };
        self.files.insert(source.absolute.clone(), (look, gave));
    }
}
