//! Which title of a file's own description says something.

/// The title without what a browser adds (`…规划_能源_中国政府网`); none when it
/// says nothing.
pub(super) fn telling(stated: &str) -> Option<&str> {
    let is_site = ["网", "网站", "门户", "政府"]
        .iter()
        .any(|end| stated.ends_with(end));
    let title = match stated.split_once(['_', '|']) {
        Some((title, _)) if is_site => title.trim(),
        _ => stated,
    };
    is_telling(title).then_some(title)
}

/// Whether it is a title, and not the name of a file or program.
fn is_telling(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_junk = [
        "microsoft ",
        "powerpoint",
        "untitled",
        "无标题",
        "未命名",
        "幻灯片",
        "文档1",
        "document",
        "wps ",
    ]
    .iter()
    .any(|junk| lower.starts_with(junk));
    let is_file = [
        ".doc", ".docx", ".wps", ".pdf", ".indd", ".cdr", ".fh", ".ppt", ".pptx", ".xls", ".xlsx",
        ".qxd", ".ps", ".txt", ".rtf", ".tif", ".jpg",
    ]
    .iter()
    .any(|suffix| lower.ends_with(suffix));
    let n_han = title.chars().filter(|ch| *ch >= '\u{4e00}').count();
    let is_broken = title
        .chars()
        .any(|ch| ch == '\u{fffd}' || ch.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&ch));
    !is_junk && !is_file && !is_broken && n_han >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_and_programs_are_no_titles() {
        for (title, expect) in [
            ("天津市氢能产业发展规划", Some("天津市氢能产业发展规划")),
            ("氢能产业发展规划_能源_中国政府网", Some("氢能产业发展规划")),
            ("Microsoft Word - 附件1.doc", None),
            ("关于印发规划的通知.docx", None),
            ("文档1", None),
            ("", None),
            ("201512181010", None),
            ("规划\u{fffd}\u{fffd}文本", None),
        ] {
            assert_eq!(telling(title), expect, "{title}");
        }
    }
}
