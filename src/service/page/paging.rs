//! Links to the other pages of a list.

/// The pages of a list around the one that is shown.
pub(super) struct Paging {
    /// Address of the page before.
    pub(super) previous: Option<String>,
    /// Address of the page after.
    pub(super) next: Option<String>,
    /// Page numbers in order, with gaps.
    pub(super) steps: Vec<Step>,
    /// Number of pages.
    pub(super) n_pages: usize,
}

/// One place in the row of page numbers.
pub(super) struct Step {
    /// Number of the page, from 1; 0 for a gap.
    pub(super) number: usize,
    /// Address of the page; empty for a gap.
    pub(super) href: String,
    /// Whether it is the page shown.
    pub(super) is_current: bool,
}

/// How many pages are named on each side of the current one.
const REACH: usize = 2;

impl Paging {
    /// The pages of `total` items, `limit` to a page, the one from `offset` on
    /// shown; `href` makes the address of the page from an offset on.
    pub(super) fn new(
        total: usize,
        limit: usize,
        offset: usize,
        href: impl Fn(usize) -> String,
    ) -> Self {
        let limit = limit.max(1);
        let n_pages = total.div_ceil(limit);
        let current = offset / limit + 1;
        let at = |number: usize| href((number - 1) * limit);
        let mut steps: Vec<Step> = Vec::new();
        let mut last = 0;
        for number in 1..=n_pages {
            let is_named = number == 1 || number == n_pages || number.abs_diff(current) <= REACH;
            if !is_named {
                continue;
            }
            if number > last + 1 {
                steps.push(Step {
                    number: 0,
                    href: String::new(),
                    is_current: false,
                });
            }
            steps.push(Step {
                number,
                href: at(number),
                is_current: number == current,
            });
            last = number;
        }
        Self {
            previous: (current > 1 && n_pages > 0).then(|| at((current - 1).min(n_pages))),
            next: (current < n_pages).then(|| at(current + 1)),
            steps,
            n_pages,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(total: usize, offset: usize, expect: &str) {
        let paging = Paging::new(total, 10, offset, |offset| offset.to_string());
        let mut row: Vec<String> = Vec::new();
        row.extend(paging.previous.map(|href| format!("<{href}")));
        row.extend(paging.steps.into_iter().map(|step| match step {
            Step { number: 0, .. } => "…".to_owned(),
            Step {
                number,
                is_current: true,
                ..
            } => format!("[{number}]"),
            Step { number, href, .. } => format!("{number}@{href}"),
        }));
        row.extend(paging.next.map(|href| format!("{href}>")));
        assert_eq!(row.join(" "), expect);
    }

    #[test]
    fn pages_are_named_around_the_current_one() {
        check(0, 0, "");
        check(10, 0, "[1]");
        check(11, 0, "[1] 2@10 10>");
        check(95, 50, "<40 1@0 … 4@30 5@40 [6] 7@60 8@70 … 10@90 60>");
        check(25, 990, "<20 1@0 … 3@20");
    }
}
