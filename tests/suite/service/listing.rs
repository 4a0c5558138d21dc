//! Pages that list: results by document, all values of a facet, the catalogue of
//! documents, the help.

use super::library::{Library, address, links, without_tags};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};

/// The text of each group of a page that lists by document, blanks taken out.
fn groups(page: &str) -> Vec<String> {
    let sections = page.split("<section class=\"group\">").skip(1);
    sections
        .map(|section| {
            let text = without_tags(section.split("</section>").next().unwrap());
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[tokio::test]
async fn documents_are_listed_with_their_counts_and_first_passages() {
    let library = Library::small();
    let by_document = address("/", &[("q", "港口"), ("view", "doc")]);
    let page = library.get(&by_document).await;
    let groups = groups(&page);
    assert_eq!(groups.len(), 2, "{groups:?}");
    let notice = groups.iter().find(|text| text.contains("30 段")).unwrap();
    assert!(notice.starts_with("港口建设工作通知 30 段"), "{notice}");
    let places: Vec<usize> = (1..=3)
        .map(|number| notice.find(&format!("第{number}项任务")).unwrap())
        .collect();
    assert!(places.is_sorted(), "hits stand in document order: {notice}");
    assert!(!notice.contains("第4项任务"), "{notice}");
    assert!(without_tags(&page).contains("共 31 段，见于 2 份文件"));

    // The rest of a document is listed to its last passage, under its heading.
    let all = links(&page);
    let (more, _) = all
        .iter()
        .find(|(_, text)| text.starts_with("本文件还有 27 段"))
        .unwrap();
    let mut next = Some(more.clone());
    let mut n_seen = 0;
    while let Some(href) = next {
        let page = library.get(&href).await;
        assert_eq!(
            page.matches("<section class=\"group\">").count(),
            1,
            "{href}"
        );
        assert!(page.contains("港口建设工作通知"));
        n_seen += page.matches("<article class=\"hit\"").count();
        let mut all = links(&page).into_iter();
        next = all.find(|(_, text)| text == "下一页").map(|(href, _)| href);
    }
    assert_eq!(n_seen, 30);
}

#[tokio::test]
async fn documents_with_hits_are_paged_to_the_last() {
    let library = Library::small();
    let pairs = [("q", "港口"), ("view", "doc"), ("limit", "1")];
    let first = library.get(&address("/", &pairs)).await;
    let mut all = links(&first).into_iter();
    let (href, _) = all.find(|(_, text)| text == "下一页").unwrap();
    assert!(href.contains("view=doc"), "{href}");
    let second = library.get(&href).await;
    let titles = [groups(&first), groups(&second)].concat();
    assert_eq!(titles.len(), 2);
    assert_ne!(titles[0], titles[1]);
    assert!(!links(&second).iter().any(|(_, text)| text == "下一页"));
}

#[tokio::test]
async fn the_trail_of_a_hit_leads_to_its_sections() {
    let library = Library::small();
    let page = library
        .get(&address("/", &[("q", "“加氢站十座”"), ("theme", "氢能")]))
        .await;
    let all = links(&page);
    for label in ["第二章 产业", "第一节 氢能"] {
        let trail = all.iter().find(|(_, text)| text == label);
        let (href, _) = trail.unwrap_or_else(|| panic!("no {label} in {all:?}"));
        let (target, anchor) = href.split_once('#').unwrap();
        let reader = library.get(target).await;
        let heading = format!("id=\"{anchor}\" class=\"block-text\">{label}<");
        // Marks may stand in the heading.
        let bare = reader.replace("<mark>", "").replace("</mark>", "");
        assert!(bare.contains(&heading), "no {heading}");
    }
}

#[tokio::test]
async fn every_value_of_a_facet_is_listed_and_can_be_found() {
    let library = Library::small();
    let all = library
        .get(&address("/values", &[("q", "港口"), ("group", "chapter")]))
        .await;
    let text = without_tags(&all);
    for label in ["第一章 总则", "一、任务"] {
        assert!(text.contains(label), "no {label}");
    }
    let pairs = [("q", "港口"), ("group", "chapter"), ("find", "总则")];
    let found = library.get(&address("/values", &pairs)).await;
    assert!(!without_tags(&found).contains("一、任务"));
    let all = links(&found);
    let chosen = all.iter().find(|(_, text)| text.starts_with("第一章 总则"));
    let page = library.get(&chosen.unwrap().0).await;
    assert!(without_tags(&page).contains("共 1 段"));
    let bad = library.ask("GET", "/values?group=kind").await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    assert!(bad.body.contains("chapter"));
}

#[tokio::test]
async fn the_chapters_of_one_document_are_a_tree() {
    let library = Library::small();
    let side = |page: &str| {
        let (_, side) = (page.split_once("<h3>章节</h3>")).expect("chapters are at the side");
        side.split("</details>").next().unwrap().to_owned()
    };
    let page = library.get(&address("/", &[("doc", "plan")])).await;
    let chapters = side(&page);
    assert!(
        !chapters.contains("第一节"),
        "a section waits for its chapter"
    );
    let all = links(&chapters);
    let chapter = all.iter().find(|(_, text)| text.starts_with("第二章 产业"));
    let page = library.get(&chapter.unwrap().0).await;
    let chapters = side(&page);
    assert!(
        chapters.contains("<li class=\"facet-item depth-2\">"),
        "{chapters}"
    );
    let all = links(&chapters);
    let section = all.iter().find(|(_, text)| text.starts_with("第一节 氢能"));
    let (href, text) = section.unwrap_or_else(|| panic!("{all:?}"));
    assert!(all.iter().any(|(_, text)| text.starts_with("第一章")));
    let (_, count) = text.strip_suffix(" 段").unwrap().rsplit_once(' ').unwrap();
    let wider = links(&page)
        .into_iter()
        .find(|(_, text)| text.starts_with("章节 第二章 产业"))
        .unwrap();
    assert!(!wider.0.contains("chapter="), "{}", wider.0);
    // Chapters are alternatives, so the chapter is let go before its section counts.
    let alone = href.replacen(
        "chapter=%E7%AC%AC%E4%BA%8C%E7%AB%A0+%E4%BA%A7%E4%B8%9A&",
        "",
        1,
    );
    let page = library.get(&alone).await;
    assert!(
        without_tags(&page).contains(&format!("共 {count} 段")),
        "{alone}"
    );
}

#[tokio::test]
async fn documents_are_found_by_what_they_are_called() {
    let library = Library::small();
    for name in ["氢能", "〔2021〕4", "某市人民政府", "plan.txt"] {
        let page = library.get(&address("/documents", &[("name", name)])).await;
        assert!(page.contains("某市氢能产业发展规划"), "{name}");
        assert!(!page.contains("港口建设工作通知"), "{name}");
    }
    let none = library
        .get(&address("/documents", &[("name", "鲸鱼")]))
        .await;
    assert!(without_tags(&none).contains("符合“鲸鱼”的有 0 份文件"));
}

#[tokio::test]
async fn examples_are_of_this_library_and_find_something() {
    let library = Library::small();
    let help = library.get("/help").await;
    let examples: Vec<_> = links(&help)
        .into_iter()
        .filter(|(href, _)| href.starts_with("/?q="))
        .collect();
    assert!(examples.len() >= 3, "{examples:?}");
    assert!(
        examples
            .iter()
            .any(|(_, text)| text == "文号:某政发〔2021〕4号"),
        "{examples:?}"
    );
    for (href, query) in examples {
        let page = library.get(&href).await;
        assert!(!page.contains("没有找到"), "{query} finds nothing");
    }
    for words in ["near/20", "同句:", "规划纲要", "怎样引用", "段落怎样计数"] {
        assert!(help.contains(words), "no {words}");
    }
    assert!(Library::of(&[]).get("/help").await.contains("使用帮助"));
}

#[tokio::test]
async fn without_hits_names_near_to_the_query_are_offered() {
    let library = Library::small();
    let page = library.get(&address("/", &[("q", "“清能”")])).await;
    assert!(without_tags(&page).contains("没有找到"));
    let all = links(&page);
    let near = all.iter().find(|(_, text)| text == "主题“氢能”");
    let (href, _) = near.unwrap_or_else(|| panic!("{all:?}"));
    assert!(!library.get(href).await.contains("没有找到"));
}

#[tokio::test]
async fn pages_are_compressed_where_the_browser_takes_it() {
    let library = Library::small();
    let plain = library.ask("GET", "/help").await;
    assert!(!plain.headers.contains_key(header::CONTENT_ENCODING));
    assert_eq!(plain.headers[header::VARY], "accept-encoding");
    let request = Request::builder()
        .uri("/help")
        .header(header::ACCEPT_ENCODING, "gzip, br");
    let request = request.body(Body::empty()).unwrap();
    let response = library.answer(request).await;
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
    assert!(
        response
            .headers()
            .contains_key(header::CONTENT_SECURITY_POLICY)
    );
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let mut unpacked = String::new();
    let mut decoder = flate2::read::GzDecoder::new(body.as_ref());
    std::io::Read::read_to_string(&mut decoder, &mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
    assert!(body.len() * 2 < unpacked.len());
}
