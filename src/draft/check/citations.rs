//! Titles, document numbers, issuers and dates of documents that a draft names.

use std::sync::Arc;

use plansearch_engine::{DocumentRecord, EngineError};
use plansearch_figure::{DateMention, DocNumber, dates, doc_numbers};
use plansearch_text::{Span, fold};

use super::finding::{DiffersBy, Finding, FindingKind, Proof};
use super::issuers;
use super::library::{Library, Source, find_folded};
use super::names::{Fit, MIN_NAME, fit, key, names_of};

/// A title in 《》 with what the library knows of it.
struct Named {
    /// The title without its marks.
    span: Span,
    known: Known,
}

/// What the library knows of a title.
enum Known {
    /// It holds the document.
    Document(Arc<DocumentRecord>),
    /// A passage names it; with the number beside it.
    Mention(Proof, Option<DocNumber>),
    /// It holds or names one with a slip.
    Slip(Box<Known>, String),
    /// Nothing.
    Nothing,
}

/// The titles of `text` in 《》, without the marks, outermost only.
pub(super) fn titles(text: &str) -> Vec<Span> {
    let mut titles = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    for (at, c) in text.char_indices() {
        match c {
            '《' => {
                if depth == 0 {
                    start = at + c.len_utf8();
                }
                depth += 1;
            }
            '》' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    titles.push(Span::new(start, at));
                }
            }
            '\n' => depth = 0,
            _ => {}
        }
    }
    titles.retain(|title| !title.is_empty());
    titles
}

/// Findings for titles, numbers, issuers and dates of the sentence `span` of `text`.
pub(super) fn check(
    library: &mut Library<'_>,
    text: &str,
    span: Span,
) -> Result<Vec<Finding>, EngineError> {
    let sentence = span.of(text);
    let at = |inner: Span| Span::new(span.start + inner.start, span.start + inner.end);
    let numbers = doc_numbers(sentence);
    let mut findings = Vec::new();
    let mut named = Vec::new();
    for title in titles(sentence) {
        if key(title.of(sentence)).len() < MIN_NAME {
            continue;
        }
        let number = number_behind(sentence, title.end, &numbers);
        let known = known(library, title.of(sentence), number)?;
        named.push(Named { span: title, known });
    }
    for one in &named {
        findings.push(title_finding(library, sentence, one, at(one.span))?);
    }
    for number in &numbers {
        findings.push(number_finding(
            library,
            sentence,
            number,
            &named,
            at(number.span),
        )?);
    }
    let cited = named
        .iter()
        .find_map(|one| Some((document_of(&one.known)?, one.span)))
        .or_else(|| {
            let number = numbers.first()?;
            Some((document_before(library, sentence, number)?, number.span))
        });
    if let Some((doc, place)) = cited {
        findings.extend(issuers::check(library, sentence, place, &doc, span.start)?);
        findings.extend(date_finding(library, sentence, place, &doc, span.start)?);
    }
    Ok(findings)
}

/// The number in brackets right behind a title.
fn number_behind<'n>(
    sentence: &str,
    end: usize,
    numbers: &'n [DocNumber],
) -> Option<&'n DocNumber> {
    numbers.iter().find(|number| {
        let between = Span::new(end, number.span.start);
        number.span.start >= end
            && between
                .of(sentence)
                .chars()
                .all(|c| "》（( \u{3000}".contains(c))
    })
}

fn document_of(known: &Known) -> Option<Arc<DocumentRecord>> {
    match known {
        Known::Document(doc) => Some(Arc::clone(doc)),
        Known::Slip(known, _) => document_of(known),
        _ => None,
    }
}

/// What the library knows of `title`; `number` is what the draft puts behind it.
fn known(
    library: &mut Library<'_>,
    title: &str,
    number: Option<&DocNumber>,
) -> Result<Known, EngineError> {
    let name = key(title);
    let mut slips: Vec<(usize, Arc<DocumentRecord>)> = Vec::new();
    for doc in library.documents() {
        for known in names_of(doc) {
            match fit(&name, &known) {
                Fit::Same => return Ok(Known::Document(Arc::clone(doc))),
                Fit::Slip(n) => slips.push((n, Arc::clone(doc))),
                Fit::Other => {}
            }
        }
    }
    if let Some(known) = mentioned(library, title)? {
        return Ok(known);
    }
    let is_numbered = |doc: &DocumentRecord| {
        number.is_some_and(|number| {
            doc.doc_number
                .as_deref()
                .is_some_and(|known| is_number(known, number))
        })
    };
    slips.sort_by_key(|(n, doc)| (!is_numbered(doc), *n));
    slips.dedup_by(|a, b| a.1.id == b.1.id);
    let is_alone = slips.len() == 1;
    if let Some((_, doc)) = slips
        .first()
        .filter(|(_, doc)| is_alone || is_numbered(doc))
    {
        let right = doc.title.clone();
        return Ok(Known::Slip(
            Box::new(Known::Document(Arc::clone(doc))),
            right,
        ));
    }
    slip_in_text(library, &name, title)
}

