//! What is stored of an article's graph, and what follows from that.
//!
//! A quad costs about 330 bytes on the disk, in six orders. So what the rest of an
//! article's graph tells is not stored: the class and the offsets of passages, whose IRIs
//! say where they are (RFC 5147), and the words of all but those that are asked for by
//! their words, what claims and attributions quote. Whoever writes or checks the whole
//! graph makes the rest again ([`with_derived`]); queries have the offsets worked out
//! where they ask for them (`query/offsets.rs`).

use std::collections::{BTreeSet, HashSet};

use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term, Triple};

use super::characters::{Characters, offsets, offsets_of_passage};
use super::vocabulary::{oa, rdf, rp};
use super::{QuadView, Quads};

/// The quads of an article's graph that are stored.
pub(super) fn without_derivable(mut quads: Quads) -> Quads {
    let quotes = [rp::EVIDENCE, rp::CUE, rp::CONTENT];
    let is_quoting = |quad: &QuadView<'_>| quotes.iter().any(|&p| *quad.predicate == p);
    let quoted: HashSet<NamedNode> = quads.iter().filter(is_quoting).filter_map(object).collect();
    quads.retain(|quad| {
        let is_described = || subject(quad).is_some_and(|node| quoted.contains(node));
        match quad.predicate.as_ref() {
            oa::START | oa::END => false,
            oa::EXACT => is_described(),
            rdf::TYPE => *quad.object != Term::from(oa::TEXT_POSITION_SELECTOR),
            rdf::REIFIES => false,
            _ => true,
        }
    });
    quads
}

fn object(quad: QuadView<'_>) -> Option<NamedNode> {
    match quad.object {
        Term::NamedNode(node) => Some(node.clone()),
        _ => None,
    }
}

fn subject(quad: QuadView<'_>) -> Option<&NamedNode> {
    match quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// The whole graph of an article, from what is stored of it: its passages get
/// their class, offsets and words.
pub fn with_derived(article: &NamedNode, mut triples: Vec<Triple>) -> Vec<Triple> {
    let prefix = format!("{}#char=", article.as_str());
    let mut passages = Passages::default();
    for triple in &triples {
        passages.note(triple, &prefix);
    }
    let text = text_of(&triples);
    for passage in &passages.all {
        let offsets = passage.as_str().strip_prefix(&prefix).and_then(offsets);
        let has_words = passages.with_words.contains(passage);
        let words = offsets.and_then(|(start, end)| text.text().get(text.bytes(start, end)?));
        if !has_words && words.is_none() {
            continue;
        }
        let mut say = |predicate: oxrdf::NamedNodeRef<'_>, object: Term| {
            triples.push(Triple::new(passage.clone(), predicate.into_owned(), object));
        };
        say(rdf::TYPE, oa::TEXT_POSITION_SELECTOR.into());
        if let (false, Some((start, end))) = (passages.with_offsets.contains(passage), offsets) {
            say(oa::START, Literal::from(start as i64).into());
            say(oa::END, Literal::from(end as i64).into());
        }
        if let (false, Some(words)) = (has_words, words) {
            say(oa::EXACT, Literal::new_simple_literal(words).into());
        }
    }
    triples
}

/// What is not stored of a passage whose words are: its class and offsets.
pub fn derived_of_passage(node: &Term, said: &[(NamedNode, Term)]) -> Vec<(NamedNode, Term)> {
    let says = |property: oxrdf::NamedNodeRef<'_>| said.iter().any(|(p, _)| *p == property);
    let Term::NamedNode(passage) = node else { return Vec::new() };
    let range = offsets_of_passage(passage.as_str());
    let Some((start, end)) = range.filter(|_| says(oa::EXACT) && !says(oa::START)) else {
        return Vec::new();
    };
    vec![
        (rdf::TYPE.into_owned(), oa::TEXT_POSITION_SELECTOR.into()),
        (oa::START.into_owned(), Literal::from(start as i64).into()),
        (oa::END.into_owned(), Literal::from(end as i64).into()),
    ]
}

