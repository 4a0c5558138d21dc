//! What sites call their parts, and the labels of their facts.
//!
//! Words of markup and of publishing pages, never names of sites or places.

use super::tree::{Id, Tree};

/// Says whether the element is named or tagged as a part of the site.
pub(super) fn is_called_page_part(tree: &Tree, id: Id) -> bool {
    let name = tree.name(id);
    if matches!(
        name,
        "html" | "body" | "p" | "table" | "tbody" | "tr" | "td"
    ) {
        return false;
    }
    if PART_TAGS.contains(&name) {
        return true;
    }
    let role = tree.attribute(id, "role").unwrap_or_default();
    PART_ROLES.contains(&role)
        || ["id", "class"].iter().any(|key| {
            let names = tree.attribute(id, key).unwrap_or_default().to_lowercase();
            names
                .split(|c: char| !c.is_ascii_alphanumeric())
                .map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()))
                .any(|word| PART_WORDS.contains(&word))
        })
}

const PART_TAGS: [&str; 6] = ["nav", "footer", "aside", "button", "select", "textarea"];
const PART_ROLES: [&str; 5] = [
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
];
const PART_WORDS: [&str; 52] = [
    "nav",
    "navbar",
    "mainnav",
    "subnav",
    "sidenav",
    "menu",
    "menus",
    "foot",
    "footer",
    "bottom",
    "copyright",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "share",
    "sharebox",
    "bdsharebuttonbox",
    "related",
    "relate",
    "recommend",
    "xgwz",
    "xgxx",
    "xgyd",
    "xglj",
    "xgjd",
    "search",
    "searchbox",
    "login",
    "toolbar",
    "tools",
    "qrcode",
    "ewm",
    "erweima",
    "pagination",
    "pager",
    "friendlink",
    "yqlj",
    "banner",
    "logo",
    "popup",
    "modal",
    "wza",
    "slh",
    "jiucuo",
    "fontsize",
    "dqwz",
    "weizhi",
    "fenxiang",
    "shareicon",
    "headers",
];

/// Says whether the element is named as content systems name an article.
pub(super) fn is_called_article(tree: &Tree, id: Id) -> bool {
    if matches!(tree.name(id), "article" | "ucapcontent") {
        return true;
    }
    ["id", "class"].iter().any(|key| {
        let names = tree.attribute(id, key).unwrap_or_default().to_lowercase();
        names
            .split_whitespace()
            .any(|word| ARTICLE_WORDS.contains(&word))
    })
}

const ARTICLE_WORDS: [&str; 9] = [
    "trs_editor",
    "trs_ueditor",
    "ucapcontent",
    "article-content",
    "article_content",
    "articlecontent",
    "zoom",
    "pages_content",
    "view-content",
];

/// Says whether the text holds two or more labels of a publishing page.
pub(super) fn is_facts(text: &str) -> bool {
    let n_labels = FACT_LABELS
        .iter()
        .filter(|label| text.contains(*label))
        .count();
    n_labels >= 2 && text.chars().count() <= MAX_FACTS_CHARS
}

/// Says whether the text is the line below a title that tells source and date:
/// `日期：2022-01-20 来源：某局 点击：128`.
pub(super) fn is_byline(text: &str) -> bool {
    let dates = text
        .match_indices("20")
        .map(|(at, _)| text.get(at..).unwrap_or_default());
    let is_date = |date: &str| {
        let mut chars = date.chars();
        let year = chars.by_ref().take(4);
        year.filter(char::is_ascii_digit).count() == 4
            && matches!(chars.next(), Some('-' | '年' | '/' | '.'))
    };
    text.contains("来源")
        && text.chars().count() <= MAX_BYLINE_CHARS
        && dates.into_iter().any(is_date)
}

const MAX_BYLINE_CHARS: usize = 120;

const FACT_LABELS: [&str; 18] = [
    "索引号",
    "统一编号",
    "文号",
    "发文字号",
    "发布机构",
    "发布机关",
    "发文机关",
    "制发机关",
    "成文日期",
    "发文日期",
    "发布日期",
    "发布时间",
    "公开日期",
    "实施日期",
    "失效日期",
    "主题分类",
    "有效性",
    "文件状态",
];

const MAX_FACTS_CHARS: usize = 1500;
