//! Claims whose point stands in what completes the verb.
//!
//! In: a claim of a verb that says little with its object alone ("urged the mayor *to close the
//! bridge*", "accused the firm *of hiding the leak*", "called the plan *a mistake*"), or of a
//! passive without object ("was accused *of hiding it*"). Out: the same with all these words as
//! its object, which then is no thing but a text.

use super::argument::{argument, cluster_of};
use super::certainty::DOUBTFUL;
use super::named::has_name;
use super::qualifier::marker_word;
use crate::analyse::syntax::{is_owner, is_quotation_mark, pronoun};
use crate::extract::lexicon::Lexicon;
use crate::extract::sentence::Graph;
use crate::extract::{Argument, ArgumentKind, Claim};
use crate::text::{Deprel, Document, Pronoun, Span, TokenId, Upos};

/// More words than these are no object that a reader takes in.
const LONGEST: usize = 40;

/// The claim with what completes its verb as part of its object, where it has such a thing.
pub(super) fn completed(graph: &Graph, lexicon: &Lexicon, claim: &Claim) -> Option<Claim> {
    let completed = match &claim.object {
        Some(object) => with_object(graph, lexicon, claim, object)?,
        None => without_object(graph, lexicon, claim)?,
    };
    let object = completed.object.as_ref()?;
    is_readable(graph.document, &completed.subject, object).then_some(completed)
}

/// Whether a claim has been completed: its object is a text that begins with a thing, or what
/// completes a passive.
pub(super) fn is_completed(document: &Document, claim: &Claim) -> bool {
    let object = claim.object.as_ref().filter(|o| o.kind == ArgumentKind::Clause);
    object.is_some_and(|object| {
        document.tree.is(object.head, Deprel::Obj)
            || document.tree.head(object.head) == Some(claim.relation.head)
                && (document.tree.has(claim.relation.head, Deprel::AuxPass)
                    || document.tree.is(object.head, Deprel::Advcl))
    })
}

fn with_object(
    graph: &Graph,
    lexicon: &Lexicon,
    claim: &Claim,
    object: &Argument,
) -> Option<Claim> {
    let document = graph.document;
    let verb = claim.relation.head;
    let thing = object.kind != ArgumentKind::Clause && document.tree.is(object.head, Deprel::Obj);
    if !thing || document.tree.head(object.head) != Some(verb) || graph.is_passive(verb) {
        return None;
    }
    let next = document.tokens_in(object.span).end;
    let complement =
        complement_at(graph, verb, next).or_else(|| complement_at(graph, object.head, next))?;
    if !completes(graph, lexicon, verb, complement) {
        return None;
    }
    let end = words_of(graph, lexicon, complement).end;
    let span = Span::new(object.span.start, end);
    if is_left_open(document, verb, span) {
        return None;
    }
    let object =
        Argument { span, phrase: object.phrase.cover(span), kind: ArgumentKind::Clause, ..*object };
    Some(with(claim, object))
}

/// Whether a clause that completes a verb stands outside of these words: "urged *him in a
/// letter* to go".
fn is_left_open(document: &Document, verb: TokenId, words: Span) -> bool {
    let tree = &document.tree;
    let clause = |t: TokenId| matches!(tree.deprel(t).main(), Deprel::Xcomp | Deprel::Ccomp);
    let mut below = tree.children(verb).iter().copied();
    below.any(|t| clause(t) && !words.contains(document.span(t)))
}

/// "He was accused *of hiding it*", "they were ordered *to leave*".
fn without_object(graph: &Graph, lexicon: &Lexicon, claim: &Claim) -> Option<Claim> {
    let document = graph.document;
    let verb = claim.relation.head;
    let complement = if document.tree.has(verb, Deprel::AuxPass) {
        let beside = |t: TokenId| is_sure(graph, t, verb) && completes(graph, lexicon, verb, t);
        document.tree.children(verb).iter().copied().find(|&t| t > verb && beside(t))
    } else {
        purpose(graph, lexicon, verb)
    };
    let complement = complement.filter(|&t| graph.is_clause(t))?;
    let object = argument(graph, lexicon, complement, Some(ArgumentKind::Clause), &[]);
    let mut claim = with(claim, object);
    if let Some(marker) = gerund_marker(graph, complement) {
        claim.relation.lemmas.push(marker_word(document, marker).to_lowercase().into());
    }
    Some(claim)
}

/// A claim with this object, without the qualifiers that it holds.
fn with(claim: &Claim, object: Argument) -> Claim {
    let mut claim = Claim { clause: claim.clause.cover(object.span), ..claim.clone() };
    claim.qualifiers.retain(|q| !object.span.contains(q.argument.span));
    claim.object = Some(object);
    claim
}

/// The dependent of a word whose own words begin at another, if the parser is sure of it.
fn complement_at(graph: &Graph, head: TokenId, start: TokenId) -> Option<TokenId> {
    let tree = &graph.document.tree;
    let mut below = tree.children(head).iter().copied();
    below
        .find(|&t| t >= start && tree.subtree(t).first() == Some(&start) && is_sure(graph, t, head))
}

/// Whether the parser is sure that a word hangs on another.
fn is_sure(graph: &Graph, word: TokenId, head: TokenId) -> bool {
    graph.document.tree.certainty_between(word, head).head > DOUBTFUL
}

