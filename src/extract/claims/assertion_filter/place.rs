//! Whether nothing that stands above a claim is open or denied.

use super::Reading;
use crate::analyse::syntax::is;
use crate::extract::scope::Scopes;
use crate::extract::{Modality, Polarity};
use crate::text::{Deprel, FunctionWord, TokenId, Upos};

/// How what describes a noun hangs on it.
const ADNOMINAL: &[Deprel] = &[
    Deprel::AclRelcl,
    Deprel::Acl,
    Deprel::Appos,
    Deprel::NmodDesc,
    Deprel::Compound,
    Deprel::Flat,
];

/// Whether each clause above the claim holds, up to a noun that is known: what
/// is said of it stands for itself.
pub(super) fn is_open_to_nothing(reading: &Reading, scopes: &mut Scopes) -> bool {
    let graph = reading.graph;
    let tree = &graph.document.tree;
    if !is_presupposed_event(reading) {
        return false;
    }
    let mut at = reading.predicate;
    if has_condition(reading, at) {
        return false;
    }
    while let Some(head) = tree.head(at) {
        let relation = tree.deprel(at);
        if is_asked(reading, at, relation) {
            return false;
        }
        if at == reading.predicate && asks(reading, head) {
            return false;
        }
        if ADNOMINAL.contains(&relation) && graph.is_definite(head) && !graph.is_watched(at) {
            return true;
        }
        let factuality = scopes.factuality(head);
        if graph.is_clause(head)
            && (factuality.modality != Modality::Actual
                || factuality.polarity != Polarity::Positive)
        {
            return false;
        }
        at = head;
    }
    true
}

/// Whether a clause is a question, a free relative or a condition below another,
/// or may never have come true: *before it fell*.
fn is_asked(reading: &Reading, word: TokenId, relation: Deprel) -> bool {
    let document = reading.graph.document;
    let clause = matches!(
        relation,
        Deprel::Ccomp | Deprel::Csubj | Deprel::Xcomp | Deprel::Advcl | Deprel::Acl | Deprel::Obl
    );
    clause
        && reading.graph.is_clause(word)
        && (has_condition(reading, word)
            || is_description(reading, word)
            || document.tree.children(word).iter().any(|&c| asks(reading, c)))
}

/// *What*, *which*, *how*.
fn asks(reading: &Reading, word: TokenId) -> bool {
    let document = reading.graph.document;
    matches!(&*document.tag(word).xpos, "WP" | "WDT") || is(document, word, FunctionWord::How)
}

/// "She is described *as having served* there": so somebody says.
fn is_description(reading: &Reading, word: TokenId) -> bool {
    let document = reading.graph.document;
    let verb = document.tree.head(word).map_or("", |verb| document.lemma(verb));
    let mut marks = document.tree.children_by(word, Deprel::Mark);
    reading.lexicon.has("incomplete", Some("object"), verb)
        && marks.any(|m| reading.lexicon.has("completing", Some("clausal"), document.lemma(m)))
}

/// *If*, *whether*, *before* it is so.
fn has_condition(reading: &Reading, word: TokenId) -> bool {
    let document = reading.graph.document;
    let mut marks = document.tree.children_by(word, Deprel::Mark);
    marks.any(|m| reading.lexicon.has("conditions", None, &document.lemma(m).to_lowercase()))
}

/// What a noun says happened did where it sets a time or reason: *after the
/// invasion*; elsewhere it may be talked about only.
fn is_presupposed_event(reading: &Reading) -> bool {
    let document = reading.graph.document;
    let word = reading.predicate;
    let own = document.lemma(word);
    let lemmas = &reading.claim.relation.lemmas;
    let event = document.tag(word).upos == Upos::Noun
        && reading.lexicon.has("nominal-events", None, own)
        && lemmas.iter().all(|l| l != own);
    let verb = document.tree.head(word).map_or("", |v| document.lemma(v));
    let class = if document.tree.is(word, Deprel::Obl) { Some("engages") } else { None };
    let argument = document.tree.is(word, Deprel::Obl) || document.tree.is(word, Deprel::Obj);
    let light = argument && reading.lexicon.has("light-verbs", class, verb);
    let mut cases = document.tree.children_by(word, Deprel::Case);
    !event
        || light
        || (reading.graph.is_definite(word)
            && cases.any(|c| reading.lexicon.has("presupposing", None, document.lemma(c))))
}
