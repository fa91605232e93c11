//! Claims and attributions as tuples of words.

use std::collections::BTreeMap;

use super::Tuple;
use crate::extract::{
    Argument, ArgumentKind, Attribution, Claim, Extraction, Extractor, Qualifier,
};
use crate::text::{Deprel, Document, Span, TokenId};

/// One n-ary tuple a claim, with its qualifiers as further arguments, as CaRB
/// has them; and one an attribution: source, cue, content.
pub fn tuples(extractor: &Extractor, document: &Document, extraction: &Extraction) -> Vec<Tuple> {
    let mut all: Vec<Tuple> = Vec::new();
    for claim in &unfolded(document, extraction) {
        if !is_part(extraction, claim) && !continued(extraction, claim) {
            let mut tuple = triple(extractor, document, claim);
            let object = claim.object.as_ref();
            let said = |q: &&Qualifier| object.is_some_and(|o| o.phrase.contains(q.argument.span));
            let others = claim.qualifiers.iter().filter(|q| !said(q));
            tuple.arguments.extend(others.map(|q| phrase(document, q, q.argument.phrase)));
            all.push(tuple);
        }
    }
    all.extend(extraction.attributions.iter().filter_map(|a| attributed(document, extraction, a)));
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
    for claim in &unfolded(document, extraction) {
        if continued(extraction, claim) {
            continue;
        }
        if !has_verb(document, claim.relation.span) {
            continue;
        }
        let mut tuple = triple(extractor, document, claim);
        if !by_agent(document, claim) {
            all.extend(cores(document, claim, &mut tuple));
        }
        for qualifier in &claim.qualifiers {
            all.extend(qualified(document, claim, &tuple, qualifier));
        }
        if tuple.arguments.len() == 2 {
            all.push(tuple);
        }
    }
    all.extend(extraction.attributions.iter().filter_map(|a| attributed(document, extraction, a)));
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

/// The claims with bare objects, and what completes their verb beside them again.
fn unfolded(document: &Document, extraction: &Extraction) -> Vec<Claim> {
    let unfold = |claim: &Claim| bare(document, claim).unwrap_or_else(|| claim.clone());
    extraction.claims.iter().map(unfold).collect()
}

/// A claim whose object holds what completes the verb, with that as a qualifier.
fn bare(document: &Document, claim: &Claim) -> Option<Claim> {
    let tree = &document.tree;
    let object = claim.object.as_ref().filter(|o| o.kind == ArgumentKind::Clause)?;
    let head = Some(object.head).filter(|&head| tree.is(head, Deprel::Obj))?;
    let within = |t: &TokenId| *t > head && object.span.contains(document.span(*t));
    let complement = tree.children(claim.relation.head).iter().copied().find(within)?;
    let first = tree.subtree(complement).first().copied()?;
    let start = document.tokens_in(object.span).start;
    if first <= head || first <= start {
        return None;
    }
    let span = document.span_of(start.until(first));
    let case = tree.child(complement, Deprel::Case);
    let rest = Span::new(document.span(case.map_or(first, |case| case + 1)).start, object.span.end);
    let argument = Argument { core: rest, span: rest, phrase: rest, head: complement, ..*object };
    let mut claim = claim.clone();
    if let Some(case) = case {
        let argument = Argument { kind: ArgumentKind::Entity, ..argument };
        let preposition = document.form(case).to_lowercase().into();
        claim.qualifiers.push(Qualifier { preposition, argument });
    }
    claim.object =
        Some(Argument { core: span, span, phrase: span, head, kind: ArgumentKind::Entity });
    Some(claim)
}

/// A claim of what its verb begins, wants or tries, where another claim says
/// what that is with the same subject.
fn continued(extraction: &Extraction, claim: &Claim) -> bool {
    let clause = claim.object.as_ref().filter(|o| o.kind == ArgumentKind::Clause);
    clause.is_some_and(|clause| {
        extraction.claims.iter().any(|other| {
            other.relation.head == clause.head && other.subject.head == claim.subject.head
        })
    })
}

/// The object without what hangs behind it, and each such phrase as an object
/// with the rest in the relation: "is mayor of | the town".
fn cores(document: &Document, claim: &Claim, tuple: &mut Tuple) -> Vec<Tuple> {
    let Some(object) = claim.object.as_ref().filter(|o| o.kind == ArgumentKind::Entity) else {
        return Vec::new();
    };
    let tree = &document.tree;
    let behind = |c: &TokenId| {
        *c > object.head && matches!(tree.deprel(*c), Deprel::Nmod | Deprel::Acl | Deprel::AclRelcl)
    };
    let children: Vec<TokenId> =
        tree.children(object.head).iter().copied().filter(behind).collect();
    let Some(&first) = children.first() else { return Vec::new() };
    let cut = tree.subtree(first).first().copied().unwrap_or(first);
    let start = document.tokens_in(object.phrase).start;
    if cut <= object.head || start > object.head {
        return Vec::new();
    }
    let core = words(document, document.span_of(start.until(cut)));
    let core = core.trim_end_matches([',', ' ']).to_owned();
    let nominal = children.iter().filter(|&&c| tree.deprel(c) == Deprel::Nmod);
    let parts = nominal.filter_map(|&c| {
        let case = tree.child(c, Deprel::Case)?;
        let last = tree.subtree(c).last().copied()?;
        let relation = format!("{} {core} {}", tuple.relation, document.form(case));
        let object = words(document, document.span_of((case + 1).through(last)));
        let arguments = vec![tuple.arguments.first()?.clone(), object];
        Some(Tuple { relation, arguments, confidence: tuple.confidence * 0.9 })
    });
    let parts = parts.collect();
    if let Some(last) = tuple.arguments.get_mut(1) {
        *last = core;
    }
    parts
}

fn triple(extractor: &Extractor, document: &Document, claim: &Claim) -> Tuple {
    let confidence = extractor.rules().named(&claim.rule).map_or(0.5, |r| r.weight);
    let subject = words(document, with_no(document, &claim.subject));
    let object = claim.object.as_ref().map(|o| words(document, with_no(document, o)));
    let relation = format!("{}{}", matrix(document, claim), relation(document, claim));
    let arguments = match object {
        Some(patient) if by_agent(document, claim) => {
            let relation = format!("{relation} by");
            return Tuple { relation, arguments: vec![patient, subject], confidence };
        }
        object => std::iter::once(subject).chain(object).collect(),
    };
    Tuple { relation, arguments, confidence }
}

/// An argument's phrase with the *no* before it, which a claim leaves to its polarity.
fn with_no(document: &Document, argument: &Argument) -> Span {
    let first = document.tokens_in(argument.phrase).start;
    let no = |t: &TokenId| {
        document.lemma(*t) == "no"
            && document.tree.is(*t, Deprel::Det)
            && document.tree.head(*t) == Some(argument.head)
    };
    let before = first.checked_sub(1).filter(no);
    before.map_or(argument.phrase, |no| document.span(no).cover(argument.phrase))
}

/// Whether the text has the passive: "was hit by".
fn by_agent(document: &Document, claim: &Claim) -> bool {
    let tree = &document.tree;
    let agent = tree.head(claim.subject.head) == Some(claim.relation.head);
    agent && tree.deprel(claim.subject.head) == Deprel::OblAgent
}

/// The words of the verbs that a verb depends on as its infinitive: "agreed" of
/// "agreed to pay".
fn matrix(document: &Document, claim: &Claim) -> String {
    let tree = &document.tree;
    let head = claim.relation.head;
    let Some(verb) = tree.head(head).filter(|&v| tree.is(head, Deprel::Xcomp) && v < head) else {
        return String::new();
    };
    let start = document.tokens_in(claim.relation.span).start;
    let helper = |t: &&TokenId| tree.is(**t, Deprel::Aux) || tree.is(**t, Deprel::Cop);
    let subject = tree.child(verb, Deprel::Nsubj).unwrap_or_default();
    let first = tree.children(verb).iter().find(|t| helper(t) && **t > subject);
    let first = first.copied().filter(|&f| f < verb).unwrap_or(verb);
    let object = tree.has(verb, Deprel::Obj);
    if object || start <= verb || start - verb > 4 {
        return String::new();
    }
    format!("{} ", words(document, document.span_of(first.until(start))))
}

/// The words of the relation; the lemmas where the text has none for it.
fn relation(document: &Document, claim: &Claim) -> String {
    let lemmas = || claim.relation.lemmas.join(" ");
    match claim.relation.lemmas.first().map(compact_str::CompactString::as_str) {
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
    document.tokens_in(span).iter().any(verb)
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
    let time = qualifier.preposition == "time";
    if !(joins(qualifier) || time) || qualifier.argument.kind == ArgumentKind::Clause {
        return None;
    }
    let object = claim.object.as_ref().filter(|o: &&Argument| o.kind != ArgumentKind::Clause);
    let joint = if time { String::new() } else { format!(" {}", qualifier.preposition) };
    let relation = if claim.joint(document).is_empty() {
        let middle = object.map_or(String::new(), |o| format!(" {}", words(document, o.phrase)));
        format!("{}{middle}{joint}", tuple.relation)
    } else {
        format!("{}{joint}", without_joint(document, claim, &tuple.relation))
    };
    let arguments =
        vec![tuple.arguments.first()?.clone(), words(document, qualifier.argument.phrase)];
    Some(Tuple { relation, arguments, confidence: tuple.confidence * 0.9 })
}

/// The words of a relation up to its verb: "returned" of "returned to".
fn without_joint<'t>(document: &Document, claim: &Claim, relation: &'t str) -> &'t str {
    let own = document.span(claim.relation.head);
    let behind = Span { start: own.end.min(claim.relation.span.end), ..claim.relation.span };
    relation.strip_suffix(words(document, behind).as_str()).map_or(relation, str::trim_end)
}

fn attributed(
    document: &Document,
    extraction: &Extraction,
    attribution: &Attribution,
) -> Option<Tuple> {
    let (source, cue) = (attribution.source.as_ref()?, attribution.cue?);
    let word = |c: &Claim| document.span(c.relation.head);
    if extraction.claims.iter().any(|c| cue.contains(word(c))) {
        return None;
    }
    let content = attribution.content.iter().map(|&c| words(document, c));
    if content.clone().next().is_some_and(|c| c.starts_with("to ")) {
        return None;
    }
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
