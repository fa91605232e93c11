//! Where a sentence may end, and what speaks for it.

use super::Piece;
use super::features::{Features, mix};
use super::glyphs::{BLANK, Glyph};
use super::lexicon::{Lexicon, word_hash};

/// A word as the features see it.
#[derive(Clone, Copy)]
struct View {
    hash: u64,
    /// Signs of its first and last characters.
    first: char,
    last: char,
    /// Its kind of letters and its length, see [`shape`].
    shape: u64,
    /// Its class if it is an abbreviation, written with or without its full stop.
    class: u64,
    /// Whether it is a title before a name, written with or without its full stop.
    title: bool,
    /// Whether a blank stands before it: 0 none, 1 some; 3 at the edge of the block.
    gap: u64,
    joined: bool,
}

const EDGE: View = View {
    hash: 0,
    first: ' ',
    last: ' ',
    shape: 0,
    class: 0,
    title: false,
    gap: 3,
    joined: false,
};

impl View {
    fn new(glyphs: &[Glyph], before: usize, piece: &Piece, lexicon: &Lexicon) -> Self {
        let word = &glyphs[piece.glyphs.clone()];
        let [first, last] = [word.first(), word.last()].map(|end| end.unwrap_or(&BLANK).sign);
        let bare = match word {
            [bare @ .., last] if last.sign == '.' => bare,
            word => word,
        };
        Self {
            hash: word_hash(&word[..word.len().min(32)]),
            first,
            last,
            shape: shape(word),
            class: if bare.len() > 12 { 0 } else { lexicon.abbreviation(bare) },
            title: bare.len() <= 12
                && lexicon.is_title(bare)
                && word.first().is_some_and(|g| g.class == 'A'),
            gap: u64::from(before < piece.glyphs.start),
            joined: piece.joined,
        }
    }

    /// Whether it may close what stands before it: quotation marks, brackets.
    fn closes(&self) -> bool {
        self.is_sign() && matches!(self.first, '"' | '\'' | ')' | ']' | '}')
    }

    /// Whether it may open what stands after it.
    fn opens(&self) -> bool {
        self.is_sign() && matches!(self.first, '"' | '\'' | '(' | '[' | '{' | '•' | '-' | '*')
    }

    /// Whether it has no letters or digits.
    fn is_sign(&self) -> bool {
        self.shape % 8 == SIGN
    }
}

const SIGN: u64 = 5;
const CAPITALISED: u64 = 2;

/// 1 lower case, 2 capitalised, 3 capitals, 4 digits, 5 signs, 6 mixed; and 8
/// times the length, up to 4.
fn shape(word: &[Glyph]) -> u64 {
    let letters = |class: char| word.iter().filter(|g| g.class == class).count();
    let (lower, upper, digits) = (letters('a'), letters('A'), letters('0'));
    let first = word.first().map_or(' ', |g| g.class);
    let kind = match (lower, upper, digits) {
        (0, 0, 0) => SIGN,
        (_, 0, 0) => 1,
        (0, _, 0) => 3,
        (_, 1, 0) if first == 'A' => 2,
        (0, 0, _) => 4,
        _ => 6,
    };
    kind + 8 * word.len().min(4) as u64
}

/// All words of a block, with what the features need to know of the whole.
pub(super) struct Outlook {
    views: Vec<View>,
    /// For each word: an odd number of quotation marks before it, open brackets.
    open: Vec<u64>,
}

impl Outlook {
    pub(super) fn new(glyphs: &[Glyph], pieces: &[Piece], lexicon: &Lexicon) -> Self {
        let mut before = 0;
        let mut views = Vec::with_capacity(pieces.len());
        for piece in pieces {
            views.push(View::new(glyphs, before, piece, lexicon));
            before = piece.glyphs.end;
        }
        Self { open: open(&views), views }
    }

    fn get(&self, at: isize) -> &View {
        usize::try_from(at).ok().and_then(|at| self.views.get(at)).unwrap_or(&EDGE)
    }

    /// Whether a sentence might end before this word: always, but between two
    /// words in lower case, and within a contraction or a run without blanks
    /// that has no sign there.
    pub(super) fn in_question(&self, at: usize) -> bool {
        let (a, b) = (self.get(at.cast_signed() - 1), self.get(at.cast_signed()));
        if b.joined || self.is_titled(at.cast_signed()) {
            return false;
        }
        let ends = matches!(a.last, '.' | '!' | '?' | '…' | ':' | ';' | '"' | '\'' | ')' | ']');
        match b.gap {
            0 => ends || a.last == '\u{1F642}',
            _ => !a.last.is_alphanumeric() || b.shape % 8 != 1,
        }
    }

    /// Whether a word is a name behind an abbreviated title: *Rep. Ada Moss*.
    fn is_titled(&self, at: isize) -> bool {
        let (stop, word) = (self.get(at - 1), self.get(at));
        let title = if stop.is_sign() { self.get(at - 2) } else { stop };
        title.title && stop.last == '.' && word.gap == 1 && word.shape % 8 == CAPITALISED
    }

    /// The features of an end before word `at`, in a sentence that began with
    /// word `start`.
    pub(super) fn describe(&self, start: usize, at: usize, features: &mut Features) {
        let turn = Turn::new(self, start, at);
        turn.describe_neighbours(features);
        turn.describe_end(features);
        turn.describe_place(features);
    }
}

