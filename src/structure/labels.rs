//! Labelled facts of a publishing page: `发文字号：…　发布日期：…`.
//!
//! Answers which facts a line states and what they mean. A line counts when it
//! opens with a label; more of them may follow on it. What a label is stands in
//! one table, by the words that sites of governments use.

use super::block::{Block, Cells, head, tail, trim};
use super::official;
use plansearch_document::Merged;
use plansearch_text::Span;
use plansearch_text::fold::is_blank;

/// What a labelled fact tells of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Title,
    Issuers,
    /// Who put the text online: an issuer only where nothing else names one.
    Publisher,
    DocNumber,
    IndexNumber,
    Date,
    PublishDate,
    /// A fact that is kept as text only.
    Other,
}

/// A label with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label<'a> {
    pub(super) name: &'static str,
    pub(super) meaning: Meaning,
    /// May be empty.
    pub(super) value: &'a str,
}

/// The longest label, blanks aside.
const MAX_NAME_CHARS: usize = 16;

/// The label that opens `text`, with all that stands behind it.
pub(super) fn first(text: &str) -> Option<Label<'_>> {
    if let Some(label) = bracketed(text) {
        return Some(label);
    }
    let (at, _) = text
        .char_indices()
        .take(MAX_NAME_CHARS * 4)
        .find(|(_, c)| is_colon(*c))?;
    let (name, meaning) = known(head(text, at))?;
    let value = value(tail(text, at));
    Some(Label {
        name,
        meaning,
        value,
    })
}

/// 【发布单位】某省人民政府
fn bracketed(text: &str) -> Option<Label<'_>> {
    let inner = text.strip_prefix('【')?;
    let (name, behind) = inner.split_once('】')?;
    let (name, meaning) = known(name)?;
    Some(Label {
        name,
        meaning,
        value: value(behind),
    })
}

/// Every labelled fact of a line that opens with a label, also of a row of cells.
pub(super) fn all(text: &str) -> Vec<Label<'_>> {
    if let Some((date, rest)) = dated(text) {
        let mut labels = vec![date];
        labels.extend(all(rest));
        return labels;
    }
    let cells: Vec<&str> = text.split(['|', '\t']).map(trim).collect();
    if let [only] = cells[..] {
        return in_words(only);
    }
    in_cells(&cells)
}

/// Every labelled fact of a block: of its cells where the format knows them.
pub(super) fn of_block(block: &Block) -> Vec<Label<'_>> {
    if let Some(Cells { row, .. }) = &block.cells {
        let cells = row.cells.iter().filter(|cell| cell.merged != Merged::Left);
        let cells: Vec<&str> = cells.map(|cell| trim(&cell.text)).collect();
        return in_cells(&cells);
    }
    let text = trim(&block.text).trim_matches(['(', ')', '（', '）']);
    let labels = all(text);
    if labels.is_empty() {
        inside(text)
    } else {
        labels
    }
}

fn in_cells<'a>(cells: &[&'a str]) -> Vec<Label<'a>> {
    let mut labels = Vec::new();
    let mut idx = 0;
    while let Some(cell) = cells.get(idx) {
        idx += 1;
        let Some((name, meaning)) = known(cell.trim_end_matches(is_colon)) else {
            labels.extend(in_words(cell));
            continue;
        };
        let next = cells.get(idx).copied().unwrap_or_default();
        let is_value = first(next).is_none() && known(next).is_none();
        idx += usize::from(is_value);
        labels.push(Label {
            name,
            meaning,
            value: if is_value { next } else { "" },
        });
    }
    labels
}

/// `2024-12-05 19:30 来源：新华社`: the date of the page, and the labels behind it.
pub(super) fn dated(text: &str) -> Option<(Label<'_>, &str)> {
    let near = Span::of_chars(text, 0, MAX_DATE_CHARS).of(text);
    let (_, date) = official::find_date(near).filter(|(_, d)| d.start == 0)?;
    let behind = tail(text, date.end);
    let rest = behind.trim_start_matches(|c: char| {
        c.is_ascii_digit() || is_blank(c) || is_colon(c) || matches!(c, '时' | '分' | '秒')
    });
    first(rest)?;
    let label = Label {
        name: "时间",
        meaning: Meaning::PublishDate,
        value: date.of(text),
    };
    Some((label, rest))
}

/// The longest date at the head of a line.
const MAX_DATE_CHARS: usize = 20;

