//! Whose plan it is: the level of government and the region, from issuers and title.
//!
//! Divisions are known by name (`divisions.txt`). What neither the issuers nor the
//! title say in so many words stays empty: a name that several regions share gives
//! no parents, and a city that is in no list gives no level.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::short_names::short_name;

/// Level of the government that issued a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// 国家.
    Nation,
    /// 省: province, autonomous region, municipality.
    Province,
    /// 市: prefecture.
    Prefecture,
    /// 区县: district, county, county-level city, development zone.
    County,
    /// 乡镇: town, township, street.
    Town,
}

/// Level and region of a document, as far as they are stated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jurisdiction {
    /// Level of government.
    pub level: Option<Level>,
    /// The region with those that it lies in, from the widest; 全国 for the nation.
    pub regions: Vec<String>,
}

/// The name of the nation among the regions.
pub const NATION: &str = "全国";

/// The corps that governs as a province does.
const CORPS: &str = "新疆生产建设兵团";

/// Longest name of a division, in characters.
const MAX_NAME_CHARS: usize = 16;

/// What opens the names of bodies of the nation.
const NATIONAL: [&str; 34] = [
    "中共中央",
    "中国共产党中央",
    "中央",
    "全国人民代表大会",
    "全国人大",
    "国务院",
    "中华人民共和国",
    "国家",
    "最高人民",
    "中国人民银行",
    "中国证券监督管理委员会",
    "中国气象局",
    "中国民用航空局",
    "海关总署",
    "教育部",
    "科学技术部",
    "科技部",
    "工业和信息化部",
    "公安部",
    "民政部",
    "司法部",
    "财政部",
    "人力资源和社会保障部",
    "人力资源社会保障部",
    "自然资源部",
    "生态环境部",
    "住房和城乡建设部",
    "住房城乡建设部",
    "交通运输部",
    "水利部",
    "农业农村部",
    "商务部",
    "文化和旅游部",
    "应急管理部",
];

/// What opens the titles of plans of the nation.
const NATIONAL_TITLES: [&str; 4] = ["中华人民共和国", "国务院", "中共中央", "全国"];

/// What ends the name of an area with an administration of its own but no entry in
/// the list of divisions.
const AREAS: [&str; 10] = [
    "开发区",
    "高新区",
    "经开区",
    "保税区",
    "示范区",
    "度假区",
    "合作区",
    "管理区",
    "港区",
    "新区",
];

/// What follows the name of a division in the name of a body.
const BODIES: [&str; 9] = [
    "人民政府",
    "政府",
    "人民代表大会",
    "管理委员会",
    "管委会",
    "开发建设管理委员会",
    "党工委",
    "委员会",
    "委",
];

impl Level {
    /// All levels, from the nation down.
    pub const ALL: [Self; 5] = [
        Self::Nation,
        Self::Province,
        Self::Prefecture,
        Self::County,
        Self::Town,
    ];

    /// The Chinese name, as in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nation => "国家",
            Self::Province => "省",
            Self::Prefecture => "市",
            Self::County => "区县",
            Self::Town => "乡镇",
        }
    }

    /// Finds the level of this name; 区, 县 and 区/县 are 区县.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "区" | "县" | "区/县" | "县区" => Some(Self::County),
            _ => Self::ALL.into_iter().find(|level| level.name() == name),
        }
    }
}

/// A division by its place in the tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Division {
    pub(super) level: Level,
    pub(super) province: &'static str,
    prefecture: Option<&'static str>,
}

impl Division {
    /// The division as a place by itself, `name` in full.
    pub(super) fn jurisdiction(self, name: &str) -> Jurisdiction {
        let mut regions = vec![self.province.to_owned()];
        regions.extend(self.prefecture.map(str::to_owned));
        if self.level != Level::Province {
            regions.push(name.to_owned());
        }
        Jurisdiction {
            level: Some(self.level),
            regions,
        }
    }
}

