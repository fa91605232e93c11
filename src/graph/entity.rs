//! What an article speaks of: entities, where they are mentioned, and links.

use oxrdf::{Literal, NamedNode, NamedNodeRef};

use super::iri;
use super::vocabulary::{dcterms, foaf, prov, rdf, rp, schema, skos, xsd};
use super::writer::ArticleWriter;
use crate::resolve::{Entity, Link};
use crate::text::{NameKind, one_line};

/// Writes every entity of the article.
pub(super) fn write(writer: &mut ArticleWriter<'_>) {
    let resolution = writer.resolution;
    for entity in &resolution.entities {
        let node = writer.iris.entity(&writer.article, &entity.key);
        describe(writer, entity, &node);
        for mention in &entity.mentions {
            let passage = writer.passage(mention.span);
            writer.add(passage, rp::MENTIONS, node.clone());
        }
        for link in entity.links.iter().filter(|_| entity.key.is_global()) {
            write_link(writer, &node, link);
        }
    }
    publisher(writer);
}

/// A global entity gets the kind and the names that this article has for it,
/// from which the store chooses its type and labels; one of this article gets
/// them here. What is no more than a phrase is of a class of its own, so that those
/// who list or count entities pass it over; its kind is its additional type.
fn describe(writer: &mut ArticleWriter<'_>, entity: &Entity, node: &NamedNode) {
    let (class_of, name, other) = if entity.key.is_global() {
        (schema::ADDITIONAL_TYPE, schema::NAME, schema::ALTERNATE_NAME)
    } else {
        (rdf::TYPE, skos::PREF_LABEL, skos::ALT_LABEL)
    };
    if entity.is_phrase {
        writer.add(node.clone(), rdf::TYPE, rp::PHRASE);
        if entity.kind.is_some() {
            writer.add(node.clone(), schema::ADDITIONAL_TYPE, class(entity));
        }
    } else {
        writer.add(node.clone(), class_of, class(entity));
    }
    let label = one_line(&entity.label);
    for form in entity.names.iter().map(|n| one_line(n)).filter(|n| *n != label) {
        writer.add_text(node.clone(), other, form);
    }
    writer.add_text(node.clone(), name, label);
    for decision in &entity.decisions {
        let decision = writer.iris.decision(decision);
        writer.add(node.clone(), prov::WAS_INFLUENCED_BY, decision);
    }
    if let Some(owner) = entity.affiliation {
        let owner = writer.entity(owner);
        writer.add(node.clone(), schema::AFFILIATION, owner);
    }
}

fn class(entity: &Entity) -> NamedNodeRef<'static> {
    if entity.unnamed_source {
        return rp::UNNAMED_SOURCE;
    }
    match entity.kind {
        Some(NameKind::Person) => schema::PERSON,
        Some(NameKind::Organization) => schema::ORGANIZATION,
        Some(NameKind::Place | NameKind::Facility) => schema::PLACE,
        Some(NameKind::Event) => schema::EVENT,
        Some(NameKind::Group) => foaf::GROUP,
        Some(NameKind::Product) => schema::PRODUCT,
        Some(NameKind::Money) => schema::MONETARY_AMOUNT,
        Some(NameKind::Other) | None => schema::THING,
    }
}

/// What this article gives for a link; the store makes the link of what all
/// articles give.
fn write_link(writer: &mut ArticleWriter<'_>, node: &NamedNode, link: &Link) {
    let Some(target) = iri::link_target(link) else { return };
    let evidence = iri::link_evidence(&writer.article, node, &target);
    let score = Literal::new_typed_literal(format!("{:.2}", link.score), xsd::DECIMAL);
    writer.add(evidence.clone(), rdf::TYPE, rp::LINK_EVIDENCE);
    writer.add(evidence.clone(), rp::ENTITY, node.clone());
    writer.add(evidence.clone(), rp::TARGET, target);
    writer.add(evidence.clone(), rp::SCORE, score);
    if let Some(day) = &link.checked {
        let day = Literal::new_typed_literal(day.as_str(), xsd::DATE);
        writer.add(evidence.clone(), dcterms::DATE, day);
    }
    writer.add_text(evidence, rp::METHOD, link.method.as_str());
}

fn publisher(writer: &mut ArticleWriter<'_>) {
    if let Some(publisher) = writer.resolution.publisher {
        let (article, publisher) = (writer.article.clone(), writer.entity(publisher));
        writer.add(article, schema::PUBLISHER, publisher);
    }
}
