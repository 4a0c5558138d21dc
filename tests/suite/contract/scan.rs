//! A second engine: the passages of a library, read one by one.
//!
//! It is written as plainly as can be: no list, no column, nothing left out. What it takes
//! from elsewhere is the analysis of a text and how a filter reads the facts of documents;
//! matching, filtering, scores, order, facets and statistics are its own.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use plansearch::analysis::{self, Pairs, pairs::pairs_of};
use plansearch::engine::counting::{counts, n_chars};
use plansearch::engine::filter::group;
use plansearch::engine::kept::Kept;
use plansearch::engine::pair_counts::OpenedCounts;
use plansearch::engine::terms::{ContextBigrams, GAP, context, whole_terms, word_terms};
use plansearch::engine::{
    Catalog, Clause, Counted, Counting, Engine, EngineError, Filter, Found, FoundHit, Lookup,
    NameKind, Origin, OverlapLimits, OverlapText, PairCounts, Part, PassageRecord, Place, Sort,
    Stamp, Statistic, TermCount,
};
use plansearch::text::{FIGURE_MARK, fold};

use super::formula::{Library, Scored};

/// A shorter text is the same by chance.
const MIN_SAME_CHARS: usize = 16;
/// What sums of shares may be off by.
const ROUNDING: f32 = 1e-4;

/// A passage as the scan reads it.
pub(super) struct Entry {
    pub(super) passage: Arc<PassageRecord>,
    /// Position of its document in the catalog.
    pub(super) doc: usize,
    pub(super) folded: String,
    /// Bigrams of the text, and how many with those that repeat.
    pub(super) bigrams: HashSet<String>,
    pub(super) n_bigrams: u32,
    /// Bigrams of the text and what stands around it, with how often they stand.
    pub(super) context: HashMap<String, u32>,
    /// Words, figures and lines.
    pub(super) words: BTreeSet<String>,
}

pub(super) struct Scan {
    catalog: Catalog,
    stamp: Stamp,
    /// In the order of the library.
    pub(super) entries: Vec<Entry>,
    headings: BTreeSet<String>,
    kept: Kept,
    /// Adds one to every total, to see whether the contract notices.
    pub(super) is_off_by_one: bool,
}

impl Entry {
    fn new(title: &str, passage: PassageRecord, doc: usize) -> Self {
        let around = context(title, &passage);
        let mut pairs = Pairs::new(&passage.text);
        let (mut bigrams, mut n_bigrams) = (HashSet::new(), 0);
        while let Some(pair) = pairs.next_pair() {
            bigrams.insert(pair.to_owned());
            n_bigrams += 1;
        }
        let mut held = HashMap::new();
        let mut of_context = ContextBigrams::new(&around);
        while let Some(bigram) = of_context.next_bigram() {
            *held.entry(bigram.to_owned()).or_default() += 1;
        }
        let mut words = BTreeSet::new();
        for texts in [around, whole_terms(title, &passage)] {
            let mut terms = String::new();
            word_terms(&texts, &mut terms);
            words.extend(terms.split_terminator(GAP).map(str::to_owned));
        }
        Self {
            folded: fold(&passage.text),
            passage: Arc::new(passage),
            doc,
            bigrams,
            n_bigrams,
            context: held,
            words,
        }
    }

    /// Whether a folded string stands in the text, or a term is one of the passage.
    pub(super) fn holds(&self, folded: &str) -> bool {
        if analysis::is_marked(folded) {
            return self.words.contains(folded);
        }
        !folded.is_empty() && self.folded.contains(folded)
    }

    /// What it has in common with passages of the same text.
    fn same(&self) -> Option<&str> {
        (self.folded.chars().count() >= MIN_SAME_CHARS).then_some(self.folded.as_str())
    }

    fn inside_terms(&self) -> BTreeSet<&str> {
        let words = self.passage.themes.iter().flat_map(|theme| &theme.words);
        let inside = words.filter(|word| word.place.is_inside());
        inside.map(|word| word.term.as_str()).collect()
    }
}

