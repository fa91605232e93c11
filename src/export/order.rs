//! The order in which triples are written.

use std::cmp::Ordering;

#[cfg(feature = "store")]
use oxrdf::NamedNode;
use oxrdf::{NamedOrBlankNode, Term, Triple};

use crate::graph::vocabulary::{rdf, rdfs, skos};

/// By subject, then by property (types and labels first), then by object.
pub(super) fn compare(one: &Triple, other: &Triple) -> Ordering {
    compare_subjects(&one.subject, &other.subject)
        .then_with(|| rank(one).cmp(&rank(other)))
        .then_with(|| one.predicate.cmp(&other.predicate))
        .then_with(|| compare_objects(&one.object, &other.object))
}

/// IRIs before blank nodes, numbers in them by value.
pub(super) fn compare_subjects(one: &NamedOrBlankNode, other: &NamedOrBlankNode) -> Ordering {
    let key = |node: &NamedOrBlankNode| (node.is_blank_node(), node.to_string());
    let ((blank, text), (other_blank, other_text)) = (key(one), key(other));
    blank.cmp(&other_blank).then_with(|| natural(&text, &other_text))
}

fn rank(triple: &Triple) -> u8 {
    let predicate = triple.predicate.as_ref();
    let first = [rdf::TYPE, rdfs::LABEL, skos::PREF_LABEL, skos::ALT_LABEL];
    first.iter().position(|&p| p == predicate).unwrap_or(first.len()) as u8
}

/// IRIs, numbers in them by value.
#[cfg(feature = "store")]
pub(super) fn compare_nodes(one: &NamedNode, other: &NamedNode) -> Ordering {
    natural(one.as_str(), other.as_str())
}

fn compare_objects(one: &Term, other: &Term) -> Ordering {
    natural(&one.to_string(), &other.to_string())
}

/// Compares texts with numbers in them by value: `claim/2` before `claim/10`.
/// Texts that only differ in leading zeros are told apart in the end.
fn natural(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one.as_bytes(), other.as_bytes());
    while let (Some(&x), Some(&y)) = (a.first(), b.first()) {
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            compare_numbers(take_number(&mut a), take_number(&mut b))
        } else {
            a = a.get(1..).unwrap_or_default();
            b = b.get(1..).unwrap_or_default();
            x.cmp(&y)
        };
        if order.is_ne() {
            return order;
        }
    }
    a.len().cmp(&b.len()).then_with(|| one.cmp(other))
}

/// Takes the digits that a text begins with, without leading zeros.
fn take_number<'a>(text: &mut &'a [u8]) -> &'a [u8] {
    let end = text.iter().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    *text = rest;
    let zeros = digits.iter().take_while(|&&b| b == b'0').count();
    digits.get(zeros..).unwrap_or_default()
}

fn compare_numbers(one: &[u8], other: &[u8]) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(sorted: &[&str]) {
        for pair in sorted.windows(2) {
            assert_eq!(natural(pair[0], pair[1]), Ordering::Less, "{pair:?}");
        }
    }

    #[test]
    fn numbers_are_compared_by_value() {
        check(&["claim/2", "claim/10", "claim/10/x", "clean"]);
        check(&["#char=9,12", "#char=12,9", "#char=12,10"]);
        check(&["a", "a0", "a00", "a01", "a1", "a2"]);
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in "[a01]{0,4}", b in "[a01]{0,4}", c in "[a01]{0,4}") {
            prop_assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
            prop_assert_eq!(natural(&a, &b).is_eq(), a == b);
            if natural(&a, &b).is_le() && natural(&b, &c).is_le() {
                prop_assert!(natural(&a, &c).is_le());
            }
        }
    }
}
