//! Statutes of one place, which answer behind those of all places.
//!
//! Who asks and names no place is answered by the law before the rules that a city made of
//! it; who names the place gets these as they are. Plans are no statutes: there the nearest
//! may be the one that is meant.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use plansearch_document::{DocType, Jurisdiction, Level};
use plansearch_text::fold;

use super::evidence::Evidence;
use super::record::DocumentRecord;

/// What the score of a passage of a statute of another place is multiplied with.
pub const ELSEWHERE_FACTOR: f32 = 0.6;

/// How statutes are called.
const CALLED: [&str; 6] = ["条例", "办法", "规定", "细则", "规则", "决定"];

/// The statutes of one place in a library.
#[derive(Debug, Default)]
pub struct LocalStatutes {
    /// By position in the catalog.
    is_local: Vec<bool>,
    /// Each region by the name that people type, with the documents of it and of what it
    /// lies in.
    regions: Vec<(String, Vec<usize>)>,
}

impl LocalStatutes {
    /// Those among documents of these places.
    pub fn of(documents: &[DocumentRecord], places: &[Jurisdiction]) -> Self {
        let local = documents.iter().zip(places).map(|(doc, place)| {
            let is_below = place.level.is_some_and(|level| level != Level::Nation);
            is_below && is_statute(doc)
        });
        let is_local: Vec<bool> = local.collect();
        let mut of_chain: HashMap<&[String], Vec<usize>> = HashMap::new();
        for (idx, place) in places.iter().enumerate().filter(|(idx, _)| is_local[*idx]) {
            of_chain.entry(&place.regions).or_default().push(idx);
        }
        let mut regions: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (chain, own) in &of_chain {
            for (at, region) in chain.iter().enumerate() {
                let docs = regions.entry(short_name(region)).or_default();
                docs.extend(own);
                // What a named region lies in is named with it.
                let around = (1..=at).filter_map(|n| of_chain.get(chain.get(..n)?));
                docs.extend(around.flatten());
            }
        }
        let regions = regions.into_iter();
        let regions = regions
            .map(|(name, docs)| (name, docs.into_iter().collect()))
            .collect();
        Self { is_local, regions }
    }

    /// The documents that are statutes of a place that the words of the query do not name.
    pub fn elsewhere(&self, evidence: &Evidence) -> Vec<bool> {
        let mut elsewhere = self.is_local.clone();
        for (name, docs) in &self.regions {
            let names = |text: &String| text.contains(name.as_str());
            let is_named = evidence.words.iter().any(|word| names(&word.text))
                || evidence.wholes.iter().any(names);
            if is_named {
                for doc in docs {
                    elsewhere[*doc] = false;
                }
            }
        }
        elsewhere
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        !self.is_local.contains(&true)
    }
}

fn is_statute(doc: &DocumentRecord) -> bool {
    // 条例（2019年修正）
    let title = doc
        .title
        .split(['（', '('])
        .next()
        .unwrap_or_default()
        .trim();
    doc.doc_type == DocType::Regulation.name() || CALLED.iter().any(|name| title.ends_with(name))
}

/// A region as people type it: 上海 for 上海市.
fn short_name(region: &str) -> String {
    let folded = fold(region);
    let short = folded.trim_end_matches(['省', '市', '区', '县']);
    if short.chars().count() < 2 {
        return folded;
    }
    short.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::evidence::Word;
    use super::*;

    fn elsewhere(query: &str) -> Vec<bool> {
        let titles = [
            "养犬管理办法",
            "浙江省养犬管理条例",
            "杭州市养犬条例（2019修正）",
            "上海市养犬管理条例",
            "上海市养老规划",
        ];
        let documents: Vec<DocumentRecord> = titles
            .iter()
            .map(|title| DocumentRecord {
                title: (*title).to_owned(),
                ..DocumentRecord::default()
            })
            .collect();
        let places: Vec<Jurisdiction> =
            documents.iter().map(DocumentRecord::jurisdiction).collect();
        let evidence = Evidence {
            words: vec![Word {
                text: query.to_owned(),
                alternatives: Vec::new(),
            }],
            ..Evidence::default()
        };
        LocalStatutes::of(&documents, &places).elsewhere(&evidence)
    }

    #[test]
    fn a_statute_of_a_place_stands_behind_until_the_place_is_named() {
        assert_eq!(elsewhere("养犬"), [false, true, true, true, false]);
        assert_eq!(elsewhere("上海养犬"), [false, true, true, false, false]);
    }

    #[test]
    fn what_a_place_lies_in_is_named_with_it() {
        assert_eq!(elsewhere("杭州养犬"), [false, false, false, true, false]);
        assert_eq!(elsewhere("浙江养犬"), [false, false, false, true, false]);
    }
}
