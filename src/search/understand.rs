//! From typed text to the query that this library is asked.
//!
//! The query language knows fields; which values a field has is known only
//! here. A value that a field cannot have makes the field text again, and a
//! notice says what is allowed. The answer also says how operators and fields
//! were understood.

use super::called::numbered;
use super::fields;
use plansearch_engine::Engine;
use plansearch_query::{self as query, Field, Node, Notice, Query, describe};
use plansearch_text::fold;

/// Reads what was typed, for this library.
pub fn understand(snapshot: &dyn Engine, typed: &str) -> (Query, Vec<Notice>) {
    let (query, mut notices) = query::parse(typed);
    let themes = &snapshot.stamp().themes;
    let root = query
        .root
        .map(|root| with_whole_number(root, snapshot))
        .and_then(|root| settled(root, themes, &mut notices));
    let query = Query { root };
    if let Some(root) = &query.root {
        notice_unknown(root, snapshot, &mut notices);
        if query.has_operators() {
            notices.push(Notice(format!("按{}查找", describe(root))));
        }
    }
    (query, notices)
}

/// A query in which a document number fell apart at a blank, with the number whole:
/// `文号:嘉政发2020 15`.
fn with_whole_number(root: Node, snapshot: &dyn Engine) -> Node {
    let Node::All(nodes) = root else {
        return root;
    };
    let mut whole: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        if let Node::Run(text) = &node
            && let Some(Node::Field(Field::Number, value)) = whole.last_mut()
            && !numbered(snapshot, &format!("{value}{text}")).is_empty()
        {
            value.push_str(text);
            continue;
        }
        whole.push(node);
    }
    Node::all(whole.clone()).unwrap_or(Node::All(whole))
}

/// The node with every field whose value it cannot have turned into text.
fn settled(node: Node, themes: &[String], notices: &mut Vec<Notice>) -> Option<Node> {
    let mut all = |nodes: Vec<Node>| -> Vec<Node> {
        let nodes = nodes.into_iter();
        nodes
            .filter_map(|node| settled(node, themes, notices))
            .collect()
    };
    match node {
        Node::All(nodes) => Node::all(all(nodes)),
        Node::Any(nodes) => Node::any(all(nodes)),
        Node::Not(inner) => Some(Node::excluding(settled(*inner, themes, notices)?)),
        Node::Field(field, value) => Some(settled_field(field, value, themes, notices)),
        other => Some(other),
    }
}

fn settled_field(
    field: Field,
    value: String,
    themes: &[String],
    notices: &mut Vec<Notice>,
) -> Node {
    if field == Field::Theme {
        let wanted = fold(&value);
        if let Some(name) = themes.iter().find(|name| fold(name) == wanted) {
            return Node::Field(field, name.clone());
        }
    } else if fields::origin(field, &value).is_some() {
        return Node::Field(field, value);
    }
    let name = field.name();
    let allowed = fields::allowed(field, themes).unwrap_or_default();
    notices.push(Notice(format!(
        "“{value}”不是{name}，“{name}:{value}”按文字查找；{name}可写：{allowed}"
    )));
    Node::Run(format!("{name}:{value}"))
}

/// Says when a field names what the library does not have.
fn notice_unknown(node: &Node, snapshot: &dyn Engine, notices: &mut Vec<Notice>) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => {
            for node in nodes {
                notice_unknown(node, snapshot, notices);
            }
        }
        Node::Not(inner) => notice_unknown(inner, snapshot, notices),
        Node::Field(field, value) if *field != Field::Title => {
            // What cannot be asked fails the search itself; here it is no reason to speak.
            let is_had = |origin| snapshot.has(&origin).unwrap_or(true);
            let is_known = fields::origin(*field, value).is_some_and(is_had);
            if !is_known {
                let name = field.name();
                notices.push(Notice(format!("文献库中没有符合“{name}:{value}”的内容")));
            }
        }
        _ => {}
    }
}
