//! Themes of planning: 氢能, 海河联运 and so on, by the words that name them.
//!
//! Answers what a passage is about and what it mentions, and which words made it so.
//! The words stand in a readable file (`themes.toml`), to which a library adds its
//! own. Knows nothing of files of the library or of the index.

pub mod catalogue;
mod file;
pub mod judge;

pub use catalogue::{Catalogue, ThemeInfo};
pub use file::CatalogueError;
pub use judge::{Above, Place, Read, ThemeMatch, Word};
