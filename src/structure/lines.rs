//! Lines of a source as blocks: Markdown marks off, blanks off, empty lines gone.

use super::block::{Block, Cells, Role, tail, trim, without_blanks};
use super::{markdown_link, ordinal, pages, wrapped};
use plansearch_document::{DropReason, RawText};
use std::collections::HashMap;

/// Makes a block of every line that holds something.
pub(super) fn blocks(raw: &RawText) -> Vec<Block> {
    // Where half the lines are headings, the format means bold type by it.
    let heeds_format = raw.heading_lines.len() * 2 <= raw.lines.len();
    let level = |line: usize| {
        let level = raw.heading_lines.get(&line).filter(|_| heeds_format);
        level.copied().unwrap_or(0)
    };
    if raw.lines_are_paragraphs {
        let mut cells = rows(raw);
        let frames = frames(raw);
        let is_markdown = holds_markdown(raw);
        let lines = raw.lines.iter().enumerate();
        return lines
            .flat_map(|(line, text)| match cells.remove(&line) {
                Some(cells) => vec![Block {
                    cells: Some(cells),
                    ..Block::open(text, line)
                }],
                None if is_markdown => block(text, line, level(line)),
                None => formatted(text, line, level(line)),
            })
            .map(|block| Block {
                frame: frames.get(&block.line).copied(),
                ..block
            })
            .collect();
    }
    let mut blocks: Vec<Block> = wrapped::unwrap_lines(&raw.lines)
        .iter()
        .flat_map(|(line, text)| block(text, *line, level(*line)))
        .collect();
    join_brackets(&mut blocks);
    blocks
}

/// Says whether text with marks of Markdown was put into another format as it is: a line
/// outside tables is a heading of that kind.
fn holds_markdown(raw: &RawText) -> bool {
    let mut lines = raw.lines.iter();
    lines.any(|line| {
        let words = line.trim_start_matches('#');
        let n_marks = line.len() - words.len();
        (1..=6).contains(&n_marks) && words.starts_with(' ')
    })
}

/// The lines that stand in frames, each with the line that begins its frame.
fn frames(raw: &RawText) -> HashMap<usize, usize> {
    let frames = raw.frames.iter();
    frames
        .flat_map(|frame| frame.clone().map(|line| (line, frame.start)))
        .collect()
}

/// The rows that the format knows, by their line.
fn rows(raw: &RawText) -> HashMap<usize, Cells> {
    let rows = raw.tables.iter().flat_map(|(first, table)| {
        let rows = table.rows.iter().enumerate();
        rows.map(move |(idx, row)| {
            let cells = Cells {
                table: *first,
                is_named: table.is_named,
                row: row.clone(),
            };
            (first + idx, cells)
        })
    });
    rows.collect()
}

/// A line whose （ a line below closes was broken in the middle: the remark on how
/// a law was adopted and amended, mostly, which may be long.
fn join_brackets(blocks: &mut Vec<Block>) {
    let is_plain = |block: &Block| {
        let is_cell = block.text.contains(['|', '\t']);
        block.is_open() && block.mark_level == 0 && !is_cell && ordinal::scan(&block.text).is_none()
    };
    for idx in 0..blocks.len() {
        let before = blocks[idx].text.as_str();
        let is_broken = before.chars().count() >= MIN_BROKEN_CHARS && opens_bracket(before);
        if !blocks[idx].is_open() || before.contains(['|', '\t']) || !is_broken {
            continue;
        }
        let is_remark = before.starts_with(['（', '(']);
        let reach = if is_remark { MAX_REMARK_LINES } else { 1 };
        let below = blocks.iter().skip(idx + 1).take(reach);
        let close = below
            .take_while(|block| is_plain(block))
            .position(|block| block.text.contains(['（', '）', '(', ')']))
            .map(|n_between| idx + 1 + n_between)
            .filter(|at| closes_bracket(&blocks[*at].text));
        for at in idx + 1..=close.unwrap_or(idx) {
            let text = std::mem::take(&mut blocks[at].text);
            blocks[idx].text.push_str(&text);
        }
    }
    blocks.retain(|block| !block.text.is_empty());
}

const MAX_REMARK_LINES: usize = 8;

/// Shorter lines are no broken ones.
const MIN_BROKEN_CHARS: usize = 12;

/// Says whether the last bracket of the line stays open.
fn opens_bracket(text: &str) -> bool {
    let last = text.char_indices().rev();
    let mut brackets = last.filter(|(_, c)| matches!(c, '（' | '）' | '(' | ')'));
    let is_ended = text.ends_with(['。', '；', '：', '，']) && text.chars().count() < 20;
    brackets
        .next()
        .is_some_and(|(_, c)| matches!(c, '（' | '('))
        && !is_ended
}

/// Says whether the first bracket of the line closes one.
fn closes_bracket(text: &str) -> bool {
    let mut brackets = text
        .chars()
        .filter(|c| matches!(c, '（' | '）' | '(' | ')'));
    brackets.next().is_some_and(|c| matches!(c, '）' | ')'))
}

