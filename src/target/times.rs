//! The times that a text names, dates and words such as 今年 and 五年来, and what each is
//! for: the time that is spoken of, or one that something is compared with.

use std::collections::HashMap;
use std::sync::LazyLock;

use plansearch_figure::DateMention;

use super::facts::Facts;
use super::line::Line;
use super::target::Horizon;
use super::words;

/// A time in a text, at places of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) from: Option<u16>,
    pub(crate) to: Option<u16>,
    /// What the word itself says of the horizon.
    pub(crate) horizon: Option<Horizon>,
    /// Whether something is compared with it.
    pub(crate) is_base: bool,
    /// Whether a word and no date names it; such a time holds until the next.
    pub(crate) is_cue: bool,
}

/// A word that names a time relative to the year of the document.
struct Cue {
    word: &'static str,
    horizon: Option<Horizon>,
    from: Option<i16>,
    to: Option<i16>,
}

/// The words by their first character, the longest first.
static CUES: LazyLock<HashMap<char, Vec<Cue>>> = LazyLock::new(|| {
    let mut cues: HashMap<char, Vec<Cue>> = HashMap::new();
    for fields in words::rows(include_str!("words/cues.txt")) {
        let Some((first, cue)) = cue(&fields) else {
            continue;
        };
        cues.entry(first).or_default().push(cue);
    }
    for cues in cues.values_mut() {
        cues.sort_by_key(|cue| std::cmp::Reverse(cue.word.chars().count()));
    }
    cues
});

fn cue(fields: &[&'static str]) -> Option<(char, Cue)> {
    let word = fields.first()?;
    let cue = Cue {
        word,
        horizon: Horizon::from_name(fields.get(1)?),
        from: fields.get(2)?.parse().ok(),
        to: fields.get(3)?.parse().ok(),
    };
    Some((word.chars().next()?, cue))
}

/// The longest word for a time that begins at `at`.
fn cue_at(line: &Line<'_>, at: usize) -> Option<&'static Cue> {
    let cues = CUES.get(&line.at(at))?;
    cues.iter().find(|cue| line.starts_with(at, cue.word))
}

/// Says whether a word for a time stands in the line.
pub(crate) fn has_cue(line: &Line<'_>) -> bool {
    (0..line.len()).any(|at| cue_at(line, at).is_some())
}

/// Words in front of a time that make it one of comparison.
const BASE_BEFORE: &[&str] = &["比", "较", "与", "同", "由", "从", "在", "自", "相比"];

/// The times between two places, in order.
pub(crate) fn times(
    line: &Line<'_>,
    from: usize,
    to: usize,
    dates: &[DateMention],
    facts: &Facts,
) -> Vec<Time> {
    let mut found = dated(line, from, to, dates);
    cued(line, from, to, facts, &mut found);
    found.sort_by_key(|time| time.start);
    found
}

fn dated(line: &Line<'_>, from: usize, to: usize, dates: &[DateMention]) -> Vec<Time> {
    let mut found: Vec<Time> = Vec::new();
    for date in dates {
        let (start, end) = (line.place(date.span.start), line.place(date.span.end));
        if start < from
            || end > to
            || date.period.to.year.is_none()
            || is_in_title(line, from, start)
        {
            continue;
        }
        let (first, last) = (date.period.from.year, date.period.to.year);
        found.push(Time {
            start,
            end,
            from: first,
            to: last,
            horizon: line.ends_with(from, start, "截至").then_some(Horizon::Done),
            is_base: is_base(line, from, start, end),
            is_cue: false,
        });
    }
    found
}

/// Says whether a time stands in 《》 or brackets of a number.
fn is_in_title(line: &Line<'_>, from: usize, at: usize) -> bool {
    let mut at = at;
    while at > from {
        match line.before(at) {
            '》' | '〕' | ')' => return false,
            '《' | '〔' => return true,
            _ => at -= 1,
        }
    }
    false
}

fn is_base(line: &Line<'_>, from: usize, start: usize, end: usize) -> bool {
    let start = if start > from && line.before(start) == '“' {
        start - 1
    } else {
        start
    };
    let end = if line.at(end) == '”' { end + 1 } else { end };
    let end = if line.starts_with(end, "时期") {
        end + 2
    } else {
        end
    };
    let is_behind = |words: &[&str]| words.iter().any(|word| line.ends_with(from, start, word));
    let follows = |words: &[&str]| words.iter().any(|word| line.starts_with(end, word));
    if is_behind(&["比", "较", "由", "从", "同比"]) {
        return true;
    }
    if is_behind(&["与", "在", "同", "以"])
        && follows(&["相比", "基础上", "的基础上", "为基", "底基础上"])
    {
        return true;
    }
    // 是2015年的1.5倍
    is_behind(&["是", "为", "相当于"]) && follows(&["的", "底的", "末的"])
}

fn cued(line: &Line<'_>, from: usize, to: usize, facts: &Facts, found: &mut Vec<Time>) {
    let mut at = from;
    while at < to {
        let Some(cue) = cue_at(line, at) else {
            at += 1;
            continue;
        };
        let end = at + cue.word.chars().count();
        let is_in_word = cue.word == "目前" && matches!(line.before(at), '项' | '科' | '题');
        let is_taken = is_in_word || found.iter().any(|time| time.start < end && at < time.end);
        if !is_taken && end <= to {
            let year = |offset: Option<i16>| facts.now?.checked_add_signed(offset?);
            found.push(Time {
                start: at,
                end,
                from: year(cue.from),
                to: year(cue.to),
                horizon: cue.horizon,
                is_base: BASE_BEFORE
                    .iter()
                    .any(|word| line.ends_with(from, at, word)),
                is_cue: true,
            });
        }
        at = end;
    }
}
