//! What a document is called and which type it is.
//!
//! The title page gives the title, joined over its lines. Where a notice cites
//! the plan in 《》 and the two differ only a little, the cited form is taken: it
//! is the one people quote. A notice that hands over no plan is itself the plan.

use super::block::{Block, Front, Role, without_blanks};
use super::labels::{self, Meaning};
use super::words::{self, List};
use super::{front, official, sentence};
use plansearch_document::Place;
use plansearch_text::Span;

/// A name with the place where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) text: String,
    pub(super) place: Place,
}

/// The names found at the head of a document.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// Titles in order, each joined over its lines.
    pub(super) lines: Vec<Named>,
    /// Names cited in 《》 by cover notice or notice title.
    cited: Vec<Named>,
    /// The value of a label 标题.
    labelled: Option<Named>,
    /// The notice has the text itself: 现就有关事项通知如下.
    is_own_text: bool,
    /// The first title hands no other text over.
    is_own: bool,
}

impl Titles {
    /// Collects the titles among the front matter. `is_own` says that the first one
    /// speaks for itself.
    pub(super) fn of(blocks: &[Block], is_own: bool) -> Self {
        let mut titles = Self {
            is_own,
            ..Self::default()
        };
        let mut joined: Option<Named> = None;
        let mut bodies_above: Vec<&str> = Vec::new();
        for block in blocks
            .iter()
            .filter(|block| !matches!(block.role, Role::Dropped(_)))
        {
            let above = joined.as_ref().map(|title| title.text.as_str());
            if block.role == Role::Front(Front::Title) || is_year_behind(block, above) {
                match &mut joined {
                    Some(title) if !begins_anew(&title.text, block) => {
                        title.text.push_str(block.text.trim());
                    }
                    _ => {
                        titles.lines.extend(joined.take());
                        joined = Some(Named {
                            text: with_bodies_above(&bodies_above, &block.text),
                            place: Place::Line(block.line + 1),
                        });
                    }
                }
            } else {
                titles.lines.extend(joined.take());
            }
            titles.note_facts(block);
            if block.role == Role::Front(Front::Organisation) {
                bodies_above.push(&block.text);
            } else {
                bodies_above.clear();
            }
        }
        titles.lines.extend(joined);
        let opening = blocks
            .iter()
            .filter(|block| block.is_open())
            .take(OPENING_BLOCKS);
        let states = |text: &str| {
            text.trim_end_matches(['：', ':', '。'])
                .ends_with("通知如下")
        };
        titles.is_own_text = opening.into_iter().any(|block| states(&block.text));
        for line in titles.lines.clone() {
            let cited = handed_over(&line.text);
            titles
                .cited
                .extend(cited.map(|text| Named { text, ..line }));
        }
        titles
    }

    fn note_facts(&mut self, block: &Block) {
        let line = block.line + 1;
        match block.role {
            Role::Front(Front::Other) => {
                let cited = cited_first(&block.text);
                self.cited.extend(cited.map(|text| Named {
                    text,
                    place: Place::Line(line),
                }));
            }
            Role::Front(Front::Label) if self.labelled.is_none() => {
                let title = labels::of_block(block)
                    .into_iter()
                    .find(|label| label.meaning == Meaning::Title && !label.value.is_empty());
                self.labelled = title.map(|label| Named {
                    text: label.value.to_owned(),
                    place: Place::Label {
                        name: label.name,
                        line,
                    },
                });
            }
            _ => {}
        }
    }

    /// The title that the page states under a label, or the one that it hands over,
    /// as far as the text says the same.
    fn of_label(&self) -> Option<Named> {
        let stated = self.labelled.as_ref()?;
        let is_said = |text: &str| self.lines.iter().find(|line| is_near(&line.text, text));
        if let Some(plan) = handed_over(&stated.text) {
            let is_notice = self.is_own_text || names_several(&stated.text);
            let line = is_said(&plan).filter(|_| !is_notice)?;
            let cited = self.cited.iter().find(|cited| is_near(&cited.text, &plan));
            return Some(Named {
                text: cited.map_or(plan, |cited| cited.text.clone()),
                place: line.place.clone(),
            });
        }
        let is_whole = front::is_whole_title(&stated.text);
        (is_whole && !hands_over_words(&stated.text)).then(|| stated.clone())
    }

