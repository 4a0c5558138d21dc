//! Names of files, as people read them.
//!
//! A name on Linux is bytes. Archives that were packed on Windows unpack to names in
//! GBK, which are no UTF-8; they are shown as what they were.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A name in Unicode: as it is, else as GB18030, else with marks for what is neither.
pub fn shown_name(name: &OsStr) -> String {
    if let Some(name) = name.to_str() {
        return name.to_owned();
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        let decoded = encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(name.as_bytes());
        if let Some(decoded) = decoded {
            return decoded.into_owned();
        }
    }
    name.to_string_lossy().into_owned()
}

/// A path in Unicode, each of its steps for itself.
pub fn shown_path(path: &Path) -> String {
    if let Some(path) = path.to_str() {
        return path.to_owned();
    }
    let steps = path.components();
    let shown: PathBuf = steps.map(|step| shown_name(step.as_os_str())).collect();
    shown.to_string_lossy().into_owned()
}

/// Endings of what systems and programs leave beside documents.
const LITTER_ENDINGS: [&str; 10] = [
    "bat", "cmd", "css", "inf", "ini", "js", "lnk", "log", "tmp", "url",
];
/// Files of the same kind by their names.
const LITTER_NAMES: [&str; 3] = ["thumbs.db", "ehthumbs.db", "__macosx"];

/// Says whether a file of this name is never a document: settings of a folder, links,
/// scripts, logs, what an office program keeps while it writes.
pub fn is_litter(name: &str) -> bool {
    let name = name.to_lowercase();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| LITTER_ENDINGS.contains(&ending))
        || LITTER_NAMES.contains(&name.as_str())
        || ["~$", "~wrl", "~wrd"]
            .iter()
            .any(|start| name.starts_with(start))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt as _;

    #[test]
    fn each_step_of_a_path_is_read_by_itself() {
        let gbk = encoding_rs::GBK.encode("丁青县“十四五”规划.txt").0;
        let mut path = PathBuf::from("/资料");
        path.push(OsStr::from_bytes(&gbk));
        assert_eq!(shown_path(&path), "/资料/丁青县“十四五”规划.txt");
        path.set_file_name(OsStr::from_bytes(b"\xff\xff.txt"));
        assert_eq!(shown_path(&path), "/资料/\u{fffd}\u{fffd}.txt");
    }
}
