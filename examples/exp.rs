#![allow(warnings)]
use std::io::BufRead;
use std::time::Instant;
use tantivy::schema::*;
use tantivy::tokenizer::*;
use tantivy::*;

#[derive(Clone)]
struct Uniq;
struct UniqStream {
    chars: Vec<char>,
    at: usize,
    token: Token,
}
impl Tokenizer for Uniq {
    type TokenStream<'a> = UniqStream;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> UniqStream {
        let mut chars = Vec::with_capacity(text.len() / 3 + 4);
        for c in text.chars() {
            plansearch::text::fold::fold_char(c, |c| chars.push(c));
        }
        chars.sort_unstable();
        chars.dedup();
        UniqStream {
            chars,
            at: usize::MAX,
            token: Token::default(),
        }
    }
}
impl TokenStream for UniqStream {
    fn advance(&mut self) -> bool {
        self.at = self.at.wrapping_add(1);
        if self.at >= self.chars.len() {
            return false;
        }
        self.token.text.clear();
        self.token.text.push(self.chars[self.at]);
        self.token.position = self.at;
        true
    }
    fn token(&self) -> &Token {
        &self.token
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
#[derive(Clone)]
struct Pairs;
struct PairStream {
    text: String,
    at: usize,
    mid: usize,
    pos: usize,
    token: Token,
}
impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream {
        let mut t = String::with_capacity(text.len());
        for c in text.chars() {
            plansearch::text::fold::fold_char(c, |c| t.push(c));
        }
        let mid = t.chars().next().map_or(0, char::len_utf8);
        PairStream {
            text: t,
            at: 0,
            mid,
            pos: usize::MAX,
            token: Token::default(),
        }
    }
}
impl TokenStream for PairStream {
    fn advance(&mut self) -> bool {
        let Some(c) = self.text[self.mid..].chars().next() else {
            return false;
        };
        let end = self.mid + c.len_utf8();
        self.token.text.clear();
        self.token.text.push_str(&self.text[self.at..end]);
        self.at = self.mid;
        self.mid = end;
        self.pos = self.pos.wrapping_add(1);
        self.token.position = self.pos;
        true
    }
    fn token(&self) -> &Token {
        &self.token
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
#[derive(Clone)]
struct Grams(usize);
struct GramStream {
    chars: Vec<char>,
    at: usize,
    n: usize,
    token: Token,
}
impl Tokenizer for Grams {
    type TokenStream<'a> = GramStream;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream {
        let mut chars = Vec::with_capacity(text.len() / 3 + 4);
        for c in text.chars() {
            plansearch::text::fold::fold_char(c, |c| chars.push(c));
        }
        GramStream {
            chars,
            at: usize::MAX,
            n: self.0,
            token: Token::default(),
        }
    }
}
impl TokenStream for GramStream {
    fn advance(&mut self) -> bool {
        self.at = self.at.wrapping_add(1);
        if self.at + self.n > self.chars.len() {
            return false;
        }
        self.token.text.clear();
        for c in &self.chars[self.at..self.at + self.n] {
            self.token.text.push(*c);
        }
        self.token.position = self.at;
        true
    }
    fn token(&self) -> &Token {
        &self.token
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
fn main() {
    let mode = std::env::args().nth(1).unwrap();
    let threads: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let texts: Vec<(String, String)> =
        std::io::BufReader::new(std::fs::File::open("/tmp/laws/laws.jsonl").unwrap())
            .lines()
            .map(|l| {
                let v: serde_json::Value = serde_json::from_str(&l.unwrap()).unwrap();
                (
                    v["text"].as_str().unwrap().to_owned(),
                    v["section"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
    let bytes: usize = texts.iter().map(|t| t.0.len()).sum();
    let mut sb = Schema::builder();
    let mut fields = vec![];
    let opt = |tok: &str, rec| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tok)
                .set_index_option(rec)
                .set_fieldnorms(true),
        )
    };
    for m in mode.chars() {
        match m {
            'j' => fields.push((
                m,
                sb.add_text_field("j", opt("j", IndexRecordOption::WithFreqsAndPositions)),
            )),
            'k' => fields.push((
                m,
                sb.add_text_field("k", opt("jn", IndexRecordOption::WithFreqs)),
            )),
            '2' => fields.push((
                m,
                sb.add_text_field("c2", opt("g2", IndexRecordOption::WithFreqsAndPositions)),
            )),
            'b' => fields.push((
                m,
                sb.add_text_field("c2b", opt("g2", IndexRecordOption::WithFreqs)),
            )),
            '1' => fields.push((
                m,
                sb.add_text_field("c1", opt("g1", IndexRecordOption::Basic)),
            )),
            'u' => fields.push((
                m,
                sb.add_text_field("c1", opt("u1", IndexRecordOption::Basic)),
            )),
            '3' => fields.push((
                m,
                sb.add_text_field("c2", opt("p2", IndexRecordOption::WithFreqsAndPositions)),
            )),
            'f' => fields.push((
                m,
                sb.add_text_field("c1f", opt("g1", IndexRecordOption::WithFreqs)),
            )),
            's' => fields.push((m, sb.add_text_field("s", STORED))),
            'p' => fields.push((
                m,
                sb.add_text_field("p", opt("g2", IndexRecordOption::WithFreqs)),
            )),
            'x' => fields.push((m, sb.add_text_field("x", FAST))),
            _ => panic!(),
        }
    }
    let schema = sb.build();
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create_in_dir(dir.path(), schema).unwrap();
    let mut js = tantivy_jieba::JiebaTokenizer::new();
    index.tokenizers().register(
        "j",
        TextAnalyzer::builder(js.clone()).filter(LowerCaser).build(),
    );
    js.set_search_mode(false);
    js.set_hmm(false);
    index
        .tokenizers()
        .register("jn", TextAnalyzer::builder(js).filter(LowerCaser).build());
    index.tokenizers().register("g2", Grams(2));
    index.tokenizers().register("u1", Uniq);
    index.tokenizers().register("p2", Pairs);
    index.tokenizers().register("g1", Grams(1));
    index
        .tokenizers()
        .get("j")
        .unwrap()
        .token_stream("预热")
        .advance();
    let t = Instant::now();
    let mut w: IndexWriter = index
        .writer_with_num_threads(threads, 200_000_000 * threads)
        .unwrap();
    for (text, section) in &texts {
        let mut d = TantivyDocument::new();
        for (m, f) in &fields {
            d.add_text(*f, if *m == 'p' { section } else { text });
        }
        w.add_document(d).unwrap();
    }
    w.commit().unwrap();
    let e = t.elapsed().as_secs_f64();
    w.wait_merging_threads().unwrap();
    let e2 = t.elapsed().as_secs_f64();
    let size: u64 = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|e| e.unwrap().metadata().unwrap().len())
        .sum();
    println!(
        "{mode} t{threads}: commit {e:.2}s {:.1} MB/s; merged {e2:.2}s; index {:.1} MB of {:.1}",
        bytes as f64 / 1e6 / e,
        size as f64 / 1e6,
        bytes as f64 / 1e6
    );
}
