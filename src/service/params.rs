//! The parameters of a search, the same for the page, the API and the reader.
//!
//! Values are kept as typed, so that an address made from them asks the same;
//! they are checked when they are read.

use utoipa::IntoParams;

use super::bad_parameter::{BadParameter, Expected, flag, number};
use super::extract::FromPairs;
use super::group::Group;
use plansearch_document::{DocType, Level, PassageKind, PlanPeriod};
use plansearch_engine::{FacetName, Filter, Sort, UNSTATED, YearRange};
use plansearch_search::{Request, SameText};

/// How many hits an answer has when nothing else is asked.
pub(super) const DEFAULT_LIMIT: usize = 10;

/// How many hits an answer has at most.
pub(super) const MAX_LIMIT: usize = 1000;

/// Furthest hit that can be asked for.
const MAX_OFFSET: usize = 1_000_000_000;

/// What a search asks for.
#[derive(Debug, Clone, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchParams {
    /// The query. Spaces separate words that are all required, quotation marks
    /// hold a phrase, `或` `|` `OR` give alternatives, a leading `-` excludes,
    /// brackets group, fields such as `年份:2021..2025` say where passages come
    /// from. Without it the filter is listed.
    #[param(required = false, example = "氢能 加氢站")]
    pub(super) q: String,
    /// Id of a document, or a part of its title.
    #[param(required = false)]
    pub(super) doc: Vec<String>,
    /// A heading at any level, or a part of it; headings from the top joined by
    /// ` > ` are the section at this place.
    #[param(required = false)]
    pub(super) chapter: Vec<String>,
    /// Name of a theme. By relevance, passages about it stand first, those that only
    /// mention it below.
    #[param(required = false)]
    pub(super) theme: Vec<String>,
    /// An issuing body, or a part of its name.
    #[param(required = false)]
    pub(super) issuer: Vec<String>,
    /// Level of government: `国家`, `省`, `市`, `区县`, `乡镇`.
    #[param(required = false)]
    pub(super) level: Vec<String>,
    /// A region, or a part of its name; what lies in it belongs to it.
    #[param(required = false, example = "浙江省")]
    pub(super) region: Vec<String>,
    /// Type of document, such as `规划纲要`.
    #[param(rename = "type", required = false)]
    pub(super) doc_type: Vec<String>,
    /// Year of issue, or a range: `2021`, `2019..2025`, `2019..`.
    /// A form may give the ends of a range as `since` and `until`.
    #[param(required = false)]
    pub(super) year: Vec<String>,
    /// Planning period: `2021..2025`, or `2024` for a plan of one year.
    #[param(required = false, example = "2021..2025")]
    pub(super) period: Vec<String>,
    /// Kind of passage: `paragraph`, `table`, `heading`, `front_matter`, `attachment`.
    #[param(required = false)]
    pub(super) kind: Vec<String>,
    /// How many hits to return, at most.
    #[param(required = false, default = 10, minimum = 0, maximum = 1000)]
    pub(super) limit: usize,
    /// How many hits to pass over.
    #[param(required = false, default = 0, minimum = 0)]
    pub(super) offset: usize,
    /// Order of hits: `relevance`, `document`, `date`.
    #[param(required = false, default = "relevance")]
    pub(super) sort: String,
    /// `doc` gathers the hits of the page by document; programs have the document
    /// of each hit.
    #[param(required = false, example = "doc")]
    pub(super) view: View,
    /// `1` shows passages of the same text each as a hit, `0` shows them as one.
    /// Without it they are one, but for phrases, operators and fields in the API,
    /// where each is a hit.
    #[param(required = false, example = "1")]
    pub(super) each: Option<bool>,
    /// `1` tells of each hit why it stands where it does.
    #[param(required = false, default = "0")]
    pub(super) explain: bool,
}

/// How the page lists what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, utoipa::ToSchema)]
#[schema(rename_all = "lowercase")]
pub(super) enum View {
    /// Hit by hit.
    #[default]
    Hits,
    /// Gathered by document.
    Doc,
}

impl View {
    const ALL: [Self; 2] = [Self::Hits, Self::Doc];

