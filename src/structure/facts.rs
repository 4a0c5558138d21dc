//! The facts about a document: who issued it, when, under which number.
//!
//! Read from the front matter only, in the order of trust: signature, labels,
//! title. What the source does not state stays empty; the body that put a text
//! online (发布机关) is not taken for its issuer when there is a signature.

use super::block::{Block, Front, Role, head, without_blanks};
use super::official;
use super::period;
use super::title::{self, Titles};
use crate::document::{Date, DocType, Metadata};
use crate::text::fold::is_blank;

/// Collects the facts; the second value is a doubt to tell the user.
pub(super) fn read(blocks: &[Block], file_name: &str) -> (Metadata, Option<String>) {
    let titles = Titles::of(blocks);
    let (title, doubt) = match titles.best() {
        Some(title) => (title, None),
        None => (
            file_title(file_name),
            Some(format!("no title in the text; `{file_name}` is used")),
        ),
    };
    let labels = labels(blocks);
    let labelled = |names: &[&str]| {
        labels
            .iter()
            .find(|(name, value)| names.contains(name) && !value.is_empty())
            .map(|(_, value)| *value)
    };
    let labelled_date = |names: &[&str]| {
        labelled(names)
            .and_then(official::find_date)
            .map(|(date, _)| date)
    };
    let doc_type = title::doc_type(&title);
    let dates = [
        signature_date(blocks),
        occasion_date(blocks, doc_type == DocType::Regulation),
    ];
    let [first, second] = dates;
    // A report is of the day it was given; a date that stands alone is the page's.
    let date = if doc_type == DocType::WorkReport {
        second.or(first)
    } else {
        first.or(second)
    };
    let metadata = Metadata {
        issuers: issuers(
            blocks,
            &titles,
            labelled(&["发文机关", "发文机构", "制发机关", "发布机构"]),
        ),
        doc_number: doc_number(
            blocks,
            labelled(&["发文字号", "发文文号", "文号", "字号"]),
            file_name,
        ),
        index_number: labelled(&["索引号"]).map(str::to_owned),
        date: labelled_date(&["成文日期", "发文日期", "印发日期"]).or(date),
        publish_date: labelled_date(&["发布日期", "发布时间", "公开日期", "时间"]),
        doc_type,
        period: period::of_title(&title).or_else(|| stated_period(blocks)),
        title,
    };
    (metadata, doubt)
}

/// `某规划(1).txt` as a title.
fn file_title(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    name.rsplit_once('.')
        .map_or(name, |(stem, _)| stem)
        .to_owned()
}

/// The labelled facts of the publishing page, also from rows of cells.
fn labels(blocks: &[Block]) -> Vec<(&'static str, &str)> {
    let mut labels = Vec::new();
    for block in blocks
        .iter()
        .filter(|block| block.role == Role::Front(Front::Label))
    {
        let cells: Vec<&str> = block.text.split('|').map(super::block::trim).collect();
        if let [only] = cells[..] {
            labels.extend(known_label(only));
            continue;
        }
        for pair in cells.windows(2) {
            let [name, value] = pair else { continue };
            let name = name.trim_end_matches(['：', ':']);
            if let Some(name) = known_name(name) {
                labels.push((name, *value));
            } else {
                labels.extend(known_label(pair[0]).filter(|(_, value)| !value.is_empty()));
            }
        }
    }
    labels
}

fn known_label(text: &str) -> Option<(&'static str, &str)> {
    let (name, value) = official::label(text)?;
    Some((known_name(name)?, value))
}

fn known_name(name: &str) -> Option<&'static str> {
    official::label_name(name)
}

/// The bodies of the signature; else those that open the title.
fn issuers(blocks: &[Block], titles: &Titles, labelled: Option<&str>) -> Vec<String> {
    let mut issuers: Vec<String> = Vec::new();
    for block in blocks
        .iter()
        .filter(|block| block.role == Role::Front(Front::Organisation))
    {
        let names: String = block
            .text
            .split(is_blank)
            .filter(|word| {
                official::whole_date(word).is_none() && !official::is_publication_note(word)
            })
            .collect::<Vec<_>>()
            .join(" ");
        if official::is_organisation(&names) {
            issuers.extend(official::organisations(&names));
        }
    }
    if issuers.is_empty() {
        issuers.extend(
            titles
                .lines
                .iter()
                .find_map(|line| bodies_of_title(line))
                .unwrap_or_default(),
        );
    }
    if issuers.is_empty() {
        issuers.extend(reporting_body(blocks, titles).or_else(|| legislator(blocks)));
    }
    if issuers.is_empty() {
        issuers.extend(
            labelled
                .filter(|name| official::is_organisation(name))
                .map(str::to_owned),
        );
    }
    let mut seen = Vec::new();
    issuers.retain(|name| {
        let is_new = !seen.contains(name);
        seen.push(name.clone());
        is_new
    });
    issuers
}

/// `某市人民政府关于…的通知`.
fn bodies_of_title(title: &str) -> Option<Vec<String>> {
    let names = title.find("关于").map(|at| head(title, at))?;
    official::is_organisation(names).then(|| official::organisations(names))
}

