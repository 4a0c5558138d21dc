//! Comments in the writer's own Word document: its text and look stay, the comments stand
//! at the sentences that they are about.

use std::io::{Cursor, Read as _, Write as _};

use zip::ZipArchive;
use zip::write::SimpleFileOptions;

use crate::cli::Desk;
use crate::library::seeds_dir;

const BODY: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:x="urn:own"><w:body>
<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="44"/></w:rPr><w:t>关于港区发展的意见</w:t></w:r></w:p>
<w:p><w:r><w:t>前面一句是自己写的。</w:t></w:r><w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>到2025年，氢能产业产值</w:t></w:r><w:proofErr w:type="spellEnd"/><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">力争突破900亿元&amp;。后面一句也是 </w:t><w:tab/></w:r><w:del w:id="9" w:author="甲"><w:r><w:delText>删去的</w:delText></w:r></w:del></w:p>
<w:tbl><w:tr><w:tc><w:p x:own="1"><w:r><w:t>港口吞吐量</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>"#;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const THEME: &str = "<a:theme xmlns:a=\"urn:own\"/>";

fn draft() -> Vec<u8> {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", BODY),
        ("word/theme/theme1.xml", THEME),
    ] {
        package
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        package.write_all(text.as_bytes()).unwrap();
    }
    package.finish().unwrap().into_inner()
}

fn part(package: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = String::new();
    let mut file = archive.by_name(name).unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

/// The body without the marks of comments, and with runs of one look put together again.
fn without_comments(body: &str) -> String {
    let mut rest = body.to_owned();
    for (start, end) in [
        ("<w:commentRangeStart ", "/>"),
        ("<w:commentRangeEnd ", "/>"),
        ("<w:r><w:commentReference ", "</w:r>"),
    ] {
        while let Some((front, back)) = rest.split_once(start) {
            let (_, back) = back.split_once(end).unwrap();
            rest = format!("{front}{back}");
        }
    }
    for look in [
        "",
        "<w:rPr><w:i/></w:rPr>",
        "<w:rPr><w:b/><w:sz w:val=\"44\"/></w:rPr>",
    ] {
        let parting = format!("</w:t></w:r><w:r>{look}<w:t xml:space=\"preserve\">");
        rest = rest.replace(&parting, "");
    }
    rest.replace("<w:t xml:space=\"preserve\">", "<w:t>")
}

/// The text between the marks of a comment.
fn commented(body: &str, id: &str) -> String {
    let (_, rest) = body
        .split_once(&format!("<w:commentRangeStart w:id=\"{id}\"/>"))
        .unwrap();
    let (inner, _) = rest
        .split_once(&format!("<w:commentRangeEnd w:id=\"{id}\"/>"))
        .unwrap();
    let pieces = inner.split("<w:t").skip(1);
    let texts = pieces.filter_map(|piece| Some(piece.split_once('>')?.1.split_once("</w:t>")?.0));
    texts.collect()
}

#[test]
fn a_word_draft_comes_back_as_it_was_with_comments_in_its_margin() {
    let desk = Desk::new();
    let run = desk.run(&["index", seeds_dir().to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    std::fs::write(desk.path().join("稿.docx"), draft()).unwrap();
    for (command, wanted, said) in [
        ("trace", "到2025年，氢能产业产值力争突破900亿元", "100亿元"),
        ("check", "突破900亿元", "100亿元"),
    ] {
        let run = desk.run(&[command, "稿.docx", "-o", "批.docx"]);
        assert!(run.code < 2, "{command}: {}", run.stderr);
        let made = std::fs::read(desk.path().join("批.docx")).unwrap();
        assert_eq!(part(&made, "word/theme/theme1.xml"), THEME);
        let body = part(&made, "word/document.xml");
        let plain = BODY.replace("<w:t xml:space=\"preserve\">", "<w:t>");
        assert_eq!(without_comments(&body), plain, "{command}");
        let comments = part(&made, "word/comments.xml");
        let ids: Vec<&str> = comments
            .split("w:id=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        let places: Vec<String> = ids.iter().map(|id| commented(&body, id)).collect();
        assert!(places.iter().any(|place| place == wanted), "{places:?}");
        assert!(comments.contains(said), "{comments}");
        assert!(part(&made, "[Content_Types].xml").contains("/word/comments.xml"));
        assert!(part(&made, "word/_rels/document.xml.rels").contains("/comments"));
        // Once more: the comments of before stay, the new ones have other numbers.
        let run = desk.run(&[command, "批.docx", "-o", "再批.docx"]);
        assert!(run.code < 2, "{command}: {}", run.stderr);
        let again = std::fs::read(desk.path().join("再批.docx")).unwrap();
        let comments = part(&again, "word/comments.xml");
        let mut all: Vec<&str> = comments
            .split("w:id=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert_eq!(all.len(), 2 * ids.len());
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 2 * ids.len());
    }
}