    /// Takes the title that the format states, where the text says the same words and
    /// no label states one.
    pub(super) fn note_stated(&mut self, stated: Option<Named>) {
        if self.labelled.is_none() {
            self.labelled = stated;
        }
    }

    /// The title as one cites it.
    pub(super) fn best(&self) -> Option<Named> {
        let tight = |named: &Named| Named {
            text: spaced_tight(&named.text),
            place: named.place.clone(),
        };
        if let Some(labelled) = self.of_label() {
            return Some(tight(&labelled));
        }
        if let Some(own) = self.lines.first().filter(|_| self.is_own) {
            return Some(tight(own));
        }
        let plans = || {
            let lines = self.lines.iter().rev();
            lines.filter(|line| !hands_over(&line.text) && !is_prose(&line.text))
        };
        let plan = plans()
            .find(|line| front::is_whole_title(&line.text))
            .or_else(|| plans().next_back());
        if let Some(plan) = plan {
            let plan = tight(plan);
            let is_draft = |text: &str| DRAFTS.iter().any(|mark| text.contains(mark));
            let mut cited = self.cited.iter().filter(|c| is_near(&c.text, &plan.text));
            // A resolution cites the draft that it approves.
            let cited = cited.find(|c| is_draft(&plan.text) || !is_draft(&c.text));
            return Some(cited.map_or(plan.clone(), |cited| Named {
                text: spaced_tight(&cited.text),
                place: plan.place,
            }));
        }
        let mut handing = self.lines.iter().rev();
        if let Some(notice) = handing.find(|line| hands_over(&line.text)) {
            let notice = tight(notice);
            let is_notice = self.is_own_text || names_several(&notice.text);
            let plan = handed_over(&notice.text).filter(|_| !is_notice);
            let text = plan.unwrap_or(notice.text);
            return Some(Named { text, ..notice });
        }
        let labelled = || {
            let named = self.labelled.as_ref()?;
            let text = handed_over(&named.text).unwrap_or_else(|| named.text.clone());
            Some(tight(&Named {
                text,
                place: named.place.clone(),
            }))
        };
        self.cited.first().map(tight).or_else(labelled)
    }
}

/// What a title bears before it is approved.
const DRAFTS: [&str; 4] = ["草案", "征求意见稿", "送审稿", "讨论稿"];

/// A notice says among the first lines of its body that the text follows.
const OPENING_BLOCKS: usize = 3;

/// （2019—2025年） on a line behind a title belongs to it.
fn is_year_behind(block: &Block, title: Option<&str>) -> bool {
    let text = without_blanks(&block.text);
    title.is_some()
        && block.role == Role::Front(Front::Other)
        && text.starts_with(['(', '（'])
        && text.chars().count() <= 24
        && text.contains("20")
        && !text.contains('月')
        || title.is_some()
            && matches!(
                text.as_str(),
                "(征求意见稿)" | "（征求意见稿）" | "（草案）" | "(修编)" | "（修编）" | "（修订）"
            )
}

/// A whole title is not continued, unless the next line cannot stand alone.
fn begins_anew(title: &str, next: &Block) -> bool {
    let continues = next.text.starts_with(['的', '和', '及', '与', '(', '（']);
    front::is_whole_title(title) && !continues || next.mark_level > 0
}

/// `中共某市委 某市人民政府` / `关于印发…的通知`: the bodies open the title.
fn with_bodies_above(bodies: &[&str], text: &str) -> String {
    if bodies.is_empty() || !text.starts_with("关于") && !is_form_alone(text) {
        return text.to_owned();
    }
    format!("{}{text}", bodies.join(" "))
}

