//! The words of a query, cut by the dictionary.
//!
//! Only what is typed is cut into words; each is then looked up as a string, so
//! that it does not matter how a text would be cut. No statistical model has a say, which
//! would cut the same word differently according to its neighbours.

use std::collections::HashSet;

use super::dictionary;
use super::fillers::{
    asks_how, completes_question, is_absence, is_filler, is_negation, is_never_in_names,
};
use super::segmenter;
use plansearch_text::{Figure, Span, figures, fold, fold::fold_char};

/// Characters that join or frame words and carry no subject of their own. A
/// query's words among these need not stand in a passage.
const PARTICLES: &str = "的地得了着和与及或并在于以为之其等是有将被把对从向到由也都而且";

/// Cuts a run of text without spaces into the words a passage must hold, as
/// spans of `run`: no punctuation, no particles and no fillers of questions, each
/// word once.
///
/// A run of nothing but those gives itself as its only word.
///
/// ```
/// use plansearch_analysis::required_words;
/// let run = "港区的氢能产业";
/// let words: Vec<_> = required_words(run).into_iter().map(|w| w.of(run)).collect();
/// assert_eq!(words, ["港区", "氢能", "产业"]);
/// let run = "港区怎么发展氢能?";
/// let words: Vec<_> = required_words(run).into_iter().map(|w| w.of(run)).collect();
/// assert_eq!(words, ["港区", "发展", "氢能"]);
/// ```
pub fn required_words(run: &str) -> Vec<Span> {
    let terms = Cut::of(run).terms.into_iter();
    terms.map(|term| term.span).collect()
}

/// A word of a run with what it is looked up by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Where it stands in the run.
    pub span: Span,
    /// The word, folded; of a figure the term that stands for all its spellings.
    pub text: String,
    /// Of a word with a negation before it the word without, folded.
    pub unnegated: Option<String>,
    /// Whether the negation only says that it is absent (没有充电桩), so that the word alone
    /// says a part of it.
    pub is_absence: bool,
}

/// What the words of a run are looked up by.
///
/// ```
/// use plansearch_analysis::required_terms;
/// let terms = |run| -> Vec<String> { required_terms(run).into_iter().map(|t| t.text).collect() };
/// assert_eq!(terms("港區"), ["港区"]);
/// assert_eq!(terms("百分之六"), terms("6%"));
/// ```
pub fn required_terms(run: &str) -> Vec<Term> {
    Cut::of(run).terms
}

/// A run, cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// As [`required_terms`] gives them.
    pub terms: Vec<Term>,
    /// As [`stretches`] gives them.
    pub stretches: Vec<Span>,
}

impl Cut {
    /// Cuts `run`.
    pub fn of(run: &str) -> Self {
        let plain = Plain::of(run);
        let text = &plain.text;
        let mut terms: Vec<Term> = Vec::new();
        let mut known = HashSet::new();
        let mut stretches: Vec<Span> = Vec::new();
        for token in telling_tokens(text) {
            let span = token.span;
            let word = token.figure.unwrap_or_else(|| fold(span.of(text)));
            if known.insert(word.clone()) {
                terms.push(Term {
                    span: plain.source(span),
                    text: word,
                    unnegated: token.unnegated.map(|span| fold(span.of(text))),
                    is_absence: token.is_absence,
                });
            }
            match stretches.last_mut() {
                Some(last) if last.end == span.start => last.end = span.end,
                _ => stretches.push(span),
            }
        }
        for span in &mut stretches {
            *span = plain.source(*span);
        }
        if terms.is_empty() {
            let span = Span::whole(run);
            terms.push(Term {
                span,
                text: fold(run),
                unnegated: None,
                is_absence: false,
            });
            stretches.push(span);
        }
        Self { terms, stretches }
    }
}

/// A run as the dictionary has its words: in simplified characters and narrow
/// letters. It has as many characters as the run.
struct Plain {
    text: String,
    /// Where each byte of `text` comes from, and the end.
    origins: Vec<usize>,
}

