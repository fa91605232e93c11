//! Adds the edges of the enhanced representation to the basic trees
//! (<https://universaldependencies.org/u/overview/enhanced-syntax.html>).
//!
//! In: a document with its trees, and the word lists (which verbs' objects do
//! what follows, and the like). Out: [`arcs`], which rules are matched against,
//! or [`edges`], the added ones alone, as CoNLL-U writes them.

mod bare;
mod clauses;
mod control;

use super::arc::Arc;
use super::conjunct::{is_misjoined, joined_to};
use super::ellipsis::Gap;
use super::lexicon::Lexicon;
use super::relative::known_kind;
use crate::analyse::syntax::{is_finite, is_infinitive, is_passive, is_verbal};
use crate::text::{Deprel, Document, Edge, EdgeLabel, Sentence, TokenId, Upos};

/// All edges of the enhanced graph.
pub(super) fn arcs(document: &Document, lexicon: &Lexicon, gaps: &[Gap]) -> Vec<Arc> {
    let Builder { added, dropped, .. } = Builder::run(document, lexicon, gaps);
    let basic = document.token_ids().iter().filter_map(|t| {
        let head = document.tree.head(t).filter(|_| !dropped.get(t.index()).is_some_and(|&d| d))?;
        let label = match document.tree.deprel(t) {
            Deprel::Iobj if is_only_object(document, t) => Deprel::Obj,
            Deprel::Obj if is_first_of_two(document, lexicon, t) => Deprel::Iobj,
            Deprel::Obl if bare::is_object(document, lexicon, t) => Deprel::Obj,
            label => label,
        };
        Some(Arc { head, dependent: t, label, via: via(document, t), basic: true })
    });
    basic.chain(added).collect()
}

/// The added edges, sorted, none twice. A relative pronoun refers to what its
/// clause modifies (`ref`).
pub(super) fn edges(document: &Document, lexicon: &Lexicon, gaps: &[Gap]) -> Vec<Edge> {
    let Builder { added, references, .. } = Builder::run(document, lexicon, gaps);
    let edge = |dependent, head, relation: Deprel| Edge {
        dependent,
        head,
        label: EdgeLabel::from(relation),
    };
    let tree = &document.tree;
    let is_new = |a: &&Arc| tree.head(a.dependent) != Some(a.head);
    let added = added.iter().filter(is_new).map(|a| edge(a.dependent, a.head, a.label));
    let references = references.iter().map(|&(pronoun, noun)| edge(pronoun, noun, Deprel::Ref));
    let mut edges: Vec<Edge> = added.chain(references).collect();
    edges.sort();
    edges.dedup();
    edges
}

/// "They trust him", "They made him leave": whoever is the only object is no
/// recipient, whatever the parser says.
fn is_only_object(document: &Document, word: TokenId) -> bool {
    let tree = &document.tree;
    let other = |verb| tree.has_any(verb, &[Deprel::Obj, Deprel::Ccomp]);
    tree.head(word).is_some_and(|verb| !other(verb))
}

/// "They sent *the mayor* a letter": the first of two objects gets the other, whatever the
/// parser says.
fn is_first_of_two(document: &Document, lexicon: &Lexicon, word: TokenId) -> bool {
    let tree = &document.tree;
    let Some(verb) = tree.head(word).filter(|&verb| verb < word) else { return false };
    let somebody = document.name_at(word).is_some()
        || document.tag(word).upos == Upos::Pron
        || known_kind(document, word).is_some();
    somebody
        && lexicon.has("ditransitive", None, document.lemma(verb))
        && tree.children_by(verb, Deprel::Obj).any(|other| other > word)
}

/// The word that carries the markers of a word: itself, or the conjunct before it.
fn via(document: &Document, word: TokenId) -> TokenId {
    let tree = &document.tree;
    let marked = |t: TokenId| tree.has(t, Deprel::Case) || tree.has(t, Deprel::Mark);
    match tree.head(word) {
        Some(head) if tree.is(word, Deprel::Conj) && !marked(word) => via(document, head),
        _ => word,
    }
}

struct Builder<'a> {
    document: &'a Document,
    lexicon: &'a Lexicon,
    added: Vec<Arc>,
    /// The first edge added in this sentence.
    start: usize,
    /// Words whose basic edge is replaced (relative pronouns) or goes for
    /// nothing (what is left of a clause without its verb).
    dropped: Vec<bool>,
    /// Relative pronouns, each with what it stands for.
    references: Vec<(TokenId, TokenId)>,
}

