//! The query language is set algebra over passages. The judge is a scan over
//! the texts that knows nothing of the index.

use std::collections::BTreeSet;
use std::sync::Arc;

use plansearch::analysis::{is_idle, required_words};
use plansearch::engine::{DocumentRecord, Engine, PassageRecord};
use plansearch::search::{Request, Response, search};
use plansearch::text::figures;

use crate::exact::all_passages;
use crate::library;

/// A sequence of numbers that is the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.below(values.len())]
    }
}

/// A query as its meaning and as it is typed.
struct Tree {
    holds: Box<dyn Fn(&Entry) -> bool>,
    typed: String,
}

/// A passage with what the judge compares.
struct Entry {
    passage: PassageRecord,
    doc: DocumentRecord,
    dense: Vec<char>,
}

/// The library as the judge sees it.
struct Scan {
    entries: Vec<Entry>,
    /// Runs of Chinese characters, from which strings are cut.
    runs: Vec<Vec<char>>,
}

fn dense(text: &str) -> Vec<char> {
    crate::exact::dense(text).chars().collect()
}

fn stands(text: &[char], piece: &[char]) -> bool {
    places(text, piece).next().is_some()
}

/// The places of `piece` in `text`, as numbers of characters.
fn places<'a>(text: &'a [char], piece: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    let windows = text.windows(piece.len()).enumerate();
    windows.filter(move |(_, w)| *w == piece).map(|(at, _)| at)
}

impl Scan {
    fn new(snapshot: &dyn Engine) -> Self {
        let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        let entries: Vec<Entry> = all_passages(snapshot)
            .into_iter()
            .map(|passage| Entry {
                doc: snapshot.catalog().get(&passage.doc).cloned().unwrap(),
                dense: dense(&passage.text),
                passage,
            })
            .collect();
        let runs = entries
            .iter()
            .flat_map(|entry| entry.dense.split(|c| !is_han(c)))
            .filter(|run| run.len() > 1)
            .map(<[char]>::to_vec)
            .collect();
        Self { entries, runs }
    }

    fn cut(&self, dice: &mut Dice, max_chars: usize) -> String {
        let run = dice.pick(&self.runs);
        let start = dice.below(run.len());
        let n_chars = 1 + dice.below(max_chars);
        run.iter().skip(start).take(n_chars).collect()
    }

    /// A word that no segmenter cuts, so that it must stand as it is.
    fn word(&self, dice: &mut Dice) -> String {
        loop {
            let text = self.cut(dice, 3);
            let is_operator = ["或", "且", "非"].contains(&text.as_str());
            // Fillers of questions do not count as words; a figure is one value in every
            // notation, and numbers have tests of their own.
            let is_figure = !figures(&text).is_empty();
            if !is_operator
                && !is_idle(&text)
                && !is_figure
                && matches!(required_words(&text).as_slice(), [only] if only.of(&text) == text)
            {
                return text;
            }
        }
    }

