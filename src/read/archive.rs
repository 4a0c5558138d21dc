//! A zip archive as its files.
//!
//! Each file is a part of its own; one that cannot be read is a part that says
//! why. Folders and hidden files are left out; what systems add is named alone. Archives in
//! archives are opened one level deep. What an archive may unpack to is bounded.

use std::io::{Cursor, Read as _};

use super::file_name::is_litter;
use super::source::{Contents, Nesting, Unreadable, read_nested};

/// Most members of one archive.
const MAX_MEMBERS: usize = 5000;
/// Most bytes that one member may unpack to (128 MiB).
const MAX_MEMBER_BYTES: u64 = 128 * 1024 * 1024;
/// Most bytes that all members may unpack to (512 MiB).
const MAX_ALL_BYTES: u64 = 512 * 1024 * 1024;
/// Text packs to a tenth, zeros to a thousandth.
const MAX_RATIO: u64 = 200;
/// Members below this size may be packed at any ratio (1 MiB).
const MIN_RATIO_BYTES: u64 = 1024 * 1024;
/// Archives that may stand in one another.
const MAX_LEVELS: usize = 2;

const UNPACK_HINT: &str = "unpack it and index the files";

/// Reads the files of an archive that itself may stand in others.
///
/// # Errors
/// [`Unreadable`] when the archive is damaged, nested too deep or holds no file.
pub(super) fn read(bytes: &[u8], nesting: Nesting<'_>) -> Result<Contents, Unreadable> {
    if nesting.n_outer >= MAX_LEVELS {
        return Err(Unreadable::new(
            format!("an archive inside {MAX_LEVELS} others"),
            UNPACK_HINT,
        ));
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| Unreadable::new(format!("a damaged archive ({error})"), UNPACK_HINT))?;
    if archive.len() > MAX_MEMBERS {
        return Err(Unreadable::new(
            format!(
                "an archive of {} files, more than {MAX_MEMBERS}",
                archive.len()
            ),
            UNPACK_HINT,
        ));
    }
    let mut contents = Contents::default();
    let mut n_left = MAX_ALL_BYTES;
    for idx in 0..archive.len() {
        let raw_name = archive
            .by_index_raw(idx)
            .map(|member| member.name_raw().to_vec());
        let name = name(&raw_name.unwrap_or_default());
        let (folders, file) = name.rsplit_once('/').unwrap_or(("", &name));
        if file.is_empty() || is_hidden(folders, file) {
            continue;
        }
        // A folder may be called like a log and hold documents.
        if is_litter(file) {
            contents.passed_over.push(name);
            continue;
        }
        let inner = match unpack(&mut archive, idx, &name, &mut n_left) {
            Ok(content) => read_nested(&content, nesting.inner()),
            Err(reason) => Contents::of(Err(reason)),
        };
        contents.add(&name, inner);
    }
    if contents.parts.is_empty() {
        return Err(Unreadable::new("an archive without files", UNPACK_HINT));
    }
    Ok(contents)
}

/// A name is UTF-8 where it can be: the flag that should say so is often false.
fn name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030
            .decode_without_bom_handling(raw)
            .0
            .into_owned(),
    };
    name.replace('\\', "/")
}

fn is_hidden(folders: &str, file: &str) -> bool {
    let is_hidden = |step: &str| step.starts_with('.') && !matches!(step, "." | "..");
    let mut steps = folders.split('/');
    is_hidden(file) || steps.any(|step| is_hidden(step) || step == "__MACOSX")
}

