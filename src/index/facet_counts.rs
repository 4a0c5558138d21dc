//! Hits by section and by set of themes, and the facets that follow from them.
//!
//! While matches are visited two counters go up, whatever facets there are. What a
//! section or a set stands for is looked up at the end, once for each that was met.

use std::cmp::Reverse;

use super::catalog::{Catalog, DocumentLabels};
use super::chapter_tree::ChapterTree;
use super::facet::{FacetName, FacetValue, FacetWish, Facets};
use super::filter::{Filter, group};
use super::labels::smallest;
use super::plan::{Plan, Seen};
use super::theme_sets::ThemeSets;
use super::view::{SegmentView, Views};
use crate::text::fold;
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

/// Hits by section and by set of themes.
pub(super) struct FacetCounts<'a> {
    is_counting: bool,
    sections: Counter,
    /// The section of the last hits, and how many: hits come in order, so those of a
    /// section come together.
    run: (usize, u32),
    sets: &'a ThemeSets,
    theme_sets: Counter,
    themes: ThemeSums,
}

/// Hits of each theme, and how many are about it.
#[derive(Default)]
struct ThemeSums {
    all: Vec<u32>,
    about: Vec<u32>,
}

impl ThemeSums {
    fn add(&mut self, members: &[(u32, bool)], n: u32) {
        for (theme, is_about) in members {
            let theme = *theme as usize;
            if let Some(sum) = self.all.get_mut(theme) {
                *sum += n;
            }
            if let Some(sum) = self.about.get_mut(theme).filter(|_| *is_about) {
                *sum += n;
            }
        }
    }
}

impl<'a> FacetCounts<'a> {
    pub(super) fn new(views: &'a Views, wish: &FacetWish) -> Self {
        let is_counting = wish.max_values > 0;
        let counted = |n: usize| Counter::new(if is_counting { n } else { 0 });
        Self {
            is_counting,
            sections: counted(views.sections.len()),
            run: (0, 0),
            sets: &views.theme_sets,
            theme_sets: counted(views.theme_sets.len()),
            themes: ThemeSums {
                all: vec![0; views.themes.len()],
                about: vec![0; views.themes.len()],
            },
        }
    }

    /// Counts a match that fails at most one group.
    #[inline]
    pub(super) fn count(&mut self, view: &SegmentView, doc_id: DocId, seen: Seen) {
        if !self.is_counting {
            return;
        }
        // What else a match fails belongs to its section.
        if seen.failed & (group::THEME | group::KIND) == 0 {
            if self.run.0 != seen.section {
                self.end_run();
                self.run.0 = seen.section;
            }
            self.run.1 += 1;
        }
        if seen.failed & !group::THEME == 0 {
            self.theme_sets.add(view.theme_set(doc_id), 1);
        }
    }

    fn end_run(&mut self) {
        let (section, n) = std::mem::take(&mut self.run);
        if n > 0 {
            self.sections.add(section, n);
        }
    }

