//! Answers about a draft as files to keep.

use std::path::Path;

use super::args::{DraftForm, DraftFormOptions};
use super::deliver::{check_binary, deliver, in_json};
use super::output::Output;
use plansearch_service::marked_draft::MarkedDraft;
use serde::Serialize;

/// Writes an answer in a form other than text. Of a draft that is a Word document itself
/// docx is a copy of it.
pub(super) fn write<A: Serialize>(
    draft: &Path,
    answer: impl Fn() -> A,
    marked: impl Fn() -> MarkedDraft,
    form: DraftForm,
    options: &DraftFormOptions,
    output: Output,
) -> anyhow::Result<()> {
    let path = options.output.as_deref();
    let bytes = match form {
        DraftForm::Text => anyhow::bail!(
            "text is for a terminal; hint: `--format md` for a file, or `> FILE` as it is"
        ),
        DraftForm::Json => in_json(&answer())?,
        DraftForm::Md => marked().markdown().into_bytes(),
        DraftForm::Html => marked().html()?.into_bytes(),
        DraftForm::Csv => marked().table().csv()?,
        DraftForm::Docx => {
            check_binary(path, "docx")?;
            let marked = marked();
            let own = std::fs::read(draft).ok();
            let own = own.map(|bytes| marked.in_own_docx(&bytes)).transpose()?;
            match own.flatten() {
                Some(bytes) => bytes,
                None => marked.docx()?,
            }
        }
        DraftForm::Xlsx => {
            check_binary(path, "xlsx")?;
            marked().table().xlsx()?
        }
    };
    deliver(output, path, &bytes)
}
