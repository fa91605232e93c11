//! Reads the lines of `match`, `where` and `emit`.

use compact_str::CompactString;

use super::error::RuleProblem;
use super::lex::{Lexeme, is_name, text};
use super::position::Position;
use super::predicate::Predicate;
use super::syntax::{Condition, Edge, Link, Node, Pattern, Step, Test, Words};
use crate::text::{Deprel, DeprelSet, NameKind, Upos};

/// A mistake and its place.
pub(super) type Problem = (Position, RuleProblem);
/// What was read, or the mistake.
pub(super) type Parsed<T> = Result<T, Problem>;

/// The words of one line, read from left to right.
pub(super) struct Line<'a> {
    words: &'a [Lexeme<'a>],
    next: usize,
    end: Position,
}

impl<'a> Line<'a> {
    pub(super) fn new(words: &'a [Lexeme<'a>], end: Position) -> Self {
        Self { words, next: 0, end }
    }

    pub(super) fn peek(&self) -> Option<&'a Lexeme<'a>> {
        self.words.get(self.next)
    }

    pub(super) fn place(&self) -> Position {
        self.peek().map_or(self.end, |w| w.at)
    }

    /// Takes the next word if it is this sign or unquoted word.
    pub(super) fn take(&mut self, sign: &str) -> bool {
        let fits = self.peek().is_some_and(|w| !w.quoted && w.text == sign);
        self.next += usize::from(fits);
        fits
    }

    pub(super) fn need(&mut self, sign: &str, expected: &'static str) -> Parsed<()> {
        if self.take(sign) { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    pub(super) fn word(&mut self, expected: &'static str) -> Parsed<&'a Lexeme<'a>> {
        let word = self.peek().filter(|w| w.quoted || !is_sign(w.text));
        self.next += usize::from(word.is_some());
        word.ok_or_else(|| self.unexpected(expected))
    }

    pub(super) fn unexpected(&self, expected: &'static str) -> Problem {
        let problem = match self.peek() {
            Some(w) => RuleProblem::Unexpected { expected, found: w.text.to_owned() },
            None => RuleProblem::Expected(expected),
        };
        (self.place(), problem)
    }

    pub(super) fn finish(&self) -> Parsed<()> {
        self.peek().map_or(Ok(()), |_| Err(self.unexpected("the end of the line")))
    }

    /// One line of a pattern: a node with its tests, an edge, or a condition.
    pub(super) fn pattern(&mut self, pattern: &mut Pattern) -> Parsed<()> {
        if self.take("where") {
            let condition = self.condition(pattern)?;
            pattern.conditions.push(condition);
            return Ok(());
        }
        if self.peek().is_none() {
            return Ok(());
        }
        let from = self.new_node(pattern)?;
        self.tests_of(from, pattern)?;
        while self.peek().is_some() {
            self.edge(from, pattern)?;
        }
        Ok(())
    }

    /// `>rel x [..] ?`, `>rel [..]`, `!>rel [..]`, or `. x [..] ?` after a node.
    fn edge(&mut self, from: Node, pattern: &mut Pattern) -> Parsed<()> {
        if self.take("!") {
            self.need(">", "`>` after `!`")?;
            let test = Test::Not(Box::new(Test::Has(self.step()?, self.tests()?)));
            pattern.test(from, test);
            return Ok(());
        }
        let link = if self.take(".") {
            Link::Next
        } else {
            self.need(">", "`>`, `!>` or `.` and a node")?;
            let step = self.step()?;
            if self.peek().is_none_or(|w| w.text == "[") {
                let test = Test::Has(step, self.tests()?);
                pattern.test(from, test);
                return Ok(());
            }
            Link::Dependency(step)
        };
        let at = self.place();
        let to = self.new_node(pattern)?;
        if to == from || pattern.edges.iter().any(|e| e.to == to) {
            return Err((at, RuleProblem::BoundTwice(pattern.nodes[to].to_string())));
        }
        self.tests_of(to, pattern)?;
        let marker = if self.take("by") { Some(self.new_node(pattern)?) } else { None };
        if let Some(marker) = marker {
            self.tests_of(marker, pattern)?;
        }
        let optional = self.take("?");
        pattern.edges.push(Edge { from, to, link, optional, marker });
        Ok(())
    }

    /// `rel|rel(mark|mark)`.
    fn step(&mut self) -> Parsed<Step> {
        let named = self.peek().is_some_and(|w| !is_sign(w.text));
        let relations = if named { self.relations()? } else { DeprelSet::ALL };
        let markers = if self.take("(") {
            let words = self.words_until(")")?;
            Some(words)
        } else {
            None
        };
        Ok(Step { relations, markers })
    }

    /// `rel|rel`: each with any subtype where it has none; `rel:-` is the
    /// relation without a subtype, `*` any relation.
    fn relations(&mut self) -> Parsed<DeprelSet> {
        let mut all = DeprelSet::default();
        loop {
            let word = self.word("a dependency relation")?;
            let set = relations_named(word.text)
                .ok_or_else(|| (word.at, RuleProblem::UnknownRelation(word.text.to_owned())))?;
            all = all.union(set);
            if !self.take("|") {
                return Ok(all);
            }
        }
    }

    /// Words of `(...)`: alternatives, *in* perhaps among them, or `in list:class`.
    fn words_until(&mut self, close: &str) -> Parsed<Words> {
        let next = self.words.get(self.next + 1);
        let is_list = next.is_some_and(|word| word.quoted || !is_sign(word.text));
        let words = if is_list && self.take("in") {
            self.listed()?
        } else {
            Words::These(self.alternatives("words")?)
        };
        self.need(close, "`)`")?;
        Ok(words)
    }

    fn listed(&mut self) -> Parsed<Words> {
        let name = self.word("the name of a word list")?.text;
        Ok(match name.split_once(':') {
            Some((list, class)) => Words::List(list.into(), Some(class.into())),
            None => Words::List(name.into(), None),
        })
    }

    pub(super) fn alternatives(&mut self, expected: &'static str) -> Parsed<Vec<CompactString>> {
        let mut all = vec![text(self.word(expected)?)];
        while self.take("|") {
            all.push(text(self.word(expected)?));
        }
        Ok(all)
    }

    /// The node of this name, known or new.
    pub(super) fn new_node(&mut self, pattern: &mut Pattern) -> Parsed<Node> {
        let name = self.peek().filter(|w| is_name(w));
        let name = text(name.ok_or_else(|| self.unexpected("the name of a node"))?);
        self.next += 1;
        Ok(pattern.node(name))
    }

    /// A node that the pattern has already named.
    pub(super) fn known_node(&mut self, pattern: &Pattern) -> Parsed<Node> {
        let at = self.place();
        let name = self.word("the name of a node")?.text;
        let node = pattern.nodes.iter().position(|n| n == name);
        node.ok_or_else(|| (at, RuleProblem::UnknownNode(name.to_owned())))
    }

    fn tests_of(&mut self, node: Node, pattern: &mut Pattern) -> Parsed<()> {
        for test in self.tests()? {
            pattern.test(node, test);
        }
        Ok(())
    }

    /// `[test, test]`, `[]`, or nothing.
    pub(super) fn tests(&mut self) -> Parsed<Vec<Test>> {
        let mut tests = Vec::new();
        if !self.take("[") || self.take("]") {
            return Ok(tests);
        }
        loop {
            tests.push(self.test()?);
            if self.take("]") {
                return Ok(tests);
            }
            self.need(",", "`,` or `]`")?;
        }
    }

    fn test(&mut self) -> Parsed<Test> {
        if self.take("not") {
            return Ok(Test::Not(Box::new(self.test()?)));
        }
        if self.take("has") {
            self.need(">", "`>` after `has`")?;
            return Ok(Test::Has(self.step()?, self.tests()?));
        }
        if self.take("is") {
            return self.predicate(1).map(Test::Is);
        }
        let key = self.word("a test")?;
        if self.take("=") {
            if key.text == "deprel" {
                return self.relations().map(Test::Deprel);
            }
            let values = self.alternatives("a value")?;
            return valued(key, values);
        }
        if self.take("in") {
            let words = self.listed()?;
            return worded(key, words);
        }
        self.parts_of_speech(key).map(Test::Upos)
    }

    /// `VERB|AUX`, the first of them taken already.
    fn parts_of_speech(&mut self, first: &Lexeme) -> Parsed<Vec<Upos>> {
        let mut all = vec![part_of_speech(first)?];
        while self.take("|") {
            all.push(part_of_speech(self.word("a part of speech")?)?);
        }
        Ok(all)
    }

    fn predicate(&mut self, given: usize) -> Parsed<Predicate> {
        let word = self.word("the name of a predicate")?;
        let unknown = || (word.at, RuleProblem::UnknownPredicate(word.text.to_owned()));
        let (predicate, takes) = Predicate::named(word.text).ok_or_else(unknown)?;
        if takes == given {
            return Ok(predicate);
        }
        Err((word.at, RuleProblem::WrongArity { name: word.text.to_owned(), takes, given }))
    }

    /// `not name(a, b)`.
    fn condition(&mut self, pattern: &Pattern) -> Parsed<Condition> {
        let negated = self.take("not");
        let name = self.next;
        self.word("the name of a predicate")?;
        self.need("(", "`(` and nodes")?;
        let mut nodes = vec![self.known_node(pattern)?];
        while self.take(",") {
            nodes.push(self.known_node(pattern)?);
        }
        self.need(")", "`,` or `)`")?;
        let after = std::mem::replace(&mut self.next, name);
        let predicate = self.predicate(nodes.len())?;
        self.next = after;
        Ok(Condition { predicate, nodes, negated })
    }
}

fn is_sign(text: &str) -> bool {
    matches!(text, "[" | "]" | "(" | ")" | "," | "=" | "|" | ">" | "?" | "!")
}

/// The relations that a rule means by a label.
fn relations_named(label: &str) -> Option<DeprelSet> {
    if label == "*" {
        return Some(DeprelSet::ALL);
    }
    match label.strip_suffix(":-") {
        Some(main) => Deprel::known(main).map(DeprelSet::from),
        None => Deprel::known(label).map(DeprelSet::covered),
    }
}

fn part_of_speech(word: &Lexeme) -> Parsed<Upos> {
    let problem = RuleProblem::Unexpected {
        expected: "a part of speech, `key=value`, `lemma in LIST`, `is`, `has` or `not`",
        found: word.text.to_owned(),
    };
    Upos::parse(word.text).ok_or((word.at, problem))
}

fn valued(key: &Lexeme, values: Vec<CompactString>) -> Parsed<Test> {
    match key.text {
        "name" => values.iter().map(|v| name_kind(key, v)).collect::<Parsed<_>>().map(Test::Name),
        feature if feature.starts_with(char::is_uppercase) => {
            Ok(Test::Feature(feature.into(), values))
        }
        _ => worded(key, Words::These(values)),
    }
}

fn worded(key: &Lexeme, words: Words) -> Parsed<Test> {
    let expected = "lemma, form, xpos, deprel, name or a feature";
    let unknown = RuleProblem::Unexpected { expected, found: key.text.to_owned() };
    match key.text {
        "lemma" => Ok(Test::Lemma(words)),
        "form" => Ok(Test::Form(words)),
        "xpos" => Ok(Test::Xpos(words)),
        _ => Err((key.at, unknown)),
    }
}

fn name_kind(key: &Lexeme, name: &str) -> Parsed<NameKind> {
    let kind = serde::Deserialize::deserialize(serde::de::value::StrDeserializer::<
        serde::de::value::Error,
    >::new(name));
    let expected = "a kind of name";
    kind.map_err(|_| (key.at, RuleProblem::Unexpected { expected, found: name.to_owned() }))
}

impl Pattern {
    /// The node of this name, known or new.
    pub(super) fn node(&mut self, name: CompactString) -> Node {
        if let Some(known) = self.nodes.iter().position(|n| *n == name) {
            return known;
        }
        self.nodes.push(name);
        self.tests.push(Vec::new());
        self.nodes.len() - 1
    }

    fn test(&mut self, node: Node, test: Test) {
        if let Some(tests) = self.tests.get_mut(node) {
            tests.push(test);
        }
    }
}
