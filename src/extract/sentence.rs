//! The enhanced dependency graph that rules are matched against.
//!
//! In: the trees of a [`Document`]. Out: a [`Graph`]: the same edges, and
//! those of the enhanced representation
//! (<https://universaldependencies.org/u/overview/enhanced-syntax.html>): shared
//! heads, subjects and objects of conjuncts, antecedents in place of relative
//! pronouns, subjects of controlled verbs, participles and adverbial clauses.

use super::arc::Arc;
use super::ellipsis::{self, Gap};
use super::enhance;
use super::lexicon::Lexicon;
use crate::analyse::syntax;
use crate::text::{Deprel, DeprelSet, Document, TokenId, Upos};

/// The enhanced graph of a document.
#[derive(Clone, Debug)]
pub struct Graph<'d> {
    /// The document.
    pub document: &'d Document,
    /// Sorted by head, then dependent.
    arcs: Vec<Arc>,
    first_down: Vec<u32>,
    /// Indices into `arcs`, sorted by dependent.
    up: Vec<u32>,
    first_up: Vec<u32>,
    /// Clauses without their verb.
    pub(super) gaps: Vec<Gap>,
    /// The heads of clauses that an adverbial subordinator opens (*when*,
    /// *because*), sorted.
    subordinated: Vec<TokenId>,
    /// Participles that tell what somebody sees or keeps the noun before them doing, sorted.
    watched: Vec<TokenId>,
}

impl<'d> Graph<'d> {
    /// Makes the graph of a document.
    pub fn new(document: &'d Document, lexicon: &Lexicon) -> Self {
        let gaps = ellipsis::gaps(document, lexicon);
        let mut arcs = enhance::arcs(document, lexicon, &gaps);
        arcs.sort_unstable_by_key(|a| (a.head, a.dependent, a.label));
        arcs.dedup_by_key(|a| (a.head, a.dependent, a.label));
        let size = document.tokens.len();
        let mut up: Vec<u32> = (0..arcs.len() as u32).collect();
        up.sort_by_key(|&i| arcs[i as usize].dependent);
        let first_down = starts(size, arcs.iter().map(|a| a.head));
        let first_up = starts(size, arcs.iter().map(|a| a.dependent));
        let subordinated = subordinated(document, lexicon);
        let watched = watched(document, lexicon);
        Self { document, arcs, first_down, up, first_up, gaps, subordinated, watched }
    }

    /// Whether a participle behind a noun is what the verb above says that somebody sees or
    /// keeps it doing, though the tree hangs it on the noun: *will see the firm investing*.
    pub fn is_watched(&self, participle: TokenId) -> bool {
        self.watched.binary_search(&participle).is_ok()
    }

    /// The edges below a word, in order of their dependents.
    pub fn down(&self, word: TokenId) -> &[Arc] {
        self.arcs.get(range(&self.first_down, word)).unwrap_or(&[])
    }

    /// The edges above a word.
    pub fn up(&self, word: TokenId) -> impl Iterator<Item = &Arc> {
        let up = self.up.get(range(&self.first_up, word)).unwrap_or(&[]);
        up.iter().filter_map(|&i| self.arcs.get(i as usize))
    }

    /// The dependents of a word by one of some relations.
    pub fn dependents(&self, word: TokenId, labels: DeprelSet) -> impl Iterator<Item = TokenId> {
        self.down(word).iter().filter(move |a| labels.contains(a.label)).map(|a| a.dependent)
    }

    /// The lemmas of the words that mark an edge's dependent: prepositions,
    /// conjunctions, *to*.
    pub fn markers(&self, arc: &Arc) -> impl Iterator<Item = TokenId> {
        let tree = &self.document.tree;
        tree.children(arc.via)
            .iter()
            .copied()
            .filter(|&c| matches!(tree.deprel(c), Deprel::Case | Deprel::Mark))
    }

    /// [`syntax::is_clause`].
    pub fn is_clause(&self, word: TokenId) -> bool {
        syntax::is_clause(self.document, word)
    }

    /// [`syntax::is_finite`].
    pub fn is_finite(&self, word: TokenId) -> bool {
        syntax::is_finite(self.document, word)
    }

    /// [`syntax::is_infinitive`].
    pub fn is_infinitive(&self, word: TokenId) -> bool {
        syntax::is_infinitive(self.document, word)
    }

    /// [`syntax::is_passive`]: the auxiliary may be shared or left out.
    pub fn is_passive(&self, word: TokenId) -> bool {
        syntax::is_passive(self.document, word)
    }

