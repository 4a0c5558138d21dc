//! Small documents, made in the test, and what their lines are.

use super::super::package::tests::zip_of;
use super::*;
use proptest::prelude::*;

const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId='0'>\
    <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='（%2）'/></w:lvl>\
    <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%3.'/></w:lvl>\
    </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
const STYLES: &str = "<w:styles>\
    <w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='t1'><w:name w:val='toc 1'/></w:style></w:styles>";
const NOTES: &str = "<w:footnotes>\
    <w:footnote w:type='separator' w:id='-1'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
    <w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t>按当年价格。</w:t></w:r></w:p></w:footnote>\
    <w:footnote w:id='3'><w:p><w:r><w:t>无人引用。</w:t></w:r></w:p></w:footnote></w:footnotes>";
const RELATIONS: &str = "<Relationships>\
    <Relationship Type='http://purl.oclc.org/ooxml/officeDocument/relationships/styles' Target='styles.xml'/>\
    <Relationship Type='x/numbering' Target='numbering.xml'/>\
    <Relationship Type='x/footnotes' Target='/word/footnotes.xml'/>\
    <Relationship Type='x/header' Target='header1.xml'/>\
    <Relationship Type='x/comments' Target='comments.xml'/></Relationships>";

fn document(body: &str) -> Vec<u8> {
    let body = format!("<w:document xmlns:w='urn:w'><w:body>{body}</w:body></w:document>");
    zip_of(&[
        ("word/document.xml", &body),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", NOTES),
        (
            "word/header1.xml",
            "<w:hdr><w:p><w:r><w:t>某市规划</w:t></w:r></w:p></w:hdr>",
        ),
        (
            "word/comments.xml",
            "<w:comments><w:comment w:id='1'><w:p><w:r><w:t>请核</w:t></w:r></w:p></w:comment></w:comments>",
        ),
        ("word/_rels/document.xml.rels", RELATIONS),
        (
            "docProps/core.xml",
            "<c:coreProperties><dc:title>某市“十四五”规划</dc:title><dc:creator>张三</dc:creator></c:coreProperties>",
        ),
    ])
}

/// `check(body, lines, dropped)`, dropped without the header and the notes that
/// every test document has.
fn check(body: &str, lines: &[&str], dropped: &[(&str, &str)]) -> RawText {
    let raw = read(&document(body)).unwrap();
    assert_eq!(raw.lines, lines);
    let found: Vec<(&str, &str)> = raw
        .dropped
        .iter()
        .map(|(text, reason)| (text.as_str(), *reason))
        .filter(|(_, reason)| ![HEADER, COMMENT, "正文未引用的注"].contains(reason))
        .collect();
    assert_eq!(found, dropped);
    raw
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn para(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text))
}

fn numbered(level: u8, text: &str) -> String {
    let number = format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>");
    format!("<w:p><w:pPr>{number}</w:pPr>{}</w:p>", run(text))
}

fn field(kind: &str) -> String {
    format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>")
}

#[test]
fn numbers_that_nobody_typed_are_text() {
    let body = [
        numbered(0, "总体要求"),
        numbered(1, "指导思想"),
        numbered(1, "基本原则"),
        numbered(2, "统筹规划"),
        numbered(0, "主要任务"),
        numbered(1, "建设网络"),
    ];
    let lines = [
        "一、总体要求",
        "（一）指导思想",
        "（二）基本原则",
        "1.统筹规划",
        "二、主要任务",
        "（一）建设网络",
    ];
    check(&body.concat(), &lines, &[]);
}

#[test]
fn the_strict_form_of_the_format_is_read() {
    let main = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let relations = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    let body = [
        "<w:p><w:pPr><w:pStyle w:val='1'/><w:jc w:val='start'/></w:pPr>",
        &run("总体要求"),
        "</w:p>",
        &numbered(1, "指导思想"),
        "<w:tbl><w:tblPr><w:tblW w:w='100%'/></w:tblPr>",
        "<w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>",
        &para("设施"),
        "</w:tc><w:tc>",
        &para("加氢站"),
        "</w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:rPr><w:vanish w:val='false'/></w:rPr><w:t>正文。</w:t></w:r></w:p>",
    ];
    let document = format!(
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:document xmlns:w='{main}' xmlns:r='{relations}' w:conformance='strict'><w:body>{}</w:body></w:document>",
        body.concat()
    );
    let parts = format!(
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
         <Relationship Id='a' Type='{relations}/styles' Target='styles.xml'/>\
         <Relationship Id='b' Type='{relations}/numbering' Target='numbering.xml'/></Relationships>"
    );
    let root = format!(
        "<Relationships><Relationship Id='a' Type='{relations}/officeDocument' Target='word/document.xml'/></Relationships>"
    );
    let bytes = zip_of(&[
        ("_rels/.rels", &root),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", &parts),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
    ]);
    let source = super::super::source::read_bytes(&bytes);
    let raw = source[0].text.as_ref().unwrap();
    assert_eq!(
        raw.lines,
        ["总体要求", "（一）指导思想", "设施 | 加氢站 |", "正文。"]
    );
    assert_eq!(raw.heading_lines.get(&0), Some(&1));
}

