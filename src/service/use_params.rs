//! The parameters of the use of terms, the same for the page and the API.

use plansearch_evolve::{By, MAX_TERMS, Request};
use utoipa::IntoParams;

use super::bad_parameter::{BadParameter, Expected, flag};
use super::extract::FromPairs;
use super::params::SearchParams;

/// What use of terms is asked for.
#[derive(Debug, Clone, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct UseParams {
    /// A term, looked for as a quoted phrase is; repeated for more, at most 20.
    #[param(value_type = Vec<String>, required = false, example = "海河联运")]
    pub(super) term: Vec<String>,
    /// Terms in one text, parted by blanks, commas or 、.
    #[param(value_type = String, required = false)]
    #[expect(dead_code, reason = "it describes a parameter")]
    terms: (),
    /// What makes a row: `year`, `doc`, `issuer`, `level` or `region`.
    #[param(value_type = String, required = false, default = "year")]
    pub(super) by: By,
    /// `1` counts passages of the same text (16 characters or more) once, at the
    /// earliest dated document.
    #[param(required = false, default = "0")]
    pub(super) once: bool,
    /// `1` does not count a term where it stands inside a longer one of the terms.
    #[param(required = false, default = "0")]
    pub(super) apart: bool,
    /// The filter.
    #[param(ignore)]
    pub(super) filter: SearchParams,
}

impl UseParams {
    /// The request that the parameters stand for.
    pub(super) fn request(&self) -> Result<Request, BadParameter> {
        Ok(Request {
            terms: self.term.clone(),
            by: self.by,
            filter: self.filter.request(0)?.filter,
            is_once: self.once,
            is_apart: self.apart,
        })
    }

    /// Names and values for an address; what is as by default is left out.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = self
            .term
            .iter()
            .map(|term| ("term", term.clone()))
            .collect();
        if self.by != By::default() {
            pairs.push(("by", self.by.name().to_owned()));
        }
        for (name, is_on) in [("once", self.once), ("apart", self.apart)] {
            if is_on {
                pairs.push((name, "1".to_owned()));
            }
        }
        pairs.extend(self.filter.asking("").at(0).pairs());
        pairs
    }

    /// The same with rows of another kind.
    pub(super) fn by(&self, by: By) -> Self {
        Self { by, ..self.clone() }
    }
}

impl FromPairs for UseParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        let is_break = |c: char| c.is_whitespace() || "、，,;；".contains(c);
        for (name, value) in pairs {
            match name.as_str() {
                "term" => params.term.push(value),
                "terms" => params.term.extend(
                    value
                        .split(is_break)
                        .filter(|term| !term.is_empty())
                        .map(str::to_owned),
                ),
                "by" => {
                    let known = By::from_name(&value);
                    params.by = known.ok_or_else(|| {
                        let names = By::ALL.map(|by| by.name().to_owned()).to_vec();
                        BadParameter::new("by", &value, Expected::OneOf(names))
                    })?;
                }
                "once" => params.once = flag("once", &value)?,
                "apart" => params.apart = flag("apart", &value)?,
                "q" | "sort" | "limit" | "offset" | "view" | "each" | "explain" => {}
                name => {
                    params.filter.take(name, &value)?;
                }
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        params.term.retain(|term| seen.insert(term.clone()));
        if params.term.len() > MAX_TERMS {
            let n = params.term.len().to_string();
            return Err(BadParameter::new("term", n, Expected::AtMost(MAX_TERMS)));
        }
        if let Some(term) = params
            .term
            .iter()
            .find(|term| plansearch_text::fold(term).is_empty())
        {
            return Err(BadParameter::new("term", term, Expected::Term));
        }
        params.request()?;
        Ok(params)
    }
}
