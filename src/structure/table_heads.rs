//! Which rows are the head of a table, and what stands over each column.
//!
//! A format may say so. Else the first row is the head when more rows follow and its
//! cells are of another kind than those below: names over numbers, or the words that
//! heads are made of. Rows below it belong to the head where they divide its wide
//! cells. The same row once more, after the end of a page, is left out.

use super::block::{Block, Head, Role, Row};
use super::caption::is_left;
use super::typed_table::{drop_repeated, texts};
use super::words::{self, List};
use super::{body, official};
use plansearch_document::{DropReason, Merged, RawRow};

/// Most rows of a head.
const MAX_HEAD_ROWS: usize = 3;
/// A longer cell is a sentence.
const MAX_HEAD_CHARS: usize = 24;
/// A longer cell names no column.
const MAX_NAME_CHARS: usize = 40;
/// So many rows tell what a column holds.
const MAX_JUDGED_ROWS: usize = 20;

/// Marks heads of all tables.
pub(super) fn mark(blocks: &mut [Block]) {
    mark_typed(blocks);
    mark_guessed(blocks);
}

/// A table of which the row before was.
struct Before {
    table: usize,
    width: usize,
    head: Vec<Vec<String>>,
}

fn mark_typed(blocks: &mut [Block]) {
    let mut before: Option<Before> = None;
    let mut idx = 0;
    while idx < blocks.len() {
        let Some(table) = typed(&blocks[idx]) else {
            if is_left(&blocks[idx]) {
                before = None;
            }
            idx += 1;
            continue;
        };
        let is_inside = |block: &Block| typed(block) == Some(table) || !is_left(block);
        let n_blocks = blocks.iter().skip(idx).take_while(|block| is_inside(block));
        let end = idx + n_blocks.count();
        let places: Vec<usize> = (idx..end)
            .filter(|at| typed(&blocks[*at]).is_some())
            .collect();
        before = Some(mark_table(blocks, &places, table, before.as_ref()));
        idx = end;
    }
}

fn typed(block: &Block) -> Option<usize> {
    match &block.role {
        Role::Row(row) => row.table,
        _ => None,
    }
}

fn mark_table(
    blocks: &mut [Block],
    places: &[usize],
    table: usize,
    before: Option<&Before>,
) -> Before {
    let rows: Vec<RawRow> = places
        .iter()
        .filter_map(|at| Some(blocks[*at].cells.as_ref()?.row.clone()))
        .collect();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let n_heads = n_head_rows(&rows);
    let first = rows.first().map(texts).unwrap_or_default();
    // A table that was cut at the end of a page goes on, its head repeated or not.
    let goes_on = before.filter(|before| {
        before.width == width && (n_heads == 0 || before.head.first() == Some(&first))
    });
    let own = Before {
        table: goes_on.map_or(table, |before| before.table),
        width,
        head: match goes_on {
            Some(before) => before.head.clone(),
            None => rows.iter().take(n_heads).map(texts).collect(),
        },
    };
    for (nth, at) in places.iter().enumerate() {
        let block = &mut blocks[*at];
        let Role::Row(row) = &mut block.role else {
            continue;
        };
        row.table = Some(own.table);
        let is_head = goes_on.is_none() && nth < n_heads;
        if is_head {
            let columns = columns(rows.get(..=nth).unwrap_or_default());
            let row = row.clone();
            block.role = Role::Head(Head { row, columns });
        } else if row.cells.len() > 1 && own.head.contains(&row.cells) {
            drop_repeated(block);
        }
    }
    own
}

/// How many rows are the head.
fn n_head_rows(rows: &[RawRow]) -> usize {
    let n_stated = rows.iter().take_while(|row| row.is_head).count();
    if n_stated > 0 && n_stated < rows.len() {
        return n_stated;
    }
    let Some((first, below)) = rows.split_first().filter(|(_, below)| !below.is_empty()) else {
        return 0;
    };
    if !may_be_head(first, below) {
        return 0;
    }
    let mut n_heads = 1;
    while n_heads < MAX_HEAD_ROWS.min(rows.len() - 1) && divides(&rows[n_heads - 1], &rows[n_heads])
    {
        n_heads += 1;
    }
    n_heads
}

fn may_be_head(first: &RawRow, below: &[RawRow]) -> bool {
    let n_filled = first.cells.iter().filter(|cell| !cell.text.is_empty());
    if n_filled.count() < 2 {
        return false;
    }
    let (mut speaks_for, mut speaks_against) = (false, false);
    for (column, cell) in first.cells.iter().enumerate() {
        let own = Kind::of(&cell.text);
        if own == Kind::Number {
            return false;
        }
        let kinds = below
            .iter()
            .take(MAX_JUDGED_ROWS)
            .filter_map(|row| row.cells.get(column))
            .filter(|cell| !cell.text.is_empty())
            .map(|cell| Kind::of(&cell.text));
        let kinds: Vec<Kind> = kinds.collect();
        let n_of = |kind: Kind| kinds.iter().filter(|other| **other == kind).count();
        let most = |kind: Kind| n_of(kind) * 2 > kinds.len();
        let is_name = matches!(own, Kind::Words | Kind::Time);
        speaks_for |=
            is_name && most(Kind::Number) || own == Kind::Words && is_head_word(&cell.text);
        speaks_against |= matches!(own, Kind::Body | Kind::Time) && most(own) || own == Kind::Prose;
        speaks_against |= cell.text.chars().count() > MAX_NAME_CHARS;
    }
    speaks_for || !speaks_against
}

