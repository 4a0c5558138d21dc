//! How the strings of a font with several bytes a character part into codes.

use super::cmap::CMap;

/// The rule of one encoding.
#[derive(Debug)]
pub(super) enum Codes {
    /// Two bytes each (`Identity-H`, UCS-2).
    Pairs,
    /// Two bytes, four for characters beyond the basic plane.
    Utf16,
    /// Four bytes each.
    Utf32,
    /// One byte, or two from this lead byte on; GB 18030 has four too.
    Lead { is_japanese: bool, has_four: bool },
    /// As the map of the file says.
    Stated(CMap),
}

impl Codes {
    /// The rule of a predefined encoding (`GBK-EUC-H`).
    pub(super) fn named(name: &[u8]) -> Self {
        let holds = |part: &[u8]| name.windows(part.len()).any(|window| window == part);
        if holds(b"UTF16") {
            Self::Utf16
        } else if holds(b"UTF32") {
            Self::Utf32
        } else if holds(b"EUC") || holds(b"B5") || holds(b"GBK") || holds(b"UHC") {
            Self::Lead {
                is_japanese: false,
                has_four: holds(b"GBK2K"),
            }
        } else if holds(b"RKSJ") {
            Self::Lead {
                is_japanese: true,
                has_four: false,
            }
        } else {
            Self::Pairs
        }
    }

    /// Bytes of the code that `bytes` begins with; at least 1.
    pub(super) fn length(&self, bytes: &[u8]) -> usize {
        let first = bytes.first().copied().unwrap_or_default();
        let second = bytes.get(1).copied().unwrap_or_default();
        match self {
            Self::Utf16 if (0xd8..=0xdb).contains(&first) => 4,
            Self::Pairs | Self::Utf16 => 2,
            Self::Utf32 => 4,
            Self::Lead { has_four: true, .. }
                if first > 0x80 && (0x30..=0x39).contains(&second) =>
            {
                4
            }
            Self::Lead {
                is_japanese: true, ..
            } => match first {
                0x81..=0x9f | 0xe0..=0xfc => 2,
                _ => 1,
            },
            Self::Lead { .. } => match first {
                0x81..=0xfe => 2,
                _ => 1,
            },
            Self::Stated(map) => map.code_length(bytes).unwrap_or(2),
        }
    }
}
