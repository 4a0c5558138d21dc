//! Readings that are typed otherwise: lu for lü, and sounds that many do not tell apart.

/// Sounds that are typed one for the other.
const ALIKE: [(&str, &str); 16] = [
    ("lu", "lv"),
    ("nu", "nv"),
    ("zh", "z"),
    ("z", "zh"),
    ("ch", "c"),
    ("c", "ch"),
    ("sh", "s"),
    ("s", "sh"),
    ("n", "l"),
    ("l", "n"),
    ("ing", "in"),
    ("in", "ing"),
    ("eng", "en"),
    ("en", "eng"),
    ("ang", "an"),
    ("an", "ang"),
];

/// How many sounds may be typed otherwise at once.
const MAX_OTHERS: usize = 2;
/// More readings than this are not tried.
const MAX_READINGS: usize = 64;

/// Letters of a reading as the keys of names have them: ü is v, however it is typed.
///
/// ```
/// use plansearch_query::plain_reading;
/// assert_eq!(plain_reading("lyuse"), "lvse");
/// assert_eq!(plain_reading("lüse"), "lvse");
/// ```
pub fn plain_reading(letters: &str) -> String {
    let plain = letters.replace('ü', "v").replace('\'', "");
    plain.replace("lyu", "lv").replace("nyu", "nv")
}

/// Other readings that may have been meant, the nearest first: lu for lü, z for zh, n for
/// l, in for ing.
///
/// ```
/// use plansearch_query::other_readings;
/// assert_eq!(other_readings("luse")[0], "lvse");
/// assert!(other_readings("zongguo").contains(&"zhongguo".to_owned()));
/// assert!(other_readings("lanhang").contains(&"nanhang".to_owned()));
/// ```
pub fn other_readings(letters: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut from = vec![letters.to_owned()];
    for _ in 0..MAX_OTHERS {
        let mut next = Vec::new();
        for reading in &from {
            for other in with_one_other(reading) {
                if other != letters && !found.contains(&other) && found.len() < MAX_READINGS {
                    found.push(other.clone());
                    next.push(other);
                }
            }
        }
        from = next;
    }
    found
}

fn with_one_other(reading: &str) -> Vec<String> {
    let mut others = Vec::new();
    for (sound, other) in ALIKE {
        for (at, _) in reading.match_indices(sound) {
            let (before, rest) = reading.split_at_checked(at).unwrap_or(("", reading));
            let behind = rest.strip_prefix(sound).unwrap_or_default();
            if stands_here(sound, before, behind) {
                others.push(format!("{before}{other}{behind}"));
            }
        }
    }
    others
}

/// Whether a sound is one there and no piece of a longer one.
fn stands_here(sound: &str, before: &str, behind: &str) -> bool {
    let opens = behind.starts_with(['a', 'e', 'i', 'o', 'u', 'v']);
    match sound {
        "z" | "c" | "s" => !behind.starts_with('h'),
        "n" | "l" => opens && !before.ends_with(['z', 'c', 's']),
        "in" | "en" | "an" => !behind.starts_with('g'),
        _ => true,
    }
}
