//! Short and full names of bodies of the nation: 工信部 is 工业和信息化部.
//!
//! Names stand in `body_names.txt`. A name that the list does not know stays as it
//! is; so does one that is full already.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Full names by short ones.
static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for line in include_str!("body_names.txt").lines() {
        let Some((full, shorts)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        names.extend(shorts.split_whitespace().map(|short| (short, full.trim())));
    }
    names
});

/// What may stand behind the name of a body: an office of it.
const OFFICES: [&str; 4] = ["办公厅", "办公室", "综合司", "党组"];

/// The full name of a body.
///
/// ```
/// use plansearch_document::full_body_name;
/// assert_eq!(full_body_name("工信部"), "工业和信息化部");
/// assert_eq!(full_body_name("国家发展改革委办公厅"), "国家发展和改革委员会办公厅");
/// assert_eq!(full_body_name("平湖市人民政府"), "平湖市人民政府");
/// ```
pub fn full_body_name(name: &str) -> String {
    if let Some(full) = NAMES.get(name) {
        return (*full).to_owned();
    }
    let of_office = OFFICES.iter().find_map(|office| {
        let full = NAMES.get(name.strip_suffix(*office)?)?;
        Some(format!("{full}{office}"))
    });
    of_office.unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_stay_and_short_ones_become_full() {
        for (name, full) in [
            ("国家发改委", "国家发展和改革委员会"),
            ("国家卫生健康委", "国家卫生健康委员会"),
            ("中央网信办", "中央网络安全和信息化委员会办公室"),
            ("国家能源局综合司", "国家能源局综合司"),
            ("某省发展改革委", "某省发展改革委"),
            ("", ""),
        ] {
            assert_eq!(full_body_name(name), full);
            assert_eq!(full_body_name(full), full);
        }
    }
}
