//! Drafts: any text is traced and checked, and every place that is named lies in it.
#![no_main]

use std::sync::{Arc, LazyLock};

use plansearch::draft::{DraftText, check, trace};
use plansearch::index::{Filter, Index, Snapshot};

/// The library: what `PLANSEARCH_INDEX` names, made before with `plansearch index`.
static LIBRARY: LazyLock<Arc<Snapshot>> = LazyLock::new(|| {
    let dir = std::env::var("PLANSEARCH_INDEX").expect("PLANSEARCH_INDEX names an index");
    let index = Index::open(dir.as_ref()).expect("the index can be opened");
    index.snapshot()
});

libfuzzer_sys::fuzz_target!(|text: &str| {
    let draft = DraftText::of_text("-", text);
    let n_chars = draft.text.chars().count();
    let traced = trace(&LIBRARY, &draft, &Filter::default()).expect("a text is traced");
    for sentence in &traced.sentences {
        assert!(sentence.span.end <= n_chars);
        for source in &sentence.sources {
            assert!(source.draft_span.end <= n_chars);
        }
    }
    let checked = check(&LIBRARY, &Filter::default(), &draft.text).expect("a text is checked");
    for finding in &checked.findings {
        assert!(!finding.span.of(&draft.text).is_empty());
    }
});
