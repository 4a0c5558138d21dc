//! Spellings that count as the same when text is matched.
//!
//! Answers: is `ＰＭ2.5` the same as `pm2.5`? The text itself is kept: every folded
//! character knows the span of the source character it stands for.
//!
//! | folded | example |
//! |---|---|
//! | width, case | Ｇ60 = g60 |
//! | blanks, line breaks, invisible characters, fillers | 海河 联运 = 海河联运 |
//! | traditional and variant characters | 氫 = 氢, 後 = 后, 显著 = 显着, 零 = 〇 = ○ |
//! | radicals and compatibility forms as characters | ⻓三⻆ = 长三角 |
//! | letters, numerals and units in one sign | Ⅱ = II, ① = 1, ㎡ = m2, ℃ = °C |
//! | brackets | 〔〕 = [] = 【】 = () |
//! | quotation marks | “” = "" = 「」 |
//! | dashes; dots in the middle; pauses; colons | — = - ; · = • ; ， = 、 ; ∶ = : |
//!
//! Each rule looks at one character alone, so that a piece of a text folds to the
//! piece of the folded text. **Not folded:** numerals that mean a number (十四五 is
//! not 145, 一是 is not 1是), full stops and other marks among each other.

use std::ops::RangeInclusive;

use unicode_normalization::char::decompose_compatible;

use super::Span;
use super::variants::{FIRST_HAN, LAST_HAN, VARIANTS, may_be_rare};

/// Folds one character into `out`; a blank or invisible character gives nothing.
pub fn fold_char(c: char, mut out: impl FnMut(char)) {
    match c {
        // Ideographs first because they are most of a text.
        FIRST_HAN..=LAST_HAN => out(VARIANTS.fold(c)),
        '!'..='~' => out(fold_mark(c.to_ascii_lowercase())),
        // Full-width forms of printable ASCII.
        '\u{ff01}'..='\u{ff5e}' => {
            let narrow = char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
            out(fold_mark(narrow.to_ascii_lowercase()));
        }
        // Marks of running text.
        '\u{3001}'..='\u{3020}' | '\u{2010}'..='\u{201f}' => out(fold_mark(c)),
        _ if is_blank(c) => {}
        _ if may_be_rare(c) => out(VARIANTS.fold_rare(c).unwrap_or(c)),
        _ if is_composed(c) => decompose_compatible(c, |part| {
            if part == c {
                out(c);
            } else {
                fold_char(part, &mut out as &mut dyn FnMut(char));
            }
        }),
        'µ' => out('μ'),
        _ if c.is_alphabetic() => c.to_lowercase().for_each(out),
        _ => out(fold_mark(c)),
    }
}

/// The mark that stands for its kin.
fn fold_mark(c: char) -> char {
    match c {
        '[' | '【' | '〔' | '〖' => '(',
        ']' | '】' | '〕' | '〗' => ')',
        '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' | '〝' | '〞' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        '〈' | '«' => '《',
        '〉' | '»' => '》',
        '、' => ',',
        '—' | '–' | '―' | '‐' | '‑' | '‒' | '−' | '─' => '-',
        '〜' | '∼' => '~',
        '∶' | '︰' => ':',
        '•' | '‧' | '∙' | '⋅' | '・' => '·',
        '○' | '◯' => '〇',
        _ => c,
    }
}

/// Signs made of others: circled and Roman numerals, units, superscripts, half-width and
/// compatibility forms.
pub(super) const COMPOSED: [RangeInclusive<char>; 11] = [
    '²'..='³',
    '¹'..='¹',
    '\u{2070}'..='\u{209f}',
    '\u{2100}'..='\u{218f}',
    '\u{2460}'..='\u{24ff}',
    '\u{2f00}'..='\u{2fdf}',
    '\u{3200}'..='\u{33ff}',
    '\u{f900}'..='\u{faff}',
    '\u{fe30}'..='\u{fe6f}',
    '\u{ff5f}'..='\u{ffef}',
    '\u{2f800}'..='\u{2fa1f}',
];

