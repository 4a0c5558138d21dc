//! Everything that is printed.
//!
//! Data goes to stdout, talk to stderr. Colour and wrapping only on a terminal; a pipe
//! gets plain text, JSON gets nothing else beside it. What could steer a terminal is
//! taken out here, from whatever field it comes.

use std::fmt::{Display, Write as _};
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::Mutex;

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::args::{ColorChoice, Lang};
use super::translation::{in_chinese, is_of_a_library, locale};
use super::wrap::{self, BEGIN, END};

/// Where to print and how. All printing goes through one value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    is_coloured: bool,
    lang: Lang,
    /// Whether the terminal may be given links to files.
    has_links: bool,
    /// Columns of the terminal; none for a pipe.
    width: Option<usize>,
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

/// How each kind of text is begun, by the letter that marks it.
const CODES: [(char, &str); 3] = [('t', "1"), ('m', "1;4;33"), ('f', "2")];

/// Begins and ends a link, behind [`BEGIN`]. The letter that begins one is its number in
/// [`LINKS`], counted from this character on.
const FIRST_LINK: char = '\u{e000}';
const LAST_LINK: char = '\u{f8ff}';
const END_OF_LINK: char = 'l';

/// Where the links of this run lead.
static LINKS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Narrower terminals are not wrapped for.
const MIN_WIDTH: usize = 20;

#[expect(clippy::unused_self, reason = "all printing goes through one value")]
impl Output {
    pub(super) fn new(choice: ColorChoice, lang: Option<Lang>) -> Self {
        let is_terminal = std::io::stdout().is_terminal() && !is_dumb();
        let is_coloured = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                let is_refused =
                    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                is_terminal && !is_refused
            }
        };
        Self {
            is_coloured,
            has_links: is_coloured && is_terminal,
            lang: lang.unwrap_or_else(locale),
            width: std::io::stdout()
                .is_terminal()
                .then(terminal_width)
                .flatten(),
        }
    }

    /// Paints a piece of a line; without colour a match is set in 【】.
    pub(super) fn paint(self, paint: Paint, text: impl Display) -> String {
        if !self.is_coloured {
            return match paint {
                Paint::Mark => format!("【{text}】"),
                Paint::Title | Paint::Faint => text.to_string(),
            };
        }
        let letter = match paint {
            Paint::Title => 't',
            Paint::Mark => 'm',
            Paint::Faint => 'f',
        };
        format!("{BEGIN}{letter}{text}{END}")
    }

    /// A link to a file, where the terminal has links and the file is there.
    pub(super) fn link(self, text: String, file: &str) -> String {
        if !self.has_links || !Path::new(file).exists() {
            return text;
        }
        let Some(address) = file_address(Path::new(file)) else {
            return text;
        };
        let Ok(mut links) = LINKS.lock() else {
            return text;
        };
        let number = u32::from(FIRST_LINK) + links.len() as u32;
        let Some(letter) = char::from_u32(number).filter(|letter| *letter <= LAST_LINK) else {
            return text;
        };
        links.push(address);
        format!("{BEGIN}{letter}{text}{BEGIN}{END_OF_LINK}")
    }

    /// Says it in Chinese where the person reads Chinese.
    pub(super) fn say(self, text: impl Display) -> String {
        match self.lang {
            Lang::Zh => in_chinese(&text.to_string()),
            Lang::En => text.to_string(),
        }
    }

    /// Prints data.
    pub(super) fn data(self, text: impl Display) -> anyhow::Result<()> {
        let text = text.to_string();
        let text = match self.width {
            Some(width) => wrap::wrapped(&text, width),
            None => text,
        };
        let text = self.finished(&text);
        writeln!(std::io::stdout().lock(), "{text}").context("cannot write to stdout")
    }

    /// Prints bytes as they are, for what is no text of the library.
    pub(super) fn raw(self, bytes: &[u8]) -> anyhow::Result<()> {
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(bytes).context("cannot write to stdout")
    }

    /// Output without colour, for files.
    pub(super) fn plain() -> Self {
        Self {
            is_coloured: false,
            has_links: false,
            lang: Lang::Zh,
            width: None,
        }
    }

    /// How many columns the marks take that stand for colour.
    pub(super) fn mark_width(self) -> usize {
        if self.is_coloured { 0 } else { 4 }
    }

    /// Prints one JSON object.
    pub(super) fn json(self, value: &impl Serialize) -> anyhow::Result<()> {
        let text = serde_json::to_string(value)?;
        let mut safe = String::with_capacity(text.len());
        for c in text.chars() {
            if is_steering(c) {
                let mut units = [0_u16; 2];
                for unit in c.encode_utf16(&mut units) {
                    safe.extend(["\\u", &format!("{unit:04x}")]);
                }
            } else {
                safe.push(c);
            }
        }
        self.raw(format!("{safe}\n").as_bytes())
    }

    /// Talks to the person.
    pub(super) fn talk(self, text: impl Display) {
        let text = self.finished(&self.say(text));
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// Tells an error with its causes.
    pub(super) fn error(self, error: &anyhow::Error) {
        let mut causes: Vec<String> = error.chain().map(|cause| self.say(cause)).collect();
        let between = match self.lang {
            Lang::Zh => "：",
            Lang::En => ": ",
        };
        // What only a library says helps nobody who reads Chinese.
        if self.lang == Lang::Zh {
            let mut nth = 0;
            causes.retain(|cause| {
                nth += 1;
                nth == 1 || !is_of_a_library(cause)
            });
        }
        self.talk(format!("plansearch: {}", causes.join(between)));
    }

    /// A progress bar on stderr; it shows nothing when stderr is no terminal.
    pub(super) fn progress_bar(self) -> ProgressBar {
        let bar = ProgressBar::new(0);
        if is_dumb() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
            return bar;
        }
        let template = "{msg} [{bar:24}] {percent:>3}% {elapsed}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        // Time goes on while a long file is read.
        bar.enable_steady_tick(std::time::Duration::from_millis(500));
        bar
    }

    /// What begins or ends a link.
    fn link_code(self, letter: char) -> Option<String> {
        if !self.has_links {
            return None;
        }
        if letter == END_OF_LINK {
            return Some("\u{1b}]8;;\u{1b}\\".to_owned());
        }
        let number = u32::from(letter).checked_sub(u32::from(FIRST_LINK))?;
        let links = LINKS.lock().ok()?;
        let address = links.get(number as usize)?;
        Some(format!("\u{1b}]8;;{address}\u{1b}\\"))
    }

    /// Text for a terminal: colours where they are wanted, nothing else that steers it.
    fn finished(self, text: &str) -> String {
        let mut finished = String::with_capacity(text.len());
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                BEGIN => {
                    let letter = chars.next();
                    finished.extend(letter.and_then(|letter| self.link_code(letter)));
                    let code = CODES.iter().find(|(known, _)| Some(*known) == letter);
                    if let Some((_, code)) = code.filter(|_| self.is_coloured) {
                        finished.extend(["\u{1b}[", code, "m"]);
                    }
                }
                END if self.is_coloured => finished.push_str("\u{1b}[0m"),
                '\n' => finished.push(c),
                c if c.is_control() => finished.push(' '),
                c if is_steering(c) => {}
                c => finished.push(c),
            }
        }
        finished
    }
}

