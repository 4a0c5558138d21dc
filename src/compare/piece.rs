//! What is compared: the passages of a text, as far as comparing needs to know them.

use plansearch_document::PassageKind;
use plansearch_engine::PassageRecord;
use plansearch_text::fold;

use crate::profile::Profile;

/// One passage of a text.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: PassageKind,
    /// The headings above from the top; of a heading itself too.
    pub path: &'a [String],
    /// Its text.
    pub text: &'a str,
    /// Its lead (小标题), if it has one.
    pub lead: Option<&'a str>,
}

impl<'a> From<&'a PassageRecord> for Piece<'a> {
    fn from(passage: &'a PassageRecord) -> Self {
        Self {
            kind: passage.passage_kind(),
            path: &passage.path,
            text: &passage.text,
            lead: passage.lead_text(),
        }
    }
}

/// The passages of one text, made ready.
pub(crate) struct Side<'a> {
    pub(crate) pieces: &'a [Piece<'a>],
    pub(crate) profiles: Vec<Profile>,
    leads: Vec<Option<String>>,
    /// The heading next above, folded.
    sections: Vec<String>,
}

/// From so many characters a lead names a subject.
const MIN_LEAD_CHARS: usize = 4;
/// Least likeness of two passages of the same lead.
const SAME_LEAD: f32 = 0.5;
/// Passages of different kinds are beside each other only when they are so alike.
const OTHER_KIND: f32 = 0.85;
/// What the same heading above adds.
const SAME_SECTION: f32 = 0.05;

impl<'a> Side<'a> {
    pub(crate) fn of(pieces: &'a [Piece<'a>]) -> Self {
        let lead = |piece: &Piece<'_>| {
            let lead = piece.lead.map(fold);
            lead.filter(|lead| lead.chars().count() >= MIN_LEAD_CHARS)
        };
        Self {
            pieces,
            profiles: pieces.iter().map(|piece| Profile::of(piece.text)).collect(),
            leads: pieces.iter().map(lead).collect(),
            sections: pieces.iter().map(section).collect(),
        }
    }
}

/// The heading next above a passage, of a heading the one around it, folded.
fn section(piece: &Piece<'_>) -> String {
    let above = match (piece.kind, piece.path) {
        (PassageKind::Heading, [above @ .., _]) => above.last(),
        (_, path) => path.last(),
    };
    above.map(|label| fold(label)).unwrap_or_default()
}

/// What the likeness of two passages counts for.
pub(crate) fn judge(a: &Side<'_>, b: &Side<'_>, at: (usize, usize), likeness: f32) -> f32 {
    let (left, right) = (&a.pieces[at.0], &b.pieces[at.1]);
    if left.kind != right.kind && likeness < OTHER_KIND {
        return 0.0;
    }
    let has_same_lead = a.leads[at.0].is_some() && a.leads[at.0] == b.leads[at.1];
    let likeness = if has_same_lead {
        likeness.max(SAME_LEAD)
    } else {
        likeness
    };
    if a.sections[at.0] == b.sections[at.1] && likeness > 0.0 {
        likeness + SAME_SECTION
    } else {
        likeness
    }
}
