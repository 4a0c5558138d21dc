//! Which bodies issued a document.
//!
//! In the order of trust: the signature (of an office: the body of the red head), 发文机关 on the page, the bodies that open
//! the title, those a newspaper names, who reports or adopted, the red head, and
//! last the body that put the text online.

use super::adoption::{self, Act, Step};
use super::block::{Block, Front, Role, head, tail, without_blanks};
use super::facts::{Found, Labels};
use super::labels::Meaning;
use super::title::Titles;
use super::{body, official};
use plansearch_document::Place;
use plansearch_text::fold::is_blank;

/// Finds the issuers, each once, in the order of the source.
pub(super) fn of(blocks: &[Block], titles: &Titles, labels: &Labels) -> Found<Vec<String>> {
    let (mut issuers, place) = signed(blocks)
        .map(|signed| headed(signed, blocks))
        .or_else(|| labelled(labels, Meaning::Issuers))
        .or_else(|| of_titles(titles))
        .or_else(|| announced(blocks))
        .or_else(|| reporting_body(blocks, titles))
        .or_else(|| speaking_body(blocks))
        .or_else(|| legislator(blocks))
        .or_else(|| red_head(blocks))
        .or_else(|| labelled(labels, Meaning::Publisher))?;
    let region = region_of(titles, &issuers);
    for name in &mut issuers {
        let sealed = name.trim_end_matches("（代章）").trim_end_matches("(代章)");
        let sealed = without_state(sealed);
        *name = plansearch_document::full_body_name(&unabridged(sealed, region.as_deref()));
    }
    let mut seen: Vec<String> = Vec::new();
    issuers.retain(|name| {
        let is_new = !seen.contains(name);
        seen.push(name.clone());
        is_new
    });
    Some((issuers, place))
}

/// 中华人民共和国交通运输部 without the state: a ministry, not a customs house abroad.
fn without_state(name: &str) -> &str {
    let rest = name.strip_prefix("中华人民共和国");
    let is_ministry = |rest: &&str| {
        rest.ends_with(['部', '署']) || ["国家", "国务院"].iter().any(|w| rest.starts_with(w))
    };
    rest.filter(is_ministry)
        .filter(|rest| official::is_organisation(rest))
        .unwrap_or(name)
}

/// The bodies of the signature: those above the first date. A second group of names
/// signs a text that the first one forwards.
fn signed(blocks: &[Block]) -> Found<Vec<String>> {
    let mut issuers: Vec<String> = Vec::new();
    let mut place = None;
    for (idx, block) in blocks.iter().enumerate() {
        let is_body = |block: &Block| block.role == Role::Front(Front::Organisation);
        // 文件 stands beside one of several bodies of a red head.
        let beside = [idx.checked_sub(1), Some(idx + 1)].into_iter().flatten();
        let is_of_head = block.role == Role::Front(Front::Other)
            && beside.filter_map(|at| blocks.get(at)).any(is_body);
        let names = official::red_head(&block.text).filter(|_| is_of_head);
        if !is_body(block) && names.is_none() {
            if block.role == Role::Front(Front::Date) && !issuers.is_empty() {
                break;
            }
            continue;
        }
        let text = names.unwrap_or(&block.text);
        let words = text.split(is_blank).filter(|word| !word.is_empty());
        let is_date = |word: &&str| official::whole_date(word).is_some();
        let has_date = words.clone().any(|word| is_date(&word));
        let names = words.filter(|word| !is_date(word) && !official::is_publication_note(word));
        let names = names.collect::<Vec<_>>().join(" ");
        if !names.is_empty() {
            place.get_or_insert(Place::Line(block.line + 1));
            issuers.extend(official::organisations(&names));
        }
        if has_date {
            break;
        }
    }
    Some((issuers, place?))
}

/// A body whose office signs below its own red head is the issuer: 某局文件, signed
/// 某局办公室.
fn headed((issuers, place): (Vec<String>, Place), blocks: &[Block]) -> (Vec<String>, Place) {
    let head = red_head(blocks).filter(|(heads, _)| {
        let is_office_of = |name: &String| {
            let head = heads.first().filter(|_| heads.len() == 1);
            head.and_then(|head| name.strip_prefix(head.as_str())) == Some("办公室")
        };
        issuers.iter().all(is_office_of)
    });
    head.unwrap_or((issuers, place))
}

/// The bodies under a label, also a list of them.
fn labelled(labels: &Labels, meaning: Meaning) -> Found<Vec<String>> {
    labels.values(meaning).find_map(|(value, place)| {
        let names = value.split([',', '，', '、', ';', '；', '/']);
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        let are_bodies = !names.is_empty() && names.iter().all(|n| official::is_organisation(n));
        let issuers = names.into_iter().flat_map(official::organisations);
        are_bodies.then(|| (issuers.collect(), place))
    })
}

fn of_titles(titles: &Titles) -> Found<Vec<String>> {
    titles
        .lines
        .iter()
        .find_map(|line| Some((bodies_of_title(&line.text)?, line.place.clone())))
}

/// `某市人民政府关于…的通知`, `某委 某府印发《…》`, `某局2024年工作要点`; of 甲部等三部门
/// only the first is named.
fn bodies_of_title(title: &str) -> Option<Vec<String>> {
    let year = title.find(|c: char| c.is_ascii_digit());
    let at = ["关于", "印发", "转发", "批转", "发布《", "公布《"]
        .iter()
        .filter_map(|word| title.find(word))
        .chain(year)
        .min()?;
    let names = head(title, at).trim();
    if official::is_organisation(names) {
        return Some(official::organisations(names));
    }
    let first = names.split_once('等').filter(|(_, rest)| {
        ["部门", "单位", "部委", "委局", "家"]
            .iter()
            .any(|end| rest.ends_with(end))
    });
    first
        .filter(|(name, _)| official::is_organisation(name))
        .map(|(name, _)| official::organisations(name))
}