/// 专题会议纪要, 征收土地预公告: the name of a form, which says nothing without its body.
fn is_form_alone(text: &str) -> bool {
    let squeezed = without_blanks(text);
    ["公告", "通告", "纪要"]
        .iter()
        .any(|form| squeezed.ends_with(form))
        && squeezed.chars().count() <= MAX_FORM_NAME_CHARS
        && !squeezed.contains(|c: char| c.is_ascii_digit() || "《省市县区州旗部委".contains(c))
}

const MAX_FORM_NAME_CHARS: usize = 10;

/// Says whether the title is that of a letter, or of a report in a newspaper,
/// that hands another document over.
pub(super) fn hands_over(title: &str) -> bool {
    let core = front::title_core(title);
    ["通知", "批复", "通告", "公告"]
        .iter()
        .any(|end| core.ends_with(end))
        || is_headline(title)
}

/// 印发, 转发 and 批转 speak of another text.
fn hands_over_words(title: &str) -> bool {
    ["印发", "转发", "批转"]
        .iter()
        .any(|word| title.contains(word))
}

/// Lines of a torn paragraph that end by chance as titles do.
fn is_prose(title: &str) -> bool {
    sentence::n_commas(title) > 1 || title.chars().count() > MAX_TITLE_CHARS
}

const MAX_TITLE_CHARS: usize = 110;

/// `某委 某府印发《某规划》`.
fn is_headline(title: &str) -> bool {
    title.trim_end().ends_with('》')
        && ["印发《", "发布《", "公布《", "印发了《", "转发《"]
            .iter()
            .any(|words| title.contains(words))
}

/// The plan that a notice hands over: 关于印发《某规划》的通知.
pub(super) fn handed_over(notice: &str) -> Option<String> {
    if !hands_over(notice) {
        return None;
    }
    let at = ["印发", "转发", "发布", "公布"]
        .iter()
        .find_map(|word| Span::find(notice, word))?;
    let rest = super::block::tail(notice, at.end);
    // 关于公布…名录的通知 makes the list known itself, unless it names it as a text.
    let is_handed = ["印发", "转发"].iter().any(|word| notice.contains(word));
    cited_first(rest).or_else(|| {
        let name = rest.rsplit_once("的通知").map(|(name, _)| name)?;
        let is_text = is_handed || name.starts_with('《');
        (is_text && front::is_whole_title(name)).then(|| name.to_owned())
    })
}

