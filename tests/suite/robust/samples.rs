//! Small sound files of every format, made byte by byte.

use std::io::{Cursor, Write as _};

/// The text that most of them hold.
pub(crate) const TEXT: &str = "某市氢能产业发展规划\n第一章 总则\n第一条 建设加氢站十座，发展氢能产业，建设海河联运枢纽。\n第二章 保障措施\n第二条 加强组织领导，完善工作机制。\n";

/// A file of each format, by a name with the suffix it should have.
pub(crate) fn all() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("utf8.txt", TEXT.as_bytes().to_vec()),
        (
            "gb18030.txt",
            encoding_rs::GB18030.encode(TEXT).0.into_owned(),
        ),
        (
            "utf16.txt",
            TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
        ("plan.md", TEXT.replace("第一章", "## 第一章").into_bytes()),
        (
            "table.csv",
            "指标,单位,2020年,2025年\n产值,亿元,10,20\n加氢站,座,2,10\n".into(),
        ),
        ("page.html", page().into_bytes()),
        ("plan.docx", docx(&docx_body())),
        ("table.xlsx", xlsx(XLSX_SHEET)),
        ("table.ods", ods(ODS_TABLE)),
        ("table.xls", xls(&xls_stream())),
        ("plan.doc", doc(&DOC)),
        ("plan.ofd", ofd(OFD_PAGE)),
        ("plan.pdf", pdf(&pdf_content())),
        ("plan.rtf", RTF.as_bytes().to_vec()),
        ("plan.odt", odt(ODT_TEXT)),
        ("plan.pptx", pptx(PPTX_SLIDE)),
        ("slides.odp", odp(ODP_SLIDE)),
        ("letter.eml", MAIL.as_bytes().to_vec()),
        ("saved.mht", SAVED.as_bytes().to_vec()),
        (
            "plans.zip",
            zip(&[("一.txt", TEXT.as_bytes()), ("二.html", page().as_bytes())]),
        ),
        (
            "lines.jsonl",
            "{\"id\":\"x-1\",\"doc\":\"x\",\"title\":\"某条例\",\"text\":\"发展氢能。\"}\n".into(),
        ),
    ]
}

/// Rich text with a code page, Unicode, a table and a note.
pub(crate) const RTF: &str = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}\pard\f0 \'b7\'a2\'d5\'b9\u27682?\u33021?{\footnote\pard note\par}\par\trowd\intbl 2030\cell 500\cell\row\pard{\v x}end\par}";

/// The body of a text of open office programs.
pub(crate) const ODT_TEXT: &str = "<text:h text:outline-level='1'>第一章 总则</text:h><text:p>发展<text:s text:c='2'/>氢能。<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note></text:p><table:table><table:table-row><table:table-cell><text:p>产值</text:p></table:table-cell><table:table-cell><text:p>500</text:p></table:table-cell></table:table-row></table:table>";

/// A slide of a presentation.
pub(crate) const PPTX_SLIDE: &str = "<p:sld><a:p><a:r><a:t>发展氢能产业</a:t></a:r><a:br/></a:p><a:tbl><a:tr><a:tc><a:p><a:t>产值</a:t></a:p></a:tc><a:tc><a:p><a:t>500</a:t></a:p></a:tc></a:tr></a:tbl></p:sld>";

/// A message with a text in two forms and a file.
pub(crate) const MAIL: &str = "From: a@example.com\r\nSubject: =?utf-8?B?6YCa55+l?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\n5Y+R5bGV\r\n--b\r\nContent-Type: application/octet-stream; name=\"a.txt\"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E5=8F=91\r\n--b--\r\n";

/// A web page saved as one file.
pub(crate) const SAVED: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.example/b.html\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><meta charset=3D\"utf-8\"><p>=E5=8F=91=E5=B1=95</p></html>\r\n--b--\r\n";

/// A slide of open office programs.
pub(crate) const ODP_SLIDE: &str = "<draw:page draw:name='一'><draw:frame><draw:text-box><text:p>发展氢能产业</text:p></draw:text-box></draw:frame></draw:page>";

