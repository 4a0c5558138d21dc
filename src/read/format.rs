//! What a file is, from its content. The suffix does not count.

use super::{mail, ods, package, rtf, slides};

/// The formats that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text or Markdown in some encoding.
    Text,
    /// A page of markup.
    Html,
    /// A message (eml), or a page with all its pictures in the form of one (mht).
    Message,
    /// Rich text (rtf).
    RichText,
    /// Word, or another office program's document in its form.
    Docx,
    /// A spreadsheet.
    Spreadsheet,
    /// A spreadsheet of open office programs (ods).
    OpenSpreadsheet,
    /// A text or presentation of open office programs (odt, odp).
    OpenDocument,
    /// A presentation (pptx).
    Presentation,
    /// Open fixed-layout document (OFD, GB/T 33190).
    Ofd,
    /// Portable document format.
    Pdf,
    /// A picture of a page, or of anything else.
    Picture,
    /// An archive of files.
    Zip,
    /// An OLE file: doc, xls, wps, et.
    OldOffice,
    /// What is known and not read.
    Foreign {
        /// What it is.
        name: &'static str,
        /// What helps.
        hint: &'static str,
    },
}

const fn foreign(name: &'static str, hint: &'static str) -> Format {
    Format::Foreign { name, hint }
}

const UNPACK_HINT: &str = "unpack it and index the files, or pack them as zip";
const PICTURE: Format = Format::Picture;
const SOUND: Format = foreign("a sound or film", "it has no text");
const PROGRAM: Format = foreign("a program", "it has no text");

/// What files begin with.
const SIGNATURES: [(&[u8], Format); 30] = [
    (b"%PDF-", Format::Pdf),
    (b"PK\x03\x04", Format::Zip),
    (b"\xd0\xcf\x11\xe0", Format::OldOffice),
    (rtf::SIGNATURE, Format::RichText),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"8BPS", PICTURE),
    (b"Rar!\x1a\x07", foreign("an archive (rar)", UNPACK_HINT)),
    (
        b"7z\xbc\xaf\x27\x1c",
        foreign("an archive (7z)", UNPACK_HINT),
    ),
    (b"\x1f\x8b\x08", foreign("an archive (gz)", UNPACK_HINT)),
    (b"BZh", foreign("an archive (bz2)", UNPACK_HINT)),
    (b"\xfd7zXZ\0", foreign("an archive (xz)", UNPACK_HINT)),
    (
        b"\x28\xb5\x2f\xfd",
        foreign("an archive (zst)", UNPACK_HINT),
    ),
    (b"MSCF", foreign("an archive (cab)", UNPACK_HINT)),
    (b"CAJ", foreign("a paper of CNKI (caj)", PRINT_HINT)),
    (b"KDH", foreign("a paper of CNKI (kdh)", PRINT_HINT)),
    (b"AT&TFORM", foreign("scanned pages (djvu)", PRINT_HINT)),
    (
        b"ITSF",
        foreign("a help file (chm)", "save its pages as html"),
    ),
    (
        b"SQLite format 3\0",
        foreign("a database", "export it as csv"),
    ),
    (b"\x7fELF", PROGRAM),
    (b"MZ\x90\0", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"ID3", SOUND),
    (b"OggS", SOUND),
    (b"fLaC", SOUND),
    (b"\x1a\x45\xdf\xa3", SOUND),
    (b"RIFF", SOUND),
];
const PRINT_HINT: &str = "open it in its viewer and print it to a pdf";

/// Recognises the format of `bytes`.
pub fn recognise(bytes: &[u8]) -> Format {
    let known = SIGNATURES
        .into_iter()
        .find_map(|(signature, format)| bytes.starts_with(signature).then_some(format));
    match known {
        Some(Format::Zip) => in_zip(bytes),
        Some(format) => format,
        None if bytes.get(257..262) == Some(b"ustar") => foreign("an archive (tar)", UNPACK_HINT),
        None if mail::is_message(bytes) => Format::Message,
        None if is_page(bytes) => Format::Html,
        None => Format::Text,
    }
}

