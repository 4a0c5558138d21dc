//! The head of an announcement over three lines: body, 公告, number.
//!
//! `中华人民共和国海关总署` / `公 告` / `2023年第145号` is one line,
//! 中华人民共和国海关总署公告2023年第145号, and no title.

use super::block::{Block, without_blanks};
use super::official;

/// The head stands among the first lines.
const MAX_HEAD_BLOCKS: usize = 20;

/// Joins the three lines to the first of them.
pub(super) fn join(blocks: &mut [Block]) {
    let lines: Vec<usize> = (0..blocks.len())
        .filter(|idx| !blocks[*idx].text.is_empty())
        .take(MAX_HEAD_BLOCKS)
        .collect();
    for three in lines.windows(3) {
        let [body, form, number] = [three[0], three[1], three[2]];
        let squeezed = |idx: usize| without_blanks(&blocks[idx].text);
        let is_open = three.iter().all(|idx| blocks[*idx].is_open());
        let number_text = squeezed(number);
        let is_number = official::order_number(&number_text).is_some_and(|span| span.start == 0);
        let is_head = official::is_organisation(&blocks[body].text)
            && matches!(squeezed(form).as_str(), "公告" | "通告");
        if is_open && is_head && is_number {
            let joined = format!("{}{}{number_text}", squeezed(body), squeezed(form));
            blocks[body].text = joined;
            blocks[form].text.clear();
            blocks[number].text.clear();
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    #[test]
    fn the_head_of_an_announcement_is_one_line() {
        let mut blocks = opened(&[
            "中华人民共和国海关总署",
            "公 告",
            "2023年第145号",
            "关于优化监管措施的公告",
        ]);
        join(&mut blocks);
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        let head = "中华人民共和国海关总署公告2023年第145号";
        assert_eq!(texts, [head, "", "", "关于优化监管措施的公告"]);
        let mut plain = opened(&["某县人民政府", "公告", "为了公共利益，现公告如下："]);
        join(&mut plain);
        assert_eq!(plain[1].text, "公告");
    }
}
