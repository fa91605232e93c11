//! Whom or what each sentence is about: the subjects of main clauses.
//!
//! In: the facts of mentions. Out: one mention a sentence, in the text's own words.

use std::collections::BTreeMap;

use super::Problem;
use crate::text::{Deprel, TokenId};

/// How many sentences back the last subject is looked for.
const REACH: usize = 2;

/// The subjects of the main clauses of sentences.
pub(super) struct Subjects {
    by_sentence: BTreeMap<usize, usize>,
}

impl Subjects {
    pub(super) fn of(problem: &Problem<'_>) -> Self {
        let mut by_sentence = BTreeMap::new();
        for (i, facts) in problem.facts.iter().enumerate() {
            if facts.quotation.is_none() && is_main(problem, facts.head) {
                by_sentence.entry(facts.sentence).or_insert(i);
            }
        }
        let is_joint = |i: &usize| problem.parsed.tree.has(problem.facts[*i].head, Deprel::Conj);
        by_sentence.retain(|_, subject| !is_joint(subject));
        Self { by_sentence }
    }

    /// The one of a sentence.
    pub(super) fn at(&self, sentence: usize) -> Option<usize> {
        self.by_sentence.get(&sentence).copied()
    }

    /// The last one before a sentence.
    pub(super) fn before(&self, sentence: usize) -> Option<usize> {
        let near = self.by_sentence.range(sentence.saturating_sub(REACH)..sentence);
        near.map(|(_, &subject)| subject).next_back()
    }
}

/// Whether a word is the subject of the main clause of its sentence, or of who says it:
/// "Pay it back," *Moss* said.
pub(super) fn is_main(problem: &Problem<'_>, word: TokenId) -> bool {
    let tree = problem.parsed.tree;
    let is_subject = tree.is(word, Deprel::Nsubj) || tree.is(word, Deprel::NsubjPass);
    let verb = tree.head(word).filter(|_| is_subject);
    let says = |verb| {
        let is_saying = problem.lexicon.is_saying(problem.parsed.lemma(verb));
        is_saying && tree.is(verb, Deprel::Parataxis)
    };
    verb.is_some_and(|verb| match tree.head(verb) {
        None => true,
        Some(above) => says(verb) && tree.head(above).is_none(),
    })
}