    fn name(self) -> &'static str {
        match self {
            Self::Hits => "hits",
            Self::Doc => "doc",
        }
    }

    fn read(value: &str) -> Result<Self, BadParameter> {
        let view = Self::ALL.into_iter().find(|view| view.name() == value);
        view.ok_or_else(|| {
            let names = Self::ALL.map(|view| view.name().to_owned()).to_vec();
            BadParameter::new("view", value, Expected::OneOf(names))
        })
    }
}

impl Default for SearchParams {
    fn default() -> Self {
        Self {
            q: String::new(),
            doc: Vec::new(),
            chapter: Vec::new(),
            theme: Vec::new(),
            issuer: Vec::new(),
            level: Vec::new(),
            region: Vec::new(),
            doc_type: Vec::new(),
            year: Vec::new(),
            period: Vec::new(),
            kind: Vec::new(),
            limit: DEFAULT_LIMIT,
            offset: 0,
            sort: SORTS[0].0.to_owned(),
            view: View::Hits,
            each: None,
            explain: false,
        }
    }
}

/// The orders of hits by their names.
const SORTS: [(&str, Sort); 3] = [
    ("relevance", Sort::Relevance),
    ("document", Sort::Document),
    ("date", Sort::Date),
];

impl SearchParams {
    /// The values chosen in a group.
    pub(super) fn chosen(&self, group: Group) -> &[String] {
        match group {
            Group::Doc => &self.doc,
            Group::Chapter => &self.chapter,
            Group::Theme => &self.theme,
            Group::Issuer => &self.issuer,
            Group::Level => &self.level,
            Group::Region => &self.region,
            Group::Type => &self.doc_type,
            Group::Year => &self.year,
            Group::Period => &self.period,
            Group::Kind => &self.kind,
        }
    }

    fn chosen_mut(&mut self, group: Group) -> &mut Vec<String> {
        match group {
            Group::Doc => &mut self.doc,
            Group::Chapter => &mut self.chapter,
            Group::Theme => &mut self.theme,
            Group::Issuer => &mut self.issuer,
            Group::Level => &mut self.level,
            Group::Region => &mut self.region,
            Group::Type => &mut self.doc_type,
            Group::Year => &mut self.year,
            Group::Period => &mut self.period,
            Group::Kind => &mut self.kind,
        }
    }

    /// Says whether neither a query nor a filter is asked.
    pub(super) fn is_empty(&self) -> bool {
        self.q.is_empty() && !self.has_filter()
    }

    /// Says whether a value is chosen in any group.
    pub(super) fn has_filter(&self) -> bool {
        Group::ALL
            .iter()
            .any(|group| !self.chosen(*group).is_empty())
    }

