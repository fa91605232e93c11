//! Finds where the orders of rules fit.
//!
//! In: the words of a document, and a [`Row`] of them. Out: for each cue in the
//! row the first order that fits around it, as the words of its groups.

use compact_str::CompactString;

use super::compile::Check;
use super::matching::Words;
use super::order::{Atom, CUE, CueForm, Order, Orders};
use super::syntax::{Condition, Rule};
use super::{Graph, RuleId, Rules};
use crate::text::sequence::Fit;
use crate::text::{Quotation, TokenId, TokenRange};

/// The longest insertion between two commas, in words.
const ASIDE: u32 = 20;

/// Words among which a rule is read.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The words.
    pub words: TokenRange,
    /// The quotation beside them, if they are read for its sake.
    pub quotation: Option<TokenRange>,
    /// Whether they stand before it, so that the last are the nearest.
    pub backwards: bool,
}

/// Where a rule fits.
#[derive(Clone, Debug)]
pub struct RowMatch {
    /// The word that is the cue.
    pub cue: TokenId,
    /// For each of the rule's nodes, its words.
    pub groups: Vec<Option<TokenRange>>,
}

/// The rules of a document that go by the order of words.
pub struct RowReader<'a> {
    rules: &'a Rules,
    words: Words<'a>,
}

/// The words on one side of a cue, numbered from it.
#[derive(Clone, Copy)]
struct Side {
    row: TokenRange,
    cue: TokenRange,
    is_left: bool,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(rules: &'a Rules, graph: &'a Graph<'a>) -> Self {
        Self { rules, words: Words::new(graph, &rules.symbols) }
    }

    /// The rules that go by the order of words, in order.
    pub fn rules(&self) -> impl Iterator<Item = (RuleId, &'a Rule)> {
        let all = self.rules.all.iter().enumerate();
        all.filter(|(_, rule)| rule.orders.is_some()).map(|(id, rule)| (id as RuleId, rule))
    }

    /// Where a rule fits in a row, in order of the cues; beside a quotation only the
    /// best place. `licence` gives all words of a cue, if the list of cues allows it
    /// to take what the rule says.
    pub fn find(
        &self,
        id: RuleId,
        row: Row,
        licence: &dyn Fn(TokenId, &[CompactString]) -> Option<TokenRange>,
    ) -> Vec<RowMatch> {
        let rule = &self.rules.all[id as usize];
        let mut found: Vec<RowMatch> = Vec::new();
        let Some(orders) = &self.rules.orders[id as usize] else { return found };
        for form in &orders.cues {
            for word in (0..row.words.len()).map(|at| row.cue(at)) {
                let is_new = found.iter().all(|known| known.cue != word);
                if !is_new || !self.words.passes(word, Some(&form.tests)) {
                    continue;
                }
                let Some(cue) = words_of_cue(form, word, licence) else { continue };
                found.extend(self.around(orders, rule, row, word, cue));
                if row.quotation.is_some() && !found.is_empty() {
                    return found;
                }
            }
        }
        found.sort_by_key(|found| found.cue);
        found
    }

    /// The first order that fits around a cue.
    fn around(
        &self,
        orders: &Orders<Check>,
        rule: &Rule,
        row: Row,
        word: TokenId,
        cue: TokenRange,
    ) -> Option<RowMatch> {
        let nodes = &rule.pattern.nodes;
        for order in &orders.orders {
            let mut groups = vec![None; nodes.len()];
            if !self.sides(order, row, cue, &mut groups) {
                continue;
            }
            for (group, node) in groups.iter_mut().zip(nodes) {
                if node == CUE {
                    *group = Some(word.through(word));
                } else if group.is_none() && node == "quotation" {
                    *group = row.quotation;
                }
            }
            if rule.pattern.conditions.iter().all(|c| self.holds(c, &groups)) {
                return Some(RowMatch { cue: word, groups });
            }
        }
        None
    }

    fn sides(
        &self,
        order: &Order<Check>,
        row: Row,
        cue: TokenRange,
        groups: &mut [Option<TokenRange>],
    ) -> bool {
        for (is_left, sequence) in [(true, &order.left), (false, &order.right)] {
            let side = Side { row: row.words, cue, is_left };
            let fit = sequence.fit(0, None, &|atom, at| self.fits(atom, side, at));
            let Some(fit) = fit else { return false };
            for (node, group) in fit.groups {
                groups[node] = Some(side.words(group.start, group.end));
            }
        }
        true
    }

