//! How hits are written.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use plansearch_document::citation::Citations;

/// How hits are written.
#[derive(Debug, Args)]
pub struct HitFormOptions {
    /// Form of the answer; by default that of the ending of FILE, else text.
    #[arg(long, value_enum, value_name = "FORM")]
    pub format: Option<HitForm>,
    /// Print one JSON object, as `--format json`.
    #[arg(short, long, conflicts_with = "format")]
    pub json: bool,
    /// Write into a file instead of stdout.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Forms of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HitForm {
    /// Lines for a person.
    Text,
    /// One JSON object.
    Json,
    /// Markdown.
    Md,
    /// Comma-separated values for Excel.
    Csv,
    /// A Word document.
    Docx,
    /// A spreadsheet.
    Xlsx,
}

/// Forms of citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CitationForm {
    /// As official documents quote: 《题名》（发文字号）.
    Gongwen,
    /// GB/T 7714—2025.
    #[value(name = "gbt7714-2025")]
    Gbt2025,
    /// GB/T 7714—2015.
    #[value(name = "gbt7714-2015")]
    Gbt2015,
    /// A quotation in Markdown with its source.
    Markdown,
}

impl HitFormOptions {
    /// The form that is meant.
    ///
    /// # Errors
    /// When it is left to the name of a file that has no ending of a form.
    pub fn form(&self) -> anyhow::Result<HitForm> {
        if self.json {
            return Ok(HitForm::Json);
        }
        if let Some(form) = self.format {
            return Ok(form);
        }
        let Some(path) = &self.output else {
            return Ok(HitForm::Text);
        };
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let form = match ending.to_ascii_lowercase().as_str() {
            "json" => HitForm::Json,
            "md" => HitForm::Md,
            "csv" => HitForm::Csv,
            "docx" => HitForm::Docx,
            "xlsx" => HitForm::Xlsx,
            _ => anyhow::bail!(
                "`{}` has no ending that tells a form; hint: `--format text|md|csv|docx|xlsx|json`",
                path.display()
            ),
        };
        Ok(form)
    }
}

impl CitationForm {
    /// The citation of a document in this form, where that is one line.
    pub fn of(self, citations: &Citations) -> Option<&str> {
        let text = match self {
            Self::Gongwen => &citations.official,
            Self::Gbt2025 => &citations.gbt7714_2025,
            Self::Gbt2015 => &citations.gbt7714_2015,
            Self::Markdown => return None,
        };
        Some(text)
            .filter(|text| !text.is_empty())
            .map(String::as_str)
    }
}
