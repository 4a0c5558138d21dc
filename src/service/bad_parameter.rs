//! A parameter whose value cannot be, and what it may be.

/// A parameter whose value cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("parameter `{name}` cannot be `{value}`; hint: {expected}")]
pub struct BadParameter {
    /// Name of the parameter.
    pub name: &'static str,
    /// Its value as it came.
    pub value: String,
    /// What it may be.
    pub expected: Expected,
}

/// What a parameter may be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Expected {
    /// One of these names.
    #[error("it is one of {}", .0.join(", "))]
    OneOf(Vec<String>),
    /// A number up to this one.
    #[error("it is a number from 0 to {0}")]
    NumberTo(usize),
    /// A year or a range of years.
    #[error("write 2021 or 2019..2025")]
    Year,
    /// Ids of passages, up to this many.
    #[error("name 1 to {0} ids of passages")]
    IdsTo(usize),
    /// Passages of one document by their numbers.
    #[error("write the id of a document and numbers of its passages: 8dc22e0c5b53-113.127")]
    Passages,
    /// Text of at most so many characters.
    #[error("it has at most {0} characters")]
    CharsTo(usize),
    /// The name under which the service is reached.
    #[error("it is a name or address with an optional port, such as 10.0.0.5:7700")]
    Host,
    /// A draft.
    #[error("send the draft as text, as a file, or in the field `text`")]
    Draft,
    /// A term to count.
    #[error("give a term with at least one character, such as 海河联运")]
    Term,
    /// At most so many values.
    #[error("at most {0} of it can be given")]
    AtMost(usize),
    /// The id or title of a document.
    #[error("give the id of a document, its title or a part of it")]
    Document,
    /// A condition on figures; what is wrong with it.
    #[error("{0}")]
    Condition(String),
    /// A planning period.
    #[error("write 2021..2025, or 2024 for a plan of one year")]
    Period,
}

impl BadParameter {
    /// Says that parameter `name` cannot be `value`.
    pub fn new(name: &'static str, value: impl Into<String>, expected: Expected) -> Self {
        let value = value.into();
        Self {
            name,
            value,
            expected,
        }
    }
}

/// Reads a number from 0 to `max`.
pub(super) fn number(name: &'static str, value: &str, max: usize) -> Result<usize, BadParameter> {
    let read = value.trim().parse().ok().filter(|number| *number <= max);
    read.ok_or_else(|| BadParameter::new(name, value, Expected::NumberTo(max)))
}

/// Reads whether something is asked for: `1` or `0`.
pub(super) fn flag(name: &'static str, value: &str) -> Result<bool, BadParameter> {
    match value.trim() {
        "1" => Ok(true),
        "0" => Ok(false),
        _ => {
            let names = ["1", "0"].map(str::to_owned).to_vec();
            Err(BadParameter::new(name, value, Expected::OneOf(names)))
        }
    }
}
