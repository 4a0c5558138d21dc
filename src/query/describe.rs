//! Says in words for a person how a query was understood.

use super::node::{Field, Node};

/// The condition in words: `“氢能”且（“储运”或“运输”），不含“煤炭”`.
///
/// ```
/// use plansearch_query::{describe, parse};
/// let (query, _) = parse("氢能 (储运 | 运输) -煤炭");
/// let words = query.root.as_ref().map(describe);
/// assert_eq!(words.as_deref(), Some("“氢能”且（“储运”或“运输”），不含“煤炭”"));
/// ```
pub fn describe(node: &Node) -> String {
    match node {
        Node::All(nodes) => {
            let (excluded, required): (Vec<&Node>, Vec<&Node>) =
                nodes.iter().partition(|node| matches!(node, Node::Not(_)));
            let mut parts = Vec::new();
            if !required.is_empty() {
                parts.push(joined(required, "且", Node::is_any));
            }
            parts.extend(excluded.into_iter().map(describe));
            parts.join("，")
        }
        Node::Any(nodes) => joined(nodes, "或", |node| {
            matches!(node, Node::All(_) | Node::Not(_))
        }),
        Node::Run(text) | Node::Phrase(text) => format!("“{text}”"),
        Node::Pieces(pieces) => format!("“{}”", pieces.join("…")),
        Node::Figure(range) => format!("数值{range}"),
        Node::Not(inner) => {
            let verb = match **inner {
                Node::Run(_) | Node::Phrase(_) | Node::Pieces(_) => "不含",
                _ => "不符合",
            };
            format!(
                "{verb}{}",
                in_brackets(inner, |node| node.is_any() || node.is_all())
            )
        }
        Node::Field(field, value) => match field {
            Field::Theme | Field::Type | Field::Year => format!("{}为“{value}”", field.name()),
            _ => format!("{}含“{value}”", field.name()),
        },
        Node::Sentence(inner) => format!("同一句中（{}）", describe(inner)),
        Node::Near {
            left,
            right,
            distance,
        } => format!(
            "{}与{}相距不过{distance}字",
            in_brackets(left, Node::is_any),
            in_brackets(right, Node::is_any)
        ),
    }
}

fn joined<'a>(
    nodes: impl IntoIterator<Item = &'a Node>,
    word: &str,
    needs_brackets: fn(&Node) -> bool,
) -> String {
    let parts: Vec<String> = nodes
        .into_iter()
        .map(|node| in_brackets(node, needs_brackets))
        .collect();
    parts.join(word)
}

fn in_brackets(node: &Node, needs_brackets: impl Fn(&Node) -> bool) -> String {
    if needs_brackets(node) {
        format!("（{}）", describe(node))
    } else {
        describe(node)
    }
}

impl Node {
    fn is_any(&self) -> bool {
        matches!(self, Self::Any(_))
    }

    fn is_all(&self) -> bool {
        matches!(self, Self::All(_))
    }
}
