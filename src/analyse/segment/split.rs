//! Where a run of characters without blanks may divide, and what speaks for it.

use std::ops::Range;

use super::addresses::addresses;
use super::features::{Features, mix};
use super::glyphs::{BLANK, Glyph};
use super::lexicon::{Lexicon, word_hash};

/// No feature looks at more letters of a word than this.
const REACH: usize = 16;

/// A run of characters without blanks, and its neighbours.
pub(super) struct Chunk<'a> {
    glyphs: &'a [Glyph],
    lexicon: &'a Lexicon,
    /// Where it stands among the glyphs of its block.
    pub(super) range: Range<usize>,
    /// Its hash, and what kinds of character it has.
    whole: u64,
    flags: u64,
    /// Addresses in it, which never divide.
    addresses: Vec<Range<usize>>,
    before: Neighbour,
    after: Neighbour,
}

/// What the features know of the run before or after.
#[derive(Clone, Copy)]
struct Neighbour {
    hash: u64,
    /// Its class if it is an abbreviation, written with or without its full stop.
    abbreviation: u64,
    first: char,
    last: char,
}

impl Neighbour {
    fn new(glyphs: &[Glyph], lexicon: &Lexicon, range: Option<&Range<usize>>) -> Self {
        let run = match range {
            Some(range) => &glyphs[range.clone()],
            None => &[],
        };
        let hash = word_hash(&run[..run.len().min(REACH)]);
        let bare = match run {
            [bare @ .., last] if last.sign == '.' => bare,
            run => run,
        };
        let abbreviation = if bare.len() < REACH { lexicon.abbreviation(bare) } else { 0 };
        let [first, last] = [run.first(), run.last()].map(|end| end.unwrap_or(&BLANK).class);
        Self { hash, abbreviation, first, last }
    }
}

/// The runs of a block.
pub(super) fn chunks<'a>(glyphs: &'a [Glyph], lexicon: &'a Lexicon) -> Vec<Chunk<'a>> {
    let ranges = runs(glyphs);
    let chunk = |i: usize, range: &Range<usize>| {
        let run = &glyphs[range.clone()];
        let before = i.checked_sub(1).and_then(|i| ranges.get(i));
        Chunk {
            glyphs,
            lexicon,
            range: range.clone(),
            whole: word_hash(&run[..run.len().min(2 * REACH)]),
            flags: flags(run),
            addresses: addresses(run, range.start),
            before: Neighbour::new(glyphs, lexicon, before),
            after: Neighbour::new(glyphs, lexicon, ranges.get(i + 1)),
        }
    };
    ranges.iter().enumerate().map(|(i, range)| chunk(i, range)).collect()
}

fn runs(glyphs: &[Glyph]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (i, glyph) in glyphs.iter().enumerate() {
        match (glyph.is_blank(), start) {
            (true, Some(from)) => {
                runs.push(from..i);
                start = None;
            }
            (false, None) => start = Some(i),
            _ => {}
        }
    }
    runs.extend(start.map(|from| from..glyphs.len()));
    runs
}

/// Letters, digits, `@`, slashes, `www`, number of full stops.
fn flags(run: &[Glyph]) -> u64 {
    let has = |sign: char| u64::from(run.iter().any(|g| g.sign == sign));
    let starts = |word: &str| {
        u64::from(word.chars().zip(run).filter(|(c, g)| *c == g.sign).count() == word.len())
    };
    let dots = run.iter().filter(|g| g.sign == '.').count().min(3) as u64;
    let letters = u64::from(run.iter().any(|g| g.is_word() && !g.is_digit()));
    has('0')
        | letters << 1
        | has('@') << 2
        | has('/') << 3
        | has(':') << 4
        | has('_') << 5
        | (starts("http") | starts("www.")) << 6
        | dots << 7
}

