//! Reads rule files: text in, [`Rule`]s out, every mistake with its place.

use compact_str::ToCompactString;

use super::error::{RuleError, RuleProblem};
use super::example::{Example, Parse};
use super::lex::{lexemes, row_lexemes};
use super::order::Orders;
use super::order_line::Classes;
use super::pattern::Line;
use super::position::Position;
use super::syntax::Rule;

/// Reads all rules of one file.
pub(super) fn rules(file: &str, text: &str) -> Result<Vec<Rule>, RuleError> {
    let (rules, classes) = (Vec::new(), Classes::default());
    let mut reader = Reader { file, rules, classes, section: Section::None };
    let mut lines = text.lines().enumerate().peekable();
    while let Some((i, line)) = lines.next() {
        if starts_parse(line) {
            let mut parse = Parse { bound: parse_options(line).to_owned(), rows: String::new() };
            while let Some((_, row)) = lines.next_if(|(_, l)| is_parse_row(l)) {
                parse.rows.push_str(row.trim());
                parse.rows.push('\n');
            }
            reader.parsed(parse, line, i + 1)?;
        } else {
            reader.line(line, i + 1)?;
        }
    }
    Ok(reader.rules)
}

fn starts_parse(line: &str) -> bool {
    matches!(line.split_whitespace().next(), Some("parsed" | "unparsed"))
}

fn parse_options(line: &str) -> &str {
    line.trim().split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim())
}

fn is_parse_row(line: &str) -> bool {
    line.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// What the lines without a keyword of their own belong to.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    None,
    Match,
    Order,
    Emit,
    Example,
}

struct Reader<'a> {
    file: &'a str,
    rules: Vec<Rule>,
    classes: Classes,
    section: Section,
}

