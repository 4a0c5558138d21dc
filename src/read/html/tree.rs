//! The elements and text of a page as one flat list.
//!
//! html5ever finds the elements as a browser does; this file only keeps them.
//! Nesting and number of elements are bounded: beyond the bounds a tag is passed
//! over and its text stays. Nothing here recurs, so no page overflows the stack.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{
    ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink,
};
use html5ever::{Attribute, LocalName, QualName, TokenizerResult, local_name, ns};

/// Deepest nesting of elements; browsers stop at the same depth.
pub(super) const MAX_DEPTH: usize = 512;
/// Most elements and texts of one page.
pub(super) const MAX_NODES: usize = 3_000_000;

/// Position of a node in its [`Tree`].
pub(super) type Id = usize;

/// A page; node 0 is the document itself.
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// Whether tags were passed over because of a bound.
    pub(super) is_cut: bool,
}

/// One element or text.
pub(super) struct Node {
    pub(super) parent: Option<Id>,
    pub(super) children: Vec<Id>,
    pub(super) kind: Kind,
    depth: usize,
}

/// What a node is.
pub(super) enum Kind {
    /// An element with its attributes.
    Element(QualName, Vec<(LocalName, String)>),
    /// Text, entities resolved.
    Text(String),
    /// The document, a comment or an instruction.
    Other,
}

/// One step of a walk through a page.
pub(super) enum Step {
    /// A node begins.
    Enter(Id),
    /// An element ends.
    Leave(Id),
}

impl Tree {
    /// Parses a page.
    pub(super) fn parse(html: &str) -> Self {
        let builder = TreeBuilder::new(
            Sink::new(),
            TreeBuilderOpts {
                scripting_enabled: false,
                ..TreeBuilderOpts::default()
            },
        );
        let tokenizer = Tokenizer::new(Bounded { builder }, TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(html));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        tokenizer.end();
        tokenizer.sink.builder.sink.finish()
    }

    /// The node at `id`.
    pub(super) fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    /// The name of the element; empty for other nodes.
    pub(super) fn name(&self, id: Id) -> &str {
        match &self.node(id).kind {
            Kind::Element(name, _) => &name.local,
            _ => "",
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let Kind::Element(_, attributes) = &self.node(id).kind else {
            return None;
        };
        attributes
            .iter()
            .find(|(key, _)| &**key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The text of the node itself, if it is one.
    pub(super) fn own_text(&self, id: Id) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number of nodes.
    pub(super) fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Walks through `root` and all below it; a node for which `skips` says yes
    /// is passed over with all below it.
    pub(super) fn walk<'a>(
        &'a self,
        root: Id,
        skips: impl Fn(Id) -> bool + 'a,
    ) -> impl Iterator<Item = Step> + 'a {
        let mut open = vec![Step::Enter(root)];
        std::iter::from_fn(move || {
            loop {
                let step = open.pop()?;
                if let Step::Enter(id) = step {
                    if skips(id) {
                        continue;
                    }
                    open.push(Step::Leave(id));
                    let children = self.node(id).children.iter().rev();
                    open.extend(children.map(|id| Step::Enter(*id)));
                }
                return Some(step);
            }
        })
    }
}

/// Hands tags on to the tree builder unless a bound is reached.
struct Bounded {
    builder: TreeBuilder<Id, Sink>,
}

impl TokenSink for Bounded {
    type Handle = Id;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<Id> {
        let sink = &self.builder.sink;
        if let Token::TagToken(tag) = &token
            && tag.kind == TagKind::StartTag
            && sink.is_full()
            && !is_flat(tag)
        {
            sink.is_cut.set(true);
            return TokenSinkResult::Continue;
        }
        // Not every element that ends is reported, so an end tag counts as one.
        let is_end = matches!(&token, Token::TagToken(tag) if tag.kind == TagKind::EndTag);
        let before = sink.depth.get();
        let result = self.builder.process_token(token, line_number);
        if is_end && sink.depth.get() == before {
            sink.depth.set(before.saturating_sub(1));
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Elements that hold no others, or only text.
fn is_flat(tag: &Tag) -> bool {
    matches!(
        tag.name,
        local_name!("br")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("script")
            | local_name!("style")
            | local_name!("title")
            | local_name!("textarea")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
    )
}

/// What the tree builder writes to.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    /// Depth of the element that is open.
    depth: Cell<usize>,
    is_cut: Cell<bool>,
}

impl Sink {
    fn new() -> Self {
        Self {
            nodes: RefCell::new(vec![Node::new(Kind::Other)]),
            depth: Cell::new(0),
            is_cut: Cell::new(false),
        }
    }

    fn is_full(&self) -> bool {
        self.depth.get() >= MAX_DEPTH || self.nodes.borrow().len() >= MAX_NODES
    }

    fn add(&self, kind: Kind) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(kind));
        nodes.len() - 1
    }

