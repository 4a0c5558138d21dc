//! Links and images of Markdown: `[名称](地址)` leaves its name in the text.
//!
//! The rest is given apart, to be listed as left out, an image as a whole. Brackets
//! without an address behind them are text.

use super::block::{head, tail};

/// The text without the addresses of its links and without images, and what was
/// taken out.
pub(super) fn without_addresses(text: &str) -> (String, Vec<String>) {
    let mut kept = String::new();
    let mut addresses = Vec::new();
    let mut rest = text;
    while let Some(link) = next_link(rest) {
        kept.push_str(link.before);
        if let Some(before) = link.before.strip_suffix('!') {
            kept.truncate(kept.len() - (link.before.len() - before.len()));
            addresses.push(format!("![{}]({})", link.name, link.address));
        } else {
            kept.push_str(link.name);
            addresses.push(format!("[]({})", link.address));
        }
        rest = link.behind;
    }
    kept.push_str(rest);
    (kept, addresses)
}

struct Link<'a> {
    before: &'a str,
    name: &'a str,
    address: &'a str,
    behind: &'a str,
}

/// The first link of a line.
fn next_link(text: &str) -> Option<Link<'_>> {
    let mut from = 0;
    loop {
        let middle = from + tail(text, from).find("](")?;
        let behind = tail(text, middle + "](".len());
        let open = head(text, middle).rfind('[');
        let close = close_of(behind).filter(|at| is_address(head(behind, *at)));
        let (Some(open), Some(close)) = (open, close) else {
            from = middle + "](".len();
            continue;
        };
        return Some(Link {
            before: head(text, open),
            name: tail(head(text, middle), open + 1),
            address: head(behind, close),
            behind: tail(behind, close + 1),
        });
    }
}

/// Where the bracket closes that was opened before `text`.
fn close_of(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

/// Says whether the words in round brackets are an address.
fn is_address(words: &str) -> bool {
    let is_one_word = words.is_ascii() || words.contains('/');
    let opens = [
        "http://",
        "https://",
        "/",
        "./",
        "../",
        "#",
        "javascript:",
        "mailto:",
    ];
    let is_file = words.contains('/') || words.contains('.');
    !words.is_empty()
        && is_one_word
        && (opens.iter().any(|open| words.starts_with(open)) || is_file && words.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str, addresses: &[&str]) {
        let (kept, found) = without_addresses(text);
        assert_eq!(kept, expect);
        assert_eq!(found, addresses, "{text}");
    }

    #[test]
    fn names_of_links_stay() {
        check(
            "来源：[某省政府网](http://a.cn/b.html) ![图1](images/1.png)",
            "来源：某省政府网 ",
            &["[](http://a.cn/b.html)", "![图1](images/1.png)"],
        );
    }

    #[test]
    fn brackets_of_the_text_stay() {
        check(
            "[打印](javascript:print())",
            "打印",
            &["[](javascript:print())"],
        );
        for text in [
            "用地[2000](公顷)",
            "投入[500](万元)增长",
            "[ ]内为累计数",
            "见](附件",
            "[a](",
        ] {
            check(text, text, &[]);
        }
    }
}
