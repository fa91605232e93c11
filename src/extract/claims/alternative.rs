//! One of several things, which need not all be so.
//!
//! In: a claim of what is or will be so. Out: what may be so, where *or* joins its subject,
//! object or predicate to others: "a thief *or* a guard took it".

use super::relation::predicate;
use crate::analyse::syntax::{is, is_nominal};
use crate::extract::{Claim, Modality, Polarity};
use crate::text::{Deprel, Document, FunctionWord, TokenId, Upos};

/// Makes a claim possible that is one of several.
pub(super) fn weaken(document: &Document, claim: &mut Claim) {
    let certain = matches!(claim.modality, Modality::Actual | Modality::Future);
    if certain && claim.polarity == Polarity::Positive && is_alternative(document, claim) {
        claim.modality = Modality::Possible;
        claim.passes_filter = false;
    }
}

fn is_alternative(document: &Document, claim: &Claim) -> bool {
    let object = claim.object_head();
    let words = [Some(predicate(document, &claim.relation)), Some(claim.subject.head), object];
    words.into_iter().flatten().any(|word| has_alternative(document, word))
}

/// Whether *or* joins a word to others of its kind.
fn has_alternative(document: &Document, word: TokenId) -> bool {
    let tree = &document.tree;
    let first = tree.head_by(word, Deprel::Conj).unwrap_or(word);
    let joins = |c: TokenId| is(document, c, FunctionWord::Or);
    tree.children_by(first, Deprel::Conj).any(|c| {
        let mut joints = tree.children_by(c, Deprel::Cc).filter(|&cc| joins(cc));
        is_like(document, first, c)
            && joints.next().is_some_and(|or| !is_gloss(document, first, c, or))
    })
}

/// Whether *or* only gives another word for what stands before it: "the albedo, *or the
/// share of light* that ice throws back".
fn is_gloss(document: &Document, first: TokenId, second: TokenId, or: TokenId) -> bool {
    let tree = &document.tree;
    let comma = or.previous().is_some_and(|t| document.form(t) == ",");
    let alone = tree.children_by(first, Deprel::Conj).count() == 1;
    let explains = tree.has_any(second, &[Deprel::Nmod, Deprel::Acl, Deprel::AclRelcl]);
    comma && alone && explains && tree.has(second, Deprel::Det) && is_nominal(document, second)
}

/// Whether two coordinated words tell of two things: both nouns or neither, the second with
/// no subject of its own ("wait *or you miss it*"), and no guess at a number ("a day *or so*").
fn is_like(document: &Document, first: TokenId, second: TokenId) -> bool {
    let tree = &document.tree;
    let counts = |t: TokenId| {
        matches!(document.tag(t).upos, Upos::Num | Upos::Sym | Upos::Adv)
            || tree.has(t, Deprel::Nummod)
    };
    is_nominal(document, first) == is_nominal(document, second)
        && !tree.has_any(second, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl])
        && !counts(first)
        && !counts(second)
}
