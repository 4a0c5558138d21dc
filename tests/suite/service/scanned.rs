//! What the pages say of text that was recognised from pictures.

use super::library::Library;
use crate::cli::Desk;
use crate::robust::scans::{STAND_IN, scanned};

#[tokio::test]
async fn results_and_reader_say_what_was_recognised() {
    let desk = Desk::new();
    desk.write("lib/scan.pdf", &scanned(2));
    desk.json(&["index", "--ocr", STAND_IN, "lib"]);
    let library = Library::at(&desk.path().join("index"));
    let results = library
        .get("/?q=%E6%99%BA%E6%85%A7%E6%B8%AF%E5%8F%A3")
        .await;
    assert!(results.contains("扫描识别"));
    let documents = desk.json(&["documents"]);
    let id = documents["documents"][0]["id"].as_str().unwrap();
    let reader = library.get(&format!("/documents/{id}")).await;
    assert!(reader.contains("引用前请核对原件"));
    // The file opens at the page of what is shown.
    for page in 1..=2 {
        let link = format!("/documents/{id}/original#page={page}\">");
        assert!(reader.contains(&link), "{link}");
    }
    let link = format!("/documents/{id}/original#page=1\">原文件第1页");
    assert!(results.contains(&link), "{link}");
    let file = library
        .ask("GET", &format!("/documents/{id}/original"))
        .await;
    assert_eq!(file.headers["content-type"], "application/pdf");
    let disposition = file.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("inline;"), "{disposition}");
}
