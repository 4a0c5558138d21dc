//! Runs the content of a page: places its characters, collects its lines,
//! counts its pictures. Colours, clips and the order of drawing do not matter; text that is
//! drawn invisibly, as behind a scanned page, counts as text.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Bytes};
use hayro_syntax::page::Resources;

use super::super::font::Fonts;
use super::super::strings;
use super::super::unpack::unpack;
use super::actual_text;
use super::matrix::Matrix;
use super::paths::Paths;
use super::placed::Placed;
use super::text_state::{Cursor, TextState};

/// More on one page are no text for people.
const MAX_GLYPHS: usize = 200_000;
/// Pages of more instructions, those of its forms included, are damage.
const MAX_INSTRUCTIONS: usize = 10_000_000;
/// Forms in forms.
const MAX_FORMS: usize = 16;
/// States that are saved at once.
const MAX_STATES: usize = 512;

/// What a page draws.
#[derive(Debug, Default)]
pub(in crate::pdf) struct Drawn {
    pub(in crate::pdf) placed: Vec<Placed>,
    pub(in crate::pdf) paths: Paths,
    pub(in crate::pdf) n_pictures: usize,
    /// Whether a part of the content cannot be read.
    pub(in crate::pdf) is_damaged: bool,
    n_instructions: usize,
}

#[derive(Debug, Clone)]
struct State {
    /// From the space of the content to the page.
    matrix: Matrix,
    text: TextState,
}

/// Runs a content stream with what it refers to.
pub(in crate::pdf) fn run(
    content: &[u8],
    resources: &Resources<'_>,
    fonts: &Fonts,
) -> Result<Drawn, String> {
    let mut drawn = Drawn::default();
    let state = State {
        matrix: Matrix::IDENTITY,
        text: TextState::default(),
    };
    Run::new(resources, fonts, state, 0).read(content, &mut drawn)?;
    Ok(drawn)
}

/// One content stream in work.
struct Run<'a, 'f> {
    resources: &'a Resources<'a>,
    fonts: &'f Fonts,
    state: State,
    saved: Vec<State>,
    cursor: Cursor,
    /// Of each open marked content where it began and its `ActualText`.
    marked: Vec<Option<(usize, String)>>,
    n_forms: usize,
}

impl<'a, 'f> Run<'a, 'f> {
    fn new(resources: &'a Resources<'a>, fonts: &'f Fonts, state: State, n_forms: usize) -> Self {
        Self {
            resources,
            fonts,
            state,
            saved: Vec::new(),
            cursor: Cursor::new(),
            marked: Vec::new(),
            n_forms,
        }
    }

