//! Copies of a document with known edits: sections moved, headings renamed, paragraphs
//! split and merged, figures changed, sentences added and removed, rows of tables changed.

use std::collections::HashSet;
use std::ops::Range;

use plansearch::engine::PassageRecord;

use super::random::Random;

/// What was done to one passage.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    /// A figure of a paragraph or of a row was changed.
    Figure {
        old: String,
        new: String,
        figure: (String, String),
        is_row: bool,
    },
    /// A sentence was added (`is_added`) or removed.
    Sentence {
        old: String,
        new: String,
        sentence: String,
        is_added: bool,
    },
    /// A passage of a section that was moved; a figure in it may have been changed.
    Moved {
        old: String,
        new: String,
        figure: Option<(String, String)>,
    },
    /// A heading was renamed.
    Renamed { old: String, new: String },
    /// A paragraph was split in two.
    Split { whole: String, parts: [String; 2] },
    /// Two paragraphs were merged.
    Merged { parts: [String; 2], whole: String },
}

/// A document and what can still be edited in it.
struct Draft<'a> {
    lines: Vec<String>,
    passages: &'a [PassageRecord],
    /// The line of each passage that stands in exactly one and is alone in the document.
    line_of: Vec<Option<usize>>,
    used: HashSet<usize>,
    edits: Vec<Edit>,
    random: Random,
}

const NEW_TITLES: [&str; 6] = [
    "夯实基础支撑能力",
    "释放多元主体活力",
    "拓展对外交流空间",
    "织密民生保障网络",
    "健全统筹推进机制",
    "塑造绿色宜居环境",
];
const NEW_SENTENCES: [&str; 6] = [
    "鼓励老字号企业开设线上门店并参加巡回展销。",
    "每季度向社会公布一次进展情况和存在问题。",
    "设立专家库为疑难事项提供书面咨询意见。",
    "对长期闲置的库房院落逐一登记并限期盘活。",
    "组织青年骨干到先行地区跟班学习不少于半年。",
    "试行容缺受理和告知承诺相结合的办理方式。",
];

/// Edits a text whose passages are known; gives the copy and what was done.
pub(super) fn edited(text: &str, passages: &[PassageRecord], seed: u64) -> (String, Vec<Edit>) {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut draft = Draft {
        line_of: lines_of(&lines, passages),
        lines,
        passages,
        used: HashSet::new(),
        edits: Vec::new(),
        random: Random::new(seed),
    };
    let moves = draft.choose_moves();
    draft.repeat(4, Draft::rename);
    draft.repeat(3, Draft::split);
    draft.repeat(3, Draft::merge);
    draft.repeat(6, |draft| draft.change_figure("paragraph"));
    draft.repeat(4, |draft| draft.change_figure("table"));
    draft.repeat(4, |draft| draft.add_or_remove(true));
    draft.repeat(4, |draft| draft.add_or_remove(false));
    draft.make_moves(moves);
    (draft.lines.join("\n") + "\n", draft.edits)
}

fn lines_of(lines: &[String], passages: &[PassageRecord]) -> Vec<Option<usize>> {
    let mut from = 0;
    let mut found = Vec::new();
    for passage in passages {
        let is_alone = passages
            .iter()
            .filter(|other| other.text == passage.text)
            .count()
            == 1;
        let cells: Vec<&str> = passage.text.split(" | ").collect();
        let holds = |line: &String| match passage.kind.as_str() {
            "table" => {
                passage
                    .table
                    .as_ref()
                    .is_some_and(|table| table.row.is_some())
                    && line
                        .trim_matches(['|', ' '])
                        .split('|')
                        .map(str::trim)
                        .eq(cells.iter().copied())
            }
            "heading" => line.trim().trim_start_matches(['#', ' ']) == passage.text,
            _ => line.trim() == passage.text,
        };
        let line = lines.iter().skip(from).position(holds).map(|at| at + from);
        if let Some(line) = line {
            from = line;
        }
        found.push(line.filter(|_| is_alone));
    }
    found
}

