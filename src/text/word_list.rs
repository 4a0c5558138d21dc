//! Lists of words in files for people to read and to correct.

/// The words of a list of a file, in order. `[name]` opens a list, blanks and line ends part
/// its words, and a line that begins with `#` is a remark.
///
/// ```
/// use plansearch_text::word_list;
/// let file = "# 两个词表\n[colours]\n红 绿\n蓝\n[sizes]\n大";
/// assert_eq!(word_list(file, "colours").collect::<Vec<_>>(), ["红", "绿", "蓝"]);
/// assert_eq!(word_list(file, "weights").count(), 0);
/// ```
pub fn word_list<'a>(file: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let head = format!("[{name}]");
    file.lines()
        .map(str::trim)
        .skip_while(move |line| *line != head)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}
