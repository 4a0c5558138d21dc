//! Messages (eml) and saved web pages (mht), which have the form of one.
//!
//! Of a page the first text is read, as a saved page is; its frames are listed as
//! dropped. Of a message the text is read, plain where there is a choice, and every
//! file that is attached is a part of its own; pictures in the text are none. Sender,
//! receiver, subject and date are listed as dropped.

use mailparse::{DispositionType, MailHeaderMap as _, ParsedMail};

use super::source::{Contents, Nesting, Unreadable, read_nested};
use super::{csv, html, text_file};
use plansearch_document::RawText;

/// Parts in parts: the parser calls itself for each.
const MAX_NESTED: usize = 100;
/// Most parts of one message.
const MAX_PARTS: usize = 2000;
/// Archives and messages that may stand in one another.
const MAX_LEVELS: usize = 2;
/// A head is no longer.
const MAX_HEAD_BYTES: usize = 16 * 1024;

const HEAD: &str = "邮件头";
const FRAME: &str = "网页中的框架";
const OTHER_FORM: &str = "正文的另一格式";
const HINT: &str = "open it in a mail program or browser and save the text as html";

/// Says whether the bytes begin with the head of a message: lines `Name: value`, among
/// them those that only messages have.
pub(super) fn is_message(bytes: &[u8]) -> bool {
    let start = bytes.get(..MAX_HEAD_BYTES).unwrap_or(bytes);
    let text: String = start.iter().map(|byte| char::from(*byte)).collect();
    let mut names = Vec::new();
    for line in text.trim_start().lines().map(str::trim_end) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        let is_name = |ch: char| ch.is_ascii_alphanumeric() || ch == '-';
        if name.is_empty() || !name.chars().all(is_name) {
            return false;
        }
        names.push(name.to_ascii_lowercase());
    }
    let has = |name: &str| names.iter().any(|known| known == name);
    has("mime-version") && (has("content-type") || has("from"))
        || has("from") && has("date") && (has("subject") || has("message-id"))
}

/// Reads a message that itself may stand in others or messages.
///
/// # Errors
/// [`Unreadable`] when it is damaged, has too many parts or no text.
pub(super) fn read(bytes: &[u8], nesting: Nesting<'_>) -> Result<Contents, Unreadable> {
    if nesting.n_outer >= MAX_LEVELS {
        return Err(Unreadable::new(
            format!("a message inside {MAX_LEVELS} others"),
            "save it as a file of its own",
        ));
    }
    if n_containers(bytes) > MAX_NESTED {
        return Err(Unreadable::new("a message with too many parts", HINT));
    }
    let mail = mailparse::parse_mail(bytes)
        .map_err(|error| Unreadable::new(format!("a damaged message ({error})"), HINT))?;
    let mut leaves = Vec::new();
    let mut open = vec![&mail];
    while let Some(part) = open.pop() {
        if part.subparts.is_empty() {
            leaves.push(part);
        } else {
            open.extend(part.subparts.iter().rev());
        }
    }
    leaves.truncate(MAX_PARTS);
    let is_page = mail.ctype.mimetype == "multipart/related"
        || mail
            .headers
            .get_first_value("Snapshot-Content-Location")
            .is_some();
    if is_page {
        read_page(&leaves)
    } else {
        read_letter(&mail, &leaves, nesting)
    }
}

/// Times that a type of several parts is named.
fn n_containers(bytes: &[u8]) -> usize {
    const TYPE: &[u8] = b"multipart/";
    let windows = bytes.windows(TYPE.len());
    windows
        .filter(|window| window.eq_ignore_ascii_case(TYPE))
        .count()
}

