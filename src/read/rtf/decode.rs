//! Characters in the code page of their font.

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// The encodings of a file, and bytes that are still to be decoded.
#[derive(Debug)]
pub(super) struct Decoder {
    /// Of the file (`\ansicpg936`).
    usual: &'static Encoding,
    by_font: HashMap<i32, &'static Encoding>,
    bytes: Vec<u8>,
    /// Half of a character beyond the basic plane.
    high: Option<u16>,
}

impl Default for Decoder {
    fn default() -> Self {
        Self {
            usual: WINDOWS_1252,
            by_font: HashMap::new(),
            bytes: Vec::new(),
            high: None,
        }
    }
}

impl Decoder {
    /// Notes the code page of the file.
    pub(super) fn set_usual(&mut self, code_page: i32) {
        self.usual = of_code_page(code_page);
    }

    /// Notes the character set of a font.
    pub(super) fn set_font(&mut self, font: i32, charset: i32) {
        let encoding = match charset {
            128 => SHIFT_JIS,
            129 => EUC_KR,
            134 => GB18030,
            136 => BIG5,
            _ => return,
        };
        self.by_font.insert(font, encoding);
    }

    /// Takes a byte of text.
    pub(super) fn push(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// The text of the bytes so far, in the code page of `font`.
    pub(super) fn flush(&mut self, font: Option<i32>) -> String {
        if self.bytes.is_empty() {
            return String::new();
        }
        let own = font.and_then(|font| self.by_font.get(&font));
        let encoding = own.copied().unwrap_or(self.usual);
        let bytes = std::mem::take(&mut self.bytes);
        encoding.decode_without_bom_handling(&bytes).0.into_owned()
    }

    /// The character of `\u`, which is a unit of UTF-16.
    pub(super) fn unit(&mut self, number: i32) -> Option<char> {
        let unit = number.rem_euclid(0x1_0000) as u16;
        let high = self.high.take();
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return None;
        }
        let units = high.into_iter().chain([unit]);
        char::decode_utf16(units).last()?.ok()
    }
}

fn of_code_page(code_page: i32) -> &'static Encoding {
    match code_page {
        932 => SHIFT_JIS,
        936 | 54936 => GB18030,
        949 => EUC_KR,
        950 => BIG5,
        65001 => UTF_8,
        other => Encoding::for_label(format!("windows-{other}").as_bytes()).unwrap_or(WINDOWS_1252),
    }
}
