//! How an answer about a draft is written.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// How an answer about a draft is written.
#[derive(Debug, Args)]
pub struct DraftFormOptions {
    /// Form of the answer; by default that of the ending of FILE, else text.
    #[arg(long, value_enum, value_name = "FORM")]
    pub format: Option<DraftForm>,
    /// Print one JSON object, as `--format json`.
    #[arg(short, long, conflicts_with = "format")]
    pub json: bool,
    /// Write into a file instead of stdout.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Forms of an answer about a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DraftForm {
    /// Lines for a person.
    Text,
    /// One JSON object.
    Json,
    /// Markdown.
    Md,
    /// One HTML page: the draft with numbered remarks.
    Html,
    /// A Word document: the draft with comments in its margin.
    Docx,
    /// Comma-separated values for Excel.
    Csv,
    /// A spreadsheet.
    Xlsx,
}

impl DraftFormOptions {
    /// The form that is meant.
    ///
    /// # Errors
    /// When it is left to the name of a file that has no ending of a form.
    pub fn form(&self) -> anyhow::Result<DraftForm> {
        if self.json {
            return Ok(DraftForm::Json);
        }
        if let Some(form) = self.format {
            return Ok(form);
        }
        let Some(path) = &self.output else {
            return Ok(DraftForm::Text);
        };
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let form = match ending.to_ascii_lowercase().as_str() {
            "json" => DraftForm::Json,
            "md" => DraftForm::Md,
            "html" | "htm" => DraftForm::Html,
            "docx" => DraftForm::Docx,
            "csv" => DraftForm::Csv,
            "xlsx" => DraftForm::Xlsx,
            _ => anyhow::bail!(
                "`{}` has no ending that tells a form; hint: `--format md|html|docx|csv|xlsx|json`",
                path.display()
            ),
        };
        Ok(form)
    }
}
