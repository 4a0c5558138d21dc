//! Names of several figures at once: 生猪、家禽年出栏量分别…, 城镇和农村居民收入分别….

use super::line::Line;
use super::phrase;
use super::words;

/// The items of a list of names, parted by 、 and the last by 和 or its kin.
pub(crate) fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut item = String::new();
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '（' | '“' => depth += 1,
            ')' | '）' | '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, '、' | '，' | ',') {
            items.push(std::mem::take(&mut item));
        } else {
            item.push(c);
        }
    }
    items.push(item);
    items.retain(|item| !item.trim().is_empty());
    items
}

/// The same, with 和, 与, 及 and 以及 as borders too, where that gives `n` items.
pub(crate) fn exactly(text: &str, n: usize) -> Option<Vec<String>> {
    let plain = items(text);
    if plain.len() == n {
        return Some(plain);
    }
    let digits = digits(text, n);
    if digits.is_some() {
        return digits;
    }
    for word in ["以及", "和", "与", "及"] {
        let last = plain.last()?;
        let Some((one, two)) = last.split_once(word) else {
            continue;
        };
        if plain.len() + 1 == n && !one.is_empty() && two.chars().count() >= 2 {
            let mut parted: Vec<String> = plain.iter().take(plain.len() - 1).cloned().collect();
            parted.push(one.to_owned());
            parted.push(two.to_owned());
            return Some(parted);
        }
    }
    None
}

/// 一二三产增加值: a numeral an item.
fn digits(text: &str, n: usize) -> Option<Vec<String>> {
    let head: Vec<char> = text
        .chars()
        .take_while(|c| "一二三四五".contains(*c))
        .collect();
    let rest: String = text.chars().skip(head.len()).collect();
    (head.len() == n && n > 1 && !rest.is_empty())
        .then(|| head.into_iter().map(|c| format!("{c}{rest}")).collect())
}

/// Gives the items of a list the part that only the last one has: 水果、蔬菜、茶叶产量 are
/// 水果产量, 蔬菜产量, 茶叶产量.
pub(crate) fn completed(items: &[String]) -> Vec<String> {
    let Some((last, heads)) = items.split_last() else {
        return Vec::new();
    };
    let tail = common_tail(last, heads);
    let mut names: Vec<String> = heads
        .iter()
        .map(|head| {
            if tail.is_empty() || head.ends_with(&tail) || phrase::is_indicator(head) {
                head.clone()
            } else {
                format!("{head}{tail}")
            }
        })
        .collect();
    names.push(last.replacen(
        "的",
        "",
        usize::from(last.contains('的') && !tail.is_empty()),
    ));
    names
}

fn common_tail(last: &str, heads: &[String]) -> String {
    if let Some((_, tail)) = last.split_once('的') {
        return tail.to_owned();
    }
    let chars: Vec<char> = last.chars().collect();
    let n_head = heads
        .iter()
        .map(|head| head.chars().count())
        .max()
        .unwrap_or(0);
    let is_short = heads.iter().all(|head| head.chars().count() == n_head) && n_head <= 3;
    if is_short && chars.len() > n_head {
        return chars.iter().skip(n_head).collect();
    }
    let line = Line::new(last);
    let opening = (2..chars.len()).find(|at| {
        words::OPENERS
            .all()
            .iter()
            .any(|word| line.starts_with(*at, word))
    });
    opening.map_or_else(String::new, |at| line.slice(at, line.len()).to_owned())
}
