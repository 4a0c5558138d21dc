//! Comparisons and uses of terms as tables to work on.

use super::table::{Cell, Table};
use super::wire::{ComparisonRows, Evolution, PassageReference, Target, Targets, Topic};

/// The rows of a comparison as a table.
pub fn comparison(comparison: &ComparisonRows) -> Table {
    let columns = [
        ("序号", 6.0),
        ("类别", 8.0),
        ("甲 所在章节", 30.0),
        ("甲 原文", 60.0),
        ("乙 所在章节", 30.0),
        ("乙 原文", 60.0),
        ("不同之处（甲→乙）", 40.0),
        ("甲 出处", 40.0),
        ("乙 出处", 40.0),
    ];
    let path = |side: &Option<PassageReference>| {
        side.as_ref()
            .map_or(Cell::Empty, |side| side.path.join(" › ").into())
    };
    let text = |side: &Option<PassageReference>| {
        side.as_ref()
            .map_or(Cell::Empty, |side| side.text.as_str().into())
    };
    let citation = |side: &Option<PassageReference>| {
        side.as_ref()
            .map_or(Cell::Empty, |side| side.citation.as_str().into())
    };
    let rows = (1..)
        .zip(&comparison.rows)
        .map(|(number, row): (usize, _)| {
            let changes: Vec<String> = row
                .changes
                .iter()
                .map(|change| format!("{}→{}", shown(&change.source), shown(&change.draft)))
                .collect();
            vec![
                number.into(),
                row_label(row.kind).into(),
                path(&row.a),
                text(&row.a),
                path(&row.b),
                text(&row.b),
                changes.join("；").into(),
                citation(&row.a),
                citation(&row.b),
            ]
        });
    Table {
        name: "对照",
        rows: rows.collect(),
        columns: columns
            .map(|(name, width)| (name.to_owned(), width))
            .to_vec(),
    }
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "（无）" } else { text }
}

/// What people call the kind of a row.
pub fn row_label(kind: &str) -> &'static str {
    match kind {
        "same" => "相同",
        "changed" => "修改",
        "moved" => "移动",
        "only_a" => "仅甲有",
        _ => "仅乙有",
    }
}

/// What people call the way documents are grouped.
pub fn by_label(by: &str) -> &'static str {
    match by {
        "doc" => "文件",
        "issuer" => "发文机关",
        "level" => "层级",
        "region" => "地区",
        _ => "年份",
    }
}

/// The use of terms as a table, term below term.
pub fn evolution(evolution: &Evolution) -> Table {
    let columns = [
        ("词语", 20.0),
        (by_label(evolution.by), 30.0),
        ("文件数", 8.0),
        ("含该词语的文件数", 16.0),
        ("段数", 8.0),
        ("次数", 8.0),
        ("字数", 10.0),
        ("每万字次数", 12.0),
    ];
    let mut rows = Vec::new();
    for term in &evolution.terms {
        for row in term.rows.iter().chain([&term.total]) {
            rows.push(vec![
                term.term.as_str().into(),
                row.label.as_str().into(),
                row.documents.into(),
                row.with_term.into(),
                row.passages.into(),
                row.occurrences.into(),
                row.characters.into(),
                row.per_10k.into(),
            ]);
        }
    }
    Table {
        name: "用语沿革",
        rows,
        columns: columns
            .map(|(name, width)| (name.to_owned(), width))
            .to_vec(),
    }
}

