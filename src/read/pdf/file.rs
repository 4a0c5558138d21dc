//! The file as pages of glyphs and rules, by the crate `hayro_syntax`, which
//! reads its objects and mends its table of contents.

use hayro_syntax::object::Object;
use hayro_syntax::page::Page as Leaf;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::super::source::Unreadable;
use super::draw::{self, Placed, main_turn};
use super::font::Fonts;
use super::page::Page;
use super::strings;
use super::unpack::{Unpacked, is_bomb, unpack};

/// Pages with more text than this are no pictures.
const FEW_CHARS: usize = 20;
/// One in so many characters may be a blank or a bullet that the font does not name.
const FEW_UNKNOWN: usize = 20;

/// An open file.
pub(super) struct File {
    pdf: Pdf,
    fonts: Fonts,
}

impl File {
    /// Opens a file that needs no password.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        if is_bomb(&bytes) {
            return Err(damaged("its objects take too much room"));
        }
        Ok(Self {
            pdf: Pdf::new(bytes).map_err(unreadable)?,
            fonts: Fonts::default(),
        })
    }

    pub(super) fn n_pages(&self) -> usize {
        self.pdf.pages().len()
    }

    /// Reads the page `number`, from 1.
    pub(super) fn page(&self, number: usize) -> Result<Page, String> {
        let pages = self.pdf.pages();
        let leaf = pages.get(number.saturating_sub(1)).ok_or("it is missing")?;
        let content = content_of(leaf);
        let drawn = draw::run(&content.content, leaf.resources(), &self.fonts)?;
        let turn = main_turn(&drawn.placed);
        let placed = drawn.placed.iter().filter(|placed| placed.is_placed());
        let (unknown, known): (Vec<&Placed>, Vec<&Placed>) =
            placed.partition(|placed| placed.is_unknown());
        let n_known = known.len();
        let (upright, askew): (Vec<&Placed>, Vec<&Placed>) = known
            .into_iter()
            .partition(|placed| placed.turn() == Some(turn));
        Ok(Page {
            number,
            glyphs: upright
                .into_iter()
                .map(|placed| placed.upright(turn))
                .collect(),
            rules: drawn.paths.rules(turn),
            n_pictures: if n_known < FEW_CHARS {
                drawn.n_pictures
            } else {
                0
            },
            n_unknown: if unknown.len() * FEW_UNKNOWN > n_known {
                unknown.len()
            } else {
                0
            },
            is_damaged: drawn.is_damaged || !content.is_whole,
            askew: askew.into_iter().map(|placed| placed.ch).collect(),
            replaced: String::new(),
        })
    }

    /// The title that the file states.
    pub(super) fn title(&self) -> Option<String> {
        let title = self.pdf.metadata().title.as_deref()?;
        Some(strings::decode(title))
    }
}

/// The instructions of a page, which may be cut into several streams.
fn content_of(leaf: &Leaf<'_>) -> Unpacked {
    let streams: Vec<Object<'_>> = match leaf.raw().get::<Object<'_>>("Contents") {
        Some(Object::Array(streams)) => streams.iter::<Object<'_>>().collect(),
        Some(stream) => vec![stream],
        // Empty pages have none, or one that is damaged whole.
        None => Vec::new(),
    };
    let mut all = Unpacked {
        content: Vec::new(),
        is_whole: !streams.is_empty() || !leaf.raw().contains_key("Contents"),
    };
    for stream in streams {
        let unpacked = stream.into_stream().and_then(|stream| unpack(&stream));
        let unpacked = unpacked.unwrap_or_default();
        all.is_whole &= unpacked.is_whole;
        all.content.extend(unpacked.content);
        all.content.push(b'\n');
    }
    all
}

fn unreadable(error: LoadPdfError) -> Unreadable {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable::new(
            "a pdf with a password",
            "save it without the password first",
        ),
        LoadPdfError::Decryption(_) => damaged("its encryption is unknown"),
        LoadPdfError::Invalid => damaged("it has no pages that can be found"),
    }
}

fn damaged(what: &str) -> Unreadable {
    Unreadable::new(
        format!("a damaged pdf ({what})"),
        "open it in a pdf viewer and print it to a new pdf",
    )
}
