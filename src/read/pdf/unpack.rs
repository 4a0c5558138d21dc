//! Streams of the file, unpacked within limits.
//!
//! The parser unpacks a stream whole and knows no limit; a few kilobytes can
//! stand for gigabytes. So plain deflate, which is nearly every stream, is unpacked
//! here and what comes before damage is kept; of other filters only streams are
//! taken that cannot grow beyond the limit.

use std::io::Read as _;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Stream};

/// Streams are read so far; longer ones are cut.
const MAX_STREAM_BYTES: usize = 100 * 1024 * 1024;
/// The most that a byte of each filter can stand for.
const DEFLATE_RATIO: usize = 1_032;
const LZW_RATIO: usize = 2_731;
const RUN_LENGTH_RATIO: usize = 64;

/// What a stream holds.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    pub(super) content: Vec<u8>,
    /// Whether it was read up to its end.
    pub(super) is_whole: bool,
}

/// The content of a stream; none of a picture, and of what is damaged whole.
pub(super) fn unpack(stream: &Stream<'_>) -> Option<Unpacked> {
    let filters = stream.filters();
    if matches!(filters.as_slice(), [Filter::FlateDecode]) && !is_predicted(stream.dict()) {
        let unpacked = inflate(&stream.raw_data());
        if !unpacked.content.is_empty() {
            return Some(unpacked);
        }
    }
    let mut longest = stream.raw_data().len();
    for filter in &filters {
        let ratio = match filter {
            Filter::FlateDecode => DEFLATE_RATIO,
            Filter::LzwDecode => LZW_RATIO,
            Filter::RunLengthDecode => RUN_LENGTH_RATIO,
            Filter::AsciiHexDecode | Filter::Ascii85Decode | Filter::Crypt => 1,
            _ => return None,
        };
        longest = longest.saturating_mul(ratio);
    }
    // Few streams have two filters, and these are short.
    if longest > 10 * MAX_STREAM_BYTES {
        return None;
    }
    let content = stream.decoded_data().ok()?.into_owned();
    Some(Unpacked {
        content,
        is_whole: true,
    })
}

fn is_predicted(dict: &Dict<'_>) -> bool {
    let parameters = dict
        .get::<Dict<'_>>("DecodeParms")
        .or_else(|| dict.get::<Dict<'_>>("DP"));
    // An array has one entry for each filter; the parser reads it.
    dict.contains_key("DecodeParms") && parameters.is_none()
        || parameters.is_some_and(|parameters| {
            parameters
                .get::<i32>("Predictor")
                .is_some_and(|kind| kind > 1)
        })
}

/// What a deflated stream holds, up to the limit or its damage.
fn inflate(packed: &[u8]) -> Unpacked {
    let unpacked = inflate_as(packed, true);
    if unpacked.content.is_empty() {
        return inflate_as(packed, false);
    }
    unpacked
}

/// With or without the header of zlib. Not by a reader of `flate2`: that gives up
/// what it has unpacked before an error.
fn inflate_as(packed: &[u8], has_header: bool) -> Unpacked {
    let mut decompress = Decompress::new(has_header);
    let mut unpacked = Unpacked::default();
    let mut piece = vec![0; 64 * 1024];
    while unpacked.content.len() < MAX_STREAM_BYTES {
        let (n_in, n_out) = (decompress.total_in(), decompress.total_out());
        let input = packed.get(n_in as usize..).unwrap_or_default();
        let status = decompress.decompress(input, &mut piece, FlushDecompress::None);
        let n_new = (decompress.total_out() - n_out) as usize;
        let new = piece.get(..n_new).unwrap_or_default();
        unpacked.content.extend_from_slice(new);
        match status {
            Ok(Status::StreamEnd) => {
                unpacked.is_whole = true;
                break;
            }
            Ok(_) if n_new > 0 || decompress.total_in() > n_in => {}
            _ => break,
        }
    }
    unpacked
}

/// Whether a stream of the file that holds objects unpacks beyond the limit: the
/// parser unpacks these by itself. Not seen: what is packed twice, by another
/// filter than deflate, or encrypted.
pub(super) fn is_bomb(file: &[u8]) -> bool {
    object_streams(file).any(|packed| {
        let limit = MAX_STREAM_BYTES as u64;
        count(flate2::read::ZlibDecoder::new(packed).take(limit + 1)) > limit
    })
}

fn count(mut reader: impl std::io::Read) -> u64 {
    let mut piece = vec![0; 64 * 1024];
    let mut n_bytes = 0;
    while let Ok(n @ 1..) = reader.read(&mut piece) {
        n_bytes += n as u64;
    }
    n_bytes
}

/// The dictionary of a stream stands in so many bytes before it.
const MAX_HEAD_BYTES: usize = 400;

fn object_streams(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    const KEYWORD: &[u8] = b"stream";
    let starts = file.windows(KEYWORD.len()).enumerate();
    starts.filter_map(move |(idx, window)| {
        if window != KEYWORD || file.get(..idx)?.ends_with(b"end") {
            return None;
        }
        let head = file.get(idx.saturating_sub(MAX_HEAD_BYTES)..idx)?;
        let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        if !holds(b"ObjStm") && !holds(b"XRef") {
            return None;
        }
        let body = file.get(idx + KEYWORD.len()..)?;
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        Some(body.strip_prefix(b"\n").unwrap_or(body))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn file(n_bytes: usize) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::copy(
            &mut std::io::repeat(b' ').take(n_bytes as u64),
            &mut encoder,
        )
        .unwrap();
        encoder.flush().unwrap();
        let packed = encoder.finish().unwrap();
        let head = b"1 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n";
        [head, packed.as_slice(), b"\nendstream"].concat()
    }

    #[test]
    fn streams_of_objects_are_measured_before_the_parser_sees_them() {
        assert!(is_bomb(&file(MAX_STREAM_BYTES + 1)));
        assert!(!is_bomb(&file(1000)));
    }

    #[test]
    fn what_comes_before_damage_is_kept() {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        let text: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
        encoder.write_all(&text).unwrap();
        let packed = encoder.finish().unwrap();
        let half = inflate(packed.get(..packed.len() / 2).unwrap());
        assert!(half.content.len() > 1000 && text.starts_with(&half.content));
        assert!(!half.is_whole && inflate(&packed).is_whole);
    }
}
