//! Numbers at places in bytes; what lies outside is none.

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let found = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*found))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let found = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*found))
}

pub(super) fn usize_at(bytes: &[u8], at: usize) -> Option<usize> {
    u32_at(bytes, at).map(|number| number as usize)
}

/// The part of `table` that the head names at `slot`: its start, then its size.
pub(super) fn part<'a>(head: &[u8], slot: usize, table: &'a [u8]) -> Option<&'a [u8]> {
    let start = usize_at(head, slot)?;
    let n_bytes = usize_at(head, slot + 4)?;
    table.get(start..start.checked_add(n_bytes)?)
}
