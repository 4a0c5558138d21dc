//! Passages taken along: the basket and what is exported from it.

use super::library::{Answer, Library, address, document, links, passage, without_tags};
use axum::http::{StatusCode, header};
use plansearch::engine::DocumentRecord;
use plansearch::read::read_bytes;

const FORMATS: [&str; 4] = ["docx", "xlsx", "csv", "md"];

fn export(format: &str, ids: &[&str]) -> String {
    let ids = ids.iter().map(|id| ("id", *id));
    let pairs: Vec<_> = [("format", format)].into_iter().chain(ids).collect();
    address("/export", &pairs)
}

/// The lines that our own readers find in a file.
fn lines(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let part = read_bytes(&answer.bytes).remove(0);
    part.text.unwrap().lines.join("\n")
}

#[tokio::test]
async fn every_format_holds_text_place_citations_and_address() {
    let library = Library::small();
    for format in FORMATS {
        let answer = library
            .ask("GET", &export(format, &["plan-9", "notice-0"]))
            .await;
        let text = lines(&answer).replace('\\', "");
        for words in [
            "做强氢能产业。到2025年，氢能产业规模达到100亿元",
            "第1项任务：推进港口码头建设",
            "第二章 产业 第一节 氢能 第1段",
            "《某市氢能产业发展规划》（某政发〔2021〕4号）",
            "某市人民政府. 某市氢能产业发展规划：某政发〔2021〕4号[Z]. 2021-06-27.",
            "某市人民政府. 某市氢能产业发展规划: 某政发〔2021〕4号[Z]. 2021-06-27.",
            "http://plans.test:7700/documents/plan?p=plan-9#p9",
        ] {
            assert!(text.contains(words), "{format}: no {words} in {text}");
        }
        let first = text.find("做强氢能产业。").unwrap();
        assert!(first < text.find("第1项任务").unwrap(), "{format}: order");
        let (plain, name) = saved_as(&answer);
        assert_eq!(plain, format!("excerpts.{format}"));
        let day = name.strip_prefix("摘录_2段_20");
        let day = day.and_then(|rest| rest.strip_suffix(&format!(".{format}")));
        assert!(day.is_some_and(|day| day.len() == 6), "{name}");
    }
}

/// The two names under which a file is saved: that for old programs, and the whole one.
fn saved_as(answer: &Answer) -> (String, String) {
    let header = answer.headers[header::CONTENT_DISPOSITION]
        .to_str()
        .unwrap();
    let rest = header.strip_prefix("attachment; filename=\"").unwrap();
    let (plain, encoded) = rest.split_once("\"; filename*=UTF-8''").unwrap();
    let pairs = form_urlencoded::parse(encoded.as_bytes());
    (
        plain.to_owned(),
        pairs.map(|(name, _)| name.into_owned()).collect(),
    )
}

#[tokio::test]
async fn a_file_of_a_search_says_what_was_asked_and_is_called_so() {
    let library = Library::small();
    let asked = address(
        "/export",
        &[("format", "md"), ("q", "港口"), ("type", "通知")],
    );
    let answer = library.ask("GET", &asked).await;
    let (_, name) = saved_as(&answer);
    assert!(name.starts_with("摘录_港口_20"), "{name}");
    assert!(
        answer.body.contains("检索：港口；文种：通知；共 "),
        "{}",
        answer.body
    );
    let whole = address("/export", &[("format", "docx"), ("doc", "plan")]);
    let (_, name) = saved_as(&library.ask("GET", &whole).await);
    assert!(name.starts_with("全文_某市氢能产业发展规划_20"), "{name}");
}

