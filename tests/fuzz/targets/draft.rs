//! Drafts: any text is traced and checked, and every place that is named lies in it.
#![no_main]

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use plansearch::draft::{DraftText, check, trace};
use plansearch::engine::{Engine, Filter};
use plansearch::index::Index;
use plansearch::ingest::{self, Job};
use plansearch::text::Span;

/// The library: the index that `PLANSEARCH_INDEX` names, else the documents of `seeds`.
static LIBRARY: LazyLock<Arc<dyn Engine>> = LazyLock::new(|| {
    let dir = std::env::var_os("PLANSEARCH_INDEX").map_or_else(index_of_seeds, PathBuf::from);
    let index = Index::open(&dir).expect("the index can be opened");
    index.snapshot()
});

/// Makes an index of the seeds, or brings it up to date.
fn index_of_seeds() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = own.join("target/index");
    let job = Job {
        index_dir: &dir,
        paths: &[own.join("../../seeds")],
        rebuild: false,
        themes: None,
        synonyms: None,
    };
    ingest::run(&job, &mut |_| ()).expect("the seeds can be indexed");
    dir
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    let draft = DraftText::of_text("-", text);
    let chars: Vec<char> = draft.text.chars().collect();
    let traced = trace(&LIBRARY, &draft, &Filter::default()).expect("a text is traced");
    for sentence in &traced.sentences {
        let own: String = chars[sentence.span.clone()].iter().collect();
        assert_eq!(own, sentence.text);
        for source in &sentence.sources {
            assert!(source.draft_span.end <= chars.len());
            assert!(source.source_span.end <= source.passage.text.chars().count());
        }
    }
    let checked = check(&LIBRARY, &Filter::default(), &draft.text).expect("a text is checked");
    for finding in &checked.findings {
        assert!(!finding.span.of(&draft.text).is_empty());
        for proof in &finding.sources {
            assert!(Span::whole(&proof.passage.text).contains(proof.span));
        }
    }
});
