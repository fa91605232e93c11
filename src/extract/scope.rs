//! Polarity and modality of predicates, by scope over the tree.
//!
//! In: the graph and the scope marks that rules found. Out: for any word, how
//! what it says is said to hold. A mark of a clause's own ("not", "may") reaches
//! over everything below it that does not say otherwise; a mark between two
//! clauses ("failed to") says what becomes of the lower one, after Karttunen's
//! signatures (1971) and Nairn, Condoravdi and Karttunen (2006, Computing
//! relative polarity for textual inference). Where nothing is known, the
//! weaker modality is chosen.

use std::collections::BTreeMap;

use super::rule::{Outcome, ScopeMark};
use super::sentence::Graph;
use super::{Modality, Polarity};
use crate::analyse::syntax::{Definiteness, definiteness, has_marker, is, is_finite_form};
use crate::text::{Deprel, Document, FunctionWord, TokenId, Upos};

/// How a predicate is said to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factuality {
    /// Whether it holds or not.
    pub polarity: Polarity,
    /// In what way.
    pub modality: Modality,
    /// Whether it is only somebody's word: no more than possible where nobody's
    /// word is found for it.
    pub reported: bool,
}

impl Factuality {
    /// The plain case.
    pub const PLAIN: Self =
        Self { polarity: Polarity::Positive, modality: Modality::Actual, reported: false };

    fn at_least(self, modality: Modality) -> Self {
        Self { modality: weaker(self.modality, modality), ..self }
    }

    fn positive(self) -> Self {
        Self { polarity: Polarity::Positive, ..self }
    }

    /// The weaker of two: negative where one is, the weaker modality.
    fn meet(self, other: Self) -> Self {
        let negative = [self, other].iter().any(|h| h.polarity == Polarity::Negative);
        Self {
            polarity: if negative { Polarity::Negative } else { Polarity::Positive },
            modality: weaker(self.modality, other.modality),
            reported: self.reported || other.reported,
        }
    }
}

/// How little a modality commits its speaker to.
fn weakness(modality: Modality) -> u8 {
    match modality {
        Modality::Actual => 0,
        Modality::Future => 1,
        Modality::Obliged => 2,
        Modality::Planned => 3,
        Modality::Wanted => 4,
        Modality::Possible => 5,
        Modality::Conditional => 6,
        Modality::Hypothetical => 7,
        Modality::Asked => 8,
    }
}

/// The one that commits to less.
pub(super) fn weaker(a: Modality, b: Modality) -> Modality {
    if weakness(a) >= weakness(b) { a } else { b }
}

/// How a conjunct is joined to the first of those that it is coordinated with.
#[derive(Clone, Copy, Debug)]
struct Joint {
    /// It has a subject or an auxiliary with a tense of its own.
    own: bool,
    /// It is set against the first: *but*.
    contrast: bool,
    /// It shares no more with the first than its place.
    apart: bool,
}

/// The scope marks of a document, and what follows from them.
#[derive(Debug)]
pub(super) struct Scopes<'a> {
    graph: &'a Graph<'a>,
    marks: BTreeMap<TokenId, Vec<ScopeMark>>,
    /// What has been worked out, by word.
    known: BTreeMap<TokenId, Factuality>,
}

impl<'a> Scopes<'a> {
    /// Over one document.
    pub(super) fn new(graph: &'a Graph<'a>, marks: &[ScopeMark]) -> Self {
        let mut by_word: BTreeMap<TokenId, Vec<ScopeMark>> = BTreeMap::new();
        for mark in marks {
            by_word.entry(mark.over).or_default().push(*mark);
        }
        Self { graph, marks: by_word, known: BTreeMap::new() }
    }

    /// How what a word says is said to hold.
    pub(super) fn factuality(&mut self, word: TokenId) -> Factuality {
        self.within(word, 64)
    }

    /// Depth bounds the recursion: marks could send it round in a circle.
    fn within(&mut self, word: TokenId, depth: u8) -> Factuality {
        if let Some(known) = self.known.get(&word) {
            return *known;
        }
        let Some(depth) = depth.checked_sub(1) else { return Factuality::PLAIN };
        let context = self.context(word, depth);
        let factuality = self.own(word, context);
        self.known.insert(word, factuality);
        factuality
    }

    fn marks_of(&self, word: TokenId) -> &[ScopeMark] {
        self.marks.get(&word).map_or(&[], Vec::as_slice)
    }

