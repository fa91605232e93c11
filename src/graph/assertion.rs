//! Which claims the graph states as asserted triples, on its own word.

use crate::extract::{Attitude, AttributionId, Claim, Extraction, Modality, Polarity};

/// Whose claims become asserted triples. Only positive, actual claims that pass
/// the assertion filter ever do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Assertion {
    /// Nobody's.
    None,
    /// The article's own.
    #[default]
    Own,
    /// Those of sources with a name, too.
    Named,
}

/// Whether a claim becomes an asserted triple.
pub fn is_asserted(claim: &Claim, extraction: &Extraction, assertion: Assertion) -> bool {
    let fact = claim.polarity == Polarity::Positive && claim.modality == Modality::Actual;
    if !fact || !claim.passes_filter {
        return false;
    }
    match (assertion, claim.attribution) {
        (Assertion::None, _) | (Assertion::Own, Some(_)) => false,
        (_, None) => true,
        (Assertion::Named, Some(attribution)) => is_vouched_for(attribution, extraction),
    }
}

/// Whether everybody from this source outwards has a name and says so.
fn is_vouched_for(attribution: AttributionId, extraction: &Extraction) -> bool {
    chain(attribution, extraction).all(|attribution| {
        attribution.polarity == Polarity::Positive
            && matches!(attribution.attitude, Attitude::States | Attitude::Shows)
            && attribution.source.as_ref().is_some_and(|source| !source.unnamed)
    })
}

/// An attribution and those it stands in, from the inside out.
pub(super) fn chain(
    attribution: AttributionId,
    extraction: &Extraction,
) -> impl Iterator<Item = &crate::extract::Attribution> {
    let get = |id: AttributionId| extraction.attributions.get(id.index());
    std::iter::successors(get(attribution), move |a| a.within.and_then(get))
        .take(extraction.attributions.len())
}
