//! What is known of a document before its text is read: its year, its period, its kind.

use plansearch_document::DocType;

/// How figures of a kind of document are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Genre {
    /// A work report or a plan of one year: what was done, then what shall be.
    Report,
    /// A plan of several years.
    Plan,
    /// An opinion, scheme or notice: tasks and rules.
    #[default]
    Guide,
    /// A communiqué: what was reached.
    Record,
    /// A statute or decision: rules.
    Rule,
}

impl Genre {
    fn of(doc_type: DocType) -> Self {
        match doc_type {
            DocType::WorkReport | DocType::AnnualPlan | DocType::Report => Self::Report,
            DocType::Outline | DocType::SpecialPlan | DocType::ActionPlan => Self::Plan,
            DocType::Opinions
            | DocType::Scheme
            | DocType::Notice
            | DocType::Measures
            | DocType::Other => Self::Guide,
            DocType::Communique => Self::Record,
            _ => Self::Rule,
        }
    }
}

/// What is known of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// How its figures are meant.
    pub genre: Genre,
    /// The year that it speaks in.
    pub now: Option<u16>,
    /// Its plan period.
    pub period: Option<(u16, u16)>,
}

impl Facts {
    /// The facts of a document of this type, issued in `year`, for `period`.
    pub fn new(doc_type: DocType, year: Option<u16>, period: Option<(u16, u16)>) -> Self {
        let genre = Genre::of(doc_type);
        let now = match (genre, period) {
            (Genre::Report, Some((first, last))) if first == last => Some(first),
            _ => year.or(period.map(|(first, _)| first)),
        };
        let genre = match (genre, period) {
            // 其他 and 通知 that carry a plan are plans.
            (Genre::Guide | Genre::Rule, Some(_)) => Genre::Plan,
            (genre, _) => genre,
        };
        Self { genre, now, period }
    }

    /// The first and last year of targets that name none.
    pub(crate) fn target_years(&self) -> (Option<u16>, Option<u16>) {
        match (self.genre, self.period) {
            (Genre::Report, _) => (None, self.now),
            (_, Some((first, last))) => (Some(first), Some(last)),
            _ => (None, None),
        }
    }
}
