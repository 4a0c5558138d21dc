//! What ties a figure of the draft to one that differs: that both are of the same thing.
//!
//! The same words are not enough: 办理代表建议1253件 stands in every report, each time with
//! another figure. What counts beside them: that the sentence names the source, that its
//! other figures stand there too, that the figure is a slip away from the other, and how
//! much the words that both have tell.

use plansearch_figure::Figure;

use super::compare::difference;
use super::finding::DiffersBy;
use super::stated::{Spot, Stated};

/// A sentence with this share of its words in that of the source is taken over from it.
const COPIED: f32 = 0.9;
/// The words of a sentence that is taken over tell as much as so many pairs that stand
/// nowhere else, where the figure is a slip away or has changed places with another; else
/// what is said in every report looks the same.
const SENTENCE: f32 = 2.2;
/// As many, where of the figure only the number of its digits is the same, and no date.
const MIDDLE_SENTENCE: f32 = 5.3;
/// As many, whatever the figure.
const LONG_SENTENCE: f32 = 10.5;
/// A clause that is taken over has this share of its words there, and they tell so much.
const CLAUSE: (f32, f32) = (0.95, 3.5);
/// A slip leaves so many digits as they are.
const SLIP_DIGITS: usize = 2;

/// What ties two figures that differ.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tie {
    /// The draft names the source or is of its place.
    pub(super) is_named: bool,
    /// Telling figures of the sentence that the sentence of the source confirms.
    pub(super) n_agreed: usize,
    /// Figures that it contradicts.
    pub(super) n_differing: usize,
    /// The figure stands in the sentence of the source, of another thing.
    pub(super) is_crossed: bool,
    /// The digits that both have, where the figure is a slip away from the other.
    pub(super) slip: Option<usize>,
    /// Both are of the same time, and say so.
    pub(super) is_of_time: bool,
    /// How much the words tell that both sentences have, in pairs that stand nowhere else.
    pub(super) pairs: f32,
    /// Which share of the words of the draft's sentence that is.
    pub(super) share: f32,
    /// The same two of the clause of the figure.
    pub(super) clause: (f32, f32),
}

impl Tie {
    /// Says whether both figures are of the same thing. `by` is in what they differ; nothing
    /// where it is their time.
    pub(super) fn holds(&self, by: Option<DiffersBy>) -> bool {
        let least = match self.slip {
            _ if self.is_crossed => SENTENCE,
            Some(0) if !self.is_of_time => MIDDLE_SENTENCE,
            Some(_) => SENTENCE,
            None => LONG_SENTENCE,
        };
        let is_telling = self.pairs >= least;
        let is_copied = self.share >= COPIED && is_telling;
        let is_confirmed = self.n_agreed > 0 && self.n_agreed >= self.n_differing;
        let is_slip = self.slip.is_some_and(|digits| digits >= SLIP_DIGITS)
            && by != Some(DiffersBy::Comparator)
            && self.clause.0 >= CLAUSE.0
            && self.clause.1 >= CLAUSE.1;
        self.is_named || is_copied || is_confirmed || is_slip
    }
}

/// Says whether a figure of the draft stands elsewhere in the sentence of the source.
pub(super) fn is_crossed(spot: &Spot, at: usize, other: &Stated) -> bool {
    let others = other.spots.iter().enumerate();
    others.filter(|(nth, _)| *nth != at).any(|(_, theirs)| {
        let by = difference(&spot.figure, &theirs.figure);
        by.is_none_or(|by| by == DiffersBy::Comparator)
    })
}

/// The digits of a figure.
fn all_digits(figure: &Figure) -> String {
    let number = figure.written.number.stated();
    let digits = number.map(|number| number.to_string()).unwrap_or_default();
    digits.chars().filter(char::is_ascii_digit).collect()
}

/// The digits of a figure without the noughts at its ends.
fn digits(figure: &Figure) -> Vec<char> {
    all_digits(figure).trim_matches('0').chars().collect()
}

/// Says whether two that agree in a figure hardly do so by chance: it has two digits beside
/// noughts, or three.
pub(super) fn is_telling(figure: &Figure) -> bool {
    digits(figure).len() > 1 || all_digits(figure).len() > 2
}

/// The digits that both have, where one digit, a point or a word is all that differs.
pub(super) fn slip(by: DiffersBy, draft: &Figure, source: &Figure) -> Option<usize> {
    let (one, two) = (digits(draft), digits(source));
    if by != DiffersBy::Value {
        return Some(one.len());
    }
    if unit_of(draft) != unit_of(source) || draft.comparator != source.comparator {
        return None;
    }
    let front = one.iter().zip(&two).take_while(|(a, b)| a == b).count();
    let rest = one.len().min(two.len()) - front;
    let back = one
        .iter()
        .rev()
        .zip(two.iter().rev())
        .take(rest)
        .take_while(|(a, b)| a == b)
        .count();
    let n_other = one.len().max(two.len()) - front - back;
    let is_turned = n_other == 2 && one.len() == two.len() && {
        let (a, b) = (one.get(front..front + 2), two.get(front..front + 2));
        a.zip(b).is_some_and(|(a, b)| a.iter().eq(b.iter().rev()))
    };
    (n_other <= 1 || is_turned).then_some(front + back)
}

/// The unit as it is written; 亿 and 万 belong to it.
fn unit_of(figure: &Figure) -> &str {
    &figure.written.unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(draft: &str, source: &str, expect: Option<usize>) {
        let figure = |text: &str| plansearch_figure::scan(text).figures.remove(0);
        let (draft_figure, source_figure) = (figure(draft), figure(source));
        let by = difference(&draft_figure, &source_figure).unwrap();
        let found = slip(by, &draft_figure, &source_figure);
        assert_eq!(found, expect, "{draft} {source}");
    }

    #[test]
    fn a_digit_a_point_a_word_and_a_turn_are_slips() {
        check("46.4亿元", "44.6亿元", Some(1));
        check("176万标箱", "175万标箱", Some(2));
        check("65%", "6.5%", Some(2));
        check("8.4万美元", "8.4亿美元", Some(2));
        check("4000人", "3000人", Some(0));
    }

    #[test]
    fn another_number_unit_or_bound_is_none() {
        check("67665亿元", "5.53万亿元", None);
        check("突破4500家", "500家", None);
        check("1253件", "1749件", None);
    }

    #[test]
    fn the_less_a_sentence_tells_the_nearer_the_figure_must_be() {
        let copied = |pairs, slip| Tie {
            share: 1.0,
            pairs,
            slip,
            ..Tie::default()
        };
        let holds = |tie: Tie| tie.holds(Some(DiffersBy::Value));
        assert!(holds(copied(4.0, Some(1))) && !holds(copied(4.0, Some(0))));
        assert!(holds(copied(12.0, None)) && !holds(copied(7.0, None)));
        assert!(!holds(Tie {
            share: 0.6,
            ..copied(12.0, Some(1))
        }));
    }
}
