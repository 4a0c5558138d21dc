//! Pages as data: what is kept, what is dropped, that nothing is lost.

use super::*;
use plansearch_document::PropertyKey;
use proptest::prelude::*;
use std::collections::HashMap;

fn check(html: &str, lines: &[&str]) {
    assert_eq!(read(html.as_bytes()).unwrap().lines, lines, "{html}");
}

const PAGE: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8">
<title>某市氢能规划 - 某市人民政府</title><meta name="ArticleTitle" content="某市氢能规划">
<meta name="PubDate" content="2024-03-01"><script>var 甲 = "不是文字";</script></head>
<body><div class="header"><ul class="mainnav"><li><a>首页</a></li><li><a>政务公开</a></li></ul></div>
<div class="box"><table class="info"><tr><td>索引号：</td><td>X-1</td></tr>
<tr><td>发布机构：</td><td>某市政府</td></tr></table>
<h1>某市氢能规划</h1><div class="share">分享到：微信</div>
<div class="txt"><h2>一、总则</h2><p>　　为发展氢能，
制定本规划。到2025年建成加氢站十座，推广车辆一千辆。</p><p>本规划由市政府<br>负责解释。</p>
<table><caption>表1 指标</caption><tr><th rowspan="2">指标</th><th colspan="2">年份</th></tr>
<tr><td>2025</td><td>2030</td></tr><tr><td>车辆</td><td>1000</td><td>5000</td></tr></table>
<ol start="3"><li>建站</li><li><p>推广</p></li></ol></div></div>
<div style="display: none">某市氢能规划全文</div>
<div class="footer">主办：某市政府 <a>网站地图</a></div></body></html>"#;

#[test]
fn the_article_is_kept_with_title_facts_and_tables() {
    check(
        PAGE,
        &[
            "索引号： | X-1 |",
            "发布机构： | 某市政府 |",
            "某市氢能规划",
            "一、总则",
            "为发展氢能，制定本规划。到2025年建成加氢站十座，推广车辆一千辆。",
            "本规划由市政府",
            "负责解释。",
            "表1 指标",
            "指标 | 年份 |  |",
            "指标 | 2025 | 2030 |",
            "车辆 | 1000 | 5000 |",
            "3. 建站",
            "4. 推广",
        ],
    );
    let raw = read(PAGE.as_bytes()).unwrap();
    let dropped: Vec<(&str, &str)> = raw.dropped.iter().map(|(t, r)| (t.as_str(), *r)).collect();
    assert_eq!(
        dropped,
        [
            ("首页\n政务公开", "网页栏目"),
            ("分享到：微信", "网页栏目"),
            ("某市氢能规划全文", "网页隐藏文字"),
            ("主办：某市政府 网站地图", "网页栏目"),
        ]
    );
    assert_eq!(raw.heading_lines, [(2, 1), (3, 2)].into());
    let facts: Vec<_> = raw
        .properties
        .iter()
        .map(|fact| (fact.key, fact.value.as_str()))
        .collect();
    assert_eq!(
        facts,
        [
            (PropertyKey::Title, "某市氢能规划"),
            (PropertyKey::PublishDate, "2024-03-01")
        ]
    );
}

#[test]
fn source_date_and_attachments_beside_the_article_are_kept() {
    let prose = "推进现代产业体系建设，发展海洋经济。".repeat(20);
    check(
        &format!(
            "<body><div><p>首页 &gt; 规划</p><p>日期：2022-01-20　来源：某局　点击：12</p>\
             <p>共有来源不明的链接</p><div id='zoom'>{prose}</div>\
             <p>附件：<a href='1.doc'>某市规划.doc</a></p><p>上一篇：<a>某措施</a></p></div></body>"
        ),
        &[
            "日期：2022-01-20　来源：某局　点击：12",
            &prose,
            "附件：某市规划.doc",
        ],
    );
}

#[test]
fn pages_in_other_encodings_are_read() {
    let page =
        "<html><meta charset=gb2312><body><p>发展氢能产业，建设海河联运枢纽，面积㎡，㐂𠮷。</p>";
    let lines = ["发展氢能产业，建设海河联运枢纽，面积㎡，㐂𠮷。"];
    assert_eq!(read(page.as_bytes()).unwrap().lines, lines);
    assert_eq!(
        read(&encoding_rs::GB18030.encode(page).0).unwrap().lines,
        lines
    );
    let undeclared = page.replace("<meta charset=gb2312>", "");
    assert_eq!(
        read(&encoding_rs::GB18030.encode(&undeclared).0)
            .unwrap()
            .lines,
        lines
    );
}

#[test]
fn annexes_beside_the_main_part_are_kept() {
    let main = "<p>为发展氢能产业，制定本规划，请认真贯彻执行。</p>".repeat(20);
    let page = format!(
        "<div id=menu><a>首页</a></div><div class=a><div class=b>{main}</div>
         <div><p>附表</p><table><tr><td>单位名称</td><td>{}</td></tr></table></div></div>",
        "填".repeat(60)
    );
    let lines = read(page.as_bytes()).unwrap().lines;
    assert_eq!(lines.len(), 22, "{lines:?}");
}

