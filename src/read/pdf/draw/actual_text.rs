//! `ActualText`: what a piece of the content stands for, where that differs from
//! what its glyphs say.
//!
//! Programs that write it are not of one mind: browsers give the character that
//! a shared glyph stands for, others a whole paragraph for its glyphs. So it
//! counts where it fits glyph by glyph, for a single glyph, and where the font does
//! not say what the glyphs show.

use super::placed::Placed;

/// A glyph is no more characters than these.
const MAX_CHARS_PER_GLYPH: usize = 8;

/// Lets glyphs show `text` where it is to be believed.
pub(super) fn apply(placed: &mut Vec<Placed>, start: usize, text: &str) {
    let chars: Vec<char> = text.chars().filter(|ch| !ch.is_control()).collect();
    let glyphs = placed.get(start..).unwrap_or_default();
    let is_unsaid =
        |glyph: &Placed| glyph.is_unknown() || matches!(glyph.ch, '\u{e000}'..='\u{f8ff}');
    let is_single = glyphs.len() == 1 && chars.len() <= MAX_CHARS_PER_GLYPH;
    let counts = glyphs.len() == chars.len() || is_single || glyphs.iter().any(is_unsaid);
    if chars.is_empty() || glyphs.is_empty() || !counts {
        return;
    }
    let n_glyphs = glyphs.len();
    let share = |idx: usize| idx * n_glyphs / chars.len();
    let mut shown = Vec::with_capacity(chars.len());
    for (idx, ch) in chars.iter().enumerate() {
        let Some(glyph) = glyphs.get(share(idx)) else {
            continue;
        };
        let first = (0..=idx)
            .rev()
            .take_while(|other| share(*other) == share(idx));
        let n_before = first.count() - 1;
        let n_after = (idx + 1..chars.len())
            .take_while(|other| share(*other) == share(idx))
            .count();
        let mut part = *glyph;
        part.ch = *ch;
        part.width = glyph.width / (n_before + 1 + n_after) as f64;
        let along = part.width * n_before as f64;
        let (sin, cos) = glyph.degrees.to_radians().sin_cos();
        part.x += along * cos;
        part.y += along * sin;
        shown.push(part);
    }
    placed.truncate(start);
    placed.extend(shown);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(text: &str) -> Vec<Placed> {
        let place = |(idx, ch)| Placed {
            ch,
            x: idx as f64 * 10.0,
            y: 0.0,
            width: 10.0,
            size: 10.0,
            degrees: 0.0,
        };
        text.chars().enumerate().map(place).collect()
    }

    #[test]
    fn it_counts_where_it_fits() {
        for (glyphs, actual, expect) in [
            ("⼀个", "一个", "一个"),
            ("ﬁ", "fi", "fi"),
            ("\u{fffd}\u{fffd}", "氢能源", "氢能源"),
            ("发展", "另一段完整的文字", "发展"),
            ("发展", "", "发展"),
        ] {
            let mut shown = placed(glyphs);
            apply(&mut shown, 0, actual);
            let text: String = shown.iter().map(|glyph| glyph.ch).collect();
            assert_eq!(text, expect);
        }
    }
}
