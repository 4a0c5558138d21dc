//! The members of a zip package (docx, xlsx …), bounded in size.
//!
//! Refuses a package whose members are larger than [`MAX_UNPACKED_BYTES`] in
//! all: what counts is what comes out of the archive, not the size it states.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use super::source::Unreadable;

/// Most bytes that are unpacked from one package (256 MiB).
pub(super) const MAX_UNPACKED_BYTES: u64 = 256 * 1024 * 1024;

const DAMAGED_HINT: &str = "open it in an office program and save it again";

/// The names of the members, with `/` between folders; `None` when the archive
/// has no sound directory.
pub(super) fn member_names(bytes: &[u8]) -> Option<Vec<String>> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names = archive.file_names_raw();
    Some(
        names
            .map(|name| normal_name(&String::from_utf8_lossy(name)))
            .collect(),
    )
}

/// A package whose members are read one after another.
pub(super) struct Package<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    /// Position in the archive by [`normal_name`].
    members: HashMap<String, usize>,
    left_bytes: u64,
}

impl<'a> Package<'a> {
    /// Opens a package that may unpack to `max_bytes`.
    pub(super) fn open(bytes: &'a [u8], max_bytes: u64) -> Result<Self, Unreadable> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| damaged(&format!("a damaged zip package ({error})")))?;
        let members = archive
            .file_names_raw()
            .enumerate()
            .map(|(idx, name)| (normal_name(&String::from_utf8_lossy(name)), idx))
            .collect();
        Ok(Self {
            archive,
            members,
            left_bytes: max_bytes,
        })
    }

    /// Says whether there is a member of this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.members.contains_key(&normal_name(name))
    }

    /// The names of the members, in lower case and sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.members.keys().cloned().collect();
        names.sort();
        names
    }

    /// Unpacks the member `name`, which is XML, as text; `None` when there is none.
    ///
    /// # Errors
    /// [`Unreadable`] when the member is damaged, locked or too large.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let mut bytes = Vec::new();
        Ok(self.unpack(name, &mut bytes)?.then(|| decode(bytes)))
    }

    /// Unpacks every member to nowhere, so that a library that knows no bounds
    /// may open the package afterwards.
    pub(super) fn check_sizes(&mut self) -> Result<(), Unreadable> {
        for name in self.names() {
            if let Some(idx) = self.members.get(&name).copied() {
                self.copy(idx, &mut std::io::sink())?;
            }
        }
        Ok(())
    }

    fn unpack(&mut self, name: &str, to: &mut Vec<u8>) -> Result<bool, Unreadable> {
        match self.members.get(&normal_name(name)).copied() {
            Some(idx) => self.copy(idx, to).map(|()| true),
            None => Ok(false),
        }
    }

    fn copy(&mut self, idx: usize, to: &mut impl std::io::Write) -> Result<(), Unreadable> {
        let member = self
            .archive
            .by_index(idx)
            .map_err(|error| damaged(&format!("a damaged or locked zip member ({error})")))?;
        let n_bytes = std::io::copy(&mut member.take(self.left_bytes.saturating_add(1)), to)
            .map_err(|error| damaged(&format!("a damaged zip member ({error})")))?;
        self.left_bytes = self.left_bytes.checked_sub(n_bytes).ok_or_else(|| {
            Unreadable::new(
                format!("unpacks to more than {MAX_UNPACKED_BYTES} bytes"),
                "split it",
            )
        })?;
        Ok(())
    }
}

fn damaged(reason: &str) -> Unreadable {
    Unreadable::new(reason, DAMAGED_HINT)
}

/// Some programs write `\` between folders or another case than they refer to.
fn normal_name(name: &str) -> String {
    name.replace('\\', "/")
        .trim_start_matches('/')
        .to_lowercase()
}

/// XML in UTF-8, or in UTF-16 with its mark.
fn decode(bytes: Vec<u8>) -> String {
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding.decode(&bytes).0.into_owned(),
        None => String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Write as _;

    /// Zips members given as name and text.
    pub(crate) fn zip_of(members: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in members {
            let options = zip::write::SimpleFileOptions::default();
            writer.start_file(*name, options).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn members_are_found_whatever_their_slashes_and_case() {
        let bytes = zip_of(&[("word\\Document.xml", "甲")]);
        let mut package = Package::open(&bytes, 100).unwrap();
        assert!(package.holds("/word/document.xml"));
        assert_eq!(package.text("word/document.xml").unwrap().unwrap(), "甲");
        assert_eq!(package.text("none").unwrap(), None);
    }

    #[test]
    fn a_package_that_grows_beyond_the_limit_is_refused() {
        let bytes = zip_of(&[("a", &"甲".repeat(1000)), ("b", "乙")]);
        let mut package = Package::open(&bytes, 2999).unwrap();
        let error = package.text("a").unwrap_err();
        assert!(error.reason.starts_with("unpacks to more"), "{error}");
        assert!(Package::open(&bytes, 3002).unwrap().check_sizes().is_err());
        assert!(Package::open(&bytes, 3003).unwrap().check_sizes().is_ok());
    }
}