impl Scan {
    /// Takes over the passages of a library.
    pub(super) fn of(engine: &dyn Engine) -> Self {
        let records = engine.catalog().documents().iter();
        let catalog = Catalog::new(records.map(|doc| (**doc).clone()).collect());
        let mut entries = Vec::new();
        for (doc, record) in catalog.documents().iter().enumerate() {
            for passage in engine.passages_of(&record.id, 0..usize::MAX).unwrap() {
                entries.push(Entry::new(&record.title, passage, doc));
            }
        }
        let paths = entries.iter().flat_map(|entry| &entry.passage.path);
        Self {
            headings: paths.cloned().collect(),
            catalog,
            stamp: engine.stamp().clone(),
            entries,
            kept: Kept::default(),
            is_off_by_one: false,
        }
    }

    /// Whether a path is admitted by names of headings: one that exists exactly, then a path
    /// from the top, else a part.
    fn admits_path(&self, path: &[String], names: &[String]) -> bool {
        names.iter().any(|name| {
            if self.headings.contains(name) {
                return path.contains(name);
            }
            let is_joined = |path: &[String]| {
                let mut ends = 1..=path.len();
                ends.any(|end| path[..end].join(" > ") == *name)
            };
            let mut all = self.entries.iter();
            if name.contains(" > ") && all.any(|entry| is_joined(&entry.passage.path)) {
                return is_joined(path);
            }
            path.iter().any(|label| fold(label).contains(&fold(name)))
        })
    }

    /// For each entry whether it has a property.
    fn with_origin(&self, origin: &Origin) -> Vec<bool> {
        let each = |has: &dyn Fn(&Entry) -> bool| self.entries.iter().map(has).collect();
        match origin {
            Origin::Chapter(name) => {
                let names = [name.clone()];
                each(&|entry| self.admits_path(&entry.passage.path, &names))
            }
            Origin::NextHeading(name) => each(&|entry| {
                let next = entry.passage.path.last();
                next.is_some_and(|label| {
                    if self.headings.contains(name) {
                        label == name
                    } else {
                        fold(label).contains(&fold(name))
                    }
                })
            }),
            Origin::Theme(name) => each(&|entry| {
                let mut themes = entry.passage.themes.iter();
                themes.any(|theme| theme.name == *name)
            }),
            _ => {
                let admitted = origin.documents(&self.catalog).unwrap();
                each(&|entry| admitted[entry.doc])
            }
        }
    }

    /// For each entry whether it matches.
    fn matching(&self, clause: &Clause) -> Vec<bool> {
        let each = |is: &dyn Fn(&Entry) -> bool| self.entries.iter().map(is).collect();
        let both = |one: Vec<bool>, other: Vec<bool>, join: fn(bool, bool) -> bool| {
            let pairs = one.into_iter().zip(other);
            pairs.map(|(one, other)| join(one, other)).collect()
        };
        match clause {
            Clause::Everything => each(&|_| true),
            Clause::Holds(folded) => each(&|entry| entry.holds(folded)),
            Clause::Figures(range) => each(&|entry| {
                let mut figures = entry.words.iter().filter(|w| w.starts_with(FIGURE_MARK));
                figures.any(|term| range.holds(term.trim_start_matches(FIGURE_MARK)))
            }),
            Clause::From(origin) => self.with_origin(origin),
            Clause::Passage(id) => each(&|entry| entry.passage.id == *id),
            Clause::Verified { base, part, test } => {
                let tested = each(&|entry| match part {
                    Part::Text => test.is_met(&entry.passage.text),
                    Part::Lead => {
                        let lead = entry.passage.lead.map(|_| entry.passage.lead_text());
                        lead.is_some_and(|lead| test.is_met(lead.unwrap_or_default()))
                    }
                });
                both(self.matching(base), tested, |one, other| one && other)
            }
            Clause::All(clauses) => clauses.iter().fold(each(&|_| true), |all, clause| {
                both(all, self.matching(clause), |one, other| one && other)
            }),
            Clause::Any(clauses) => clauses.iter().fold(each(&|_| false), |all, clause| {
                both(all, self.matching(clause), |one, other| one || other)
            }),
            Clause::Without { base, excluded } => {
                let excluded = self.matching(excluded);
                both(self.matching(base), excluded, |one, other| one && !other)
            }
        }
    }