fn is_composed(c: char) -> bool {
    COMPOSED.iter().any(|range| range.contains(&c))
}

/// Says whether `c` is left out when text is matched: white space, control and
/// invisible formatting characters, fillers, and selectors of a form.
pub fn is_blank(c: char) -> bool {
    // Nearly all characters of a text stand in these ranges, and none is blank.
    if matches!(c, '\u{4e00}'..='\u{9fff}' | '!'..='~' | '\u{3001}'..='\u{3020}' | '\u{ff01}'..='\u{ff60}')
    {
        return false;
    }
    c.is_whitespace() || c.is_control() || is_invisible(c)
}

/// What is not seen, or only as a blank, and is no white space to Unicode.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Folds `text` to the characters that are compared.
///
/// ```
/// use plansearch_text::fold;
/// assert_eq!(fold("ＰＭ 2.5　浓度"), "pm2.5浓度");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, |c| folded.push(c));
    }
    folded
}

/// A text of at most 1 GiB as folded characters, each with the span it came from.
#[derive(Debug, Clone, Default)]
pub struct FoldedText {
    chars: Vec<char>,
    origins: Vec<Origin>,
}

/// The bytes that a folded character came from: where they begin, and in the last two
/// bits how many more there are than one.
#[derive(Debug, Clone, Copy)]
struct Origin(u32);

impl Origin {
    fn new(start: usize, c: char) -> Self {
        Self((start as u32) << 2 | (c.len_utf8() as u32 - 1))
    }

    fn start(self) -> usize {
        (self.0 >> 2) as usize
    }

    fn end(self) -> usize {
        self.start() + (self.0 & 3) as usize + 1
    }
}

impl FoldedText {
    /// Folds `text` and remembers where every character came from.
    pub fn new(text: &str) -> Self {
        // Most characters take three bytes.
        let n_chars = text.len() / 3 + 8;
        let mut folded = Self {
            chars: Vec::with_capacity(n_chars),
            origins: Vec::with_capacity(n_chars),
        };
        let variants = &*VARIANTS;
        for (at, c) in text.char_indices() {
            let origin = Origin::new(at, c);
            let mut add = |c| {
                folded.chars.push(c);
                folded.origins.push(origin);
            };
            if matches!(c, FIRST_HAN..=LAST_HAN) {
                add(variants.fold(c));
            } else {
                fold_char(c, add);
            }
        }
        folded
    }

    /// The folded characters, blanks left out.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Finds every place of `needle` (already folded), overlapping ones too, as
    /// spans of the source text. An empty needle stands nowhere.
    ///
    /// ```
    /// use plansearch_text::FoldedText;
    /// let text = "ＰＭ2.5和PM 2.5";
    /// let folded = FoldedText::new(text);
    /// let found: Vec<_> = folded.find_all(&['p', 'm', '2']).map(|s| s.of(text).to_owned()).collect();
    /// assert_eq!(found, ["ＰＭ2", "PM 2"]);
    /// ```
    pub fn find_all<'a>(&'a self, needle: &'a [char]) -> impl Iterator<Item = Span> + 'a {
        let (first, rest) = match needle.split_first() {
            Some((first, rest)) => (Some(*first), rest),
            None => (None, needle),
        };
        // Few characters are the first one, so the others are seldom looked at.
        let n_starts = (self.chars.len() + 1).saturating_sub(needle.len());
        let starts = self.chars.iter().take(n_starts).enumerate();
        starts
            .filter(move |(at, c)| Some(**c) == first && self.chars[at + 1..].starts_with(rest))
            .map(move |(at, _)| self.span(at, needle.len()))
    }

