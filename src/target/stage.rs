//! Which time a passage speaks of before its own sentences say so: by the headings above
//! it, and by what was said last under the same heading.

use std::sync::LazyLock;

use plansearch_figure::dates;

use super::facts::{Facts, Genre};
use super::line::Line;
use super::paragraph::Paragraph;
use super::target::Horizon;
use super::times::{Time, times};
use super::words;

/// A time with its horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stage {
    /// The horizon; none where nothing says it.
    pub(crate) horizon: Option<Horizon>,
    /// The first year, of several.
    pub(crate) from: Option<u16>,
    /// The year, or the last of several.
    pub(crate) to: Option<u16>,
    /// Whether nothing here is a target: definitions, scope.
    pub(crate) is_silent: bool,
}

/// Walks over the passages of a document in order and tells the stage of each.
pub(crate) struct Walk {
    facts: Facts,
    /// The headings above the last passage.
    path: Vec<String>,
    heading: Option<String>,
    stage: Stage,
    is_mixed: bool,
}

/// What a heading says.
#[derive(Default, Clone)]
struct Said {
    stage: Stage,
    is_mixed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Done,
    Target,
    Silent,
}

static SECTIONS: LazyLock<Vec<(&'static str, Kind)>> = LazyLock::new(|| {
    words::rows(include_str!("words/sections.txt"))
        .filter_map(|fields| {
            let kind = match *fields.get(1)? {
                "done" => Kind::Done,
                "target" => Kind::Target,
                _ => Kind::Silent,
            };
            Some((*fields.first()?, kind))
        })
        .collect()
});

impl Walk {
    /// Begins a document.
    pub(crate) fn new(facts: Facts) -> Self {
        Self {
            facts,
            path: Vec::new(),
            heading: None,
            stage: Stage::default(),
            is_mixed: false,
        }
    }

    /// The stage below these headings.
    pub(crate) fn enter(&mut self, path: &[String]) -> Stage {
        let is_first = self.stage == Stage::default();
        if is_first || self.path != path {
            path.clone_into(&mut self.path);
            self.open(path);
        }
        self.stage
    }

    /// The stage of a paragraph below the headings that were entered last.
    pub(crate) fn next(&mut self, paragraph: &Paragraph<'_>) -> Stage {
        if is_like_heading(paragraph.text) {
            // A heading that was not recognised as one.
            if let Some(said) = said(paragraph.text, &self.facts) {
                self.is_mixed = said.is_mixed || said.stage.horizon.is_none();
                self.stage = self.with_default(said.stage);
            }
            return self.stage;
        }
        let stage = self.stage;
        if let Some(time) = lasting(paragraph, &self.facts) {
            self.take(&time);
        }
        // What opens the passage holds in the passage too: its sentences say so again.
        stage
    }

    fn open(&mut self, path: &[String]) {
        let (label, said) = self.decided(path);
        let is_first = self.heading.is_none() && label.is_none() && self.stage == Stage::default();
        if label == self.heading && !is_first {
            return;
        }
        self.heading = label;
        self.is_mixed = said.is_mixed || said.stage.horizon.is_none();
        self.stage = self.with_default(said.stage);
    }

    /// The heading that decides: the topmost that is of what was done alone; else the
    /// lowest that says something, where a lower one of tasks keeps the year above it.
    fn decided(&self, path: &[String]) -> (Option<String>, Said) {
        let mut decided: Option<(String, Said)> = None;
        for label in path {
            let Some(mut found) = said(label, &self.facts) else {
                continue;
            };
            let is_done = |said: &Said| !said.is_mixed && said.stage.horizon == Some(Horizon::Done);
            if let Some((_, above)) = &decided {
                if is_done(above) {
                    break;
                }
                let is_of_report = self.facts.genre == Genre::Report;
                if is_of_report && !above.is_mixed && found.stage.to.is_none() {
                    continue;
                }
                if found.stage.to.is_none() && found.stage.horizon == above.stage.horizon {
                    (found.stage.from, found.stage.to) = (above.stage.from, above.stage.to);
                }
            }
            decided = Some((label.clone(), found));
        }
        match decided {
            Some((label, said)) => (Some(label), said),
            None => (None, Said::default()),
        }
    }

    /// A stage that says nothing is that of the kind of document.
    fn with_default(&self, stage: Stage) -> Stage {
        let mut stage = stage;
        let facts = &self.facts;
        if stage.horizon.is_none() && !self.is_mixed {
            stage.horizon = Some(default_horizon(facts));
        }
        if stage.horizon.is_none() && stage.to.is_none() && self.heading.is_none() {
            stage.horizon = Some(default_horizon(facts));
        }
        if stage.to.is_none() {
            (stage.from, stage.to) = match stage.horizon {
                Some(Horizon::Target) => facts.target_years(),
                Some(_) => (None, facts.now.and_then(|now| now.checked_sub(1))),
                None => (None, None),
            };
        }
        stage
    }

    fn take(&mut self, time: &Time) {
        let stage = of_time(time, &self.facts, self.stage);
        let is_same = self.stage.horizon.is_none() || stage.horizon == self.stage.horizon;
        if self.is_mixed || is_same {
            self.stage = Stage {
                is_silent: self.stage.is_silent,
                ..stage
            };
        }
    }
}

/// Says whether a paragraph is a line without a sentence.
fn is_like_heading(text: &str) -> bool {
    let is_closed = text.ends_with(['。', '；', '！', '，', ';']);
    text.chars().count() <= 40 && !is_closed
}

