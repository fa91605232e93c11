//! Finds where rules fit.

use super::compile::{Check, Follow, Move, Program, Symbol, SymbolSet, Symbols, Way};
use super::syntax::Condition;
use crate::extract::{Arc, Graph};
use crate::text::{Document, TokenId};

/// The words that a pattern's nodes are bound to; none for optional nodes
/// that are not there.
pub(super) type Binding = Vec<Option<TokenId>>;

/// Where a step leads, and the marker of its edge.
type End = (TokenId, Option<TokenId>);

/// Binds the nodes of a step.
fn bind(binding: &mut Binding, step: &Move, end: Option<TokenId>, marker: Option<TokenId>) {
    if let Some(slot) = binding.get_mut(step.to) {
        *slot = end;
    }
    if let Some(slot) = step.marker.and_then(|m| binding.get_mut(m)) {
        *slot = marker;
    }
}

/// A graph whose words are numbers.
pub(super) struct Words<'a> {
    pub(super) graph: &'a Graph<'a>,
    pub(super) lemmas: Vec<Symbol>,
    pub(super) forms: Vec<Symbol>,
    xpos: Vec<Symbol>,
}

impl<'a> Words<'a> {
    pub(super) fn new(graph: &'a Graph<'a>, symbols: &Symbols) -> Self {
        let document: &Document = graph.document;
        let lemmas = document.tags.iter().map(|t| symbols.get(&t.lemma)).collect();
        let xpos = document.tags.iter().map(|t| symbols.get(&t.xpos)).collect();
        let forms = document.tokens.iter().map(|t| symbols.get(&t.form)).collect();
        Self { graph, lemmas, forms, xpos }
    }

    /// All ways in which a pattern fits with its anchor at this word.
    pub(super) fn fit(
        &self,
        program: &Program,
        conditions: &[Condition],
        anchor: TokenId,
        found: &mut Vec<Binding>,
    ) {
        if !self.passes(anchor, program.checks.get(program.anchor)) {
            return;
        }
        let mut binding = vec![None; program.checks.len()];
        if let Some(slot) = binding.get_mut(program.anchor) {
            *slot = Some(anchor);
        }
        self.go_on(program, conditions, 0, &mut binding, found);
    }

    fn go_on(
        &self,
        program: &Program,
        conditions: &[Condition],
        step: usize,
        binding: &mut Binding,
        found: &mut Vec<Binding>,
    ) {
        let Some(next) = program.moves.get(step) else {
            if conditions.iter().all(|c| self.condition(c, binding)) {
                found.push(binding.clone());
            }
            return;
        };
        let from = binding.get(next.from).copied().flatten();
        let ends = from.map_or_else(Vec::new, |from| self.ends(next, from, program));
        let ends = if next.optional { ends.get(..1).unwrap_or(&[]) } else { &ends };
        for &(end, marker) in ends {
            if !binding.contains(&Some(end)) {
                bind(binding, next, Some(end), marker);
                self.go_on(program, conditions, step + 1, binding, found);
                bind(binding, next, None, None);
            }
        }
        if ends.is_empty() && next.optional {
            self.go_on(program, conditions, step + 1, binding, found);
        }
    }

    /// The words a step leads to that pass their node's checks, each with the
    /// marker of its edge where the step asks for one.
    fn ends(&self, next: &Move, from: TokenId, program: &Program) -> Vec<End> {
        let mut ends: Vec<End> = match &next.link {
            Follow::Next => {
                self.neighbour(from, next.forward).map(|n| (n, None)).into_iter().collect()
            }
            Follow::Dependency(way) if next.forward => {
                let arcs = self.graph.down(from).iter().filter(|a| self.leads(a, way));
                arcs.filter_map(|a| self.end(a, a.dependent, next, program)).collect()
            }
            Follow::Dependency(way) => {
                let arcs = self.graph.up(from).filter(|a| self.leads(a, way));
                arcs.filter_map(|a| self.end(a, a.head, next, program)).collect()
            }
        };
        let checks = program.checks.get(next.to);
        ends.retain(|&(end, _)| self.passes(end, checks));
        ends.dedup();
        ends
    }

    fn end(&self, arc: &Arc, end: TokenId, next: &Move, program: &Program) -> Option<End> {
        let Some(node) = next.marker else { return Some((end, None)) };
        let checks = program.checks.get(node);
        let marker = self.graph.markers(arc).find(|&m| self.passes(m, checks))?;
        Some((end, Some(marker)))
    }

    /// The word before or after in the same sentence.
    fn neighbour(&self, word: TokenId, after: bool) -> Option<TokenId> {
        let document = self.graph.document;
        let sentence = document.sentence_at(word)?;
        let next = if after { Some(word.next()) } else { word.previous() };
        next.filter(|&n| sentence.tokens.contains(n))
    }

    fn leads(&self, arc: &Arc, way: &Way) -> bool {
        way.relations.contains(arc.label)
            && way
                .markers
                .as_ref()
                .is_none_or(|set| self.graph.markers(arc).any(|m| self.lemma_in(m, set)))
    }

    fn lemma_in(&self, word: TokenId, set: &SymbolSet) -> bool {
        self.lemmas.get(word.index()).is_some_and(|l| set.binary_search(l).is_ok())
    }

    pub(super) fn passes(&self, word: TokenId, checks: Option<&Vec<Check>>) -> bool {
        checks.is_some_and(|checks| checks.iter().all(|c| self.check(word, c)))
    }

    fn check(&self, word: TokenId, check: &Check) -> bool {
        let document = self.graph.document;
        let at = word.index();
        match check {
            Check::Upos(bits) => bits & (1 << document.tag(word).upos as u32) != 0,
            Check::Lemma(set) => self.lemma_in(word, set),
            Check::Form(set) => self.forms.get(at).is_some_and(|f| set.binary_search(f).is_ok()),
            Check::Xpos(set) => self.xpos.get(at).is_some_and(|x| set.binary_search(x).is_ok()),
            Check::Deprel(relations) => relations.contains(document.tree.deprel(word)),
            Check::Feature(name, values) => {
                let value = document.tag(word).feats.get(name);
                value.is_some_and(|v| values.iter().any(|x| x == v))
            }
            Check::Name(kinds) => document.name_at(word).is_some_and(|n| kinds.contains(&n.kind)),
            Check::Is(predicate) => predicate.holds(self.graph, &[word]),
            Check::Has(way, checks) => self.has(word, way, checks),
            Check::Not(inner) => !self.check(word, inner),
        }
    }

    fn has(&self, word: TokenId, way: &Way, checks: &[Check]) -> bool {
        let mut arcs = self.graph.down(word).iter().filter(|a| self.leads(a, way));
        arcs.any(|a| checks.iter().all(|c| self.check(a.dependent, c)))
    }

    /// Conditions over absent nodes fail, negated or not.
    fn condition(&self, condition: &Condition, binding: &Binding) -> bool {
        let words = condition.nodes.iter().map(|&n| binding.get(n).copied().flatten());
        words
            .collect::<Option<Vec<_>>>()
            .is_some_and(|words| condition.predicate.holds(self.graph, &words) != condition.negated)
    }
}
