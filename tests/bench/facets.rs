//! What facets add to the time of a query, on a million generated passages.
//!
//! ```text
//! cargo bench --bench facets
//! PLANSEARCH_BENCH_PASSAGES=200000 cargo bench --bench facets
//! ```
//!
//! The passages are ready-made lines of short sentences over a planning vocabulary,
//! in documents with chapters and sections, issuers, years and types; the index is
//! made as the program makes it. Each query is asked without and with facets in turn,
//! so that a busy machine slows both alike. Nothing is asserted about time.

#![allow(
    clippy::unwrap_used,
    reason = "a bench ends at the first thing that is wrong"
)]
#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

#[path = "figures.rs"]
mod figures;
#[path = "random.rs"]
mod random;

use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use plansearch::engine::{Engine, Filter, YearRange};
use plansearch::index::Index;
use plansearch::ingest::{self, Job};
use plansearch::search::{Request, search};
use random::Random;

/// Passages when nothing else is asked.
const N_PASSAGES: usize = 1_000_000;
/// Passages of a document.
const N_OF_DOCUMENT: usize = 250;
/// Passages of a section.
const N_OF_SECTION: usize = 6;
/// Values of a facet that are asked for, as the API does.
const MAX_FACET_VALUES: usize = 100;
/// Rounds end after this time.
const MAX_ELAPSED: Duration = Duration::from_secs(90);
/// Rounds end after this many.
const MAX_ROUNDS: usize = 30;

/// Words that any sentence has; those at the front are frequent.
const WORDS: [&str; 40] = [
    "发展", "建设", "推进", "加强", "产业", "完善", "服务", "企业", "提升", "项目", "重点", "管理",
    "体系", "城市", "机制", "实施", "工作", "支持", "加快", "推动", "优化", "全面", "深入", "开展",
    "健全", "落实", "强化", "统筹", "区域", "基础", "设施", "能力", "水平", "政策", "资源", "要素",
    "布局", "改造", "示范", "标准",
];
/// Words that a sentence is about: passages of plans have one to three of them.
const TOPICS: [&str; 48] = [
    "生态环境",
    "农业",
    "乡村",
    "教育",
    "人才",
    "港口",
    "交通",
    "科技创新",
    "数字经济",
    "医疗",
    "养老",
    "就业",
    "文化旅游",
    "营商环境",
    "绿色低碳",
    "光伏",
    "储能",
    "氢能",
    "污水",
    "空气质量",
    "固废",
    "外贸",
    "自贸区",
    "铁路",
    "码头",
    "海河联运",
    "航天",
    "化工新材料",
    "粮食安全",
    "水利",
    "住房",
    "体育",
    "法治",
    "应急管理",
    "社会保障",
    "金融服务",
    "国有企业",
    "消费",
    "物流",
    "城市更新",
    "湿地",
    "人工智能",
    "生物医药",
    "企业",
    "服务业",
    "海洋经济",
    "民营经济",
    "安全生产",
];
const PLACES: [&str; 12] = [
    "浙江省",
    "嘉兴市",
    "平湖市",
    "江苏省",
    "苏州市",
    "昆山市",
    "四川省",
    "成都市",
    "广东省",
    "广州市",
    "上海市",
    "武汉市",
];
const TYPES: [&str; 5] = ["规划纲要", "专项规划", "行动计划", "意见", "方案"];
const QUERIES: [&str; 14] = [
    "氢能",
    "发展",
    "港口 码头",
    "数字经济",
    "营商环境 企业",
    "科技创新 人才",
    "海河联运",
    "城市更新",
    "生态环境",
    "“粮食安全”",
    "产业 或 企业",
    "养老 -医疗",
    "人工智能 生物医药 创新",
    "",
];

