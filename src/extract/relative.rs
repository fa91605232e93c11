//! Relative clauses: their pronoun, and what it stands for.
//!
//! In: the tree of a clause that describes a noun. Out: the pronoun, and the nouns that
//! take its place: the one that the tree says, but for *who* behind a thing. Of "the rivalry
//! with Norland and Suedland, *who* want the port" two countries want it, no rivalry.

use crate::analyse::syntax::{is, pronoun as kind_of_pronoun};
use crate::text::{
    Deprel, Document, FunctionWord, MentionKind, Name, NameKind, Pronoun, TokenId, Upos,
};

/// How deep below its verb a clause may have its pronoun.
const DEPTH: usize = 3;

/// How many mentions may begin before a noun and still hold it.
const NEAR: usize = 16;

/// The relative pronoun of a clause.
pub(super) fn pronoun(document: &Document, verb: TokenId) -> Option<TokenId> {
    relative_pronoun(document, verb, DEPTH)
}

/// What a relative pronoun stands for, where the tree hangs its clause on a noun.
pub(super) fn antecedents(
    document: &Document,
    noun: TokenId,
    verb: TokenId,
    pronoun: TokenId,
) -> Vec<TokenId> {
    let person = kind_of_pronoun(document, pronoun) == Some(Pronoun::Who);
    if !person && !is(document, pronoun, FunctionWord::That) {
        return thing_before(document, noun, pronoun);
    }
    if let Some(owner) = person_above(document, noun).filter(|_| person) {
        return vec![owner];
    }
    if let Some(member) = member(document, noun).filter(|_| person) {
        return vec![member];
    }
    let name = before_clause(document, verb).and_then(|last| document.name_at(last));
    let Some(name) = name.filter(|_| person && is_thing(document, noun)) else {
        return vec![noun];
    };
    let head = outermost(document, name);
    if name.tokens.start <= noun || !may_act(name) || !document.tree.dominates(noun, head) {
        return vec![noun];
    }
    let tree = &document.tree;
    let first = tree.head_by(head, Deprel::Conj).unwrap_or(head);
    let mut all = vec![first];
    all.extend(tree.children_by(first, Deprel::Conj).filter(|&c| c <= head));
    all
}

/// What *which* stands for: no person, but the thing told of by one ("a letter to *Ada Moss*,
/// which was sold"); after a time and a comma all of the clause ("last year, *which* shows").
fn thing_before(document: &Document, noun: TokenId, pronoun: TokenId) -> Vec<TokenId> {
    let comma = pronoun.previous().is_some_and(|t| document.form(t) == ",");
    if comma && document.time_at(noun).is_some() {
        return Vec::new();
    }
    let named = |t: TokenId| document.name_kind_at(t);
    let person = |t: TokenId| matches!(named(t), Some(NameKind::Person | NameKind::Group));
    if !person(noun) {
        return vec![noun];
    }
    let above = nouns_above(document, noun).into_iter();
    let mut things =
        above.filter(|&t| !person(t) && known_kind(document, t) != Some(NameKind::Person));
    let thing = things.next().or_else(|| object_before(document, noun));
    vec![thing.unwrap_or(noun)]
}

/// The object between a verb and who it is given to: "sold *a letter* to Ada Moss".
fn object_before(document: &Document, recipient: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let verb = tree.head_by(recipient, Deprel::Obl)?;
    tree.children_by(verb, Deprel::Obj).find(|&object| verb < object && object < recipient)
}

/// Who *who* stands for behind a thing that tells of somebody: "the *clerk* in charge of supply
/// who resigned".
fn person_above(document: &Document, noun: TokenId) -> Option<TokenId> {
    if !is_thing(document, noun) || document.tag(noun).upos != Upos::Noun {
        return None;
    }
    let person = |t: &TokenId| {
        let kind = document.name_kind_at(*t).or_else(|| known_kind(document, *t));
        matches!(kind, Some(NameKind::Person | NameKind::Group))
    };
    nouns_above(document, noun).into_iter().find(person)
}