    fn field(&self, dice: &mut Dice) -> Tree {
        let entry = dice.pick(&self.entries);
        let colon = *dice.pick(&[':', '：']);
        let english = dice.below(2);
        let part = |dice: &mut Dice, text: &str| -> String {
            let chars = dense(text);
            let start = dice.below(chars.len());
            chars.into_iter().skip(start).take(4).collect()
        };
        let tree = |name: &str, value: &str, holds: Box<dyn Fn(&Entry) -> bool>| Tree {
            holds,
            typed: format!("{name}{colon}「{value}」"),
        };
        match dice.below(6) {
            0 => {
                let title = entry.doc.title.clone();
                let holds = Box::new({
                    let title = title.clone();
                    move |entry: &Entry| entry.doc.title == title
                });
                tree(["文档", "doc"][english], &title, holds)
            }
            1 if !entry.passage.path.is_empty() => {
                let heading = dice.pick(&entry.passage.path).clone();
                let holds = Box::new({
                    let heading = heading.clone();
                    move |entry: &Entry| entry.passage.path.contains(&heading)
                });
                tree(["章节", "chapter"][english], &heading, holds)
            }
            2 if entry.passage.lead.is_some() => {
                let value = part(dice, entry.passage.lead_text().unwrap());
                let labels: Vec<&String> =
                    self.entries.iter().flat_map(|e| &e.passage.path).collect();
                if labels.iter().any(|label| **label == value) {
                    return self.field(dice);
                }
                let holds = Box::new({
                    let value = dense(&value);
                    move |entry: &Entry| {
                        let lead = entry.passage.lead_text().unwrap_or_default();
                        let next = entry.passage.path.last().map_or("", String::as_str);
                        stands(&dense(lead), &value) || stands(&dense(next), &value)
                    }
                });
                tree(["标题", "title"][english], &value, holds)
            }
            3 if !entry.passage.themes.is_empty() => {
                let theme = dice.pick(&entry.passage.themes).name.clone();
                let holds = Box::new({
                    let theme = theme.clone();
                    move |entry: &Entry| entry.passage.themes.iter().any(|t| t.name == theme)
                });
                tree(["主题", "theme"][english], &theme, holds)
            }
            4 if entry.doc.year().is_some() => {
                let first = entry.doc.year().unwrap();
                let last = first + dice.below(3) as u16;
                let holds = Box::new(move |entry: &Entry| {
                    entry
                        .doc
                        .year()
                        .is_some_and(|year| (first..=last).contains(&year))
                });
                tree(
                    ["年份", "year"][english],
                    &format!("{first}..{last}"),
                    holds,
                )
            }
            _ => {
                let kind = entry.doc.doc_type.clone();
                let holds = Box::new({
                    let kind = kind.clone();
                    move |entry: &Entry| entry.doc.doc_type == kind
                });
                tree(["类型", "type"][english], &kind, holds)
            }
        }
    }

    fn atom(&self, dice: &mut Dice) -> Tree {
        let (text, typed) = match dice.below(10) {
            0..=3 => {
                let text = self.cut(dice, 6);
                let (open, close) =
                    *dice.pick(&[('"', '"'), ('“', '”'), ('「', '」'), ('＂', '＂')]);
                (text.clone(), format!("{open}{text}{close}"))
            }
            4..=7 => {
                let text = self.word(dice);
                (text.clone(), text)
            }
            _ => return self.field(dice),
        };
        let chars = dense(&text);
        Tree {
            holds: Box::new(move |entry| stands(&entry.dense, &chars)),
            typed,
        }
    }

    fn tree(&self, dice: &mut Dice, depth: usize) -> Tree {
        if depth == 0 {
            return self.atom(dice);
        }
        match dice.below(5) {
            0 | 1 => self.joined(dice, depth, &[" ", "\u{3000}", " 且 ", " AND "], true),
            2 | 3 => self.joined(dice, depth, &[" 或 ", " OR ", "|", " ｜ "], false),
            _ => {
                let inner = self.tree(dice, depth - 1);
                let sign = *dice.pick(&["-", "－", "非 ", "NOT "]);
                Tree {
                    holds: Box::new(move |entry| !(inner.holds)(entry)),
                    typed: format!("({sign}{})", inner.typed),
                }
            }
        }
    }

    fn joined(&self, dice: &mut Dice, depth: usize, marks: &[&str], is_all: bool) -> Tree {
        let n_parts = 2 + dice.below(2);
        let parts: Vec<Tree> = (0..n_parts).map(|_| self.tree(dice, depth - 1)).collect();
        let mark = *dice.pick(marks);
        let typed: Vec<&str> = parts.iter().map(|part| part.typed.as_str()).collect();
        let (open, close) = *dice.pick(&[('(', ')'), ('（', '）')]);
        Tree {
            typed: format!("{open}{}{close}", typed.join(mark)),
            holds: Box::new(move |entry| {
                let mut met = parts.iter().map(|part| (part.holds)(entry));
                if is_all {
                    met.all(|is| is)
                } else {
                    met.any(|is| is)
                }
            }),
        }
    }

