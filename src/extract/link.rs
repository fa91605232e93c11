//! Claims and attributions find each other: a claim is the word of the
//! innermost attribution whose content holds its relation, unless it is
//! [background](super::background) that the writer adds to that content.
//!
//! In: claims with the background that each stands in, and attributions in the
//! order in which [`attributions`](super::attribution::attributions) gives them.
//! Out: the claims with their attribution. Linear but for sorting.

use super::{Attribution, AttributionId, AttributionKind, Claim};
use crate::text::Span;

/// Sets the attribution of each claim.
pub(super) fn link(
    claims: &mut [Claim],
    backgrounds: &[Option<Span>],
    attributions: &[Attribution],
) {
    let contents = contents(attributions);
    let relations: Vec<Span> = claims.iter().map(|c| c.relation.span).collect();
    let around = covering(&contents, &relations);
    for ((claim, mut around), background) in claims.iter_mut().zip(around).zip(backgrounds) {
        if let Some(background) = *background {
            around.retain(|&i| !adds_to(background, contents[i], attributions));
        }
        claim.attribution = innermost(&contents, attributions, &around);
    }
}

/// Whether background within a piece of content is the writer's: reported in
/// the writer's words, more of it than the background, and with no source told within that.
fn adds_to(
    background: Span,
    (piece, id): (Span, AttributionId),
    attributions: &[Attribution],
) -> bool {
    let Some(attribution) = attributions.get(id.index()) else { return false };
    let retold = attribution.kind != AttributionKind::Direct;
    let sourced = attribution.cue.is_some_and(|cue| background.contains(cue));
    retold && !sourced && !background.contains(piece)
}

/// Each piece of content with its attribution.
pub(super) fn contents(attributions: &[Attribution]) -> Vec<(Span, AttributionId)> {
    let pieces = attributions
        .iter()
        .enumerate()
        .flat_map(|(i, a)| a.content.iter().map(move |&span| (span, AttributionId::from_index(i))));
    pieces.collect()
}

/// For each query the indices of the pieces that contain it. One sweep over
/// the text with the pieces that are open.
pub(super) fn covering(pieces: &[(Span, AttributionId)], queries: &[Span]) -> Vec<Vec<usize>> {
    let mut starts: Vec<usize> = (0..pieces.len()).collect();
    starts.sort_by_key(|&i| pieces[i].0.start);
    let mut order: Vec<usize> = (0..queries.len()).collect();
    order.sort_by_key(|&i| queries[i].start);
    let mut found = vec![Vec::new(); queries.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut next = starts.into_iter().peekable();
    for query in order {
        let span = queries[query];
        while let Some(piece) = next.next_if(|&i| pieces[i].0.start <= span.start) {
            open.push(piece);
        }
        open.retain(|&i| pieces[i].0.end > span.start);
        found[query] = open.iter().copied().filter(|&i| pieces[i].0.contains(span)).collect();
    }
    found
}

/// The attribution with the shortest piece; of equal pieces the deepest.
fn innermost(
    contents: &[(Span, AttributionId)],
    attributions: &[Attribution],
    around: &[usize],
) -> Option<AttributionId> {
    let pieces = around.iter().filter_map(|&i| contents.get(i));
    let best = pieces.min_by_key(|&&(piece, id)| {
        (piece.len(), std::cmp::Reverse(depth(attributions, id)), std::cmp::Reverse(id))
    });
    best.map(|&(_, id)| id)
}

/// How many attributions stand around one.
fn depth(attributions: &[Attribution], id: AttributionId) -> usize {
    let outer = |&id: &AttributionId| attributions.get(id.index())?.within;
    std::iter::successors(Some(id), outer).take(attributions.len() + 1).count()
}
