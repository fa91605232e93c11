//! Which units of an article are not the article: bylines, buttons, credits.
//!
//! Every unit gets a score: the weights of the cues it shows and of its looks
//! and place, from `boilerplate.tsv` and `boilerplate-looks.tsv`. From 1 on it is boilerplate. No
//! single look or place can make it so without a cue.

use regex::bytes::RegexSet;

use super::layout::Unit;
use super::page_words::{PageWord, PageWords};
use super::patterns::patterns;
use crate::text::lexicon::Lexicon;
use crate::text::table::{Row, TableError};

/// The score from which a unit is boilerplate.
const THRESHOLD: f32 = 1.0;
/// Units longer than this, in bytes, are prose whatever they say.
const LONGEST: usize = 900;
/// As [`LONGEST`], for units that are neither near the start nor near the end.
const LONGEST_BETWEEN: usize = 300;

/// Cues and weights, compiled once.
#[derive(Debug)]
pub(crate) struct Boilerplate {
    /// Cues at the start of a unit, and anywhere in it: the former are told
    /// from a few bytes.
    starts: Cues,
    anywhere: Cues,
    looks: Looks,
    words: PageWords,
}

/// Patterns, and what each counts for.
#[derive(Debug, Default)]
struct Cues {
    patterns: RegexSet,
    cues: Vec<Cue>,
}

impl Cues {
    fn new(rows: &[Row<'_>]) -> Result<Self, TableError> {
        let cues = rows.iter().map(|row| cue(*row)).collect::<Result<_, _>>()?;
        Ok(Self { patterns: patterns(rows, true)?, cues })
    }

    fn found(&self, unit: &[u8]) -> impl Iterator<Item = Cue> {
        self.patterns.matches(unit).into_iter().filter_map(|i| self.cues.get(i).copied())
    }

    /// The weights and patterns of the cues in a unit.
    fn named(&self, unit: &[u8]) -> impl Iterator<Item = (f32, &str)> {
        let found = self.patterns.matches(unit).into_iter();
        let named = move |i: usize| {
            Some((self.cues.get(i)?.weight, self.patterns.patterns().get(i)?.as_str()))
        };
        found.filter_map(named)
    }
}

/// What a pattern of `boilerplate.tsv` counts for.
#[derive(Clone, Copy, Debug)]
struct Cue {
    weight: f32,
    place: Place,
    reach: Reach,
    /// The most words that the unit may have.
    words: usize,
}

/// Where in the article a cue counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Any,
    /// Not the first unit, which is the headline.
    Body,
    Head,
    Tail,
    /// In the head or the tail, not between.
    Edge,
}

/// How far a cue reaches, once it has made a unit boilerplate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// The unit itself.
    Unit,
    /// The short units after it, too: a list of links.
    List,
    /// Everything after it: comments.
    End,
}

/// Weights of looks.
#[derive(Clone, Copy, Debug, Default)]
struct Looks {
    short: f32,
    long: f32,
    open: f32,
    speech: f32,
    repeated: f32,
    tail: f32,
    after: f32,
    new: f32,
}