#[test]
fn headings_are_marked_and_broken_ones_joined() {
    let body = "<w:p><w:pPr><w:pStyle w:val='1'/></w:pPr><w:r><w:t>第一章</w:t><w:br/><w:t>总则</w:t></w:r></w:p>\
        <w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>目标</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pStyle w:val='1'/><w:outlineLvl w:val='9'/></w:pPr><w:r><w:t>正文</w:t><w:br/><w:t>续</w:t></w:r></w:p>";
    let raw = check(body, &["第一章 总则", "目标", "正文", "续"], &[]);
    assert_eq!(
        raw.heading_lines.into_iter().collect::<Vec<_>>(),
        [(0, 1), (1, 2)]
    );
    assert_eq!(raw.properties[0].value, "某市“十四五”规划");
    assert_eq!(raw.properties.len(), 1);
}

#[test]
fn tables_are_rows_and_inner_tables_follow() {
    let body = "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>经济</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>增速</w:t><w:br/><w:t>（%）</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>层</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:r><w:t>规模</w:t><w:footnoteReference w:id='2'/></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>合计</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc><w:p><w:r><w:t>旧行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let lines = [
        "经济 | 增速 （%） |",
        "经济 | 规模 |",
        "合计 |  |",
        "内 | 层 |",
        "注：按当年价格。",
    ];
    check(body, &lines, &[("旧行", "修订中删除")]);
}

#[test]
fn text_boxes_come_once_and_behind_their_paragraph() {
    let shape = |kind: &str| {
        format!(
            "<mc:{kind}><w:txbxContent>{}</w:txbxContent></mc:{kind}>",
            para("框中字")
        )
    };
    let body = format!(
        "<w:p><w:r><mc:AlternateContent>{}{}</mc:AlternateContent></w:r>{}</w:p>",
        shape("Choice"),
        shape("Fallback"),
        run("段落")
    );
    let raw = check(&body, &["段落", "框中字"], &[]);
    assert_eq!(raw.frames.into_iter().flatten().collect::<Vec<_>>(), [1]);
    let art = "<w:p><w:r><w:pict><v:shape><v:textpath string='某市人民政府文件'/></v:shape></w:pict></w:r></w:p>";
    check(art, &["某市人民政府文件"], &[]);
}

#[test]
fn notes_follow_and_headers_comments_and_unused_notes_are_dropped() {
    let body = "<w:p><w:r><w:t>总量</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>翻番。</w:t></w:r></w:p>";
    let raw = check(body, &["总量翻番。", "注：按当年价格。"], &[]);
    let dropped = [
        ("无人引用。", "正文未引用的注"),
        ("某市规划", HEADER),
        ("请核", COMMENT),
    ];
    assert_eq!(
        raw.dropped,
        dropped.map(|(text, reason)| (text.to_owned(), reason))
    );
}

#[test]
fn revisions_are_read_as_accepted() {
    let body = "<w:p><w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>\
        <w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>\
        <w:p><w:pPr><w:pStyle w:val='1'/><w:rPr><w:del/></w:rPr><w:pPrChange><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>\
        <w:p><w:r><w:t>后半。</w:t></w:r></w:p>";
    let raw = check(
        body,
        &["新增移来", "前半，后半。"],
        &[("删去移走", "修订中删除")],
    );
    assert!(raw.heading_lines.is_empty());
}

#[test]
fn contents_are_dropped_by_control_style_and_field() {
    let control = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>\
         <w:sdtContent>{}{}</w:sdtContent></w:sdt>{}",
        para("目 录"),
        para("一、甲 1"),
        para("一、甲")
    );
    check(
        &control,
        &["一、甲"],
        &[("目 录", "目录"), ("一、甲 1", "目录")],
    );
    let style = format!(
        "{}<w:p><w:pPr><w:pStyle w:val='t1'/></w:pPr>{}</w:p>{}",
        para("目　录"),
        run("一、甲"),
        para("一、甲")
    );
    check(
        &style,
        &["一、甲"],
        &[("目　录", "目录"), ("一、甲", "目录")],
    );
    let begin = format!(
        "{}<w:r><w:instrText> TOC \\o </w:instrText></w:r>{}",
        field("begin"),
        field("separate")
    );
    let entries = format!("<w:p>{begin}{}</w:p>{}", run("一、甲"), para("二、乙"));
    let whole = format!("{entries}<w:p>{}{}</w:p>", field("end"), run("正文"));
    check(&whole, &["正文"], &[("一、甲", "目录"), ("二、乙", "目录")]);
    let raw = check(&entries, &["一、甲", "二、乙"], &[]);
    assert_eq!(raw.warnings.len(), 1);
}

