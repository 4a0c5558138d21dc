//! The stored value of an entry, read without the engine's own document between.

use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize,
    ValueDeserializer,
};

/// What is stored of an entry: its record, the only value that is.
pub(super) struct Stored {
    /// The record as JSON.
    pub(super) record: String,
}

/// A stored text.
struct Text(String);

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D>(mut entry: D) -> Result<Self, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        let value = entry.next_field::<Text>()?;
        let record = value.map(|(_, Text(record))| record);
        Ok(Self {
            record: record.unwrap_or_default(),
        })
    }
}

impl ValueDeserialize for Text {
    fn deserialize<'de, D>(value: D) -> Result<Self, DeserializeError>
    where
        D: ValueDeserializer<'de>,
    {
        value.deserialize_string().map(Self)
    }
}