#[tokio::test]
async fn passages_of_a_document_stand_together_and_are_cited_once() {
    let library = Library::small();
    let ids = "format=md&id=plan-9&id=notice-2&id=plan-5";
    let titles = |text: &str| -> Vec<String> {
        let lines = text.lines().filter_map(|line| line.strip_prefix("## "));
        lines.map(str::to_owned).collect()
    };
    let (plan, notice) = ("某市氢能产业发展规划", "港口建设工作通知");
    let given = library.post("/export", ids).await.body;
    assert_eq!(titles(&given), [plan, notice, plan, "引用文件"]);
    let gathered = library
        .post("/export", &format!("{ids}&group=1"))
        .await
        .body;
    assert_eq!(titles(&gathered), [plan, notice, "引用文件"]);
    assert_eq!(gathered.matches("公文引用：").count(), 2, "{gathered}");
    assert_eq!(gathered.matches("\n——").count(), 3, "{gathered}");
}

#[tokio::test]
async fn a_note_goes_with_its_passage_into_every_file() {
    let library = Library::small();
    for format in FORMATS {
        let form = format!("format={format}&id=plan-9&id=notice-2&note=%E6%A0%B8%E5%AF%B9");
        let text = lines(&library.post("/export", &form).await);
        assert!(text.contains("核对"), "{format}: {text}");
    }
    let form = "id=plan-9&id=notice-2&note=%E6%A0%B8%E5%AF%B9&up=notice-2";
    let changed = library.post("/basket", form).await;
    let address = changed.headers[header::LOCATION].to_str().unwrap();
    let page = library.get(address).await;
    let noted = page.find(">核对</textarea>").expect("the note");
    assert!(noted < page.find("做强氢能产业。").unwrap());
}

#[tokio::test]
async fn a_row_of_a_table_is_a_table_with_its_head_in_a_docx() {
    let library = Library::small();
    let answer = library.ask("GET", &export("docx", &["plan-5"])).await;
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(&answer.bytes)).unwrap();
    let body = package.by_name("word/document.xml").unwrap();
    let body = std::io::read_to_string(body).unwrap();
    let table = body.split("<w:tbl>").nth(1).expect("a table");
    let table = table.split("</w:tbl>").next().unwrap();
    let rows: Vec<Vec<&str>> = table
        .split("</w:tr>")
        .map(|row| {
            let texts = row.split("preserve\">").skip(1);
            texts.map(|text| text.split('<').next().unwrap()).collect()
        })
        .filter(|cells: &Vec<&str>| !cells.is_empty())
        .collect();
    assert_eq!(rows, [["指标", "目标值"], ["氢能产值", "100亿元"]]);
    assert_eq!(table.matches("<w:gridCol ").count(), 2);
    assert!(body.contains(">表1 主要指标<"));
    assert!(!body.contains("指标 | 目标值"));
}

#[tokio::test]
async fn a_form_exports_the_same() {
    let library = Library::small();
    let asked = library.ask("GET", &export("csv", &["plan-5"])).await;
    let sent = library
        .post("/export", "format=csv&id=plan-5&id=plan-5")
        .await;
    assert_eq!(sent.status, StatusCode::OK);
    assert_eq!(sent.body, asked.body);
    assert!(
        sent.body.contains("表1 主要指标：指标 | 目标值"),
        "{}",
        sent.body
    );
}

#[tokio::test]
async fn a_csv_is_known_as_utf8_and_calculates_nothing() {
    let record = DocumentRecord {
        id: "f".into(),
        title: "@SUM(1+1)*cmd|' /C calc'!A0".into(),
        issuers: vec!["=HYPERLINK(\"http://x\")".into()],
        doc_number: Some("+1".into()),
        ..DocumentRecord::default()
    };
    let text = "=1+1\",\"\n-2";
    let library = Library::of(&[document(record, vec![passage("paragraph", &["－3"], text)])]);
    let csv = library.ask("GET", &export("csv", &["f-0"])).await;
    assert!(csv.bytes.starts_with(b"\xEF\xBB\xBF"));
    let mut reader = csv::Reader::from_reader(&csv.bytes[3..]);
    let row = reader.records().next().unwrap().unwrap();
    for cell in &row {
        let is_formula = cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        assert!(!is_formula, "{cell}");
    }
    assert_eq!(&row[1], "'=1+1\",\"\n-2");
    let xlsx = library.ask("GET", &export("xlsx", &["f-0"])).await;
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(&xlsx.bytes)).unwrap();
    let sheet = package.by_name("xl/worksheets/sheet1.xml").unwrap();
    let sheet = std::io::read_to_string(sheet).unwrap();
    assert!(!sheet.contains("<f>"), "{sheet}");
    assert!(lines(&xlsx).contains("=1+1"));
}

