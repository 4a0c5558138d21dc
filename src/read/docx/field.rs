//! Fields: their result is text, their instruction is not.

use super::line::CONTENTS;

/// Deepest nesting of fields that is followed.
const MAX_NESTED: usize = 64;
/// Longest instruction that is kept, in bytes.
const MAX_INSTRUCTION_BYTES: usize = 4096;

/// The fields that are open.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    n_beyond: usize,
}

#[derive(Debug, Default)]
struct Field {
    instruction: String,
    has_result: bool,
}

impl Fields {
    /// A field begins with its instruction.
    pub(super) fn begin(&mut self) {
        if self.open.len() < MAX_NESTED {
            self.open.push(Field::default());
        } else {
            self.n_beyond += 1;
        }
    }

    /// A part of the instruction.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.has_result)
            && field.instruction.len() + text.len() <= MAX_INSTRUCTION_BYTES
        {
            field.instruction += text;
        }
    }

    /// The result of the field begins.
    pub(super) fn separate(&mut self) {
        if self.n_beyond == 0
            && let Some(field) = self.open.last_mut()
        {
            field.has_result = true;
        }
    }

    /// The field ends; gives the text of a field that shows its instruction.
    pub(super) fn end(&mut self) -> Option<String> {
        if self.n_beyond > 0 {
            self.n_beyond -= 1;
            return None;
        }
        let field = self.open.pop()?;
        (!field.has_result)
            .then(|| enclosed_character(&field.instruction))
            .flatten()
    }

    /// A paragraph ends. An instruction that is still open there is damage, and
    /// must not swallow the text that follows.
    pub(super) fn end_paragraph(&mut self) {
        for field in &mut self.open {
            field.has_result = true;
        }
        self.n_beyond = 0;
    }

    /// Whether text now would be part of an instruction.
    pub(super) fn is_instruction(&self) -> bool {
        self.open.iter().any(|field| !field.has_result)
    }

    /// Whether text now is the result of a field with a table of contents.
    pub(super) fn is_contents(&self) -> bool {
        self.open
            .iter()
            .any(|field| field.instruction.split_whitespace().next() == Some("TOC"))
    }

    /// How many fields are open.
    pub(super) fn n_open(&self) -> usize {
        self.open.len()
    }

    /// Closes the fields beyond the first `n_open`.
    pub(super) fn close_to(&mut self, n_open: usize) {
        self.open.truncate(n_open);
    }
}

/// Says whether the instruction of a simple field is a table of contents.
pub(super) fn reason_of_simple(instruction: &str) -> Option<&'static str> {
    (instruction.split_whitespace().next() == Some("TOC")).then_some(CONTENTS)
}

/// `EQ \o\ac(○,5)` shows a character in a ring.
fn enclosed_character(instruction: &str) -> Option<String> {
    let instruction = instruction.trim();
    if !instruction.starts_with("EQ") && !instruction.starts_with("eq") {
        return None;
    }
    let (_, last) = instruction.rsplit_once([',', '，', ';'])?;
    Some(last.trim_end_matches(')').trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_text_and_instructions_are_not() {
        let mut fields = Fields::default();
        fields.begin();
        fields.instruct(" TOC \\o \"1-3\"");
        assert!(fields.is_instruction());
        fields.separate();
        assert!(fields.is_contents() && !fields.is_instruction());
        assert_eq!(fields.end(), None);
        assert!(!fields.is_contents());
    }

    #[test]
    fn an_instruction_ends_with_its_paragraph() {
        let mut fields = Fields::default();
        fields.begin();
        fields.end_paragraph();
        assert!(!fields.is_instruction());
    }

    #[test]
    fn a_character_in_a_ring_stands_in_its_instruction() {
        let mut fields = Fields::default();
        fields.begin();
        fields.instruct("EQ \\o\\ac(○,12)");
        assert_eq!(fields.end().as_deref(), Some("12"));
    }
}
