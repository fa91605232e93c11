//! Which units of an article are not the article: bylines, buttons, credits.
//!
//! Every unit gets a score: the weights of the cues it shows and of its looks
//! and place, all from `boilerplate.tsv`. From 1 on it is boilerplate. No
//! single look or place can make it so without a cue.

use std::str::FromStr;

use regex::bytes::{RegexSet, RegexSetBuilder};

use super::layout::Unit;

/// The score from which a unit is boilerplate.
const THRESHOLD: f32 = 1.0;
/// Units longer than this, in bytes, are prose whatever they say.
const LONGEST: usize = 900;
/// As [`LONGEST`], for units that are neither near the start nor near the end.
const LONGEST_BETWEEN: usize = 300;

/// Cues and weights, compiled once.
#[derive(Debug, Default)]
pub(crate) struct Boilerplate {
    /// Cues at the start of a unit, and anywhere in it: the former are told
    /// from a few bytes.
    starts: Cues,
    anywhere: Cues,
    looks: Looks,
}

/// Patterns, and what each counts for.
#[derive(Debug, Default)]
struct Cues {
    patterns: RegexSet,
    cues: Vec<Cue>,
}

impl Cues {
    fn new(rows: &[(Cue, &str)]) -> Result<Self, CueError> {
        let patterns = RegexSetBuilder::new(rows.iter().map(|(_, pattern)| pattern))
            .case_insensitive(true)
            .unicode(false)
            .build()
            .map_err(|e| CueError { line: 0, reason: e.to_string() })?;
        Ok(Self { patterns, cues: rows.iter().map(|(cue, _)| *cue).collect() })
    }

    fn found(&self, unit: &[u8]) -> impl Iterator<Item = Cue> {
        self.patterns.matches(unit).into_iter().filter_map(|i| self.cues.get(i).copied())
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

/// Why `boilerplate.tsv` could not be read.
#[derive(Debug, thiserror::Error)]
#[error("boilerplate.tsv, line {line}: {reason}")]
pub(crate) struct CueError {
    line: usize,
    reason: String,
}

impl Boilerplate {
    /// The cues that ship with the program.
    pub(crate) fn shipped() -> Result<Self, CueError> {
        include_str!("boilerplate.tsv").parse()
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
            score += self.looks.score(unit, words, position);
        }
        (score, reach)
    }
}

impl Looks {
    fn score(&self, unit: &str, words: usize, position: Position) -> f32 {
        let weigh = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
        weigh(words <= 8, self.short)
            + weigh(words > 45, self.long)
            + weigh(!ends_sentence(unit), self.open)
            + weigh(has_speech(unit), self.speech)
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

/// Whether somebody speaks: an opening quotation mark, or a verb of speech.
fn has_speech(unit: &str) -> bool {
    unit.starts_with(['"', '“', '‘', '«', '„'])
        || unit.split_whitespace().any(|w| matches!(w, "said" | "said." | "told" | "says"))
}

impl FromStr for Boilerplate {
    type Err = CueError;

    fn from_str(table: &str) -> Result<Self, CueError> {
        let (mut rows, mut looks) = (Vec::new(), Looks::default());
        for (i, row) in table.lines().enumerate() {
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let wrong = |reason: &str| CueError { line: i + 1, reason: reason.to_owned() };
            let (weight, rest) = row.split_once('\t').ok_or_else(|| wrong("no tabs"))?;
            let weight = weight.parse().map_err(|_| wrong("the weight is no number"))?;
            if let Some(look) = rest.strip_prefix('@') {
                looks.set(look, weight).ok_or_else(|| wrong("no such look"))?;
            } else {
                rows.push(cue(weight, rest).ok_or_else(|| wrong("not a cue"))?);
            }
        }
        let (starts, anywhere): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|(_, pattern)| pattern.starts_with('^'));
        Ok(Self { starts: Cues::new(&starts)?, anywhere: Cues::new(&anywhere)?, looks })
    }
}

/// The cue of a row below its weight: place, reach, most words, pattern.
fn cue(weight: f32, rest: &str) -> Option<(Cue, &str)> {
    let mut columns = rest.splitn(4, '\t');
    let place = match columns.next()? {
        "any" => Place::Any,
        "body" => Place::Body,
        "head" => Place::Head,
        "tail" => Place::Tail,
        "edge" => Place::Edge,
        _ => return None,
    };
    let reach = match columns.next()? {
        "unit" => Reach::Unit,
        "list" => Reach::List,
        "end" => Reach::End,
        _ => return None,
    };
    let words = match columns.next()? {
        "-" => usize::MAX,
        most => most.parse().ok()?,
    };
    Some((Cue { weight, place, reach, words }, columns.next()?))
}

impl Looks {
    fn set(&mut self, look: &str, weight: f32) -> Option<()> {
        let field = match look.split('\t').next()? {
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
        Some(())
    }
}
