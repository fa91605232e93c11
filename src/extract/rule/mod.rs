//! The rule engine: patterns over dependency graphs, kept as data.
//!
//! In: rule files (`src/extract/rules/*.rule`; their syntax is described in
//! `src/extract/rules/README.md`), a [`Lexicon`], and the [`Graph`] of a
//! document. Out: [`Findings`]: what rules found, as words of the document.
//! Knows no rule by name and no word of English.

mod compile;
mod emit;
mod error;
mod example;
mod lex;
mod matching;
mod order;
mod order_line;
mod parse;
mod pattern;
mod position;
mod predicate;
mod row;
mod syntax;

use std::collections::BTreeMap;

use compact_str::CompactString;

use self::compile::{Check, Compiler, Program, Symbol, Symbols};
pub use self::error::{RuleError, RuleProblem};
pub use self::example::{Example, Parse, Parsed, article, first_word};
use self::matching::{Binding, Words};
pub use self::order::{Orders, Stretch};
pub use self::position::Position;
pub use self::predicate::Predicate;
pub use self::row::{Row, RowMatch, RowReader};
use self::syntax::AttitudeOf;
pub use self::syntax::{AttributionForm, ClaimForm, Emit, Outcome, RelationPart, Rule};
use super::lexicon::Lexicon;
use super::repetition::is_repetition;
use super::sentence::Graph;
use super::{Attitude, AttributionKind};
use crate::text::{TokenId, Upos};

/// Index of a rule in [`Rules::all`].
pub type RuleId = u32;

/// Rules, compiled.
#[derive(Clone, Debug)]
pub struct Rules {
    all: Vec<Rule>,
    programs: Vec<Program>,
    /// Of the rules that go by the order of words.
    orders: Vec<Option<Orders<Check>>>,
    symbols: Symbols,
    index: Index,
}

/// Which rules may have their anchor at a word.
#[derive(Clone, Debug, Default)]
struct Index {
    /// By the word's lemma.
    lemmas: BTreeMap<Symbol, Vec<RuleId>>,
    /// By the word's form.
    forms: BTreeMap<Symbol, Vec<RuleId>>,
    /// By its part of speech.
    upos: [Vec<RuleId>; 17],
}

/// What rules found in a document, each in order of rule, then of anchor.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Claims.
    pub claims: Vec<ClaimMatch>,
    /// Attributions.
    pub attributions: Vec<AttributionMatch>,
    /// Marks of polarity and modality.
    pub scopes: Vec<ScopeMark>,
}

/// Where a rule that emits a claim fits.
#[derive(Clone, Debug)]
pub struct ClaimMatch {
    /// The rule.
    pub rule: RuleId,
    /// Which of the things that it emits.
    pub emit: usize,
    /// The words its nodes are bound to.
    pub nodes: Vec<Option<TokenId>>,
}

/// An attribution as words of the tree; its spans are still to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributionMatch {
    /// The rule.
    pub rule: RuleId,
    /// The head of the source.
    pub source: Option<TokenId>,
    /// The words of the cue.
    pub cue: Vec<TokenId>,
    /// The heads of the content.
    pub content: Vec<TokenId>,
    /// How it is put.
    pub kind: AttributionKind,
    /// What the source does with it; none where the cue stands in no list.
    pub attitude: Option<Attitude>,
}

/// A mark on a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeMark {
    /// The rule.
    pub rule: RuleId,
    /// The predicate.
    pub over: TokenId,
    /// The predicate whose polarity decides; none for a mark of its own.
    pub under: Option<TokenId>,
    /// What holds where that is positive.
    pub affirmed: Outcome,
    /// What holds where that is negative; none for the same.
    pub negated: Option<Outcome>,
}

