//! Open fixed-layout documents (OFD, GB/T 33190).
//!
//! Answers the text of the pages in order: its words where they stand on the
//! page become lines, lines become paragraphs. What a template repeats on every
//! page stands once. Seals, pictures and attached files are no text here; that a
//! file is attached is a warning.

mod layout;
mod page;

use super::package::{MAX_UNPACKED_BYTES, Package};
use super::source::Unreadable;
use super::xml::{self, Node};
use page::Page;
use plansearch_document::Warning;
use plansearch_document::{Property, PropertyKey, RawText};

const DAMAGED_HINT: &str = "open it in an ofd viewer and save it as pdf or text";

/// Most pages that are read.
const MAX_PAGES: usize = 20_000;

/// Reads a document.
///
/// # Errors
/// [`Unreadable`] when the package is damaged or no page holds text.
pub(super) fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    let mut package = Package::open(bytes, MAX_UNPACKED_BYTES)?;
    let mut raw = RawText {
        lines_are_paragraphs: true,
        ..RawText::default()
    };
    let roots = roots(&mut package, &mut raw)?;
    let mut pages = Vec::new();
    for root in roots {
        pages.extend(pages_of(&mut package, &root, &mut raw)?);
    }
    let mut n_rotated = 0;
    for page in &mut pages {
        for text in page.take_rotated() {
            n_rotated += 1;
            raw.dropped.push((text, "斜排文字（水印）"));
        }
    }
    if n_rotated > 0 {
        raw.warnings.push(Warning::Askew(n_rotated));
    }
    layout::write(&pages, &mut raw);
    if raw.lines.is_empty() {
        return Err(Unreadable::new(
            "an ofd file whose pages are pictures or empty",
            "recognise its text (OCR) and save it as text",
        ));
    }
    Ok(raw)
}

/// The main files of the documents in the package.
fn roots(package: &mut Package<'_>, raw: &mut RawText) -> Result<Vec<String>, Unreadable> {
    let entry = package
        .text("OFD.xml")?
        .ok_or_else(|| Unreadable::new("an ofd file without its entry", DAMAGED_HINT))?;
    let mut path: Vec<String> = Vec::new();
    let (mut roots, mut title) = (Vec::new(), String::new());
    let warning = xml::walk(&entry, |node| {
        match node {
            Node::Open(element) => path.push(element.name()),
            Node::Close => {
                path.pop();
            }
            Node::Text(text) => match path.last().map(String::as_str) {
                Some("DocRoot") => roots.push(text.trim().to_owned()),
                Some("Title") if title.is_empty() => text.trim().clone_into(&mut title),
                _ => {}
            },
        }
        Ok(())
    })?;
    raw.losses.extend(warning);
    if !title.is_empty() {
        raw.properties.push(Property {
            key: PropertyKey::Title,
            value: title,
            place: "ofd DocInfo",
        });
    }
    roots.retain(|root| !root.is_empty());
    if roots.is_empty() {
        return Err(Unreadable::new(
            "an ofd file without a document",
            DAMAGED_HINT,
        ));
    }
    Ok(roots)
}

/// What a document lists.
#[derive(Default)]
struct Listing {
    /// Files of the pages in order.
    pages: Vec<String>,
    /// Numbers and files of the templates.
    templates: Vec<(String, String)>,
    has_attachments: bool,
}

fn pages_of(
    package: &mut Package<'_>,
    root: &str,
    raw: &mut RawText,
) -> Result<Vec<Page>, Unreadable> {
    let document = package
        .text(root)?
        .ok_or_else(|| Unreadable::new(format!("an ofd file without `{root}`"), DAMAGED_HINT))?;
    let mut listing = Listing::default();
    let warning = xml::walk(&document, |node| {
        let Node::Open(element) = node else {
            return Ok(());
        };
        let place = element.attribute("BaseLoc");
        match (element.name().as_str(), place) {
            ("Page", Some(place)) => listing.pages.push(place),
            ("TemplatePage", Some(place)) => {
                let id = element.attribute("ID").unwrap_or_default();
                listing.templates.push((id, place));
            }
            ("Attachments", _) => listing.has_attachments = true,
            _ => {}
        }
        Ok(())
    })?;
    raw.losses.extend(warning);
    if listing.has_attachments {
        raw.losses
            .push("files attached to it are not read".to_owned());
    }
    if listing.pages.len() > MAX_PAGES {
        raw.losses
            .push(format!("pages after page {MAX_PAGES} are not read"));
    }
    let mut pages = Vec::new();
    let mut n_missing = 0;
    for place in listing.pages.iter().take(MAX_PAGES) {
        let Some(content) = text_at(package, root, place)? else {
            n_missing += 1;
            continue;
        };
        let (mut page, warning) = Page::parse(&content)?;
        raw.losses.extend(warning);
        for id in std::mem::take(&mut page.templates) {
            let at = listing
                .templates
                .iter()
                .position(|(template, _)| *template == id);
            let Some(at) = at else { continue };
            // Taken out of the list, so that it stands on its first page only.
            let (_, place) = listing.templates.swap_remove(at);
            if let Some(content) = text_at(package, root, &place)? {
                let (template, warning) = Page::parse(&content)?;
                raw.losses.extend(warning);
                page.runs.extend(template.runs);
            }
        }
        pages.push(page);
    }
    if n_missing > 0 {
        raw.losses
            .push(format!("{n_missing} pages are missing from the file"));
    }
    Ok(pages)
}

