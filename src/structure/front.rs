//! What stands around the body: title page, cover letter, signature, imprint.
//!
//! The front matter reaches from the first line to the last line before the
//! first heading that has one of its fixed forms (title, date, body, addressees,
//! cover notice). What follows that line is the preamble and belongs to the body.
//! Behind the first heading only closed forms count: a date alone, the bodies
//! above it, an imprint.

use super::block::{Block, Front, Role, trim, without_blanks};
use super::labels::Meaning;
use super::ordinal::{self, Style};
use super::sentence;
use super::words::{self, List};
use super::{head_title, labels, official, signature};
use plansearch_document::DropReason;
use plansearch_text::fold::is_blank;

/// The front matter is not looked for beyond so many lines.
const MAX_FRONT_BLOCKS: usize = 60;
/// A line of fixed form counts when it is not further from the one before.
const MAX_GAP_BLOCKS: usize = 6;
/// Behind prose, shorter lines are heads of sections rather than titles.
const MIN_LATE_TITLE_CHARS: usize = 8;
/// Furniture at the end is looked for among so many lines.
const MAX_TAIL_BLOCKS: usize = 8;

/// Marks the front matter and what closes the document. The blocks before
/// `letter_end` are known to be those of a letter before the plan.
pub(super) fn mark(blocks: &mut [Block], letter_end: usize, own: Option<usize>) {
    if let Some(title) = own {
        return mark_own(blocks, title);
    }
    let blocks = blocks.get_mut(letter_end..).unwrap_or_default();
    let body = body_begin(blocks)
        .unwrap_or_else(|| body_without_heads(blocks))
        .min(MAX_FRONT_BLOCKS);
    let mut kinds: Vec<Option<Front>> = blocks.iter().take(body).map(kind).collect();
    note_addressee(blocks, &mut kinds);
    note_names(blocks, &mut kinds);
    let mut end = 0;
    let mut n_open = 0;
    let mut is_behind_prose = false;
    for (idx, kind) in kinds.iter().enumerate() {
        let block = &blocks[idx];
        n_open += usize::from(block.is_open());
        let counts = match kind {
            Some(Front::Title) => {
                let is_long = block.text.chars().count() >= MIN_LATE_TITLE_CHARS;
                let is_title = is_whole_title(&block.text) || block.mark_level > 0;
                is_title && (is_long || !is_behind_prose) || idx == 0
            }
            Some(_) => true,
            None => !block.is_open() && end == idx,
        };
        is_behind_prose |= kind.is_none() && is_prose(block);
        if counts && n_open <= MAX_GAP_BLOCKS + 1 {
            (end, n_open) = (idx + 1, 0);
        }
    }
    for (block, kind) in blocks.iter_mut().zip(kinds).take(end) {
        if block.is_open() {
            block.role = Role::Front(kind.unwrap_or(Front::Other));
        }
    }
    mark_closing(blocks, end);
}

/// 区中医院： right behind a title addresses it, whatever its readers are called.
fn note_addressee(blocks: &[Block], kinds: &mut [Option<Front>]) {
    for idx in 1..kinds.len() {
        let text = blocks[idx].text.as_str();
        if kinds[idx].is_none() && kinds[idx - 1] == Some(Front::Title) && names_readers(text) {
            kinds[idx] = Some(Front::Other);
        }
    }
}

/// 区中医院：, whatever its readers are called.
pub(super) fn names_readers(text: &str) -> bool {
    text.ends_with(['：', ':'])
        && text.chars().count() <= MAX_ADDRESSEE_CHARS
        && !text.contains(['。', '；'])
        && !["如下", "以下", "下列"]
            .iter()
            .any(|word| text.contains(word))
        && ordinal::scan(text).is_none()
}

/// Lines that name bodies by their place: above a date or above 关于….
fn note_names(blocks: &[Block], kinds: &mut [Option<Front>]) {
    for idx in 0..kinds.len() {
        let names = match kinds[idx] {
            Some(Front::Date) => signature::above_date(blocks, idx, 0),
            Some(Front::Title) if blocks[idx].text.starts_with("关于") => {
                signature::above_title(blocks, idx, 0)
            }
            _ => Vec::new(),
        };
        for at in names {
            kinds[at] = Some(Front::Organisation);
        }
    }
    for (idx, kind) in kinds.iter_mut().enumerate() {
        if *kind == Some(Front::Organisation) && signature::is_colophon(blocks, idx) {
            *kind = Some(Front::Other);
        }
    }
}