impl Rules {
    /// Reads and compiles rule files: pairs of name and contents. A rule of a
    /// later file replaces one of the same name in an earlier file.
    pub fn compile<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        lexicon: &Lexicon,
    ) -> Result<Self, RuleError> {
        let mut rules: Vec<Rule> = Vec::new();
        for (file, text) in files {
            let new = parse::rules(file, text)?;
            for rule in new {
                add(&mut rules, rule)?;
            }
        }
        let mut compiler = Compiler { lexicon, symbols: Symbols::default() };
        let programs = rules.iter().map(|r| compiler.program(r)).collect::<Result<Vec<_>, _>>()?;
        let orders = rules.iter().map(|r| compiler.orders(r)).collect::<Result<Vec<_>, _>>()?;
        let index = Index::new(&programs);
        Ok(Self { all: rules, programs, orders, symbols: compiler.symbols, index })
    }

    /// The rules that go by the order of words, ready to read a document.
    pub fn rows<'a>(&'a self, graph: &'a Graph<'a>) -> RowReader<'a> {
        RowReader::new(self, graph)
    }

    /// All rules, in order of their files.
    pub fn all(&self) -> &[Rule] {
        &self.all
    }

    /// The rule of this number.
    pub fn get(&self, id: RuleId) -> Option<&Rule> {
        self.all.get(id as usize)
    }

    /// The rule of this name.
    pub fn named(&self, name: &str) -> Option<&Rule> {
        self.all.iter().find(|r| r.id == name)
    }

    /// Reads the parsed examples of the rules of some files. Rules run without
    /// them; whoever changes rules wants to know whether they are whole.
    ///
    /// # Errors
    /// The first example that cannot be read.
    pub fn check_examples(&self, of_file: impl Fn(&str) -> bool) -> Result<(), RuleError> {
        for rule in self.all.iter().filter(|rule| of_file(&rule.file)) {
            for example in &rule.examples {
                let Example::Parsed { parse, at, .. } = example else { continue };
                parse.read().map_err(|problem| RuleError {
                    file: rule.file.clone(),
                    at: *at,
                    problem: RuleProblem::BadParse(problem),
                })?;
            }
        }
        Ok(())
    }

    /// Everything that the rules find in a document.
    pub fn find(&self, graph: &Graph, lexicon: &Lexicon) -> Findings {
        let mut findings = Findings::default();
        for (rule, bindings) in self.bindings(graph) {
            for binding in bindings {
                self.emit(rule, &binding, graph, lexicon, &mut findings);
            }
        }
        findings
    }

    /// Where each rule fits, rules in order.
    fn bindings(&self, graph: &Graph) -> Vec<(RuleId, Vec<Binding>)> {
        let words = Words::new(graph, &self.symbols);
        let mut found: Vec<Vec<Binding>> = vec![Vec::new(); self.all.len()];
        let sentences = graph.document.sentences.iter().zip(is_repetition(graph.document));
        let read = sentences.filter(|(_, is_repetition)| !is_repetition);
        for word in read.flat_map(|(sentence, _)| sentence.tokens.iter()) {
            for id in self.index.candidates(&words, word) {
                let at = id as usize;
                if let (Some(program), Some(rule)) = (self.programs.get(at), self.all.get(at)) {
                    words.fit(program, &rule.pattern.conditions, word, &mut found[at]);
                }
            }
        }
        found.into_iter().enumerate().map(|(i, b)| (i as RuleId, b)).collect()
    }

    fn emit(
        &self,
        id: RuleId,
        binding: &Binding,
        graph: &Graph,
        lexicon: &Lexicon,
        findings: &mut Findings,
    ) {
        let at = |node: usize| bound(binding, node);
        let emits = self.get(id).map_or(&[][..], |r| &r.emits);
        for (index, emit) in emits.iter().enumerate() {
            match emit {
                Emit::Claim(_) => {
                    let nodes = binding.clone();
                    findings.claims.push(ClaimMatch { rule: id, emit: index, nodes });
                }
                Emit::Attribution(form) => findings.attributions.push(AttributionMatch {
                    rule: id,
                    source: form.source.and_then(at),
                    cue: form.cue.iter().filter_map(|&n| at(n)).collect(),
                    content: form.content.iter().filter_map(|&n| at(n)).collect(),
                    kind: form.kind,
                    attitude: attitude(&form.attitude, &at, graph, lexicon),
                }),
                Emit::Scope(form) => findings.scopes.extend(at(form.over).map(|over| ScopeMark {
                    rule: id,
                    over,
                    under: form.under.and_then(at),
                    affirmed: form.affirmed,
                    negated: form.negated,
                })),
            }
        }
    }

    /// The rules that fit somewhere, each with the words its first node is bound to.
    pub fn fired(&self, graph: &Graph) -> Vec<(CompactString, TokenId)> {
        let mut fired = Vec::new();
        for (id, bindings) in self.bindings(graph) {
            let name = &self.all[id as usize].id;
            let words = bindings.iter().filter_map(|b| b.first().copied().flatten());
            fired.extend(words.map(|word| (name.clone(), word)));
        }
        fired
    }

    /// Where a rule fits a document: each time its nodes, by name, with the
    /// words that they are bound to. A node that may be absent is left out
    /// where it is.
    pub fn places(&self, rule: &Rule, graph: &Graph) -> Vec<BTreeMap<CompactString, TokenId>> {
        let id = self.all.iter().position(|r| r.id == rule.id).map(|i| i as RuleId);
        let bindings = self.bindings(graph).into_iter().filter(|(i, _)| Some(*i) == id);
        let named = |binding: Binding| {
            let nodes = rule.pattern.nodes.iter().cloned().zip(binding);
            nodes.filter_map(|(node, word)| Some((node, word?))).collect()
        };
        bindings.flat_map(|(_, bindings)| bindings).map(named).collect()
    }

    /// Whether a rule fits a document as an example asks: the nodes that it
    /// names bound to the forms it gives them, all in one binding.
    pub fn fits(
        &self,
        rule: &Rule,
        graph: &Graph,
        bound: &[(CompactString, CompactString)],
    ) -> bool {
        let is_bound = |nodes: &BTreeMap<CompactString, TokenId>, node: &str, form: &str| {
            nodes.get(node).is_some_and(|&word| graph.document.form(word) == form)
        };
        let places = self.places(rule, graph);
        places.iter().any(|nodes| bound.iter().all(|(node, form)| is_bound(nodes, node, form)))
    }
}

