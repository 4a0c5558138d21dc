//! What the head of a page says about its article.

use super::tree::{Id, Tree};
use plansearch_document::{Property, PropertyKey};

/// The facts of a page.
#[derive(Default)]
pub(super) struct Facts {
    /// The title of the article, or of the page where that is not stated.
    pub(super) title: String,
    /// For [`plansearch_document::RawText`].
    pub(super) properties: Vec<Property>,
}

const PLACE: &str = "html meta";

/// The names under which sites state a fact, in lower case, by what it is. The
/// first that stands there counts.
const NAMES: [(PropertyKey, &[&str]); 5] = [
    (
        PropertyKey::Title,
        &["articletitle", "og:title", "dc.title", "title"],
    ),
    (
        PropertyKey::PublishDate,
        &[
            "pubdate",
            "publishdate",
            "firstpublishedtime",
            "article:published_time",
        ],
    ),
    (PropertyKey::Source, &["contentsource", "source"]),
    (PropertyKey::Author, &["author"]),
    (PropertyKey::Column, &["columnname"]),
];

/// Reads the facts of the page.
pub(super) fn of(tree: &Tree) -> Facts {
    let ids = 0..tree.n_nodes();
    let stated: Vec<(String, &str)> = ids
        .clone()
        .filter(|id| tree.name(*id) == "meta")
        .filter_map(|id| {
            let name = tree
                .attribute(id, "name")
                .or(tree.attribute(id, "property"))?;
            let value = tree.attribute(id, "content")?.trim();
            (!value.is_empty()).then(|| (name.to_lowercase(), value))
        })
        .collect();
    let mut facts = Facts::default();
    for (key, names) in NAMES {
        let value = names
            .iter()
            .find_map(|name| stated.iter().find(|(stated, _)| stated == name));
        if let Some((_, value)) = value {
            facts.properties.push(Property {
                key,
                value: (*value).to_owned(),
                place: PLACE,
            });
        }
    }
    let title = facts
        .properties
        .iter()
        .find(|fact| fact.key == PropertyKey::Title);
    facts.title = match title {
        Some(title) => title.value.clone(),
        None => ids
            .filter(|id| tree.name(*id) == "title")
            .map(|id| text_of(tree, id))
            .find(|title| !title.is_empty())
            .unwrap_or_default(),
    };
    facts
}

/// The text directly in the element, blanks at its ends aside.
fn text_of(tree: &Tree, id: Id) -> String {
    let texts = tree.node(id).children.iter();
    let text: String = texts.filter_map(|id| tree.own_text(*id)).collect();
    text.trim().to_owned()
}
