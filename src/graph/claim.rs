//! Claims as quads: the triple each is about, how it is put, and its evidence.

use oxrdf::{Literal, NamedNode, NamedNodeRef, Quad, Term, Triple};

use super::article::{ArticleWriter, one_line};
use super::assertion::is_asserted;
use super::vocabulary::{prov, rdf, rdfs, rp, skos, xsd};
use super::{iri, proposition, relation, when};
use crate::analyse::calendar_time;
use crate::extract::{Argument, ArgumentKind, Claim, Modality, Polarity, Qualifier, When};
use crate::text::{Document, TimeValue};

/// Writes every claim of the article.
pub(super) fn write(writer: &mut ArticleWriter<'_>) {
    let extraction = writer.extraction;
    for (i, claim) in extraction.claims.iter().enumerate() {
        let node = iri::claim(&writer.article, i + 1);
        let triple = triple(writer, claim);
        let shared = shared(writer, claim).filter(|shared| *shared != triple);
        describe(writer, claim, &node, &triple);
        express(writer, &node, shared.as_ref().unwrap_or(&triple));
        evidence(writer, claim, &node);
        for qualifier in &claim.qualifiers {
            qualify(writer, &node, qualifier);
        }
        for medium in [writer.publisher(), writer.credit()].into_iter().flatten() {
            writer.add(medium, rp::REPORTS, node.clone());
        }
        if is_asserted(claim, extraction, writer.assertion) {
            for triple in [Some(triple), shared].into_iter().flatten() {
                writer.add(triple.subject, triple.predicate.as_ref(), triple.object);
            }
        }
    }
}

/// The triple that a claim is about. RDF has no triples without an object:
/// that of a claim without one is `true` ("the troops left": `troops
/// rel:leaves true`).
fn triple(writer: &mut ArticleWriter<'_>, claim: &Claim) -> Triple {
    let label = relation::label_of(writer.document, &claim.relation);
    let predicate = iri::relation(&label);
    describe_relation(writer, &predicate, label);
    let subject = subject(writer, &claim.subject);
    let object = match &claim.object {
        Some(object) => match value(writer, object) {
            // "The minister Brook": what she is, not that she is herself.
            Term::NamedNode(same) if same == subject && claim.relation.lemmas == ["be"] => {
                text(writer.document.slice(object.phrase)).into()
            }
            value => value,
        },
        None => Literal::from(true).into(),
    };
    Triple::new(subject, predicate, object)
}

/// What a claim says in the terms of a declared relation, where that differs
/// from its own words; what holds both ways is said in one order.
fn shared(writer: &mut ArticleWriter<'_>, claim: &Claim) -> Option<Triple> {
    let relations = writer.relations;
    let expressed = relations.expressed(writer.document, writer.resolution, claim)?;
    let (mut left, mut right) =
        (subject(writer, expressed.subject), subject(writer, expressed.object));
    if expressed.relation.symmetric && right < left {
        std::mem::swap(&mut left, &mut right);
    }
    let predicate = expressed.relation.iri.clone();
    describe_relation(writer, &predicate, String::new());
    Some(Triple::new(left, predicate, right))
}

/// A relation's label, and what its declaration says where it has one.
fn describe_relation(writer: &mut ArticleWriter<'_>, relation: &NamedNode, label: String) {
    if !writer.is_new(relation) {
        return;
    }
    let declared = writer.relations.get(relation);
    let label = declared.map_or(label, |d| d.label.clone());
    let mut about = vec![(rdfs::LABEL.into_owned(), Literal::new_simple_literal(label).into())];
    about.extend(declared.into_iter().flat_map(|d| d.about.iter().cloned()));
    let graph = writer.iris.proposition_graph();
    let quads = about.into_iter().map(|(p, o)| Quad::new(relation.clone(), p, o, graph.clone()));
    writer.shared.extend(quads);
}

fn describe(writer: &mut ArticleWriter<'_>, claim: &Claim, node: &NamedNode, triple: &Triple) {
    let article = writer.article.clone();
    writer.add(node.clone(), rdf::TYPE, rp::CLAIM);
    writer.add(node.clone(), prov::WAS_DERIVED_FROM, article);
    writer.add(node.clone(), rdf::REIFIES, Term::Triple(Box::new(triple.clone())));
    writer.add(node.clone(), rdf::SUBJECT, triple.subject.clone());
    writer.add(node.clone(), rdf::PREDICATE, triple.predicate.clone());
    writer.add(node.clone(), rdf::OBJECT, triple.object.clone());
    writer.add(node.clone(), rp::POLARITY, polarity(claim.polarity));
    writer.add(node.clone(), rp::MODALITY, modality(claim.modality));
    writer.add_text(node.clone(), rp::RULE, claim.rule.as_str());
}

/// The proposition has the same subject, relation and object wherever it is
/// claimed; what is said of it (that it is so, or not) stays with the claim.
fn express(writer: &mut ArticleWriter<'_>, node: &NamedNode, triple: &Triple) {
    let proposition = writer.iris.proposition(&proposition::hash(triple));
    writer.add(node.clone(), rp::EXPRESSES, proposition.clone());
    if !writer.is_new(&proposition) {
        return;
    }
    let graph = writer.iris.proposition_graph();
    let object = proposition::normal(&triple.object);
    let mut say = |predicate: NamedNodeRef<'_>, object: Term| {
        let (subject, predicate) = (proposition.clone(), predicate.into_owned());
        writer.shared.push(Quad::new(subject, predicate, object, graph.clone()));
    };
    say(rdf::TYPE, rp::PROPOSITION.into());
    say(rp::SUBJECT, triple.subject.clone().into());
    say(rp::RELATION, triple.predicate.clone().into());
    say(rp::OBJECT, object);
}

