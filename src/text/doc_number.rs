//! Document numbers, however sloppily they are typed.

use super::{fold, numeral};

/// The parts of a document number that tell it apart: who issued it, the year and the
/// number, each without marks. `None` for what is none.
///
/// ```
/// use plansearch_text::number_key;
/// let key = number_key("嘉政发〔2020〕15号");
/// assert!(key.is_some());
/// for typed in ["嘉政发2020 15", "嘉政发2020年15号", "嘉政发[2020]第15号文", "嘉政发（2020）15"] {
///     assert_eq!(number_key(typed), key, "{typed}");
/// }
/// assert_eq!(number_key("嘉政发2020"), None);
/// assert_eq!(number_key("2020年15号"), None);
/// assert_eq!(number_key("国务院令第七五七号"), number_key("国务院令757号"));
/// assert_eq!(number_key("中华人民共和国主席令第八十一号"), number_key("主席令第81号"));
/// ```
///
/// An order has a number that runs through the years, which then stands for 0.
pub fn number_key(typed: &str) -> Option<(String, u32, u32)> {
    let folded = fold(typed);
    if let Some(order) = order_key(&folded) {
        return Some(order);
    }
    let issued: String = folded.chars().take_while(|c| is_letter(*c)).collect();
    let rest = folded.strip_prefix(&issued)?.trim_start_matches('(');
    let year = rest.get(..4)?;
    let behind = rest
        .get(4..)?
        .trim_start_matches([')', '年', '第', '-', ',']);
    let n_digits = behind.chars().take_while(char::is_ascii_digit).count();
    let number = behind.get(..n_digits)?;
    let tail = behind.get(n_digits..)?;
    let is_whole = matches!(tail, "" | "号" | "号文" | "号文件" | "文");
    let year: u32 = year
        .parse()
        .ok()
        .filter(|year| (1949..2100).contains(year))?;
    let number = number.parse().ok().filter(|_| n_digits < 5)?;
    (is_whole && issued.chars().count() > 1).then_some((issued, year, number))
}

/// The same of an order or announcement: 国务院令第757号, 某省人大常委会公告第37号.
fn order_key(folded: &str) -> Option<(String, u32, u32)> {
    let (issued, number) = folded
        .split_once('令')
        .or_else(|| folded.split_once("公告"))?;
    let number = number.trim_start_matches('第').trim_end_matches('号');
    let number = numeral::parse(number)?;
    let issued = issued.trim_start_matches("中华人民共和国");
    let is_body = issued.chars().count() > 1 && issued.chars().all(is_letter);
    is_body.then(|| (issued.to_owned(), 0, number))
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii_digit()
}
