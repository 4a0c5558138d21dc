//! The columns of a table of indicators, by the words of its head.

use plansearch_figure::dates;

use super::facts::Facts;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// Numbers of rows.
    Serial,
    /// Names of indicators.
    Name,
    /// Units.
    Unit,
    /// 约束性, 预期性.
    Binding,
    /// Values of a year.
    Value(Value),
    /// Anything else.
    Other,
}

/// A column of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) year: Option<u16>,
    pub(crate) from_year: Option<u16>,
    pub(crate) role: Role,
    pub(crate) is_annual_mean: bool,
    pub(crate) is_cumulative: bool,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Aimed at.
    Target,
    /// Reached.
    Result,
    /// Only what another column is compared with.
    Base,
}

const NAMES: [&str; 12] = [
    "指标名称",
    "二级指标",
    "三级指标",
    "具体指标",
    "主要指标",
    "指标项目",
    "指标内容",
    "核心指标",
    "指标",
    "名称",
    "项目",
    "内容",
];
const RESULTS: [&str; 10] = [
    "实际",
    "现状",
    "完成",
    "基期",
    "基准",
    "基数",
    "初期",
    "实绩",
    "当前",
    "水平年",
];
const TARGETS: [&str; 6] = ["目标", "规划", "预期", "计划", "指标值", "要求"];

/// The columns of a head; none where it is not that of a table of indicators.
pub(crate) fn columns(head: &[String], caption: &str, facts: &Facts) -> Option<Vec<Column>> {
    let labels: Vec<String> = head
        .iter()
        .map(|cell| cell.chars().filter(|c| !c.is_whitespace()).collect())
        .collect();
    let name_at = NAMES
        .iter()
        .find_map(|name| labels.iter().position(|label| label == name))
        .or_else(|| {
            labels
                .iter()
                .position(|label| label.contains("指标") && !is_binding(label) && !is_dated(label))
        })?;
    let span = span_of(caption, facts);
    let mut columns: Vec<Column> = labels
        .iter()
        .enumerate()
        .map(|(at, label)| {
            if at == name_at {
                Column::Name
            } else {
                column(label, span, facts)
            }
        })
        .collect();
    settle_bases(&mut columns);
    let has_values = columns
        .iter()
        .any(|column| matches!(column, Column::Value(value) if value.role != Role::Base));
    has_values.then_some(columns)
}

/// The years that a table is of: by its caption, else by its document.
fn span_of(caption: &str, facts: &Facts) -> (Option<u16>, Option<u16>) {
    let stated = dates(caption)
        .iter()
        .find_map(|date| Some((date.period.from.year?, date.period.to.year?)));
    match stated {
        Some((from, to)) => (Some(from), Some(to)),
        None => facts.target_years(),
    }
}

fn is_binding(label: &str) -> bool {
    label.contains("属性") || label.contains("性质")
}

fn is_dated(label: &str) -> bool {
    label.chars().any(|c| c.is_ascii_digit())
}

fn column(label: &str, span: (Option<u16>, Option<u16>), facts: &Facts) -> Column {
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if matches!(label, "序号" | "编号" | "号") {
        return Column::Serial;
    }
    if label.contains("单位") && !label.contains("责任") && !label.contains("牵头") {
        return Column::Unit;
    }
    if is_binding(label) || matches!(label, "类型" | "指标类型") {
        return Column::Binding;
    }
    let is_annual_mean = label.contains("年均");
    let is_cumulative = label.contains("累计");
    let (from_year, year) = year_of(label);
    if is_annual_mean || is_cumulative {
        let is_past = span.1.zip(facts.now).is_some_and(|(to, now)| to < now);
        return Column::Value(Value {
            year: span.1,
            from_year: span.0,
            role: if is_past { Role::Base } else { Role::Target },
            is_annual_mean,
            is_cumulative: is_cumulative && !is_annual_mean,
        });
    }
    if has(&[
        "增长", "增速", "变化", "提高", "责任", "部门", "备注", "说明",
    ]) && !has(&["目标"])
    {
        return Column::Other;
    }
    let role = if has(&RESULTS) && !label.contains("目标") {
        Some(Role::Result)
    } else if has(&TARGETS) {
        Some(Role::Target)
    } else {
        None
    };
    let role = match (role, year, facts.now) {
        (Some(role), _, _) => role,
        (None, Some(year), Some(now)) if year < now => Role::Result,
        (None, Some(_), _) => Role::Target,
        (None, None, _) => return Column::Other,
    };
    let year = year.or(if role == Role::Target { span.1 } else { None });
    Column::Value(Value {
        year,
        from_year,
        role,
        is_annual_mean: false,
        is_cumulative: false,
    })
}

/// 2025年, 2025, 2021—2025年.
fn year_of(label: &str) -> (Option<u16>, Option<u16>) {
    let date = dates(label).into_iter().next();
    if let Some(date) = date {
        let (from, to) = (date.period.from.year, date.period.to.year);
        return (from.filter(|_| from != to), to);
    }
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    let year = digits
        .parse()
        .ok()
        .filter(|year| (1949..=2100).contains(year));
    (None, year)
}

/// Results of years before that of a target are what it is compared with; of several
/// results without a target the last alone is one.
fn settle_bases(columns: &mut [Column]) {
    let years = |role: Role| {
        let years = columns.iter().filter_map(move |column| match column {
            Column::Value(value) if value.role == role => Some(value.year.unwrap_or(0)),
            _ => None,
        });
        years.max()
    };
    let last_target = years(Role::Target);
    let last_result = years(Role::Result);
    for column in columns.iter_mut() {
        if let Column::Value(value) = column
            && value.role == Role::Result
        {
            let year = value.year.unwrap_or(0);
            let is_before = last_target.is_some_and(|target| year < target);
            let is_not_last = last_result.is_some_and(|last| year < last);
            if is_before || is_not_last {
                value.role = Role::Base;
            }
        }
    }
}
