//! What every page has around its content: head, search box, foot.

use crate::params::SearchParams;
use crate::static_files;

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
    /// Address of the feed of what the page shows, if it shows a search.
    pub(super) feed: Option<String>,
    /// Addresses of the styles.
    pub(super) styles: [String; 2],
    /// Address of the script that sets the display before anything is painted.
    pub(super) early_script: String,
    /// Addresses of the scripts, in their order.
    pub(super) scripts: Vec<String>,
    /// Address of the icon.
    pub(super) icon: String,
    /// Address of the small pictures of buttons.
    pub(super) icons: String,
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
            feed: None,
            styles: ["style.css", "tools.css"].map(static_files::address),
            early_script: static_files::address("display.js"),
            scripts: ["page.js", "suggest.js"].map(static_files::address).into(),
            icon: static_files::address("icon.svg"),
            icons: static_files::address("icons.svg"),
        }
    }
    /// The same with scripts that this page alone needs.
    pub(super) fn with_scripts(mut self, names: &[&str]) -> Self {
        let more = names.iter().map(|name| static_files::address(name));
        self.scripts.extend(more);
        self
    }
}
