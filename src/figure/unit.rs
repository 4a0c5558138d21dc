//! Units: which quantity a word measures, and by which factor.
//!
//! The table is data (`units.txt`). A unit behind a numeral is the longest word of
//! the table that stands there; `/` and another unit make a ratio (立方米/万元).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::decimal::Decimal;
use super::glyphs::Glyphs;
use plansearch_text::numeral::large_unit;

/// A unit as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name in the table; of a ratio both, with `/`.
    pub name: String,
    /// What it measures: 面积, 人民币, 体积/人民币.
    pub dimension: String,
    /// One of it in the unit of the dimension that has factor 1.
    pub factor: Decimal,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    dimension: &'static str,
    name: &'static str,
    factor: Decimal,
}

struct Table {
    rows: Vec<Row>,
    /// Spellings by first character, the longest first, each with its row.
    spellings: HashMap<char, Vec<(&'static str, usize)>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        rows: Vec::new(),
        spellings: HashMap::new(),
    };
    let lines = include_str!("units.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(dimension), Some(name), Some(factor)) = (
            fields.next(),
            fields.next(),
            fields.next().and_then(Decimal::parse),
        ) else {
            continue;
        };
        let row_idx = table.rows.len();
        table.rows.push(Row {
            dimension,
            name,
            factor,
        });
        let others = fields.next().unwrap_or("").split(' ');
        for spelling in std::iter::once(name).chain(others) {
            if let Some(first) = spelling.chars().next() {
                table
                    .spellings
                    .entry(first)
                    .or_default()
                    .push((spelling, row_idx));
            }
        }
    }
    for list in table.spellings.values_mut() {
        list.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.chars().count()));
    }
    table
});

/// All units of the table.
///
/// ```
/// assert!(plansearch_figure::units().any(|unit| unit.name == "公顷"));
/// ```
pub fn units() -> impl Iterator<Item = Unit> {
    TABLE.rows.iter().map(Unit::from_row)
}

impl Unit {
    fn from_row(row: &Row) -> Self {
        Self {
            name: row.name.to_owned(),
            dimension: row.dimension.to_owned(),
            factor: row.factor,
        }
    }

    /// The unit of this name or spelling.
    pub fn named(spelling: &str) -> Option<Self> {
        let list = TABLE.spellings.get(&spelling.chars().next()?)?;
        let (_, row_idx) = list.iter().find(|(known, _)| *known == spelling)?;
        TABLE.rows.get(*row_idx).map(Self::from_row)
    }

    /// Says whether the unit is a share of something: %, ‰, 成.
    pub fn is_share(&self) -> bool {
        self.dimension == "比率"
    }

    /// Says whether the unit counts percentage points.
    pub fn is_points(&self) -> bool {
        self.dimension == "百分点"
    }

    /// Says whether the unit is a length of time.
    pub fn is_time(&self) -> bool {
        matches!(self.dimension.as_str(), "时长" | "时月")
    }

    /// Says whether the unit only counts things: 个, 家, 项.
    pub fn is_count(&self) -> bool {
        self.dimension == "件数"
    }
}

/// What stands behind a numeral: end and unit.
pub(crate) fn read(glyphs: &Glyphs, at: usize) -> Option<(usize, Unit)> {
    let (end, row) = longest(glyphs, at)?;
    let mut unit = Unit::from_row(row);
    if let Some((end_of_ratio, below)) = per(glyphs, end) {
        unit.name = format!("{}/{}", unit.name, below.name);
        unit.dimension = format!("{}/{}", unit.dimension, below.dimension);
        unit.factor = unit.factor.over(below.factor)?;
        return Some((end_of_ratio, unit));
    }
    Some((end, unit))
}

/// Says whether a unit whose own name begins with 千 or 百 stands at `at`: 千瓦, 百分点.
pub(crate) fn is_prefixed(glyphs: &Glyphs, at: usize) -> bool {
    points(glyphs, at).is_some()
        || longest(glyphs, at).is_some_and(|(_, row)| row.name.starts_with(glyphs.at(at)))
}