    /// Puts `child` among the children of `parent`, at `at` or at the end.
    fn put(&self, parent: Id, at: Option<usize>, child: NodeOrText<Id>) {
        let mut nodes = self.nodes.borrow_mut();
        let at = at.unwrap_or(nodes[parent].children.len());
        let depth = nodes[parent].depth;
        let id = match child {
            NodeOrText::AppendNode(id) => {
                drop(nodes);
                self.remove_from_parent(&id);
                nodes = self.nodes.borrow_mut();
                nodes[id].depth = depth + 1;
                self.depth.set(depth + 1);
                id
            }
            NodeOrText::AppendText(text) => {
                self.depth.set(depth);
                let before = at.checked_sub(1).map(|at| nodes[parent].children[at]);
                if let Some(before) = before
                    && let Kind::Text(present) = &mut nodes[before].kind
                {
                    present.push_str(&text);
                    return;
                }
                nodes.push(Node::new(Kind::Text(text.to_string())));
                nodes.len() - 1
            }
        };
        nodes[id].parent = Some(parent);
        let at = at.min(nodes[parent].children.len());
        nodes[parent].children.insert(at, id);
    }
}

impl Node {
    fn new(kind: Kind) -> Self {
        Self {
            parent: None,
            children: Vec::new(),
            kind,
            depth: 0,
        }
    }
}

/// Attributes that the reader looks at.
const ATTRIBUTES: [&str; 15] = [
    "id",
    "class",
    "role",
    "style",
    "hidden",
    "aria-hidden",
    "colspan",
    "rowspan",
    "start",
    "type",
    "value",
    "name",
    "property",
    "content",
    "reversed",
];

fn kept(attributes: Vec<Attribute>) -> impl Iterator<Item = (LocalName, String)> {
    attributes
        .into_iter()
        .filter(|attribute| ATTRIBUTES.contains(&&*attribute.name.local))
        .map(|attribute| (attribute.name.local, attribute.value.to_string()))
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = std::cell::Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree {
            nodes: self.nodes.into_inner(),
            is_cut: self.is_cut.get(),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Self::ElemName<'a> {
        std::cell::Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target].kind {
            Kind::Element(name, _) => name,
            // The tree builder asks elements only; should it not, it gets the
            // name of an element without meaning.
            _ => &NO_ELEMENT,
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Id {
        self.add(Kind::Element(name, kept(attrs).collect()))
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.add(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.add(Kind::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.put(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, before: &Id, child: NodeOrText<Id>) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Id) {
        let depth = self.nodes.borrow()[*node].depth;
        self.depth.set(depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        if let NodeOrText::AppendNode(id) = &child {
            self.remove_from_parent(id);
        }
        let nodes = self.nodes.borrow();
        let Some(parent) = nodes[*sibling].parent else {
            return;
        };
        let at = nodes[parent].children.iter().rposition(|id| id == sibling);
        drop(nodes);
        self.put(parent, at, child);
    }

    fn add_attrs_if_missing(&self, target: &Id, attrs: Vec<Attribute>) {
        if let Kind::Element(_, present) = &mut self.nodes.borrow_mut()[*target].kind {
            for (key, value) in kept(attrs) {
                if !present.iter().any(|(name, _)| *name == key) {
                    present.push((key, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[*target].parent.take()
            && let Some(at) = nodes[parent].children.iter().rposition(|id| id == target)
        {
            nodes[parent].children.remove(at);
        }
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[*node].children);
        let depth = nodes[*new_parent].depth + 1;
        for child in &children {
            nodes[*child].parent = Some(*new_parent);
            nodes[*child].depth = depth;
        }
        nodes[*new_parent].children.extend(children);
    }
}

static NO_ELEMENT: QualName = QualName {
    prefix: None,
    ns: ns!(html),
    local: local_name!("span"),
};

#[cfg(test)]
mod tests {
    use super::*;

    fn text(tree: &Tree) -> String {
        let texts = tree.walk(0, |_| false).filter_map(|step| match step {
            Step::Enter(id) => tree.own_text(id),
            Step::Leave(_) => None,
        });
        texts.collect()
    }

    #[test]
    fn text_survives_any_nesting() {
        for tag in ["div", "b", "table", "p", "ul><li", "font"] {
            let html = format!(
                "{}甲{}",
                format!("<{tag}>").repeat(100_000),
                "</div>".repeat(9)
            );
            let tree = Tree::parse(&html);
            assert_eq!(text(&tree), "甲", "{tag}");
        }
    }

    #[test]
    fn elements_after_the_bound_are_elements_again() {
        let html = format!(
            "{}甲{}<p id=x>乙</p>",
            "<div>".repeat(2000),
            "</div>".repeat(2000)
        );
        let tree = Tree::parse(&html);
        assert!(tree.is_cut);
        let is_found = (0..tree.n_nodes()).any(|id| tree.attribute(id, "id") == Some("x"));
        assert!(is_found);
    }
}