impl Boilerplate {
    /// The cues and looks of the lists `boilerplate` and `boilerplate-looks`, and the
    /// words of speech of `page-words`.
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let rows = lexicon.rows("boilerplate");
        let (starts, anywhere): (Vec<_>, Vec<_>) =
            rows.partition(|row| row.text("pattern").starts_with('^'));
        let (starts, anywhere) = (Cues::new(&starts)?, Cues::new(&anywhere)?);
        let (looks, words) = (Looks::new(lexicon)?, PageWords::new(lexicon)?);
        Ok(Self { starts, anywhere, looks, words })
    }

    /// For each unit, whether it is boilerplate.
    pub(crate) fn mark(&self, text: &str, units: &[Unit]) -> Vec<bool> {
        let texts: Vec<&str> = units.iter().map(|u| u.span.slice(text)).collect();
        let prose = prose_before(&texts);
        let mut marks: Vec<bool> = Vec::with_capacity(texts.len());
        let mut reach = Reach::Unit;
        for (i, unit) in texts.iter().enumerate() {
            let after = marks.last().copied().unwrap_or(false);
            let position = Position::new(i, &texts, &prose, after);
            let (mut score, far) = self.score(unit, position);
            if score > 0.0 && score < THRESHOLD && position.tail && names_somebody_new(i, &texts) {
                score += self.looks.new;
            }
            let is =
                score >= THRESHOLD || reach == Reach::End || reach == Reach::List && is_entry(unit);
            if score >= THRESHOLD && far > reach && may_reach(far, i, &texts) {
                reach = far;
            } else if !is {
                reach = Reach::Unit;
            }
            marks.push(is);
        }
        marks
    }

    /// The pattern of the weightiest cue in a unit, wherever it stands.
    pub(super) fn cue_of(&self, unit: &str) -> Option<&str> {
        let plain = plain_marks(unit);
        let found =
            self.starts.named(plain.as_bytes()).chain(self.anywhere.named(plain.as_bytes()));
        let found = found.max_by(|(one, _), (other, _)| one.total_cmp(other));
        found.filter(|(weight, _)| *weight > 0.0).map(|(_, pattern)| pattern)
    }

    fn score(&self, unit: &str, position: Position) -> (f32, Reach) {
        let edge = position.is_at(Place::Edge);
        if unit.len() > if edge { LONGEST } else { LONGEST_BETWEEN } {
            return (0.0, Reach::Unit);
        }
        let words = unit.split_whitespace().count();
        let mut score = 0.0;
        let mut reach = Reach::Unit;
        let plain = plain_marks(unit);
        let plain = plain.as_bytes();
        for cue in self.starts.found(plain).chain(self.anywhere.found(plain)) {
            if position.is_at(cue.place) && words <= cue.words {
                score += cue.weight;
                reach = reach.max(cue.reach);
            }
        }
        if score > 0.0 {
            score += self.looks.score(unit, words, position, self.has_speech(unit));
        }
        (score, reach)
    }

    /// Whether somebody speaks: an opening quotation mark, or a verb of speech.
    fn has_speech(&self, unit: &str) -> bool {
        unit.starts_with(['"', '“', '‘', '«', '„'])
            || unit.split_whitespace().any(|word| self.words.is(word, PageWord::Speech))
    }
}

impl Looks {
    fn score(&self, unit: &str, words: usize, position: Position, speech: bool) -> f32 {
        let weigh = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
        weigh(words <= 8, self.short)
            + weigh(words > 45, self.long)
            + weigh(!ends_sentence(unit), self.open)
            + weigh(speech, self.speech)
            + weigh(position.repeated, self.repeated)
            + weigh(position.tail, self.tail)
            + weigh(position.after && position.tail, self.after)
    }
}

/// Where a unit stands among the others.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
struct Position {
    first: bool,
    head: bool,
    tail: bool,
    after: bool,
    repeated: bool,
}

impl Position {
    /// Head and tail are the first and last six units, or a quarter in long
    /// articles, and all with next to no prose before or after them.
    fn new(i: usize, texts: &[&str], prose: &[usize], after: bool) -> Self {
        const LITTLE: usize = 2;
        let edge = (texts.len() / 4).clamp(6, 12);
        let unit = texts.get(i).copied().unwrap_or("");
        let near = texts.iter().skip(i.saturating_sub(60)).take(120);
        let repeated = unit.len() < 120 && near.filter(|t| **t == unit).count() > 1;
        let before = prose.get(i).copied().unwrap_or(0);
        let upto = prose.get(i + 1).copied().unwrap_or(0);
        let later = prose.last().copied().unwrap_or(0).saturating_sub(upto);
        Self {
            first: i == 0,
            head: i < edge || before <= LITTLE,
            tail: i + edge >= texts.len() || later <= LITTLE,
            after,
            repeated,
        }
    }

    fn is_at(self, place: Place) -> bool {
        match place {
            Place::Any => true,
            Place::Body => !self.first,
            Place::Head => self.head,
            Place::Tail => self.tail,
            Place::Edge => self.head || self.tail,
        }
    }
}