/// The block of a paragraph whose format is known: what looks like a mark of Markdown is
/// text, but for the bullet that a list has.
fn formatted(source: &str, line: usize, level: u8) -> Vec<Block> {
    let text = trim(source);
    if text.is_empty() || is_rule(text) {
        return Vec::new();
    }
    let is_number = pages::is_page_number(&without_blanks(text));
    let text = if is_number {
        text
    } else {
        without_bullet(text)
    };
    let mut block = Block::open(text, line);
    block.mark_level = level;
    vec![block]
}

/// The block of a line, if it holds something, and the addresses of its links.
fn block(source: &str, line: usize, level: u8) -> Vec<Block> {
    let text = trim(source);
    if text.is_empty() || is_rule(text) {
        return Vec::new();
    }
    if text.starts_with("<!--") && text.ends_with("-->") {
        return vec![Block::with_role(
            text,
            line,
            Role::Dropped(DropReason::Comment),
        )];
    }
    let (text, addresses) = markdown_link::without_addresses(text);
    let text = trim(&text);
    let n_marks = text.chars().take_while(|c| *c == '#').count();
    // In a row of a table # stands for 其中.
    let is_heading = (1..=6).contains(&n_marks)
        && !text.contains(['|', '\t'])
        && text
            .chars()
            .nth(n_marks)
            .is_some_and(|c| c.is_whitespace() || !c.is_ascii());
    let (words, mark_level) = if is_heading {
        (
            trim(tail(text, n_marks).trim_end_matches('#')),
            n_marks as u8,
        )
    } else {
        (text, level)
    };
    let mut block = Block::open(&without_emphasis(words), line);
    block.mark_level = mark_level;
    let addresses = addresses
        .into_iter()
        .map(|address| Block::with_role(&address, line, Role::Dropped(DropReason::LinkAddress)));
    [block]
        .into_iter()
        .chain(addresses)
        .filter(|block| !block.text.is_empty())
        .collect()
}

/// `---`, `* * *`: a line across the page, and `>` without words. Pipes are
/// furniture, not rules.
fn is_rule(text: &str) -> bool {
    text.len() >= 3
        && text
            .chars()
            .all(|c| matches!(c, '-' | '*' | '_' | '=' | ' '))
        || text == ">"
}

/// Takes `**` and the mark of a quote or a list off; single characters stay.
fn without_emphasis(text: &str) -> String {
    if pages::is_page_number(&without_blanks(text)) {
        return text.to_owned();
    }
    let text = text.strip_prefix("> ").unwrap_or(text);
    let text = without_bullet(text);
    // *…* over a whole line.
    let slanted = text
        .strip_prefix('*')
        .and_then(|text| text.strip_suffix('*'));
    let text = slanted
        .filter(|inner| !inner.contains('*') && inner.chars().count() > 1)
        .unwrap_or(text);
    text.replace("**", "").replace("&nbsp;", " ")
}

fn without_bullet(text: &str) -> &str {
    let marks = ["- ", "* ", "• ", "· "];
    let rest = marks.iter().find_map(|mark| text.strip_prefix(mark));
    rest.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expect: &[(&str, u8)]) {
        let found = blocks(&RawText::from_text(input));
        let found: Vec<_> = found
            .iter()
            .map(|b| (b.text.as_str(), b.mark_level))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn marks_and_blanks_are_taken_off() {
        check(
            "## 第一章　总则\n\n- 3 -\n- 项目\n　　为了\u{200b}\r\n---\n* * *\n>\n**发布日期**: 2022年\n#创新\n*省长 李华*\n",
            &[
                ("第一章　总则", 2),
                ("- 3 -", 0),
                ("项目", 0),
                ("为了", 0),
                ("发布日期: 2022年", 0),
                ("创新", 1),
                ("省长 李华", 0),
            ],
        );
    }

    #[test]
    fn marks_in_other_formats_are_text_but_for_pasted_markdown() {
        let texts = |lines: &[&str]| -> Vec<String> {
            let raw = RawText {
                lines: lines.iter().map(|line| (*line).to_owned()).collect(),
                lines_are_paragraphs: true,
                ..RawText::default()
            };
            blocks(&raw).into_iter().map(|block| block.text).collect()
        };
        assert_eq!(texts(&["#水稻增产", "**注"]), ["#水稻增产", "**注"]);
        assert_eq!(
            texts(&["## 总则", "**来源**：某局"]),
            ["总则", "来源：某局"]
        );
    }

    #[test]
    fn a_remark_in_brackets_over_several_lines_is_one() {
        let remark = [
            "（2012年7月27日某省第十一届人民代表大会常务委员会第三十次会议通过　根据2019年",
            "11月29日某省第十三届人民代表大会常务委员会第十四次会议《关于修改某条例的决定》",
            "第一次修正）",
        ];
        let text = format!("某省湿地保护条例\n{}\n第一章 总则\n", remark.join("\n"));
        check(
            &text,
            &[
                ("某省湿地保护条例", 0),
                (&remark.concat(), 0),
                ("第一章 总则", 0),
            ],
        );
        let items = "发展氢能产业（含储运和加注环节\n（一）建设加氢站）";
        let lines: Vec<_> = items.lines().map(|line| (line, 0)).collect();
        check(items, &lines);
    }
}