    /// The groups of the filter that each entry fails.
    pub(super) fn failed(&self, filter: &Filter) -> Vec<u16> {
        let by_document = filter.failed_by_documents(&self.catalog);
        let fails = |entry: &Entry| {
            let mut failed = by_document[entry.doc];
            let path = &entry.passage.path;
            if !filter.chapters.is_empty() && !self.admits_path(path, &filter.chapters) {
                failed |= group::CHAPTER;
            }
            let mut themes = entry.passage.themes.iter();
            if !filter.themes.is_empty() && !themes.any(|t| filter.themes.contains(&t.name)) {
                failed |= group::THEME;
            }
            let kind = entry.passage.passage_kind();
            if !filter.kinds.is_empty() && !filter.kinds.contains(&kind) {
                failed |= group::KIND;
            }
            failed
        };
        self.entries.iter().map(fails).collect()
    }

    fn look_up(&self, lookup: &Lookup) -> Found {
        let library = Library::of(&self.entries);
        let scored = Scored::new(&library, &lookup.evidence, &self.catalog);
        let matches = match &lookup.enough {
            None => self.matching(&Clause::all(vec![
                lookup.clause.clone(),
                lookup.also.clone(),
            ])),
            Some(enough) => {
                let also = self.matching(&lookup.also);
                let having = |share: f32| -> Vec<bool> {
                    let enough = |(entry, also): (&Entry, &bool)| {
                        let has = scored.mass(entry) >= share * scored.total_mass() - ROUNDING;
                        *also && !scored.has_no_words() && has
                    };
                    self.entries.iter().zip(&also).map(enough).collect()
                };
                let mut all = enough.shares.iter().map(|share| having(*share));
                let is_enough =
                    |has: &Vec<bool>| has.iter().filter(|has| **has).count() >= enough.at_least;
                let last = enough.shares.last().map(|share| having(*share));
                all.find(is_enough).or(last).unwrap_or_default()
            }
        };
        let failed = self.failed(&lookup.filter);
        let n_matches = matches.iter().filter(|is| **is).count();
        let hits: Vec<usize> = (0..matches.len())
            .filter(|at| matches[*at] && failed[*at] == 0)
            .collect();
        let total = hits.len() + usize::from(self.is_off_by_one);
        if n_matches < lookup.unless_fewer {
            return Found {
                total,
                n_matches,
                n_hits: total,
                ..Found::default()
            };
        }
        let first = lookup.evidence.first.as_ref();
        let first = first.map(|clause| self.matching(clause));
        let is_scored = lookup.is_scored() && scored.tells_apart();
        let score = |at: usize| {
            let is_first = first.as_ref().is_some_and(|first| first[at]);
            if is_scored {
                scored.score(&self.entries[at], is_first, lookup.evidence.words_stand)
            } else {
                0.0
            }
        };
        let mut ranked: Vec<Ranked> = hits
            .iter()
            .map(|at| self.ranked(lookup, *at, score(*at)))
            .collect();
        ranked.sort_by(Ranked::compare);
        let facets = self.facets(lookup, &matches, &failed);
        if let Some(n_each) = lookup.each_document {
            return self.by_document(&ranked, n_each, lookup, (total, n_matches), facets);
        }
        // Passages of the same text are one hit, where the order is that of scores.
        let mut listed: Vec<(Ranked, Vec<Ranked>)> = Vec::new();
        let mut of_text: HashMap<&str, usize> = HashMap::new();
        for one in ranked {
            let same = self.entries[one.at].same();
            let same = same.filter(|_| lookup.is_same_together && lookup.is_scored());
            if let Some(known) = same.and_then(|same| of_text.get(same)) {
                listed[*known].1.push(one);
                continue;
            }
            if let Some(same) = same {
                of_text.insert(same, listed.len());
            }
            listed.push((one, Vec::new()));
        }
        let n_hits = listed.len() + usize::from(self.is_off_by_one);
        let page = listed.into_iter().skip(lookup.offset).take(lookup.limit);
        let hits = page.map(|(one, same)| FoundHit {
            score: one.score,
            passage: Arc::clone(&self.entries[one.at].passage),
            n_same: same.len(),
            same: same.iter().map(|one| self.place(one.at)).collect(),
            reasons: None,
        });
        Found {
            total,
            n_matches,
            n_hits,
            documents: Vec::new(),
            hits: hits.collect(),
            facets,
        }
    }

