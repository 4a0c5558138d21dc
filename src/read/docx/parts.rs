//! Which member of the package is what: main text, styles, notes, headers.

use std::collections::BTreeSet;

use super::super::package::Package;
use super::super::source::Unreadable;
use super::super::xml::{self, Node};

/// Most headers and footers that are read.
const MAX_PARTS_OF_A_KIND: usize = 200;

/// The members of a Word package by what they are to the main one.
#[derive(Debug)]
pub(super) struct Parts {
    /// The member that holds the body.
    pub(super) main: String,
    /// Kind (the end of the relation's type) and name.
    related: BTreeSet<(String, String)>,
}

impl Parts {
    /// Follows the relations of the package; without them, the usual names count.
    pub(super) fn find(package: &mut Package<'_>) -> Result<Self, Unreadable> {
        let main = relations(package, "_rels/.rels", "")?
            .into_iter()
            .find_map(|(kind, name)| (kind == "officeDocument").then_some(name))
            .filter(|name| package.holds(name))
            .unwrap_or_else(|| "word/document.xml".to_owned());
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let mut related = relations(package, &format!("{folder}/_rels/{file}.rels"), folder)?;
        related.retain(|(_, name)| package.holds(name));
        if related.is_empty() {
            for kind in ["styles", "numbering", "footnotes", "endnotes", "comments"] {
                related.insert((kind.to_owned(), format!("word/{kind}.xml")));
            }
        }
        Ok(Self { main, related })
    }

    /// The names of the parts of one kind.
    pub(super) fn all(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.related
            .iter()
            .filter(move |(other, _)| other == kind)
            .map(|(_, name)| name.as_str())
            .take(MAX_PARTS_OF_A_KIND)
    }

    /// The text of the one part of a kind. A damaged part is a loss.
    pub(super) fn text(
        &self,
        package: &mut Package<'_>,
        kind: &str,
        losses: &mut BTreeSet<String>,
    ) -> Option<String> {
        text_of(package, self.all(kind).next()?, losses)
    }
}

/// The text of a member. A damaged one is a loss.
pub(super) fn text_of(
    package: &mut Package<'_>,
    name: &str,
    losses: &mut BTreeSet<String>,
) -> Option<String> {
    package.text(name).unwrap_or_else(|error| {
        losses.insert(format!("`{name}` is left out: {error}"));
        None
    })
}

/// Kinds and targets of the relations in `member`, which start at `folder`.
fn relations(
    package: &mut Package<'_>,
    member: &str,
    folder: &str,
) -> Result<BTreeSet<(String, String)>, Unreadable> {
    let mut found = BTreeSet::new();
    let text = package.text(member)?.unwrap_or_default();
    xml::walk(&text, |node| {
        if let Node::Open(element) = node
            && element.is("Relationship")
            && element.attribute("TargetMode").as_deref() != Some("External")
            && let (Some(kind), Some(target)) =
                (element.attribute("Type"), element.attribute("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.insert((kind, resolve(&target, folder)));
        }
        Ok(())
    })?;
    Ok(found)
}

/// A target as a name in the package.
fn resolve(target: &str, folder: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').collect()
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_names_in_the_package() {
        for (target, folder, name) in [
            ("styles.xml", "word", "word/styles.xml"),
            ("/word/styles.xml", "word", "word/styles.xml"),
            ("../a/b.xml", "word", "a/b.xml"),
            ("../../../x", "word", "x"),
        ] {
            assert_eq!(resolve(target, folder), name);
        }
    }
}
