//! Rows `a | b | c |`, Markdown tables and captions.
//!
//! A row keeps its cells as they are: a cell lost in extraction is not filled
//! in. A caption whose table is gone stays a caption. Rows of a publishing page
//! (`索引号: | … |`) are facts, not a table.

use super::block::{Block, Front, Role, tail, trim, without_blanks};
use super::fact_row::is_fact_row;
use super::flat_table;
use super::sentence::{self, marks};
use plansearch_document::DropReason;
use plansearch_text::numeral;

/// Marks captions, heads, rows and notes of tables.
pub(super) fn mark(blocks: &mut [Block]) {
    join_caption_lines(blocks);
    mark_rows(blocks);
    flat_table::mark(blocks);
    mark_heads(blocks);
    for idx in 0..blocks.len() {
        if !blocks[idx].is_open() {
            continue;
        }
        let has_rows = blocks
            .iter()
            .skip(idx + 1)
            .take(MAX_NOTE_BLOCKS)
            .find(|block| {
                is_left(block) && !is_unit_line(&block.text) && !is_form_line(&block.text)
            })
            .is_some_and(|block| matches!(block.role, Role::Head(_) | Role::Row(_)));
        let is_titled = idx > 0 && blocks[idx - 1].text.starts_with("附件");
        let block = &mut blocks[idx];
        match caption_kind(&block.text) {
            Some('图') => block.role = Role::Dropped(DropReason::Figure),
            Some(_) => block.role = Role::Caption,
            None if has_rows && (is_unit_line(&block.text) || is_form_line(&block.text)) => {
                block.role = Role::TableNote;
            }
            None if has_rows && !is_titled && is_loose_caption(&block.text) => {
                block.role = Role::Caption;
            }
            None => {}
        }
    }
    mark_notes(blocks);
}

/// Between a caption and its rows stand no more lines, left out ones included.
const MAX_NOTE_BLOCKS: usize = 40;

fn is_left(block: &Block) -> bool {
    !matches!(block.role, Role::Dropped(_)) && !block.text.is_empty()
}

/// 附表1 and the title on the line below are one caption.
fn join_caption_lines(blocks: &mut [Block]) {
    // 专栏 / 1: word and number on lines of their own.
    for idx in 1..blocks.len() {
        let is_number = |text: &str| {
            let squeezed = without_blanks(text);
            let is_digit = |c: char| c.is_ascii_digit() || numeral::is_chinese_numeral(c);
            (1..=3).contains(&squeezed.chars().count()) && squeezed.chars().all(is_digit)
        };
        let is_word = |block: &Block| block.is_open() && without_blanks(&block.text) == "专栏";
        if is_word(&blocks[idx - 1]) && blocks[idx].is_open() && is_number(&blocks[idx].text) {
            let number = std::mem::take(&mut blocks[idx].text);
            blocks[idx - 1].text = format!("专栏{}", without_blanks(&number));
            blocks.swap(idx - 1, idx);
        }
    }
    for idx in 1..blocks.len() {
        let is_number = blocks[idx - 1].is_open()
            && blocks[idx - 1].text.chars().count() <= 8
            && caption_kind(&blocks[idx - 1].text).is_some()
            && blocks[idx - 1].text.ends_with(|c: char| {
                c.is_ascii_digit() || numeral::is_chinese_numeral(c) || ('０'..='９').contains(&c)
            });
        let text = blocks[idx].text.as_str();
        let is_title = blocks[idx].is_open()
            && sentence::is_title(text, 50)
            && super::ordinal::scan(text).is_none()
            && !text.contains(['|', '\t', '。'])
            && !is_unit_line(text);
        if is_number && is_title {
            let title = std::mem::take(&mut blocks[idx].text);
            let number = &blocks[idx - 1].text;
            blocks[idx - 1].text = format!("{number} {title}");
        }
    }
}

