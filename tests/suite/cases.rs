//! Small libraries of our own making, each with what its reader would type and the
//! passage that is right.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plansearch::engine::Engine;
use plansearch::index::Index;
use plansearch::ingest::{self, Job};
use plansearch::search::{Request, Response, search};

use crate::library;

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/cases/search")
}

/// The index of one case; what cannot be read is named, and no matter here.
struct Case {
    _dir: tempfile::TempDir,
    snapshot: Arc<dyn Engine>,
}

impl Case {
    fn of(name: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let paths = [cases().join(name)];
        let job = Job {
            index_dir: dir.path(),
            paths: &paths,
            rebuild: false,
            themes: None,
            synonyms: None,
            ocr: None,
        };
        ingest::run(&job, &mut |_| ()).unwrap();
        let snapshot = Index::open(dir.path()).unwrap().snapshot();
        Self {
            _dir: dir,
            snapshot,
        }
    }

    fn ask(&self, query: &str) -> Response {
        ask(&*self.snapshot, query)
    }

    /// The texts of the hits in order.
    fn texts(&self, query: &str) -> Vec<String> {
        let hits = self.ask(query).hits.into_iter();
        hits.map(|hit| hit.passage.text.clone()).collect()
    }

    fn first(&self, query: &str) -> String {
        self.texts(query).into_iter().next().unwrap_or_default()
    }

    /// The texts of the hits that have all that was asked for.
    fn full(&self, query: &str) -> Vec<String> {
        let response = self.ask(query);
        let said = response.notices.iter().map(|notice| &notice.0);
        let mut counts = said.filter_map(|said| {
            let (_, rest) = said.split_once("全部词语的有")?;
            rest.split_once('段')?.0.parse().ok()
        });
        let n_full = counts.next();
        let n_full = n_full.unwrap_or(if response.is_relaxed { 0 } else { usize::MAX });
        let hits = response.hits.into_iter().take(n_full);
        hits.map(|hit| hit.passage.text.clone()).collect()
    }
}

fn ask(snapshot: &dyn Engine, query: &str) -> Response {
    let request = Request {
        query: query.to_owned(),
        limit: 50,
        ..Request::default()
    };
    search(snapshot, &request).unwrap()
}

fn notices(response: &Response) -> String {
    let said = response.notices.iter().map(|notice| notice.0.as_str());
    said.collect::<Vec<_>>().join("；")
}

#[test]
fn a_quoted_term_is_found_beside_the_words_of_a_question() {
    let case = Case::of("rank/引号提问.txt");
    for (query, right) in [
        ("“八八战略”是什么", "八八战略"),
        ("与“无废城市”相关的段落", "无废城市"),
        ("哪个文件先提出“无废城市”", "无废城市"),
        ("“无废城市”怎么创建", "无废城市"),
        ("“八八战略” 奋力开创 宇宙飞船", "八八战略"),
    ] {
        let response = case.ask(query);
        let first = response.hits.first().map(|hit| hit.passage.text.clone());
        assert!(first.is_some_and(|text| text.contains(right)), "{query}");
        let n_others = response
            .hits
            .iter()
            .filter(|hit| !hit.passage.text.contains(right))
            .count();
        assert_eq!(n_others, 0, "{query}: the phrase stays exact");
    }
    let said = notices(&case.ask("“八八战略”是什么"));
    assert!(said.contains("是什么"), "{said}");
    assert_eq!(case.ask("“九九战略”是什么").total, 0);
}

#[test]
fn a_question_for_the_first_document_keeps_what_has_some_of_its_words() {
    let snapshot = library::seeds();
    let of = |query: &str| ask(&*snapshot, query);
    let plain = of("海河联运枢纽建设");
    let asked = of("最早提出海河联运枢纽建设");
    assert!(plain.is_relaxed && asked.is_relaxed);
    assert_eq!(asked.total, plain.total);
    let date = |response: &Response| response.hits.first().map(|hit| hit.doc.date.clone());
    assert_eq!(date(&asked), Some(Some("2019-09-18".to_owned())));
    // Where other passages stand first, none are counted as those with all words in front.
    assert!(plain.n_with_all > 0 && asked.n_with_all == 0);
    assert_eq!(of("生态文明建设规划 基本原则").n_with_all, 0);
}

