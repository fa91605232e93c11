//! Rules for names as data: what they are, and how they are read.
//!
//! In: a rule file (`names.rule`; its first lines say how rules are written). Out:
//! its [`Step`]s in order, or a [`RuleError`] with line and column.

use std::ops::Range;

use compact_str::CompactString;

use super::lex::{Cursor, RuleError, lexemes};
use super::test::{Test, token_tests};
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
    Phrase(WordClass, Vec<Test>, Place),
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
    let cursor = Cursor::new(&lexemes, 1, line);
    let mut parser = Parser { cursor, in_group: !has_groups };
    let sequence = parser.sequence(false, None)?;
    match parser.cursor.peek() {
        None => Ok(sequence),
        Some(_) => Err(parser.cursor.wrong("`[`, `{`, `<`, `(` or `)` is expected")),
    }
}

/// Reads a pattern from the signs of its line.
struct Parser<'a> {
    cursor: Cursor<'a>,
    /// Whether the pattern makes names of what is read now.
    in_group: bool,
}

impl Parser<'_> {
    /// Parts up to what is none; `in_name` where they are words of one.
    fn sequence(&mut self, in_name: bool, end: Option<&str>) -> Result<Sequence<Atom>, RuleError> {
        let mut parts = Vec::new();
        while self.cursor.peek().is_some_and(|l| end.is_none_or(|end| !l.is(end))) {
            if self.cursor.take("(") {
                self.in_group = true;
                parts.push(Part::Open(0));
            } else if self.cursor.take(")") {
                self.in_group = false;
                parts.push(Part::Close(0));
            } else {
                let atom = self.atom(in_name)?;
                let Range { start: least, end: most } = self.times();
                parts.push(Part::Atom { atom, least, most, keeps: false });
            }
        }
        Ok(Sequence(parts))
    }

    /// `?`, `*`, `+` behind an atom: from how often to how often.
    fn times(&mut self) -> Range<usize> {
        if self.cursor.take("?") {
            0..1
        } else if self.cursor.take("*") {
            0..MOST
        } else if self.cursor.take("+") {
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
        if self.cursor.take("[") {
            let tests = token_tests(&mut self.cursor, "]")?;
            self.cursor.need("]")?;
            return Ok(Atom::Word(tests, place));
        }
        if self.cursor.take("{") {
            let name = self.cursor.word()?;
            let class = WordClass::parse(name);
            let class =
                class.ok_or_else(|| self.cursor.wrong_before("no class of words is called so"))?;
            let tests = if self.cursor.take(",") {
                token_tests(&mut self.cursor, "}")?
            } else {
                Vec::new()
            };
            self.cursor.need("}")?;
            return Ok(Atom::Phrase(class, tests, place));
        }
        if self.cursor.take("<") {
            return self.name();
        }
        Err(self.cursor.wrong("`[`, `{`, `<`, `(` or `)` is expected"))
    }

    /// `<kind|kind, tests: pattern>`, each of the three or none.
    fn name(&mut self) -> Result<Atom, RuleError> {
        let mut kinds = Vec::new();
        if !self.starts_tests() {
            loop {
                let word = self.cursor.word()?;
                kinds.push(kind(word).map_err(|problem| self.cursor.wrong_before(&problem))?);
                if !self.cursor.take("|") {
                    break;
                }
            }
        }
        let tests =
            if self.cursor.take(",") { token_tests(&mut self.cursor, ":")? } else { Vec::new() };
        let inner =
            if self.cursor.take(":") { Some(self.sequence(true, Some(">"))?) } else { None };
        self.cursor.need(">")?;
        Ok(Atom::Name(kinds, tests, inner))
    }

    fn starts_tests(&self) -> bool {
        self.cursor.peek().is_none_or(|l| l.is(",") || l.is(":") || l.is(">"))
    }
}
