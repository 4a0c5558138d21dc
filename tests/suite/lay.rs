//! Lay questions over statutes: the words of people, the articles that answer them.
//!
//! The statutes are not part of the project. `PLANSEARCH_LAWS` names them (`.jsonl` or
//! `.jsonl.xz`, as `index` reads them), else a folder `shared/corpus` beside the project
//! does; without them the test says so and passes. Plain BM25 over words and over pairs
//! is computed beside our own figures.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use plansearch::engine::Engine;
use plansearch::search::{Request, SameText, search};
use serde_json::Value;

use crate::bm25::{Bm25, Tokens};
use crate::gold;
use crate::library;
use crate::ranks;

/// How deep recall looks.
const DEPTH: usize = 100;

/// A question with the articles that answer it.
struct Question {
    kind: String,
    text: String,
    articles: HashSet<String>,
}

/// Means over questions.
#[derive(Debug, Clone, Copy, Default)]
struct Figures {
    n: usize,
    ndcg: f64,
    recall: f64,
}

impl Figures {
    fn add(&mut self, ndcg: f64, recall: f64) {
        self.n += 1;
        self.ndcg += ndcg;
        self.recall += recall;
    }

    fn means(self) -> (f64, f64) {
        let n = self.n.max(1) as f64;
        (self.ndcg / n, self.recall / n)
    }
}

fn questions() -> Vec<Question> {
    let text = gold::read("relevance/lay.tsv");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut fields = line.split('\t');
            let mut field = || fields.next().unwrap().to_owned();
            Question {
                kind: field(),
                text: field(),
                articles: field().split(' ').map(str::to_owned).collect(),
            }
        })
        .collect()
}

/// Half of the questions are for tuning, by a hash of their text; the others show
/// whether it carries over.
fn is_for_tuning(question: &str) -> bool {
    let bytes = question.bytes();
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    (hash >> 32) & 1 == 0
}

/// The corpus as plain `.jsonl`, unpacked when needed.
fn corpus() -> Option<PathBuf> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = project.join("../shared/corpus/laws.jsonl.xz");
    let named = std::env::var_os("PLANSEARCH_LAWS").map(PathBuf::from);
    let path = named.or_else(|| beside.is_file().then_some(beside))?;
    if path.extension().is_none_or(|ext| ext != "xz") {
        return Some(path);
    }
    let plain = Path::new(env!("CARGO_TARGET_TMPDIR")).join("laws.jsonl");
    if !plain.is_file() {
        let unpacked = Command::new("xz").arg("-dc").arg(&path).output().unwrap();
        assert!(
            unpacked.status.success(),
            "xz cannot read {}",
            path.display()
        );
        std::fs::write(&plain, unpacked.stdout).unwrap();
    }
    Some(plain)
}

/// The passages of the corpus, as they are written.
fn lines(corpus: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(corpus).unwrap();
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The article that each passage belongs to, as `law02514:47` or `law01912:133.1`.
fn articles(lines: &[Value]) -> HashMap<String, String> {
    let mut articles = HashMap::new();
    let mut current = (String::new(), None::<String>);
    for line in lines {
        let field = |name: &str| line[name].as_str().unwrap_or_default();
        if current.0 != field("doc") {
            current = (field("doc").to_owned(), None);
        }
        if let Some(number) = article_number(field("text").trim_start()) {
            current.1 = Some(number);
        }
        if let (doc, Some(number)) = &current {
            articles.insert(field("id").to_owned(), format!("{doc}:{number}"));
        }
    }
    articles
}

/// The number of an article at the head of a text: 第一百三十三条之一 is `133.1`.
fn article_number(text: &str) -> Option<String> {
    const DIGITS: &str = "零一二三四五六七八九";
    let digit = |c: char| DIGITS.chars().position(|known| known == c);
    let (number, rest) = text.strip_prefix('第')?.split_once('条')?;
    let (mut sum, mut last) = (0, 0);
    for c in number.chars() {
        if let Some(digit) = digit(c) {
            last = digit;
            continue;
        }
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => return None,
        };
        sum += unit * if unit == 10 { last.max(1) } else { last };
        last = 0;
    }
    let mut found = (sum + last).to_string();
    if let Some(added) = rest.strip_prefix('之').and_then(|rest| rest.chars().next()) {
        write!(found, ".{}", digit(added)?).unwrap();
    }
    Some(found)
}

