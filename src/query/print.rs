//! Prints a query so that parsing it gives the same query again.
//!
//! Alternatives bind tighter than the space and `且` tighter than those, so
//! brackets are printed only where a bracket was typed: around alternatives
//! inside a conjunction that is itself an alternative, and behind `-`.

use std::fmt;

use super::lex::{QUOTES, excludes};
use super::node::Node;
use super::parse::SENTENCE;
use super::{Field, Query};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root
            .as_ref()
            .map_or(Ok(()), |root| write!(f, "{root}"))
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(nodes) => print_joined(f, nodes, " ", |f, node| write!(f, "{node}")),
            Self::Any(nodes) => print_joined(f, nodes, " 或 ", print_alternative),
            Self::Run(text) => f.write_str(text),
            Self::Phrase(text) => print_quoted(f, text),
            Self::Pieces(pieces) => print_quoted(f, &pieces.join("*")),
            Self::Figure(range) => write!(f, "{range}"),
            Self::Not(inner) => print_not(f, inner),
            Self::Field(field, value) => print_field(f, *field, value),
            Self::Sentence(inner) => write!(f, "{SENTENCE}:({inner})"),
            Self::Near {
                left,
                right,
                distance,
            } => {
                print_side(f, left)?;
                write!(f, " near/{distance} ")?;
                print_side(f, right)
            }
        }
    }
}

type Printed = fn(&mut fmt::Formatter<'_>, &Node) -> fmt::Result;

fn print_joined(
    f: &mut fmt::Formatter<'_>,
    nodes: &[Node],
    mark: &str,
    print: Printed,
) -> fmt::Result {
    for (at, node) in nodes.iter().enumerate() {
        if at > 0 {
            f.write_str(mark)?;
        }
        print(f, node)?;
    }
    Ok(())
}

fn print_alternative(f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    match node {
        Node::All(nodes) => print_joined(f, nodes, " 且 ", print_side),
        other => write!(f, "{other}"),
    }
}

fn print_side(f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    match node {
        Node::Any(_) | Node::All(_) => write!(f, "({node})"),
        other => write!(f, "{other}"),
    }
}

fn print_not(f: &mut fmt::Formatter<'_>, inner: &Node) -> fmt::Result {
    match inner {
        Node::Near { .. } => write!(f, "-({inner})"),
        // Before a number or a mark a minus is text.
        Node::Run(text) if !excludes(&format!("-{text}")) => write!(f, "非 {text}"),
        _ => {
            f.write_str("-")?;
            print_side(f, inner)
        }
    }
}

fn print_field(f: &mut fmt::Formatter<'_>, field: Field, value: &str) -> fmt::Result {
    write!(f, "{}:", field.name())?;
    let is_bare = value.chars().all(|c| c.is_alphanumeric() || c == '.');
    if is_bare {
        f.write_str(value)
    } else {
        print_quoted(f, value)
    }
}

fn print_quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let (open, close) = QUOTES
        .into_iter()
        .find(|(_, close)| !text.contains(*close))
        .unwrap_or(('"', '"'));
    write!(f, "{open}{text}{close}")
}
