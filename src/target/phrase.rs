//! The words around a figure that name what it is of: in front of it (地区生产总值达到),
//! or behind it, where a verb makes something (建成35个先导区).

use super::line::{Line, is_border, is_mark};
use super::times::Time;
use super::words;

/// The words in front of a figure.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Front {
    /// The name; empty where both ends are the same.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether a word of attainment stands between name and figure.
    pub(crate) is_attained: bool,
    /// Whether that word is 为 or 是 alone.
    pub(crate) is_copula: bool,
    /// Whether 分别 stands between them.
    pub(crate) is_respective: bool,
}

impl Front {
    pub(crate) fn is_empty(&self) -> bool {
        self.end <= self.start
    }
}

/// Reads the words between `least` and the figure at `end`.
pub(crate) fn front(line: &Line<'_>, least: usize, end: usize, times: &[Time]) -> Front {
    let mut front = Front {
        start: least,
        end,
        ..Front::default()
    };
    strip_marks(line, &mut front);
    let mut opened = front;
    strip_head(line, &mut opened, &[]);
    if is_verb_alone(line, &front) || is_verb_alone(line, &opened) {
        front.start = front.end;
        return front;
    }
    strip_tail(line, &mut front, times);
    strip_head(line, &mut front, times);
    cut_at_verb(line, &mut front);
    front
}

fn strip_marks(line: &Line<'_>, front: &mut Front) {
    while front.start < front.end && is_mark(line.at(front.start)) {
        front.start += 1;
    }
}

/// 改造提升, 新建: nothing but a verb whose object stands behind the figure.
fn is_verb_alone(line: &Line<'_>, front: &Front) -> bool {
    let text = line
        .slice(front.start, front.end)
        .trim_end_matches(['超', '约', '近', '了', '的']);
    words::ACHIEVE.all().contains(&text)
}

/// Words that lead to a figure, with the characters in front of them that make them a part
/// of a longer word: 占比, 拥有, 人均.
const GUARDED: [(&str, &str); 13] = [
    ("比", "占同环对配"),
    ("有", "拥所持国公私"),
    ("均", "人平户亩年"),
    ("约", "节合签制"),
    ("达", "发"),
    ("为", "行作认"),
    ("在", "存潜现"),
    ("近", "附临就"),
    ("到", "得遇"),
    ("增", "新净"),
    ("要", "主重需"),
    ("不", ""),
    ("较", "比"),
];

fn is_guarded(line: &Line<'_>, front: &Front, word: &str) -> bool {
    let Some(before) = front.end.checked_sub(word.chars().count()) else {
        return false;
    };
    GUARDED
        .iter()
        .any(|(known, chars)| *known == word && chars.contains(line.before(before)))
}

fn strip_tail(line: &Line<'_>, front: &mut Front, times: &[Time]) {
    loop {
        let before = front.end;
        while front.end > front.start && is_mark(line.before(front.end)) {
            front.end -= 1;
        }
        let time = times
            .iter()
            .find(|time| time.end == front.end && time.start >= front.start);
        if let Some(time) = time {
            front.end = time.start;
        } else if let Some(word) = tail(line, front, &words::ATTAIN) {
            front.is_attained |= !is_noun_tail(line, front, word);
            front.is_respective |= word.contains("分别");
            if is_noun_tail(line, front, word) {
                return;
            }
            front.end -= word.chars().count();
        } else if let Some(word) = tail(line, front, &words::LEAD) {
            front.is_copula |= matches!(word, "为" | "是");
            front.end -= word.chars().count();
        } else if line.ends_with(front.start, front.end, ")") {
            // A bracket behind the name stays with it.
            return;
        }
        if front.end == before || front.end <= front.start {
            return;
        }
    }
}