/// Relations that conjuncts share with the first of them.
const SHARED: &[Deprel] = &[
    Deprel::Nsubj,
    Deprel::NsubjPass,
    Deprel::Obj,
    Deprel::Iobj,
    Deprel::Obl,
    Deprel::OblAgent,
    Deprel::OblUnmarked,
    Deprel::Nmod,
    Deprel::NmodPoss,
    Deprel::NmodDesc,
    Deprel::Xcomp,
    Deprel::Ccomp,
    Deprel::Advcl,
    Deprel::Acl,
    Deprel::AclRelcl,
    Deprel::Appos,
    Deprel::Compound,
    Deprel::Amod,
];

const SUBJECTS: &[Deprel] = &[Deprel::Nsubj, Deprel::NsubjPass];

impl<'a> Builder<'a> {
    fn run(document: &'a Document, lexicon: &'a Lexicon, gaps: &[Gap]) -> Self {
        let mut dropped = vec![false; document.tokens.len()];
        for gap in gaps {
            let Some((_, object)) = gap.object else { continue };
            for word in gap.subject.into_iter().chain([object]) {
                dropped.get_mut(word.index()).into_iter().for_each(|d| *d = true);
            }
        }
        let mut builder = Self {
            document,
            lexicon,
            added: Vec::new(),
            start: 0,
            dropped,
            references: Vec::new(),
        };
        for sentence in &document.sentences {
            builder.sentence(sentence);
        }
        builder
    }
}

