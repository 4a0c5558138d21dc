//! The words of one page and where they stand.

use super::super::source::Unreadable;
use super::super::xml::{self, Element, Node};

/// The words of a page in the order of the file.
#[derive(Default)]
pub(super) struct Page {
    pub(super) runs: Vec<Run>,
    /// Numbers of the templates under it.
    pub(super) templates: Vec<String>,
}

/// Words set at one place; lengths in millimetres from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) x: f64,
    /// The line that the words stand on.
    pub(super) y: f64,
    /// Where the words end.
    pub(super) end: f64,
    pub(super) size: f64,
    is_rotated: bool,
}

/// The element that words stand in.
#[derive(Default)]
struct TextObject {
    boundary: [f64; 2],
    size: f64,
    matrix: Option<[f64; 6]>,
    code: Option<Code>,
    /// A later text that names no place stands where the one before stood.
    place: [f64; 2],
}

struct Code {
    advance: f64,
    text: String,
}

impl Page {
    /// Reads the content of a page; the second value is what is odd about it.
    pub(super) fn parse(content: &str) -> Result<(Self, Option<String>), Unreadable> {
        let mut page = Self::default();
        let mut open: Vec<String> = Vec::new();
        let mut object = TextObject::default();
        let warning = xml::walk(content, |node| {
            match node {
                Node::Open(element) => {
                    match element.name().as_str() {
                        "Template" => page.templates.extend(element.attribute("TemplateID")),
                        "TextObject" => object = TextObject::of(&element),
                        "TextCode" => object.begin(&element),
                        _ => {}
                    }
                    open.push(element.name());
                }
                Node::Close => {
                    if open.pop().is_some_and(|name| name == "TextCode") {
                        page.runs.extend(object.end());
                    }
                }
                Node::Text(text) => {
                    let is_inside = open.last().is_some_and(|name| name == "TextCode");
                    if let Some(code) = object.code.as_mut().filter(|_| is_inside) {
                        code.text.push_str(text);
                    }
                }
            }
            Ok(())
        })?;
        // A file that breaks off keeps its last words.
        page.runs.extend(object.end());
        Ok((page, warning))
    }

    /// Takes the words that stand askew out of the page.
    pub(super) fn take_rotated(&mut self) -> Vec<String> {
        let (rotated, level) = std::mem::take(&mut self.runs)
            .into_iter()
            .partition(|run: &Run| run.is_rotated);
        self.runs = level;
        rotated.into_iter().map(|run: Run| run.text).collect()
    }
}

impl TextObject {
    fn of(element: &Element<'_>) -> Self {
        let numbers = |name: &str| numbers(&element.attribute(name).unwrap_or_default());
        let boundary = numbers("Boundary");
        let matrix = <[f64; 6]>::try_from(numbers("CTM")).ok();
        let size = numbers("Size").first().copied().unwrap_or(0.0);
        Self {
            boundary: [
                boundary.first().copied().unwrap_or(0.0),
                boundary.get(1).copied().unwrap_or(0.0),
            ],
            size: if size > 0.0 { size } else { DEFAULT_SIZE },
            matrix,
            ..Self::default()
        }
    }

    fn begin(&mut self, element: &Element<'_>) {
        let number = |name: &str| {
            let value = element.attribute(name)?;
            numbers(&value).first().copied()
        };
        self.place = [
            number("X").unwrap_or(self.place[0]),
            number("Y").unwrap_or(self.place[1]),
        ];
        self.code = Some(Code {
            advance: advance(&element.attribute("DeltaX").unwrap_or_default()),
            text: String::new(),
        });
    }

    fn end(&mut self) -> Option<Run> {
        let code = self.code.take()?;
        let text = code.text.trim_matches(['\n', '\r', '\t']).to_owned();
        if text.trim().is_empty() {
            return None;
        }
        let [x, y] = self.place;
        let [x_by_x, y_by_x, x_by_y, y_by_y, right, down] =
            self.matrix.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        let left = self.boundary[0] + x_by_x * x + x_by_y * y + right;
        let stretch = y_by_y.abs();
        let size = self.size * if stretch > 0.0 { stretch } else { 1.0 };
        let n_chars = text.chars().count();
        let width = if code.advance > 0.0 {
            code.advance + self.size
        } else {
            self.size * n_chars as f64
        };
        Some(Run {
            text,
            x: left,
            y: self.boundary[1] + y_by_x * x + y_by_y * y + down,
            end: left + width * x_by_x.abs(),
            size,
            is_rotated: y_by_x.abs() > 0.1 * x_by_x.abs() && x_by_y.abs() > 0.1 * stretch,
        })
    }
}

/// The usual size of official text (三号), in millimetres.
const DEFAULT_SIZE: f64 = 5.64;

fn numbers(text: &str) -> Vec<f64> {
    let words = text.split_whitespace().take(16);
    let numbers = words.filter_map(|word| word.parse::<f64>().ok());
    numbers.filter(|n| n.is_finite() && n.abs() < 1e6).collect()
}

/// The sum of `5 5 2.5` and of `g 3 5`, which says 5 three times.
fn advance(deltas: &str) -> f64 {
    let mut words = deltas.split_whitespace();
    let mut sum = 0.0;
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|word| word.parse::<f64>().ok());
        sum += if word == "g" {
            number().unwrap_or(0.0) * number().unwrap_or(0.0)
        } else {
            word.parse().unwrap_or(0.0)
        };
    }
    if f64::is_finite(sum) { sum } else { 0.0 }
}
