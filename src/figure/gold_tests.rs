//! Public cases of Chinese figures against the scanner.

use std::collections::HashMap;

use serde_json::Value;

use super::{Comparator, Decimal, Figure, Measure, Unit, numerals, scan};

fn cases(name: &str) -> Vec<Value> {
    let path = format!(
        "{}/../../tests/gold/figures/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap();
    let all: Vec<Value> = serde_json::from_str(&text).unwrap();
    all.into_iter()
        .filter(|case| case["is_fit"] == true)
        .collect()
}

fn number(value: &Value) -> Option<Decimal> {
    let text = value.as_str()?;
    match text.split_once('E') {
        Some((digits, power)) => Decimal::parse(digits)?.times_ten_to(power.parse().ok()?),
        None => Decimal::parse(text),
    }
}

/// Equal to nine places, because the cases cut endless fractions.
fn is_near(one: Decimal, two: Decimal) -> bool {
    let difference = one.minus(two).unwrap().magnitude();
    difference < Decimal::parse("0.000000001").unwrap() || one == two
}

fn check(name: &str, floor: f64, is_right: impl Fn(&str, &[Value]) -> Result<(), String>) {
    let cases = cases(name);
    let mut wrong = Vec::new();
    for case in &cases {
        let input = case["input"].as_str().unwrap();
        let expect = case["figures"].as_array().unwrap();
        if let Err(found) = is_right(input, expect) {
            wrong.push(format!("{input}: {found}"));
        }
    }
    let share = 1.0 - wrong.len() as f64 / cases.len() as f64;
    eprintln!("{name} {share:.3} of {}\n{}", cases.len(), wrong.join("\n"));
    assert!(share >= floor, "{name} {share:.3}\n{}", wrong.join("\n"));
}

fn same_values(found: &[Decimal], expect: &[Value], field: &str) -> Result<(), String> {
    let expect: Vec<Decimal> = expect
        .iter()
        .filter_map(|figure| number(&figure[field]))
        .collect();
    let is_same = found.len() == expect.len()
        && found
            .iter()
            .zip(&expect)
            .all(|(one, two)| is_near(*one, *two));
    if is_same {
        return Ok(());
    }
    let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
    Err(shown.join(" "))
}

#[test]
fn numerals_of_public_cases() {
    check("number", 0.95, |input, expect| {
        let found: Vec<Decimal> = numerals(input)
            .iter()
            .map(|numeral| numeral.value)
            .collect();
        same_values(&found, expect, "value")
    });
}

#[test]
fn shares_of_public_cases() {
    check("percent", 0.95, |input, expect| {
        let figures = scan(input).figures;
        let shares: Vec<&Figure> = figures
            .iter()
            .filter(|figure| {
                figure
                    .unit
                    .as_ref()
                    .is_some_and(|unit| unit.is_share() || unit.is_points())
            })
            .collect();
        let hundred = Decimal::from(100);
        let value = |figure: &&Figure| {
            let stated = figure.amount.stated()?;
            let is_points = figure.unit.as_ref()?.is_points();
            if is_points {
                Some(stated)
            } else {
                stated.times(hundred)
            }
        };
        let found: Vec<Decimal> = shares.iter().filter_map(value).collect();
        same_values(&found, expect, "value")
    });
}

#[test]
fn ordinals_of_public_cases() {
    check("ordinal", 0.95, |input, expect| {
        let figures = scan(input).figures;
        let ranks = figures
            .iter()
            .filter(|figure| figure.measure == Measure::Rank);
        let found: Vec<Decimal> = ranks.filter_map(|figure| figure.amount.stated()).collect();
        same_values(&found, expect, "value")
    });
}

/// Names of units there and here, where a unit there has a power of ten of its own.
fn unit_of(name: &str) -> Unit {
    let names: HashMap<&str, &str> = [
        ("Chinese yuan", "元"),
        ("United States dollar", "美元"),
        ("Dollar", "美元"),
        ("Liang", "两"),
        ("Kilogram", "千克"),
        ("Centimeter", "厘米"),
        ("Kilometer", "千米"),
        ("Degree", "度"),
        ("Ton", "吨"),
        ("Meter", "米"),
        ("Jin", "斤"),
        ("Kilobit", "千比特"),
        ("Japanese yen", "日元"),
        ("F", "华氏度"),
        ("C", "摄氏度"),
        ("Mu", "亩"),
        ("Bit", "比特"),
        ("Gram", "克"),
        ("Megabyte", "兆字节"),
        ("Kilobyte", "千字节"),
        ("Megahertz", "兆赫兹"),
        ("Hertz", "赫兹"),
        ("Kilowatt", "千瓦"),
        ("Kilocalorie", "千卡"),
        ("Microgram", "微克"),
        ("Euro", "欧元"),
        ("Swiss franc", "瑞士法郎"),
        ("Hong Kong dollar", "港元"),
        ("New Taiwan dollar", "新台币"),
        ("Nigerian naira", "奈拉"),
        ("Bitcoin", "比特币"),
    ]
    .into();
    let name = names.get(name).copied().unwrap_or(name);
    Unit::named(name).unwrap_or_else(|| panic!("no unit {name}"))
}

fn amounts(input: &str, expect: &[Value]) -> Result<(), String> {
    let figures = scan(input).figures;
    let wanted: Vec<(Decimal, String)> = expect
        .iter()
        .map(|figure| {
            let unit = unit_of(figure["unit"].as_str().unwrap());
            let value = number(&figure["value"]).unwrap();
            (value.times(unit.factor).unwrap(), unit.dimension)
        })
        .collect();
    // Their cases name only figures of their own kinds.
    let dimensions: Vec<&str> = wanted
        .iter()
        .map(|(_, dimension)| dimension.as_str())
        .collect();
    let found: Vec<(Decimal, String)> = figures
        .iter()
        .filter(|figure| dimensions.contains(&figure.dimension()))
        .filter_map(|figure| Some((figure.amount.stated()?, figure.dimension().to_owned())))
        .collect();
    let is_there = wanted.iter().all(|wanted| found.contains(wanted));
    if is_there
        && (!expect.is_empty()
            || figures
                .iter()
                .all(|figure| figure.unit.as_ref().is_none_or(Unit::is_count)))
    {
        return Ok(());
    }
    Err(format!(
        "{:?}",
        figures.iter().map(ToString::to_string).collect::<Vec<_>>()
    ))
}

#[test]
fn dimensions_of_public_cases() {
    check("dimension", 0.95, amounts);
}

#[test]
fn currencies_of_public_cases() {
    check("currency", 0.95, amounts);
}

#[test]
fn temperatures_of_public_cases() {
    check("temperature", 0.95, amounts);
}

#[test]
fn ranges_of_public_cases() {
    check("range", 0.95, |input, expect| {
        let figures = scan(input).figures;
        let bounded: Vec<&Figure> = figures
            .iter()
            .filter(|figure| figure.comparator != Comparator::Equal || figure.has_comparator_word)
            .collect();
        let show = || {
            format!(
                "{:?}",
                figures.iter().map(ToString::to_string).collect::<Vec<_>>()
            )
        };
        if bounded.len() != expect.len() {
            return Err(show());
        }
        for (figure, expect) in bounded.iter().zip(expect) {
            // Their bounds are the numbers in front of the unit.
            let factor = figure
                .unit
                .as_ref()
                .map_or(Decimal::from(1), |unit| unit.factor);
            let value = |field: &str| number(&expect[field])?.times(factor);
            let low = figure.amount.low.map(|bound| bound.value);
            let high = figure.amount.high.map(|bound| bound.value);
            if low != value("low") || high != value("high") {
                return Err(show());
            }
        }
        Ok(())
    });
}
