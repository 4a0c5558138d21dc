//! Which numbers make headings.
//!
//! A numbered line is looked at together with its siblings: lines of the same
//! style whose values run on (1, 2, 3 …) form a [`Run`], and a run is accepted or
//! refused as a whole. It is accepted when most of its members are built as
//! headings are (a title alone on its line, or a first sentence that names the
//! subject and text behind it) and when they own text; otherwise it is a list
//! and its members stay paragraphs. 章 and 节 name their unit and need no
//! siblings; items below a 条 are never headings.

use super::block::{Block, HeadingKind, HeadingMark, Role, head, tail, trim, without_blanks};
use super::boxes;
use super::glue;
use super::measure::is_measure;
use super::ordinal::{self, Ordinal, Style};
use super::sentence::{self, first_sentence, marks};
use super::unnumbered;
use plansearch_text::Span;
use plansearch_text::fold::is_blank;
use std::collections::HashMap;

/// The longest title of a heading that stands alone on its line.
const MAX_ALONE_CHARS: usize = 60;
/// The longest first sentence that is a title with text behind it.
const MAX_SENTENCE_CHARS: usize = 48;

/// The longest title of a line without a full stop among siblings with titles.
const MAX_LONG_TITLE_CHARS: usize = 90;

/// 指导思想：以… is title and text when the line is longer; else it is an item.
const MIN_LABELLED_CHARS: usize = 36;
const MIN_LONG_LABELLED_CHARS: usize = 60;
const MAX_LABEL_CHARS: usize = 20;

/// How the words behind a number are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A title and nothing else.
    Alone,
    /// A title ended by a full stop and nothing else.
    AloneStopped,
    /// A title, then text from the given byte of the line on.
    Running { title: Span, body: usize },
    /// Prose: the number has no title.
    Prose,
}

/// A numbered line that may be a heading.
#[derive(Debug)]
struct Candidate {
    block_idx: usize,
    ordinal: Ordinal,
    shape: Shape,
    /// The format says that it is a heading.
    is_marked: bool,
    /// It ends in a semicolon, as items of a list do.
    is_item: bool,
    /// It is one sentence, with who does it in brackets behind it.
    is_measure: bool,
}

/// Marks headings; cuts the text that runs on behind a title into its own block.
pub(super) fn mark(blocks: &mut Vec<Block>) {
    *blocks = std::mem::take(blocks)
        .into_iter()
        .flat_map(glue::split_numbers)
        .collect();
    boxes::mark(blocks);
    join_lone_numbers(blocks);
    let candidates = candidates(blocks);
    let accepted = accepted(&candidates, blocks);
    let mut headed: HashMap<usize, &Candidate> = HashMap::new();
    for candidate in accepted {
        headed.insert(candidate.block_idx, candidate);
    }
    let is_unnumbered = candidates.is_empty();
    *blocks = std::mem::take(blocks)
        .into_iter()
        .enumerate()
        .flat_map(|(idx, block)| match headed.get(&idx) {
            Some(candidate) => heading_blocks(block, candidate),
            None => vec![unnumbered::marked(block)],
        })
        .collect();
    if is_unnumbered {
        unnumbered::mark_lone_titles(blocks);
    }
}

/// Joins a number that stands alone on its line with the title on the next one.
fn join_lone_numbers(blocks: &mut Vec<Block>) {
    for idx in 0..blocks.len() {
        let is_lone = blocks[idx].is_open()
            && ordinal::scan(&blocks[idx].text).is_some_and(|o| {
                tail(&blocks[idx].text, o.rest).is_empty() && o.style != Style::Article
            });
        let next = (idx + 1..blocks.len())
            .take(3)
            .find(|next| !blocks[*next].text.is_empty());
        if let Some(next) = next.filter(|_| is_lone)
            && blocks[next].is_open()
            && ordinal::scan(&blocks[next].text).is_none()
            && sentence::is_title(&blocks[next].text, MAX_ALONE_CHARS)
        {
            let title = std::mem::take(&mut blocks[next].text);
            blocks[idx].text = format!("{} {title}", blocks[idx].text);
        }
    }
    blocks.retain(|block| !block.text.is_empty());
}

fn candidates(blocks: &[Block]) -> Vec<Candidate> {
    let open = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.is_open());
    open.filter_map(|(block_idx, block)| {
        let ordinal = ordinal::scan(&block.text)?;
        let shape = shape(&block.text, &ordinal);
        let begin = ordinal.rest;
        Some(Candidate {
            block_idx,
            ordinal,
            shape,
            is_marked: block.mark_level > 0,
            is_item: block.text.ends_with(['；', ';']),
            is_measure: is_measure(tail(&block.text, begin)),
        })
    })
    .collect()
}

