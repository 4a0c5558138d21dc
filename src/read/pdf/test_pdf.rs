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
    /// `GBK2K-H`: four bytes for what GBK lacks.
    Gb18030,
    /// `UniGB-UTF16-H`: four bytes beyond the basic plane.
    Utf16,
    /// `Identity-H` with the numbers of Adobe-GB1, which are those of the basic plane here.
    Collection,
    /// The same as `Mute`, with the font itself in the file.
    Embedded,
    /// A map to the private area, as Wingdings has.
    Symbols,
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

    /// Instructions as they are.
    pub(super) fn raw(mut self, instructions: &str) -> Self {
        let page = self.pages.last_mut().unwrap();
        writeln!(page, "{instructions}").unwrap();
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
                Font::Gbk | Font::Gb18030 => {
                    for byte in encoding_rs::GB18030.encode(&ch.to_string()).0.iter() {
                        write!(hex, "{byte:02x}").unwrap();
                    }
                }
                Font::Utf16 => {
                    for unit in ch.encode_utf16(&mut [0; 2]) {
                        write!(hex, "{unit:04x}").unwrap();
                    }
                }
                Font::Collection => write!(hex, "{:04x}", cid_of(ch)).unwrap(),
                Font::Subset | Font::Mute | Font::Embedded | Font::Symbols => {
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
            b"<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 9 0 R >>".to_vec(),
            self.info(),
            stream("", &self.program()),
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
            Font::Gb18030 => "GBK2K-H",
            Font::Utf16 => "UniGB-UTF16-H",
            Font::UniGb => "UniGB-UCS2-H",
            Font::Gbk => "GBK-EUC-H",
            _ => "Identity-H",
        };
        let map = match self.font {
            Font::Subset | Font::Symbols => "/ToUnicode 5 0 R",
            _ => "",
        };
        let name = match self.font {
            Font::Symbols => "ABCDEF+Wingdings-Regular",
            _ => "SimSun",
        };
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} /DescendantFonts [4 0 R] {map} >>").into_bytes()
    }

    fn descendant(&self) -> Vec<u8> {
        let ordering = match self.font {
            Font::UniGb | Font::Gbk | Font::Gb18030 | Font::Utf16 | Font::Collection => "GB1",
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
            let place = match self.font {
                Font::Symbols => 0xf000 + (*ch as u32 & 0xff),
                _ => *ch as u32,
            };
            writeln!(map, "<{number:04x}> <{place:04x}>").unwrap();
        }
        map + "endbfchar endcmap end end"
    }

    /// A TrueType program with nothing but a map from characters to glyphs.
    fn program(&self) -> Vec<u8> {
        if self.font != Font::Embedded {
            return Vec::new();
        }
        let mut groups = Vec::new();
        for (ch, number) in &self.numbers {
            for part in [*ch as u32, *ch as u32, u32::from(*number)] {
                groups.extend(part.to_be_bytes());
            }
        }
        // Version, one subtable for Windows with the whole of Unicode, format 12.
        let mut cmap = [0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0].to_vec();
        for part in [16 + groups.len() as u32, 0, self.numbers.len() as u32] {
            cmap.extend(part.to_be_bytes());
        }
        cmap.extend(groups);
        let mut head = vec![0; 54];
        head[18..20].copy_from_slice(&1000_u16.to_be_bytes());
        let mut maxp = vec![0, 1, 0, 0];
        maxp.extend((self.numbers.len() as u16 + 1).to_be_bytes());
        maxp.resize(32, 0);
        let tables = [
            (b"cmap", cmap),
            (b"head", head),
            (b"hhea", vec![0; 36]),
            (b"maxp", maxp),
        ];
        let mut program = vec![0, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0];
        let mut start = 12 + 16 * tables.len();
        for (tag, table) in &tables {
            program.extend_from_slice(*tag);
            for part in [0, start as u32, table.len() as u32] {
                program.extend(part.to_be_bytes());
            }
            start += table.len();
        }
        for (_, table) in tables {
            program.extend(table);
        }
        program
    }

    fn info(&self) -> Vec<u8> {
        let title = self.title.as_deref().unwrap_or_default();
        let hex: Vec<String> = title.iter().map(|byte| format!("{byte:02x}")).collect();
        let hex = hex.concat();
        format!("<< /Title <{hex}> >>").into_bytes()
    }
}

/// Numbers of a few characters in Adobe-GB1.
fn cid_of(ch: char) -> u16 {
    match ch {
        '一' => 4162,
        '丁' => 1504,
        _ => 0,
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
