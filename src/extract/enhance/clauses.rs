//! Clauses that describe a noun: what the noun is in them.
//!
//! In: a relative clause. Out: edges from its verb to the noun, in the place of the pronoun
//! (`relative.rs` tells which noun), or of the object that is missing.

use super::{Builder, SUBJECTS};
use crate::analyse::syntax::{is, is_finite, is_infinitive, is_passive};
use crate::extract::relative;
use crate::text::{Deprel, FunctionWord, TokenId, Upos};

impl Builder<'_> {
    /// "the man who left": the antecedent takes the pronoun's place.
    pub(super) fn relative(&mut self, verb: TokenId) {
        let tree = &self.document.tree;
        let Some(noun) = tree.head(verb) else { return };
        match relative::pronoun(self.document, verb) {
            Some(pronoun) => {
                if let Some(dropped) = self.dropped.get_mut(pronoun.index()) {
                    *dropped = true;
                }
                for noun in relative::antecedents(self.document, noun, verb, pronoun) {
                    self.antecedent(noun, pronoun);
                }
            }
            None => self.reduced_relative(noun, verb),
        }
    }

    /// "the race *that* he won", where the parser takes *that* for a conjunction: a noun that
    /// names no thought or word is the object that is missing.
    pub(super) fn marked_relative(&mut self, verb: TokenId) {
        let tree = &self.document.tree;
        let Some(noun) = tree.head(verb) else { return };
        let that = tree
            .child(verb, Deprel::Mark)
            .filter(|&t| is(self.document, t, FunctionWord::Relative) && noun + 1 == t);
        let lemma = self.document.lemma(noun).to_lowercase();
        let listed = |list: &str| self.lexicon.has(list, None, &lemma);
        let thought = listed("source-nouns")
            || listed("shell-nouns")
            || listed("complements")
            || listed("discourse-nouns")
            || listed("cues");
        let own = [Deprel::Obl, Deprel::Advmod, Deprel::Xcomp];
        if that.is_some()
            && !thought
            && is_finite(self.document, verb)
            && self.dependents(verb, &own).is_empty()
        {
            self.reduced_relative(noun, verb);
        }
    }

    /// "a raid that he planned and *that failed*": the second clause tells of the same noun.
    pub(super) fn second_relative(&mut self, word: TokenId) {
        let tree = &self.document.tree;
        let first = tree.head(word).filter(|&first| tree.is(first, Deprel::AclRelcl));
        let Some((noun, first)) = first.and_then(|first| Some((tree.head(first)?, first))) else {
            return;
        };
        let pronoun =
            relative::pronoun(self.document, word).filter(|&t| tree.head(t) == Some(word));
        let Some(pronoun) = pronoun.filter(|_| !tree.is(word, Deprel::AclRelcl)) else { return };
        for noun in relative::antecedents(self.document, noun, first, pronoun) {
            self.antecedent(noun, pronoun);
        }
    }

    fn antecedent(&mut self, noun: TokenId, pronoun: TokenId) {
        let tree = &self.document.tree;
        let Some(head) = tree.head(pronoun) else { return };
        if let Some(dropped) = self.dropped.get_mut(pronoun.index()) {
            *dropped = true;
        }
        self.references.push((pronoun, noun));
        // "whom the bank owes a million": of two objects it is who gets the other.
        let other = tree.children_by(head, Deprel::Obj).any(|object| object != pronoun);
        let label = match tree.deprel(pronoun) {
            Deprel::Advmod | Deprel::Mark => Deprel::Obl,
            Deprel::Obj if other => Deprel::Iobj,
            label => label,
        };
        self.add(head, noun, label, pronoun);
    }

    /// "the troops he sent": the antecedent is the object that is missing.
    fn reduced_relative(&mut self, noun: TokenId, verb: TokenId) {
        let has = |labels: &[Deprel]| !self.dependents(verb, labels).is_empty();
        let own = [Deprel::Obj, Deprel::Ccomp, Deprel::Cop];
        let abstraction = self.lexicon.has("control", Some("no-object"), self.document.lemma(noun));
        if abstraction || !has(SUBJECTS) || has(&own) || !self.is_verb(verb) {
            return;
        }
        match self.dependents(verb, &[Deprel::Xcomp]).as_slice() {
            [] => self.add(verb, noun, Deprel::Obj, noun),
            &[deed] if self.needs_object(deed) => self.add(deed, noun, Deprel::Obj, noun),
            _ => {}
        }
    }

    /// Whether the object of an infinitive is missing: "the advice that he needs to *follow*".
    fn needs_object(&self, deed: TokenId) -> bool {
        let own = [Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Obl, Deprel::Cop];
        self.is_verb(deed)
            && is_infinitive(self.document, deed)
            && !is_passive(self.document, deed)
            && self.lexicon.has("transitive", None, self.document.lemma(deed))
            && self.dependents(deed, &own).is_empty()
    }

    fn is_verb(&self, word: TokenId) -> bool {
        self.document.tag(word).upos == Upos::Verb
    }
}