/// What the kind of document says where no heading does.
fn default_horizon(facts: &Facts) -> Horizon {
    match facts.genre {
        Genre::Record => Horizon::Done,
        _ => Horizon::Target,
    }
}

/// The stage that a time opens.
pub(crate) fn of_time(time: &Time, facts: &Facts, before: Stage) -> Stage {
    let horizon = time.horizon.or_else(|| {
        let (to, now) = (time.to?, facts.now?);
        Some(match to.cmp(&now) {
            std::cmp::Ordering::Less => Horizon::Done,
            std::cmp::Ordering::Greater => Horizon::Target,
            std::cmp::Ordering::Equal => before.horizon.unwrap_or(Horizon::Target),
        })
    });
    let (from, to) = match (time.from, time.to) {
        (Some(from), Some(to)) if from == to => (None, Some(to)),
        (None, None) => (before.from, before.to),
        years => years,
    };
    Stage {
        horizon: horizon.or(before.horizon),
        from,
        to,
        is_silent: before.is_silent,
    }
}

/// The last time that a passage opens and that holds behind it: a word such as 五年来, or a
/// date in the first clause of a sentence that states no figure by itself.
fn lasting(paragraph: &Paragraph<'_>, facts: &Facts) -> Option<Time> {
    let line = &paragraph.line;
    let found = times(line, 0, line.len(), &paragraph.scan.dates, facts);
    found.into_iter().rev().find(|time| {
        let is_opening = is_opening(line, time.start);
        let is_of_goals = time.is_cue && line.starts_with(time.end, "的") && {
            let stop = (time.end + 10).min(line.len());
            line.has_any(time.end, stop, &["目标"])
        };
        !time.is_base && (is_of_goals || is_opening && (time.is_cue || is_topic(line, time)))
    })
}

/// Says whether nothing but small words stands between a place and the border before it.
pub(crate) fn is_opening(line: &Line<'_>, at: usize) -> bool {
    // …的五年。 closes the sentence that it names.
    if line.starts_with(at, "的五年。") {
        return true;
    }
    let mut start = at;
    while start > 0 && !super::line::is_border(line.before(start)) {
        start -= 1;
    }
    at - start <= 4
}

/// 2025年很不平凡, 2026年是开局之年, 做好2026年工作: a year that is the subject.
fn is_topic(line: &Line<'_>, time: &Time) -> bool {
    let mut end = time.end;
    for word in ["”", "时期", "期间"] {
        if line.starts_with(end, word) {
            end += word.chars().count();
        }
    }
    [
        "是",
        "很",
        ",",
        "极",
        "工作",
        "经济社会",
        "要",
        "我们",
        "我省",
        "我市",
        "全省",
        "全市",
    ]
    .iter()
    .any(|word| line.starts_with(end, word))
        && !line.ends_with(0, time.start, "到")
        && !line.ends_with(0, time.start, "至")
}

/// 夯实…发展基础, 优化…发展环境: tasks, not the state of things.
fn is_strengthened(ahead: &str) -> bool {
    [
        "夯实", "筑牢", "打牢", "奠定", "巩固", "优化", "改善", "营造", "破解", "补齐", "解决",
        "推动", "促进", "加快",
    ]
    .iter()
    .any(|verb| ahead.contains(verb))
}

/// What a heading says of the figures below it; none where it says nothing.
fn said(label: &str, facts: &Facts) -> Option<Said> {
    let mut rest = label.to_owned();
    let mut kinds: Vec<(usize, Kind)> = Vec::new();
    for (word, kind) in SECTIONS.iter() {
        if let Some(at) = rest.find(word) {
            let ahead = rest.get(..at).unwrap_or_default();
            if *kind == Kind::Done && is_strengthened(ahead) {
                continue;
            }
            kinds.push((at, *kind));
            rest = rest.replace(word, "〇");
        }
    }
    kinds.sort_by_key(|(at, _)| *at);
    let has = |kind| kinds.iter().any(|(_, known)| *known == kind);
    let years: Vec<(u16, u16)> = dates(label)
        .iter()
        .filter_map(|date| Some((date.period.from.year?, date.period.to.year?)))
        .collect();
    let is_mixed = has(Kind::Done) && has(Kind::Target);
    let mut stage = Stage {
        is_silent: has(Kind::Silent) && !has(Kind::Done) && !has(Kind::Target),
        ..Stage::default()
    };
    if let Some((from, to)) = years.first() {
        stage.to = Some(*to);
        stage.from = (from != to).then_some(*from);
        stage.horizon = match facts.now {
            Some(now) if *to < now => Some(Horizon::Done),
            Some(now) if *to > now => Some(Horizon::Target),
            _ => None,
        };
    }
    let stated = if is_mixed {
        kinds.first().map(|(_, kind)| *kind)
    } else if has(Kind::Done) {
        Some(Kind::Done)
    } else if has(Kind::Target) {
        Some(Kind::Target)
    } else {
        None
    };
    match stated {
        Some(Kind::Done) => stage.horizon = Some(Horizon::Done),
        Some(Kind::Target) => stage.horizon = Some(Horizon::Target),
        _ => {}
    }
    let is_two_times = years.len() > 1;
    (stated.is_some() || stage.is_silent || stage.horizon.is_some()).then_some(Said {
        stage,
        is_mixed: is_mixed || is_two_times,
    })
}