/// What somebody votes, moves or sets out to do, where it hangs as a purpose: "voted on Monday
/// *to close it*".
fn purpose(graph: &Graph, lexicon: &Lexicon, verb: TokenId) -> Option<TokenId> {
    let document = graph.document;
    let means = lexicon.has("complements", Some("plans"), document.lemma(verb));
    let tree = &document.tree;
    let elsewhere = tree.children_by(verb, Deprel::Obl).any(|t| document.time_at(t).is_none());
    let mut below = tree.children_by(verb, Deprel::Advcl).filter(|_| means && !elsewhere);
    below.find(|&t| t > verb && graph.is_infinitive(t) && is_sure(graph, t, verb))
}

/// Whether a dependent tells what a verb makes, wants or calls its object; what somebody *is
/// thought* or *expected* to do is no more than hearsay, what they are cited *as saying* a
/// report.
fn completes(graph: &Graph, lexicon: &Lexicon, verb: TokenId, complement: TokenId) -> bool {
    let document = graph.document;
    let lemma = document.lemma(verb);
    let takes = |class| lexicon.has("incomplete", Some(class), lemma);
    match document.tree.deprel(complement).main() {
        Deprel::Obl => document.time_at(complement).is_none(),
        _ if is_said_as(graph, lexicon, complement) => takes("object"),
        Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp if graph.is_infinitive(complement) => {
            let listed = |class: &str| lexicon.has("complements", Some(class), lemma);
            let hearsay = graph.is_passive(verb) && listed("believes");
            !hearsay && (listed("plans") || MAKING.iter().any(|class| listed(class)))
        }
        Deprel::Advcl | Deprel::Xcomp | Deprel::Acl
            if gerund_marker(graph, complement).is_some() =>
        {
            let said = lexicon.has("incomplete", Some("speech"), document.lemma(complement));
            !said && (takes("object") || lexicon.has("complements", Some("prevents"), lemma))
        }
        Deprel::Xcomp => !graph.is_clause(complement),
        _ => false,
    }
}

/// *As* unsafe, *as* a mistake: what somebody says or thinks something is.
fn is_said_as(graph: &Graph, lexicon: &Lexicon, word: TokenId) -> bool {
    let document = graph.document;
    let tree = &document.tree;
    let mut below = tree.children(word).iter().copied();
    matches!(document.tag(word).upos, Upos::Adj | Upos::Noun)
        && below.any(|t| {
            matches!(tree.deprel(t), Deprel::Mark | Deprel::Case)
                && lexicon.has("completing", Some("object"), document.lemma(t))
        })
}

/// The classes of verbs (`complements.tsv`) whose object is to do something.
const MAKING: &[&str] = &["causes", "prevents", "wants", "obliges", "allows"];

/// The preposition before a gerund: *of* hiding it.
fn gerund_marker(graph: &Graph, gerund: TokenId) -> Option<TokenId> {
    let document = graph.document;
    let mut markers = document.tree.children(gerund).iter().copied();
    let marker = markers.find(|&t| {
        matches!(document.tree.deprel(t), Deprel::Mark | Deprel::Case)
            && matches!(document.tag(t).upos, Upos::Adp | Upos::Sconj)
            && t < gerund
    });
    marker.filter(|_| document.tag(gerund).xpos == "VBG")
}

/// The words of a clause or phrase that completes a verb, with what is coordinated with it.
fn words_of(graph: &Graph, lexicon: &Lexicon, complement: TokenId) -> Span {
    let of = |word| {
        let kind = graph.is_clause(word).then_some(ArgumentKind::Clause);
        argument(graph, lexicon, word, kind, &[]).span
    };
    let conjuncts = graph.document.tree.children_by(complement, Deprel::Conj);
    conjuncts.map(of).fold(of(complement), Span::cover)
}

/// Whether a reader of the object alone knows whom it speaks of, and where it ends.
fn is_readable(document: &Document, subject: &Argument, object: &Argument) -> bool {
    let words = document.tokens_in(object.span);
    let quotes = words.iter().filter(|&t| is_quotation_mark(document.form(t))).count();
    words.len() <= LONGEST
        && quotes % 2 == 0
        && !document.tree.is(words.end, Deprel::Cc)
        && is_known_alone(document, subject, object)
}

/// Whether no pronoun in an object points at what only the article tells: "vowed to sell *it*".
/// Whoever *he* and *she* are is told by name where they have one; whose something is matters
/// less, and what means the subject needs no other name.
pub(super) fn is_known_alone(document: &Document, subject: &Argument, object: &Argument) -> bool {
    let own = cluster_of(document, subject.head);
    let unknown = |t: TokenId| {
        let cluster = cluster_of(document, t);
        let relative = document.tag(t).xpos.starts_with('W');
        let points = match pronoun(document, t).filter(|_| !relative && !is_owner(document, t)) {
            Some(Pronoun::He | Pronoun::She) => !cluster.is_some_and(|c| has_name(document, c)),
            Some(_) => true,
            None => false,
        };
        points && (cluster.is_none() || cluster != own)
    };
    !document.tokens_in(object.span).iter().any(unknown)
}
