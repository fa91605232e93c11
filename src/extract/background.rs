//! Background: what the writer adds within somebody's reported words.
//!
//! In: a document and its claims. Out: for each the words of the title, apposition
//! or relative clause about a named person that it stands in, if it does. "The
//! police said that *Adams, the owner of the inn, who lives in Bergen,* had left":
//! the police said that he had left; who he is, the article tells (Potts 2005
//! calls such parts speaker-oriented: they are the word of whoever writes the
//! sentence); so does what somebody is called ("a clerk, *later identified as Brook*"). Within
//! quotation marks they are the speaker's own words, and what is
//! told of things ("the strikes, which killed six") may be part of the report.

use super::Claim;
use super::attribution::subtree_without;
use super::lexicon::Lexicon;
use crate::analyse::syntax::is_quoted;
use crate::text::{Deprel, Document, NameKind, Span, TokenId, Upos};

/// The background that each claim is part of.
pub(super) fn backgrounds(
    document: &Document,
    lexicon: &Lexicon,
    claims: &[Claim],
) -> Vec<Option<Span>> {
    claims.iter().map(|claim| around(document, lexicon, claim)).collect()
}

/// The background that a claim is part of: the largest one around its relation
/// that stands outside quotation marks.
fn around(document: &Document, lexicon: &Lexicon, claim: &Claim) -> Option<Span> {
    let relation = claim.relation.head;
    if is_quoted(document, relation) {
        return None;
    }
    if is_place_in_place(document, claim) {
        return Some(claim.clause);
    }
    let tree = &document.tree;
    let above = std::iter::once(relation).chain(tree.ancestors(relation));
    let named = |word| names(document, lexicon, word) && is_set_off(document, word);
    let backgrounds = above
        .filter(|&word| is_background(document, lexicon, word) || word == relation && named(word));
    let mut clauses = std::iter::once(relation).chain(tree.ancestors(relation));
    let judged = || clauses.find(|&word| tells_of_what_is_judged(document, lexicon, word));
    backgrounds.last().or_else(judged).map(|word| words_below(document, word))
}

/// Whether a claim tells without a verb in which named place another lies: *Orm, Norland*.
fn is_place_in_place(document: &Document, claim: &Claim) -> bool {
    let place = |t: TokenId| document.name_kind_at(t) == Some(NameKind::Place);
    let relation = claim.relation.head;
    place(claim.subject.head)
        && claim.object.as_ref().is_some_and(|o| place(o.head))
        && claim.relation.lemmas.len() == 2
        && (document.tree.is(relation, Deprel::Case) || place(relation))
        && document.tree.head(relation).is_some_and(place)
}

fn is_background(document: &Document, lexicon: &Lexicon, word: TokenId) -> bool {
    match document.tree.deprel(word) {
        Deprel::Appos => identifies(document, word),
        Deprel::AclRelcl => {
            tells_of_a_person(document, word)
                || is_dashed(document, word)
                || is_before_hearsay(document, lexicon, word)
        }
        Deprel::NmodDesc | Deprel::Compound => is_title(document, word),
        _ => false,
    }
}

/// A participle that tells what somebody or something is called: "a clerk, *later identified as
/// Ada Brook*".
fn names(document: &Document, lexicon: &Lexicon, participle: TokenId) -> bool {
    let lemma = document.lemma(participle).to_lowercase();
    document.tree.deprel(participle) == Deprel::Acl
        && document.tag(participle).xpos == "VBN"
        && lexicon.has("additions", Some("names-it"), &lemma)
        && !document.tree.has(participle, Deprel::Aux)
}

/// Whether an apposition tells who a name is, or the name of whom is spoken of.
/// One of two common nouns says what somebody says: "an image, a truck".
fn identifies(document: &Document, word: TokenId) -> bool {
    let head = document.tree.head(word);
    [Some(word), head].into_iter().flatten().any(|t| document.name_at(t).is_some())
        && (is_set_off(document, word) || is_borne(document, word))
}

/// Whether a person's name stands right behind a noun with an article: "the disgraced banker
/// *Ada Brook*".
fn is_borne(document: &Document, name: TokenId) -> bool {
    let tree = &document.tree;
    let person = document.name_at(name).filter(|name| name.kind == NameKind::Person);
    let noun = person.and_then(|name| name.tokens.start.previous());
    noun.is_some_and(|noun| tree.head(name) == Some(noun) && tree.has(noun, Deprel::Det))
}

