//! Word files of 97 to 2003.

use plansearch::document::RawText;
use plansearch::read::{Unreadable, read_bytes};

use super::samples::{DOC, Doc, IN_TABLE, ROW_END, container, doc, doc_streams};

const PLAIN: Doc<'_> = Doc {
    pieces: &[],
    paragraphs: &[],
    ..DOC
};

fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    let mut parts = read_bytes(bytes);
    assert_eq!(parts.len(), 1);
    parts.remove(0).text
}

fn check(file: &Doc<'_>, lines: &[&str]) -> RawText {
    let raw = read(&doc(file)).unwrap();
    assert_eq!(raw.lines, lines);
    raw
}

#[test]
fn pieces_of_both_kinds_are_put_together_and_rows_are_lines() {
    let raw = check(
        &DOC,
        &[
            "某市氢能产业发展规划",
            "第一章 总则",
            "2021-2025",
            "建设加氢站十座。",
            "指标 | 目标 |",
        ],
    );
    assert_eq!(raw.heading_lines.into_iter().collect::<Vec<_>>(), [(1, 1)]);
    assert!(raw.losses.is_empty(), "{:?}", raw.losses);
}

#[test]
fn empty_cells_stay_in_their_column() {
    let file = Doc {
        pieces: &[(
            "甲\u{7}\u{7}乙\r丙\u{7}\u{7}\u{7}丁\u{7}戊\u{7}\u{7}后\r",
            false,
        )],
        paragraphs: &[
            ("甲\u{7}", 0, IN_TABLE),
            ("甲\u{7}\u{7}", 0, IN_TABLE),
            ("乙\r", 0, IN_TABLE),
            ("乙\r丙\u{7}", 0, IN_TABLE),
            ("丙\u{7}\u{7}", 0, IN_TABLE),
            ("丙\u{7}\u{7}\u{7}", 0, ROW_END),
            ("丁\u{7}", 0, IN_TABLE),
            ("戊\u{7}", 0, IN_TABLE),
            ("戊\u{7}\u{7}", 0, ROW_END),
        ],
        ..PLAIN
    };
    check(&file, &["甲 |  | 乙 丙 |  |", "丁 | 戊 |", "后"]);
}

#[test]
fn a_cell_over_several_rows_says_the_same_in_each() {
    // The row ends name two cells, of which the first goes on with the one above:
    // in the definition of the row, or in a modifier of its own.
    let mut defined = ROW_END.to_vec();
    defined.extend([0x08, 0xd6, 48, 0, 2]);
    defined.extend([0; 6]);
    defined.extend([1 << 5, 0]);
    defined.extend([0; 38]);
    let modified = [ROW_END, &[0x2b, 0xd6, 2, 0, 1]].concat();
    let file = Doc {
        pieces: &[(
            "设施\u{7}加氢站\u{7}\u{7}\u{7}充电桩\u{7}\u{7}\u{7}管道\u{7}\u{7}其他\u{7}码头\u{7}\u{7}\u{7}泊位\u{7}\u{7}后\r",
            false,
        )],
        paragraphs: &[
            ("设施\u{7}", 0, IN_TABLE),
            ("加氢站\u{7}", 0, IN_TABLE),
            ("加氢站\u{7}\u{7}", 0, ROW_END),
            ("加氢站\u{7}\u{7}\u{7}", 0, IN_TABLE),
            ("充电桩\u{7}", 0, IN_TABLE),
            ("充电桩\u{7}\u{7}", 0, &defined),
            ("充电桩\u{7}\u{7}\u{7}", 0, IN_TABLE),
            ("管道\u{7}", 0, IN_TABLE),
            ("管道\u{7}\u{7}", 0, &modified),
            ("其他\u{7}", 0, IN_TABLE),
            ("码头\u{7}", 0, IN_TABLE),
            ("码头\u{7}\u{7}", 0, ROW_END),
            ("码头\u{7}\u{7}\u{7}", 0, IN_TABLE),
            ("泊位\u{7}", 0, IN_TABLE),
            ("泊位\u{7}\u{7}", 0, ROW_END),
        ],
        ..PLAIN
    };
    check(
        &file,
        &[
            "设施 | 加氢站 |",
            "设施 | 充电桩 |",
            "设施 | 管道 |",
            "其他 | 码头 |",
            " | 泊位 |",
            "后",
        ],
    );
}

