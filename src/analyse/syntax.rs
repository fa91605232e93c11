//! What tags and trees say of a word: the one answer to whether it is quoted,
//! finite, passive, definite, negated, and whom a pronoun stands for.
//!
//! In: tags, trees and quotations, of a [`Document`] or of layers that are not
//! yet one ([`Parse`]). Out: yes or no. Pure functions, which look no further
//! than a word, its head and its dependents.

use crate::text::{Deprel, Document, Tag, TokenId, TokenRange, Tree, Upos};

/// Words with their tags and trees.
pub trait Parse {
    /// The tag of a word.
    fn tag(&self, word: TokenId) -> &Tag;
    /// The trees.
    fn tree(&self) -> &Tree;
}

impl Parse for Document {
    fn tag(&self, word: TokenId) -> &Tag {
        Document::tag(self, word)
    }

    fn tree(&self) -> &Tree {
        &self.tree
    }
}

/// How well the reader is thought to know what a noun names, the best known first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Definiteness {
    /// *the embassy*, *his embassy*.
    Definite,
    /// *this embassy*.
    Demonstrative,
    /// *such an embassy*: of a kind that was spoken of.
    SuchA,
    /// *an embassy*, *some embassies*.
    Indefinite,
    /// *embassies*.
    Bare,
}

/// Whom or what a pronoun stands for by its form, whatever its case: *he*, *him*,
/// *his* and *himself* are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // each is named by its first form
pub enum Pronoun {
    I,
    We,
    He,
    She,
    It,
    They,
    /// A relative or interrogative pronoun of persons.
    Who,
}

impl Pronoun {
    /// The pronoun of this form, in small letters.
    pub fn of(form: &str) -> Option<Self> {
        Some(match form {
            "i" | "me" | "my" | "mine" | "myself" => Self::I,
            "we" | "us" | "our" | "ours" | "ourselves" => Self::We,
            "he" | "him" | "his" | "himself" => Self::He,
            "she" | "her" | "hers" | "herself" => Self::She,
            "it" | "its" | "itself" => Self::It,
            "they" | "them" | "their" | "theirs" | "themselves" => Self::They,
            "who" | "whom" => Self::Who,
            _ => return None,
        })
    }

    /// Whether it stands for somebody or something that is spoken of.
    pub fn is_third_person(self) -> bool {
        matches!(self, Self::He | Self::She | Self::It | Self::They)
    }

    /// Whether it stands for one man or woman who is spoken of.
    pub fn is_he_or_she(self) -> bool {
        matches!(self, Self::He | Self::She)
    }
}

/// Who is meant by a pronoun of the first or second person, whatever its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // each is named by its first form
pub enum Voice {
    I,
    We,
    You,
}

impl Voice {
    /// The voice of a pronoun of this form, in small letters.
    pub fn of(form: &str) -> Option<Self> {
        match form {
            "you" | "your" | "yours" | "yourself" | "yourselves" => Some(Self::You),
            _ => match Pronoun::of(form)? {
                Pronoun::I => Some(Self::I),
                Pronoun::We => Some(Self::We),
                _ => None,
            },
        }
    }
}

/// How many quotations may stand around a word or end right before it.
const NEAR: usize = 8;

/// Whether a word stands between quotation marks.
pub fn is_quoted(document: &Document, word: TokenId) -> bool {
    let Some(token) = document.tokens.get(word.index()) else { return false };
    let before = document.quotations.partition_point(|q| q.span.start <= token.span.start);
    let near = document.quotations.get(before.saturating_sub(NEAR)..before);
    near.is_some_and(|near| near.iter().any(|q| q.inner.contains(token.span)))
}

/// Whether a word ends in the full stop of a sentence, and not of an abbreviation, as far
/// as what follows tells: *Bob.* before a quotation mark.
pub fn has_stray_stop(document: &Document, word: TokenId) -> bool {
    let next = document.form(word + 1);
    let other = document.sentence_of(word) != document.sentence_of(word + 1);
    let opens = |c: char| c.is_uppercase() || matches!(c, '"' | '“' | '”');
    let letters = document.form(word).strip_suffix('.').filter(|bare| !bare.contains('.'));
    letters.is_some_and(|bare| match bare.chars().count() {
        0 | 1 => false,
        2 => other,
        _ => other || next.starts_with(opens),
    })
}

/// Whether a word has a tense or mood of its own: *sees*, *saw*, *may*.
pub fn is_finite_form(parse: &impl Parse, word: TokenId) -> bool {
    let tag = parse.tag(word);
    tag.feats.has("VerbForm", "Fin") || tag.xpos == "MD"
}