/// Finds title and text in the words behind a number.
fn shape(text: &str, ordinal: &Ordinal) -> Shape {
    let begin = ordinal.rest;
    let words = tail(text, begin);
    let span = |from: usize, to: usize| Span::new(begin + from, begin + to);
    let bare = trim(words.trim_end_matches(['：', ':']));
    if ordinal.style == Style::Article {
        return article_shape(words, begin);
    }
    let parted = glue::title_before_blank(words).or_else(|| glue::title_before_dash(words));
    if let Some((end, body)) = parted.filter(|_| !ordinal.is_bare) {
        return Shape::Running {
            title: span(0, end),
            body: begin + body,
        };
    }
    if let Some(end) = glue::title_before_goal(words).filter(|_| !ordinal.is_bare) {
        return Shape::Running {
            title: span(0, end),
            body: begin + end,
        };
    }
    if let Some(first) = first_sentence(words) {
        let title = first.words.of(words);
        let rest = tail(words, first.after);
        if trim(rest).is_empty() && sentence::is_title(title, MAX_ALONE_CHARS) {
            return Shape::AloneStopped;
        }
        if sentence::is_title(title, MAX_SENTENCE_CHARS) {
            return Shape::Running {
                title: span(0, first.words.end),
                body: begin + first.after,
            };
        }
    } else if sentence::is_plain_title(bare, MAX_ALONE_CHARS) && !words.ends_with(['；', ';']) {
        return Shape::Alone;
    }
    // 指导思想　以…为指导。 and 指导思想：以…为指导。
    let mark = marks(words)
        .take(30)
        .find(|(_, c)| is_blank(*c) || matches!(c, '：' | ':'));
    if let Some((at, c)) = mark
        && !ordinal.is_bare
        && ordinal.style < Style::Arabic
        && sentence::is_title(head(words, at), MAX_LABEL_CHARS)
        && (words.chars().count() > MIN_LABELLED_CHARS && words.ends_with('。')
            || words.chars().count() > MIN_LONG_LABELLED_CHARS)
        && !words.ends_with(['；', ';'])
        && n_words(head(words, at)) >= 2
    {
        return Shape::Running {
            title: span(0, at),
            body: begin + at + c.len_utf8(),
        };
    }
    match glue::title_end(words).filter(|_| !ordinal.is_bare) {
        Some(end) => Shape::Running {
            title: span(0, end),
            body: begin + end,
        },
        None => Shape::Prose,
    }
}

fn n_words(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// 第一条 has its text behind the number, seldom a title: 第一条【目的】 or 第一条 目的.
fn article_shape(words: &str, begin: usize) -> Shape {
    let bracketed = words
        .starts_with(['【', '［', '['])
        .then(|| words.find(['】', '］', ']']))
        .flatten()
        .filter(|at| head(words, *at).chars().count() <= 24);
    if let Some(at) = bracketed {
        let close = words
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        return Shape::Running {
            title: Span::new(begin, begin + at + close),
            body: begin + at + close,
        };
    }
    if sentence::is_title(words, 24) && !words.ends_with('。') {
        return Shape::Alone;
    }
    Shape::Running {
        title: Span::new(begin, begin),
        body: begin,
    }
}

/// Lines of one style whose values run on.
struct Run {
    style: Style,
    members: Vec<usize>,
    last: u32,
}

/// Picks the candidates whose run is one of headings, in document order.
fn accepted<'a>(candidates: &'a [Candidate], blocks: &[Block]) -> Vec<&'a Candidate> {
    let candidates_owning = owning(candidates, blocks);
    let runs = runs(candidates);
    let has_articles = runs.iter().any(|run| {
        let first = run.members.first().and_then(|idx| candidates.get(*idx));
        let is_whole = first.is_some_and(|first| first.ordinal.value == 1);
        let n_least = if is_whole { MIN_WHOLE } else { MIN_ARTICLES };
        run.style == Style::Article && run.members.len() >= n_least
    });
    let mut is_accepted = vec![false; candidates.len()];
    // Numbers 1.1 below a bare 1.
    let is_chained = |candidate: &&Candidate| candidate.ordinal.style == Style::Chain(2);
    let n_chained = candidates.iter().filter(is_chained).count();
    for run in &runs {
        let members: Vec<&Candidate> = run
            .members
            .iter()
            .filter_map(|idx| candidates.get(*idx))
            .collect();
        let n_owning = run
            .members
            .iter()
            .filter(|idx| candidates_owning[**idx])
            .count();
        // Sentences one below the other, and what closes the text behind the last.
        let are_sentences = members
            .iter()
            .all(|member| member.shape == Shape::AloneStopped);
        let is_list = n_owning == 1
            && members.len() > 1
            && are_sentences
            && run
                .members
                .last()
                .is_some_and(|idx| candidates_owning[*idx]);
        let n_owning = if is_list { 0 } else { n_owning };
        let is_article = run.style == Style::Article && has_articles;
        if is_article || is_heading_run(run.style, &members, n_owning, n_chained) {
            for idx in &run.members {
                is_accepted[*idx] = members.len() > 1 || candidates[*idx].shape != Shape::Prose;
            }
        }
    }
    refuse_below_articles(candidates, blocks, &mut is_accepted);
    refuse_single_runs(&runs, &mut is_accepted);
    candidates
        .iter()
        .zip(is_accepted)
        .filter_map(|(candidate, is_accepted)| is_accepted.then_some(candidate))
        .collect()
}