/// Marks what stands around the body of a text whose title, at `title`, speaks for
/// itself.
fn mark_own(blocks: &mut [Block], title: usize) {
    let end = head_title::body_behind(blocks, title);
    let mut kinds: Vec<Option<Front>> = blocks.iter().take(end).map(kind).collect();
    note_names(blocks, &mut kinds);
    for (block, kind) in blocks.iter_mut().zip(kinds) {
        if block.is_open() {
            block.role = Role::Front(kind.unwrap_or(Front::Other));
        }
    }
    mark_closing(blocks, end);
}

const MAX_ADDRESSEE_CHARS: usize = 30;

fn is_prose(block: &Block) -> bool {
    block.is_open() && block.text.ends_with('。')
}

/// Where the body begins that has neither number nor head: at its first prose,
/// unless a title or a cover notice stands behind it.
fn body_without_heads(blocks: &[Block]) -> usize {
    let near = || blocks.iter().enumerate().take(MAX_FRONT_BLOCKS);
    let last_form = near()
        .filter(|(_, block)| match kind(block) {
            Some(Front::Title) => {
                is_whole_title(&block.text) && block.text.chars().count() >= MIN_LATE_TITLE_CHARS
            }
            Some(Front::Other) => official::is_cover_notice(&block.text),
            _ => false,
        })
        .map(|(idx, _)| idx + 1)
        .max()
        .unwrap_or(0);
    let is_addressed = blocks
        .get(last_form)
        .is_some_and(|block| block.text.ends_with(['：', ':']));
    near()
        .skip(last_form + usize::from(is_addressed))
        .find(|(_, block)| kind(block).is_none() && is_prose(block))
        .map_or(blocks.len(), |(idx, _)| idx)
}

/// The first block that opens the body with a number or a head like 前言.
pub(super) fn body_begin(blocks: &[Block]) -> Option<usize> {
    let n_of_level = |level: u8| {
        let marked = blocks.iter().filter(|block| block.mark_level == level);
        marked.count()
    };
    // A heading that the format marks opens the body, unless it is the title.
    let is_marked_head = |block: &Block| {
        block.mark_level > 0
            && !is_whole_title(&block.text)
            && sentence::is_title(&block.text, 60)
            && n_of_level(block.mark_level) > 1
            && kind(block) == Some(Front::Title)
    };
    blocks.iter().position(|block| {
        let opens = || {
            ordinal::scan(&block.text).is_some_and(|ordinal| {
                let is_early = ordinal.style <= Style::Arabic || ordinal.style <= Style::Chain(2);
                is_early && (!ordinal.is_bare || sentence::is_title(&block.text, 30))
            })
        };
        let is_head = || super::unnumbered::is_known_head(&block.text) || is_marked_head(block);
        block.is_open() && (opens() || is_head()) || matches!(block.role, Role::Heading(_))
    })
}

/// The fixed form of a line before the body.
pub(super) fn kind(block: &Block) -> Option<Front> {
    let text = block.text.as_str();
    if !block.is_open() {
        return None;
    }
    if labels::first(text).is_some() || labels::dated(text).is_some() {
        return Some(Front::Label);
    }
    if official::whole_date(text).is_some() || official::is_month(text) {
        return Some(Front::Date);
    }
    let is_order_number = || {
        let squeezed = without_blanks(text);
        official::order_number(&squeezed).is_some_and(|span| span.start == 0)
    };
    if official::is_doc_number(text) || is_order_number() {
        return Some(Front::DocNumber);
    }
    if official::is_organisation(text) || is_signature(text) {
        return Some(Front::Organisation);
    }
    if is_title_in_brackets(text) {
        return Some(Front::Title);
    }
    let is_form = official::is_addressees(text)
        || official::is_cover_notice(text)
        || official::is_publication_note(text)
        || official::is_imprint(text)
        || is_beside_title(text)
        || official::is_announcement(text)
        || matches!(without_blanks(text).as_str(), "文件" | "令")
        || official::red_head(text).is_some();
    if is_form {
        return Some(Front::Other);
    }
    (block.mark_level > 0 || is_title_line(text)).then_some(Front::Title)
}

