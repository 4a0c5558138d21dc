//! Everything that is printed.
//!
//! Data goes to stdout, talk to stderr. Colour only on a terminal; a pipe gets
//! plain text, JSON gets nothing else beside it.

use std::fmt::Display;
use std::io::{IsTerminal as _, Write as _};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::args::ColorChoice;

/// Where to print and how. All printing goes through one value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    is_coloured: bool,
}

/// What a piece of text is, for its colour.
#[derive(Debug, Clone, Copy)]
pub(super) enum Paint {
    /// A title.
    Title,
    /// A match.
    Mark,
    /// Something that stands back.
    Faint,
}

#[expect(clippy::unused_self, reason = "all printing goes through one value")]
impl Output {
    pub(super) fn new(choice: ColorChoice) -> Self {
        let is_coloured = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
            }
        };
        Self { is_coloured }
    }

    /// Paints a piece of a line; without colour a match is set in 【】.
    pub(super) fn paint(self, paint: Paint, text: impl Display) -> String {
        if !self.is_coloured {
            return match paint {
                Paint::Mark => format!("【{text}】"),
                Paint::Title | Paint::Faint => text.to_string(),
            };
        }
        let code = match paint {
            Paint::Title => "1",
            Paint::Mark => "1;4;33",
            Paint::Faint => "2",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// Prints data.
    pub(super) fn data(self, text: impl Display) -> anyhow::Result<()> {
        writeln!(std::io::stdout().lock(), "{text}").context("cannot write to stdout")
    }

    /// Prints one JSON object.
    pub(super) fn json(self, value: &impl Serialize) -> anyhow::Result<()> {
        let mut stdout = std::io::stdout().lock();
        serde_json::to_writer(&mut stdout, value)
            .map_err(std::io::Error::from)
            .context("cannot write to stdout")?;
        writeln!(stdout).context("cannot write to stdout")
    }

    /// Talks to the person.
    pub(super) fn talk(self, text: impl Display) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// Tells an error with its causes.
    pub(super) fn error(self, error: &anyhow::Error) {
        let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
        self.talk(format!("plansearch: {}", causes.join(": ")));
    }

    /// A progress bar on stderr; it shows nothing when stderr is no terminal.
    pub(super) fn progress_bar(self) -> ProgressBar {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template(
            "indexing [{bar:30}] {bytes}/{total_bytes} {msg} {elapsed}, {eta} left",
        );
        if let Ok(style) = style {
            bar.set_style(style.progress_chars("=> "));
        }
        // Time goes on while a long file is read.
        bar.enable_steady_tick(std::time::Duration::from_millis(500));
        bar
    }
}
