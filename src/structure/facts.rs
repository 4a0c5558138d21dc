//! The facts about a document: who issued it, when, under which number.
//!
//! Read from the front matter, in the order of trust: signature, labels, title;
//! then from what the format states beside the text. Each fact comes with the
//! place where it stands. What the source does not state stays empty; the body
//! that put a text online (发布机构) is not taken for its issuer when another is
//! named.

use super::block::{self, Block, Front, Role, without_blanks};
use super::labels::{self, Label, Meaning};
use super::title::Titles;
use super::{adoption, doc_type, issuers, official, period, untitled};
use plansearch_document::Warning;
use plansearch_document::{
    Date, DocType, DropReason, Fact, FoundIn, Metadata, Place, PlanPeriod, Property, PropertyKey,
};
use plansearch_text::fold::is_blank;

/// What was found out about a document.
pub(super) struct Facts {
    pub(super) metadata: Metadata,
    pub(super) found_in: FoundIn,
    /// A doubt to tell the user.
    pub(super) doubt: Option<Warning>,
}

/// A fact with its place.
pub(super) type Found<T> = Option<(T, Place)>;

/// Collects the facts.
/// `is_own` says that the title at the head speaks for itself.
pub(super) fn read(
    blocks: &[Block],
    is_own: bool,
    properties: &[Property],
    file_name: &str,
) -> Facts {
    let mut titles = Titles::of(blocks, is_own);
    titles.note_stated(untitled::of_page(blocks, properties));
    let labels = Labels::of(blocks);
    let (title, doubt) = match titles.best() {
        Some(title) => (title, None),
        None => untitled::title(blocks, properties, file_name),
    };
    let doc_type = doc_type::of_title(&title.text);
    let mut facts = Facts {
        metadata: Metadata {
            doc_type,
            ..Metadata::default()
        },
        found_in: FoundIn::new(),
        doubt,
    };
    if doc_type != DocType::Other {
        facts.found_in.insert(Fact::DocType, Place::Title);
    }
    let metadata = &mut facts.metadata;
    let mut note = Places(&mut facts.found_in);
    metadata.period = note.take(Fact::Period, period(blocks, &title.text));
    metadata.title = title.text;
    note.0.insert(Fact::Title, title.place);
    let found = issuers::of(blocks, &titles, &labels);
    metadata.issuers = note.take(Fact::Issuers, found).unwrap_or_default();
    let found = doc_number(blocks, &labels, file_name);
    metadata.doc_number = note.take(Fact::DocNumber, found);
    let found = labels.value(Meaning::IndexNumber);
    metadata.index_number = note.take(Fact::IndexNumber, found);
    let found = labels
        .date(Meaning::Date)
        .or_else(|| date(blocks, doc_type));
    metadata.date = note.take(Fact::Date, found);
    if doc_type == DocType::WorkReport && metadata.period.is_none() {
        let found = year_of_report(&metadata.title, metadata.date);
        metadata.period = note.take(Fact::Period, found);
    }
    let found = labels
        .date(Meaning::PublishDate)
        .or_else(|| timed_date(blocks))
        .or_else(|| stated_date(properties));
    metadata.publish_date = note.take(Fact::PublishDate, found);
    facts
}

/// The year that a report of the government's work lays out: the one in its title,
/// otherwise that in which it was given.
fn year_of_report(title: &str, date: Option<Date>) -> Found<PlanPeriod> {
    let year = period::year_in(title).or_else(|| date.map(|date| date.year))?;
    let period = PlanPeriod {
        first: year,
        last: year,
    };
    Some((period, Place::Title))
}

/// Notes places while values go into the metadata.
struct Places<'a>(&'a mut FoundIn);

impl Places<'_> {
    fn take<T>(&mut self, fact: Fact, found: Found<T>) -> Option<T> {
        let (value, place) = found?;
        self.0.insert(fact, place);
        Some(value)
    }
}

/// The labelled facts of the publishing page.
pub(super) struct Labels<'a> {
    labels: Vec<(Label<'a>, usize)>,
}

