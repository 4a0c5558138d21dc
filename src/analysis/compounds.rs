//! Compounds of names: strings that may be a term although no dictionary has them.
//!
//! A compound is a row of words that name something (数字 + 政府) and nothing that
//! joins, counts or urges. Whether it is a term is for whoever counts them.

use plansearch_text::Span;

use super::segmenter::tagged;

/// Shortest and longest compound, in characters.
const N_CHARS: std::ops::RangeInclusive<usize> = 4..=8;

/// How many words a compound has at most.
const MAX_WORDS: usize = 4;

/// Words that a plan uses of everything: nothing but these is no term, and the ones
/// that urge never begin one.
const GENERIC: &str = "
指导思想 经济社会 社会事业 内生动力 总体要求 基本原则 城乡区域 经济运行 经济实力 综合实力 民生福祉 一流 业态 模式
工作 建设 发展 体系 机制 制度 措施 任务 目标 要求 重点 项目 工程 行动 计划 规划 方案 意见 指标 基础 水平
能力 质量 管理 服务 保障 实施 推进 组织 领导 改革 创新 产业 企业 经济 社会 政府 部门 单位 地区 区域 领域
主要 总体 指导 思想 原则 背景 环境 现状 形势 成效 问题 优势 特色 平台 空间 布局 结构 格局 模式 路径 方式
政策 资源 要素 设施 活动 内容 情况 标准 监督 考核 评估 责任 主体 合作 交流 示范 试点 生产 生活 公共 综合
时期 阶段 年度 未来 国内 国际 全面 全市 全省 全国 全区 我市 我省 我国 相关 有关 各类 重大 关键 核心
战略 定位 功能 效益 效率 力量 作用 优化 提升 强化 加强 完善 加快 推动 促进 健全 深化 扩大 提高 落实 引导
支持 构建 打造 实现 坚持 开展 做好 加大 推广 鼓励 培育 壮大 增强 统筹 协调 统一 贯彻 执行 落地 编制
步伐 力度 进程 成果 概况 说明 附件 附则 总则 通知 名词 解释 一览 序言 前言 结语 层次 条件 精神 人民 群众
业务 队伍 机构 投入 投资 资金 转型 升级 融合 一体化 现代化 高质量 高水平 新型 特点 优先 主导 整体 系统 体制
";

/// The compounds in `text`, overlapping ones too.
///
/// ```
/// use plansearch_analysis::compounds;
/// let text = "加快数字政府建设";
/// let found: Vec<_> = compounds(text).into_iter().map(|span| span.of(text)).collect();
/// assert!(found.contains(&"数字政府"));
/// assert!(!found.contains(&"加快数字"));
/// ```
pub fn compounds(text: &str) -> Vec<Span> {
    let words = tagged(text);
    let is_generic = |word: &str| GENERIC.split_whitespace().any(|known| known == word);
    let mut found = Vec::new();
    for first in 0..words.len() {
        let mut has_own = false;
        for last in first..words.len().min(first + MAX_WORDS) {
            let (span, tag) = &words[last];
            let word = span.of(text);
            if !joins(tag, word) || urges(word) {
                break;
            }
            has_own |= !is_generic(word);
            let whole = Span::new(words[first].0.start, span.end);
            let (opening, opening_tag) = &words[first];
            let is_opening = opens(opening_tag, opening.of(text)) && !urges(opening.of(text));
            if N_CHARS.contains(&whole.n_chars(text))
                && has_own
                && is_opening
                && closes(tag, word)
                && !is_tail(word)
            {
                found.push(whole);
            }
        }
    }
    found
}

/// Says whether a word can stand in a compound.
fn joins(tag: &str, word: &str) -> bool {
    let is_han = word.chars().all(|c| c.is_alphabetic() && !c.is_ascii());
    let is_name = matches!(
        tag.chars().next(),
        Some('n' | 'b' | 'j' | 'l' | 'i' | 'a' | 'g' | 'z')
    );
    is_han
        && (is_name || matches!(tag, "vn" | "s" | "f" | "v" | "x" | "k" | "t"))
        && !matches!(
            word,
            "年" | "月" | "日" | "和" | "与" | "及" | "的" | "等" | "是" | "有" | "为"
        )
}

/// Says whether a word can open a compound.
fn opens(tag: &str, word: &str) -> bool {
    let is_name = matches!(
        tag.chars().next(),
        Some('n' | 'b' | 'j' | 'l' | 'i' | 'g' | 'z')
    );
    let is_place = tag.starts_with("ns") || tag.starts_with("nr") || tag.starts_with("nt");
    !is_place && word.chars().count() > 1 && (is_name || tag == "vn" || tag == "a" || tag == "s")
}

/// Says whether a word can end a compound.
fn closes(tag: &str, word: &str) -> bool {
    tag.starts_with('n') && word.chars().count() > 1
        || (matches!(tag, "vn" | "v" | "j" | "l" | "s") && word.chars().count() > 1)
        || matches!(
            word,
            "力" | "业" | "港" | "区" | "网" | "链" | "带" | "圈" | "站" | "器" | "群"
        )
}

/// Says whether a word asks for something to be done, as those that open leads do.
fn urges(word: &str) -> bool {
    const URGING: &str = "
        推进 加强 建设 发展 实施 优化 提升 强化 完善 加快 推动 促进 健全 深化 扩大 提高 落实 引导 支持 构建 打造
        实现 坚持 开展 做好 加大 推广 鼓励 培育 壮大 增强 统筹 贯彻 执行 编制 全面 重点 主要 总体 保障 改革
        发挥 充分 大力发展 深入实施 积极 大力 切实 着力 持续 不断 深入 进一步 有效 加速 规范 改善 拓展 激发 创建 巩固 严格 有序 稳步
        时期 相关 有关 各类 全市 全省 全国 全区 我市 我省 我国
    ";
    URGING.split_whitespace().any(|known| known == word)
}

/// Says whether a word at the end only says that something is worked at.
fn is_tail(word: &str) -> bool {
    const TAILS: &str = "
        建设 发展 工作 水平 能力 质量 推进 实施 工程 行动 任务 目标 措施 方案 计划 规划 改革 创新 保障 情况
        提升 优化 完善 加强 落实 力度 步伐 成效 布局 格局 结构 作用 问题 形势 要求 内容 方面 原则 指标
        特色 优势 现状 过程 重点 活动 管理 体系 机制 制度 项目 试点 示范
    ";
    TAILS.split_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_names_are_compounds_and_what_urges_is_none() {
        for (text, is_there, is_not) in [
            ("加快数字政府建设", "数字政府", "政府建设"),
            ("发展银发经济", "银发经济", "发展银发"),
            ("推进基层治理体系现代化", "基层治理", "推进基层"),
        ] {
            let found: Vec<&str> = compounds(text).into_iter().map(|s| s.of(text)).collect();
            assert!(found.contains(&is_there), "{text}: {found:?}");
            assert!(!found.contains(&is_not), "{text}: {found:?}");
        }
        for text in [
            "保障措施",
            "主要目标",
            "重点任务",
            "第三章 总则",
            "2025年",
            "",
            "，。",
        ] {
            assert!(compounds(text).is_empty(), "{text}: {:?}", compounds(text));
        }
    }
}
