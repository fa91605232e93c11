//! Names of relations: the third person singular of the verb with its particle
//! or preposition, in camel case.
//!
//! In: the lemmas of a relation, `["return", "to"]`. Out: the local name of its
//! property, `returnsTo`, and its label, "returns to". Any Unicode lemma gives
//! a name that may stand in an IRI.

/// Verbs that the rules of spelling do not inflect rightly.
const IRREGULAR: &str = include_str!("irregular.tsv");

/// The label of a relation: "returns to".
pub(super) fn label<'a>(lemmas: impl IntoIterator<Item = &'a str>) -> String {
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
    if let Some(form) = irregular(verb) {
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

fn irregular(verb: &str) -> Option<&'static str> {
    IRREGULAR
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .find(|&(l, _)| l == verb)
        .map(|p| p.1)
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
