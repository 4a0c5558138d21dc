//! What can go wrong with an index on disk.

use std::path::PathBuf;

/// An error of the index, with the folder it concerns.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
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
    /// A file of the index could not be read or written.
    #[error("cannot read or write the index in `{}`", dir.display())]
    Io {
        /// The folder.
        dir: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The engine reported an error.
    #[error("the index in `{}` cannot be used; hint: `plansearch index --rebuild` makes it anew", dir.display())]
    Engine {
        /// The folder.
        dir: PathBuf,
        /// The cause.
        #[source]
        source: Box<tantivy::TantivyError>,
    },
    /// A stored record does not read back.
    #[error("a record in the index does not read back; hint: run `plansearch index --rebuild`")]
    Record(#[from] serde_json::Error),
}