/// Says whether a notice hands over more than one text: 印发《某方案》和《某办法》的通知,
/// 印发《某制度》等三项制度的通知.
pub(super) fn names_several(notice: &str) -> bool {
    let at = ["印发", "转发", "发布", "公布"]
        .iter()
        .find_map(|word| Span::find(notice, word));
    let Some(at) = at.filter(|_| hands_over(notice)) else {
        return false;
    };
    let mut depth = 0_u32;
    let mut n_names = 0;
    let named = super::block::tail(notice, at.end);
    for c in named.chars() {
        match c {
            '《' => {
                n_names += u32::from(depth == 0);
                depth += 1;
            }
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    named.contains("》等") || n_names >= 2 || counts_texts(named)
}

/// 港口改革两个规定的通知: how many texts there are.
fn counts_texts(named: &str) -> bool {
    let Some(counted_names) = named.trim_end().strip_suffix("的通知") else {
        return false;
    };
    let counted = counted_names
        .char_indices()
        .rev()
        .find(|(_, c)| matches!(c, '个' | '项' | '件' | '部'));
    counted.is_some_and(|(at, c)| {
        let number = super::block::head(counted_names, at).chars().next_back();
        let form = super::block::tail(counted_names, at + c.len_utf8());
        let is_number = number.is_some_and(|c| {
            matches!(
                c,
                '两' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
            ) || c.is_ascii_digit()
        });
        is_number && form.chars().count() <= MAX_FORM_CHARS && words::ends(List::NoticeEnds, form)
    })
}

const MAX_FORM_CHARS: usize = 6;

/// The first name in 《》.
fn cited_first(text: &str) -> Option<String> {
    let open = Span::find(text, "《")?;
    let rest = super::block::tail(text, open.end);
    let mut depth = 1;
    let close = rest.char_indices().find(|(_, c)| {
        match c {
            '《' => depth += 1,
            '》' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    let name = super::block::head(rest, close.0);
    (name.chars().count() >= 4 && front::is_whole_title(name)).then(|| name.to_owned())
}

/// Blanks go where both sides are Chinese; between two bodies one stays.
fn spaced_tight(title: &str) -> String {
    let title = title.trim();
    let inner = title
        .strip_prefix('《')
        .and_then(|title| title.strip_suffix('》'));
    let title = inner
        .filter(|inner| !inner.contains(['《', '》']))
        .unwrap_or(title);
    let title = front::without_brackets(without_remark(front::without_note_mark(title)));
    let has_latin = title.chars().any(|c| c.is_ascii_alphabetic());
    if has_latin {
        return title.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if let Some(at) = title.find("关于") {
        let names = super::block::head(title, at).trim();
        let bodies = official::organisations(names);
        if bodies.len() > 1
            && !names.contains('、')
            && bodies.iter().all(|body| official::is_organisation(body))
        {
            let rest = without_blanks(super::block::tail(title, at));
            return format!("{}{rest}", bodies.join(" "));
        }
    }
    without_blanks(title)
}

/// （全文）, （转载） and their like are the publisher's, not the title's.
fn without_remark(title: &str) -> &str {
    let remarks = ["全文", "文字实录", "实录", "转载", "图文", "摘编", "摘要"];
    let mut brackets = remarks
        .iter()
        .flat_map(|remark| [format!("（{remark}）"), format!("({remark})")]);
    let cut = brackets.find_map(|bracket| {
        let cut = title.strip_suffix(bracket.as_str());
        cut.or_else(|| title.strip_prefix(bracket.as_str()))
    });
    cut.filter(|cut| !cut.is_empty()).unwrap_or(title)
}

/// Letters and digits only, folded.
pub(super) fn plain(text: &str) -> String {
    let mut folded = plansearch_text::fold(text);
    folded.retain(char::is_alphanumeric);
    folded
}

/// Says whether two titles differ by no more than a few characters.
pub(super) fn is_near(a: &str, b: &str) -> bool {
    let chars = |text: &str| -> Vec<char> { plain(text).chars().collect() };
    let (a, b) = (chars(a), chars(b));
    let longest = a.len().max(b.len());
    longest > 0 && longest < 200 && distance(&a, &b) * 8 <= longest
}

/// Counts the insertions, deletions and changes between two short texts.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let cost = (corner + usize::from(x != y))
                .min(row[j] + 1)
                .min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], cost);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[(Front, &str)], expect: &str) {
        let blocks: Vec<Block> = lines
            .iter()
            .map(|(kind, text)| Block::with_role(text, 0, Role::Front(*kind)))
            .collect();
        let best = Titles::of(&blocks, false).best().map(|title| title.text);
        assert_eq!(best.as_deref(), Some(expect));
    }

    #[test]
    fn the_title_is_the_plan_as_cited() {
        use Front::*;
        check(
            &[
                (
                    Other,
                    "《某区第十四个五年规划和二〇三五年远景目标纲要》已经同意，现印发给你们。",
                ),
                (Title, "某区第十四个五年"),
                (Title, "规划和二〇三五远景目标纲要"),
            ],
            "某区第十四个五年规划和二〇三五年远景目标纲要",
        );
        check(
            &[
                (Title, "某市关于印发《某市行动计划》的通知"),
                (Other, "《某市行动计划》现印发给你们。"),
            ],
            "某市行动计划",
        );
        check(
            &[(Title, "某市关于下达2024年计划的通知")],
            "某市关于下达2024年计划的通知",
        );
        check(
            &[(Title, "国务院关于印发"), (Title, "“十四五”某规划的通知")],
            "“十四五”某规划",
        );
    }
}
