//! A file beside a document that corrects its facts.
//!
//! `某规划.txt.toml`, or `某规划.toml`, beside `某规划.txt`. Every key is optional
//! and overrides what was read:
//!
//! ```toml
//! title = "某市氢能产业发展规划"
//! issuers = ["某市人民政府"]
//! doc_number = "某政发〔2021〕4号"
//! index_number = "002546445/2021-1"
//! date = "2021-06-27"
//! publish_date = "2021-07-01"
//! doc_type = "专项规划"
//! period = [2021, 2025]
//! ```

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use serde::{Deserialize, Deserializer};

use plansearch_document::{Date, DocType, Fact};
use plansearch_engine::DocumentRecord;

/// The facts that a sidecar states.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sidecar {
    title: Option<String>,
    issuers: Option<Vec<String>>,
    doc_number: Option<String>,
    index_number: Option<String>,
    #[serde(default, deserialize_with = "date")]
    date: Option<String>,
    #[serde(default, deserialize_with = "date")]
    publish_date: Option<String>,
    doc_type: Option<String>,
    period: Option<(u16, u16)>,
}

/// A date, in quotation marks or not.
fn date<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        Date(toml::value::Datetime),
    }
    Ok(Some(match Written::deserialize(value)? {
        Written::Text(text) => text,
        Written::Date(date) => date.to_string(),
    }))
}

/// The sidecar of the document at `path`, if there is one.
pub(super) fn beside(path: &Path) -> Option<PathBuf> {
    let mut whole_name = path.file_name()?.to_owned();
    whole_name.push(".toml");
    [path.with_file_name(whole_name), path.with_extension("toml")]
        .into_iter()
        .find(|sidecar| sidecar != path && sidecar.is_file())
}

/// Says whether `path` is the sidecar of a document that lies beside it.
pub(super) fn is_sidecar(path: &Path) -> bool {
    let is_toml = path.extension().is_some_and(|suffix| suffix == "toml");
    let (Some(folder), Some(stem)) = (path.parent(), path.file_stem()) else {
        return false;
    };
    if !is_toml {
        return false;
    }
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let other = entry.path();
        other != *path
            && other.extension().is_none_or(|suffix| suffix != "toml")
            && (other.file_name() == Some(stem) || other.file_stem() == Some(stem))
    })
}

/// Reads a sidecar.
///
/// # Errors
/// With line and key, when it is not of the form above.
pub(super) fn parse(text: &str) -> anyhow::Result<Sidecar> {
    let sidecar: Sidecar = toml::from_str(text)?;
    for (key, date) in [
        ("date", &sidecar.date),
        ("publish_date", &sidecar.publish_date),
    ] {
        if let Some(date) = date {
            ensure!(
                Date::parse_iso(date).is_some(),
                "`{key}` is `{date}`, not of the form 2021-06-27"
            );
        }
    }
    if let Some(name) = &sidecar.doc_type {
        DocType::from_name(name)
            .with_context(|| format!("`doc_type` is `{name}`, which is no type"))?;
    }
    Ok(sidecar)
}

impl Sidecar {
    /// Puts the facts in place of those that were read.
    pub(super) fn apply(&self, record: &mut DocumentRecord) {
        let mut stated: Vec<Fact> = Vec::new();
        let mut set = |fact: Fact, is_stated: bool| {
            stated.extend(is_stated.then_some(fact));
            is_stated
        };
        if set(Fact::Title, self.title.is_some()) {
            record.title = self.title.clone().unwrap_or_default();
        }
        if set(Fact::Issuers, self.issuers.is_some()) {
            record.issuers = self.issuers.clone().unwrap_or_default();
        }
        if set(Fact::DocType, self.doc_type.is_some()) {
            record.doc_type = self.doc_type.clone().unwrap_or_default();
        }
        for (fact, target, value) in [
            (Fact::DocNumber, &mut record.doc_number, &self.doc_number),
            (
                Fact::IndexNumber,
                &mut record.index_number,
                &self.index_number,
            ),
            (Fact::Date, &mut record.date, &self.date),
            (
                Fact::PublishDate,
                &mut record.publish_date,
                &self.publish_date,
            ),
        ] {
            if set(fact, value.is_some()) {
                target.clone_from(value);
            }
        }
        if set(Fact::Period, self.period.is_some()) {
            record.period = self.period;
        }
        for fact in stated {
            record
                .found_in
                .insert(fact.name().to_owned(), PLACE.to_owned());
        }
    }
}

/// Where a fact of a sidecar was found.
const PLACE: &str = "sidecar";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_of_a_sidecar_override() {
        let sidecar =
            parse("title = \"甲规划\"\ndate = \"2021-06-27\"\nperiod = [2021, 2025]").unwrap();
        let bare = parse("title = \"甲规划\"\ndate = 2021-06-27\nperiod = [2021, 2025]");
        assert_eq!(bare.unwrap(), sidecar);
        let mut record = DocumentRecord {
            doc_number: Some("乙〔2020〕1号".into()),
            ..DocumentRecord::default()
        };
        sidecar.apply(&mut record);
        assert_eq!(record.title, "甲规划");
        assert_eq!(record.doc_number.as_deref(), Some("乙〔2020〕1号"));
        assert_eq!(record.period, Some((2021, 2025)));
        assert_eq!(
            record.found_in.keys().collect::<Vec<_>>(),
            ["date", "period", "title"]
        );
        assert_eq!(record.found_in["title"], "sidecar");
    }

    #[test]
    fn a_broken_sidecar_is_refused_with_the_key() {
        for (text, part) in [
            ("titel = \"甲\"", "titel"),
            ("date = \"2021年\"", "`date` is `2021年`"),
            ("doc_type = \"书\"", "`doc_type` is `书`"),
            ("period = 2021", "line 1"),
        ] {
            let error = format!("{:#}", parse(text).unwrap_err());
            assert!(error.contains(part), "{error}");
        }
    }
}
