//! What the fields of a query ask of the library, and which values they take.

use std::fmt::Write as _;

use plansearch_document::DocType;
use plansearch_engine::{Origin, YearRange};
use plansearch_query::Field;
use plansearch_text::fold;

/// What a field asks for; `None` when the value is none that it takes. Themes
/// are not checked here: which there are is a matter of the library.
pub(super) fn origin(field: Field, value: &str) -> Option<Origin> {
    let value = value.trim().to_owned();
    Some(match field {
        Field::Doc => Origin::Doc(value),
        Field::Chapter => Origin::Chapter(value),
        Field::Title => Origin::NextHeading(value),
        Field::Theme => Origin::Theme(value),
        Field::Issuer => Origin::Issuer(value),
        Field::Number => Origin::Number(value),
        Field::Type => Origin::Type(DocType::from_name(&fold(&value))?),
        Field::Year => Origin::Years(years(&value)?),
    })
}

/// The values that a field takes, when it does not take every text.
pub(super) fn allowed(field: Field, themes: &[String]) -> Option<String> {
    match field {
        Field::Theme => Some(themes.join("、")),
        Field::Type => Some(DocType::ALL.map(DocType::name).join("、")),
        Field::Year => Some("2021、2021..2025、2021..、..2025".to_owned()),
        Field::Doc | Field::Chapter | Field::Title | Field::Issuer | Field::Number => None,
    }
}

/// Reads `2021`, `2021年`, `2021..2025` and the range with other marks that
/// people type between years.
fn years(typed: &str) -> Option<YearRange> {
    let mut plain = String::new();
    for c in fold(typed).chars().filter(|c| *c != '年') {
        match c {
            '-' | '—' | '–' | '~' | '至' | '到' | '…' | '－' if !plain.ends_with("..") => {
                plain.push_str("..");
            }
            '-' | '—' | '–' | '~' | '…' => {}
            '。' => plain.push('.'),
            _ => {
                let _ = plain.write_char(c);
            }
        }
    }
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_as_people_type_them() {
        for (typed, expect) in [
            ("2021", "2021"),
            ("２０２１年", "2021"),
            ("2021..2025", "2021..2025"),
            ("2021-2025", "2021..2025"),
            ("2021—2025年", "2021..2025"),
            ("2021——2025", "2021..2025"),
            ("2021年至2025年", "2021..2025"),
            ("2021～2025", "2021..2025"),
            ("2021。。2025", "2021..2025"),
            ("2021……2025", "2021..2025"),
            ("2021..", "2021.."),
        ] {
            let years = years(typed).map(|years| years.to_string());
            assert_eq!(years.as_deref(), Some(expect), "{typed}");
        }
        for typed in ["abc", "21", "", "2025..2021", "十四五"] {
            assert_eq!(years(typed), None, "{typed}");
        }
    }
}
