//! Two lists of tokens: which stand in both, with as few and as whole changes between
//! them as there can be.

use crate::chain::{Pair, heaviest_chain};
use crate::tokens::{Token, TokenKind};

/// What a change costs: so much has to stand unchanged between two changes that they are
/// two.
const CHANGE: f32 = 2.5;
/// At most so many pairs of tokens are compared; longer lists are parted first.
const MAX_CELLS: usize = 4_000_000;
/// Tokens in a row that stand once on each side and so part the lists.
const N_ANCHOR: usize = 6;

/// A change: the tokens `a` became the tokens `b`, either of which may be none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) a: std::ops::Range<usize>,
    pub(crate) b: std::ops::Range<usize>,
}

/// The changes from `a` to `b`, in order.
pub(crate) fn edits(a: &[Token], b: &[Token]) -> Vec<Edit> {
    let mut edits = Vec::new();
    part((a, 0), (b, 0), &mut edits);
    edits
}

type Side<'a> = (&'a [Token], usize);

fn part((a, from_a): Side<'_>, (b, from_b): Side<'_>, edits: &mut Vec<Edit>) {
    let same = |(x, y): &(&Token, &Token)| x.folded == y.folded;
    let n_start = a.iter().zip(b).take_while(same).count();
    let (a, b) = (&a[n_start..], &b[n_start..]);
    let n_end = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
    let (a, b) = (&a[..a.len() - n_end], &b[..b.len() - n_end]);
    let (from_a, from_b) = (from_a + n_start, from_b + n_start);
    if a.is_empty() && b.is_empty() {
        return;
    }
    let whole = Edit {
        a: from_a..from_a + a.len(),
        b: from_b..from_b + b.len(),
    };
    if a.is_empty() || b.is_empty() {
        edits.push(whole);
    } else if a.len().saturating_mul(b.len()) <= MAX_CELLS {
        let found = fewest(a, b).into_iter();
        edits.extend(found.map(|edit| Edit {
            a: edit.a.start + from_a..edit.a.end + from_a,
            b: edit.b.start + from_b..edit.b.end + from_b,
        }));
    } else {
        let anchors = anchors(a, b);
        if anchors.is_empty() {
            edits.push(whole);
            return;
        }
        let mut at = (0, 0);
        for (to_a, to_b) in anchors.into_iter().chain([(a.len(), b.len())]) {
            // Between two anchors without another the rest is one change if it is large.
            let (left, right) = (&a[at.0..to_a], &b[at.1..to_b]);
            if left.len().saturating_mul(right.len()) <= MAX_CELLS {
                part((left, from_a + at.0), (right, from_b + at.1), edits);
            } else {
                edits.push(Edit {
                    a: from_a + at.0..from_a + to_a,
                    b: from_b + at.1..from_b + to_b,
                });
            }
            at = (to_a, to_b);
        }
    }
}

/// Places where the same row of tokens begins that stands once on each side, in order.
fn anchors(a: &[Token], b: &[Token]) -> Vec<(usize, usize)> {
    let rows = |tokens: &[Token]| {
        let mut rows = std::collections::HashMap::new();
        for (at, row) in tokens.windows(N_ANCHOR).enumerate() {
            let row: Vec<String> = row.iter().map(|token| token.folded.clone()).collect();
            rows.entry(row)
                .and_modify(|place: &mut Option<usize>| *place = None)
                .or_insert(Some(at));
        }
        rows
    };
    let (in_a, in_b) = (rows(a), rows(b));
    let once = in_a.into_iter().filter_map(|(row, at)| {
        Some(Pair {
            a: at?,
            b: (*in_b.get(&row)?)?,
            likeness: 1.0,
            weight: 1.0,
        })
    });
    let chain = heaviest_chain(once.collect());
    chain.into_iter().map(|pair| (pair.a, pair.b)).collect()
}

fn worth(token: &Token) -> f32 {
    match token.kind {
        TokenKind::Figure => 1.5,
        TokenKind::Word => 1.0,
        TokenKind::Mark => 0.4,
    }
}

