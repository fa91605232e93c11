//! Mentions: every phrase that refers to something.
//!
//! In: words, tags, tree and names. Out: names, nominals and pronouns with
//! minimal phrases: without relative clauses, appositions, prepositional
//! phrases and conjuncts.

use std::collections::{BTreeMap, HashSet};

use super::reference::{Parsed, ReferenceLexicon, core_of_name};
use super::syntax::{Definiteness, definiteness};
use crate::text::{
    BlockKind, ClusterId, Deprel, FunctionWord, Mention, MentionKind, Name, NameKind, Pronoun,
    Span, TokenId, Upos,
};

/// Finds the mentions of an article, but for its boilerplate, in order of start, then longest first.
/// Each is a cluster of its own until [`clusters`](super::clusters) joins them.
pub fn mentions(parsed: &Parsed<'_>, lexicon: &ReferenceLexicon) -> Vec<Mention> {
    let mut names = parsed.names.iter().peekable();
    let mut mentions = Vec::new();
    let article = parsed.sentences.iter().filter(|s| s.block != BlockKind::Boilerplate);
    for sentence in article {
        for token in sentence.tokens {
            while names.next_if(|name| name.tokens.end <= token).is_some() {}
            let name = names.peek().and_then(|name| core_of_name(name, parsed.tokens));
            let name = name.filter(|name| name.tokens.contains(token));
            mentions.extend(mention(parsed, lexicon, token, name.as_ref()));
        }
    }
    let clauses = clauses(parsed, &mentions);
    mentions.extend(clauses);
    mentions.sort_by_key(|m: &Mention| (m.span.start, std::cmp::Reverse(m.span.end), m.head));
    for (i, mention) in mentions.iter_mut().enumerate() {
        mention.cluster = ClusterId::from_index(i);
    }
    mentions
}

/// How many clauses of a sentence a pronoun may take up.
const CLAUSES: usize = 8;

/// The clauses that demonstrative pronouns may take up: the main one of the sentence
/// before and those that complete it, and the main one of their own.
fn clauses(parsed: &Parsed<'_>, mentions: &[Mention]) -> Vec<Mention> {
    let heads: HashSet<TokenId> = mentions.iter().map(|m| m.head).collect();
    let is_pronoun = |m: &&Mention| m.kind == MentionKind::Pronoun;
    let is_demonstrative = |&t: &TokenId| parsed.tag(t).feats.has("PronType", "Dem");
    let pronouns = mentions.iter().filter(is_pronoun).map(|m| m.head).filter(is_demonstrative);
    // The last pronoun that may take up a clause of each sentence.
    let mut sentences: BTreeMap<usize, TokenId> = BTreeMap::new();
    for pronoun in pronouns {
        let sentence = parsed.sentence(pronoun);
        sentences.extend([(sentence.saturating_sub(1), pronoun), (sentence, pronoun)]);
    }
    let of_verb = |verb: TokenId| Mention {
        span: parsed.span(verb, verb + 1),
        head: verb,
        kind: MentionKind::Clause,
        entity: None,
        cluster: ClusterId::default(),
    };
    let mut clauses = Vec::new();
    for (sentence, pronoun) in sentences {
        let verbs = verbs_of(parsed, sentence).into_iter();
        let verbs = verbs.filter(|&verb| verb < pronoun && !heads.contains(&verb));
        clauses.extend(verbs.map(of_verb));
    }
    clauses
}

/// The verb of the main clause of a sentence, and those of clauses that complete or
/// follow it; copulas where they are verbs.
fn verbs_of(parsed: &Parsed<'_>, sentence: usize) -> Vec<TokenId> {
    let Some(sentence) = parsed.sentences.get(sentence) else { return Vec::new() };
    let Some(root) = sentence.tokens.iter().find(|&t| parsed.tree.head(t).is_none()) else {
        return Vec::new();
    };
    let relations = [Deprel::Ccomp, Deprel::Xcomp, Deprel::Conj, Deprel::Parataxis];
    let below = |above: TokenId| relations.map(|relation| parsed.tree.children_by(above, relation));
    let clauses = std::iter::once(root).chain(below(root).into_iter().flatten());
    let verb = |clause: TokenId| match parsed.tag(clause).upos {
        Upos::Verb => Some(clause),
        _ => parsed.tree.child(clause, Deprel::Cop),
    };
    clauses.take(CLAUSES).filter_map(verb).collect()
}

