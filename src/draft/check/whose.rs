//! Whose figures a draft states: its own place and time, and whom its sentences name.
//!
//! The report of one province states in the same words as that of another what is rightly
//! another figure. So a draft that says in its head whose it is (四川省政府工作报告) is held
//! only against what is of the same place, or against what its sentence names.

use plansearch_document::{Jurisdiction, Level, places_in};
use plansearch_figure::dates;
use plansearch_text::{Span, fold};

use super::library::Source;
use super::names::key;
use super::stated::{Stated, years};

/// Lines in front of the first sentence that may say whose draft it is.
const N_HEAD_LINES: usize = 16;
/// So many characters of a title in a row name its document.
const MIN_TITLE_RUN: usize = 6;
/// What many titles have in common.
const COMMON: &[&str] = &[
    "国民经济和社会发展",
    "年规划",
    "政府工作报告",
    "人民政府关于印发",
    "人民政府办公厅关于印发",
    "的通知",
    "实施方案",
    "行动计划",
    "行动方案",
    "实施意见",
    "中华人民共和国",
    "国务院关于",
];

/// Whose draft it is, as its head says.
#[derive(Debug, Clone, Default)]
pub(super) struct Home {
    place: Jurisdiction,
    /// The years that it is for.
    pub(super) years: Option<(u16, u16)>,
}

impl Home {
    /// Reads the head of a draft: the lines in front of its first sentence.
    pub(super) fn of(text: &str) -> Self {
        let lines = text.lines().take(N_HEAD_LINES);
        let head: Vec<&str> = lines.take_while(|line| !line.contains('。')).collect();
        let place = head
            .iter()
            .find_map(|line| places_in(line).into_iter().next());
        let years = head.iter().find_map(|line| {
            let found = dates(line).into_iter().find_map(|date| years(&date.period));
            found
                .filter(|_| line.contains("报告") || line.contains("规划") || line.contains("计划"))
        });
        Self {
            place: place.unwrap_or_default(),
            years,
        }
    }

    /// Says whether a source is of the place that the draft is of.
    pub(super) fn is_of(&self, source: &Source) -> bool {
        let (own, theirs) = (self.place.regions.last(), source.place.regions.last());
        own.is_some() && own == theirs
    }

    /// Says whether a source is of another place. Law is of no place here: it holds for all.
    pub(super) fn is_elsewhere(&self, source: &Source) -> bool {
        let (own, theirs) = (self.place.regions.last(), source.place.regions.last());
        let is_law = source.doc.doc_type == "法规";
        own.is_some() && theirs.is_some() && own != theirs && !is_law
    }
}

/// Says whether a sentence names the document of a source or the place it is of.
pub(super) fn names(sentence: &str, source: &Source) -> bool {
    let place = source.place.regions.last().map(String::as_str);
    let names_place = match (source.place.level, place) {
        (Some(Level::Nation), _) => {
            opens(sentence, "全国") || opens(sentence, "我国") || sentence.contains("国务院")
        }
        (_, Some(place)) => {
            let short = place.trim_end_matches(['省', '市', '县', '区']);
            sentence.contains(if short.chars().count() < 2 {
                place
            } else {
                short
            }) || place.ends_with("港区") && sentence.contains("港区")
        }
        _ => false,
    };
    names_place || names_title(sentence, &source.doc.title)
}

fn names_title(sentence: &str, title: &str) -> bool {
    let letters: String = key(sentence).into_iter().collect();
    let mut title: String = key(title).into_iter().collect();
    for word in COMMON {
        title = title.replace(&fold(word), "\u{0}");
    }
    let parts = title.split('\u{0}');
    parts.into_iter().any(|part| {
        let chars: Vec<char> = part.chars().collect();
        let mut runs = chars.windows(MIN_TITLE_RUN);
        runs.any(|run| letters.contains(&run.iter().collect::<String>()))
    })
}

/// Says whether a sentence names places, none of which the source is of or names itself.
pub(super) fn is_of_others(sentence: &str, source: &Source) -> bool {
    let places = places_in(sentence);
    let is_known = |place: &Jurisdiction| {
        let name = place.regions.last().map_or("", String::as_str);
        let short = name.trim_end_matches(['省', '市', '县', '区']);
        source.place.regions.iter().any(|region| region == name)
            || source
                .place
                .regions
                .last()
                .is_some_and(|region| place.regions.contains(region))
            || Span::whole(&source.passage.text)
                .of(&source.passage.text)
                .contains(short)
    };
    !places.is_empty() && !source.place.regions.is_empty() && !places.iter().any(is_known)
}

/// Says whether what stands in front of a figure speaks of a level of government that the
/// source is not of: 全市 against the report of a province. The 全国 of 长三角乃至全国的示范区
/// does not, because it opens no clause; nor does a word that the sentence `other` of the source
/// has as well.
pub(super) fn is_other_level(front: &str, source: &Source, other: &Stated) -> bool {
    const LEVELS: &[(&str, &[&str])] = &[
        ("市", &["全市", "我市", "本市"]),
        ("省", &["全省", "我省", "本省"]),
        ("区县", &["全区", "我区", "本区", "全县", "我县", "本县"]),
        ("国家", &["全国", "我国"]),
    ];
    let theirs = other.span.of(&source.passage.text);
    let place = &source.place;
    let Some(level) = place.level else {
        return false;
    };
    let is_city_province = level.name() == "省"
        && place
            .regions
            .last()
            .is_some_and(|region| region.ends_with('市'));
    let named = LEVELS.iter().filter(|(_, words)| {
        words
            .iter()
            .any(|word| opens(front, word) && !theirs.contains(word))
    });
    let mut names = named.map(|(name, _)| *name).peekable();
    let has_level = names.peek().is_some();
    has_level && !names.any(|name| name == level.name() || (name == "市" && is_city_province))
}

/// Says whether a word opens a clause of `text`, or stands behind a time.
fn opens(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = Span::new(0, at).of(text).chars().next_back();
        before.is_none_or(|c| !c.is_alphabetic() || "年月末底初期间时，".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, place: Option<&str>, years: Option<(u16, u16)>) {
        let home = Home::of(text);
        assert_eq!(
            home.place.regions.last().map(String::as_str),
            place,
            "{text}"
        );
        assert_eq!(home.years, years, "{text}");
    }

    #[test]
    fn the_head_says_whose_draft_it_is() {
        check(
            "2026年四川省人民政府工作报告\n各位代表：\n浙江省的经验值得学习。",
            Some("四川省"),
            Some((2026, 2026)),
        );
        check(
            "政府工作报告\n——2015年2月5日在海拉尔区第十四届人民代表大会上\n",
            Some("海拉尔区"),
            None,
        );
        check(
            "情况汇报\n一、概况\n据嘉兴市统计，产值为3亿元。",
            None,
            None,
        );
    }

    #[test]
    fn a_title_names_its_document_by_what_is_its_own() {
        let title = "嘉兴市生态文明建设规划(修编)(2019~2025年)";
        assert!(names_title("生态文明建设规划提出", title));
        assert!(!names_title("按国民经济和社会发展规划", title));
        assert!(!names_title(
            "国民经济和社会发展稳中有进",
            "湖南省国民经济和社会发展第十五个五年规划的建议"
        ));
    }
}
