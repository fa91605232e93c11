//! Attributions as quads, and the short ways beside them.

use oxrdf::{NamedNode, NamedNodeRef};

use super::article::ArticleWriter;
use super::assertion::chain;
use super::claim::polarity;
use super::iri;
use super::vocabulary::{rdf, rp};
use crate::extract::{Attitude, Attribution, AttributionKind, Claim, Polarity, Source};

/// Writes every attribution of the article, and who stated and who reports each claim.
pub(super) fn write(writer: &mut ArticleWriter<'_>) {
    let extraction = writer.extraction;
    for (i, attribution) in extraction.attributions.iter().enumerate() {
        if attribution.content.is_empty() {
            // Somebody spoke, but nothing says what.
            continue;
        }
        let node = iri::attribution(&writer.article, i + 1);
        describe(writer, attribution, &node);
    }
    for (i, claim) in extraction.claims.iter().enumerate() {
        let node = iri::claim(&writer.article, i + 1);
        short_ways(writer, claim, &node);
        if let Some(origin) = origin(writer, claim) {
            writer.add(node, rp::ORIGIN, origin);
        }
    }
}

/// The outlet that a claim comes from: of the newspapers that pass it on the
/// one nearest to the source, else the agency whose text the article is, else
/// its publisher.
fn origin(writer: &ArticleWriter<'_>, claim: &Claim) -> Option<NamedNode> {
    let mut passed_on = claim.attribution.into_iter().flat_map(|id| chain(id, writer.extraction));
    let medium = passed_on.find_map(|attribution| {
        let said = attribution.polarity == Polarity::Positive;
        let medium = said && is_news_medium(writer, attribution);
        source(writer, attribution.source.as_ref()).filter(|_| medium)
    });
    medium.or_else(|| writer.credit()).or_else(|| writer.publisher())
}

fn describe(writer: &mut ArticleWriter<'_>, attribution: &Attribution, node: &NamedNode) {
    writer.add(node.clone(), rdf::TYPE, rp::ATTRIBUTION);
    writer.add(node.clone(), rp::KIND, kind(attribution.kind));
    writer.add(node.clone(), rp::ATTITUDE, attitude(attribution.attitude));
    writer.add(node.clone(), rp::POLARITY, polarity(attribution.polarity));
    writer.add_text(node.clone(), rp::CUE_LEMMA, attribution.cue_lemma.as_str());
    writer.add_text(node.clone(), rp::RULE, attribution.rule.as_str());
    if let Some(source) = source(writer, attribution.source.as_ref()) {
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
        let outer = iri::attribution(&writer.article, outer.index() + 1);
        writer.add(node.clone(), rp::WITHIN, outer);
    }
}

/// Beside the attribution of a claim: its source stated it, and each newspaper
/// on the way from the source to the article reports it.
fn short_ways(writer: &mut ArticleWriter<'_>, claim: &Claim, node: &NamedNode) {
    let Some(id) = claim.attribution else { return };
    let extraction = writer.extraction;
    let attribution = iri::attribution(&writer.article, id.index() + 1);
    writer.add(attribution, rp::CLAIM_OF, node.clone());
    for (depth, attribution) in chain(id, extraction).enumerate() {
        let said = attribution.polarity == Polarity::Positive;
        let Some(source) = source(writer, attribution.source.as_ref()).filter(|_| said) else {
            continue;
        };
        if depth == 0 {
            writer.add(source.clone(), rp::STATED, node.clone());
        }
        if is_news_medium(writer, attribution) {
            writer.add(source, rp::REPORTS, node.clone());
        }
    }
}

fn source(writer: &ArticleWriter<'_>, source: Option<&Source>) -> Option<NamedNode> {
    writer.entity(writer.resolution.entity_at(source?.head)?)
}

fn is_news_medium(writer: &ArticleWriter<'_>, attribution: &Attribution) -> bool {
    let entity = attribution.source.as_ref().and_then(|s| writer.resolution.entity_at(s.head));
    entity.and_then(|index| writer.resolution.entity(index)).is_some_and(|e| e.news_medium)
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
