//! The lists that `numbering.xml` defines: levels, formats, overrides.

use std::collections::HashMap;

use super::super::source::Unreadable;
use super::super::xml::{self, Element, Node};

/// Levels of a list.
pub(super) const N_LEVELS: usize = 9;
/// Longest pattern of a number that is kept, in characters.
const MAX_PATTERN_CHARS: usize = 100;

/// Every list of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, List>,
    uses: HashMap<String, Use>,
    by_style_link: HashMap<String, String>,
}

/// `w:abstractNum`: the levels that several lists share.
#[derive(Debug, Default)]
struct List {
    levels: [Option<Level>; N_LEVELS],
    borrows: Option<String>,
}

/// `w:num`: a list as paragraphs refer to it.
#[derive(Debug, Default)]
struct Use {
    list_id: String,
    starts: [Option<u32>; N_LEVELS],
    levels: [Option<Level>; N_LEVELS],
}

/// How one level of a list is numbered.
#[derive(Debug, Default, Clone)]
pub(super) struct Level {
    pub(super) start: u32,
    pub(super) format: String,
    /// The text, with `%1` for the number of the first level.
    pub(super) pattern: String,
    /// `nothing`, `space` or `tab`.
    pub(super) suffix: String,
    /// The level from 1 whose numbers start this one anew; 0 for none.
    pub(super) restart: Option<usize>,
    pub(super) is_legal: bool,
    pub(super) is_hidden: bool,
    style: Option<String>,
}

/// A list that a paragraph belongs to, its borrowed levels found.
pub(super) struct Found<'a> {
    /// Tells lists apart that count together.
    pub(super) list_id: &'a str,
    list: &'a List,
    used: &'a Use,
}

impl Found<'_> {
    /// The level `idx` as this use of the list has it.
    pub(super) fn level(&self, idx: usize) -> Option<&Level> {
        let own = self.used.levels.get(idx)?.as_ref();
        own.or_else(|| self.list.levels.get(idx)?.as_ref())
    }

    /// The number with which this use of the list begins a level anew.
    pub(super) fn new_start(&self, idx: usize) -> Option<u32> {
        self.used.starts.get(idx).copied().flatten()
    }

    /// The level that belongs to a paragraph style.
    pub(super) fn level_of_style(&self, style: &str) -> Option<usize> {
        (0..N_LEVELS).find(|idx| {
            self.level(*idx)
                .is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }
}

impl Numbering {
    /// Reads `numbering.xml`; the second value is a warning when it is damaged.
    pub(super) fn parse(text: &str) -> Result<(Self, Option<String>), Unreadable> {
        let mut reading = Reading::default();
        let warning = xml::walk(text, |node| {
            match node {
                Node::Open(element) => reading.open(&element),
                Node::Close => reading.close(),
                Node::Text(_) => {}
            }
            Ok(())
        })?;
        Ok((reading.numbering, warning))
    }

    /// The list that `num_id` stands for; `None` for 0, which means no number.
    pub(super) fn find(&self, num_id: &str) -> Option<Found<'_>> {
        let used = self.uses.get(num_id)?;
        let mut list_id = &used.list_id;
        let mut list = self.lists.get(list_id)?;
        if let Some(style) = &list.borrows
            && let Some(lender) = self.by_style_link.get(style)
        {
            list_id = lender;
            list = self.lists.get(lender)?;
        }
        Some(Found {
            list_id,
            list,
            used,
        })
    }
}

/// Where the walk through the file is.
#[derive(Default)]
struct Reading {
    numbering: Numbering,
    path: Vec<String>,
    list: Option<(String, List)>,
    used: Option<(String, Use)>,
    override_idx: usize,
    /// The level that follows: some programs number them by their order alone.
    next_idx: usize,
    level: Option<(usize, Level)>,
}

impl Reading {
    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        // The choice is for formats of newer programs, the fallback for ours.
        let is_passed_over = self.path.iter().any(|name| name == "Choice");
        if !is_passed_over {
            self.open_known(&name, element);
        }
        self.path.push(name);
    }

    fn open_known(&mut self, name: &str, element: &Element<'_>) {
        let id = |label| element.attribute(label).unwrap_or_default();
        match name {
            "abstractNum" => {
                self.next_idx = 0;
                self.list = Some((id("abstractNumId"), List::default()));
            }
            "num" => self.used = Some((id("numId"), Use::default())),
            "abstractNumId" => {
                if let Some((_, used)) = &mut self.used {
                    used.list_id = element.value().unwrap_or_default();
                }
            }
            "styleLink" => {
                if let (Some((list_id, _)), Some(style)) = (&self.list, element.value()) {
                    let links = &mut self.numbering.by_style_link;
                    links.insert(style, list_id.clone());
                }
            }
            "numStyleLink" => {
                if let Some((_, list)) = &mut self.list {
                    list.borrows = element.value();
                }
            }
            "lvlOverride" => {
                self.override_idx = id("ilvl").parse().unwrap_or(N_LEVELS);
                self.next_idx = self.override_idx;
            }
            "startOverride" => {
                if let Some((_, used)) = &mut self.used
                    && let Some(start) = used.starts.get_mut(self.override_idx)
                {
                    *start = element.number();
                }
            }
            "lvl" => {
                let idx = id("ilvl").parse().unwrap_or(self.next_idx);
                self.next_idx = idx.saturating_add(1);
                self.level = Some((idx, Level::default()));
            }
            _ => {
                if let Some((_, level)) = &mut self.level {
                    level.note(name, element);
                }
            }
        }
    }

    fn close(&mut self) {
        match self.path.pop().as_deref() {
            Some("lvl") => self.close_level(),
            Some("abstractNum") => {
                if let Some((id, list)) = self.list.take() {
                    self.numbering.lists.insert(id, list);
                }
            }
            Some("num") => {
                if let Some((id, used)) = self.used.take() {
                    self.numbering.uses.insert(id, used);
                }
            }
            _ => {}
        }
    }

    fn close_level(&mut self) {
        let Some((idx, level)) = self.level.take() else {
            return;
        };
        let levels = match (&mut self.used, &mut self.list) {
            (Some((_, used)), _) => &mut used.levels,
            (None, Some((_, list))) => &mut list.levels,
            (None, None) => return,
        };
        if let Some(place) = levels.get_mut(idx) {
            *place = Some(level);
        }
    }
}

impl Level {
    fn note(&mut self, name: &str, element: &Element<'_>) {
        let value = || element.value().unwrap_or_default();
        match name {
            "start" => self.start = element.number().unwrap_or(0),
            "numFmt" => self.format = value(),
            "lvlText" => self.pattern = value().chars().take(MAX_PATTERN_CHARS).collect(),
            "suff" => self.suffix = value(),
            "lvlRestart" => self.restart = element.number(),
            "isLgl" => self.is_legal = element.is_on(),
            "pStyle" => self.style = element.value(),
            "vanish" => self.is_hidden = element.is_on(),
            _ => {}
        }
    }
}
