//! Scanned pages and pictures, with a small stand-in for a recogniser.

use std::fmt::Write as _;

use crate::cli::Desk;

/// A pdf whose pages show a picture and no text.
pub(crate) fn scanned(n_pages: usize) -> String {
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
    let kids: Vec<String> = (0..n_pages)
        .map(|nth| format!("{} 0 R", 4 + 2 * nth))
        .collect();
    objects.push(format!(
        "<</Type/Pages/Count {n_pages}/Kids[{}]>>",
        kids.join(" ")
    ));
    let picture = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray\
        /BitsPerComponent 8/Length 1>>stream\na\nendstream";
    objects.push(picture.to_owned());
    for nth in 0..n_pages {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R\
             /Resources<</XObject<</P 3 0 R>>>>>>",
            5 + 2 * nth
        ));
        let content = "q 595 0 0 842 0 0 cm /P Do Q";
        objects.push(format!(
            "<</Length {}>>stream\n{content}\nendstream",
            content.len()
        ));
    }
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (nth, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        let _ = writeln!(pdf, "{} 0 obj\n{object}\nendobj", nth + 1);
    }
    let start = pdf.len();
    let _ = write!(pdf, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(pdf, "{place:010} 00000 n ");
    }
    let size = objects.len() + 1;
    let _ = write!(
        pdf,
        "trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    );
    pdf
}

/// Counts its runs, and reads as recognisers do: with gaps, and a broken page.
pub(crate) const STAND_IN: &str = r#"
echo run >> runs
case "$PLANSEARCH_PAGE" in
1) printf '某 市 智 慧 港 口 发 展 规 划\n\n第 一 章 总 则\n\n建 设 自 动 化 码 头 和 智 慧 港 口 平 台 。\n' ;;
2) printf '第 二 章 保 障 措 施\n\n加 强 组 织 领 导 。\n' ;;
*) echo "no such page" >&2; exit 1 ;;
esac
"#;

fn n_runs(desk: &Desk) -> usize {
    let runs = std::fs::read_to_string(desk.path().join("runs"));
    runs.map_or(0, |runs| runs.lines().count())
}

#[test]
fn scanned_pages_are_read_by_a_recogniser_and_say_so() {
    let desk = Desk::new();
    desk.write("lib/scan.pdf", &scanned(3));
    let refused = desk.run(&["index", "lib"]);
    assert!(
        refused.stderr.contains("scanned pdf") && refused.stderr.contains("--ocr"),
        "{}",
        refused.stderr
    );
    let report = desk.json(&["index", "--ocr", STAND_IN, "lib"]);
    assert_eq!(report["documents"], 1);
    let failures = report["failures"].to_string();
    assert!(
        failures.contains("page 3") && failures.contains("no such page"),
        "{failures}"
    );
    assert!(
        report["warnings"]
            .to_string()
            .contains("1, 2 was recognised"),
        "{report}"
    );
    let found = desk.json(&["search", "“自动化码头和智慧港口”"]);
    assert_eq!(found["total"], 1, "{found}");
    let hit = &found["hits"][0];
    assert_eq!(hit["ocr"], true);
    assert_eq!(hit["page"], 1);
    let second = &desk.json(&["search", "“加强组织领导”"])["hits"][0];
    assert_eq!(second["page"], 2);
    let citation = second["citation"].as_str().unwrap();
    assert!(citation.contains("PDF第2页"), "{citation}");
    assert_eq!(hit["doc"]["title"], "某市智慧港口发展规划");
    assert_eq!(hit["path"][0], "第一章 总则");
    assert!(
        hit["citation"].as_str().unwrap().contains("由扫描件识别"),
        "{hit}"
    );
    // Two pages are known; the third is tried again by each run that can.
    assert_eq!(n_runs(&desk), 3);
    desk.json(&["index", "--rebuild", "--ocr", STAND_IN, "lib"]);
    assert_eq!(n_runs(&desk), 4);
    desk.json(&["index", "lib"]);
    assert_eq!(n_runs(&desk), 4);
}

#[test]
fn a_page_that_was_a_picture_is_read_when_a_recogniser_comes() {
    let desk = Desk::new();
    desk.write("lib/a.png", "\u{89}PNG is not what this is in UTF-8");
    std::fs::write(desk.path().join("lib/a.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    desk.write("lib/b.txt", "某市规划\n第一章 总则\n建设机场。\n");
    let without = desk.json(&["index", "lib"]);
    assert_eq!(
        (
            &without["documents"],
            without["failures"].as_array().unwrap().len()
        ),
        (&1.into(), 1)
    );
    let with = desk.json(&["index", "--ocr", STAND_IN, "lib"]);
    assert_eq!(
        (
            &with["documents"],
            with["failures"].as_array().unwrap().len()
        ),
        (&2.into(), 0)
    );
    let hit = &desk.json(&["search", "智慧港口平台"])["hits"][0];
    assert_eq!((&hit["ocr"], &hit["page"]), (&true.into(), &().into()));
    assert_eq!(desk.json(&["search", "建设机场"])["hits"][0]["ocr"], false);
}