impl Plain {
    fn of(run: &str) -> Self {
        let mut text = String::with_capacity(run.len());
        let mut origins = Vec::with_capacity(run.len() + 1);
        for (at, c) in run.char_indices() {
            let c = plain_char(c);
            text.push(c);
            origins.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
        origins.push(run.len());
        Self {
            text: without_choices(&text),
            origins,
        }
    }

    fn source(&self, span: Span) -> Span {
        let origin = |at: usize| self.origins.get(at).copied().unwrap_or_default();
        Span::new(origin(span.start), origin(span.end))
    }
}

/// A text in which a verb that is asked as a choice is a verb: 给不给钱 is 给钱, and 能不能
/// is 能. What is left out is blank and as long, so that places stay.
fn without_choices(text: &str) -> String {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut plain = text.to_owned();
    for at in chars.windows(3) {
        let [(start, verb), (_, not), (end, again)] = at else {
            continue;
        };
        if verb == again && matches!(not, '不' | '没') && verb.is_alphabetic() {
            plain.replace_range(*start..*end, &" ".repeat(end - start));
        }
    }
    plain
}

/// Characters that count as another and are in use in simplified texts too, so that the
/// dictionary has words with them: 零售, 著名, 乾坤, 覆盖, 瞭望, 慰藉.
const IN_USE: &str = "零著乾覆瞭藉";

/// A character as the dictionary writes it.
fn plain_char(c: char) -> char {
    let is_letter = matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ff10}'..='\u{ff5a}');
    if !is_letter || IN_USE.contains(c) {
        return c;
    }
    let mut plain = c;
    fold_char(c, |folded| plain = folded);
    if plain.is_alphanumeric() { plain } else { c }
}

/// The stretches of `run` between fillers and marks, as spans of `run`; the run
/// itself when there are none.
///
/// ```
/// use plansearch_analysis::stretches;
/// let run = "港区怎么发展氢能?";
/// let found: Vec<_> = stretches(run).into_iter().map(|s| s.of(run)).collect();
/// assert_eq!(found, ["港区", "发展氢能"]);
/// ```
pub fn stretches(run: &str) -> Vec<Span> {
    Cut::of(run).stretches
}

/// Where the words of a text begin, and its end: bytes, sorted.
///
/// ```
/// use plansearch_analysis::word_borders;
/// assert_eq!(word_borders("加快发展"), [0, 6, 12]);
/// assert_eq!(word_borders(""), [0]);
/// ```
pub fn word_borders(text: &str) -> Vec<usize> {
    let mut borders = vec![0];
    borders.extend(segmenter::cut(text).iter().map(|word| word.end));
    borders
}

/// The shorter words in a word of three or more characters, which say a part of
/// it.
///
/// ```
/// use plansearch_analysis::parts_of_word;
/// assert_eq!(parts_of_word("养老院"), ["养老"]);
/// assert!(parts_of_word("氢能").is_empty());
/// ```
pub fn parts_of_word(word: &str) -> Vec<String> {
    if word.chars().count() < 3 || word.is_ascii() {
        return Vec::new();
    }
    let is_part = |part: &str| part.chars().count() > 1 && part != word;
    let parts = segmenter::words_and_parts(word).into_iter();
    parts
        .filter(|part| is_part(part))
        .map(str::to_owned)
        .collect()
}

/// Says whether the dictionary has this word, written in simplified characters.
pub fn is_word(word: &str) -> bool {
    dictionary::word(word).is_some()
}

/// Says whether `run` is nothing but fillers, particles and marks.
///
/// ```
/// use plansearch_analysis::is_idle;
/// assert!(is_idle("里的") && is_idle("怎么"));
/// assert!(!is_idle("氢能"));
/// ```
pub fn is_idle(run: &str) -> bool {
    let run = &Plain::of(run).text;
    whole_tokens(run)
        .into_iter()
        .all(|token| token.figure.is_none() && !tells(token.span.of(run)))
}

fn tells(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric) && !is_particle(word) && !is_filler(word)
}

/// A piece of a run.
#[derive(Debug, Clone)]
struct Token {
    span: Span,
    /// The term of the figure that it is.
    figure: Option<String>,
    /// What a negation before it turns around.
    unnegated: Option<Span>,
    /// Whether that says that it is absent.
    is_absence: bool,
}

impl Token {
    fn word(span: Span) -> Self {
        Self {
            span,
            figure: None,
            unnegated: None,
            is_absence: false,
        }
    }
}

