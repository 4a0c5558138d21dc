//! Short names of autonomous divisions and banners.

/// 阿坝州 for 阿坝藏族羌族自治州: the name of an autonomous prefecture, county or banner
/// without its peoples, and the usual short name of a banner.
pub(super) fn short_name(name: &str) -> Option<String> {
    if let Some((_, short)) = SHORT_BANNERS.iter().find(|(full, _)| *full == name) {
        return Some((*short).to_owned());
    }
    let (kind, own) = [("自治州", '州'), ("自治县", '县'), ("自治旗", '旗')]
        .into_iter()
        .find(|(kind, _)| name.ends_with(kind))?;
    let mut place = name.strip_suffix(kind)?;
    while let Some(rest) = PEOPLES
        .iter()
        .find_map(|people| place.strip_suffix(people).filter(|rest| !rest.is_empty()))
    {
        place = rest;
    }
    let is_short = place.chars().count() >= 2 && name.strip_suffix(kind) != Some(place);
    is_short.then(|| format!("{place}{own}"))
}

/// The peoples in the names of autonomous divisions, the longer ones first.
const PEOPLES: [&str; 42] = [
    "柯尔克孜族",
    "柯尔克孜",
    "哈萨克族",
    "哈萨克",
    "达斡尔族",
    "鄂温克族",
    "鄂伦春族",
    "布依族",
    "土家族",
    "傈僳族",
    "哈尼族",
    "景颇族",
    "朝鲜族",
    "蒙古族",
    "蒙古",
    "拉祜族",
    "纳西族",
    "普米族",
    "布朗族",
    "仡佬族",
    "仫佬族",
    "毛南族",
    "东乡族",
    "保安族",
    "撒拉族",
    "裕固族",
    "塔吉克",
    "锡伯",
    "各族",
    "藏族",
    "羌族",
    "彝族",
    "白族",
    "傣族",
    "壮族",
    "苗族",
    "侗族",
    "瑶族",
    "水族",
    "回族",
    "土族",
    "畲族",
];

/// Usual short names of banners.
const SHORT_BANNERS: [(&str, &str); 15] = [
    ("达尔罕茂明安联合旗", "达茂旗"),
    ("科尔沁左翼中旗", "科左中旗"),
    ("科尔沁左翼后旗", "科左后旗"),
    ("科尔沁右翼前旗", "科右前旗"),
    ("科尔沁右翼中旗", "科右中旗"),
    ("察哈尔右翼前旗", "察右前旗"),
    ("察哈尔右翼中旗", "察右中旗"),
    ("察哈尔右翼后旗", "察右后旗"),
    ("东乌珠穆沁旗", "东乌旗"),
    ("西乌珠穆沁旗", "西乌旗"),
    ("阿拉善左旗", "阿左旗"),
    ("阿拉善右旗", "阿右旗"),
    ("新巴尔虎左旗", "新左旗"),
    ("新巴尔虎右旗", "新右旗"),
    ("莫力达瓦达斡尔族自治旗", "莫旗"),
];
