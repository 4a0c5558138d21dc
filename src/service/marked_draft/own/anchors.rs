//! Where in a body comments begin and end.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::body::Body;

/// A text is looked for so many letters on at first; then everywhere.
const NEAR: usize = 20_000;
/// Of a text that does not stand there whole, this many first letters may be numbers that
/// Word counts and the text has not.
const MAX_COUNTED: usize = 8;

/// The comments of a body.
pub(super) struct Anchors<'a> {
    body: &'a Body<'a>,
    /// The letters and digits of the body, each with its text and its place there.
    letters: Vec<(char, (usize, usize))>,
    /// Where the last text was found.
    at: usize,
    /// What begins and ends in front of a character of a text.
    marks: BTreeMap<(usize, usize), Marks>,
}

/// The comments that end and that begin at a place.
#[derive(Debug, Default)]
struct Marks {
    ends: Vec<usize>,
    starts: Vec<usize>,
}

impl<'a> Anchors<'a> {
    pub(super) fn new(body: &'a Body<'a>) -> Self {
        let texts = body.texts.iter().enumerate();
        let letters = texts.flat_map(|(nth, text)| {
            let chars = text.chars.iter().enumerate();
            chars.map(move |(at, (c, _))| (*c, (nth, at)))
        });
        Self {
            body,
            letters: letters.filter(|(c, _)| c.is_alphanumeric()).collect(),
            at: 0,
            marks: BTreeMap::new(),
        }
    }

    /// Puts a comment on the next place where a text stands; says whether there is one.
    /// Marks and blanks do not count.
    pub(super) fn add(&mut self, text: &str, id: usize) -> bool {
        let wanted: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let Some((first, n)) = self.find(&wanted) else {
            return false;
        };
        let place = |at: usize| self.letters.get(at).map(|(_, place)| *place);
        let (Some(start), Some(last)) = (place(first), place(first + n - 1)) else {
            return false;
        };
        self.at = first + n;
        self.marks.entry(start).or_default().starts.push(id);
        let end = (last.0, last.1 + 1);
        self.marks.entry(end).or_default().ends.push(id);
        true
    }

    /// Puts a comment on the first letter.
    pub(super) fn add_at_start(&mut self, id: usize) -> bool {
        let Some((_, start)) = self.letters.first().copied() else {
            return false;
        };
        self.marks.entry(start).or_default().starts.insert(0, id);
        let end = (start.0, start.1 + 1);
        self.marks.entry(end).or_default().ends.push(id);
        true
    }

    /// Where letters stand, and how many of them: near the last place, else anywhere.
    fn find(&self, wanted: &[char]) -> Option<(usize, usize)> {
        for skipped in 0..=MAX_COUNTED.min(wanted.len().saturating_sub(1)) {
            let rest = wanted.get(skipped..)?;
            let near = self.at..(self.at + NEAR).min(self.letters.len());
            let found = self
                .find_in(rest, near)
                .or_else(|| self.find_in(rest, 0..self.letters.len()));
            if let Some(at) = found {
                return Some((at, rest.len()));
            }
            let is_counted = wanted.get(skipped).is_some_and(|c| {
                "一二三四五六七八九十第章节条".contains(*c) || c.is_ascii_alphanumeric()
            });
            if !is_counted {
                break;
            }
        }
        None
    }

    fn find_in(&self, wanted: &[char], range: std::ops::Range<usize>) -> Option<usize> {
        let letters = self.letters.get(range.clone())?;
        let is_equal = |window: &[(char, (usize, usize))]| {
            window.iter().zip(wanted).all(|((c, _), other)| c == other)
        };
        let n = wanted.len();
        if n == 0 {
            return None;
        }
        let at = letters.windows(n).position(is_equal)?;
        Some(range.start + at)
    }

    /// The body with all marks in it.
    pub(super) fn applied(&self) -> String {
        let mut pieces: Vec<(usize, String)> = Vec::new();
        for ((nth, at), marks) in &self.marks {
            pieces.extend(self.pieces(*nth, *at, marks));
        }
        pieces.sort_by_key(|(place, _)| *place);
        let mut xml = String::with_capacity(self.body.xml.len() + 200 * pieces.len());
        let mut done = 0;
        for (place, piece) in pieces {
            xml.push_str(self.body.xml.get(done..place).unwrap_or_default());
            xml.push_str(&piece);
            done = done.max(place);
        }
        xml.push_str(self.body.xml.get(done..).unwrap_or_default());
        xml
    }

    /// What is put in, and where, for the marks at a place: between two runs, or within
    /// one, which is parted there.
    fn pieces(&self, nth: usize, at: usize, marks: &Marks) -> Vec<(usize, String)> {
        let body = self.body;
        let Some(text) = body.texts.get(nth) else {
            return Vec::new();
        };
        let Some(run) = body.runs.get(text.run) else {
            return Vec::new();
        };
        let mark = marks.written(&body.prefix);
        if at == 0 && text.is_first {
            return vec![(run.place.start, mark)];
        }
        if at == text.chars.len() && text.is_last {
            return vec![(run.place.end, mark)];
        }
        let p = &body.prefix;
        let look = body.xml.get(run.look.clone()).unwrap_or_default();
        let place = text.chars.get(at).map_or(text.end, |(_, start)| *start);
        let parting = format!("</{p}t></{p}r>{mark}<{p}r>{look}<{p}t xml:space=\"preserve\">");
        let mut pieces = vec![(place, parting)];
        let is_blank = |c: Option<&(char, usize)>| c.is_some_and(|(c, _)| c.is_whitespace());
        let has_blank = is_blank(text.chars.first()) || is_blank(text.chars.last());
        let is_parted_first = !self.marks.range((nth, 1)..(nth, at)).any(|_| true);
        // A blank at the new end counts; blanks that did not count before still do not.
        if !text.is_preserved && !has_blank && is_parted_first {
            pieces.push((text.tag_end, " xml:space=\"preserve\"".to_owned()));
        }
        pieces
    }
}

impl Marks {
    fn written(&self, p: &str) -> String {
        let mut written = String::new();
        // Writing to a string cannot fail.
        for id in &self.ends {
            let _ = write!(
                written,
                "<{p}commentRangeEnd {p}id=\"{id}\"/><{p}r><{p}commentReference {p}id=\"{id}\"/></{p}r>"
            );
        }
        for id in &self.starts {
            let _ = write!(written, "<{p}commentRangeStart {p}id=\"{id}\"/>");
        }
        written
    }
}
