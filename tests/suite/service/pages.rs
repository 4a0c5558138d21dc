//! What people see.

use super::library::{Library, address, document, links, passage, without_tags};
use axum::http::StatusCode;

fn shown_total(page: &str) -> usize {
    let text = without_tags(page);
    let (_, rest) = text.split_once("共 ").unwrap();
    let (number, _) = rest.split_once(" 段").unwrap();
    number.replace(',', "").parse().unwrap()
}

#[tokio::test]
async fn the_start_page_says_what_the_library_holds() {
    let page = Library::small().get("/").await;
    let text = without_tags(&page);
    for words in [
        "规划文献检索",
        "文件2",
        "段落40",
        "某市氢能产业发展规划",
        "氢能",
        "怎样检索",
    ] {
        assert!(text.contains(words), "no {words}");
    }
    assert!(page.contains("lang=\"zh-CN\""));
    assert!(page.contains("href=\"#content\""));
}

#[tokio::test]
async fn facet_links_give_the_count_they_show() {
    let library = Library::small();
    for start in [
        address("/", &[("q", "港口")]),
        address("/", &[("doc", "plan")]),
    ] {
        let page = library.get(&start).await;
        let (_, side) = page.split_once("class=\"facets\"").unwrap();
        let mut n_checked = 0;
        for (href, text) in links(side) {
            let Some(count) = text.strip_suffix(" 段") else {
                continue;
            };
            let is_chosen = text.contains("已选");
            let (_, number) = count.rsplit_once(' ').unwrap();
            let count: usize = number.parse().unwrap();
            let is_of_chosen_group = href.matches("doc=").count() > 1;
            if is_chosen || is_of_chosen_group {
                continue;
            }
            assert_eq!(
                shown_total(&library.get(&href).await),
                count,
                "{text} {href}"
            );
            n_checked += 1;
        }
        assert!(n_checked >= 4, "{n_checked} of {start}");
    }
}

#[tokio::test]
async fn a_chosen_value_stays_in_sight_and_can_be_taken_back() {
    let library = Library::small();
    let page = library
        .get(&address(
            "/",
            &[("q", "泊位"), ("theme", "氢能"), ("year", "2019..2022")],
        ))
        .await;
    assert_eq!(shown_total(&page), 0);
    let back = links(&page);
    for (label, name) in [("主题 氢能", "theme"), ("成文年份 2019—2022年", "year")] {
        let chip = back.iter().find(|(_, text)| text.starts_with(label));
        let (href, _) = chip.unwrap_or_else(|| panic!("no {label} in {back:?}"));
        assert!(!href.contains(name), "{href}");
    }
    let chosen: Vec<_> = back
        .iter()
        .filter(|(_, text)| text.contains("已选"))
        .collect();
    assert_eq!(chosen.len(), 2, "{chosen:?}");
}

#[tokio::test]
async fn paging_reaches_the_last_hit() {
    let library = Library::small();
    let mut next = Some(address("/", &[("q", "港口"), ("limit", "7")]));
    let mut seen = Vec::new();
    while let Some(href) = next {
        let page = library.get(&href).await;
        let all = links(&page);
        let hits = all
            .iter()
            .filter(|(href, _)| href.contains("p=notice-") || href.contains("p=plan-"));
        seen.extend(hits.map(|(href, _)| href.split_once('#').unwrap().0.to_owned()));
        next = all
            .into_iter()
            .find(|(_, text)| text == "下一页")
            .map(|(href, _)| href);
    }
    let n_seen = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((n_seen, seen.len()), (31, 31));
}

#[tokio::test]
async fn a_page_past_the_end_leads_back() {
    let page = Library::small()
        .get(&address("/", &[("q", "港口"), ("offset", "999999999")]))
        .await;
    assert!(page.contains("已超出最后一页"));
    assert_eq!(shown_total(&page), 31);
}

#[tokio::test]
async fn without_hits_the_page_says_what_was_understood() {
    let library = Library::small();
    let page = library
        .get(&address("/", &[("q", "“泊位” -煤炭"), ("doc", "plan")]))
        .await;
    let text = without_tags(&page);
    for words in [
        "没有找到",
        "须含有：泊位",
        "不得含有：煤炭",
        "文件限于：某市氢能产业发展规划",
        "取消全部筛选条件，在整个文献库中检索 30 段",
    ] {
        assert!(text.contains(words), "no {words} in {text}");
    }
}

