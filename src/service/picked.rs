//! The passages of a basket as an address names them: ids in their order, each with the
//! note that somebody made on it.
//!
//! Nothing of a basket is kept here, so a short address cannot be the key of a stored list.
//! It is short because passages that follow each other share the id of their document,
//! `p=8dc22e0c5b53-113.127` is two, and because where documents take turns they are named
//! first and have numbers then: `d=8dc22e0c5b53&d=744b527c80c1&p=0-113.1-150.0-127`. Packing
//! the ids would spare little more, as hashes do not pack, and nobody could read or mend the
//! address.

use std::collections::HashMap;

use super::bad_parameter::{BadParameter, Expected};
use plansearch_text::span::shorten;

/// How many passages can be taken at once.
pub(super) const MAX_IDS: usize = 500;

/// Longest note, in characters.
const MAX_NOTE_CHARS: usize = 1000;

/// How much of a note that is too long an error names, in characters.
const MAX_NAMED_CHARS: usize = 20;

/// Most digits of the number of a passage.
const MAX_DIGITS: usize = 9;

/// A passage that was taken, and what was noted on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pick {
    /// Its id.
    pub(super) id: String,
    /// The note; empty without one.
    pub(super) note: String,
}

/// Passages, each once, in the order asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Picked {
    picks: Vec<Pick>,
    /// Places of the ids.
    places: HashMap<String, usize>,
    /// Place of the passage that was named last, which a note belongs to.
    last: Option<usize>,
    /// Ids of documents that numbers stand for.
    documents: Vec<String>,
}

impl Picked {
    /// The passages.
    pub(super) fn as_slice(&self) -> &[Pick] {
        &self.picks
    }

    /// Says whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.picks.is_empty()
    }

    /// Reads a parameter; says whether it is one of a basket. `id` is a whole id, `p` the
    /// id of a document with numbers of its passages, `note` belongs to the passage that
    /// was named before it.
    pub(super) fn take(&mut self, name: &str, value: &str) -> Result<bool, BadParameter> {
        match name {
            "id" => self.add(value.trim())?,
            "d" => self.documents.push(value.trim().to_owned()),
            "p" if self.documents.is_empty() => {
                let error = || BadParameter::new("p", value, Expected::Passages);
                let (document, numbers) = value.trim().rsplit_once('-').ok_or_else(error)?;
                for number in numbers.split('.') {
                    if !is_number(number) {
                        return Err(error());
                    }
                    self.add(&format!("{document}-{number}"))?;
                }
            }
            "p" => self.take_by_numbers(value)?,
            "note" => {
                if value.chars().count() > MAX_NOTE_CHARS {
                    let value = shorten(value, MAX_NAMED_CHARS);
                    let expected = Expected::CharsTo(MAX_NOTE_CHARS);
                    return Err(BadParameter::new("note", value, expected));
                }
                let pick = self.last.and_then(|at| self.picks.get_mut(at));
                if let Some(pick) = pick {
                    // A form writes the ends of lines as Windows does.
                    pick.note = value.trim().replace("\r\n", "\n");
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Reads passages whose documents are numbers: `0-113.127.1-150`.
    fn take_by_numbers(&mut self, value: &str) -> Result<(), BadParameter> {
        let error = || BadParameter::new("p", value, Expected::Passages);
        let mut document: Option<String> = None;
        for step in value.trim().split('.') {
            let number = match step.split_once('-') {
                Some((nth, number)) => {
                    let nth: usize = nth.parse().map_err(|_| error())?;
                    document = Some(self.documents.get(nth).cloned().ok_or_else(error)?);
                    number
                }
                None => step,
            };
            let document = document.as_ref().ok_or_else(error)?;
            if !is_number(number) {
                return Err(error());
            }
            self.add(&format!("{document}-{number}"))?;
        }
        Ok(())
    }

    fn add(&mut self, id: &str) -> Result<(), BadParameter> {
        if id.is_empty() {
            return Ok(());
        }
        if let Some(at) = self.places.get(id) {
            self.last = Some(*at);
            return Ok(());
        }
        if self.picks.len() == MAX_IDS {
            return Err(BadParameter::new("id", id, Expected::IdsTo(MAX_IDS)));
        }
        self.places.insert(id.to_owned(), self.picks.len());
        self.last = Some(self.picks.len());
        self.picks.push(Pick {
            id: id.to_owned(),
            note: String::new(),
        });
        Ok(())
    }

    /// Takes one out, if it is there.
    pub(super) fn remove(&mut self, id: &str) {
        self.picks.retain(|known| known.id != id);
        self.set_places();
    }

    /// Lets one change places with the `step`-th behind it, where there is one.
    pub(super) fn exchange(&mut self, id: &str, step: isize) {
        let Some(at) = self.places.get(id).copied() else {
            return;
        };
        let other = at.checked_add_signed(step);
        if let Some(other) = other.filter(|other| *other < self.picks.len()) {
            self.picks.swap(at, other);
            self.set_places();
        }
    }

    fn set_places(&mut self) {
        let ids = self.picks.iter().map(|pick| pick.id.clone());
        self.places = ids.zip(0..).collect();
        self.last = None;
    }

    /// Names and values for an address, as short as it can be and read back the same.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let length = |pairs: &[(&str, String)]| -> usize {
            let lengths = pairs
                .iter()
                .map(|(name, value)| name.len() + value.len() + 2);
            lengths.sum()
        };
        let (in_runs, by_numbers) = (self.pairs_in_runs(), self.pairs_by_numbers());
        if length(&by_numbers) < length(&in_runs) {
            by_numbers
        } else {
            in_runs
        }
    }

    /// Documents named first, and passages by their numbers.
    fn pairs_by_numbers(&self) -> Vec<(&'static str, String)> {
        let mut documents: Vec<&str> = Vec::new();
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        let mut before = None;
        for Pick { id, note } in &self.picks {
            if let Some((document, number)) = numbered(id) {
                let nth = documents.iter().position(|known| *known == document);
                let nth = nth.unwrap_or_else(|| {
                    documents.push(document);
                    documents.len() - 1
                });
                match pairs.last_mut() {
                    Some(("p", steps)) if before == Some(nth) => {
                        steps.extend([".", number]);
                    }
                    Some(("p", steps)) => {
                        steps.extend([".", &nth.to_string(), "-", number]);
                    }
                    _ => pairs.push(("p", format!("{nth}-{number}"))),
                }
                before = Some(nth);
            } else {
                pairs.push(("id", id.clone()));
                before = None;
            }
            if !note.is_empty() {
                pairs.push(("note", note.clone()));
                before = None;
            }
        }
        let named = documents.into_iter().map(|id| ("d", id.to_owned()));
        named.chain(pairs).collect()
    }

    /// Passages that follow each other under the id of their document.
    fn pairs_in_runs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        for Pick { id, note } in &self.picks {
            match (numbered(id), pairs.last_mut()) {
                (Some((document, number)), Some(("p", before)))
                    if before.rsplit_once('-').map(|(known, _)| known) == Some(document) =>
                {
                    before.push('.');
                    before.push_str(number);
                }
                (Some(_), _) => pairs.push(("p", id.clone())),
                (None, _) => pairs.push(("id", id.clone())),
            }
            if !note.is_empty() {
                pairs.push(("note", note.clone()));
            }
        }
        pairs
    }
}

