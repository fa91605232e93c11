//! Adjectives are in no passive: of "the mayor was “deeply *troubled*” by the report" the mayor
//! is the subject of *is*, and nothing was done by the report.

use super::{Repair, View};
use crate::text::{Deprel, TokenId, Upos};

/// What to change where a word with a copula has the dependents of a passive.
pub(super) fn repairs(view: &View<'_>) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for word in view.sentences.iter().flat_map(|sentence| sentence.tokens) {
        if view.is_predicate_adjective(word) {
            repairs.extend(view.out_of_passive(word));
        }
    }
    repairs
}

impl View<'_> {
    fn is_predicate_adjective(&self, word: TokenId) -> bool {
        self.upos(word) == Upos::Adj
            && self.tree.has(word, Deprel::Cop)
            && !self.tree.has(word, Deprel::AuxPass)
    }

    fn out_of_passive(&self, adjective: TokenId) -> Vec<Repair> {
        let mut repairs = Vec::new();
        for &word in self.tree.children(adjective) {
            let relation = match self.tree.deprel(word) {
                Deprel::NsubjPass => Deprel::Nsubj,
                Deprel::OblAgent => Deprel::Obl,
                _ => continue,
            };
            repairs.push(Repair { word, head: Some(adjective), relation });
        }
        repairs
    }
}

#[cfg(test)]
mod tests {
    use crate::analyse::Analyser;
    use crate::text::{Article, Deprel};

    #[test]
    fn an_adjective_has_no_passive_subject() {
        let analyser = Analyser::english().unwrap();
        let text = "The town's harbour master was “deeply troubled” by notes the crew sent.";
        let document = analyser.analyse(Article::paragraph("a", text));
        let adjective = document.token_ids().iter().find(|&t| document.form(t) == "troubled");
        let tree = &document.tree;
        let adjective = adjective.expect("the word is there");
        assert!(tree.has(adjective, Deprel::Nsubj) != tree.has(adjective, Deprel::AuxPass));
        assert!(!(tree.has(adjective, Deprel::Cop) && tree.has(adjective, Deprel::NsubjPass)));
    }
}
