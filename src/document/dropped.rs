//! What is left out of the index, and why.

/// A piece of the source that is not searchable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The text as it stands in the source.
    pub text: String,
    /// Why it was left out.
    pub reason: DropReason,
}

/// Why a piece of a source is left out.
///
/// Passes decide by the variant; [`DropReason::text`] is for people alone, and two
/// reasons may read the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DropReason {
    /// What a web page has around a text: buttons, counters, menus, links.
    Furniture,
    /// A fact about the page that stands in or below the text: 更新时间：….
    PageFact,
    /// Lines of a table without words.
    EmptyTable,
    /// The name of an attached file; it may hold the 发文字号.
    FileName,
    /// A page number.
    PageNumber,
    /// The head that printed pages repeat.
    RunningHead,
    /// The list of contents.
    Contents,
    /// A paragraph set before the text that comes again in it.
    Excerpt,
    /// The legend of marks that somebody made in a copy.
    Legend,
    /// A comment of the markup.
    Comment,
    /// The address of a link.
    LinkAddress,
    /// The title page of an attachment that is already named.
    RepeatedAttachment,
    /// The caption of a figure that is not in the text.
    Figure,
    /// The line between head and rows of a table.
    Ruler,
    /// The head of a table once more, after the end of a page.
    RepeatedHead,
    /// What the reader of a format left out, in its own words.
    Reader(&'static str),
}

impl DropReason {
    /// The reason in words for a person.
    pub fn text(self) -> &'static str {
        match self {
            Self::Furniture | Self::PageFact => "页面信息",
            Self::EmptyTable => "空表格线",
            Self::FileName => "附件文件名",
            Self::PageNumber => "页码",
            Self::RunningHead => "页眉",
            Self::Contents => "目录",
            Self::Excerpt => "重复摘录",
            Self::Legend => "标注图例",
            Self::Comment => "注释标记",
            Self::LinkAddress => "链接地址",
            Self::RepeatedAttachment => "附件名重复",
            Self::Figure => "图题（图不在文本中）",
            Self::Ruler => "表格分隔线",
            Self::RepeatedHead => "重复表头",
            Self::Reader(words) => words,
        }
    }

    /// Says whether the reason is one of printed pages, which cut paragraphs in two.
    pub fn is_of_print(self) -> bool {
        matches!(self, Self::PageNumber | Self::RunningHead)
    }
}