fn main() {
    if std::env::args().all(|arg| arg != "--bench") {
        return;
    }
    let n = std::env::var("PLANSEARCH_BENCH_PASSAGES");
    let n = n.map_or(N_PASSAGES, |n| n.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("passages.jsonl");
    generate(&file, n);
    let started = Instant::now();
    let index = dir.path().join("index");
    let job = Job {
        index_dir: &index,
        paths: std::slice::from_ref(&file),
        rebuild: false,
        themes: None,
        synonyms: None,
        ocr: None,
    };
    let report = ingest::run(&job, &mut |_| ()).unwrap();
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    println!(
        "{n} passages indexed in {:.0} s",
        started.elapsed().as_secs_f64()
    );
    let started = Instant::now();
    let snapshot = Index::open(&index).unwrap().snapshot();
    println!("opened in {:.0} ms", started.elapsed().as_secs_f64() * 1e3);
    measure(&*snapshot);
}

/// Writes the passages.
fn generate(path: &Path, n: usize) {
    let mut file = BufWriter::new(std::fs::File::create(path).unwrap());
    let mut random = Random::new(7);
    let mut line = String::new();
    for nth in 0..n {
        let (doc, idx) = (nth / N_OF_DOCUMENT, nth % N_OF_DOCUMENT);
        let section = idx / N_OF_SECTION;
        let place = PLACES[doc % PLACES.len()];
        line.clear();
        let _ = write!(
            line,
            r#"{{"id":"d{doc}-{idx}","doc":"d{doc}","title":"{place}{}规划之{doc}","issuer":"{place}人民政府","date":"{}-0{}-01","doc_type":"{}","section":"第{}章 {} > 第{}节 {}","text":""#,
            TOPICS[doc % TOPICS.len()],
            2010 + doc % 15,
            1 + doc % 9,
            TYPES[doc % TYPES.len()],
            section / 6 + 1,
            TOPICS[(doc + section / 6) % TOPICS.len()],
            section % 6 + 1,
            TOPICS[(doc + section) % TOPICS.len()],
        );
        let n_words = 12 + random.below(20);
        let n_topics = 1 + random.below(3);
        for at in 0..n_words {
            // Topics stand apart; the smaller of two numbers is often small, so the
            // front words are frequent.
            let is_topic = at % (n_words / n_topics) == 0;
            let words = if is_topic { &TOPICS[..] } else { &WORDS[..] };
            let word = random.below(words.len()).min(random.below(words.len()));
            line.push_str(words[word]);
            if random.below(5) == 0 {
                line.push_str(random.pick::<&str>(&["，", "、", "；"]));
            }
        }
        line.push_str("。\"}\n");
        file.write_all(line.as_bytes()).unwrap();
    }
    file.flush().unwrap();
}

/// Asks every query without and with facets in turn, and prints the medians.
fn measure(snapshot: &dyn Engine) {
    let filters = [
        ("no filter", Filter::default()),
        (
            "theme, years",
            Filter {
                themes: vec!["科技创新".to_owned()],
                years: vec![YearRange {
                    first: 2015,
                    last: 2020,
                }],
                ..Filter::default()
            },
        ),
        (
            "region, chapter",
            Filter {
                regions: vec!["浙江省".to_owned()],
                chapters: vec!["第一节".to_owned()],
                ..Filter::default()
            },
        ),
    ];
    let mut cases = Vec::new();
    for (name, filter) in &filters {
        for query in QUERIES {
            cases.push((*name, query, filter, Vec::new(), Vec::new()));
        }
    }
    let started = Instant::now();
    let mut n_rounds = 0;
    while n_rounds < MAX_ROUNDS && (n_rounds < 3 || started.elapsed() < MAX_ELAPSED) {
        for (_, query, filter, plain, faceted) in &mut cases {
            let mut ask = |max_facet_values: usize| {
                let request = Request {
                    query: (*query).to_owned(),
                    filter: (*filter).clone(),
                    limit: 10,
                    max_facet_values,
                    ..Request::default()
                };
                let started = Instant::now();
                let response = search(snapshot, &request).unwrap();
                let ms = started.elapsed().as_secs_f64() * 1e3;
                std::hint::black_box(response.hits.len());
                if max_facet_values == 0 {
                    plain.push(ms);
                } else {
                    faceted.push(ms);
                }
            };
            // The side that goes first changes, so that caches favour neither.
            if n_rounds % 2 == 0 {
                ask(0);
                ask(MAX_FACET_VALUES);
            } else {
                ask(MAX_FACET_VALUES);
                ask(0);
            }
        }
        n_rounds += 1;
    }
    println!("{n_rounds} rounds, milliseconds");
    println!(
        "{:<16} {:>9} {:>9} {:>7}  query",
        "filter", "plain", "facets", "more"
    );
    let (mut plains, mut faceteds) = (Vec::new(), Vec::new());
    for (name, query, _, plain, faceted) in &cases {
        let (plain, faceted) = (figures::median(plain), figures::median(faceted));
        println!(
            "{name:<16} {plain:>9.3} {faceted:>9.3} {:>6.0}%  {query}",
            (faceted / plain - 1.0) * 100.0
        );
        plains.push(plain);
        faceteds.push(faceted);
    }
    let (plain, faceted) = (figures::median(&plains), figures::median(&faceteds));
    println!(
        "median of all: {plain:.3} and {faceted:.3}, {:.0}% more",
        (faceted / plain - 1.0) * 100.0
    );
    let ratios: Vec<f64> = plains.iter().zip(&faceteds).map(|(p, f)| f / p).collect();
    println!("median of the ratios: {:.3}", figures::median(&ratios));
}
