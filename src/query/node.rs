//! The tree of a query, always in one canonical form.
//!
//! [`Node::all`], [`Node::any`] and [`Node::excluding`] are the only makers of inner
//! nodes: they flatten, leave out what stands twice and unwrap what is alone, so
//! that two queries that say the same in the same words are the same tree.

use plansearch_figure::FigureRange;

/// A part of a query, as a condition on a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Text without quotation marks: all its words stand, as strings.
    Run(String),
    /// Text in quotation marks: it stands as it is.
    Phrase(String),
    /// A phrase with `*` between its pieces: they stand in this order in one
    /// sentence, not far apart. At least two pieces, each with text.
    Pieces(Vec<String>),
    /// All of these, at least two.
    All(Vec<Node>),
    /// At least one of these, at least two.
    Any(Vec<Node>),
    /// A figure on one side of a value.
    Figure(Box<FigureRange>),
    /// Everything but this.
    Not(Box<Node>),
    /// Where the passage comes from.
    Field(Field, String),
    /// One sentence of the passage fulfils this.
    Sentence(Box<Node>),
    /// Both stand with at most `distance` characters between them, in either
    /// order. The sides are phrases, pieces or alternatives of these.
    Near {
        /// One side.
        left: Box<Node>,
        /// The other side.
        right: Box<Node>,
        /// Most characters between the two.
        distance: usize,
    },
}

/// A property of a passage or its document that a query can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Id or title of the document.
    Doc,
    /// A heading above the passage, at any level.
    Chapter,
    /// The lead of the passage or the heading next above it.
    Title,
    /// A theme of the passage.
    Theme,
    /// An issuing body of the document.
    Issuer,
    /// The document number.
    Number,
    /// The type of the document.
    Type,
    /// The year of issue.
    Year,
}

impl Field {
    /// All fields, in the order in which the help lists them.
    pub const ALL: [Self; 8] = [
        Self::Doc,
        Self::Chapter,
        Self::Title,
        Self::Theme,
        Self::Issuer,
        Self::Number,
        Self::Type,
        Self::Year,
    ];

    /// The Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Doc => "文档",
            Self::Chapter => "章节",
            Self::Title => "标题",
            Self::Theme => "主题",
            Self::Issuer => "机关",
            Self::Number => "文号",
            Self::Type => "类型",
            Self::Year => "年份",
        }
    }

    /// The English name.
    pub fn english_name(self) -> &'static str {
        match self {
            Self::Doc => "doc",
            Self::Chapter => "chapter",
            Self::Title => "title",
            Self::Theme => "theme",
            Self::Issuer => "issuer",
            Self::Number => "number",
            Self::Type => "type",
            Self::Year => "year",
        }
    }
}

impl Node {
    /// All of `nodes`; `None` of none.
    pub fn all(nodes: impl IntoIterator<Item = Self>) -> Option<Self> {
        joined(nodes, Self::All, |node| match node {
            Self::All(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// At least one of `nodes`; `None` of none.
    pub fn any(nodes: impl IntoIterator<Item = Self>) -> Option<Self> {
        joined(nodes, Self::Any, |node| match node {
            Self::Any(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// Everything but `node`.
    #[must_use]
    pub fn excluding(node: Self) -> Self {
        match node {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The nodes that are all required, for a node that is the whole query.
    pub fn required(&self) -> &[Self] {
        match self {
            Self::All(nodes) => nodes,
            other => std::slice::from_ref(other),
        }
    }

    /// Calls `each` with every text that speaks for a passage: not what is
    /// excluded, not fields.
    pub fn for_each_text<'a>(&'a self, each: &mut impl FnMut(&'a str)) {
        match self {
            Self::Run(text) | Self::Phrase(text) => each(text),
            Self::Pieces(pieces) => pieces.iter().for_each(|piece| each(piece)),
            Self::All(nodes) | Self::Any(nodes) => {
                for node in nodes {
                    node.for_each_text(each);
                }
            }
            Self::Not(_) | Self::Field(..) | Self::Figure(_) => {}
            Self::Sentence(inner) => inner.for_each_text(each),
            Self::Near { left, right, .. } => {
                left.for_each_text(each);
                right.for_each_text(each);
            }
        }
    }
}

/// Flattens, leaves out repetitions, and unwraps what is alone.
fn joined(
    nodes: impl IntoIterator<Item = Node>,
    join: impl Fn(Vec<Node>) -> Node,
    open: impl Fn(Node) -> Result<Vec<Node>, Node>,
) -> Option<Node> {
    let mut flat: Vec<Node> = Vec::new();
    let mut push = |node: Node| {
        if !flat.contains(&node) {
            flat.push(node);
        }
    };
    for node in nodes {
        match open(node) {
            Ok(inner) => inner.into_iter().for_each(&mut push),
            Err(node) => push(node),
        }
    }
    if flat.len() > 1 {
        Some(join(flat))
    } else {
        flat.pop()
    }
}
