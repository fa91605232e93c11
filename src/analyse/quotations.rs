//! Finds quotations: what stands between quotation marks, or between one mark
//! and where it must have ended.
//!
//! In: an [`Article`]. Out: its [`Quotation`]s, in order of their opening
//! marks. Needs the characters only: which marks belong together is decided by
//! what stands beside them and by what is open, in one pass over the text with
//! a stack, so that ten thousand nested quotations cost no more than ten
//! thousand in a row.
//!
//! Marks of the wild are often wrong: swapped (`”so“`), doubled (`” “so”`),
//! of mixed kinds (`“so"`), never closed. The neighbours of a mark therefore
//! outrank its shape, shape outranks nothing but a coin, and what cannot be
//! paired is dropped, except that an unclosed double mark runs to the end of
//! its paragraph.

mod marks;

use crate::text::{Article, BlockKind, FunctionWords, Quotation, Span};
use marks::{Mark, Side, Weight};

/// All quotations of an article.
pub fn quotations(article: &Article, words: &FunctionWords) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open_before = false;
    for (i, block) in article.blocks.iter().enumerate() {
        let next = article.blocks.get(i + 1).map_or("", |b| b.span.slice(&article.text));
        let found_marks = marks::marks(&article.text, block.span, words);
        let continued = marks::opens(next);
        let inside = pair(&article.text, block.span, found_marks, open_before, continued);
        open_before = inside.last_open && block.kind == BlockKind::Paragraph;
        found.extend(inside.quotations);
    }
    found.sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
    found
}

/// What one block gave.
struct Paired {
    quotations: Vec<Quotation>,
    /// Whether speech goes on past the end of the block.
    last_open: bool,
}

/// An opening mark that waits for its closing one.
struct Frame {
    mark: Mark,
    continues: bool,
    /// Where a single quotation may have ended: `officials' ` closes it or
    /// shows possession, and only what follows tells which.
    maybe_closed: Option<Mark>,
}

/// The marks of one block, while they are being paired.
struct Pairing<'a> {
    text: &'a str,
    block: Span,
    /// Whether the paragraph before left a quotation open that this one may go on with.
    goes_on: bool,
    stack: Vec<Frame>,
    /// How many double marks are open.
    doubles: usize,
    /// Where the closed double quotations start.
    doubles_closed: Vec<u32>,
    found: Vec<Quotation>,
}

/// Pairs the marks of one block. `goes_on`: the block before left a quotation
/// open; `continued`: the block after starts with an opening mark.
fn pair(text: &str, block: Span, marks: Vec<Mark>, goes_on: bool, continued: bool) -> Paired {
    let mut pairing = Pairing {
        text,
        block,
        goes_on,
        stack: Vec::new(),
        doubles: 0,
        doubles_closed: Vec::new(),
        found: Vec::new(),
    };
    for mark in marks {
        pairing.take(mark);
    }
    pairing.finish(continued)
}