    fn read(&mut self, content: &[u8], drawn: &mut Drawn) -> Result<(), String> {
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            drawn.n_instructions += 1;
            if drawn.n_instructions > MAX_INSTRUCTIONS {
                return Err(format!("more than {MAX_INSTRUCTIONS} instructions"));
            }
            if drawn.placed.len() > MAX_GLYPHS {
                return Err(format!("more than {MAX_GLYPHS} characters"));
            }
            if let TypedInstruction::XObject(object) = &instruction {
                self.draw_object(object.0, drawn)?;
            } else if !self.set(&instruction) && !self.show(&instruction, drawn) {
                self.draw(&instruction, drawn);
            }
        }
        while !self.marked.is_empty() {
            self.end_marked(drawn);
        }
        Ok(())
    }

    /// Instructions that change the state.
    fn set(&mut self, instruction: &TypedInstruction<'_, '_>) -> bool {
        use TypedInstruction as I;
        let text = &mut self.state.text;
        match instruction {
            I::SaveState(_) => {
                if self.saved.len() < MAX_STATES {
                    self.saved.push(self.state.clone());
                }
            }
            I::RestoreState(_) => {
                if let Some(saved) = self.saved.pop() {
                    self.state = saved;
                }
            }
            I::Transform(t) => {
                let matrix = matrix([&t.0, &t.1, &t.2, &t.3, &t.4, &t.5]);
                self.state.matrix = matrix.then(&self.state.matrix);
            }
            I::SetGraphicsState(name) => self.set_graphics(name.0),
            I::CharacterSpacing(by) => text.char_spacing = by.0.as_f64(),
            I::WordSpacing(by) => text.word_spacing = by.0.as_f64(),
            I::HorizontalScaling(percent) => text.stretch = percent.0.as_f64() / 100.0,
            I::TextLeading(by) => text.leading = by.0.as_f64(),
            I::TextRise(by) => text.rise = by.0.as_f64(),
            I::TextFont(font) => {
                text.font = self.fonts.named(font.0, self.resources);
                text.size = font.1.as_f64();
            }
            I::BeginText(_) => self.cursor = Cursor::new(),
            I::NextLine(by) => self.cursor.next_row(by.0.as_f64(), by.1.as_f64()),
            I::NextLineAndSetLeading(by) => {
                text.leading = -by.1.as_f64();
                self.cursor.next_row(by.0.as_f64(), by.1.as_f64());
            }
            I::NextLineUsingLeading(_) => self.cursor.next_row(0.0, -text.leading),
            I::SetTextMatrix(t) => {
                self.cursor
                    .set(matrix([&t.0, &t.1, &t.2, &t.3, &t.4, &t.5]));
            }
            _ => return false,
        }
        true
    }

    fn set_graphics(&mut self, name: &Name<'_>) {
        let state = self.resources.get_ext_g_state(name);
        let Some(font) = state.and_then(|state| state.get::<Array<'_>>("Font")) else {
            return;
        };
        let mut parts = font.iter::<Object<'_>>();
        if let (Some(Object::Dict(dict)), Some(Object::Number(size))) = (parts.next(), parts.next())
        {
            self.state.text.font = Some(self.fonts.of(&dict));
            self.state.text.size = size.as_f64();
        }
    }

    /// Instructions that show text or say what it stands for.
    fn show(&mut self, instruction: &TypedInstruction<'_, '_>, drawn: &mut Drawn) -> bool {
        use TypedInstruction as I;
        match instruction {
            I::ShowText(text) => self.show_bytes(text.0, drawn),
            I::NextLineAndShowText(text) => {
                self.cursor.next_row(0.0, -self.state.text.leading);
                self.show_bytes(text.0, drawn);
            }
            I::ShowTextWithParameters(text) => {
                self.state.text.word_spacing = text.0.as_f64();
                self.state.text.char_spacing = text.1.as_f64();
                self.cursor.next_row(0.0, -self.state.text.leading);
                self.show_bytes(text.2, drawn);
            }
            I::ShowTexts(texts) => {
                for part in texts.0.iter::<Object<'_>>() {
                    match part {
                        Object::String(text) => self.show_bytes(&text, drawn),
                        Object::Number(by) => self.cursor.kern(by.as_f64(), &self.state.text),
                        _ => {}
                    }
                }
            }
            I::BeginMarkedContent(_) => self.marked.push(None),
            I::BeginMarkedContentWithProperties(marked) => {
                let text = self.actual_text(marked.1);
                self.marked
                    .push(text.map(|text| (drawn.placed.len(), text)));
            }
            I::EndMarkedContent(_) => self.end_marked(drawn),
            _ => return false,
        }
        true
    }

    fn show_bytes(&mut self, bytes: &[u8], drawn: &mut Drawn) {
        let State { matrix, text } = &self.state;
        self.cursor.show(bytes, text, matrix, &mut drawn.placed);
    }

    fn actual_text(&self, properties: &Object<'_>) -> Option<String> {
        let text = match properties {
            Object::Dict(dict) => dict.get::<Bytes<'_>>("ActualText")?,
            Object::Name(name) => {
                let dict = self.resources.properties.get::<Dict<'_>>(name)?;
                return Some(strings::decode(&dict.get::<Bytes<'_>>("ActualText")?));
            }
            _ => return None,
        };
        Some(strings::decode(&text))
    }

    fn end_marked(&mut self, drawn: &mut Drawn) {
        if let Some(Some((start, text))) = self.marked.pop() {
            actual_text::apply(&mut drawn.placed, start, &text);
        }
    }

    /// Instructions that draw.
    fn draw(&mut self, instruction: &TypedInstruction<'_, '_>, drawn: &mut Drawn) {
        use TypedInstruction as I;
        let (matrix, paths) = (&self.state.matrix, &mut drawn.paths);
        match instruction {
            I::MoveTo(to) => paths.move_to(point(&to.0, &to.1), matrix),
            I::LineTo(to) => paths.line_to(point(&to.0, &to.1), matrix),
            I::CubicTo(to) => paths.curve_to(point(&to.4, &to.5), matrix),
            I::CubicStartTo(to) => paths.curve_to(point(&to.2, &to.3), matrix),
            I::CubicEndTo(to) => paths.curve_to(point(&to.2, &to.3), matrix),
            I::ClosePath(_) => paths.close(),
            I::RectPath(at) => {
                paths.rectangle(point(&at.0, &at.1), point(&at.2, &at.3), matrix);
            }
            I::StrokePath(_) => paths.paint(true, false),
            I::CloseAndStrokePath(_) => {
                paths.close();
                paths.paint(true, false);
            }
            I::FillPathNonZero(_) | I::FillPathNonZeroCompatibility(_) | I::FillPathEvenOdd(_) => {
                paths.paint(false, true);
            }
            I::FillAndStrokeNonZero(_) | I::FillAndStrokeEvenOdd(_) => paths.paint(true, true),
            I::CloseFillAndStrokeNonZero(_) | I::CloseFillAndStrokeEvenOdd(_) => {
                paths.close();
                paths.paint(true, true);
            }
            I::EndPath(_) => paths.paint(false, false),
            I::InlineImage(_) => drawn.n_pictures += 1,
            _ => {}
        }
    }

    /// A picture or a form, which is a content stream of its own.
    fn draw_object(&mut self, name: &Name<'_>, drawn: &mut Drawn) -> Result<(), String> {
        let Some(object) = self.resources.get_x_object(name) else {
            return Ok(());
        };
        match object.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => {
                drawn.n_pictures += 1;
                Ok(())
            }
            Some(b"Form") if self.n_forms < MAX_FORMS => self.draw_form(&object, drawn),
            _ => Ok(()),
        }
    }

    fn draw_form(&mut self, form: &Stream<'_>, drawn: &mut Drawn) -> Result<(), String> {
        let content = unpack(form).unwrap_or_default();
        drawn.is_damaged |= !content.is_whole;
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let resources = own.as_ref().unwrap_or(self.resources);
        let mut state = self.state.clone();
        let numbers = form.dict().get::<Array<'_>>("Matrix");
        let numbers: Vec<f32> = numbers.map_or_else(Vec::new, |all| all.iter::<f32>().collect());
        if let Ok(numbers) = <[f32; 6]>::try_from(numbers) {
            state.matrix = Matrix(numbers.map(f64::from)).then(&state.matrix);
        }
        Run::new(resources, self.fonts, state, self.n_forms + 1).read(&content.content, drawn)
    }
}

fn matrix(numbers: [&Number; 6]) -> Matrix {
    Matrix(numbers.map(Number::as_f64))
}

fn point(x: &Number, y: &Number) -> (f64, f64) {
    (x.as_f64(), y.as_f64())
}
