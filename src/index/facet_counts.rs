//! Hits by document, path and theme, and the facets that follow from them.
//!
//! While matches are visited their places are counted and the masks of their themes
//! added up, whatever facets there are. What a document or path stands for is looked up
//! at the end, once for each that was met.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::catalog::{Catalog, DocumentLabels};
use super::chapter_tree::ChapterTree;
use super::facet::{FacetName, FacetValue, FacetWish, Facets};
use super::filter::{Filter, group};
use super::labels::smallest;
use super::plan::Plan;
use super::rows::{N_FETCHED, Row, Rows};
use super::theme_sets::{ThemeBits, ThemeSums};
use super::view::Views;
use plansearch_text::fold;
use tantivy::DocId;

/// Counts by number, with the numbers that were met.
#[derive(Default)]
struct Counter {
    counts: Vec<u32>,
    met: Vec<u32>,
}

impl Counter {
    fn new(n: usize) -> Self {
        Self {
            counts: vec![0; n],
            met: Vec::new(),
        }
    }

    #[inline]
    fn add(&mut self, id: usize, n: u32) {
        if let Some(count) = self.counts.get_mut(id) {
            if *count == 0 {
                self.met.push(id as u32);
            }
            *count += n;
        }
    }

    fn counted(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        let met = self.met.iter().map(|id| *id as usize);
        met.map(|id| (id, self.counts[id]))
    }

    fn count(&self, id: usize) -> u32 {
        self.counts.get(id).copied().unwrap_or(0)
    }
}

/// Hits by document, by path and by theme.
pub(super) struct FacetCounts {
    is_counting: bool,
    docs: DocSums,
    /// Hits that fail no group but the chapters.
    paths: Counter,
    /// Hits that fail no group but the themes.
    themes: ThemeSums,
}

impl FacetCounts {
    pub(super) fn new(catalog: &Catalog, views: &Views, wish: &FacetWish) -> Self {
        let is_counting = wish.max_values > 0;
        let counted = |n: usize| if is_counting { n } else { 0 };
        Self {
            is_counting,
            docs: DocSums::new(counted(catalog.documents().len())),
            paths: Counter::new(counted(views.paths.len())),
            themes: ThemeSums::new(&views.themes),
        }
    }

    /// Whether anything is counted.
    pub(super) fn is_counting(&self) -> bool {
        self.is_counting
    }

    /// Counts the hits of a segment, where no filter shuts anything out.
    pub(super) fn count_all(&mut self, rows: &Rows, hits: &[DocId]) {
        if !self.is_counting {
            return;
        }
        for hits in hits.chunks(N_FETCHED) {
            let fetched = rows.fetch(hits);
            let fetched = &fetched[..hits.len()];
            let mut themes = [ThemeBits::NONE; N_FETCHED];
            for (themes, row) in themes.iter_mut().zip(fetched) {
                self.docs.add(row.doc as usize, 0);
                self.paths.add(row.path as usize, 1);
                *themes = row.themes;
            }
            self.count_themes(rows, hits, &themes[..hits.len()]);
        }
    }

    /// Counts matches that fail these groups; what fails two counts for no facet.
    #[inline]
    pub(super) fn count(
        &mut self,
        rows: &Rows,
        matches: &[DocId],
        fetched: &[Row],
        failed: &[u16],
    ) {
        let mut themes = [ThemeBits::NONE; N_FETCHED];
        let mut entries = [0; N_FETCHED];
        let mut n_themes = 0;
        for ((doc_id, row), failed) in matches.iter().zip(fetched).zip(failed) {
            match *failed {
                0 => {
                    self.docs.add(row.doc as usize, 0);
                    self.paths.add(row.path as usize, 1);
                }
                group::CHAPTER => self.paths.add(row.path as usize, 1),
                // Themes are counted below, and there is no facet of kinds.
                group::THEME | group::KIND => {}
                of_documents if of_documents.is_power_of_two() => {
                    self.docs.add(row.doc as usize, of_documents);
                }
                _ => {}
            }
            if *failed & !group::THEME == 0 {
                (themes[n_themes], entries[n_themes]) = (row.themes, *doc_id);
                n_themes += 1;
            }
        }
        self.count_themes(rows, &entries[..n_themes], &themes[..n_themes]);
    }

    /// Counts the themes of entries, the first 64 of which are known.
    #[inline]
    fn count_themes(&mut self, rows: &Rows, entries: &[DocId], first: &[ThemeBits]) {
        self.themes.add(0, first);
        if rows.has_more() {
            for (nth, bits) in rows.more(entries).enumerate() {
                self.themes.add(nth + 1, &bits);
            }
        }
    }

