//! Texts as sets of pairs of characters, weighed by how rare they are in the library.

use std::collections::{HashMap, HashSet};

use plansearch_engine::{Engine, EngineError};
use plansearch_text::{Span, fold};

/// A pair of letters beside each other.
pub(super) type Pair = (char, char);

/// Folded letters and digits of `text`; a mark or a piece of `left_out` parts them.
pub(super) fn letters(text: &str, part: Span, left_out: &[Span]) -> Vec<char> {
    let mut letters = Vec::new();
    let mut at = part.start;
    let mut cuts: Vec<Span> = left_out
        .iter()
        .copied()
        .filter(|cut| cut.overlaps(part))
        .collect();
    cuts.sort_unstable();
    for cut in cuts.into_iter().chain([Span::new(part.end, part.end)]) {
        if cut.start >= at {
            let piece = Span::new(at, cut.start);
            letters.extend(
                fold(piece.of(text))
                    .chars()
                    .map(|c| if c.is_alphanumeric() { c } else { GAP }),
            );
            letters.push(GAP);
        }
        at = at.max(cut.end);
    }
    letters
}

/// Words that report or lead over and name nothing.
const IDLE: &[&str] = &[
    "相当于",
    "显示",
    "提出",
    "指出",
    "明确",
    "要求",
    "介绍",
    "回顾",
    "安排",
    "载明",
    "规定",
    "部署",
    "预计",
    "预期",
    "计划",
    "力争",
    "确保",
    "争取",
    "实现",
    "完成",
    "达到",
    "全市",
    "全省",
    "全国",
    "全县",
    "全区",
    "我市",
    "我省",
    "我国",
    "我区",
    "我县",
    "本市",
    "本省",
    "本区",
    "当年",
    "全年",
    "目标",
    "其中",
    "分别",
    "超过",
    "突破",
    "不低于",
    "不少于",
    "左右",
    "以上",
    "以下",
    "约为",
    "已经",
    "五年",
    "累计",
    "年均",
    "每年",
    "增长",
    "下降",
    "提高",
    "提升",
    "增加",
    "减少",
    "推动",
    "稳定在",
    "保持在",
    "控制在",
    "巩固在",
    "上年",
    "去年",
    "上年度",
    "同期",
    "前年",
    "截至",
    "期间",
    "根据",
    "按照",
    "印发",
    "上升",
    "降低",
    "由",
    "从",
    "到",
    "为",
    "达",
    "是",
    "的",
    "要",
    "将",
    "已",
    "拟",
    "按",
    "共",
    "均",
    "至",
    "了",
    "在",
    "比",
    "较",
];

/// Words that name something, with an idle one in them.
const KEPT: &[&str] = &["增加值", "增长极", "增长点"];

/// The places where one of `words` begins, each with its number of letters.
fn places_of(words: &[&str], letters: &[char]) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    for word in words {
        let word: Vec<char> = word.chars().collect();
        let windows = letters.windows(word.len()).enumerate();
        let found = windows.filter(|(_, window)| *window == word);
        places.extend(found.map(|(at, _)| (at, word.len())));
    }
    places
}

/// Puts gaps in place of words that name nothing, and where letters of one kind end.
pub(super) fn without_idle(letters: &[char]) -> Vec<char> {
    let mut left = letters.to_vec();
    let kept = places_of(KEPT, letters);
    for (at, n) in places_of(IDLE, letters) {
        let is_kept = kept
            .iter()
            .any(|(start, len)| at < start + len && *start < at + n);
        if !is_kept {
            for slot in left.iter_mut().skip(at).take(n) {
                *slot = GAP;
            }
        }
    }
    let mut parted = Vec::with_capacity(left.len());
    for c in left {
        let is_joint = parted
            .last()
            .is_none_or(|before: &char| before.is_ascii() == c.is_ascii());
        if !is_joint {
            parted.push(GAP);
        }
        parted.push(c);
    }
    parted
}

/// Stands between letters that are not beside each other.
pub(super) const GAP: char = '\u{0}';

/// The pairs of `letters`.
pub(super) fn pairs(letters: &[char]) -> HashSet<Pair> {
    letters
        .windows(2)
        .filter_map(|two| match two {
            [a, b] if *a != GAP && *b != GAP => Some((*a, *b)),
            _ => None,
        })
        .collect()
}

/// How much each pair tells, by the passages of the library that hold it.
pub(super) struct Rarity<'a> {
    snapshot: &'a dyn Engine,
    known: HashMap<Pair, f32>,
}

impl<'a> Rarity<'a> {
    pub(super) fn of(snapshot: &'a dyn Engine) -> Self {
        Self {
            snapshot,
            known: HashMap::new(),
        }
    }

    fn of_pair(&mut self, pair: Pair) -> Result<f32, EngineError> {
        if let Some(weight) = self.known.get(&pair) {
            return Ok(*weight);
        }
        let n = self.snapshot.n_passages() as f32 + 1.0;
        let frequency = self.snapshot.pair_frequency(pair.0, pair.1)? as f32;
        let weight = (n / (frequency + 1.0)).ln().max(0.3);
        self.known.insert(pair, weight);
        Ok(weight)
    }

    /// The weight of the pairs together.
    pub(super) fn weight<'p>(
        &mut self,
        pairs: impl IntoIterator<Item = &'p Pair>,
    ) -> Result<f32, EngineError> {
        let mut sum = 0.0;
        for pair in pairs {
            sum += self.of_pair(*pair)?;
        }
        Ok(sum)
    }

    /// The weight of the pairs together, that of one which stands nowhere else being 1.
    pub(super) fn in_pairs<'p>(
        &mut self,
        pairs: impl IntoIterator<Item = &'p Pair>,
    ) -> Result<f32, EngineError> {
        let most = (self.snapshot.n_passages() as f32 + 1.0).ln().max(1.0);
        Ok(self.weight(pairs)? / most)
    }

    /// The share of `pairs` that is in one of `others`; nought when there are none.
    pub(super) fn covered(
        &mut self,
        pairs: &HashSet<Pair>,
        others: &[&HashSet<Pair>],
    ) -> Result<f32, EngineError> {
        let all = self.weight(pairs)?;
        if all == 0.0 {
            return Ok(0.0);
        }
        let shared = pairs
            .iter()
            .filter(|pair| others.iter().any(|other| other.contains(pair)));
        Ok(self.weight(shared)? / all)
    }
}