/// The word that a node of a pattern is bound to.
pub(super) fn bound(nodes: &[Option<TokenId>], node: usize) -> Option<TokenId> {
    nodes.get(node).copied().flatten()
}

/// Adds a rule, or puts it in the place of one from another file.
fn add(rules: &mut Vec<Rule>, rule: Rule) -> Result<(), RuleError> {
    let problem = fault(&rule).or_else(|| {
        let twice = rules.iter().any(|r| r.id == rule.id && r.file == rule.file);
        twice.then(|| RuleProblem::DuplicateRule(rule.id.to_string()))
    });
    if let Some(problem) = problem {
        return Err(RuleError { file: rule.file, at: rule.at, problem });
    }
    match rules.iter_mut().find(|r| r.id == rule.id) {
        Some(old) => *old = rule,
        None => rules.push(rule),
    }
    Ok(())
}

/// What a rule lacks.
fn fault(rule: &Rule) -> Option<RuleProblem> {
    let missing = |what| Some(RuleProblem::Missing(rule.id.to_string(), what));
    let positive = rule.examples.iter().filter(|e| e.is_positive()).count();
    if rule.means.is_empty() {
        return missing("`means`");
    }
    if rule.emits.is_empty() {
        return missing("`emit`");
    }
    if positive < 2 || positive == rule.examples.len() {
        return Some(RuleProblem::TooFewExamples(rule.id.to_string()));
    }
    let whole = |e: &Emit| match e {
        Emit::Claim(form) => form.subject != usize::MAX && !form.relation.is_empty(),
        Emit::Attribution(form) => !form.content.is_empty() || form.around.is_some(),
        Emit::Scope(_) => true,
    };
    if !rule.emits.iter().all(whole) {
        return missing("slot that it must fill");
    }
    match &rule.orders {
        Some(orders) if !orders.is_whole() => missing("`cue` or `order`"),
        _ => None,
    }
}

fn attitude(
    of: &AttitudeOf,
    at: &impl Fn(usize) -> Option<TokenId>,
    graph: &Graph,
    lexicon: &Lexicon,
) -> Option<Attitude> {
    let (node, list) = match of {
        AttitudeOf::Always(attitude) => return Some(*attitude),
        AttitudeOf::Listed(node, list) => (*node, list),
    };
    let lemma = graph.document.lemma(at(node)?).to_lowercase();
    lexicon.value(list, &lemma, "attitude").and_then(Attitude::parse)
}

impl Index {
    fn new(programs: &[Program]) -> Self {
        let mut index = Self::default();
        for (id, program) in programs.iter().enumerate() {
            if let Some(checks) = program.checks.get(program.anchor) {
                index.add(id as RuleId, checks);
            }
        }
        index
    }

    /// Enters a rule under its rarest check.
    fn add(&mut self, id: RuleId, checks: &[Check]) {
        let words = checks.iter().filter_map(|c| match c {
            Check::Lemma(set) => Some((set, true)),
            Check::Form(set) => Some((set, false)),
            _ => None,
        });
        if let Some((set, lemma)) = words.min_by_key(|(set, _)| set.len()) {
            let map = if lemma { &mut self.lemmas } else { &mut self.forms };
            for symbol in set {
                map.entry(*symbol).or_default().push(id);
            }
            return;
        }
        let bits = checks.iter().find_map(|c| match c {
            Check::Upos(bits) => Some(*bits),
            _ => None,
        });
        for (i, list) in self.upos.iter_mut().enumerate() {
            if bits.is_none_or(|b| b & (1 << i) != 0) {
                list.push(id);
            }
        }
    }

    fn candidates(&self, words: &Words, word: TokenId) -> impl Iterator<Item = RuleId> {
        let at = word.index();
        let upos: Upos = words.graph.document.tag(word).upos;
        let lemma = words.lemmas.get(at).and_then(|l| self.lemmas.get(l));
        let form = words.forms.get(at).and_then(|f| self.forms.get(f));
        let upos = self.upos.get(upos as usize);
        [lemma, form, upos].into_iter().flatten().flatten().copied()
    }
}

#[cfg(test)]
mod tests;
