//! Arguments, help and what is said of wrong ones, in the language of the person.

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, FromArgMatches as _};

use super::args::{Args, CompletionsOptions, Lang, ManOptions, guarded};
use super::output::{Output, terminal_width};
use super::translation::{in_chinese, locale};
use super::wrap;

/// Columns of help where they are not known.
const WIDTH: usize = 80;

/// Reads the arguments; otherwise says what is wrong, or the help, and how to end.
pub(super) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Args, ExitCode> {
    let arguments: Vec<OsString> = arguments.map(guarded).collect();
    let lang = asked_lang(&arguments).unwrap_or_else(locale);
    let command = localised(Args::command().term_width(0), lang);
    let parsed = command.try_get_matches_from(arguments);
    parsed
        .and_then(|matches| Args::from_arg_matches(&matches))
        .map_err(|error| tell(&error, lang))
}

/// The language that the arguments ask for, before they are read.
fn asked_lang(arguments: &[OsString]) -> Option<Lang> {
    let mut texts = arguments.iter().filter_map(|argument| argument.to_str());
    let mut value = None;
    while let Some(text) = texts.next() {
        if text == "--lang" {
            value = texts.next();
        } else if let Some(given) = text.strip_prefix("--lang=") {
            value = Some(given);
        }
    }
    let from_system = std::env::var("PLANSEARCH_LANG").ok();
    match value.or(from_system.as_deref())? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// The command with its help in a language.
fn localised(command: clap::Command, lang: Lang) -> clap::Command {
    if lang == Lang::En {
        return command;
    }
    let chinese = |text: Option<&clap::builder::StyledStr>| {
        text.map(|text| in_chinese(&one_line(&text.to_string())))
    };
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let about = chinese(command.get_about());
    let after = command
        .get_after_help()
        .map(|text| in_chinese(&text.to_string()));
    let mut command = command.mut_args(|arg| match arg.get_help() {
        Some(help) => {
            let help = in_chinese(&one_line(&help.to_string()));
            arg.help(help.clone()).long_help(help)
        }
        None => arg,
    });
    if let Some(about) = about {
        command = command.about(about.clone()).long_about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |sub| localised(sub, lang))
    })
}

/// A paragraph of help is one line; the terminal decides where it is wrapped.
fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

fn tell(error: &clap::Error, lang: Lang) -> ExitCode {
    let is_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    let mut text = error.render().to_string();
    if error.kind() == ErrorKind::InvalidSubcommand
        && let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand)
    {
        let tip = format!("tip: to look for it: plansearch search {word}");
        text = format!("{}\n  {tip}\n", text.trim_end());
    }
    if lang == Lang::Zh {
        text = in_chinese(&text)
            .replace("[default: ", "[默认：")
            .replace("[env: ", "[环境变量：")
            .replace("[possible values: ", "[可选值：");
    }
    let width = terminal_width().unwrap_or(WIDTH);
    let has_terminal = std::io::stdout().is_terminal() || std::io::stderr().is_terminal();
    if has_terminal || is_help {
        text = wrap::wrapped(&text, width);
    }
    let output = Output::new(super::args::ColorChoice::Never, Some(Lang::En));
    let text = text.trim_end();
    if is_help {
        // A reader that went away is no error.
        let _ = output.data(text);
        return ExitCode::SUCCESS;
    }
    output.talk(text);
    ExitCode::from(2)
}

/// Prints the completions for a shell.
pub(super) fn completions(
    options: &CompletionsOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(
        options.shell,
        &mut Args::command(),
        "plansearch",
        &mut script,
    );
    output.raw(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a man page for the program and for each command.
pub(super) fn man(options: &ManOptions) -> anyhow::Result<ExitCode> {
    let dir = &options.dir;
    clap_mangen::generate_to(Args::command(), dir)
        .with_context(|| format!("cannot write to `{}`", dir.display()))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::is_known;

    #[test]
    fn words_that_are_excluded_are_no_options() {
        let arguments = [
            "plansearch",
            "search",
            "港口",
            "-煤炭",
            "--limit",
            "3",
            "储运",
        ];
        let args = parse(arguments.iter().map(OsString::from)).unwrap();
        let Some(super::super::args::Command::Search(options)) = args.command else {
            panic!("{args:?}");
        };
        assert_eq!(options.query(), "港口 -煤炭 储运");
        assert_eq!(options.limit, 3);
    }

    #[test]
    fn every_help_text_has_its_chinese() {
        let mut missing = Vec::new();
        let mut left = vec![Args::command()];
        while let Some(command) = left.pop() {
            left.extend(command.get_subcommands().cloned());
            let about = command.get_about().into_iter();
            let helps = about.chain(command.get_arguments().filter_map(clap::Arg::get_help));
            let values = command
                .get_arguments()
                .flat_map(clap::Arg::get_possible_values);
            let values = values.filter_map(|value| value.get_help().map(ToString::to_string));
            missing.extend(
                helps
                    .map(|help| one_line(&help.to_string()))
                    .chain(values)
                    .filter(|help| !is_known(help)),
            );
        }
        missing.dedup();
        assert!(missing.is_empty(), "hint: add to messages.zh: {missing:#?}");
    }
}
