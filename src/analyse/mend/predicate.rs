//! Subjects of clauses that are predicates: "the best thing is *sell the mill*", "the key is
//! *getting them there*", "the good news is *nobody was hurt*". What they are told of does
//! nothing in them: it is the subject of *is*.

use super::words::MendWord;
use super::{Repair, View};
use crate::text::{Deprel, FunctionWord, TokenId, Upos};

/// What to change where the tree takes what a clause is told of for who acts in it.
pub(super) fn repairs(view: &View<'_>) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for sentence in view.sentences {
        for verb in sentence.tokens {
            repairs.extend(view.outer_subject(verb).into_iter().flatten());
        }
    }
    repairs
}

impl View<'_> {
    /// The subject of *is* before a clause, and *is* as its copula.
    fn outer_subject(&self, verb: TokenId) -> Option<[Repair; 2]> {
        if self.upos(verb) != Upos::Verb {
            return None;
        }
        let be = self.only_be(verb)?;
        let subject = self.subject_of_be(verb, be)?;
        if !self.is_predicate_clause(verb, subject, be) {
            return None;
        }
        let repair = |word, relation| Repair { word, head: Some(verb), relation };
        Some([repair(subject, Deprel::NsubjOuter), repair(be, Deprel::Cop)])
    }

    /// The *is* before a verb, if it is all that helps it before its own subject.
    fn only_be(&self, verb: TokenId) -> Option<TokenId> {
        let helps = |t: &TokenId| matches!(self.tree.deprel(*t).main(), Deprel::Aux | Deprel::Cop);
        let be = self.tree.children(verb).iter().copied().find(helps)?;
        let is_be = self.words.is(self.lemma(be), FunctionWord::Be);
        let finite = matches!(self.xpos(be), "VBZ" | "VBD" | "VBP");
        (is_be && finite && be < verb).then_some(be)
    }

    /// The noun before *is*: the subject of the verb, or of its own subject, or what stands
    /// beside it.
    fn subject_of_be(&self, verb: TokenId, be: TokenId) -> Option<TokenId> {
        let tree = self.tree;
        let is_subject =
            |t: &TokenId| *t < be && matches!(tree.deprel(*t), Deprel::Nsubj | Deprel::NsubjPass);
        let own = tree.children(verb).iter().copied().find(is_subject);
        let behind = tree.children_by(verb, Deprel::Nsubj).find(|&t| be < t);
        let lower = behind.and_then(|t| tree.children(t).iter().copied().find(is_subject));
        own.or(lower)
            .or_else(|| {
                let above = tree.head(verb)?;
                let ends_before =
                    |t: &TokenId| tree.subtree(*t).last().is_some_and(|&end| end + 1 == be);
                tree.children(above).iter().copied().find(|t| *t < be && ends_before(t))
            })
            .filter(|&t| self.upos(t) == Upos::Noun && self.name_at(t).is_none())
    }

    /// Whether the form of a clause tells that it is no deed of the noun before *is*.
    fn is_predicate_clause(&self, verb: TokenId, subject: TokenId, be: TokenId) -> bool {
        let tree = self.tree;
        let mut subjects = tree.children_by(verb, Deprel::Nsubj);
        if subjects.any(|t| be < t && t < verb) {
            return true;
        }
        let helped = tree.children(verb).iter().any(|&t| {
            t != be && matches!(tree.deprel(t).main(), Deprel::Aux | Deprel::Mark | Deprel::Cop)
        });
        if helped {
            return false;
        }
        let has_object = tree.has(verb, Deprel::Obj);
        match self.xpos(verb) {
            "VB" => has_object || tree.deprel(be) != Deprel::AuxPass,
            "VBG" => has_object && self.listed(subject, MendWord::Aim),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analyse::Analyser;
    use crate::text::{Article, Deprel};

    #[test]
    fn what_a_clause_is_told_of_does_nothing_in_it() {
        let analyser = Analyser::english().unwrap();
        for (text, subject) in [
            ("The best thing to do is look at the old maps.", "thing"),
            ("The key to the harbour is getting the ferries in on time.", "key"),
            ("The good news is farmers don't pay.", "news"),
        ] {
            let document = analyser.analyse(Article::paragraph("a", text));
            let found = document.token_ids().iter().find(|&t| document.form(t) == subject);
            let relation = found.map(|t| document.tree.deprel(t));
            assert_eq!(relation, Some(Deprel::NsubjOuter), "{text}");
        }
    }
}
