//! Whether a sentence says what it quotes.
//!
//! It does when it has a quotation of eight characters or more in quotation marks and
//! names a title (《…》) or a document number (〔2021〕12号).

use std::ops::Range;

/// A shorter quotation is a term: “十四五”, “放管服”.
const MIN_QUOTED: usize = 8;

/// Says whether a sentence quotes and names what it quotes.
pub(crate) fn is_cited(chars: &[char], sentence: &Range<usize>) -> bool {
    let text = chars.get(sentence.clone()).unwrap_or_default();
    let has_title = text.contains(&'《') && text.contains(&'》');
    let has_number = text.iter().any(|c| matches!(c, '〔' | '［')) && text.contains(&'号');
    (has_title || has_number) && !quotations(text).is_empty()
}

/// The quotations of a text, without their marks, as ranges of characters.
pub(crate) fn quotations(text: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.iter().enumerate() {
        match c {
            '“' | '「' | '『' => open = Some(at + 1),
            '"' if open.is_none() => open = Some(at + 1),
            '”' | '」' | '』' | '"' => {
                if let Some(start) = open.take()
                    && at - start >= MIN_QUOTED
                {
                    found.push(start..at);
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_with_its_title_is_cited_and_a_term_is_none() {
        let check = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            is_cited(&chars, &(0..chars.len()))
        };
        assert!(check("《港口规划》提出“打造海河联运枢纽和最佳特色港”。"));
        assert!(!check("《港口规划》提出“十四五”目标。"));
        assert!(!check("提出“打造海河联运枢纽和最佳特色港”。"));
    }
}