/// A file named in `root`: beside it or, with a slash before it, from the top.
fn text_at(
    package: &mut Package<'_>,
    root: &str,
    place: &str,
) -> Result<Option<String>, Unreadable> {
    if place.starts_with('/') {
        return package.text(place);
    }
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = package.text(&format!("{folder}/{}", place.trim_start_matches("./")))?;
    match beside {
        Some(text) => Ok(Some(text)),
        None => package.text(place),
    }
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip_of;
    use super::*;
    use proptest::prelude::*;

    fn run(x: f64, y: f64, text: &str) -> String {
        format!(
            "<ofd:TextObject Size='5' Boundary='{x} {y} 200 6'><ofd:TextCode X='0' Y='5' DeltaX='g {} 5'>{text}</ofd:TextCode></ofd:TextObject>",
            text.chars().count() - 1
        )
    }

    fn document(pages: &[String]) -> Vec<u8> {
        let list: Vec<String> = (0..pages.len())
            .map(|n| format!("<ofd:Page ID='{n}' BaseLoc='Pages/{n}.xml'/>"))
            .collect();
        let list = list.concat();
        let names: Vec<String> = (0..pages.len())
            .map(|n| format!("Doc_0/Pages/{n}.xml"))
            .collect();
        let main = format!(
            "<ofd:Document><ofd:CommonData><ofd:TemplatePage ID='9' BaseLoc='T.xml'/></ofd:CommonData><ofd:Pages>{list}</ofd:Pages><ofd:Attachments>a</ofd:Attachments></ofd:Document>"
        );
        let template = format!("<ofd:Page>{}</ofd:Page>", run(60.0, 10.0, "某市文件"));
        let contents: Vec<String> = pages
            .iter()
            .map(|page| format!("<ofd:Page><ofd:Template TemplateID='9'/>{page}</ofd:Page>"))
            .collect();
        let mut members = vec![
            (
                "OFD.xml",
                "<ofd:OFD><ofd:DocBody><ofd:DocInfo><ofd:Title>某市规划</ofd:Title></ofd:DocInfo><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            ),
            ("Doc_0/Document.xml", main.as_str()),
            ("Doc_0/T.xml", template.as_str()),
        ];
        members.extend(
            names
                .iter()
                .map(String::as_str)
                .zip(contents.iter().map(String::as_str)),
        );
        zip_of(&members)
    }

    #[test]
    fn lines_become_paragraphs_across_pages() {
        let first = [
            run(30.0, 50.0, "一二三四五六七八九十甲乙"),
            run(20.0, 60.0, "一二三四五六七八九十甲乙丙丁"),
            run(95.0, 280.0, "— 1 —"),
        ]
        .concat();
        let second = [
            run(20.0, 50.0, "一二三。"),
            run(30.0, 60.0, "丙"),
            run(35.0, 60.0, "丁。"),
            run(30.0, 70.0, "戊&amp;己"),
        ]
        .concat();
        let raw = read(&document(&[first, second])).unwrap();
        assert_eq!(
            raw.lines,
            [
                "某市文件",
                "一二三四五六七八九十甲乙一二三四五六七八九十甲乙丙丁一二三。",
                "丙丁。",
                "戊&己",
            ]
        );
        assert_eq!(raw.dropped, [("— 1 —".to_owned(), "页码")]);
        assert_eq!(raw.properties[0].value, "某市规划");
        assert_eq!(raw.losses, ["files attached to it are not read"]);
    }

    #[test]
    fn a_document_of_pictures_is_refused() {
        assert!(
            read(&zip_of(&[
                ("OFD.xml", "<OFD><DocRoot>a</DocRoot></OFD>"),
                ("a", "<D/>")
            ]))
            .is_err()
        );
    }

    proptest! {
        #[test]
        fn damaged_documents_do_not_panic(changes in prop::collection::vec((0_usize..3000, any::<u8>()), 0..8)) {
            let mut bytes = document(&[run(20.0, 50.0, "一二三。")]);
            for (at, byte) in changes {
                let n_bytes = bytes.len();
                bytes[at % n_bytes] = byte;
            }
            let _ = read(&bytes);
        }

        #[test]
        fn any_numbers_do_not_panic(numbers in "[-0-9eE. gNaNinf]{0,30}") {
            let page = format!("<TextObject Size='{numbers}' Boundary='{numbers}' CTM='{numbers}'><TextCode X='{numbers}' DeltaX='{numbers}'>甲乙</TextCode></TextObject>");
            let _ = read(&document(&[page]));
        }
    }
}
