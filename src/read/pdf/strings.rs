//! Strings for people: titles, what content stands for.

/// UTF-16 with a mark, UTF-8, or what the author's system wrote, which in China
/// is GBK.
pub(super) fn decode(bytes: &[u8]) -> String {
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = match marked {
        Some(encoding) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        None => encoding_rs::GB18030,
    };
    encoding.decode(bytes).0.trim().to_owned()
}