#[test]
fn a_negation_belongs_to_its_word() {
    let case = Case::of("rank/否定.txt");
    assert!(case.first("不超过").contains("不超过五万元"));
    assert!(case.first("不低于").contains("不低于百分之八十"));
    assert!(
        !case
            .full("不超过")
            .iter()
            .any(|text| text.contains("四十万亿元"))
    );
    let marked = case.ask("不超过").hits.remove(0);
    let pieces = marked.snippet.pieces(&marked.passage.text);
    assert!(pieces.contains(&("不超过", true)), "{pieces:?}");
}

#[test]
fn what_is_negated_is_nothing_without_its_negation() {
    let dir = tempfile::tempdir().unwrap();
    let plan = dir.path().join("规划.txt");
    let text = "某市发展规划\n一、总体要求\n利用率低于百分之八十的企业限期整改。\n\
        新建小区配建充电桩。\n经批准的项目可以先行建设。\n";
    std::fs::write(&plan, text).unwrap();
    let snapshot = library::index(&dir.path().join("index"), &[plan]);
    for query in ["不低于", "未批准", "毋低于"] {
        let response = ask(&*snapshot, query);
        assert_eq!(response.total, 0, "{query}");
        assert!(notices(&response).contains(query), "{query}");
    }
    // What is absent is what is asked about.
    let absent = ask(&*snapshot, "没有充电桩的小区");
    assert!(absent.hits[0].passage.text.contains("充电桩"));
}

#[test]
fn a_pasted_text_finds_the_passage_that_it_is_from() {
    let snapshot = library::seeds();
    let passages = crate::exact::all_passages(&*snapshot);
    let long = |text: &str| text.chars().count() >= 300;
    let texts: Vec<&str> = passages
        .iter()
        .map(|passage| passage.text.as_str())
        .filter(|text| long(text))
        .collect();
    assert!(texts.len() >= 20, "{}", texts.len());
    for text in texts.iter().step_by(texts.len() / 20) {
        let response = ask(&*snapshot, text);
        assert_eq!(response.hits[0].passage.text, *text);
        // The others of a text that runs over many passages do not hide it.
        let around: String = passages.iter().take(30).map(|p| p.text.as_str()).collect();
        let pasted: String = format!("{text}\n{around}").chars().take(3_900).collect();
        let response = ask(&*snapshot, &pasted);
        let mut best = response.hits.iter().take(10);
        assert!(
            best.any(|hit| hit.passage.text == *text),
            "{pasted}: {}",
            notices(&response)
        );
    }
    let whole: String = texts.concat().chars().take(4_000).collect();
    assert!(notices(&ask(&*snapshot, &whole)).contains("文字较长"));
}

#[test]
fn a_number_is_a_whole_with_its_sign_and_unit() {
    let case = Case::of("rank/百分号.txt");
    assert!(case.first("2.2%").contains("年均增长2.2%"));
    let full = case.full("6%");
    assert!(full[0].contains("民间投资增长6%"), "{full:?}");
    assert!(full[1].contains("6%以上") && full.len() == 2, "{full:?}");
    let full = case.full("增长6%");
    assert!(
        full[0].contains("民间投资增长6%") && full.len() == 2,
        "{full:?}"
    );
    assert!(case.first("增长6%以上").contains("服务业增长6%以上"));
    assert!(!case.full("2.2%").iter().any(|text| text.contains("222.2")));
    let case = Case::of("rank/百分之.txt");
    assert!(case.first("百分之七十三").contains("73%"));
    assert_eq!(case.full("百分之七十三").len(), 1);
}

