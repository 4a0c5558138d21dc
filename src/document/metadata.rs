//! What a document says about itself: title, issuers, number, dates, type, period.
//!
//! A field that the source does not state is `None` or empty, never a guess.

use std::fmt;
use std::str::FromStr;

/// Facts about one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title as one would cite it, without 《》.
    pub title: String,
    /// Issuing bodies (发文机关), in the order of the source.
    pub issuers: Vec<String>,
    /// Document number (发文字号), such as 嘉政发〔2020〕15号.
    pub doc_number: Option<String>,
    /// Index number (索引号) of the publishing system.
    pub index_number: Option<String>,
    /// Date of issue (成文日期, or the date of the signature).
    pub date: Option<Date>,
    /// Date of publication (发布日期).
    pub publish_date: Option<Date>,
    /// Type of document.
    pub doc_type: DocType,
    /// First and last year of the plan.
    pub period: Option<PlanPeriod>,
}

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, four digits.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

/// First and last year that a plan covers, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanPeriod {
    /// First year.
    pub first: u16,
    /// Last year.
    pub last: u16,
}

/// Type of a document, from its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum DocType {
    /// 规划纲要: outline of a five-year plan.
    Outline,
    /// 专项规划: plan of one field or area.
    SpecialPlan,
    /// 行动计划: action plan.
    ActionPlan,
    /// 年度计划: plan of one year.
    AnnualPlan,
    /// 政府工作报告: report on the work of the government.
    WorkReport,
    /// 意见: opinions.
    Opinions,
    /// 方案: scheme.
    Scheme,
    /// 通知: notice.
    Notice,
    /// 法规: law or regulation (法律, 条例, 办法, 规定, 细则, 规则).
    Regulation,
    /// 决定: a decision.
    Decision,
    /// 决议: a resolution of a congress or council.
    Resolution,
    /// 批复: the answer to a request.
    Reply,
    /// 函: a letter between bodies.
    Letter,
    /// 通报: a circular that tells of an event, praises or blames.
    Circular,
    /// 公告: a public announcement, 通告 among them.
    Announcement,
    /// 公报: a communiqué, that of statistics among them.
    Communique,
    /// 报告: a report, that on the carrying out of a plan among them.
    Report,
    /// 纪要: minutes of a meeting.
    Minutes,
    /// 措施: a list of policy measures.
    Measures,
    /// 预案: a contingency plan.
    ContingencyPlan,
    /// 其他: anything else.
    #[default]
    Other,
}

impl Date {
    /// Makes a date; `None` when month or day cannot be.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year.is_multiple_of(4)
                && (!year.is_multiple_of(100) || year.is_multiple_of(400)) =>
            {
                29
            }
            2 => 28,
            _ => return None,
        };
        let is_real = (1..=days).contains(&day) && (1000..=9999).contains(&year);
        is_real.then_some(Self { year, month, day })
    }

    /// Reads `2021-06-27`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        Self::new(year, month, day)
    }

    /// Writes the date as a Chinese official does: 2021年6月27日.
    pub fn to_chinese(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }
}

/// A text that is no planning period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no planning period; hint: write 2021..2025, or 2024 for a plan of one year")]
pub struct PeriodError(String);

impl FromStr for PlanPeriod {
    type Err = PeriodError;

    /// Reads `2021..2025`, also with a dash, and `2024`.
    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let error = || PeriodError(text.to_owned());
        let plain = text.trim().trim_end_matches('年');
        let (first, last) = plain
            .split_once("..")
            .or_else(|| plain.split_once(['-', '—', '－', '–']))
            .unwrap_or((plain, plain));
        let year = |part: &str| {
            let part = part.trim().trim_end_matches('年');
            let is_year = part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
            is_year.then(|| part.parse::<u16>().ok()).flatten()
        };
        match (year(first), year(last)) {
            (Some(first), Some(last)) if first <= last => Ok(Self { first, last }),
            _ => Err(error()),
        }
    }
}

impl fmt::Display for PlanPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}..{}", self.first, self.last)
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl DocType {
    /// All types, in the order in which lists show them.
    pub const ALL: [Self; 21] = [
        Self::Outline,
        Self::SpecialPlan,
        Self::ActionPlan,
        Self::AnnualPlan,
        Self::WorkReport,
        Self::Opinions,
        Self::Scheme,
        Self::Notice,
        Self::Regulation,
        Self::Decision,
        Self::Resolution,
        Self::Reply,
        Self::Letter,
        Self::Circular,
        Self::Announcement,
        Self::Communique,
        Self::Report,
        Self::Minutes,
        Self::Measures,
        Self::ContingencyPlan,
        Self::Other,
    ];

    /// The Chinese name, as in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outline => "规划纲要",
            Self::SpecialPlan => "专项规划",
            Self::ActionPlan => "行动计划",
            Self::AnnualPlan => "年度计划",
            Self::WorkReport => "政府工作报告",
            Self::Opinions => "意见",
            Self::Scheme => "方案",
            Self::Notice => "通知",
            Self::Regulation => "法规",
            Self::Decision => "决定",
            Self::Resolution => "决议",
            Self::Reply => "批复",
            Self::Letter => "函",
            Self::Circular => "通报",
            Self::Announcement => "公告",
            Self::Communique => "公报",
            Self::Report => "报告",
            Self::Minutes => "纪要",
            Self::Measures => "措施",
            Self::ContingencyPlan => "预案",
            Self::Other => "其他",
        }
    }

    /// Finds the type of this exact Chinese name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_cannot_be_are_refused() {
        assert!(Date::new(2024, 2, 29).is_some());
        assert!(Date::new(2023, 2, 29).is_none());
        assert!(Date::new(2023, 13, 1).is_none());
        assert!(Date::parse_iso("2021-06").is_none());
    }

    #[test]
    fn periods_are_read_back_from_what_they_print() {
        for (text, expect) in [
            ("2021..2025", "2021..2025"),
            ("2021—2025年", "2021..2025"),
            ("2021年-2025年", "2021..2025"),
            ("2024", "2024"),
        ] {
            let period: PlanPeriod = text.parse().unwrap();
            assert_eq!(period.to_string(), expect);
        }
        for text in ["", "十四五", "2025..2021", "2021..", "21"] {
            assert!(text.parse::<PlanPeriod>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_type_reads_back_from_its_name() {
        for kind in DocType::ALL {
            assert_eq!(DocType::from_name(kind.name()), Some(kind));
        }
    }
}
