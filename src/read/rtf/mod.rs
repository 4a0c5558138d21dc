//! Rich text (rtf) as lines.
//!
//! Text in every code page that its fonts name, tables as rows, notes behind the
//! paragraph that they belong to. Deleted and hidden text, comments, running heads
//! and feet are dropped with the reason; pictures and objects are no text.
//!
//! | part | does |
//! |---|---|
//! | [`token`] | the bytes as groups, control words and characters |
//! | [`decode`] | characters in the code page of their font |
//! | [`story`] | what stands where: lines, rows, what is left out |

mod decode;
mod rows;
mod story;
mod token;

use super::source::Unreadable;
use plansearch_document::RawText;
use story::Story;
use token::Tokens;

/// What every file begins with.
pub(super) const SIGNATURE: &[u8] = b"{\\rtf";

/// Turns the bytes of a file into lines.
///
/// # Errors
/// [`Unreadable`] when it holds no text or its groups are nested too deeply.
pub(super) fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    let mut story = Story::default();
    for token in Tokens::of(bytes) {
        story.take(&token)?;
    }
    let raw = story.finish();
    if raw.lines.is_empty() {
        return Err(Unreadable::new(
            "rich text (rtf) without text",
            "open it in an office program and save it as docx",
        ));
    }
    Ok(raw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(rtf: &str) -> Vec<String> {
        read(rtf.as_bytes()).unwrap().lines
    }

    #[test]
    fn code_pages_and_unicode_are_read() {
        for (rtf, expect) in [
            (
                r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\f0 \'b7\'a2\'d5\'b9\par}",
                "发展",
            ),
            // The second byte may be a letter.
            (r"{\rtf1\ansi\ansicpg936 \'81@\'d7\par}", "丂�"),
            (r"{\rtf1\ansi\u21457?\u23637?\par}", "发展"),
            (
                r"{\rtf1\ansi\uc2\u21457\'b7\'a2\u-10179??\u-8704??\par}",
                "发😀",
            ),
            (
                r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f1\fcharset136 MingLiU;}{\f2 Arial;}}\f2 caf\'e9 \f1 \'b5\'6f\par}",
                "café 發",
            ),
            (r"{\rtf1{\upr{old}{\*\ud{new}}}\par}", "new"),
        ] {
            assert_eq!(lines(rtf), [expect], "{rtf}");
        }
    }

    #[test]
    fn levels_of_headings_and_what_cells_span_are_told() {
        let rtf = r"{\rtf1\ansi\pard\outlinelevel0 One\par\pard Text\par
\trowd\trhdr\cellx1000\cellx3000\intbl a\cell b\cell\row
\trowd\clvmgf\cellx1000\cellx2000\cellx3000\intbl c\cell d\cell e\cell\row
\trowd\clvmrg\cellx1000\cellx2000\cellx3000\intbl\cell f\cell g\cell\row\pard end\par}";
        let raw = read(rtf.as_bytes()).unwrap();
        let lines = [
            "One",
            "Text",
            "a | b |  |",
            "c | d | e |",
            "c | f | g |",
            "end",
        ];
        assert_eq!(raw.lines, lines);
        assert_eq!(raw.heading_lines.into_iter().collect::<Vec<_>>(), [(0, 1)]);
        assert!(raw.tables[&2].rows[0].is_head);
    }

    #[test]
    fn tables_notes_and_numbers_stand_in_their_place() {
        let rtf = r"{\rtf1\ansi{\stylesheet{\s1 heading;}}{\info{\title x}}
{\pard{\listtext one.\tab}First{\footnote\pard a note\par}\par}
\trowd\intbl head\par more\cell 2030\cell\row\pard after\line below\par}";
        assert_eq!(
            lines(rtf),
            [
                "one. First",
                "a note",
                "head more | 2030 |",
                "after",
                "below"
            ]
        );
    }

    #[test]
    fn what_is_left_out_is_named() {
        let rtf = r"{\rtf1{\header head\par}{\pict 89504e47}kept{\deleted gone}{\v unseen}{\*\annotation why}{\*\unknown x}{\bin3 }}}}x\par}";
        let raw = read(rtf.as_bytes()).unwrap();
        assert_eq!(raw.lines, ["keptx"]);
        let dropped: Vec<(&str, &str)> = raw
            .dropped
            .iter()
            .map(|(text, reason)| (text.as_str(), *reason))
            .collect();
        assert_eq!(
            dropped,
            [
                ("head", "页眉页脚"),
                ("gone", "修订删除"),
                ("unseen", "隐藏文字"),
                ("why", "批注")
            ]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_bytes_are_read_or_refused(parts in prop::collection::vec(
            prop::sample::select(vec!["{", "}", "\\par", "\\cell", "\\row", "\\'b7", "\\u21457", "\\uc9", "\\bin99999", "\\f1", "{\\fonttbl{\\f1\\fcharset134 a;}}", "{\\footnote", "x", "\\", " ", "{\\*", "\\trowd\\intbl"]), 0..60)) {
            let rtf = format!("{{\\rtf1{}", parts.concat());
            let _ = read(rtf.as_bytes());
        }
    }
}
