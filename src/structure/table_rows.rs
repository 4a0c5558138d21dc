//! Rows `a | b | c |`, Markdown tables and captions.
//!
//! A row keeps its cells as they are: a cell lost in extraction is not filled
//! in. A caption whose table is gone stays a caption. Rows of a publishing page
//! (`索引号: | … |`) are facts, not a table.

use super::block::{Block, Front, Role, tail, trim, without_blanks};
use super::labels;
use super::sentence::marks;

const FIGURE: &str = "图题（图不在文本中）";
const RULER: &str = "表格分隔线";
const REPEATED_HEAD: &str = "重复表头";

/// Marks captions, heads, rows and notes of tables.
pub(super) fn mark(blocks: &mut [Block]) {
    mark_rows(blocks);
    mark_heads(blocks);
    for idx in 0..blocks.len() {
        let has_rows = blocks
            .iter()
            .skip(idx + 1)
            .find(|block| !matches!(block.role, Role::Dropped(_)) && !is_unit_line(&block.text))
            .is_some_and(|block| matches!(block.role, Role::Head(_) | Role::Row(_)));
        let is_titled = idx > 0 && blocks[idx - 1].text.starts_with("附件");
        let block = &mut blocks[idx];
        if !block.is_open() {
            continue;
        }
        match caption_kind(&block.text) {
            Some('图') => block.role = Role::Dropped(FIGURE),
            Some(_) => block.role = Role::Caption,
            None if has_rows && is_unit_line(&block.text) => block.role = Role::TableNote,
            None if has_rows && !is_titled && is_loose_caption(&block.text) => {
                block.role = Role::Caption;
            }
            None => {}
        }
    }
    mark_notes(blocks);
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
        let block = &mut blocks[idx];
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
            block.role = Role::Dropped(RULER);
        } else if n_cells[idx] >= 3 || is_beside {
            block.role = Role::Row(cells);
        }
    }
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

/// `索引号: | … | 公开方式: | … |`
fn is_fact_row(cells: &[String]) -> bool {
    cells
        .first()
        .is_some_and(|first| labels::first(first).is_some() || labels::known(first).is_some())
        && cells.len() <= 6
        && cells.iter().any(|cell| cell.contains(['：', ':']))
}

/// The first row of a table is its head when a longer table follows and the row
/// holds no bare number. The same row again, after a page break, is dropped.
fn mark_heads(blocks: &mut [Block]) {
    let mut head: Option<Vec<String>> = None;
    let mut in_table = false;
    for idx in 0..blocks.len() {
        let next_is_row = matches!(
            blocks.get(idx + 1).map(|b| &b.role),
            Some(Role::Row(_) | Role::Dropped(RULER))
        );
        match &blocks[idx].role {
            Role::Dropped(_) => {}
            Role::Row(cells) if in_table => {
                if head.as_ref() == Some(cells) && cells.len() > 1 {
                    blocks[idx].role = Role::Dropped(REPEATED_HEAD);
                }
            }
            Role::Row(cells) => {
                in_table = true;
                head = None;
                if next_is_row && cells.len() > 1 && !cells.iter().any(|cell| is_number(cell)) {
                    head = Some(cells.clone());
                    blocks[idx].role = Role::Head(cells.clone());
                }
            }
            _ => in_table = false,
        }
    }
}

fn is_number(cell: &str) -> bool {
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
                || crate::text::numeral::is_chinese_numeral(*c)
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
fn is_loose_caption(text: &str) -> bool {
    let squeezed = without_blanks(text);
    squeezed.chars().count() <= 50
        && super::ordinal::scan(text).is_none()
        && ["表", "指标", "清单", "目录", "情况", "项目"]
            .iter()
            .any(|end| squeezed.ends_with(end))
}

fn is_unit_line(text: &str) -> bool {
    let squeezed = without_blanks(text);
    let inner = squeezed.trim_matches(['(', ')', '（', '）']);
    inner.chars().count() <= 24 && (inner.starts_with("单位：") || inner.starts_with("单位:"))
}

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

    fn check(lines: &[&str], expect: &[&str]) {
        let mut blocks: Vec<Block> = lines
            .iter()
            .enumerate()
            .map(|(line, text)| Block::open(text, line))
            .collect();
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
    }
}