impl Reader<'_> {
    fn error(&self, at: Position, problem: RuleProblem) -> RuleError {
        RuleError { file: self.file.to_owned(), at, problem }
    }

    fn rule(&mut self, at: Position) -> Result<&mut Rule, RuleError> {
        let error = self.error(at, RuleProblem::Expected("`rule` and a name first"));
        self.rules.last_mut().ok_or(error)
    }

    /// One line: its first word says what it is, or it goes on with the section.
    fn line(&mut self, line: &str, number: usize) -> Result<(), RuleError> {
        let first = line.split_whitespace().next().unwrap_or("");
        let at = Position { line: number, column: indent(line) + 1 };
        let rest = line.trim_start().strip_prefix(first).unwrap_or("").trim();
        match first {
            "" => Ok(()),
            _ if first.starts_with('#') => Ok(()),
            "rule" => self.start(rest, at),
            "means" => self.rule(at).map(|r| rest.clone_into(&mut r.means)),
            "weight" => self.weight(rest, at),
            "says" | "silent" => self.sentence(rest, first == "says", at),
            "=>" => self.expectation(rest, at),
            "class" => self.class(line, number),
            // Elsewhere they may be nodes and slots.
            "in" | "cue" | "order" | "overrides"
                if matches!(self.section, Section::None | Section::Order) =>
            {
                self.order(line, number, first)
            }
            "match" | "where" | "emit" => self.pattern(line, number, first),
            _ => match self.section {
                Section::Match | Section::Emit => self.pattern(line, number, ""),
                _ => Err(self.error(at, RuleProblem::UnknownKeyword(first.to_owned()))),
            },
        }
    }

    fn start(&mut self, id: &str, at: Position) -> Result<(), RuleError> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if id.is_empty() || !id.chars().all(plain) {
            let expected = RuleProblem::Expected("a name of letters, digits and hyphens");
            return Err(self.error(at, expected));
        }
        self.section = Section::None;
        self.rules.push(Rule {
            id: id.to_compact_string(),
            means: String::new(),
            weight: 0.5,
            pattern: super::syntax::Pattern::default(),
            orders: None,
            emits: Vec::new(),
            examples: Vec::new(),
            file: self.file.to_owned(),
            at,
        });
        Ok(())
    }

    fn weight(&mut self, rest: &str, at: Position) -> Result<(), RuleError> {
        let weight = rest.parse::<f32>().ok().filter(|w| (0.0..=1.0).contains(w));
        let error = self.error(at, RuleProblem::Expected("a weight from 0 to 1"));
        self.rule(at)?.weight = weight.ok_or(error)?;
        Ok(())
    }

    fn sentence(&mut self, rest: &str, found: bool, at: Position) -> Result<(), RuleError> {
        self.section = Section::Example;
        let example = Example::Sentence { text: rest.to_owned(), found, gives: Vec::new(), at };
        self.rule(at)?.examples.push(example);
        Ok(())
    }

    fn expectation(&mut self, rest: &str, at: Position) -> Result<(), RuleError> {
        let error = self.error(at, RuleProblem::Expected("`says` above what it gives"));
        match self.rule(at)?.examples.last_mut() {
            Some(Example::Sentence { gives, found: true, .. }) => gives.push(rest.to_owned()),
            _ => return Err(error),
        }
        Ok(())
    }

    fn parsed(&mut self, parse: Parse, line: &str, number: usize) -> Result<(), RuleError> {
        self.section = Section::Example;
        let at = Position { line: number, column: indent(line) + 1 };
        let found = line.trim_start().starts_with("parsed");
        self.rule(at)?.examples.push(Example::Parsed { parse, found, at });
        Ok(())
    }

    /// `class NAME …`, for the rules of the file below it.
    fn class(&mut self, line: &str, number: usize) -> Result<(), RuleError> {
        let open = |at| RuleProblem::OpenQuotation.at(self.file, at);
        let words = row_lexemes(line, number).map_err(open)?;
        let mut line = Line::new(words.get(1..).unwrap_or(&[]), end_of(line, number));
        let done = line.class(&mut self.classes).and_then(|()| line.finish());
        done.map_err(|(at, problem)| problem.at(self.file, at))
    }

    /// A line about words in a row: `in`, `cue`, `order` or `overrides`.
    fn order(&mut self, line: &str, number: usize, keyword: &str) -> Result<(), RuleError> {
        self.section = Section::Order;
        let (file, classes) = (self.file, std::mem::take(&mut self.classes));
        let open = |at| RuleProblem::OpenQuotation.at(file, at);
        let words = row_lexemes(line, number).map_err(open)?;
        let mut words = Line::new(words.get(1..).unwrap_or(&[]), end_of(line, number));
        let rule = self.rule(Position { line: number, column: indent(line) + 1 })?;
        let (pattern, orders) =
            (&mut rule.pattern, rule.orders.get_or_insert_with(Orders::default));
        let done = match keyword {
            "in" => words.stretch(pattern).map(|stretch| orders.stretch = stretch),
            "cue" => words.cue(pattern).map(|cue| orders.cues.push(cue)),
            "order" => words.order(pattern, &classes).map(|order| orders.orders.push(order)),
            _ => {
                orders.overrides = true;
                Ok(())
            }
        };
        self.classes = classes;
        done.and_then(|()| words.finish()).map_err(|(at, problem)| problem.at(file, at))
    }

    /// A line of `match`, `where` or `emit`, or one that goes on with them.
    fn pattern(&mut self, line: &str, number: usize, keyword: &str) -> Result<(), RuleError> {
        let open = |at| RuleProblem::OpenQuotation.at(self.file, at);
        let mut words = lexemes(line, number).map_err(open)?;
        if keyword == "match" || keyword == "emit" {
            words.remove(0);
            self.section = if keyword == "match" { Section::Match } else { Section::Emit };
        }
        let emits = self.section == Section::Emit && keyword != "where";
        let at = Position { line: number, column: indent(line) + 1 };
        let file = self.file;
        let rule = self.rule(at)?;
        let mut line = Line::new(&words, end_of(line, number));
        let done = match (emits, keyword == "emit") {
            (false, _) => line.pattern(&mut rule.pattern),
            (true, true) => line.emit(&mut rule.pattern).map(|emit| rule.emits.push(emit)),
            (true, false) => line.slot(&rule.pattern, rule.emits.last_mut()),
        };
        done.and_then(|()| line.finish()).map_err(|(at, problem)| problem.at(file, at))
    }
}

impl RuleProblem {
    fn at(self, file: &str, at: Position) -> RuleError {
        RuleError { file: file.to_owned(), at, problem: self }
    }
}

fn end_of(line: &str, number: usize) -> Position {
    Position { line: number, column: line.chars().count() + 1 }
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).count()
}
