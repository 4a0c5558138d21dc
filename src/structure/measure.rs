//! Measures: a sentence, and behind it who is in charge.

use super::block::{head, tail, trim};
use super::sentence::marks;

/// 支持设置受理窗口。（负责部门：市市场监管局）: a sentence and nothing else but who
/// is in charge.
pub(super) fn is_measure(words: &str) -> bool {
    let Some(at) = words
        .rfind(['（', '('])
        .filter(|_| words.ends_with(['）', ')', '。']))
    else {
        return false;
    };
    let charge = tail(words, at);
    let sentence = trim(head(words, at));
    let is_charge = CHARGES.iter().any(|word| charge.contains(word));
    let n_stops = marks(sentence).filter(|(_, c)| *c == '。').count();
    is_charge && (n_stops == 0 || n_stops == 1 && sentence.ends_with('。'))
}

/// What tells who is in charge of a measure.
const CHARGES: [&str; 6] = ["部门：", "单位：", "牵头", "负责", "部门:", "单位:"];