/// The divisions of each name.
static DIVISIONS: LazyLock<HashMap<Cow<'static, str>, Vec<Division>>> = LazyLock::new(|| {
    let mut all: HashMap<&str, Vec<Division>> = HashMap::new();
    let mut province = "";
    let lines = include_str!("divisions.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        if !line.starts_with(' ') {
            province = line.trim();
            all.entry(province).or_default().push(Division {
                level: Level::Province,
                province,
                prefecture: None,
            });
            continue;
        }
        let mut names = line.split_whitespace();
        let prefecture = names.next().filter(|name| *name != "-");
        if let Some(name) = prefecture {
            all.entry(name).or_default().push(Division {
                level: Level::Prefecture,
                province,
                prefecture: None,
            });
        }
        for name in names {
            all.entry(name).or_default().push(Division {
                level: Level::County,
                province,
                prefecture,
            });
        }
    }
    let short: Vec<(String, Vec<Division>)> = all
        .iter()
        .filter_map(|(name, divisions)| Some((short_name(name)?, divisions.clone())))
        .filter(|(short, _)| !all.contains_key(short.as_str()))
        .collect();
    let mut divisions: HashMap<Cow<str>, Vec<Division>> = HashMap::new();
    for (name, found) in all {
        divisions.insert(Cow::Borrowed(name), found);
    }
    for (name, found) in short {
        divisions.entry(Cow::Owned(name)).or_default().extend(found);
    }
    divisions
});

/// The provinces with their names.
pub(super) fn provinces() -> Vec<(&'static str, Division)> {
    let all = DIVISIONS.values().flatten();
    let mut provinces: Vec<_> = all
        .filter(|one| one.level == Level::Province)
        .map(|one| (one.province, *one))
        .collect();
    provinces.sort_unstable_by_key(|(name, _)| *name);
    provinces.dedup_by_key(|(name, _)| *name);
    provinces
}

impl Jurisdiction {
    /// Finds level and region. The first issuer that names them counts, otherwise
    /// the title.
    ///
    /// ```
    /// use plansearch_document::{Jurisdiction, Level};
    /// let found = Jurisdiction::of(&["平湖市人民政府".to_owned()], "");
    /// assert_eq!(found.level, Some(Level::County));
    /// assert_eq!(found.regions, ["浙江省", "嘉兴市", "平湖市"]);
    /// let found = Jurisdiction::of(&[], "老旧小区改造三年行动方案");
    /// assert_eq!(found, Jurisdiction::default());
    /// ```
    pub fn of(issuers: &[String], title: &str) -> Self {
        let mut issuers = issuers.iter();
        issuers
            .find_map(|issuer| of_issuer(issuer))
            .or_else(|| of_title(title))
            .unwrap_or_default()
    }

    fn nation() -> Self {
        Self {
            level: Some(Level::Nation),
            regions: vec![NATION.to_owned()],
        }
    }
}

fn of_issuer(issuer: &str) -> Option<Jurisdiction> {
    let name: String = issuer.chars().filter(|c| !c.is_whitespace()).collect();
    let name = name
        .strip_prefix("中共中央")
        .map_or_else(|| name.strip_prefix("中共"), |_| None)
        .or_else(|| {
            name.strip_prefix("中国共产党")
                .filter(|rest| !rest.starts_with("中央"))
        })
        .unwrap_or(&name);
    if name.starts_with(CORPS) {
        return Some(Jurisdiction {
            level: Some(Level::Province),
            regions: vec!["新疆维吾尔自治区".to_owned(), CORPS.to_owned()],
        });
    }
    if let Some(found) = chain(name, true) {
        return Some(found);
    }
    let is_national = NATIONAL.iter().any(|opening| name.starts_with(opening));
    if is_national {
        // 国家税务总局浙江省税务局 is a body of the province.
        let starts = name.char_indices().skip(1);
        let below = starts.filter_map(|(at, _)| name.get(at..));
        let of_province = |rest: &str| {
            DIVISIONS.iter().any(|(name, divisions)| {
                divisions.iter().any(|one| one.level == Level::Province)
                    && rest.starts_with(name.as_ref())
            })
        };
        let found = below
            .into_iter()
            .find(|rest| of_province(rest))
            .and_then(|rest| chain(rest, true));
        return Some(found.unwrap_or_else(Jurisdiction::nation));
    }
    None
}

fn of_title(title: &str) -> Option<Jurisdiction> {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let mut rest = title.as_str();
    for opening in ["《", "关于", "印发", "《"] {
        rest = rest.strip_prefix(opening).unwrap_or(rest);
    }
    if NATIONAL_TITLES
        .iter()
        .any(|opening| rest.starts_with(opening))
    {
        return Some(Jurisdiction::nation());
    }
    chain(rest, false)
}