/// `某市人民政府 2020年4月30日 (此件公开发布)` on one line.
fn is_signature(text: &str) -> bool {
    if text.len() > MAX_SIGNATURE_BYTES {
        return false;
    }
    let words: Vec<&str> = text
        .split(is_blank)
        .filter(|word| !word.is_empty())
        .collect();
    words.len() >= 2
        && words
            .iter()
            .any(|word| official::whole_date(word).is_some())
        && words.iter().all(|word| {
            official::whole_date(word).is_some()
                || official::is_organisation(word)
                || official::is_publication_note(word)
        })
}

const MAX_SIGNATURE_BYTES: usize = 800;

/// （关于…的公告）: what an announcement with a number is about.
fn is_title_in_brackets(text: &str) -> bool {
    let inner = text
        .strip_prefix(['（', '('])
        .and_then(|text| text.strip_suffix(['）', ')']));
    inner.is_some_and(|inner| inner.starts_with("关于") && is_whole_title(inner))
}

/// Lines that stand by a title: occasion, speaker, adoption, remark in brackets.
fn is_beside_title(text: &str) -> bool {
    let squeezed = without_blanks(text);
    let n_chars = squeezed.chars().count();
    let is_bracketed = squeezed.starts_with(['(', '（', '【', '〔'])
        && squeezed.ends_with([')', '）', '】', '〕'])
        && n_chars <= 60;
    let is_occasion = n_chars <= 60
        && !squeezed.ends_with('。')
        && (official::find_date(text).is_some()
            && (squeezed.starts_with(['—', '-']) || squeezed.contains("会议"))
            || squeezed.ends_with("会议上")
            || squeezed.ends_with("大会上"));
    let is_speaker = n_chars <= 24
        && !squeezed.contains(['。', '，', '：'])
        && SPEAKERS.iter().any(|title| text.contains(title))
        && text.chars().any(is_blank);
    is_bracketed || is_occasion || is_speaker || official::is_adoption(text)
}

const SPEAKERS: [&str; 15] = [
    "总理", "省长", "市长", "区长", "县长", "州长", "旗长", "盟长", "镇长", "乡长", "局长", "厅长",
    "主席", "主任", "部长",
];

/// Says whether the line could be (a part of) a title.
pub(super) fn is_title_line(text: &str) -> bool {
    let n_commas = sentence::n_commas(text);
    let is_fact = labels::first(text).is_some() || official::is_organisation(text);
    sentence::is_title(text, 90)
        && n_commas <= 1
        && !is_fact
        && !text.starts_with(['—', '-', '附'])
        && ordinal::scan(text).is_none()
}

/// Says whether the words end as the title of a document does, a bracketed
/// year or version behind it aside.
pub(super) fn is_whole_title(text: &str) -> bool {
    let core = title_core(text);
    core.chars().count() >= 4 && words::ends(List::DocumentEnds, &core)
}

/// The title without blanks and without brackets at its end.
pub(super) fn title_core(text: &str) -> String {
    let text = without_note_mark(text.trim());
    let mut core = without_blanks(without_brackets(text));
    while core.ends_with([')', '）', '】', '〕'])
        && let Some(at) = core.rfind(['(', '（', '【', '〔'])
        && at > 0
    {
        core.truncate(at);
    }
    core.trim_end_matches(['》', '”']).to_owned()
}

/// A title that stands in brackets as a whole, without them.
pub(super) fn without_brackets(title: &str) -> &str {
    let inner = title
        .strip_prefix(['（', '('])
        .and_then(|title| title.strip_suffix(['）', ')']));
    inner
        .filter(|inner| !inner.contains(['（', '(', '）', ')']))
        .unwrap_or(title)
}

/// A title without the mark of its note: `公报[1]`.
pub(super) fn without_note_mark(title: &str) -> &str {
    let mark = title
        .strip_suffix(']')
        .and_then(|words| words.rsplit_once('['));
    mark.filter(|(_, note)| !note.is_empty() && note.chars().all(|c| c.is_ascii_digit()))
        .map_or(title, |(words, _)| words)
}