/// The nouns of whose phrase one is part, from the inside out.
fn nouns_above(document: &Document, noun: TokenId) -> Vec<TokenId> {
    let tree = &document.tree;
    let mut nouns = Vec::new();
    let mut at = noun;
    for _ in 0..2 * DEPTH {
        let within = matches!(
            tree.deprel(at).main(),
            Deprel::Nmod | Deprel::Obl | Deprel::OblAgent | Deprel::Acl | Deprel::Amod
        );
        let Some(above) = tree.head(at).filter(|&above| within && above < at) else { break };
        let noun = matches!(document.tag(above).upos, Upos::Noun | Upos::Propn);
        let describes = matches!(tree.deprel(above).main(), Deprel::Acl | Deprel::Amod);
        if noun {
            nouns.push(above);
        } else if !describes {
            break;
        }
        at = above;
    }
    nouns
}

/// The person whose body or place a name tells: "a professor at *Orm College* who wrote it".
fn member(document: &Document, noun: TokenId) -> Option<TokenId> {
    use NameKind::{Facility, Organization, Person, Place};
    let body = document.name_at(noun).filter(|n| matches!(n.kind, Facility | Organization | Place));
    body?;
    let mut at = noun;
    for _ in 0..DEPTH {
        let part = document.tree.is(at, Deprel::Nmod) && !document.tree.has(at, Deprel::Conj);
        at = document.tree.head(at).filter(|&above| part && above < at)?;
        let named = document.name_kind_at(at);
        if named.or_else(|| known_kind(document, at)) == Some(Person) {
            return Some(at);
        }
    }
    None
}

fn may_act(name: &Name) -> bool {
    use NameKind::{Group, Organization, Person, Place};
    matches!(name.kind, Group | Organization | Person | Place)
}

/// The word of a name that hangs on none of the others.
fn outermost(document: &Document, name: &Name) -> TokenId {
    for word in name.tokens {
        match document.tree.head(word) {
            Some(head) if name.tokens.contains(head) => {}
            _ => return word,
        }
    }
    name.tokens.start
}

/// A noun in the singular that nothing tells to be a person or a body of people.
fn is_thing(document: &Document, noun: TokenId) -> bool {
    let tag = document.tag(noun);
    tag.upos == Upos::Noun
        && !tag.feats.has("Number", "Plur")
        && document.name_at(noun).is_none()
        && known_kind(document, noun).is_none()
}

/// What a list tells that a noun refers to.
pub(super) fn known_kind(document: &Document, noun: TokenId) -> Option<NameKind> {
    let behind = document.mentions.partition_point(|m| m.span.start <= document.span(noun).start);
    let near = document.mentions.get(behind.saturating_sub(NEAR)..behind)?;
    for mention in near {
        if mention.head == noun && mention.kind == MentionKind::Nominal {
            return mention.entity;
        }
    }
    None
}

/// The last word before a clause, but for a comma.
fn before_clause(document: &Document, verb: TokenId) -> Option<TokenId> {
    for word in document.tree.subtree(verb) {
        if document.tag(word).upos != Upos::Punct {
            let before = word.previous()?;
            let sign = document.tag(before).upos == Upos::Punct;
            return if sign { before.previous() } else { Some(before) };
        }
    }
    None
}

/// The relative pronoun of a clause, at most so deep below its verb.
fn relative_pronoun(document: &Document, verb: TokenId, depth: usize) -> Option<TokenId> {
    let children = document.tree.children(verb);
    let relative = |t: TokenId| {
        is(document, t, FunctionWord::Relative)
            && (document.tag(t).feats.has("PronType", "Rel")
                || document.tag(t).xpos.starts_with('W'))
            && document.tree.deprel(t) != Deprel::Det
    };
    let own = children.iter().copied().find(|&c| relative(c));
    own.or_else(|| {
        let below = |c: &TokenId| {
            matches!(
                document.tree.deprel(*c),
                Deprel::Ccomp
                    | Deprel::Xcomp
                    | Deprel::Obl
                    | Deprel::Nsubj
                    | Deprel::Obj
                    | Deprel::Nmod
                    | Deprel::NsubjPass
                    | Deprel::Advcl
            )
        };
        let deeper = depth.checked_sub(1)?;
        children.iter().filter(|c| below(c)).find_map(|&c| relative_pronoun(document, c, deeper))
    })
}
