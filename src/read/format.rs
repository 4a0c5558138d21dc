//! What a file is, from its content. The suffix does not count.

use super::{ods, package};

/// The formats that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text or Markdown in some encoding.
    Text,
    /// A page of markup.
    Html,
    /// A page with all its pictures in one file (mht).
    WebArchive,
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
    /// An archive of files.
    Zip,
    /// An OLE file: doc, xls, wps, et.
    OldOffice,
    /// A picture.
    Picture,
    /// Something else.
    Unknown,
}

/// Recognises the format of `bytes`.
pub fn recognise(bytes: &[u8]) -> Format {
    let signatures: [(&[u8], Format); 6] = [
        (b"%PDF-", Format::Pdf),
        (b"PK\x03\x04", Format::Zip),
        (b"\xd0\xcf\x11\xe0", Format::OldOffice),
        (b"\x89PNG", Format::Picture),
        (b"\xff\xd8\xff", Format::Picture),
        (b"{\\rtf", Format::Unknown),
    ];
    let known = signatures
        .into_iter()
        .find_map(|(signature, format)| bytes.starts_with(signature).then_some(format));
    match known {
        Some(Format::Zip) => in_zip(bytes),
        Some(format) => format,
        None if is_web_archive(bytes) => Format::WebArchive,
        None if is_page(bytes) => Format::Html,
        None => Format::Text,
    }
}

/// Says whether the bytes begin with the head of a message of several parts.
fn is_web_archive(bytes: &[u8]) -> bool {
    let start = bytes.get(..1024).unwrap_or(bytes);
    let text = encoding_rs::WINDOWS_1252
        .decode(start)
        .0
        .to_ascii_lowercase();
    (text.starts_with("from:") || text.starts_with("mime-version:"))
        && text.contains("multipart/related")
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
        (b"ppt/presentation.xml", Format::Presentation),
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
            ("application/epub+zip", Format::Zip),
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
