//! When nothing is found: what was understood, and where to go on.
//!
//! Every way that is offered finds something, and says how much.

use super::facets::Chip;
use crate::address;
use crate::error::ServiceError;
use crate::group::Group;
use crate::params::SearchParams;
use crate::words;
use plansearch_engine::Engine;
use plansearch_query::{self as query, Node, Query, describe};
use plansearch_search::{self as search, Request, SuggestionKind};
use plansearch_text::span;

/// How many headings near to the query are named.
const N_NEAREST: usize = 6;

/// How many shorter queries are tried.
const MAX_TRIES: usize = 8;

/// Longest text of a query that is repeated in a link, in characters.
const MAX_CHARS: usize = 40;

/// What the page says when there are no hits.
pub(super) struct NoHits {
    /// What had to stand in a passage.
    pub(super) required: Vec<String>,
    /// What must not.
    pub(super) excluded: Vec<String>,
    /// Chosen values: group, label.
    pub(super) chosen: Vec<(String, String)>,
    /// Ways on.
    pub(super) ways: Vec<Way>,
    /// Names of the library near to the query.
    pub(super) nearest: Vec<Way>,
}

/// A way on.
pub(super) struct Way {
    /// What it asks.
    pub(super) label: String,
    /// Its address.
    pub(super) href: String,
    /// How many passages it finds.
    pub(super) count: String,
}

impl NoHits {
    /// Explains why `params` found nothing.
    pub(super) fn new(
        snapshot: &dyn Engine,
        params: &SearchParams,
        chips: &[Chip],
    ) -> Result<Self, ServiceError> {
        let (query, _) = search::understand(snapshot, &params.q);
        let (excluded, required): (Vec<&Node>, Vec<&Node>) = query
            .required()
            .iter()
            .partition(|node| matches!(node, Node::Not(_)));
        let inner = |node: &&Node| match node {
            Node::Not(inner) => inner.to_string(),
            other => describe(other),
        };
        let chosen = chips.iter();
        Ok(Self {
            ways: ways(snapshot, params, chips, &query)?,
            nearest: nearest(snapshot, params, &query)?,
            required: required
                .iter()
                .map(|node| match node {
                    Node::Run(text) | Node::Phrase(text) => text.clone(),
                    other => describe(other),
                })
                .collect(),
            excluded: excluded.iter().map(inner).collect(),
            chosen: chosen
                .map(|chip| (chip.group.to_owned(), chip.label.clone()))
                .collect(),
        })
    }
}

/// The same search without a choice, and shorter queries.
fn ways(
    snapshot: &dyn Engine,
    params: &SearchParams,
    chips: &[Chip],
    query: &Query,
) -> Result<Vec<Way>, ServiceError> {
    let mut tries: Vec<(String, SearchParams)> = Vec::new();
    if params.has_filter() && !params.q.is_empty() {
        let label = "取消全部筛选条件，在整个文献库中检索".to_owned();
        tries.push((label, params.without_filter()));
    }
    for chip in chips.iter().filter(|_| chips.len() > 1) {
        let label = format!("取消{}“{}”", chip.group, chip.label);
        tries.push((label, params.toggled(chip.of, &chip.value)));
    }
    let parts = query.required();
    for (at, part) in parts.iter().enumerate() {
        let rest = || {
            parts
                .iter()
                .enumerate()
                .filter(move |(other, _)| *other != at)
        };
        if parts.len() > 2 || (parts.len() == 2 && matches!(part, Node::Not(_))) {
            let shorter = Node::all(rest().map(|(_, node)| node.clone()));
            if let Some(shorter) = shorter {
                let label = format!("不要求{}", describe(part));
                tries.push((label, params.asking(shorter.to_string())));
            }
        }
    }
    for part in parts.iter().filter(|_| parts.len() > 1) {
        if !matches!(part, Node::Not(_)) {
            let label = format!("只检索{}", describe(part));
            tries.push((label, params.asking(part.to_string())));
        }
    }
    let is_phrase = |part: &&Node| matches!(part, Node::Phrase(_));
    if parts.iter().any(|part| is_phrase(&part)) {
        let loose = parts.iter().flat_map(|part| match part {
            Node::Phrase(text) => query::parse(text).0.required().to_vec(),
            other => vec![other.clone()],
        });
        if let Some(loose) = Node::all(loose) {
            let label = "不加引号，查找含有其中各个词语的段落".to_owned();
            tries.push((label, params.asking(loose.to_string())));
        }
    }
    tries.truncate(MAX_TRIES);
    let mut ways = found(snapshot, &tries)?;
    // Where a shorter query finds nothing under the choices, it may without them.
    if ways.is_empty() && params.has_filter() {
        for (label, way) in &mut tries {
            *way = way.without_filter();
            label.insert_str(0, "取消筛选条件，并");
        }
        ways = found(snapshot, &tries)?;
    }
    Ok(ways)
}

/// Those of the ways that lead to passages.
fn found(
    snapshot: &dyn Engine,
    tries: &[(String, SearchParams)],
) -> Result<Vec<Way>, ServiceError> {
    let mut ways = Vec::new();
    for (label, params) in tries {
        let n_found = count(snapshot, params)?;
        if n_found > 0 {
            ways.push(Way {
                label: span::shorten(label, MAX_CHARS),
                href: address::search(params),
                count: words::count(n_found),
            });
        }
    }
    Ok(ways)
}

/// Names that are read so, or share most pairs of characters, in the whole library.
fn nearest(
    snapshot: &dyn Engine,
    params: &SearchParams,
    query: &Query,
) -> Result<Vec<Way>, ServiceError> {
    let texts = query.texts();
    let mut found = search::nearest(snapshot, &texts.concat(), N_NEAREST)?;
    // Letters, when the input method was off: the names that are read so.
    let is_latin = |text: &&str| text.chars().any(|c| c.is_ascii_alphabetic());
    let readings = texts.iter().copied().filter(is_latin).take(N_NEAREST);
    let readings: Vec<&str> = readings.collect();
    if found.is_empty() {
        for reading in &readings {
            let limit = N_NEAREST.div_ceil(readings.len());
            found.extend(search::suggest(snapshot, reading, limit)?);
        }
    }
    let everywhere = params.without_filter();
    let mut ways = Vec::new();
    for near in found {
        let (target, kind) = match near.kind {
            SuggestionKind::Theme => {
                let all = SearchParams::default();
                (all.toggled(Group::Theme, &near.text), "主题")
            }
            SuggestionKind::Document => {
                let all = SearchParams::default();
                (all.toggled(Group::Doc, &near.text), "文件")
            }
            SuggestionKind::Heading => {
                let all = SearchParams::default();
                (all.toggled(Group::Chapter, &near.text), "标题")
            }
            SuggestionKind::Lead => (everywhere.asking(format!("“{}”", near.text)), "小标题"),
            SuggestionKind::Term => (everywhere.asking(&near.text), "词语"),
        };
        let n_found = count(snapshot, &target)?;
        if n_found > 0 {
            ways.push(Way {
                label: format!("{kind}“{}”", span::shorten(&near.text, MAX_CHARS)),
                href: address::search(&target),
                count: words::count(n_found),
            });
        }
    }
    Ok(ways)
}

fn count(snapshot: &dyn Engine, params: &SearchParams) -> Result<usize, ServiceError> {
    let request = Request {
        limit: 0,
        ..params.request(0)?
    };
    Ok(search::search(snapshot, &request)?.total)
}
