//! Reads what rules say of the order of words: the lines `in`, `class`, `cue` and
//! `order`.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::error::RuleProblem;
use super::lex::{is_name, text};
use super::order::{Atom, CUE, CueForm, Order, Stretch};
use super::pattern::{Line, Parsed};
use super::syntax::{Node, Pattern, Test};
use crate::text::NameKind;
use crate::text::sequence::{Part, Sequence};

/// The group that a quotation is where rules are read beside one.
const QUOTATION: &str = "quotation";

/// Classes of words that a file names, each word of which passes all tests of one
/// of some alternatives.
pub(super) type Classes = BTreeMap<CompactString, Vec<Vec<Test>>>;

impl Line<'_> {
    /// `in sentence`, `in block`, `in behind quotation`, `in before quotation`; the
    /// keyword is taken already.
    pub(super) fn stretch(&mut self, pattern: &mut Pattern) -> Parsed<Stretch> {
        if self.take("sentence") {
            return Ok(Stretch::Sentence);
        }
        if self.take("block") {
            return Ok(Stretch::Block);
        }
        let expected = "`sentence`, `block`, `behind quotation` or `before quotation`";
        let behind = self.take("behind");
        if !behind {
            self.need("before", expected)?;
        }
        self.need(QUOTATION, expected)?;
        pattern.node(QUOTATION.into());
        Ok(if behind { Stretch::BehindQuotation } else { Stretch::BeforeQuotation })
    }

    /// `class NAME [tests]|[tests]`.
    pub(super) fn class(&mut self, classes: &mut Classes) -> Parsed<()> {
        let name = text(self.word("the name of a class")?);
        let words = self.words_of_class(classes)?;
        classes.insert(name, words);
        Ok(())
    }

    /// `cue [tests] takes FRAME takes FRAME`.
    pub(super) fn cue(&mut self, pattern: &mut Pattern) -> Parsed<CueForm<Test>> {
        pattern.node(CUE.into());
        let tests = self.tests()?;
        let mut takes = Vec::new();
        while self.take("takes") {
            takes.push(text(self.word("what the cue takes")?));
        }
        Ok(CueForm { tests, takes })
    }

    /// `order … cue …`.
    pub(super) fn order(
        &mut self,
        pattern: &mut Pattern,
        classes: &Classes,
    ) -> Parsed<Order<Test>> {
        let (mut parts, mut left) = (Vec::new(), None);
        let mut open: Vec<Node> = Vec::new();
        while let Some(word) = self.peek() {
            if let Some(&node) = open.last().filter(|_| self.take(")")) {
                open.pop();
                parts.push(Part::Close(node));
            } else if left.is_none() && open.is_empty() && self.take(CUE) {
                left = Some(std::mem::take(&mut parts));
            } else if is_name(word) {
                let node = self.new_node(pattern)?;
                self.need("(", "`(` behind the name of a group")?;
                open.push(node);
                parts.push(Part::Open(node));
            } else {
                parts.push(self.repeated(classes)?);
            }
        }
        if !open.is_empty() {
            return Err(self.unexpected("`)`"));
        }
        let left = left.ok_or_else(|| self.unexpected("`cue`, around which the words stand"))?;
        Ok(Order { left: leftwards(left), right: Sequence(parts) })
    }

    fn repeated(&mut self, classes: &Classes) -> Parsed<Part<Atom<Test>>> {
        let atom = self.atom(classes)?;
        let (least, most) = self.times()?;
        Ok(Part::Atom { atom, least, most, keeps: self.take("+") })
    }

    fn atom(&mut self, classes: &Classes) -> Parsed<Atom<Test>> {
        if self.take("^") {
            return Ok(Atom::Start);
        }
        if self.take("$") {
            return Ok(Atom::End);
        }
        if self.take("<") {
            let atom = self.phrase(classes)?;
            self.need(">", "`>`")?;
            return Ok(atom);
        }
        self.words_of_class(classes).map(Atom::Word)
    }

    /// `quotation`, `aside`, or a name.
    fn phrase(&mut self, classes: &Classes) -> Parsed<Atom<Test>> {
        if self.take(QUOTATION) {
            return Ok(Atom::Quotation);
        }
        if self.take("aside") {
            return Ok(Atom::Aside);
        }
        let kinds = if self.take("name") { Vec::new() } else { self.name_kinds()? };
        let words = if self.take("with") { self.words_of_class(classes)? } else { Vec::new() };
        Ok(Atom::Name(kinds, words))
    }

    fn name_kinds(&mut self) -> Parsed<Vec<NameKind>> {
        let mut kinds = Vec::new();
        loop {
            let expected = "`quotation`, `aside`, `name` or a kind of names";
            let word = self.word(expected)?;
            let unknown = RuleProblem::Unexpected { expected, found: word.text.to_owned() };
            kinds.push(NameKind::parse(word.text).ok_or((word.at, unknown))?);
            if !self.take("|") {
                return Ok(kinds);
            }
        }
    }

    /// `[tests]|[tests]|{class}`.
    fn words_of_class(&mut self, classes: &Classes) -> Parsed<Vec<Vec<Test>>> {
        let mut alternatives = Vec::new();
        loop {
            if self.take("{") {
                let name = self.word("the name of a class")?;
                let unknown = || (name.at, RuleProblem::UnknownClass(name.text.to_owned()));
                alternatives.extend(classes.get(name.text).ok_or_else(unknown)?.iter().cloned());
                self.need("}", "`}`")?;
            } else if self.peek().is_some_and(|word| word.text == "[") {
                alternatives.push(self.tests()?);
            } else {
                return Err(self.unexpected("`[`, `{`, `<`, `^`, `$` or a group"));
            }
            if !self.take("|") {
                return Ok(alternatives);
            }
        }
    }

    /// `?`, `*`, `+`, `{2}`, `{2,}`, `{2,4}`: how often at least and at most.
    fn times(&mut self) -> Parsed<(usize, usize)> {
        if self.take("?") {
            return Ok((0, 1));
        }
        if self.take("*") {
            return Ok((0, usize::MAX));
        }
        if self.take("+") {
            return Ok((1, usize::MAX));
        }
        if !self.take("{") {
            return Ok((1, 1));
        }
        let least = self.number()?;
        let most = match (self.take(","), self.take("}")) {
            (true, true) => return Ok((least, usize::MAX)),
            (true, false) => self.number()?,
            (false, true) => return Ok((least, least)),
            (false, false) => least,
        };
        self.need("}", "`}`")?;
        Ok((least, most))
    }

    fn number(&mut self) -> Parsed<usize> {
        let at = self.place();
        let word = self.word("a number")?;
        word.text.parse().map_err(|_| (at, RuleProblem::Expected("a number")))
    }
}

/// The same parts from the last to the first.
fn leftwards(parts: Vec<Part<Atom<Test>>>) -> Sequence<Atom<Test>> {
    let turned = parts.into_iter().rev().map(|part| match part {
        Part::Open(node) => Part::Close(node),
        Part::Close(node) => Part::Open(node),
        part @ Part::Atom { .. } => part,
    });
    Sequence(turned.collect())
}