    fn ids(&self, holds: impl Fn(&Entry) -> bool) -> BTreeSet<String> {
        let held = self.entries.iter().filter(|entry| holds(entry));
        held.map(|entry| entry.passage.id.clone()).collect()
    }
}

fn ask(snapshot: &dyn Engine, typed: &str) -> Response {
    let request = Request {
        query: typed.to_owned(),
        limit: 100_000,
        ..Request::default()
    };
    search(snapshot, &request).unwrap()
}

/// Ids of all hits; none when only some words could be had.
fn found(snapshot: &dyn Engine, typed: &str) -> BTreeSet<String> {
    let response = ask(snapshot, typed);
    if response.is_relaxed {
        return BTreeSet::new();
    }
    assert_eq!(response.total, response.hits.len(), "{typed}");
    let hits = response.hits.into_iter();
    hits.map(|hit| hit.passage.id.clone()).collect()
}

/// Ids of the hits that have all that is asked for. Words alone, however they are
/// joined, may have others below: then these are the first `n_expected`.
fn with_all(snapshot: &dyn Engine, typed: &str, n_expected: usize) -> BTreeSet<String> {
    let response = ask(snapshot, typed);
    if !response.is_relaxed {
        return found(snapshot, typed);
    }
    let first = response.hits.into_iter().take(n_expected);
    first.map(|hit| hit.passage.id.clone()).collect()
}

#[test]
fn five_hundred_random_trees_are_set_algebra() {
    let snapshot = library::seeds();
    let scan = Scan::new(&*snapshot);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut n_telling = 0;
    for _ in 0..500 {
        let depth = 1 + dice.below(3);
        let tree = scan.tree(&mut dice, depth);
        let expect = scan.ids(&tree.holds);
        n_telling += usize::from(!expect.is_empty() && expect.len() < scan.entries.len());
        assert_eq!(
            with_all(&*snapshot, &tree.typed, expect.len()),
            expect,
            "{}",
            tree.typed
        );
    }
    assert!(n_telling > 200, "only {n_telling} trees tell anything");
}

#[test]
fn close_strings_are_those_a_scan_finds() {
    let snapshot = library::seeds();
    let scan = Scan::new(&*snapshot);
    let mut dice = Dice(0x1234_5678_9abc_def1);
    let mut n_hits = 0;
    for _ in 0..150 {
        let long: Vec<&Entry> = scan.entries.iter().filter(|e| e.dense.len() > 40).collect();
        let entry = dice.pick(&long);
        let mut cut = || -> Vec<char> {
            let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
            let start = dice.below(entry.dense.len() - 2);
            let rest = entry.dense.iter().skip(start).copied();
            rest.skip_while(|c| !is_han(c))
                .take_while(is_han)
                .take(2)
                .collect()
        };
        let (a, b) = (cut(), cut());
        if a.is_empty() || b.is_empty() {
            continue;
        }
        let show = |chars: &[char]| chars.iter().collect::<String>();
        let distance = 1 + dice.below(30);
        let typed = format!("“{}” near/{distance} “{}”", show(&a), show(&b));
        let is_near = |entry: &Entry| {
            places(&entry.dense, &a).any(|i| {
                places(&entry.dense, &b).any(|j| {
                    let gap = j
                        .saturating_sub(i + a.len())
                        .max(i.saturating_sub(j + b.len()));
                    gap <= distance
                })
            })
        };
        let expect = scan.ids(is_near);
        n_hits += expect.len();
        assert_eq!(found(&*snapshot, &typed), expect, "{typed}");

        let is_end = |c: &char| "。！？!?".contains(*c);
        let typed = format!("同句:(“{}” “{}”)", show(&a), show(&b));
        let in_one_sentence = |entry: &Entry| {
            let mut sentences = entry.dense.split(is_end);
            sentences.any(|sentence| stands(sentence, &a) && stands(sentence, &b))
        };
        assert_eq!(
            found(&*snapshot, &typed),
            scan.ids(in_one_sentence),
            "{typed}"
        );

        let typed = format!("“{}*{}”", show(&a), show(&b));
        let in_order = |entry: &Entry| {
            places(&entry.dense, &a).any(|i| {
                let end = i + a.len();
                places(&entry.dense, &b).any(|j| {
                    let gap = entry.dense.get(end..j);
                    gap.is_some_and(|gap| gap.len() <= 30 && !gap.iter().any(is_end))
                })
            })
        };
        assert_eq!(found(&*snapshot, &typed), scan.ids(in_order), "{typed}");
    }
    assert!(n_hits > 150, "only {n_hits} close pairs");
}

