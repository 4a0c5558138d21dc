//! The lists of words that passes look up (`words.txt`): how titles end, how prose
//! opens, what a web page adds.
//!
//! The file is for people to read and to correct; each list has a name here, and a
//! list that the file lacks or does not know fails a test.

use std::sync::LazyLock;

/// A list of `words.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    WebTail,
    WebLines,
    WebCounters,
    WebButtons,
    DocumentEnds,
    SectionEnds,
    GluedOpeners,
    ProseOpeners,
    KnownHeads,
    OrganEnds,
    WeakOrganEnds,
    NotBodies,
    NationalOpeners,
    NotNames,
    NoticeEnds,
    HeadCells,
}

/// All lists with their names in the file, in the order of [`List`].
const NAMES: [(List, &str); 16] = [
    (List::WebTail, "web_tail"),
    (List::WebLines, "web_lines"),
    (List::WebCounters, "web_counters"),
    (List::WebButtons, "web_buttons"),
    (List::DocumentEnds, "document_ends"),
    (List::SectionEnds, "section_ends"),
    (List::GluedOpeners, "glued_openers"),
    (List::ProseOpeners, "prose_openers"),
    (List::KnownHeads, "known_heads"),
    (List::OrganEnds, "organ_ends"),
    (List::WeakOrganEnds, "weak_organ_ends"),
    (List::NotBodies, "not_bodies"),
    (List::NationalOpeners, "national_openers"),
    (List::NotNames, "not_names"),
    (List::NoticeEnds, "notice_ends"),
    (List::HeadCells, "head_cells"),
];

static LISTS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let mut lists = vec![Vec::new(); NAMES.len()];
    let mut open = None;
    for line in include_str!("words.txt").lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let name = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'));
        match name.and_then(position) {
            Some(at) => open = Some(at),
            None => {
                if let Some(list) = open.and_then(|at: usize| lists.get_mut(at)) {
                    list.push(line);
                }
            }
        }
    }
    lists
});

fn position(name: &str) -> Option<usize> {
    NAMES.iter().position(|(_, known)| *known == name)
}

/// The entries of a list, in the order of the file.
pub(super) fn list(list: List) -> &'static [&'static str] {
    LISTS.get(list as usize).map_or(&[], Vec::as_slice)
}

/// Says whether `text` is an entry.
pub(super) fn has(name: List, text: &str) -> bool {
    list(name).contains(&text)
}

/// Says whether `text` opens with an entry.
pub(super) fn starts(name: List, text: &str) -> bool {
    list(name).iter().any(|word| text.starts_with(word))
}

/// Says whether `text` ends with an entry.
pub(super) fn ends(name: List, text: &str) -> bool {
    list(name).iter().any(|word| text.ends_with(word))
}

/// The bytes of the longest entry that `text` ends with, 0 without one.
pub(super) fn longest_end(name: List, text: &str) -> usize {
    let ends = list(name).iter().filter(|word| text.ends_with(**word));
    ends.map(|word| word.len()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_the_file_has_its_name_and_no_word_twice() {
        let file = include_str!("words.txt");
        let names = file.lines().filter_map(|line| {
            line.strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
        });
        let names: Vec<&str> = names.filter(|name| name.is_ascii()).collect();
        let known: Vec<&str> = NAMES.iter().map(|(_, name)| *name).collect();
        assert_eq!(names, known);
        for (idx, (name, _)) in NAMES.iter().enumerate() {
            assert_eq!(*name as usize, idx);
            let mut words = list(*name).to_vec();
            assert!(!words.is_empty(), "{name:?}");
            words.sort_unstable();
            let n_words = words.len();
            words.dedup();
            assert_eq!(words.len(), n_words, "{name:?}");
        }
    }
}
