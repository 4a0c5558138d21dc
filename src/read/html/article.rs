//! Which part of a page is the article.
//!
//! The article is the smallest element that holds most of the page's prose: text
//! that is visible, no link and in no menu. Kept with it are the title, the table
//! of facts and whole sentences elsewhere. What a name (`nav`, `footer`, `share`)
//! says counts only where little prose would go with it, since sites name the
//! frame of an article `print` or `content_top` too.

use super::facts::Facts;
use super::lines::is_block;
use super::names::{is_byline, is_called_article, is_called_page_part, is_facts};
use super::tree::{Id, Step, Tree};

const PAGE_PART: &str = "网页栏目";
const HIDDEN: &str = "网页隐藏文字";

/// What is kept of a page.
pub(super) struct Choice {
    state: Vec<State>,
    /// Whether kept text stands in the node or below it.
    holds_kept: Vec<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Kept,
    /// No text for a reader: scripts, styles, the head.
    Unseen,
    Hidden,
    PagePart,
}

impl Choice {
    /// Says whether the node or something below it is kept.
    pub(super) fn is_kept(&self, id: Id) -> bool {
        self.holds_kept[id]
    }

    /// Says whether the node is no text for a reader.
    pub(super) fn is_unseen(&self, id: Id) -> bool {
        self.state[id] == State::Unseen
    }

    /// The largest parts that hold nothing kept, with the reason.
    pub(super) fn dropped_roots(&self, tree: &Tree) -> Vec<(Id, &'static str)> {
        let is_inside = |id: Id| {
            let parent = tree.node(id).parent;
            parent.is_some_and(|parent| !self.holds_kept[parent])
        };
        tree.walk(0, |id| self.is_unseen(id) || is_inside(id))
            .filter_map(|step| match step {
                Step::Enter(id) if !self.holds_kept[id] => Some(id),
                _ => None,
            })
            .map(|id| {
                let is_hidden = self.state[id] == State::Hidden;
                (id, if is_hidden { HIDDEN } else { PAGE_PART })
            })
            .collect()
    }
}

/// Chooses what is kept.
pub(super) fn choose(tree: &Tree, facts: &Facts) -> Choice {
    let mut state = visible(tree, true);
    let mut measure = Measure::of(tree, &state);
    if measure.of[0].n_prose < FEW_CHARS {
        // A page that hides nearly all its text was to be shown by a script.
        let unhidden = visible(tree, false);
        let measure_unhidden = Measure::of(tree, &unhidden);
        if measure_unhidden.of[0].n_prose > 3 * measure.of[0].n_prose {
            (state, measure) = (unhidden, measure_unhidden);
        }
    }
    mark_page_parts(tree, &measure, &mut state);
    let measure = Measure::of(tree, &state);
    let article = article(tree, &measure, &state);
    mark_kept(tree, article, &mut state);
    keep_beside(tree, facts, &measure, &mut state);
    let holds_kept = holds_kept(tree, &state);
    Choice { state, holds_kept }
}

const FEW_CHARS: usize = 200;

/// Finds what no reader sees.
fn visible(tree: &Tree, heeds_style: bool) -> Vec<State> {
    let mut state = vec![State::Open; tree.n_nodes()];
    for step in tree.walk(0, |_| false) {
        let Step::Enter(id) = step else { continue };
        let from_above = tree
            .node(id)
            .parent
            .map_or(State::Open, |parent| state[parent]);
        state[id] = match from_above {
            // Scripts in hidden parts are no text either.
            State::Open | State::Hidden if UNSEEN.contains(&tree.name(id)) => State::Unseen,
            State::Open if tree.name(id) == "del" || heeds_style && is_hidden(tree, id) => {
                State::Hidden
            }
            _ => from_above,
        };
    }
    state
}

/// How a word is read (`rt`) stands above it and is no part of the line.
const UNSEEN: [&str; 14] = [
    "head", "script", "style", "template", "noscript", "title", "meta", "link", "object", "svg",
    "math", "noframes", "rt", "rp",
];

fn is_hidden(tree: &Tree, id: Id) -> bool {
    let css = tree.attribute(id, "style").unwrap_or_default();
    let css = css.replace(' ', "").to_lowercase();
    css.contains("display:none")
        || css.contains("visibility:hidden")
        || tree.attribute(id, "hidden").is_some()
}

/// Counts of visible characters.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_field_names, reason = "counts are named n_…")]
struct Count {
    /// Outside links.
    n_prose: usize,
    n_link: usize,
    /// Ends of sentences outside links.
    n_stops: usize,
}

/// The counts of every node with all below it.
struct Measure {
    of: Vec<Count>,
}