    fn place(&self, at: usize) -> Place {
        let passage = &self.entries[at].passage;
        Place {
            passage: passage.id.clone(),
            idx: passage.idx,
            doc: passage.doc.clone(),
        }
    }

    fn ranked(&self, lookup: &Lookup, at: usize, score: f32) -> Ranked {
        let entry = &self.entries[at];
        let is_about = || {
            let mut themes = entry.passage.themes.iter();
            themes.any(|theme| theme.about && lookup.filter.themes.contains(&theme.name))
        };
        let is_late = lookup.is_about_first && !lookup.filter.themes.is_empty() && !is_about();
        let date = self.catalog.documents()[entry.doc].date.clone();
        Ranked {
            at,
            score,
            is_late: is_late && lookup.sort != Sort::Date,
            date: (lookup.sort == Sort::Date).then(|| date.unwrap_or_default()),
        }
    }

    fn by_document(
        &self,
        ranked: &[Ranked],
        n_each: usize,
        lookup: &Lookup,
        (total, n_matches): (usize, usize),
        facets: plansearch::engine::Facets,
    ) -> Found {
        let mut documents: Vec<(usize, Vec<&Ranked>)> = Vec::new();
        for one in ranked {
            let doc = self.entries[one.at].doc;
            match documents.iter_mut().find(|(known, _)| *known == doc) {
                Some((_, hits)) => hits.push(one),
                None => documents.push((doc, vec![one])),
            }
        }
        let n_hits = documents.len();
        let page = documents.into_iter().skip(lookup.offset).take(lookup.limit);
        let page: Vec<(usize, Vec<&Ranked>)> = page.collect();
        let hits = page.iter().flat_map(|(_, hits)| hits.iter().take(n_each));
        Found {
            total,
            n_matches,
            n_hits,
            documents: page
                .iter()
                .map(|(doc, hits)| (self.catalog.documents()[*doc].id.clone(), hits.len()))
                .collect(),
            hits: hits
                .map(|one| FoundHit {
                    score: 0.0,
                    passage: Arc::clone(&self.entries[one.at].passage),
                    n_same: 0,
                    same: Vec::new(),
                    reasons: None,
                })
                .collect(),
            facets,
        }
    }
}

/// A hit with what orders it; entries stand in the order of the library.
struct Ranked {
    at: usize,
    score: f32,
    is_late: bool,
    date: Option<String>,
}

impl Ranked {
    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let by_tier = self.is_late.cmp(&other.is_late);
        let by_score = other.score.total_cmp(&self.score);
        let by_date = other.date.cmp(&self.date);
        by_tier
            .then(by_score)
            .then(by_date)
            .then(self.at.cmp(&other.at))
    }
}

