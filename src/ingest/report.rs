//! What a run of indexing did, for a person.

use std::time::Duration;

use plansearch_engine::DocumentRecord;
use plansearch_engine::record::Unread;

/// The outcome of a run.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Documents in the library after the run.
    pub n_documents: usize,
    /// Documents read in this run.
    pub n_new_documents: usize,
    /// Documents that were there already.
    pub n_unchanged_documents: usize,
    /// Documents of which a file was renamed or moved, or one of several is gone.
    pub n_moved_documents: usize,
    /// Unchanged documents of which there is one more copy.
    pub n_copied_documents: usize,
    /// Documents taken out because their files are gone.
    pub n_removed_documents: usize,
    /// Titles of the documents taken out.
    pub removed: Vec<String>,
    /// Headings in the library.
    pub n_sections: usize,
    /// Passages in the library.
    pub n_passages: usize,
    /// Tables in the library.
    pub n_tables: usize,
    /// What the parser doubted in the documents of the library.
    pub warnings: Vec<Warning>,
    /// Files, and pieces of files, that were not read.
    pub failures: Vec<Failure>,
    /// Files that are never documents and were passed over, in folders and archives.
    pub passed_over: Vec<String>,
    /// How long the run took.
    pub elapsed: Duration,
}

/// A doubt about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The file.
    pub file: String,
    /// The doubt.
    pub message: String,
    /// Whether the file was read in this run.
    pub is_new: bool,
}

/// A file, or a piece of it, that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file, with the line or the file in the archive where there is one.
    pub place: String,
    /// Why, down to the cause.
    pub reason: String,
    /// Whether the rest of what is named was read.
    pub is_partial: bool,
}

impl Report {
    /// Says whether the run changed the library.
    pub fn has_changes(&self) -> bool {
        self.n_new_documents
            + self.n_moved_documents
            + self.n_copied_documents
            + self.n_removed_documents
            > 0
    }

    /// Notes files of the archive `file` that are never documents.
    pub(super) fn pass_over(&mut self, file: &str, members: &[String]) {
        let shown = members.iter().map(|member| format!("{file}/{member}"));
        self.passed_over.extend(shown);
    }

    /// Adds a document of the library to the counts; `is_new` says that it was read in
    /// this run.
    pub(super) fn count(&mut self, record: &DocumentRecord, is_new: bool) {
        self.n_documents += 1;
        self.n_sections += record.n_sections;
        self.n_passages += record.n_passages;
        self.n_tables += record.n_tables;
        self.warnings
            .extend(record.warnings.iter().map(|warning| Warning {
                file: record.file().to_owned(),
                message: warning.to_string(),
                is_new,
            }));
    }
}

impl Failure {
    /// Notes an error with its causes in one line.
    pub(super) fn new(place: String, error: &anyhow::Error) -> Self {
        let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
        Self {
            place,
            reason: causes.join(": "),
            is_partial: false,
        }
    }

    /// Notes what of `file` could not be read.
    pub(super) fn of(file: &str, unread: &Unread) -> Self {
        Self {
            place: format!("{file}{}", unread.place),
            reason: unread.reason.clone(),
            is_partial: unread.is_partial,
        }
    }
}
