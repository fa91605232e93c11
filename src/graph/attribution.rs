//! Attributions as quads.

use oxrdf::{NamedNode, NamedNodeRef};

use super::claim::polarity;
use super::iri;
use super::vocabulary::{prov, rdf, rp};
use super::writer::ArticleWriter;
use crate::extract::{Attitude, Attribution, AttributionId, AttributionKind};

/// Writes every attribution of the article that has a content; of one without,
/// somebody spoke, but nothing says what.
pub(super) fn write(writer: &mut ArticleWriter<'_>) {
    let extraction = writer.extraction;
    for (i, attribution) in extraction.attributions.iter().enumerate() {
        if !attribution.content.is_empty() {
            let node = iri::attribution(&writer.article, AttributionId::from_index(i));
            describe(writer, attribution, &node);
        }
    }
}

fn describe(writer: &mut ArticleWriter<'_>, attribution: &Attribution, node: &NamedNode) {
    let article = writer.article.clone();
    writer.add(node.clone(), rdf::TYPE, rp::ATTRIBUTION);
    writer.add(node.clone(), prov::WAS_DERIVED_FROM, article);
    writer.add(node.clone(), rp::KIND, kind(attribution.kind));
    writer.add(node.clone(), rp::ATTITUDE, attitude(attribution.attitude));
    writer.add(node.clone(), rp::POLARITY, polarity(attribution.polarity));
    writer.add_text(node.clone(), rp::CUE_LEMMA, attribution.cue_lemma.as_str());
    writer.add_text(node.clone(), rp::RULE, attribution.rule.as_str());
    if let Some(source) = writer.resolution.source_of(attribution) {
        let source = writer.entity(source);
        writer.add(node.clone(), rp::SOURCE, source);
    }
    if let Some(cue) = attribution.cue {
        let passage = writer.passage(cue);
        writer.add(node.clone(), rp::CUE, passage);
    }
    for &content in &attribution.content {
        let passage = writer.passage(content);
        writer.add(node.clone(), rp::CONTENT, passage);
    }
    if let Some(outer) = attribution.within {
        let outer = iri::attribution(&writer.article, outer);
        writer.add(node.clone(), rp::WITHIN, outer);
    }
}

fn attitude(attitude: Attitude) -> NamedNodeRef<'static> {
    match attitude {
        Attitude::States => rp::STATES,
        Attitude::Denies => rp::DENIES,
        Attitude::Doubts => rp::DOUBTS,
        Attitude::Asks => rp::ASKS,
        Attitude::Promises => rp::PROMISES,
        Attitude::Threatens => rp::THREATENS,
        Attitude::Orders => rp::ORDERS,
        Attitude::Believes => rp::BELIEVES,
        Attitude::Shows => rp::SHOWS,
    }
}

fn kind(kind: AttributionKind) -> NamedNodeRef<'static> {
    match kind {
        AttributionKind::Direct => rp::DIRECT,
        AttributionKind::Indirect => rp::INDIRECT,
        AttributionKind::Mixed => rp::MIXED,
        AttributionKind::Noun => rp::NOUN,
        AttributionKind::Headline => rp::HEADLINE,
    }
}
