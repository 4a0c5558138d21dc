//! Figures, dates and document numbers in running Chinese text.
//!
//! Answers: which amounts a text states ([`scan()`]), each as an exact value or
//! interval with comparator, unit, measure, direction, time and the name in front
//! of it; which dates and periods; which 文号. Refuses to guess: a numeral that is
//! part of a word (一切, 十四五), of a name (PM2.5, G60) or of a date is no figure.
//! Knows nothing of documents, search or the engine.

mod clause;
mod comparator;
mod context;
mod date;
mod decimal;
mod digits;
mod doc_number;
mod fraction;
mod glyphs;
mod join;
mod model;
mod numeral;
mod print;
mod range;
mod raw;
mod scan;
mod unit;

pub use date::{DateMention, Day, Period};
pub use decimal::Decimal;
pub use doc_number::{DocNumber, doc_numbers};
pub use model::{Bound, Comparator, Direction, Figure, Interval, Measure, Written};
pub use numeral::Numeral;
pub use range::{FigureRange, SIGNS, narrow_sign};
pub use scan::{Scan, dates, numerals, scan};
pub use unit::{Unit, units};

#[cfg(test)]
mod gold_tests;
