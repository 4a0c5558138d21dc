//! Tables of the query language: what is typed, how it is read, what is said.

use proptest::prelude::*;

use super::super::node::{Field, Node};
use super::super::{Query, parse};

/// The tree in a form that shows every node: runs bare, phrases in `'`.
fn shown(node: &Node) -> String {
    let list = |nodes: &[Node]| nodes.iter().map(shown).collect::<Vec<_>>().join(" ");
    match node {
        Node::Run(text) => text.clone(),
        Node::Phrase(text) => format!("'{text}'"),
        Node::Figure(range) => format!("[{range}]"),
        Node::Pieces(pieces) => format!("'{}'", pieces.join("…")),
        Node::All(nodes) => format!("(all {})", list(nodes)),
        Node::Any(nodes) => format!("(any {})", list(nodes)),
        Node::Not(inner) => format!("(not {})", shown(inner)),
        Node::Field(field, value) => format!("<{field:?} {value}>"),
        Node::Sentence(inner) => format!("(sentence {})", shown(inner)),
        Node::Near {
            left,
            right,
            distance,
        } => format!("(near {distance} {} {})", shown(left), shown(right)),
    }
}

fn check(typed: &str, expect: &str, n_notices: usize) {
    let (query, notices) = parse(typed);
    let root = query.root.as_ref().map(shown);
    assert_eq!(root.as_deref().unwrap_or_default(), expect, "{typed}");
    assert_eq!(notices.len(), n_notices, "{typed}: {notices:?}");
    let printed = query.to_string();
    assert_eq!(parse(&printed).0, query, "{typed} printed as {printed}");
}

#[test]
fn spaces_separate_runs() {
    check("氢能 储运", "(all 氢能 储运)", 0);
    check("氢能\u{3000}储运 氢能", "(all 氢能 储运)", 0);
    check("  ", "", 0);
}

#[test]
fn all_kinds_of_quotes_make_phrases() {
    for typed in [
        "\"海河联运\"",
        "“海河联运”",
        "「海河联运」",
        "『海河联运』",
        "＂海河联运＂",
        "”海河联运“",
    ] {
        check(typed, "'海河联运'", 0);
    }
    check("港区“海河联运”枢纽", "(all 港区 '海河联运' 枢纽)", 0);
    check("“光伏 + 储能”", "'光伏 + 储能'", 0);
    check("“光伏”、“风电”", "(all '光伏' '风电')", 0);
}

#[test]
fn a_quote_without_partner_is_noticed() {
    check("“海河联运", "海河联运", 1);
    check("\"", "", 1);
}

#[test]
fn alternatives_bind_tighter_than_spaces() {
    for typed in [
        "氢能 储运 或 运输",
        "氢能 储运 OR 运输",
        "氢能 储运 ＯＲ 运输",
        "氢能 储运 | 运输",
        "氢能 储运|运输",
        "氢能 储运 ｜ 运输",
        "氢能 (储运 或 运输)",
        "氢能 （储运｜运输）",
    ] {
        check(typed, "(all 氢能 (any 储运 运输))", 0);
    }
    check("氢能 或 储运 或 氢能", "(any 氢能 储运)", 0);
}

#[test]
fn a_typed_and_binds_tightest() {
    for typed in [
        "光伏 且 储能 或 氢能 AND 储运",
        "(光伏 储能) 或 (氢能 储运)",
        "（光伏 储能）｜（氢能 储运）",
    ] {
        check(typed, "(any (all 光伏 储能) (all 氢能 储运))", 0);
    }
    check("光伏 且 储能", "(all 光伏 储能)", 0);
    check(
        "(光伏 或 风电) 且 储能 或 氢能",
        "(any (all (any 光伏 风电) 储能) 氢能)",
        0,
    );
}

#[test]
fn minus_and_words_exclude() {
    check(
        "港口 -煤炭 -“液化品 码头”",
        "(all 港口 (not 煤炭) (not '液化品 码头'))",
        0,
    );
    for typed in ["港口 －煤炭", "港口 −煤炭", "港口 非 煤炭", "港口 NOT 煤炭"]
    {
        check(typed, "(all 港口 (not 煤炭))", 0);
    }
    check("-(煤炭 或 矿石)", "(not (any 煤炭 矿石))", 0);
    check("-（煤炭）", "(not 煤炭)", 0);
    check("非 -煤炭", "煤炭", 0);
    check("-主题:氢能", "(not <Theme 氢能>)", 0);
}

