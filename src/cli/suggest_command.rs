//! `plansearch suggest`: what a person who has typed so much may mean.

use std::path::Path;
use std::process::ExitCode;

use super::args::SuggestOptions;
use super::output::{Output, Paint};
use super::search_command::printable;
use plansearch_index::Index;
use plansearch_search::{self as search, SuggestionKind};
use plansearch_service::wire::Suggestions;

pub(super) fn run(
    dir: &Path,
    options: &SuggestOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let snapshot = Index::open(dir)?.snapshot();
    let limit = usize::try_from(options.limit)?;
    let found = search::suggest(&*snapshot, &options.query, limit)?;
    let code = ExitCode::from(u8::from(found.is_empty()));
    if options.json {
        output.json(&Suggestions::new(&options.query, found))?;
        return Ok(code);
    }
    for suggestion in &found {
        let kind = match suggestion.kind {
            SuggestionKind::Theme => "主题",
            SuggestionKind::Term => "词语",
            SuggestionKind::Heading => "标题",
            SuggestionKind::Lead => "小标题",
            SuggestionKind::Document => "文件",
        };
        let about = output.paint(Paint::Faint, format!("（{kind}，{} 段）", suggestion.count));
        output.data(format!("{}{about}", printable(&suggestion.text)))?;
    }
    Ok(code)
}