    /// The facets.
    pub(super) fn facets(
        &mut self,
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
        self.end_run();
        for (set, n) in std::mem::take(&mut self.theme_sets).counted() {
            self.themes.add(self.sets.members(set), n);
        }
        let library = Summing {
            plan,
            catalog,
            views,
            wish,
            counts: self,
        };
        let docs = DocSums::of(&library);
        let wanted = FacetName::ALL.into_iter().filter(|name| wish.wants(*name));
        for name in wanted {
            let (mut values, n_values) = match name {
                FacetName::Doc => library.documents(&docs),
                FacetName::Chapter => match tree {
                    Some(tree) => library.tree(tree),
                    None => library.headings(),
                },
                FacetName::Theme => library.themes(),
                FacetName::Issuer => library.labels(&docs, group::ISSUER, &catalog.issuers),
                FacetName::Level => library.labels(&docs, group::LEVEL, &catalog.levels),
                FacetName::Region => library.labels(&docs, group::REGION, &catalog.regions),
                FacetName::Type => library.labels(&docs, group::TYPE, &catalog.doc_types),
                FacetName::Year => library.labels(&docs, group::YEAR, &catalog.years),
                FacetName::Period => library.labels(&docs, group::PERIOD, &catalog.periods),
            };
            if wish.part.is_none() && wish.offset == 0 {
                library.add_chosen(name, &docs, &mut values);
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
    fn of(library: &Summing<'_>) -> Self {
        let n_docs = library.catalog.documents().len();
        let mut sums = Self {
            passed: vec![0; n_docs],
            alone: Vec::new(),
        };
        for (section, count) in library.counts.sections.counted() {
            let failed = library.plan.failed_by_section(section);
            let Some(doc) = library.views.sections.doc_idx(section) else {
                continue;
            };
            if failed == group::CHAPTER || !failed.is_power_of_two() && failed != 0 {
                continue;
            }
            let list = if failed == 0 {
                &mut sums.passed
            } else {
                sums.alone_mut(failed, n_docs)
            };
            if let Some(sum) = list.get_mut(doc) {
                *sum += count;
            }
        }
        sums
    }

    fn alone_mut(&mut self, failed: u16, n_docs: usize) -> &mut Vec<u32> {
        let at = self.alone.iter().position(|(bit, _)| *bit == failed);
        let at = at.unwrap_or_else(|| {
            self.alone.push((failed, vec![0; n_docs]));
            self.alone.len() - 1
        });
        &mut self.alone[at].1
    }

    /// Hits by document when the choice of `bit` is ignored.
    fn ignoring(&self, bit: u16) -> impl Iterator<Item = (usize, u32)> + '_ {
        let alone = self.alone.iter().find(|(known, _)| *known == bit);
        let alone = alone.map_or(&[][..], |(_, alone)| alone.as_slice());
        self.passed
            .iter()
            .enumerate()
            .map(|(idx, passed)| (idx, passed + alone.get(idx).unwrap_or(&0)))
            .filter(|(_, count)| *count > 0)
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
    counts: &'a FacetCounts<'a>,
}

impl Summing<'_> {
    /// Most hits first, then in the order of `place`.
    fn list<'n, P: Ord>(
        &self,
        counted: impl Iterator<Item = (usize, u32)>,
        place: impl Fn(usize) -> P,
        label: impl Fn(usize) -> &'n str,
        value: impl Fn(usize) -> FacetValue,
    ) -> Listed {
        let is_wanted = |id: usize| match &self.wish.part {
            Some(part) => fold(label(id)).contains(part.as_str()),
            None => true,
        };
        let met: Vec<(Reverse<u32>, P, usize)> = counted
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
            docs.ignoring(group::DOC),
            |idx| documents[idx].title.as_str(),
            |idx| documents[idx].title.as_str(),
            |idx| FacetValue {
                value: documents[idx].id.clone(),
                ..FacetValue::default()
            },
        )
    }

    fn labels(&self, docs: &DocSums, bit: u16, labels: &DocumentLabels) -> Listed {
        let sums = labels.sums(docs.ignoring(bit));
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

    /// The sections that count for chapters, with their hits.
    fn chapter_sections(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        let counted = self.counts.sections.counted();
        counted.filter(|(section, _)| self.plan.failed_by_section(*section) & !group::CHAPTER == 0)
    }

    fn headings(&self) -> Listed {
        let headings = &self.views.headings;
        let mut sums = Counter::new(headings.len());
        for (section, count) in self.chapter_sections() {
            for label in self.views.sections.labels(section) {
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
        let count = |section: usize| {
            let failed = self.plan.failed_by_section(section) & !group::CHAPTER;
            if failed == 0 {
                self.counts.sections.count(section)
            } else {
                0
            }
        };
        tree.values(self.views, self.wish, &self.plan.filter.chapters, count)
    }

    fn themes(&self) -> Listed {
        let themes = &self.views.themes;
        let ThemeSums { all, about } = &self.counts.themes;
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
                    let sections = &self.views.sections;
                    let admitted = sections.admitted(&self.views.headings, &alone.chapters);
                    let counted = self
                        .chapter_sections()
                        .filter(|(section, _)| admitted[*section]);
                    value.count = counted.map(|(_, count)| count as usize).sum();
                }
                FacetName::Theme => {
                    let id = self.views.themes.id(&chosen).map(|id| id as usize);
                    let ThemeSums { all, about } = &self.counts.themes;
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
        docs.ignoring(group::of(name))
            .filter(|(doc, _)| failed.get(*doc) == Some(&0))
            .map(|(_, count)| count as usize)
            .sum()
    }
}