/// "She praised the bridge *that Adams had built*": what tells which thing is praised, described
/// or announced is no part of the praise, where the whole is nobody else's word.
fn tells_of_what_is_judged(document: &Document, lexicon: &Lexicon, clause: TokenId) -> bool {
    let tree = &document.tree;
    let content = [Deprel::Mark, Deprel::Case].into_iter().any(|label| tree.has(clause, label));
    let described = match tree.deprel(clause) {
        Deprel::AclRelcl => true,
        Deprel::Acl => !content && document.tag(clause).xpos.starts_with("VB"),
        _ => false,
    };
    let verb = tree.ancestors(clause).find(|&t| document.tag(t).upos == Upos::Verb);
    let noun = tree.head(clause).filter(|_| described);
    let Some((noun, verb)) = noun.zip(verb) else { return false };
    let cue = |t: TokenId| lexicon.has("cues", None, &document.lemma(t).to_lowercase());
    let joins = |t: &TokenId| document.tag(*t).xpos.starts_with('W');
    if cue(noun) && !tree.subtree(clause).iter().any(joins) {
        return false;
    }
    let thing = std::iter::once(clause).chain(tree.ancestors(clause)).find(|&t| {
        tree.head(t) == Some(verb) && matches!(tree.deprel(t).main(), Deprel::Obj | Deprel::Obl)
    });
    judges(document, lexicon, verb) && thing.is_some() && is_own_clause(document, verb)
}

/// Whether a verb praises, blames, describes or announces what there is; not one that accuses,
/// claims, denies, doubts, predicts or proposes, of which there may be nothing.
fn judges(document: &Document, lexicon: &Lexicon, verb: TokenId) -> bool {
    let lemma = document.lemma(verb).to_lowercase();
    let kind = |kind: &str| lexicon.has("cues", Some(kind), &lemma);
    let class = |class: &str| lexicon.has("complements", Some(class), &lemma);
    (kind("judge") || kind("describe") || kind("announce"))
        && !(class("seems") || class("denies") || class("doubts"))
        && !(class("plans") || class("allows"))
}

/// Whether a verb stands in no clause that another says, thinks or wants.
fn is_own_clause(document: &Document, verb: TokenId) -> bool {
    let tree = &document.tree;
    let mut above = std::iter::once(verb).chain(tree.ancestors(verb));
    above.all(|t| {
        tree.head(t).is_none()
            || matches!(tree.deprel(t).main(), Deprel::Conj | Deprel::Advcl)
                && !tree.has(t, Deprel::Mark)
    })
}

/// *Adams, who lives in Bergen*.
fn tells_of_a_person(document: &Document, clause: TokenId) -> bool {
    let head = document.tree.head(clause);
    let name = head.and_then(|head| document.name_at(head));
    name.is_some_and(|name| name.kind == NameKind::Person) && is_set_off(document, clause)
}

/// "The office, *which is old*, was reportedly sold": only what stands beside the adverb is
/// hearsay.
fn is_before_hearsay(document: &Document, lexicon: &Lexicon, clause: TokenId) -> bool {
    let tree = &document.tree;
    let noun = tree.head(clause).filter(|&noun| tree.is(noun, Deprel::Nsubj));
    let told = noun.and_then(|noun| tree.head(noun)).filter(|&verb| clause < verb);
    let hearsay = |t: TokenId| {
        let lemma = document.lemma(t).to_lowercase();
        clause < t && lexicon.has("hedges", Some("hearsay"), &lemma)
    };
    is_set_off(document, clause)
        && told.is_some_and(|verb| tree.children_by(verb, Deprel::Advmod).any(hearsay))
}

/// Northland *– which has many lakes –*: behind a dash or an open bracket, about a name.
fn is_dashed(document: &Document, clause: TokenId) -> bool {
    let words = document.tree.subtree(clause);
    let dash = |t: TokenId| matches!(document.form(t), "–" | "—" | "--" | "(");
    let opens = words.first().is_some_and(|&t| dash(t) || t.previous().is_some_and(dash));
    let head = document.tree.head(clause);
    opens && head.is_some_and(|head| document.name_at(head).is_some())
}

/// Whether a comma, dash or bracket stands before what hangs on a word.
fn is_set_off(document: &Document, word: TokenId) -> bool {
    let first = document.tree.subtree(word).into_iter().min();
    let mark = first.filter(|&t| document.tree.is(t, Deprel::Punct)).or_else(|| first?.previous());
    mark.is_some_and(|t| document.tree.is(t, Deprel::Punct))
}

/// A noun before a person's name: *President Baker*.
fn is_title(document: &Document, word: TokenId) -> bool {
    let head = document.tree.head(word);
    head.is_some_and(|name| word < name && document.name_at(name).is_some())
}

fn words_below(document: &Document, word: TokenId) -> Span {
    let words = subtree_without(document, word, |t| document.tree.is(t, Deprel::Parataxis));
    let words = words.into_iter().map(|t| document.span(t));
    words.fold(document.span(word), Span::cover)
}
