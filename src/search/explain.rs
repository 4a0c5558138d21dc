//! Why a hit stands where it does, in words for a person.

use plansearch_engine::{Reasons, WordReason};
use plansearch_text::FIGURE_MARK;

/// How many pairs are named.
const N_PAIRS: usize = 5;

/// The reasons line by line: the words, the whole, the factors, the pairs.
pub(super) fn explain(reasons: &Reasons) -> Vec<String> {
    let mut lines: Vec<String> = reasons.words.iter().map(word_line).collect();
    if !reasons.words.is_empty() {
        lines.push(format!(
            "本段具有全部词语分量的{}，系数 {:.2}",
            percent(reasons.words_share()),
            reasons.words_factor
        ));
    }
    if let Some(share) = reasons.whole_share {
        let how = if share >= 1.0 {
            "查询的字串在本段完整出现".to_owned()
        } else if share > 0.0 {
            format!("查询的字串有{}在本段完整出现", percent(share))
        } else {
            "查询的字串没有在本段完整出现".to_owned()
        };
        lines.push(format!("{how}，系数 {:.2}", reasons.whole_factor));
    }
    if is_other(reasons.kind_factor) {
        let factor = reasons.kind_factor;
        lines.push(format!("本段不是正文或表格，系数 {factor:.2}"));
    }
    if is_other(reasons.doc_factor) {
        let factor = reasons.doc_factor;
        let why = if factor > 1.0 {
            "查询点名了本段所在的文件"
        } else {
            "本段属于一地的法规，查询没有点名该地"
        };
        lines.push(format!("{why}，系数 {factor:.2}"));
    }
    if is_other(reasons.favour_factor) {
        let factor = reasons.favour_factor;
        lines.push(format!(
            "本段正是所查的标题、条文或含有所问的数值，系数 {factor:.2}"
        ));
    }
    if is_other(reasons.first_factor) {
        let factor = reasons.first_factor;
        lines.push(format!(
            "本段具有全部词语，或正是所查的条文、文件，排在其余段落之前，系数 {factor:.2}"
        ));
    }
    let pairs: Vec<String> = reasons
        .pairs
        .iter()
        .take(N_PAIRS)
        .map(|(pair, part)| format!("{pair} {part:.2}"))
        .collect();
    if pairs.is_empty() {
        lines.push("没有计分的字对，字对合计按最小值计".to_owned());
    } else {
        lines.push(format!(
            "字对合计 {:.2}，最有分量的是：{}",
            reasons.sum(),
            pairs.join("、")
        ));
    }
    lines.push(format!("得分 {:.2}：字对合计与各系数之积", reasons.score));
    lines
}

fn word_line(word: &WordReason) -> String {
    let name = &shown(&word.word);
    let weight = format!("占词语分量{}", percent(word.share));
    let Some(met) = &word.met else {
        return format!("“{name}”没有出现（{weight}）");
    };
    let place = if met.is_around {
        "只见于文件名、上级标题、小标题或表头"
    } else {
        "见于本段"
    };
    if met.text == word.word {
        format!("“{name}”{place}（{weight}，计{}）", percent(met.worth))
    } else {
        format!(
            "“{name}”没有出现，相关的“{}”{place}（{weight}，计{}）",
            shown(&met.text),
            percent(met.worth)
        )
    }
}

/// A word as people read it: a figure without its mark.
fn shown(word: &str) -> String {
    word.trim_start_matches(FIGURE_MARK).to_owned()
}

fn percent(share: f32) -> String {
    format!("{:.0}%", share * 100.0)
}

fn is_other(factor: f32) -> bool {
    (factor - 1.0).abs() > f32::EPSILON
}
