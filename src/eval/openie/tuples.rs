//! Claims and attributions as tuples of words.

use std::collections::BTreeMap;

use super::Tuple;
use crate::extract::{
    Argument, ArgumentKind, Attribution, Claim, Extraction, Extractor, Qualifier,
};
use crate::text::{Document, Span, TokenId};

/// One n-ary tuple a claim, with its qualifiers as further arguments, as CaRB
/// has them; and one an attribution: source, cue, content.
pub fn tuples(extractor: &Extractor, document: &Document, extraction: &Extraction) -> Vec<Tuple> {
    let mut all: Vec<Tuple> = Vec::new();
    for claim in &extraction.claims {
        if !is_part(extraction, claim) {
            let mut tuple = triple(extractor, document, claim);
            tuple
                .arguments
                .extend(claim.qualifiers.iter().map(|q| phrase(document, q, q.argument.phrase)));
            all.push(tuple);
        }
    }
    all.extend(extraction.attributions.iter().filter_map(|a| attributed(document, a)));
    unique(all)
}

/// Triples only: a claim's object, then each of its qualifiers with the object
/// in the relation, as BenchIE has them.
pub fn binary_tuples(
    extractor: &Extractor,
    document: &Document,
    extraction: &Extraction,
) -> Vec<Tuple> {
    let mut all: Vec<Tuple> = Vec::new();
    for claim in &extraction.claims {
        let tuple = triple(extractor, document, claim);
        for qualifier in &claim.qualifiers {
            all.extend(qualified(document, claim, &tuple, qualifier));
        }
        if tuple.arguments.len() == 2 {
            all.push(tuple);
        }
    }
    all.extend(extraction.attributions.iter().filter_map(|a| attributed(document, a)));
    unique(all)
}

/// A claim that another of the same verb covers: its object is one of the other's
/// qualifiers, or it has no object and the other has.
fn is_part(extraction: &Extraction, claim: &Claim) -> bool {
    let same = |other: &&Claim| {
        other.relation.head == claim.relation.head
            && other.subject.head == claim.subject.head
            && other.rule != claim.rule
    };
    let covers = |other: &Claim| claim.object.is_none() && other.object.is_some();
    extraction.claims.iter().filter(same).any(covers)
}

fn triple(extractor: &Extractor, document: &Document, claim: &Claim) -> Tuple {
    let confidence = extractor.rules().named(&claim.rule).map_or(0.5, |r| r.weight);
    let subject = words(document, claim.subject.phrase);
    let object = claim.object.iter().map(|o| words(document, o.phrase));
    let arguments = std::iter::once(subject).chain(object).collect();
    Tuple { relation: relation(document, claim), arguments, confidence }
}

/// The words of the relation; the lemmas where the text has none for it.
fn relation(document: &Document, claim: &Claim) -> String {
    let lemmas = || claim.relation.lemmas.join(" ");
    match claim.relation.lemmas.first().map(|l| l.as_str()) {
        Some("be") if !has_verb(document, claim.relation.span) => lemmas().replacen("be", "is", 1),
        Some("have") if !has_verb(document, claim.relation.span) => {
            lemmas().replacen("have", "has", 1)
        }
        _ => words(document, claim.relation.span),
    }
}

fn has_verb(document: &Document, span: Span) -> bool {
    use crate::text::Upos;
    let verb = |t: TokenId| matches!(document.tag(t).upos, Upos::Verb | Upos::Aux);
    document.tokens_in(span).any(verb)
}

fn phrase(document: &Document, qualifier: &Qualifier, span: Span) -> String {
    let text = words(document, span);
    if joins(qualifier) { format!("{} {text}", qualifier.preposition) } else { text }
}

/// Whether a qualifier's joint is a word of the text.
fn joins(qualifier: &Qualifier) -> bool {
    let name = qualifier.preposition.as_str();
    !matches!(name, "manner" | "recipient" | "purpose" | "time" | "complement")
}

/// "sold | the mill" and "to Baker" make "sold the mill to | Baker".
fn qualified(
    document: &Document,
    claim: &Claim,
    tuple: &Tuple,
    qualifier: &Qualifier,
) -> Option<Tuple> {
    if !joins(qualifier) || qualifier.argument.kind == ArgumentKind::Clause {
        return None;
    }
    let object = claim.object.as_ref().filter(|o: &&Argument| o.kind != ArgumentKind::Clause);
    let middle = object.map_or(String::new(), |o| format!(" {}", words(document, o.phrase)));
    let relation = format!("{}{middle} {}", tuple.relation, qualifier.preposition);
    let arguments =
        vec![tuple.arguments.first()?.clone(), words(document, qualifier.argument.phrase)];
    Some(Tuple { relation, arguments, confidence: tuple.confidence * 0.9 })
}

fn attributed(document: &Document, attribution: &Attribution) -> Option<Tuple> {
    let (source, cue) = (attribution.source.as_ref()?, attribution.cue?);
    let content = attribution.content.iter().map(|&c| words(document, c));
    let arguments = vec![words(document, source.span), content.collect::<Vec<_>>().join(" ")];
    Some(Tuple { relation: words(document, cue), arguments, confidence: 0.6 })
}

/// The words under a span, with single spaces between.
fn words(document: &Document, span: Span) -> String {
    document.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each once, with its best confidence; in order of their words.
fn unique(all: Vec<Tuple>) -> Vec<Tuple> {
    let mut best: BTreeMap<(String, Vec<String>), f32> = BTreeMap::new();
    for tuple in all {
        let known = best.entry((tuple.relation, tuple.arguments)).or_insert(0.0);
        *known = known.max(tuple.confidence);
    }
    let tuple = |((relation, arguments), confidence)| Tuple { relation, arguments, confidence };
    best.into_iter().map(tuple).collect()
}
