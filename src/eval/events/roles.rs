//! Which of the things of a sentence take part in an action, by its tree.

use crate::text::{Deprel, Document, TokenId, Tree};

/// How something takes part in an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Who does it.
    Agent,
    /// Who or what it is done to.
    Patient,
    /// Whatever else hangs on it.
    Besides,
}

/// The head of some words: the first that hangs on none of them.
pub(super) fn head_of(tree: &Tree, words: &[TokenId]) -> Option<TokenId> {
    let is_outside = |word: &TokenId| tree.head(*word).is_none_or(|head| !words.contains(&head));
    words.iter().copied().find(is_outside).or_else(|| words.first().copied())
}

/// How a thing takes part in an action of its sentence; `actions` are the heads of all
/// actions, as what hangs on one of them is not in the next above it.
pub(super) fn role(
    document: &Document,
    action: TokenId,
    thing: TokenId,
    actions: &[TokenId],
) -> Option<Role> {
    let tree = &document.tree;
    let thing = named_first(tree, thing);
    below(tree, action, thing, actions)
        .or_else(|| above(document, action, thing))
        .or_else(|| inherited(tree, action, thing))
}

/// What coordinated things and appositions hang on in the end.
fn named_first(tree: &Tree, thing: TokenId) -> TokenId {
    const BESIDE: [Deprel; 3] = [Deprel::Conj, Deprel::Appos, Deprel::Flat];
    let mut thing = thing;
    while let Some(head) = tree.head(thing)
        && BESIDE.iter().any(|&relation| tree.is(thing, relation))
    {
        thing = head;
    }
    thing
}

/// *Miners struck*, *the strike of the miners*.
fn below(tree: &Tree, action: TokenId, thing: TokenId, actions: &[TokenId]) -> Option<Role> {
    if tree.head(thing) == Some(action) {
        return Some(by_relation(tree.deprel(thing)));
    }
    let nearest = tree.ancestors(thing).find(|head| actions.contains(head));
    (nearest == Some(action)).then_some(Role::Besides)
}

fn by_relation(relation: Deprel) -> Role {
    match relation {
        Deprel::NsubjPass | Deprel::CsubjPass | Deprel::Obj | Deprel::Iobj => Role::Patient,
        Deprel::OblAgent | Deprel::NmodPoss => Role::Agent,
        other if other.is(Deprel::Nsubj) => Role::Agent,
        _ => Role::Besides,
    }
}

/// *The miners who struck*, *the mine closed in May*.
fn above(document: &Document, action: TokenId, thing: TokenId) -> Option<Role> {
    let tree = &document.tree;
    if tree.head(action) != Some(thing) || !tree.is(action, Deprel::Acl) {
        return None;
    }
    let is_done_to = document.tag(action).feats.has("Tense", "Past")
        && tree.deprel(action) == Deprel::Acl
        || tree.has(action, Deprel::NsubjPass);
    Some(if is_done_to { Role::Patient } else { Role::Agent })
}

/// *The miners walked out and struck*, *want to strike*: the subject of the verb before.
fn inherited(tree: &Tree, action: TokenId, thing: TokenId) -> Option<Role> {
    const SHARING: [Deprel; 3] = [Deprel::Conj, Deprel::Xcomp, Deprel::Advcl];
    let mut verb = action;
    while !tree.has_any(verb, &[Deprel::Nsubj, Deprel::NsubjPass])
        && SHARING.iter().any(|&relation| tree.is(verb, relation))
    {
        verb = tree.head(verb)?;
    }
    let is_subject = tree.head(thing) == Some(verb) && tree.is(thing, Deprel::Nsubj);
    (verb != action && is_subject).then(|| by_relation(tree.deprel(thing)))
}