/// The passages that triples speak of, and what is told of them already.
#[derive(Default)]
struct Passages {
    all: BTreeSet<NamedNode>,
    with_words: HashSet<NamedNode>,
    /// Those of stores that still have them.
    with_offsets: HashSet<NamedNode>,
}

impl Passages {
    fn note(&mut self, triple: &Triple, prefix: &str) {
        if let Term::NamedNode(object) = &triple.object
            && object.as_str().starts_with(prefix)
        {
            self.all.insert(object.clone());
        }
        if let NamedOrBlankNode::NamedNode(subject) = &triple.subject
            && subject.as_str().starts_with(prefix)
        {
            self.all.insert(subject.clone());
            match triple.predicate.as_ref() {
                oa::EXACT => self.with_words.insert(subject.clone()),
                oa::START => self.with_offsets.insert(subject.clone()),
                _ => false,
            };
        }
    }
}

/// The text of an article, by characters.
fn text_of(triples: &[Triple]) -> Characters {
    let is_text = |triple: &&Triple| triple.predicate == rp::TEXT;
    Characters::of(match triples.iter().find(is_text).map(|triple| &triple.object) {
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        _ => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use oxrdf::{NamedNodeRef, Quad};

    use super::*;

    fn node(path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("https://example.org/article/a{path}"))
    }

    fn say(subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> Quad {
        Quad::new(subject.clone(), predicate.into_owned(), object, node(""))
    }

    fn described(path: &str, start: i64, end: i64, words: &str) -> Vec<Quad> {
        let passage = node(path);
        vec![
            say(&passage, rdf::TYPE, oa::TEXT_POSITION_SELECTOR),
            say(&passage, oa::START, Literal::from(start)),
            say(&passage, oa::END, Literal::from(end)),
            say(&passage, oa::EXACT, Literal::new_simple_literal(words)),
        ]
    }

    #[test]
    fn what_is_left_out_is_made_again() {
        let (article, claim) = (node(""), node("/claim/1"));
        let mut quads = vec![
            say(&article, rp::TEXT, Literal::new_simple_literal("É – ändert Lima.")),
            say(&claim, rp::EVIDENCE, node("#char=0,15")),
            say(&claim, rp::OBJECT_EVIDENCE, node("#char=11,15")),
            say(&node("#char=4,10"), rp::MENTIONS, node("/entity/x")),
        ];
        quads.extend(described("#char=0,15", 0, 15, "É – ändert Lima"));
        quads.extend(described("#char=11,15", 11, 15, "Lima"));
        quads.extend(described("#char=4,10", 4, 10, "ändert"));
        let mut all = Quads::new(article.clone());
        for q in &quads {
            all.push(q.subject.clone(), q.predicate.clone(), q.object.clone());
        }
        let stored = without_derivable(all);
        assert_eq!(stored.len(), 4 + 1);
        let sorted = |triples: Vec<Triple>| -> BTreeSet<String> {
            triples.iter().map(ToString::to_string).collect()
        };
        let whole = with_derived(&article, stored.owned().map(Triple::from).collect());
        assert_eq!(sorted(whole), sorted(quads.into_iter().map(Triple::from).collect()));
    }

    #[test]
    fn offsets_of_older_stores_are_not_told_twice() {
        let article = node("");
        let mut quads = vec![say(&node("/claim/1"), rp::EVIDENCE, node("#char=0,4"))];
        quads.extend(described("#char=0,4", 0, 4, "Lima").into_iter().skip(1));
        let triples: Vec<Triple> = quads.into_iter().map(Triple::from).collect();
        assert_eq!(with_derived(&article, triples).len(), 1 + 4);
    }

    #[test]
    fn passages_outside_the_text_stay_as_they_are() {
        let article = node("");
        let quads = [
            say(&article, rp::TEXT, Literal::new_simple_literal("Lima")),
            say(&node("/claim/1"), rp::EVIDENCE, node("#char=2,9")),
            say(&node("/claim/1"), rp::CUE, node("#char=nowhere")),
        ];
        let triples: Vec<Triple> = quads.into_iter().map(Triple::from).collect();
        assert_eq!(with_derived(&article, triples.clone()), triples);
    }
}
