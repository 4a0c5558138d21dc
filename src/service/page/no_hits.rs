//! When nothing is found: what was understood, and where to go on.

use super::facets::Chip;
use crate::query::{Node, Query};
use crate::service::address;
use crate::service::params::SearchParams;

/// What the page says when there are no hits.
pub(super) struct NoHits {
    /// What had to stand in a passage.
    pub(super) required: Vec<String>,
    /// What must not.
    pub(super) excluded: Vec<String>,
    /// Chosen values: group, label.
    pub(super) chosen: Vec<(String, String)>,
    /// Ways on: what they ask and their addresses.
    pub(super) ways: Vec<(String, String)>,
}

impl NoHits {
    /// Explains why `query` in `params` found nothing.
    pub(super) fn new(params: &SearchParams, query: &Query, chips: &[Chip]) -> Self {
        let mut required = Vec::new();
        let mut excluded = Vec::new();
        for node in query.required() {
            match node {
                Node::Not(inner) => excluded.push(inner.to_string()),
                other => required.push(other.to_string()),
            }
        }
        let mut ways = Vec::new();
        if params.has_filter() && !params.q.is_empty() {
            ways.push((
                "取消全部筛选条件，在整个文献库中检索".to_owned(),
                address::search(&params.without_filter()),
            ));
        }
        for chip in chips.iter().filter(|_| chips.len() > 1) {
            ways.push((
                format!("取消{}“{}”", chip.group, chip.label),
                chip.href.clone(),
            ));
        }
        if required.len() + excluded.len() > 1 {
            for part in &required {
                let href = address::search(&params.asking(part.as_str()));
                ways.push((format!("只检索 {part}"), href));
            }
        }
        Self {
            required,
            excluded,
            chosen: chips
                .iter()
                .map(|chip| (chip.group.to_owned(), chip.label.clone()))
                .collect(),
            ways,
        }
    }
}
