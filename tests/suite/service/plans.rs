//! Pages and answers on the use of a wording and on documents side by side.

use axum::http::StatusCode;

use super::library::{Library, address, document, links, passage, without_tags};
use plansearch::engine::{DocumentRecord, place_key};

#[tokio::test]
async fn the_use_of_a_term_is_the_same_in_answer_table_and_picture() {
    let library = Library::small();
    let asked = [("term", "氢能"), ("by", "doc")];
    let answer = library.json(&address("/api/evolve", &asked)).await;
    let rows = answer["terms"][0]["rows"].as_array().unwrap();
    let used: u64 = rows
        .iter()
        .map(|row| row["occurrences"].as_u64().unwrap())
        .sum();
    assert_eq!(answer["terms"][0]["total"]["occurrences"], used);
    assert!(used > 0);
    let page = library.get(&address("/evolve", &asked)).await;
    assert!(page.contains("<svg") && page.contains("role=\"img\"") && page.contains("<table>"));
    let found = links(&page);
    assert!(
        found
            .iter()
            .any(|(href, _)| href.starts_with("/compare?topic="))
    );
    let files = [
        ("format", "csv"),
        ("format", "xlsx"),
        ("format", "svg"),
        ("format", "md"),
    ];
    for (name, format) in files {
        let file = library
            .ask(
                "GET",
                &address("/api/evolve", &[asked[0], asked[1], (name, format)]),
            )
            .await;
        assert_eq!(file.status, StatusCode::OK, "{format}");
        assert!(!file.bytes.is_empty());
    }
    let picture = address(
        "/api/evolve",
        &[("term", "氢能"), ("term", "<港口>&"), ("format", "svg")],
    );
    let (one, two) = (
        library.ask("GET", &picture).await,
        library.ask("GET", &picture).await,
    );
    assert_eq!(one.body, two.body, "equal data gives equal bytes");
    well_formed(&one.body);
}

