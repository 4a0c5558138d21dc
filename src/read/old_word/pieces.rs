//! The text of an old Word file, put together from its pieces.
//!
//! The head counts the characters of each story; the table of pieces says where
//! they lie and whether a character takes one byte or two.

use encoding_rs::WINDOWS_1252;

use super::super::source::Unreadable;
use super::bytes::{part, u16_at, u32_at, usize_at};
use super::damaged;

/// Most characters of one file.
const MAX_CHARS: usize = 32 * 1024 * 1024;

/// Where the head states the characters of each story, in the order in which
/// they follow each other in the text.
const COUNTS: [usize; 8] = [0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64, 0x68];
/// Where the head names the table of pieces.
const PIECES: usize = 0x01a2;
const IS_NARROW: u32 = 0x4000_0000;

/// One UTF-16 unit and where it lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) code: u16,
    pub(super) place: u32,
}

/// The stories of a file.
#[derive(Debug, Default)]
pub(super) struct Stories {
    pub(super) main: Vec<Unit>,
    pub(super) footnotes: Vec<Unit>,
    pub(super) headers: Vec<Unit>,
    pub(super) comments: Vec<Unit>,
    pub(super) endnotes: Vec<Unit>,
    pub(super) boxes: Vec<Unit>,
    /// Whether there is less text than the head counts.
    pub(super) is_cut: bool,
}

/// Puts the text together and parts it into stories.
pub(super) fn stories(main: &[u8], table: &[u8]) -> Result<Stories, Unreadable> {
    let counts = COUNTS.map(|at| usize_at(main, at).unwrap_or(0));
    let n_stated = counts.iter().fold(0_usize, |sum, n| sum.saturating_add(*n));
    if n_stated > MAX_CHARS {
        return Err(Unreadable::new(
            format!("an old Word file of {n_stated} characters, more than {MAX_CHARS}"),
            "split it",
        ));
    }
    let (mut units, is_short) = text(main, table, n_stated)?;
    let mut stories = Stories {
        is_cut: is_short || units.len() < n_stated,
        ..Stories::default()
    };
    let mut others = Vec::new();
    for (idx, n) in counts.into_iter().enumerate().rev() {
        let before: usize = counts.iter().take(idx).sum();
        let mut story = units.split_off(before.min(units.len()));
        story.truncate(n);
        others.push(story);
    }
    others.reverse();
    for (idx, story) in others.into_iter().enumerate() {
        match idx {
            0 => stories.main = story,
            1 => stories.footnotes = story,
            2 => stories.headers = story,
            4 => stories.comments = story,
            5 => stories.endnotes = story,
            6 => stories.boxes = story,
            7 => stories.headers.extend(story),
            _ => {}
        }
    }
    Ok(stories)
}

/// The units of all pieces, and whether some lie outside of the file.
fn text(main: &[u8], table: &[u8], n_max: usize) -> Result<(Vec<Unit>, bool), Unreadable> {
    let list = part(main, PIECES, table)
        .and_then(piece_list)
        .ok_or_else(|| damaged("its table of pieces is broken"))?;
    let n_pieces = list.len().saturating_sub(4) / 12;
    let descriptors = list.get(4 * (n_pieces + 1)..).unwrap_or_default();
    let mut units = Vec::new();
    let mut is_short = false;
    for idx in 0..n_pieces {
        let bounds = (usize_at(list, 4 * idx), usize_at(list, 4 * idx + 4));
        let (Some(start), Some(end)) = bounds else {
            break;
        };
        let Some(place) = u32_at(descriptors, 8 * idx + 2) else {
            break;
        };
        let n_wanted = end.saturating_sub(start).min(n_max - units.len());
        let n_before = units.len();
        if place & IS_NARROW == 0 {
            units.extend(wide(main, place, n_wanted));
        } else {
            units.extend(narrow(main, (place & !IS_NARROW) / 2, n_wanted));
        }
        is_short |= end < start || units.len() - n_before < n_wanted;
    }
    Ok((units, is_short))
}

/// The table of pieces stands behind what formats them.
fn piece_list(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        match rest.first()? {
            1 => rest = rest.get(3 + usize::from(u16_at(rest, 1)?)..)?,
            2 => {
                let n_bytes = usize_at(rest, 1)?;
                return rest.get(5..5_usize.checked_add(n_bytes)?);
            }
            _ => return None,
        }
    }
}

fn wide(main: &[u8], start: u32, n_units: usize) -> impl Iterator<Item = Unit> {
    let bytes = main.get(start as usize..).unwrap_or_default();
    let pairs = bytes.chunks_exact(2).take(n_units);
    pairs.zip((start..).step_by(2)).map(|(pair, place)| Unit {
        code: u16_at(pair, 0).unwrap_or_default(),
        place,
    })
}

fn narrow(main: &[u8], start: u32, n_units: usize) -> impl Iterator<Item = Unit> {
    let bytes = main.get(start as usize..).unwrap_or_default();
    bytes
        .iter()
        .take(n_units)
        .zip(start..)
        .map(|(byte, place)| {
            let text = WINDOWS_1252
                .decode_without_bom_handling(std::slice::from_ref(byte))
                .0;
            let mut code = [0];
            let first = text.chars().next().unwrap_or_default();
            first.encode_utf16(&mut code);
            Unit {
                code: code.first().copied().unwrap_or_default(),
                place,
            }
        })
}
