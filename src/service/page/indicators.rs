//! The indicators that a query means, above its hits: by a condition on a figure, or by a
//! year beside a name (2025年 货物吞吐量).

use crate::error::ServiceError;
use crate::params::SearchParams;
use crate::target_params::TargetParams;
use crate::wire::Target;
use crate::words;
use crate::{address, reports};
use plansearch_engine::Engine;
use plansearch_targets::{Request, Typed, find};

/// Most indicators that stand above the hits.
const MAX_SHOWN: usize = 5;

/// Years that plans speak of.
const YEARS: std::ops::RangeInclusive<u16> = 1949..=2100;

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
        if params.offset > 0 {
            return Ok(None);
        }
        let (stated, all) = if let Some(typed) = Typed::of(&params.q) {
            let all = TargetParams {
                q: params.q.clone(),
                filter: params.asking("").at(0),
                ..TargetParams::default()
            };
            (typed.stated.join("、"), all)
        } else if let Some((name, year)) = of_year(&params.q) {
            let all = TargetParams {
                name: vec![name.clone()],
                target_year: vec![year.to_string()],
                filter: params.asking("").at(0),
                ..TargetParams::default()
            };
            (format!("{year}年{name}"), all)
        } else {
            return Ok(None);
        };
        let request = Request {
            limit: MAX_SHOWN,
            ..all.request()?
        };
        let found = find(snapshot, &request)?;
        Ok((found.total > 0).then(|| Self {
            stated,
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

/// The name and the year of a query that asks for a figure of a year: one year, and words
/// without a mark of the language of queries.
fn of_year(query: &str) -> Option<(String, u16)> {
    let (mut years, mut name) = (Vec::new(), Vec::new());
    for word in query.split_whitespace() {
        let digits = word.strip_suffix('年').unwrap_or(word);
        let is_year = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        match digits.parse::<u16>() {
            Ok(year) if is_year && YEARS.contains(&year) => years.push(year),
            _ if word.chars().all(char::is_alphanumeric) => name.push(word),
            _ => return None,
        }
    }
    let [year] = years.as_slice() else {
        return None;
    };
    (!name.is_empty()).then(|| (name.concat(), *year))
}

impl Indicator {
    /// The indicator of a record.
    pub(super) fn new(target: &Target) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_beside_a_name_asks_for_its_figure() {
        for (query, expect) in [
            ("2025年 货物吞吐量", Some(("货物吞吐量", 2025))),
            ("港口 货物吞吐量 2030", Some(("港口货物吞吐量", 2030))),
            ("2025年", None),
            ("货物吞吐量", None),
            ("2020年 2025年 吞吐量", None),
            ("2025年 -煤炭", None),
            ("2025年 “吞吐量”", None),
            ("1200 吞吐量", None),
        ] {
            let expect = expect.map(|(name, year)| (name.to_owned(), year));
            assert_eq!(of_year(query), expect, "{query}");
        }
    }
}