fn mark_rows(blocks: &mut [Block]) {
    let n_cells: Vec<usize> = blocks
        .iter()
        .map(|block| {
            if block.is_open() {
                n_cells(&block.text)
            } else {
                0
            }
        })
        .collect();
    for idx in 0..blocks.len() {
        let spans = is_spanning_row(blocks, idx, &n_cells);
        let block = &mut blocks[idx];
        if spans {
            block.role = Role::Row(vec![block.text.clone()]);
        }
        if n_cells[idx] == 0 {
            continue;
        }
        let cells = cells(&block.text);
        if is_fact_row(&cells) {
            block.role = Role::Front(Front::Label);
            continue;
        }
        let before = idx.checked_sub(1).map_or(0, |before| n_cells[before]);
        let after = n_cells.get(idx + 1).copied().unwrap_or(0);
        let is_beside = before > 0 || after > 0;
        if cells.iter().all(|cell| is_ruler(cell)) {
            block.role = Role::Dropped(DropReason::Ruler);
        } else if n_cells[idx] >= 3 || is_beside {
            block.role = Role::Row(cells);
        }
    }
}

/// `一、空间底线` between rows of one table: a cell over all its columns. Where a
/// new table begins, its head has no numbers.
fn is_spanning_row(blocks: &[Block], idx: usize, n_cells: &[usize]) -> bool {
    let around = idx.checked_sub(1).map(|before| n_cells[before]);
    let before = around.unwrap_or(0);
    let after = n_cells.get(idx + 1).copied().unwrap_or(0);
    let text = blocks[idx].text.as_str();
    blocks[idx].is_open()
        && n_cells[idx] == 0
        && before >= 3
        && after >= 3
        && (before == after || before + 1 == after)
        && text.chars().count() <= 30
        && !text.contains(['。', '；'])
        && caption_kind(text).is_none()
        && !is_note(text)
        && cells(&blocks[idx + 1].text)
            .iter()
            .any(|cell| is_number(cell))
}

/// Counts the cells of a line with pipes or several tabs; 0 for other lines.
fn n_cells(text: &str) -> usize {
    let n_pipes = text.matches('|').count();
    let is_ordinal = text.ends_with('|') && text.chars().next().is_some_and(char::is_numeric);
    let has_shape = n_pipes >= 2 || text.contains(" | ") || n_pipes == 1 && is_ordinal;
    if has_shape || text.matches('\t').count() >= 2 {
        cells(text).len()
    } else {
        0
    }
}

/// Cuts a line into cells; empty cells at its end are left out.
fn cells(text: &str) -> Vec<String> {
    let separator = if text.contains('|') { '|' } else { '\t' };
    let text = text.strip_prefix('|').unwrap_or(text);
    let mut cells: Vec<String> = text
        .split(separator)
        .map(|cell| trim(cell).to_owned())
        .collect();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

fn is_ruler(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | ' '))
}

/// The first row of a table is its head when a longer table follows and the row
/// holds no bare number; a second row may divide its columns. The same row again,
/// after a page break, is dropped.
fn mark_heads(blocks: &mut [Block]) {
    let mut heads: Vec<Vec<String>> = Vec::new();
    let mut in_table = false;
    let mut in_head = false;
    for idx in 0..blocks.len() {
        let Role::Row(cells) = &blocks[idx].role else {
            in_table &= !is_left(&blocks[idx]);
            continue;
        };
        let mut behind = blocks.iter().skip(idx + 1);
        let next = behind.find(|block| is_left(block));
        let next_is_row = next.is_some_and(|next| matches!(next.role, Role::Row(_)));
        let cells = cells.clone();
        let may_be_head = next_is_row && cells.len() > 1 && !cells.iter().any(|c| is_number(c));
        if !in_table {
            (in_table, in_head) = (true, may_be_head);
            heads.clear();
            if may_be_head {
                heads.push(cells.clone());
                blocks[idx].role = Role::Head(cells);
            }
        } else if in_head
            && may_be_head
            && heads
                .last()
                .is_some_and(|head| parted_head(head, &cells).is_some())
        {
            heads.push(cells.clone());
            blocks[idx].role = Role::Head(cells);
            in_head = false;
        } else if cells.len() > 1 && heads.contains(&cells) {
            blocks[idx].role = Role::Dropped(DropReason::RepeatedHead);
        } else {
            in_head = false;
        }
    }
}

