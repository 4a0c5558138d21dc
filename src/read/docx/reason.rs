//! Why text is left out.

pub(super) const DELETED: &str = "修订中删除";
pub(super) const HIDDEN: &str = "隐藏文字";
pub(super) const PLACEHOLDER: &str = "占位文字";
pub(super) const PRONUNCIATION: &str = "注音";
pub(super) const INSTRUCTION: &str = "域代码";
pub(super) const UNUSED_NOTE: &str = "正文未引用的注";