/// The divisions that `text` begins with, one within the other. The name of a body
/// may also open with an area that is in no list.
fn chain(text: &str, is_body: bool) -> Option<Jurisdiction> {
    let mut found: Option<Jurisdiction> = None;
    let mut rest = text;
    while let Some((name, division)) = division_at(rest, found.as_ref()) {
        // In a title a name of several places is a word like any other.
        if division.is_none() && !is_body {
            break;
        }
        rest = rest.strip_prefix(name).unwrap_or_default();
        let level = division.map_or(Level::County, |division| division.level);
        let mut regions: Vec<String> = found.map(|found| found.regions).unwrap_or_default();
        if let Some(division) = division {
            regions = vec![division.province.to_owned()];
            regions.extend(division.prefecture.map(str::to_owned));
        }
        if regions.last().map(String::as_str) != Some(name) {
            regions.push(name.to_owned());
        }
        found = Some(Jurisdiction {
            level: Some(level),
            regions,
        });
        if level == Level::County {
            break;
        }
    }
    if let Some((name, level)) = unlisted(rest, found.is_some(), is_body) {
        let mut regions = found.map(|found| found.regions).unwrap_or_default();
        regions.extend(owner_of_area(&name, &regions));
        regions.push(name);
        return Some(Jurisdiction { level, regions });
    }
    found
}

/// The longest listed name at the start of `text` that lies in what was found
/// before; without its place in the tree where several places have the name.
pub(super) fn division_at<'a>(
    text: &'a str,
    within: Option<&Jurisdiction>,
) -> Option<(&'a str, Option<Division>)> {
    let ends: Vec<usize> = text
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take(MAX_NAME_CHARS)
        .collect();
    ends.iter().rev().find_map(|end| {
        let name = text.get(..*end)?;
        let named = DIVISIONS.get(name)?;
        let lies_within = |division: &&Division| match within {
            None => true,
            Some(outer) => {
                let is_own_name = outer.regions.last().map(String::as_str) == Some(name);
                let above = division.prefecture.unwrap_or(division.province);
                let last = outer.regions.last().map(String::as_str);
                !is_own_name && (last == Some(above) || last == Some(division.province))
            }
        };
        let fitting: Vec<&Division> = named.iter().filter(lies_within).collect();
        match fitting.as_slice() {
            [] => None,
            [only] => Some((name, Some(**only))),
            _ => Some((name, None)),
        }
    })
}

/// A division or area that is in no list, named at the start of `text`.
fn unlisted(text: &str, has_parent: bool, is_body: bool) -> Option<(String, Option<Level>)> {
    let chars: Vec<char> = text.chars().take(MAX_NAME_CHARS + 12).collect();
    let starts = |at: usize, word: &str| {
        let rest: String = chars.get(at..).unwrap_or_default().iter().collect();
        rest.starts_with(word)
    };
    let is_followed_by_body = |at: usize| BODIES.iter().any(|body| starts(at, body));
    for end in 2..=chars.len().min(MAX_NAME_CHARS) {
        let name: String = chars.get(..end)?.iter().collect();
        let is_area = AREAS.iter().any(|area| name.ends_with(area))
            && (has_parent || opens_with_place(&name))
            && AREAS.iter().all(|area| name != *area);
        if is_area && (!is_body || is_followed_by_body(end)) {
            return Some((name, Some(Level::County)));
        }
        if !is_body || !is_followed_by_body(end) {
            continue;
        }
        let level = match name.chars().last()? {
            '县' | '区' | '旗' => Some(Level::County),
            '镇' | '乡' => Some(Level::Town),
            '市' | '州' | '盟' => None,
            _ if name.ends_with("街道") => Some(Level::Town),
            _ => continue,
        };
        return Some((name, level));
    }
    // 街道办事处 is a body of its own kind.
    let at = text.find("街道办事处").filter(|_| is_body)?;
    let name = text.get(..at)?;
    let is_short = (1..=6).contains(&name.chars().count());
    is_short.then(|| (format!("{name}街道"), Some(Level::Town)))
}

/// Says whether the name of an area opens with the name of a place, as 嘉兴港区 does.
fn opens_with_place(name: &str) -> bool {
    place_that_opens(name).is_some()
}

/// The listed division whose name, without its last character, opens `name`.
fn place_that_opens(name: &str) -> Option<&'static str> {
    let chars: Vec<char> = name.chars().collect();
    (2..=chars.len().min(6)).rev().find_map(|end| {
        let short: String = chars.get(..end)?.iter().collect();
        ["市", "省", "县", "区"].iter().find_map(|kind| {
            let (full, divisions) = DIVISIONS.get_key_value(format!("{short}{kind}").as_str())?;
            (divisions.len() == 1).then(|| full.as_ref())
        })
    })
}

