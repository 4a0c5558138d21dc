//! Headings that were renamed: two headings belong together when what stands under them
//! does.

use std::collections::HashMap;
use std::ops::Range;

use plansearch_document::PassageKind;

use crate::piece::Piece;

/// What stands under each heading: the passages behind it whose path begins with its own.
pub(crate) fn sections(pieces: &[Piece<'_>]) -> Vec<(usize, Range<usize>)> {
    let mut sections = Vec::new();
    // Headings whose sections are still open, from the top.
    let mut open: Vec<usize> = Vec::new();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        while let Some(heading) = open.last().copied() {
            let is_below = piece.path.starts_with(pieces[heading].path)
                && (piece.path.len() > pieces[heading].path.len()
                    || piece.kind != PassageKind::Heading);
            if is_below {
                break;
            }
            open.pop();
            sections.push((heading, heading + 1..at));
        }
        if piece.kind == PassageKind::Heading {
            open.push(at);
            starts.push((at, at));
        }
    }
    let rest = open.into_iter().map(|at| (at, at + 1..pieces.len()));
    sections.extend(rest);
    sections.sort_by_key(|(heading, _)| *heading);
    sections
}

/// Pairs headings that stand beside none with the heading of the other side whose section
/// has most of their own passages, and most of whose passages are theirs.
pub(crate) fn renamed(
    a: &[Piece<'_>],
    b: &[Piece<'_>],
    beside: &[Option<usize>],
    is_taken: &[bool],
) -> Vec<(usize, usize)> {
    let in_b = sections(b);
    // The headings of `b` around each passage.
    let mut around: HashMap<usize, Vec<usize>> = HashMap::new();
    for (heading, section) in &in_b {
        if !is_taken.get(*heading).copied().unwrap_or(true) {
            for at in section.clone() {
                around.entry(at).or_default().push(*heading);
            }
        }
    }
    let sizes: HashMap<usize, usize> = in_b
        .iter()
        .map(|(heading, section)| (*heading, section.len()))
        .collect();
    let mut found = Vec::new();
    for (heading, section) in sections(a) {
        if beside[heading].is_some() {
            continue;
        }
        let mut counts: HashMap<usize, usize> = HashMap::new();
        let partners = section.clone().filter_map(|at| beside[at]);
        for other in partners.filter_map(|at| around.get(&at)).flatten() {
            *counts.entry(*other).or_default() += 1;
        }
        let is_most = |(other, n): &(usize, usize)| {
            let size = sizes.get(other).copied().unwrap_or_default();
            2 * n >= section.len() && 2 * n >= size
        };
        let depth = |other: usize| b[other].path.len().abs_diff(a[heading].path.len());
        let best = counts
            .into_iter()
            .filter(is_most)
            .min_by_key(|(other, n)| (depth(*other), std::cmp::Reverse(*n), *other));
        found.extend(best.map(|(other, n)| (n, heading, other)));
    }
    // A heading of `b` goes to the one that shares most.
    found.sort_by_key(|(n, heading, _)| (std::cmp::Reverse(*n), *heading));
    let mut taken = std::collections::HashSet::new();
    found.retain(|(_, _, other)| taken.insert(*other));
    found.into_iter().map(|(_, a, b)| (a, b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_where_the_next_of_its_level_begins() {
        let paths: Vec<Vec<String>> = [
            vec!["一、甲"],
            vec!["一、甲"],
            vec!["一、甲", "(一)丙"],
            vec!["一、甲", "(一)丙"],
            vec!["二、乙"],
        ]
        .into_iter()
        .map(|path| path.into_iter().map(str::to_owned).collect())
        .collect();
        let kinds = [true, false, true, false, true];
        let pieces: Vec<Piece<'_>> = paths
            .iter()
            .zip(kinds)
            .map(|(path, is_heading)| Piece {
                kind: if is_heading {
                    PassageKind::Heading
                } else {
                    PassageKind::Paragraph
                },
                path,
                text: "",
                lead: None,
            })
            .collect();
        assert_eq!(sections(&pieces), [(0, 1..4), (2, 3..4), (4, 5..5)]);
    }
}