/// A passage in which the title stands in 《》.
fn mentioned(library: &mut Library<'_>, title: &str) -> Result<Option<Known>, EngineError> {
    for source in library.holding(title)? {
        for span in titles(&source.passage.text) {
            if key(span.of(&source.passage.text)) == key(title) {
                return Ok(Some(mention(&source, span)));
            }
        }
    }
    Ok(None)
}

fn mention(source: &Source, span: Span) -> Known {
    let numbers = doc_numbers(&source.passage.text);
    let number = number_behind(&source.passage.text, span.end, &numbers).cloned();
    Known::Mention(source.proof(span), number)
}

/// A title in the text of the library that differs by a slip.
fn slip_in_text(
    library: &mut Library<'_>,
    name: &[char],
    title: &str,
) -> Result<Known, EngineError> {
    let mut best: Option<(usize, Known, String)> = None;
    for source in library.near(title)? {
        for span in titles(&source.passage.text) {
            let known = span.of(&source.passage.text);
            if let Fit::Slip(n) = fit(name, &key(known))
                && best.as_ref().is_none_or(|best| n < best.0)
            {
                best = Some((n, mention(&source, span), known.to_owned()));
            }
        }
    }
    Ok(best.map_or(Known::Nothing, |(_, known, right)| {
        Known::Slip(Box::new(known), right)
    }))
}

fn title_finding(
    library: &Library<'_>,
    sentence: &str,
    named: &Named,
    span: Span,
) -> Result<Finding, EngineError> {
    let title = named.span.of(sentence);
    Ok(match &named.known {
        Known::Nothing => {
            let message = format!("库中未见《{title}》");
            Finding::not_found(FindingKind::Title, span, message)
        }
        Known::Slip(known, right) => {
            let sources = proofs(library, known, right)?;
            let message = format!("稿作《{title}》，源作《{right}》");
            Finding::differs(FindingKind::Title, span, DiffersBy::Name, sources, message)
        }
        known => {
            let right =
                document_of(known).map_or_else(|| title.to_owned(), |doc| doc.title.clone());
            let sources = proofs(library, known, &right)?;
            let message = format!("库中有《{right}》");
            Finding::verified(FindingKind::Title, span, sources, message)
        }
    })
}

fn proofs(library: &Library<'_>, known: &Known, text: &str) -> Result<Vec<Proof>, EngineError> {
    Ok(match known {
        Known::Document(doc) => library.fact(doc, text)?.into_iter().collect(),
        Known::Mention(proof, _) => vec![proof.clone()],
        Known::Slip(known, _) => proofs(library, known, text)?,
        Known::Nothing => Vec::new(),
    })
}

/// Says whether `known` is the number that the draft gives.
fn is_number(known: &str, number: &DocNumber) -> bool {
    let found = doc_numbers(known);
    found
        .first()
        .is_some_and(|known| is_same_number(known, number))
}

fn is_same_number(one: &DocNumber, two: &DocNumber) -> bool {
    let (a, b) = (fold(&one.organ), fold(&two.organ));
    // The name of a body may be short: 国务院令 of 中华人民共和国国务院令.
    let is_order = a.ends_with('令') || a.ends_with("公告");
    let is_same_body = a == b || is_order && (a.ends_with(&b) || b.ends_with(&a));
    (one.year, one.number) == (two.year, two.number) && is_same_body
}

fn number_finding(
    library: &mut Library<'_>,
    sentence: &str,
    number: &DocNumber,
    named: &[Named],
    span: Span,
) -> Result<Finding, EngineError> {
    let written = number.span.of(sentence);
    let title = named
        .iter()
        .rev()
        .find(|one| number_behind(sentence, one.span.end, std::slice::from_ref(number)).is_some());
    let right = match title.map(|title| &title.known) {
        Some(Known::Slip(known, _)) => number_of(library, known)?,
        Some(known) => number_of(library, known)?,
        None => match document_before(library, sentence, number) {
            Some(doc) => number_of(library, &Known::Document(doc))?,
            None => None,
        },
    };
    if let Some((right, proof)) = right {
        let kind = FindingKind::DocNumber;
        return Ok(if is_same_number(&right, number) {
            let message = format!("{written}与源相符");
            Finding::verified(kind, span, vec![proof], message)
        } else {
            let message = format!("稿作{written}，源作{}", proof.text);
            Finding::differs(kind, span, DiffersBy::Name, vec![proof], message)
        });
    }
    for doc in library.documents() {
        if doc
            .doc_number
            .as_deref()
            .is_some_and(|known| is_number(known, number))
        {
            let sources: Vec<Proof> = library.fact(doc, written)?.into_iter().collect();
            let message = format!("库中{written}是《{}》", doc.title);
            return Ok(Finding::verified(
                FindingKind::DocNumber,
                span,
                sources,
                message,
            ));
        }
    }
    for source in library.holding(written)? {
        if let Some(place) = find_folded(&source.passage.text, written) {
            let message = format!("{written}见于库中");
            let sources = vec![source.proof(place)];
            return Ok(Finding::verified(
                FindingKind::DocNumber,
                span,
                sources,
                message,
            ));
        }
    }
    let message = format!("库中未见{written}");
    Ok(Finding::not_found(FindingKind::DocNumber, span, message))
}

