//! The reader as a whole, on small files and on broken ones.

use proptest::prelude::*;

use super::read;
use super::test_pdf::{Font, TestPdf};

const FULL: &str = "发展氢能产业建设海河联运枢纽推进京津冀协同发展加快建设现";

fn check(pdf: &TestPdf, lines: &[&str]) {
    assert_eq!(read(&pdf.write(), None).unwrap().lines, lines);
}

fn refused(bytes: &[u8]) -> String {
    read(bytes, None).unwrap_err().reason
}

#[test]
fn every_font_gives_its_text() {
    for font in [
        Font::Subset,
        Font::UniGb,
        Font::Gbk,
        Font::Gb18030,
        Font::Utf16,
        Font::Embedded,
    ] {
        let pdf = TestPdf::new(font)
            .page()
            .text(100.0, 700.0, 12.0, "发展氢能产业，建设枢纽。");
        assert_eq!(
            read(&pdf.write(), None).unwrap().lines,
            ["发展氢能产业，建设枢纽。"],
            "{font:?}"
        );
    }
    let pdf = TestPdf::new(Font::Helvetica)
        .page()
        .text(100.0, 700.0, 12.0, "The plan of 2030");
    check(&pdf, &["The plan of 2030"]);
}

#[test]
fn codes_of_any_length_are_read() {
    for font in [Font::Gb18030, Font::Utf16] {
        let pdf = TestPdf::new(font)
            .page()
            .text(100.0, 700.0, 12.0, "㐀字𠀀字ABC");
        check(&pdf, &["㐀字𠀀字ABC"]);
    }
    let pdf = TestPdf::new(Font::Collection)
        .page()
        .text(100.0, 700.0, 12.0, "一丁");
    check(&pdf, &["一丁"]);
    let pdf = TestPdf::new(Font::Symbols)
        .page()
        .text(100.0, 700.0, 12.0, "nl\u{a8}发展");
    assert!(
        read(&pdf.write(), None)
            .unwrap()
            .lines
            .concat()
            .starts_with("■●□")
    );
}

#[test]
fn what_stands_for_glyphs_counts_where_it_fits() {
    // The numbers of the font are given in order of use: 1 to 4.
    let pdf = TestPdf::new(Font::Subset)
        .page()
        .text(100.0, 700.0, 12.0, "⼀个目标")
        .raw("/Span << /ActualText <feff4e00> >> BDC BT /F1 12 Tf 100 600 Td <0001> Tj ET EMC")
        .raw("/Span << /ActualText (whole) >> BDC BT /F1 12 Tf 100 500 Td <00020003> Tj ET EMC");
    assert_eq!(
        read(&pdf.write(), None).unwrap().lines.concat(),
        "⼀个目标一个目"
    );
}

#[test]
fn rows_are_placed_by_every_way_to_say_so() {
    let pdf = TestPdf::new(Font::Helvetica).page().raw(
        "q 1 0 0 1 100 700 cm BT /F1 12 Tf 24 TL (one) Tj T* (two) Tj 0 -24 TD (three) Tj \
         [(fo) -10 (ur)] TJ (five) ' ET Q BT /F1 12 Tf 1 0 0 1 100 500 Tm 3 Tr (unseen) Tj ET",
    );
    check(&pdf, &["one two threefour five", "unseen"]);
}

#[test]
fn pages_on_their_side_are_turned() {
    let pdf = TestPdf::new(Font::Helvetica).page().raw(
        "BT /F1 12 Tf 0 1 -1 0 100 100 Tm (first row) Tj 0 1 -1 0 124 100 Tm (second row.) Tj ET",
    );
    let raw = read(&pdf.write(), None).unwrap();
    assert_eq!(raw.lines, ["first row second row."]);
}

#[test]
fn a_page_that_is_damaged_is_named() {
    let whole = TestPdf::new(Font::Subset)
        .page()
        .rows(100.0, 700.0, &[FULL; 3])
        .page()
        .rows(100.0, 700.0, &[FULL; 3])
        .write();
    // The content of the last page loses its beginning.
    let start = whole
        .windows(6)
        .rposition(|window| window == b"stream")
        .unwrap();
    let start = whole[..start - 3]
        .windows(6)
        .rposition(|window| window == b"stream")
        .unwrap();
    let mut broken = whole;
    broken[start + 6] = b'x';
    let raw = read(&broken, None).unwrap();
    assert_eq!(raw.losses, ["page 2 is damaged, a part of it is missing"]);
    assert_eq!(raw.lines.len(), 1);
}

