//! The documents of one commit, in document order.

use std::collections::HashMap;
use std::sync::Arc;

use super::edition::Followed;
use super::filter::UNSTATED;
use super::labels::{Labels, NumberLists};
use super::local_statutes::LocalStatutes;
use super::parts::in_parts;
use super::record::DocumentRecord;
use plansearch_document::Jurisdiction;
use plansearch_text::fold;

/// All documents, sorted by file and place in it. That is the order in which
/// hits are listed when no score decides.
#[derive(Debug, Default)]
pub struct Catalog {
    documents: Vec<Arc<DocumentRecord>>,
    by_id: HashMap<String, usize>,
    /// The document that an earlier edition has become, and which of its editions it is.
    by_former: HashMap<String, (usize, usize)>,
    n_passages: usize,
    /// Positions of the documents of each issuer, by folded name.
    by_issuer: HashMap<String, Vec<usize>>,
    /// Id and title of each document, folded.
    folded_names: Vec<[String; 2]>,
    /// Place of the title of each document among all titles in order.
    title_ranks: Vec<u32>,
    jurisdictions: Vec<Jurisdiction>,
    /// The region around each region.
    around: HashMap<String, String>,
    /// Statutes of one place.
    pub local_statutes: LocalStatutes,
    /// Issuers of the documents.
    pub issuers: DocumentLabels,
    /// Their levels of government.
    pub levels: DocumentLabels,
    /// Their regions, each with what it lies in.
    pub regions: DocumentLabels,
    /// Their planning periods.
    pub periods: DocumentLabels,
    /// Their types.
    pub doc_types: DocumentLabels,
    /// Their years of issue.
    pub years: DocumentLabels,
}

/// The labels of one kind that the documents have.
#[derive(Debug, Default)]
pub struct DocumentLabels {
    labels: Labels,
    /// Numbers of the labels of each document.
    of_docs: NumberLists,
}

impl Catalog {
    /// A catalog of documents, put in order.
    pub fn new(mut documents: Vec<DocumentRecord>) -> Self {
        documents.sort_by(|a, b| a.file().cmp(b.file()).then_with(|| a.id.cmp(&b.id)));
        let by_id = documents
            .iter()
            .enumerate()
            .map(|(idx, doc)| (doc.id.clone(), idx))
            .collect();
        let mut by_former = HashMap::new();
        for (idx, doc) in documents.iter().enumerate() {
            for (nth, edition) in doc.former.iter().enumerate() {
                by_former.entry(edition.id.clone()).or_insert((idx, nth));
            }
        }
        let mut by_issuer: HashMap<String, Vec<usize>> = HashMap::new();
        for (idx, doc) in documents.iter().enumerate() {
            for issuer in &doc.issuers {
                by_issuer.entry(fold(issuer)).or_default().push(idx);
            }
        }
        let jurisdictions = jurisdictions(&documents);
        let places = || jurisdictions.iter();
        let steps = places().flat_map(|place| place.regions.windows(2));
        let around = steps
            .filter_map(|pair| Some((pair.get(1)?.clone(), pair.first()?.clone())))
            .collect();
        let level_names = |place: &Jurisdiction| -> Vec<String> {
            place
                .level
                .iter()
                .map(|level| level.name().to_owned())
                .collect()
        };
        let levels: Vec<Vec<String>> = places().map(level_names).collect();
        let regions: Vec<Vec<String>> = places().map(|place| place.regions.clone()).collect();
        let titles = Labels::new(documents.iter().map(|doc| doc.title.clone()).collect());
        let rank = |doc: &DocumentRecord| titles.id(&doc.title).unwrap_or(u32::MAX);
        Self {
            title_ranks: documents.iter().map(rank).collect(),
            by_issuer,
            around,
            levels: DocumentLabels::of_names(levels),
            regions: DocumentLabels::of_names(regions),
            periods: DocumentLabels::new(&documents, |doc| {
                doc.plan_period().iter().map(ToString::to_string).collect()
            }),
            local_statutes: LocalStatutes::of(&documents, &jurisdictions),
            jurisdictions,
            folded_names: documents
                .iter()
                .map(|doc| [fold(&doc.id), fold(&doc.title)])
                .collect(),
            issuers: DocumentLabels::new(&documents, |doc| doc.issuers.clone()),
            doc_types: DocumentLabels::new(&documents, |doc| vec![doc.doc_type.clone()]),
            years: DocumentLabels::new(&documents, |doc| {
                doc.year().iter().map(u16::to_string).collect()
            }),
            n_passages: documents.iter().map(|doc| doc.n_passages).sum(),
            documents: documents.into_iter().map(Arc::new).collect(),
            by_id,
            by_former,
        }
    }

    /// The documents in order.
    pub fn documents(&self) -> &[Arc<DocumentRecord>] {
        &self.documents
    }

    /// The document with this id.
    pub fn get(&self, id: &str) -> Option<&DocumentRecord> {
        self.shared(id).map(Arc::as_ref)
    }

    /// The same, to keep.
    pub fn shared(&self, id: &str) -> Option<&Arc<DocumentRecord>> {
        self.documents.get(*self.by_id.get(id)?)
    }