#[test]
fn a_minus_that_excludes_nothing_is_text() {
    check("综保区-港口", "综保区-港口", 0);
    check("- 港口 --", "(all - 港口 --)", 0);
    check("增长 -11.73", "(all 增长 -11.73)", 0);
    check("发展 -5G", "(all 发展 -5G)", 1);
    check("发展 非 5G", "(all 发展 (not 5G))", 0);
    check("“十四五”-“十五五”", "(all '十四五' '十五五')", 0);
}

#[test]
fn operators_without_a_place_are_text_and_noticed() {
    check("或", "'或'", 1);
    check("或 氢能", "(all '或' 氢能)", 1);
    check("氢能 OR", "(all 氢能 'OR')", 1);
    check("氢能 且 -", "(all 氢能 -)", 0);
    check("非", "'非'", 1);
    check("near/5 氢能", "(all 'near/5' 氢能)", 1);
    check("氢能 near/0 储运", "(all 氢能 near/0 储运)", 1);
    check("氢能 near/几 储运", "(all 氢能 near/几 储运)", 1);
}

#[test]
fn words_inside_text_are_no_operators() {
    for typed in [
        "研发或生产",
        "非遗保护",
        "ORACLE",
        "不得或缺",
        "android",
        "or",
    ] {
        check(typed, typed, 0);
    }
    check("“甲”或“乙”", "(all '甲' '或' '乙')", 0);
}

#[test]
fn brackets_group_only_where_they_hold_pieces() {
    check("（氢能 储运）", "(all 氢能 储运)", 0);
    check("((氢能))", "氢能", 0);
    check("()", "", 0);
    for typed in [
        "平政发（2020）15号",
        "研发(R&D)经费",
        "（一）加快发展",
        "研发(甲|乙)经费",
        "1）加快发展",
        "（以下简称",
    ] {
        check(typed, typed, 0);
    }
    check("（一） 加快发展", "(all 一 加快发展)", 0);
    check("（2020 年版）的通知", "(all 2020 年版 的通知)", 0);
    check("印发（“甲”修订）稿", "(all 印发 '甲' 修订 稿)", 0);
}

#[test]
fn deep_brackets_are_noticed() {
    let deep = format!("{}氢能 储运{}", "(".repeat(900), ")".repeat(900));
    let (query, notices) = parse(&deep);
    assert_eq!(query.root.as_ref().map(shown).unwrap(), "(all 氢能 储运)");
    assert_eq!(notices.len(), 1, "{notices:?}");
    let (query, _) = parse(&"同段:".repeat(400));
    assert!(!query.is_empty());
    let (query, _) = parse(&"NOT ".repeat(500));
    assert!(!query.is_empty());
    let (query, _) = parse(&"-(".repeat(700));
    assert!(!query.is_empty());
}

#[test]
fn fields_have_two_names_and_two_colons() {
    for field in Field::ALL {
        let expect = format!("<{field:?} 港区>");
        for name in [field.name(), field.english_name()] {
            check(&format!("{name}:港区"), &expect, 0);
            check(&format!("{name}：港区"), &expect, 0);
        }
    }
    check("ＴＨＥＭＥ：氢能", "<Theme 氢能>", 0);
    check("年份:2021..2025", "<Year 2021..2025>", 0);
}

#[test]
fn a_field_takes_phrases_groups_and_alternatives() {
    check("文档:“港区 规划” 氢能", "(all <Doc 港区 规划> 氢能)", 0);
    check(
        "文档:港区“十四五 规划”纲要",
        "<Doc 港区“十四五 规划”纲要>",
        0,
    );
    check("文号:平政发（2020）15号", "<Number 平政发（2020）15号>", 0);
    check("类型:意见|港口", "(any <Type 意见> 港口)", 0);
    check("类型：（意见 或 方案）", "(any <Type 意见> <Type 方案>)", 0);
    check(
        "主题:(氢能 -能源)",
        "(all <Theme 氢能> (not <Theme 能源>))",
        0,
    );
    check("(主题:氢能 或 港口)", "(any <Theme 氢能> 港口)", 0);
}

#[test]
fn unknown_fields_are_text() {
    for typed in [
        "时间:2021",
        "联系人：张三",
        "http://example.cn/a",
        "成文日期:2020",
    ] {
        check(typed, typed, 0);
    }
    check("主题: 氢能", "(all 主题: 氢能)", 1);
    check("发文机关：平湖市", "发文机关：平湖市", 0);
}

