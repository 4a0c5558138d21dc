//! Whole outlines of small documents in styles that the seeds do not have.

use super::parse;
use plansearch_document::RawText;
use plansearch_document::{Document, PassageKind};

fn parsed(input: &str) -> Vec<Document> {
    parse(&RawText::from_text(input), "")
}

/// `expect` holds one line for each heading: level and label.
fn check(input: &str, expect: &[&str]) {
    let document = parsed(input).remove(0);
    let headings = document.outline.headings().iter();
    let found: Vec<String> = headings
        .map(|h| format!("{} {}", h.level, h.label()))
        .collect();
    assert_eq!(found, expect, "{input}");
}

#[test]
fn parts_chapters_and_decimal_numbers_nest() {
    check(
        "某县国土空间总体规划\n目  录\n前  言 1\n第一篇 总则 2\n第一章 规划总则......2\n前  言\n国土是载体。\n第一篇 总则\n第一章 规划总则\n1.1 背景\n为落实战略。\n1.2 依据\n1.2.1 法律法规\n土地管理法等。\n1.2.2 相关规划\n省级规划。\n第 二 章 现状\n第一节\n现状基础\n耕地2.5万公顷。\n第二篇 格局\n第三章 目标\n到2025年形成。\n附则\n自批准之日起施行。",
        &[
            "1 前言",
            "1 第一篇 总则",
            "2 第一章 规划总则",
            "3 1.1 背景",
            "3 1.2 依据",
            "4 1.2.1 法律法规",
            "4 1.2.2 相关规划",
            "2 第二章 现状",
            "3 第一节 现状基础",
            "1 第二篇 格局",
            "2 第三章 目标",
            "1 附则",
        ],
    );
}

#[test]
fn numbers_without_marks_and_full_width_numbers_are_headings() {
    check(
        "某市行动方案\n　　一 总体要求\n　　坚持新发展理念。\n　　二 重点任务\n　　（一）做强港口。\n　　１．完善设施。推进航道建设。（责任单位：市交通局）\n　　２．发展联运。培育龙头企业。\n　　包括以下项目：\n　　（1）滨海公路；\n　　（2）游艇码头；\n　　（3）海洋公园。\n　　三 保障措施\n　　一是加强领导。成立小组。\n　　二是强化督查。定期通报。",
        &[
            "1 一 总体要求",
            "1 二 重点任务",
            "2 （一） 做强港口",
            "3 １． 完善设施",
            "3 ２． 发展联运",
            "1 三 保障措施",
        ],
    );
    check(
        "某区规划\n第一章 任务\n㈠加强治理\n⑴推进深度治理。实施改造。\n⑵强化治理。推进替代。\n㈡加强管控\n淘汰老旧车辆。",
        &[
            "1 第一章 任务",
            "2 ㈠ 加强治理",
            "3 ⑴ 推进深度治理",
            "3 ⑵ 强化治理",
            "2 ㈡ 加强管控",
        ],
    );
}

#[test]
fn articles_hold_their_items_as_text() {
    check(
        "某市绿化条例\n第一章　总　　则\n第一条　为了促进绿化，制定本条例。\n第二条　绿地包括：\n（一）公园绿地；\n（二）防护绿地。\n违反第一条规定的，不予批准。\n第二章　附　　则\n第三条　本条例自2020年5月1日起施行。",
        &[
            "1 第一章 总则",
            "2 第一条",
            "2 第二条",
            "1 第二章 附则",
            "2 第三条",
        ],
    );
}