#[test]
fn one_value_is_found_in_every_notation() {
    let case = Case::of("thousands/千分位.txt");
    for query in [
        "1200亿元",
        "1,200亿元",
        "一千二百亿元",
        "0.12万亿元",
        "1，200亿元",
    ] {
        assert_eq!(case.full(query).len(), 5, "{query}");
    }
    let first = crate::exact::dense(&case.first("1200亿元"));
    assert!(first.contains("1200亿元"), "as typed is first: {first}");
    let case = Case::of("units/单位.txt");
    assert_eq!(case.full("1200㎡").len(), 3);
    assert_eq!(case.full("1200平方米").len(), 3);
    assert!(case.first("25摄氏度").contains("25℃"));
    assert!(case.first("25℃").contains("25℃"));
    assert!(case.first("25微克/立方米").contains("25μg/m³"));
    let case = Case::of("dateO/字母O.txt");
    for (query, right) in [
        ("500亿元", "五百亿元"),
        ("6%", "百分之六"),
        ("1:2.5", "1∶2.5"),
        ("二〇三五年", "二Ο三五年"),
        ("2035年", "二Ο三五年"),
        ("2020年", "二O二O年"),
        ("2026-2030", "2026——2030年"),
        ("2021—2025年", "2021－2025年"),
        ("2031至2035年", "2031～2035年"),
        ("2036—2040", "2036至2040年"),
        ("25座", "二十五座"),
    ] {
        let full = case.full(query);
        assert!(
            full.iter().any(|text| text.contains(right)),
            "{query}: {full:?}"
        );
    }
    let found = case.full("2015年6月8日");
    assert!(
        found.iter().any(|text| text.contains("二O一五年六月八日")),
        "{found:?}"
    );
}

#[test]
fn what_is_typed_exactly_is_first() {
    let case = Case::of("rank/小标题.txt");
    for typed in ["保障措施", "三、保障措施"] {
        let first = crate::exact::dense(&case.first(typed));
        assert_eq!(first, crate::exact::dense("三、保障措施"), "{typed}");
    }
}

#[test]
fn chance_strings_are_no_corrections() {
    let case = Case::of("rank/误纠.txt");
    for query in ["社工", "有轨", "岸电"] {
        let response = case.ask(query);
        assert_eq!(response.total, 0, "{query}");
        let said = notices(&response);
        assert!(said.contains(&format!("没有“{query}”")), "{query}: {said}");
    }
}

#[test]
fn forms_of_a_character_are_the_character() {
    let case = Case::of("onetomany/繁简.txt");
    for query in [
        "幹部",
        "干部",
        "乾隆",
        "干隆",
        "皇后",
        "此後",
        "此后",
        "理髮",
        "理发",
        "後漢書",
        "后汉书",
        "《后汉书》",
    ] {
        assert!(case.ask(&format!("“{query}”")).total > 0, "{query}");
    }
    for (name, queries) in [
        (
            "kangxi/康熙部首.txt",
            vec![
                "长三角",
                "人工智能",
                "数字高地",
                "车路协同",
                "龙头企业",
                "黄金水道",
            ],
        ),
        ("compat/兼容字.txt", vec!["乐园", "率领产业"]),
        (
            "isolate/隔离符.txt",
            vec![
                "海铁联运枢纽",
                "世界级港口群",
                "临港产业",
                "僧地区与羽毛工程",
            ],
        ),
        (
            "zerowidth/零宽.txt",
            vec!["海铁联运", "内河集装箱码头", "港口集疏运", "葛洲坝式船闸"],
        ),
    ] {
        let case = Case::of(name);
        for query in queries {
            assert!(case.ask(&format!("“{query}”")).total > 0, "{name}: {query}");
        }
    }
}

#[test]
fn a_statute_is_found_by_its_article() {
    let case = Case::of("cite-article/laws.jsonl");
    for (query, right) in [
        ("公司法 第15条", "第十五条 公司可以向其他企业投资"),
        ("公司法第十五条", "第十五条 公司可以向其他企业投资"),
        (
            "《中华人民共和国公司法》第十五条",
            "第十五条 公司可以向其他企业投资",
        ),
        (
            "《中华人民共和国行政处罚法》第三十三条第一款",
            "第三十三条 违法行为轻微",
        ),
        ("行政处罚法 第33条", "第三十三条 违法行为轻微"),
    ] {
        assert!(
            case.first(query).starts_with(right),
            "{query}: {}",
            case.first(query)
        );
    }
    let hit = case.ask("公司法 第15条").hits.remove(0);
    let pieces = hit.snippet.pieces(&hit.passage.text);
    assert!(pieces.contains(&("第十五条", true)), "{pieces:?}");
    let full = case.full("第15条");
    assert!(
        !full.iter().any(|text| text.contains("第158条")),
        "{full:?}"
    );
    let case = Case::of("tiaozhiyi/某条例.txt");
    let first = case.ask("某市港口管理条例第一条之一").hits.remove(0);
    let line = format!("{} {}", first.passage.path.join(" "), first.passage.text);
    assert!(
        line.contains("岸线") || line.contains("第一条之一"),
        "{line}"
    );
}

