//! Words of questions and requests that carry no subject.
//!
//! Who asks 港区怎么发展氢能 wants passages about 港区, 发展 and 氢能; 怎么 stands in
//! none of them. The list holds question words, modal verbs, pronouns, polite
//! turns and the words that join a document to what is sought in it. Words that
//! name a subject in some plan are kept out of it.

use std::collections::HashSet;
use std::sync::LazyLock;

const FILLERS: &str = "
怎么 怎么办 怎么样 怎样 怎 如何 为什么 为何 为啥 什么 什么样 啥 哪 哪个 哪些 哪里 哪儿 谁 多少 几 几个 几天
几年 几倍 多久 多长 多长时间 多大 多高 何时 何种 是否 是不是 能否 能不能 可否 可不可以 会不会 有没有 要不要
该不该 吗 呢 吧 啊 呀 嘛 么
可以 能 能够 应 应该 应当 该 需要 须 要 会 想 想要 希望 让 使 请 请问 请教 麻烦 帮 帮忙 告诉 查 查找 查询 查一下
找 找一下 搜索 了解 介绍 一下 说说
我 我们 你 你们 他 她 它 他们 她们 自己 别人 人家 大家 咱们 这 这个 这些 这种 这样 那 那个 那些 那种 那样 此 该
里 里面 里的 中 中的 当中 上的 下的 关于 有关 相关 段落 提到 提及 说到 讲到 对于 至于 方面 的话 之中 之内
不 没 没有 无 未 别 就 才 还 又 再 也 都 只 仅 很 太 最 更 已 已经 正在 曾 一个 一直 一定 同时 并能 以及 及其 或者
但 但是 然后 因为 所以 如果 若 虽然 由于 而 并 且 则 却
是 有 在 被 把 将 给 跟 向 往 从 到 用 由 让 叫 去 来 说 做 算 之后 以后 之前 以前 后 前 时 时候 情况 属于
";

static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| FILLERS.split_whitespace().collect());

/// Says whether `word` carries no subject in a query.
pub(super) fn is_filler(word: &str) -> bool {
    WORDS.contains(word)
}

/// Says whether `word` asks how, so that the next word may only complete it.
pub(super) fn asks_how(word: &str) -> bool {
    matches!(word, "怎么" | "如何" | "怎样" | "该怎么" | "应如何" | "怎")
}

/// Says whether a word behind 怎么 only completes the question.
pub(super) fn completes_question(word: &str) -> bool {
    matches!(
        word,
        "解决"
            | "处理"
            | "办理"
            | "办"
            | "应对"
            | "看待"
            | "理解"
            | "规定"
            | "计算"
            | "操作"
            | "进行"
            | "实现"
    )
}