#[test]
fn rows_become_paragraphs() {
    let second = format!("　　{}", FULL.chars().skip(2).collect::<String>());
    let pdf = TestPdf::new(Font::Subset).page().rows(
        100.0,
        700.0,
        &[
            &second,
            FULL,
            "代化产业体系。",
            &second,
            "代化。",
            "　　一、任务",
            &second,
            "代化。",
        ],
    );
    let opening: String = FULL.chars().skip(2).collect();
    check(
        &pdf,
        &[
            &format!("{opening}{FULL}代化产业体系。"),
            &format!("{opening}代化。"),
            "一、任务",
            &format!("{opening}代化。"),
        ],
    );
}

#[test]
fn paragraphs_run_over_pages_and_furniture_is_dropped() {
    let rows: Vec<String> = (0..27)
        .map(|n| FULL.chars().cycle().skip(n).take(29).collect())
        .collect();
    let mut pdf = TestPdf::new(Font::Subset);
    for (idx, rows) in rows.chunks(9).enumerate() {
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        pdf = pdf
            .page()
            .text(200.0, 800.0, 9.0, "某市规划")
            .rows(100.0, 700.0, &rows)
            .text(280.0, 40.0, 9.0, &format!("{}", idx + 1));
    }
    let raw = read(&pdf.write(), None).unwrap();
    assert_eq!(raw.lines, [rows.concat()]);
    let mut reasons: Vec<&str> = raw.dropped.iter().map(|(_, reason)| *reason).collect();
    reasons.sort_unstable();
    assert_eq!(
        reasons,
        ["页眉页脚", "页眉页脚", "页眉页脚", "页码", "页码", "页码"]
    );
}

#[test]
fn each_line_knows_the_page_it_begins_on() {
    let full: String = FULL.chars().cycle().take(29).collect();
    let first = format!("　　{}", full.chars().take(27).collect::<String>());
    let long = [first.as_str(), &full, "发展。"];
    let pdf = TestPdf::new(Font::Subset)
        .page()
        .rows(
            100.0,
            760.0,
            &[long, long, [first.as_str(), &full, &full]].concat(),
        )
        .page()
        .rows(100.0, 760.0, &["发展。", "　　建设枢纽。"])
        .page()
        .page()
        .rows(100.0, 760.0, &["　　发展产业。"]);
    let raw = read(&pdf.write(), None).unwrap();
    let pages: Vec<Option<usize>> = (0..raw.lines.len()).map(|at| raw.page_of(at)).collect();
    assert_eq!(raw.lines[3..], ["建设枢纽。", "发展产业。"]);
    // A paragraph over the border of a page stands where it begins.
    assert!(raw.lines[2].ends_with("发展。"));
    assert_eq!(pages, [Some(1), Some(1), Some(1), Some(2), Some(4)]);
}

#[cfg(unix)]
#[test]
fn letters_beside_a_recognised_picture_are_listed_where_the_text_lacks_them() {
    let dir = tempfile::tempdir().unwrap();
    let ocr = super::Ocr::new("printf '发展氢能产业建设枢纽\\n附件1\\n'", dir.path());
    let pdf = TestPdf::new(Font::Subset)
        .page()
        .picture()
        .text(500.0, 800.0, 12.0, "收文章")
        .text(100.0, 760.0, 12.0, "附件1");
    let raw = read(&pdf.write(), Some(&ocr)).unwrap();
    assert!(raw.lines.concat().contains("发展氢能产业建设枢纽"));
    assert_eq!(raw.dropped, [("收文章".to_owned(), "识别页上的零星文字")]);
}