/// A presentation of open office programs.
pub(crate) fn odp(slide: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:presentation>{slide}</office:presentation></office:body></office:document-content>"
    );
    zip(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.presentation",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

/// A text of open office programs.
pub(crate) fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A presentation of one slide.
pub(crate) fn pptx(slide: &str) -> Vec<u8> {
    zip(&[
        ("ppt/presentation.xml", b"<p:presentation/>"),
        ("ppt/slides/slide1.xml", slide.as_bytes()),
    ])
}

/// A zip archive, packed.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An OLE container.
pub(crate) fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        let mut stream = file.create_stream(name).unwrap();
        stream.write_all(content).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A page with an article and a menu.
pub(crate) fn page() -> String {
    let lines: Vec<String> = TEXT.lines().map(|line| format!("<p>{line}</p>")).collect();
    format!(
        "<html><head><title>某市规划</title></head><body><ul><li><a href='/'>首页</a></li><li><a href='/a'>政策</a></li></ul><div class='article'>{}</div><table><tr><td>指标</td><td>2025年</td></tr></table></body></html>",
        lines.concat()
    )
}

/// The body of [`docx`]: paragraphs and a table.
pub(crate) fn docx_body() -> String {
    let lines: Vec<String> = TEXT
        .lines()
        .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
        .collect();
    format!(
        "{}<w:tbl><w:tr><w:tc><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>目标</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        lines.concat()
    )
}

/// A Word document with this body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let main = format!("<w:document xmlns:w='urn:w'><w:body>{body}</w:body></w:document>");
    zip(&[
        ("_rels/.rels", b"<Relationships><Relationship Id='r1' Type='http://x/officeDocument' Target='word/document.xml'/></Relationships>"),
        ("word/document.xml", main.as_bytes()),
    ])
}

pub(crate) const XLSX_SHEET: &str = "<worksheet><sheetData>\
    <row r='1'><c r='A1' t='inlineStr'><is><t>指标</t></is></c><c r='B1' t='inlineStr'><is><t>目标</t></is></c></row>\
    <row r='2'><c r='A2' t='inlineStr'><is><t>加氢站</t></is></c><c r='B2'><v>10</v></c></row>\
    </sheetData></worksheet>";

