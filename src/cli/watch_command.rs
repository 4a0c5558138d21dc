//! `plansearch index --watch`: keeps the index in step until Ctrl-C.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use super::args::IndexOptions;
use super::index_command;
use super::output::Output;
use super::stop;
use plansearch_ingest::watch::Watch;
use plansearch_ingest::{Job, Report};

pub(super) fn run(dir: &Path, options: &IndexOptions, output: Output) -> anyhow::Result<ExitCode> {
    let bar = output.progress_bar();
    let stopped_bar = bar.clone();
    let _waiting = stop::on_stop(move |_| {
        stopped_bar.finish_and_clear();
        output.talk("stopped watching; the index holds the last complete run");
        std::process::exit(0);
    })?;
    let themes = index_command::load_themes(options.themes.as_deref())?;
    let synonyms = index_command::load_synonyms(options.synonyms.as_deref())?;
    let mut job = Job {
        index_dir: dir,
        paths: &options.paths,
        rebuild: options.rebuild,
        themes: themes.as_deref(),
        synonyms: synonyms.as_deref(),
        ocr: options.ocr.as_deref(),
    };
    let mut watch = Watch::default();
    let first = watch.index(&job, &mut |progress| index_command::show(&bar, progress));
    bar.finish_and_clear();
    let first = first?;
    let mut talk = Talk {
        output,
        is_json: options.json,
        not_read: index_command::not_read(&first).collect(),
        error: None,
    };
    if options.json {
        index_command::print_json(&first, output)?;
    } else {
        index_command::tell(&first, output);
    }
    output.talk(format!(
        "watching every {} seconds (Ctrl-C ends)",
        options.interval
    ));
    job.rebuild = false;
    loop {
        std::thread::sleep(options.pause());
        match watch.look(&job) {
            None => {}
            Some(Ok(report)) => talk.tell(&report)?,
            Some(Err(error)) => talk.fail(&error),
        }
    }
}

/// What was told already and is not told again.
struct Talk {
    output: Output,
    is_json: bool,
    not_read: BTreeSet<String>,
    error: Option<String>,
}

impl Talk {
    fn tell(&mut self, report: &Report) -> anyhow::Result<()> {
        self.error = None;
        let not_read: BTreeSet<String> = index_command::not_read(report).collect();
        let is_news = report.has_changes() || not_read != self.not_read;
        if is_news && self.is_json {
            index_command::print_json(report, self.output)?;
        } else if is_news {
            for line in not_read.difference(&self.not_read) {
                self.output.talk(line);
            }
            self.output.talk(index_command::summary(report));
        }
        self.not_read = not_read;
        Ok(())
    }

    /// The same error again and again is told once.
    fn fail(&mut self, error: &anyhow::Error) {
        let text = format!("{error:#}");
        if self.error.as_ref() != Some(&text) {
            self.output.error(error);
        }
        self.error = Some(text);
    }
}