/// The region that the title, or the first issuer that names one, opens with: 海城市.
fn region_of(titles: &Titles, issuers: &[String]) -> Option<String> {
    let of = |text: &str| {
        let text = text.trim_start_matches("关于").trim_start_matches("印发");
        let text = text.trim_start_matches("中共").trim_start_matches('《');
        let (at, c) = text
            .char_indices()
            .skip(1)
            .take(MAX_REGION_CHARS)
            .find(|(_, c)| body::is_region_mark(*c))?;
        Some(head(text, at + c.len_utf8()).to_owned())
    };
    let named = issuers.iter().filter(|name| !body::is_short_form(name));
    let texts = named.map(String::as_str);
    texts
        .chain(titles.lines.iter().map(|line| line.text.as_str()))
        .find_map(of)
}

const MAX_REGION_CHARS: usize = 10;

/// 市政府办公室 under the title of 海城市 is 海城市人民政府办公室.
fn unabridged(name: &str, region: Option<&str>) -> String {
    let Some(region) = region.filter(|_| body::is_short_form(name)) else {
        return name.to_owned();
    };
    let mark = name.chars().next().unwrap_or_default();
    let rest = tail(name, mark.len_utf8());
    if !region.ends_with(mark) {
        return name.to_owned();
    }
    let rest = match rest.strip_prefix("政府") {
        Some(office) => format!("人民政府{office}"),
        None => rest.to_owned(),
    };
    match rest.as_str() {
        "委" => format!("中共{region}委"),
        "委办公室" => format!("中共{region}委办公室"),
        _ => format!("{region}{rest}"),
    }
}

/// `近日，某委、某府印发了《…》`.
fn announced(blocks: &[Block]) -> Found<Vec<String>> {
    blocks
        .iter()
        .filter(|block| block.role == Role::Front(Front::Other))
        .filter(|block| official::is_announcement(&block.text))
        .find_map(|block| {
            let at = ["印发了《", "印发《", "发布《", "公布《"]
                .iter()
                .filter_map(|word| block.text.find(word))
                .min()?;
            let before = head(&block.text, at);
            let begin = before.rfind(['，', ',', '。', '电', '日', '　', ' ']);
            let names = tail(before, begin.unwrap_or(0));
            let names =
                names.trim_start_matches(|c: char| !c.is_alphabetic() || c == '电' || c == '日');
            let names: Vec<String> = names.split('、').map(str::to_owned).collect();
            let are_bodies = names.iter().all(|name| official::is_organisation(name));
            are_bodies.then(|| (names, Place::Line(block.line + 1)))
        })
}

/// `某市人民政府文件` above number and title.
fn red_head(blocks: &[Block]) -> Found<Vec<String>> {
    blocks
        .iter()
        .filter(|block| block.role == Role::Front(Front::Other))
        .find_map(|block| {
            let names = official::red_head(&block.text)?;
            Some((official::organisations(names), Place::Line(block.line + 1)))
        })
}

/// `现在，我代表某省人民政府，向大会报告工作`.
fn reporting_body(blocks: &[Block], titles: &Titles) -> Found<Vec<String>> {
    blocks.iter().take(40).find_map(|block| {
        let at = block.text.find("我代表")? + "我代表".len();
        let name: String = tail(&block.text, at)
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
        official::is_organisation(&name).then(|| (vec![name], Place::Line(block.line + 1)))
    })
}

/// `某市发展和改革委员会主任 张 明`: the body whose head gives the report.
fn speaking_body(blocks: &[Block]) -> Found<Vec<String>> {
    let front = blocks
        .iter()
        .filter(|block| block.role == Role::Front(Front::Other));
    front
        .filter(|block| block.text.chars().count() <= MAX_SPEAKER_CHARS)
        .find_map(|block| {
            let first = block.text.split(is_blank).next()?;
            let body = ["主任", "局长", "厅长", "部长", "院长", "检察长"]
                .iter()
                .find_map(|rank| first.strip_suffix(rank))?;
            // 财政局局长 names the body, 财政局长 does not name it whole.
            official::is_organisation(body)
                .then(|| (official::organisations(body), Place::Line(block.line + 1)))
        })
}

const MAX_SPEAKER_CHARS: usize = 32;

/// The place in `2026年某省政府工作报告` and `某县2023年政府工作报告`.
fn place_of_title(titles: &Titles) -> Option<String> {
    titles.lines.iter().find_map(|line| {
        let line = without_blanks(&line.text);
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
        let place = head(line, office).trim_end_matches('代');
        let place = place.trim_end_matches("人民政府");
        let is_place = place.chars().count() >= 2 && place.chars().count() <= 16;
        is_place.then(|| place.to_owned())
    })
}

/// The body that published a law, otherwise the one that adopted it first.
fn legislator(blocks: &[Block]) -> Found<Vec<String>> {
    let front = blocks
        .iter()
        .filter(|block| block.role == Role::Front(Front::Other))
        .filter(|block| official::find_date(&block.text).is_some());
    let steps: Vec<(Step, Place)> = front
        .flat_map(|block| {
            let place = Place::Line(block.line + 1);
            let steps = adoption::steps(&block.text).into_iter();
            steps.map(move |step| (step, place.clone()))
        })
        .filter(|(step, _)| step.body.is_some())
        .collect();
    let of = |act: Act| steps.iter().find(|(step, _)| step.act == act);
    let (step, place) = of(Act::Published)
        .or_else(|| of(Act::Adopted))
        .or_else(|| of(Act::Amended))?;
    Some((vec![step.body.clone()?], place.clone()))
}