/// What the exact label `name` means, blanks and brackets aside.
pub(super) fn known(name: &str) -> Option<(&'static str, Meaning)> {
    let mut squeezed = String::new();
    let letters = name
        .chars()
        .filter(|c| !is_decoration(*c) && !matches!(c, '_' | '-'));
    for c in letters {
        squeezed.push(c.to_ascii_lowercase());
        if squeezed.len() > MAX_NAME_CHARS * 3 {
            return None;
        }
    }
    LABELS.iter().find_map(|(meaning, names)| {
        let name = names.iter().find(|name| **name == squeezed)?;
        Some((*name, *meaning))
    })
}

/// `索 引 号：甲　主题分类：乙`: a value ends where the next label begins.
fn in_words(text: &str) -> Vec<Label<'_>> {
    if first(text).is_none() {
        return Vec::new();
    }
    inside(text)
}

/// Every labelled fact of a line, whatever it opens with: the cells of a row that lost
/// their borders.
pub(super) fn inside(text: &str) -> Vec<Label<'_>> {
    if let Some(label) = bracketed(text) {
        return vec![label];
    }
    let mut begins: Vec<(usize, usize)> = Vec::new();
    for (colon, _) in text.char_indices().filter(|(_, c)| is_colon(*c)) {
        let from = begins.last().map_or(0, |(_, colon)| *colon);
        begins.extend(name_before(text, from, colon).map(|begin| (begin, colon)));
    }
    let ends = begins.iter().skip(1).map(|(begin, _)| *begin);
    let ends: Vec<usize> = ends.chain([text.len()]).collect();
    begins
        .iter()
        .zip(ends)
        .filter_map(|((begin, colon), end)| {
            let (name, meaning) = known(Span::new(*begin, *colon).of(text))?;
            let value = value(Span::new(*colon, end).of(text));
            Some(Label {
                name,
                meaning,
                value,
            })
        })
        .collect()
}

/// Where the longest label begins that stands between `from` and a colon, apart
/// from the words before it.
fn name_before(text: &str, from: usize, colon: usize) -> Option<usize> {
    let before = Span::new(from, colon).of(text);
    let mut longest = None;
    let mut n_chars = 0;
    for (at, c) in before.char_indices().rev() {
        n_chars += usize::from(!is_decoration(c));
        if n_chars > MAX_NAME_CHARS {
            break;
        }
        let above = head(before, at).chars().next_back();
        let is_apart = above.is_none_or(|c| is_decoration(c) || matches!(c, '；' | ';' | '>'))
            && !(from > 0 && at == 0);
        if is_apart && known(tail(before, at)).is_some() {
            longest = Some(from + at);
        }
    }
    longest
}

fn value(behind_name: &str) -> &str {
    let value = behind_name
        .trim_start_matches(|c| is_colon(c) || is_blank(c) || matches!(c, '*' | ']' | '】' | '|'));
    value.trim_end_matches(|c| is_blank(c) || matches!(c, '|' | '[' | '【' | '；' | ';'))
}

fn is_colon(c: char) -> bool {
    matches!(c, '：' | ':')
}

fn is_decoration(c: char) -> bool {
    is_blank(c) || matches!(c, '*' | '【' | '】' | '[' | ']' | '·' | '●' | '■')
}

