//! Where a file lies, as text that keeps every byte.
//!
//! The index stores text, names of files are bytes. A byte that is no UTF-8 is kept as
//! NUL, which no name can hold, and two digits, so that different files have different
//! texts and the file is found again. People never see it: they are shown a name.

use std::path::{Path, PathBuf};

const MARK: char = '\0';

/// The text that stands for a path.
pub fn place_key(path: &Path) -> String {
    if let Some(path) = path.to_str() {
        return path.to_owned();
    }
    let mut key = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        key.push_str(chunk.valid());
        for byte in chunk.invalid() {
            key.push(MARK);
            for digit in [byte >> 4, byte & 15] {
                key.extend(char::from_digit(u32::from(digit), 16));
            }
        }
    }
    key
}

/// The path that a text stands for.
pub fn path_of_key(key: &str) -> PathBuf {
    if !key.contains(MARK) {
        return PathBuf::from(key);
    }
    let mut pieces = key.split(MARK);
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let byte = piece
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.extend(byte);
        bytes.extend(piece.get(2..).unwrap_or_default().bytes());
    }
    from_bytes(bytes)
}

#[cfg(unix)]
fn from_bytes(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn from_bytes(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt as _;

    #[test]
    fn every_path_is_found_again_by_its_text() {
        let names: [&[u8]; 5] = [
            b"/a/plan.txt",
            "/资料/规划.txt".as_bytes(),
            b"/a/\xb6\xa1.txt",
            b"/a/\xb6\xa2.txt",
            b"/\xff/\xb6",
        ];
        let mut keys = std::collections::BTreeSet::new();
        for name in names {
            let path = Path::new(std::ffi::OsStr::from_bytes(name));
            assert_eq!(path_of_key(&place_key(path)), path);
            keys.insert(place_key(path));
        }
        assert_eq!(keys.len(), names.len());
    }
}
