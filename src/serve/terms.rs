//! The words that SPARQL is written with here: prefixes, and the terms of the vocabulary,
//! of the declared relations and of the shipped questions, each with its meaning.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;
use serde_json::json;

use super::http::Reply;
use crate::graph::vocabulary::{PREFIXES, rdfs};
use crate::query::named_queries;

/// Where the terms are declared.
const DECLARED: [&str; 2] =
    [include_str!("../../ontology/reportedly.ttl"), include_str!("../../ontology/relations.ttl")];

/// What completion offers.
pub(super) fn terms() -> Reply {
    static TERMS: LazyLock<Vec<u8>> = LazyLock::new(written);
    Reply::new(super::http::JSON, TERMS.clone()).with("cache-control", "max-age=3600")
}

fn written() -> Vec<u8> {
    let mut meanings: BTreeMap<String, String> = BTreeMap::new();
    for query in named_queries() {
        meanings.extend(used(query.sparql).map(|term| (term.to_owned(), String::new())));
    }
    for turtle in DECLARED {
        meanings.extend(declared(turtle));
    }
    let prefixes: BTreeMap<&str, &str> = PREFIXES.iter().copied().collect();
    json!({ "prefixes": prefixes, "terms": meanings }).to_string().into_bytes()
}

/// The terms that Turtle declares, and their meaning.
fn declared(turtle: &str) -> BTreeMap<String, String> {
    let triples = TurtleParser::new().for_slice(turtle).filter_map(Result::ok);
    triples.filter_map(meaning).collect()
}

fn meaning(triple: Triple) -> Option<(String, String)> {
    match (triple.subject, triple.object) {
        (NamedOrBlankNode::NamedNode(node), Term::Literal(meaning))
            if triple.predicate == rdfs::COMMENT =>
        {
            Some((prefixed(node.as_str())?, meaning.value().to_owned()))
        }
        _ => None,
    }
}

/// An IRI with a known prefix.
pub(super) fn prefixed(iri: &str) -> Option<String> {
    PREFIXES.iter().find_map(|(prefix, namespace)| {
        let name = iri.strip_prefix(namespace)?;
        let is_plain = !name.is_empty() && !name.contains(['/', '#', '.', '%']);
        is_plain.then(|| format!("{prefix}:{name}"))
    })
}

/// The terms with known prefixes that a query uses.
fn used(sparql: &str) -> impl Iterator<Item = &str> {
    let lines = sparql.lines().map(|line| line.split('#').next().unwrap_or(line));
    let words = lines.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != ':'));
    words.filter(|word| {
        let (prefix, name) = word.split_once(':').unwrap_or((word, ""));
        !name.is_empty() && PREFIXES.iter().any(|(known, _)| *known == prefix)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_have_their_meaning() {
        let terms: serde_json::Value = serde_json::from_slice(&written()).unwrap();
        let meaning = |term: &str| terms["terms"][term].as_str().map(str::len);
        assert!(meaning("rp:Claim") > Some(20) && meaning("rel:guards") > Some(10));
        assert!(meaning("schema:datePublished").is_some());
        assert!(meaning("http:").is_none());
        assert_eq!(prefixed("https://w3id.org/reportedly/ns#Claim").as_deref(), Some("rp:Claim"));
        assert_eq!(prefixed("https://elsewhere.example/x"), None);
    }
}
