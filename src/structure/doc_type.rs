//! The type that a title names, by its last words.
//!
//! The words stand in `doc_types.txt`, the longest that a title ends with decides.
//! Which year or period it is for makes a plan one of a year; a report of the
//! government's work and an outline of a five-year plan are known by their names.

use super::{front, period};
use plansearch_document::DocType;
use std::sync::LazyLock;

/// Endings with their types; `-` marks words that end so and name no type.
static ENDS: LazyLock<Vec<(&'static str, Option<DocType>)>> = LazyLock::new(|| {
    let mut ends = Vec::new();
    for line in include_str!("doc_types.txt").lines() {
        let Some((name, words)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let doc_type = DocType::from_name(name.trim());
        ends.extend(words.split_whitespace().map(|word| (word, doc_type)));
    }
    ends
});

/// The type that a title names.
pub(super) fn of_title(title: &str) -> DocType {
    let core = front::title_core(title);
    if core.contains("政府工作报告") && !core.ends_with("决议") {
        return DocType::WorkReport;
    }
    if core.contains("国民经济和社会发展")
        && core.contains("个五年")
        && ["规划", "计划", "目标"]
            .iter()
            .any(|end| core.ends_with(end))
    {
        return DocType::Outline;
    }
    // A notice that sets a plan in force without another text is the plan.
    let named = core.strip_suffix("的通知").map(by_end);
    let is_plan = |kind: &DocType| !matches!(kind, DocType::Other | DocType::Regulation);
    let kind = match named {
        Some(kind) if is_plan(&kind) && core.contains("下达") => kind,
        Some(kind) if is_plan(&kind) && !core.contains("关于") => kind,
        _ => by_end(&core),
    };
    let is_yearly = period::of_title(title).is_some_and(|period| period.first == period.last);
    match kind {
        DocType::ActionPlan if is_yearly && ends_as_plan(&core) => DocType::AnnualPlan,
        kind => kind,
    }
}

/// 2024年…计划 is the plan of a year, 2024年…行动 is not.
fn ends_as_plan(core: &str) -> bool {
    core.trim_end_matches("的通知").ends_with("计划")
}

fn by_end(core: &str) -> DocType {
    let ends = ENDS.iter().filter(|(word, _)| core.ends_with(word));
    let longest = ends.max_by_key(|(word, _)| word.len());
    longest.and_then(|(_, kind)| *kind).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_from_the_end_of_a_title() {
        for (title, kind) in [
            (
                "某区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要",
                DocType::Outline,
            ),
            (
                "某市生态文明建设规划(修编)(2019~2025年)",
                DocType::SpecialPlan,
            ),
            ("某市推进一体化发展行动计划", DocType::ActionPlan),
            (
                "某省人民代表大会关于政府工作报告的决议",
                DocType::Resolution,
            ),
            ("某县2024年度科技计划项目公示", DocType::Announcement),
            (
                "某市关于下达2024年国民经济和社会发展计划的通知",
                DocType::AnnualPlan,
            ),
            (
                "某委关于制定国民经济和社会发展第十五个五年规划的建议",
                DocType::Other,
            ),
            ("2026年某省政府工作报告", DocType::WorkReport),
            ("关于实施乡村振兴战略的意见", DocType::Opinions),
            ("某省水污染防治条例", DocType::Regulation),
            ("海洋环境保护法", DocType::Regulation),
            ("关于做好2024年工作的通知", DocType::Notice),
            ("某市实施方案（2024年修订）", DocType::Scheme),
            ("某市改革典型经验做法", DocType::Other),
            ("某市关于同意设立开发区的批复", DocType::Reply),
            ("关于建立联席会议制度的复函", DocType::Letter),
            ("2023年国民经济和社会发展统计公报", DocType::Communique),
            ("某市2024年工作要点", DocType::AnnualPlan),
            (
                "关于2023年计划执行情况与2024年计划草案的报告",
                DocType::Report,
            ),
            ("某县突发事件应急预案", DocType::ContingencyPlan),
            ("关于批准2023年财政决算的决议", DocType::Resolution),
            ("市政府常务会议纪要", DocType::Minutes),
            ("关于促进消费的若干措施", DocType::Measures),
        ] {
            assert_eq!(of_title(title), kind, "{title}");
        }
    }

    #[test]
    fn every_line_of_the_file_names_a_type() {
        for line in include_str!("doc_types.txt").lines() {
            let Some((name, _)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
                continue;
            };
            let name = name.trim();
            assert!(name == "-" || DocType::from_name(name).is_some(), "{name}");
        }
    }
}
