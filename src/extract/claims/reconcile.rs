//! Claims beside attributions: what is left of each.
//!
//! In: claims with the attribution that each stands in, and all attributions. Out: the claims
//! without those that an attribution carries already or takes back, and without the
//! qualifiers that say who says so.

use super::argument::has_words;
use super::assertion_filter;
use super::complement::is_completed;
use super::relation::predicate;
use crate::analyse::syntax::{is_infinitive, is_quoted, pronoun};
use crate::extract::lexicon::Lexicon;
use crate::extract::scope::weaker;
use crate::extract::{
    Argument, ArgumentKind, Attitude, Attribution, AttributionId, AttributionKind, Claim, Modality,
    Polarity, Qualifier,
};
use crate::text::{Deprel, Document, Pronoun, Span, TokenId};

/// Drops what attributions carry already or take back, and weakens what is
/// somebody's word where nobody's word was found.
pub(in crate::extract) fn reconcile(
    document: &Document,
    lexicon: &Lexicon,
    claims: Vec<Claim>,
    reported: &[bool],
    attributions: &[Attribution],
) -> Vec<Claim> {
    let with = claims.into_iter().zip(reported);
    let reconciled =
        with.filter_map(|(c, &reported)| reconciled(document, lexicon, c, reported, attributions));
    let mut claims: Vec<Claim> = reconciled.collect();
    for claim in claims.iter_mut().filter(|c| c.attribution.is_none()) {
        claim.passes_filter &=
            assertion_filter::is_own_voice(document, lexicon, claim, attributions);
    }
    assertion_filter::hold_back_headlines(document, &mut claims);
    claims
}

fn reconciled(
    document: &Document,
    lexicon: &Lexicon,
    mut claim: Claim,
    reported: bool,
    attributions: &[Attribution],
) -> Option<Claim> {
    let word = document.span(claim.relation.head);
    let said = claim.attribution.and_then(|id| attributions.get(id.index()));
    let clause = claim
        .object
        .as_ref()
        .is_none_or(|o| o.kind == ArgumentKind::Clause || document.tree.is(o.head, Deprel::Obl));
    let clause = clause && !tells_a_deed(document, &claim);
    let anybody = said.is_none() && means_anybody(document, claim.subject.head);
    let carried = anybody || clause && attributions.iter().any(|a| is_cue(a, word));
    let unsaid = reported && said.is_some_and(|a| a.polarity == Polarity::Negative);
    if carried || unsaid || says_nothing(document, &claim) || does_it(document, lexicon, &claim) {
        return None;
    }
    claim.qualifiers.retain(|q| !said.is_some_and(|a| leads_to(document, a, q)));
    if reported && said.is_none() && !goes_on_alone(document, &claim, attributions) {
        claim.modality = weaker(claim.modality, Modality::Possible);
    }
    let unsaid =
        said.is_some_and(|a| a.polarity == Polarity::Negative && a.kind != AttributionKind::Direct);
    if claim.modality == Modality::Asked || unsaid && claim.modality != Modality::Actual {
        claim.attribution = who_asks(attributions, claim.attribution);
    }
    claim.attribution = who_tells(document, lexicon, &claim, attributions);
    Some(claim)
}

/// Whether a claim that was read surely tells that somebody promises, refuses or is asked to do
/// something: that is a fact beside what is promised.
fn tells_a_deed(document: &Document, claim: &Claim) -> bool {
    let infinitive =
        |o: &Argument| document.tree.is(o.head, Deprel::Xcomp) && is_infinitive(document, o.head);
    claim.passes_filter
        && (is_completed(document, claim) || claim.object.as_ref().is_some_and(infinitive))
}

/// The kind of cues (`cues.tsv`) of who will not do something.
const REFUSING: &str = "refuse";