#[test]
fn attachments_open_sections_of_their_own() {
    let input = "某市方案\n一、总则\n推进工作。\n二、任务\n落实任务。\n附件：1．任务分工\n　　　2．项目清单\n某市人民政府\n2022年3月4日\n附件1\n任务分工\n序号\t任务\t单位\n1\t建设航道\t市交通局\n附件2\n项目清单\n一、港口\n（一）二期工程。\n总投资20亿元。\n（二）航道工程。\n总投资5亿元。\n二、旅游\n旅游带。";
    check(
        input,
        &[
            "1 一、 总则",
            "1 二、 任务",
            "1 附件1 任务分工",
            "1 附件2 项目清单",
            "2 一、 港口",
            "3 （一） 二期工程",
            "3 （二） 航道工程",
            "2 二、 旅游",
        ],
    );
    let document = parsed(input).remove(0);
    assert_eq!(document.attachments, ["任务分工", "项目清单"]);
    assert_eq!(document.tables[0].rows, [["1", "建设航道", "市交通局"]]);
    assert_eq!(document.metadata.issuers, ["某市人民政府"]);
}

#[test]
fn a_document_on_one_line_is_cut_at_its_own_paragraph_mark() {
    let body =
        "坚持生态优先，持续改善河湖面貌，建设幸福河湖，推动形成人水和谐的新格局。".repeat(12);
    check(
        &format!(
            "某区行动计划(2023—2025年) 为加强管理，制定本计划。 一、总体要求 （一）指导思想。{body} （二）目标。到2025年达到95%。 二、任务(一)管控。 1.划定范围。完成划界 300个,实现清零。 2. 清理建筑。拆除违法建筑。"
        ),
        &[
            "1 一、 总体要求",
            "2 （一） 指导思想",
            "2 （二） 目标",
            "1 二、 任务",
            "2 (一) 管控",
            "3 1. 划定范围",
            "3 2. 清理建筑",
        ],
    );
}

#[test]
fn titles_alone_are_the_heads_of_a_document_without_numbers() {
    check(
        "某市交通发展规划\n构建交通体系是重要支撑。\n发展基础\n基础设施成网。里程300公里。\n总体要求\n坚持创新引领。\n保障措施\n加强组织实施。",
        &["1 发展基础", "1 总体要求", "1 保障措施"],
    );
}

#[test]
fn a_file_of_two_plans_gives_two_documents() {
    let documents = parsed(
        "某镇2024年工作要点\n一、抓产业\n培育企业。\n二、抓建设\n改善环境。\n某镇人民政府\n2024年1月10日\n某镇防汛应急预案\n某政发〔2024〕5号\n各村：\n为做好防汛，制定本预案。\n一、总则\n预防为主。\n二、组织\n成立指挥部。",
    );
    let titles: Vec<&str> = documents
        .iter()
        .map(|d| d.metadata.title.as_str())
        .collect();
    assert_eq!(titles, ["某镇2024年工作要点", "某镇防汛应急预案"]);
    assert_eq!(
        documents[1].metadata.doc_number.as_deref(),
        Some("某政发〔2024〕5号")
    );
}

#[test]
fn an_empty_source_is_one_document_with_a_doubt() {
    let documents = parse(&RawText::default(), "library/某规划.txt");
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0].metadata.title, "某规划");
    assert!(documents[0].warnings[0].to_string().contains("no title"));
}

#[test]
fn a_running_heading_keeps_its_text_as_a_paragraph() {
    let document = parsed("某规划\n一、现状面对国内国际新形势和全市人民对美好生活的新期待，发展任务十分艰巨，亟需加快转型，推进高质量发展。\n二、任务\n(一)扩大内需。抓项目。(二)做强产业。育龙头。").remove(0);
    let texts: Vec<&str> = document
        .passages
        .iter()
        .filter(|p| p.kind == PassageKind::Paragraph)
        .map(|p| p.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "面对国内国际新形势和全市人民对美好生活的新期待，发展任务十分艰巨，亟需加快转型，推进高质量发展。",
            "抓项目。",
            "育龙头。"
        ]
    );
}

#[test]
fn lines_that_are_left_out_are_passed_over_once() {
    // Each line looking for the next that is left would take minutes.
    let pages = "— 12 —\n".repeat(100_000);
    let raw = RawText::from_text(&format!("某市规划\n一、总则\n文。\n{pages}二、任务\n文。"));
    let documents = parse(&raw, "plan.txt");
    assert_eq!(documents[0].outline.headings().len(), 2);
    assert_eq!(documents[0].dropped.len(), 100_000);
}