#[test]
fn a_frame_around_text_is_told() {
    let mut pdf = TestPdf::new(Font::Subset)
        .page()
        .rows(100.0, 760.0, &["　　一、重点任务"])
        .rows(
            106.0,
            700.0,
            &[
                "专栏1 港口工程",
                "　　码头更新，改造老旧泊位，新建专业化泊",
                "位，建设岸电设施。",
                "　　航道",
            ],
        )
        .rows(100.0, 580.0, &["　　二、保障措施"]);
    for y in [720.0, 690.0, 610.0] {
        pdf = pdf.line((100.0, y), (364.0, y));
    }
    for x in [100.0, 364.0] {
        pdf = pdf.line((x, 610.0), (x, 720.0));
    }
    let raw = read(&pdf.write(), None).unwrap();
    let lines = [
        "一、重点任务",
        "专栏1 港口工程",
        "码头更新，改造老旧泊位，新建专业化泊位，建设岸电设施。",
        "航道",
        "二、保障措施",
    ];
    assert_eq!(raw.lines, lines);
    let framed: Vec<usize> = raw.frames.into_iter().flatten().collect();
    assert_eq!(framed, [1, 2, 3]);
}

#[test]
fn rules_make_a_table() {
    let mut pdf = TestPdf::new(Font::Subset)
        .page()
        .rows(100.0, 760.0, &["　　表1 主要指标"])
        .text(105.0, 685.0, 12.0, "领域")
        .text(205.0, 685.0, 12.0, "指标")
        .text(305.0, 685.0, 12.0, "2030年")
        .text(105.0, 650.0, 12.0, "能源")
        .text(205.0, 665.0, 12.0, "氢能产")
        .text(205.0, 645.0, 12.0, "业产值")
        .text(305.0, 665.0, 12.0, "500");
    for y in [700.0, 680.0, 640.0] {
        pdf = pdf.line((100.0, y), (400.0, y));
    }
    for x in [100.0, 200.0, 300.0, 400.0] {
        pdf = pdf.line((x, 640.0), (x, 700.0));
    }
    check(
        &pdf,
        &[
            "表1 主要指标",
            "领域 | 指标 | 2030年 |",
            "能源 | 氢能产业产值 | 500 |",
        ],
    );
}

#[test]
fn pictures_without_text_are_refused() {
    let scanned = TestPdf::new(Font::Subset)
        .page()
        .picture()
        .page()
        .picture()
        .write();
    assert_eq!(refused(&scanned), "a scanned pdf: no text layer, needs OCR");
    let mute = TestPdf::new(Font::Mute)
        .page()
        .text(100.0, 700.0, 12.0, "发展氢能产业，建设枢纽。");
    assert_eq!(
        refused(&mute.write()),
        "a pdf whose fonts do not say which characters they show"
    );
    assert_eq!(
        refused(&TestPdf::new(Font::Subset).page().write()),
        "a pdf without text"
    );
}

#[test]
fn the_stated_title_is_a_property() {
    let gbk = encoding_rs::GBK.encode("某市氢能发展规划").0.into_owned();
    let utf16: Vec<u8> = [0xfeff_u16]
        .into_iter()
        .chain("某市氢能发展规划".encode_utf16())
        .flat_map(u16::to_be_bytes)
        .collect();
    for bytes in [gbk, utf16] {
        let pdf = TestPdf::new(Font::Subset).title(&bytes).page().text(
            100.0,
            700.0,
            12.0,
            "发展氢能产业，建设枢纽。",
        );
        let raw = read(&pdf.write(), None).unwrap();
        let stated: Vec<&str> = raw
            .properties
            .iter()
            .map(|property| property.value.as_str())
            .collect();
        assert_eq!(stated, ["某市氢能发展规划"]);
    }
}

#[test]
fn deep_nesting_is_survived() {
    for (open, close) in [("[", "]"), ("<<", ">>"), ("<</A", ">>"), ("(", ")")] {
        let nested = format!(
            "%PDF-1.4\n1 0 obj\n{}{}\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
            open.repeat(200_000),
            close.repeat(200_000)
        );
        let _ = read(nested.as_bytes(), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn broken_files_are_read_or_refused(
        cut in 0.0..1.0_f64,
        flips in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..12),
    ) {
        let pdf = TestPdf::new(Font::Subset).page().rows(100.0, 700.0, &[FULL; 3]).page().picture();
        let mut bytes = pdf.write();
        for (place, byte) in flips {
            let idx = (place * bytes.len() as f64) as usize;
            bytes[idx] ^= byte;
        }
        if cut > 0.3 {
            bytes.truncate((cut * bytes.len() as f64) as usize);
        }
        let started = std::time::Instant::now();
        let _ = read(&bytes, None);
        prop_assert!(started.elapsed().as_secs() < 30);
    }
}