#[tokio::test]
async fn characters_that_files_cannot_hold_do_not_break_them() {
    let record = DocumentRecord {
        id: "c".into(),
        title: "规划\u{0}\u{b}<w:t>&\u{202e}尾".into(),
        ..DocumentRecord::default()
    };
    let text = "氢\u{1}能</w:t><script>alert(1)</script> **重点** | 甲\u{fffe}";
    let library = Library::of(&[document(record, vec![passage("paragraph", &[], text)])]);
    for format in FORMATS {
        let answer = library.ask("GET", &export(format, &["c-0"])).await;
        let text = lines(&answer);
        assert!(text.contains("script"), "{format}: {text}");
        assert!(text.contains("尾"), "{format}: {text}");
    }
    let feed = library.get("/feed.atom?doc=c").await;
    assert!(!feed.contains(['\u{0}', '\u{1}', '\u{b}', '\u{fffe}']));
    assert!(!feed.contains("<script>"));
}

#[tokio::test]
async fn what_cannot_be_exported_is_named() {
    let library = Library::small();
    for (asked, status, words) in [
        (export("pdf", &["plan-1"]), 400, "pdf"),
        (export("", &["plan-1"]), 400, "docx"),
        (export("docx", &[]), 400, "1至500个"),
        (export("xlsx", &["plan-1", "gone-7"]), 404, "gone-7"),
    ] {
        let answer = library.ask("GET", &asked).await;
        assert_eq!(answer.status.as_u16(), status, "{asked}");
        assert!(answer.body.contains(words), "{asked}: {}", answer.body);
        assert!(answer.body.starts_with("<!DOCTYPE html>"), "{asked}");
    }
    let many: String = "id=x-".to_owned()
        + &(0..501)
            .map(|n| n.to_string())
            .collect::<Vec<_>>()
            .join("&id=x-");
    for path in ["/export", "/basket"] {
        let answer = library
            .ask("GET", &format!("{path}?format=md&{many}"))
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(answer.body.contains("1至500个"), "{path}");
    }
    let long = format!("format=md&id={}", "x".repeat(300_000));
    let answer = library.post("/export", &long).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let host = [("host", "x\"><script>")];
    let answer = library
        .send("GET", &export("md", &["plan-1"]), &host, "")
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(!answer.body.contains("<script>"));
}