/// `/` and the unit below it, with a power of ten in front (/万元, /百人).
fn per(glyphs: &Glyphs, at: usize) -> Option<(usize, Unit)> {
    let mut at = match glyphs.at(at) {
        '/' | '每' => at + 1,
        _ => return None,
    };
    let mut power = 0;
    let mut prefix = String::new();
    while let Some(more) = large_unit(glyphs.at(at)) {
        prefix.push(glyphs.at(at));
        power += more;
        at += 1;
    }
    let (end, row) = longest(glyphs, at)?;
    let unit = Unit {
        name: format!("{prefix}{}", row.name),
        dimension: row.dimension.to_owned(),
        factor: row.factor.times_ten_to(power)?,
    };
    Some((end, unit))
}

fn longest(glyphs: &Glyphs, at: usize) -> Option<(usize, &'static Row)> {
    if let Some(end) = points(glyphs, at) {
        let (_, row_idx) = TABLE.spellings.get(&'百')?.first()?;
        return Some((end, TABLE.rows.get(*row_idx)?));
    }
    let list = TABLE.spellings.get(&glyphs.at(at))?;
    let (spelling, row_idx) = list.iter().find(|(spelling, _)| {
        glyphs.starts_with(at, spelling) && is_whole_word(glyphs, at, spelling)
    })?;
    Some((at + spelling.chars().count(), TABLE.rows.get(*row_idx)?))
}

/// Behind 个百分点, which typesetting likes to part by blanks.
fn points(glyphs: &Glyphs, at: usize) -> Option<usize> {
    let mut end = at;
    if glyphs.at(end) == '个' {
        end = glyphs.skip_blanks(end + 1);
    }
    for c in ['百', '分', '点'] {
        if glyphs.at(end) != c {
            return None;
        }
        end = glyphs.skip_blanks(end + 1);
    }
    Some(glyphs.skip_blanks_back(end))
}

/// A unit in letters ends where the letters end: the g of 5g网络 is none.
fn is_whole_word(glyphs: &Glyphs, at: usize, spelling: &str) -> bool {
    let end = at + spelling.chars().count();
    let is_latin = glyphs.before(end).is_ascii_alphanumeric();
    let next = glyphs.at(end);
    if !is_latin {
        return !is_in_longer_word(spelling, next);
    }
    let is_single_letter = spelling.len() == 1 && matches!(spelling, "g" | "s" | "h");
    !next.is_ascii_alphanumeric() && !is_single_letter
}

/// Words that begin with a unit and are none.
fn is_in_longer_word(spelling: &str, next: char) -> bool {
    let follows = match spelling {
        "分" => "别之为子成期布批类点析项目公",
        "方" => "面向式案便法",
        "成" => "为立果效长熟都",
        "级" => "别",
        "两" => "个",
        "度" => "假",
        "年" => "级龄",
        "日" => "元圆本",
        "单" => "位",
        "所" => "有",
        "处" => "理",
        "部" => "门分",
        "条" => "件",
        "种" => "植",
        "位" => "于居",
        "里" => "程",
        "头" => "部",
        "安" => "全",
        "门" => "诊",
        "对" => "于",
        "起" => "步",
        "间" => "接",
        "次" => "要",
        "节" => "能约",
        "口" => "岸",
        "星" => "期",
        "周" => "边",
        _ => return false,
    };
    follows.contains(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let rows: Vec<Unit> = units().collect();
        assert!(rows.len() >= 120, "{}", rows.len());
        for unit in &rows {
            assert!(unit.factor > Decimal::ZERO, "{unit:?}");
            assert_eq!(Unit::named(&unit.name).as_ref(), Some(unit));
        }
        let n_lines = include_str!("units.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(rows.len(), n_lines);
    }

    #[test]
    fn no_spelling_stands_twice() {
        for list in TABLE.spellings.values() {
            for pair in list.windows(2) {
                if let [one, two] = pair {
                    assert_ne!(one.0, two.0);
                }
            }
        }
    }

    #[test]
    fn a_ratio_is_a_unit() {
        let read = |text: &str| read(&Glyphs::new(text), 0).map(|(_, unit)| unit);
        let ratio = read("立方米/万元").unwrap();
        assert_eq!(ratio.name, "立方米/万元");
        assert_eq!(ratio.factor.to_string(), "0.0001");
        assert_eq!(read("㎡").unwrap().name, "平方米");
        assert_eq!(read("G网络"), None);
        assert_eq!(read("分别"), None);
    }
}