fn open(views: &[View]) -> Vec<u64> {
    let (mut quotes, mut brackets) = (0_u64, 0_u64);
    let mut open = Vec::with_capacity(views.len() + 1);
    for view in views {
        open.push(quotes + 2 * brackets.min(1));
        match view.first {
            '"' if view.is_sign() => quotes = 1 - quotes,
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
    }
    open
}

/// A place between two words, with what is looked at on both sides.
struct Turn<'a> {
    outlook: &'a Outlook,
    at: isize,
    /// The word that ends, closing quotation marks and brackets left aside.
    end: &'a View,
    /// The word before it, if it is a sign; else itself.
    word: &'a View,
    /// Hash of the closing and opening marks between, with their spaces.
    marks: u64,
    /// The next word after opening marks.
    next: &'a View,
    length: u64,
    first: &'a View,
    open: u64,
}

impl<'a> Turn<'a> {
    fn new(outlook: &'a Outlook, start: usize, at: usize) -> Self {
        let at = at.cast_signed();
        let closers = (1..4).take_while(|&i| outlook.get(at - i).closes()).count().cast_signed();
        let openers = (0..3).take_while(|&i| outlook.get(at + i).opens()).count().cast_signed();
        let marks = (at - closers..at + openers).fold(closers as u64, |hash, i| {
            let view = outlook.get(i);
            mix(mix(hash, view.first as u64), view.gap)
        });
        let end = outlook.get(at - closers - 1);
        let word = if end.is_sign() { outlook.get(at - closers - 2) } else { end };
        Self {
            outlook,
            at,
            end,
            word,
            marks: mix(marks, outlook.get(at + openers).gap),
            next: outlook.get(at + openers),
            length: length(at as usize - start),
            first: outlook.get(start.cast_signed()),
            open: outlook.open[at as usize],
        }
    }

    /// The sign that ends the sentence, if it is one, and where it stands.
    fn sign(&self) -> u64 {
        mix(self.end.last as u64, u64::from(self.end.is_sign()))
    }

    /// The words on both sides.
    fn describe_neighbours(&self, features: &mut Features) {
        let w = |ahead: isize| self.outlook.get(self.at + ahead);
        features.add(101, [w(-1).hash]);
        features.add(102, [w(0).hash]);
        features.add(103, [w(-1).hash, w(0).hash]);
        features.add(104, [w(-2).hash, w(-1).hash]);
        features.add(105, [w(0).hash, w(1).hash]);
        features.add(106, [w(-2).hash, w(-1).hash, w(0).hash]);
        features.add(107, [w(-1).hash, w(0).hash, w(1).hash]);
        features.add(108, [w(-2).shape, w(-1).shape, w(0).shape, w(1).shape]);
        features.add(109, [w(-1).shape, w(0).hash, w(0).gap]);
        features.add(110, [w(-1).hash, w(0).shape, w(0).gap]);
        features.add(111, [w(-1).last as u64, w(-1).gap, w(0).gap, w(1).gap, w(0).shape]);
        features
            .add(112, [w(-3).shape, w(-2).shape, w(-1).shape, w(0).shape, w(1).shape, w(2).shape]);
        features.add(113, [w(-3).hash, w(-2).hash, w(-1).hash]);
    }

    /// What ends and what begins.
    fn describe_end(&self, features: &mut Features) {
        let (sign, word, next) = (self.sign(), self.word, self.next);
        features.add(121, [sign, self.marks, next.shape]);
        features.add(122, [sign, word.hash]);
        features.add(123, [sign, word.hash, next.shape]);
        features.add(124, [sign, word.hash, next.hash]);
        features.add(125, [sign, word.class, next.shape]);
        features.add(126, [sign, word.shape, next.shape]);
        features.add(127, [sign, next.hash]);
        features.add(128, [sign, self.marks, next.hash]);
        features.add(129, [sign, word.class, next.hash]);
        features.add(130, [sign, word.shape, self.marks]);
        features.add(131, [sign, self.open, self.marks, next.shape]);
        features.add(132, [self.end.hash, next.shape, self.marks]);
    }

    /// Where in the block and in the sentence.
    fn describe_place(&self, features: &mut Features) {
        let (sign, next) = (self.sign(), self.next);
        let left = length(self.outlook.views.len().saturating_sub(self.at as usize));
        features.add(141, [sign, self.length, next.shape]);
        features.add(142, [sign, self.first.hash]);
        features.add(143, [self.length, self.outlook.get(self.at - 1).shape, next.shape]);
        features.add(144, [sign, self.open, self.length]);
        features.add(145, [sign, left, next.shape]);
        features.add(146, [self.first.shape, self.length, sign]);
        features.add(147, [self.first.first as u64, next.first as u64, sign]);
        features.add(148, [sign, self.open, next.shape]);
    }
}

/// A length on a logarithmic scale.
fn length(n: usize) -> u64 {
    match n {
        0..=3 => n as u64,
        4..=6 => 4,
        7..=12 => 5,
        13..=24 => 6,
        25..=48 => 7,
        _ => 8,
    }
}
