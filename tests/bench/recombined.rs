//! A large library made of a small one: paragraphs of the seeds, recombined.
//!
//! The text is real, the documents are not. Each is a plan with title, date,
//! chapters, sections, headings and leads, so that the structure parser has
//! work; its paragraphs are drawn from the seeds in random order. The words are
//! those of the seeds however large the library is, so dictionaries stay small
//! and common words are common everywhere: figures on real text are another
//! matter. Files are called `recombined-000123.txt`, and the title says it too.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::random::Random;

/// Size of a document, in bytes; about that of a seed.
const DOCUMENT_BYTES: usize = 64 * 1024;

const PLACES: [&str; 6] = ["港区", "东州市", "西湖县", "南塘区", "北岸新区", "中洲镇"];
const SUBJECTS: [&str; 6] = [
    "现代产业发展",
    "生态文明建设",
    "综合交通",
    "科技创新",
    "海河联运",
    "公共服务",
];
const NUMERALS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// What the seeds give to recombine.
struct Pieces {
    paragraphs: Vec<String>,
    /// Short names, cut from the paragraphs, for headings.
    names: Vec<String>,
}

/// Writes about `size_bytes` of documents into `dir`, the same for the same seeds.
pub(crate) fn write(seeds: &[String], size_bytes: usize, dir: &Path) {
    let pieces = Pieces::of(seeds);
    let mut random = Random::new(20_210_627);
    let mut n_bytes = 0;
    let mut number = 0;
    while n_bytes < size_bytes {
        number += 1;
        let text = document(number, &pieces, &mut random);
        n_bytes += text.len();
        fs::write(dir.join(format!("recombined-{number:06}.txt")), text).unwrap();
    }
}

impl Pieces {
    fn of(seeds: &[String]) -> Self {
        let mut pieces = Self {
            paragraphs: Vec::new(),
            names: Vec::new(),
        };
        for line in seeds.iter().flat_map(|seed| seed.lines()) {
            let line = line.trim();
            let is_paragraph = line.chars().count() >= 60 && !line.contains('|');
            if is_paragraph {
                pieces.paragraphs.push(line.to_owned());
                pieces.names.extend(clauses(line).map(str::to_owned));
            }
        }
        pieces
    }
}

/// Clauses of a paragraph that could be a heading: a few Chinese characters.
fn clauses(paragraph: &str) -> impl Iterator<Item = &str> {
    let is_mark = |c: char| !('\u{4e00}'..='\u{9fff}').contains(&c);
    paragraph
        .split(is_mark)
        .filter(|clause| (5..=12).contains(&clause.chars().count()))
}

fn document(number: usize, pieces: &Pieces, random: &mut Random) -> String {
    let place = random.pick(&PLACES);
    let subject = random.pick(&SUBJECTS);
    let year = 2016 + random.below(10);
    let mut text = format!(
        "{place}人民政府关于印发《{place}{subject}规划(重组第{number}号)》的通知\n\
         各县(市、区)人民政府,市政府各部门、直属各单位:\n\
         《{place}{subject}规划(重组第{number}号)》已经市政府同意,现印发给你们,请认真贯彻实施。\n\
         {place}人民政府\n{year}年{}月{}日\n\
         {place}{subject}规划(重组第{number}号)\n",
        1 + random.below(12),
        1 + random.below(28),
    );
    'document: for chapter in NUMERALS {
        heading(&mut text, &format!("第{chapter}章 "), pieces, random);
        for section in NUMERALS.iter().take(2 + random.below(4)) {
            heading(&mut text, &format!("第{section}节 "), pieces, random);
            for item in NUMERALS.iter().take(1 + random.below(5)) {
                heading(&mut text, &format!("({item})"), pieces, random);
                paragraphs(&mut text, pieces, random);
                if text.len() >= DOCUMENT_BYTES {
                    break 'document;
                }
            }
        }
    }
    text
}

fn heading(text: &mut String, number: &str, pieces: &Pieces, random: &mut Random) {
    writeln!(text, "{number}{}", random.pick(&pieces.names)).unwrap();
}

/// A few paragraphs, every second one with a lead before it.
fn paragraphs(text: &mut String, pieces: &Pieces, random: &mut Random) {
    for _ in 0..=random.below(4) {
        if random.below(2) == 0 {
            write!(text, "{}。", random.pick(&pieces.names)).unwrap();
        }
        writeln!(text, "{}", random.pick(&pieces.paragraphs)).unwrap();
    }
}