#[test]
fn characters_of_all_kinds_are_kept_and_hidden_ones_dropped() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/>\
        <w:sym w:font='Wingdings 2' w:char='F052'/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>\
        <w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>&lt;丙&gt;</w:t></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>\
        <w:ruby><w:rt><w:r><w:t>dīng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>丁</w:t></w:r></w:rubyBase></w:ruby></w:p>";
    let dropped = [("藏", "隐藏文字"), ("dīng", "注音")];
    check(body, &["甲\t乙-☑<丙>x丁"], &dropped);
}

#[test]
fn fields_show_their_result() {
    let body = format!(
        "<w:p>{}<w:r><w:instrText>SEQ 表</w:instrText></w:r>{}{}{}{}</w:p>",
        field("begin"),
        field("separate"),
        run("表1"),
        field("end"),
        run("指标")
    );
    check(&body, &["表1指标"], &[]);
    let torn = format!(
        "<w:p>{}<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>{}",
        field("begin"),
        para("正文")
    );
    check(&torn, &["正文"], &[]);
}

#[test]
fn damaged_and_strange_files_are_refused_or_read_in_part() {
    assert!(read(b"PK\x03\x04").is_err());
    assert!(read(&zip_of(&[("a", "b")])).is_err());
    let torn = zip_of(&[(
        "word/document.xml",
        "<w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙",
    )]);
    let raw = read(&torn).unwrap();
    assert_eq!(raw.lines, ["甲", "乙"]);
    assert_eq!(raw.losses.len(), 1);
    for stray in [
        "<tc><p><t>甲</t></p></tc>",
        "<tbl><tc><p><r><t>甲</t></r></p></tc></tbl>",
        "<t>甲</t>",
    ] {
        assert_eq!(read(&document(stray)).unwrap().lines, ["甲"], "{stray}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn broken_bytes_never_panic(cut in 0_usize..6000, flips in prop::collection::vec((0_usize..6000, 0_u8..8), 0..8)) {
        let mut bytes = document(&format!("{}{}", numbered(0, "甲"), para("乙")));
        for (place, bit) in flips {
            let idx = place % bytes.len();
            bytes[idx] ^= 1 << bit;
        }
        let _ = read(&bytes);
        bytes.truncate(cut);
        let _ = read(&bytes);
    }

    #[test]
    fn any_order_of_elements_is_read(parts in prop::collection::vec(0_usize..28, 0..60)) {
        let elements = ["p", "r", "t", "tbl", "tr", "tc", "tcPr", "vMerge", "gridSpan", "pPr", "rPr", "del", "sdt", "sdtContent",
            "txbxContent", "AlternateContent", "Choice", "Fallback", "footnote", "numPr", "numId", "trPr", "fldChar"];
        let mut xml = String::new();
        let mut open = Vec::new();
        for part in parts {
            match elements.get(part) {
                Some(name) => {
                    xml.extend(["<w:", name, " w:val='1' w:id='2' w:fldCharType='begin'>甲"]);
                    open.push(*name);
                }
                None => if let Some(name) = open.pop() { xml.extend(["</w:", name, ">"]); },
            }
        }
        let raw = read(&document(&xml)).unwrap();
        prop_assert!(raw.lines.iter().all(|line| !line.contains('\n')));
    }
}

#[test]
fn what_is_not_read_is_named() {
    for (inside, part) in [
        ("<w:drawing><c:chart r:id='r1'/></w:drawing>", "chart"),
        ("<w:drawing><dgm:relIds r:dm='r1'/></w:drawing>", "SmartArt"),
        (
            "<w:object><o:OLEObject ProgID='Excel.Sheet.12'/></w:object>",
            "`Excel.Sheet.12`",
        ),
    ] {
        let body = format!("<w:p>{}<w:r>{inside}</w:r></w:p><w:altChunk/>", run("见图"));
        let raw = check(&body, &["见图"], &[]);
        assert_eq!(raw.losses.len(), 2, "{:?}", raw.losses);
        assert!(raw.losses.iter().any(|loss| loss.contains(part)), "{part}");
    }
}
