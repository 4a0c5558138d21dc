//! Which targets are of an indicator that somebody names.

use std::sync::LazyLock;

use plansearch_text::fold;

static GROUPS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let lines = include_str!("aliases.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_whitespace().map(core).collect())
        .collect()
});

/// Words behind the name of an indicator that say nothing of what it measures.
const ENDS: [&str; 16] = [
    "人数",
    "总水平",
    "增长速度",
    "增速",
    "涨幅",
    "增幅",
    "增长",
    "总量",
    "上涨",
    "年均",
    "目标",
    "数量",
    "任务",
    "指标",
    "安排",
    "数",
];

/// Words in front of a name that make it another indicator: per head, per unit.
const RATIOS: [&str; 10] = [
    "人均", "单位", "万元", "亿元", "亩均", "每万", "每千", "户均", "地均", "占",
];

/// Words in front of a name that only say of which place it is.
const PLACES: [&str; 14] = [
    "",
    "全市",
    "全省",
    "全区",
    "全县",
    "全国",
    "全年",
    "地方",
    "本市",
    "我省",
    "我市",
    "全社会",
    "实现",
    "我国",
];

/// A name as somebody types it.
#[derive(Debug, Clone)]
pub struct Named {
    names: Vec<String>,
    is_ratio: bool,
}

/// How well a name fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Not at all.
    No,
    /// The words stand in it.
    Part,
    /// It is the indicator itself, of whatever place.
    Whole,
}

impl Named {
    /// The indicator of this name, under its other names too.
    pub fn new(name: &str) -> Self {
        let typed = core(name);
        let group = GROUPS.iter().find(|group| group.contains(&typed));
        let mut names = vec![typed.clone()];
        names.extend(
            group
                .into_iter()
                .flatten()
                .filter(|name| **name != typed)
                .cloned(),
        );
        let is_ratio = RATIOS.iter().any(|word| typed.starts_with(word));
        Self { names, is_ratio }
    }

    /// The names, the one typed first.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How the name of a target fits.
    ///
    /// ```
    /// use plansearch_targets::{Fit, Named};
    /// let wanted = Named::new("地区生产总值");
    /// assert_eq!(wanted.fit("全市生产总值"), Fit::Whole);
    /// assert_eq!(wanted.fit("单位地区生产总值能耗"), Fit::Part);
    /// assert_eq!(wanted.fit("粮食产量"), Fit::No);
    /// ```
    pub fn fit(&self, name: &str) -> Fit {
        let name = core(name);
        // 经济增长5%左右 is the gross product.
        if matches!(name.as_str(), "经济" | "经济总")
            && self.names.iter().any(|known| known == "gdp")
        {
            return Fit::Whole;
        }
        let is_whole = self.names.iter().enumerate().any(|(at, known)| {
            name.strip_suffix(known.as_str()).is_some_and(|ahead| {
                let is_plain = self.is_ratio || !RATIOS.iter().any(|word| ahead.contains(word));
                // Another name of it is it only of the place itself: not 海洋生产总值.
                is_plain && (at == 0 || PLACES.contains(&ahead))
            })
        });
        if is_whole {
            return Fit::Whole;
        }
        let typed = self.names.first();
        if typed.is_some_and(|typed| name.contains(typed.as_str())) {
            return Fit::Part;
        }
        Fit::No
    }
}

/// A name without marks, brackets and what says nothing of it.
fn core(name: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0usize;
    for c in name.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !matches!(c, '“' | '”' | '"' | '、') && !c.is_whitespace() => {
                plain.push(c);
            }
            _ => {}
        }
    }
    let mut folded = fold(&plain);
    loop {
        let cut = ENDS.iter().find_map(|word| {
            folded
                .strip_suffix(word)
                .filter(|rest| rest.chars().count() >= 2)
        });
        match cut {
            Some(rest) => folded = rest.to_owned(),
            None => return folded,
        }
    }
}
