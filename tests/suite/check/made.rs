//! Drafts made by chance, always the same: sentences of the library with one fault of each
//! class, the same sentences without, and real documents that the library does not have.
//!
//! `CHECK_SHOW=class` lists what is missed of a class, `CHECK_SHOW=false` the false alarms.

use std::collections::BTreeMap;

use plansearch::draft::{Agreement, DraftText, Finding, check};
use plansearch::engine::{DocumentRecord, Engine, Filter};
use plansearch::figure::{Figure, Scan, scan};
use plansearch::text::Span;

use crate::chance::Chance;
use crate::library;
use crate::trace::{gold, held_out, samples};

/// A sentence of the library, what it states and the document it is of.
struct Known<'a> {
    text: String,
    scan: Scan,
    doc: &'a DocumentRecord,
}

/// A sentence with a fault, and where that is.
struct Faulty {
    class: &'static str,
    text: String,
    place: Span,
}

/// Statements of each class at most.
const N_EACH: usize = 30;

fn known(snapshot: &dyn Engine) -> Vec<Known<'_>> {
    let mut known = Vec::new();
    for doc in snapshot.catalog().documents() {
        for passage in snapshot.passages_of(&doc.id, 0..usize::MAX).unwrap() {
            if passage.kind != "paragraph" {
                continue;
            }
            for text in passage.text.split('。') {
                let text = format!("{}。", text.trim());
                if (16..90).contains(&text.chars().count()) {
                    let scan = scan(&text);
                    known.push(Known { text, scan, doc });
                }
            }
        }
    }
    known
}

/// Puts `new` in the place of `old`.
fn replaced(text: &str, old: Span, new: &str) -> (String, Span) {
    let front = Span::new(0, old.start).of(text);
    let back = Span::new(old.end, text.len()).of(text);
    let place = Span::new(old.start, old.start + new.len().max(1));
    (format!("{front}{new}{back}"), place)
}

/// A figure that a check looks at: with a unit that is no length of time.
fn is_told(text: &str, figure: &Figure) -> bool {
    let has_digits = figure
        .value_span
        .of(text)
        .contains(|c: char| c.is_ascii_digit());
    let unit = figure.unit.as_ref();
    has_digits && unit.is_some_and(|unit| !unit.is_time() && !unit.is_count())
}

fn told(known: &Known<'_>) -> Vec<Span> {
    let figures = known.scan.figures.iter();
    figures
        .filter(|figure| is_told(&known.text, figure))
        .map(|figure| figure.value_span)
        .collect()
}

