//! What somebody is accused of, where the tree hangs it on whom it is said of.
//!
//! In: a claim of a verb such as *accuse*, *blame*, *convict*. Out: the same with the bare
//! object, and a qualifier for the deed: "accused the firm *of hiding the leak*" is said of
//! the firm, not of one that hides leaks.

use super::argument::argument;
use super::qualifier::marker_word;
use crate::extract::lexicon::Lexicon;
use crate::extract::{Argument, ArgumentKind, Claim, Graph, Qualifier};
use crate::text::{Deprel, Span, TokenId};

/// Takes the deed out of the object, as a qualifier.
pub(super) fn tell_apart(graph: &Graph, lexicon: &Lexicon, claim: &mut Claim) {
    let verb = claim.relation.head;
    let blames = lexicon.has("control", Some("object"), graph.document.lemma(verb));
    let Some(object) = claim.object.as_mut().filter(|_| blames) else { return };
    let Some((deed, marker)) = deed(graph, object.head) else { return };
    let first = graph.document.tree.subtree(deed).first().copied().unwrap_or(marker);
    if first <= object.head || !shorten(graph, object, first) {
        return;
    }
    let joined = marker_word(graph.document, marker).to_lowercase();
    let argument = argument(graph, lexicon, deed, Some(ArgumentKind::Clause), &[]);
    claim.qualifiers.push(Qualifier { preposition: joined.into(), argument });
}

/// The gerund with a preposition that hangs on a noun behind its verb, and the preposition.
fn deed(graph: &Graph, noun: TokenId) -> Option<(TokenId, TokenId)> {
    let document = graph.document;
    let tree = &document.tree;
    let mut below = tree.children_by(noun, Deprel::Acl);
    below.find_map(|deed| {
        let marker = tree.child(deed, Deprel::Mark).or_else(|| tree.child(deed, Deprel::Case))?;
        (document.tag(deed).xpos == "VBG" && marker < deed).then_some((deed, marker))
    })
}

/// Ends an argument before a word; false if nothing would be left behind its head.
fn shorten(graph: &Graph, argument: &mut Argument, first: TokenId) -> bool {
    let document = graph.document;
    let Some(last) = first.previous().filter(|&last| last >= argument.head) else { return false };
    let end = document.span(last).end;
    for span in [&mut argument.core, &mut argument.span, &mut argument.phrase] {
        *span = Span::new(span.start, span.end.min(end));
    }
    true
}