impl Chunk<'_> {
    /// The byte offset of a glyph.
    pub(super) fn byte(&self, at: usize) -> usize {
        self.get(at.cast_signed()).byte
    }

    fn get(&self, at: isize) -> &Glyph {
        let inside = usize::try_from(at).ok().filter(|at| self.range.contains(at));
        inside.and_then(|at| self.glyphs.get(at)).unwrap_or(&BLANK)
    }

    /// Whether an address begins or ends here, so that a token must begin.
    pub(super) fn is_edge(&self, at: usize) -> bool {
        self.addresses.iter().any(|a| a.start == at || a.end == at)
    }

    /// Whether a token might begin here: outside of addresses, next to anything but letters, between
    /// letters and digits, and within contractions.
    pub(super) fn in_question(&self, at: usize) -> bool {
        let (a, b) = (self.get(at.cast_signed() - 1), self.get(at.cast_signed()));
        if self.addresses.iter().any(|a| a.contains(&at)) {
            return false;
        }
        if self.ends_initials(at) {
            return false;
        }
        if b.extends() || a.sign == '\u{200D}' && b.class == b.sign {
            return false;
        }
        let same_kind = a.is_word() && b.is_word() && a.is_digit() == b.is_digit();
        !same_kind || self.in_contraction(at)
    }

    /// Whether the last full stop of letters such as `p.m.` or `U.S.` is here.
    fn ends_initials(&self, at: usize) -> bool {
        let sign = |ahead: isize| self.get(at.cast_signed() + ahead).sign;
        let letters = sign(-1).is_alphabetic() && sign(-3).is_alphabetic();
        sign(0) == '.' && letters && sign(-2) == '.' && !sign(-4).is_alphanumeric()
    }

    fn in_contraction(&self, at: usize) -> bool {
        let sign = |ahead: isize| self.get(at.cast_signed() + ahead).sign;
        if sign(0) == 'n' && sign(1) == '\'' && sign(2) == 't' {
            return true;
        }
        if !self.lexicon.may_end_contraction(sign(0), sign(1)) {
            return false;
        }
        let word = self.word_around(at);
        let letters = &self.glyphs[word.clone()];
        letters.len() < REACH && self.lexicon.contraction(letters) == Some(at - word.start)
    }

    /// The letters and digits around a place.
    fn word_around(&self, at: usize) -> Range<usize> {
        self.word_before(at).start..self.word_after(at).end
    }

    /// The letters and digits that end at a place, at most `REACH` of them.
    fn word_before(&self, at: usize) -> Range<usize> {
        let from = at.saturating_sub(REACH).max(self.range.start);
        let run = &self.glyphs[from..at];
        at - run.iter().rev().take_while(|g| g.is_word()).count()..at
    }

    /// The letters and digits that start at a place, at most `REACH` of them.
    fn word_after(&self, at: usize) -> Range<usize> {
        let to = (at + REACH).min(self.range.end);
        let run = &self.glyphs[at..to];
        at..at + run.iter().take_while(|g| g.is_word()).count()
    }

    fn hash(&self, range: Range<usize>) -> u64 {
        word_hash(&self.glyphs[range])
    }

    /// The features of a token's beginning at `at`, where the word before began
    /// at `start`.
    pub(super) fn describe(&self, start: usize, at: usize, features: &mut Features) {
        self.describe_signs(at, features);
        self.describe_words(at, features);
        self.describe_run(start, at, features);
    }

    /// The characters around.
    fn describe_signs(&self, at: usize, features: &mut Features) {
        let s = |ahead: isize| self.get(at.cast_signed() + ahead).sign as u64;
        let k = |ahead: isize| self.get(at.cast_signed() + ahead).class as u64;
        features.add(1, []);
        features.add(2, [s(-1), s(0)]);
        features.add(3, [s(-2), s(-1), s(0)]);
        features.add(4, [s(-1), s(0), s(1)]);
        features.add(5, [s(-2), s(-1), s(0), s(1)]);
        features.add(6, [s(-3), s(-2), s(-1), s(0)]);
        features.add(7, [s(-1), s(0), s(1), s(2)]);
        features.add(8, [s(-3), s(-2), s(-1), s(0), s(1), s(2)]);
        features.add(9, [k(-2), k(-1), k(0), k(1)]);
        features.add(10, [k(-3), k(-2), k(-1), k(0), k(1), k(2)]);
        features.add(11, [k(-4), k(-3), k(-2), k(-1), k(0), k(1), k(2), k(3)]);
        features.add(12, [k(-2), s(-1), s(0), k(1)]);
        features.add(13, [k(-1), s(0), k(1), k(2)]);
    }

    /// The words on both sides of the character at or before the place.
    fn describe_words(&self, at: usize, features: &mut Features) {
        let s = |ahead: isize| self.get(at.cast_signed() + ahead).sign as u64;
        let skip_left = usize::from(!self.get(at.cast_signed() - 1).is_word());
        let skip_right = usize::from(!self.get(at.cast_signed()).is_word());
        let left = self.word_before((at - skip_left).max(self.range.start));
        let right = self.word_after((at + skip_right).min(self.range.end));
        let (l, r) = (self.hash(left.clone()), self.hash(right.clone()));
        let class = |word| self.lexicon.abbreviation(&self.glyphs[word]);
        let (class_left, class_right) = (class(left.clone()), class(right.clone()));
        let side = (skip_left * 2 + skip_right) as u64;
        let (long_left, long_right) = (left.len().min(4) as u64, right.len().min(4) as u64);
        features.add(21, [l, s(-1), s(0)]);
        features.add(22, [r, s(-1), s(0)]);
        features.add(23, [l, r, s(-1), s(0)]);
        features.add(24, [long_left, long_right, s(-1), s(0), side]);
        features.add(25, [class_left, s(-1), s(0), self.after.first as u64]);
        features.add(26, [l, s(0), self.after.first as u64]);
        features.add(27, [l, s(0), self.after.hash]);
        features.add(28, [r, s(-1), self.before.hash]);
        features.add(29, [class_left, class_right, long_left, s(-1), s(0), side]);
    }

    /// The whole run and the place in it.
    fn describe_run(&self, start: usize, at: usize, features: &mut Features) {
        let s = |ahead: isize| self.get(at.cast_signed() + ahead).sign as u64;
        let (done, left) = (at - self.range.start, self.range.end - at);
        let place = (done.min(4) * 8 + left.min(4)) as u64;
        let exact = (done.min(2 * REACH)) as u64;
        let from = at.saturating_sub(REACH).max(start);
        let to = (at + REACH).min(self.range.end);
        let neighbours = mix(self.before.last as u64, self.after.first as u64);
        features.add(31, [self.whole, exact]);
        features.add(32, [self.flags, s(-1), s(0)]);
        features.add(33, [place, s(-1), s(0)]);
        features.add(34, [self.hash(from..at), s(0), u64::from(from == start)]);
        features.add(35, [self.hash(from..at), self.hash(at..to)]);
        features.add(36, [self.hash(at..to), s(-1)]);
        features.add(37, [neighbours, s(-1), s(0), place]);
        features.add(38, [u64::from(start == self.range.start), s(-1), s(0), left.min(4) as u64]);
        features.add(39, [self.flags, place, s(-1), s(0)]);
        // "2." opens an item of a list after a full stop, and ends a sentence after a word.
        let before = mix(self.before.abbreviation, neighbours);
        features.add(40, [before, self.before.first as u64, s(-1), s(0)]);
    }
}