/// How many units of some length stand before each, and before the end.
fn prose_before(texts: &[&str]) -> Vec<usize> {
    let mut count = 0;
    let mut before = vec![0];
    before.extend(texts.iter().map(|text| {
        count += usize::from(text.len() > 120);
        count
    }));
    before
}

/// Whether a unit opens with the name of somebody whom no other unit names, as
/// notes on authors do: *Ann Lee is a writer* below an article on ferries.
fn names_somebody_new(i: usize, texts: &[&str]) -> bool {
    let unit = texts.get(i).copied().unwrap_or("");
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let bare = |word: &'_ str| word.trim_end_matches([',', '.', ':']).to_owned();
    let name = unit.split_whitespace().take(4).take_while(capital).map(bare).last();
    let Some(name) =
        name.filter(|n| n.len() > 2 && unit.split(' ').nth(1).is_some_and(|w| capital(&w)))
    else {
        return false;
    };
    let others = texts.iter().enumerate().filter(|(j, text)| *j != i && text.len() > 60);
    !others.into_iter().any(|(_, text)| text.contains(&name))
}

/// Comments reach to the end only from the second half of the article on.
fn may_reach(reach: Reach, i: usize, texts: &[&str]) -> bool {
    reach != Reach::End || 2 * i >= texts.len()
}

/// Whether a unit can stand in a list of links: short, without a sentence's end.
fn is_entry(unit: &str) -> bool {
    unit.split_whitespace().count() <= 20 && !unit.ends_with('.')
}

/// The unit with the marks that patterns are written in.
fn plain_marks(unit: &str) -> String {
    let mut plain = String::with_capacity(unit.len());
    for c in unit.chars() {
        match c {
            '’' | '‘' | 'ʼ' => plain.push('\''),
            '“' | '”' | '„' => plain.push('"'),
            '–' | '—' | '‑' => plain.push('-'),
            '•' | '·' | '●' => plain.push('*'),
            '»' | '›' | '→' | '▸' => plain.push('>'),
            '©' => plain.push_str("(c)"),
            '✉' | '📧' => plain.push_str("(mail)"),
            '\u{A0}' | '\n' => plain.push(' '),
            '\u{FE0F}' | '\u{200B}' => {}
            c => plain.push(c),
        }
    }
    plain
}

/// Whether a unit ends as sentences end.
pub(crate) fn ends_sentence(unit: &str) -> bool {
    const CLOSERS: [char; 9] = ['"', '\'', '”', '’', '»', ')', ']', '*', '_'];
    unit.trim_end_matches(CLOSERS).ends_with(['.', '!', '?', '…', ';', ':', ','])
}

/// The cue of a row.
fn cue(row: Row<'_>) -> Result<Cue, TableError> {
    let words = row.get("words").map(|_| row.parse("words", |most| most.parse().ok()));
    Ok(Cue {
        weight: row.parse("weight", |weight| weight.parse().ok())?,
        place: row.parse("place", Place::parse)?,
        reach: row.parse("reach", Reach::parse)?,
        words: words.unwrap_or(Ok(usize::MAX))?,
    })
}

impl Place {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "any" => Self::Any,
            "body" => Self::Body,
            "head" => Self::Head,
            "tail" => Self::Tail,
            "edge" => Self::Edge,
            _ => return None,
        })
    }
}

impl Reach {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "unit" => Self::Unit,
            "list" => Self::List,
            "end" => Self::End,
            _ => return None,
        })
    }
}

impl Looks {
    fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut looks = Self::default();
        for row in lexicon.rows("boilerplate-looks") {
            let weight = row.parse("weight", |weight| weight.parse().ok())?;
            row.parse("look", |look| looks.with(look, weight)).map(|new| looks = new)?;
        }
        Ok(looks)
    }

    /// The same with another weight of a look; none where no look is called so.
    fn with(mut self, look: &str, weight: f32) -> Option<Self> {
        let field = match look {
            "short" => &mut self.short,
            "long" => &mut self.long,
            "open" => &mut self.open,
            "speech" => &mut self.speech,
            "repeated" => &mut self.repeated,
            "tail" => &mut self.tail,
            "after" => &mut self.after,
            "new" => &mut self.new,
            _ => return None,
        };
        *field = weight;
        Some(self)
    }
}