impl Draft<'_> {
    fn repeat(&mut self, n: usize, edit: impl Fn(&mut Self) -> bool) {
        let mut n_done = 0;
        for _ in 0..400 {
            if n_done == n {
                return;
            }
            n_done += usize::from(edit(self));
        }
    }

    fn pick(&mut self, kind: &str) -> Option<usize> {
        let at = self.random.below(self.passages.len());
        let is_free = self.line_of[at].is_some_and(|line| !self.used.contains(&line));
        (is_free && self.passages[at].kind == kind).then_some(at)
    }

    fn text(&self, at: usize) -> String {
        self.passages[at].text.clone()
    }

    fn replace(&mut self, at: usize, new: &str) {
        let (line, old) = (self.line_of[at].unwrap(), self.text(at));
        if self.passages[at].kind == "table" {
            // A bar before the first cell would be an empty cell where the others have none.
            let has_bar = self.lines[line].trim_start().starts_with('|');
            let bar = if has_bar { "| " } else { "" };
            self.lines[line] = format!("{bar}{new} |");
        } else {
            self.lines[line] = self.lines[line].replace(&old, new);
        }
        self.used.insert(line);
    }

    fn rename(&mut self) -> bool {
        let Some(at) = self.pick("heading") else {
            return false;
        };
        let old = self.text(at);
        let path = self.passages[at].path.last().cloned().unwrap_or_default();
        let title = path
            .split_once(' ')
            .map_or(path.as_str(), |(_, title)| title)
            .to_owned();
        let title = title.trim_end_matches('。');
        let new = old.replace(title, self.random.pick::<&str>(&NEW_TITLES));
        if title.chars().count() < 4 || new == old || self.is_known(&new) {
            return false;
        }
        self.replace(at, &new);
        self.edits.push(Edit::Renamed { old, new });
        true
    }

    /// Whether the copy has this text already.
    fn is_known(&self, text: &str) -> bool {
        self.lines.iter().any(|line| line.contains(text))
    }

    fn split(&mut self) -> bool {
        let Some(at) = self.pick("paragraph") else {
            return false;
        };
        let whole = self.text(at);
        let ends: Vec<usize> = whole
            .match_indices('。')
            .map(|(end, _)| end + '。'.len_utf8())
            .collect();
        let fits = |end: &&usize| {
            let first = whole.get(..**end).unwrap().chars().count();
            let rest = whole.get(**end..).unwrap().chars().count();
            first >= 25 && rest >= 25
        };
        let ends: Vec<usize> = ends.iter().filter(fits).copied().collect();
        if ends.is_empty() {
            return false;
        }
        let end = *self.random.pick(&ends);
        let parts = [whole.get(..end).unwrap(), whole.get(end..).unwrap()]
            .map(|part| part.trim().to_owned());
        self.replace(at, &parts.join("\n\n"));
        self.edits.push(Edit::Split { whole, parts });
        true
    }

    fn merge(&mut self) -> bool {
        let Some(at) = self.pick("paragraph") else {
            return false;
        };
        let next = at + 1;
        let is_pair = self.passages.get(next).is_some_and(|other| {
            other.kind == "paragraph"
                && other.path == self.passages[at].path
                && other.lead.is_none()
        });
        let Some(line) = self.line_of.get(next).copied().flatten() else {
            return false;
        };
        let texts = [
            self.text(at),
            self.passages
                .get(next)
                .map(|p| p.text.clone())
                .unwrap_or_default(),
        ];
        let is_long = texts
            .iter()
            .all(|text| text.chars().count() >= 25 && text.ends_with('。'));
        if !is_pair || !is_long || self.used.contains(&line) {
            return false;
        }
        let whole = texts.concat();
        self.replace(at, &whole);
        self.lines[line].clear();
        self.used.insert(line);
        self.edits.push(Edit::Merged {
            parts: texts,
            whole,
        });
        true
    }

    /// The text with one figure changed.
    fn with_other_figure(&mut self, text: &str) -> Option<(String, (String, String))> {
        let numbers = numbers(text);
        if numbers.is_empty() {
            return None;
        }
        let range = self.random.pick(&numbers).clone();
        let old = text.get(range.clone())?.to_owned();
        let digits: Vec<usize> = old
            .char_indices()
            .filter(|(_, c)| c.is_ascii_digit())
            .map(|(at, _)| at)
            .collect();
        let at = *self.random.pick(&digits);
        let digit = old.get(at..=at)?.parse::<u32>().ok()?;
        let other = (digit + 1 + self.random.below(8) as u32) % 10;
        let other = if at == 0 { other.max(1) } else { other };
        let mut new = old.clone();
        new.replace_range(at..=at, &other.to_string());
        if new == old {
            return None;
        }
        let mut copy = text.to_owned();
        copy.replace_range(range, &new);
        Some((copy, (old, new)))
    }

    fn change_figure(&mut self, kind: &str) -> bool {
        let Some(at) = self.pick(kind) else {
            return false;
        };
        let old = self.text(at);
        if kind == "paragraph" && old.chars().count() < 20 {
            return false;
        }
        let Some((new, figure)) = self.with_other_figure(&old) else {
            return false;
        };
        self.replace(at, &new);
        let is_row = kind == "table";
        self.edits.push(Edit::Figure {
            old,
            new,
            figure,
            is_row,
        });
        true
    }

    fn add_or_remove(&mut self, is_added: bool) -> bool {
        let Some(at) = self.pick("paragraph") else {
            return false;
        };
        let old = self.text(at);
        let ends: Vec<usize> = old
            .match_indices('。')
            .map(|(end, _)| end + '。'.len_utf8())
            .collect();
        if ends.len() < 2 || !old.ends_with('。') {
            return false;
        }
        let nth = self.random.below(ends.len() - 1);
        let (from, to) = (ends[nth], ends[nth + 1]);
        let (sentence, new) = if is_added {
            let sentence = (*self.random.pick(&NEW_SENTENCES)).to_owned();
            let mut new = old.clone();
            new.insert_str(from, &sentence);
            (sentence, new)
        } else {
            let mut new = old.clone();
            new.replace_range(from..to, "");
            (old.get(from..to).unwrap().to_owned(), new)
        };
        let n_rest = new.chars().count().min(old.chars().count());
        if sentence.chars().count() < 8
            || sentence.chars().count() * 2 > n_rest
            || self.is_known(&sentence) == is_added
        {
            return false;
        }
        self.replace(at, &new);
        self.edits.push(Edit::Sentence {
            old,
            new,
            sentence,
            is_added,
        });
        true
    }

    /// Sections to move: first line, end, and where they go.
    fn choose_moves(&mut self) -> Vec<(Range<usize>, usize)> {
        let mut moves: Vec<(Range<usize>, usize)> = Vec::new();
        for _ in 0..400 {
            if moves.len() == 3 {
                break;
            }
            let Some((range, to)) = self.choose_move() else {
                continue;
            };
            let around = range.start.min(to)..range.end.max(to);
            let is_apart = moves.iter().all(|(other, other_to)| {
                let other = other.start.min(*other_to)..other.end.max(*other_to);
                around.end <= other.start || other.end <= around.start
            });
            if !is_apart {
                continue;
            }
            for at in 0..self.passages.len() {
                let Some(line) = self.line_of[at].filter(|line| range.contains(line)) else {
                    continue;
                };
                let old = self.text(at);
                let other = if self.passages[at].kind == "paragraph" && self.random.below(3) == 0 {
                    self.with_other_figure(&old)
                } else {
                    None
                };
                let (new, figure) = match other {
                    Some((new, figure)) => (new, Some(figure)),
                    None => (old.clone(), None),
                };
                if figure.is_some() {
                    self.replace(at, &new);
                }
                self.used.insert(line);
                self.edits.push(Edit::Moved { old, new, figure });
            }
            moves.push((range, to));
        }
        moves
    }

    /// A section of two to ten passages that goes behind at least twice as much text.
    fn choose_move(&mut self) -> Option<(Range<usize>, usize)> {
        let at = self.pick("heading")?;
        let own = &self.passages[at].path;
        let end_of = |from: usize, path: &[String]| {
            let rest = self.passages.iter().enumerate().skip(from + 1);
            let mut rest = rest.filter(|(_, other)| {
                other.path.len() < path.len() || !other.path.starts_with(path)
            });
            rest.next().map(|(end, _)| end)
        };
        let end = end_of(at, own)?;
        let parent = own.get(..own.len() - 1)?.to_vec();
        let lines: Option<Vec<usize>> = (at..end).map(|at| self.line_of[at]).collect();
        let lines = lines?;
        let (first, last) = (*lines.first()?, *lines.last()?);
        let size = |range: Range<usize>| -> usize {
            range.map(|at| self.passages[at].text.chars().count()).sum()
        };
        let siblings: Vec<usize> = (end..self.passages.len())
            .take_while(|next| self.passages[*next].path.starts_with(&parent))
            .filter(|next| {
                self.passages[*next].kind == "heading"
                    && self.passages[*next].path.len() == own.len()
            })
            .collect();
        let to = siblings.into_iter().find(|to| {
            *to > end && size(end..*to) > 2 * size(at..end) && self.line_of[*to].is_some()
        })?;
        if !(2..=10).contains(&(end - at)) || lines.iter().any(|line| self.used.contains(line)) {
            return None;
        }
        Some((first..last + 1, self.line_of[to]?))
    }

    /// Moves lines, the last first so that the others keep their places.
    fn make_moves(&mut self, mut moves: Vec<(Range<usize>, usize)>) {
        moves.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        for (range, to) in moves {
            let moved: Vec<String> = self.lines[range.clone()].to_vec();
            let mut with_space = vec![String::new()];
            with_space.extend(moved);
            with_space.push(String::new());
            self.lines.splice(to..to, with_space);
            self.lines.drain(range);
        }
    }
}

/// Numbers in Latin digits that stand alone, not in a word like PM2.5 and not a year.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].1.is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len()
            && (chars[at].1.is_ascii_digit()
                || (chars[at].1 == '.'
                    && chars.get(at + 1).is_some_and(|(_, c)| c.is_ascii_digit())))
        {
            at += 1;
        }
        let before = start.checked_sub(1).map(|at| chars[at].1);
        let is_glued = |c: Option<char>| {
            c.is_some_and(|c| c.is_ascii_alphanumeric() || "第.(（〔-—、".contains(c))
        };
        let behind = chars.get(at).map(|(_, c)| *c);
        let is_ordinal = start == 0 && behind.is_some_and(|c| "..、．)）".contains(c));
        let is_row = text.contains(" | ");
        if !(is_glued(before)
            || behind.is_some_and(|c| c.is_ascii_alphabetic())
            || is_ordinal
            || (is_row && start == 0))
        {
            let end = chars.get(at).map_or(text.len(), |(end, _)| *end);
            found.push(chars[start].0..end);
        }
    }
    found
}