/// Marks what closes the document, behind `begin`.
fn mark_closing(blocks: &mut [Block], begin: usize) {
    // Lines of a list of readers (抄送) that is not at its end.
    let mut n_listed = 0;
    for idx in begin..blocks.len() {
        if !blocks[idx].is_open() {
            continue;
        }
        let text = blocks[idx].text.as_str();
        let opens_list = ["抄送", "主送", "抄报"]
            .iter()
            .any(|word| text.starts_with(word));
        let is_listed = opens_list || n_listed > 0;
        n_listed = match n_listed {
            _ if text.ends_with('。') || official::is_imprint(text) && !opens_list => 0,
            _ if opens_list && text.ends_with(['，', '、']) => MAX_LISTED_BLOCKS,
            n_left => usize::saturating_sub(n_left, 1),
        };
        if is_listed {
            blocks[idx].role = Role::Front(Front::Other);
        } else if official::whole_date(text).is_some() {
            blocks[idx].role = Role::Front(Front::Date);
            for at in signature::above_date(blocks, idx, begin) {
                blocks[at].role = Role::Front(Front::Organisation);
            }
        } else if is_signature(text) {
            blocks[idx].role = Role::Front(Front::Organisation);
        } else if official::is_imprint(text) || official::is_publication_note(text) {
            blocks[idx].role = Role::Front(Front::Other);
        } else if is_page_time(text) {
            blocks[idx].role = Role::Dropped(DropReason::PageFact);
        }
    }
    let is_left = |block: &Block| !matches!(block.role, Role::Dropped(_)) && !block.text.is_empty();
    let tail: Vec<usize> = (begin..blocks.len())
        .rev()
        .filter(|idx| is_left(&blocks[*idx]))
        .take(MAX_TAIL_BLOCKS)
        .collect();
    for idx in tail {
        let block = &mut blocks[idx];
        if !block.is_open() {
            continue;
        }
        let inner = trim(&block.text).trim_matches(['(', ')', '（', '）']);
        let is_fact = labels::first(inner).is_some() && inner.chars().count() <= 80;
        if is_fact {
            let names_document = labels::all(inner).iter().any(|label| {
                matches!(
                    label.meaning,
                    Meaning::Title | Meaning::IndexNumber | Meaning::DocNumber | Meaning::Issuers
                )
            });
            block.role = if names_document {
                Role::Front(Front::Label)
            } else {
                Role::Dropped(DropReason::PageFact)
            };
        } else if official::is_organisation(&block.text) {
            let is_colophon = signature::is_colophon(blocks, idx);
            blocks[idx].role = Role::Front(if is_colophon {
                Front::Other
            } else {
                Front::Organisation
            });
        } else {
            break;
        }
    }
}

/// So many lines of a list of readers may follow its first.
const MAX_LISTED_BLOCKS: usize = 4;

/// 更新时间：2026-01-26 11:25: when the page was made, wherever it stands.
fn is_page_time(text: &str) -> bool {
    labels::first(text).is_some_and(|label| {
        let n_chars = without_blanks(label.value).chars().count();
        n_chars <= MAX_TIME_CHARS && official::is_timed(label.value)
    })
}

const MAX_TIME_CHARS: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect: &str) {
        let mut blocks = opened(lines);
        mark(&mut blocks, 0, None);
        let kinds: String = blocks
            .iter()
            .map(|block| match block.role {
                Role::Front(Front::Title) => 'T',
                Role::Front(Front::Organisation) => 'O',
                Role::Front(Front::Date) => 'D',
                Role::Front(Front::DocNumber) => 'N',
                Role::Front(Front::Label) => 'L',
                Role::Front(Front::Other) => 'F',
                Role::Dropped(_) => 'd',
                _ => '.',
            })
            .collect();
        assert_eq!(kinds, expect, "{lines:?}");
    }

    #[test]
    fn a_cover_letter_ends_where_the_plan_begins() {
        check(
            &[
                "各县（市、区）人民政府：",
                "《某规划》已经同意，现印发给你们，请认真贯彻实施。",
                "某市人民政府",
                "2021年6月27日",
                "某市国民经济和社会发展第十四个五年",
                "规划纲要",
                "为推进发展，编制本规划。",
                "一、总则",
                "文。",
            ],
            "FFODTT...",
        );
    }

    #[test]
    fn the_preamble_behind_a_cover_notice_is_body() {
        check(
            &[
                "某市关于下达2024年计划的通知",
                "各县人民政府，市政府各部门：",
                "现印发给你们，请认真组织实施。",
                "2024年是关键一年，做好工作意义重大。",
                "一、着力",
                "某市人民政府",
                "2024年2月8日",
            ],
            "TFF..OD",
        );
    }

    #[test]
    fn lines_beside_a_title_are_front_matter() {
        check(
            &[
                "政 府 工 作 报 告",
                "——2026年1月26日在某省人民代表大会会议上",
                "某省省长 张 某",
                "各位代表：",
                "现在，我报告工作。",
                "一、回顾",
            ],
            "TFFF..",
        );
    }
}
