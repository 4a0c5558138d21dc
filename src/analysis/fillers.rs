//! Words of questions and requests that carry no subject.
//!
//! Who asks 港区怎么发展氢能 wants passages about 港区, 发展 and 氢能; 怎么 stands in
//! none of them. The lists are a file, `words.txt`.

use std::collections::HashSet;
use std::sync::LazyLock;

use plansearch_text::word_list;

const FILE: &str = include_str!("words.txt");

static FILLERS: LazyLock<HashSet<&str>> = LazyLock::new(|| word_list(FILE, "fillers").collect());
static ASKS: LazyLock<HashSet<&str>> = LazyLock::new(|| word_list(FILE, "asks").collect());
static COMPLETES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| word_list(FILE, "completes").collect());
static NEVER_IN_NAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| word_list(FILE, "never_in_names").collect());
static NEGATIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| word_list(FILE, "negations").collect());
static ABSENCES: LazyLock<HashSet<&str>> = LazyLock::new(|| word_list(FILE, "absences").collect());

/// Says whether `word` carries no subject in a query.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(word)
}

/// Says whether `word` asks how or what, so that the next word may only complete it.
pub(super) fn asks_how(word: &str) -> bool {
    ASKS.contains(word)
}

/// Says whether a word behind 怎么 or 哪些 only completes the question.
pub(super) fn completes_question(word: &str) -> bool {
    COMPLETES.contains(word)
}

/// Says whether `word` is one character that no name holds.
pub(super) fn is_never_in_names(word: &str) -> bool {
    NEVER_IN_NAMES.contains(word)
}

/// Says whether `word` turns the word behind it around and is one with it: 不超过, 未批准.
pub(super) fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(word)
}

/// Says whether a negation says that something is absent, which is then what is asked about.
pub(super) fn is_absence(word: &str) -> bool {
    ABSENCES.contains(word)
}
