//! Every facet count is the number of hits that choosing its value gives.
//!
//! The judge reads all passages with what is stored of them and their documents, and
//! counts by itself. Of the index it takes only which passages a query without a
//! filter finds.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use plansearch::document::{DocType, PassageKind, PlanPeriod};
use plansearch::engine::{
    DocumentRecord, Engine, FacetName, FacetPick, Facets, Filter, PassageRecord, UNSTATED,
    YearRange,
};
use plansearch::search::{Request, SameText, search};
use plansearch::text::fold;

use crate::library;

/// How many pairs of query and filter are tried.
const N_PAIRS: usize = 500;

/// A passage with its document.
struct Entry {
    passage: PassageRecord,
    doc: usize,
    /// Its values in each facet.
    values: HashMap<FacetName, BTreeSet<String>>,
}

/// What is stored, and nothing of the index's own counting.
pub(crate) struct Judge {
    docs: Vec<Arc<DocumentRecord>>,
    entries: Vec<Entry>,
    /// Every value that stands in the library, by facet.
    known: HashMap<FacetName, BTreeSet<String>>,
}

/// Numbers with a fixed course.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize).checked_rem(n).unwrap_or(0)
    }

    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

/// Seeds and fixtures together.
fn snapshot(dir: &Path) -> Arc<dyn Engine> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut paths = vec![library::seeds_dir()];
    let mut files: Vec<_> = std::fs::read_dir(fixtures)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|suffix| suffix != "outline"))
        .collect();
    files.sort();
    paths.extend(files);
    library::index(dir, &paths)
}

/// The values that a passage has in a facet.
pub(crate) fn values(
    facet: FacetName,
    doc: &DocumentRecord,
    passage: &PassageRecord,
) -> BTreeSet<String> {
    let place = doc.jurisdiction();
    let mut values: BTreeSet<String> = match facet {
        FacetName::Doc => [doc.id.clone()].into(),
        FacetName::Chapter => passage.path.iter().cloned().collect(),
        FacetName::Theme => passage.themes.iter().map(|t| t.name.clone()).collect(),
        FacetName::Issuer => doc.issuers.iter().cloned().collect(),
        FacetName::Level => place.level.iter().map(|l| l.name().to_owned()).collect(),
        FacetName::Region => place.regions.into_iter().collect(),
        FacetName::Type => [doc.doc_type.clone()].into(),
        FacetName::Year => doc.year().iter().map(u16::to_string).collect(),
        FacetName::Period => doc
            .plan_period()
            .iter()
            .map(PlanPeriod::to_string)
            .collect(),
    };
    let is_of_documents = !matches!(facet, FacetName::Chapter | FacetName::Theme);
    if values.is_empty() && is_of_documents {
        values.insert(UNSTATED.to_owned());
    }
    values
}

impl Judge {
    pub(crate) fn of(snapshot: &dyn Engine) -> Self {
        let docs = snapshot.catalog().documents().to_vec();
        let mut entries = Vec::new();
        let mut known: HashMap<FacetName, BTreeSet<String>> = HashMap::new();
        for (doc, record) in docs.iter().enumerate() {
            for passage in snapshot.passages_of(&record.id, 0..usize::MAX).unwrap() {
                let values: HashMap<FacetName, BTreeSet<String>> = FacetName::ALL
                    .map(|facet| (facet, values(facet, record, &passage)))
                    .into();
                for (facet, values) in &values {
                    known
                        .entry(*facet)
                        .or_default()
                        .extend(values.iter().cloned());
                }
                entries.push(Entry {
                    passage,
                    doc,
                    values,
                });
            }
        }
        Self {
            docs,
            entries,
            known,
        }
    }

    /// Whether an entry has a value that is chosen in a facet.
    fn has(&self, facet: FacetName, entry: &Entry, chosen: &str) -> bool {
        let values = &entry.values[&facet];
        let exists = self.known[&facet].contains(chosen);
        match facet {
            FacetName::Year if chosen != UNSTATED => {
                let range: YearRange = chosen.parse().unwrap();
                let year = self.docs[entry.doc].year();
                year.is_some_and(|year| (range.first..=range.last).contains(&year))
            }
            _ if exists => values.contains(chosen),
            FacetName::Doc => {
                let is_whole = |doc: &Arc<DocumentRecord>| fold(&doc.title) == fold(chosen);
                let doc = &self.docs[entry.doc];
                is_whole(doc)
                    || !self.docs.iter().any(is_whole) && fold(&doc.title).contains(&fold(chosen))
            }
            FacetName::Chapter if chosen.contains(" > ") => {
                let path = &entry.passage.path;
                (1..=path.len()).any(|end| path[..end].join(" > ") == chosen)
            }
            FacetName::Chapter | FacetName::Issuer | FacetName::Region => values
                .iter()
                .any(|value| fold(value).contains(&fold(chosen))),
            _ => false,
        }
    }

