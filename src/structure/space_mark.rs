//! Documents whose paragraph mark is a blank.
//!
//! Some sources stand on a handful of very long lines in which a single blank
//! separates paragraphs. Whether a document is of that kind is decided from the
//! whole of it; in such a document a blank ends a paragraph only where a
//! sentence, an announcement (`如下: 1.`) or a labelled value ends. Blanks inside
//! a sentence, or behind a number, stay.

use super::block::{Block, head, tail, trim};
use super::ordinal::{self, Style};
use super::{front, furniture, labels, official, sentence};
use plansearch_text::Span;
use plansearch_text::fold::is_blank;

/// Lines longer than this, with paragraph marks inside, are several paragraphs.
const LONG_LINE_CHARS: usize = 400;

/// A title at the head of a line is not longer than 100 characters.
const MAX_TITLE_BYTES: usize = 300;

/// Cuts the long lines of a document that uses the blank as its mark, and
/// signature lines of every document.
pub(super) fn split(blocks: Vec<Block>) -> Vec<Block> {
    let n_all: usize = blocks.iter().map(|block| block.text.len()).sum();
    let long = || blocks.iter().filter(|block| is_long(&block.text));
    let n_long: usize = long().map(|block| block.text.len()).sum();
    let n_opened: usize = long().map(|block| n_opened_after_stop(&block.text)).sum();
    let is_space_marked = n_long * 5 >= n_all * 2 && n_opened >= 2;
    blocks
        .into_iter()
        .flat_map(|block| {
            let indents = indents(&block.text);
            let cuts = if block.is_open() && indents.len() >= MIN_INDENTS {
                indents
            } else if is_space_marked && block.is_open() {
                paragraph_cuts(&block.text)
            } else {
                Vec::new()
            };
            cut(&block, &cuts)
        })
        .flat_map(|block| {
            let cuts: Vec<usize> = signature_cut(&block.text).into_iter().collect();
            cut(&block, &cuts)
        })
        .collect()
}

/// The places inside a line where the two wide blanks stand that indent a
/// paragraph, when most of them follow the end of a sentence or a title.
fn indents(text: &str) -> Vec<usize> {
    if !text.contains(INDENT) {
        return Vec::new();
    }
    let gaps: Vec<Span> = gaps(text)
        .filter(|gap| gap.of(text).contains(INDENT))
        .collect();
    let n_stops = gaps
        .iter()
        .filter(|gap| head(text, gap.start).ends_with('。'));
    let n_stops = n_stops.count();
    let is_marked = n_stops >= 2 && n_stops * 3 >= gaps.len() && !text.contains('|');
    gaps.into_iter()
        .map(|gap| gap.end)
        .filter(|_| is_marked)
        .collect()
}

/// How a paragraph is indented.
const INDENT: &str = "\u{3000}\u{3000}";
/// So many indents in a line are paragraphs that lost their breaks.
const MIN_INDENTS: usize = 3;

fn is_long(text: &str) -> bool {
    text.len() > LONG_LINE_CHARS && text.chars().count() > LONG_LINE_CHARS
}

/// Counts numbers that stand behind a full stop and a blank.
fn n_opened_after_stop(text: &str) -> usize {
    gaps(text)
        .filter(|gap| head(text, gap.start).ends_with('。') && opens(tail(text, gap.end)))
        .count()
}

fn opens(text: &str) -> bool {
    ordinal::scan(text).is_some_and(|ordinal| !ordinal.is_bare)
}

/// The runs of blanks inside `text`.
fn gaps(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, c)| is_blank(*c))?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.next_if(|(_, c)| is_blank(*c)) {
            end = at + c.len_utf8();
        }
        Some(Span::new(start, end))
    })
}

/// The places where a paragraph begins inside a line.
fn paragraph_cuts(text: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut begin = 0;
    for gap in gaps(text) {
        let piece = Span::new(begin, gap.start).of(text);
        let next = tail(text, gap.end);
        let ends_title = begin == 0 && is_title_before(piece, next);
        if ends_title || ends_paragraph(piece, next) {
            cuts.push(gap.end);
            begin = gap.end;
        }
    }
    cuts
}

/// Says whether a paragraph ends between `piece` and `next`.
fn ends_paragraph(piece: &str, next: &str) -> bool {
    let is_number_alone =
        ordinal::scan(piece).is_some_and(|ordinal| tail(piece, ordinal.rest).is_empty());
    if is_number_alone || next.starts_with(['。', '，', ',', '；', '、', '：', ':']) {
        return false;
    }
    let closed = piece.trim_end_matches(['”', '）', ')', '’', '》']);
    let ends_sentence = closed.ends_with(['。', '！', '？']);
    let ends_item = piece.ends_with(['：', ':', '；', ';']) && opens(next);
    let opens_division = ordinal::scan(next).is_some_and(|ordinal| {
        !ordinal.is_bare
            && (ordinal.style.names_unit()
                || matches!(ordinal.style, Style::Chinese | Style::ChineseParen))
    });
    // A row of cells is no list of labels; asked last, since it looks far.
    let is_value = !piece.ends_with(['：', ':'])
        && is_short_label(piece)
        && is_short_label(next)
        && !next.contains('|');
    ends_sentence || ends_item || opens_division || is_value
}