impl Engine for Scan {
    fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    fn generation(&self) -> &'static str {
        "scan"
    }

    fn search(&self, lookups: &[&Lookup]) -> Result<Vec<Found>, EngineError> {
        Ok(lookups.iter().map(|lookup| self.look_up(lookup)).collect())
    }

    fn passages(&self, ids: &[&str]) -> Result<Vec<Option<PassageRecord>>, EngineError> {
        let passage = |id: &&str| {
            let mut entries = self.entries.iter();
            let found = entries.find(|entry| entry.passage.id == **id);
            found.map(|entry| (*entry.passage).clone())
        };
        Ok(ids.iter().map(passage).collect())
    }

    fn passages_of(
        &self,
        doc: &str,
        range: Range<usize>,
    ) -> Result<Vec<PassageRecord>, EngineError> {
        let of = self.entries.iter().map(|entry| &entry.passage);
        let of = of.filter(|passage| passage.doc == doc && range.contains(&passage.idx));
        Ok(of.map(|passage| (**passage).clone()).collect())
    }

    fn statistics(&self, of: Statistic, strings: &[&str]) -> Result<Vec<u64>, EngineError> {
        let number = |folded: &&str| {
            let n = self.entries.iter().filter(|entry| match of {
                Statistic::Bigram => entry.bigrams.contains(*folded),
                _ => entry.holds(folded),
            });
            match (of, n.count() as u64) {
                (Statistic::Anywhere, n) => n.min(1),
                (_, n) => n,
            }
        };
        Ok(strings.iter().map(number).collect())
    }

    fn pair_counts(&self, pairs: &[(char, char)]) -> Result<PairCounts, EngineError> {
        let mut opened = OpenedCounts::default();
        for entry in &self.entries {
            for bigram in &entry.bigrams {
                opened.add(bigram.chars().next(), 1);
            }
        }
        let count = |(first, second): &(char, char)| {
            let n = self.pair_frequency(*first, *second)?;
            Ok(((*first, *second), n))
        };
        let counted = pairs.iter().map(count).collect::<Result<_, EngineError>>();
        Ok(PairCounts::new(counted?, Arc::new(opened)))
    }

    fn names(&self, kind: NameKind) -> Result<BTreeMap<String, u32>, EngineError> {
        let mut names = BTreeMap::new();
        for entry in &self.entries {
            let passage = &entry.passage;
            let own: BTreeSet<&str> = match kind {
                NameKind::Heading => passage.path.iter().map(String::as_str).collect(),
                NameKind::Lead => passage.lead_text().into_iter().collect(),
                NameKind::Theme => passage.themes.iter().map(|t| t.name.as_str()).collect(),
                NameKind::Term => entry.inside_terms(),
            };
            for name in own {
                *names.entry(name.to_owned()).or_default() += 1;
            }
        }
        Ok(names)
    }

    fn headings_and_leads(&self) -> Result<BTreeSet<(usize, String)>, EngineError> {
        let of_entry = |entry: &Entry| -> Vec<(usize, String)> {
            let lead = entry.passage.lead_text().map(str::to_owned);
            let names = entry.passage.path.iter().cloned().chain(lead);
            names.map(|name| (entry.doc, name)).collect()
        };
        Ok(self.entries.iter().flat_map(of_entry).collect())
    }

    fn has(&self, origin: &Origin) -> Result<bool, EngineError> {
        Ok(match origin.documents(&self.catalog) {
            Some(documents) => documents.contains(&true),
            None => self.with_origin(origin).contains(&true),
        })
    }

    fn count(&self, counting: &Counting) -> Result<Counted, EngineError> {
        let failed = self.failed(&counting.filter);
        let counted =
            |at: &usize| failed[*at] == 0 && counts(self.entries[*at].passage.passage_kind());
        let mut admitted: Vec<usize> = (0..self.entries.len()).filter(counted).collect();
        if counting.is_once {
            admitted = self.earliest(&admitted);
        }
        let mut all = Counted {
            characters: BTreeMap::new(),
            terms: vec![BTreeMap::new(); counting.terms.len()],
        };
        for at in admitted {
            let entry = &self.entries[at];
            *all.characters.entry(entry.doc).or_default() += n_chars(&entry.passage);
            for (nth, spellings) in counting.terms.iter().enumerate() {
                let mut places = places(&entry.folded, spellings);
                if counting.is_apart {
                    let longer = counting.terms.iter().flatten();
                    places.retain(|(start, n)| {
                        !longer.clone().any(|other| {
                            other.chars().count() > *n
                                && lies_inside(&entry.folded, (*start, *n), other)
                        })
                    });
                }
                if places.is_empty() {
                    continue;
                }
                let idx = entry.passage.idx;
                let count = all.terms[nth].entry(entry.doc).or_insert(TermCount {
                    passages: 0,
                    occurrences: 0,
                    first_idx: idx,
                    last_idx: idx,
                });
                count.passages += 1;
                count.occurrences += places.len();
                count.last_idx = count.last_idx.max(idx);
            }
        }
        Ok(all)
    }

    fn overlapping(
        &self,
        texts: &[OverlapText],
        filter: &Filter,
        limits: OverlapLimits,
    ) -> Result<Vec<Vec<Arc<PassageRecord>>>, EngineError> {
        let failed = self.failed(filter);
        let of_text = |text: &OverlapText| {
            let mut found: Vec<usize> = Vec::new();
            for part in &text.parts {
                let bigrams: BTreeSet<String> = pairs_of(part).into_iter().collect();
                let shared = |at: &usize| {
                    let own = &self.entries[*at].bigrams;
                    bigrams
                        .iter()
                        .filter(|bigram| own.contains(*bigram))
                        .count()
                };
                let mut open: Vec<usize> =
                    (0..failed.len()).filter(|at| failed[*at] == 0).collect();
                open.sort_by_key(|at| std::cmp::Reverse(shared(at)));
                let best = open.into_iter().filter(|at| shared(at) > 0);
                found.extend(best.take(limits.of_part));
            }
            let records = found
                .iter()
                .map(|at| Arc::clone(&self.entries[*at].passage));
            records.collect()
        };
        Ok(texts.iter().map(of_text).collect())
    }

    fn kept(&self) -> &Kept {
        &self.kept
    }
}