/// The address of a file: whole, in ASCII alone.
fn file_address(file: &Path) -> Option<String> {
    let whole = std::path::absolute(file).ok()?;
    let mut address = "file://".to_owned();
    for byte in whole.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                address.push(char::from(*byte));
            }
            b'\\' => address.push('/'),
            // Writing to a string cannot fail.
            other => drop(write!(address, "%{other:02X}")),
        }
    }
    Some(address)
}

/// Columns of the terminal behind stdout.
pub(super) fn terminal_width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size()?;
    Some(usize::from(width.0)).filter(|width| *width >= MIN_WIDTH)
}

/// A terminal that understands no escape sequences says so.
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Says whether a character steers a terminal or turns text around.
fn is_steering(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_file_and_has_no_width() {
        let mut output = Output {
            is_coloured: true,
            has_links: true,
            lang: Lang::En,
            width: Some(40),
        };
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/mod.rs");
        let linked = output.link("《某规划》".to_owned(), file);
        assert_eq!(wrap::wrapped(&linked, 20), linked);
        let shown = output.finished(&linked);
        assert!(shown.starts_with("\u{1b}]8;;file:///"), "{shown}");
        assert!(shown.ends_with("mod.rs\u{1b}\\《某规划》\u{1b}]8;;\u{1b}\\"));
        assert_eq!(output.link("甲".to_owned(), "no/such/file"), "甲");
        output.has_links = false;
        assert_eq!(output.finished(&linked), "《某规划》");
    }

    #[test]
    fn nothing_from_a_field_steers_a_terminal() {
        let mut output = Output {
            is_coloured: false,
            has_links: false,
            lang: Lang::En,
            width: None,
        };
        let evil = "甲\u{1b}]0;PWNED\u{7}乙\u{9b}31m\u{202e}丙\u{2066}";
        assert_eq!(output.finished(evil), "甲 ]0;PWNED 乙 31m丙");
        output.is_coloured = true;
        let painted = output.paint(Paint::Title, evil);
        assert_eq!(
            output.finished(&painted),
            "\u{1b}[1m甲 ]0;PWNED 乙 31m丙\u{1b}[0m"
        );
    }
}
