//! A thousand damaged files: none takes the others down, each is accounted for.
//!
//! `PLANSEARCH_MUTATED=rtf,odt` damages files of these formats alone.

use std::collections::BTreeSet;
use std::time::Duration;

use super::samples;
use crate::cli::Desk;

const N_MUTATED: usize = 1000;
/// A run that hangs is ended, so that the test fails rather than waits. Ten seconds
/// are enough on a machine at rest; how busy it is shall not decide.
const MAX_TIME: Duration = Duration::from_mins(20);

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

fn mutated(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let kind = dice.roll(6);
    let n = bytes.len();
    match kind {
        0 => bytes.truncate(dice.roll(n)),
        1 => drop(bytes.drain(..dice.roll(n.min(64)))),
        2 => {
            let (from, until) = (dice.roll(n), dice.roll(n));
            let piece = bytes[from.min(until)..from.max(until)].to_vec();
            let at = dice.roll(n);
            bytes.splice(at..at, piece);
        }
        3 => {
            let (from, n_gone) = (dice.roll(n), dice.roll(200));
            drop(bytes.drain(from..(from + n_gone).min(n)));
        }
        4 => {
            for _ in 0..=dice.roll(40) {
                let at = dice.roll(n);
                bytes[at] = [0, 0xff, 0x7f, 0x80, b'<', b'>', b'9', b' '][dice.roll(8)];
            }
        }
        _ => {
            for _ in 0..=dice.roll(8) {
                bytes[dice.roll(n)] ^= 1 << dice.roll(8);
            }
        }
    }
    bytes
}

/// Files that are made to do harm.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let zeros = vec![b'0'; 40 * 1024 * 1024];
    let deep = |tag: &str| format!("<{tag}>").repeat(200_000);
    let mut nested = samples::zip(&[("a.txt", samples::TEXT.as_bytes())]);
    for _ in 0..12 {
        nested = samples::zip(&[("a.zip", &nested)]);
    }
    let many: Vec<(String, &[u8])> = (0..6000).map(|n| (format!("{n}.txt"), &b"x"[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, x)| (name.as_str(), *x)).collect();
    vec![
        ("bomb.zip", samples::zip(&[("0.txt", &zeros)])),
        ("bomb.docx", samples::zip(&[("word/document.xml", &zeros)])),
        ("nested.zip", nested),
        ("many.zip", samples::zip(&many)),
        ("deep.docx", samples::docx(&deep("w:tbl"))),
        ("deep.ofd", samples::ofd(&deep("ofd:Layer"))),
        ("deep.xlsx", samples::xlsx(&deep("row"))),
        ("deep.ods", samples::ods(&deep("table:table"))),
        (
            "deep.html",
            format!("<html>{}发展氢能", deep("div")).into_bytes(),
        ),
        ("deep.pdf", samples::pdf(&"[".repeat(200_000))),
        ("deep.xml", deep("a").into_bytes()),
        (
            "wide.xlsx",
            samples::xlsx(
                "<worksheet><sheetData><row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData></worksheet>",
            ),
        ),
        (
            "wide.ods",
            samples::ods(
                "<table:table table:name='a'><table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell></table:table-row></table:table>",
            ),
        ),
        ("empty.txt", Vec::new()),
        ("empty.pdf", b"%PDF-".to_vec()),
        ("zeros.doc", vec![0; 4096]),
        ("ole.doc", samples::container(&[])),
        ("picture.txt", b"\x89PNG\r\n\x1a\n".to_vec()),
    ]
}

#[test]
fn a_thousand_damaged_files_harm_no_other() {
    let desk = Desk::new();
    let lib = desk.path().join("lib");
    std::fs::create_dir(&lib).unwrap();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let sound = samples::all();
    let mut names = BTreeSet::new();
    let mut save = |name: String, bytes: &[u8]| {
        std::fs::write(lib.join(&name), bytes).unwrap();
        names.insert(format!("lib/{name}"));
    };
    for (name, bytes) in sound.iter().cloned().chain(hostile()) {
        save(format!("whole-{name}"), &bytes);
    }
    let of = std::env::var("PLANSEARCH_MUTATED").unwrap_or_default();
    let chosen: Vec<usize> = (0..sound.len())
        .filter(|at| of.is_empty() || of.split(',').any(|end| sound[*at].0.ends_with(end)))
        .collect();
    for n in 0..N_MUTATED {
        let (name, bytes) = &sound[chosen[n % chosen.len()]];
        // Every seventh has the suffix of another format.
        let (other, _) = &sound[if n % 7 == 0 {
            dice.roll(sound.len())
        } else {
            chosen[n % chosen.len()]
        }];
        let (_, suffix) = other.rsplit_once('.').unwrap();
        let (stem, _) = name.rsplit_once('.').unwrap();
        save(format!("{n}-{stem}.{suffix}"), &mutated(bytes, &mut dice));
    }

    let run = desk
        .run_within(&["index", "lib", "--json"], MAX_TIME)
        .expect("the run hangs");
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);

    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let documents = desk.json(&["documents"]);
    let indexed: BTreeSet<&str> = documents["documents"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|document| document["files"].as_array().unwrap())
        .map(|file| file.as_str().unwrap())
        .collect();
    let failures = report["failures"].as_array().unwrap();
    let places: Vec<&str> = failures
        .iter()
        .map(|failure| failure["file"].as_str().unwrap())
        .collect();
    for (name, _) in &sound {
        // A damaged copy of ready-made passages may claim their document first; the
        // other file is named then.
        let whole = format!("lib/whole-{name}");
        let is_named =
            *name == "lines.jsonl" && places.iter().any(|place| place.starts_with(&whole));
        assert!(indexed.contains(whole.as_str()) || is_named, "{name}");
    }
    for name in &names {
        let is_named = places.iter().any(|place| place.starts_with(name.as_str()));
        assert!(
            is_named || indexed.contains(name.as_str()),
            "nothing is said of {name}"
        );
    }
    for failure in failures {
        assert!(
            !failure["message"].as_str().unwrap().is_empty(),
            "{failure}"
        );
    }
    assert_eq!(desk.run(&["search", "“海河联运”"]).code, 0);
}
