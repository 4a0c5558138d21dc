//! Where an answer goes: to stdout or into a file, whole or not at all.

use std::io::IsTerminal as _;
use std::path::Path;

use anyhow::Context as _;
use serde::Serialize;

use super::output::Output;

/// Gives `bytes` to stdout, or to the file `path`, which is replaced in one step.
pub(super) fn deliver(output: Output, path: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    let Some(path) = path else {
        return output.raw(bytes);
    };
    let shown = path.display();
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    std::fs::write(&part, bytes)
        .and_then(|()| std::fs::rename(&part, path))
        .inspect_err(|_| drop(std::fs::remove_file(&part)))
        .with_context(|| format!("cannot write `{shown}`"))
}

/// One JSON object.
pub(super) fn in_json(value: &impl Serialize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Lines, each with its end.
pub(super) fn in_lines(lines: &[String]) -> Vec<u8> {
    let mut text = lines.join("\n");
    text.push('\n');
    text.into_bytes()
}

/// Refuses to show what is no text on a terminal.
pub(super) fn check_binary(path: Option<&Path>, format: &str) -> anyhow::Result<()> {
    if path.is_none() && std::io::stdout().is_terminal() {
        anyhow::bail!("{format} is no text for a terminal; hint: `-o FILE` writes it into a file");
    }
    Ok(())
}
