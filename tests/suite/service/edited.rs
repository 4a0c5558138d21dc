//! Addresses of a file that was edited since.

use axum::http::StatusCode;
use serde_json::Value;

use super::library::Library;
use crate::cli::Desk;

const PLAN: &str = "某市氢能产业发展规划\n第一章 总则\n建设加氢站十座，发展氢能产业。\n\
    推进海河联运，建设内河集装箱码头。\n完善港口集疏运体系，打通公铁水联运通道。\n第二章 保障措施\n加强组织领导，明确责任分工。\n";

/// A wording is corrected, a paragraph goes, one comes.
fn edited() -> String {
    PLAN.replace("十座", "十二座")
        .replace("完善港口集疏运体系，打通公铁水联运通道。\n", "")
        .replace("第二章", "支持企业研发燃料电池关键材料与装备。\n第二章")
}

struct Before {
    desk: Desk,
    doc: String,
    passages: Vec<Value>,
}

impl Before {
    fn indexed() -> Self {
        let desk = Desk::new();
        desk.write("lib/plan.txt", PLAN);
        desk.json(&["index", "lib"]);
        let documents = desk.json(&["documents"]);
        let doc = documents["documents"][0]["id"].as_str().unwrap().to_owned();
        let whole = desk.json(&["show", &doc]);
        let passages = whole["passages"].as_array().unwrap().clone();
        Self {
            desk,
            doc,
            passages,
        }
    }

    /// Id of the passage that had this text.
    fn id(&self, text: &str) -> &str {
        let had = |passage: &&Value| passage["text"].as_str().unwrap().contains(text);
        let passage = self.passages.iter().find(had).unwrap();
        passage["id"].as_str().unwrap()
    }

    fn served(&self) -> Library {
        Library::at(&self.desk.path().join("index"))
    }
}

/// What an old id leads to: the text that stands now, and what became of it.
async fn now(library: &Library, id: &str) -> (String, String) {
    let answer = library.ask("GET", &format!("/api/passages/{id}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let value: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(value["former"]["id"], id);
    let own = format!("/api/passages/{}", value["passage"]["id"].as_str().unwrap());
    assert_eq!(answer.headers["content-location"], own.as_str());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (
        text(&value["passage"]["text"]),
        text(&value["former"]["fate"]),
    )
}

#[tokio::test]
async fn links_and_baskets_outlive_two_edits_and_a_rebuild() {
    let before = Before::indexed();
    let desk = &before.desk;
    desk.write("lib/plan.txt", &edited());
    desk.json(&["index", "lib"]);
    for step in ["edited", "edited twice", "rebuilt"] {
        match step {
            "edited twice" => {
                desk.write(
                    "lib/plan.txt",
                    &format!("{}\n附则\n本规划自印发之日起施行。\n", edited()),
                );
                desk.json(&["index", "lib"]);
            }
            "rebuilt" => drop(desk.json(&["index", "--rebuild", "lib"])),
            _ => {}
        }
        let library = before.served();
        for (old, text, fate) in [
            ("海河联运", "海河联运", "same"),
            ("组织领导", "组织领导", "same"),
            ("加氢站", "十二座", "changed"),
        ] {
            let (found, became) = now(&library, before.id(old)).await;
            assert!(found.contains(text), "{step}, {old}: {found}");
            assert_eq!(became, fate, "{step}, {old}");
        }
        assert_eq!(now(&library, before.id("集疏运")).await.1, "gone", "{step}");
        let whole = library
            .json(&format!("/api/documents/{}", before.doc))
            .await;
        let document = &whole["document"];
        assert_ne!(document["id"], before.doc.as_str(), "{step}");
        assert_eq!(document["title"], "某市氢能产业发展规划", "{step}");
    }
}

#[tokio::test]
async fn a_reader_is_sent_on_with_a_word_about_what_changed() {
    let before = Before::indexed();
    before.desk.write("lib/plan.txt", &edited());
    before.desk.json(&["index", "lib"]);
    let library = before.served();
    for (old, word) in [
        ("海河联运", None),
        ("加氢站", Some("请核对")),
        ("集疏运", Some("已经删除")),
    ] {
        let address = format!("/documents/{}?p={}&q=%E6%B8%AF", before.doc, before.id(old));
        let sent = library.ask("GET", &address).await;
        assert_eq!(sent.status, StatusCode::FOUND, "{old}");
        let location = sent.headers["location"].to_str().unwrap();
        assert!(
            location.contains("#p") && location.contains("q=%E6%B8%AF"),
            "{location}"
        );
        let page = library.get(location.split('#').next().unwrap()).await;
        assert!(
            page.contains("class=\"found\"") || page.contains("aria-current"),
            "{old}"
        );
        assert_eq!(page.contains("有改动"), word.is_some(), "{old}");
        assert!(word.is_none_or(|word| page.contains(word)), "{old}");
    }
    let whole = library
        .ask("GET", &format!("/documents/{}", before.doc))
        .await;
    assert_eq!(whole.status, StatusCode::FOUND);
    let basket = format!(
        "/basket?id={}&id={}&id={}",
        before.id("海河联运"),
        before.id("加氢站"),
        before.id("集疏运")
    );
    let page = library.get(&basket).await;
    assert!(page.contains("十二座") && page.contains("海河联运") && page.contains("其中1段"));
    assert!(page.contains(&format!("data-former=\"{}\"", before.id("海河联运"))));
    assert!(page.contains("没有编号为") && !page.contains("集疏运体系"));
}

#[test]
fn another_document_in_its_place_is_no_edition() {
    let before = Before::indexed();
    let desk = &before.desk;
    desk.write(
        "lib/plan.txt",
        "某县养老服务行动计划\n一、总体要求\n完善养老服务体系。\n",
    );
    desk.json(&["index", "lib"]);
    assert_ne!(desk.run(&["show", &before.doc]).code, 0);
    assert_ne!(desk.run(&["show", before.id("加氢站")]).code, 0);
}

#[test]
fn show_says_what_became_of_a_passage() {
    let before = Before::indexed();
    before.desk.write("lib/plan.txt", &edited());
    before.desk.json(&["index", "lib"]);
    let run = before.desk.run(&["show", before.id("加氢站")]);
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("十二座"), "{}", run.stdout);
    assert!(run.stderr.contains("another wording"), "{}", run.stderr);
}
