//! Graphs that articles share, in parts: what one article changes of them is sent, and
//! not the whole.
//!
//! A part is what a graph says of the subjects whose SHA-256 begins with the same digits.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedNode, NamedOrBlankNode, Triple};
use sha2::{Digest, Sha256};

use super::held::Held;
use super::local::{digest_of, lines};
use crate::graph::Iris;
use crate::text::hex;

/// A part has about so many subjects at most.
const SUBJECTS: usize = 512;

/// A graph in parts.
pub(super) struct Parts {
    pub(super) graph: NamedNode,
    /// How many digits tell the parts apart.
    pub(super) digits: usize,
    /// The lines of each part, by its digits.
    pub(super) parts: BTreeMap<String, Vec<String>>,
}

impl Parts {
    pub(super) fn of(graph: NamedNode, triples: Vec<Triple>) -> Self {
        let mut by_subject: BTreeMap<String, Vec<Triple>> = BTreeMap::new();
        for triple in triples {
            by_subject.entry(name(&triple.subject)).or_default().push(triple);
        }
        let digits = digits(by_subject.len());
        let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (subject, triples) in by_subject {
            parts.entry(part_of(&subject, digits)).or_default().extend(lines(&triples));
        }
        Self { graph, digits, parts }
    }

    /// The parts that an endpoint holds of it, by their digits.
    pub(super) fn held(&self, iris: &Iris, held: &Held) -> BTreeMap<String, String> {
        let prefix = iris.pushed_part(&self.graph, "").into_string();
        let own = held.iter().filter_map(|(node, digest)| {
            Some((node.strip_prefix(&prefix)?.to_owned(), digest.clone()))
        });
        own.collect()
    }

    /// Which of its parts differ from those that are held; none where it has to be sent as
    /// a whole, as none is held, or they were cut otherwise.
    pub(super) fn changed(&self, held: &BTreeMap<String, String>) -> Option<BTreeSet<String>> {
        if held.is_empty() || held.keys().any(|part| part.len() != self.digits) {
            return None;
        }
        let all: BTreeSet<&String> = self.parts.keys().chain(held.keys()).collect();
        let differs = |part: &&&String| match self.parts.get(**part) {
            Some(lines) => held.get(**part) != Some(&digest_of(lines)),
            None => true,
        };
        Some(all.iter().filter(differs).map(|part| (*part).clone()).collect())
    }

    /// What tells the subjects of some parts from others, in SPARQL: not by `IN`, for which
    /// engines work out the digest anew for each part.
    pub(super) fn filter(&self, parts: &BTreeSet<String>) -> String {
        let digits = self.digits;
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let parts = parts.join(" ");
        format!("isIRI(?node) && CONTAINS(\"{parts}\", SUBSTR(SHA256(STR(?node)), 1, {digits}))")
    }
}

/// How many digits cut so many subjects into parts of the right size; a digit more for
/// sixteen times as many.
fn digits(subjects: usize) -> usize {
    let (mut digits, mut parts) = (0, 1);
    while subjects / parts > SUBJECTS {
        (digits, parts) = (digits + 1, parts * 16);
    }
    digits
}

/// The part that a subject is of.
pub(super) fn part_of(subject: &str, digits: usize) -> String {
    let mut part = hex(&Sha256::digest(subject));
    part.truncate(digits);
    part
}

fn name(subject: &NamedOrBlankNode) -> String {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(subjects: std::ops::Range<usize>) -> Parts {
        let node = |path: String| NamedNode::new_unchecked(format!("https://example.org/{path}"));
        let triples = subjects
            .map(|n| Triple::new(node(format!("s/{n}")), node("p".into()), node("o".into())));
        Parts::of(node("graph/entities".into()), triples.collect())
    }

    fn held(parts: &Parts) -> BTreeMap<String, String> {
        parts.parts.iter().map(|(part, lines)| (part.clone(), digest_of(lines))).collect()
    }

    #[test]
    fn only_parts_that_differ_are_changed() {
        let (before, after) = (graph(0..1000), graph(1..1001));
        assert_eq!((before.digits, before.parts.len()), (1, 16));
        let of = |n: usize| part_of(&format!("https://example.org/s/{n}"), 1);
        assert_eq!(before.changed(&held(&before)), Some(BTreeSet::new()));
        assert_eq!(after.changed(&held(&before)), Some(BTreeSet::from([of(0), of(1000)])));
    }

    #[test]
    fn what_was_cut_otherwise_is_sent_as_a_whole() {
        let (small, large) = (graph(0..100), graph(0..1000));
        assert_eq!((small.digits, small.parts.len()), (0, 1));
        assert_eq!(large.changed(&held(&small)), None);
        assert_eq!(large.changed(&BTreeMap::new()), None);
        assert!(small.changed(&BTreeMap::from([(String::new(), "x".into())])).is_some());
    }
}