/// Says whether the bytes begin as a page does, blanks and comments aside, or
/// hold tags in nearly every line. A text with a few tags is a text.
fn is_page(bytes: &[u8]) -> bool {
    let start = bytes.get(..PAGE_HEAD_BYTES).unwrap_or(bytes);
    let text = match encoding_rs::Encoding::for_bom(start) {
        Some((encoding, _)) => encoding.decode(start).0,
        // Tags are ASCII in every other encoding of pages, in UTF-16 with zeros.
        None => encoding_rs::WINDOWS_1252.decode(start).0,
    };
    let text = text.replace('\0', "").to_ascii_lowercase();
    let mut rest = text.trim_start();
    loop {
        let after = ["<!--", "<?"]
            .into_iter()
            .zip(["-->", "?>"])
            .find_map(|(open, close)| {
                let inner = rest.strip_prefix(open)?;
                inner.split_once(close).map(|(_, after)| after)
            });
        match after {
            Some(after) => rest = after.trim_start(),
            None => break,
        }
    }
    let begins = |tags: &[&str]| tags.iter().any(|tag| rest.starts_with(tag));
    if begins(&[
        "<!doctype html",
        "<html",
        "<head>",
        "<body",
        "<meta ",
        "<title>",
    ]) {
        return true;
    }
    let n_tags: usize = PAGE_TAGS.iter().map(|tag| rest.matches(tag).count()).sum();
    let n_lines = rest.lines().filter(|line| !line.trim().is_empty()).count();
    n_tags >= 3 && begins(&PAGE_TAGS) && n_tags * 2 >= n_lines || n_tags >= 20 && n_tags >= n_lines
}

const PAGE_HEAD_BYTES: usize = 64 * 1024;
const PAGE_TAGS: [&str; 10] = [
    "<p>", "<p ", "</p>", "<div", "</div>", "<span", "<table", "<td", "<br", "<h1",
];

/// Tells office files from other archives by the names of their members. In an
/// archive without its directory the names stand before the members.
fn in_zip(bytes: &[u8]) -> Format {
    let members: [(&[u8], Format); 4] = [
        (b"word/document.xml", Format::Docx),
        (b"xl/workbook.xml", Format::Spreadsheet),
        (b"OFD.xml", Format::Ofd),
        (slides::MEMBER.as_bytes(), Format::Presentation),
    ];
    let names = package::member_names(bytes);
    let holds = |name: &[u8]| match &names {
        // A document stored inside an archive must not give it its format.
        Some(names) => names
            .iter()
            .any(|member| member.as_bytes().eq_ignore_ascii_case(name)),
        None => bytes.windows(name.len()).any(|window| window == name),
    };
    members
        .into_iter()
        .find_map(|(name, format)| holds(name).then_some(format))
        .or_else(|| open_document(bytes))
        .unwrap_or(Format::Zip)
}

/// Documents of open office programs say what they are in a member of their own.
fn open_document(bytes: &[u8]) -> Option<Format> {
    let mut package = package::Package::open(bytes, MAX_MEDIA_TYPE_BYTES).ok()?;
    let media_type = package.text("mimetype").ok()??;
    match media_type.trim() {
        ods::MEDIA_TYPE => Some(Format::OpenSpreadsheet),
        "application/epub+zip" => Some(foreign("a book (epub)", "convert it to docx or html")),
        other if other.starts_with("application/vnd.oasis.opendocument") => {
            Some(Format::OpenDocument)
        }
        _ => None,
    }
}

const MAX_MEDIA_TYPE_BYTES: u64 = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_what_a_file_is() {
        for (bytes, format) in [
            (&b"%PDF-1.7"[..], Format::Pdf),
            (b"PK\x03\x04....word/document.xml", Format::Docx),
            (b"PK\x03\x04....a.txt", Format::Zip),
            (b"plain", Format::Text),
            (
                b"\xef\xbb\xbf\n<!-- saved --><!DOCTYPE HTML><p>",
                Format::Html,
            ),
            (b"<?xml version='1.0'?>\n<html xmlns='x'>", Format::Html),
            (b"<\0h\0t\0m\0l\0>\0", Format::Html),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", Format::Html),
            (b"<div class=x><p>a</p></div>", Format::Html),
            (
                b"# Plan\n\n<br>\none<br>two\n\nthree <p>four</p>\n",
                Format::Text,
            ),
            (b"<p>one\ntwo\nthree\nfour\nfive\nsix\nseven", Format::Text),
            (b"", Format::Text),
        ] {
            assert_eq!(recognise(bytes), format);
        }
    }

    #[test]
    fn open_documents_say_what_they_are() {
        for (media_type, format) in [
            (ods::MEDIA_TYPE, Format::OpenSpreadsheet),
            (
                "application/vnd.oasis.opendocument.text",
                Format::OpenDocument,
            ),
            (
                "application/epub+zip",
                foreign("a book (epub)", "convert it to docx or html"),
            ),
        ] {
            let bytes = package::tests::zip_of(&[("mimetype", media_type)]);
            assert_eq!(recognise(&bytes), format);
        }
    }

    #[test]
    fn an_archive_is_not_what_its_members_are() {
        let inner = package::tests::zip_of(&[("word\\document.xml", "")]);
        assert_eq!(recognise(&inner), Format::Docx);
        let names = String::from_utf8_lossy(&inner).into_owned();
        let outer = package::tests::zip_of(&[("a/word/document.xml", &names)]);
        assert_eq!(recognise(&outer), Format::Zip);
    }
}
