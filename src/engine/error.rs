//! What can go wrong with an index.

use std::io;
use std::path::{Path, PathBuf};

/// An error of the index, with the folder it concerns.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is no index in the folder.
    #[error("there is no index in `{}`; hint: run `plansearch index`", dir.display())]
    Missing {
        /// The folder.
        dir: PathBuf,
    },
    /// The index was made by another version of the program.
    #[error("the index in `{}` has another format ({found}, this program needs {needed}); hint: run `plansearch index --rebuild`", dir.display())]
    OtherFormat {
        /// The folder.
        dir: PathBuf,
        /// The stamp in the index.
        found: String,
        /// The stamp of this program.
        needed: String,
    },
    /// Another process writes to the index.
    #[error("another plansearch process is writing to the index in `{}`; hint: wait until it has finished", dir.display())]
    Locked {
        /// The folder.
        dir: PathBuf,
    },
    /// This user may not read or write the index.
    #[error("this user may not read or write the index in `{}`; hint: its owner can allow it (`chmod -R a+rX`), or give another folder with `--index`", dir.display())]
    Denied {
        /// The folder.
        dir: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// There is no room to write.
    #[error("the disk of the index in `{}` is full; the index is as it was; hint: make room and run it again", dir.display())]
    Full {
        /// The folder.
        dir: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// A file of the index could not be read or written.
    #[error("cannot read or write the index in `{}`", dir.display())]
    Io {
        /// The folder.
        dir: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// Files of the index are not as they were written.
    #[error("the index in `{}` is damaged ({what}); hint: `plansearch index --rebuild` makes it anew", dir.display())]
    Damaged {
        /// The folder.
        dir: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The engine reported an error.
    #[error("the index in `{}` cannot be used; hint: `plansearch verify` tells whether it is damaged, `plansearch index --rebuild` makes it anew", dir.display())]
    Engine {
        /// The folder.
        dir: PathBuf,
        /// The cause.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The engine stopped at what it read, as it does at damaged bytes.
    #[error("the index in `{}` cannot be read at one place; hint: `plansearch verify` tells whether it is damaged, `plansearch index --rebuild` makes it anew", dir.display())]
    Stopped {
        /// The folder.
        dir: PathBuf,
        /// What the runtime said of it.
        at: String,
    },
    /// A stored record does not read back.
    #[error(
        "a record in the index does not read back; hint: `plansearch verify` tells whether it is damaged, `plansearch index --rebuild` makes it anew"
    )]
    Record(#[from] serde_json::Error),
}

impl EngineError {
    /// An error of the system, by what a person can do about it.
    pub fn io(dir: &Path, source: io::Error) -> Self {
        let dir = dir.to_owned();
        match source.kind() {
            io::ErrorKind::PermissionDenied => Self::Denied { dir, source },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { dir, source },
            _ => Self::Io { dir, source },
        }
    }

    /// Notes what is wrong with the files.
    pub fn damaged(dir: &Path, what: impl Into<String>) -> Self {
        Self::Damaged {
            dir: dir.to_owned(),
            what: what.into(),
        }
    }
}