fn read_page(leaves: &[&ParsedMail<'_>]) -> Result<Contents, Unreadable> {
    let mut texts = leaves
        .iter()
        .filter(|leaf| leaf.ctype.mimetype.starts_with("text/html"));
    let first = texts
        .next()
        .ok_or_else(|| Unreadable::new("a web archive (mht) without a page", HINT))?;
    let mut raw = html::read(&content(first)?)?;
    for frame in texts {
        if let Ok(frame) = content(frame).and_then(|content| html::read(&content)) {
            raw.dropped.push((frame.lines.join("\n"), FRAME));
        }
    }
    Ok(Contents::of(Ok(raw)))
}

fn read_letter(
    mail: &ParsedMail<'_>,
    leaves: &[&ParsedMail<'_>],
    nesting: Nesting<'_>,
) -> Result<Contents, Unreadable> {
    let (attached, inline): (Vec<&ParsedMail<'_>>, Vec<&ParsedMail<'_>>) =
        leaves.iter().partition(|leaf| is_attached(leaf));
    let mut raw = body(&inline)?;
    for name in ["From", "To", "Cc", "Date", "Subject"] {
        if let Some(value) = mail.headers.get_first_value(name) {
            raw.dropped.push((format!("{name}: {value}"), HEAD));
        }
    }
    let mut contents = Contents::default();
    if !raw.lines.is_empty() {
        contents = Contents::of(Ok(raw));
    }
    for (idx, leaf) in attached.iter().enumerate() {
        let name = name(leaf).unwrap_or_else(|| format!("附件{}", idx + 1));
        let inner = match content(leaf) {
            Ok(content) => read_nested(&content, nesting.inner()),
            Err(reason) => Contents::of(Err(reason)),
        };
        contents.add(&name, inner);
    }
    if contents.parts.is_empty() {
        return Err(Unreadable::new("a message without text", HINT));
    }
    Ok(contents)
}

/// The text of a letter: the plain parts, or those of markup where no plain one says
/// anything.
fn body(leaves: &[&ParsedMail<'_>]) -> Result<RawText, Unreadable> {
    let of_type = |kind: &'static str| {
        leaves
            .iter()
            .filter(move |leaf| leaf.ctype.mimetype.starts_with(kind))
    };
    let mut raw = RawText::default();
    for leaf in of_type("text/plain") {
        let text = csv::rows_or_text(text_file::read(&content(leaf)?)?);
        let has_text = text.lines.iter().any(|line| !line.trim().is_empty());
        if has_text && raw.lines.is_empty() {
            raw = text;
        } else if has_text {
            raw.lines.extend(text.lines);
            raw.losses.extend(text.losses);
        }
    }
    for leaf in of_type("text/html") {
        let Ok(page) = html::read(&content(leaf)?) else {
            continue;
        };
        if raw.lines.is_empty() {
            raw = page;
        } else {
            raw.dropped.push((page.lines.join("\n"), OTHER_FORM));
        }
    }
    Ok(raw)
}

fn content(leaf: &ParsedMail<'_>) -> Result<Vec<u8>, Unreadable> {
    leaf.get_body_raw()
        .map_err(|error| Unreadable::new(format!("a damaged part of a message ({error})"), HINT))
}

/// Whether the part is a file. Pictures of the text are none.
fn is_attached(leaf: &ParsedMail<'_>) -> bool {
    let is_text = leaf.ctype.mimetype.starts_with("text/");
    let is_media = ["image/", "audio/", "video/"]
        .iter()
        .any(|kind| leaf.ctype.mimetype.starts_with(kind));
    match leaf.get_content_disposition().disposition {
        DispositionType::Attachment => true,
        _ if is_media => false,
        _ => !is_text || name(leaf).is_some(),
    }
}

fn name(leaf: &ParsedMail<'_>) -> Option<String> {
    let disposition = leaf.get_content_disposition();
    let stated = disposition
        .params
        .get("filename")
        .or_else(|| leaf.ctype.params.get("name"))?;
    // Many programs write the form of the subject here, which the standard forbids.
    let header = format!("X: {stated}");
    let decoded = mailparse::parse_header(header.as_bytes())
        .map_or_else(|_| stated.clone(), |(header, _)| header.get_value());
    let name = decoded.replace('\\', "/");
    let name = name.rsplit('/').next().unwrap_or_default().trim();
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::read_bytes;
    use super::*;
    use proptest::prelude::*;

    const LETTER: &str = "From: a@example.com\r\nSubject: =?utf-8?B?6YCa55+l?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: multipart/alternative; boundary=\"c\"\r\n\r\n\
        --c\r\nContent-Type: text/plain; charset=\"gb2312\"\r\nContent-Transfer-Encoding: base64\r\n\r\n1f2zo7mk1/c=\r\n\
        --c\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><p>=E5=8F=A6</p></html>\r\n--c--\r\n\
        --b\r\nContent-Type: application/octet-stream; name=\"=?utf-8?B?6KeE5YiSLnR4dA==?=\"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n5Y+R5bGV\r\n\
        --b\r\nContent-Type: image/png\r\nContent-ID: <x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--b--\r\n";

    #[test]
    fn a_letter_is_its_text_and_its_files() {
        let parts = read_bytes(LETTER.as_bytes());
        assert_eq!(parts.len(), 2);
        let body = parts[0].text.clone().unwrap();
        assert_eq!(
            (parts[0].name.as_str(), body.lines),
            ("", vec!["正常工作".to_owned()])
        );
        let dropped: Vec<&str> = body.dropped.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(dropped, ["另", "From: a@example.com", "Subject: 通知"]);
        let file = parts[1].text.clone().unwrap();
        assert_eq!(
            (parts[1].name.as_str(), file.lines),
            ("规划.txt", vec!["发展".to_owned()])
        );
    }

    #[test]
    fn a_saved_page_is_read_as_a_page() {
        let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.gov.cn/\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"b\"\r\n\r\n\
            --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            <html><meta charset=3D\"utf-8\"><p>=E5=8F=91=E5=B1=\r\n=95</p></html>\r\n\
            --b\r\nContent-Type: text/css\r\n\r\nbody{}\r\n--b--\r\n";
        let parts = read_bytes(page.as_bytes());
        assert_eq!(parts[0].text.clone().unwrap().lines, ["发展"]);
    }

    #[test]
    fn texts_with_colons_are_texts() {
        for (text, expect) in [
            ("标题: 规划\n日期: 2021\n\n正文", false),
            ("From: here\nto there", false),
            ("Note: a\nDate: b\n\nc", false),
            (LETTER, true),
            (
                "Received: by x\n for y\nFrom: a\nDate: b\nMessage-ID: c\n\nd",
                true,
            ),
        ] {
            assert_eq!(is_message(text.as_bytes()), expect, "{text}");
        }
        let nested = "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n".repeat(5000);
        let parts = read_bytes(format!("MIME-Version: 1.0\r\n{nested}").as_bytes());
        assert!(parts[0].text.is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn damaged_messages_do_not_panic(flips in prop::collection::vec((0_usize..2000, any::<u8>()), 0..12), cut in 0_usize..2000) {
            let mut bytes = LETTER.as_bytes().to_vec();
            for (at, byte) in flips {
                let n_bytes = bytes.len();
                bytes[at % n_bytes] = byte;
            }
            let _ = read(&bytes, Nesting::default());
            bytes.truncate(cut);
            let _ = read(&bytes, Nesting::default());
        }
    }
}
