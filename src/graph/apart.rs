//! The graph of many articles, without a store: for whoever has more than one machine.
//!
//! In: the graph of an article. Out: all that a graph of many needs of it ([`Apart`]): its
//! own quads, those that it has in common with others, its votes, and its signature. What follows from many is worked out by the functions that the store
//! calls: [`follows`](super::follows) for a node from the votes for it,
//! [`stories_of`](super::stories_of) from all signatures, and
//! [`story_graph`](super::story_graph) from the graphs of the articles of a story. All of it
//! together, [`as_stored`], is what a store of the same articles exports.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::str::FromStr;

use oxrdf::{Literal, NamedNode, Quad, Term, Triple};
use oxsdatatypes::{Date, DateTime, Decimal, GYear, GYearMonth, Integer};

use super::stored::{with_derived, without_derivable};
use super::vocabulary::{rdf, xsd};
use super::vote::{Vote, votes};
use super::{ArticleGraph, Iris};
use crate::stories::Signature;

/// What a graph of many articles needs of one.
#[derive(Clone, Debug)]
pub struct Apart {
    /// The article.
    pub article: NamedNode,
    /// Its named graph, as a store exports it.
    pub quads: Vec<Quad>,
    /// What its claims have in common with those of others: each counts once.
    pub shared: Vec<Quad>,
    /// What it says of the nodes that it shares with others.
    pub votes: BTreeMap<NamedNode, BTreeSet<Vote>>,
    /// By which it finds articles of its story.
    pub signature: Signature,
}

impl Apart {
    /// That of an article, by its graph.
    pub fn new(iris: &Iris, graph: ArticleGraph) -> Self {
        let article = iris.article(&graph.id);
        let stored: Vec<Quad> = without_derivable(graph.quads).owned().map(as_stored).collect();
        let triples: Vec<Triple> = stored.iter().cloned().map(Triple::from).collect();
        let quads = with_derived(&article, triples).into_iter();
        let quads = quads.filter(|triple| triple.predicate != rdf::REIFIES);
        let quads = quads.map(|triple| triple.in_graph(article.clone())).collect();
        let (shared, signature) = (graph.shared, graph.signature);
        let shared = shared.owned().map(as_stored).collect();
        Self { votes: votes(iris, &stored), article, quads, shared, signature }
    }
}

/// A quad as it comes back from a store: the database keeps numbers and times by their
/// values, so that `0.80` is `0.8`.
pub fn as_stored(mut quad: Quad) -> Quad {
    if let Term::Literal(literal) = &quad.object
        && let Some(value) = value_of(literal)
    {
        quad.object = Literal::new_typed_literal(value, literal.datatype()).into();
    }
    quad
}

/// The value of a number or a time as it is written; none for what is neither, and for
/// what is none.
fn value_of(literal: &Literal) -> Option<String> {
    let text = literal.value();
    match literal.datatype() {
        xsd::INTEGER => written::<Integer>(text),
        xsd::DECIMAL => written::<Decimal>(text),
        xsd::DATE => written::<Date>(text),
        xsd::DATE_TIME => written::<DateTime>(text),
        xsd::G_YEAR => written::<GYear>(text),
        xsd::G_YEAR_MONTH => written::<GYearMonth>(text),
        _ => None,
    }
}

fn written<T: FromStr + Display>(text: &str) -> Option<String> {
    text.parse::<T>().ok().map(|value| value.to_string())
}

#[cfg(test)]
mod tests {
    use oxigraph::store::Store;
    use oxrdf::GraphName;

    use super::*;

    #[test]
    fn literals_are_as_the_database_gives_them() {
        let texts = [
            "1",
            "007",
            "-0",
            "0.50",
            "1.0",
            "2024-05-31",
            "2024-05-31Z",
            "2024-5-1",
            "2024",
            "2024-05",
            "2024-05-31T10:00:00Z",
            "2024-05-31T10:00:00.500Z",
            "P3M",
            "P0Y3M",
            "PT90M",
            "XXXX-05-18",
            "99999999999999999999",
            "",
        ];
        let types = [
            xsd::INTEGER,
            xsd::DECIMAL,
            xsd::DATE,
            xsd::DATE_TIME,
            xsd::G_YEAR,
            xsd::G_YEAR_MONTH,
            xsd::STRING,
        ];
        let node = NamedNode::new_unchecked("https://example.org/");
        for text in texts {
            for kind in types {
                let literal = Literal::new_typed_literal(text, kind);
                let quad = Quad::new(node.clone(), node.clone(), literal, GraphName::DefaultGraph);
                let store = Store::new().unwrap();
                store.insert(&quad).unwrap();
                let stored = store.iter().next().unwrap().unwrap();
                assert_eq!(as_stored(quad), stored);
            }
        }
    }
}
