//! Names of relations: the third person singular of the verb with its particle
//! or preposition, in camel case.
//!
//! In: a relation with its lemmas, `["return", "to"]`. Out: the local name of its
//! property, `returnsTo`, and its label, "returns to". A passive keeps its
//! participle: `isMade`. Any Unicode lemma gives a name that may stand in an IRI.

use crate::extract::Relation;
use crate::text::{Document, Upos};

/// Verbs whose third person the rules of spelling do not make rightly.
const IRREGULAR: &str = include_str!("irregular.tsv");
/// Verbs whose past participle the rules of spelling do not make rightly.
const PARTICIPLES: &str = include_str!("participles.tsv");

/// The label of a claim's relation: "returns to", "is made".
pub(super) fn label_of(document: &Document, relation: &Relation) -> String {
    let lemmas = relation.lemmas.iter().map(|l| l.as_str());
    if is_passive(document, relation) { passive_label(lemmas) } else { label(lemmas) }
}

/// Whether `be` comes before a verb, or before the verb that a noun stands for
/// (*the protection of the embassy*); not before what somebody is.
fn is_passive(document: &Document, relation: &Relation) -> bool {
    let [be, verb, ..] = relation.lemmas.as_slice() else { return false };
    let is_own_lemma = document.lemma(relation.head).eq_ignore_ascii_case(verb);
    be == "be"
        && match document.tag(relation.head).upos {
            Upos::Verb => is_own_lemma,
            Upos::Noun => !is_own_lemma,
            _ => false,
        }
}

/// The label of a passive relation, whose lemmas are `be` and a verb: "is made by".
fn passive_label<'a>(lemmas: impl IntoIterator<Item = &'a str>) -> String {
    let lower = lemmas.into_iter().map(str::to_lowercase);
    let words: Vec<String> = lower
        .enumerate()
        .map(|(i, word)| if i == 1 { participle(word.trim()) } else { word })
        .collect();
    label(words.iter().map(String::as_str))
}

/// The label of a relation: "returns to".
fn label<'a>(lemmas: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = lemmas.into_iter().map(str::to_lowercase).filter(|w| !w.trim().is_empty());
    let first = words.next().map(|verb| third_person(verb.trim())).unwrap_or_default();
    std::iter::once(first).chain(words.map(|w| w.trim().to_owned())).collect::<Vec<_>>().join(" ")
}

/// The local name of a relation's property: `returnsTo`.
pub(super) fn name(label: &str) -> String {
    let mut name = String::with_capacity(label.len());
    for word in label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if name.is_empty() { name.push_str(word) } else { push_capitalised(&mut name, word) }
    }
    if name.is_empty() { spelled_out(label) } else { name }
}

/// The property of a qualifier: `from`, `inFrontOf`, `recipient`.
pub(super) fn qualifier_name(preposition: &str) -> String {
    name(&preposition.to_lowercase())
}

fn push_capitalised(name: &mut String, word: &str) {
    let mut letters = word.chars();
    name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    name.push_str(letters.as_str());
}

/// A name for words without a letter or digit: their code points.
fn spelled_out(label: &str) -> String {
    let mut name = String::from("relates");
    for c in label.chars().filter(|c| !c.is_whitespace()) {
        name.push_str(&format!("U{:X}", u32::from(c)));
    }
    name
}

/// The third person singular of a verb: *guards*, *reaches*, *denies*, *is*.
fn third_person(verb: &str) -> String {
    if let Some(form) = look_up(IRREGULAR, verb) {
        return form.to_owned();
    }
    if !verb.ends_with(char::is_alphabetic) {
        return verb.to_owned();
    }
    if let Some(stem) = verb.strip_suffix('y')
        && stem.chars().next_back().is_some_and(|c| !"aeiou".contains(c))
    {
        return format!("{stem}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| verb.ends_with(end));
    format!("{verb}{}", if hisses { "es" } else { "s" })
}

/// The past participle of a verb: *guarded*, *denied*, *stopped*, *made*.
fn participle(verb: &str) -> String {
    if let Some(form) = look_up(PARTICIPLES, verb) {
        return form.to_owned();
    }
    let is_vowel = |c: char| "aeiou".contains(c);
    let mut from_end = verb.chars().rev();
    let (last, before, first) = (from_end.next(), from_end.next(), from_end.next());
    match (last, before) {
        (Some('e'), _) => format!("{verb}d"),
        (Some('y'), Some(c)) if !is_vowel(c) => {
            format!("{}ied", verb.strip_suffix('y').unwrap_or(verb))
        }
        (Some(last), Some(c)) if doubles(last) && is_vowel(c) && is_short(verb, first) => {
            format!("{verb}{last}ed")
        }
        _ => format!("{verb}ed"),
    }
}

/// Whether a last consonant may be doubled.
fn doubles(last: char) -> bool {
    last.is_ascii_alphabetic() && !"aeiouwxy".contains(last)
}

/// Whether a verb has one syllable, with one vowel before its last consonant:
/// *stop*, not *repeat* or *open*.
fn is_short(verb: &str, before_vowel: Option<char>) -> bool {
    let vowels = verb.chars().filter(|c| "aeiouy".contains(*c)).count();
    vowels == 1 && before_vowel.is_some() || verb.starts_with("qu") && vowels == 2
}

fn look_up(table: &'static str, verb: &str) -> Option<&'static str> {
    table.lines().filter_map(|line| line.split_once('\t')).find(|&(l, _)| l == verb).map(|p| p.1)
}

#[cfg(test)]
mod tests {
    use oxrdf::NamedNode;
    use proptest::prelude::*;

    use super::*;
    use crate::graph::vocabulary::rel;

    fn check(lemmas: &[&str], expected: &str) {
        assert_eq!(name(&label(lemmas.iter().copied())), expected, "{lemmas:?}");
    }

    #[test]
    fn verbs_are_inflected() {
        check(&["guard"], "guards");
        check(&["carry", "out"], "carriesOut");
        check(&["play"], "plays");
        check(&["reach"], "reaches");
        check(&["veto"], "vetoes");
        check(&["be", "mayor", "of"], "isMayorOf");
        check(&["have"], "has");
        check(&["undergo"], "undergoes");
        check(&["work", "in"], "worksIn");
    }

    #[test]
    fn passives_keep_their_participle() {
        let check = |lemmas: &[&str], expected: &str| {
            assert_eq!(name(&passive_label(lemmas.iter().copied())), expected, "{lemmas:?}");
        };
        check(&["be", "make"], "isMade");
        check(&["be", "guard", "by"], "isGuardedBy");
        check(&["be", "deny"], "isDenied");
        check(&["be", "stop"], "isStopped");
        check(&["be", "open"], "isOpened");
        check(&["be", "repeat"], "isRepeated");
        check(&["be", "destroy"], "isDestroyed");
        check(&["be", "quiz"], "isQuizzed");
        check(&["be", "commit", "to"], "isCommittedTo");
        check(&["be", "fix"], "isFixed");
        check(&["be"], "is");
    }

    #[test]
    fn odd_lemmas_are_safe() {
        check(&["re-open"], "reOpens");
        check(&["Naïve", "über"], "naïvesÜber");
        check(&["%"], "relatesU25");
        check(&[], "relates");
        check(&["сказать"], "сказатьs");
    }

    proptest! {
        #[test]
        fn every_lemma_gives_an_iri(lemmas in proptest::collection::vec(".{0,8}", 0..4)) {
            let name = name(&label(lemmas.iter().map(String::as_str)));
            prop_assert!(NamedNode::new(format!("{}{name}", rel::NAMESPACE)).is_ok(), "{}", name);
        }
    }
}