impl Pairing<'_> {
    fn take(&mut self, mark: Mark) {
        match (mark.weight, self.side(mark)) {
            (Weight::Double, Side::Open) => self.open(mark),
            (Weight::Double, _) => self.close_double(mark),
            (Weight::Single, Side::Open) => self.open_single(mark),
            (Weight::Single, _) => self.close_single(mark),
        }
    }

    /// Where neither neighbours nor shape tell, a mark closes what is open.
    fn side(&self, mark: Mark) -> Side {
        match (mark.side, mark.weight) {
            (Side::Unsure, Weight::Double) if self.doubles == 0 => Side::Open,
            (Side::Unsure, _) => Side::Close,
            (side, _) => side,
        }
    }

    fn open(&mut self, mark: Mark) {
        self.doubles += 1;
        let continues = self.goes_on && mark.span.start == self.block.start;
        self.goes_on = false;
        self.stack.push(Frame { mark, continues, maybe_closed: None });
    }

    /// A single quotation does not open another: if one is open, either it
    /// ended where it may have ended, or it was an apostrophe.
    fn open_single(&mut self, mark: Mark) {
        if self.top_is(Weight::Single) {
            self.end_single();
        }
        self.stack.push(Frame { mark, continues: false, maybe_closed: None });
    }

    fn close_double(&mut self, mark: Mark) {
        if self.doubles == 0 {
            return self.close_from_before(mark);
        }
        while self.top_is(Weight::Single) {
            self.end_single();
        }
        if let Some(frame) = self.stack.pop() {
            self.doubles -= 1;
            self.doubles_closed.push(frame.mark.span.start);
            self.add(&frame, mark);
        }
    }

    /// A closing mark with nothing open closes the quotation of the paragraph
    /// before, if that was left open and nothing was opened since.
    fn close_from_before(&mut self, mark: Mark) {
        if !std::mem::take(&mut self.goes_on) {
            return;
        }
        let span = Span::new(self.block.start, mark.span.end);
        let inner = trim(self.text, Span::new(self.block.start, mark.span.start));
        self.push(Quotation { span, inner, closed: true, continues: true });
    }

    fn close_single(&mut self, mark: Mark) {
        let Some(top) = self.stack.last_mut().filter(|f| f.mark.weight == Weight::Single) else {
            return;
        };
        if mark.possessive {
            top.maybe_closed.get_or_insert(mark);
        } else if let Some(frame) = self.stack.pop() {
            self.add(&frame, mark);
        }
    }

    fn end_single(&mut self) {
        if let Some(frame) = self.stack.pop()
            && let Some(mark) = frame.maybe_closed
        {
            self.add(&frame, mark);
        }
    }

    fn top_is(&self, weight: Weight) -> bool {
        self.stack.last().is_some_and(|f| f.mark.weight == weight)
    }

    fn add(&mut self, frame: &Frame, close: Mark) {
        let span = frame.mark.span.cover(close.span);
        let inner = trim(self.text, Span::new(frame.mark.span.end, close.span.start));
        self.push(Quotation { span, inner, closed: true, continues: frame.continues });
    }

    fn push(&mut self, quotation: Quotation) {
        if !quotation.inner.is_empty() {
            self.found.push(quotation);
        }
    }

    /// What is still open runs to the end of the block if the next block
    /// opens its quotation again (`continued`); else at most to where the next
    /// quotation opens, because one of the two marks was forgotten.
    fn finish(mut self, continued: bool) -> Paired {
        self.doubles_closed.sort_unstable();
        let mut end = self.block.end;
        let mut last_open = false;
        while let Some(frame) = self.stack.pop() {
            if frame.mark.weight == Weight::Single {
                self.stack.push(frame);
                self.end_single();
                continue;
            }
            let until = if continued { end } else { end.min(self.next_double(&frame)) };
            last_open |= until == self.block.end;
            self.add_unclosed(&frame, until);
            end = if continued { end } else { until.min(frame.mark.span.start) };
        }
        Paired { quotations: self.found, last_open }
    }

    /// Where the first closed double quotation after the mark starts.
    fn next_double(&self, frame: &Frame) -> u32 {
        let at = self.doubles_closed.partition_point(|&s| s <= frame.mark.span.start);
        self.doubles_closed.get(at).copied().unwrap_or(u32::MAX)
    }

    fn add_unclosed(&mut self, frame: &Frame, end: u32) {
        let inner = trim(self.text, Span::new(frame.mark.span.end, end));
        let span = frame.mark.span.cover(inner);
        self.push(Quotation { span, inner, closed: false, continues: frame.continues });
    }
}