fn evidence(writer: &mut ArticleWriter<'_>, claim: &Claim, node: &NamedNode) {
    let spans = [
        (rp::EVIDENCE, Some(claim.clause)),
        (rp::SUBJECT_EVIDENCE, Some(claim.subject.span)),
        (rp::RELATION_EVIDENCE, Some(claim.relation.span)),
        (rp::OBJECT_EVIDENCE, claim.object.as_ref().map(|o| o.span)),
        (rp::WHEN_EVIDENCE, claim.when.as_ref().map(|w| w.span)),
    ];
    for (property, span) in spans {
        if let Some(span) = span {
            let passage = writer.passage(span);
            writer.add(node.clone(), property, passage);
        }
    }
    if let Some(value) = claim.when.as_ref().and_then(|when| calendar(writer.document, when)) {
        writer.add(node.clone(), rp::WHEN, when::literal(&value));
    }
}

/// The time of a claim: a day, a month, a year, a moment, or an interval for all
/// that XML Schema has no type for; its TIMEX3 value where that is not known.
fn calendar(document: &Document, when: &When) -> Option<TimeValue> {
    let at = document.times.partition_point(|time| time.span.end <= when.span.start);
    let time = document.times.get(at).filter(|time| time.span == when.span);
    let known = time.and_then(|time| calendar_time(document, time));
    known.or_else(|| when.value.clone())
}

fn qualify(writer: &mut ArticleWriter<'_>, node: &NamedNode, qualifier: &Qualifier) {
    let property = iri::qualifier(&qualifier.preposition);
    let value = value(writer, &qualifier.argument);
    writer.add(node.clone(), property.as_ref(), value);
}

/// An argument as an object: its entity, a number, or its words.
fn value(writer: &mut ArticleWriter<'_>, argument: &Argument) -> Term {
    match argument.kind {
        ArgumentKind::Entity => subject(writer, argument).into(),
        ArgumentKind::Clause => text(writer.document.slice(argument.phrase)).into(),
        ArgumentKind::Value => number_or_text(writer.document.slice(argument.phrase)).into(),
    }
}

/// An argument as a subject: its entity, or a node that stands for its words.
fn subject(writer: &mut ArticleWriter<'_>, argument: &Argument) -> NamedNode {
    let entity = match argument.kind {
        ArgumentKind::Entity => writer.resolution.entity_at(argument.head),
        ArgumentKind::Clause | ArgumentKind::Value => None,
    };
    if let Some(node) = entity.and_then(|index| writer.entity(index)) {
        return node;
    }
    let node = writer.phrase(argument.phrase);
    if writer.is_new(&node) {
        let label = one_line(writer.document.slice(argument.phrase));
        writer.add(node.clone(), rdf::TYPE, rp::PHRASE);
        writer.add_text(node.clone(), skos::PREF_LABEL, label);
    }
    node
}

fn text(words: &str) -> Literal {
    Literal::new_simple_literal(one_line(words))
}

/// `54` and `1,200` as integers, `5.5` as a decimal, all else as text.
fn number_or_text(words: &str) -> Literal {
    let digits = words.trim().replace(',', "");
    let is_grouped = words.trim().split(',').skip(1).all(|group| group.len() == 3);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match digits.split_once('.') {
        None if is_grouped && is_number(&digits) => {
            Literal::new_typed_literal(digits, xsd::INTEGER)
        }
        Some((whole, part)) if is_grouped && is_number(whole) && is_number(part) => {
            Literal::new_typed_literal(digits, xsd::DECIMAL)
        }
        _ => text(words),
    }
}

pub(super) fn polarity(polarity: Polarity) -> NamedNodeRef<'static> {
    match polarity {
        Polarity::Positive => rp::POSITIVE,
        Polarity::Negative => rp::NEGATIVE,
    }
}

fn modality(modality: Modality) -> NamedNodeRef<'static> {
    match modality {
        Modality::Actual => rp::ACTUAL,
        Modality::Future => rp::FUTURE,
        Modality::Planned => rp::PLANNED,
        Modality::Possible => rp::POSSIBLE,
        Modality::Wanted => rp::WANTED,
        Modality::Obliged => rp::OBLIGED,
        Modality::Conditional => rp::CONDITIONAL,
        Modality::Asked => rp::ASKED,
        Modality::Hypothetical => rp::HYPOTHETICAL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        let literal = number_or_text(words).to_string().replace(xsd::NAMESPACE, "xsd:");
        assert_eq!(literal, expected);
    }

    #[test]
    fn numbers_become_numbers() {
        check("54", "\"54\"^^<xsd:integer>");
        check("1,200", "\"1200\"^^<xsd:integer>");
        check("5.5", "\"5.5\"^^<xsd:decimal>");
        check("5.", "\"5.\"");
        check("1,2", "\"1,2\"");
        check("54 people", "\"54 people\"");
        check("almost\n ready", "\"almost ready\"");
        check("", "\"\"");
    }
}