/// The head over two rows: `指标 | 目标值 | |` above ` | 2025年 | 2035年 |` is
/// `指标 | 目标值 2025年 | 目标值 2035年`. The lower row repeats the cells that reach
/// down, or leaves them empty, and divides the wide ones.
pub(super) fn parted_head(above: &[String], below: &[String]) -> Option<Vec<String>> {
    let at = |cells: &[String], column: usize| cells.get(column).cloned().unwrap_or_default();
    let mut parted = Vec::new();
    let (mut wide, mut n_down, mut n_parts) = (String::new(), 0, 0);
    for column in 0..above.len().max(below.len()) {
        let (upper, lower) = (at(above, column), at(below, column));
        let is_wide = upper.is_empty() || at(above, column + 1).is_empty();
        if !upper.is_empty() {
            wide.clone_from(&upper);
        }
        let reaches_down = lower.is_empty() || lower == upper || upper.is_empty() && lower == wide;
        if reaches_down {
            n_down += usize::from(!upper.is_empty());
            parted.push(upper);
        } else if is_wide && !wide.is_empty() {
            n_parts += 1;
            parted.push(format!("{wide} {lower}"));
        } else {
            return None;
        }
    }
    (n_down > 0 && n_parts > 0).then_some(parted)
}

pub(super) fn is_number(cell: &str) -> bool {
    !cell.is_empty()
        && cell
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '%' | '-' | '≥' | '≤' | ','))
}

/// 表1-1 …, 附表2 …, 专栏3 …, 图1 …: the kind of thing a caption names.
pub(super) fn caption_kind(text: &str) -> Option<char> {
    let (kind, rest) = [
        ("附表", '表'),
        ("附图", '图'),
        ("表", '表'),
        ("图", '图'),
        ("专栏", '专'),
    ]
    .into_iter()
    .find_map(|(word, kind)| Some((kind, text.strip_prefix(word)?)))?;
    let rest = rest.trim_start_matches([' ', '\u{3000}']);
    let number: String = rest
        .chars()
        .take_while(|c| {
            c.is_ascii_digit()
                || matches!(c, '０'..='９' | '-' | '－' | '—' | '.' | '–')
                || plansearch_text::numeral::is_chinese_numeral(*c)
        })
        .collect();
    let words = tail(rest, number.len());
    let n_chars = text.chars().count();
    let refers = words.starts_with([
        '和', '与', '及', '所', '中', '示', '、', '，', ',', '。', '）', ')', '为', '是', '列',
    ]);
    let is_prose = marks(text).any(|(_, c)| matches!(c, '。' | '；' | '，'));
    (!number.is_empty() && n_chars <= 60 && !refers && !is_prose).then_some(kind)
}

/// A short line right above rows that ends as captions do.
pub(super) fn is_loose_caption(text: &str) -> bool {
    let squeezed = without_blanks(text);
    squeezed.chars().count() <= 50
        && super::ordinal::scan(text).is_none()
        && ["表", "指标", "清单", "目录", "情况", "项目"]
            .iter()
            .any(|end| squeezed.ends_with(end))
}

fn is_unit_line(text: &str) -> bool {
    unit(text).is_some()
}

/// （　　年） and 填报单位（公章）：: what a form leaves open between its name and its
/// rows.
fn is_form_line(text: &str) -> bool {
    if text.len() > MAX_UNIT_BYTES {
        return false;
    }
    let squeezed = without_blanks(text);
    let is_year = ["（年）", "(年)", "（年度）", "(年度)", "（年月）"].contains(&squeezed.as_str());
    let is_sealed = squeezed.contains("（公章）") || squeezed.contains("（盖章）");
    let is_filler = ["填报单位", "填表单位", "填报日期", "填表日期", "制表单位"]
        .iter()
        .any(|word| squeezed.starts_with(word));
    is_year || (is_sealed || is_filler) && squeezed.contains(['：', ':'])
}

/// The unit in a line like （单位：亿元）.
pub(super) fn unit(text: &str) -> Option<String> {
    if text.len() > MAX_UNIT_BYTES {
        return None;
    }
    let squeezed = without_blanks(text);
    let inner = squeezed.trim_matches(['(', ')', '（', '）', '【', '】']);
    let names = ["单位：", "单位:", "计量单位：", "计量单位:"];
    let unit = names.iter().find_map(|name| inner.strip_prefix(name))?;
    (!unit.is_empty() && inner.chars().count() <= 24).then(|| unit.to_owned())
}

const MAX_UNIT_BYTES: usize = 200;