/// A title at the head of a line, before prose or furniture.
fn is_title_before(piece: &str, next: &str) -> bool {
    let is_title = piece.len() < MAX_TITLE_BYTES
        && front::is_whole_title(piece)
        && front::is_title_line(piece);
    if !is_title {
        return false;
    }
    let near = Span::of_chars(next, 0, 80).of(next);
    next.starts_with('为')
        || sentence::opens_as_prose(near)
        || labels::first(near).is_some()
        || furniture::reason(near).is_some()
}

/// `指标要求:100%`: a short label, a colon, and no sentence before it.
fn is_short_label(text: &str) -> bool {
    let label: String = text
        .chars()
        .take(9)
        .take_while(|c| !matches!(c, '：' | ':'))
        .collect();
    let n_chars = label.chars().count();
    let is_closed = tail(text, label.len()).starts_with(['：', ':']);
    (2..=8).contains(&n_chars) && is_closed && label.chars().all(char::is_alphabetic)
}

/// In `某市人民政府 2020年4月30日 (此件公开发布) 某规划`, where the title begins.
fn signature_cut(text: &str) -> Option<usize> {
    if text.chars().count() > 200 {
        return None;
    }
    let mut begin = 0;
    let (mut has_body, mut has_date) = (false, false);
    let ends = gaps(text).map(|gap| (gap.start, gap.end));
    for (end, next) in ends.chain([(text.len(), text.len())]) {
        let word = trim(Span::new(begin, end).of(text));
        if official::whole_date(word).is_some() {
            if !has_body {
                return None;
            }
            has_date = true;
        } else if has_date && !official::is_publication_note(word) {
            return Some(begin);
        } else if !has_date && !official::is_organisation(word) {
            return None;
        } else {
            has_body = true;
        }
        begin = next;
    }
    None
}

fn cut(block: &Block, cuts: &[usize]) -> Vec<Block> {
    if cuts.is_empty() {
        return vec![block.clone()];
    }
    let begins = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([block.text.len()]);
    begins
        .zip(ends)
        .map(|(begin, end)| block.part(Span::new(begin, end)))
        .filter(|part| !part.text.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: &[&str]) {
        let cuts = paragraph_cuts(line);
        let parts = cut(&Block::open(line, 0), &cuts);
        let parts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(parts, expect);
    }

    #[test]
    fn a_blank_after_a_sentence_ends_a_paragraph() {
        check(
            "推进建设。 (二)原则。 坚持绿色。",
            &["推进建设。", "(二)原则。", "坚持绿色。"],
        );
        check(
            "分析如下: 1.生物。 2. 海岸。",
            &["分析如下:", "1.生物。", "2. 海岸。"],
        );
        check(
            "指标要求:100% 指标说明:已达标。",
            &["指标要求:100%", "指标说明:已达标。"],
        );
    }

    #[test]
    fn indents_inside_a_line_begin_paragraphs() {
        let texts = |line: &str| -> Vec<String> {
            let blocks = split(vec![Block::open(line, 0)]);
            blocks.into_iter().map(|block| block.text).collect()
        };
        assert_eq!(
            texts(
                "某市规划　　为推进发展，编制规划。　　一、总则　　全面推进。　　二、任务　　做好工作。"
            ),
            [
                "某市规划",
                "为推进发展，编制规划。",
                "一、总则",
                "全面推进。",
                "二、任务",
                "做好工作。"
            ]
        );
        let names = "主任　　张三　　副主任　　李四　　委员　　王五";
        assert_eq!(texts(names), [names]);
    }

    #[test]
    fn a_blank_in_a_sentence_stays() {
        let line = "(某规〔2018〕2号) 要求,培育 “四季”示范区 ,开展≥95% 。";
        check(line, &[line]);
        check("11. 公众参与度。", &["11. 公众参与度。"]);
    }

    #[test]
    fn a_title_behind_a_signature_is_cut_off() {
        let blocks = split(vec![Block::open(
            "某市人民政府 2020年4月30日 (此件公开发布) 某市规划(修编) (2019~2025年)",
            0,
        )]);
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "某市人民政府 2020年4月30日 (此件公开发布)",
                "某市规划(修编) (2019~2025年)"
            ]
        );
    }
}
