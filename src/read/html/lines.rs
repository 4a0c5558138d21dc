//! Elements become lines as a browser would show them.
//!
//! Blocks and `<br>` end a line, runs of blanks become one, numbers of lists are
//! text. A break of the source between two Chinese characters is no blank.

use std::collections::BTreeMap;
use std::ops::Range;

use super::table;
use super::tree::{Id, Step, Tree};
use plansearch_document::{RawRow, RawTable};

/// The lines of a part of a page.
#[derive(Default)]
pub(super) struct Rendered {
    pub(super) lines: Vec<String>,
    /// Level of the lines that stand in h1 … h6.
    pub(super) headings: BTreeMap<usize, u8>,
    /// Lines that stand in one frame.
    pub(super) frames: Vec<Range<usize>>,
    /// Tables by the position of their first row.
    pub(super) tables: BTreeMap<usize, RawTable>,
}

impl Rendered {
    /// Takes no line for a heading that is as long as prose or ends as prose
    /// does; where half the lines are headings, the page means bold type by it.
    pub(super) fn forget_doubtful_headings(&mut self) {
        let lines = &self.lines;
        self.headings.retain(|idx, _| {
            lines.get(*idx).is_some_and(|line| {
                line.chars().count() <= MAX_HEADING_CHARS && !line.ends_with(['。', '；', '，'])
            })
        });
        if self.headings.len() > 3 && self.headings.len() * 2 > self.lines.len() {
            self.headings.clear();
        }
    }
}

const MAX_HEADING_CHARS: usize = 80;

/// Makes lines of `root` and what is below it, except what `skips` names.
pub(super) fn render(tree: &Tree, root: Id, skips: &dyn Fn(Id) -> bool) -> Rendered {
    let mut writer = Writer::default();
    let mut done: Option<Id> = None;
    let mut frames: Vec<(Id, usize)> = Vec::new();
    for step in tree.walk(root, skips) {
        match (step, done) {
            (Step::Leave(id), Some(table)) if id == table => done = None,
            (_, Some(_)) => {}
            (Step::Enter(id), None) => {
                let is_inner_table = id != root && tree.name(id) == "table";
                match is_inner_table.then(|| table::of(tree, id, skips)) {
                    Some(table::Kind::Data(found)) => {
                        writer.end_line();
                        writer.table(found);
                        done = Some(id);
                        continue;
                    }
                    Some(table::Kind::Frame) => {
                        writer.end_line();
                        frames.push((id, writer.out.lines.len()));
                    }
                    Some(table::Kind::Layout) | None => {}
                }
                writer.enter(tree, id);
            }
            (Step::Leave(id), None) => {
                writer.leave(tree, id);
                if let Some((_, begin)) = frames.pop_if(|(frame, _)| *frame == id) {
                    writer.end_line();
                    writer.out.frames.push(begin..writer.out.lines.len());
                }
            }
        }
    }
    writer.end_line();
    writer.out
}

#[derive(Default)]
struct Writer {
    out: Rendered,
    line: String,
    /// Number of the list item that begins with this line.
    number: Option<String>,
    lists: Vec<List>,
    heading: Option<u8>,
    n_pre: usize,
}

struct List {
    style: Style,
    next: i64,
    step: i64,
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    None,
    Decimal,
    Letter(u8),
    Chinese,
}

impl Writer {
    fn enter(&mut self, tree: &Tree, id: Id) {
        if let Some(text) = tree.own_text(id) {
            self.text(text);
            return;
        }
        let name = tree.name(id);
        if is_block(name) {
            self.end_line();
        }
        match name {
            "br" => self.end_line(),
            "pre" => self.n_pre += 1,
            "ol" | "ul" | "menu" | "dir" => self.lists.push(list(tree, id)),
            "li" => {
                let value = tree
                    .attribute(id, "value")
                    .and_then(|value| value.trim().parse().ok());
                self.number = self.lists.last_mut().and_then(|list| list.number(value));
            }
            // Cells of a table that is no data stand apart.
            "td" | "th" if !self.line.is_empty() => self.line.push(' '),
            _ => self.heading = heading_level(name).or(self.heading),
        }
    }

