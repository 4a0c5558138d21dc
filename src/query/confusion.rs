//! Characters that are typed for one another: the same sound, or nearly the same
//! shape.
//!
//! Sounds come from the `pinyin` crate, shapes from the four-corner and Cangjie
//! codes of the Unihan Database (`shapes.txt`). Only simplified characters in
//! common use (GB 2312) are offered.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, OnceLock};

use pinyin::ToPinyinMulti;

/// The code of a shape.
struct Shape {
    character: char,
    corners: &'static str,
    strokes: &'static str,
}

/// In order of the characters.
static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    let rows = include_str!("shapes.txt").lines();
    let rows = rows.filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| {
        let mut columns = row.split(' ');
        Some(Shape {
            character: columns.next()?.chars().next()?,
            corners: columns.next()?,
            strokes: columns.next()?,
        })
    })
    .collect()
});

/// What each of them is confused with, worked out when it is first asked for.
static CONFUSED: LazyLock<Vec<OnceLock<Vec<char>>>> =
    LazyLock::new(|| SHAPES.iter().map(|_| OnceLock::new()).collect());

static BY_SOUND: LazyLock<HashMap<&'static str, Vec<char>>> = LazyLock::new(|| {
    let mut by_sound: HashMap<&'static str, Vec<char>> = HashMap::new();
    for shape in SHAPES.iter() {
        for sound in sounds(shape.character) {
            by_sound.entry(sound).or_default().push(shape.character);
        }
    }
    by_sound
});

/// The sounds of a character, without tones.
pub fn sounds(c: char) -> Vec<&'static str> {
    let mut sounds: Vec<&'static str> = c
        .to_pinyin_multi()
        .into_iter()
        .flatten()
        .map(pinyin::Pinyin::plain)
        .collect();
    sounds.sort_unstable();
    sounds.dedup();
    sounds
}

/// The characters that `c` is easily confused with: first those of the same sound,
/// then those of a near shape.
///
/// ```
/// use plansearch_query::easily_confused;
/// assert!(easily_confused('轻').contains(&'氢'));
/// assert!(easily_confused('翼').contains(&'冀'));
/// assert!(easily_confused('a').is_empty());
/// ```
pub fn easily_confused(c: char) -> Cow<'static, [char]> {
    match SHAPES.binary_search_by_key(&c, |shape| shape.character) {
        Ok(at) => Cow::Borrowed(CONFUSED[at].get_or_init(|| confused(c, near(&SHAPES[at])))),
        Err(_) => Cow::Owned(confused(c, Vec::new())),
    }
}

/// The characters of the same sound as `c`, then those that look alike, each once.
fn confused(c: char, alike: Vec<char>) -> Vec<char> {
    let sounds = sounds(c).into_iter();
    let same = sounds.filter_map(|sound| BY_SOUND.get(sound)).flatten();
    let mut others: Vec<char> = same.copied().chain(alike).collect();
    let mut seen = HashSet::from([c]);
    others.retain(|other| seen.insert(*other));
    others
}

/// The characters of a near shape.
fn near(shape: &Shape) -> Vec<char> {
    let near = SHAPES.iter().filter(|other| is_near(shape, other));
    near.map(|other| other.character).collect()
}

/// Two shapes are near when they differ in one corner at most and in half of the
/// strokes' code, or in two corners and one letter of a longer code.
fn is_near(one: &Shape, other: &Shape) -> bool {
    if one.corners.len() != 4 || other.corners.len() != 4 {
        return false;
    }
    let corners = one.corners.bytes().zip(other.corners.bytes());
    let n_corners = corners.filter(|(a, b)| a != b).count();
    if n_corners > 2 {
        return false;
    }
    let longest = one.strokes.len().max(other.strokes.len());
    let n_strokes = distance(one.strokes.as_bytes(), other.strokes.as_bytes());
    match n_corners {
        0 | 1 => n_strokes <= (longest / 2).max(1),
        _ => n_strokes <= 1 && longest >= 3,
    }
}

/// How many letters must change to make one code the other.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_shapes_and_same_sounds_are_confused() {
        for (typed, meant) in [
            ('连', '联'),
            ('冀', '翼'),
            ('己', '已'),
            ('侯', '候'),
            ('份', '分'),
        ] {
            assert!(easily_confused(typed).contains(&meant), "{typed} {meant}");
        }
        assert!(!easily_confused('港').contains(&'能'));
    }

    #[test]
    fn a_character_is_not_confused_with_itself() {
        assert!(!easily_confused('港').contains(&'港'));
    }
}