    /// The same search with `value` chosen in `group`, or no more if it was,
    /// from the first hit on.
    pub(super) fn toggled(&self, group: Group, value: &str) -> Self {
        let mut params = self.at_start();
        let chosen = params.chosen_mut(group);
        match chosen.iter().position(|known| known == value) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(value.to_owned()),
        }
        params
    }

    /// The same search for another query.
    pub(super) fn asking(&self, q: impl Into<String>) -> Self {
        let q = q.into();
        Self {
            q,
            ..self.at_start()
        }
    }

    /// The same query without a filter.
    pub(super) fn without_filter(&self) -> Self {
        Self {
            q: self.q.clone(),
            limit: self.limit,
            sort: self.sort.clone(),
            view: self.view,
            each: self.each,
            explain: self.explain,
            ..Self::default()
        }
    }

    /// The same search in another order.
    pub(super) fn sorted(&self, sort: &str) -> Self {
        Self {
            sort: sort.to_owned(),
            ..self.at_start()
        }
    }

    /// The same search listed in another way.
    pub(super) fn viewed(&self, view: View) -> Self {
        Self {
            view,
            ..self.at_start()
        }
    }

    /// The same search in one document alone.
    pub(super) fn within(&self, doc: &str) -> Self {
        Self {
            doc: vec![doc.to_owned()],
            ..self.at_start()
        }
    }

    /// The same search in these documents alone.
    pub(super) fn within_all(&self, docs: &[String]) -> Self {
        Self {
            doc: docs.to_vec(),
            ..self.at_start()
        }
    }

    /// The same search with passages of the same text apart, or not.
    pub(super) fn apart(&self, is_apart: bool) -> Self {
        Self {
            each: is_apart.then_some(true),
            ..self.at_start()
        }
    }

    /// The same search from hit `offset` on.
    pub(super) fn at(&self, offset: usize) -> Self {
        Self {
            offset,
            ..self.clone()
        }
    }

    fn at_start(&self) -> Self {
        self.at(0)
    }

    /// Names and values for an address; what is as by default is left out.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let default = Self::default();
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        for group in Group::ALL {
            let values = self.chosen(group).iter();
            pairs.extend(values.map(|value| (group.name(), value.clone())));
        }
        if self.sort != default.sort {
            pairs.push(("sort", self.sort.clone()));
        }
        if self.view != default.view {
            pairs.push(("view", self.view.name().to_owned()));
        }
        if let Some(each) = self.each {
            pairs.push(("each", u8::from(each).to_string()));
        }
        if self.explain {
            pairs.push(("explain", "1".to_owned()));
        }
        if self.limit != default.limit {
            pairs.push(("limit", self.limit.to_string()));
        }
        if self.offset != default.offset {
            pairs.push(("offset", self.offset.to_string()));
        }
        pairs
    }

    /// The request that the parameters stand for.
    pub(super) fn request(&self, max_facet_values: usize) -> Result<Request, BadParameter> {
        let types = DocType::ALL.map(DocType::name);
        let kinds = PassageKind::ALL.map(PassageKind::name);
        let levels = Level::ALL.map(Level::name);
        let stated = |values: &[String]| -> Vec<String> {
            let stated = values.iter().filter(|value| *value != UNSTATED);
            stated.cloned().collect()
        };
        let unstated = [
            (FacetName::Level, &self.level),
            (FacetName::Year, &self.year),
            (FacetName::Period, &self.period),
        ];
        let filter = Filter {
            unstated: unstated
                .into_iter()
                .filter(|(_, values)| values.iter().any(|value| value == UNSTATED))
                .map(|(facet, _)| facet)
                .collect(),
            docs: self.doc.clone(),
            chapters: self.chapter.clone(),
            themes: self.theme.clone(),
            issuers: self.issuer.clone(),
            levels: named("level", &stated(&self.level), &levels, Level::from_name)?,
            regions: self.region.clone(),
            periods: periods(&stated(&self.period))?,
            types: named("type", &self.doc_type, &types, DocType::from_name)?,
            years: years(&stated(&self.year))?,
            kinds: named("kind", &self.kind, &kinds, PassageKind::from_name)?,
        };
        let sort = SORTS.iter().find(|(name, _)| *name == self.sort);
        let (_, sort) = sort.ok_or_else(|| {
            let names = SORTS.map(|(name, _)| name.to_owned()).to_vec();
            BadParameter::new("sort", &self.sort, Expected::OneOf(names))
        })?;
        Ok(Request {
            query: self.q.clone(),
            filter,
            is_whole: false,
            mark: None,
            sort: *sort,
            same_text: match self.each {
                Some(true) => SameText::Apart,
                Some(false) => SameText::Together,
                None => SameText::TogetherForWords,
            },
            is_explained: self.explain,
            each_document: None,
            offset: self.offset,
            limit: self.limit,
            max_facet_values,
            facet: None,
        })
    }

    /// Takes an end of a range of years, as a form has it: `since` before `until`. The
    /// range stands in place of other years.
    fn take_year(&mut self, name: &str, year: &str) {
        if year.is_empty() {
            return;
        }
        if name == "since" {
            self.year = vec![format!("{year}..")];
            return;
        }
        let since = match self.year.as_slice() {
            [range] => range.strip_suffix("..").unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        self.year = vec![format!("{since}..{year}")];
    }

    /// Takes one parameter; says whether it is one of a search.
    pub(super) fn take(&mut self, name: &str, value: &str) -> Result<bool, BadParameter> {
        if let Some(group) = Group::ALL.into_iter().find(|group| group.name() == name) {
            // What a form leaves empty is not chosen.
            if value.trim().is_empty() {
                return Ok(true);
            }
            let chosen = self.chosen_mut(group);
            if !chosen.iter().any(|known| known == value) {
                chosen.push(value.to_owned());
            }
            return Ok(true);
        }
        match name {
            "q" => value.trim().clone_into(&mut self.q),
            "since" | "until" => self.take_year(name, value.trim()),
            "sort" => value.clone_into(&mut self.sort),
            "view" => self.view = View::read(value)?,
            "each" => self.each = Some(flag("each", value)?),
            "explain" => self.explain = flag("explain", value)?,
            "limit" => self.limit = number("limit", value, MAX_LIMIT)?,
            "offset" => self.offset = number("offset", value, MAX_OFFSET)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

impl FromPairs for SearchParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            params.take(&name, &value)?;
        }
        params.request(0)?;
        Ok(params)
    }
}