/// The span without white space at its ends.
fn trim(text: &str, span: Span) -> Span {
    let words = span.slice(text);
    let start = span.start + (words.len() - words.trim_start().len()) as u32;
    Span::new(start, start + words.trim().len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Block;
    use proptest::prelude::*;

    fn quotations(article: &Article) -> Vec<Quotation> {
        super::quotations(article, &FunctionWords::shipped())
    }

    /// An article with one paragraph a line.
    fn article(text: &str) -> Article {
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::of(start..start + line.trim_end().len());
            start += line.len();
            if !span.is_empty() {
                blocks.push(Block { span, kind: BlockKind::Paragraph });
            }
        }
        Article::laid_out("quoted", text, blocks)
    }

    /// `~` before a quotation that goes on from the one before, `…` after an unclosed one.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = quotations(&article(text))
            .iter()
            .map(|q| {
                let before = if q.continues { "~" } else { "" };
                let after = if q.closed { "" } else { "…" };
                format!("{before}{}{after}", q.inner.slice(text))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_all_shapes() {
        check("\"The dam holds,\" the mayor said.", &["The dam holds,"]);
        check("“The dam holds,” the mayor said.", &["The dam holds,"]);
        check("„The dam holds“, the mayor said.", &["The dam holds"]);
        check("«The dam holds», the mayor said.", &["The dam holds"]);
        check("« The dam holds », the mayor said.", &["The dam holds"]);
        check("»The dam holds«, the mayor said.", &["The dam holds"]);
        check("``The dam holds,'' the mayor said.", &["The dam holds,"]);
        check("''The dam holds,'' the mayor said.", &["The dam holds,"]);
        check("‘The dam holds,’ the mayor said.", &["The dam holds,"]);
        check("'The dam holds,' the mayor said.", &["The dam holds,"]);
        check("`The dam holds,' the mayor said.", &["The dam holds,"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("The farmers' union didn't march in the '90s, the boss's aide said.", &[]);
        check("Rock ’n’ roll isn’t dead, and the fans’ club won’t close.", &[]);
        check("Get 'em while they're hot: 'tis the vendors' last day.", &[]);
        check("The door is 6'2\" high.", &[]);
        check(
            "'The ministers' plan won't work,' she said of the 'grand bargain'.",
            &["The ministers' plan won't work,", "grand bargain"],
        );
        check("They sent 'thoughts and prayers' from afar.", &["thoughts and prayers"]);
    }

    #[test]
    fn nested() {
        check(
            "“He told us ‘stay calm’ and left,” she said.",
            &["He told us ‘stay calm’ and left,", "stay calm"],
        );
        check(
            "\"He told us 'stay calm and wait,' and left,\" she said.",
            &["He told us 'stay calm and wait,' and left,", "stay calm and wait,"],
        );
        check("“A “b “c” d” e”", &["A “b “c” d” e", "b “c” d", "c"]);
        check("“She said, ‘Go.’”", &["She said, ‘Go.’", "Go."]);
        check("''She said, 'Go.'''", &["She said, 'Go.'", "Go."]);
    }

    #[test]
    fn broken_by_the_cue() {
        check(
            "“It rained,” Okoro said, “and then it snowed.”",
            &["It rained,", "and then it snowed."],
        );
    }

    #[test]
    fn misplaced_marks() {
        check("”It rained,“ he said.", &["It rained,"]);
        check("“It rained“, he said.", &["It rained"]);
        check("He said: ” “It rained.”", &["It rained."]);
        check("“It rained,\" he said.", &["It rained,"]);
        check("It rained,” he said.", &[]);
        check("He said:\"It rained\".", &["It rained"]);
        check("He called it \"a shame\"and left.", &["a shame"]);
    }

    #[test]
    fn unclosed_ends_with_the_paragraph() {
        check("“It rained, he said.\nNobody minded.", &["It rained, he said.…"]);
        check("“It rained, he said. “It snowed.”", &["It rained, he said.…", "It snowed."]);
    }

    #[test]
    fn paragraphs_of_one_speech() {
        check(
            "“It rained.\n“It snowed.\n“It froze,” he said.",
            &["It rained.…", "~It snowed.…", "~It froze,"],
        );
        check("“It rained.\nIt snowed,” he said.", &["It rained.…", "~It snowed,"]);
        check("“It rained.”\n“It snowed.”", &["It rained.", "It snowed."]);
        check(
            "“He said ‘no.’ It rained.\n“It snowed.”",
            &["He said ‘no.’ It rained.…", "no.", "~It snowed."],
        );
    }

    #[test]
    fn nothing_to_find() {
        check("", &[]);
        check("\"", &[]);
        check("“”", &[]);
        check("\" \" \"", &[]);
    }

    proptest! {
        #[test]
        fn any_text_gives_sound_quotations(text in "[ab .,\n\"'“”‘’«»`é-]{0,60}") {
            let article = article(&text);
            for q in quotations(&article) {
                prop_assert!(text.get(q.span.range()).is_some());
                prop_assert!(q.span.contains(q.inner) && !q.inner.slice(&text).is_empty());
                prop_assert!(article.blocks.iter().any(|b| b.span.contains(q.span)));
            }
        }
    }

    #[test]
    fn thousands_nested() {
        let text = format!("{}x{}", "“a ".repeat(10_000), " b”".repeat(10_000));
        assert_eq!(quotations(&article(&text)).len(), 10_000);
        assert_eq!(quotations(&article(&"“a ".repeat(10_000))).len(), 10_000);
    }
}