#[test]
fn layout_tables_are_no_rows() {
    check(
        "<table><tr><td>菜单</td><td><table><tr><td><p>发展氢能。</p><p>建设枢纽。</p></td></tr></table></td></tr></table>",
        &["菜单", "发展氢能。", "建设枢纽。"],
    );
}

#[test]
fn cells_over_rows_and_columns_keep_their_place() {
    check(
        "<table><tr><td rowspan=3>甲</td><td>1</td></tr><tr><td>2</td></tr><tr></tr><tr><td>乙</td><td>a|b</td></tr></table>",
        &["甲 | 1 |", "甲 | 2 |", "甲 |", "乙 | a|b |"],
    );
}

#[test]
fn lists_show_their_numbers() {
    check("<ol type=a><li>甲<li>乙</ol>", &["a. 甲", "b. 乙"]);
    check(
        "<ol style='list-style:none'><li>甲</ol><ul><li>乙</ul>",
        &["甲", "乙"],
    );
    check(
        "<ol style='list-style-type:cjk-ideographic'><li>甲<li value=12>乙</ol>",
        &["一、甲", "十二、乙"],
    );
}

#[test]
fn bold_type_made_of_headings_is_no_outline() {
    let page = "<h3>甲</h3><h3>乙</h3><h3>丙</h3><h3>丁</h3><p>戊</p>";
    assert!(read(page.as_bytes()).unwrap().heading_lines.is_empty());
}

#[test]
fn a_page_without_text_is_refused() {
    let error = read(b"<html><body><div id=app></div><script>1</script>").unwrap_err();
    assert_eq!(error.reason, "a web page without text");
}

#[test]
fn deep_nesting_is_read_with_a_warning() {
    for tag in ["div", "table><tr><td", "b", "ul><li", "font"] {
        let html = format!(
            "<html>{}<p>发展氢能。</p>",
            format!("<{tag}>").repeat(100_000)
        );
        let raw = read(html.as_bytes()).unwrap();
        assert_eq!(raw.lines.concat(), "发展氢能。", "{tag}");
        assert_eq!(raw.warnings.len(), 1);
    }
}

#[test]
fn spans_that_multiply_are_bounded() {
    let cell = format!("<td rowspan=60000 colspan=64>{}</td>", "甲".repeat(1000));
    let html = format!(
        "<table><tr>{}</tr>{}</table>",
        cell.repeat(20),
        "<tr>".repeat(20_000)
    );
    let n_bytes: usize = read(html.as_bytes())
        .unwrap()
        .lines
        .iter()
        .map(String::len)
        .sum();
    assert!(n_bytes < 10_000_000, "{n_bytes}");
}

/// Counts what is seen: everything but blanks; a bar in a cell is written wide.
fn seen(texts: &[String]) -> HashMap<char, usize> {
    let mut counts = HashMap::new();
    let chars = texts.iter().flat_map(|text| text.chars());
    for c in chars.filter(|c| !c.is_whitespace()) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

fn assert_nothing_is_lost(html: &str) {
    let tree = Tree::parse(html);
    let no_text = [
        "script", "style", "head", "title", "template", "noscript", "noframes", "object", "svg",
        "math",
    ];
    let texts: Vec<String> = tree
        .walk(0, |id| no_text.contains(&tree.name(id)))
        .filter_map(|step| match step {
            tree::Step::Enter(id) => tree.own_text(id).map(str::to_owned),
            tree::Step::Leave(_) => None,
        })
        .collect();
    // A page with no text but menus is refused as a whole.
    let Ok(raw) = read(html.as_bytes()) else {
        return;
    };
    let mut given = raw.lines;
    given.extend(raw.dropped.into_iter().map(|(text, _)| text));
    let given = seen(&given);
    for (c, n) in seen(&texts) {
        assert!(
            given.get(&c).copied().unwrap_or(0) >= n,
            "{c} is lost in {html}"
        );
    }
}

#[test]
fn every_visible_character_is_in_lines_or_dropped() {
    assert_nothing_is_lost(PAGE);
}

proptest! {
    #[test]
    fn mutated_pages_lose_nothing(cuts in prop::collection::vec((0_usize..2000, 0_usize..30), 0..12)) {
        let mut chars: Vec<char> = PAGE.chars().collect();
        for (at, n) in cuts {
            let at = at.min(chars.len());
            let end = (at + n).min(chars.len());
            chars.drain(at..end);
        }
        assert_nothing_is_lost(&chars.into_iter().collect::<String>());
    }

    #[test]
    fn any_tags_lose_nothing(parts in prop::collection::vec(prop::sample::select(vec![
        "<table>", "<tr>", "<td>", "</td>", "<td rowspan=3>", "</table>", "<p>", "</p>", "<div class=nav>",
        "<div>", "</div>", "<a>", "</a>", "<b>", "</b>", "<ol>", "<li>", "<h1>", "</h1>", "甲。", "乙|丙", "发布日期：文号",
        "<caption>", "<br>", "<select>", "<option>", "<form>", "<pre>", "<svg>", "<math>", "<p hidden>", "<template>",
    ]), 0..40)) {
        assert_nothing_is_lost(&parts.concat());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }
}
