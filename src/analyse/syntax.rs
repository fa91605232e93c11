//! What tags and trees say of a word: the one answer to whether it is quoted,
//! finite, passive, definite, negated, and whom a pronoun stands for.
//!
//! In: tags, trees and quotations, of a [`Document`] or of layers that are not
//! yet one ([`Parse`]). Out: yes or no. Pure functions, which look no further
//! than a word, its head and its dependents.

use crate::text::{
    Deprel, Document, FunctionWord, FunctionWords, Pronoun, Tag, TokenId, TokenRange, Tree, Upos,
};

/// Words with their tags and trees.
pub trait Parse {
    /// The tag of a word.
    fn tag(&self, word: TokenId) -> &Tag;
    /// The trees.
    fn tree(&self) -> &Tree;
    /// The words of closed classes.
    fn words(&self) -> &FunctionWords;
}

impl Parse for Document {
    fn tag(&self, word: TokenId) -> &Tag {
        Document::tag(self, word)
    }

    fn tree(&self) -> &Tree {
        &self.tree
    }

    fn words(&self) -> &FunctionWords {
        &self.words
    }
}

/// The pronoun that a word is by its form: the country *US* is none, nor is a *mine*.
pub fn pronoun(document: &Document, word: TokenId) -> Option<Pronoun> {
    let may_be = matches!(document.tag(word).upos, Upos::Pron | Upos::Det);
    document.words.pronoun(document.form(word)).filter(|_| may_be)
}

/// Whether a word tells whose something is: *his*, *her*, *its*, *their*, *whose*.
pub fn is_owner(document: &Document, word: TokenId) -> bool {
    let tag = document.tag(word);
    tag.upos == Upos::Pron && tag.feats.has("Poss", "Yes")
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

/// Whether the words before a plural name choose among those who bear it: *several leading
/// Greens*, but not *the Greens*.
pub fn choose_among<'t>(before: impl IntoIterator<Item = &'t Tag>) -> bool {
    let mut chosen = false;
    for tag in before {
        if tag.feats.has("Definite", "Def") || tag.feats.has("Poss", "Yes") {
            return false;
        }
        chosen |= matches!(tag.upos, Upos::Adj | Upos::Num | Upos::Verb | Upos::Det);
    }
    chosen
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
    has_marker(parse, word, FunctionWord::To)
}

/// Whether a word of a class marks a clause: *to*, *because*.
pub fn has_marker(parse: &impl Parse, word: TokenId, class: FunctionWord) -> bool {
    parse.tree().children_by(word, Deprel::Mark).any(|mark| is(parse, mark, class))
}

/// Whether a word is, by its lemma, of a class.
pub fn is(parse: &impl Parse, word: TokenId, class: FunctionWord) -> bool {
    parse.words().is(&parse.tag(word).lemma, class)
}

/// Whether a verb stands in the passive voice: by its auxiliary or subject, or
/// as a bare past participle that modifies or goes on from a passive or a state.
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
        Deprel::Conj => {
            // "was popular but *ridiculed*"
            let state = |head| parse.tag(head).upos == Upos::Adj && tree.has(head, Deprel::Cop);
            tree.head(word).is_some_and(|head| is_passive(parse, head) || state(head))
        }
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
        let pronoun = parse.words().pronoun(&parse.tag(child).lemma);
        let here = match tree.deprel(child) {
            Deprel::NmodPoss => Definiteness::Definite,
            relation if !relation.is(Deprel::Det) => continue,
            _ if is(parse, child, FunctionWord::The) => Definiteness::Definite,
            _ if pronoun.is_some_and(Pronoun::is_demonstrative) => Definiteness::Demonstrative,
            _ if is(parse, child, FunctionWord::Such) => Definiteness::SuchA,
            _ => Definiteness::Indefinite,
        };
        // Of several determiners (*all the*) the one that tells most counts.
        found = found.min(here);
    }
    found
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
