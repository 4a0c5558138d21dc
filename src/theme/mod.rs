//! Themes of planning: 氢能, 海河联运 and so on, by the terms that name them.
//!
//! Answers which themes a passage touches and which words made it so. The terms
//! stand in a readable file (`themes.toml`) that a library can replace by its
//! own. Knows nothing of files of the library or of the index.

pub mod catalogue;

pub use catalogue::{Catalogue, CatalogueError, ThemeMatch};