    fn holds(&self, condition: &Condition, groups: &[Option<TokenRange>]) -> bool {
        let words: Option<Vec<TokenRange>> =
            condition.nodes.iter().map(|&node| groups[node]).collect();
        // What is said of words that are not there is not said.
        words.is_none_or(|words| {
            condition.predicate.holds_of_groups(self.words.graph, &words) != condition.negated
        })
    }

    /// How an atom fits at a word of a side.
    fn fits(&self, atom: &Atom<Check>, side: Side, at: usize) -> Option<Fit> {
        let length = match atom {
            Atom::Start if side.is_left && at == side.len() => 0,
            Atom::End if !side.is_left && at == side.len() => 0,
            Atom::Start | Atom::End => return None,
            _ if at >= side.len() => return None,
            Atom::Word(words) => self.is_of(side.token(at), words).then_some(1)?,
            Atom::Name(kinds, words) => {
                let name = self.words.graph.document.name_at(side.token(at))?;
                let is_of_kind = kinds.is_empty() || kinds.contains(&name.kind);
                let fits = words.is_empty() || name.tokens.iter().any(|t| self.is_of(t, words));
                side.phrase(at, name.tokens).filter(|_| is_of_kind && fits)?
            }
            Atom::Quotation => side.phrase(at, self.quotation(side, at)?)?,
            Atom::Aside => self.aside(side, at)?,
        };
        (at + length <= side.len()).then(|| Fit::until(at + length))
    }

    /// Whether a word passes all tests of one of some alternatives.
    fn is_of(&self, word: TokenId, alternatives: &[Vec<Check>]) -> bool {
        alternatives.iter().any(|tests| self.words.passes(word, Some(tests)))
    }

    /// The outermost quotation that begins, or on the left ends, at a word.
    fn quotation(&self, side: Side, at: usize) -> Option<TokenRange> {
        let document = self.words.graph.document;
        let word = document.span(side.token(at));
        let is_here = |q: &&Quotation| {
            if side.is_left { q.span.end == word.end } else { q.span.start == word.start }
        };
        document.quotations.iter().find(is_here).map(|q| document.tokens_in(q.span))
    }

    /// How many words there are from one comma to the next.
    fn aside(&self, side: Side, at: usize) -> Option<usize> {
        let document = self.words.graph.document;
        let is_comma = |at: usize| document.form(side.token(at)) == ",";
        let last = side.len().min(at + 1 + ASIDE as usize);
        let close = (at + 1..last).find(|&at| is_comma(at)).filter(|_| is_comma(at))?;
        Some(close + 1 - at)
    }
}

impl Row {
    /// The word of this number, from 0, of those that may be the cue, the nearest to
    /// the quotation first.
    fn cue(self, at: usize) -> TokenId {
        let at = at as u32;
        if self.backwards { self.words.end - (at + 1) } else { self.words.start + at }
    }
}

/// All words of a cue.
fn words_of_cue(
    form: &CueForm<Check>,
    word: TokenId,
    licence: &dyn Fn(TokenId, &[CompactString]) -> Option<TokenRange>,
) -> Option<TokenRange> {
    if form.takes.is_empty() { Some(word.through(word)) } else { licence(word, &form.takes) }
}

impl Side {
    fn len(self) -> usize {
        let words = if self.is_left {
            self.row.start.until(self.cue.start)
        } else {
            self.cue.end.until(self.row.end)
        };
        words.len()
    }

    fn token(self, at: usize) -> TokenId {
        if self.is_left { self.cue.start - (at as u32 + 1) } else { self.cue.end + at as u32 }
    }

    /// The words from one number to before another.
    fn words(self, from: usize, to: usize) -> TokenRange {
        let (from, to) = (from as u32, to as u32);
        if self.is_left {
            (self.cue.start - to).until(self.cue.start - from)
        } else {
            (self.cue.end + from).until(self.cue.end + to)
        }
    }

    /// The length of a phrase that begins, seen from the cue, at a word.
    fn phrase(self, at: usize, words: TokenRange) -> Option<usize> {
        let near = if self.is_left { words.last() } else { Some(words.start) };
        (near == Some(self.token(at))).then_some(words.len())
    }
}
