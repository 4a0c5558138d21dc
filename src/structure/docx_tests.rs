//! A plan as Word keeps it: numbers that Word generates, headings by style, a
//! table with merged cells, and a title among the properties that a template left.

use super::parse;
use plansearch_document::RawText;
use plansearch_document::{Fact, PassageKind, Place};
use plansearch_read::read_bytes;
use std::io::{Cursor, Write as _};

const NUMBERING: &str = "<w:numbering xmlns:w='urn:w'><w:abstractNum w:abstractNumId='0'>\
    <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='（%2）'/></w:lvl>\
    <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%3.'/></w:lvl>\
    </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
const STYLES: &str = "<w:styles xmlns:w='urn:w'>\
    <w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='2'><w:name w:val='heading 2'/></w:style></w:styles>";
const RELATIONS: &str = "<Relationships>\
    <Relationship Type='x/styles' Target='styles.xml'/>\
    <Relationship Type='x/numbering' Target='numbering.xml'/></Relationships>";

fn docx(body: &[String], title: &str) -> RawText {
    let body = format!(
        "<w:document xmlns:w='urn:w'><w:body>{}</w:body></w:document>",
        body.concat()
    );
    let core = format!("<c:coreProperties><dc:title>{title}</dc:title></c:coreProperties>");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("word/document.xml", body.as_str()),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("docProps/core.xml", core.as_str()),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    read_bytes(&bytes).remove(0).text.unwrap()
}

fn text(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

/// A paragraph that Word numbers at this depth.
fn numbered(depth: u8, words: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='1'/></w:numPr></w:pPr>\
         <w:r><w:t>{words}</w:t></w:r></w:p>"
    )
}

fn styled(level: u8, words: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{level}'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn row(cells: &[&str]) -> String {
    let cells = cells
        .iter()
        .map(|cell| format!("<w:tc>{}</w:tc>", text(cell)));
    format!("<w:tr>{}</w:tr>", cells.collect::<String>())
}

fn outline(raw: &RawText) -> Vec<String> {
    let document = parse(raw, "计划.docx").remove(0);
    let headings = document.outline.headings().iter();
    headings
        .map(|heading| format!("{} {}", heading.level, heading.label()))
        .collect()
}

#[test]
fn numbers_that_word_generates_make_the_outline() {
    let table = [
        row(&["序号", "项目", "投资（万元）"]),
        row(&["1", "标准化养殖场", "1200"]),
        row(&["2", "冷链仓库", "860"]),
    ];
    let raw = docx(
        &[
            text("青岭县畜牧业振兴三年行动方案"),
            text("（2023—2025年）"),
            text("为推动畜牧业高质量发展，制定本方案。"),
            numbered(0, "总体要求"),
            text("坚持种养结合、绿色发展，到2025年全产业链产值达到20亿元。"),
            numbered(0, "重点任务"),
            numbered(1, "优化产业布局。"),
            numbered(2, "提升生猪产能。建设标准化养殖场30个。"),
            numbered(2, "发展肉牛产业。存栏达到3万头。"),
            numbered(1, "强化疫病防控。落实强制免疫，抗体合格率保持在70%以上。"),
            numbered(0, "保障措施"),
            text("各乡镇要明确专人负责。主要项目见表1。"),
            text("表1 重点项目"),
            format!("<w:tbl>{}</w:tbl>", table.concat()),
            text("青岭县人民政府办公室"),
            text("2023年2月6日"),
        ],
        "2019年度工作总结报告",
    );
    assert_eq!(
        outline(&raw),
        [
            "1 一、 总体要求",
            "1 二、 重点任务",
            "2 （一） 优化产业布局",
            "3 1. 提升生猪产能",
            "3 2. 发展肉牛产业",
            "2 （二） 强化疫病防控",
            "1 三、 保障措施",
        ]
    );
    let document = parse(&raw, "计划.docx").remove(0);
    let facts = &document.metadata;
    assert_eq!(facts.title, "青岭县畜牧业振兴三年行动方案（2023—2025年）");
    assert_eq!(document.found_in[&Fact::Title], Place::Line(1));
    assert_eq!(facts.issuers, ["青岭县人民政府办公室"]);
    assert_eq!(facts.date.unwrap().to_string(), "2023-02-06");
    let table = &document.tables[0];
    assert_eq!(table.caption, "表1 重点项目");
    assert_eq!(table.header, ["序号", "项目", "投资（万元）"]);
    assert_eq!(table.rows[1], ["2", "冷链仓库", "860"]);
}

#[test]
fn headings_by_style_need_no_number() {
    let raw = docx(
        &[
            styled(1, "青岭县全域旅游发展规划"),
            styled(2, "发展基础"),
            text("我县旅游资源丰富，生态优势突出。"),
            styled(2, "总体思路"),
            text("坚持文旅融合，打造山水旅游目的地。"),
            styled(2, "保障措施"),
            text("加强组织领导，完善配套政策。"),
        ],
        "",
    );
    assert_eq!(outline(&raw), ["1 发展基础", "1 总体思路", "1 保障措施"]);
    let document = parse(&raw, "计划.docx").remove(0);
    assert_eq!(document.metadata.title, "青岭县全域旅游发展规划");
}

#[test]
fn paragraphs_of_word_are_not_joined_whatever_their_width() {
    let line = "推进标准化养殖场建设和冷链物流体系建设和品牌";
    let paragraphs: Vec<String> = (0..30).map(|_| text(line)).collect();
    let document = parse(&docx(&paragraphs, ""), "计划.docx").remove(0);
    let n_lines = document.passages.iter();
    let n_lines = n_lines.filter(|passage| passage.kind != PassageKind::Heading);
    assert_eq!(n_lines.count(), 30);
}

#[test]
fn a_title_among_the_properties_counts_where_the_text_says_it_too() {
    let body = [
        text("现将青岭县绿色矿山建设规划的有关情况报告如下，请予审议。"),
        text("全县共有矿山12座，已建成绿色矿山5座。"),
    ];
    let document = parse(&docx(&body, "青岭县绿色矿山建设规划"), "1.docx").remove(0);
    assert_eq!(document.metadata.title, "青岭县绿色矿山建设规划");
    assert_eq!(
        document.found_in[&Fact::Title],
        Place::Property("docx core.xml")
    );
    let document = parse(&docx(&body, "2019年度工作总结报告"), "1.docx").remove(0);
    assert_eq!(document.metadata.title, "1");
    assert_eq!(document.found_in[&Fact::Title], Place::FileName);
}