    fn leave(&mut self, tree: &Tree, id: Id) {
        let name = tree.name(id);
        if is_block(name) {
            self.end_line();
        }
        match name {
            "pre" => self.n_pre = self.n_pre.saturating_sub(1),
            "ol" | "ul" | "menu" | "dir" => {
                self.lists.pop();
            }
            "li" => self.number = None,
            _ if heading_level(name).is_some() => self.heading = None,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.n_pre == 0 {
            self.line.push_str(text);
            return;
        }
        for (idx, line) in text.split('\n').enumerate() {
            if idx > 0 {
                self.end_line();
            }
            self.line.push_str(line);
        }
    }

    fn table(&mut self, found: table::Found) {
        let lines = &mut self.out.lines;
        lines.extend(found.captions);
        let at = lines.len();
        lines.extend(found.table.rows.iter().map(RawRow::line));
        if !found.table.rows.is_empty() {
            self.out.tables.insert(at, found.table);
        }
    }

    fn end_line(&mut self) {
        let line = as_shown(&std::mem::take(&mut self.line));
        if line.is_empty() {
            return;
        }
        if let Some(level) = self.heading {
            self.out.headings.insert(self.out.lines.len(), level);
        }
        let number = self.number.take().unwrap_or_default();
        self.out.lines.push(number + &line);
    }
}

impl List {
    fn number(&mut self, value: Option<i64>) -> Option<String> {
        let number = value.unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        let letter = |first: u8| {
            let at = u8::try_from(number.checked_sub(1)?)
                .ok()
                .filter(|at| *at < 26)?;
            Some(format!("{}. ", char::from(first + at)))
        };
        let chinese = || {
            let digits = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
            let digit = |n: i64| usize::try_from(n - 1).ok().and_then(|at| digits.get(at));
            match number {
                1..=10 => Some(format!("{}、", digit(number)?)),
                11..=19 => Some(format!("十{}、", digit(number - 10)?)),
                _ => None,
            }
        };
        match self.style {
            Style::None => None,
            Style::Decimal => Some(format!("{number}. ")),
            Style::Letter(first) => letter(first).or_else(|| Some(format!("{number}. "))),
            Style::Chinese => chinese().or_else(|| Some(format!("{number}、"))),
        }
    }
}

fn list(tree: &Tree, id: Id) -> List {
    let number = |name: &str| {
        tree.attribute(id, name)
            .and_then(|value| value.trim().parse().ok())
    };
    let css = tree
        .attribute(id, "style")
        .unwrap_or_default()
        .to_lowercase();
    let style = if tree.name(id) != "ol"
        || css.replace(' ', "").contains("list-style:none")
        || css.replace(' ', "").contains("list-style-type:none")
    {
        Style::None
    } else if css.contains("cjk-ideographic") || css.contains("chinese") {
        Style::Chinese
    } else {
        match tree.attribute(id, "type") {
            Some("a") => Style::Letter(b'a'),
            Some("A") => Style::Letter(b'A'),
            _ => Style::Decimal,
        }
    };
    let n_items = || {
        let children = tree.node(id).children.iter();
        let n_items = children.filter(|id| tree.name(**id) == "li").count();
        i64::try_from(n_items).unwrap_or(i64::MAX)
    };
    let is_reversed = tree.attribute(id, "reversed").is_some();
    List {
        style,
        next: number("start").unwrap_or_else(|| if is_reversed { n_items() } else { 1 }),
        step: if is_reversed { -1 } else { 1 },
    }
}

fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Says whether an element stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    heading_level(name).is_some() || BLOCKS.contains(&name)
}

const BLOCKS: [&str; 45] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "textarea",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "xmp",
    "iframe",
    "ucapcontent",
];

/// Blanks as they are shown: a run is one, and none stands at the ends or, where
/// the source breaks its line, between Chinese characters.
fn as_shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !is_collapsed(c) {
            shown.push(if c == '\u{a0}' { ' ' } else { c });
            continue;
        }
        let mut has_break = c == '\n';
        while let Some(next) = chars.next_if(|c| is_collapsed(*c)) {
            has_break |= next == '\n';
        }
        let is_wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}');
        if !(has_break && is_wide(shown.chars().next_back()) && is_wide(chars.peek().copied())) {
            shown.push(' ');
        }
    }
    shown.trim().to_owned()
}

fn is_collapsed(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}