    /// The facets.
    pub(super) fn facets(
        &self,
        plan: &Plan<'_>,
        catalog: &Catalog,
        views: &Views,
        wish: &FacetWish,
        tree: Option<&ChapterTree>,
    ) -> Facets {
        let mut facets = Facets::default();
        if !self.is_counting {
            return facets;
        }
        let [all, about] = self.themes.counts();
        let library = Summing {
            plan,
            catalog,
            views,
            wish,
            paths: &self.paths,
            themes: ThemeCounts { all, about },
        };
        let docs = &self.docs;
        let wanted = FacetName::ALL.into_iter().filter(|name| wish.wants(*name));
        for name in wanted {
            let (mut values, n_values) = match name {
                FacetName::Doc => library.documents(docs),
                FacetName::Chapter => match tree {
                    Some(tree) => library.tree(tree),
                    None => library.headings(),
                },
                FacetName::Theme => library.themes(),
                FacetName::Issuer => library.labels(docs, group::ISSUER, &catalog.issuers),
                FacetName::Level => library.labels(docs, group::LEVEL, &catalog.levels),
                FacetName::Region => library.labels(docs, group::REGION, &catalog.regions),
                FacetName::Type => library.labels(docs, group::TYPE, &catalog.doc_types),
                FacetName::Year => library.labels(docs, group::YEAR, &catalog.years),
                FacetName::Period => library.labels(docs, group::PERIOD, &catalog.periods),
            };
            if wish.part.is_none() && wish.offset == 0 {
                library.add_chosen(name, docs, &mut values);
            }
            match name {
                FacetName::Region => {
                    for value in &mut values {
                        value.group = catalog.region_around(&value.value).map(str::to_owned);
                    }
                }
                FacetName::Period => {
                    for value in &mut values {
                        value.label = period_label(&value.value);
                    }
                }
                _ => {}
            }
            *facets.values_mut(name) = values;
            facets.n_values.insert(name, n_values);
        }
        facets
    }
}

/// `2021—2025年` for `2021..2025`.
fn period_label(value: &str) -> String {
    format!("{}年", value.replace("..", "—"))
}

/// Hits by document, those that pass and those that fail one group alone.
struct DocSums {
    passed: Vec<u32>,
    alone: Vec<(u16, Vec<u32>)>,
}

impl DocSums {
    fn new(n_docs: usize) -> Self {
        Self {
            passed: vec![0; n_docs],
            alone: Vec::new(),
        }
    }

    /// Adds a hit that fails this group alone, or none.
    #[inline]
    fn add(&mut self, doc: usize, failed: u16) {
        let list = if failed == 0 {
            &mut self.passed
        } else {
            self.alone_mut(failed)
        };
        if let Some(sum) = list.get_mut(doc) {
            *sum += 1;
        }
    }

    fn alone_mut(&mut self, failed: u16) -> &mut Vec<u32> {
        let at = self.alone.iter().position(|(bit, _)| *bit == failed);
        let at = at.unwrap_or_else(|| {
            self.alone.push((failed, vec![0; self.passed.len()]));
            self.alone.len() - 1
        });
        &mut self.alone[at].1
    }

    /// Hits by document when the choice of `bit` is ignored.
    fn ignoring(&self, bit: u16) -> Cow<'_, [u32]> {
        let Some((_, alone)) = self.alone.iter().find(|(known, _)| *known == bit) else {
            return Cow::Borrowed(&self.passed);
        };
        let both = self.passed.iter().zip(alone);
        both.map(|(passed, alone)| passed + alone).collect()
    }
}

/// The place of a label by its number: labels are numbered in their order.
fn by_label(id: usize) -> usize {
    id
}

/// Values of one facet, and how many there are.
type Listed = (Vec<FacetValue>, usize);

/// What the counts are summed up with.
struct Summing<'a> {
    plan: &'a Plan<'a>,
    catalog: &'a Catalog,
    views: &'a Views,
    wish: &'a FacetWish,
    paths: &'a Counter,
    themes: ThemeCounts,
}

/// Hits of each theme, and how many are about it.
struct ThemeCounts {
    all: Vec<u32>,
    about: Vec<u32>,
}

