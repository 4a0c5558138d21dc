//! What a file is, from its content. The suffix does not count.

use super::package;

/// The formats that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text or Markdown in some encoding.
    Text,
    /// A page of markup.
    Html,
    /// Word, or another office program's document in its form.
    Docx,
    /// A spreadsheet.
    Spreadsheet,
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
        None => Format::Text,
    }
}

/// Tells office files from other archives by the names of their members. In an
/// archive without its directory the names stand before the members.
fn in_zip(bytes: &[u8]) -> Format {
    let members: [(&[u8], Format); 3] = [
        (b"word/document.xml", Format::Docx),
        (b"xl/workbook.xml", Format::Spreadsheet),
        (b"OFD.xml", Format::Ofd),
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
        .unwrap_or(Format::Zip)
}

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
            (b"", Format::Text),
        ] {
            assert_eq!(recognise(bytes), format);
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