impl<'a> Labels<'a> {
    /// Collects those of the front matter, then those that a page has at its end.
    fn of(blocks: &'a [Block]) -> Self {
        let of_role = |role: Role| {
            blocks
                .iter()
                .filter(move |block| block.role == role)
                .flat_map(|block| {
                    let line = block.line + 1;
                    let labels = labels::of_block(block).into_iter();
                    labels.map(move |label| (label, line))
                })
        };
        let labels =
            of_role(Role::Front(Front::Label)).chain(of_role(Role::Dropped(DropReason::PageFact)));
        Self {
            labels: labels
                .filter(|(label, _)| !label.value.is_empty())
                .collect(),
        }
    }

    /// The values under labels of this meaning.
    pub(super) fn values(&self, meaning: Meaning) -> impl Iterator<Item = (&'a str, Place)> + '_ {
        let labels = self.labels.iter();
        labels
            .filter(move |(label, _)| label.meaning == meaning)
            .map(|(label, line)| {
                let place = Place::Label {
                    name: label.name,
                    line: *line,
                };
                (label.value, place)
            })
    }

    fn value(&self, meaning: Meaning) -> Found<String> {
        let (value, place) = self.values(meaning).next()?;
        Some((value.to_owned(), place))
    }

    fn date(&self, meaning: Meaning) -> Found<Date> {
        self.values(meaning).find_map(|(value, place)| {
            let (date, _) = official::find_date(value)?;
            Some((date, place))
        })
    }
}

fn stated_date(properties: &[Property]) -> Found<Date> {
    properties.iter().find_map(|property| {
        let (date, _) = official::find_date(&property.value)?;
        (property.key == PropertyKey::PublishDate)
            .then_some((date, Place::Property(property.place)))
    })
}

fn period(blocks: &[Block], title: &str) -> Found<PlanPeriod> {
    let stated = || {
        blocks
            .iter()
            .filter(|block| block.is_open() || matches!(block.role, Role::Heading(_)))
            .find_map(|block| {
                let period = period::of_statement(&block.text)?;
                Some((period, Place::Line(block.line + 1)))
            })
    };
    match period::of_title(title) {
        Some(period) => Some((period, Place::Title)),
        None => stated(),
    }
}

fn doc_number(blocks: &[Block], labels: &Labels, file_name: &str) -> Found<String> {
    let number_in = |text: &str| {
        let number = official::find_doc_number(text)?.of(text);
        let number: String = number.chars().filter(|c| !is_blank(*c)).collect();
        // 〔2O1O〕 was typed with letters.
        let year = number.find('〔').map(|at| at + '〔'.len_utf8());
        let (sign, behind) = match year {
            Some(at) => (block::head(&number, at), block::tail(&number, at)),
            None => (number.as_str(), ""),
        };
        Some(format!("{sign}{}", official::with_zeros(behind)))
    };
    let of_kind = |is: fn(&Role) -> bool| {
        blocks
            .iter()
            .filter(|block| is(&block.role))
            .find_map(|block| Some((number_in(&block.text)?, Place::Line(block.line + 1))))
    };
    labels
        .values(Meaning::DocNumber)
        .find_map(|(value, place)| Some((number_in(value)?, place)))
        .or_else(|| of_kind(|role| matches!(role, Role::Front(Front::DocNumber | Front::Title))))
        .or_else(|| order_number(blocks))
        .or_else(|| adopted_number(blocks))
        .or_else(|| of_kind(|role| *role == Role::Dropped(DropReason::FileName)))
        .or_else(|| Some((number_in(file_name)?, Place::FileName)))
}

/// `某市人民政府令` / `第 68 号`, also on one line; 令 alone is that of the bodies above.
fn order_number(blocks: &[Block]) -> Found<String> {
    let front: Vec<&Block> = blocks
        .iter()
        .take_while(|block| !block.is_open() && !matches!(block.role, Role::Heading(_)))
        .filter(|block| matches!(block.role, Role::Front(_)))
        .collect();
    let at = front.iter().position(|block| {
        let squeezed = without_blanks(&block.text);
        let is_head = official::red_head(&block.text).is_some()
            || squeezed == "令"
            || squeezed.ends_with("主席令");
        is_head && !squeezed.ends_with("文件")
    })?;
    let place = Place::Line(front[at].line + 1);
    let mut order = without_blanks(&front[at].text);
    let above = front.get(..at).unwrap_or_default().iter().rev();
    let mut bodies: Vec<&str> = above
        .take_while(|block| block.role == Role::Front(Front::Organisation))
        .map(|block| block.text.as_str())
        .collect();
    bodies.reverse();
    if order == "令" {
        order = format!("{}令", bodies.join(" "));
    } else if !bodies.is_empty() {
        // Of several bodies the state is not named before each.
        bodies.push(&order);
        let short = bodies.iter().map(|body| {
            let rest = body.strip_prefix("中华人民共和国");
            rest.unwrap_or(body)
        });
        order = short.collect::<Vec<_>>().join(" ");
    }
    if official::order_number(&order).is_some() {
        return Some((order, place));
    }
    let next = without_blanks(&front.get(at + 1)?.text);
    let number = official::order_number(&next)?.of(&next).to_owned();
    let is_alone = number.chars().count() + 2 >= next.chars().count();
    is_alone.then(|| (format!("{order}{number}"), place))
}

/// Lines of the front that tell how a law came about, each with its steps.
fn steps(blocks: &[Block]) -> impl Iterator<Item = (adoption::Step, Place)> + '_ {
    let lines = blocks
        .iter()
        .filter(|block| block.role == Role::Front(Front::Other))
        .filter(|block| official::is_adoption(&block.text));
    lines.flat_map(|block| {
        let place = Place::Line(block.line + 1);
        let steps = adoption::steps(&block.text).into_iter();
        steps.map(move |step| (step, place.clone()))
    })
}