/// The alignment that keeps most, where each change costs [`CHANGE`] however long it is
/// (an affine gap without a price for its length).
fn fewest(a: &[Token], b: &[Token]) -> Vec<Edit> {
    const FROM_SAME: u8 = 1;
    const SKIP_A: u8 = 2;
    const SKIP_B: u8 = 4;
    const CLOSE: u8 = 8;
    let width = b.len() + 1;
    let n_cells = (a.len() + 1) * width;
    let mut from = vec![0_u8; n_cells];
    // The best sum that ends with the same token, and the best that ends in a change.
    let mut same = vec![f32::NEG_INFINITY; width];
    let mut change = vec![f32::NEG_INFINITY; width];
    for row in 0..=a.len() {
        let (mut diagonal_same, mut diagonal_change) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
        for column in 0..width {
            let (above_same, above_change) = (same[column], change[column]);
            let mut flags = 0;
            let mut here_same = f32::NEG_INFINITY;
            if row == 0 && column == 0 {
                here_same = 0.0;
            } else if row > 0 && column > 0 && a[row - 1].folded == b[column - 1].folded {
                let best = if diagonal_change > diagonal_same {
                    flags |= CLOSE;
                    diagonal_change
                } else {
                    diagonal_same
                };
                here_same = best + worth(&a[row - 1]);
            }
            let mut here_change = f32::NEG_INFINITY;
            if row > 0 && above_change > here_change {
                (here_change, flags) = (above_change, flags & CLOSE | SKIP_A);
            }
            if column > 0 && change[column - 1] > here_change {
                (here_change, flags) = (change[column - 1], flags & CLOSE | SKIP_B);
            }
            if row > 0 && above_same - CHANGE > here_change {
                (here_change, flags) = (above_same - CHANGE, flags & CLOSE | SKIP_A | FROM_SAME);
            }
            if column > 0 && same[column - 1] - CHANGE > here_change {
                (here_change, flags) = (
                    same[column - 1] - CHANGE,
                    flags & CLOSE | SKIP_B | FROM_SAME,
                );
            }
            (diagonal_same, diagonal_change) = (above_same, above_change);
            (same[column], change[column]) = (here_same, here_change);
            from[row * width + column] = flags;
        }
    }
    let mut in_change = change[width - 1] >= same[width - 1];
    let (mut row, mut column) = (a.len(), b.len());
    let mut edits: Vec<Edit> = Vec::new();
    let mut end = (row, column);
    while row > 0 || column > 0 {
        let flags = from[row * width + column];
        if in_change {
            if flags & SKIP_A != 0 {
                row -= 1;
            } else if flags & SKIP_B != 0 {
                column -= 1;
            } else {
                break;
            }
            if flags & FROM_SAME != 0 {
                in_change = false;
                edits.push(Edit {
                    a: row..end.0,
                    b: column..end.1,
                });
            }
        } else {
            if row == 0 || column == 0 {
                break;
            }
            (row, column) = (row - 1, column - 1);
            if flags & CLOSE != 0 {
                in_change = true;
                end = (row, column);
            }
        }
    }
    edits.reverse();
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;
    use plansearch_text::Span;

    fn edited(a: &str, b: &str) -> Vec<(String, String)> {
        let (in_a, in_b) = (tokens(a, Span::whole(a)), tokens(b, Span::whole(b)));
        let text = |tokens: &[Token], text: &str| -> String {
            tokens.iter().map(|token| token.span.of(text)).collect()
        };
        let edits = edits(&in_a, &in_b).into_iter();
        edits
            .map(|edit| (text(&in_a[edit.a], a), text(&in_b[edit.b], b)))
            .collect()
    }

    #[test]
    fn a_figure_changes_whole() {
        assert_eq!(
            edited("生产总值300亿元，年均增长6%", "生产总值350亿元，年均增长6%"),
            [("300亿元".to_owned(), "350亿元".to_owned())]
        );
        assert_eq!(edited("从12个提高到15个。", "从13个提高到16个。").len(), 2);
    }

    #[test]
    fn what_has_little_in_common_is_one_change() {
        let edits = edited("推进城乡融合发展", "深化农村集体产权改革");
        assert_eq!(edits.len(), 1);
    }

    #[test]
    fn the_same_has_no_change_and_nothing_is_all_change() {
        assert!(edited("推进融合", "推进 融合").is_empty());
        assert_eq!(edited("", "融合"), [(String::new(), "融合".to_owned())]);
    }
}
