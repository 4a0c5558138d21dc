//! What every page has around its content: head, search box, foot.

use crate::service::params::SearchParams;
use crate::service::static_files;

/// The frame of a page.
pub(super) struct Frame {
    /// What the page is about, for the title of the window.
    pub(super) title: String,
    /// The query in the search box.
    pub(super) query: String,
    /// Choices that a new query keeps.
    pub(super) kept: Vec<(&'static str, String)>,
    /// Whether the head has a search box; the start page has its own.
    pub(super) has_search: bool,
    /// Address of the style.
    pub(super) style: String,
    /// Address of the script.
    pub(super) script: String,
    /// Address of the icon.
    pub(super) icon: String,
}

impl Frame {
    /// A frame whose search box repeats `params` and keeps their choices.
    pub(super) fn new(title: impl Into<String>, params: &SearchParams) -> Self {
        let kept = params.at(0).asking("").pairs();
        Self {
            title: title.into(),
            query: params.q.clone(),
            kept,
            has_search: true,
            style: static_files::address("style.css"),
            script: static_files::address("page.js"),
            icon: static_files::address("icon.svg"),
        }
    }
}
