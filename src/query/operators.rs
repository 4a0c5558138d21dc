//! From parts and operators in a row to a tree.
//!
//! An operator without a place as one is text, and a notice says so; only `|` is
//! left out instead, because no text is searched for it.

use super::Notice;
use super::lex::narrow;
use super::node::Node;

/// Largest distance of `near/N`, in characters.
pub(super) const MAX_DISTANCE: usize = 1000;

/// What a query is made of, between its brackets.
#[derive(Debug, Clone)]
pub(super) enum Item<'a> {
    Part(Node),
    /// An operator and how it was typed.
    Operator(Operator, &'a str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Pipe,
    Or,
    And,
    Near(usize),
    Not,
}

/// The operator that a word alone between blanks may be.
pub(super) fn operator(typed: &str, notices: &mut Vec<Notice>) -> Option<Operator> {
    let narrow = narrow(typed);
    match narrow.as_str() {
        "或" | "OR" => return Some(Operator::Or),
        "且" | "AND" => return Some(Operator::And),
        "非" | "NOT" => return Some(Operator::Not),
        _ => {}
    }
    let (name, distance) = narrow.split_once('/')?;
    if !name.eq_ignore_ascii_case("near") && name != "近" {
        return None;
    }
    let distance = distance.parse().ok();
    if let Some(distance) = distance.filter(|n| (1..=MAX_DISTANCE).contains(n)) {
        return Some(Operator::Near(distance));
    }
    notices.push(Notice(format!(
        "“{typed}”按文字查找；要限定距离，请写 near/1 至 near/{MAX_DISTANCE}"
    )));
    None
}

/// Says whether `items` look like a row of a table with `|` between its cells:
/// one stands at an end, a cell is empty, or one of many cells holds no letter.
pub(super) fn is_table_row(items: &[Item<'_>]) -> bool {
    let is_pipe = |item: &Item<'_>| matches!(item, Item::Operator(Operator::Pipe, _));
    let has_no_letter = |item: &Item<'_>| match item {
        Item::Part(Node::Run(text)) => !text.chars().any(char::is_alphabetic),
        _ => false,
    };
    let mut cells = items.split(is_pipe);
    let has_number_cell = cells.clone().any(|cell| cell.iter().all(has_no_letter));
    items.iter().any(is_pipe)
        && (cells.any(<[_]>::is_empty) || (items.split(is_pipe).count() > 2 && has_number_cell))
}

/// Builds the tree; `as_text` makes a leaf of an operator that does not fit.
pub(super) fn tree(
    items: Vec<Item<'_>>,
    as_text: &dyn Fn(&str) -> Option<Node>,
    notices: &mut Vec<Notice>,
) -> Option<Node> {
    let mut builder = Builder {
        items,
        at: 0,
        as_text,
        notices,
    };
    let mut nodes = Vec::new();
    while builder.at < builder.items.len() {
        nodes.extend(builder.alternatives());
    }
    Node::all(nodes)
}

struct Builder<'a> {
    items: Vec<Item<'a>>,
    at: usize,
    as_text: &'a dyn Fn(&str) -> Option<Node>,
    notices: &'a mut Vec<Notice>,
}

impl Builder<'_> {
    fn alternatives(&mut self) -> Option<Node> {
        let mut nodes = vec![self.conjunction()?];
        while self.takes(|operator| matches!(operator, Operator::Pipe | Operator::Or)) {
            nodes.extend(self.conjunction());
        }
        Node::any(nodes)
    }

    fn conjunction(&mut self) -> Option<Node> {
        let mut nodes = vec![self.closeness()?];
        while self.takes(|operator| operator == Operator::And) {
            nodes.extend(self.closeness());
        }
        Node::all(nodes)
    }

    /// Parts with `near` between them; of three, the middle one is close to
    /// both others.
    fn closeness(&mut self) -> Option<Node> {
        let mut left = self.part()?;
        let mut nodes = Vec::new();
        while let Some(&Item::Operator(Operator::Near(distance), typed)) = self.items.get(self.at)
            && self.takes(|operator| operator == Operator::Near(distance))
        {
            let Some(right) = self.part() else { break };
            if let Some(near) = near(&left, &right, distance) {
                nodes.push(near);
            } else {
                self.notices.push(Notice(format!(
                    "{typed} 两边只能是词语、短语或它们的“或”，这里按两边都要有查找"
                )));
                nodes.extend([left, right.clone()]);
            }
            left = right;
        }
        if nodes.is_empty() {
            nodes.push(left);
        }
        Node::all(nodes)
    }

    fn part(&mut self) -> Option<Node> {
        let is_excluded = self.takes(|operator| operator == Operator::Not);
        if is_excluded {
            return self.part_behind_not();
        }
        let item = self.items.get(self.at).cloned();
        self.at += 1;
        match item {
            Some(Item::Part(node)) => Some(node),
            Some(Item::Operator(operator, typed)) => self.misfit(operator, typed),
            None => None,
        }
    }

    fn part_behind_not(&mut self) -> Option<Node> {
        let mut is_excluded = true;
        while self.takes(|operator| operator == Operator::Not) {
            is_excluded = !is_excluded;
        }
        let node = self.part()?;
        Some(if is_excluded {
            Node::excluding(node)
        } else {
            node
        })
    }

    fn misfit(&mut self, operator: Operator, typed: &str) -> Option<Node> {
        if operator == Operator::Pipe {
            self.notices
                .push(Notice("“|”的两边没有都写词语，已略去".to_owned()));
            return None;
        }
        self.notices
            .push(Notice(format!("“{typed}”的旁边缺少词语，已按文字查找")));
        (self.as_text)(typed)
    }

    /// Steps over the operator here when it is a wanted one and a part follows.
    fn takes(&mut self, is_wanted: impl Fn(Operator) -> bool) -> bool {
        let is_here = matches!(self.items.get(self.at),
            Some(Item::Operator(operator, _)) if is_wanted(*operator));
        let mut rest = self.items.iter().skip(self.at + 1);
        let follows = rest.find(|item| !matches!(item, Item::Operator(Operator::Not, _)));
        let takes = is_here && matches!(follows, Some(Item::Part(_)));
        self.at += usize::from(takes);
        takes
    }
}

/// Both sides close to each other; `None` when a side is no text. A side of
/// several required parts is none either: pairing each with each would let a
/// short query grow without bound.
fn near(left: &Node, right: &Node, distance: usize) -> Option<Node> {
    Some(Node::Near {
        left: Box::new(side(left)?),
        right: Box::new(side(right)?),
        distance,
    })
}

/// What stands as written: a side of `near`.
fn side(node: &Node) -> Option<Node> {
    match node {
        Node::Run(text) => super::leaf::phrase_node(text),
        Node::Phrase(_) | Node::Pieces(_) => Some(node.clone()),
        Node::Any(nodes) => Node::any(nodes.iter().map(side).collect::<Option<Vec<_>>>()?),
        _ => None,
    }
}