impl Builder<'_> {
    fn sentence(&mut self, sentence: &Sentence) {
        self.start = self.added.len();
        let tree = &self.document.tree;
        let left_over = |w: TokenId| self.dropped.get(w.index()).is_some_and(|&d| d);
        let conjuncts: Vec<_> =
            sentence.tokens.iter().filter(|&w| tree.is(w, Deprel::Conj) && !left_over(w)).collect();
        for &word in &conjuncts {
            self.share_head(word);
        }
        for &word in &conjuncts {
            self.share_object_back(word);
        }
        for word in sentence.tokens.iter().filter(|&w| tree.deprel(w) == Deprel::AclRelcl) {
            self.relative(word);
        }
        for word in sentence.tokens.iter().filter(|&w| tree.deprel(w) == Deprel::Acl) {
            self.marked_relative(word);
        }
        for &word in &conjuncts {
            self.second_relative(word);
        }
        for word in self.downwards(sentence) {
            self.outer_subject(word);
            self.subject(word);
        }
    }

    /// The sentence's words, heads before dependents.
    fn downwards(&self, sentence: &Sentence) -> Vec<TokenId> {
        let tree = &self.document.tree;
        let mut order: Vec<_> =
            sentence.tokens.iter().filter(|&t| tree.head(t).is_none()).collect();
        let mut next = 0;
        while let Some(&word) = order.get(next) {
            order.extend_from_slice(tree.children(word));
            next += 1;
        }
        order
    }

    fn add(&mut self, head: TokenId, dependent: TokenId, label: Deprel, via: TokenId) {
        if head != dependent {
            self.added.push(Arc { head, dependent, label, via, basic: false });
        }
    }

    /// A word's dependents by one of these relations, added ones included.
    fn dependents(&self, word: TokenId, labels: &[Deprel]) -> Vec<TokenId> {
        let tree = &self.document.tree;
        let kept = |c: &TokenId| !self.dropped.get(c.index()).is_some_and(|&d| d);
        let label = |c: TokenId| match tree.deprel(c) {
            Deprel::Obl if bare::is_object(self.document, self.lexicon, c) => Deprel::Obj,
            label => label,
        };
        let basic = tree.children(word).iter().copied();
        let basic = basic.filter(|c| labels.contains(&label(*c))).filter(kept);
        let added = self.added.get(self.start..).unwrap_or(&[]).iter();
        let added = added.filter(|a| a.head == word && labels.contains(&a.label));
        basic.chain(added.map(|a| a.dependent)).collect()
    }

    /// "X and Y left": Y is a subject as X is.
    fn share_head(&mut self, word: TokenId) {
        let tree = &self.document.tree;
        let Some(first) = tree.head(word) else { return };
        if self.is_left_out(word) || is_misjoined(self.document, word, first) {
            return;
        }
        if is_verbal(self.document, word) != is_verbal(self.document, first)
            && !tree.has(word, Deprel::Cop)
        {
            return;
        }
        let mut above: Vec<(TokenId, Deprel)> = Vec::new();
        if let Some(head) = tree.head(first) {
            above.push((head, tree.deprel(first)));
        }
        let added = self.added.get(self.start..).unwrap_or(&[]).iter();
        above.extend(added.filter(|a| a.dependent == first).map(|a| (a.head, a.label)));
        let via = via(self.document, word);
        for (head, label) in above.into_iter().filter(|(_, l)| SHARED.contains(l)) {
            self.add(head, word, label, via);
        }
    }

    /// What is joined only to be left out: "walked *rather than* drove".
    fn is_left_out(&self, word: TokenId) -> bool {
        let joins = |c: TokenId| {
            let lemma = self.document.lemma(c).to_lowercase();
            self.lexicon.has("additions", Some("excludes"), &lemma)
        };
        self.document.tree.children_by(word, Deprel::Cc).any(joins)
    }

    /// Gives a predicate without a subject the one it shares.
    fn subject(&mut self, word: TokenId) {
        let tree = &self.document.tree;
        let Some(head) = tree.head(word) else { return };
        let label = tree.deprel(word);
        if label == Deprel::Conj {
            self.share_object(word, head);
        }
        let own = [
            Deprel::Nsubj,
            Deprel::NsubjPass,
            Deprel::Csubj,
            Deprel::CsubjPass,
            Deprel::Expl,
            Deprel::NsubjOuter,
        ];
        if !self.is_predicate(word, label) || !self.dependents(word, &own).is_empty() {
            return;
        }
        let subjects = match label {
            Deprel::Conj => self.dependents(joined_to(self.document, word, head), SUBJECTS),
            Deprel::Xcomp | Deprel::Ccomp if self.is_quoted_order(word, head) => Vec::new(),
            Deprel::Xcomp | Deprel::Ccomp => self.controllers(head),
            Deprel::Advcl if !is_finite(self.document, word) => self.adverbial_subject(word, head),
            Deprel::Acl if self.is_seen_as(head, word) => vec![head],
            Deprel::Acl => self.modified(word, head),
            _ => Vec::new(),
        };
        let passive = is_passive(self.document, word);
        let label = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
        for subject in subjects {
            self.add(word, subject, label, subject);
        }
    }

    /// "The king is to open it": the king opens it, where "The plan is to open
    /// it", "The best thing is to open it" say nothing of who does.
    fn outer_subject(&mut self, word: TokenId) {
        let tree = &self.document.tree;
        let Some(subject) = tree.child(word, Deprel::NsubjOuter) else { return };
        let lemma = self.document.lemma(subject);
        let abstraction = self.lexicon.has("complements", None, lemma)
            || self.lexicon.has("control", Some("act"), lemma)
            || self.is_ranked(subject) && !self.is_somebody(subject);
        if is_infinitive(self.document, word) && !abstraction {
            self.add(word, subject, Deprel::Nsubj, subject);
        }
    }

    fn is_predicate(&self, word: TokenId, label: Deprel) -> bool {
        let upos = self.document.tag(word).upos;
        matches!(upos, Upos::Verb | Upos::Aux)
            || label == Deprel::Xcomp
            || self.document.tree.has(word, Deprel::Cop)
            || (label == Deprel::Conj && upos == Upos::Adj)
    }

    /// "bought and sold the house": the object of the last belongs to the first too,
    /// and the tree hangs it on either.
    fn share_object(&mut self, word: TokenId, first: TokenId) {
        let objects = self.dependents(first, &[Deprel::Obj]);
        let own = [Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Obl, Deprel::Advmod];
        let verb = self.document.tag(word).upos == Upos::Verb;
        if !verb || is_passive(self.document, word) || !self.dependents(word, &own).is_empty() {
            return;
        }
        let relative = self.document.tree.deprel(first) == Deprel::AclRelcl;
        let transitive = self.lexicon.has("transitive", None, self.document.lemma(word));
        let shared = |o: &TokenId| *o > word || (relative && transitive);
        for object in objects.into_iter().filter(shared) {
            self.add(word, object, Deprel::Obj, object);
            let hangs = self.document.tree.head_by(object, Deprel::Obj) == Some(first);
            if hangs && object > word {
                self.leave_to(word, first, object);
            }
        }
    }

    /// "they *protest* or block roads": an object behind the second verb is not that of the first,
    /// if only the second needs one.
    fn leave_to(&mut self, word: TokenId, first: TokenId, object: TokenId) {
        let lemma = |verb| self.document.lemma(verb);
        let alone = self.lexicon.has("complete", Some("active"), lemma(first))
            && !self.lexicon.has("transitive", None, lemma(first))
            && self.lexicon.has("transitive", None, lemma(word));
        if !alone {
            return;
        }
        let behind = self.document.tree.children_by(first, Deprel::Obl).filter(|&c| c > object);
        let phrases: Vec<TokenId> = behind.collect();
        for &phrase in &phrases {
            self.add(word, phrase, Deprel::Obl, phrase);
        }
        for moved in phrases.into_iter().chain([object]) {
            self.dropped.get_mut(moved.index()).into_iter().for_each(|d| *d = true);
        }
    }

    /// "quit, arrested and charged two men", where the tree hangs the men on the last verb
    /// alone: those before it that need an object have the same, if nothing but conjuncts
    /// and adverbs stands between.
    fn share_object_back(&mut self, word: TokenId) {
        let tree = &self.document.tree;
        let Some(first) = tree.head(word) else { return };
        let others = tree.children_by(first, Deprel::Conj).filter(|&c| c < word);
        let verbs: Vec<TokenId> = std::iter::once(first).chain(others).collect();
        let objects: Vec<TokenId> =
            self.dependents(word, &[Deprel::Obj]).into_iter().filter(|&o| o > word).collect();
        let lacking: Vec<TokenId> =
            verbs.into_iter().filter(|&verb| self.lacks_object(verb, word)).collect();
        for verb in lacking {
            for &object in &objects {
                self.add(verb, object, Deprel::Obj, object);
            }
        }
    }

    /// Whether a verb needs an object and has none, and goes on to the last of those that it
    /// is coordinated with.
    fn lacks_object(&self, verb: TokenId, last: TokenId) -> bool {
        let tree = &self.document.tree;
        let first = tree.head(last).unwrap_or(verb);
        let of_series =
            |t: TokenId| t == first || (tree.is(t, Deprel::Conj) && tree.head(t) == Some(first));
        let joins = |t: TokenId| {
            let related =
                [Deprel::Cc, Deprel::Punct, Deprel::Advmod, Deprel::Conj, Deprel::CompoundPrt];
            related.contains(&tree.deprel(t)) && tree.head(t).is_some_and(of_series)
        };
        let own = [Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Obl, Deprel::Iobj];
        let verbal = |w: TokenId| self.document.tag(w).upos == Upos::Verb;
        self.lexicon.has("transitive", None, self.document.lemma(verb))
            && verbal(verb)
            && verbal(last)
            && self.dependents(verb, &own).is_empty()
            && !is_passive(self.document, verb)
            && !is_passive(self.document, last)
            && (verb + 1).until(last).iter().all(joins)
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::Extractor;
    use crate::extract::parsed::parsed;

    /// Words as [`parsed`] reads them, and the added edges as `dependent relation head`.
    fn check(words: &str, expected: &[&str]) {
        let document = parsed(words);
        let edges: Vec<String> = Extractor::default()
            .enhanced(&document)
            .iter()
            .map(|e| {
                let form = |word| document.form(word);
                format!("{} {} {}", form(e.dependent), e.label, form(e.head))
            })
            .collect();
        assert_eq!(edges, expected, "{words}");
    }

    #[test]
    fn conjuncts_share() {
        check(
            "She/she/PRON/PRP/2/nsubj came/come/VERB/VBD/0/root and/and/CCONJ/CC/4/cc \
             sang/sing/VERB/VBD/2/conj",
            &["She nsubj sang"],
        );
        check(
            "She/she/PRON/PRP/2/nsubj fed/feed/VERB/VBD/0/root cats/cat/NOUN/NNS/2/obj \
             and/and/CCONJ/CC/5/cc goats/goat/NOUN/NNS/3/conj",
            &["goats obj fed"],
        );
    }

    #[test]
    fn objects_control_before_subjects() {
        check(
            "We/we/PRON/PRP/2/nsubj hope/hope/VERB/VBP/0/root to/to/PART/TO/4/mark \
             win/win/VERB/VB/2/xcomp",
            &["We nsubj win"],
        );
        check(
            "We/we/PRON/PRP/2/nsubj urged/urge/VERB/VBD/0/root them/they/PRON/PRP/2/obj \
             to/to/PART/TO/5/mark wait/wait/VERB/VB/2/xcomp",
            &["them nsubj wait"],
        );
    }

    #[test]
    fn relative_pronouns_refer() {
        check(
            "guards/guard/NOUN/NNS/0/root who/who/PRON/WP/3/nsubj fled/flee/VERB/VBD/1/acl:relcl",
            &["guards nsubj fled", "who ref guards"],
        );
    }
}