impl Summing<'_> {
    /// Most hits first, then in the order of `place`.
    fn list<'n>(
        &self,
        counted: impl Iterator<Item = (usize, u32)>,
        place: impl Fn(usize) -> usize,
        label: impl Fn(usize) -> &'n str,
        value: impl Fn(usize) -> FacetValue,
    ) -> Listed {
        let is_wanted = |id: usize| match &self.wish.part {
            Some(part) => fold(label(id)).contains(part.as_str()),
            None => true,
        };
        let met: Vec<(Reverse<u32>, usize, usize)> = counted
            .filter(|(id, count)| *count > 0 && is_wanted(*id))
            .map(|(id, count)| (Reverse(count), place(id), id))
            .collect();
        let n_values = met.len();
        let n_read = self.wish.offset.saturating_add(self.wish.max_values);
        let values = smallest(met, n_read)
            .into_iter()
            .skip(self.wish.offset)
            .map(|(Reverse(count), _, id)| FacetValue {
                label: label(id).to_owned(),
                count: count as usize,
                ..value(id)
            })
            .collect();
        (values, n_values)
    }

    fn documents(&self, docs: &DocSums) -> Listed {
        let documents = self.catalog.documents();
        self.list(
            docs.ignoring(group::DOC).iter().copied().enumerate(),
            |idx| self.catalog.title_rank(idx),
            |idx| documents[idx].title.as_str(),
            |idx| FacetValue {
                value: documents[idx].id.clone(),
                ..FacetValue::default()
            },
        )
    }

    fn labels(&self, docs: &DocSums, bit: u16, labels: &DocumentLabels) -> Listed {
        let sums = labels.sums(&docs.ignoring(bit));
        let sums = sums.into_iter().enumerate();
        self.list(
            sums,
            by_label,
            |id| labels.name(id),
            |id| FacetValue {
                value: labels.name(id).to_owned(),
                ..FacetValue::default()
            },
        )
    }

    fn headings(&self) -> Listed {
        let headings = &self.views.headings;
        let mut sums = Counter::new(headings.len());
        for (path, count) in self.paths.counted() {
            for label in self.views.paths.labels(path) {
                sums.add(label, count);
            }
        }
        self.list(
            sums.counted(),
            by_label,
            |id| headings.name(id),
            |id| FacetValue {
                value: headings.name(id).to_owned(),
                ..FacetValue::default()
            },
        )
    }

    fn tree(&self, tree: &ChapterTree) -> Listed {
        let count = |path: usize| self.paths.count(path);
        tree.values(self.views, self.wish, &self.plan.filter.chapters, count)
    }

    fn themes(&self) -> Listed {
        let themes = &self.views.themes;
        let ThemeCounts { all, about } = &self.themes;
        self.list(
            all.iter().copied().enumerate(),
            by_label,
            |id| themes.name(id),
            |id| FacetValue {
                value: themes.name(id).to_owned(),
                about: Some(about[id] as usize),
                ..FacetValue::default()
            },
        )
    }

    /// Marks what is chosen, and adds what is chosen and not listed.
    fn add_chosen(&self, name: FacetName, docs: &DocSums, values: &mut Vec<FacetValue>) {
        for (chosen, alone) in self.plan.filter.singles(name) {
            if let Some(value) = values.iter_mut().find(|value| value.value == chosen) {
                value.is_chosen = true;
                continue;
            }
            let label = self.catalog.get(&chosen).filter(|_| name == FacetName::Doc);
            let label = label.map_or_else(|| chosen.clone(), |doc| doc.title.clone());
            let mut value = FacetValue {
                label,
                is_chosen: true,
                ..FacetValue::default()
            };
            match name {
                FacetName::Chapter => {
                    let paths = &self.views.paths;
                    let admitted = paths.admitted(&self.views.headings, &alone.chapters);
                    let counted = self.paths.counted().filter(|(path, _)| admitted[*path]);
                    value.count = counted.map(|(_, count)| count as usize).sum();
                }
                FacetName::Theme => {
                    let id = self.views.themes.id(&chosen).map(|id| id as usize);
                    let ThemeCounts { all, about } = &self.themes;
                    value.count = id.map_or(0, |id| all[id] as usize);
                    value.about = Some(id.map_or(0, |id| about[id] as usize));
                }
                _ => value.count = self.of_documents(docs, name, &alone),
            }
            value.value = chosen;
            values.push(value);
        }
    }

    /// Hits in the documents that pass a filter of the group of `name` alone.
    fn of_documents(&self, docs: &DocSums, name: FacetName, alone: &Filter) -> usize {
        let failed = alone.failed_by_documents(self.catalog);
        let counts = docs.ignoring(group::of(name));
        let passing = counts
            .iter()
            .zip(&failed)
            .filter(|(_, failed)| **failed == 0);
        passing.map(|(count, _)| *count as usize).sum()
    }
}
