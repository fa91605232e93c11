//! The assertion filter: whether a claim is read well enough to stand as an
//! asserted triple.
//!
//! In: a claim and the graph it was read from. Out: yes or no. A claim that
//! fails stays a claim; the graph only does not say it on its own word. The
//! tests are cheap and know no sentence: the arguments must name something,
//! hang where such arguments hang, agree with the verb and with the names
//! found beside the tree; the sentence must be whole and the article's own; and
//! nothing above the claim may be open or denied.

mod argument;
mod attachment;
mod headline;
mod identity;
mod place;
mod report;
mod sentence;

pub(super) use self::headline::hold_back as hold_back_headlines;
pub(super) use self::sentence::is_own_voice;
use crate::analyse::syntax::is;
use crate::extract::lexicon::Lexicon;
use crate::extract::scope::Scopes;
use crate::extract::sentence::Graph;
use crate::extract::{ArgumentKind, Claim};
use crate::text::{BlockKind, Deprel, FunctionWord, TokenId, Upos};

/// Rules of less weight than this give claims only.
const LEAST_WEIGHT: f32 = 0.5;

/// What the tests look at.
struct Reading<'a> {
    graph: &'a Graph<'a>,
    lexicon: &'a Lexicon,
    claim: &'a Claim,
    /// The word that the claim's arguments hang on.
    predicate: TokenId,
}

/// Whether a claim that a rule of this weight found at a predicate passes.
pub(super) fn passes(
    graph: &Graph,
    lexicon: &Lexicon,
    claim: &Claim,
    weight: f32,
    scopes: &mut Scopes,
) -> bool {
    let predicate = predicate(graph, claim);
    let reading = Reading { graph, lexicon, claim, predicate };
    weight >= LEAST_WEIGHT
        && reading.says_something()
        && sentence::is_whole(graph.document, claim)
        && reading.names_its_arguments()
        && reading.hangs_together()
        && reading.identifies_plausibly()
        && place::is_open_to_nothing(&reading, scopes)
}

/// The relation's head, or what it is the copula of.
fn predicate(graph: &Graph, claim: &Claim) -> TokenId {
    let tree = &graph.document.tree;
    let head = claim.relation.head;
    tree.head(head).filter(|_| tree.is(head, Deprel::Cop)).unwrap_or(head)
}

impl Reading<'_> {
    /// Not mere being, not the echo of another clause, nor a verb of saying or thinking whose content was not
    /// found, nor a whole clause as an object.
    fn says_something(&self) -> bool {
        let document = self.graph.document;
        let head = self.claim.relation.head;
        let exists = document.tree.has(head, Deprel::Expl);
        let said = || match &self.claim.object {
            Some(object) => {
                object.kind != ArgumentKind::Clause && !self.is_completed_elsewhere(object.head)
            }
            None => {
                !self.has_complement()
                    && !self.opens_a_clause(document.lemma(head))
                    && !self.is_incomplete()
                    && !self.is_headline()
            }
        };
        !exists && !self.is_capitalised_verb() && !self.is_echo() && said()
    }

    /// *So does the mayor*: what stands after the verb is no object.
    fn is_echo(&self) -> bool {
        let document = self.graph.document;
        let head = self.claim.relation.head;
        let mut before = document.tree.children_by(head, Deprel::Advmod).filter(|&c| c < head);
        is(document, head, FunctionWord::Do) && before.any(|c| is(document, c, FunctionWord::Echo))
    }

    fn is_be(&self, lemma: &str) -> bool {
        self.graph.document.words.is(lemma, FunctionWord::Be)
    }

    /// Verbs that say little without the clause they are about.
    fn opens_a_clause(&self, verb: &str) -> bool {
        let classes = ["reports", "believes", "denies", "doubts", "seems"];
        self.is_be(verb) || classes.iter().any(|c| self.lexicon.has("complements", Some(c), verb))
    }

    /// Verbs that say little with their object alone, where more follows: "described
    /// the incident", where it was *as a prank*, "put the town", where it was *at risk*.
    fn is_completed_elsewhere(&self, object: TokenId) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        let verb = self.claim.relation.head;
        let mut obliques = tree.children_by(verb, Deprel::Obl);
        tree.is(object, Deprel::Obj)
            && self.lexicon.has("incomplete", Some("object"), document.lemma(verb))
            && obliques.any(|o| o > object && document.time_at(o).is_none())
    }

    /// Verbs that say little without an object, or what stands in its place: "the
    /// firm is based", "the talks lead".
    fn is_incomplete(&self) -> bool {
        let verb = self.graph.document.lemma(self.claim.relation.head);
        let listed = |class| self.lexicon.has("incomplete", Some(class), verb);
        match self.claim.relation.lemmas.as_slice() {
            [_] => listed("active") || self.lexicon.has("transitive", None, verb),
            [be, _] if self.is_be(be) => listed("passive"),
            _ => false,
        }
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