/// The mention that a token is the head of.
fn mention(
    parsed: &Parsed<'_>,
    lexicon: &ReferenceLexicon,
    token: TokenId,
    name: Option<&Name>,
) -> Option<Mention> {
    let make = |span, kind, entity| Mention {
        span,
        head: token,
        kind,
        entity,
        cluster: ClusterId::default(),
    };
    if let Some(name) = name {
        let is_head = parsed.head_of(name.tokens.start, name.tokens.end) == token;
        if !is_head || name.kind == NameKind::Money || is_title(parsed, lexicon, name) {
            return None;
        }
        if is_one_of_group(parsed, token, name) {
            return Some(make(phrase(parsed, token), MentionKind::Nominal, Some(NameKind::Person)));
        }
        let span = if is_modifier(parsed, token) {
            name.span
        } else {
            phrase(parsed, token).cover(name.span)
        };
        return Some(make(span, MentionKind::Name, Some(name.kind)));
    }
    match parsed.tag(token).upos {
        Upos::Pron if is_referring(parsed, token) => {
            let span = parsed.span(token, token + 1);
            Some(make(span, MentionKind::Pronoun, pronoun_kind(parsed, token)))
        }
        Upos::Noun | Upos::Propn if !is_modifier(parsed, token) => {
            let known = || lexicon.noun(parsed.lemma(token)).map(|n| n.kind);
            let kind = kind_of_flat_name(parsed, token).or_else(known);
            Some(make(phrase(parsed, token), MentionKind::Nominal, kind))
        }
        Upos::Adj if is_age(parsed, lexicon, token) => {
            let span = parsed.span(age_start(parsed, token), token + 1);
            Some(make(span, MentionKind::Nominal, Some(NameKind::Person)))
        }
        _ => None,
    }
}

/// The kind of the name that hangs flat on a noun: *the activist Ann Roe*.
fn kind_of_flat_name(parsed: &Parsed<'_>, noun: TokenId) -> Option<NameKind> {
    let mut flat = parsed.tree.children_by(noun, Deprel::Flat);
    flat.find_map(|word| parsed.name(word)).map(|name| name.kind)
}

/// How many words an age has: *37-year-old*.
const AGE: u32 = 5;

/// Whether a word ends an age that stands for a person: *the 37-year-old*.
fn is_age(parsed: &Parsed<'_>, lexicon: &ReferenceLexicon, last: TokenId) -> bool {
    let Some(first) = (last + 1).checked_sub(AGE) else { return false };
    let tag = |at: u32| parsed.tag(first + at).upos;
    let is_person = lexicon.noun(parsed.lemma(last)).is_some_and(|n| n.kind == NameKind::Person);
    let modifies = matches!(parsed.tag(last + 1).upos, Upos::Noun | Upos::Propn | Upos::Adj);
    let is_hyphen = |at: u32| parsed.form(first + at) == "-";
    is_person && !modifies && tag(0) == Upos::Num && is_hyphen(1) && is_hyphen(3)
}

/// Where an age begins, with its determiner.
fn age_start(parsed: &Parsed<'_>, last: TokenId) -> TokenId {
    let first = last + 1 - AGE;
    let before = first.saturating_sub(1);
    if parsed.tag(before).upos == Upos::Det { before } else { first }
}

/// Whether a name is but a title before one: *Professor*.
fn is_title(parsed: &Parsed<'_>, lexicon: &ReferenceLexicon, name: &Name) -> bool {
    is_modifier(parsed, parsed.head_of(name.tokens.start, name.tokens.end))
        && name.tokens.iter().all(|t| lexicon.persons.is_title(parsed.form(t)))
}

/// *A Democrat*, *the senior Democrat* is somebody, and no name of the party or people.
fn is_one_of_group(parsed: &Parsed<'_>, token: TokenId, name: &Name) -> bool {
    let described = || parsed.tree.has_any(token, &[Deprel::Amod, Deprel::Compound]);
    let one = match definiteness(parsed, token) {
        Definiteness::Indefinite => true,
        Definiteness::Definite => parsed.tree.has(token, Deprel::Det) && described(),
        _ => false,
    } && parsed.tag(token).feats.has("Number", "Sing");
    let noun = matches!(parsed.tag(token).upos, Upos::Noun | Upos::Propn);
    name.kind == NameKind::Group && one && noun && !is_modifier(parsed, token)
}

/// Whether a noun only modifies another.
fn is_modifier(parsed: &Parsed<'_>, token: TokenId) -> bool {
    let relations = [
        Deprel::Compound,
        Deprel::Flat,
        Deprel::Amod,
        Deprel::NmodDesc,
        Deprel::Fixed,
        Deprel::Goeswith,
        Deprel::Discourse,
    ];
    relations.into_iter().any(|r| parsed.tree.is(token, r))
}

