//! Plain BM25, as anybody would write it: the measure that ours has to beat.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use tantivy_jieba::jieba_rs::Jieba;

/// What a text is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tokens {
    /// Words of jieba's dictionary.
    Words,
    /// Each character with the next.
    Pairs,
}

const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Postings of the tokens that some queries have.
pub(crate) struct Bm25 {
    tokens: Tokens,
    jieba: Jieba,
    ids: Vec<String>,
    lengths: Vec<usize>,
    postings: HashMap<String, Vec<(usize, usize)>>,
}

impl Bm25 {
    /// Over passages with their titles and sections, for `queries` alone.
    pub(crate) fn over(passages: &[Value], queries: &[&str], tokens: Tokens) -> Self {
        let mut bm25 = Self {
            tokens,
            jieba: Jieba::new(),
            ids: Vec::new(),
            lengths: Vec::new(),
            postings: HashMap::new(),
        };
        let asked: HashSet<String> = queries.iter().flat_map(|query| bm25.cut(query)).collect();
        for passage in passages {
            let field = |name: &str| passage[name].as_str().unwrap_or_default();
            let text = [field("title"), field("section"), field("text")].join(" ");
            let cut = bm25.cut(&text);
            let mut counts: HashMap<&String, usize> = HashMap::new();
            for token in cut.iter().filter(|token| asked.contains(*token)) {
                *counts.entry(token).or_default() += 1;
            }
            for (token, n) in counts {
                let list = bm25.postings.entry(token.clone()).or_default();
                list.push((bm25.ids.len(), n));
            }
            bm25.ids.push(field("id").to_owned());
            bm25.lengths.push(cut.len());
        }
        bm25
    }

    fn cut(&self, text: &str) -> Vec<String> {
        match self.tokens {
            Tokens::Words => {
                let words = self.jieba.cut(text, false).into_iter();
                words.map(|token| token.word.to_owned()).collect()
            }
            Tokens::Pairs => {
                let chars: Vec<char> = text.chars().collect();
                chars.windows(2).map(|pair| pair.iter().collect()).collect()
            }
        }
    }

    /// Ids of the best passages.
    pub(crate) fn best(&self, query: &str, n: usize) -> Vec<String> {
        let n_passages = self.ids.len() as f64;
        let mean = self.lengths.iter().sum::<usize>() as f64 / n_passages.max(1.0);
        let mut scores: HashMap<usize, f64> = HashMap::new();
        let tokens: HashSet<String> = self.cut(query).into_iter().collect();
        for list in tokens.iter().filter_map(|token| self.postings.get(token)) {
            let n_with = list.len() as f64;
            let idf = (1.0 + (n_passages - n_with + 0.5) / (n_with + 0.5)).ln();
            for (at, n) in list {
                let (tf, length) = (*n as f64, self.lengths[*at] as f64);
                let part = tf * (K1 + 1.0) / (tf + K1 * (1.0 - B + B * length / mean));
                *scores.entry(*at).or_default() += idf * part;
            }
        }
        let mut best: Vec<(usize, f64)> = scores.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(n);
        best.into_iter()
            .map(|(at, _)| self.ids[at].clone())
            .collect()
    }
}

#[test]
fn the_passage_with_the_words_is_first() {
    let passage = |id: &str, text: &str| serde_json::json!({"id": id, "text": text});
    let passages = [
        passage("a", "港口与航道"),
        passage("b", "氢能产业"),
        passage("c", "产业"),
    ];
    for tokens in [Tokens::Words, Tokens::Pairs] {
        let bm25 = Bm25::over(&passages, &["氢能产业"], tokens);
        assert_eq!(bm25.best("氢能产业", 2), ["b", "c"], "{tokens:?}");
    }
}
