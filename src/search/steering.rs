//! Words that name a document or an issuer, and so steer a search rather than
//! match: 生态文明规划 里的 危险废物.

use std::sync::LazyLock;

use plansearch_analysis::{is_idle, required_words};
use plansearch_engine::{Catalog, DocumentRecord};
use plansearch_query::{Synonyms, Use};
use plansearch_text::{fold, word_list};

const FILE: &str = include_str!("names.txt");
/// How documents are called. A run that ends so may name one.
static CALLED: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(FILE, "called").collect());
/// Shorter names fit too much; longer runs are text and no name.
const N_NAME_CHARS: std::ops::RangeInclusive<usize> = 4..=60;
/// Between the name of a document and what is sought in it.
static JOINTS: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(FILE, "joints").collect());

/// What steers a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Steering {
    /// The runs that are left to match.
    pub runs: Vec<String>,
    /// Ids of the documents that are named.
    pub docs: Vec<String>,
    /// The words that name them.
    pub names: Vec<String>,
    /// Whether a name is the title, or the title without the state and the edition.
    pub is_exact: bool,
}

impl Steering {
    /// Finds what steers in the runs of a plain query. Nothing steers when
    /// nothing would be left to match.
    pub fn of(runs: &[&str], catalog: &Catalog, synonyms: &[&Synonyms]) -> Self {
        let mut steering = Self::default();
        for run in runs {
            let bare = without_title_marks(run);
            let (name, rest) = split_at_joint(&bare).unwrap_or((&bare, ""));
            let mut docs = called(name, catalog);
            steering.is_exact |= !docs.is_empty();
            if docs.is_empty() {
                docs = named(name, catalog, synonyms);
            }
            if docs.is_empty() {
                steering.runs.push((*run).to_owned());
                continue;
            }
            steering.names.push(name.to_owned());
            steering.docs.extend(docs);
            if !rest.is_empty() {
                steering.runs.push(rest.to_owned());
            }
        }
        if !steering.docs.is_empty() {
            steering.runs.retain(|run| !is_idle(run));
        }
        if steering.docs.is_empty() || steering.runs.is_empty() {
            return Self {
                runs: runs.iter().map(|run| (*run).to_owned()).collect(),
                ..Self::default()
            };
        }
        steering
    }
}

/// A run without the marks around a title at its head: 《行政处罚法》第三十三条.
fn without_title_marks(run: &str) -> String {
    let inner = run
        .strip_prefix(['《', '〈'])
        .and_then(|rest| rest.split_once(['》', '〉']));
    match inner {
        Some((name, rest)) => format!("{name}{rest}"),
        None => run.to_owned(),
    }
}

/// What stands before the name of a statute and is left out in a short name.
const STATE: &str = "中华人民共和国";

/// The documents whose title is `name`, the state before it and the edition behind it
/// aside.
fn called(name: &str, catalog: &Catalog) -> Vec<String> {
    let core = |folded: &str| -> String {
        let bare = folded.split('(').next().unwrap_or(folded);
        let bare = bare.trim_matches(['《', '》', '"']);
        bare.strip_prefix(STATE).unwrap_or(bare).to_owned()
    };
    let wanted = core(&fold(name));
    if wanted.chars().count() < 2 || !CALLED.iter().any(|called| wanted.ends_with(*called)) {
        return Vec::new();
    }
    let found = catalog.titled(|title, _| title.contains(&wanted) && core(title) == wanted);
    found.into_iter().map(|doc| doc.id.clone()).collect()
}

/// The name of a document at the head of a run, and what is sought in it: the
/// rest behind a joint (规划里的…), or a section of it (纲要第九章…).
fn split_at_joint(run: &str) -> Option<(&str, &str)> {
    let is_called = |name: &str| CALLED.iter().any(|called| name.ends_with(*called));
    let behind_joint = JOINTS.iter().find_map(|joint| {
        let (name, rest) = run.split_once(*joint)?;
        is_called(name).then_some((name, rest))
    });
    behind_joint.or_else(|| {
        let (name, _) = run.split_once('第')?;
        is_called(name).then(|| (name, run.trim_start_matches(name)))
    })
}

/// The documents that `name` names: it is their issuer, or all its words stand in
/// their title, issuers or year of issue, one at least in the title besides how
/// documents are called. A name that fits half of a larger library tells nothing.
fn named(name: &str, catalog: &Catalog, synonyms: &[&Synonyms]) -> Vec<String> {
    let folded = fold(name);
    if !N_NAME_CHARS.contains(&folded.chars().count()) {
        return Vec::new();
    }
    let documents = catalog.documents();
    let mut found = catalog.issued_by(&folded);
    if CALLED.iter().any(|called| name.ends_with(*called)) {
        let chars: Vec<char> = folded.chars().collect();
        let used: Vec<Use<'_>> = synonyms
            .iter()
            .flat_map(|rules| rules.find(&folded))
            .collect();
        let words: Vec<NameWord> = required_words(name)
            .into_iter()
            .map(|word| NameWord::of(&fold(word.of(name)), &chars, &used))
            .collect();
        found.extend(catalog.titled(|title, doc| {
            let in_title = |word: &&NameWord| word.stands_in(title);
            let is_told = words.iter().filter(in_title).any(|word| word.is_telling);
            is_told
                && words
                    .iter()
                    .all(|word| word.stands_in(title) || word.stands_beside(doc))
        }));
    }
    let found: Vec<String> = found.into_iter().map(|doc| doc.id.clone()).collect();
    if documents.len() > 4 && found.len() * 2 > documents.len() {
        return Vec::new();
    }
    found
}

/// A word of the name of a document.
struct NameWord {
    /// The word, and the other names of the piece of the name it is in.
    ways: Vec<String>,
    /// Whether it says more than that a document is meant.
    is_telling: bool,
}

impl NameWord {
    fn of(word: &str, name: &[char], used: &[Use<'_>]) -> Self {
        let mut ways = vec![word.to_owned()];
        for used in used {
            let key: String = name
                .get(used.start..used.end)
                .unwrap_or_default()
                .iter()
                .collect();
            if key.contains(word) {
                let same = used.alternatives.iter().filter(|other| other.is_same);
                ways.extend(same.map(|other| other.folded.clone()));
            }
        }
        Self {
            ways,
            is_telling: !CALLED.contains(&word),
        }
    }

    fn stands_in(&self, folded: &str) -> bool {
        self.ways.iter().any(|way| folded.contains(way))
    }

    /// Whether an issuer or the year of issue has it.
    fn stands_beside(&self, doc: &DocumentRecord) -> bool {
        let is_year = doc.year().is_some_and(|year| {
            let year = year.to_string();
            let digits = self.ways.iter().map(|way| way.trim_end_matches('年'));
            digits.into_iter().any(|way| way == year)
        });
        is_year
            || doc
                .issuers
                .iter()
                .any(|issuer| self.stands_in(&fold(issuer)))
    }
}