/// Personal, possessive, reflexive, relative and demonstrative pronouns; not
/// *there*, not the *it* of the weather, no question words.
fn is_referring(parsed: &Parsed<'_>, token: TokenId) -> bool {
    let tag = parsed.tag(token);
    let is = |value| tag.feats.has("PronType", value);
    if parsed.tree.is(token, Deprel::Expl)
        || parsed.words.is(parsed.form(token), FunctionWord::Existential)
        || is_empty(parsed, token)
    {
        return false;
    }
    is("Prs") || is("Dem") || is("Rel") && !parsed.words.is(&tag.lemma, FunctionWord::What)
}

/// Whether *it* means nothing: "when *it* comes to bridges", "*it* is not clear who paid".
fn is_empty(parsed: &Parsed<'_>, token: TokenId) -> bool {
    let is_it = parsed.words.pronoun(parsed.form(token)) == Some(Pronoun::It);
    let verb = parsed.tree.head(token).filter(|_| is_it && parsed.tree.is(token, Deprel::Nsubj));
    verb.is_some_and(|verb| comes_to(parsed, token, verb) || stands_for_question(parsed, verb))
}

/// Whether a verb and what is beside it are *when it comes to*.
fn comes_to(parsed: &Parsed<'_>, pronoun: TokenId, verb: TokenId) -> bool {
    let is_asking = pronoun > TokenId::default() && is_question(parsed, pronoun.saturating_sub(1));
    is_asking
        && verb == pronoun + 1
        && parsed.words.is(parsed.lemma(verb), FunctionWord::Comes)
        && parsed.word(verb + 1).is_some_and(|word| parsed.words.is(word, FunctionWord::To))
}

/// Whether an adjective tells of a question behind it.
fn stands_for_question(parsed: &Parsed<'_>, adjective: TokenId) -> bool {
    let tree = parsed.tree;
    let asks = |clause: TokenId| {
        let begins = tree.children(clause).iter().copied().chain([clause]).min();
        clause > adjective && begins.is_some_and(|word| is_question(parsed, word))
    };
    parsed.tag(adjective).upos == Upos::Adj
        && tree.has(adjective, Deprel::Cop)
        && [Deprel::Ccomp, Deprel::Csubj]
            .into_iter()
            .any(|relation| tree.children_by(adjective, relation).any(asks))
}

/// Whether a word asks: *when*, *who*.
fn is_question(parsed: &Parsed<'_>, word: TokenId) -> bool {
    matches!(&*parsed.tag(word).xpos, "WRB" | "WP" | "WP$" | "WDT")
}

fn pronoun_kind(parsed: &Parsed<'_>, token: TokenId) -> Option<NameKind> {
    match parsed.words.pronoun(parsed.form(token))? {
        Pronoun::He | Pronoun::She | Pronoun::I | Pronoun::Who => Some(NameKind::Person),
        _ => None,
    }
}

/// How far a phrase reaches from its head, in words.
const WIDTH: u32 = 48;
/// How deep the words of a phrase hang below its head.
const DEPTH: usize = 12;

/// The minimal phrase of a head: the run of words around it that are its
/// determiners, adjectives, numbers, possessors, titles and parts of its name.
pub(super) fn phrase(parsed: &Parsed<'_>, head: TokenId) -> Span {
    let belongs = |child: TokenId| {
        let relation = parsed.tree.deprel(child);
        let left = child < head;
        match relation.main() {
            Deprel::Det
            | Deprel::Amod
            | Deprel::Compound
            | Deprel::Flat
            | Deprel::Fixed
            | Deprel::Goeswith
            | Deprel::Nummod => true,
            Deprel::Nmod => relation == Deprel::NmodPoss || relation == Deprel::NmodDesc && left,
            Deprel::Advmod | Deprel::Punct => left,
            _ => false,
        }
    };
    let inside = |token: TokenId| {
        let mut below = token;
        for above in parsed.tree.ancestors(token).take(DEPTH) {
            if above == head {
                return belongs(below);
            }
            below = above;
        }
        false
    };
    let first =
        head.saturating_sub(WIDTH).until(head).iter().rev().take_while(|&t| inside(t)).last();
    let last = (head + 1).until(head + WIDTH).iter().take_while(|&t| inside(t)).last();
    let (mut first, last) = (first.unwrap_or(head), last.unwrap_or(head));
    // An opening quotation mark or comma at the edge is not of the phrase, nor an adverb of
    // its clause: *even* the mayor.
    let begins_none = |token: TokenId| {
        let of_head = parsed.tree.head(token) == Some(head);
        let adverb = parsed.tag(token).upos == Upos::Adv && parsed.tree.is(token, Deprel::Advmod);
        parsed.tag(token).upos == Upos::Punct || adverb && of_head
    };
    while first < head && begins_none(first) {
        first += 1;
    }
    parsed.span(first, last + 1)
}