fn is_number(text: &str) -> bool {
    (1..=MAX_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The document and the number in the id of a passage, where it is made of these.
fn numbered(id: &str) -> Option<(&str, &str)> {
    id.rsplit_once('-').filter(|(_, number)| is_number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Picked {
        let mut picked = Picked::default();
        for (name, value) in pairs {
            assert!(picked.take(name, value).unwrap(), "{name}");
        }
        picked
    }

    fn ids(picked: &Picked) -> Vec<&str> {
        picked
            .as_slice()
            .iter()
            .map(|pick| pick.id.as_str())
            .collect()
    }

    #[test]
    fn passages_of_a_document_share_its_id() {
        let all = ["a-3", "a-1", "b-c-2", "x/1.5", "a-007", "law-4.5"].map(|id| ("id", id));
        let picked = read(&all);
        let pairs = picked.pairs();
        let expect = [
            ("p", "a-3.1"),
            ("p", "b-c-2"),
            ("id", "x/1.5"),
            ("p", "a-007"),
            ("id", "law-4.5"),
        ];
        assert_eq!(pairs, expect.map(|(name, value)| (name, value.to_owned())));
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(ids(&read(&pairs)), ids(&picked));
    }

    #[test]
    fn a_note_belongs_to_the_passage_before_it_and_goes_along() {
        let mut picked = read(&[
            ("note", "of none"),
            ("id", "a-1"),
            ("id", "a-2"),
            ("note", "甲\r\n乙"),
            ("p", "a-3.2"),
        ]);
        picked.exchange("a-2", -1);
        let expect = [("p", "a-2"), ("note", "甲\n乙"), ("p", "a-1.3")];
        let expect = expect.map(|(name, value)| (name, value.to_owned()));
        assert_eq!(picked.pairs(), expect);
    }

    #[test]
    fn documents_that_take_turns_are_named_once() {
        let all = ["aaaaaaaaaaaa-3", "bbbbbbbbbbbb.1-1"].repeat(3);
        let numbered = all.iter().zip(1..).map(|(id, n)| format!("{id}{n}"));
        let ids_typed: Vec<String> = numbered.collect();
        let picked = read(
            &ids_typed
                .iter()
                .map(|id| ("id", id.as_str()))
                .collect::<Vec<_>>(),
        );
        let pairs = picked.pairs();
        let expect = [
            ("d", "aaaaaaaaaaaa"),
            ("d", "bbbbbbbbbbbb.1"),
            ("p", "0-31.1-12.0-33.1-14.0-35.1-16"),
        ];
        assert_eq!(pairs, expect.map(|(name, value)| (name, value.to_owned())));
        let again: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(ids(&read(&again)), ids(&picked));
        let mut wrong = read(&expect[..2]);
        for value in ["2-1", "1", "x-1", "0-"] {
            assert!(wrong.take("p", value).is_err(), "{value}");
        }
    }

    #[test]
    fn what_is_no_list_of_passages_is_an_error() {
        for value in ["a", "a-", "a-1.", "a-1.x", "a-1234567890"] {
            assert!(Picked::default().take("p", value).is_err(), "{value}");
        }
        let long = "字".repeat(MAX_NOTE_CHARS + 1);
        assert!(Picked::default().take("note", &long).is_err());
    }
}