#[test]
fn an_old_wps_file_is_read_by_what_is_inside() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("规划.wps");
    std::fs::write(&path, doc(&DOC)).unwrap();
    let source = plansearch::read::read_file(&path).unwrap();
    let raw = source.parts[0].text.as_ref().unwrap();
    assert_eq!(raw.lines[0], "某市氢能产业发展规划");
}

#[test]
fn fields_show_their_result_and_the_contents_are_dropped() {
    let file = Doc {
        pieces: &[(
            "\u{13} TOC \\o \"1-3\" \u{14}总则\u{13} PAGEREF a \u{14}1\u{15}\r保障\t2\r\u{15}\r见\u{13} HYPERLINK \"x\" \u{14}附件一\u{15}。\r\u{13}第\u{14}二章\u{13}\r",
            false,
        )],
        ..PLAIN
    };
    let raw = check(&file, &["见附件一。", "第二章"]);
    let dropped: Vec<&str> = raw.dropped.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(dropped, ["总则1", "保障\t2"]);
}

#[test]
fn notes_stand_behind_their_paragraph_and_headers_are_dropped() {
    let file = Doc {
        pieces: &[(
            "增速五成\u{2}。\r后文。\r\u{2}按可比价。\r某市规划\r请核\r框中\r",
            false,
        )],
        n_main: Some(11),
        n_others: [7, 5, 3, 0, 3],
        ..PLAIN
    };
    let raw = check(&file, &["增速五成。", "注：按可比价。", "后文。", "框中"]);
    assert_eq!(
        raw.dropped,
        [("某市规划".into(), "页眉页脚"), ("请核".into(), "批注")]
    );
}

#[test]
fn deleted_and_hidden_text_is_dropped_and_counted_numbers_are_named() {
    let file = Doc {
        pieces: &[("发展旧氢能新产业。\r总则\u{b}目标\r", false)],
        paragraphs: &[("总则", 0, &[0x40, 0x26, 1, 0x0b, 0x46, 1, 0])],
        characters: &[("旧", &[0x00, 0x08, 1]), ("新", &[0x3c, 0x08, 1])],
        ..PLAIN
    };
    let raw = check(&file, &["发展氢能产业。", "总则目标"]);
    assert_eq!(raw.heading_lines.get(&1), Some(&2));
    assert_eq!(
        raw.dropped,
        [("旧".into(), "修订中删除"), ("新".into(), "隐藏文字")]
    );
    assert_eq!(raw.losses.len(), 1);
    assert!(raw.losses[0].contains("1 paragraphs"), "{:?}", raw.losses);
}

#[test]
fn locked_older_and_cut_files_are_named() {
    let (main, table) = doc_streams(&DOC);
    let changed = |at: usize, byte: u8| {
        let mut main = main.clone();
        main[at] = byte;
        container(&[("/WordDocument", &main), ("/1Table", &table)])
    };
    for (bytes, reason) in [
        (changed(0x0b, 0x03), "an office file locked by a password"),
        (changed(2, 0x68), "a file of Word 95 or before"),
        (changed(0x01a3, 0xff), "a damaged old Word file"),
    ] {
        let error = read(&bytes).unwrap_err();
        assert!(error.reason.starts_with(reason), "{error}");
    }
    let cut = container(&[("/WordDocument", &main[..1060]), ("/1Table", &table)]);
    assert_eq!(read(&cut).unwrap().losses.len(), 1);
}