    /// Of `found`, the entries that pass the filter when one facet is left out.
    fn passing<'a>(
        &'a self,
        found: &'a BTreeSet<String>,
        chosen: &'a Chosen,
        without: FacetName,
    ) -> impl Iterator<Item = &'a Entry> + 'a {
        let admits = move |facet: FacetName, entry: &Entry| {
            let values = chosen.values.get(&facet);
            facet == without
                || values.is_none_or(|all| all.iter().any(|one| self.has(facet, entry, one)))
        };
        self.entries.iter().filter(move |entry| {
            found.contains(&entry.passage.id)
                && chosen
                    .kind
                    .is_none_or(|kind| entry.passage.passage_kind() == kind)
                && FacetName::ALL.iter().all(|facet| admits(*facet, entry))
        })
    }

    /// A random filter whose values stand in the library, but for one in a while.
    pub(crate) fn choose(&self, dice: &mut Dice) -> Chosen {
        let mut chosen = Chosen::default();
        // Every fourth filter is a document alone, whose chapters make a tree.
        if dice.below(4) == 0
            && let Some(entry) = dice.pick(&self.entries)
        {
            let doc = entry.values[&FacetName::Doc].iter().cloned().collect();
            chosen.values.insert(FacetName::Doc, doc);
            return chosen;
        }
        // Values of one passage mostly, so that filters of several facets have hits.
        let usual = dice.pick(&self.entries);
        for facet in FacetName::ALL {
            if dice.below(3) > 0 {
                continue;
            }
            for _ in 0..=dice.below(2) {
                let other = dice.pick(&self.entries);
                let Some(entry) = usual.filter(|_| dice.below(3) > 0).or(other) else {
                    continue;
                };
                let values: Vec<String> = entry.values[&facet].iter().cloned().collect();
                let Some(mut value) = dice.pick(&values).cloned() else {
                    continue;
                };
                match (facet, dice.below(6)) {
                    (FacetName::Year, 0) if value.as_str() < "2023" => {
                        value = format!("{value}..2023");
                    }
                    (FacetName::Doc, 0) => value.clone_from(&self.docs[entry.doc].title),
                    (FacetName::Chapter, 0) => value = entry.passage.path.join(" > "),
                    (FacetName::Chapter | FacetName::Issuer | FacetName::Region, 1) => {
                        value = value.chars().take(3).collect();
                    }
                    _ => {}
                }
                let is_year_range = facet != FacetName::Year
                    || value == UNSTATED
                    || value.parse::<YearRange>().is_ok();
                let all = chosen.values.entry(facet).or_default();
                if is_year_range && !all.contains(&value) && !value.is_empty() {
                    all.push(value);
                }
            }
        }
        chosen.values.retain(|_, values| !values.is_empty());
        if dice.below(8) == 0 {
            chosen.kind = dice.pick(&PassageKind::ALL).copied();
        }
        chosen
    }
}

/// A filter as values by facet.
#[derive(Debug, Default, Clone)]
pub(crate) struct Chosen {
    values: BTreeMap<FacetName, Vec<String>>,
    kind: Option<PassageKind>,
}

impl Chosen {
    pub(crate) fn filter(&self) -> Filter {
        let chosen = |facet: FacetName| self.values.get(&facet).cloned().unwrap_or_default();
        let typed = [FacetName::Level, FacetName::Year, FacetName::Period];
        let of = |facet: FacetName| {
            let mut values = chosen(facet);
            values.retain(|value| !typed.contains(&facet) || value != UNSTATED);
            values
        };
        let is_unstated = |facet: &FacetName| chosen(*facet).iter().any(|value| value == UNSTATED);
        Filter {
            unstated: typed.into_iter().filter(is_unstated).collect(),
            docs: of(FacetName::Doc),
            chapters: of(FacetName::Chapter),
            themes: of(FacetName::Theme),
            issuers: of(FacetName::Issuer),
            levels: of(FacetName::Level)
                .iter()
                .map(|name| plansearch::document::Level::from_name(name).unwrap())
                .collect(),
            regions: of(FacetName::Region),
            types: of(FacetName::Type)
                .iter()
                .map(|name| DocType::from_name(name).unwrap())
                .collect(),
            years: of(FacetName::Year)
                .iter()
                .map(|year| year.parse().unwrap())
                .collect(),
            periods: of(FacetName::Period)
                .iter()
                .map(|p| p.parse().unwrap())
                .collect(),
            kinds: self.kind.into_iter().collect(),
        }
    }

