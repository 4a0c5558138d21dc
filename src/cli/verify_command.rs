//! `plansearch verify`: is the index as it was written?

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::args::VerifyOptions;
use super::output::Output;
use plansearch_index as index;

#[derive(Debug, Serialize)]
struct VerifiedJson<'a> {
    ok: bool,
    files: usize,
    documents: usize,
    passages: usize,
    damages: &'a [String],
}

pub(super) fn run(dir: &Path, options: &VerifyOptions, output: Output) -> anyhow::Result<ExitCode> {
    let verified = index::verify(dir)?;
    let is_whole = verified.damages.is_empty();
    if options.json {
        output.json(&VerifiedJson {
            ok: is_whole,
            files: verified.n_files,
            documents: verified.n_documents,
            passages: verified.n_passages,
            damages: &verified.damages,
        })?;
    } else if is_whole {
        output.data(output.say(format!(
            "the index is as it was written: {} files, {} documents, {} passages",
            verified.n_files, verified.n_documents, verified.n_passages
        )))?;
    } else {
        for damage in &verified.damages {
            output.data(output.say(damage))?;
        }
        output.talk("the index is damaged; hint: `plansearch index --rebuild` makes it anew");
    }
    Ok(if is_whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}
