//! Whether a file nests its arrays and dictionaries too deeply.
//!
//! The parser calls itself for each level and knows no limit; a stack that
//! overflows ends the program and cannot be caught. So the brackets are counted
//! before it sees them, in the file and in its deflated streams. Not seen: what
//! is packed twice, by another filter than deflate, or encrypted.

use std::io::Read as _;

/// Deepest nesting that is parsed. The stack of [`super::bounded`] holds more
/// than five times as many levels; people's files have some twenty.
const MAX_DEPTH: usize = 10_000;
/// Streams are unpacked so far; the parser itself refuses larger ones.
const MAX_STREAM_BYTES: u64 = 100 * 1024 * 1024;
/// All of them together, so that the time stays bounded.
const MAX_ALL_BYTES: usize = 1024 * 1024 * 1024;
/// The dictionary of a stream stands in so many bytes before it.
const MAX_HEAD_BYTES: usize = 400;

/// Whether the nesting is deeper than the parser's stack allows.
pub(super) fn is_too_deep(file: &[u8]) -> bool {
    if depth(file) > MAX_DEPTH {
        return true;
    }
    let mut n_unpacked = 0;
    streams(file).any(|packed| {
        if n_unpacked > MAX_ALL_BYTES {
            return true;
        }
        let mut content = Vec::new();
        // What comes before damage counts: the parser would read that as well.
        let _ = flate2::read::ZlibDecoder::new(packed)
            .take(MAX_STREAM_BYTES)
            .read_to_end(&mut content);
        n_unpacked += content.len();
        depth(&content) > MAX_DEPTH
    })
}

/// The most brackets that are open at once.
fn depth(bytes: &[u8]) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    let mut before = 0;
    for byte in bytes {
        match (before, byte) {
            (_, b'[') | (b'<', b'<') => open += 1,
            (_, b']') | (b'>', b'>') => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
        // `<<<<` are two brackets, not three.
        let is_pair = matches!((before, byte), (b'<', b'<') | (b'>', b'>'));
        before = if is_pair { 0 } else { *byte };
    }
    deepest
}

/// The deflated streams that may hold objects; pictures and fonts do not.
fn streams(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    const KEYWORD: &[u8] = b"stream";
    let starts = file.windows(KEYWORD.len()).enumerate();
    starts.filter_map(move |(idx, window)| {
        if window != KEYWORD || file.get(..idx)?.ends_with(b"end") {
            return None;
        }
        let head = file.get(idx.saturating_sub(MAX_HEAD_BYTES)..idx)?;
        // Only its own dictionary, not that of the object before.
        let own = head.windows(3).rposition(|end| end == b"obj");
        let head = head.get(own.unwrap_or_default()..)?;
        let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        let is_packed = !holds(b"/Image") && !holds(b"/Length1") && !holds(b"/FontFile");
        let body = file.get(idx + KEYWORD.len()..)?;
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        // Every zlib stream begins with this nibble.
        let is_zlib = body.first().is_some_and(|byte| byte & 0x0f == 8);
        (is_packed && is_zlib).then_some(body)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn brackets_are_counted_in_the_file_and_in_packed_streams() {
        assert_eq!(depth(b"[[<<1>>]] [[["), 3);
        assert_eq!(depth(b"<<<</A[1]>>>>"), 3);
        let nested = "[".repeat(MAX_DEPTH + 1);
        assert!(is_too_deep(nested.as_bytes()));
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(nested.as_bytes()).unwrap();
        let packed = encoder.finish().unwrap();
        let file = [
            &b"1 0 obj << /Filter /FlateDecode >>\nstream\r\n"[..],
            &packed,
        ]
        .concat();
        assert!(is_too_deep(&file));
        assert!(!is_too_deep(b"1 0 obj << /A [1 2] >>\nstream\nx\x9c"));
    }
}