const LABELS: [(Meaning, &[&str]); 8] = [
    (
        Meaning::Title,
        &[
            "title",
            "articletitle",
            "doctitle",
            "标题",
            "题名",
            "名称",
            "信息名称",
            "文件名称",
            "公文名称",
            "文件标题",
            "法规名称",
            "公文标题",
        ],
    ),
    (
        Meaning::Issuers,
        &[
            "发文机关",
            "issuer",
            "issuers",
            "issuingagency",
            "issuingbody",
            "发文机构",
            "发文单位",
            "制发机关",
            "制定机关",
            "制发单位",
            "印发机关",
            "印发单位",
            "颁布机关",
            "公布机关",
            "颁发机关",
        ],
    ),
    (
        Meaning::Publisher,
        &[
            "发布机关",
            "发布机构",
            "发布单位",
            "公开机关",
            "公开主体",
            "publisher",
        ],
    ),
    (
        Meaning::DocNumber,
        &[
            "发文字号",
            "docno",
            "docnumber",
            "documentnumber",
            "发文文号",
            "文号",
            "字号",
            "文件编号",
            "文件文号",
            "发布文号",
            "发文号",
            "文件字号",
            "公文文号",
            "文件号",
        ],
    ),
    (
        Meaning::IndexNumber,
        &[
            "索引号",
            "indexnumber",
            "indexno",
            "信息索引号",
            "公开索引号",
            "索引编号",
            "索取号",
            "信息索引",
        ],
    ),
    (
        Meaning::Date,
        &[
            "成文日期",
            "issuedate",
            "writtendate",
            "发文日期",
            "印发日期",
            "成文时间",
            "发文时间",
            "印发时间",
            "签发日期",
            "制发日期",
            "生成日期",
            "颁布日期",
        ],
    ),
    (
        Meaning::PublishDate,
        &[
            "date",
            "publishdate",
            "pubdate",
            "publisheddate",
            "publishedat",
            "releasedate",
            "发布日期",
            "发布时间",
            "公开日期",
            "公开时间",
            "公布日期",
            "发表时间",
            "上网日期",
            "上传日期",
            "时间",
            "日期",
        ],
    ),
    (
        Meaning::Other,
        &[
            "source",
            "author",
            "tags",
            "categories",
            "keywords",
            "url",
            "公开方式",
            "信息来源",
            "来源",
            "文章来源",
            "稿源",
            "作者",
            "编辑",
            "主题分类",
            "主题词",
            "主题",
            "分类",
            "体裁分类",
            "体裁",
            "组配分类",
            "服务对象",
            "有效性",
            "文件状态",
            "是否有效",
            "时效性",
            "时效",
            "效力状态",
            "效力级别",
            "效力等级",
            "文件有效性",
            "生效日期",
            "生效时间",
            "实施日期",
            "施行日期",
            "失效日期",
            "失效时间",
            "废止日期",
            "截止日期",
            "有效期",
            "公开时限",
            "公开范围",
            "公开形式",
            "信息公开选项",
            "公开选项",
            "公开类别",
            "公开属性",
            "公开期限",
            "文种",
            "公文种类",
            "公文类型",
            "信息分类",
            "信息类别",
            "信息类型",
            "所属分类",
            "分类词",
            "文件类型",
            "文件类别",
            "文档类型",
            "政策类型",
            "法规类别",
            "所属类别",
            "网址",
            "抓取时间",
            "更新时间",
            "更新日期",
            "统一编号",
            "主办单位",
            "承办单位",
            "关键词",
            "关键字",
            "语种",
            "载体类型",
            "记录形式",
            "栏目",
            "所属栏目",
            "所属主题",
            "内容概述",
            "内容摘要",
            "概述",
            "登记号",
            "登记编号",
            "备案号",
            "原文链接",
            "信息公开",
            "文号类型",
            "题注",
            "字体",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: &[(&str, &str)]) {
        let labels = all(line);
        let labels: Vec<_> = labels
            .iter()
            .map(|label| (label.name, label.value))
            .collect();
        assert_eq!(labels, expect, "{line}");
    }

    #[test]
    fn several_facts_on_one_line_are_told_apart() {
        check(
            "索 引 号：000014349/2022-00031　　主题分类：工业、交通",
            &[
                ("索引号", "000014349/2022-00031"),
                ("主题分类", "工业、交通"),
            ],
        );
        check(
            "来源：新华社 发布时间：2024-06-12 19:05",
            &[("来源", "新华社"), ("发布时间", "2024-06-12 19:05")],
        );
        check("【发布单位】某省人民政府", &[("发布单位", "某省人民政府")]);
        check(
            "2024-12-05 19:30 来源： 新华社",
            &[("时间", "2024-12-05"), ("来源", "新华社")],
        );
        check(
            "URL：https://www.example.cn/a.htm",
            &[("url", "https://www.example.cn/a.htm")],
        );
    }

    #[test]
    fn rows_of_cells_are_names_and_values() {
        check(
            "索引号: | 0025/2020 | 公开方式: | 主动公开 |",
            &[("索引号", "0025/2020"), ("公开方式", "主动公开")],
        );
        check(
            "文号： |  | 发布日期： | 2024-09-12 |",
            &[("文号", ""), ("发布日期", "2024-09-12")],
        );
        check(
            "发文机关：市政府 | 有效性：有效 |",
            &[("发文机关", "市政府"), ("有效性", "有效")],
        );
    }

    #[test]
    fn words_with_a_colon_are_no_label() {
        for line in [
            "指标要求:100%",
            "浏览次数:",
            "牵头单位：市交通局",
            "主要目标：",
        ] {
            check(line, &[]);
        }
    }
}
