//! Which way a time lies, by the tense of the verb it belongs to.

use super::lexicon::{Joint, TimeLexicon};
use super::value::Direction;
use crate::text::{Deprel, Tag, TokenId, Tree, Upos};

/// How far up, and how far among a verb's dependents, is looked.
const REACH: usize = 32;

/// Reads the direction off the verb that governs a word: the first of its
/// heads, from below, that has a tense of its own or by its auxiliaries.
pub(super) fn direction(
    tags: &[Tag],
    tree: &Tree,
    word: TokenId,
    lexicon: &TimeLexicon,
) -> Direction {
    std::iter::once(word)
        .chain(tree.ancestors(word).take(REACH))
        .find_map(|token| of_verb(tags, tree, token, lexicon))
        .unwrap_or(Direction::Unknown)
}

fn of_verb(tags: &[Tag], tree: &Tree, verb: TokenId, lexicon: &TimeLexicon) -> Option<Direction> {
    let tag = tags.get(verb.index())?;
    let auxiliaries: Vec<&Tag> = tree
        .children(verb)
        .iter()
        .take(REACH)
        .filter(|&&c| tree.is(c, Deprel::Aux) || tree.is(c, Deprel::Cop))
        .filter_map(|&c| tags.get(c.index()))
        .collect();
    if auxiliaries.is_empty() && !matches!(tag.upos, Upos::Verb | Upos::Aux) {
        return None;
    }
    let has = |joint| auxiliaries.iter().any(|a| lexicon.joints(&a.lemma).has(joint));
    let has_have = has(Joint::Have);
    if has(Joint::Modal) && !has_have {
        return Some(Direction::Future);
    }
    if has_have || auxiliaries.iter().any(|a| a.feats.has("Tense", "Past")) {
        return Some(Direction::Past);
    }
    if has_to(tags, tree, verb, lexicon) {
        // "refused to testify on Monday": when they refused.
        let above = tree.head(verb).filter(|&t| is_told_with(tags, t, lexicon));
        return Some(match above.and_then(|t| of_verb(tags, tree, t, lexicon)) {
            Some(Direction::Past) => Direction::Past,
            _ => Direction::Future,
        });
    }
    match (tag.feats.get("VerbForm"), tag.feats.get("Tense")) {
        // "is expected on Sunday", "is killing": present, and so ahead of the
        // article or on its day.
        _ if !auxiliaries.is_empty() => Some(Direction::Future),
        (Some("Fin"), Some("Past")) => Some(Direction::Past),
        (Some("Fin"), Some("Pres")) => Some(Direction::Future),
        // "the talks held on Sunday"
        (Some("Part"), Some("Past")) => Some(Direction::Past),
        _ => None,
    }
}

/// Whether a verb tells whether what follows was done, at the same time.
fn is_told_with(tags: &[Tag], verb: TokenId, lexicon: &TimeLexicon) -> bool {
    tags.get(verb.index()).is_some_and(|tag| lexicon.joints(&tag.lemma).has(Joint::Performs))
}

/// An infinitive: "agreed to meet on Friday".
fn has_to(tags: &[Tag], tree: &Tree, verb: TokenId, lexicon: &TimeLexicon) -> bool {
    tree.children_by(verb, Deprel::Mark).any(|m| {
        tags.get(m.index())
            .is_some_and(|t| t.upos == Upos::Part && lexicon.joints(&t.lemma).has(Joint::To))
    })
}