/// The ranks of the articles, by groups of passages that are one hit each.
fn ranks_of(
    hits: impl Iterator<Item = Vec<String>>,
    articles: &HashMap<String, String>,
    question: &Question,
) -> Vec<usize> {
    let mut seen = HashSet::new();
    let mut ranks = Vec::new();
    for (at, ids) in hits.enumerate() {
        let met = ids.iter().filter_map(|id| articles.get(id));
        let fresh = met.filter(|article| question.articles.contains(*article));
        if fresh
            .filter(|article| seen.insert((*article).clone()))
            .count()
            > 0
        {
            ranks.push(at + 1);
        }
    }
    ranks
}

fn ndcg_and_recall(ranks: &[usize], question: &Question) -> (f64, f64) {
    let gain = |rank: usize| 1.0 / (rank as f64 + 1.0).log2();
    let n_right = question.articles.len();
    let best: f64 = (1..=n_right.min(10)).map(gain).sum();
    let dcg: f64 = ranks
        .iter()
        .filter(|rank| **rank <= 10)
        .map(|rank| gain(*rank))
        .sum();
    (dcg / best, ranks.len().min(n_right) as f64 / n_right as f64)
}

fn own_hits(snapshot: &dyn Engine, question: &str) -> Vec<Vec<String>> {
    let request = Request {
        query: question.to_owned(),
        limit: DEPTH,
        same_text: SameText::TogetherForWords,
        ..Request::default()
    };
    let hits = search(snapshot, &request).unwrap().hits;
    hits.into_iter()
        .map(|hit| {
            let same = hit.same_text.into_iter().map(|same| same.passage);
            std::iter::once(hit.passage.id.clone())
                .chain(same)
                .collect()
        })
        .collect()
}

#[test]
fn lay_questions_find_their_articles() {
    let Some(corpus) = corpus() else {
        println!("\nNOT RUN: the statutes are not there; PLANSEARCH_LAWS names them");
        return;
    };
    let questions = questions();
    let lines = lines(&corpus);
    let articles = articles(&lines);
    let known: HashSet<&String> = articles.values().collect();
    for question in &questions {
        let unknown = question
            .articles
            .iter()
            .find(|article| !known.contains(article));
        assert!(unknown.is_none(), "{}: {unknown:?}", question.text);
    }
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("laws-index");
    let snapshot = library::index(&dir, &[corpus]);
    let mut found = BTreeMap::<String, Figures>::new();
    let mut told = ranks::Told::default();
    for question in &questions {
        let hits = own_hits(&*snapshot, &question.text);
        let ranks = ranks_of(hits.into_iter(), &articles, question);
        let (ndcg, recall) = ndcg_and_recall(&ranks, question);
        let half = if is_for_tuning(&question.text) {
            "tuned on"
        } else {
            "held back"
        };
        for name in ["all", half, &question.kind] {
            found.entry(name.to_owned()).or_default().add(ndcg, recall);
        }
        told.add(&question.kind, &question.text, &ranks, ndcg);
    }
    println!(
        "\n{:<14} {:>4} {:>8} {:>6}",
        "questions", "n", "nDCG@10", "R@100"
    );
    for (name, figures) in &found {
        let (ndcg, recall) = figures.means();
        println!("{name:<14} {:>4} {ndcg:>8.3} {recall:>6.3}", figures.n);
    }
    let mut plain_recall = 0.0_f64;
    for tokens in [Tokens::Words, Tokens::Pairs] {
        let texts: Vec<&str> = questions
            .iter()
            .map(|question| question.text.as_str())
            .collect();
        let bm25 = Bm25::over(&lines, &texts, tokens);
        let mut figures = Figures::default();
        for question in &questions {
            let hits = bm25
                .best(&question.text, DEPTH)
                .into_iter()
                .map(|id| vec![id]);
            let ranks = ranks_of(hits, &articles, question);
            let (ndcg, recall) = ndcg_and_recall(&ranks, question);
            figures.add(ndcg, recall);
        }
        let (ndcg, recall) = figures.means();
        println!("plain BM25, {tokens:?}: nDCG@10 {ndcg:.3}, R@100 {recall:.3}");
        plain_recall = plain_recall.max(recall);
    }
    told.compare("relevance/lay_ranks.txt");
    let (ndcg, recall) = found["all"].means();
    assert!(
        ndcg >= NDCG_FLOOR,
        "nDCG@10 is {ndcg:.3}, the floor is {NDCG_FLOOR}"
    );
    assert!(
        recall >= RECALL_FLOOR,
        "R@100 is {recall:.3}, the floor is {RECALL_FLOOR}"
    );
    assert!(
        recall >= plain_recall,
        "R@100 is {recall:.3}, plain BM25 has {plain_recall:.3}"
    );
}

/// What the ranking reaches today, rounded down.
const NDCG_FLOOR: f64 = 0.36;

/// The same for recall.
const RECALL_FLOOR: f64 = 0.70;
