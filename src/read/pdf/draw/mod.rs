//! The content of a page run: what it draws, and where.
//!
//! | part | does |
//! |---|---|
//! | [`mod@run`] | the instructions and their state |
//! | [`text_state`], [`matrix`] | where the characters of a string come to stand |
//! | [`placed`] | characters on the page, and how the page lies |
//! | [`actual_text`] | what a piece stands for, where that is not what its glyphs say |
//! | [`paths`] | lines that may be those of a table |

mod actual_text;
mod matrix;
mod paths;
mod placed;
mod run;
mod text_state;

pub(super) use placed::{Placed, main_turn};
pub(super) use run::run;