    /// The same text without the characters that `is_left_out` names.
    #[must_use]
    pub fn without(&self, is_left_out: impl Fn(char) -> bool) -> Self {
        let all = self.chars.iter().zip(&self.origins);
        let kept = all.filter(|(c, _)| !is_left_out(**c));
        let (chars, origins) = kept.unzip();
        Self { chars, origins }
    }

    /// Where so many characters stand in the source.
    pub(super) fn span(&self, first: usize, n_chars: usize) -> Span {
        match (
            self.origins.get(first),
            self.origins.get((first + n_chars).saturating_sub(1)),
        ) {
            (Some(first), Some(last)) => Span::new(first.start(), last.end()),
            _ => Span::new(0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(input: &str, expect: &str) {
        assert_eq!(fold(input), expect, "{input}");
    }

    #[test]
    fn width_and_case_are_folded() {
        check("Ｇ60科创走廊", "g60科创走廊");
        check("R&D", "r&d");
        check("（一）", "(一)");
        check("“港区”", "\"港区\"");
    }

    #[test]
    fn blanks_are_left_out() {
        check("海河\u{3000}联 运\r\n枢纽\u{200b}", "海河联运枢纽");
    }

    #[test]
    fn variants_are_folded() {
        check("發展氫能", "发展氢能");
        check("显著", "显着");
        check("二零三五", &fold("二〇三五"));
        check("二○三五", &fold("二〇三五"));
    }

    #[test]
    fn one_simplified_character_for_several_is_each_of_them() {
        check(
            "皇后之後、乾部、徵收、託管、諮詢、淨化",
            "皇后之后,干部,征收,托管,咨询,净化",
        );
        check(
            "於溼地、汙染、衞生、湧入、駐紮、橋樑、覈實",
            "于湿地,污染,卫生,涌入,驻扎,桥梁,核实",
        );
    }

    #[test]
    fn other_forms_of_a_character_are_the_character() {
        check("⻓三⻆⼈⼯", "长三角人工");
        check("\u{f914}園", "乐园");
        check("\u{2f81a}", &fold("冬"));
        check("葛\u{e0100}洲", "葛洲");
        check(
            "\u{2068}海铁\u{2069}联\u{61c}运\u{3164}枢\u{2800}纽\u{180e}",
            "海铁联运枢纽",
        );
        check("1∶2.5", "1:2.5");
    }

    #[test]
    fn signs_made_of_others_are_folded() {
        check("第Ⅱ类 ①", "第ii类1");
        check("㈠ 5㎡ 20℃", "(一)5m220°c");
    }

    #[test]
    fn kin_of_marks_are_folded() {
        for spelling in [
            "嘉政发〔2020〕15号",
            "嘉政发[2020]15号",
            "嘉政发【2020】15号",
            "嘉政发（2020）15号",
        ] {
            check(spelling, "嘉政发(2020)15号");
        }
        check("「港区」—水、电", "\"港区\"-水,电");
        assert_ne!(fold("港。区"), fold("港，区"));
    }

    #[test]
    fn numerals_stay_apart() {
        assert_ne!(fold("十四五"), fold("145"));
        assert_ne!(fold("一是"), fold("1是"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn every_folded_character_has_a_place(text in "\\PC{0,40}") {
            let folded = FoldedText::new(&text);
            for (c, origin) in folded.chars.iter().zip(&folded.origins) {
                let span = Span::new(origin.start(), origin.end());
                prop_assert!(fold(span.of(&text)).contains(*c));
            }
        }

        #[test]
        fn what_stands_in_a_text_is_found(text in "[港区氢能a-cA-C ]{1,30}", first in 0usize..30, n in 1usize..8) {
            let piece = Span::of_chars(&text, first, n).of(&text).to_owned();
            let needle: Vec<char> = fold(&piece).chars().collect();
            let folded = FoldedText::new(&text);
            let found = folded.find_all(&needle).next().is_some();
            prop_assert_eq!(found, !needle.is_empty());
        }
    }
}