/// Whether a predicate has a tense, by itself or by its auxiliary or copula.
pub fn is_finite(parse: &impl Parse, word: TokenId) -> bool {
    let tree = parse.tree();
    is_finite_form(parse, word)
        || tree.children(word).iter().any(|&c| {
            (tree.is(c, Deprel::Aux) || tree.is(c, Deprel::Cop)) && is_finite_form(parse, c)
        })
}

/// Whether *to* marks a predicate.
pub fn is_infinitive(parse: &impl Parse, word: TokenId) -> bool {
    has_marker(parse, word, "to")
}

/// Whether a word of this lemma marks a clause: *that*, *to*, *because*.
pub fn has_marker(parse: &impl Parse, word: TokenId, lemma: &str) -> bool {
    parse.tree().children_by(word, Deprel::Mark).any(|mark| parse.tag(mark).lemma == lemma)
}

/// Whether a verb stands in the passive voice: by its auxiliary or subject, or
/// as a bare past participle that modifies or goes on from a passive.
pub fn is_passive(parse: &impl Parse, word: TokenId) -> bool {
    let tree = parse.tree();
    let has = |relation| tree.has(word, relation);
    if has(Deprel::AuxPass) || has(Deprel::NsubjPass) {
        return true;
    }
    let tag = parse.tag(word);
    let helped = has(Deprel::Aux) || has(Deprel::Cop);
    if tag.upos != Upos::Verb || tag.xpos != "VBN" || helped {
        return false;
    }
    match tree.deprel(word) {
        Deprel::Acl | Deprel::Advcl | Deprel::Xcomp | Deprel::Amod => true,
        Deprel::Conj => tree.head(word).is_some_and(|head| is_passive(parse, head)),
        _ => false,
    }
}

/// Whether a word is a verb or an auxiliary.
pub fn is_verbal(parse: &impl Parse, word: TokenId) -> bool {
    matches!(parse.tag(word).upos, Upos::Verb | Upos::Aux)
}

/// Whether there is a verb or an auxiliary among some words.
pub fn has_verb(parse: &impl Parse, words: TokenRange) -> bool {
    words.iter().any(|word| is_verbal(parse, word))
}

/// Whether a word is a noun, a name or a pronoun.
pub fn is_nominal(parse: &impl Parse, word: TokenId) -> bool {
    matches!(parse.tag(word).upos, Upos::Noun | Upos::Propn | Upos::Pron)
}

/// Whether a word is a verb, or anything with a copula.
pub fn is_clause(parse: &impl Parse, word: TokenId) -> bool {
    let tree = parse.tree();
    let helps = matches!(tree.deprel(word), Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
    match parse.tag(word).upos {
        Upos::Verb => true,
        Upos::Aux if !helps => true,
        _ => tree.has(word, Deprel::Cop),
    }
}

/// What the determiners and owners of a noun say.
pub fn definiteness(parse: &impl Parse, noun: TokenId) -> Definiteness {
    let tree = parse.tree();
    let mut found = Definiteness::Bare;
    for &child in tree.children(noun) {
        let lemma = parse.tag(child).lemma.as_str();
        let here = match tree.deprel(child) {
            Deprel::NmodPoss => Definiteness::Definite,
            relation if !relation.is(Deprel::Det) => continue,
            _ if lemma.eq_ignore_ascii_case("the") => Definiteness::Definite,
            _ if is_demonstrative(lemma) => Definiteness::Demonstrative,
            _ if lemma.eq_ignore_ascii_case("such") => Definiteness::SuchA,
            _ => Definiteness::Indefinite,
        };
        // Of several determiners (*all the*) the one that tells most counts.
        found = found.min(here);
    }
    found
}

fn is_demonstrative(lemma: &str) -> bool {
    ["this", "that", "these", "those"].iter().any(|word| lemma.eq_ignore_ascii_case(word))
}

/// Whether a noun is known to the reader: a name, a pronoun, or with *the*,
/// *this* or an owner.
pub fn is_definite(parse: &impl Parse, word: TokenId) -> bool {
    let tag = parse.tag(word);
    let indefinite = ["Ind", "Neg", "Tot"].iter().any(|t| tag.feats.has("PronType", t));
    tag.upos == Upos::Propn
        || (tag.upos == Upos::Pron && !indefinite)
        || matches!(definiteness(parse, word), Definiteness::Definite | Definiteness::Demonstrative)
}

/// Whether a word negates the clause or phrase that it depends on: *not*, *never*.
/// Who or what there is none of (*no*, *nobody*) is another matter.
pub fn is_negation(parse: &impl Parse, word: TokenId) -> bool {
    let tag = parse.tag(word);
    tag.feats.has("Polarity", "Neg") || tag.upos == Upos::Adv && tag.feats.has("PronType", "Neg")
}

/// Whether a word is made of quotation marks.
pub fn is_quotation_mark(form: &str) -> bool {
    !form.is_empty() && form.chars().all(|c| "\"“”„‟«»'‘’‚`´‹›".contains(c))
}
