//! Writes the inputs from which fuzzing starts: `tests/fuzz/corpus/TARGET/NAME`.

#[path = "../../suite/robust/samples.rs"]
#[allow(dead_code, reason = "the suite uses what is not used here")]
mod samples;

use std::fs;
use std::path::Path;

use samples::{DOC, MAIL, ODT_TEXT, OFD_PAGE, PPTX_SLIDE, RTF, TEXT, XLSX_SHEET};

fn main() {
    let save = |target: &str, name: &str, content: &[u8]| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../corpus")
            .join(target);
        fs::create_dir_all(&folder).expect("the folder of the corpus can be made");
        fs::write(folder.join(name), content).expect("the corpus can be written");
    };
    for (name, content) in samples::all() {
        let (_, suffix) = name.rsplit_once('.').unwrap_or_default();
        match suffix {
            "txt" | "md" | "csv" => save("text", name, &content),
            "zip" => save("zip", name, &content),
            "pdf" => save("pdf", name, &content),
            _ => {}
        }
    }
    save("html", "page", samples::page().as_bytes());
    save("docx", "body", samples::docx_body().as_bytes());
    save("xlsx", "sheet", XLSX_SHEET.as_bytes());
    save("ods", "sheet", samples::ODS_TABLE.as_bytes());
    save("ofd", "page", OFD_PAGE.as_bytes());
    save("xls", "stream", &samples::xls_stream());
    let (main, table) = samples::doc_streams(&DOC);
    let n_table = (table.len() as u16).to_le_bytes();
    save("doc", "streams", &[&n_table[..], &table, &main].concat());
    save("rtf", "text", RTF.trim_start_matches(r"{\rtf").as_bytes());
    save("mail", "letter", MAIL.as_bytes());
    save("odt", "body", ODT_TEXT.as_bytes());
    save("pptx", "slide", PPTX_SLIDE.as_bytes());
    save("structure", "plan", TEXT.as_bytes());
    let drafts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../gold/drafts/draft.md");
    let draft = fs::read_to_string(drafts).expect("the draft of the tests can be read");
    save("draft", "whole", draft.as_bytes());
    for (nth, line) in draft.lines().filter(|line| !line.is_empty()).enumerate() {
        save("draft", &format!("line{nth}"), line.as_bytes());
    }
    save("query", "query", "氢能 “海河联运” -煤炭 \"x".as_bytes());
}
