//! The parser against hand-made outlines (`tests/gold/structure/*.json`) and
//! against the rule that no character of a source is lost.

use super::parse;
use super::scoring::{check_nothing_lost, f1, plain};
use plansearch_document::RawText;
use plansearch_document::{Document, PassageKind};
use plansearch_read::read_file;
use plansearch_text::fold::is_blank;
use proptest::prelude::*;
use serde_json::Value;
use std::path::Path;

fn strings(value: &Value) -> Vec<String> {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

struct Gold {
    document: Document,
    lines: Vec<String>,
    label: Value,
}

fn gold_files() -> Vec<Gold> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(root.join("../../tests/gold/structure"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let label: Value =
                serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            let name = label["file"].as_str().unwrap().to_owned();
            let text = read_file(&root.join("../../seeds").join(&name))
                .unwrap()
                .parts
                .remove(0)
                .text
                .unwrap();
            let mut documents = parse(&text, &name);
            assert_eq!(documents.len(), 1, "{name} holds one plan");
            Gold {
                document: documents.remove(0),
                lines: text.lines,
                label,
            }
        })
        .collect()
}

impl Gold {
    fn check_floor(&self, what: &str, floor: f64, found: &[String], gold: &[String]) {
        let (score, wrong) = f1(found, gold);
        let file = &self.label["file"];
        println!(
            "{file} {what}: {score:.3} ({} of {})",
            found.len(),
            gold.len()
        );
        assert!(score >= floor, "{file} {what} {score:.3}: {wrong:#?}");
    }

    fn headings(&self) -> Vec<String> {
        let headings = self.document.outline.headings().iter();
        headings
            .map(|h| format!("{} {}{}", h.level, plain(&h.number), plain(&h.title)))
            .collect()
    }

    fn gold_headings(&self) -> Vec<String> {
        let item = |h: &Value| {
            let text = |field: &str| plain(h[field].as_str().unwrap_or_default());
            format!("{} {}{}", h["level"], text("number"), text("title"))
        };
        self.label["headings"]
            .as_array()
            .unwrap()
            .iter()
            .map(item)
            .collect()
    }

    fn paths(&self) -> Vec<String> {
        let outline = &self.document.outline;
        (0..outline.headings().len())
            .map(|idx| {
                plain(
                    &outline
                        .path(Some(plansearch_document::SectionIdx(idx)))
                        .concat(),
                )
            })
            .collect()
    }

    fn gold_paths(&self) -> Vec<String> {
        let item = |h: &Value| {
            let text = |field: &str| plain(h[field].as_str().unwrap_or_default());
            format!("{}{}{}", text("parent"), text("number"), text("title"))
        };
        self.label["headings"]
            .as_array()
            .unwrap()
            .iter()
            .map(item)
            .collect()
    }

    fn leads(&self) -> Vec<String> {
        let outline = &self.document.outline;
        let passages = self.document.passages.iter();
        passages
            .filter_map(|p| {
                Some(format!(
                    "{} < {}",
                    plain(p.lead_text()?),
                    plain(&outline.path(p.section).concat())
                ))
            })
            .collect()
    }

    fn gold_leads(&self) -> Vec<String> {
        let text = |h: &Value, field: &str| plain(h[field].as_str().unwrap_or_default());
        let items = self.label["run_in"].as_array().unwrap().iter();
        items
            .map(|h| format!("{} < {}", text(h, "lead"), text(h, "under")))
            .collect()
    }

    fn joined(&self, kind: PassageKind) -> String {
        let passages = self.document.passages.iter().filter(|p| p.kind == kind);
        passages
            .map(|p| p.text.chars().filter(|c| !is_blank(*c)).collect::<String>() + "\n")
            .collect()
    }
}

#[test]
fn figures_of_structure_are_those_of_the_labels() {
    for gold in gold_files() {
        gold.check_floor("headings", 1.0, &gold.headings(), &gold.gold_headings());
        gold.check_floor("paths", 1.0, &gold.paths(), &gold.gold_paths());
        gold.check_floor("leads", 1.0, &gold.leads(), &gold.gold_leads());
    }
}

/// Breaks lines at 28 characters, paragraphs indented, with page numbers between.
fn broken_into_lines(text: &RawText) -> RawText {
    let mut lines = Vec::new();
    for paragraph in &text.lines {
        if paragraph.contains('|') || paragraph.chars().count() <= 12 {
            lines.push(paragraph.clone());
            continue;
        }
        let mut line = String::from("　　");
        for c in paragraph.trim().chars() {
            let is_full = line.chars().count() >= 28;
            if is_full && !"，。；：、）”》,;:)".contains(c) {
                lines.push(std::mem::take(&mut line));
                if lines.len().is_multiple_of(30) {
                    lines.push(format!("- {} -", lines.len() / 30));
                }
            }
            line.push(c);
        }
        lines.push(line);
    }
    RawText {
        lines,
        ..RawText::default()
    }
}

