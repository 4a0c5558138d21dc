//! Targets in running text, sentence by sentence.

use plansearch_figure::{Decimal, Measure};

use super::amounts::{Placed, amounts};
use super::facts::{Facts, Genre};
use super::line::ends_sentence;
use super::paragraph::Paragraph;
use super::phrase::{self, Front};
use super::sentence::{MAX_NAME, Read, Sentence};
use super::stage::{Stage, is_opening, of_time};
use super::target::{Horizon, Origin, Target};
use super::times::has_cue;
use super::words;

/// The targets of a paragraph.
pub(crate) fn targets(paragraph: &Paragraph<'_>, stage: Stage, facts: &Facts) -> Vec<Target> {
    let Paragraph { text, line, scan } = paragraph;
    // A rule states a target only beside a year.
    let names_no_year = || facts.genre == Genre::Rule && scan.dates.is_empty() && !has_cue(line);
    if stage.is_silent || names_no_year() {
        return Vec::new();
    }
    let placed = amounts(line, text, &scan.figures);
    if placed.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut stage = stage;
    let mut start = 0;
    while start < line.len() {
        let end = line
            .find(start, line.len(), ends_sentence)
            .map_or(line.len(), |at| at + 1);
        let mut sentence = Sentence::new(line, start, end, &scan.dates, &placed, facts);
        sentence.read(stage, &mut found);
        stage = sentence.stage_behind(stage);
        start = end;
    }
    found
}

