//! The structure parser on lines of text: it never fails and keeps its promises.
#![no_main]

use plansearch::read::RawText;
use plansearch::structure;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for document in structure::parse(&RawText::from_text(text), "规划.txt") {
        for passage in &document.passages {
            if let Some(section) = passage.section {
                assert!(document.outline.get(section).is_some());
            }
            let _ = (document.outline.path(passage.section), passage.lead_text());
        }
    }
});