/// A text as an input method for Chinese types its marks.
pub(crate) fn with_wide_marks(text: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' if !c.is_ascii_alphanumeric() => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(wide).collect()
}

#[test]
fn pasted_lines_find_their_line() {
    let snapshot = library::seeds();
    let passages = all_passages(&*snapshot);
    for passage in passages.iter().filter(|p| p.text.chars().count() < 1500) {
        for typed in [passage.text.clone(), with_wide_marks(&passage.text)] {
            let response = ask(&*snapshot, &typed);
            let is_found = response.hits.iter().any(|hit| hit.passage.id == passage.id);
            assert!(is_found, "{typed}\n{:?}", response.notices);
        }
    }
}

#[test]
fn an_answer_says_how_operators_were_understood() {
    let snapshot = library::seeds();
    let notices = |typed: &str| -> Vec<String> {
        let response = ask(&*snapshot, typed);
        response
            .notices
            .into_iter()
            .map(|notice| notice.0)
            .collect()
    };
    assert_eq!(
        notices("港口 (航运 或 物流) -煤炭"),
        ["按“港口”且（“航运”或“物流”），不含“煤炭”查找"]
    );
    assert!(notices("发展 “港口”").is_empty());
    let said = notices("年份:去年 港口");
    assert!(
        said[0].contains("“去年”不是年份") && said[0].contains("2021..2025"),
        "{said:?}"
    );
    let said = notices("类型:总结 港口");
    assert!(said[0].contains("规划纲要"), "{said:?}");
    let said = notices("主题:宇宙 港口");
    assert!(said[0].contains("按文字查找"), "{said:?}");
    let said = notices("机关:宇航局 港口");
    assert!(said[0].contains("文献库中没有"), "{said:?}");
}

#[test]
fn fields_and_exclusions_alone_list_in_document_order() {
    let snapshot: Arc<dyn Engine> = library::seeds();
    for typed in ["-港口", "类型:规划纲要", "非 港口 年份:2000.."] {
        let response = ask(&*snapshot, typed);
        assert!(response.total > 1, "{typed}");
        let order = |doc: &str| {
            snapshot
                .catalog()
                .documents()
                .iter()
                .position(|d| d.id == doc)
        };
        let places: Vec<_> = response
            .hits
            .iter()
            .map(|hit| (order(&hit.passage.doc), hit.passage.idx))
            .collect();
        assert!(places.is_sorted(), "{typed}");
        assert!(
            response.hits.iter().all(|hit| hit.snippet.marks.is_empty()),
            "{typed}"
        );
    }
}

#[test]
fn marks_show_what_fulfils_the_query() {
    let snapshot = library::seeds();
    let marked = |typed: &str, text: &str| -> Vec<String> {
        let (query, _) = plansearch::search::understand(&*snapshot, typed);
        let spans = plansearch::search::Needles::of(&query).find_in(text);
        spans
            .into_iter()
            .map(|span| span.of(text).to_owned())
            .collect()
    };
    let text = "促进氢能发展。氢能和光伏并举，储运先行。";
    assert_eq!(marked("光伏 或 风电", text), ["光伏"]);
    assert_eq!(marked("“促进*发展”", text), ["促进", "发展"]);
    assert_eq!(marked("氢能 near/3 光伏", text), ["氢能", "光伏"]);
    assert_eq!(marked("同句:(氢能 储运)", text), ["氢能", "储运"]);
    assert_eq!(marked("氢能 -煤炭 年份:2021", text), ["氢能", "氢能"]);
}
