//! Rules for names as data: what they are, and how they are read.
//!
//! In: a rule file (`names.rule`; its first lines say how rules are written). Out:
//! its [`Step`]s in order, or a [`RuleError`] with line and column.

use std::ops::Range;

use compact_str::CompactString;

use super::lex::{Lexeme, lexemes};
use super::test::{Test, token_test};
use crate::analyse::name_words::WordClass;
use crate::text::NameKind;
use crate::text::sequence::{Part, Sequence};

/// Words repeat at most so often.
const MOST: usize = 8;

/// One step on the way from the names that the network found to those that are right.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A rule.
    Rule(Rule),
    /// What no pattern can say.
    Algorithm(Algorithm),
}

/// Steps that count or compare over the whole article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    /// What acronyms in brackets stand for.
    ExpandAcronyms,
    /// The same words get the same kind.
    Agree,
    /// What the article spells out is that and nothing else.
    KeepAcronyms,
}

/// A rule.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) id: CompactString,
    pub(super) means: String,
    /// Patterns, tried in order at each word.
    pub(super) patterns: Vec<Sequence<Atom>>,
    pub(super) effect: Effect,
    pub(super) examples: Vec<Example>,
    pub(super) line: usize,
}

/// What becomes of the groups of a pattern that fits, or of all that fits where it
/// has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Each is a name: of this kind, or of the kind that it had.
    Becomes(Option<NameKind>),
    /// So are all names of the article with the words of the first group.
    Everywhere(NameKind),
    /// The names in them are none.
    Drops,
}

/// A text with the names before and after all steps; read by tests.
#[cfg_attr(not(test), allow(dead_code))]
#[derive(Clone, Debug)]
pub(super) struct Example {
    pub(super) before: String,
    pub(super) after: String,
    pub(super) line: usize,
}

/// What may stand in a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Atom {
    /// `[tests]`: a word.
    Word(Vec<Test>, Place),
    /// `{class, tests}`: one to three words that together are of a class.
    Phrase(Phrase, Vec<Test>, Place),
    /// `<kinds, tests: pattern>`: a name, the words of which fit the pattern.
    Name(Vec<NameKind>, Vec<Test>, Option<Sequence<Atom>>),
}

/// Where a word may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Within the name around the pattern.
    InName,
    /// Outside of all names: where names are made.
    Outside,
    /// Anywhere: beside names that are made.
    Anywhere,
}

/// What several words may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    /// Of a class of `name-words.tsv`.
    Of(WordClass),
    /// A place of the model's list.
    Place,
}

/// A broken rule.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("names.rule:{line}:{column}: {problem}")]
pub(super) struct RuleError {
    /// The line, from 1.
    pub(super) line: usize,
    /// The column, in characters from 1.
    pub(super) column: usize,
    /// What is wrong.
    pub(super) problem: String,
}

/// Reads the steps of a rule file.
pub(super) fn steps(text: &str) -> Result<Vec<Step>, RuleError> {
    let mut steps = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        let (keyword, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let wrong = |problem: &str| RuleError { line, column: 1, problem: problem.to_owned() };
        let rest = rest.trim();
        match (keyword, steps.last_mut()) {
            ("" | "#", _) => {}
            ("step", _) => {
                let step = Algorithm::parse(rest).ok_or_else(|| wrong("no step is called so"))?;
                steps.push(Step::Algorithm(step));
            }
            ("rule", _) => steps.push(Step::Rule(Rule::new(rest, line))),
            (_, Some(Step::Rule(rule))) => rule.read(keyword, rest, text, line)?,
            _ => return Err(wrong("`rule NAME` or `step NAME` is expected")),
        }
    }
    for step in &steps {
        if let Step::Rule(rule) = step {
            rule.check_whole()?;
        }
    }
    Ok(steps)
}

impl Algorithm {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "expand-acronyms" => Self::ExpandAcronyms,
            "agree" => Self::Agree,
            "keep-acronyms" => Self::KeepAcronyms,
            _ => return None,
        })
    }
}

impl Rule {
    fn new(id: &str, line: usize) -> Self {
        let effect = Effect::Becomes(None);
        let (patterns, examples) = (Vec::new(), Vec::new());
        Self { id: id.into(), means: String::new(), patterns, effect, examples, line }
    }

    fn read(
        &mut self,
        keyword: &str,
        rest: &str,
        text: &str,
        line: usize,
    ) -> Result<(), RuleError> {
        let wrong = |problem: String| RuleError { line, column: 1, problem };
        match keyword {
            "means" => rest.clone_into(&mut self.means),
            "match" => self.patterns.push(pattern(text, line)?),
            "becomes" if rest == "same" => self.effect = Effect::Becomes(None),
            "becomes" => self.effect = Effect::Becomes(Some(kind(rest).map_err(wrong)?)),
            "everywhere" => self.effect = Effect::Everywhere(kind(rest).map_err(wrong)?),
            "drops" => self.effect = Effect::Drops,
            "example" => {
                let both = rest.split_once("=>");
                let (before, after) =
                    both.ok_or_else(|| wrong("`before => after` is expected".to_owned()))?;
                let (before, after) = (before.trim().to_owned(), after.trim().to_owned());
                self.examples.push(Example { before, after, line });
            }
            _ => return Err(wrong(format!("`{keyword}` is no keyword of a rule"))),
        }
        Ok(())
    }

    /// Holds that nothing is missing.
    fn check_whole(&self) -> Result<(), RuleError> {
        let lacks = match self {
            _ if self.means.is_empty() => "means",
            _ if self.patterns.is_empty() => "match",
            _ if self.examples.is_empty() => "example",
            _ => return Ok(()),
        };
        let problem = format!("rule `{}` has no `{lacks}`", self.id);
        Err(RuleError { line: self.line, column: 1, problem })
    }
}