/// What documents say on a topic as a table, passage by passage, then the documents that
/// say nothing.
pub fn topic(topic: &Topic) -> Table {
    let columns = [
        ("文件", 36.0),
        ("成文日期", 12.0),
        ("所在章节", 36.0),
        ("原文", 70.0),
        ("数字（*与他文不同）", 36.0),
        ("出处", 40.0),
    ];
    let mut rows = Vec::new();
    for document in &topic.documents {
        for passage in &document.passages {
            let figures: Vec<String> = document
                .figures
                .iter()
                .filter(|figure| figure.passage == passage.id)
                .map(|figure| {
                    let mark = if figure.differs { "*" } else { "" };
                    format!("{}{}{mark}", figure.name, figure.text)
                })
                .collect();
            rows.push(vec![
                document.doc.title.as_str().into(),
                document.doc.date.clone().unwrap_or_default().into(),
                passage.path.join(" › ").into(),
                passage.text.as_str().into(),
                figures.join("；").into(),
                passage.citation.as_str().into(),
            ]);
        }
    }
    for doc in &topic.without {
        rows.push(vec![
            doc.title.as_str().into(),
            doc.date.clone().unwrap_or_default().into(),
            Cell::Empty,
            "（没有谈到）".into(),
        ]);
    }
    Table {
        name: "他文对照",
        rows,
        columns: columns
            .map(|(name, width)| (name.to_owned(), width))
            .to_vec(),
    }
}

/// Targets as a table, record by record.
pub fn targets(found: &Targets) -> Table {
    let columns = [
        ("指标", 30.0),
        ("数值", 10.0),
        ("下限", 10.0),
        ("上限", 10.0),
        ("比较", 6.0),
        ("单位", 10.0),
        ("口径", 8.0),
        ("年份", 8.0),
        ("起始年", 8.0),
        ("基期值", 10.0),
        ("基期", 8.0),
        ("时态", 8.0),
        ("属性", 8.0),
        ("残缺", 6.0),
        ("原文", 20.0),
        ("文件", 36.0),
        ("所在章节", 30.0),
        ("段落", 60.0),
        ("出处", 40.0),
        ("编号", 20.0),
    ];
    Table {
        name: "指标",
        rows: found.records.iter().map(target_row).collect(),
        columns: columns
            .map(|(name, width)| (name.to_owned(), width))
            .to_vec(),
    }
}

/// The figure in short: ≥7%, 4.5–5%, 300亿元.
pub fn amount(target: &Target) -> String {
    let unit = target.unit.as_deref().unwrap_or_default();
    let sign = comparator_label(target.comparator);
    match (target.value, target.low, target.high) {
        (Some(value), _, _) => format!("{sign}{value}{unit}"),
        (None, Some(low), Some(high)) => format!("{low}–{high}{unit}"),
        _ if target.is_damaged => "（残缺）".to_owned(),
        _ => target.text.clone(),
    }
}

fn target_row(target: &Target) -> Vec<Cell> {
    let year = |year: Option<u16>| year.map_or(Cell::Empty, |year| usize::from(year).into());
    vec![
        target.name.as_str().into(),
        target.value.into(),
        target.low.into(),
        target.high.into(),
        comparator_label(target.comparator).into(),
        target.unit.as_deref().unwrap_or_default().into(),
        measure_label(target).into(),
        year(target.year),
        year(target.from_year),
        target.base_value.into(),
        year(target.base_year),
        horizon_label(target.horizon).into(),
        target.binding.unwrap_or_default().into(),
        if target.is_damaged { "残缺" } else { "" }.into(),
        target.text.as_str().into(),
        target.passage.doc.title.as_str().into(),
        target.passage.path.join(" › ").into(),
        target.passage.text.as_str().into(),
        target.passage.citation.as_str().into(),
        target.passage.id.as_str().into(),
    ]
}

/// What people call a comparator; nothing where the figure is the value itself.
pub fn comparator_label(comparator: Option<&str>) -> &'static str {
    match comparator {
        Some(">=") => "≥",
        Some("<=") => "≤",
        Some(">") => "＞",
        Some("<") => "＜",
        Some("~") => "约",
        _ => "",
    }
}

/// What people call the kind of quantity.
pub fn measure_label(target: &Target) -> &'static str {
    match target.measure {
        _ if target.is_annual_mean => "年均",
        _ if target.is_cumulative => "累计",
        "growth" => "增速",
        "share" => "比率",
        "increment" => "增量",
        "rank" => "位次",
        _ => "总量",
    }
}

/// What people call a horizon.
pub fn horizon_label(horizon: &str) -> &'static str {
    match horizon {
        "done" => "完成",
        "estimate" => "预计",
        _ => "目标",
    }
}
