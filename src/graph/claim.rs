//! Claims as quads: the triple each is about, how it is put, and its evidence.
//!
//! In: the statements of an article. All that they mean is settled; here they get
//! IRIs and literals.

use std::collections::HashSet;

use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};

use super::vocabulary::{prov, rdf, rdfs, rp};
use super::writer::ArticleWriter;
use super::{iri, proposition, when};
use crate::extract::{Modality, Polarity};
use crate::resolve::statement::{Expressed, Qualifier, Statement};
use crate::resolve::{RelationName, Remark, RemarkValue};

/// Writes every claim of the article.
pub(super) fn write(writer: &mut ArticleWriter<'_>) {
    let mut own = Vec::new();
    for statement in &writer.resolution.statements {
        let node = iri::claim(&writer.article, statement.claim);
        let triple = triple(writer, statement);
        let shared = statement.expresses.as_ref().map(|e| expressed_triple(writer, e));
        let shared = shared.filter(|shared| *shared != triple);
        describe(writer, statement, &node, &triple);
        if let Some(proposition) = proposition(&writer.article, &triple, shared.as_ref()) {
            express(writer, &node, proposition);
        } else {
            let vote = (statement.modality == Modality::Actual).then_some(statement.polarity);
            own.push(Own { claim: node.clone(), triple: triple.clone(), vote });
        }
        evidence(writer, statement, &node);
        for qualifier in &statement.qualifiers {
            qualify(writer, &node, qualifier);
        }
        sources(writer, statement, &node);
        if statement.assertion.is_asserted() {
            writer.add(node.clone(), rp::ASSERTED, Literal::from(true));
            for triple in [Some(triple), shared].into_iter().flatten() {
                writer.add(triple.subject, triple.predicate.as_ref(), triple.object);
            }
        }
    }
    express_disputed(writer, &own);
}

/// The triple that a claim is about. RDF has no triples without an object:
/// that of a claim without one is `true` ("the troops left": `troops
/// rel:leaves true`).
fn triple(writer: &mut ArticleWriter<'_>, statement: &Statement) -> Triple {
    let predicate = describe_relation(writer, &statement.relation.name);
    let subject = writer.node(statement.subject.value);
    let object = match &statement.object {
        Some(object) => writer.term(&object.value),
        None => Literal::from(true).into(),
    };
    Triple::new(subject, predicate, object)
}

/// What a claim says in the terms of a declared relation.
fn expressed_triple(writer: &mut ArticleWriter<'_>, expressed: &Expressed) -> Triple {
    let subject = writer.node(expressed.subject);
    let object = writer.node(expressed.object);
    let predicate = describe_relation(writer, &expressed.relation);
    Triple::new(subject, predicate, object)
}

/// The property of a relation. Its label, and what its declaration says where it
/// has one, stand in the graph of propositions.
fn describe_relation(writer: &mut ArticleWriter<'_>, name: &RelationName) -> NamedNode {
    let relation = iri::relation(&name.name);
    if writer.is_new(&relation) {
        let label = Literal::new_simple_literal(&name.label);
        writer.share(&relation, rdfs::LABEL.into_owned(), label.into());
        let declared = writer.relations.get(&name.name);
        for remark in declared.into_iter().flat_map(|declared| &declared.about) {
            let property = NamedNode::new_unchecked(&remark.property);
            writer.share(&relation, property, remark_term(remark));
        }
    }
    relation
}

fn remark_term(remark: &Remark) -> Term {
    match &remark.value {
        RemarkValue::Iri(iri) => NamedNode::new_unchecked(iri).into(),
        RemarkValue::Text { words, language: None } => Literal::new_simple_literal(words).into(),
        RemarkValue::Text { words, language: Some(language) } => {
            Literal::new_language_tagged_literal_unchecked(words, language).into()
        }
    }
}

fn describe(
    writer: &mut ArticleWriter<'_>,
    statement: &Statement,
    node: &NamedNode,
    triple: &Triple,
) {
    let article = writer.article.clone();
    writer.add(node.clone(), rdf::TYPE, rp::CLAIM);
    writer.add(node.clone(), prov::WAS_DERIVED_FROM, article);
    writer.add(node.clone(), rdf::SUBJECT, triple.subject.clone());
    writer.add(node.clone(), rdf::PREDICATE, triple.predicate.clone());
    writer.add(node.clone(), rdf::OBJECT, triple.object.clone());
    writer.add(node.clone(), rp::POLARITY, polarity(statement.polarity));
    writer.add(node.clone(), rp::MODALITY, modality(statement.modality));
    writer.add_text(node.clone(), rp::RULE, statement.rule.as_str());
}

