//! What stands above and below a table: caption, unit, notes.

use super::block::{Block, Head, Role, Row, tail, without_blanks};
use super::sentence::{self, marks};
use super::{body, front, labels, official, ordinal};
use plansearch_document::DropReason;
use plansearch_text::numeral;

/// Marks captions, unit lines and notes around the rows that are known.
pub(super) fn mark(blocks: &mut [Block]) {
    for idx in 0..blocks.len() {
        if !blocks[idx].is_open() {
            continue;
        }
        let row = row_below(blocks, idx);
        let has_rows = row.is_some();
        let is_titled = idx > 0 && blocks[idx - 1].text.starts_with("附件");
        let is_first = !blocks.iter().take(idx).any(is_left);
        let is_stated = row.is_some_and(|row| row.table.is_some());
        let block = &mut blocks[idx];
        let is_loose = is_loose_caption(&block.text)
            || is_stated && !is_first && block.mark_level == 0 && may_name_table(&block.text);
        match caption_kind(&block.text) {
            Some('图') => block.role = Role::Dropped(DropReason::Figure),
            Some(_) => block.role = Role::Caption,
            None if has_rows && is_beside(&block.text) => {
                block.role = Role::TableNote;
            }
            None if has_rows && !is_titled && is_loose => block.role = Role::Caption,
            None => {}
        }
    }
    mark_notes(blocks);
    mark_framed(blocks);
}

/// What stands below 专栏1 in its frame is of the box, and nothing behind it.
fn mark_framed(blocks: &mut [Block]) {
    let mut open: Option<usize> = None;
    let mut is_above = false;
    for block in blocks.iter_mut().filter(|block| is_left(block)) {
        let is_caption = block.role == Role::Caption && block.text.starts_with("专栏");
        if is_caption {
            (open, is_above) = (block.frame, block.frame.is_none());
            continue;
        }
        if is_above && block.frame.is_some() {
            open = block.frame;
        }
        is_above &= matches!(block.role, Role::TableNote);
        if open.is_some() && block.frame == open && block.is_open() {
            block.role = Role::Row(Row::guessed(vec![block.text.clone()]));
        }
    }
}

/// The row of a table that stands below a line, unit lines aside.
fn row_below(blocks: &[Block], idx: usize) -> Option<&Row> {
    let mut below = blocks.iter().skip(idx + 1).take(MAX_NOTE_BLOCKS);
    let first = below
        .find(|block| is_left(block) && block.role != Role::TableNote && !is_beside(&block.text))?;
    match &first.role {
        Role::Head(Head { row, .. }) | Role::Row(row) => Some(row),
        _ => None,
    }
}

/// Between a caption and its rows stand no more lines, left out ones included.
const MAX_NOTE_BLOCKS: usize = 40;

pub(super) fn is_left(block: &Block) -> bool {
    !matches!(block.role, Role::Dropped(_)) && !block.text.is_empty()
}

/// A line right above a table that names it: a title without number that is neither a
/// title of a document nor a fact of one.
fn may_name_table(text: &str) -> bool {
    let squeezed = without_blanks(text);
    (MIN_NAME_CHARS..=MAX_NAME_CHARS).contains(&squeezed.chars().count())
        && ordinal::scan(text).is_none()
        && sentence::is_plain_title(text, MAX_NAME_CHARS)
        && !squeezed.ends_with(['：', ':', '。', '；', '，'])
        && !squeezed.starts_with("附件")
        && !front::is_whole_title(text)
        && !body::is_organisation(text)
        && official::whole_date(text).is_none()
        && !official::is_doc_number(text)
        && labels::first(text).is_none()
}

const MIN_NAME_CHARS: usize = 4;
const MAX_NAME_CHARS: usize = 40;

/// 附表1 and the title on the line below are one caption.
pub(super) fn join_lines(blocks: &mut [Block]) {
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
        let above = (0..idx).rev().find(|above| !blocks[*above].text.is_empty());
        if let Some(above) = above.filter(|above| ends_caption(&blocks[*above], &blocks[idx])) {
            let title = std::mem::take(&mut blocks[idx].text);
            blocks[above].text.push_str(&title);
            continue;
        }
        let is_number = blocks[idx - 1].is_open() && is_number(&blocks[idx - 1].text);
        let text = blocks[idx].text.as_str();
        let is_title = blocks[idx].is_open()
            && sentence::is_title(text, 50)
            && ordinal::scan(text).is_none()
            && !text.contains(['|', '\t', '。'])
            && !is_unit_line(text);
        if is_number && is_title {
            let title = std::mem::take(&mut blocks[idx].text);
            let number = &blocks[idx - 1].text;
            blocks[idx - 1].text = format!("{number} {title}");
        }
    }
}

/// 专栏3 防洪减灾 / 重点工程: the line ends the title that the one above left open.
fn ends_caption(above: &Block, below: &Block) -> bool {
    let ends = |text: &str| BOX_ENDS.iter().any(|end| text.ends_with(end));
    let are_open = above.is_open() && below.is_open();
    let (above, text) = (above.text.as_str(), below.text.as_str());
    are_open
        && above.starts_with("专栏")
        && caption_kind(above).is_some()
        && !is_number(above)
        && !ends(above)
        && ends(text)
        && text.chars().count() <= MAX_END_CHARS
        && ordinal::scan(text).is_none()
        && !text.contains(['，', '。', '：', '；', '、', ':', '|'])
}

/// How captions of boxes end.
const BOX_ENDS: [&str; 8] = [
    "工程", "项目", "行动", "计划", "重点", "任务", "清单", "指标",
];
const MAX_END_CHARS: usize = 10;

/// 附表1: a caption that has no title.
pub(super) fn is_number(text: &str) -> bool {
    let is_digit = |c: char| {
        c.is_ascii_digit() || numeral::is_chinese_numeral(c) || ('０'..='９').contains(&c)
    };
    text.chars().count() <= 8 && caption_kind(text).is_some() && text.ends_with(is_digit)
}

/// The longest caption of a box without a number.
const MAX_NAMED_CHARS: usize = 34;

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
    // 专栏：枢纽设施项目, without a number.
    let is_named = kind == '专' && words.starts_with(['：', ':']) && n_chars <= MAX_NAMED_CHARS;
    let name = words.trim_start_matches(['：', ':', ' ', '\u{3000}']);
    let is_title = name.chars().count() >= 4 && !name.ends_with(['：', ':']);
    ((!number.is_empty() && n_chars <= 60 && !refers || is_named && is_title) && !is_prose)
        .then_some(kind)
}

/// A short line right above rows that ends as captions do.
pub(super) fn is_loose_caption(text: &str) -> bool {
    let squeezed = without_blanks(text);
    squeezed.chars().count() <= 50
        && ordinal::scan(text).is_none()
        && ["表", "指标", "清单", "目录", "情况", "项目"]
            .iter()
            .any(|end| squeezed.ends_with(end))
}

/// Says whether a line stands beside a table and does not name it.
pub(super) fn is_beside(text: &str) -> bool {
    is_unit_line(text) || is_form_line(text)
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

pub(super) fn is_note(text: &str) -> bool {
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
