//! Sentences as drawings (SVG 1.1): words in a row, arcs from heads to
//! dependents above them, tags below, names coloured, roots bold.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::view;
use crate::text::{Document, NameKind, Sentence, TokenId};

/// Height of one level of arcs, in pixels.
const LEVEL: u32 = 26;
/// Above this many levels arcs share one height.
const HIGHEST: u32 = 16;
/// Room between two words, around the drawing, between two sentences.
const GAP: u32 = 22;
const MARGIN: u32 = 24;
const BELOW: u32 = 84;
/// Width of one character, in pixels, wide enough for common sans-serif fonts at 16.
const LETTER: f32 = 9.2;
const SMALL_LETTER: f32 = 7.4;

const STYLE: &str = "text{font-family:'DejaVu Sans','Noto Sans',Verdana,Helvetica,Arial,sans-serif;\
text-anchor:middle;fill:#1c2733}.w{font-size:16px}.root{font-weight:bold}.t{font-size:11px;fill:#5b6b7b}\
.r{font-size:11px;fill:#1f5f9f}.n{font-size:11px;fill:#7a3b00}.h{font-size:13px;fill:#5b6b7b;text-anchor:start}\
path{fill:none;stroke:#6f8aa6;stroke-width:1.4}.a{fill:#6f8aa6;stroke:none}.x{fill:#fff}\
.person{fill:#ffe3a8}.organization{fill:#cfe3ff}.place{fill:#cdeccd}.facility{fill:#d9f0e3}\
.event{fill:#f3d3ee}.group{fill:#e4dcff}.product{fill:#ffd9cf}.money{fill:#e9e9c8}.other{fill:#e3e3e3}";

/// A part of a drawing with its size, in pixels.
struct Panel {
    svg: String,
    width: u32,
    height: u32,
}

/// All sentences of a document as one SVG.
pub fn drawing(document: &Document) -> String {
    drawings([document])
}

/// All sentences of some documents as one SVG, one below the other.
pub fn drawings<'a>(documents: impl IntoIterator<Item = &'a Document>) -> String {
    let panels: Vec<Panel> = documents.into_iter().flat_map(panels).collect();
    let width = panels.iter().map(|p| p.width).max().unwrap_or(0) + 2 * MARGIN;
    let height = panels.iter().map(|p| p.height).sum::<u32>() + 2 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">\n<style>{STYLE}</style>\n\
         <rect class=\"x\" width=\"{width}\" height=\"{height}\"/>\n"
    );
    let mut y = MARGIN;
    for panel in panels {
        let _ = writeln!(svg, "<g transform=\"translate({MARGIN},{y})\">{}</g>", panel.svg);
        y += panel.height;
    }
    svg.push_str("</svg>\n");
    svg
}

fn panels(document: &Document) -> Vec<Panel> {
    let names: BTreeMap<TokenId, (TokenId, NameKind)> =
        document.names.iter().map(|n| (n.tokens.start, (n.tokens.end, n.kind))).collect();
    let sentences = document.sentences.iter().enumerate();
    let mut panels = vec![heading(document)];
    panels.extend(sentences.map(|(i, sentence)| {
        let mut panel = Drawing::new(document, sentence, &names).panel();
        let _ = write!(panel.svg, "<text class=\"h\" x=\"0\" y=\"12\">{i}</text>");
        panel
    }));
    panels
}

fn heading(document: &Document) -> Panel {
    let article = &document.article;
    let words = format!("{}  {}", article.id, article.title.as_deref().unwrap_or(""));
    let svg = format!("<text class=\"h\" x=\"0\" y=\"14\">{}</text>", escaped(&words));
    Panel { svg, width: text_width(&words, SMALL_LETTER), height: 34 }
}

/// One sentence.
struct Drawing<'a> {
    document: &'a Document,
    sentence: &'a Sentence,
    names: &'a BTreeMap<TokenId, (TokenId, NameKind)>,
    /// Left edge and width of each word.
    places: Vec<(u32, u32)>,
    /// Height of the arc above each dependent, in levels.
    levels: Vec<u32>,
    /// Where the words' upper edge is.
    line: u32,
}

impl<'a> Drawing<'a> {
    fn new(
        document: &'a Document,
        sentence: &'a Sentence,
        names: &'a BTreeMap<TokenId, (TokenId, NameKind)>,
    ) -> Self {
        let levels = levels(document, sentence);
        let line = LEVEL * (levels.iter().copied().max().unwrap_or(0) + 1);
        Self { document, sentence, names, places: places(document, sentence), levels, line }
    }

    fn panel(&self) -> Panel {
        let mut svg = String::new();
        self.names(&mut svg);
        for token in self.sentence.tokens {
            self.word(&mut svg, token);
            self.arc(&mut svg, token);
        }
        let width = self.places.last().map_or(0, |(x, w)| x + w);
        Panel { svg, width, height: self.line + BELOW }
    }