impl Measure {
    fn of(tree: &Tree, state: &[State]) -> Self {
        let mut of = vec![Count::default(); tree.n_nodes()];
        let mut n_links = 0_usize;
        for step in tree.walk(0, |id| state[id] != State::Open) {
            match step {
                Step::Enter(id) if tree.name(id) == "a" => n_links += 1,
                Step::Enter(id) => {
                    let text = tree.own_text(id).unwrap_or_default();
                    let n_chars = text.chars().filter(|c| !c.is_whitespace()).count();
                    if n_links > 0 {
                        of[id].n_link = n_chars;
                    } else {
                        of[id].n_prose = n_chars;
                        of[id].n_stops = text.matches(['。', '；']).count();
                    }
                }
                Step::Leave(id) => {
                    n_links -= usize::from(tree.name(id) == "a");
                    if let Some(parent) = tree.node(id).parent {
                        let count = of[id];
                        of[parent].n_prose += count.n_prose;
                        of[parent].n_link += count.n_link;
                        of[parent].n_stops += count.n_stops;
                    }
                }
            }
        }
        Self { of }
    }
}

/// Marks menus, footers and their like by what they are called.
fn mark_page_parts(tree: &Tree, measure: &Measure, state: &mut [State]) {
    let n_all = measure.of[0].n_prose;
    for step in tree.walk(0, |_| false) {
        let Step::Enter(id) = step else { continue };
        let from_above = tree
            .node(id)
            .parent
            .map_or(State::Open, |parent| state[parent]);
        if from_above == State::PagePart && state[id] == State::Open {
            state[id] = State::PagePart;
        }
        let count = measure.of[id];
        let is_small = count.n_prose * 10 < n_all && (count.n_stops < 2 || count.n_prose < 100);
        let is_bar = count.n_prose == 0 && is_bar(tree, id);
        if state[id] == State::Open && (is_bar || is_small && is_called_page_part(tree, id)) {
            state[id] = State::PagePart;
        }
    }
}

/// Says whether the element is a row of short links: 繁體 | 无障碍 | 登录.
fn is_bar(tree: &Tree, id: Id) -> bool {
    if !matches!(tree.name(id), "div" | "ul" | "header" | "center") {
        return false;
    }
    let mut n_links = 0;
    for step in tree.walk(id, |_| false) {
        let Step::Enter(inner) = step else { continue };
        if tree.name(inner) == "a" {
            let text = text_of(tree, inner, &|_| true);
            n_links += 1;
            if text.chars().count() > MAX_BAR_CHARS {
                return false;
            }
        }
    }
    n_links >= MIN_BAR_LINKS
}

const MIN_BAR_LINKS: usize = 3;
const MAX_BAR_CHARS: usize = 6;

/// The article: the smallest element with most of the prose, where there is one,
/// else a container that content systems write.
fn article(tree: &Tree, measure: &Measure, state: &[State]) -> Id {
    let n_all = measure.of[0].n_prose;
    let mut article = 0;
    loop {
        let children = tree.node(article).children.iter().copied();
        let main = children
            .filter(|id| measure.of[*id].n_prose * 4 >= n_all * 3 && n_all > 0)
            .find(|id| may_frame_article(tree, *id));
        match main {
            Some(id) if !has_text_beside(tree, measure, state, article, id) => article = id,
            _ => break,
        }
    }
    if !matches!(tree.name(article), "" | "html" | "body") {
        return article;
    }
    (0..tree.n_nodes())
        .filter(|id| measure.of[*id].n_prose * 2 > n_all && is_called_article(tree, *id))
        .max_by_key(|id| measure.of[*id].n_prose)
        .unwrap_or(article)
}

/// Says whether `frame` holds text of the article beside its main part, as
/// tables and annexes in blocks of their own: words without links, and no facts.
fn has_text_beside(tree: &Tree, measure: &Measure, state: &[State], frame: Id, main: Id) -> bool {
    let seen = |id: Id| state[id] == State::Open;
    let (mut n_prose, mut n_link) = (0, 0);
    for id in tree
        .node(frame)
        .children
        .iter()
        .copied()
        .filter(|id| *id != main)
    {
        let count = measure.of[id];
        let is_part = count.n_prose > 0 && !is_facts(&text_of(tree, id, &seen));
        n_prose += if is_part { count.n_prose } else { 0 };
        n_link += count.n_link;
    }
    n_prose >= MIN_TEXT_BESIDE && n_link * 4 < n_prose
}

const MIN_TEXT_BESIDE: usize = 60;

/// A table that frames a page holds its article in one cell among few; its rows
/// are not looked into here, so that no row of a form is lost.
fn may_frame_article(tree: &Tree, id: Id) -> bool {
    let is_frame = matches!(
        tree.name(id),
        "html"
            | "body"
            | "div"
            | "section"
            | "article"
            | "main"
            | "form"
            | "center"
            | "ucapcontent"
    );
    is_frame || !tree.name(id).is_empty() && !is_block(tree.name(id)) && has_blocks(tree, id)
}

