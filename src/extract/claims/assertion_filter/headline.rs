//! Whether the text repeats what its headline says.
//!
//! In: all claims of a document, with those that pass the other tests. Out: the
//! claims of headlines no longer pass where no claim of the text's own voice has
//! the same subject and verb: a headline sharpens, and leaves out who says so.

use std::collections::BTreeSet;

use compact_str::CompactString;

use crate::extract::claims::argument::cluster_of;
use crate::extract::{Claim, Modality, Polarity};
use crate::text::{BlockKind, ClusterId, Document};

/// A verb with the cluster or the word that is its subject.
type Said = (CompactString, Option<ClusterId>, CompactString);

/// Lets no claim of a headline pass that the text does not repeat.
pub(in crate::extract::claims) fn hold_back(document: &Document, claims: &mut [Claim]) {
    let plain = |c: &&Claim| {
        c.passes_filter
            && c.attribution.is_none()
            && (c.polarity, c.modality) == (Polarity::Positive, Modality::Actual)
            && !is_headline(document, c)
    };
    let told: BTreeSet<Said> =
        claims.iter().filter(plain).flat_map(|c| said(document, c)).collect();
    for claim in claims.iter_mut().filter(|c| is_headline(document, c)) {
        claim.passes_filter &= said(document, claim).iter().any(|said| told.contains(said));
    }
}

fn is_headline(document: &Document, claim: &Claim) -> bool {
    let sentence = document.sentence(claim.sentence);
    sentence.is_some_and(|sentence| sentence.block == BlockKind::Title)
}

/// What a claim says, by its subject's cluster and by its word.
fn said(document: &Document, claim: &Claim) -> Vec<Said> {
    let subject = claim.subject.head;
    let verb = CompactString::from(document.lemma(claim.relation.head).to_lowercase());
    let word = CompactString::from(document.lemma(subject).to_lowercase());
    let by_cluster = cluster_of(document, subject)
        .map(|cluster| (verb.clone(), Some(cluster), CompactString::default()));
    by_cluster.into_iter().chain([(verb, None, word)]).collect()
}