/// The tokens that carry a subject: no marks, particles and fillers, and not what
/// only completes a question (怎么 *解决*). A negation is a part of the word behind it.
fn telling_tokens(run: &str) -> Vec<Token> {
    let mut is_after_how = false;
    let mut negation: Option<Span> = None;
    let mut telling: Vec<Token> = Vec::new();
    for mut token in whole_tokens(run) {
        let word = token.span.of(run);
        let is_telling = token.figure.is_some()
            || tells(word) && !is_negation(word) && !(is_after_how && completes_question(word));
        // What only completes a question may itself be completed: 如何才能做好.
        is_after_how = asks_how(word) || is_after_how && completes_question(word);
        if is_telling {
            if let Some(negation) = negation.filter(|_| token.figure.is_none()) {
                token.unnegated = Some(token.span);
                token.is_absence = is_absence(negation.of(run));
                token.span.start = negation.start;
            }
            telling.push(token);
            negation = None;
        } else {
            negation = is_negation(word).then_some(token.span);
        }
    }
    telling
}

/// The words of a run, with figures whole, and with what fell apart joined again: a Latin word
/// or number (`PM`, `2`, `.`, `5`), and a name that is in no dictionary (科, 创).
fn whole_tokens(run: &str) -> Vec<Token> {
    let cut = segmenter::cut(run);
    let mut figures = whole_figures(run, &cut).into_iter().peekable();
    let mut tokens: Vec<Token> = Vec::new();
    for mut span in cut {
        while let Some(figure) = figures.next_if(|figure| figure.span.start < span.end) {
            if figure.span.start > span.start {
                push_word(run, &mut tokens, Span::new(span.start, figure.span.start));
            }
            span.start = span.start.max(figure.span.end);
            tokens.push(Token {
                figure: Some(figure.term()),
                ..Token::word(figure.span)
            });
        }
        if let Some(last) = tokens.last().filter(|last| last.figure.is_some()) {
            span.start = span.start.max(last.span.end);
        }
        if span.start < span.end {
            push_word(run, &mut tokens, span);
        }
    }
    for token in tokens.iter_mut().filter(|token| token.figure.is_none()) {
        let word = token.span.of(run);
        let tail = word.trim_end_matches(['.', '&', '%', '-', '/', '+']);
        if !tail.is_empty() {
            token.span.end = token.span.start + tail.len();
        }
    }
    tokens
}

/// Adds a piece of a run, or makes the last one longer by it.
fn push_word(run: &str, tokens: &mut Vec<Token>, span: Span) {
    let is_latin = |span: Span| span.of(run).chars().all(|c| c.is_ascii_alphanumeric());
    let is_inner_mark = |text: &str| matches!(text, "." | "&" | "%" | "-" | "/" | "+");
    let word = span.of(run);
    let joins = tokens.last().is_some_and(|last| {
        let last_word = last.span.of(run);
        let tail = last_word.chars().next_back();
        let after_mark = tail.is_some_and(|c| is_inner_mark(c.encode_utf8(&mut [0; 4])));
        let latin_so_far = tail.is_some_and(|c| c.is_ascii_alphanumeric());
        let is_name = is_lone_character(last_word) && is_lone_character(word);
        last.figure.is_none()
            && (is_name
                || (latin_so_far && (is_latin(span) || is_inner_mark(word)))
                || (after_mark && is_latin(span) && last.span.n_chars(run) > 1))
    });
    match tokens.last_mut() {
        Some(last) if joins => last.span.end = span.end,
        _ => tokens.push(Token::word(span)),
    }
}

/// Shorter figures in Chinese numerals are words where the dictionary has them: 一次, 五年.
const MIN_CHARS_BESIDE_WORD: usize = 3;

/// The figures of a run that no word of the dictionary reaches into, the longest at each
/// place.
fn whole_figures(run: &str, cut: &[Span]) -> Vec<Figure> {
    let is_border = |at: usize| at == run.len() || cut.iter().any(|span| span.start == at);
    let is_word = |span: Span| cut.contains(&span);
    let mut whole: Vec<Figure> = Vec::new();
    for figure in figures(run) {
        let Span { start, end } = figure.span;
        let is_behind = whole.last().is_none_or(|last| last.span.end <= start);
        let ends_latin = figure.span.of(run).ends_with(|c: char| c.is_ascii());
        let is_apart = if figure.is_chinese {
            let is_short = figure.span.n_chars(run) < MIN_CHARS_BESIDE_WORD;
            is_border(start) && is_border(end) && !(is_short && is_word(figure.span))
        } else {
            ends_latin || is_border(end)
        };
        if is_behind && is_apart {
            whole.push(figure);
        }
    }
    whole
}