#[tokio::test]
async fn where_shorter_queries_find_nothing_under_the_choices_they_are_tried_without() {
    let library = Library::small();
    let page = library
        .get(&address(
            "/",
            &[
                ("q", "“港口 码头” “光伏屋顶”"),
                ("doc", "plan"),
                ("kind", "paragraph"),
            ],
        ))
        .await;
    let text = without_tags(&page);
    for words in ["没有找到", "取消筛选条件，并只检索“港口 码头” 30 段"] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    // A phrase loses its quotation marks beside other words too.
    let page = library
        .get(&address("/", &[("q", "“码头港口” -光伏")]))
        .await;
    let (href, _) = links(&page)
        .into_iter()
        .find(|(_, text)| text.contains("不加引号"))
        .unwrap();
    assert_eq!(shown_total(&library.get(&href).await), 30);
}

#[tokio::test]
async fn letters_that_find_nothing_are_taken_as_the_reading_of_names() {
    let library = Library::small();
    for typed in ["qingneng", "qn", "qingneng zzzz"] {
        let page = library.get(&address("/", &[("q", typed)])).await;
        let (href, _) = links(&page)
            .into_iter()
            .find(|(_, text)| text == "主题“氢能”")
            .unwrap_or_else(|| panic!("{typed}: {}", without_tags(&page)));
        assert!(shown_total(&library.get(&href).await) > 0, "{typed}");
    }
}

#[tokio::test]
async fn the_reader_shows_what_was_found_in_its_place() {
    let library = Library::small();
    let results = library
        .get(&address(
            "/",
            &[("q", "氢能"), ("theme", "氢能"), ("kind", "paragraph")],
        ))
        .await;
    let (href, _) = links(&results)
        .into_iter()
        .find(|(href, text)| text.contains("第1段") && href.ends_with("#p9"))
        .unwrap();
    let page = library.get(href.split_once('#').unwrap().0).await;
    let place =
        "<div id=\"p9\" data-passage=\"plan-9\" class=\"block body found\" aria-current=\"true\">";
    assert!(page.contains(place));
    assert!(page.contains("<strong class=\"lead\">做强<mark>氢能</mark>产业</strong>"));
    let back = links(&page)
        .into_iter()
        .find(|(_, text)| text == "返回检索结果")
        .unwrap()
        .0;
    assert_eq!(
        shown_total(&library.get(&back).await),
        shown_total(&results)
    );
    assert!(page.contains("<caption>表1 主要指标</caption>"));
    assert!(page.contains("<th scope=\"col\">目标值</th>"));
    assert!(page.contains("<th scope=\"row\"><mark>氢能</mark>产值</th><td>100亿元</td>"));
    assert_eq!(page.matches("<table>").count(), 1);
    for idx in 0..10 {
        assert_eq!(
            page.matches(&format!("id=\"p{idx}\"")).count(),
            1,
            "anchor of {idx}"
        );
    }
    assert!(page.contains("<li class=\"outline-2\"><a href=\"#p8\">第一节 氢能</a></li>"));
}

#[tokio::test]
async fn one_reads_from_match_to_match() {
    let library = Library::small();
    let first = library
        .get(&address("/documents/notice", &[("q", "泊位")]))
        .await;
    let text = without_tags(&first);
    assert!(
        text.contains("“泊位”在本文件中标出 30 处，见于 30 段"),
        "{text}"
    );
    let step = |page: &str, label: &str| {
        let all = links(page).into_iter();
        let mut all = all.filter(|(_, text)| text == label);
        all.next().map(|(href, _)| href)
    };
    let href = step(&first, "第一处").unwrap();
    assert!(href.ends_with("#p0"), "{href}");
    let mut page = library.get(&href).await;
    assert_eq!(step(&page, "上一处"), None);
    for idx in 1..30 {
        let href = step(&page, "下一处").unwrap();
        assert!(href.ends_with(&format!("#p{idx}")), "{href}");
        page = library.get(&href).await;
        let position = format!("（第 {} / 30 段）", idx + 1);
        assert!(page.contains(&position), "no {position}");
    }
    assert_eq!(step(&page, "下一处"), None);
    assert!(step(&page, "上一处").unwrap().ends_with("#p28"));
    assert!(step(&page, "上一段").unwrap().ends_with("#p28"));
}