/// Articles come in numbers; where they do, one apart from the others is one too.
const MIN_ARTICLES: usize = 3;
/// Fewer do where they begin with 第一条.
const MIN_WHOLE: usize = 2;

/// For each candidate, whether something stands between it and the next of the
/// same or a higher style.
fn owning(candidates: &[Candidate], blocks: &[Block]) -> Vec<bool> {
    (0..candidates.len())
        .map(|idx| {
            let candidate = &candidates[idx];
            let next = blocks
                .iter()
                .enumerate()
                .skip(candidate.block_idx + 1)
                .find(|(_, block)| !matches!(block.role, Role::Dropped(_)));
            let is_next_sibling = candidates.get(idx + 1).is_some_and(|after| {
                next.is_some_and(|(at, _)| at == after.block_idx)
                    && after.ordinal.style <= candidate.ordinal.style
            });
            let ends = next.is_none_or(|(_, block)| {
                !matches!(
                    block.role,
                    Role::Open | Role::Caption | Role::Row(_) | Role::Head(_)
                )
            });
            matches!(candidate.shape, Shape::Running { .. }) || !is_next_sibling && !ends
        })
        .collect()
}

fn runs(candidates: &[Candidate]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open: HashMap<Style, usize> = HashMap::new();
    for (idx, candidate) in candidates.iter().enumerate() {
        let (style, value) = (candidate.ordinal.style, candidate.ordinal.value);
        let running = open.get(&style).copied().filter(|at| {
            let last = runs[*at].last;
            value > last && value <= last + 3
        });
        let at = running.unwrap_or_else(|| {
            runs.push(Run {
                style,
                members: Vec::new(),
                last: 0,
            });
            runs.len() - 1
        });
        runs[at].members.push(idx);
        runs[at].last = value;
        open.insert(style, at);
    }
    runs
}

fn is_heading_run(style: Style, members: &[&Candidate], n_owning: usize, n_chained: usize) -> bool {
    let n_all = members.len();
    let n_titled = members
        .iter()
        .filter(|member| member.shape != Shape::Prose)
        .count();
    let n_bare = members
        .iter()
        .filter(|member| member.ordinal.is_bare)
        .count();
    let starts = members.first().map_or(0, |first| first.ordinal.value);
    let n_marked = members.iter().filter(|member| member.is_marked).count();
    if n_marked * 2 > n_all && n_titled * 2 >= n_all {
        return true;
    }
    // Measures are passages, each whole; a list of them has no titles.
    let n_measures = members.iter().filter(|member| member.is_measure).count();
    if n_measures > 0 && n_measures * 3 >= n_all * 2 {
        return false;
    }
    let n_items = members.iter().filter(|member| member.is_item).count();
    if n_items * 2 >= n_all && style >= Style::Roman {
        return false;
    }
    let is_divided = style == Style::Chain(1) && n_chained > 0 && starts == 1;
    let is_broken_off = starts > 1 && n_all == 1 && style > Style::ChineseParen;
    if n_bare * 2 > n_all && (n_all < 3 && !is_divided || starts > 1 || n_titled < n_all) {
        return false;
    }
    match style {
        Style::Part | Style::Chapter | Style::Section => n_titled * 2 >= n_all,
        Style::Article => n_all >= MIN_ARTICLES,
        Style::Roman | Style::Chinese | Style::ChineseParen => {
            n_titled * 2 >= n_all && n_owning * 2 >= n_all
        }
        Style::Chain(_) => n_titled == n_all && n_owning * 2 >= n_all,
        _ => n_titled * 3 >= n_all * 2 && n_owning * 3 >= n_all * 2 && !is_broken_off,
    }
}