/// Whose word it is that somebody would not do something: not that of who refused, but of
/// who tells it: "The clerk declined *to open the gate*".
fn who_tells(
    document: &Document,
    lexicon: &Lexicon,
    claim: &Claim,
    attributions: &[Attribution],
) -> Option<AttributionId> {
    let said = attributions.get(claim.attribution?.index())?;
    let head = predicate(document, &claim.relation);
    let above = document.tree.head(head).map(|above| document.span(above));
    let refused = said.attitude == Attitude::Denies
        && claim.polarity == Polarity::Negative
        && lexicon.has("cues", Some(REFUSING), &said.cue_lemma)
        && above.is_some_and(|above| said.cue.is_some_and(|cue| cue.contains(above)));
    if refused { said.within } else { claim.attribution }
}

/// Whether a claim stands behind what somebody said, though the tree coordinates it with that:
/// "She said he had made an offer, but *he declined*".
fn goes_on_alone(document: &Document, claim: &Claim, attributions: &[Attribution]) -> bool {
    let tree = &document.tree;
    let clause = predicate(document, &claim.relation);
    let first = tree.head_by(clause, Deprel::Conj);
    let own = tree.has_any(clause, &[Deprel::Nsubj, Deprel::NsubjPass]);
    let said = |first| {
        let span = document.span(first);
        attributions.iter().any(|a| a.content.iter().any(|content| content.contains(span)))
    };
    own && first.is_some_and(said)
}

/// Whose question something is: not that of who did not say it, or refused to: "She would
/// not say *whether the mine would close*".
fn who_asks(
    attributions: &[Attribution],
    mut within: Option<AttributionId>,
) -> Option<AttributionId> {
    while let Some(attribution) = within.and_then(|id| attributions.get(id.index())) {
        let unsaid = attribution.polarity == Polarity::Negative;
        if !unsaid && attribution.attitude != Attitude::Denies {
            break;
        }
        within = attribution.within;
    }
    within
}

/// A verb alone about what the text has no other words for; of a quoted *I* it may have.
fn says_nothing(document: &Document, claim: &Claim) -> bool {
    let subject = claim.subject.head;
    let unknown = pronoun(document, subject).is_some_and(|pronoun| match pronoun {
        Pronoun::I | Pronoun::We => claim.attribution.is_none(),
        Pronoun::He | Pronoun::She | Pronoun::Who => false,
        _ => true,
    });
    claim.object.is_none()
        && claim.qualifiers.is_empty()
        && unknown
        && !has_words(document, subject)
}

/// A verb that says little, of *it* or *that* alone, for which the text has no other words:
/// *make it*, *do that*. Who denies it denies something.
fn does_it(document: &Document, lexicon: &Lexicon, claim: &Claim) -> bool {
    let Some(object) = &claim.object else { return false };
    let light = match claim.relation.lemmas.as_slice() {
        [verb] => lexicon.has("light-verbs", Some("empty"), verb),
        _ => false,
    };
    let points = matches!(pronoun(document, object.head), Some(Pronoun::It | Pronoun::This));
    let unknown = points && !has_words(document, object.head);
    light && unknown && claim.polarity == Polarity::Positive
}

/// The *you* of nobody's words is whoever reads: what is said of it is advice.
fn means_anybody(document: &Document, subject: TokenId) -> bool {
    pronoun(document, subject) == Some(Pronoun::You) && !is_quoted(document, subject)
}

/// Whether a qualifier is what attributes the claim: "*as the paper reported*, …", "…,
/// according *to the paper*".
fn leads_to(document: &Document, attribution: &Attribution, qualifier: &Qualifier) -> bool {
    let head = document.span(qualifier.argument.head);
    let source = attribution.source.as_ref().is_some_and(|source| source.span.contains(head));
    source || qualifier.argument.kind == ArgumentKind::Clause && is_cue(attribution, head)
}

fn is_cue(attribution: &Attribution, word: Span) -> bool {
    attribution.source.is_some() && attribution.cue.is_some_and(|cue| cue.contains(word))
}
