//! What is in the passive. Adjectives are not: of "the mayor was “deeply *troubled*” by the
//! report" the mayor is the subject of *is*, and nothing was done by the report. Headlines leave
//! out the auxiliary: in "three *killed* in bus crash" nobody kills, for headlines tell what
//! somebody does in the present tense, and who kills has an object.

use super::{MendWord, Repair, View};
use crate::text::{Deprel, FunctionWord, Sentence, TokenId, Upos};

/// What to change where a word with a copula has the dependents of a passive, or a passive
/// without an auxiliary has those of an active.
pub(super) fn repairs(view: &View<'_>) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for sentence in view.sentences {
        let is_headline = view.is_without_stop(sentence);
        for word in sentence.tokens {
            if view.is_predicate_adjective(word) {
                repairs.extend(view.out_of_passive(word));
            } else if view.is_bare_passive(word, is_headline) {
                repairs.extend(view.as_passive(word));
            }
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

    /// Whether nothing that ends a sentence stands at the end of this one.
    fn is_without_stop(&self, sentence: &Sentence) -> bool {
        let last = sentence.tokens.iter().next_back();
        last.is_some_and(|last| self.upos(last) != Upos::Punct)
    }

    /// Whether a verb has a subject and no auxiliary, and lacks the object that it has in the
    /// active. What looks like the past tense is one anywhere but in headlines.
    fn is_bare_passive(&self, word: TokenId, is_headline: bool) -> bool {
        let tree = self.tree;
        let is_participle = match self.xpos(word) {
            "VBN" => true,
            "VBD" => is_headline,
            _ => false,
        };
        let active = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop, Deprel::Iobj, Deprel::Ccomp];
        let mut objects = tree.children_by(word, Deprel::Obj);
        is_participle
            && self.listed(word, MendWord::Done)
            && !self.closes(word)
            && tree.children_by(word, Deprel::Nsubj).any(|subject| subject < word)
            && !tree.has_any(word, &active)
            && objects.all(|object| is_headline && self.stays_in_passive(object, word))
    }

    /// Whether a verb says who tells what stands before it: "…, a poll *found*".
    fn closes(&self, verb: TokenId) -> bool {
        self.tree.is(verb, Deprel::Parataxis) && self.listed(verb, MendWord::Closing)
    }

    /// Whether an object stays what it is where another becomes the subject: "bank *fined two
    /// million euros*", "town *named capital of culture*".
    fn stays_in_passive(&self, object: TokenId, verb: TokenId) -> bool {
        let names = self.listed(verb, MendWord::Naming) || self.listed(verb, MendWord::Making);
        let gives = self.listed(verb, MendWord::Giving);
        gives && self.tree.has(object, Deprel::Nummod)
            || names
                && self.upos(object) == Upos::Noun
                && !self.tree.has_any(object, &[Deprel::Det, Deprel::NmodPoss])
    }

    fn as_passive(&self, verb: TokenId) -> Vec<Repair> {
        let mut repairs = Vec::new();
        for &word in self.tree.children(verb) {
            let relation = match self.tree.deprel(word) {
                Deprel::Nsubj => Deprel::NsubjPass,
                Deprel::Obj if !self.listed(verb, MendWord::Giving) => Deprel::Xcomp,
                Deprel::Obl if self.is_by(word) => Deprel::OblAgent,
                _ => continue,
            };
            repairs.push(Repair { word, head: Some(verb), relation });
        }
        repairs
    }

    fn is_by(&self, word: TokenId) -> bool {
        self.tree
            .children_by(word, Deprel::Case)
            .any(|case| self.words.is(self.form(case), FunctionWord::By))
    }
}

#[cfg(test)]
mod tests {
    use crate::analyse::Analyser;
    use crate::text::{Article, Deprel, Document};

    fn analysed(text: &str) -> Document {
        Analyser::english().unwrap().analyse(Article::paragraph("a", text))
    }

    #[test]
    fn an_adjective_has_no_passive_subject() {
        let text = "The town's harbour master was “deeply troubled” by notes the crew sent.";
        let document = analysed(text);
        let adjective = document.token_ids().iter().find(|&t| document.form(t) == "troubled");
        let tree = &document.tree;
        let adjective = adjective.expect("the word is there");
        assert!(tree.has(adjective, Deprel::Nsubj) != tree.has(adjective, Deprel::AuxPass));
        assert!(!(tree.has(adjective, Deprel::Cop) && tree.has(adjective, Deprel::NsubjPass)));
    }

    #[test]
    fn headlines_leave_out_the_auxiliary_of_a_passive() {
        let check = |text: &str, verb: &str, is_passive: bool| {
            let document = analysed(text);
            let verb = document.token_ids().iter().find(|&t| document.form(t) == verb);
            let subject = if is_passive { Deprel::NsubjPass } else { Deprel::Nsubj };
            assert!(document.tree.has(verb.expect("the word is there"), subject), "{text}");
        };
        check("Three killed in bus crash near Lugano", "killed", true);
        check("Mayor accused of fraud", "accused", true);
        check("Governor, wife indicted on corruption charges in Ohio", "indicted", true);
        check("Bank fined 3 million euros over data leak", "fined", true);
        check("Storm killed three in Lugano", "killed", false);
        check("Talks collapsed in Oslo", "collapsed", false);
    }
}