/// The number of the order that published a law, of several the last.
fn adopted_number(blocks: &[Block]) -> Found<String> {
    let numbered = steps(blocks).filter_map(|(step, place)| Some((step.date, step.number?, place)));
    let (_, number, place) = numbered.max_by_key(|(date, ..)| *date)?;
    Some((number, place))
}

/// The date of issue that the text states.
fn date(blocks: &[Block], doc_type: DocType) -> Found<Date> {
    let signed = signature_date(blocks);
    let occasion = || occasion_date(blocks, doc_type == DocType::Regulation);
    // A report is of the day it was given; a date that stands alone is the page's.
    if doc_type == DocType::WorkReport {
        occasion().or(signed)
    } else {
        signed.or_else(occasion)
    }
}

/// The date that stands with the bodies of the signature; the first one counts.
/// A page that shows the time of day tells when it was put online.
fn signature_date(blocks: &[Block]) -> Found<Date> {
    blocks
        .iter()
        .filter(|block| matches!(block.role, Role::Front(Front::Date | Front::Organisation)))
        .filter(|block| !official::is_timed(&block.text))
        .find_map(|block| {
            let (date, _) = official::find_date(&block.text)?;
            Some((date, Place::Line(block.line + 1)))
        })
}

/// `2026年02月10日 07时41分` before the text: when the page was put online.
fn timed_date(blocks: &[Block]) -> Found<Date> {
    let block = blocks
        .iter()
        .find(|block| block.role == Role::Front(Front::Date) && official::is_timed(&block.text))?;
    let (date, _) = official::find_date(&block.text)?;
    Some((date, Place::Line(block.line + 1)))
}

/// The date of a meeting or of adoption; of a law the last one, when it took
/// its present form.
fn occasion_date(blocks: &[Block], is_law: bool) -> Found<Date> {
    if is_law {
        let issued = steps(blocks).filter(|(step, _)| step.act != adoption::Act::InForce);
        let last = issued.max_by_key(|(step, _)| step.date);
        if let Some((step, place)) = last {
            return Some((step.date, place));
        }
    }
    let dates = blocks
        .iter()
        .filter(|block| matches!(block.role, Role::Front(Front::Other)))
        .filter(|block| {
            let is_short = block.text.chars().count() <= MAX_OCCASION_CHARS;
            (is_short || is_law && official::is_adoption(&block.text))
                && !official::is_cover_notice(&block.text)
                && !official::is_imprint(&block.text)
                && !official::is_timed(&block.text)
                && !official::is_announcement(&block.text)
        })
        .flat_map(|block| {
            let place = Place::Line(block.line + 1);
            official::dates(&block.text)
                .into_iter()
                .map(move |date| (date, place.clone()))
        });
    if is_law {
        dates.max_by_key(|(date, _)| *date)
    } else {
        dates.into_iter().next()
    }
}

const MAX_OCCASION_CHARS: usize = 200;
