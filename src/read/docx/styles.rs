//! What paragraph and character styles say: headings, numbering, hidden text, 目录.

use std::collections::HashMap;

use super::super::source::Unreadable;
use super::super::xml::{self, Element, Node};

/// Longest chain of styles based on one another that is followed.
const MAX_CHAIN: usize = 32;

/// The styles of a document by their id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default_id: Option<String>,
}

/// One style, without what it inherits.
#[derive(Debug, Default, Clone)]
pub(super) struct Style {
    pub(super) id: String,
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    pub(super) num_id: Option<String>,
    pub(super) num_level: Option<usize>,
    is_hidden: Option<bool>,
}

impl Styles {
    /// Reads `styles.xml`; the second value is a warning when it is damaged.
    pub(super) fn parse(text: &str) -> Result<(Self, Option<String>), Unreadable> {
        let mut styles = Self::default();
        let mut path: Vec<String> = Vec::new();
        let mut open: Option<Style> = None;
        let warning = xml::walk(text, |node| {
            match node {
                Node::Open(element) => {
                    styles.open(&element, &path, &mut open);
                    path.push(element.name());
                }
                Node::Close => {
                    if path.pop().as_deref() == Some("style")
                        && let Some(style) = open.take()
                    {
                        styles.by_id.insert(style.id.clone(), style);
                    }
                }
                Node::Text(_) => {}
            }
            Ok(())
        })?;
        Ok((styles, warning))
    }

    fn open(&mut self, element: &Element<'_>, path: &[String], open: &mut Option<Style>) {
        if element.is("style") {
            let id = element.attribute("styleId").unwrap_or_default();
            let is_paragraph = element.attribute("type").as_deref() == Some("paragraph");
            let is_default = matches!(element.attribute("default").as_deref(), Some("1" | "true"));
            if is_paragraph && is_default {
                self.default_id = Some(id.clone());
            }
            *open = Some(Style {
                id,
                ..Style::default()
            });
            return;
        }
        let Some(style) = open else { return };
        let below_style = path.iter().rev().take_while(|name| *name != "style");
        let mut below: Vec<&str> = below_style.map(String::as_str).collect();
        below.reverse();
        match below.as_slice() {
            [] if element.is("name") => style.name = element.value().unwrap_or_default(),
            [] if element.is("basedOn") => style.based_on = element.value(),
            ["pPr"] if element.is("outlineLvl") => style.outline = element.number(),
            ["pPr", "numPr"] if element.is("ilvl") => style.num_level = element.number(),
            ["pPr", "numPr"] if element.is("numId") => style.num_id = element.value(),
            ["rPr"] if element.is("vanish") => style.is_hidden = Some(element.is_on()),
            _ => {}
        }
    }

    /// The style `id` and those it is based on; the default style when there is
    /// no id.
    pub(super) fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Style> {
        let first = id
            .or(self.default_id.as_deref())
            .and_then(|id| self.by_id.get(id));
        std::iter::successors(first, |style| self.by_id.get(style.based_on.as_deref()?))
            .take(MAX_CHAIN)
    }

    /// The level from 1 that the style gives a paragraph in the outline.
    pub(super) fn heading_level(&self, id: Option<&str>) -> Option<u8> {
        self.chain(id)
            .find_map(|style| {
                let by_outline = style.outline.map(level_of_outline);
                by_outline.or_else(|| level_of_name(&style.name).map(Some))
            })
            .flatten()
    }

    /// Whether text of this style is hidden.
    pub(super) fn is_hidden(&self, id: &str) -> bool {
        self.chain(Some(id))
            .find_map(|style| style.is_hidden)
            .unwrap_or(false)
    }

    /// Whether the style is one of a table of contents.
    pub(super) fn is_contents(&self, id: Option<&str>) -> bool {
        self.chain(id).any(|style| {
            let name = style.name.to_lowercase();
            name.starts_with("toc ")
                || name.starts_with("table of figures")
                || name.trim_end_matches([' ', '1', '2', '3', '4', '5']) == "目录"
        })
    }
}

/// An outline level of 0 to 8 is a heading, 9 is body text.
pub(super) fn level_of_outline(outline: u8) -> Option<u8> {
    (outline < 9).then_some(outline + 1)
}

/// `heading 2`, `标题 2`.
fn level_of_name(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let level = name
        .strip_prefix("heading")
        .or_else(|| name.strip_prefix("标题"))?;
    let level = level.trim().parse().ok()?;
    (1..=9).contains(&level).then_some(level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_follow_from_names_outlines_and_what_a_style_is_based_on() {
        let xml = "<w:styles>\
            <w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>\
            <w:style w:styleId='1'><w:name w:val='heading 1'/><w:basedOn w:val='a'/></w:style>\
            <w:style w:styleId='2'><w:name w:val='标题 2'/></w:style>\
            <w:style w:styleId='b'><w:name w:val='节'/><w:basedOn w:val='2'/></w:style>\
            <w:style w:styleId='c'><w:name w:val='题'/><w:pPr><w:outlineLvl w:val='3'/></w:pPr></w:style>\
            <w:style w:styleId='d'><w:name w:val='正'/><w:basedOn w:val='1'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr></w:style>\
            <w:style w:styleId='l'><w:name w:val='x'/><w:basedOn w:val='m'/></w:style>\
            <w:style w:styleId='m'><w:name w:val='y'/><w:basedOn w:val='l'/></w:style>\
            <w:style w:styleId='t'><w:name w:val='toc 1'/></w:style>\
            <w:style w:styleId='v'><w:name w:val='z'/><w:rPr><w:vanish/></w:rPr></w:style>\
            </w:styles>";
        let (styles, warning) = Styles::parse(xml).unwrap();
        assert_eq!(warning, None);
        for (id, level) in [
            ("1", Some(1)),
            ("b", Some(2)),
            ("c", Some(4)),
            ("d", None),
            ("l", None),
            ("a", None),
            ("none", None),
        ] {
            assert_eq!(styles.heading_level(Some(id)), level, "{id}");
        }
        assert!(styles.is_contents(Some("t")) && !styles.is_contents(None));
        assert!(styles.is_hidden("v") && !styles.is_hidden("1"));
    }
}
