//! The form of an answer of the API: JSON, or a file to save.

use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::answer::Answer;
use super::bad_parameter::{BadParameter, Expected};
use super::error::ServiceError;
use super::extract::FromPairs;
use super::table::Table;

/// Form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ToSchema)]
#[schema(rename_all = "lowercase")]
pub(super) enum Format {
    /// JSON.
    #[default]
    Json,
    /// Comma-separated values.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// Markdown.
    Md,
    /// A picture, of the use of terms and of targets.
    Svg,
}

impl IntoParams for Format {
    fn into_params(
        parameter_in: impl Fn() -> Option<utoipa::openapi::path::ParameterIn>,
    ) -> Vec<utoipa::openapi::path::Parameter> {
        FormatParam::into_params(parameter_in)
    }
}

/// How the answer is written.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct FormatParam {
    /// `json`, `csv`, `xlsx`, `md`, or `svg` for the use of terms and targets.
    #[param(value_type = Format, required = false, default = "json")]
    #[expect(dead_code, reason = "it describes a parameter")]
    format: Format,
}

impl Format {
    const ALL: [(&'static str, Self); 5] = [
        ("json", Self::Json),
        ("csv", Self::Csv),
        ("xlsx", Self::Xlsx),
        ("md", Self::Md),
        ("svg", Self::Svg),
    ];

    /// The answer in this form.
    pub(super) fn answer(
        self,
        value: &impl Serialize,
        table: impl Fn() -> Table,
        picture: impl FnOnce() -> Option<String>,
    ) -> Result<Answer, ServiceError> {
        Ok(match self {
            Self::Json => Answer::json(value)?,
            Self::Csv => Answer::file(
                "text/csv; charset=utf-8",
                "attachment; filename=\"plans.csv\"",
                table().csv()?,
            ),
            Self::Xlsx => Answer::file(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "attachment; filename=\"plans.xlsx\"",
                table().xlsx()?,
            ),
            Self::Md => Answer::file(
                "text/markdown; charset=utf-8",
                "attachment; filename=\"plans.md\"",
                table().markdown().into_bytes(),
            ),
            Self::Svg => {
                let picture = picture().ok_or_else(|| {
                    let names = ["json", "csv", "xlsx", "md"].map(str::to_owned).to_vec();
                    BadParameter::new("format", "svg", Expected::OneOf(names))
                })?;
                Answer::file(
                    "image/svg+xml",
                    "attachment; filename=\"plans.svg\"",
                    picture.into_bytes(),
                )
            }
        })
    }
}

/// Parameters with the form of the answer.
pub(super) struct InFormat<P> {
    pub(super) params: P,
    pub(super) format: Format,
}

impl<P: FromPairs> FromPairs for InFormat<P> {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut format = Format::default();
        let mut others = Vec::new();
        for (name, value) in pairs {
            if name != "format" {
                others.push((name, value));
                continue;
            }
            let known = Format::ALL.iter().find(|(name, _)| *name == value.trim());
            format = known.map(|(_, format)| *format).ok_or_else(|| {
                let names = Format::ALL.map(|(name, _)| name.to_owned()).to_vec();
                BadParameter::new("format", &value, Expected::OneOf(names))
            })?;
        }
        let params = P::from_pairs(others.into_iter())?;
        Ok(Self { params, format })
    }
}