/// The regions that an area without a parent lies in, by the place in its name.
fn owner_of_area(name: &str, known: &[String]) -> Vec<String> {
    if !known.is_empty() {
        return Vec::new();
    }
    let Some(place) = AREAS
        .iter()
        .any(|area| name.ends_with(area))
        .then(|| place_that_opens(name))
        .flatten()
    else {
        return Vec::new();
    };
    let Some([division]) = DIVISIONS.get(place).map(Vec::as_slice) else {
        return Vec::new();
    };
    let mut regions = vec![division.province.to_owned()];
    regions.extend(division.prefecture.map(str::to_owned));
    if division.level != Level::Province {
        regions.push(place.to_owned());
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(issuers: &[&str], title: &str, level: Option<Level>, regions: &[&str]) {
        let issuers: Vec<String> = issuers.iter().map(|issuer| (*issuer).to_owned()).collect();
        let found = Jurisdiction::of(&issuers, title);
        assert_eq!(found.level, level, "{issuers:?} {title}");
        assert_eq!(found.regions, regions, "{issuers:?} {title}");
    }

    #[test]
    fn the_issuer_says_level_and_region() {
        use Level::{County, Nation, Prefecture, Province, Town};
        for (issuer, level, regions) in [
            ("国务院办公厅", Some(Nation), &["全国"][..]),
            ("中共中央", Some(Nation), &["全国"]),
            ("国家发展和改革委员会", Some(Nation), &["全国"]),
            ("财政部", Some(Nation), &["全国"]),
            ("浙江省人民政府办公厅", Some(Province), &["浙江省"]),
            ("上海市人民政府", Some(Province), &["上海市"]),
            ("国家税务总局山东省税务局", Some(Province), &["山东省"]),
            ("中共成都市委", Some(Prefecture), &["四川省", "成都市"]),
            (
                "广东省广州市人民政府",
                Some(Prefecture),
                &["广东省", "广州市"],
            ),
            (
                "昆山市人民政府",
                Some(County),
                &["江苏省", "苏州市", "昆山市"],
            ),
            ("浦东新区人民政府", Some(County), &["上海市", "浦东新区"]),
            ("鼓楼区人民政府", Some(County), &["鼓楼区"]),
            (
                "南京市鼓楼区人民政府",
                Some(County),
                &["江苏省", "南京市", "鼓楼区"],
            ),
            (
                "嘉兴港区开发建设管理委员会",
                Some(County),
                &["浙江省", "嘉兴市", "嘉兴港区"],
            ),
            ("某区管理委员会", Some(County), &["某区"]),
            ("某市人民政府", None, &["某市"]),
            (
                "阿坝州人民政府办公室",
                Some(Prefecture),
                &["四川省", "阿坝州"],
            ),
            (
                "西双版纳州人民政府",
                Some(Prefecture),
                &["云南省", "西双版纳州"],
            ),
            (
                "伊犁州人民政府",
                Some(Prefecture),
                &["新疆维吾尔自治区", "伊犁州"],
            ),
            (
                "达茂旗人民政府",
                Some(County),
                &["内蒙古自治区", "包头市", "达茂旗"],
            ),
            (
                "锡林郭勒盟行政公署办公室",
                Some(Prefecture),
                &["内蒙古自治区", "锡林郭勒盟"],
            ),
            (
                "新疆生产建设兵团办公厅",
                Some(Province),
                &["新疆维吾尔自治区", "新疆生产建设兵团"],
            ),
            ("清溪镇人民政府", Some(Town), &["清溪镇"]),
            ("办公室", None, &[]),
        ] {
            check(&[issuer], "", level, regions);
        }
    }

    #[test]
    fn a_title_says_it_only_with_a_known_name() {
        check(
            &[],
            "关于印发苏州市养老服务规划的通知",
            Some(Level::Prefecture),
            &["江苏省", "苏州市"],
        );
        check(&[], "全国国土空间规划纲要", Some(Level::Nation), &["全国"]);
        for title in [
            "城市更新行动方案",
            "新城区建设方案",
            "地区发展规划",
            "开发区条例",
            "社区养老",
        ] {
            check(&[], title, None, &[]);
        }
    }

    #[test]
    fn every_level_reads_back_from_its_name() {
        for level in Level::ALL {
            assert_eq!(Level::from_name(level.name()), Some(level));
        }
        assert_eq!(Level::from_name("区/县"), Some(Level::County));
    }
}