/// `现在，我代表某省人民政府，向大会报告工作`.
fn reporting_body(blocks: &[Block], titles: &Titles) -> Option<String> {
    blocks.iter().take(40).find_map(|block| {
        let at = block.text.find("我代表")? + "我代表".len();
        let name: String = super::block::tail(&block.text, at)
            .chars()
            .take_while(|c| c.is_alphabetic() && *c != '向')
            .take(20)
            .collect();
        let is_unnamed = name.strip_suffix("人民政府").is_some_and(|place| {
            matches!(
                place,
                "" | "省" | "市" | "县" | "区" | "州" | "旗" | "自治区"
            )
        });
        let name = if is_unnamed {
            let place = place_of_title(titles).or_else(|| place_of_speaker(blocks))?;
            format!("{place}人民政府")
        } else {
            name
        };
        official::is_organisation(&name).then_some(name)
    })
}

/// The place in `2026年某省政府工作报告` and `某县2023年政府工作报告`.
fn place_of_title(titles: &Titles) -> Option<String> {
    titles.lines.iter().find_map(|line| {
        let line = without_blanks(line);
        let at = ["人民政府工作报告", "政府工作报告"]
            .iter()
            .find_map(|name| line.find(name))?;
        let place: String = head(&line, at)
            .chars()
            .filter(|c| !c.is_ascii_digit() && *c != '年')
            .collect();
        let is_place =
            place.chars().count() >= 2 && place.ends_with(['省', '市', '县', '区', '州', '旗']);
        is_place.then_some(place)
    })
}

/// `某省省长 某某` speaks for 某省人民政府; so does `某省人民政府省长`.
fn place_of_speaker(blocks: &[Block]) -> Option<String> {
    let front = blocks
        .iter()
        .filter(|block| block.role == Role::Front(Front::Other));
    let lines: Vec<String> = front.map(|block| without_blanks(&block.text)).collect();
    lines.iter().find_map(|line| {
        let office = ["省长", "市长", "县长", "区长", "州长", "旗长", "主席"]
            .iter()
            .find_map(|office| line.find(office))?;
        let place = head(line, office).trim_end_matches("人民政府");
        let is_place = place.chars().count() >= 2 && place.chars().count() <= 16;
        is_place.then(|| place.to_owned())
    })
}

/// `…年…月…日 某省第十一届人民代表大会常务委员会第…次会议通过`.
fn legislator(blocks: &[Block]) -> Option<String> {
    blocks
        .iter()
        .filter(|block| block.role == Role::Front(Front::Other))
        .filter(|block| block.text.contains("通过"))
        .find_map(|block| {
            let text = without_blanks(&block.text);
            let (_, date) = official::find_date(&text)?;
            let rest = super::block::tail(&text, date.end);
            let end = ["常务委员会", "代表大会"]
                .iter()
                .find_map(|word| rest.find(word).map(|at| at + word.len()))?;
            let name = head(rest, end);
            let session = name.find('第').zip(name.find('届'));
            let name = match session {
                Some((from, to)) if from < to => {
                    format!(
                        "{}{}",
                        head(name, from),
                        super::block::tail(name, to + '届'.len_utf8())
                    )
                }
                _ => name.to_owned(),
            };
            official::is_organisation(&name).then_some(name)
        })
}

fn doc_number(blocks: &[Block], labelled: Option<&str>, file_name: &str) -> Option<String> {
    let number_in = |text: &str| {
        let number = official::find_doc_number(text)?.of(text);
        Some(number.chars().filter(|c| !is_blank(*c)).collect::<String>())
    };
    let of_kind = |is: fn(&Role) -> bool| {
        blocks
            .iter()
            .filter(|block| is(&block.role))
            .find_map(|block| number_in(&block.text))
    };
    labelled
        .and_then(number_in)
        .or_else(|| of_kind(|role| matches!(role, Role::Front(Front::DocNumber | Front::Title))))
        .or_else(|| of_kind(|role| *role == Role::Dropped(super::furniture::FILE_NAME)))
        .or_else(|| number_in(file_name))
}

/// The date that stands with the bodies of the signature; the first one counts.
fn signature_date(blocks: &[Block]) -> Option<Date> {
    blocks
        .iter()
        .filter(|block| matches!(block.role, Role::Front(Front::Date | Front::Organisation)))
        .find_map(|block| official::find_date(&block.text).map(|(date, _)| date))
}

/// The date of a meeting or of adoption; of a law the last one, when it took
/// its present form.
fn occasion_date(blocks: &[Block], is_law: bool) -> Option<Date> {
    let mut dates = blocks
        .iter()
        .filter(|block| matches!(block.role, Role::Front(Front::Other)))
        .filter(|block| {
            block.text.chars().count() <= 200 && !official::is_cover_notice(&block.text)
        })
        .flat_map(|block| official::dates(&block.text));
    if is_law { dates.max() } else { dates.next() }
}

fn stated_period(blocks: &[Block]) -> Option<crate::document::PlanPeriod> {
    blocks
        .iter()
        .filter(|block| block.is_open() || matches!(block.role, Role::Heading(_)))
        .find_map(|block| period::of_statement(&block.text))
}
