//! Where the files of an index lie, so that a rebuild replaces it in one step.
//!
//! A generation is a folder `g1`, `g2` … inside the index folder; the file
//! `CURRENT` names the one that counts. A rebuild fills a new generation and then
//! renames a new `CURRENT` over the old one, which is atomic; until then, and
//! after a kill at any moment, the old one is in force. Folders that are not
//! current are removed by the next writer.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const POINTER: &str = "CURRENT";

/// The generation that counts, if there is one.
pub(super) fn current(dir: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(dir.join(POINTER)) {
        Ok(name) => Ok(Some(name.trim().to_owned()).filter(|name| is_generation(name))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes the folder of a new generation beside the current one.
pub(super) fn create_next(dir: &Path) -> io::Result<String> {
    let number = all(dir)?
        .iter()
        .filter_map(|name| name.strip_prefix('g')?.parse::<u64>().ok())
        .max()
        .unwrap_or(0);
    let name = format!("g{}", number + 1);
    fs::create_dir_all(dir.join(&name))?;
    Ok(name)
}

/// Puts a generation in force.
pub(super) fn switch_to(dir: &Path, name: &str) -> io::Result<()> {
    let draft = dir.join(format!("{POINTER}.new"));
    fs::write(&draft, format!("{name}\n"))?;
    fs::File::open(&draft)?.sync_all()?;
    fs::rename(&draft, dir.join(POINTER))
}

/// Removes generations that are not `keep`. What a running service still holds
/// open and cannot be removed stays for the next time.
pub(super) fn remove_others(dir: &Path, keep: &str) -> io::Result<()> {
    for name in all(dir)? {
        if name != keep {
            let _ = fs::remove_dir_all(dir.join(name));
        }
    }
    Ok(())
}

/// The folder of a generation.
pub(super) fn path(dir: &Path, name: &str) -> PathBuf {
    dir.join(name)
}

fn all(dir: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if is_generation(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

fn is_generation(name: &str) -> bool {
    name.strip_prefix('g')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}
