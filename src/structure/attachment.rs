//! 附件: the lines that name attachments, and attachments whose text follows.
//!
//! `附件：1.… 2.…` names them; `附件1` on a line of its own, with text behind it,
//! opens a section that holds the text. A title page without text, for an
//! attachment already named, is a repetition and is dropped.

use super::block::{Block, HeadingKind, HeadingMark, Role, tail, trim, without_blanks};
use super::official;
use super::ordinal::{self, Style};
use super::sentence;
use plansearch_document::DropReason;
use plansearch_text::fold::is_blank;
use plansearch_text::numeral;

const MAX_NAME_CHARS: usize = 80;

/// Marks attachment lines and gives the names of the attachments, in order.
/// `own` is the place of a title whose text is its own.
pub(super) fn mark(blocks: &mut [Block], own: Option<usize>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    // A letter with several texts has each as an attachment, the first one too.
    let mut in_body = super::cover::hands_over_several(blocks);
    for idx in 0..blocks.len() {
        if !blocks[idx].is_open() {
            continue;
        }
        let Some(line) = AttachmentLine::read(&blocks[idx].text) else {
            in_body |= own.is_some_and(|title| title < idx)
                && official::whole_date(&blocks[idx].text).is_some();
            in_body |= ordinal::scan(&blocks[idx].text)
                .is_some_and(|o| o.style <= Style::Chain(2) && !o.is_bare);
            continue;
        };
        let has_text = has_text_behind(blocks, idx);
        let is_known = names.iter().any(|name| same_name(name, &line.name));
        let is_headed = !line.has_colon
            || !line.number.is_empty() && (is_known || line.name.is_empty())
            || line.number.is_empty() && has_entries_behind(blocks, idx)
            || own.is_some() && line.name.is_empty() && in_body;
        let is_head = has_text && in_body && is_headed;
        if is_head {
            open_section(blocks, idx, &line, &mut names);
        } else if is_known && !line.has_colon {
            blocks[idx].role = Role::Dropped(DropReason::RepeatedAttachment);
        } else {
            blocks[idx].role = Role::Attachment;
            add_names(&line.name, &mut names);
            mark_listed(blocks, idx + 1, &mut names);
        }
    }
    names
}

/// A line that begins with 附件.
struct AttachmentLine {
    /// 附件, 附件1, 附录二.
    label: String,
    number: String,
    has_colon: bool,
    name: String,
}

impl AttachmentLine {
    fn read(text: &str) -> Option<Self> {
        if text.chars().count() > 400 {
            return None;
        }
        let word = ["附件", "附录", "附表", "附"]
            .into_iter()
            .find(|word| text.starts_with(word))?;
        let after = tail(text, word.len());
        let squeezed = after.trim_start_matches(is_blank);
        let number: String = squeezed
            .chars()
            .take_while(|c| {
                c.is_ascii_digit() || ('０'..='９').contains(c) || numeral::is_chinese_numeral(*c)
            })
            .collect();
        let behind = tail(squeezed, number.len());
        let words = behind.trim_start_matches(is_blank);
        let has_colon = words.starts_with(['：', ':']);
        let is_listed = number.len() == 1 && words.starts_with(['.', '．', '、']);
        let is_apart = words.is_empty()
            || has_colon
            || words.len() < behind.len()
            || number.is_empty() && squeezed.len() < after.len();
        let name = trim(words.trim_start_matches(['：', ':']));
        if is_listed && word == "附件" {
            // 附件1.某清单 or 附件 1.某清单
            return Some(Self {
                label: word.to_owned(),
                number: String::new(),
                has_colon: true,
                name: squeezed.to_owned(),
            });
        }
        let is_name = name.is_empty() || has_colon || sentence::is_title(name, MAX_NAME_CHARS);
        let is_list = number.is_empty() && has_colon;
        if word == "附" && !has_colon
            || word == "附表" && !is_list
            || !is_apart
            || !is_name
            || name.contains('。') && !name.ends_with('。')
        {
            return None;
        }
        Some(Self {
            label: format!("{word}{number}"),
            number,
            has_colon,
            name: name.to_owned(),
        })
    }
}