/// What a claim has in common with those of other articles: what it says in the terms of
/// a declared relation, or its own triple where another article can have the same.
fn proposition<'t>(
    article: &NamedNode,
    own: &'t Triple,
    declared: Option<&'t Triple>,
) -> Option<&'t Triple> {
    declared.or_else(|| Some(own).filter(|own| proposition::can_be_shared(article, own)))
}

/// A claim that no other article can share.
struct Own {
    claim: NamedNode,
    triple: Triple,
    /// Whether it is said to be so or not to be so; none of what may be.
    vote: Option<Polarity>,
}

/// What only this article can claim has a proposition where it claims it both to be so and
/// not to be so.
fn express_disputed(writer: &mut ArticleWriter<'_>, own: &[Own]) {
    let said = |polarity| -> HashSet<&Triple> {
        own.iter().filter(|own| own.vote == Some(polarity)).map(|own| &own.triple).collect()
    };
    let (affirmed, denied) = (said(Polarity::Positive), said(Polarity::Negative));
    for Own { claim, triple, .. } in own {
        if affirmed.contains(triple) && denied.contains(triple) {
            express(writer, claim, triple);
        }
    }
}

/// The proposition has the same subject, relation and object wherever it is
/// claimed; what is said of it (that it is so, or not) stays with the claim.
fn express(writer: &mut ArticleWriter<'_>, node: &NamedNode, triple: &Triple) {
    let proposition = writer.iris.proposition(&proposition::hash(triple));
    writer.add(node.clone(), rp::EXPRESSES, proposition.clone());
    if !writer.is_new(&proposition) {
        return;
    }
    let parts = [
        (rdf::TYPE, rp::PROPOSITION.into()),
        (rp::SUBJECT, triple.subject.clone().into()),
        (rp::RELATION, triple.predicate.clone().into()),
        (rp::OBJECT, proposition::normal(&triple.object)),
    ];
    for (property, value) in parts {
        writer.share(&proposition, property.into_owned(), value);
    }
}

fn evidence(writer: &mut ArticleWriter<'_>, statement: &Statement, node: &NamedNode) {
    let spans = [
        (rp::EVIDENCE, Some(statement.clause)),
        (rp::SUBJECT_EVIDENCE, Some(statement.subject.span)),
        (rp::RELATION_EVIDENCE, Some(statement.relation.span)),
        (rp::OBJECT_EVIDENCE, statement.object.as_ref().map(|o| o.span)),
        (rp::WHEN_EVIDENCE, statement.when.as_ref().map(|w| w.span)),
    ];
    for (property, span) in spans {
        if let Some(span) = span {
            let passage = writer.passage(span);
            writer.add(node.clone(), property, passage);
        }
    }
    if let Some(value) = statement.when.as_ref().and_then(|when| when.value.as_ref()) {
        writer.add(node.clone(), rp::WHEN, when::literal(value));
    }
}

fn qualify(writer: &mut ArticleWriter<'_>, node: &NamedNode, qualifier: &Qualifier) {
    let property = iri::relation(&qualifier.name);
    let value = writer.term(&qualifier.term.value);
    writer.add(node.clone(), property.as_ref(), value);
}

/// Whose word a claim is, who stated and who reports it, and which medium it comes
/// from.
fn sources(writer: &mut ArticleWriter<'_>, statement: &Statement, node: &NamedNode) {
    if let Some(&id) = statement.attributions.first() {
        let attribution = iri::attribution(&writer.article, id);
        writer.add(attribution, rp::CLAIM_OF, node.clone());
    }
    let stated = statement.stated_by.map(|source| (source, rp::STATED));
    let reports = statement.reported_by.iter().map(|&medium| (medium, rp::REPORTS));
    for (source, property) in stated.into_iter().chain(reports) {
        let source = writer.entity(source);
        writer.add(source, property, node.clone());
    }
    if let Some(origin) = statement.origin {
        let origin = writer.entity(origin);
        writer.add(node.clone(), rp::ORIGIN, origin);
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
