//! What a page of a PDF file shows: its characters, each with its place.
//!
//! In: a page. Out: glyphs in the order in which the page draws them, in points
//! from the upper left corner of the page as it is read.

use std::panic::resume_unwind;

use hayro_interpret::font::{Glyph as Shown, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt, interpret_page,
};

/// The outlines of fonts have so many units to an em.
const UNITS_PER_EM: f64 = 1000.0;
/// Pages do not show more characters than this, however they are made.
const MOST_GLYPHS: usize = 1 << 20;
/// Text whose base line is steeper than this stands across the page: marks in
/// the margin, watermarks, words in drawings.
const STEEPEST: f64 = 0.1;

/// A character, or the several that one shape stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// Where it begins and ends on its line.
    pub(super) left: f32,
    pub(super) right: f32,
    /// Its base line; grows downwards.
    pub(super) base: f32,
    /// The height of its font.
    pub(super) size: f32,
}

/// The characters of a page, in the order in which they are drawn. What the file
/// marks as no part of its text, such as running heads, is left out.
pub(super) fn of_page<'a>(
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
    steps: &mut Steps,
) -> Vec<Glyph> {
    let (width, height) = page.render_dimensions();
    let upright = page.initial_transform(true).to_kurbo();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(upright, bounds, cache, page.xref(), settings.clone());
    let mut text = TextDevice { bounds, glyphs: Vec::new(), marks: Vec::new(), steps };
    interpret_page(page, &mut context, &mut text);
    text.glyphs
}

/// How much a document may still draw, in characters and lines: a drawing may consist of
/// drawings, and these of others, which takes no room and no end.
pub(super) struct Steps(u64);

impl Default for Steps {
    fn default() -> Self {
        Self(50_000_000)
    }
}

impl Steps {
    /// What a drawing within another counts for, which has to be unpacked.
    const OF_A_DRAWING: u64 = 100;

    /// Takes some of them; unwinds to whoever reads the document with [`TooMuch`] where
    /// none are left, as an interpreter cannot be told to end.
    fn take(&mut self, steps: u64) {
        match self.0.checked_sub(steps) {
            Some(left) => self.0 = left,
            None => resume_unwind(Box::new(TooMuch)),
        }
    }
}

/// That a document draws more than any that somebody reads.
pub(super) struct TooMuch;

/// Takes the text of a page, and draws nothing.
struct TextDevice<'s> {
    bounds: Rect,
    glyphs: Vec<Glyph>,
    /// The marked content that is open: whether each is no part of the text.
    marks: Vec<bool>,
    steps: &'s mut Steps,
}

impl TextDevice<'_> {
    fn take(&mut self, shown: &Shown<'_>, placed: Affine) {
        let Some(text) = shown.as_unicode().map(text_of) else { return };
        let advance = match shown {
            Shown::Outline(glyph) => glyph.advance_width(),
            Shown::Type3(glyph) => glyph.advance_width(),
        };
        let begin = placed * Point::ZERO;
        let end = placed * Point::new(advance.map_or(UNITS_PER_EM / 2.0, f64::from), 0.0);
        let top = placed * Point::new(0.0, UNITS_PER_EM);
        let size = (top - begin).hypot();
        let slope = (end.y - begin.y).abs();
        let is_level = end.x > begin.x && slope <= STEEPEST * (end.x - begin.x);
        if is_level && size > 0.0 && self.bounds.contains(begin) {
            let [left, right, base, size] = [begin.x, end.x, begin.y, size].map(|at| at as f32);
            self.glyphs.push(Glyph { text, left, right, base, size });
        }
    }
}

fn text_of(unicode: BfString) -> String {
    match unicode {
        BfString::Char(one) => one.to_string(),
        BfString::String(several) => several,
    }
}

impl<'a> Device<'a> for TextDevice<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.steps.take(1);
        if self.marks.contains(&true) {
            return;
        }
        for glyph in run.glyphs() {
            self.steps.take(1);
            if self.glyphs.len() < MOST_GLYPHS {
                self.take(glyph, props.transform * glyph.transform());
            }
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<&Dict<'_>>) {
        self.marks.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.steps.take(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.steps.take(Steps::OF_A_DRAWING);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.steps.take(1);
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