/// Says whether text of an attachment stands behind the line at `idx`.
fn has_text_behind(blocks: &[Block], idx: usize) -> bool {
    let mut open = blocks
        .iter()
        .skip(idx + 1)
        .filter(|block| !matches!(block.role, Role::Dropped(_) | Role::Front(_)));
    open.next().is_some_and(|next| {
        let is_close = official::whole_date(&next.text).is_some()
            || official::is_organisation(&next.text)
            || official::is_imprint(&next.text)
            || official::is_publication_note(&next.text)
            || AttachmentLine::read(&next.text).is_some();
        !is_close
    })
}

/// 附录：名词解释 with the entries below it: numbered, each a sentence.
fn has_entries_behind(blocks: &[Block], idx: usize) -> bool {
    let mut open = blocks.iter().skip(idx + 1).filter(|block| block.is_open());
    open.next().is_some_and(|next| {
        let is_first = ordinal::scan(&next.text).is_some_and(|number| number.value == 1);
        is_first && is_entry(&next.text)
    })
}

/// Says whether a numbered line is a sentence rather than a name.
fn is_entry(text: &str) -> bool {
    text.ends_with('。') && text.contains(['：', ':', '，'])
}

/// Makes the line, with the title lines behind it, a heading.
fn open_section(blocks: &mut [Block], idx: usize, line: &AttachmentLine, names: &mut Vec<String>) {
    let mut title = line.name.clone();
    let mut used = Vec::new();
    for (at, block) in blocks.iter().enumerate().skip(idx + 1).take(3) {
        let is_title = block.is_open()
            && ordinal::scan(&block.text).is_none()
            && sentence::is_title(&block.text, 50);
        let is_whole = names_attachment(&title);
        let continues = title.is_empty()
            || !is_whole && names_attachment(&block.text)
            || block.text.starts_with(['（', '(']) && !counts(&block.text);
        if !is_title || !continues {
            break;
        }
        title.push_str(&block.text);
        used.push(at);
    }
    let is_attachment = line.label.starts_with("附件");
    if is_attachment && !title.is_empty() && !names.iter().any(|name| same_name(name, &title)) {
        names.push(title.clone());
    }
    blocks[idx].text = format!("{} {title}", line.label);
    blocks[idx].role = Role::Heading(HeadingMark {
        kind: HeadingKind::Attachment,
        number: line.label.clone(),
        title,
        mark_level: 0,
    });
    for at in used {
        blocks[at].text.clear();
    }
}

/// （共4家）, （排名不分先后）: a remark on a list, no part of its name.
fn counts(text: &str) -> bool {
    let inner = text.trim_start_matches(['（', '(']);
    inner.starts_with('共') || inner.contains("先后") || inner.contains("排序")
}

/// Says whether the words end as the name of an attachment does.
fn names_attachment(title: &str) -> bool {
    let ends = [
        "表", "单", "图", "分工", "指标", "解释", "项目", "工程", "任务", "集",
    ];
    super::front::is_whole_title(title) || ends.iter().any(|end| title.ends_with(end))
}

/// Marks the numbered lines behind `附件：1.…`.
fn mark_listed(blocks: &mut [Block], begin: usize, names: &mut Vec<String>) {
    let mut last = 0;
    for block in blocks
        .iter_mut()
        .skip(begin)
        .filter(|block| is_file_name(block) || !matches!(block.role, Role::Dropped(_)))
    {
        let listed = ordinal::scan(&block.text).filter(|ordinal| {
            ordinal.style >= Style::Arabic && (ordinal.value == last + 1 || last == 0)
        });
        let Some(ordinal) = listed.filter(|_| {
            let is_short = block.text.chars().count() <= MAX_NAME_CHARS;
            let is_left = block.is_open() || is_file_name(block);
            is_left && is_short && !is_entry(&block.text)
        }) else {
            break;
        };
        if last == 0 && ordinal.value > 2 {
            break;
        }
        last = ordinal.value;
        block.role = Role::Attachment;
        add_names(&block.text, names);
    }
}