fn unpack(
    archive: &mut zip::ZipArchive<Cursor<&[u8]>>,
    idx: usize,
    name: &str,
    n_left: &mut u64,
) -> Result<Vec<u8>, Unreadable> {
    let damaged = |error: &dyn std::fmt::Display| {
        Unreadable::new(
            format!("`{name}` cannot be unpacked ({error})"),
            UNPACK_HINT,
        )
    };
    let member = archive.by_index(idx).map_err(|error| damaged(&error))?;
    let ratio_bound = (member.compressed_size().saturating_mul(MAX_RATIO)).max(MIN_RATIO_BYTES);
    let bounds = [
        (MAX_MEMBER_BYTES, "the limit of one file"),
        (*n_left, "what is left of the limit of one archive"),
        (ratio_bound, "what its packed size allows"),
    ];
    let (max_bytes, what) = bounds
        .into_iter()
        .min_by_key(|(bytes, _)| *bytes)
        .unwrap_or((0, "nothing"));
    let mut content = Vec::new();
    let n_bytes = member
        .take(max_bytes.saturating_add(1))
        .read_to_end(&mut content)
        .map_err(|error| damaged(&error))? as u64;
    *n_left = n_left.saturating_sub(n_bytes);
    if n_bytes > max_bytes {
        return Err(Unreadable::new(
            format!("`{name}` unpacks to more than {max_bytes} bytes, {what}"),
            UNPACK_HINT,
        ));
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip_of;
    use super::super::source::Part;
    use super::*;
    use proptest::prelude::*;

    fn names(bytes: &[u8]) -> Vec<(String, Result<Vec<String>, String>)> {
        let parts = read(bytes, Nesting::default()).unwrap().parts;
        let shown = |part: Part| {
            let text = part.text.map(|raw| raw.lines).map_err(|error| error.reason);
            (part.name, text)
        };
        parts.into_iter().map(shown).collect()
    }

    #[test]
    fn a_folder_that_is_called_like_litter_holds_documents() {
        let bytes = zip_of(&[("会议.log/一.txt", "甲"), ("会议.log/desktop.ini", "x")]);
        let parts = names(&bytes);
        assert_eq!(parts.len(), 1, "{parts:?}");
        assert_eq!(parts[0].0, "会议.log/一.txt");
        let inner = zip_of_bytes("内.zip", &bytes);
        let passed_over = |bytes: &[u8]| read(bytes, Nesting::default()).unwrap().passed_over;
        assert_eq!(passed_over(&bytes), ["会议.log/desktop.ini"]);
        assert_eq!(passed_over(&inner), ["内.zip/会议.log/desktop.ini"]);
    }

    #[test]
    fn files_are_parts_and_hidden_files_are_none() {
        let bytes = zip_of(&[
            ("规划/", ""),
            ("规划/一.txt", "甲"),
            (".git/a", "x"),
            ("__MACOSX/._一.txt", "x"),
            ("二.html", "<html><p>乙</p>"),
            ("三.png", "\u{89}PNG"),
            ("四.bin", "\0\u{1}\0\u{2}x"),
        ]);
        let parts = names(&bytes);
        assert_eq!(
            parts[0],
            ("规划/一.txt".to_owned(), Ok(vec!["甲".to_owned()]))
        );
        assert_eq!(parts[1], ("二.html".to_owned(), Ok(vec!["乙".to_owned()])));
        assert_eq!(parts.len(), 4);
        assert_eq!(parts[3].1, Err("a binary file".to_owned()));
    }

    #[test]
    fn names_in_gbk_are_read() {
        let mut bytes = zip_of(&[("ABCD.txt", "甲")]);
        let gbk = encoding_rs::GBK.encode("规划").0;
        for at in 0..bytes.len() - 4 {
            if &bytes[at..at + 4] == b"ABCD" {
                bytes[at..at + 4].copy_from_slice(&gbk);
            }
        }
        assert_eq!(names(&bytes)[0].0, "规划.txt");
    }

    fn zip_of_bytes(name: &str, content: &[u8]) -> Vec<u8> {
        use std::io::Write as _;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn archives_nest_one_level() {
        let one = zip_of(&[("a.txt", "甲")]);
        let two = zip_of_bytes("一.zip", &one);
        assert_eq!(names(&two)[0].0, "一.zip/a.txt");
        let three = names(&zip_of_bytes("二.zip", &two));
        assert_eq!(three[0].0, "二.zip/一.zip");
        assert_eq!(three[0].1, Err("an archive inside 2 others".to_owned()));
    }

    #[test]
    fn a_member_that_explodes_is_named() {
        let bytes = zip_of_bytes("零.txt", &vec![b'0'; 8 * 1024 * 1024]);
        let parts = names(&bytes);
        let error = parts[0].1.clone().unwrap_err();
        assert!(
            error.starts_with("`零.txt` unpacks to more than"),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn damaged_archives_do_not_panic(changes in prop::collection::vec((0_usize..400, any::<u8>()), 0..8)) {
            let mut bytes = zip_of(&[("a.txt", "甲"), ("b/", ""), ("c.html", "<html>乙")]);
            for (at, byte) in changes {
                let n_bytes = bytes.len();
                bytes[at % n_bytes] = byte;
            }
            let _ = super::super::read_bytes(&bytes);
        }
    }
}