/// 注：… and 资料来源：… behind a table belong to it.
fn mark_notes(blocks: &mut [Block]) {
    let mut in_table = false;
    for block in blocks {
        match block.role {
            Role::Row(_) | Role::Head(_) => in_table = true,
            Role::Open if in_table && is_note(&block.text) => block.role = Role::TableNote,
            Role::Dropped(_) => {}
            _ => in_table = false,
        }
    }
}

fn is_note(text: &str) -> bool {
    [
        "注：",
        "注:",
        "备注：",
        "备注:",
        "说明：",
        "资料来源",
        "注1",
        "注①",
    ]
    .iter()
    .any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect: &[&str]) {
        let mut blocks = opened(lines);
        mark(&mut blocks);
        let names: Vec<&str> = blocks
            .iter()
            .map(|block| match &block.role {
                Role::Caption => "caption",
                Role::Head(_) => "head",
                Role::Row(_) => "row",
                Role::TableNote => "note",
                Role::Front(_) => "fact",
                Role::Dropped(_) => "dropped",
                _ => "open",
            })
            .collect();
        assert_eq!(names, expect, "{lines:?}");
    }

    #[test]
    fn a_table_is_caption_head_rows_and_notes() {
        check(
            &[
                "表1-1 主要指标",
                "单位：亿元",
                "指标 | 序号 | 2020年 |",
                "综合 | 1 | 182 |",
                "2 | 10.9 | |",
                "3 |",
                "注：[ ]为累计数。",
                "正文。",
            ],
            &[
                "caption", "note", "head", "row", "row", "row", "note", "open",
            ],
        );
        check(
            &["|指标|目标|", "|---|:--|", "|产值|300|"],
            &["head", "dropped", "row"],
        );
    }

    #[test]
    fn a_head_repeated_on_a_new_page_is_left_out() {
        check(
            &["指标 | 单位 |", "甲 | 元 |", "指标 | 单位 |", "乙 | 元 |"],
            &["head", "row", "dropped", "row"],
        );
    }

    #[test]
    fn a_head_over_two_rows_is_one() {
        let cells = |line: &str| -> Vec<String> {
            line.split('|').map(|cell| cell.trim().to_owned()).collect()
        };
        let check = |above: &str, below: &str, expect: Option<&str>| {
            let parted = parted_head(&cells(above), &cells(below));
            assert_eq!(parted, expect.map(cells), "{above} / {below}");
        };
        check(
            "序号|指标|目标值||属性",
            "序号|指标|2025年|2035年|属性",
            Some("序号|指标|目标值 2025年|目标值 2035年|属性"),
        );
        check(
            "指标|目标值||属性",
            "|2025年|2035年|",
            Some("指标|目标值 2025年|目标值 2035年|属性"),
        );
        check("任务|单位|时限", "建设航道|市交通局|年底", None);
        check("任务|单位|时限", "任务|市交通局|年底", None);
    }

    #[test]
    fn a_title_below_the_number_of_a_table_is_its_caption() {
        check(
            &["附表1", "重点项目表", "序号 | 项目 |", "1 | 码头 |"],
            &["caption", "open", "head", "row"],
        );
    }

    #[test]
    fn a_cell_over_all_columns_is_a_row() {
        check(
            &[
                "序号\t指标\t目标",
                "一、底线",
                "1\t耕地\t20",
                "二、效率",
                "2\t产值\t30",
            ],
            &["head", "row", "row", "row", "row"],
        );
    }

    #[test]
    fn a_caption_without_table_stays_a_caption() {
        check(
            &[
                "表2 规划指标(省级)",
                "图1 方略",
                "见表1和表2。",
                "表1所示为指标",
            ],
            &["caption", "dropped", "open", "open"],
        );
    }

    #[test]
    fn facts_of_the_page_are_no_table() {
        check(
            &[
                "索引号: | 0025 | 公开方式: | 主动公开 |",
                "成文日期: | 2020-04-30 |",
            ],
            &["fact", "fact"],
        );
        check(
            &[
                "索引号 | 0025/2023 | 主题分类 | 城乡建设 |",
                "发文机关 | 某省人民政府 | 成文日期 | 2020年4月30日 |",
                "发布日期 | 2020-05-01 | | |",
            ],
            &["fact", "fact", "fact"],
        );
        check(&["日期 | 事项 |", "2020-05-01 | 开工 |"], &["head", "row"]);
    }
}
