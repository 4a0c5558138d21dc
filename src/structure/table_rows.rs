//! Tables: captions, heads, rows and notes.
//!
//! What the format knows is taken as it is ([`typed_table`]); in plain text rows are
//! guessed from bars ([`barred`]), and in any text from cells that lost their lines
//! ([`flat_table`]). A caption whose table is gone stays a caption. Rows of a publishing
//! page (`索引号: | … |`) are facts, not a table.

use super::block::Block;
use super::{barred, caption, flat_table, table_heads, typed_table};

/// Marks captions, heads, rows and notes of tables. `is_plain` says that the source has
/// no format that knows tables.
pub(super) fn mark(blocks: &mut Vec<Block>, is_plain: bool) {
    caption::join_lines(blocks);
    *blocks = typed_table::mark(std::mem::take(blocks));
    if is_plain {
        barred::mark(blocks);
    }
    flat_table::mark(blocks);
    table_heads::mark(blocks);
    caption::mark(blocks);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{Role, opened};

    fn check(lines: &[&str], expect: &[&str]) {
        let mut blocks = opened(lines);
        mark(&mut blocks, true);
        let names: Vec<&str> = blocks
            .iter()
            .map(|block| match &block.role {
                Role::Caption => "caption",
                Role::Head(_) => "head",
                Role::Row(_) => "row",
                Role::TableNote => "note",
                Role::Front(_) => "fact",
                Role::Dropped(_) => "dropped",
                _ => "open",
            })
            .collect();
        assert_eq!(names, expect, "{lines:?}");
    }

    #[test]
    fn a_table_is_caption_head_rows_and_notes() {
        check(
            &[
                "表1-1 主要指标",
                "单位：亿元",
                "指标 | 序号 | 2020年 |",
                "综合 | 1 | 182 |",
                "2 | 10.9 | |",
                "3 |",
                "注：[ ]为累计数。",
                "正文。",
            ],
            &[
                "caption", "note", "head", "row", "row", "row", "note", "open",
            ],
        );
        check(
            &["|指标|目标|", "|---|:--|", "|产值|300|"],
            &["head", "dropped", "row"],
        );
    }

    #[test]
    fn a_head_repeated_on_a_new_page_is_left_out() {
        check(
            &["指标 | 单位 |", "甲 | 元 |", "指标 | 单位 |", "乙 | 元 |"],
            &["head", "row", "dropped", "row"],
        );
    }

    #[test]
    fn a_title_below_the_number_of_a_table_is_its_caption() {
        check(
            &["附表1", "重点项目表", "序号 | 项目 |", "1 | 码头 |"],
            &["caption", "open", "head", "row"],
        );
    }

    #[test]
    fn a_cell_over_all_columns_is_a_row() {
        check(
            &[
                "序号\t指标\t目标",
                "一、底线",
                "1\t耕地\t20",
                "二、效率",
                "2\t产值\t30",
            ],
            &["head", "row", "row", "row", "row"],
        );
    }

    #[test]
    fn a_caption_without_table_stays_a_caption() {
        check(
            &[
                "表2 规划指标(省级)",
                "图1 方略",
                "见表1和表2。",
                "表1所示为指标",
            ],
            &["caption", "dropped", "open", "open"],
        );
    }

    #[test]
    fn facts_of_the_page_are_no_table() {
        check(
            &[
                "索引号: | 0025 | 公开方式: | 主动公开 |",
                "成文日期: | 2020-04-30 |",
            ],
            &["fact", "fact"],
        );
        check(
            &[
                "索引号 | 0025/2023 | 主题分类 | 城乡建设 |",
                "发文机关 | 某省人民政府 | 成文日期 | 2020年4月30日 |",
                "发布日期 | 2020-05-01 | | |",
            ],
            &["fact", "fact", "fact"],
        );
        check(&["日期 | 事项 |", "2020-05-01 | 开工 |"], &["head", "row"]);
    }
}
