//! The parameters of a comparison, the same for the page and the API.

use utoipa::IntoParams;

use super::bad_parameter::{BadParameter, Expected, number};
use super::extract::FromPairs;
use super::params::SearchParams;

/// Furthest row that can be asked for.
const MAX_OFFSET: usize = 1_000_000_000;
/// How many passages of a document on a topic there are when nothing else is asked.
const DEFAULT_PASSAGES: usize = 20;
/// How many there are at most.
const MAX_PASSAGES: usize = 1000;

/// What comparison is asked for.
#[derive(Debug, Clone, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CompareParams {
    /// The first document: its id, its title or a part of it.
    #[param(required = false)]
    pub(super) a: String,
    /// The second document.
    #[param(required = false)]
    pub(super) b: String,
    /// In place of two documents: what each document says on this topic, any query.
    #[param(required = false, example = "氢能")]
    pub(super) topic: String,
    /// How many passages of a document on a topic to return, at most.
    #[param(required = false, default = 20, minimum = 1, maximum = 1000)]
    pub(super) passages: usize,
    /// `changes` leaves out what is the same; the API gives `all` by default.
    #[param(value_type = Option<String>, required = false, example = "changes")]
    pub(super) show: Shown,
    /// How many rows to pass over, on the page.
    #[param(required = false, default = 0, minimum = 0)]
    pub(super) offset: usize,
    /// The filter of a topic. On the page, two documents (`doc`) without a
    /// topic are `a` and `b`, the older first.
    #[param(ignore)]
    pub(super) filter: SearchParams,
}

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// What differs.
    #[default]
    Changes,
    /// All.
    All,
}

impl Shown {
    const ALL: [(&'static str, Self); 2] = [("changes", Self::Changes), ("all", Self::All)];
}

impl Default for CompareParams {
    fn default() -> Self {
        Self {
            a: String::new(),
            b: String::new(),
            topic: String::new(),
            passages: DEFAULT_PASSAGES,
            show: Shown::default(),
            offset: 0,
            filter: SearchParams::default(),
        }
    }
}

impl CompareParams {
    /// The same with other rows shown, from the first on.
    pub(super) fn showing(&self, show: Shown) -> Self {
        Self {
            show,
            offset: 0,
            ..self.clone()
        }
    }

    /// The same with the two documents that were ticked in a list as the ones to compare;
    /// `date` tells their dates.
    pub(super) fn of_ticked<'d>(&self, date: impl Fn(&str) -> Option<&'d str>) -> Self {
        let is_asked = [&self.a, &self.b, &self.topic];
        let mut params = self.clone();
        if is_asked.iter().all(|text| text.is_empty())
            && let [a, b] = self.filter.doc.as_slice()
        {
            let (a, b) = if date(b) < date(a) { (b, a) } else { (a, b) };
            (params.a, params.b) = (a.clone(), b.clone());
            params.filter.doc.clear();
        }
        params
    }

    /// The same from row `offset` on.
    pub(super) fn at(&self, offset: usize) -> Self {
        Self {
            offset,
            ..self.clone()
        }
    }

    /// Names and values for an address; what is as by default is left out.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let texts = [("a", &self.a), ("b", &self.b), ("topic", &self.topic)];
        for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            pairs.push((name, text.clone()));
        }
        if self.passages != DEFAULT_PASSAGES {
            pairs.push(("passages", self.passages.to_string()));
        }
        if self.show == Shown::All {
            pairs.push(("show", "all".to_owned()));
        }
        if self.offset > 0 {
            pairs.push(("offset", self.offset.to_string()));
        }
        pairs.extend(self.filter.asking("").pairs());
        pairs
    }
}

impl FromPairs for CompareParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "a" => value.trim().clone_into(&mut params.a),
                "b" => value.trim().clone_into(&mut params.b),
                "topic" => value.trim().clone_into(&mut params.topic),
                "passages" => params.passages = number("passages", &value, MAX_PASSAGES)?.max(1),
                "offset" => params.offset = number("offset", &value, MAX_OFFSET)?,
                "show" => {
                    let known = Shown::ALL.iter().find(|(name, _)| *name == value);
                    params.show = known.map(|(_, show)| *show).ok_or_else(|| {
                        let names = Shown::ALL.map(|(name, _)| name.to_owned()).to_vec();
                        BadParameter::new("show", &value, Expected::OneOf(names))
                    })?;
                }
                "q" | "sort" | "limit" | "view" | "each" | "explain" => {}
                name => {
                    params.filter.take(name, &value)?;
                }
            }
        }
        params.filter.request(0)?;
        Ok(params)
    }
}