/// Says whether the lower row divides wide cells of the upper one and holds nothing
/// else.
fn divides(above: &RawRow, below: &RawRow) -> bool {
    let is_left = |column: usize| {
        let cell = above.cells.get(column);
        cell.is_some_and(|cell| cell.merged == Merged::Left)
    };
    let is_merged = above.cells.iter().any(|cell| cell.merged == Merged::Left);
    if !is_merged {
        return parted_head(&texts(above), &texts(below)).is_some();
    }
    let mut n_parts = 0;
    for (column, cell) in below.cells.iter().enumerate() {
        if cell.merged == Merged::Above || cell.text.is_empty() {
            continue;
        }
        let is_wide = is_left(column) || is_left(column + 1);
        if !is_wide
            || Kind::of(&cell.text) == Kind::Number
            || cell.text.chars().count() > MAX_HEAD_CHARS
        {
            return false;
        }
        n_parts += 1;
    }
    n_parts > 0
}

/// What stands over each column: the cells of the head from top to bottom.
fn columns(head: &[RawRow]) -> Vec<String> {
    let width = head.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut columns = vec![String::new(); width];
    for (nth, row) in head.iter().enumerate() {
        let is_last = nth + 1 == head.len();
        let mut owner = "";
        for (column, cell) in row.cells.iter().enumerate() {
            let text = match cell.merged {
                Merged::No => {
                    owner = &cell.text;
                    cell.text.as_str()
                }
                Merged::Left if is_last => "",
                // An empty cell beside a name may be its other half.
                Merged::Left => owner,
                Merged::Above => {
                    owner = "";
                    ""
                }
            };
            let over = &mut columns[column];
            if text.is_empty() || over.as_str() == text || over.ends_with(&format!(" {text}")) {
                continue;
            }
            if !over.is_empty() {
                over.push(' ');
            }
            over.push_str(text);
        }
    }
    if head.len() == 2
        && !head[0].cells.iter().any(|cell| cell.merged == Merged::Left)
        && let Some(parted) = parted_head(&texts(&head[0]), &texts(&head[1]))
    {
        return parted;
    }
    while columns.last().is_some_and(String::is_empty) {
        columns.pop();
    }
    columns
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A bare number; a year is none.
    Number,
    /// 2025年, 年底前, 长期.
    Time,
    /// The name of a body, or several.
    Body,
    /// A sentence.
    Prose,
    Words,
}

impl Kind {
    fn of(text: &str) -> Self {
        let is_year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
        let has_digit = text.contains(|c: char| c.is_ascii_digit());
        let ends_in_time = [
            "年",
            "年底",
            "年底前",
            "月底前",
            "季度",
            "月",
            "长期",
            "年内",
        ];
        if is_number(text) && !is_year {
            Self::Number
        } else if is_year || ends_in_time.iter().any(|end| text.ends_with(end)) {
            Self::Time
        } else if text.contains(['。', '；']) {
            Self::Prose
        } else if !has_digit && is_bodies(text) {
            Self::Body
        } else {
            Self::Words
        }
    }
}

/// 市民政局, 市住建局、市财政局.
fn is_bodies(text: &str) -> bool {
    let mut names = text.split(['、', '，', ' ', '\n']).map(super::block::trim);
    !text.is_empty()
        && names.all(|name| body::is_organisation(name) || body::is_body(name))
        && official::whole_date(text).is_none()
}

/// 指标名称, 牵头单位, 序号: how cells of a head end.
fn is_head_word(text: &str) -> bool {
    let squeezed = super::block::without_blanks(text);
    let words = squeezed.split(['（', '(']).next().unwrap_or_default();
    words.chars().count() <= 8 && words::ends(List::HeadCells, words)
}

/// In plain text the first row of a table is its head when a longer table follows and
/// the row holds no bare number; a second row may divide its columns.
fn mark_guessed(blocks: &mut [Block]) {
    let mut heads: Vec<Vec<String>> = Vec::new();
    let mut columns: Vec<String> = Vec::new();
    let (mut in_table, mut in_head) = (false, false);
    let guessed = |block: &Block| match &block.role {
        Role::Row(row) if row.table.is_none() => Some(row.clone()),
        _ => None,
    };
    for idx in 0..blocks.len() {
        let Some(row) = guessed(&blocks[idx]) else {
            in_table &= !is_left(&blocks[idx]);
            continue;
        };
        let mut behind = blocks.iter().skip(idx + 1);
        let next = behind.find(|block| is_left(block));
        let next_is_row = next.is_some_and(|next| guessed(next).is_some());
        let cells = row.cells.clone();
        let may_be_head = next_is_row && cells.len() > 1 && !cells.iter().any(|c| is_number(c));
        let parted = parted_head(&columns, &cells).filter(|_| in_head && may_be_head);
        if !in_table {
            (in_table, in_head) = (true, may_be_head);
            heads.clear();
            if may_be_head {
                columns.clone_from(&cells);
                set_head(&mut blocks[idx], row, &columns);
                heads.push(cells);
            }
        } else if let Some(parted) = parted {
            columns = parted;
            set_head(&mut blocks[idx], row, &columns);
            heads.push(cells);
            in_head = false;
        } else if cells.len() > 1 && heads.contains(&cells) {
            blocks[idx].role = Role::Dropped(DropReason::RepeatedHead);
        } else {
            in_head = false;
        }
    }
}

fn set_head(block: &mut Block, row: Row, columns: &[String]) {
    let columns = columns.to_vec();
    block.role = Role::Head(Head { row, columns });
}

/// The head over two rows: `指标 | 目标值 | |` above ` | 2025年 | 2035年 |` is
/// `指标 | 目标值 2025年 | 目标值 2035年`. The lower row repeats the cells that reach
/// down, or leaves them empty, and divides the wide ones.
fn parted_head(above: &[String], below: &[String]) -> Option<Vec<String>> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