/// Items of an article are its text, up to the next attachment.
fn refuse_below_articles(candidates: &[Candidate], blocks: &[Block], is_accepted: &mut [bool]) {
    let mut in_article = false;
    let mut seen = 0;
    for (candidate, is_accepted) in candidates.iter().zip(is_accepted) {
        let between = blocks.get(seen..candidate.block_idx).unwrap_or_default();
        in_article &= !between
            .iter()
            .any(|block| matches!(block.role, Role::Heading(_)));
        seen = candidate.block_idx;
        match candidate.ordinal.style {
            Style::Article => in_article |= *is_accepted,
            style if style.names_unit() => in_article = false,
            _ => *is_accepted &= !in_article,
        }
    }
}

/// A lone `1.` counts only where its style numbers headings elsewhere.
fn refuse_single_runs(runs: &[Run], is_accepted: &mut [bool]) {
    let mut n_long: HashMap<Style, usize> = HashMap::new();
    for run in runs.iter().filter(|run| run.members.len() > 1) {
        if run.members.iter().any(|idx| is_accepted[*idx]) {
            *n_long.entry(run.style).or_default() += 1;
        }
    }
    let single = |run: &&Run| run.members.len() == 1 && run.style > Style::ChineseParen;
    for run in runs.iter().filter(single) {
        // 2.1.1 stands below 2.1, where such numbers divide the text.
        let is_below_chain = match run.style {
            Style::Chain(n) => n > 2 && n_long.contains_key(&Style::Chain(n - 1)),
            _ => false,
        };
        if is_below_chain {
            continue;
        }
        if !n_long.contains_key(&run.style) {
            for idx in &run.members {
                is_accepted[*idx] = false;
            }
        }
    }
}

/// The heading, and the text behind it when there is some.
fn heading_blocks(block: Block, candidate: &Candidate) -> Vec<Block> {
    let ordinal = &candidate.ordinal;
    let (title, body) = match candidate.shape {
        Shape::Running { title, body } => (title.of(&block.text), tail(&block.text, body)),
        Shape::Prose => long_title(&block.text, ordinal),
        Shape::Alone | Shape::AloneStopped => (tail(&block.text, ordinal.rest), ""),
    };
    let title = unspaced(title);
    let title = trim(trim(&title).trim_end_matches(['。', '．', '.', '：', ':'])).to_owned();
    let mark = HeadingMark {
        kind: HeadingKind::Numbered(ordinal.clone()),
        number: ordinal.number.clone(),
        title,
        mark_level: block.mark_level,
    };
    let rest = Block {
        mark_level: 0,
        ..Block::open(body, block.line)
    };
    let heading = Block {
        role: Role::Heading(mark),
        ..block
    };
    if rest.text.is_empty() {
        vec![heading]
    } else {
        vec![heading, rest]
    }
}

/// 总　　则 is 总则: single characters set apart are one word.
fn unspaced(title: &str) -> String {
    let is_spaced = title
        .split_whitespace()
        .all(|word| word.chars().count() == 1);
    if is_spaced {
        without_blanks(title)
    } else {
        title.to_owned()
    }
}

/// The title of a line whose siblings have one but which has none that is built
/// as titles are: its first sentence, unless that is long.
fn long_title<'a>(text: &'a str, ordinal: &Ordinal) -> (&'a str, &'a str) {
    let words = tail(text, ordinal.rest);
    let colon = marks(words).find(|(_, c)| matches!(c, '：' | ':'));
    if let Some((at, c)) = colon
        && ordinal.style < Style::Arabic
        && sentence::is_title(head(words, at), MAX_LABEL_CHARS)
    {
        return (head(words, at), tail(words, at + c.len_utf8()));
    }
    let first = first_sentence(words);
    let (title, body) = match &first {
        Some(first) => (first.words.of(words), tail(words, first.after)),
        None => (words, ""),
    };
    let limit = if first.is_some() {
        MAX_ALONE_CHARS
    } else {
        MAX_LONG_TITLE_CHARS
    };
    let has_stop = marks(title).any(|(_, c)| matches!(c, '；' | '：' | ':'));
    let is_prose =
        first.is_none() && sentence::opens_as_prose(title) || first.is_some() && has_stop;
    if is_prose || title.chars().count() > limit {
        return (head(words, 0), words);
    }
    (title, body)
}