impl Sentence<'_> {
    /// The stage of the sentences behind: what a word such as 五年来 or a year that is the
    /// subject of a sentence without figures opens.
    fn stage_behind(&self, stage: Stage) -> Stage {
        let opening = self.times.iter().rev().find(|time| {
            let is_single = time.from == time.to;
            let is_opening = is_opening(self.line, time.start);
            !time.is_base && is_opening && (time.is_cue || self.placed.is_empty() && is_single)
        });
        opening.map_or(stage, |time| of_time(time, self.facts, stage))
    }

    fn read(&mut self, stage: Stage, found: &mut Vec<Target>) {
        if self.placed.is_empty() || self.is_rule() {
            return;
        }
        self.leave_out_attributes();
        let mut read: Vec<Read> = Vec::new();
        for at in 0..self.placed.len() {
            self.read_figure(at, stage, &mut read, found);
        }
    }

    /// Sentences that give rules state no targets.
    fn is_rule(&self) -> bool {
        let is_loose = matches!(
            self.facts.genre,
            Genre::Plan | Genre::Report | Genre::Record
        );
        let text = self.line.slice(self.start, self.end);
        if is_loose {
            return text.contains("是指") || text.contains("系指");
        }
        let has_year = self.times.iter().any(|time| {
            !time.is_base
                && time
                    .to
                    .zip(self.facts.now)
                    .is_some_and(|(to, now)| to >= now)
        });
        if self.facts.genre == Genre::Rule && !has_year {
            return true;
        }
        !has_year && words::RULES.all().iter().any(|word| text.contains(word))
    }

    /// A figure with a word behind it, in whose clause another figure closes, says which
    /// things are meant: 收入超过100万元的村达到95%. In 100所海拔1500米以上小学 it is the second.
    fn leave_out_attributes(&mut self) {
        let mut keep = vec![true; self.placed.len()];
        let mut origins = Vec::new();
        for at in 1..self.placed.len() {
            let (one, two) = (&self.placed[at - 1], &self.placed[at]);
            let between = self.line.slice(one.end, two.start);
            let is_apart = between.contains([',', '，', '；', ';', '。', '、', '：', ':'])
                || between.ends_with(['和', '与', '及', '或']);
            let is_joined = ["和", "与", "及", "至", "到", "增长", "提高", "下降"]
                .iter()
                .any(|word| between.starts_with(word));
            if is_apart || between.is_empty() || is_joined || !keep[at - 1] {
                continue;
            }
            let leads_to = [
                "提高到",
                "提高至",
                "增加到",
                "增加至",
                "提升到",
                "提升至",
                "降至",
                "降低到",
                "下降到",
                "增长到",
                "增至",
                "扩大到",
                "降低至",
            ]
            .iter()
            .any(|word| between.ends_with(word));
            if leads_to {
                keep[at - 1] = false;
                origins.push((at, one.amount.value()));
            } else if phrase::is_closed(self.line, two.end) {
                keep[at - 1] = false;
            } else {
                keep[at] = false;
            }
        }
        for (at, base) in origins {
            if let Some(placed) = self.placed.get_mut(at) {
                placed.base = base;
            }
        }
        let mut keep = keep.into_iter();
        self.placed.retain(|_| keep.next().unwrap_or(true));
    }

    fn read_figure(&self, at: usize, stage: Stage, read: &mut Vec<Read>, found: &mut Vec<Target>) {
        let Some(placed) = self.placed.get(at) else {
            return;
        };
        let least = self.border(at);
        let front = phrase::front(self.line, least, placed.start, &self.times);
        let Some(names) = self.names(at, &front, read) else {
            return;
        };
        read.push(Read {
            names: names.clone(),
            end: placed.end,
        });
        if placed.is_origin || self.is_breakdown(placed) {
            return;
        }
        let Some(when) = self.when(placed, &front, stage) else {
            return;
        };
        for name in names {
            if is_amount_of(&name, placed) {
                found.push(self.target(&name, placed, when));
            }
        }
    }

    /// 主要分为5段，分别为：…: what follows is told apart, not aimed at one by one.
    fn is_breakdown(&self, placed: &Placed) -> bool {
        self.line.has_any(
            self.start,
            placed.start,
            &["分别为:", "分别为：", "分别是：", "分别是:"],
        )
    }

    /// The time and horizon of a figure; none where it is not to be listed.
    fn when(&self, placed: &Placed, front: &Front, stage: Stage) -> Option<Stage> {
        let governing = self
            .times
            .iter()
            .rev()
            .find(|time| !time.is_base && time.end <= placed.start);
        let clause = self.border_of_clause(placed.start);
        let from = governing.map_or(self.start, |time| time.end.min(clause));
        let has_done = self.line.has_any(from, placed.end, words::DONE.all());
        let is_future = self.line.has_any(clause, placed.end, words::FUTURE.all());
        let mut when = governing.map_or(stage, |time| of_time(time, self.facts, stage));
        let is_named = governing.is_some_and(|time| !time.is_cue);
        if when.horizon == Some(Horizon::Target) && !is_future {
            let is_past =
                has_done || front.is_copula && !front.is_empty() && !front.is_attained && !is_named;
            if is_past {
                when.horizon = Some(Horizon::Done);
                if !is_named {
                    (when.from, when.to) = (None, None);
                }
            }
        }
        if when.horizon != Some(Horizon::Target)
            && self.line.has_any(self.start, placed.start, &["预计"])
        {
            when.horizon = Some(Horizon::Estimate);
        }
        if self.facts.genre == Genre::Guide && !self.is_aimed(placed, front, is_named || is_future)
        {
            return None;
        }
        when.horizon?;
        Some(when)
    }

    /// In an opinion or notice a figure is a target where its words say so.
    fn is_aimed(&self, placed: &Placed, front: &Front, is_said: bool) -> bool {
        let clause = self.border_of_clause(placed.start);
        is_said
            || front.is_attained
            || placed.is_word
            || self
                .line
                .has_any(clause, placed.start, words::ACHIEVE.all())
    }

    fn target(&self, name: &str, placed: &Placed, when: Stage) -> Target {
        let base = self.base(placed);
        let is_mean = placed.is_annual_mean || name.contains("年均");
        let (from_year, year) = match (when.from, when.to) {
            (from, to) if is_mean || placed.is_cumulative => (from, to),
            (from, to) => (from.filter(|from| Some(*from) != to), to),
        };
        let subject = subject(name);
        Target {
            name: name.chars().take(MAX_NAME).collect(),
            amount: Some(placed.amount.clone()),
            unit: None,
            measure: measure(placed),
            is_annual_mean: is_mean,
            is_cumulative: placed.is_cumulative,
            year,
            from_year,
            base_value: base.0,
            base_year: base.1,
            horizon: when.horizon.unwrap_or(Horizon::Target),
            binding: None,
            subject,
            is_damaged: false,
            span: placed.span,
            origin: Origin::Prose,
        }
    }

    /// What the figure is compared with: 比2015年, 由2015年的78.6%提高至.
    fn base(&self, placed: &Placed) -> (Option<Decimal>, Option<u16>) {
        let clause = self.border_of_clause(placed.start);
        let time = self
            .times
            .iter()
            .rev()
            .find(|time| time.is_base && time.start >= clause && time.end <= placed.start);
        (placed.base, time.and_then(|time| time.to))
    }
}

fn measure(placed: &Placed) -> Measure {
    match placed.measure {
        Measure::Level if placed.amount.dimension == "比率" => Measure::Share,
        measure => measure,
    }
}

/// The place that a name begins with where it is wider than the document: 全国, 世界.
fn subject(name: &str) -> Option<String> {
    ["全国", "全球", "世界", "长三角"]
        .iter()
        .find(|place| name.starts_with(**place))
        .map(|place| (*place).to_owned())
}

/// Says whether a name can have such a figure: lengths of time are of what is named so.
fn is_amount_of(name: &str, placed: &Placed) -> bool {
    let dimension = placed.amount.dimension.as_str();
    let ends = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let is_named = match dimension {
        "时长" | "时月" => {
            ends(&[
                "年限", "时间", "时长", "寿命", "周期", "时数", "期限", "年数", "天数", "时效",
            ]) || dimension == "时长" && ends(&["天", "日照", "控制"])
        }
        "岁数" => ends(&["寿命", "年龄"]),
        _ => true,
    };
    if name.ends_with('类') {
        return false;
    }
    let n_letters = name.chars().filter(|c| c.is_alphabetic()).count();
    is_named && n_letters >= 2
}