    /// Adds a clause's own marks to what holds of where it stands.
    fn own(&self, word: TokenId, context: Factuality) -> Factuality {
        let own = || self.marks_of(word).iter().filter(|m| m.under.is_none()).map(|m| m.affirmed);
        let says = |polarity| own().any(|o| o.polarity == Some(polarity));
        let mut factuality = context;
        if says(Polarity::Negative) && !says(Polarity::Positive) {
            // "neither met nor *appointed* him": the second no only goes on from the first.
            let goes_on = self.shares_all(word);
            let polarity = factuality.polarity.opposite();
            factuality.polarity = if goes_on { Polarity::Negative } else { polarity };
        }
        for outcome in own() {
            factuality.reported |= outcome.reported;
            factuality.modality =
                outcome.modality.map_or(factuality.modality, |m| weaker(factuality.modality, m));
        }
        factuality
    }
}

impl Scopes<'_> {
    /// What holds of the place a word stands in: by its marks, else by default.
    fn context(&mut self, word: TokenId, depth: u8) -> Factuality {
        let marks: Vec<ScopeMark> = self.marks_of(word).to_vec();
        let mut met: Option<Factuality> = None;
        for mark in marks {
            let Some(under) = mark.under.filter(|_| !self.is_shared(word, &mark)) else { continue };
            let factuality = outcome(&mark, self.within(under, depth));
            met = Some(met.map_or(factuality, |m| m.meet(factuality)));
        }
        met.unwrap_or_else(|| self.default_context(word, depth))
    }

    /// Whether a mark reaches a conjunct only through the first, with which it shares more
    /// than its place: "she said they must *hold* a vote and *tell* the press".
    fn is_shared(&self, word: TokenId, mark: &ScopeMark) -> bool {
        let first = self.graph.document.tree.head(word).filter(|_| self.shares_all(word));
        first.is_some_and(|first| self.marks_of(first).iter().any(|m| m.under == mark.under))
    }

    /// Whether a word is a conjunct with nothing of its own, not set against the first.
    fn shares_all(&self, word: TokenId) -> bool {
        let tree = &self.graph.document.tree;
        tree.head_by(word, Deprel::Conj).is_some_and(|first| {
            let joint = self.joint(word, first);
            !joint.apart && !joint.contrast
        })
    }

    fn default_context(&mut self, word: TokenId, depth: u8) -> Factuality {
        let tree = &self.graph.document.tree;
        let Some(head) = tree.head(word) else { return Factuality::PLAIN };
        match tree.deprel(word).main() {
            Deprel::Conj => self.conjunct(word, head, depth),
            Deprel::Parataxis
            | Deprel::List
            | Deprel::Discourse
            | Deprel::Appos
            | Deprel::Vocative => Factuality::PLAIN,
            Deprel::Xcomp if self.graph.is_infinitive(word) => {
                self.within(head, depth).at_least(Modality::Planned)
            }
            Deprel::Ccomp => Factuality { reported: true, ..self.within(head, depth) },
            Deprel::Csubj if self.graph.is_infinitive(word) => {
                self.within(head, depth).at_least(Modality::Possible)
            }
            Deprel::Advcl => self.adverbial(word, head, depth),
            Deprel::Amod => {
                Factuality { modality: Modality::Actual, ..self.within(head, depth).positive() }
            }
            Deprel::Acl => self.adnominal(word, head, depth),
            _ => self.nominal(word, head, depth),
        }
    }

    /// A conjunct with neither subject nor tensed auxiliary of its own shares those of
    /// the first ("must resign or *be* dismissed"); any other shares only its place.
    fn conjunct(&mut self, word: TokenId, first: TokenId, depth: u8) -> Factuality {
        let joint = self.joint(word, first);
        if !joint.apart && !joint.contrast {
            return self.within(first, depth);
        }
        let context = self.context(self.finite_above(word, first), depth);
        if joint.contrast && !joint.own {
            context.at_least(self.within(first, depth).modality)
        } else {
            context
        }
    }

    /// What a clause that has a subject and a tense of its own goes on from: no infinitive that
    /// the tree joins it to, but the finite verb above ("they were to *meet* and now *we know*").
    fn finite_above(&self, word: TokenId, first: TokenId) -> TokenId {
        let document = self.graph.document;
        let tree = &document.tree;
        let subjects = [Deprel::Nsubj, Deprel::NsubjPass];
        let own = tree.has_any(word, &subjects) && self.graph.is_finite(word);
        if !own || !self.graph.is_infinitive(first) || tree.has_any(first, &subjects) {
            return first;
        }
        let mut above = tree.ancestors(first);
        above.find(|&t| self.graph.is_finite(t) && self.graph.is_clause(t)).unwrap_or(first)
    }

    /// How a conjunct is joined to the first.
    fn joint(&self, word: TokenId, first: TokenId) -> Joint {
        let document = self.graph.document;
        let tree = &document.tree;
        let helped = tree.has_any(word, &[Deprel::Aux, Deprel::Cop]);
        let own = tree.has_any(word, &[Deprel::Nsubj, Deprel::Expl])
            || helped && !self.is_helped_by_infinitive(word);
        let contrast =
            tree.children_by(word, Deprel::Cc).any(|c| is(document, c, FunctionWord::But));
        let clauses = self.graph.is_clause(word) && self.graph.is_clause(first);
        let apart =
            own || (clauses && is_finite_form(document, word) && !self.same_form(word, first));
        Joint { own, contrast, apart }
    }

    /// Whether the first of the words that help a predicate is a bare *be* or *have*.
    fn is_helped_by_infinitive(&self, word: TokenId) -> bool {
        let document = self.graph.document;
        let helps =
            |c: &TokenId| matches!(document.tree.deprel(*c).main(), Deprel::Aux | Deprel::Cop);
        let first = document.tree.children(word).iter().copied().find(helps);
        first.is_some_and(|c| document.tag(c).xpos == "VB")
    }

    /// Whether two verbs have one form; the bare verb and the present that looks
    /// like it count as one.
    fn same_form(&self, a: TokenId, b: TokenId) -> bool {
        let form = |t: TokenId| match &*self.graph.document.tag(t).xpos {
            "VBP" => "VB",
            xpos => xpos,
        };
        form(a) == form(b)
    }

    /// "having sold the farm".
    fn is_perfect(&self, word: TokenId) -> bool {
        let document = self.graph.document;
        document.tag(word).xpos == "VBN" && document.tree.has(word, Deprel::Aux)
    }

    /// Purposes are at least planned; other clauses without a tense of their own
    /// share the modality, those with one stand for themselves.
    fn adverbial(&mut self, word: TokenId, head: TokenId, depth: u8) -> Factuality {
        let governor = self.within(head, depth).positive();
        if self.graph.is_infinitive(word) {
            return governor.at_least(Modality::Planned);
        }
        if governor.modality == Modality::Asked && self.is_circumstance(word) {
            return Factuality { modality: Modality::Actual, ..governor };
        }
        if has_marker(self.graph.document, word, FunctionWord::Despite) {
            return Factuality { modality: Modality::Actual, ..governor };
        }
        let asked = matches!(governor.modality, Modality::Asked | Modality::Conditional)
            && !self.is_conceded(word)
            && !self.is_reason_of_modal(word, head);
        if asked || !(self.graph.is_finite(word) || self.is_perfect(word)) {
            return governor;
        }
        Factuality { modality: Modality::Actual, ..governor }
    }

    /// "*With the roads closed*, how will they get there?": that is so whatever is asked.
    fn is_circumstance(&self, word: TokenId) -> bool {
        let tree = &self.graph.document.tree;
        has_marker(self.graph.document, word, FunctionWord::With)
            && tree.has_any(word, &[Deprel::Nsubj, Deprel::NsubjPass])
    }

    /// "It would be dear, *though the road is short*": that is so whatever would be.
    fn is_conceded(&self, word: TokenId) -> bool {
        has_marker(self.graph.document, word, FunctionWord::Contrast)
    }

    /// "It would be cheaper *because the road is short*", "…, *as the road is short*": what
    /// is told in the present beside what would be is no condition of it.
    fn is_reason_of_modal(&self, word: TokenId, head: TokenId) -> bool {
        let document = self.graph.document;
        let mut helpers = document.tree.children_by(head, Deprel::Aux);
        let beside = has_marker(document, word, FunctionWord::Reason)
            || has_marker(document, word, FunctionWord::Meanwhile) && self.is_told_now(word);
        beside && helpers.any(|c| document.tag(c).xpos == "MD")
    }

    /// Whether the tense of a clause is the present, or the past before another.
    fn is_told_now(&self, clause: TokenId) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        let helps = |c: &TokenId| matches!(tree.deprel(*c).main(), Deprel::Aux | Deprel::Cop);
        let finite = tree.children(clause).iter().copied().find(helps).unwrap_or(clause);
        let xpos = document.tag(finite).xpos.as_str();
        let perfect = xpos == "VBD" && is(document, finite, FunctionWord::Have);
        matches!(xpos, "VBZ" | "VBP") || perfect && finite != clause
    }

    /// Relative clauses and participles of things that are known stand for
    /// themselves; others are no more real than the thing: "if he signs *a law that bans
    /// cars*".
    fn adnominal(&mut self, word: TokenId, noun: TokenId, depth: u8) -> Factuality {
        let tree = &self.graph.document.tree;
        if let Some(verb) = tree.head(noun).filter(|_| self.graph.is_watched(word)) {
            return self.within(verb, depth);
        }
        let governor = self.within(noun, depth).positive();
        let infinitive = self.graph.is_infinitive(word);
        let finite = tree.deprel(word) == Deprel::AclRelcl && self.graph.is_finite(word);
        let open = matches!(governor.modality, Modality::Conditional | Modality::Hypothetical)
            && !(finite && self.is_told_before(word));
        let known = self.graph.is_definite(noun)
            || (finite && (!open || is_set_off(self.graph.document, word)))
            || (!finite && !open && (self.is_of_kind(word, noun) || self.is_done(word)));
        let factuality = if known && !infinitive {
            Factuality { modality: Modality::Actual, ..governor }
        } else {
            governor
        };
        if infinitive { factuality.at_least(Modality::Planned) } else { factuality }
    }

    /// "They resented rules *that had never applied* to them": so it was before, whatever the
    /// condition that this stands in.
    fn is_told_before(&self, clause: TokenId) -> bool {
        let document = self.graph.document;
        let tag = |t: TokenId| document.tag(t).xpos.as_str();
        let mut helpers = document.tree.children_by(clause, Deprel::Aux);
        tag(clause) == "VBN"
            && helpers.any(|c| is(document, c, FunctionWord::Have) && tag(c) == "VBD")
            && !self.graph.document.tree.has(clause, Deprel::Advcl)
    }

    /// Whether a participle tells of things of a kind, which are there whatever becomes of
    /// them: "they want to end *fees charged to families*".
    fn is_of_kind(&self, word: TokenId, noun: TokenId) -> bool {
        let document = self.graph.document;
        definiteness(document, noun) == Definiteness::Bare
            && document.tag(noun).feats.has("Number", "Plur")
            && document.tag(word).xpos == "VBN"
            && !self.graph.is_infinitive(word)
    }

    /// Whether a participle tells what somebody known has done: "they plan to lift *a ban
    /// imposed by Brook*".
    fn is_done(&self, word: TokenId) -> bool {
        let document = self.graph.document;
        let agent = document.tree.child(word, Deprel::OblAgent);
        document.tag(word).xpos == "VBN" && agent.is_some_and(|a| self.graph.is_definite(a))
    }

    /// A noun that is known stands for itself; any other is as real as the
    /// clause it stands in.
    fn nominal(&mut self, word: TokenId, head: TokenId, depth: u8) -> Factuality {
        let governor = self.within(head, depth);
        if self.graph.is_definite(word) && !self.graph.is_clause(word) {
            return Factuality { reported: governor.reported, ..Factuality::PLAIN };
        }
        governor
    }
}

/// Whether a comma or bracket stands before a clause.
fn is_set_off(document: &Document, clause: TokenId) -> bool {
    let first = document.tree.subtree(clause).first().copied().unwrap_or(clause);
    let is_sign = |t: TokenId| document.tag(t).upos == Upos::Punct;
    is_sign(first) || first.previous().is_some_and(is_sign)
}

/// What a mark makes of a clause whose governor holds like this.
fn outcome(mark: &ScopeMark, governor: Factuality) -> Factuality {
    let negated = governor.polarity == Polarity::Negative;
    let outcome: Outcome = mark.negated.filter(|_| negated).unwrap_or(mark.affirmed);
    let polarity = outcome.polarity.unwrap_or(governor.polarity);
    let own = outcome.modality.unwrap_or(Modality::Actual);
    // A condition within a question is one: "What will they do *if the dam fails*?"
    let condition = own == Modality::Conditional && governor.modality == Modality::Asked;
    let modality = if outcome.factive || condition { own } else { weaker(governor.modality, own) };
    Factuality { polarity, modality, reported: governor.reported || outcome.reported }
}