    /// The same with this value alone in a facet.
    fn with(&self, facet: FacetName, value: &str) -> Self {
        let mut other = self.clone();
        other.values.insert(facet, vec![value.to_owned()]);
        other
    }
}

fn ask(
    snapshot: &dyn Engine,
    query: &str,
    filter: Filter,
    limit: usize,
) -> plansearch::search::Response {
    let request = Request {
        query: query.to_owned(),
        filter,
        same_text: SameText::Apart,
        limit,
        max_facet_values: 100_000,
        ..Request::default()
    };
    search(snapshot, &request).unwrap()
}

/// Every count of every facet is what the judge counts.
fn check(judge: &Judge, facets: &Facets, found: &BTreeSet<String>, chosen: &Chosen, at: &str) {
    for facet in FacetName::ALL {
        let passing: Vec<&Entry> = judge.passing(found, chosen, facet).collect();
        let is_tree = facets
            .values(facet)
            .iter()
            .any(|value| value.depth.is_some());
        for value in facets.values(facet) {
            let held: Vec<&&Entry> = passing
                .iter()
                .filter(|entry| judge.has(facet, entry, &value.value))
                .collect();
            assert_eq!(value.count, held.len(), "{at}: {facet:?} {value:?}");
            if facet == FacetName::Theme {
                let about = held.iter().filter(|entry| {
                    let mut themes = entry.passage.themes.iter();
                    themes.any(|theme| theme.name == value.value && theme.about)
                });
                assert_eq!(value.about, Some(about.count()), "{at}: {value:?}");
            }
        }
        // Nothing that has hits is left out, and what is chosen stays.
        let listed: BTreeSet<&String> = facets.values(facet).iter().map(|v| &v.value).collect();
        if !is_tree {
            for entry in &passing {
                for value in &entry.values[&facet] {
                    assert!(listed.contains(value), "{at}: {facet:?} lacks {value}");
                }
            }
        }
        for value in chosen.values.get(&facet).into_iter().flatten() {
            assert!(
                listed.contains(value),
                "{at}: {facet:?} lacks the chosen {value}"
            );
        }
    }
}

#[test]
fn every_count_is_what_choosing_the_value_gives() {
    let dir = tempfile::tempdir().unwrap();
    let snapshot = snapshot(dir.path());
    let judge = Judge::of(&*snapshot);
    let queries = [
        "",
        "港口",
        "氢能",
        "发展",
        "产业 创新",
        "“乡村振兴”",
        "教育 或 医疗",
        "建设 -港口",
        "主题:科技创新",
        "港区怎么发展氢能",
        "不会有的词语组合",
        "年份:2019..2025 项目",
        "生态环境",
    ];
    let mut founds: HashMap<&str, BTreeSet<String>> = HashMap::new();
    let mut dice = Dice(20_260_517);
    let mut n_trees = 0;
    let mut n_clicks = 0;
    for nth in 0..N_PAIRS {
        let query = *dice.pick(&queries).unwrap();
        let found = founds.entry(query).or_insert_with(|| {
            let response = ask(&*snapshot, query, Filter::default(), 100_000);
            response
                .hits
                .into_iter()
                .map(|hit| hit.passage.id.clone())
                .collect()
        });
        let chosen = judge.choose(&mut dice);
        let response = ask(&*snapshot, query, chosen.filter(), 0);
        let at = format!("pair {nth}: `{query}` {chosen:?}");
        check(&judge, &response.facets, found, &chosen, &at);
        n_trees += usize::from(
            response
                .facets
                .chapter
                .iter()
                .any(|value| value.depth.is_some()),
        );
        // And a click gives it.
        let facet = *dice.pick(&FacetName::ALL).unwrap();
        if let Some(value) = dice.pick(response.facets.values(facet)) {
            let clicked = chosen.with(facet, &value.value);
            let hits = ask(&*snapshot, query, clicked.filter(), 0).total;
            assert_eq!(hits, value.count, "{at}: click on {facet:?} {value:?}");
            n_clicks += 1;
        }
    }
    assert!(n_trees > 20, "{n_trees} of the filters choose one document");
    // Filters with hits are fewer the more documents there are to choose from.
    assert!(n_clicks > N_PAIRS / 3, "{n_clicks} clicks");
}