impl Scan {
    /// Of entries of the same text leaves that of the earliest dated document.
    fn earliest(&self, entries: &[usize]) -> Vec<usize> {
        let rank = |at: usize| {
            let entry = &self.entries[at];
            let date = self.catalog.documents()[entry.doc].date.as_deref();
            (date.is_none(), date, entry.doc, entry.passage.idx)
        };
        let is_earliest = |at: &usize| {
            let same = self.entries[*at].same();
            let mut others = entries.iter().filter(|other| *other != at);
            same.is_none()
                || !others
                    .any(|other| self.entries[*other].same() == same && rank(*other) < rank(*at))
        };
        entries.iter().copied().filter(is_earliest).collect()
    }
}

/// Where spellings stand in a folded text: first character and number of characters.
fn places(folded: &str, spellings: &[String]) -> Vec<(usize, usize)> {
    let chars: Vec<char> = folded.chars().collect();
    let of_spelling = |spelling: &String| -> Vec<(usize, usize)> {
        let wanted: Vec<char> = spelling.chars().collect();
        let starts = chars.windows(wanted.len().max(1)).enumerate();
        let starts = starts.filter(|(_, piece)| *piece == wanted.as_slice());
        starts.map(|(start, _)| (start, wanted.len())).collect()
    };
    spellings.iter().flat_map(of_spelling).collect()
}

/// Whether a place lies inside a place of a longer string.
fn lies_inside(folded: &str, (start, n): (usize, usize), longer: &str) -> bool {
    let around = places(folded, &[longer.to_owned()]);
    let mut around = around.into_iter();
    around.any(|(from, n_longer)| from <= start && start + n <= from + n_longer)
}