fn has_blocks(tree: &Tree, id: Id) -> bool {
    let mut children = tree.node(id).children.iter();
    children.any(|id| is_block(tree.name(*id)))
}

fn mark_kept(tree: &Tree, root: Id, state: &mut [State]) {
    let ids: Vec<Id> = tree
        .walk(root, |id| id != root && state[id] != State::Open)
        .filter_map(|step| match step {
            Step::Enter(id) => Some(id),
            Step::Leave(_) => None,
        })
        .collect();
    for id in ids {
        state[id] = State::Kept;
    }
}

/// Keeps title, facts and sentences that stand outside the article.
fn keep_beside(tree: &Tree, facts: &Facts, measure: &Measure, state: &mut [State]) {
    let mut kept = Vec::new();
    let mut inside: Option<Id> = None;
    let seen = |id: Id| !matches!(state[id], State::Unseen | State::Hidden | State::Kept);
    for step in tree.walk(0, |id| !seen(id)) {
        match (step, inside) {
            (Step::Leave(id), Some(root)) if id == root => inside = None,
            (Step::Enter(id), None) if is_block(tree.name(id)) => {
                let count = measure.of[id];
                let n_chars = count.n_prose + count.n_link;
                let holds_article = tree.name(id) == "body" || tree.name(id) == "html";
                if holds_article || n_chars > MAX_BESIDE_CHARS && has_blocks(tree, id) {
                    continue;
                }
                let text = text_of(tree, id, &seen);
                if is_title(tree, id, &text, facts)
                    || state[id] == State::Open
                        && (is_facts(&text)
                            || !has_blocks(tree, id)
                                && (is_byline(&text) || names_attachments(&text))
                            || is_prose(tree, id, count, &text))
                {
                    kept.push(id);
                    inside = Some(id);
                }
            }
            _ => {}
        }
    }
    for id in kept {
        mark_kept(tree, id, state);
    }
}

const MAX_BESIDE_CHARS: usize = 1500;

/// The text of a part without its blanks; long parts are cut.
fn text_of(tree: &Tree, root: Id, seen: &impl Fn(Id) -> bool) -> String {
    let texts = tree
        .walk(root, |id| !seen(id))
        .filter_map(|step| match step {
            Step::Enter(id) => tree.own_text(id),
            Step::Leave(_) => None,
        });
    texts
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .take(2 * MAX_BESIDE_CHARS)
        .collect()
}

/// A heading that says the same as the head of the page.
fn is_title(tree: &Tree, id: Id, text: &str, facts: &Facts) -> bool {
    let title: String = facts.title.chars().filter(|c| !c.is_whitespace()).collect();
    let is_heading = matches!(tree.name(id), "h1" | "h2" | "h3");
    let is_named = ["id", "class"].iter().any(|key| {
        let names = tree.attribute(id, key).unwrap_or_default().to_lowercase();
        names.contains("title") || names.contains("biaoti")
    });
    text.chars().count() >= 4
        && (text == title || (is_heading || is_named) && title.starts_with(text))
        && !has_blocks(tree, id)
        || is_heading && title.is_empty() && !text.is_empty()
}

/// 附件：某规划.doc below the article.
fn names_attachments(text: &str) -> bool {
    let opens = ["附件：", "附件:", "附件1"]
        .iter()
        .any(|word| text.starts_with(word));
    opens && text.chars().count() <= MAX_ATTACHMENT_CHARS
}

const MAX_ATTACHMENT_CHARS: usize = 200;

/// A paragraph of sentences that no site puts under every page.
fn is_prose(tree: &Tree, id: Id, count: Count, text: &str) -> bool {
    let is_leaf = !has_blocks(tree, id);
    is_leaf
        && count.n_prose >= 30
        && count.n_stops >= 1
        && count.n_link * 3 < count.n_prose
        && ![
            "版权所有",
            "备案",
            "主办单位",
            "技术支持",
            "标识码",
            "浏览器",
            "登录",
        ]
        .iter()
        .any(|word| text.contains(word))
}

fn holds_kept(tree: &Tree, state: &[State]) -> Vec<bool> {
    let mut holds = vec![false; state.len()];
    for step in tree.walk(0, |_| false) {
        if let Step::Leave(id) = step {
            // An element counts by its text, so that an empty frame is dropped.
            let is_line =
                tree.own_text(id).is_some() || matches!(tree.name(id), "br" | "tr" | "td" | "th");
            holds[id] |= state[id] == State::Kept && is_line;
            if let Some(parent) = tree.node(id).parent {
                holds[parent] |= holds[id];
            }
        }
    }
    holds
}