#[test]
fn a_quote_runs_from_a_number_or_heading_into_its_text() {
    let dir = tempfile::tempdir().unwrap();
    let plan = dir.path().join("条例.txt");
    let text = "某市港口条例\n\n第一章 总则\n\n第一条 为了加强港口管理，制定本条例。\n\n\
        第二条 本条例适用于本市港口。\n\n第三条 本条例所称港口，是指具有停泊功能的区域。\n";
    std::fs::write(&plan, text).unwrap();
    let snapshot = library::index(&dir.path().join("index"), &[plan]);
    for query in ["“第三条 本条例所称港口”", "“第二条本条例适用于”"] {
        assert_eq!(ask(&*snapshot, query).total, 1, "{query}");
    }
    assert_eq!(ask(&*snapshot, "“第三条本条例适用于”").total, 0);
}

#[test]
fn every_heading_typed_exactly_is_the_first_hit() {
    let snapshot = library::seeds_and_fixtures();
    let mut missed = Vec::new();
    let mut n_headings = 0;
    for passage in crate::exact::all_passages(&*snapshot) {
        let is_line = passage.kind == "heading" && passage.text.chars().count() <= 60;
        if !is_line {
            continue;
        }
        n_headings += 1;
        let letters = |text: &str| -> String {
            let dense = crate::exact::dense(text);
            dense.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let response = ask(&*snapshot, &passage.text);
        let wanted = letters(&passage.text);
        let is_right = response.hits.first().is_some_and(|hit| {
            let lead = hit.passage.lead_text().map(letters);
            letters(&hit.passage.text) == wanted || lead.is_some_and(|lead| lead == wanted)
        });
        if !is_right {
            let first = response.hits.first().map(|hit| hit.passage.text.clone());
            missed.push(format!("{} -> {first:?}", passage.text));
        }
    }
    println!("{} of {n_headings}\n{}", missed.len(), missed.join("\n"));
    assert!(n_headings > 500, "{n_headings}");
    assert!(missed.len() * 100 <= n_headings, "{}", missed.join("\n"));
}

#[test]
fn every_document_number_is_found_as_it_is_typed() {
    let snapshot = library::seeds_and_fixtures();
    let mut n_numbers = 0;
    for doc in snapshot.catalog().documents() {
        let Some(number) = &doc.doc_number else {
            continue;
        };
        // 〔2024〕8号 alone is no number without its brackets.
        if !number.starts_with(char::is_alphabetic) {
            continue;
        }
        n_numbers += 1;
        let bare: String = number
            .chars()
            .map(|c| {
                if "〔〕[]（）()【】".contains(c) {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        for typed in [
            number.clone(),
            bare.replace([' ', '号'], ""),
            bare.trim_end_matches('号').to_owned(),
            format!("文号:{}", bare.trim_end_matches('号')),
        ] {
            let response = ask(&*snapshot, &typed);
            let is_same = |id: &str| {
                let found = snapshot.catalog().get(id);
                found.is_some_and(|found| found.doc_number.as_ref() == Some(number))
            };
            let first = response.hits.first().map(|hit| hit.passage.doc.clone());
            assert!(
                first.is_some_and(|id| is_same(&id)),
                "{typed}: {}",
                notices(&response)
            );
        }
    }
    assert!(n_numbers > 3, "{n_numbers}");
}

#[test]
fn the_first_hit_of_a_question_is_the_right_one() {
    let snapshot = library::seeds_and_fixtures();
    let questions = crate::gold::read("questions.tsv");
    let rows: Vec<Vec<&str>> = questions
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    let mut missed = Vec::new();
    for row in &rows {
        let [kind, typed, right] = row.as_slice() else {
            panic!("three cells a row: {row:?}");
        };
        let response = ask(&*snapshot, typed);
        let first = response.hits.first().map(|hit| {
            let around = hit.passage.path.concat();
            crate::exact::dense(&format!("{around}{}", hit.passage.text))
        });
        if !first
            .as_ref()
            .is_some_and(|text| text.contains(&crate::exact::dense(right)))
        {
            missed.push(format!(
                "{kind} {typed} -> {first:?} {}",
                notices(&response)
            ));
        }
    }
    println!("{} of {}\n{}", missed.len(), rows.len(), missed.join("\n"));
    assert!(rows.len() >= 140);
    assert!(missed.len() * 20 <= rows.len(), "{}", missed.join("\n"));
}
