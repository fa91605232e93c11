//! Turns rules into a form that is quick to match: words become numbers,
//! relations bits, patterns a plan of steps that starts at the rarest node.

use std::collections::HashMap;

use compact_str::CompactString;

use super::error::{RuleError, RuleProblem};
use super::order::Orders;
use super::predicate::Predicate;
use super::syntax::{AttitudeOf, Emit, Link, Pattern, RelationPart, Rule, Step, Test, Words};
use crate::extract::lexicon::Lexicon;
use crate::text::{DeprelSet, NameKind};

/// A word by number; 0 is any word that no rule mentions.
pub(super) type Symbol = u32;

/// The words that rules mention. Looked up, never walked through: order of
/// the map reaches no output.
#[derive(Clone, Debug, Default)]
pub(super) struct Symbols(HashMap<CompactString, Symbol>);

impl Symbols {
    pub(super) fn get(&self, word: &str) -> Symbol {
        if word.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
            return self.0.get(word.to_lowercase().as_str()).copied().unwrap_or(0);
        }
        self.0.get(word).copied().unwrap_or(0)
    }

    fn intern(&mut self, word: &str) -> Symbol {
        let next = self.0.len() as Symbol + 1;
        *self.0.entry(word.to_lowercase().into()).or_insert(next)
    }
}

/// A sorted set of words.
pub(super) type SymbolSet = Box<[Symbol]>;

/// A test of one word, ready to run.
#[derive(Clone, Debug)]
pub(super) enum Check {
    /// Bits of the universal parts of speech.
    Upos(u32),
    Lemma(SymbolSet),
    Form(SymbolSet),
    Xpos(SymbolSet),
    Feature(CompactString, Vec<CompactString>),
    Deprel(DeprelSet),
    Name(Vec<NameKind>),
    Is(Predicate),
    Has(Way, Vec<Check>),
    Not(Box<Check>),
}

/// A step along a dependency.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) relations: DeprelSet,
    pub(super) markers: Option<SymbolSet>,
}

/// One step of a plan: from a bound node to one that is not.
#[derive(Clone, Debug)]
pub(super) struct Move {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) link: Follow,
    /// Along the edge or against it.
    pub(super) forward: bool,
    /// The node that the edge's marker is bound to.
    pub(super) marker: Option<usize>,
    pub(super) optional: bool,
}

/// How a step goes.
#[derive(Clone, Debug)]
pub(super) enum Follow {
    Dependency(Way),
    Next,
}

/// A pattern, ready to run.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) anchor: usize,
    pub(super) checks: Vec<Vec<Check>>,
    pub(super) moves: Vec<Move>,
}

pub(super) struct Compiler<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) symbols: Symbols,
}

