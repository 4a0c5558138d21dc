//! Number questions: the lists that they must give.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::{gold, place};
use crate::cli::Desk;

#[derive(Deserialize)]
struct Question {
    id: String,
    args: Vec<String>,
    want: Vec<[String; 3]>,
    maybe: Vec<[String; 3]>,
}

#[test]
fn number_questions_give_their_lists() {
    let desk = Desk::new();
    let text = std::fs::read_to_string(gold().join("where.jsonl")).unwrap();
    let questions: Vec<Question> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let docs: BTreeSet<&String> = questions
        .iter()
        .flat_map(|question| question.want.iter().chain(&question.maybe))
        .map(|[doc, _, _]| doc)
        .collect();
    std::fs::create_dir(desk.path().join("库")).unwrap();
    let mut here = BTreeSet::new();
    for doc in docs {
        if let Some(path) = place(doc) {
            std::fs::copy(path, desk.path().join("库").join(doc)).unwrap();
            here.insert(doc.clone());
        }
    }
    let _ = desk.run(&["index", "库"]);
    let mut n_right = 0;
    for question in &questions {
        let mut args = vec!["targets", "--json", "--limit", "1000"];
        args.extend(question.args.iter().map(String::as_str));
        let run = desk.run(&args);
        let answer: Value = serde_json::from_str(&run.stdout).unwrap();
        let given: BTreeSet<(String, String)> = answer["records"]
            .as_array()
            .unwrap()
            .iter()
            .map(|record| {
                let file = record["passage"]["doc"]["file"].as_str().unwrap();
                let file = file.rsplit('/').next().unwrap();
                (file.to_owned(), record["text"].as_str().unwrap().to_owned())
            })
            .collect();
        let is_in = |list: &[[String; 3]], (file, text): &(String, String)| {
            list.iter().any(|[doc, _, figure]| {
                doc == file && (figure == text || text.contains(figure.as_str()))
            })
        };
        let wanted: Vec<&[String; 3]> = question
            .want
            .iter()
            .filter(|[doc, _, _]| here.contains(doc))
            .collect();
        let has_all = wanted.iter().all(|[doc, _, figure]| {
            given
                .iter()
                .any(|(file, text)| file == doc && text.contains(figure.as_str()))
        });
        let others: Vec<&(String, String)> = given
            .iter()
            .filter(|one| !is_in(&question.want, one) && !is_in(&question.maybe, one))
            .collect();
        if has_all && others.is_empty() {
            n_right += 1;
        } else {
            println!("{}: wanted {wanted:?}, given {given:?}", question.id);
        }
    }
    println!("number questions: {n_right} of {}", questions.len());
    assert_eq!(n_right, questions.len());
}
