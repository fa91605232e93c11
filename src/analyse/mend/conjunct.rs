//! What a verb is joined to: a passive has no object of its own, so that "said the account was
//! hacked and *dismissed* the row" is what was said and dismissed, not hacked and dismissed; and
//! nobody does to himself by name what the verb says.

use super::words::MendWord;
use super::{Repair, View};
use crate::text::{Deprel, TokenId, Upos};

/// What to change where the tree joins a verb with an object to a passive, or to a verb whose
/// subject is that object.
pub(super) fn repairs(view: &View<'_>) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for sentence in view.sentences {
        for word in sentence.tokens {
            repairs.extend(view.joined_above(word).or_else(|| view.done_to_subject(word)));
        }
    }
    repairs
}

impl View<'_> {
    fn joined_above(&self, word: TokenId) -> Option<Repair> {
        let tree = self.tree;
        let passive = tree.head_by(word, Deprel::Conj)?;
        let own = [Deprel::Aux, Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark];
        let takes = |class| self.listed(word, class);
        let two = takes(MendWord::Giving) || takes(MendWord::Naming) || takes(MendWord::Making);
        if self.xpos(word) != "VBN"
            || two
            || !tree.has(passive, Deprel::AuxPass)
            || tree.has_any(word, &own)
        {
            return None;
        }
        let object = tree.children_by(word, Deprel::Obj).find(|&object| word < object)?;
        if !matches!(self.upos(object), Upos::Noun | Upos::Propn | Upos::Pron) {
            return None;
        }
        let head = self.active_above(passive)?;
        Some(Repair { word, head: Some(head), relation: Deprel::Conj })
    }

    /// "Hale said that Moss lied and *accused Moss* of fraud": nobody accuses himself by name.
    fn done_to_subject(&self, word: TokenId) -> Option<Repair> {
        let tree = self.tree;
        let first = tree.head_by(word, Deprel::Conj)?;
        let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark];
        let object = tree.child(word, Deprel::Obj).filter(|&object| word < object)?;
        let subject = tree.child(first, Deprel::Nsubj)?;
        let same = self.upos(object) == Upos::Propn && self.form(object) == self.form(subject);
        if !same || tree.has_any(word, &own) {
            return None;
        }
        Some(Repair { word, head: Some(self.active_above(first)?), relation: Deprel::Conj })
    }

    /// The verb in the active voice whose complement a clause is.
    fn active_above(&self, clause: TokenId) -> Option<TokenId> {
        let tree = self.tree;
        let verb = tree.head_by(clause, Deprel::Ccomp)?;
        let past = matches!(self.xpos(verb), "VBD" | "VBN");
        let subject = tree.has(verb, Deprel::Nsubj) && !tree.has(verb, Deprel::NsubjPass);
        let acts = past && verb < clause && subject;
        acts.then_some(verb)
    }
}

#[cfg(test)]
mod tests {
    use crate::analyse::Analyser;
    use crate::text::{Article, Deprel};

    #[test]
    fn no_passive_has_an_object() {
        let text = "A spokesman said that the account had been hacked and dismissed the episode.";
        let document = Analyser::english().unwrap().analyse(Article::paragraph("a", text));
        let word = document.token_ids().iter().find(|&t| document.form(t) == "dismissed").unwrap();
        let head = document.tree.head(word).map_or("", |t| document.form(t));
        assert_eq!((document.tree.deprel(word), head), (Deprel::Conj, "said"));
    }
}