#[test]
fn closeness_and_sentences() {
    check("氢能 near/20 储运", "(near 20 '氢能' '储运')", 0);
    check("氢能 ＮＥＡＲ／２０ 储运", "(near 20 '氢能' '储运')", 0);
    check("氢能 近/20 储运", "(near 20 '氢能' '储运')", 0);
    check(
        "(氢能 或 氢气) near/5 “储运”",
        "(near 5 (any '氢能' '氢气') '储运')",
        0,
    );
    check(
        "甲 near/5 乙 near/9 丙",
        "(all (near 5 '甲' '乙') (near 9 '乙' '丙'))",
        0,
    );
    check("-甲 near/5 乙", "(all (not 甲) 乙)", 1);
    check("(甲 乙) near/5 丙", "(all 甲 乙 丙)", 1);
    check("-(甲 near/5 乙)", "(not (near 5 '甲' '乙'))", 0);
    check("同句:(氢能 储运)", "(sentence (all 氢能 储运))", 0);
    check(
        "同句：（氢能 -储运）",
        "(sentence (all 氢能 (not 储运)))",
        0,
    );
    check("sentence:氢能", "(sentence 氢能)", 0);
    check("同句:(主题:氢能 甲)", "(sentence (all 主题:氢能 甲))", 0);
    check("同段:(氢能 储运)", "(all 氢能 储运)", 0);
    check("近20年 近 20 年", "(all 近20年 近 20 年)", 0);
}

#[test]
fn a_star_stands_between_pieces_of_a_phrase() {
    for typed in ["“促进*发展”", "\"促进＊发展\"", "“促进**发展”"] {
        check(typed, "'促进…发展'", 0);
    }
    check("“*发展”", "'*发展'", 1);
    check("促进*发展", "促进*发展", 0);
    check("“*”", "'*'", 0);
}

#[test]
fn a_row_of_a_table_is_text() {
    check(
        "货物吞吐量 | 万吨 | 8000 | 12000",
        "(all 货物吞吐量 万吨 8000 12000)",
        1,
    );
    check("| 指标 | 单位 |", "(all 指标 单位)", 1);
    check(
        "社会 民生 | 23 | 户籍人口",
        "(all 社会 民生 23 户籍人口)",
        1,
    );
}

#[test]
fn pasted_titles_and_sentences_are_text() {
    for typed in [
        "关于印发《平湖市能源发展规划》的通知（平政发〔2020〕15号）",
        "（一）优化布局。坚持“一带两翼”，推动港口、产业、城市融合：到2025年,建成3个以上园区。",
        "总投资（含R&D经费）达到120亿元-150亿元;",
    ] {
        let (query, notices) = parse(typed);
        assert!(!query.has_operators(), "{typed}: {query:?}");
        assert!(notices.is_empty(), "{typed}: {notices:?}");
    }
}

#[test]
fn what_is_too_long_is_cut_and_noticed() {
    let (query, notices) = parse(&"港".repeat(super::MAX_CHARS + 1000));
    assert_eq!(query.texts()[0].chars().count(), super::MAX_CHARS);
    assert_eq!(notices.len(), 1);
}

/// Pieces that make operators likely to meet.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "氢能", "港", "5G", "a", "一", "2021", "a*b", "促进*发展", "、", "。", "*",
        ]),
        4 => Just(" "),
        4 => prop::sample::select(vec![
            "(", ")", "（", "）", "|", "｜", "-", "－", "\"", "“", "”", "「", "」", "*", ":", "：",
        ]),
        3 => prop::sample::select(vec![
            " 或 ", " OR ", " 且 ", " AND ", " 非 ", " NOT ", " near/5 ", " 近/9 ", " near/0 ",
            "或", "非", "near/5", "NOT",
        ]),
        2 => prop::sample::select(vec![
            "主题:", "文档：", "年份:", "type:", "同句:", "同段：", "同句:(", "主题:(", "-(", "时间:",
        ]),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn check_round_trip(typed: &str) -> Result<(), TestCaseError> {
    let (query, _) = parse(typed);
    let printed = query.to_string();
    let (again, _) = parse(&printed);
    prop_assert_eq!(&again, &query, "{} printed as {}", typed, printed);
    Ok(())
}

fn has_text(query: &Query) -> bool {
    query.texts().iter().all(|text| !text.trim().is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn any_text_is_a_query(typed in "\\PC{0,60}") {
        let (query, _) = parse(&typed);
        prop_assert!(has_text(&query));
        check_round_trip(&typed)?;
    }

    #[test]
    fn printing_and_parsing_gives_the_query_again(typed in typed()) {
        let (query, _) = parse(&typed);
        prop_assert!(has_text(&query));
        check_round_trip(&typed)?;
    }
}