/// A fault of a class in a sentence, where that is possible.
#[allow(clippy::too_many_lines, reason = "one arm a class")]
fn fault(class: &str, known: &Known<'_>, chance: &mut Chance) -> Option<(String, Span)> {
    let text = known.text.as_str();
    let told = told(known);
    match class {
        "digit" => {
            let place = *chance.of(&told)?;
            let old = place.of(text);
            let at = old.find(|c: char| c.is_ascii_digit())?;
            let start = place.start + at;
            let digit = Span::new(start, start + 1);
            let new = digit.of(text).parse::<u32>().ok()? % 9 + 1;
            Some(replaced(text, digit, &new.to_string()))
        }
        "point" => {
            let place = *chance.of(&told)?;
            let old = place.of(text);
            let digits = old.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
            let number = Span::new(place.start, place.start + digits);
            let moved = match number.of(text).split_once('.') {
                Some((whole, part)) => format!("{whole}{part}"),
                None => format!("{}0", number.of(text)),
            };
            (digits > 0).then(|| replaced(text, number, &moved))
        }
        "unit" => {
            let place = *chance.of(&told)?;
            let old = place.of(text);
            let new = if old.contains('亿') {
                old.replacen('亿', "万", 1)
            } else if old.contains('万') {
                old.replacen('万', "亿", 1)
            } else {
                return None;
            };
            Some(replaced(text, place, &new)).filter(|_| !old.contains("万亿"))
        }
        "percent" => {
            let place = *chance.of(&told)?;
            let old = place.of(text);
            let new = match old.strip_suffix('%') {
                Some(number) => format!("{number}个百分点"),
                None => format!("{}%", old.strip_suffix("个百分点")?),
            };
            Some(replaced(text, place, &new))
        }
        "comparator" => {
            let pairs = [
                ("以上", "以下"),
                ("以内", "以上"),
                ("不低于", "不超过"),
                ("超过", "不足"),
                ("突破", "不到"),
            ];
            let figures = known.scan.figures.iter();
            let mut figures = figures.filter(|figure| is_told(text, figure));
            figures.find_map(|figure| {
                let (old, new) = pairs
                    .iter()
                    .find(|(old, _)| figure.span.of(text).contains(old))?;
                let at = figure.span.start + figure.span.of(text).find(old)?;
                let (text, _) = replaced(text, Span::new(at, at + old.len()), new);
                Some((text, figure.span))
            })
        }
        "year" => {
            let date = known.scan.dates.iter().find(|date| {
                let figures = &mut told.iter();
                let is_year = date.span.of(text).chars().count() == 5;
                is_year && figures.any(|figure| figure.start > date.span.end)
            })?;
            let year = date.period.from.year?;
            let front = Span::new(0, date.span.start).of(text);
            let is_base = ["比", "较", "是"].iter().any(|word| front.ends_with(word));
            (!is_base).then(|| replaced(text, date.span, &format!("{}年", year + 1)))
        }
        "base_target" => {
            let [one, two] = told.as_slice() else {
                return None;
            };
            let between = Span::new(one.end, two.start).of(text);
            let front = Span::new(0, one.start).of(text);
            let is_change = (front.contains('从') || front.contains('由'))
                && ["到", "至"].iter().any(|word| between.ends_with(word));
            swapped(text, *one, *two).filter(|_| is_change)
        }
        "indicators" => {
            let pair = told.windows(2).find(|pair| {
                let [one, two] = pair else {
                    return false;
                };
                let unit = |span: &Span| {
                    span.of(text)
                        .trim_matches(|c: char| c.is_ascii_digit() || c == '.')
                        .to_owned()
                };
                let between = Span::new(one.end, two.start).of(text);
                unit(one) == unit(two)
                    && between.contains(['，', '、'])
                    && between.chars().count() > 4
            })?;
            let front = Span::new(0, pair[0].start).of(text);
            swapped(text, pair[0], pair[1]).filter(|_| !front.contains(['从', '由']))
        }
        "quote" => {
            let clause = text.split(['，', '；', '。']).find(|clause| {
                let n = clause.chars().count();
                (12..40).contains(&n) && clause.chars().all(char::is_alphabetic)
            })?;
            let starts: Vec<usize> = clause.char_indices().map(|(at, _)| at).collect();
            let nth = 4 + chance.below(starts.len() - 8);
            let (cut, _) = replaced(clause, Span::new(starts[nth], starts[nth + 2]), "");
            let text = format!("《{}》提出“{cut}”。", known.doc.title);
            let at = text.find(&cut)?;
            Some((text.clone(), Span::new(at, at + cut.len())))
        }
        _ => fact_fault(class, known.doc, chance),
    }
}

/// A fault in what is said of a document.
fn fact_fault(class: &str, doc: &DocumentRecord, chance: &mut Chance) -> Option<(String, Span)> {
    let title = doc.title.as_str();
    match class {
        "doc_number" => {
            let number = doc.doc_number.as_deref()?;
            let at = number.rfind(|c: char| c.is_ascii_digit())?;
            let digit = Span::new(at, at + 1);
            let new = (digit.of(number).parse::<u32>().ok()? + 3) % 10;
            let (wrong, _) = replaced(number, digit, &new.to_string());
            let text = format!("按照《{title}》（{wrong}）的部署推进各项工作。");
            let at = text.find(&wrong)?;
            Some((text, Span::new(at, at + wrong.len())))
        }
        "title" => {
            let chars: Vec<char> = title.chars().collect();
            let word = ["发展", "建设", "规划", "条例", "行动", "管理", "保护"];
            let old = word.iter().find(|word| title.contains(*word))?;
            let new = *chance.of(&["推进", "提升", "办法"])?;
            let wrong = title.replacen(old, new, 1);
            let text = format!("要认真贯彻《{wrong}》各项要求。");
            let at = text.find(&wrong)?;
            let is_long = chars.len() >= 10;
            is_long.then(|| (text, Span::new(at, at + wrong.len())))
        }
        "issuer" => {
            let issuer = doc.issuers.first()?;
            let wrong = if issuer.contains("办公室") {
                issuer.replace("办公室", "办公厅")
            } else if issuer.contains("人民政府") {
                issuer.replace("人民政府", "发展和改革委员会")
            } else {
                return None;
            };
            let text = format!("{wrong}印发的《{title}》已经实施。");
            let place = Span::new(0, wrong.len());
            (title.chars().count() >= 8).then_some((text, place))
        }
        _ => None,
    }
}

