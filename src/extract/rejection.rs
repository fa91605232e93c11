//! Claims that are reported and rejected: "The ministry rejected reports that the dam
//! had failed."
//!
//! In: claims with their attributions. Out: the same, but what a rejected report says
//! stands twice: as the word of the reports, and with the other polarity as that of who
//! rejects them. An idea that is nobody's word stands once, as rejected.

use super::attribution::REJECTING;
use super::{Attribution, AttributionId, AttributionKind, Claim, Polarity};
use crate::text::{Deprel, Document, TokenId};

/// Says of every claim in a rejected report who holds it, and who does not.
pub(super) fn take_sides(
    document: &Document,
    claims: Vec<Claim>,
    attributions: &[Attribution],
) -> Vec<Claim> {
    let sides = sides(attributions);
    let mut sided = Vec::with_capacity(claims.len());
    for claim in claims {
        let side = sides.iter().find(|side| side.holds(claim.attribution));
        match side {
            Some(side) => sided.extend(side.take(document, claim, attributions)),
            None => sided.push(claim),
        }
    }
    sided
}

/// Who rejects something, and the report of it, if it is anybody's word.
struct Side {
    rejection: AttributionId,
    report: Option<AttributionId>,
}

/// The rejections among some attributions, each with the report that has its content.
fn sides(attributions: &[Attribution]) -> Vec<Side> {
    let mut sides = Vec::new();
    for (at, rejection) in attributions.iter().enumerate() {
        if rejection.rule.starts_with(REJECTING) {
            let report = attributions.iter().position(|a| is_report(a, rejection));
            let report = report.map(AttributionId::from_index);
            sides.push(Side { rejection: AttributionId::from_index(at), report });
        }
    }
    sides
}

/// Whether an attribution is the report that another rejects.
fn is_report(report: &Attribution, rejection: &Attribution) -> bool {
    let same = |a: &Attribution| (a.sentence, a.content.first().map(|span| span.end));
    report.kind == AttributionKind::Noun && same(report) == same(rejection)
}

impl Side {
    fn holds(&self, attribution: Option<AttributionId>) -> bool {
        attribution.is_some_and(|id| id == self.rejection || Some(id) == self.report)
    }

    /// The claim of the report, and the opposite one of who rejects it. What is only told
    /// in passing within the report nobody rejects.
    fn take(&self, document: &Document, claim: Claim, attributions: &[Attribution]) -> Vec<Claim> {
        let Some(rejection) = attributions.get(self.rejection.index()) else { return vec![claim] };
        let mut sided = Vec::new();
        let rejected = rejection.polarity == Polarity::Positive
            && is_main(document, claim.relation.head, rejection);
        if rejected {
            let attribution = Some(self.rejection);
            sided.push(Claim { attribution, polarity: claim.polarity.opposite(), ..claim.clone() });
        }
        if self.report.is_some() || !rejected {
            let attribution = Some(self.report.unwrap_or(self.rejection));
            sided.insert(0, Claim { attribution, ..claim });
        }
        sided
    }
}

/// Whether a word heads the content of an attribution, or is joined to what does.
fn is_main(document: &Document, word: TokenId, attribution: &Attribution) -> bool {
    let tree = &document.tree;
    let mut top = word;
    while matches!(tree.deprel(top).main(), Deprel::Conj | Deprel::Cop) {
        let Some(head) = tree.head(top) else { break };
        top = head;
    }
    let outside = |head: TokenId| {
        let span = document.span(head);
        !attribution.content.iter().any(|content| content.contains(span))
    };
    tree.head(top).is_none_or(outside)
}
