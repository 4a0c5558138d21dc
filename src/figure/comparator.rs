//! Words that bound a figure, in front of it and behind it.

use super::glyphs::Glyphs;
use super::model::Comparator;

use Comparator::{About, AtLeast, AtMost, Equal, LessThan, MoreThan};

/// Words in front of a number, a longer one before those that it ends with.
const BEFORE: &[(&str, Comparator)] = &[
    ("大于或者等于", AtLeast),
    ("小于或者等于", AtMost),
    ("大于或等于", AtLeast),
    ("高于或等于", AtLeast),
    ("小于或等于", AtMost),
    ("低于或等于", AtMost),
    ("大于等于", AtLeast),
    ("小于等于", AtMost),
    ("不得低于", AtLeast),
    ("不得少于", AtLeast),
    ("不得超过", AtMost),
    ("不得高于", AtMost),
    ("不得多于", AtMost),
    ("不低于", AtLeast),
    ("不少于", AtLeast),
    ("不小于", AtLeast),
    ("不下于", AtLeast),
    ("不短于", AtLeast),
    ("不下", AtLeast),
    ("至少", AtLeast),
    ("最少", AtLeast),
    ("最低", AtLeast),
    ("起码", AtLeast),
    (">=", AtLeast),
    ("≥", AtLeast),
    ("不超过", AtMost),
    ("不超", AtMost),
    ("不高于", AtMost),
    ("不大于", AtMost),
    ("不多于", AtMost),
    ("不长于", AtMost),
    ("至多", AtMost),
    ("最多", AtMost),
    ("最高", AtMost),
    ("<=", AtMost),
    ("≤", AtMost),
    ("超过", MoreThan),
    ("超出", MoreThan),
    ("超", MoreThan),
    ("高于", MoreThan),
    ("大于", MoreThan),
    ("多于", MoreThan),
    ("突破", MoreThan),
    ("冲破", MoreThan),
    ("逾", MoreThan),
    (">", MoreThan),
    ("未达到", LessThan),
    ("低于", LessThan),
    ("小于", LessThan),
    ("少于", LessThan),
    ("不足", LessThan),
    ("不到", LessThan),
    ("不满", LessThan),
    ("未达", LessThan),
    ("<", LessThan),
    ("将近", About),
    ("接近", About),
    ("大约", About),
    ("大概", About),
    ("约为", About),
    ("约", About),
    ("近", About),
    ("等于", Equal),
    ("过", MoreThan),
];

/// Characters in front of 约, 近, 过, 超 with which they make another word.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("约", "节公制条契签盟集合租违预履大"),
    ("近", "附最临靠接将邻"),
    ("过", "通经超胜越不渡跨错"),
    ("超", "不"),
    ("不足", "解决补"),
];

/// Words behind a number and its unit.
const BEHIND: &[(&str, Comparator)] = &[
    ("(含)以上", AtLeast),
    ("(含)以下", AtMost),
    ("及其以上", AtLeast),
    ("及其以下", AtMost),
    ("或者以上", AtLeast),
    ("或者以下", AtMost),
    ("或者更多", AtLeast),
    ("或者更少", AtMost),
    ("及以上", AtLeast),
    ("及以下", AtMost),
    ("或以上", AtLeast),
    ("或以下", AtMost),
    ("或更多", AtLeast),
    ("或更少", AtMost),
    ("以上", AtLeast),
    ("之上", AtLeast),
    ("以下", AtMost),
    ("之下", AtMost),
    ("以内", AtMost),
    ("之内", AtMost),
    ("左右", About),
    ("上下", About),
    ("开外", MoreThan),
];

/// A comparator word and where it begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) comparator: Comparator,
    /// Where a word in front begins, or one behind ends.
    pub(crate) border: usize,
}

/// The comparator in front of a number that begins at `start`.
pub(crate) fn before(glyphs: &Glyphs, start: usize) -> Option<Found> {
    let end = glyphs.skip_blanks_back(start);
    if let Some(found) = word_before(glyphs, end) {
        return Some(found);
    }
    // 超过了80, 至少是3, 控制在不超过为…: one filling character.
    if "了到为是有在达至".contains(glyphs.before(end)) {
        return word_before(glyphs, glyphs.skip_blanks_back(end - 1));
    }
    if glyphs.ends_with(end, "达到") {
        return word_before(glyphs, end - 2);
    }
    None
}

fn word_before(glyphs: &Glyphs, end: usize) -> Option<Found> {
    for (word, comparator) in BEFORE {
        let Some(border) = ends_with_loosely(glyphs, end, word) else {
            continue;
        };
        let before = glyphs.before(border);
        let is_other_word = OTHER_WORDS
            .iter()
            .any(|(known, chars)| known == word && chars.contains(before));
        if !is_other_word {
            return Some(Found {
                comparator: *comparator,
                border,
            });
        }
    }
    None
}

/// As `ends_with`, with blanks between the characters of the word.
fn ends_with_loosely(glyphs: &Glyphs, end: usize, word: &str) -> Option<usize> {
    let mut border = end;
    for c in word.chars().rev() {
        let at = glyphs.skip_blanks_back(border).checked_sub(1)?;
        if glyphs.at(at) != c {
            return None;
        }
        border = at;
    }
    Some(border)
}

/// The comparator behind a number and unit that end at `end`.
pub(crate) fn behind(glyphs: &Glyphs, end: usize) -> Option<Found> {
    let at = glyphs.skip_blanks(end);
    BEHIND.iter().find_map(|(word, comparator)| {
        glyphs.starts_with(at, word).then(|| Found {
            comparator: *comparator,
            border: at + word.chars().count(),
        })
    })
}

/// 比三十大, 比 170 低: the comparator around the number `start..end`.
pub(crate) fn around(glyphs: &Glyphs, start: usize, end: usize) -> Option<(usize, Found)> {
    let than = glyphs.skip_blanks_back(start);
    if glyphs.before(than) != '比' {
        return None;
    }
    let at = glyphs.skip_blanks(end);
    let comparator = match glyphs.at(at) {
        '大' | '高' | '多' | '长' => MoreThan,
        '小' | '低' | '少' | '短' => LessThan,
        _ => return None,
    };
    let border = at + 1;
    Some((than - 1, Found { comparator, border }))
}