/// Fails when markup is not balanced or has a bare `&` or `<`.
fn well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    let body = xml.split_once("?>").map_or(xml, |(_, body)| body);
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split_whitespace().next().unwrap());
        }
        for entity in text.split('&').skip(1) {
            assert!(entity.contains(';'), "{text}");
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[tokio::test]
async fn two_documents_stand_side_by_side_and_none_is_missing() {
    let library = Library::small();
    let asked = [("a", "plan"), ("b", "notice")];
    let answer = library.json(&address("/api/compare", &asked)).await;
    let rows = answer["rows"].as_array().unwrap();
    for (side, id) in [("a", "plan"), ("b", "notice")] {
        let document = library.json(&format!("/api/documents/{id}")).await;
        let n = document["passages"].as_array().unwrap().len();
        let n_rows = rows.iter().filter(|row| row[side].is_object()).count();
        assert_eq!(n, n_rows, "{side}");
    }
    let page = library
        .get(&address("/compare", &[asked[0], asked[1], ("show", "all")]))
        .await;
    assert_eq!(
        page.matches("<li class=\"compare-row").count(),
        rows.len().min(100)
    );
    let same = library
        .json(&address("/api/compare", &[("a", "plan"), ("b", "plan")]))
        .await;
    assert_eq!(same["counts"]["total"], same["counts"]["same"]);
}

#[tokio::test]
async fn a_topic_names_who_says_something_and_who_does_not() {
    let library = Library::small();
    let answer = library
        .json(&address("/api/compare", &[("topic", "氢能")]))
        .await;
    let n_with = answer["documents"].as_array().unwrap().len();
    let n_without = answer["without"].as_array().unwrap().len();
    assert_eq!(n_with + n_without, 2);
    assert!(n_with > 0);
    let page = library
        .get(&address("/compare", &[("topic", "氢能")]))
        .await;
    assert!(page.contains("他文对照：氢能"));
}

#[tokio::test]
async fn what_cannot_be_is_told() {
    let library = Library::small();
    for (asked, status) in [
        ("/api/evolve", StatusCode::BAD_REQUEST),
        ("/api/evolve?term=%E3%80%80", StatusCode::BAD_REQUEST),
        ("/api/evolve?term=a&by=x", StatusCode::BAD_REQUEST),
        ("/api/compare?a=plan", StatusCode::BAD_REQUEST),
        ("/api/compare?a=plan&b=nowhere", StatusCode::NOT_FOUND),
        (
            "/api/compare?a=plan&b=plan&format=svg",
            StatusCode::BAD_REQUEST,
        ),
        ("/compare", StatusCode::OK),
        ("/targets", StatusCode::OK),
        ("/targets?name=&where=&target_year=", StatusCode::OK),
        ("/api/targets?where=vlue%3E5", StatusCode::BAD_REQUEST),
        ("/targets?horizon=later", StatusCode::BAD_REQUEST),
        ("/evolve", StatusCode::OK),
        ("/compare?a=plan&b=nowhere", StatusCode::OK),
    ] {
        assert_eq!(library.ask("GET", asked).await.status, status, "{asked}");
    }
}

#[tokio::test]
async fn a_bounded_figure_brings_its_indicators_above_the_hits() {
    let library = Library::small();
    let page = library.get(&address("/", &[("q", "≥50亿元 氢能")])).await;
    assert!(page.contains("符合条件的指标") && page.contains("氢能产业规模"));
    let all = links(&page);
    let (all, _) = all
        .into_iter()
        .find(|(href, _)| href.starts_with("/targets?q="))
        .unwrap();
    let page = library.get(&all).await;
    assert!(page.contains("按数值条件") && page.contains("100亿元"));
    let page = library.get(&address("/", &[("q", "≥500亿元 氢能")])).await;
    assert!(!page.contains("符合条件的指标"));
}

#[tokio::test]
async fn filters_of_targets_are_links_with_counts_that_can_be_taken_back() {
    let library = Library::small();
    let asked = address("/targets", &[("q", "氢能")]);
    let page = library.get(&asked).await;
    let total = |page: &str| -> usize {
        let (before, _) = page.split_once(" 项指标").unwrap();
        let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next();
        digits.unwrap().parse().unwrap()
    };
    let chosen = |page: &str, start: &str| {
        let found = links(page).into_iter();
        found
            .into_iter()
            .find(|(href, text)| href.starts_with("/targets?") && text.starts_with(start))
            .unwrap()
    };
    let (href, label) = chosen(&page, "2025年");
    let narrowed = library.get(&href).await;
    assert!(label.contains(&total(&narrowed).to_string()), "{label}");
    let (back, label) = chosen(&narrowed, "2025年");
    assert!(label.contains("已选"), "{label}");
    assert_eq!(total(&library.get(&back).await), total(&page));
}

#[tokio::test]
async fn a_pasted_sentence_is_held_against_the_text() {
    let library = Library::small();
    let section = |page: &str| -> String {
        let (_, section) = page.split_once("<section class=\"verbatim").unwrap();
        without_tags(
            &section
                .split("</section>")
                .next()
                .unwrap()
                .replacen('\n', ">", 1),
        )
    };
    let right = "到2025年，氢能产业规模达到100亿元，建成加氢站十座。";
    let page = library.get(&address("/", &[("q", right)])).await;
    assert!(section(&page).contains("原文一致，见于 1 处"), "{page}");
    for wrong in [
        right.replace("100", "200"),
        format!("“{}”", right.replace("100", "200")),
    ] {
        let page = library.get(&address("/", &[("q", &wrong)])).await;
        let said = section(&page);
        assert!(said.contains("没有一字不差的原文"), "{said}");
        assert!(
            page.contains("<del>200") && page.contains("<ins>100"),
            "{page}"
        );
    }
    let page = library
        .get(&address("/", &[("q", &right.replace('，', ""))]))
        .await;
    assert!(section(&page).contains("标点不同"), "{page}");
    let page = library.get(&address("/", &[("q", "氢能 产业")])).await;
    assert!(!page.contains("class=\"verbatim"));
}

#[tokio::test]
async fn the_file_of_a_document_is_given_as_it_lies_there() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("某市 规划.html");
    std::fs::write(&path, "<script>alert(1)</script>某市规划").unwrap();
    let doc = |id: &str, path: &std::path::Path| {
        let record = DocumentRecord {
            id: id.to_owned(),
            title: "某市规划".to_owned(),
            files: vec!["library/某市 规划.html".to_owned()],
            paths: vec![place_key(path)],
            source_hash: std::fs::read(path)
                .map(|bytes| blake3::hash(&bytes).to_hex().to_string())
                .unwrap_or_default(),
            ..DocumentRecord::default()
        };
        let front = ["某政发〔2021〕3号", "某市人民政府文件"];
        let front = front.map(|line| passage("front_matter", &[], line));
        let text = passage("paragraph", &[], "发展氢能。");
        document(record, front.into_iter().chain([text]).collect())
    };
    let gone = dir.path().join("gone.html");
    let library = Library::of(&[doc("here", &path), doc("gone", &gone)]);
    let file = library.ask("GET", "/documents/here/original").await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.bytes, std::fs::read(&path).unwrap());
    let header = |name: &str| file.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/octet-stream");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-disposition").starts_with("attachment; filename*=UTF-8''%E6"));
    assert!(library.get("/documents/here").await.contains("下载原文件"));
    assert!(!library.get("/documents/gone").await.contains("下载原文件"));
    for missing in ["gone", "nowhere"] {
        let address = format!("/documents/{missing}/original");
        let answer = library.ask("GET", &address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    // Who is given another text than the one that was searched is told.
    std::fs::write(&path, "某市规划（修订）").unwrap();
    let told = library.get("/documents/here/original").await;
    assert!(told.contains("原文件在收入文献库之后有改动"), "{told}");
    let now = library
        .ask("GET", "/documents/here/original?edited=1")
        .await;
    assert_eq!(now.bytes, "某市规划（修订）".as_bytes());
    // Front matter is folded until something in it is looked for.
    let page = library.get("/documents/here").await;
    assert!(page.contains("<details class=\"front-matter\"><summary>文首要素 2 行"));
    let page = library
        .get(&address("/documents/here", &[("q", "“2021”")]))
        .await;
    assert!(
        page.contains("<details class=\"front-matter\" open>"),
        "{page}"
    );
}