/// The number of a document, with its place.
fn number_of(
    library: &Library<'_>,
    known: &Known,
) -> Result<Option<(DocNumber, Proof)>, EngineError> {
    Ok(match known {
        Known::Document(doc) => {
            let Some(text) = doc.doc_number.as_deref() else {
                return Ok(None);
            };
            // One without year brackets is known by those around it.
            let bracketed = || doc_numbers(&format!("（{text}）")).into_iter().next();
            let Some(number) = doc_numbers(text).into_iter().next().or_else(bracketed) else {
                return Ok(None);
            };
            library.fact(doc, text)?.map(|proof| (number, proof))
        }
        Known::Mention(proof, Some(number)) => {
            let span = number.span;
            let text = span.of(&proof.passage.text).to_owned();
            Some((
                number.clone(),
                Proof {
                    span,
                    text,
                    ..proof.clone()
                },
            ))
        }
        _ => None,
    })
}

/// The document that the words in front of a number in brackets name, where no 《》
/// does: 某某办法的通知（某发〔2019〕4号）.
fn document_before(
    library: &Library<'_>,
    sentence: &str,
    number: &DocNumber,
) -> Option<Arc<DocumentRecord>> {
    let front = Span::new(0, number.span.start).of(sentence);
    let front = front.strip_suffix(['（', '('])?;
    let phrase = front.rsplit(['，', ',', '。', '；', '：', '》']).next()?;
    let name = key(phrase);
    if name.len() < MIN_NAME {
        return None;
    }
    let pairs = |name: &[char]| {
        name.windows(2)
            .map(<[char]>::to_vec)
            .collect::<std::collections::HashSet<_>>()
    };
    let ours = pairs(&name);
    let mut best: Option<(usize, Arc<DocumentRecord>)> = None;
    for doc in library.documents() {
        let theirs = pairs(&key(&doc.title));
        let shared = ours.intersection(&theirs).count();
        if shared * 100 >= ours.len() * 82 && best.as_ref().is_none_or(|best| shared > best.0) {
            best = Some((shared, Arc::clone(doc)));
        }
    }
    best.map(|best| best.1)
}

/// 2019年9月印发的《…》: the date of a document.
fn date_finding(
    library: &Library<'_>,
    sentence: &str,
    place: Span,
    doc: &DocumentRecord,
    base: usize,
) -> Result<Option<Finding>, EngineError> {
    const VERBS: [&str; 9] = [
        "印发", "发布", "公布", "下发", "颁布", "出台", "通过", "成文", "制定",
    ];
    let found: Option<DateMention> = dates(sentence).into_iter().find(|date| {
        let behind = Span::new(date.span.end, sentence.len()).of(sentence);
        let is_near = date.span.end <= place.start || date.span.start >= place.end;
        is_near && VERBS.iter().any(|verb| behind.starts_with(verb)) && !date.period.is_span()
    });
    let Some(date) = found else { return Ok(None) };
    let day = date.period.from;
    let known: Vec<&str> = [doc.date.as_deref(), doc.publish_date.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    if known.is_empty() || day.year.is_none() {
        return Ok(None);
    }
    let is_same = known.iter().any(|known| {
        let mut parts = known.split('-').map(str::parse::<u16>);
        let mut is_next = |part: Option<u16>| match (parts.next(), part) {
            (Some(Ok(known)), Some(part)) => known == part,
            _ => part.is_none(),
        };
        is_next(day.year) && is_next(day.month.map(u16::from)) && is_next(day.day.map(u16::from))
    });
    let right = known.first().copied().unwrap_or_default();
    let sources: Vec<Proof> = library.fact(doc, right)?.into_iter().collect();
    let span = Span::new(base + date.span.start, base + date.span.end);
    let written = date.span.of(sentence);
    Ok(Some(if is_same {
        let message = format!("{written}与源相符");
        Finding::verified(FindingKind::Date, span, sources, message)
    } else {
        let message = format!("稿作{written}，源作{right}");
        Finding::differs(FindingKind::Date, span, DiffersBy::Year, sources, message)
    }))
}