#[tokio::test]
async fn a_long_document_is_read_in_parts_with_one_outline() {
    let chapters = (1..=3).flat_map(|chapter| {
        let path = format!("第{chapter}章 内容{chapter}");
        (1..=400).map(move |number| {
            let text = format!("第{chapter}章的第{number}条要求。");
            passage("paragraph", &[&path], &text)
        })
    });
    let record = plansearch::engine::DocumentRecord {
        id: "long".into(),
        title: "长规划".into(),
        ..Default::default()
    };
    let library = Library::of(&[document(record, chapters.collect())]);
    let first = library.get("/documents/long").await;
    assert_eq!(first.matches("data-passage=").count(), 500);
    let outline: Vec<_> = links(&first)
        .into_iter()
        .filter(|(_, text)| text.starts_with('第') && text.contains("内容"))
        .collect();
    assert_eq!(outline.len(), 3, "{outline:?}");
    let (target, anchor) = outline[2].0.split_once('#').unwrap();
    let second = library.get(target).await;
    assert!(second.contains(&format!("id=\"{anchor}\"")));
    assert!(second.contains("第3章的第1条要求"));
    let found = library.get("/documents/long?p=long-1199").await;
    assert!(found.contains("第3章的第400条要求"));
    // On demand it is there at once.
    let all = links(&first);
    let (href, _) = all.iter().find(|(_, text)| text == "显示全文").unwrap();
    let whole = library.get(href).await;
    assert_eq!(whole.matches("data-passage=").count(), 1200);
    assert!(!whole.contains("下一部分"));
    // A word far away is counted and reached from the first part.
    let asked = library
        .get(&address("/documents/long", &[("q", "“第3章的第7条”")]))
        .await;
    assert!(without_tags(&asked).contains("标出 1 处"));
    let all = links(&asked);
    let (href, _) = all.iter().find(|(_, text)| text == "第一处").unwrap();
    let page = library.get(href.split_once('#').unwrap().0).await;
    assert!(page.contains("<mark>第3章的第7条</mark>"));
}

#[tokio::test]
async fn a_printed_page_names_its_source() {
    let library = Library::small();
    let page = library.get("/documents/plan?p=plan-9").await;
    let text = without_tags(&page);
    assert!(text.contains("《某市氢能产业发展规划》（某政发〔2021〕4号，2021年6月27日）"));
}

#[tokio::test]
async fn a_passage_that_is_gone_still_shows_the_document() {
    let page = Library::small().get("/documents/plan?p=plan-99").await;
    assert!(page.contains("地址所指的段落不在这份文件中"));
    let other = Library::small().get("/documents/plan?p=notice-1").await;
    assert!(other.contains("地址所指的段落不在这份文件中"));
}

#[tokio::test]
async fn an_empty_library_has_pages() {
    let library = Library::of(&[]);
    assert!(library.get("/").await.contains("还没有文件"));
    assert!(library.get("/documents").await.contains("还没有文件"));
    assert!(library.get("/?q=x").await.contains("没有找到"));
}

#[tokio::test]
async fn a_query_in_another_encoding_or_too_long_for_an_address_is_read() {
    let library = Library::small();
    let expected = shown_total(&library.get(&address("/", &[("q", "氢能")])).await);
    assert!(expected > 0);
    for q in ["%C7%E2%C4%DC", "%25E6%25B0%25A2%25E8%2583%25BD"] {
        let page = library.get(&format!("/?q={q}")).await;
        assert_eq!(shown_total(&page), expected, "{q}");
    }
    let long = "加快港口建设。".repeat(1_700);
    let answer = library.post("/", &format!("q={long}")).await;
    assert_eq!(answer.status, StatusCode::OK);
}