#[test]
fn a_plan_broken_into_lines_and_pages_keeps_its_outline() {
    let is_whole = |gold: &&Gold| gold.lines.iter().all(|line| line.chars().count() < 2000);
    for gold in gold_files().iter().filter(is_whole) {
        let text = RawText {
            lines: gold.lines.clone(),
            ..RawText::default()
        };
        let broken = Gold {
            document: parse(&broken_into_lines(&text), "broken.txt").remove(0),
            lines: Vec::new(),
            label: gold.label.clone(),
        };
        broken.check_floor("paths", 0.99, &broken.paths(), &broken.gold_paths());
        broken.check_floor("leads", 0.95, &broken.leads(), &broken.gold_leads());
    }
}

#[test]
fn facts_are_those_of_the_labels() {
    for gold in gold_files() {
        let facts = &gold.document.metadata;
        let label = &gold.label;
        let text = |field: &str| label[field].as_str().map(str::to_owned);
        let period = label["period"]
            .as_array()
            .map(|years| (years[0].as_u64(), years[1].as_u64()));
        let found = facts
            .period
            .map(|p| (Some(u64::from(p.first)), Some(u64::from(p.last))));
        assert_eq!(Some(facts.title.clone()), text("title"));
        assert_eq!(facts.issuers, strings(&label["issuers"]), "{}", facts.title);
        assert_eq!(facts.doc_number, text("doc_number"), "{}", facts.title);
        assert_eq!(facts.index_number, text("index_number"), "{}", facts.title);
        assert_eq!(
            facts.date.map(|date| date.to_string()),
            text("date"),
            "{}",
            facts.title
        );
        assert_eq!(
            facts.publish_date.map(|date| date.to_string()),
            text("publish_date"),
            "{}",
            facts.title
        );
        assert_eq!(
            Some(facts.doc_type.name().to_owned()),
            text("doc_type"),
            "{}",
            facts.title
        );
        assert_eq!(found, period, "{}", facts.title);
        assert_eq!(
            gold.document.attachments,
            strings(&label["attachments"]),
            "{}",
            facts.title
        );
    }
}

#[test]
fn tables_front_matter_and_noise_are_where_the_labels_put_them() {
    for gold in gold_files() {
        let squeeze = |text: &str| {
            text.chars()
                .filter(|c| !is_blank(*c) && *c != '|')
                .collect::<String>()
        };
        let tables: Vec<String> = gold
            .document
            .tables
            .iter()
            .map(|t| format!("{} {}", plain(&t.caption), t.rows.len()))
            .collect();
        let labelled = gold.label["tables"].as_array().unwrap().iter();
        let expect: Vec<String> = labelled
            .map(|t| {
                format!(
                    "{} {}",
                    plain(t["caption"].as_str().unwrap()),
                    t["body_rows"]
                )
            })
            .collect();
        assert_eq!(tables, expect);
        let front = squeeze(&gold.joined(PassageKind::FrontMatter).replace('\n', ""));
        for line in strings(&gold.label["front_matter"]) {
            assert!(
                front.contains(&squeeze(&line)),
                "front matter lacks {line}: {front}"
            );
        }
        let kept: Vec<String> = gold
            .document
            .passages
            .iter()
            .map(|p| squeeze(&p.text))
            .collect();
        for noise in strings(&gold.label["noise"]) {
            assert!(!kept.contains(&squeeze(&noise)), "noise kept: {noise}");
        }
        let n_bodies = gold
            .document
            .passages
            .iter()
            .filter(|p| p.kind == PassageKind::Paragraph)
            .count();
        assert_eq!(
            Some(n_bodies as u64),
            gold.label["body_paragraphs"].as_u64(),
            "{}",
            gold.label["file"]
        );
    }
}

#[test]
fn no_text_of_the_seeds_is_lost() {
    for gold in gold_files() {
        check_nothing_lost(
            gold.lines.iter().map(String::as_str),
            std::slice::from_ref(&gold.document),
        );
    }
}

proptest! {
    #[test]
    fn no_text_is_lost_and_nothing_panics(
        lines in prop::collection::vec("(第[一二十]{1,2}[章节条] ?|[一二三]、|（[一二]）|[1-3]\\.|附件[1-2]?：?|附件|表1 |专栏1|附表1|单位：|发布日期：|目录|## |①|1\\.[12] |（1）|前言|抄送|——|责任编辑)?[港区发展规划，。：| 2024年月日号()（）〔〕《》“”市政府|、的为一二\\t属性]{0,24}", 0..25)
    ) {
        let raw = RawText { lines, ..RawText::default() };
        let documents = parse(&raw, "某规划.txt");
        prop_assert!(!documents.is_empty());
        check_nothing_lost(raw.lines.iter().map(String::as_str), &documents);
    }

    #[test]
    fn any_text_is_parsed_without_panic(text in "\\PC{0,300}") {
        let _ = parse(&RawText::from_text(&text), "");
    }
}
