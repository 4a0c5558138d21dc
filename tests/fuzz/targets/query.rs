//! The query parser: a query that was understood and is printed is understood
//! the same again.
#![no_main]

/// A printed query can be longer than what was typed, and long ones are cut.
const MAX_CHARS: usize = 500;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (query, _) = plansearch::query::parse(text);
    if text.chars().count() < MAX_CHARS {
        let (again, _) = plansearch::query::parse(&query.to_string());
        assert_eq!(again, query);
    }
});