impl Compiler<'_> {
    pub(super) fn program(&mut self, rule: &Rule) -> Result<Program, RuleError> {
        // Rules that go by the order of words have no anchor in the tree.
        if rule.orders.is_some() {
            return Ok(Program { anchor: 0, checks: Vec::new(), moves: Vec::new() });
        }
        let checked = self.check_columns(rule).and_then(|()| self.pattern(&rule.pattern));
        checked.map_err(|problem| RuleError { file: rule.file.clone(), at: rule.at, problem })
    }

    /// What a rule says of the order of words, if it goes by that.
    pub(super) fn orders(&mut self, rule: &Rule) -> Result<Option<Orders<Check>>, RuleError> {
        let Some(orders) = &rule.orders else { return Ok(None) };
        let compiled = orders.try_map(|tests| self.checks(tests));
        let broken = |problem| RuleError { file: rule.file.clone(), at: rule.at, problem };
        compiled.map(Some).map_err(broken)
    }

    /// Tests in the order in which they run.
    fn checks(&mut self, tests: &[Test]) -> Result<Vec<Check>, RuleProblem> {
        let mut checks = tests.iter().map(|t| self.check(t)).collect::<Result<Vec<_>, _>>()?;
        checks.sort_by_key(cost);
        Ok(checks)
    }

    /// Holds that the columns of word lists that a rule names are there.
    fn check_columns(&self, rule: &Rule) -> Result<(), RuleProblem> {
        for (name, column) in rule.emits.iter().flat_map(named_columns) {
            let list = self.lexicon.list(name);
            if !list.is_some_and(|list| list.has_column(column)) {
                return Err(RuleProblem::UnknownColumn(format!("{name}.{column}")));
            }
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: &Pattern) -> Result<Program, RuleProblem> {
        let mut checks = Vec::new();
        for tests in &pattern.tests {
            checks.push(self.checks(tests)?);
        }
        let optional = |n: usize| {
            pattern.edges.iter().any(|e| (e.to == n && e.optional) || e.marker == Some(n))
        };
        let anchor = (0..checks.len()).filter(|&n| !optional(n));
        let anchor = anchor.min_by_key(|&n| rarity(&checks[n]));
        let anchor = anchor.ok_or(RuleProblem::Expected("a node to match"))?;
        let moves = self.moves(pattern, anchor)?;
        Ok(Program { anchor, checks, moves })
    }

    /// The edges in an order in which each begins at a bound node: required
    /// ones first, then optional ones.
    fn moves(&mut self, pattern: &Pattern, anchor: usize) -> Result<Vec<Move>, RuleProblem> {
        let mut bound = vec![false; pattern.nodes.len()];
        bound[anchor] = true;
        let mut moves = Vec::new();
        let mut left: Vec<_> = pattern.edges.iter().collect();
        while !left.is_empty() {
            let fits = |optional: bool, bound: &[bool]| {
                left.iter().position(|e| {
                    e.optional == optional && (bound[e.from] || (!optional && bound[e.to]))
                })
            };
            let Some(at) = fits(false, &bound).or_else(|| fits(true, &bound)) else { break };
            let edge = left.remove(at);
            let forward = bound[edge.from];
            let (from, to) = if forward { (edge.from, edge.to) } else { (edge.to, edge.from) };
            let link = match &edge.link {
                Link::Dependency(step) => Follow::Dependency(self.way(step)?),
                Link::Next => Follow::Next,
            };
            bound[to] = true;
            let marker = edge.marker;
            if let Some(marker) = marker {
                bound[marker] = true;
            }
            moves.push(Move { from, to, link, forward, marker, optional: edge.optional });
        }
        match bound.iter().position(|b| !b) {
            Some(n) => Err(RuleProblem::Unconnected(pattern.nodes[n].to_string())),
            None => Ok(moves),
        }
    }

    fn check(&mut self, test: &Test) -> Result<Check, RuleProblem> {
        Ok(match test {
            Test::Upos(all) => Check::Upos(all.iter().fold(0, |bits, &u| bits | 1 << u as u32)),
            Test::Lemma(words) => Check::Lemma(self.words(words)?),
            Test::Form(words) => Check::Form(self.words(words)?),
            Test::Xpos(words) => Check::Xpos(self.words(words)?),
            Test::Deprel(relations) => Check::Deprel(*relations),
            Test::Feature(name, values) => Check::Feature(name.clone(), values.clone()),
            Test::Name(kinds) => Check::Name(kinds.clone()),
            Test::Is(predicate) => Check::Is(*predicate),
            Test::Has(step, tests) => {
                let tests = tests.iter().map(|t| self.check(t)).collect::<Result<_, _>>()?;
                Check::Has(self.way(step)?, tests)
            }
            Test::Not(test) => Check::Not(Box::new(self.check(test)?)),
        })
    }

    fn way(&mut self, step: &Step) -> Result<Way, RuleProblem> {
        let markers = step.markers.as_ref().map(|m| self.words(m)).transpose()?;
        Ok(Way { relations: step.relations, markers })
    }

    fn words(&mut self, words: &Words) -> Result<SymbolSet, RuleProblem> {
        let mut set: Vec<Symbol> = match words {
            Words::These(all) => all.iter().map(|w| self.symbols.intern(w)).collect(),
            Words::List(name, class) => {
                let list = self.lexicon.list(name);
                let words = list.into_iter().flat_map(|l| l.words(class.as_deref()));
                words.map(|w| self.symbols.intern(w)).collect()
            }
        };
        if let (Words::List(name, class), true) = (words, set.is_empty()) {
            let class = class.as_deref().map_or(String::new(), |c| format!(":{c}"));
            return Err(RuleProblem::UnknownList(format!("{name}{class}")));
        }
        set.sort_unstable();
        set.dedup();
        Ok(set.into())
    }
}

/// The lists, each with its column, that words are looked up in where a rule fits.
fn named_columns(emit: &Emit) -> Vec<(&str, &str)> {
    match emit {
        Emit::Claim(form) => form.relation.iter().filter_map(mapped_column).collect(),
        Emit::Attribution(form) => match &form.attitude {
            AttitudeOf::Listed(_, list) => vec![(list, "attitude")],
            AttitudeOf::Always(_) => Vec::new(),
        },
        Emit::Scope(_) => Vec::new(),
    }
}

fn mapped_column(part: &RelationPart) -> Option<(&str, &str)> {
    match part {
        RelationPart::Mapped(_, list, column) => Some((list, column)),
        _ => None,
    }
}

/// How dear a check is; cheap ones run first.
fn cost(check: &Check) -> u8 {
    match check {
        Check::Upos(_) | Check::Deprel(_) => 0,
        Check::Lemma(_) | Check::Form(_) | Check::Xpos(_) => 1,
        Check::Feature(..) | Check::Name(_) => 2,
        Check::Has(..) => 3,
        Check::Is(_) => 4,
        Check::Not(inner) => cost(inner) + 1,
    }
}

/// How many words of a text pass, roughly; the smallest makes the best anchor.
fn rarity(checks: &[Check]) -> u32 {
    checks.iter().map(rarity_of).min().unwrap_or(u32::MAX)
}

fn rarity_of(check: &Check) -> u32 {
    match check {
        Check::Lemma(set) | Check::Form(set) => set.len() as u32,
        Check::Upos(bits) => 10_000 * bits.count_ones(),
        _ => u32::MAX,
    }
}
