//! XML as a run of elements and text, names without their prefix.
//!
//! Nothing is built in memory and nothing recurs: a visitor sees one node after
//! another. Damage ends the walk with a warning, so the text before it counts;
//! nesting deeper than [`MAX_DEPTH`] is refused.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;

use super::source::Unreadable;

/// Deepest nesting of elements.
pub(super) const MAX_DEPTH: usize = 1000;

/// What a visitor sees.
pub(super) enum Node<'a> {
    /// An element begins; an empty one is closed at once.
    Open(Element<'a>),
    /// The element that was opened last ends.
    Close,
    /// Text, entities resolved.
    Text(&'a str),
}

/// The beginning of an element.
pub(super) struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// The name without its prefix.
    pub(super) fn is(&self, name: &str) -> bool {
        self.0.local_name().as_ref() == name
    }

    /// The name without its prefix.
    pub(super) fn name(&self) -> String {
        self.0.local_name().as_ref().to_owned()
    }

    /// The value of the attribute `name`, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.find(|key| key.local_name().as_ref() == name)
    }

    /// The value of the attribute `name` that has a prefix (`r:id`).
    pub(super) fn prefixed(&self, name: &str) -> Option<String> {
        self.find(|key| key.prefix().is_some() && key.local_name().as_ref() == name)
    }

    fn find(&self, is_sought: impl Fn(QName<'_>) -> bool) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|attribute| is_sought(attribute.key))
            .map(
                |attribute| match attribute.normalized_value(XmlVersion::Implicit1_0) {
                    Ok(value) => value.into_owned(),
                    Err(_) => attribute.value.to_string(),
                },
            )
    }

    /// The attribute `val`, which holds the value of most Word properties.
    pub(super) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The attribute `val` as a number.
    pub(super) fn number<T: std::str::FromStr>(&self) -> Option<T> {
        self.value()?.trim().parse().ok()
    }

    /// Whether a switch is on: present and not `0`, `false` or `off`.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off"))
    }
}

/// Shows every node of `xml` to `visit`; gives a warning when the text is damaged.
///
/// # Errors
/// [`Unreadable`] when the nesting is too deep, or what `visit` gives.
pub(super) fn walk(
    xml: &str,
    mut visit: impl FnMut(Node<'_>) -> Result<(), Unreadable>,
) -> Result<Option<String>, Unreadable> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Unreadable::new(
                        format!("its XML is nested deeper than {MAX_DEPTH} elements"),
                        "open it in an office program and save it again",
                    ));
                }
                visit(Node::Open(Element(&start)))?;
            }
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                visit(Node::Close)?;
            }
            Ok(Event::Text(text)) => visit(Node::Text(&text.xml10_content()))?,
            Ok(Event::CData(text)) => visit(Node::Text(&text.xml10_content()))?,
            Ok(Event::GeneralRef(entity)) => visit(Node::Text(&resolve(&entity)))?,
            Ok(Event::Eof) if depth == 0 => return Ok(None),
            Ok(Event::Eof) => {
                return Ok(Some(
                    "the XML breaks off; the text may end early".to_owned(),
                ));
            }
            Err(error) => {
                return Ok(Some(format!(
                    "the XML is damaged at byte {} ({error}); the text ends there",
                    reader.error_position()
                )));
            }
            Ok(_) => {}
        }
    }
}

fn resolve(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(entity)
        .map_or_else(|| format!("&{};", &**entity), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str, seen: &str, is_whole: bool) {
        let mut found = String::new();
        let warning = walk(xml, |node| {
            match node {
                Node::Open(element) => {
                    found.extend(["<", &element.name()]);
                    if let Some(value) = element.value() {
                        found.extend(["=", &value]);
                    }
                }
                Node::Close => found.push('>'),
                Node::Text(text) => found += text,
            }
            Ok(())
        });
        assert_eq!(found, seen);
        assert_eq!(warning.unwrap().is_none(), is_whole, "{xml}");
    }

    #[test]
    fn nodes_come_without_prefix_and_damage_keeps_what_was_read() {
        check(
            "<w:p><w:b w:val='a&amp;b'/>甲&lt;&#20057;&x;</w:p>",
            "<p<b=a&b>甲<乙&x;>",
            true,
        );
        check("<p>甲<q>乙</p>", "<p甲<q乙", false);
        check("<p>甲", "<p甲", false);
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = "<a>".repeat(MAX_DEPTH + 1);
        assert!(walk(&deep, |_| Ok(())).is_err());
    }
}