/// Says whether `word` is one character, or several that were joined to a name,
/// and no particle.
fn is_lone_character(word: &str) -> bool {
    let is_name = word.chars().count() == 1 || dictionary::word(word).is_none();
    is_name
        && !is_never_in_names(word)
        && word
            .chars()
            .all(|c| !c.is_ascii() && c.is_alphabetic() && !PARTICLES.contains(c))
}

fn is_particle(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if PARTICLES.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(run: &str, expect: &[&str]) {
        let words: Vec<_> = required_words(run).into_iter().map(|w| w.of(run)).collect();
        assert_eq!(words, expect, "{run}");
    }

    #[test]
    fn runs_are_cut_into_words() {
        check("乡村振兴", &["乡村", "振兴"]);
        check("海河联运、集装箱", &["海河", "联运", "集装箱"]);
    }

    #[test]
    fn traditional_and_wide_characters_are_cut_as_their_kin() {
        check("獨角獸企業", &["獨角獸", "企業"]);
        check("５Ｇ網絡零售", &["５Ｇ", "網絡", "零售"]);
    }

    #[test]
    fn letters_and_digits_stay_together() {
        check("G60科创走廊", &["G60", "科创", "走廊"]);
        check("PM2.5浓度", &["PM2.5", "浓度"]);
    }

    #[test]
    fn a_figure_is_one_word() {
        check("增长6%以上", &["增长", "6%", "以上"]);
        check("2.2%", &["2.2%"]);
        check("1200亿元投资", &["1200亿元", "投资"]);
        check("2020年4月30日印发", &["2020年4月30日", "印发"]);
        check("2020年度报告", &["2020", "年度报告"]);
        check("公司法第十五条", &["公司法", "第十五条"]);
        check("三门县", &["三门县"]);
        check("五年规划", &["五年", "规划"]);
        check("二十五座泊位", &["二十五座", "泊位"]);
    }

    #[test]
    fn a_negation_is_a_part_of_its_word() {
        check("不超过", &["不超过"]);
        check("利用率不低于80%", &["利用率", "不低于", "80%"]);
        check("未批准先建", &["未批准", "先建"]);
        check("非户籍人口", &["非户籍", "人口"]);
        let unnegated = required_terms("不超过").remove(0).unnegated;
        assert_eq!(unnegated.as_deref(), Some("超过"));
        let is_absence = |run| required_terms(run).remove(0).is_absence;
        assert!(is_absence("没有充电桩") && !is_absence("不超过"));
    }

    #[test]
    fn what_completes_a_question_is_no_word() {
        check("引才难怎么解决?", &["引才难"]);
        check("怎么办理落户", &["落户"]);
        check("如何才能做好防汛", &["防汛"]);
        check("怎样才能申请低保", &["申请", "低保"]);
        check("种子有哪些规定和要求", &["种子"]);
        check("解决住房困难", &["解决", "住房", "困难"]);
    }

    #[test]
    fn what_never_stands_in_a_name_is_not_joined() {
        check("政府别盖办公楼", &["政府", "盖", "办公楼"]);
        check("从能干的农民里找党员", &["能干", "农民", "党员"]);
        check("我想了解一下科创走廊", &["科创", "走廊"]);
    }

    #[test]
    fn a_choice_is_a_verb() {
        check("实习给不给钱", &["实习", "给钱"]);
        check("能不能异地报销", &["异地", "报销"]);
        check("看病报不报销", &["看病", "报销"]);
    }

    #[test]
    fn a_run_of_particles_is_its_own_word() {
        check("的", &["的"]);
        check("。", &["。"]);
    }

    proptest! {
        #[test]
        fn words_are_pieces_of_the_run_in_order(run in "\\PC{1,30}") {
            let mut end = 0;
            for word in required_words(&run) {
                prop_assert!(!word.of(&run).is_empty());
                prop_assert!(word.start >= end);
                end = word.end;
            }
        }
    }
}