fn tail(line: &Line<'_>, front: &Front, words: &words::Words) -> Option<&'static str> {
    words
        .all()
        .iter()
        .copied()
        .find(|word| line.ends_with(front.start, front.end, word) && !is_guarded(line, front, word))
}

/// 居民收入增速, 涨幅, 新增: what also ends names stays when a name stands in front.
fn is_noun_tail(line: &Line<'_>, front: &Front, word: &str) -> bool {
    let rest = front.end - word.chars().count();
    match word {
        "增速" | "增幅" => rest > front.start + 2,
        "涨" | "增" | "降" => line.ends_with(front.start, rest, "下"),
        _ => false,
    }
}

fn strip_head(line: &Line<'_>, front: &mut Front, times: &[Time]) {
    loop {
        let before = front.start;
        while front.start < front.end && is_mark(line.at(front.start)) {
            front.start += 1;
        }
        if line.at(front.start) == ')' || line.at(front.start) == '”' {
            front.start += 1;
        }
        let time = times
            .iter()
            .find(|time| time.start == front.start && time.end <= front.end);
        if let Some(time) = time {
            front.start = time.end;
        } else if let Some(word) = head(line, front) {
            front.start += word.chars().count();
        }
        if front.start == before || front.start >= front.end {
            break;
        }
    }
    // A time in the midst: the name is the longer side.
    let midst = times
        .iter()
        .rev()
        .find(|time| time.start > front.start && time.end < front.end);
    if let Some(time) = midst {
        let behind = front.end - time.end;
        let ahead = time.start - front.start;
        if behind >= 2 || behind >= ahead {
            front.start = time.end;
            strip_head(line, front, &[]);
        } else {
            front.end = time.start;
        }
    }
}

fn head(line: &Line<'_>, front: &Front) -> Option<&'static str> {
    words::HEADS
        .all()
        .iter()
        .copied()
        .filter(|word| line.starts_with(front.start, word))
        .find(|word| {
            let rest = front.start + word.chars().count();
            let behind = line.at(rest);
            // 达标率, 完成率, 保障房: the word is part of the name.
            let is_inside = rest < front.end && "率度性量额值数区业化".contains(behind);
            rest <= front.end
                && !is_inside
                && !(word.chars().count() == 1 && is_name_start(line, front.start))
        })
}

/// 对外贸易, 从业人员, 有效发明, 向海经济: words that begin with what else is a preposition.
fn is_name_start(line: &Line<'_>, at: usize) -> bool {
    [
        "对外",
        "从业",
        "有效",
        "向海",
        "在校",
        "在建",
        "在岗",
        "有机",
        "达标",
        "约束",
        "以工",
        "为民",
        "后备",
        "前沿",
        "前海",
        "末端",
        "底线",
        "底层",
        "和美",
        "和谐",
        "同业",
        "应急",
        "应用",
        "应届",
        "应收",
        "要素",
        "计划生育",
        "将军",
        "共享",
        "共同",
        "合计划",
        "比亚迪",
        "至少",
        "了解",
        "有色",
        "有线",
        "有进",
        "有组织",
        "与会",
        "使用",
        "及格",
        "到位",
        "再生",
        "基本养老",
        "基本医",
        "基本公共",
        "基本农田",
        "基本社会",
        "基本殡葬",
        "有的",
        "要事",
        "以旧换新",
        "从事",
        "和平",
        "同类",
        "第一产业",
        "共建",
        "共有产权",
        "有声",
        "再贷款",
        "再就业",
        "计算",
        "计量",
        "计生",
        "的士",
        "把关",
    ]
    .iter()
    .any(|word| line.starts_with(at, word))
}

/// What stands behind the last verb of attainment within the words: 列入…的重大项目实现|年度投资.
fn cut_at_verb(line: &Line<'_>, front: &mut Front) {
    const VERBS: [&str; 9] = [
        "实现", "完成", "达到", "推动", "力争", "确保", "争取", "带动", "使得",
    ];
    let mut at = front.end;
    while at > front.start + 1 {
        at -= 1;
        let Some(verb) = VERBS.iter().find(|verb| line.starts_with(at, verb)) else {
            continue;
        };
        let rest = at + verb.chars().count();
        let is_noun = "率度量额值或优的".contains(line.at(rest));
        if rest + 2 <= front.end && !is_noun {
            front.start = rest;
            strip_head(line, front, &[]);
            return;
        }
    }
}

/// The words behind a figure that name what it counts, at most up to `limit`; empty where
/// the figure closes its clause.
pub(crate) fn behind(line: &Line<'_>, end: usize, limit: usize) -> (usize, usize) {
    let mut start = end;
    while start < limit && matches!(line.at(start), '的' | ' ') {
        start += 1;
    }
    let stop = line
        .find(start, limit, |c| {
            is_border(c) || matches!(c, '、' | '(' | ')' | '”' | '—')
        })
        .unwrap_or(limit.min(line.len()));
    let mut stop = stop;
    // A quotation within the name closes in it.
    if line.at(stop) == '”' && line.slice(start, stop).contains('“') {
        stop = line
            .find(stop + 1, limit, |c| {
                is_border(c) || matches!(c, '、' | '(' | ')' | '”' | '—')
            })
            .unwrap_or(limit.min(line.len()));
    }
    for word in [
        "建成",
        "投用",
        "投入",
        "开工",
        "完工",
        "竣工",
        "正式",
        "全部",
        "开展",
        "进行",
        "并",
        "以及",
        "和新",
        "等",
        "任务",
        "工作",
        "工程建设",
    ] {
        if let Some(at) = find_word(line, start + 2, stop, word) {
            stop = at;
        }
    }
    (start, stop)
}

fn find_word(line: &Line<'_>, from: usize, to: usize, word: &str) -> Option<usize> {
    (from..to).find(|at| line.starts_with(*at, word))
}

/// What follows a figure and says no more of what it is of.
const CLOSING: [&str; 24] = [
    "安排",
    "目标",
    "水平",
    "任务",
    "的目标",
    "的水平",
    "的增速",
    "增长",
    "提高",
    "提升",
    "下降",
    "增加",
    "减少",
    "并",
    "且",
    "而",
    "高于",
    "低于",
    "好于",
    "快于",
    "居",
    "位",
    "以",
    "同比",
];

/// Says whether the text at a figure's end closes what is said of it.
pub(crate) fn is_closed(line: &Line<'_>, end: usize) -> bool {
    let c = line.at(end);
    if c == '\0'
        || is_mark(c)
        || matches!(c, ')' | '(' | '”' | '〕' | ']')
        || joins_figure(line, end)
    {
        return true;
    }
    CLOSING.iter().any(|word| line.starts_with(end, word))
}

/// 和, 与 and their kin with another figure in the same clause.
fn joins_figure(line: &Line<'_>, end: usize) -> bool {
    let stop = line.find(end, line.len(), is_border).unwrap_or(line.len());
    matches!(line.at(end), '和' | '与' | '及' | '或')
        && line.find(end, stop, |c| c.is_ascii_digit()).is_some()
}

/// Says whether a name ends as names of indicators do.
pub(crate) fn is_indicator(name: &str) -> bool {
    let name = name.trim_end_matches([')', '）', '”']);
    words::INDICATORS
        .all()
        .iter()
        .any(|word| name.ends_with(word))
}