fn swapped(text: &str, one: Span, two: Span) -> Option<(String, Span)> {
    let (a, b) = (one.of(text), two.of(text));
    let (front, middle) = (
        Span::new(0, one.start).of(text),
        Span::new(one.end, two.start).of(text),
    );
    let back = Span::new(two.end, text.len()).of(text);
    let place = Span::new(one.start, one.start + b.len() + middle.len() + a.len());
    (a != b).then(|| (format!("{front}{b}{middle}{a}{back}"), place))
}

/// The classes of faults.
const CLASSES: [&str; 12] = [
    "digit",
    "point",
    "unit",
    "percent",
    "comparator",
    "year",
    "base_target",
    "indicators",
    "doc_number",
    "title",
    "issuer",
    "quote",
];

fn make(all: &[Known<'_>], class: &'static str, chance: &mut Chance) -> Vec<Faulty> {
    let mut made: Vec<Faulty> = Vec::new();
    for _ in 0..400 * N_EACH {
        let Some(known) = chance.of(all) else {
            break;
        };
        if let Some((text, place)) = fault(class, known, chance)
            && made.iter().all(|other| other.text != text)
        {
            made.push(Faulty { class, text, place });
        }
        if made.len() == N_EACH {
            break;
        }
    }
    made
}

fn is_shown(what: &str) -> bool {
    std::env::var("CHECK_SHOW").is_ok_and(|shown| shown == what || shown == "all")
}

/// Findings that differ, of a text.
fn differing(snapshot: &dyn Engine, text: &str) -> Vec<Finding> {
    let findings = check(snapshot, &Filter::default(), text).unwrap().findings;
    let mut findings = findings;
    findings.retain(|finding| finding.verdict == Agreement::Differs);
    findings
}

/// How many false alarms a right text has, and characters.
#[allow(clippy::print_stdout, reason = "lists what went wrong, when asked")]
fn false_alarms(snapshot: &dyn Engine, name: &str, text: &str) -> (usize, usize) {
    let mut findings = differing(snapshot, text);
    // What a source of another time says is no alarm.
    findings.retain(|finding| finding.differs_by.is_none_or(|by| by.name() != "period"));
    if is_shown("false") {
        for finding in &findings {
            let from = finding.sources.first().map_or("", |proof| &proof.doc.title);
            println!(
                "{name}: {} | {} | {from}",
                finding.span.of(text),
                finding.message
            );
        }
    }
    (findings.len(), text.chars().count())
}

/// What came of one library.
#[derive(Default)]
struct Measured {
    /// Of each class how many faults were planted and found.
    faults: BTreeMap<&'static str, (usize, usize)>,
    /// False alarms and characters of sentences of the library.
    known: (usize, usize),
    /// The same of whole documents that it does not have.
    others: (usize, usize),
    /// The same of these without what says whose they are.
    bodies: (usize, usize),
    /// Figures in sentences of the library, and those of them that are verified.
    figures: (usize, usize),
}

fn per_10k((n, n_chars): (usize, usize)) -> f64 {
    n as f64 / n_chars.max(1) as f64 * 10_000.0
}

/// The text without the lines in front of the first sentence.
fn body(text: &str) -> &str {
    let first = text.lines().find(|line| line.contains('。'));
    let start = first.and_then(|line| text.find(line)).unwrap_or(0);
    Span::new(start, text.len()).of(text)
}

#[allow(clippy::print_stdout, reason = "lists what went wrong, when asked")]
fn plant(snapshot: &dyn Engine, all: &[Known<'_>], seed: u64, measured: &mut Measured) {
    let mut chance = Chance(seed);
    for class in CLASSES {
        for made in make(all, class, &mut chance) {
            let (n, found) = measured.faults.entry(class).or_default();
            *n += 1;
            let findings = differing(snapshot, &made.text);
            if findings.iter().any(|one| one.span.overlaps(made.place)) {
                *found += 1;
            } else if is_shown(made.class) {
                println!("{class}: {}", made.text);
            }
        }
    }
}

/// Checks sentences of the library as they are.
#[allow(clippy::print_stdout, reason = "lists what went wrong, when asked")]
fn confirm(snapshot: &dyn Engine, all: &[Known<'_>], measured: &mut Measured) {
    for part in all.chunks(40).step_by(7) {
        let text: Vec<&str> = part.iter().map(|known| known.text.as_str()).collect();
        let text = text.join("\n");
        let (n, n_chars) = false_alarms(snapshot, "known", &text);
        measured.known.0 += n;
        measured.known.1 += n_chars;
        let findings = check(snapshot, &Filter::default(), &text).unwrap().findings;
        for figure in scan(&text).figures {
            if !is_told(&text, &figure) {
                continue;
            }
            let mut own = findings.iter().filter(|one| one.span.overlaps(figure.span));
            let is_verified = own.any(|one| one.verdict == Agreement::Verified);
            measured.figures.0 += 1;
            measured.figures.1 += usize::from(is_verified);
            if !is_verified && is_shown("unverified") {
                println!("unverified: {}", figure.span.of(&text));
            }
        }
    }
}

/// Plants faults in sentences of a library, and checks them without, and other documents.
fn measure(snapshot: &dyn Engine, others: &[(String, String)], seed: u64) -> Measured {
    let all = known(snapshot);
    let mut measured = Measured::default();
    plant(snapshot, &all, seed, &mut measured);
    confirm(snapshot, &all, &mut measured);
    for (name, text) in others {
        let whole = false_alarms(snapshot, name, text);
        let headless = false_alarms(snapshot, &format!("{name} (body)"), body(text));
        measured.others = (measured.others.0 + whole.0, measured.others.1 + whole.1);
        measured.bodies = (
            measured.bodies.0 + headless.0,
            measured.bodies.1 + headless.1,
        );
    }
    measured
}

impl Measured {
    #[allow(clippy::print_stdout, reason = "the table of what is reached")]
    fn print(&self) {
        for (class, (n, found)) in &self.faults {
            println!("{class:<12} {found:>3}/{n}");
        }
        println!(
            "false alarms per 10,000: sentences of the library {:.2} ({}), other documents {:.2} \
             ({}), these without their heads {:.2}; verified {}/{}",
            per_10k(self.known),
            self.known.1,
            per_10k(self.others),
            self.others.1,
            per_10k(self.bodies),
            self.figures.1,
            self.figures.0,
        );
    }

    /// Asks for what is reached: of each class its share, the rest 0.95.
    fn is_held(&self, below: &[(&str, f64)]) {
        for (class, (n, found)) in &self.faults {
            let own = below.iter().find(|(other, _)| other == class);
            let floor = own.map_or(0.95, |(_, floor)| *floor);
            assert!(
                *found as f64 >= floor * *n as f64,
                "{class}: {found} of {n}, {floor} expected"
            );
        }
        let all = [self.known, self.others, self.bodies];
        assert!(all.into_iter().all(|alarms| per_10k(alarms) <= 1.0));
        assert!(self.figures.1 as f64 >= 0.9 * self.figures.0 as f64);
    }
}

#[test]
fn faults_made_by_chance_are_found_and_right_texts_left_alone() {
    let samples = samples();
    let mut paths = vec![library::seeds_dir(), gold().join("library")];
    paths.extend(samples.iter().cloned());
    let dir = tempfile::tempdir().unwrap();
    let snapshot = library::index(dir.path(), &paths);
    let drafts = held_out().into_iter().map(|path| {
        let draft = DraftText::open(&path).unwrap();
        (draft.name, draft.text)
    });
    let measured = measure(&*snapshot, &drafts.collect::<Vec<_>>(), 7);
    measured.print();
    if !samples.is_empty() {
        measured.is_held(&[]);
    }
}

/// The reports of the gold library as texts.
fn reports() -> Vec<(String, String)> {
    let lines = std::fs::read_to_string(gold().join("library/reports.jsonl")).unwrap();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for line in lines.lines() {
        let passage: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = texts.entry(passage["doc"].to_string()).or_default();
        if text.is_empty() {
            *text = format!("{}\n", passage["title"].as_str().unwrap());
        }
        text.push_str(passage["text"].as_str().unwrap());
        text.push('\n');
    }
    texts.into_iter().collect()
}

#[test]
fn faults_by_chance_in_a_second_library_are_found_and_right_texts_left_alone() {
    let targets = gold().join("../targets/texts");
    let text = |name: &str| targets.join(name);
    let mut paths = library::seed_and_fixture_files();
    paths.retain(|path| !path.starts_with(library::seeds_dir()));
    paths.extend([
        text("北京市.txt"),
        text("河南省.txt"),
        gold().join("../compare/texts"),
    ]);
    let dir = tempfile::tempdir().unwrap();
    let snapshot = library::index(dir.path(), &paths);
    let mut others = reports();
    for name in ["贵州省.txt", "辽宁省.txt", "山西省.txt"] {
        others.push((
            name.to_owned(),
            std::fs::read_to_string(text(name)).unwrap(),
        ));
    }
    let measured = measure(&*snapshot, &others, 11);
    measured.print();
    measured.is_held(&[("indicators", 0.94)]);
}
