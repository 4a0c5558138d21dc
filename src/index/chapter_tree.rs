//! The headings of one document as a tree, in its order, with their hits.

use std::collections::HashMap;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, Searcher, TERMINATED, Term};

use super::facet::{FacetValue, FacetWish};
use super::paths::STEP;
use super::schema::Fields;
use super::view::Views;
use plansearch_text::fold;

/// The paths of headings of one document in its order.
pub(super) struct ChapterTree {
    paths: Vec<usize>,
}

/// One heading.
struct Node {
    path: Vec<u32>,
    count: u32,
    children: Vec<usize>,
}

impl ChapterTree {
    /// Reads the order of the paths of the document `doc`.
    pub(super) fn open(
        searcher: &Searcher,
        fields: &Fields,
        views: &Views,
        doc: &str,
    ) -> tantivy::Result<Self> {
        let term = Term::from_field_text(fields.doc, doc);
        let mut placed: Vec<(u32, usize)> = Vec::new();
        for (reader, view) in searcher.segment_readers().iter().zip(&views.segments) {
            let inverted = reader.inverted_index(fields.doc)?;
            let postings = inverted.read_postings(&term, IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else {
                continue;
            };
            let alive = reader.alive_bitset();
            while postings.doc() != TERMINATED {
                let passage = postings.doc();
                if alive.is_none_or(|alive| alive.is_alive(passage))
                    && let Some(path) = view.path(passage)
                {
                    placed.push((view.passage_idx(passage), path));
                }
                postings.advance();
            }
        }
        placed.sort_unstable();
        let mut paths = Vec::new();
        let mut is_met = std::collections::HashSet::new();
        for (_, path) in placed {
            if is_met.insert(path) {
                paths.push(path);
            }
        }
        Ok(Self { paths })
    }

    /// The headings that have hits or are chosen, in document order, and how many
    /// there are. Where there are too many, the deepest levels are left out.
    pub(super) fn values(
        &self,
        views: &Views,
        wish: &FacetWish,
        chosen: &[String],
        count: impl Fn(usize) -> u32,
    ) -> (Vec<FacetValue>, usize) {
        let nodes = self.nodes(views, &count);
        let mut n_of_label: HashMap<u32, usize> = HashMap::new();
        for node in &nodes {
            if let Some(label) = node.path.last() {
                *n_of_label.entry(*label).or_default() += 1;
            }
        }
        let mut values = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        open.extend(
            nodes
                .first()
                .map(|root| &root.children)
                .into_iter()
                .flatten()
                .rev(),
        );
        while let Some(at) = open.pop() {
            let node = &nodes[at];
            open.extend(node.children.iter().rev());
            let label = *node.path.last().unwrap_or(&0);
            let is_only = n_of_label.get(&label) == Some(&1);
            let value = self.value(views, node, is_only, &count);
            let is_chosen = chosen.contains(&value.value);
            if value.count > 0 || is_chosen {
                values.push(FacetValue { is_chosen, ..value });
            }
        }
        if let Some(part) = &wish.part {
            values.retain(|value| fold(&value.label).contains(part.as_str()));
        }
        let n_values = values.len();
        if wish.offset > 0 || wish.part.is_some() {
            let page = values.into_iter().skip(wish.offset).take(wish.max_values);
            return (page.collect(), n_values);
        }
        let deepest = values
            .iter()
            .filter_map(|value| value.depth)
            .max()
            .unwrap_or(1);
        for depth in (1..=deepest).rev() {
            if values.len() <= wish.max_values {
                break;
            }
            values.retain(|value| value.is_chosen || value.depth.is_some_and(|own| own < depth));
        }
        (values, n_values)
    }

    /// A heading that stands once is chosen by its label, another one by its path.
    /// One at the top is its own path, so there the label counts wherever it stands.
    fn value(
        &self,
        views: &Views,
        node: &Node,
        is_only: bool,
        count: &impl Fn(usize) -> u32,
    ) -> FacetValue {
        let name = |label: &u32| views.headings.name(*label as usize);
        let label = node.path.last().map(name).unwrap_or_default();
        let n_hits = if is_only || node.path.len() > 1 {
            node.count
        } else {
            let holding = self.paths.iter().filter(|path| {
                let path = views.paths.path(**path);
                node.path.last().is_some_and(|label| path.contains(label))
            });
            holding.map(|path| count(*path)).sum()
        };
        FacetValue {
            value: if is_only {
                label.to_owned()
            } else {
                node.path.iter().map(name).collect::<Vec<_>>().join(STEP)
            },
            label: label.to_owned(),
            count: n_hits as usize,
            depth: Some(node.path.len()),
            ..FacetValue::default()
        }
    }

    /// The tree; its root, which is no heading, stands first.
    fn nodes(&self, views: &Views, count: &impl Fn(usize) -> u32) -> Vec<Node> {
        let mut nodes = vec![Node {
            path: Vec::new(),
            count: 0,
            children: Vec::new(),
        }];
        let mut known: HashMap<Vec<u32>, usize> = HashMap::new();
        for path in &self.paths {
            let n_hits = count(*path);
            let path = views.paths.path(*path);
            let mut parent = 0;
            for end in 1..=path.len() {
                let path = &path[..end];
                let at = *known.entry(path.to_vec()).or_insert(nodes.len());
                if at == nodes.len() {
                    nodes.push(Node {
                        path: path.to_vec(),
                        count: 0,
                        children: Vec::new(),
                    });
                    nodes[parent].children.push(at);
                }
                nodes[at].count += n_hits;
                parent = at;
            }
        }
        nodes
    }
}