/// 2.任务分工表.docx on a line of its own.
fn is_file_name(block: &Block) -> bool {
    block.role == Role::Dropped(DropReason::FileName)
}

/// Adds the names in `1.某清单 2.某分工`.
fn add_names(text: &str, names: &mut Vec<String>) {
    let mut begin = 0;
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        let opens = (is_blank(c) || matches!(c, '；' | ';'))
            && ordinal::scan(
                tail(text, at).trim_start_matches(|c| is_blank(c) || matches!(c, '；' | ';')),
            )
            .is_some_and(|o| o.style == Style::Arabic && o.value > 1);
        if opens {
            parts.push(plansearch_text::Span::new(begin, at).of(text));
            begin = at;
        }
    }
    parts.push(tail(text, begin));
    for part in parts {
        let part = part.trim_matches(|c| is_blank(c) || matches!(c, '；' | ';' | '。'));
        let words = ordinal::scan(part).map_or(part, |o| tail(part, o.rest));
        let words = without_suffix(words);
        if !words.is_empty() && !names.iter().any(|name| same_name(name, words)) {
            names.push(words.to_owned());
        }
    }
}

/// 任务分工表.docx is called 任务分工表.
fn without_suffix(name: &str) -> &str {
    let ends = super::furniture::FILE_ENDS.iter();
    let mut stems = ends.filter_map(|end| name.strip_suffix(end));
    stems.next().map_or(name, trim)
}

fn same_name(a: &str, b: &str) -> bool {
    let plain = |text: &str| without_blanks(text).replace(['《', '》', '。'], "");
    !a.is_empty() && plain(a) == plain(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect_names: &[&str], expect_roles: &str) {
        let mut blocks = opened(lines);
        let names = mark(&mut blocks, None);
        assert_eq!(names, expect_names);
        let roles: String = blocks
            .iter()
            .map(|block| match block.role {
                Role::Attachment => 'A',
                Role::Heading(_) => 'H',
                Role::Dropped(_) => 'd',
                _ if block.text.is_empty() => '-',
                _ => '.',
            })
            .collect();
        assert_eq!(roles, expect_roles, "{lines:?}");
    }

    #[test]
    fn named_attachments_without_text() {
        check(
            &["一、总则", "附件:部分工程清单", "附件 部分工程清单"],
            &["部分工程清单"],
            ".Ad",
        );
        check(
            &[
                "附件：1.任务分工表 2.指标表",
                "某市人民政府",
                "附件中罗列清单。",
            ],
            &["任务分工表", "指标表"],
            "A..",
        );
        check(
            &["附件：1.任务分工", "2.指标体系", "2021年1月1日"],
            &["任务分工", "指标体系"],
            "AA.",
        );
    }

    #[test]
    fn the_head_of_a_table_is_no_part_of_a_name() {
        check(
            &[
                "一、总则",
                "附件1 住房项目表",
                "序号 项目 规模",
                "1 阳光家园 1200套",
            ],
            &["住房项目表"],
            ".H..",
        );
        check(
            &[
                "一、总则",
                "附件2",
                "深化改革重点",
                "任务分工表",
                "省直单位负责。",
            ],
            &["深化改革重点任务分工表"],
            ".H--.",
        );
    }

    #[test]
    fn an_attachment_with_text_opens_a_section() {
        check(
            &[
                "一、总则",
                "附件：1.名词解释",
                "2021年1月1日",
                "附件1",
                "名词解释",
                "一、氢能：指一种能源。",
            ],
            &["名词解释"],
            ".A.H-.",
        );
        check(
            &[
                "一、总则",
                "附件：",
                "1.设备更新实施方案",
                "2.补贴细则",
                "附件1：",
                "设备更新实施方案",
                "一、主要目标",
                "附件2：",
                "补贴细则",
                "一、范围",
            ],
            &["设备更新实施方案", "补贴细则"],
            ".AAAH-.H-.",
        );
        check(
            &[
                "一、总则",
                "附录：名词解释",
                "1.氢能：指一种能源，可再生。",
                "2.储能：指一种技术，可调节。",
            ],
            &[],
            ".H..",
        );
    }
}
