//! Names of relations: the third person singular of the verb with its particle
//! or preposition.
//!
//! In: a relation with its lemmas, `["return", "to"]`. Out: its label, "returns
//! to", and its name in camel case, `returnsTo`. A passive keeps its participle:
//! `isMade`. Any Unicode lemma gives a name of letters and digits alone, which
//! may stand in an IRI as it is.

use super::inflection::Inflection;
use crate::extract::Relation;
use crate::text::{Document, FunctionWord, Upos};

/// What a relation is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationName {
    /// As people read it: "returns to", "is made by".
    pub label: String,
    /// In camel case: `returnsTo`, `isMadeBy`; the graph makes its property of it.
    pub name: String,
}

impl RelationName {
    /// The name of a claim's relation.
    pub fn new(document: &Document, relation: &Relation, inflection: &Inflection) -> Self {
        let lemmas: Vec<&str> =
            relation.lemmas.iter().map(compact_str::CompactString::as_str).collect();
        if is_passive(document, relation) {
            Self::passive(&lemmas, document.form(relation.head), inflection)
        } else {
            Self::active(&lemmas, inflection)
        }
    }

    /// The name of a relation whose first lemma is its verb: `["work", "in"]`.
    pub(super) fn active(lemmas: &[&str], inflection: &Inflection) -> Self {
        let mut words = lower_case(lemmas);
        if let Some(verb) = words.first_mut() {
            *verb = inflection.third_person(verb);
        }
        let label = words.join(" ");
        Self { name: camel_case(&label), label }
    }

    /// The name of a relation whose lemmas are `be` and a verb, written so: "is made by".
    fn passive(lemmas: &[&str], written: &str, inflection: &Inflection) -> Self {
        let mut words = lower_case(lemmas);
        if let Some(verb) = words.get_mut(1) {
            *verb = inflection.participle(verb, written);
        }
        Self::active(&words.iter().map(String::as_str).collect::<Vec<_>>(), inflection)
    }
}

/// The name of a qualifier's property: `from`, `inFrontOf`, `recipient`.
pub fn qualifier_name(preposition: &str) -> String {
    camel_case(&preposition.to_lowercase())
}

/// Words that say something, in lower case.
fn lower_case(lemmas: &[&str]) -> Vec<String> {
    let words = lemmas.iter().map(|lemma| lemma.to_lowercase().trim().to_owned());
    words.filter(|word| !word.is_empty()).collect()
}

/// Whether `be` comes before a verb, or before the verb that a noun stands for
/// (*the protection of the embassy*); not before what somebody is.
fn is_passive(document: &Document, relation: &Relation) -> bool {
    let [be, verb, more @ ..] = relation.lemmas.as_slice() else { return false };
    let is_own_lemma = document.lemma(relation.head).eq_ignore_ascii_case(verb);
    document.words.is(be, FunctionWord::Be)
        && match document.tag(relation.head).upos {
            Upos::Verb => is_own_lemma,
            // "Mayor" is followed by what of; "release" stands for the verb alone.
            Upos::Noun => !is_own_lemma || more.is_empty(),
            _ => false,
        }
}

/// A label as one word: `returnsTo`.
fn camel_case(label: &str) -> String {
    let mut name = String::with_capacity(label.len());
    for word in label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if name.is_empty() { name.push_str(word) } else { push_capitalised(&mut name, word) }
    }
    if name.is_empty() { spelled_out(label) } else { name }
}

fn push_capitalised(name: &mut String, word: &str) {
    let mut letters = word.chars();
    // The capital of a letter with accents may be a letter and accents by themselves.
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    name.extend(first.filter(|c| c.is_alphanumeric()));
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(lemmas: &[&str], expected: &str) {
        assert_eq!(
            RelationName::active(lemmas, &Inflection::default()).name,
            expected,
            "{lemmas:?}"
        );
    }

    #[test]
    fn verbs_are_inflected() {
        check(&["guard"], "guards");
        check(&["carry", "out"], "carriesOut");
        check(&["be", "mayor", "of"], "isMayorOf");
        check(&["have"], "has");
        check(&["work", "in"], "worksIn");
    }

    #[test]
    fn passives_keep_their_participle() {
        let check = |lemmas: &[&str], expected: &str| {
            assert_eq!(
                RelationName::passive(lemmas, "", &Inflection::default()).name,
                expected,
                "{lemmas:?}"
            );
        };
        check(&["be", "make"], "isMade");
        check(&["be", "guard", "by"], "isGuardedBy");
        check(&["be", "commit", "to"], "isCommittedTo");
        check(&["be"], "is");
    }

    #[test]
    fn odd_lemmas_are_safe() {
        check(&["re-open"], "reOpens");
        check(&["Naïve", "über"], "naïvesÜber");
        check(&["%"], "relatesU25");
        check(&[" ", ""], "relates");
        check(&[], "relates");
        check(&["сказать"], "сказатьs");
        check(&["a-ὖ"], "aΥs");
    }

    #[test]
    fn labels_read_as_english() {
        assert_eq!(
            RelationName::active(&["return", "to"], &Inflection::default()).label,
            "returns to"
        );
        assert_eq!(qualifier_name("In front of"), "inFrontOf");
    }

    proptest! {
        #[test]
        fn names_are_letters_and_digits(lemmas in proptest::collection::vec(".{0,8}", 0..4)) {
            let lemmas: Vec<&str> = lemmas.iter().map(String::as_str).collect();
            let name = RelationName::active(&lemmas, &Inflection::default()).name;
            prop_assert!(!name.is_empty() && name.chars().all(char::is_alphanumeric), "{}", name);
        }
    }
}
