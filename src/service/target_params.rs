//! The parameters of targets, the same for the page and the API.

use plansearch_engine::YearRange;
use plansearch_target::{Binding, Horizon};
use plansearch_targets::{Condition, Request};
use utoipa::IntoParams;

use super::bad_parameter::{BadParameter, Expected, number};
use super::extract::FromPairs;
use super::params::SearchParams;

/// How many records an answer has when nothing else is asked.
pub(super) const DEFAULT_LIMIT: usize = 50;
/// How many it has at most.
const MAX_LIMIT: usize = 1000;
/// Furthest record that can be asked for.
const MAX_OFFSET: usize = 1_000_000_000;

/// What targets are asked for.
#[derive(Debug, Clone, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TargetParams {
    /// Words of the passages, any query; without it all of them.
    #[param(required = false, example = "港口")]
    pub(super) q: String,
    /// Name of an indicator, or a part of it. Where the name itself is one, what only
    /// has it as a part is left out.
    #[param(required = false, example = "地区生产总值")]
    pub(super) name: Vec<String>,
    /// Year of the target, or a range: `2025`, `2021..2025`.
    #[param(required = false, example = "2025")]
    pub(super) target_year: Vec<String>,
    /// Conditions on the figure, all required: `value>=500亿元`. Units are converted.
    #[param(rename = "where", required = false, example = "value>=500亿元")]
    pub(super) conditions: Vec<String>,
    /// `target`, `done` or `estimate`.
    #[param(required = false)]
    pub(super) horizon: Vec<String>,
    /// `约束性` or `预期性`.
    #[param(required = false)]
    pub(super) binding: Vec<String>,
    /// How many records to return, at most.
    #[param(required = false, default = 50, minimum = 0, maximum = 1000)]
    pub(super) limit: usize,
    /// How many records to pass over.
    #[param(required = false, default = 0, minimum = 0)]
    pub(super) offset: usize,
    /// The filter.
    #[param(ignore)]
    pub(super) filter: SearchParams,
}

impl Default for TargetParams {
    fn default() -> Self {
        Self {
            q: String::new(),
            name: Vec::new(),
            target_year: Vec::new(),
            conditions: Vec::new(),
            horizon: Vec::new(),
            binding: Vec::new(),
            limit: DEFAULT_LIMIT,
            offset: 0,
            filter: SearchParams::default(),
        }
    }
}

impl TargetParams {
    /// The request that the parameters stand for.
    pub(super) fn request(&self) -> Result<Request, BadParameter> {
        let horizon = |value: &String| {
            let names = Horizon::ALL
                .map(|horizon| horizon.name().to_owned())
                .to_vec();
            Horizon::from_name(value)
                .ok_or_else(|| BadParameter::new("horizon", value, Expected::OneOf(names)))
        };
        let binding = |value: &String| {
            let names = Binding::ALL
                .map(|binding| binding.name().to_owned())
                .to_vec();
            Binding::from_name(value)
                .ok_or_else(|| BadParameter::new("binding", value, Expected::OneOf(names)))
        };
        let year = |value: &String| {
            value
                .parse::<YearRange>()
                .map_err(|_| BadParameter::new("target_year", value, Expected::Year))
        };
        let condition = |value: &String| {
            value.parse::<Condition>().map_err(|error| {
                BadParameter::new("where", value, Expected::Condition(error.to_string()))
            })
        };
        Ok(Request {
            query: self.q.clone(),
            filter: self.filter.request(0)?.filter,
            names: self.name.clone(),
            years: self
                .target_year
                .iter()
                .map(year)
                .collect::<Result<_, _>>()?,
            conditions: self
                .conditions
                .iter()
                .map(condition)
                .collect::<Result<_, _>>()?,
            horizons: self.horizon.iter().map(horizon).collect::<Result<_, _>>()?,
            bindings: self.binding.iter().map(binding).collect::<Result<_, _>>()?,
            offset: self.offset,
            limit: self.limit,
        })
    }

    /// Says whether nothing is asked.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Names and values for an address; what is as by default is left out.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        let lists = [
            ("name", &self.name),
            ("target_year", &self.target_year),
            ("where", &self.conditions),
            ("horizon", &self.horizon),
            ("binding", &self.binding),
        ];
        for (name, values) in lists {
            pairs.extend(values.iter().map(|value| (name, value.clone())));
        }
        if self.limit != DEFAULT_LIMIT {
            pairs.push(("limit", self.limit.to_string()));
        }
        if self.offset > 0 {
            pairs.push(("offset", self.offset.to_string()));
        }
        pairs.extend(self.filter.asking("").at(0).pairs());
        pairs
    }

    /// The same with a value of a list chosen, or no longer; from the first record on.
    pub(super) fn toggled(&self, list: fn(&mut Self) -> &mut Vec<String>, value: &str) -> Self {
        let mut other = self.at(0);
        let values = list(&mut other);
        let n_before = values.len();
        values.retain(|known| known != value);
        if values.len() == n_before {
            values.push(value.to_owned());
        }
        other
    }

    /// The same from record `offset` on.
    pub(super) fn at(&self, offset: usize) -> Self {
        Self {
            offset,
            ..self.clone()
        }
    }
}

impl FromPairs for TargetParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            let value = value.trim().to_owned();
            let list = match name.as_str() {
                "name" => &mut params.name,
                "target_year" | "target-year" => &mut params.target_year,
                "where" => &mut params.conditions,
                "horizon" => &mut params.horizon,
                "binding" => &mut params.binding,
                "q" => {
                    params.q = value;
                    continue;
                }
                "limit" => {
                    params.limit = number("limit", &value, MAX_LIMIT)?;
                    continue;
                }
                "offset" => {
                    params.offset = number("offset", &value, MAX_OFFSET)?;
                    continue;
                }
                "sort" | "view" | "each" | "explain" => continue,
                name => {
                    params.filter.take(name, &value)?;
                    continue;
                }
            };
            // A field of a form that is left empty asks nothing.
            if !value.is_empty() {
                list.push(value);
            }
        }
        params.request()?;
        Ok(params)
    }
}
