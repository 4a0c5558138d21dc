//! Headings as they are set, for people.

/// A heading without the blank behind 、 or a closing bracket, which leave one themselves:
/// `一、发展现状`, `（一）目标`. Its number and its title stay apart in the outline.
///
/// ```
/// assert_eq!(plansearch_document::as_set("一、 发展现状"), "一、发展现状");
/// assert_eq!(plansearch_document::as_set("第一章 总则"), "第一章 总则");
/// ```
pub fn as_set(heading: &str) -> String {
    let mut text = String::with_capacity(heading.len());
    let mut before = ' ';
    for c in heading.chars() {
        if c != ' ' || !matches!(before, '、' | '）' | ')') {
            text.push(c);
        }
        before = c;
    }
    text
}
