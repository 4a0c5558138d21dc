//! Headings and their nesting.
//!
//! An [`Outline`] is the list of headings in document order, each with its
//! parent; a path is the chain of headings from the top.

/// Position of a heading in its document's [`Outline`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectionIdx(pub usize);

/// One heading: 第三章, 一、, (一), 1. and so on, or one without a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Depth in this document, from 1.
    pub level: u8,
    /// The number as in the source (`第一节`, `(一)`, `1.`); empty without one.
    pub number: String,
    /// The title without its full stop.
    pub title: String,
    /// The heading above, if any; always an earlier one.
    pub parent: Option<SectionIdx>,
}

/// All headings of a document, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    headings: Vec<Heading>,
}

impl Heading {
    /// Number and title as one string, the form of a path step.
    pub fn label(&self) -> String {
        match (self.number.is_empty(), self.title.is_empty()) {
            (true, _) => self.title.clone(),
            (_, true) => self.number.clone(),
            _ => format!("{} {}", self.number, self.title),
        }
    }
}

impl Outline {
    /// Adds a heading below `parent`; its level is one more than the parent's.
    pub fn push(
        &mut self,
        parent: Option<SectionIdx>,
        number: impl Into<String>,
        title: impl Into<String>,
    ) -> SectionIdx {
        let parent = parent.filter(|parent| parent.0 < self.headings.len());
        let level = parent.map_or(1, |parent| self.headings[parent.0].level.saturating_add(1));
        self.headings.push(Heading {
            level,
            number: number.into(),
            title: title.into(),
            parent,
        });
        SectionIdx(self.headings.len() - 1)
    }

    /// The headings in document order.
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// The heading at `section`.
    pub fn get(&self, section: SectionIdx) -> Option<&Heading> {
        self.headings.get(section.0)
    }

    /// The labels of the headings from the top down to `section`, itself included.
    pub fn path(&self, section: Option<SectionIdx>) -> Vec<String> {
        let mut path = Vec::new();
        let mut next = section;
        while let Some(heading) = next.and_then(|section| self.get(section)) {
            path.push(heading.label());
            next = heading.parent;
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_runs_from_the_top() {
        let mut outline = Outline::default();
        let chapter = outline.push(None, "第三章", "产业体系");
        let section = outline.push(Some(chapter), "第二节", "先进制造业");
        assert_eq!(
            outline.path(Some(section)),
            ["第三章 产业体系", "第二节 先进制造业"]
        );
        assert_eq!(outline.headings()[section.0].level, 2);
        assert!(outline.path(None).is_empty());
    }
}