    /// Whether a clause completes what a verb, adjective or noun says, so that
    /// negation and modality of that word reach it. Told by the relation and by
    /// how the clause is joined: an adverbial clause, which the parser confuses
    /// with a complement, counts only behind its governor, with no comma and no
    /// adverbial subordinator (*when*, *because*) before it; a clausal complement
    /// (*know when*) may have one, but not in front of its governor.
    pub fn is_complement(&self, clause: TokenId, governor: TokenId) -> bool {
        let first = self.first_conjunct(clause);
        let subordinated = self.subordinated.binary_search(&first).is_ok();
        match self.document.tree.deprel(first).main() {
            Deprel::Advcl => {
                first > governor && !subordinated && !self.follows_comma(first, governor)
            }
            Deprel::Ccomp | Deprel::Csubj | Deprel::Xcomp => first > governor || !subordinated,
            Deprel::Acl => !subordinated && !self.is_bare_participle(first),
            _ => !subordinated,
        }
    }

    /// Whether a participle only describes the noun that it hangs on, with no word that joins
    /// it: the *report published by the council* is no report that somebody published it.
    fn is_bare_participle(&self, word: TokenId) -> bool {
        const JOINING: [Deprel; 6] =
            [Deprel::Mark, Deprel::Case, Deprel::Aux, Deprel::AuxPass, Deprel::Cop, Deprel::Nsubj];
        let document = self.document;
        document.tree.deprel(word) == Deprel::Acl
            && matches!(document.tag(word).xpos.as_str(), "VBN" | "VBG")
            && !document.tree.has_any(word, &JOINING)
    }

    /// The first of the words that a word is coordinated with; itself, if with none.
    pub(super) fn first_conjunct(&self, word: TokenId) -> TokenId {
        let tree = &self.document.tree;
        let mut first = word;
        while let Some(head) = tree.head(first).filter(|_| tree.deprel(first) == Deprel::Conj) {
            first = head;
        }
        first
    }

    /// Whether a comma stands directly before the first word of a clause that
    /// comes after its governor.
    fn follows_comma(&self, clause: TokenId, governor: TokenId) -> bool {
        let behind = |&t: &TokenId| t > governor && self.document.tag(t).upos != Upos::Punct;
        let first = self.document.tree.subtree(clause).into_iter().find(behind);
        let before = first.and_then(TokenId::previous).filter(|&t| t > governor);
        before.is_some_and(|t| self.document.form(t) == ",")
    }

    /// [`syntax::is_definite`].
    pub fn is_definite(&self, word: TokenId) -> bool {
        syntax::is_definite(self.document, word)
    }
}

/// The heads of clauses that an adverbial subordinator opens, sorted.
fn subordinated(document: &Document, lexicon: &Lexicon) -> Vec<TokenId> {
    let tree = &document.tree;
    let opens = |t: TokenId| {
        matches!(tree.deprel(t), Deprel::Mark | Deprel::Advmod | Deprel::Case)
            && lexicon.has("subordinators", None, document.lemma(t))
    };
    let before_head = |t: TokenId| tree.head(t).filter(|&head| t < head);
    let openers = document.token_ids().iter().filter(|&t| opens(t));
    let mut heads: Vec<TokenId> = openers.filter_map(before_head).collect();
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// The participles right behind the object of a verb that says how it comes to do that, sorted.
fn watched(document: &Document, lexicon: &Lexicon) -> Vec<TokenId> {
    let tree = &document.tree;
    let is_watched = |&word: &TokenId| {
        let noun = tree.head(word).filter(|_| tree.deprel(word) == Deprel::Acl);
        let object = noun.filter(|&noun| tree.is(noun, Deprel::Obj) && noun < word);
        let verb = object.and_then(|object| tree.head(object));
        document.tag(word).xpos == "VBG"
            && !tree.has_any(word, &[Deprel::Mark, Deprel::Case])
            && verb.is_some_and(|v| lexicon.has("control", Some("watch"), document.lemma(v)))
    };
    document.token_ids().iter().filter(is_watched).collect()
}

/// Where each word's run begins, in a list sorted by word.
fn starts(size: usize, words: impl Iterator<Item = TokenId>) -> Vec<u32> {
    let mut first = vec![0u32; size + 2];
    for word in words {
        if let Some(count) = first.get_mut(word.index() + 1) {
            *count += 1;
        }
    }
    let mut total = 0;
    for count in &mut first {
        total += *count;
        *count = total;
    }
    first
}

fn range(first: &[u32], word: TokenId) -> std::ops::Range<usize> {
    let at = |i: usize| first.get(i).map_or(0, |&x| x as usize);
    at(word.index())..at(word.index() + 1)
}