/// Ten documents of ready-made passages, `n` in all.
fn many_passages(n: usize) -> String {
    let topics = ["氢能产业", "港口码头", "科技创新", "乡村振兴"];
    let mut lines = String::new();
    for nth in 0..n {
        let (doc, topic) = (nth / (n / 10), topics[nth % topics.len()]);
        let _ = writeln!(
            lines,
            r#"{{"id":"p{nth}","doc":"d{doc}","title":"第{doc}号规划","issuer":"{}市人民政府","date":"20{}-01-01","section":"第一章 {topic}","text":"发展{topic}，第{nth}项。"}}"#,
            ["嘉兴", "杭州"][doc % 2],
            10 + doc % 3,
        );
    }
    lines
}

#[test]
fn many_hits_are_counted_like_few() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("many.jsonl");
    std::fs::write(&file, many_passages(12_000)).unwrap();
    let snapshot = library::index(&dir.path().join("index"), &[file]);
    let judge = Judge::of(&*snapshot);
    for query in ["发展", "", "发展 -氢能"] {
        let found = ask(&*snapshot, query, Filter::default(), 100_000);
        let found: BTreeSet<String> = found
            .hits
            .iter()
            .map(|hit| hit.passage.id.clone())
            .collect();
        assert!(found.len() >= 9_000, "`{query}` finds {}", found.len());
        for chosen in [
            Chosen::default(),
            Chosen::default().with(FacetName::Issuer, "嘉兴市人民政府"),
            Chosen::default().with(FacetName::Theme, "科技创新"),
        ] {
            let response = ask(&*snapshot, query, chosen.filter(), 10);
            let at = format!("`{query}` {chosen:?}");
            check(&judge, &response.facets, &found, &chosen, &at);
            assert!(!response.hits.is_empty(), "{at}");
        }
    }
}

#[test]
fn the_chapters_of_one_document_come_in_its_order() {
    let snapshot = library::seeds();
    let doc = &snapshot.catalog().documents()[0];
    let chosen = Chosen::default().with(FacetName::Doc, &doc.id);
    let tree = ask(&*snapshot, "", chosen.filter(), 0).facets.chapter;
    let mut places: Vec<usize> = Vec::new();
    let passages = snapshot.passages_of(&doc.id, 0..usize::MAX).unwrap();
    for value in &tree {
        let depth = value.depth.unwrap();
        let first = passages
            .iter()
            .position(|p| p.path.get(depth - 1) == Some(&value.label));
        places.push(first.unwrap());
    }
    assert!(tree.len() > 20 && tree.iter().any(|value| value.depth == Some(2)));
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_long_facet_can_be_searched_and_paged() {
    let snapshot = library::seeds();
    let ask = |part: Option<&str>, offset: usize, n: usize| {
        let request = Request {
            max_facet_values: n,
            facet: Some(FacetPick {
                facet: FacetName::Chapter,
                part: part.map(str::to_owned),
                offset,
            }),
            ..Request::default()
        };
        search(&*snapshot, &request).unwrap().facets
    };
    let all = ask(None, 0, 10_000);
    assert_eq!(all.n_values[&FacetName::Chapter], all.chapter.len());
    assert!(all.theme.is_empty(), "only the facet that was asked for");
    let second = ask(None, 5, 5);
    assert_eq!(second.chapter, all.chapter[5..10]);
    let ports = ask(Some("目标"), 0, 10_000);
    let expect: Vec<_> = all
        .chapter
        .iter()
        .filter(|v| v.label.contains("目标"))
        .cloned()
        .collect();
    assert!(!expect.is_empty());
    assert_eq!(ports.chapter, expect);
}

#[test]
fn what_is_about_a_theme_stands_before_what_mentions_it() {
    let snapshot = library::seeds();
    for query in ["", "港口"] {
        let chosen = Chosen::default().with(FacetName::Theme, "综合交通");
        let hits = ask(&*snapshot, query, chosen.filter(), 1000).hits;
        let about: Vec<bool> = hits
            .iter()
            .map(|hit| {
                hit.passage
                    .themes
                    .iter()
                    .any(|t| t.name == "综合交通" && t.about)
            })
            .collect();
        let n_about = about.iter().filter(|is| **is).count();
        assert!(n_about > 0 && n_about < about.len(), "`{query}`: {about:?}");
        assert!(
            about[..n_about].iter().all(|is| *is),
            "`{query}`: {about:?}"
        );
    }
}
