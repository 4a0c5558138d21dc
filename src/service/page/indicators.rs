//! The indicators that a query with a condition on a figure means, above its hits.

use super::words;
use crate::error::ServiceError;
use crate::params::SearchParams;
use crate::target_params::TargetParams;
use crate::wire::Target;
use crate::{address, reports};
use plansearch_engine::Engine;
use plansearch_targets::{Request, Typed, find};

/// Most indicators that stand above the hits.
const MAX_SHOWN: usize = 5;

/// The indicators that a query means.
pub(super) struct IndicatorsView {
    /// The conditions as typed.
    pub(super) stated: String,
    /// The first of them.
    pub(super) rows: Vec<Indicator>,
    /// How many there are, and the address of them all.
    pub(super) total: String,
    pub(super) href: String,
}

/// An indicator.
pub(super) struct Indicator {
    pub(super) name: String,
    pub(super) amount: String,
    pub(super) year: String,
    pub(super) title: String,
    pub(super) href: String,
}

impl IndicatorsView {
    /// What `params` means above its first hits; none where it bounds no figure, or none is
    /// so.
    pub(super) fn of(
        snapshot: &dyn Engine,
        params: &SearchParams,
    ) -> Result<Option<Self>, ServiceError> {
        let Some(typed) = Typed::of(&params.q).filter(|_| params.offset == 0) else {
            return Ok(None);
        };
        let request = Request {
            query: params.q.clone(),
            filter: params.request(0)?.filter,
            limit: MAX_SHOWN,
            ..Request::default()
        };
        let found = find(snapshot, &request)?;
        let all = TargetParams {
            q: params.q.clone(),
            filter: params.asking("").at(0),
            ..TargetParams::default()
        };
        Ok((found.total > 0).then(|| Self {
            stated: typed.stated.join("、"),
            rows: found
                .records
                .iter()
                .map(|record| Indicator::new(&Target::from(record)))
                .collect(),
            total: words::count(found.total),
            href: address::targets(&all),
        }))
    }
}

impl Indicator {
    fn new(target: &Target) -> Self {
        let passage = &target.passage;
        Self {
            name: if target.name.is_empty() {
                "（名称残缺）".to_owned()
            } else {
                target.name.clone()
            },
            amount: reports::amount(target),
            year: target
                .year
                .map(|year| format!("{year}年"))
                .unwrap_or_default(),
            title: words::title_or(&passage.doc.title),
            href: address::passage(
                &SearchParams::default(),
                &passage.doc.id,
                &passage.id,
                passage.idx,
            ),
        }
    }
}
