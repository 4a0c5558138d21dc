//! When a target is the one that a label means.

use std::fmt;

use plansearch::target::{Target, comparator_sign};
use serde::Deserialize;

/// A label.
#[derive(Deserialize)]
pub(super) struct Label {
    pub(super) doc: Option<String>,
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    comparator: Option<String>,
    #[serde(default)]
    unit: String,
    year: Option<u16>,
    year_from: Option<String>,
    pub(super) horizon: Option<String>,
    #[serde(default)]
    accept_estimate: bool,
    pub(super) binding: Option<String>,
    #[serde(default)]
    pub(super) is_damaged: bool,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) quote: String,
    #[serde(default)]
    pub(super) offset: usize,
    pub(super) table: Option<String>,
    pub(super) row: Option<usize>,
    pub(super) damaged_row: Option<String>,
}

/// Right, missed and false records.
#[derive(Default)]
pub(super) struct Share {
    pub(super) right: usize,
    pub(super) missed: usize,
    pub(super) wrong: usize,
}

impl Share {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }

    pub(super) fn f1(&self) -> f64 {
        let sum = self.precision() + self.recall();
        if sum == 0.0 {
            return 0.0;
        }
        2.0 * self.precision() * self.recall() / sum
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:7}{:8}{:7}{:6.3}{:6.3}{:6.3}",
            self.right,
            self.missed,
            self.wrong,
            self.precision(),
            self.recall(),
            self.f1()
        )
    }
}

/// Says whether name, amount, comparator, year and horizon are those of the label.
pub(super) fn is_right(label: &Label, target: &Target) -> bool {
    is_named(label, &target.name)
        && is_amount(label, target)
        && (target.year == label.year
            || target.year.is_none() && label.year_from.as_deref() == Some("document"))
        && (Some(target.horizon.name()) == label.horizon.as_deref()
            || label.accept_estimate && target.horizon.name() == "estimate")
}

/// Words that name nothing.
const COMMON: [&str; 20] = [
    "全市",
    "全省",
    "全区",
    "力争",
    "年均增长",
    "年均",
    "增长",
    "实现",
    "达到",
    "确保",
    "地方",
    "全社会",
    "全年",
    "新增",
    "全部",
    "的",
    "（",
    "）",
    "“",
    "”",
];

fn core(name: &str) -> String {
    let mut name = name.to_lowercase();
    for word in COMMON {
        name = name.replace(word, "");
    }
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '、' | '"'))
        .collect()
}

fn is_named(label: &Label, name: &str) -> bool {
    let Some(named) = label.name.as_ref().filter(|named| !named.is_empty()) else {
        return name.is_empty();
    };
    if name.is_empty() {
        return false;
    }
    let name = core(name);
    let mut labels = std::iter::once(named).chain(&label.aliases);
    labels.any(|label| {
        let label = core(label);
        !label.is_empty() && !name.is_empty() && (label.contains(&name) || name.contains(&label))
    })
}

fn is_amount(label: &Label, target: &Target) -> bool {
    let Some(amount) = &target.amount else {
        return label.value.is_none() && label.low.is_none();
    };
    let same = |found: Option<f64>, wanted: Option<f64>| match (found, wanted) {
        (Some(found), Some(wanted)) => (found.abs() - wanted.abs()).abs() <= 1e-9 * wanted.abs(),
        (found, wanted) => found == wanted,
    };
    let range = amount.range();
    let is_value = same(
        amount.value().map(plansearch::figure::Decimal::to_f64),
        label.value,
    ) && same(range.map(|(low, _)| low.to_f64()), label.low)
        && same(range.map(|(_, high)| high.to_f64()), label.high);
    let loose = |sign: &str| match sign {
        ">" => ">=".to_owned(),
        "<" => "<=".to_owned(),
        sign => sign.to_owned(),
    };
    let sign = loose(comparator_sign(amount.comparator));
    let is_sign = label
        .comparator
        .as_ref()
        .is_none_or(|wanted| loose(wanted) == sign);
    is_value && is_sign && unit(&amount.unit) == unit(&label.unit)
}

fn unit(unit: &str) -> String {
    unit.trim_start_matches('个').replace('名', "人")
}
