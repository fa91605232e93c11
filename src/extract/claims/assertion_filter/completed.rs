//! Whether a verb has all that it needs to say something: its object, and what
//! completes it beside that object.

use super::Reading;
use crate::analyse::syntax::is;
use crate::extract::claims::complement::{is_completed, is_known_alone};
use crate::extract::{Argument, ArgumentKind};
use crate::text::{BlockKind, Deprel, FunctionWord, TokenId, Upos};

impl Reading<'_> {
    /// Not mere being, not the echo of another clause, nor a verb of saying or thinking whose content was not
    /// found, nor a whole clause as an object.
    pub(super) fn says_something(&self) -> bool {
        let document = self.graph.document;
        let head = self.claim.relation.head;
        let exists = document.tree.has(head, Deprel::Expl);
        let said = || match &self.claim.object {
            Some(object) => {
                (object.kind != ArgumentKind::Clause || self.is_deed(object))
                    && !self.is_completed_elsewhere(object.head)
                    && !self.is_speaking()
                    && (self.is_completed() || !self.is_naming())
                    && !self.is_parted_from_verb(object.head)
                    && !self.is_cut_short(object)
            }
            None => self.says_enough_alone() && !self.has_complement() && !self.is_headline(),
        };
        !exists && !self.is_capitalised_verb() && !self.is_echo() && !self.is_over() && said()
    }

    /// What was so until something else came: "lived there *before* she moved".
    fn is_over(&self) -> bool {
        let document = self.graph.document;
        let state = self.is_incomplete("state", self.claim.relation.head);
        let unreached = |t: &TokenId| {
            let marks = [Deprel::Mark, Deprel::Case];
            let mut marks = document
                .tree
                .children(*t)
                .iter()
                .filter(|c| marks.iter().any(|&relation| document.tree.is(**c, relation)));
            marks.any(|&c| self.lexicon.has("conditions", Some("unreached"), document.lemma(c)))
        };
        state && document.tree.children(self.predicate).iter().any(unreached)
    }

    /// Whether the words behind an object belong to it by the tree but were left out, and
    /// the verb says too little without them: *extended benefits* to couples.
    fn is_cut_short(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let next = document.tokens_in(object.span).end;
        self.is_incomplete("object", self.claim.relation.head)
            && document.tree.is(next, Deprel::Case)
            && document.tree.dominates(object.head, next)
    }

    /// Whether a text that is an object tells what somebody begins, tries, promises or refuses
    /// to do, or completes a verb, and is known without the text: *began*, *vowed to sell Orm
    /// Castle*, "urged the mayor *to go*"; not "vowed *to sell it*".
    pub(super) fn is_deed(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let verb = document.lemma(self.claim.relation.head);
        let listed = |class: &str| self.lexicon.has("complements", Some(class), verb);
        let meant = ["plans", "fails", "wants"].iter().any(|class| listed(class));
        let deed = document.tree.is(object.head, Deprel::Xcomp)
            && (listed("happens") || meant && self.graph.is_infinitive(object.head))
            && !self.is_empty_deed(object.head);
        (deed || self.is_completed()) && is_known_alone(document, &self.claim.subject, object)
    }

    /// To do something that says nothing: declined *to comment*, refused *to do so*.
    fn is_empty_deed(&self, verb: TokenId) -> bool {
        self.is_incomplete("deed", verb) && !self.graph.document.tree.has(verb, Deprel::Obj)
    }

    /// Whether what completes the verb is part of the object.
    pub(super) fn is_completed(&self) -> bool {
        is_completed(self.graph.document, self.claim)
    }

    /// *So does the mayor*: what stands after the verb is no object.
    fn is_echo(&self) -> bool {
        let document = self.graph.document;
        let head = self.claim.relation.head;
        let mut before = document.tree.children_by(head, Deprel::Advmod).filter(|&c| c < head);
        is(document, head, FunctionWord::Do) && before.any(|c| is(document, c, FunctionWord::Echo))
    }

    /// A verb that says something without an object: somebody *died*, *was arrested*.
    fn says_enough_alone(&self) -> bool {
        let lemmas = self.claim.relation.lemmas.as_slice();
        let (class, verb) = match lemmas {
            [be, verb @ ..] if self.is_be(be) => ("passive", verb),
            verb => ("active", verb),
        };
        self.lexicon.has("complete", Some(class), &verb.join(" "))
    }

    pub(super) fn is_be(&self, lemma: &str) -> bool {
        self.graph.document.words.is(lemma, FunctionWord::Be)
    }

    /// A verb that speaks, of which a noun as its object is no fact: "reports say stones".
    fn is_speaking(&self) -> bool {
        self.is_incomplete("speech", self.claim.relation.head)
    }

    /// A verb that tells what somebody calls its object, which a triple leaves out.
    fn is_naming(&self) -> bool {
        let verb = self.claim.relation.head;
        self.claim.relation.lemmas.len() == 1
            && self.is_incomplete("naming", verb)
            && !self.graph.is_passive(verb)
    }

    fn is_incomplete(&self, class: &str, verb: TokenId) -> bool {
        self.lexicon.has("incomplete", Some(class), self.graph.document.lemma(verb))
    }

    /// Verbs that say little with their object alone, where more follows: "described
    /// the incident", where it was *as a prank*, "put the town", where it was *at risk*.
    fn is_completed_elsewhere(&self, object: TokenId) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        let verb = self.claim.relation.head;
        let needed = self.is_incomplete("object", verb);
        let direct = tree.is(object, Deprel::Obj);
        let span = self.claim.object.as_ref().map(|o| document.tokens_in(o.span));
        let beside = |t: &&TokenId| **t > object && !span.is_some_and(|span| span.contains(**t));
        tree.children(verb).iter().filter(beside).any(|&t| match tree.deprel(t).main() {
            Deprel::Obl => {
                direct && document.time_at(t).is_none() && (needed || self.is_marked(t, "object"))
            }
            Deprel::Advcl if self.graph.is_finite(t) => false,
            Deprel::Advcl => {
                needed && !tree.has(t, Deprel::Mark)
                    || self.is_marked(t, "clausal")
                    || self.is_what_it_is_for(t)
            }
            _ => false,
        })
    }

    /// Whether a preposition that completes a verb joins something to it: *as*; *against
    /// travelling*.
    fn is_marked(&self, word: TokenId, class: &str) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        let mut children = tree.children(word).iter().copied();
        children.any(|c| {
            matches!(tree.deprel(c), Deprel::Case | Deprel::Mark)
                && self.lexicon.has("completing", Some(class), document.lemma(c))
        })
    }

    /// An infinitive behind the object of a verb that makes or wants somebody do something:
    /// "pushed agencies to act".
    fn is_what_it_is_for(&self, clause: TokenId) -> bool {
        let verb = self.graph.document.lemma(self.claim.relation.head);
        let classes = ["causes", "prevents", "wants", "plans", "obliges", "allows", "reports"];
        self.graph.is_infinitive(clause)
            && classes.iter().any(|c| self.lexicon.has("complements", Some(c), verb))
    }

    /// What a comma parts from its verb only adds: "come third, at 8%".
    fn is_parted_from_verb(&self, object: TokenId) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        let verb = self.claim.relation.head;
        let joined = tree.is(object, Deprel::Obl)
            && tree.has(object, Deprel::Case)
            && tree.head(object) == Some(verb);
        let start = tree.subtree(object).first().copied().unwrap_or(object);
        let comma = |t: TokenId| t > verb && document.form(t) == ",";
        joined && (object < verb || comma(start) || start.checked_sub(1).is_some_and(comma))
    }

    /// Headlines leave out the auxiliary of passives, so that these look like
    /// verbs without an object.
    fn is_headline(&self) -> bool {
        let sentence = self.graph.document.sentence(self.claim.sentence);
        sentence.is_some_and(|s| s.block == BlockKind::Title)
    }

    fn has_complement(&self) -> bool {
        self.claim.qualifiers.iter().any(|q| q.preposition == "complement")
    }

    /// A verb that is written like a name amid its sentence is one.
    fn is_capitalised_verb(&self) -> bool {
        let document = self.graph.document;
        let head = self.claim.relation.head;
        let first = document.sentence_at(head);
        document.tag(head).upos == Upos::Verb
            && document.form(head).starts_with(char::is_uppercase)
            && first.is_none_or(|s| s.tokens.start != head)
    }
}
