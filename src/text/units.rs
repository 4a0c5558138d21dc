//! Units behind numbers, each in one spelling: ㎡, m² and 平方米 are m2.

/// Units with their spellings, folded; the first is the one that stands for all.
const UNITS: &[&[&str]] = &[
    &["%"],
    &["百分点", "个百分点"],
    &["‰"],
    &["元", "元人民币", "人民币元"],
    &["美元"],
    &["港元"],
    &["欧元"],
    &["日元"],
    &["m2", "平方米", "平米"],
    &["km2", "平方公里", "平方千米"],
    &["m3", "立方米"],
    &["公顷", "hm2"],
    &["亩"],
    &["km", "公里", "千米"],
    &["m", "米"],
    &["cm", "厘米"],
    &["mm", "毫米"],
    &["海里"],
    &["t", "吨"],
    &["kg", "公斤", "千克"],
    &["克"],
    &["斤"],
    &["kw", "千瓦"],
    &["mw", "兆瓦"],
    &["gw", "吉瓦"],
    &["瓦"],
    &["kwh", "kw·h", "千瓦时", "千瓦小时"],
    &["mwh", "兆瓦时"],
    &["kv", "千伏"],
    &["伏"],
    &["kva", "千伏安"],
    &["°c", "摄氏度"],
    &["db", "分贝", "db(a)"],
    &["μg/m3", "微克/立方米", "微克每立方米"],
    &["mg/m3", "毫克/立方米", "毫克每立方米"],
    &["mg/l", "毫克/升", "毫克每升"],
    &["km/h", "公里/小时", "千米/小时", "公里每小时", "千米每小时"],
    &["升"],
    &["ml", "毫升"],
    &["teu", "标箱", "标准箱", "标准集装箱"],
    &["吨标准煤"],
    &["年"],
    &["个月"],
    &["月"],
    &["日"],
    &["号"],
    &["天"],
    &["h", "小时", "个小时"],
    &["min", "分钟"],
    &["秒"],
    &["周"],
    &["岁"],
    &["倍"],
    &["成"],
    &["人"],
    &["人次"],
    &["户"],
    &["户次"],
    &["个"],
    &["家"],
    &["项"],
    &["座"],
    &["条"],
    &["款"],
    &["章"],
    &["节"],
    &["篇"],
    &["编"],
    &["所"],
    &["次"],
    &["名"],
    &["位"],
    &["张"],
    &["辆"],
    &["艘"],
    &["架"],
    &["台"],
    &["套"],
    &["台套"],
    &["处"],
    &["件"],
    &["部"],
    &["级"],
    &["类"],
    &["批"],
    &["期"],
    &["届"],
    &["层"],
    &["栋"],
    &["间"],
    &["场"],
    &["种"],
    &["组"],
    &["支"],
    &["门"],
    &["里"],
    &["村"],
    &["路"],
    &["线"],
    &["床"],
    &["张床位"],
    &["班"],
    &["对"],
    &["只"],
    &["头"],
    &["株"],
];

/// The unit that the folded characters at `at` begin with, the longest one, and behind which
/// character it ends.
pub(super) fn unit_at(
    chars: &[char],
    at: usize,
    is_chinese: bool,
) -> Option<(&'static str, usize)> {
    let rest = chars.get(at..)?;
    let first = rest.first()?;
    let mut best: Option<(&'static str, usize)> = None;
    for spellings in UNITS {
        for spelling in *spellings {
            let n_chars = spelling.chars().count();
            let is_longer = best.is_none_or(|(_, end)| at + n_chars > end);
            if !spelling.starts_with(*first) || !is_longer || !begins_with(rest, spelling) {
                continue;
            }
            let is_latin = spelling.ends_with(|c: char| c.is_ascii_alphanumeric());
            let goes_on = rest.get(n_chars).is_some_and(char::is_ascii_alphanumeric);
            if is_latin && (goes_on || is_chinese) {
                continue;
            }
            let name = spellings.first();
            best = name.map(|name| (*name, at + n_chars));
        }
    }
    best
}

fn begins_with(chars: &[char], text: &str) -> bool {
    let mut rest = chars.iter();
    text.chars().all(|c| rest.next() == Some(&c))
}
