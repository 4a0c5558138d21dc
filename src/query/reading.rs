//! How a text is read, in letters without tones: what people type who do not
//! change to Chinese.
//!
//! Readings come from the `pinyin` crate. A character has its commonest reading
//! but in the words below, where it is read otherwise. `ü` is typed `v`.

use pinyin::ToPinyin;

use super::confusion::sounds;

/// Words in which a character is not read as it is mostly, with the readings.
const OTHERWISE: [(&str, &[&str]); 42] = [
    ("银行", &["yin", "hang"]),
    ("央行", &["yang", "hang"]),
    ("行业", &["hang", "ye"]),
    ("行列", &["hang", "lie"]),
    ("行情", &["hang", "qing"]),
    ("商行", &["shang", "hang"]),
    ("长江", &["chang", "jiang"]),
    ("长三角", &["chang", "san", "jiao"]),
    ("长效", &["chang", "xiao"]),
    ("长期", &["chang", "qi"]),
    ("长远", &["chang", "yuan"]),
    ("长度", &["chang", "du"]),
    ("长廊", &["chang", "lang"]),
    ("增长", &["zeng", "zhang"]),
    ("成长", &["cheng", "zhang"]),
    ("市长", &["shi", "zhang"]),
    ("校长", &["xiao", "zhang"]),
    ("河长", &["he", "zhang"]),
    ("林长", &["lin", "zhang"]),
    ("重庆", &["chong", "qing"]),
    ("重建", &["chong", "jian"]),
    ("重组", &["chong", "zu"]),
    ("重构", &["chong", "gou"]),
    ("重新", &["chong", "xin"]),
    ("都市", &["du", "shi"]),
    ("首都", &["shou", "du"]),
    ("成都", &["cheng", "du"]),
    ("调整", &["tiao", "zheng"]),
    ("调节", &["tiao", "jie"]),
    ("调解", &["tiao", "jie"]),
    ("协调", &["xie", "tiao"]),
    ("调控", &["tiao", "kong"]),
    ("调峰", &["tiao", "feng"]),
    ("调水", &["diao", "shui"]),
    ("调查", &["diao", "cha"]),
    ("调度", &["diao", "du"]),
    ("会计", &["kuai", "ji"]),
    ("音乐", &["yin", "yue"]),
    ("供给", &["gong", "ji"]),
    ("给水", &["ji", "shui"]),
    ("率先", &["shuai", "xian"]),
    ("处理", &["chu", "li"]),
];

/// The reading of each character; one that is not read in Chinese has none.
///
/// ```
/// use plansearch_query::readings;
/// let read = |text: &str| readings(&text.chars().collect::<Vec<_>>());
/// assert_eq!(read("氢能"), [Some("qing"), Some("neng")]);
/// assert_eq!(read("银行5G"), [Some("yin"), Some("hang"), None, None]);
/// ```
pub fn readings(chars: &[char]) -> Vec<Option<&'static str>> {
    let mut readings: Vec<Option<&'static str>> = chars
        .iter()
        .map(|c| c.to_pinyin().map(|pinyin| typed(pinyin.plain())))
        .collect();
    for start in 0..chars.len() {
        for (word, otherwise) in OTHERWISE {
            if word
                .chars()
                .eq(chars[start..].iter().copied().take(word.chars().count()))
            {
                for (slot, reading) in readings[start..].iter_mut().zip(otherwise) {
                    *slot = Some(reading);
                }
            }
        }
    }
    readings
}

/// Says whether `letters`, typed in full or as first letters and broken off
/// anywhere, can be read as the beginning of `chars`.
///
/// ```
/// use plansearch_query::reads_as;
/// let chars: Vec<char> = "能产业".chars().collect();
/// for letters in ["n", "nengch", "ncy", "nengcy"] {
///     assert!(reads_as(letters, &chars), "{letters}");
/// }
/// assert!(!reads_as("ny", &chars));
/// ```
pub fn reads_as(letters: &str, chars: &[char]) -> bool {
    if letters.is_empty() {
        return true;
    }
    let Some((first, rest)) = chars.split_first() else {
        return false;
    };
    if let Some(letters) = letters.strip_prefix(*first) {
        return reads_as(letters, rest);
    }
    sounds(*first).into_iter().map(typed).any(|sound| {
        if sound.starts_with(letters) {
            return true;
        }
        if let Some(letters) = letters.strip_prefix(sound)
            && reads_as(letters, rest)
        {
            return true;
        }
        let initial = sound.chars().next();
        let behind = initial.and_then(|initial| letters.strip_prefix(initial));
        behind.is_some_and(|letters| reads_as(letters, rest))
    })
}

/// A sound as it is typed.
fn typed(sound: &'static str) -> &'static str {
    match sound {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide_between_the_readings_of_a_character() {
        let read = |text: &str| -> String {
            let chars: Vec<char> = text.chars().collect();
            readings(&chars)
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(read("长三角银行"), "chang san jiao yin hang");
        assert_eq!(read("经济增长"), "jing ji zeng zhang");
        assert_eq!(read("绿色女性"), "lv se nv xing");
        assert!(
            OTHERWISE
                .iter()
                .all(|(word, read)| word.chars().count() == read.len())
        );
    }
}
