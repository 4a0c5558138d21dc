//! `plansearch check`: what a draft states and its sources contradict.

use std::path::Path;
use std::process::ExitCode;

use super::args::{CheckOptions, DraftForm};
use super::marked_draft;
use super::output::{Output, Paint};
use super::search_command::printable;
use super::trace_command::read;
use plansearch_draft::{Agreement, Check, DraftText, check, what_is_checked};
use plansearch_index::Index;
use plansearch_service::marked_draft::MarkedDraft;
use plansearch_service::wire;
use plansearch_text::Span;
use plansearch_text::span::shorten;

/// Characters of a statement that a line shows.
const SHOWN_CHARS: usize = 30;
/// Characters of its sentence in front of it.
const AROUND_CHARS: usize = 18;

pub(super) fn run(dir: &Path, options: &CheckOptions, output: Output) -> anyhow::Result<ExitCode> {
    let draft = read(&options.draft)?;
    let snapshot = Index::open(dir)?.snapshot();
    let checked = check(&*snapshot, &options.filter.filter(), &draft.text)?;
    let form = options.form.form()?;
    if form != DraftForm::Text || options.form.output.is_some() {
        let answer = || wire::Check::new(&draft, &checked);
        let marked = || MarkedDraft::of_check(&draft, &checked, options.all);
        marked_draft::write(&options.draft, answer, marked, form, &options.form, output)?;
    } else {
        print(&draft, &checked, options.all, output)?;
    }
    Ok(if checked.counts.differs > 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// Lines and columns of places that come in order.
#[derive(Default)]
struct Lines {
    /// The last place and its line, from 0.
    at: (usize, usize),
}

impl Lines {
    /// Line and column of a place, from 1, in characters.
    fn place(&mut self, text: &str, span: Span) -> (usize, usize) {
        if span.start < self.at.0 {
            self.at = (0, 0);
        }
        let since = Span::new(self.at.0, span.start).of(text);
        self.at = (span.start, self.at.1 + since.matches('\n').count());
        let front = Span::new(0, span.start).of(text);
        let column = front.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (self.at.1 + 1, column)
    }
}

/// The words in front of a place: its clause, with the one before where it is short;
/// no number is cut in two.
fn before(text: &str, span: Span) -> String {
    let front = Span::new(0, span.start).of(text);
    let line: Vec<char> = front
        .rsplit(['\n', '。', '；'])
        .next()
        .unwrap_or("")
        .chars()
        .collect();
    let is_border = |at: &usize| {
        let c = at.checked_sub(1).and_then(|at| line.get(at));
        c.is_none_or(|c| "，,：:、；;！？".contains(*c))
    };
    let first = line.len().saturating_sub(AROUND_CHARS);
    let least = line.len().saturating_sub(AROUND_CHARS / 3);
    if let Some(start) = (first..=least).find(is_border) {
        return line.iter().skip(start).collect();
    }
    let is_digit = |at: usize| {
        let c = line.get(at);
        c.is_some_and(|c| c.is_ascii_alphanumeric() || *c == '.')
    };
    let cut = (first..line.len()).find(|at| !is_digit(*at) || !is_digit(at.saturating_sub(1)));
    let cut = cut.unwrap_or(line.len());
    let rest: String = line.iter().skip(cut).collect();
    format!("…{rest}")
}

fn print(draft: &DraftText, checked: &Check, with_all: bool, output: Output) -> anyhow::Result<()> {
    for notice in &draft.notices {
        output.talk(format!("注：{notice}"));
    }
    let mut lines = Lines::default();
    for finding in &checked.findings {
        if !with_all && finding.verdict == Agreement::Verified {
            continue;
        }
        let (line, column) = lines.place(&draft.text, finding.span);
        let place = format!("{}:{line}:{column}:", printable(&draft.name));
        output.data(output.paint(Paint::Title, format!("{place} {}", finding.label())))?;
        let text = printable(finding.span.of(&draft.text));
        let text = output.paint(Paint::Mark, shorten(&text, SHOWN_CHARS));
        output.data(format!(
            "    稿 {}{text}",
            printable(&before(&draft.text, finding.span))
        ))?;
        if let Some(source) = finding.sources.first() {
            if finding.verdict == Agreement::Differs {
                let front = if source.span.is_empty() {
                    String::new()
                } else {
                    printable(&before(&source.passage.text, source.span))
                };
                let theirs =
                    output.paint(Paint::Mark, shorten(&printable(&source.text), SHOWN_CHARS));
                output.data(format!("    源 {front}{theirs}"))?;
            }
            let title = shorten(&printable(&source.doc.title), SHOWN_CHARS - 6);
            let id = printable(&source.passage.id);
            output.data(output.paint(Paint::Faint, format!("    《{title}》 {id}")))?;
        }
    }
    let counts = checked.counts;
    output.data(format!(
        "核对 {} 处：相符 {}，不符 {}，库中未见 {}",
        checked.findings.len(),
        counts.verified,
        counts.differs,
        counts.not_found,
    ))?;
    output.data(output.paint(Paint::Faint, what_is_checked()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, statement: &str, expect: &str) {
        let start = text.find(statement).unwrap();
        let span = Span::new(start, start + statement.len());
        assert_eq!(before(text, span), expect, "{text}");
    }

    #[test]
    fn the_words_in_front_begin_with_a_clause_and_cut_no_number() {
        check(
            "到2025年，氢能产业产值突破200亿元。",
            "200亿元",
            "到2025年，氢能产业产值突破",
        );
        check("好。服务业增加值46.4亿元", "46.4亿元", "服务业增加值");
        check(
            "规模以上工业战略性新兴产业增加值占比重达到12.5%",
            "12.5%",
            "…上工业战略性新兴产业增加值占比重达到",
        );
        check("46.4亿元", "46.4亿元", "");
    }
}