    /// The document with this id, or what an earlier edition with this id has become.
    pub fn now(&self, id: &str) -> Option<&DocumentRecord> {
        let followed = || {
            let (idx, _) = self.by_former.get(id)?;
            self.documents.get(*idx).map(Arc::as_ref)
        };
        self.get(id).or_else(followed)
    }

    /// Where the passage of an earlier edition leads; its id is that of the edition and its
    /// number there.
    pub fn followed(&self, passage: &str) -> Option<Followed> {
        let (edition, before) = passage.rsplit_once('-')?;
        let (idx, nth) = self.by_former.get(edition)?;
        let doc = self.documents.get(*idx)?;
        let (idx, fate) = doc.former.get(*nth)?.now(before.parse().ok()?)?;
        Some(Followed {
            doc: doc.id.clone(),
            idx,
            fate,
        })
    }

    /// Number of passages of all documents.
    pub fn n_passages(&self) -> usize {
        self.n_passages
    }

    /// Position of the document with this id.
    pub fn idx(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The documents that pass `is_meant`, which is given the folded title.
    pub fn titled(&self, is_meant: impl Fn(&str, &DocumentRecord) -> bool) -> Vec<&DocumentRecord> {
        let named = self.documents.iter().zip(&self.folded_names);
        named
            .filter(|(doc, [_, title])| is_meant(title, doc.as_ref()))
            .map(|(doc, _)| doc.as_ref())
            .collect()
    }

    /// The documents of the issuer with this folded name.
    pub fn issued_by(&self, folded: &str) -> Vec<&DocumentRecord> {
        let found = self.by_issuer.get(folded).map_or(&[][..], Vec::as_slice);
        found
            .iter()
            .map(|idx| self.documents[*idx].as_ref())
            .collect()
    }

    /// Place of the title of a document among all titles in order; titles that are the
    /// same have the same.
    pub fn title_rank(&self, doc_idx: usize) -> usize {
        self.title_ranks
            .get(doc_idx)
            .map_or(usize::MAX, |rank| *rank as usize)
    }

    /// Level and region of the document with this id.
    pub fn jurisdiction(&self, id: &str) -> Option<&Jurisdiction> {
        self.jurisdictions.get(self.idx(id)?)
    }

    /// The region that a region of the library lies in.
    pub fn region_around(&self, region: &str) -> Option<&str> {
        self.around.get(region).map(String::as_str)
    }

    /// Id and title of each document, folded, in order.
    pub fn folded_names(&self) -> &[[String; 2]] {
        &self.folded_names
    }

    /// Says whether a document has this id or title.
    pub fn has_called(&self, name: &str) -> bool {
        let folded = fold(name);
        self.by_id.contains_key(name) || self.folded_names.iter().any(|[_, title]| *title == folded)
    }
}

/// A thread is worth it for the places of so many documents.
const MIN_PLACES: usize = 500;

/// Level and region of each document.
fn jurisdictions(documents: &[DocumentRecord]) -> Vec<Jurisdiction> {
    in_parts(documents, MIN_PLACES, |part| {
        part.iter()
            .map(DocumentRecord::jurisdiction)
            .collect::<Vec<_>>()
    })
    .concat()
}

impl DocumentLabels {
    fn new(documents: &[DocumentRecord], of: impl Fn(&DocumentRecord) -> Vec<String>) -> Self {
        let names: Vec<Vec<String>> = documents.iter().map(of).collect();
        Self::of_names(names)
    }

    /// What states nothing has a label that says so.
    fn of_names(mut names: Vec<Vec<String>>) -> Self {
        for names in names.iter_mut().filter(|names| names.is_empty()) {
            names.push(UNSTATED.to_owned());
        }
        let labels = Labels::new(names.concat());
        let numbers = |names: &Vec<String>| {
            let mut numbers: Vec<u32> = names.iter().filter_map(|name| labels.id(name)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        let mut of_docs = NumberLists::default();
        for names in &names {
            of_docs.push(numbers(names));
        }
        Self { labels, of_docs }
    }

    /// Says whether a document has this label.
    pub fn has(&self, name: &str) -> bool {
        self.labels.id(name).is_some()
    }

    /// The label with this number.
    pub fn name(&self, id: usize) -> &str {
        self.labels.name(id)
    }

    /// For each document whether it has a label that `admits` admits.
    pub fn admitted(&self, admits: impl Fn(&str) -> bool) -> impl Iterator<Item = bool> + '_ {
        let labels = self.labels.names().iter();
        let admitted: Vec<bool> = labels.map(|label| admits(label)).collect();
        (0..self.of_docs.len()).map(move |doc_idx| {
            let mut ids = self.of_docs.of(doc_idx).iter();
            ids.any(|id| admitted[*id as usize])
        })
    }

    /// Sums counts, one for each document in order, by label.
    pub fn sums(&self, of_docs: &[u32]) -> Vec<u32> {
        let mut sums = vec![0; self.labels.len()];
        for (ids, count) in self.of_docs.iter().zip(of_docs) {
            for id in ids {
                sums[*id as usize] += count;
            }
        }
        sums
    }
}
