//! Who stands behind a claim: whose word it is, which media pass it on, and from
//! which of them it comes.

use crate::extract::{Attribution, AttributionId, Claim, Extraction, Polarity};
use crate::resolve::{EntityIndex, Resolution};

/// Who stands behind a claim.
pub(super) struct Sources {
    /// The innermost first.
    pub(super) attributions: Vec<AttributionId>,
    pub(super) stated_by: Option<EntityIndex>,
    pub(super) reported_by: Vec<EntityIndex>,
    pub(super) origin: Option<EntityIndex>,
}

impl Sources {
    pub(super) fn of(claim: &Claim, extraction: &Extraction, resolution: &Resolution) -> Self {
        let attributions: Vec<AttributionId> =
            claim.attribution.into_iter().flat_map(|id| extraction.chain_ids(id)).collect();
        let speakers: Vec<Option<EntityIndex>> = attributions
            .iter()
            .filter_map(|id| extraction.attribution(*id))
            .map(|attribution| speaker(attribution, resolution))
            .collect();
        let media: Vec<EntityIndex> =
            speakers.iter().flatten().copied().filter(|s| is_news_medium(*s, resolution)).collect();
        Self {
            attributions,
            stated_by: speakers.first().copied().flatten(),
            origin: media.first().copied().or(resolution.credit).or(resolution.publisher),
            reported_by: reporters(&media, resolution),
        }
    }
}

/// The source of an attribution, unless it is said *not* to have said it.
fn speaker(attribution: &Attribution, resolution: &Resolution) -> Option<EntityIndex> {
    resolution.source_of(attribution).filter(|_| attribution.polarity == Polarity::Positive)
}

/// The article's publisher, the agency it credits, and the media among its
/// sources, each once.
fn reporters(media: &[EntityIndex], resolution: &Resolution) -> Vec<EntityIndex> {
    let mut reporters = Vec::new();
    for &medium in resolution.publisher.iter().chain(&resolution.credit).chain(media) {
        if !reporters.contains(&medium) {
            reporters.push(medium);
        }
    }
    reporters
}

fn is_news_medium(entity: EntityIndex, resolution: &Resolution) -> bool {
    resolution.entity(entity).is_some_and(|entity| entity.news_medium)
}
