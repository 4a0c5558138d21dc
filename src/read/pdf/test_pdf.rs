//! Writes small pdf files for the tests.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How the font says which characters it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Font {
    /// Type1 Helvetica: Latin text only.
    Helvetica,
    /// A subset with own numbers and a `ToUnicode` map.
    Subset,
    /// The same without the map: nobody knows what it shows.
    Mute,
    /// `UniGB-UCS2-H`, not embedded, no map.
    UniGb,
    /// `GBK-EUC-H`, not embedded, no map.
    Gbk,
}

/// A file in the making; sizes and places in points, from the lower left.
#[derive(Debug)]
pub(super) struct TestPdf {
    font: Font,
    pages: Vec<String>,
    numbers: BTreeMap<char, u16>,
    title: Option<Vec<u8>>,
}

impl TestPdf {
    pub(super) fn new(font: Font) -> Self {
        Self {
            font,
            pages: Vec::new(),
            numbers: BTreeMap::new(),
            title: None,
        }
    }

    pub(super) fn page(mut self) -> Self {
        self.pages.push(String::new());
        self
    }

    pub(super) fn title(mut self, bytes: &[u8]) -> Self {
        self.title = Some(bytes.to_vec());
        self
    }

    pub(super) fn text(mut self, x: f32, y: f32, size: f32, text: &str) -> Self {
        let shown = self.encoded(text);
        let page = self.pages.last_mut().unwrap();
        writeln!(page, "BT /F1 {size} Tf {x} {y} Td {shown} Tj ET").unwrap();
        self
    }

    /// Rows of one paragraph or several, each 24 points below the one before.
    pub(super) fn rows(mut self, x: f32, mut y: f32, rows: &[&str]) -> Self {
        for row in rows {
            let indented = row.trim_start_matches('　');
            let n_blanks = row.chars().count() - indented.chars().count();
            self = self.text(x + 12.0 * n_blanks as f32, y, 12.0, indented);
            y -= 24.0;
        }
        self
    }

    pub(super) fn line(mut self, from: (f32, f32), to: (f32, f32)) -> Self {
        let page = self.pages.last_mut().unwrap();
        writeln!(page, "{} {} m {} {} l S", from.0, from.1, to.0, to.1).unwrap();
        self
    }

    /// A picture over the whole page.
    pub(super) fn picture(mut self) -> Self {
        let page = self.pages.last_mut().unwrap();
        page.push_str("q 595 0 0 842 0 0 cm /Im1 Do Q\n");
        self
    }

    fn encoded(&mut self, text: &str) -> String {
        let mut hex = String::from("<");
        for ch in text.chars() {
            match self.font {
                Font::Helvetica => write!(hex, "{:02x}", ch as u32).unwrap(),
                Font::UniGb => write!(hex, "{:04x}", ch as u32).unwrap(),
                Font::Gbk => {
                    for byte in encoding_rs::GBK.encode(&ch.to_string()).0.iter() {
                        write!(hex, "{byte:02x}").unwrap();
                    }
                }
                Font::Subset | Font::Mute => {
                    let next = self.numbers.len() as u16 + 1;
                    let number = *self.numbers.entry(ch).or_insert(next);
                    write!(hex, "{number:04x}").unwrap();
                }
            }
        }
        hex + ">"
    }

    /// The bytes of the file.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut objects: Vec<Vec<u8>> = vec![
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            Vec::new(),
            self.font_object(),
            self.descendant(),
            stream("", self.map().as_bytes()),
            stream(
                "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
                b"\xff",
            ),
            b"<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>".to_vec(),
            self.info(),
        ];
        let mut kids = String::new();
        for page in &self.pages {
            let number = objects.len() + 1;
            write!(kids, "{number} 0 R ").unwrap();
            let content = number + 1;
            objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /Im1 6 0 R >> >> /Contents {content} 0 R >>").into_bytes());
            objects.push(stream("", page.as_bytes()));
        }
        objects[1] = format!(
            "<< /Type /Pages /Kids [{kids}] /Count {} >>",
            self.pages.len()
        )
        .into_bytes();
        file_of(&objects)
    }

    fn font_object(&self) -> Vec<u8> {
        let encoding = match self.font {
            Font::Helvetica => {
                return b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec();
            }
            Font::Subset | Font::Mute => "Identity-H",
            Font::UniGb => "UniGB-UCS2-H",
            Font::Gbk => "GBK-EUC-H",
        };
        let map = if self.font == Font::Subset {
            "/ToUnicode 5 0 R"
        } else {
            ""
        };
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /{encoding} /DescendantFonts [4 0 R] {map} >>").into_bytes()
    }

    fn descendant(&self) -> Vec<u8> {
        let ordering = match self.font {
            Font::UniGb | Font::Gbk => "GB1",
            _ => "Identity",
        };
        let narrow = self.numbers.iter().filter(|(ch, _)| ch.is_ascii());
        let widths: Vec<String> = narrow
            .map(|(_, number)| format!("{number} [500]"))
            .collect();
        let widths = widths.join(" ");
        format!("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 0 >> /DW 1000 /W [{widths}] /FontDescriptor 7 0 R >>").into_bytes()
    }

    fn map(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n",
        );
        writeln!(map, "{} beginbfchar", self.numbers.len()).unwrap();
        for (ch, number) in &self.numbers {
            writeln!(map, "<{number:04x}> <{:04x}>", *ch as u32).unwrap();
        }
        map + "endbfchar endcmap end end"
    }

    fn info(&self) -> Vec<u8> {
        let title = self.title.as_deref().unwrap_or_default();
        let hex: Vec<String> = title.iter().map(|byte| format!("{byte:02x}")).collect();
        let hex = hex.concat();
        format!("<< /Title <{hex}> >>").into_bytes()
    }
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<< /Length {} {entries} >>\nstream\n", content.len()).into_bytes();
    object.extend_from_slice(content);
    object.extend_from_slice(b"\nendstream");
    object
}

fn file_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut starts = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        starts.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", idx + 1).as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    let size = objects.len() + 1;
    file.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes());
    for start in starts {
        file.extend_from_slice(format!("{start:010} 00000 n \n").as_bytes());
    }
    file.extend_from_slice(
        format!("trailer << /Size {size} /Root 1 0 R /Info 8 0 R >>\nstartxref\n{start}\n%%EOF\n")
            .as_bytes(),
    );
    file
}
