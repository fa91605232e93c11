//! The assertion filter: whether a claim is read well enough to stand as an
//! asserted triple.
//!
//! In: a claim and the graph it was read from. Out: yes or no. A claim that
//! fails stays a claim; the graph only does not say it on its own word. The
//! tests are cheap and know no sentence: the arguments must name something,
//! hang where such arguments hang, as the parser is sure enough, agree with the verb and with the names
//! found beside the tree; the sentence must be whole and the article's own; and
//! nothing above the claim may be open or denied.

mod argument;
mod attachment;
mod completed;
mod headline;
mod identity;
mod known;
mod place;
mod report;
mod sentence;

pub(super) use self::headline::hold_back as hold_back_headlines;
pub(super) use self::sentence::is_own_voice;
use super::certainty::{self, DOUBTFUL, FAIR, GUESSED, SURE};
use super::relation::predicate;
use crate::extract::Claim;
use crate::extract::lexicon::Lexicon;
use crate::extract::scope::Scopes;
use crate::extract::sentence::Graph;
use crate::text::{BlockKind, Certainty, Deprel, Document, FunctionWord, NameKind, TokenId, Upos};

/// Rules of less weight than this give claims only.
const LEAST_WEIGHT: f32 = 0.5;

/// What the tests look at.
struct Reading<'a> {
    graph: &'a Graph<'a>,
    lexicon: &'a Lexicon,
    claim: &'a Claim,
    /// The word that the claim's arguments hang on.
    predicate: TokenId,
    /// How surely they were found to.
    certainty: Certainty,
}

/// Whether a claim that a rule of this weight found at a predicate passes.
pub(super) fn passes(
    graph: &Graph,
    lexicon: &Lexicon,
    claim: &Claim,
    weight: f32,
    scopes: &mut Scopes,
) -> bool {
    let predicate = predicate(graph.document, &claim.relation);
    let certainty = certainty::certainty(graph.document, claim);
    let reading = Reading { graph, lexicon, claim, predicate, certainty };
    weight >= LEAST_WEIGHT
        && reading.is_sure_enough()
        && reading.says_something()
        && (is_office(graph.document, lexicon, claim)
            || sentence::is_whole(graph.document, claim, certainty >= SURE))
        && reading.names_its_arguments()
        && reading.is_known_alone()
        && reading.hangs_together()
        && reading.identifies_plausibly()
        && (reading.is_description() || place::is_open_to_nothing(&reading, scopes))
}

/// Whether a claim tells who somebody is by a noun that stands beside the name without a
/// verb: who says it, or whether the sentence is whole, does not matter then.
fn is_nominal(claim: &Claim) -> bool {
    let (subject, head) = (claim.subject.head, claim.relation.head);
    let be = claim.relation.lemmas.iter().eq(["be"]);
    be && (head == subject || claim.object.as_ref().is_some_and(|o| o.head == head))
}

impl Reading<'_> {
    /// Whether the arcs are sure enough; of what names both who does it and to whom, less will
    /// do, of a phrase that may belong to the verb as well, more is asked.
    fn is_sure_enough(&self) -> bool {
        if self.is_description() {
            return !self.may_be_of_the_verb() || self.certainty >= FAIR;
        }
        let least = if self.names_both() { GUESSED } else { DOUBTFUL };
        self.certainty > least || is_nominal(self.claim)
    }

    /// Whether a preposition joins to somebody or some body what may as well belong to the verb:
    /// "freed Ada Moss *from Orm Prison*". A place is in the place behind it either way.
    fn may_be_of_the_verb(&self) -> bool {
        let document = self.graph.document;
        let kind = document.name_kind_at(self.claim.subject.head);
        document.tree.is(self.claim.relation.head, Deprel::Case)
            && !matches!(kind, Some(NameKind::Place | NameKind::Facility))
    }

    fn is_description(&self) -> bool {
        is_description(self.graph.document, self.lexicon, self.claim)
    }
}

/// Whether a claim tells without a verb where a named thing is, of which body or party somebody
/// is, or what office somebody holds somewhere: Faro *in Portugal*, Baker *of Orm Bank*,
/// "*Governor* Baker *of Ohio*". That is so whatever becomes of the clause around it.
fn is_description(document: &Document, lexicon: &Lexicon, claim: &Claim) -> bool {
    let word = claim.relation.head;
    let first = claim.relation.lemmas.first();
    first.is_some_and(|lemma| document.words.is(lemma, FunctionWord::Be))
        && !document.tree.has(predicate(document, &claim.relation), Deprel::Cop)
        && match document.tag(word).upos {
            Upos::Propn | Upos::Adp => true,
            Upos::Adj | Upos::Verb => {
                claim.relation.lemmas.len() > 2 && is_beside_name(document, claim)
            }
            Upos::Noun => lexicon.has("roles", None, &document.lemma(word).to_lowercase()),
            _ => false,
        }
}

/// *Republican* of "Republican Senator Baker", *based* of "the Orm-based Harbour Bank".
fn is_beside_name(document: &Document, claim: &Claim) -> bool {
    let word = claim.relation.head;
    let beside = claim.object_head() == Some(word) || document.tree.is(word, Deprel::Amod);
    beside && word < claim.subject.head && document.name_at(claim.subject.head).is_some()
}

/// Whether a claim tells the office that stands before somebody's name, or behind it in a
/// paragraph: *Mayor Baker*, "Baker, the mayor of Orm".
fn is_office(document: &Document, lexicon: &Lexicon, claim: &Claim) -> bool {
    let name = document.name_at(claim.subject.head);
    let person = name.is_some_and(|n| n.kind == NameKind::Person);
    let is_beside = is_nominal(claim) || claim.relation.head < claim.subject.head;
    let Some(office) = claim.object.as_ref().filter(|_| person && is_beside) else {
        return false;
    };
    let block = document.sentence(claim.sentence).map(|sentence| sentence.block);
    let role = claim.relation.head.min(office.head);
    role < claim.subject.head
        || block == Some(BlockKind::Paragraph)
            && lexicon.has("roles", None, &document.lemma(office.head).to_lowercase())
}