    fn place(&self, token: TokenId) -> (u32, u32) {
        let index = token.index() - self.sentence.tokens.start.index();
        self.places.get(index).copied().unwrap_or((0, 0))
    }

    fn middle(&self, token: TokenId) -> u32 {
        let (x, width) = self.place(token);
        x + width / 2
    }

    fn names(&self, svg: &mut String) {
        for (&first, &(last, kind)) in
            self.names.range(self.sentence.tokens.start..self.sentence.tokens.end)
        {
            let (x, _) = self.place(first);
            let (end, width) = self.place(last.saturating_sub(1).max(first));
            let kind = view::name_kind(kind);
            let (y, width) = (self.line + 3, end + width + 8 - x);
            let _ = write!(
                svg,
                "<rect class=\"{kind}\" x=\"{}\" y=\"{y}\" width=\"{width}\" height=\"24\" rx=\"5\"/>\
                 <text class=\"n\" x=\"{}\" y=\"{}\">{kind}</text>",
                i64::from(x) - 4,
                x + width / 2 - 4,
                y + 54,
            );
        }
    }

    fn word(&self, svg: &mut String, token: TokenId) {
        let (x, y) = (self.middle(token), self.line + 20);
        let form = escaped(self.document.form(token));
        let upos = self.document.tag(token).upos.as_str();
        let class = if self.document.tree.head(token).is_none() { "w root" } else { "w" };
        let _ = write!(
            svg,
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{form}</text>\
             <text class=\"t\" x=\"{x}\" y=\"{}\">{upos}</text>",
            y + 19,
        );
    }

    /// The arc from the head down to this word, with an arrow and its relation;
    /// a root has none.
    fn arc(&self, svg: &mut String, token: TokenId) {
        let (x, y) = (self.middle(token), self.line);
        let deprel = escaped(self.document.tree.label(token));
        let index = token.index() - self.sentence.tokens.start.index();
        let level = self.levels.get(index).copied().unwrap_or(0);
        let Some(head) = self.document.tree.head(token) else { return };
        let side = if head < token { 5 } else { -5 };
        let from = i64::from(self.middle(head)) + side;
        let (to, top) = (i64::from(x) - side / 2, i64::from(y) - i64::from(level * LEVEL));
        let bend = if from < to { 6 } else { -6 };
        let _ = write!(
            svg,
            "<path d=\"M{from} {y}V{}Q{from} {top} {} {top}H{}Q{to} {top} {to} {}V{y}\"/>{}\
             <text class=\"r\" x=\"{}\" y=\"{}\">{deprel}</text>",
            top + 6,
            from + bend,
            to - bend,
            top + 6,
            arrow(to.max(0) as u32, y),
            i64::midpoint(from, to),
            top - 4,
        );
    }
}

fn arrow(x: u32, y: u32) -> String {
    let (left, right) = (i64::from(x) - 4, x + 4);
    format!("<path class=\"a\" d=\"M{left} {}L{right} {}L{x} {y}Z\"/>", y - 7, y - 7)
}

/// Where each word stands: wide enough for itself, its tag and its relation.
fn places(document: &Document, sentence: &Sentence) -> Vec<(u32, u32)> {
    let mut x = 8;
    sentence
        .tokens
        .iter()
        .map(|token| {
            let word = text_width(document.form(token), LETTER);
            let tag = text_width(document.tag(token).upos.as_str(), SMALL_LETTER);
            let relation = text_width(document.tree.label(token), SMALL_LETTER);
            let width = word.max(tag).max(relation);
            let place = (x, width);
            x += width + GAP;
            place
        })
        .collect()
}

/// The height of each dependent's arc: one level above all arcs below it.
fn levels(document: &Document, sentence: &Sentence) -> Vec<u32> {
    let at = |token: TokenId| token.index() - sentence.tokens.start.index();
    let mut arcs: Vec<(usize, usize, usize)> = sentence
        .tokens
        .iter()
        .filter_map(|token| {
            let (head, token) = (at(document.tree.head(token)?), at(token));
            Some((head.min(token), head.max(token), token))
        })
        .collect();
    arcs.sort_unstable_by_key(|(from, to, token)| (to - from, *from, *token));
    let mut levels = vec![0; sentence.tokens.len()];
    // The highest level used above each gap between two words so far.
    let mut used = vec![0u32; levels.len()];
    for (from, to, token) in arcs {
        let Some(gaps) = used.get_mut(from..to) else { continue };
        let level = (gaps.iter().copied().max().unwrap_or(0) + 1).min(HIGHEST);
        gaps.fill(level);
        if let Some(of_token) = levels.get_mut(token) {
            *of_token = level;
        }
    }
    levels
}

fn text_width(words: &str, letter: f32) -> u32 {
    (words.chars().map(|c| if c < '\u{2E80}' { 1.0 } else { 1.9 }).sum::<f32>() * letter) as u32
}

/// The words as they may stand in XML, without the control characters that
/// may not.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
