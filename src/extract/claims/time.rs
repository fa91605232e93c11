//! The time of a claim, and what is still to come at that time.

use super::qualifier;
use crate::extract::lexicon::Lexicon;
use crate::extract::{Claim, Graph, Qualifier, When};
use crate::text::{Deprel, Document, Published, TimeKind, TokenId};

/// The first qualifier that tells a time.
pub(super) fn when(graph: &Graph, qualifiers: &[Qualifier]) -> Option<When> {
    let time = qualifiers.iter().find(|q| qualifier::is_time(graph, q))?;
    let time = graph.document.time_at(time.argument.head)?;
    let date = matches!(time.kind, TimeKind::Date | TimeKind::Time);
    date.then(|| When { span: time.span, value: time.value.clone() })
}

/// Whether a claim in the present tense is of a day after its article: "the court
/// hears the case on Friday", but not "the fair runs until Friday".
pub(super) fn is_to_come(
    document: &Document,
    lexicon: &Lexicon,
    claim: &Claim,
    predicate: TokenId,
) -> bool {
    let ends = |q: &Qualifier| lexicon.has("conditions", Some("unreached"), &q.preposition);
    let time = claim.when.as_ref().filter(|when| {
        let by = claim.qualifiers.iter().find(|q| q.argument.phrase.contains(when.span));
        !by.is_some_and(ends)
    });
    let day = time.and_then(|when| when.value.as_ref()?.days());
    let published = document.article.published.map(Published::day);
    let is_later = day.zip(published).is_some_and(|((first, _), published)| first > published);
    is_later && is_present(document, predicate)
}

fn is_present(document: &Document, predicate: TokenId) -> bool {
    let tree = &document.tree;
    let helps = |c: &TokenId| tree.is(*c, Deprel::Aux) || tree.is(*c, Deprel::Cop);
    let first = tree.children(predicate).iter().copied().find(helps);
    document.tag(first.unwrap_or(predicate)).feats.has("Tense", "Pres")
}