/// A workbook with this sheet.
pub(crate) fn xlsx(sheet: &str) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let rels = format!(
        "<Relationships xmlns='{package}'><Relationship Id='rId1' Type='{office}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
    );
    let book = format!(
        "<workbook xmlns:r='{office}'><sheets><sheet name='表1' sheetId='1' r:id='rId1'/></sheets></workbook>"
    );
    let book_rels = format!(
        "<Relationships xmlns='{package}'><Relationship Id='rId1' Type='{office}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
    );
    zip(&[
        ("_rels/.rels", rels.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", book_rels.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

pub(crate) const ODS_TABLE: &str = "<table:table table:name='表1'>\
    <table:table-row><table:table-cell office:value-type='string'><text:p>指标</text:p></table:table-cell><table:table-cell office:value-type='string'><text:p>目标</text:p></table:table-cell></table:table-row>\
    <table:table-row><table:table-cell office:value-type='string'><text:p>加氢站</text:p></table:table-cell><table:table-cell office:value-type='float' office:value='10'><text:p>10</text:p></table:table-cell></table:table-row>\
    </table:table>";

/// An open-document spreadsheet with this table.
pub(crate) fn ods(table: &str) -> Vec<u8> {
    let names = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<office:document-content xmlns:office='{names}:office:1.0' xmlns:table='{names}:table:1.0' xmlns:text='{names}:text:1.0'><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = format!("<manifest:manifest xmlns:manifest='{names}:manifest:1.0'/>");
    zip(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

fn xls_record(kind: u16, body: &[u8]) -> Vec<u8> {
    let size = body.len() as u16;
    [&kind.to_le_bytes(), &size.to_le_bytes(), body].concat()
}

/// The stream of an old workbook with one sheet of two numbers.
pub(crate) fn xls_stream() -> Vec<u8> {
    let begin = |kind: u8| xls_record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let number = |column: u8, value: f64| {
        let head = [0, 0, column, 0, 0, 0];
        xls_record(0x0203, &[&head[..], &value.to_le_bytes()].concat())
    };
    let globals = begin(5);
    let start = (globals.len() + 4 + 10 + 4) as u32;
    let bound = [&start.to_le_bytes()[..], &[0, 0, 1, 1, 0x68, 0x88]].concat();
    [
        globals,
        xls_record(0x0085, &bound),
        xls_record(0x000a, &[]),
        begin(16),
        number(0, 2025.0),
        number(1, 6.5),
        xls_record(0x000a, &[]),
    ]
    .concat()
}

/// An old workbook with this stream.
pub(crate) fn xls(stream: &[u8]) -> Vec<u8> {
    container(&[("/Workbook", stream)])
}

pub(crate) const OFD_PAGE: &str = "<ofd:TextObject Size='4' Boundary='20 50 160 5'><ofd:TextCode X='0' Y='4'>第一章 总则</ofd:TextCode></ofd:TextObject><ofd:TextObject Size='4' Boundary='20 60 160 5'><ofd:TextCode X='0' Y='4'>建设加氢站十座。</ofd:TextCode></ofd:TextObject>";

/// A fixed-layout document of one page.
pub(crate) fn ofd(page: &str) -> Vec<u8> {
    let page =
        format!("<ofd:Page><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>");
    zip(&[
        ("OFD.xml", b"<ofd:OFD><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"),
        ("Doc_0/Document.xml", b"<ofd:Document><ofd:Pages><ofd:Page ID='1' BaseLoc='Pages/0.xml'/></ofd:Pages></ofd:Document>"),
        ("Doc_0/Pages/0.xml", page.as_bytes()),
    ])
}

/// What the page of [`pdf`] draws.
pub(crate) fn pdf_content() -> String {
    let rows = TEXT.lines().enumerate().map(|(idx, line)| {
        let codes: Vec<String> = line
            .encode_utf16()
            .map(|unit| format!("{unit:04x}"))
            .collect();
        let y = 780 - 24 * idx;
        format!("BT /F1 12 Tf 90 {y} Td <{}> Tj ET\n", codes.concat())
    });
    rows.collect()
}

/// A pdf of one page in a font that is not embedded.
pub(crate) fn pdf(content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [5 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> /DW 1000 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 6 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len() + 1),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut starts = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        starts.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", idx + 1).into_bytes());
    }
    let start = file.len();
    let size = objects.len() + 1;
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").into_bytes());
    for start in starts {
        file.extend(format!("{start:010} 00000 n \n").into_bytes());
    }
    let end = format!("trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.extend(end.into_bytes());
    file
}

/// What an old Word file holds. Marks stand in the text as Word writes them:
/// `\r` ends a paragraph, `\u{7}` a cell or a row.
pub(crate) struct Doc<'a> {
    /// Pieces of text, each with whether it is stored in one byte a character.
    pub(crate) pieces: &'a [(&'a str, bool)],
    /// Characters of the main text, when others follow it: notes, headers,
    /// comments, endnotes, text boxes.
    pub(crate) n_main: Option<usize>,
    /// Characters of notes, headers, comments, endnotes, text boxes.
    pub(crate) n_others: [usize; 5],
    /// Properties of a paragraph, by a piece of its text: style and modifiers.
    pub(crate) paragraphs: &'a [(&'a str, u16, &'a [u8])],
    /// Properties of characters, by the text they hold.
    pub(crate) characters: &'a [(&'a str, &'a [u8])],
}

/// In a table.
pub(crate) const IN_TABLE: &[u8] = &[0x16, 0x24, 1];
/// The end of a row.
pub(crate) const ROW_END: &[u8] = &[0x16, 0x24, 1, 0x17, 0x24, 1];

/// The old Word file among [`all`].
pub(crate) const DOC: Doc<'_> = Doc {
    pieces: &[
        ("某市氢能产业发展规划\r第一章 总则\r", false),
        ("2021-2025\r", true),
        ("建设加氢站十座。\r指标\u{7}目标\u{7}\u{7}", false),
    ],
    n_main: None,
    n_others: [0; 5],
    paragraphs: &[
        ("第一章", 1, &[]),
        ("指标\u{7}", 0, IN_TABLE),
        ("目标\u{7}", 0, IN_TABLE),
        ("\u{7}\u{7}", 0, ROW_END),
    ],
    characters: &[],
};

const TEXT_START: usize = 0x400;

/// An old Word file (97 to 2003).
pub(crate) fn doc(doc: &Doc<'_>) -> Vec<u8> {
    let (main, table) = doc_streams(doc);
    container(&[("/WordDocument", &main), ("/1Table", &table)])
}

/// The streams `WordDocument` and `1Table`.
pub(crate) fn doc_streams(doc: &Doc<'_>) -> (Vec<u8>, Vec<u8>) {
    let mut stream = vec![0; TEXT_START];
    // Place in the file of each character, and behind the last.
    let mut places = Vec::new();
    let mut positions = vec![0_u32];
    let mut descriptors = Vec::new();
    let mut whole = String::new();
    for (text, is_narrow) in doc.pieces {
        let start = stream.len() as u32;
        let start = if *is_narrow {
            (start * 2) | 0x4000_0000
        } else {
            start
        };
        descriptors.extend([0, 0]);
        descriptors.extend(start.to_le_bytes());
        descriptors.extend([0, 0]);
        for unit in text.encode_utf16() {
            places.push(stream.len());
            if *is_narrow {
                stream.push(unit as u8);
            } else {
                stream.extend(unit.to_le_bytes());
            }
        }
        positions.push(places.len() as u32);
        whole += text;
    }
    places.push(stream.len());
    let mut clx = vec![2];
    clx.extend(((positions.len() * 4 + descriptors.len()) as u32).to_le_bytes());
    clx.extend(positions.iter().flat_map(|position| position.to_le_bytes()));
    clx.extend(descriptors);

    let units: Vec<u16> = whole.encode_utf16().collect();
    let find = |part: &str| {
        let part: Vec<u16> = part.encode_utf16().collect();
        let at = units.windows(part.len()).position(|window| window == part);
        (at.unwrap(), part.len())
    };
    // Paragraphs end at marks; what a property names is part of the paragraph,
    // or ends with its mark.
    let mut ends: Vec<usize> = (0..units.len())
        .filter(|at| matches!(units[*at], 7 | 12 | 13))
        .map(|at| at + 1)
        .collect();
    if ends.last() != Some(&units.len()) {
        ends.push(units.len());
    }
    let paragraphs: Vec<(usize, Vec<u8>)> = ends
        .iter()
        .map(|end| {
            let named = doc.paragraphs.iter().find(|(part, ..)| {
                let (at, n) = find(part);
                ends.iter().find(|end| **end >= at + n) == Some(end)
            });
            let (style, modifiers) = named.map_or((0, &[][..]), |(_, s, m)| (*s, *m));
            let mut properties = style.to_le_bytes().to_vec();
            properties.extend(modifiers);
            if !properties.len().is_multiple_of(2) {
                properties.push(0);
            }
            let mut packed = vec![0, (properties.len() / 2) as u8];
            packed.extend(properties);
            (places[*end], packed)
        })
        .collect();
    let mut runs = Vec::new();
    let mut last = 0;
    for (part, modifiers) in doc.characters {
        let (at, n) = find(part);
        if at > last {
            runs.push((places[at], vec![0]));
        }
        let mut packed = vec![modifiers.len() as u8];
        packed.extend(*modifiers);
        runs.push((places[at + n], packed));
        last = at + n;
    }
    if last < units.len() {
        runs.push((places[units.len()], vec![0]));
    }
    let mut table = clx.clone();
    for (slot, entry_bytes, ranges) in [(0xfa, 1, runs), (0x102, 13, paragraphs)] {
        stream.resize(stream.len().next_multiple_of(512), 0);
        let page_no = (stream.len() / 512) as u32;
        stream.extend(formatted_page(&ranges, entry_bytes));
        let start = table.len() as u32;
        let end = ranges.last().map_or(TEXT_START, |(end, _)| *end) as u32;
        table.extend((TEXT_START as u32).to_le_bytes());
        table.extend(end.to_le_bytes());
        table.extend(page_no.to_le_bytes());
        put(&mut stream, slot, &start.to_le_bytes());
        put(&mut stream, slot + 4, &12_u32.to_le_bytes());
    }
    put(&mut stream, 0, &0xa5ec_u16.to_le_bytes());
    put(&mut stream, 2, &0xc1_u16.to_le_bytes());
    put(&mut stream, 0x0a, &0x0200_u16.to_le_bytes());
    let n_main = doc.n_main.unwrap_or(units.len()) as u32;
    put(&mut stream, 0x4c, &n_main.to_le_bytes());
    for (slot, n) in [0x50, 0x54, 0x5c, 0x60, 0x64].into_iter().zip(doc.n_others) {
        put(&mut stream, slot, &(n as u32).to_le_bytes());
    }
    put(&mut stream, 0x01a6, &(clx.len() as u32).to_le_bytes());
    (stream, table)
}

fn put(stream: &mut [u8], at: usize, bytes: &[u8]) {
    stream[at..at + bytes.len()].copy_from_slice(bytes);
}

/// A page of formatting: ends of ranges and what holds in them.
fn formatted_page(ranges: &[(usize, Vec<u8>)], entry_bytes: usize) -> Vec<u8> {
    let mut page = vec![0; 512];
    put(&mut page, 0, &(TEXT_START as u32).to_le_bytes());
    let entries = 4 * (ranges.len() + 1);
    let mut free = 510;
    for (idx, (end, packed)) in ranges.iter().enumerate() {
        put(&mut page, 4 * (idx + 1), &(*end as u32).to_le_bytes());
        free = (free - packed.len()) / 2 * 2;
        put(&mut page, free, packed);
        page[entries + idx * entry_bytes] = (free / 2) as u8;
    }
    assert!(
        entries + ranges.len() * entry_bytes <= free,
        "one page holds no more"
    );
    page[511] = ranges.len() as u8;
    page
}