#[tokio::test]
async fn a_basket_is_its_address() {
    let library = Library::small();
    let page = library.get("/basket?id=plan-9&id=gone&id=notice-2").await;
    let text = without_tags(&page);
    for words in [
        "共 2 段",
        "没有编号为“gone”的段落",
        "做强氢能产业。",
        "第3项任务",
        "《某市氢能产业发展规划》（某政发〔2021〕4号）",
        "来源文件未注明发文字号，引文中从缺",
    ] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    // What is moved and exported is what is there, in the order of the page.
    let ids = |page: &str| -> Vec<String> {
        page.split("type=\"hidden\" name=\"id\" value=\"")
            .skip(1)
            .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
            .collect()
    };
    assert_eq!(ids(&page), ["gone", "plan-9", "notice-2"]);
    let all = "/basket?id=plan-9&id=gone&id=notice-2";
    for (change, expect) in [
        ("remove=gone", &["plan-9", "notice-2"][..]),
        ("remove=plan-9", &["gone", "notice-2"]),
        ("down=notice-2", &["gone", "plan-9", "notice-2"]),
    ] {
        let page = library.get(&format!("{all}&{change}")).await;
        assert_eq!(ids(&page), expect, "{change}");
    }
    for change in ["down=plan-9", "up=notice-2"] {
        let address = format!("/basket?id=plan-9&id=notice-2&{change}");
        let page = library.get(&address).await;
        assert_eq!(ids(&page), ["notice-2", "plan-9"], "{change}");
    }
    // A form leads to the address of what it has made.
    let form = "id=plan-9&id=notice-2&id=notice-3&up=notice-2";
    let changed = library.post("/basket", form).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    let address = changed.headers[header::LOCATION].to_str().unwrap();
    assert_eq!(address, "/basket?d=notice&d=plan&p=0-2.1-9.0-3");
    let page = library.get(address).await;
    assert_eq!(ids(&page), ["notice-2", "plan-9", "notice-3"]);
    let short = library.get("/basket?p=notice-2.3.0").await;
    assert_eq!(ids(&short), ["notice-2", "notice-3", "notice-0"]);
    let all = links(&page);
    let source = all.iter().find(|(_, text)| text.ends_with("查看原文"));
    let reader = library.get(&source.unwrap().0).await;
    assert!(reader.contains("aria-current=\"true\""));
    assert!(library.get("/basket").await.contains("摘录篮是空的"));
}

#[tokio::test]
async fn a_basket_grows_with_its_passages_and_not_with_their_square() {
    let library = Library::of(&[document(
        plansearch::engine::DocumentRecord {
            id: "long".into(),
            title: "港口规划".into(),
            ..Default::default()
        },
        (0..500)
            .map(|at| passage("paragraph", &["第一章"], &format!("第{at}项任务。")))
            .collect(),
    )]);
    let size = async |n: usize| {
        let ids: Vec<String> = (0..n).map(|at| format!("id=long-{at}")).collect();
        let changed = library.post("/basket", &ids.join("&")).await;
        let address = changed.headers[header::LOCATION].to_str().unwrap();
        assert!(address.len() < 20 + 5 * n, "{address}");
        let page = library.get(address).await;
        assert_eq!(page.matches("class=\"basket-item\"").count(), n);
        page.len()
    };
    let (small, large) = (size(100).await, size(500).await);
    assert!(large < small * 5, "{small} {large}");
}

#[tokio::test]
async fn all_that_a_search_found_is_taken_at_once() {
    let library = Library::small();
    let page = library.get("/?q=%E6%B8%AF%E5%8F%A3").await;
    let all = links(&page);
    let href = |label: &str| {
        all.iter()
            .find(|(_, text)| text == label)
            .unwrap()
            .0
            .clone()
    };
    let basket = library.get(&href("全部加入摘录篮")).await;
    assert!(without_tags(&basket).contains("共 31 段"));
    let csv = library.get(&href("导出 CSV")).await;
    assert!(csv.matches("港口").count() > 30);
    assert_eq!(csv.lines().count(), 32, "{csv}");
    for (label, start) in [
        ("导出 Word", "PK"),
        ("导出 Excel", "PK"),
        ("导出 Markdown", "#"),
    ] {
        let file = library.ask("GET", &href(label)).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.body.starts_with(start), "{label}");
    }
}

#[tokio::test]
async fn the_api_gives_citations_by_form() {
    let library = Library::small();
    let place = library.json("/api/passages/notice-0").await;
    let citations = &place["passage"]["citations"];
    assert_eq!(citations["official"], "《港口建设工作通知》");
    assert_eq!(
        citations["gbt7714_2025"],
        "某港区管理委员会. 港口建设工作通知[Z]. 2023-03-01."
    );
    assert_eq!(citations["missing"], serde_json::json!(["发文字号"]));
    let search = library
        .json(&address("/api/search", &[("q", "泊位1改造")]))
        .await;
    assert_eq!(&search["hits"][0]["citations"], citations);
}