fn years(values: &[String]) -> Result<Vec<YearRange>, BadParameter> {
    let read = |value: &String| {
        let year = value.trim().parse();
        year.map_err(|_| BadParameter::new("year", value, Expected::Year))
    };
    values.iter().map(read).collect()
}

fn periods(values: &[String]) -> Result<Vec<PlanPeriod>, BadParameter> {
    let read = |value: &String| {
        let period = value.parse();
        period.map_err(|_| BadParameter::new("period", value, Expected::Period))
    };
    values.iter().map(read).collect()
}

fn named<T>(
    name: &'static str,
    values: &[String],
    known: &[&str],
    from_name: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, BadParameter> {
    let read = |value: &String| {
        from_name(value).ok_or_else(|| {
            let names = known.iter().map(|name| (*name).to_owned()).collect();
            BadParameter::new(name, value, Expected::OneOf(names))
        })
    };
    values.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<SearchParams, BadParameter> {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        SearchParams::from_pairs(pairs)
    }

    #[test]
    fn an_address_made_from_parameters_asks_the_same() {
        let params = read(
            "q=氢能&theme=氢能&theme=港口&year=2019..2025&level=市&region=甲市&period=2021..2025&sort=date&view=doc&limit=20&offset=40&each=1&explain=1",
        );
        let params = params.unwrap();
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(params.pairs())
            .finish();
        assert_eq!(read(&query), Ok(params));
    }

    #[test]
    fn a_form_gives_a_range_of_years_in_place_of_years() {
        for (query, expect) in [
            ("year=2021&since=2019&until=2025", "2019..2025"),
            ("since=2019&until=", "2019.."),
            ("since=&until=2025", "..2025"),
        ] {
            assert_eq!(read(query).unwrap().year, [expect], "{query}");
        }
        assert_eq!(
            read("since=&until=&level=").unwrap(),
            SearchParams::default()
        );
        assert!(read("since=2025&until=2019").is_err());
    }

    #[test]
    fn choosing_twice_is_not_choosing() {
        let params = read("q=氢能&offset=20").unwrap();
        let chosen = params.toggled(Group::Theme, "氢能");
        assert_eq!((chosen.theme.len(), chosen.offset), (1, 0));
        assert_eq!(chosen.toggled(Group::Theme, "氢能"), params.at(0));
    }

    #[test]
    fn what_a_parameter_cannot_be_is_named() {
        for (query, name, value) in [
            ("limit=-1", "limit", "-1"),
            ("limit=1001", "limit", "1001"),
            ("each=ja", "each", "ja"),
            ("offset=x", "offset", "x"),
            ("year=21", "year", "21"),
            ("type=计划", "type", "计划"),
            ("kind=段落", "kind", "段落"),
            ("level=乡", "level", "乡"),
            ("period=十四五", "period", "十四五"),
            ("sort=score", "sort", "score"),
            ("view=list", "view", "list"),
        ] {
            let error = read(query).unwrap_err();
            assert_eq!((error.name, error.value.as_str()), (name, value));
        }
    }
}
