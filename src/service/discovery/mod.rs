//! How other programs find and follow a search: the browser's address bar by an
//! OpenSearch description and its suggestions, feed readers by an Atom feed.

pub(super) mod feed;
pub(super) mod opensearch;
pub(super) mod suggestions;