/// The kind of names that rules call so.
fn kind(word: &str) -> Result<NameKind, String> {
    let name = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word);
    let kind = serde::Deserialize::deserialize(name);
    kind.map_err(|_: serde::de::value::Error| format!("`{word}` is no kind of names"))
}

/// The pattern of a line `match …`.
fn pattern(text: &str, line: usize) -> Result<Sequence<Atom>, RuleError> {
    let lexemes = lexemes(text).map_err(|column| {
        let problem = "quotation mark without its partner".to_owned();
        RuleError { line, column, problem }
    })?;
    let has_groups = lexemes.iter().any(|l| l.is("("));
    let mut parser = Parser { lexemes: &lexemes, next: 1, line, in_group: !has_groups };
    let sequence = parser.sequence(false, None)?;
    match parser.peek() {
        None => Ok(sequence),
        Some(_) => Err(parser.wrong("`[`, `{`, `<`, `(` or `)` is expected")),
    }
}

/// Reads a pattern from the signs of its line.
pub(super) struct Parser<'a> {
    lexemes: &'a [Lexeme<'a>],
    next: usize,
    line: usize,
    /// Whether the pattern makes names of what is read now.
    in_group: bool,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Lexeme<'a>> {
        self.lexemes.get(self.next)
    }

    pub(super) fn take(&mut self, sign: &str) -> bool {
        let found = self.peek().is_some_and(|l| l.is(sign));
        self.next += usize::from(found);
        found
    }

    fn need(&mut self, sign: &str) -> Result<(), RuleError> {
        if self.take(sign) { Ok(()) } else { Err(self.wrong(&format!("`{sign}` is expected"))) }
    }

    /// The next word or quotation.
    pub(super) fn word(&mut self) -> Result<&'a str, RuleError> {
        let word = self.peek().filter(|l| l.is_word());
        let word = word.ok_or_else(|| self.wrong("a word is expected"))?;
        self.next += 1;
        Ok(word.text)
    }

    /// An error at the next sign, or behind the last one.
    pub(super) fn wrong(&self, problem: &str) -> RuleError {
        let last = self.lexemes.last().map_or(1, |l| l.column + l.text.chars().count());
        let column = self.peek().map_or(last, |l| l.column);
        RuleError { line: self.line, column, problem: problem.to_owned() }
    }

    /// An error at the sign before.
    pub(super) fn wrong_before(&mut self, problem: &str) -> RuleError {
        self.next = self.next.saturating_sub(1);
        self.wrong(problem)
    }

    /// Parts up to what is none; `in_name` where they are words of one.
    fn sequence(&mut self, in_name: bool, end: Option<&str>) -> Result<Sequence<Atom>, RuleError> {
        let mut parts = Vec::new();
        while self.peek().is_some_and(|l| end.is_none_or(|end| !l.is(end))) {
            if self.take("(") {
                self.in_group = true;
                parts.push(Part::Open(0));
            } else if self.take(")") {
                self.in_group = false;
                parts.push(Part::Close(0));
            } else {
                let atom = self.atom(in_name)?;
                let Range { start: least, end: most } = self.times();
                parts.push(Part::Atom { atom, least, most });
            }
        }
        Ok(Sequence(parts))
    }

    /// `?`, `*`, `+` behind an atom: from how often to how often.
    fn times(&mut self) -> Range<usize> {
        if self.take("?") {
            0..1
        } else if self.take("*") {
            0..MOST
        } else if self.take("+") {
            1..MOST
        } else {
            1..1
        }
    }

    fn atom(&mut self, in_name: bool) -> Result<Atom, RuleError> {
        let place = match (in_name, self.in_group) {
            (true, _) => Place::InName,
            (false, true) => Place::Outside,
            (false, false) => Place::Anywhere,
        };
        if self.take("[") {
            let tests = self.tests("]")?;
            self.need("]")?;
            return Ok(Atom::Word(tests, place));
        }
        if self.take("{") {
            let name = self.word()?;
            let class = || WordClass::parse(name).map(Phrase::Of);
            let phrase = if name == "known-place" { Some(Phrase::Place) } else { class() };
            let phrase =
                phrase.ok_or_else(|| self.wrong_before("no class of words is called so"))?;
            let tests = if self.take(",") { self.tests("}")? } else { Vec::new() };
            self.need("}")?;
            return Ok(Atom::Phrase(phrase, tests, place));
        }
        if self.take("<") {
            return self.name();
        }
        Err(self.wrong("`[`, `{`, `<`, `(` or `)` is expected"))
    }

    /// `<kind|kind, tests: pattern>`, each of the three or none.
    fn name(&mut self) -> Result<Atom, RuleError> {
        let mut kinds = Vec::new();
        if !self.starts_tests() {
            loop {
                let word = self.word()?;
                kinds.push(kind(word).map_err(|problem| self.wrong_before(&problem))?);
                if !self.take("|") {
                    break;
                }
            }
        }
        let tests = if self.take(",") { self.tests(":")? } else { Vec::new() };
        let inner = if self.take(":") { Some(self.sequence(true, Some(">"))?) } else { None };
        self.need(">")?;
        Ok(Atom::Name(kinds, tests, inner))
    }

    fn starts_tests(&self) -> bool {
        self.peek().is_none_or(|l| l.is(",") || l.is(":") || l.is(">"))
    }

    /// Tests with commas between them, up to a sign or `>`.
    pub(super) fn tests(&mut self, end: &str) -> Result<Vec<Test>, RuleError> {
        let mut tests = Vec::new();
        while self.peek().is_some_and(|l| !l.is(end) && !l.is(">")) {
            tests.push(token_test(self)?);
            if !self.take(",") {
                break;
            }
        }
        Ok(tests)
    }
}
