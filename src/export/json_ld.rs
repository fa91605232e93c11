//! JSON-LD with short names: `"modality": "planned"` rather than two IRIs.
//!
//! The context that makes IRIs of the names stands at the head of each document, so
//! that nothing has to be fetched: `ontology/context.jsonld`, which
//! `tests/ontology.rs` makes of the vocabulary, with the base of the store. A node
//! is written as soon as the next begins.

use std::collections::HashMap;
use std::io::{self, Write};

use oxrdf::{GraphName, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use serde_json::{Map, Value, json};

use super::pretty::{is_local, relative};
use crate::graph::vocabulary::{PREFIXES, rdf, xsd};

/// The context without a base, as it ships.
const CONTEXT: &str = include_str!("../../ontology/context.jsonld");

/// Larger numbers are not exact where all numbers are floats.
const LARGEST: u64 = 1 << 53;

/// What a name of the context stands for.
struct Name {
    name: String,
    sort: Sort,
}

/// What plain text means as a value of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sort {
    /// Words.
    Text,
    /// An IRI, perhaps relative or with a prefix.
    Iri,
    /// A name of the context.
    Name,
    /// A literal of this datatype.
    Typed(String),
}

/// Writes nodes with the names of the context.
pub(super) struct JsonLdWriter<W: Write> {
    writer: W,
    base: String,
    /// By the IRI that they stand for.
    names: HashMap<String, Name>,
    graph: GraphName,
    node: Option<(NamedOrBlankNode, Map<String, Value>)>,
    /// What comes before the next graph, and before the next node.
    before: [&'static str; 2],
}

impl<W: Write> JsonLdWriter<W> {
    /// Begins with the context.
    pub(super) fn new(base: &str, mut writer: W) -> io::Result<Self> {
        let shipped: Value = serde_json::from_str(CONTEXT)?;
        let context = shipped["@context"].as_object().expect("the context that ships is a map");
        write!(writer, "{{\n\"@context\": {{\n  \"@base\": {}", json!(base))?;
        for (name, meaning) in context {
            write!(writer, ",\n  {}: {meaning}", json!(name))?;
        }
        writer.write_all(b"\n},\n\"@graph\": [")?;
        let (names, graph) = (names(context), GraphName::DefaultGraph);
        Ok(Self { writer, base: base.to_owned(), names, graph, node: None, before: ["\n", "\n"] })
    }

    /// Writes a triple; those of one graph, and of one subject, come together.
    pub(super) fn write(&mut self, triple: &Triple, graph: &GraphName) -> io::Result<()> {
        if *graph != self.graph {
            self.end_graph()?;
            self.begin_graph(graph)?;
        }
        if self.node.as_ref().is_none_or(|(subject, _)| *subject != triple.subject) {
            self.end_node()?;
            let id = self.subject(&triple.subject);
            let node = Map::from_iter([("@id".to_owned(), Value::String(id))]);
            self.node = Some((triple.subject.clone(), node));
        }
        let (key, value) = self.property(triple);
        if let Some((_, node)) = &mut self.node {
            add(node, key, value);
        }
        Ok(())
    }

    /// Ends the document.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.end_graph()?;
        self.writer.write_all(b"\n]\n}\n")?;
        Ok(self.writer)
    }

    fn begin_graph(&mut self, graph: &GraphName) -> io::Result<()> {
        self.graph = graph.clone();
        let name = match graph {
            GraphName::NamedNode(node) => self.id(node),
            GraphName::BlankNode(node) => node.to_string(),
            GraphName::DefaultGraph => return Ok(()),
        };
        write!(self.writer, "{}{{\"@id\": {}, \"@graph\": [", self.before[0], json!(name))?;
        self.before = [",\n", "\n"];
        Ok(())
    }

    fn end_graph(&mut self) -> io::Result<()> {
        self.end_node()?;
        if !self.graph.is_default_graph() {
            self.writer.write_all(b"\n]}")?;
            self.before[1] = ",\n";
        }
        Ok(())
    }

    fn end_node(&mut self) -> io::Result<()> {
        let Some((_, node)) = self.node.take() else { return Ok(()) };
        self.writer.write_all(self.before[1].as_bytes())?;
        self.before[1] = ",\n";
        if self.graph.is_default_graph() {
            self.before[0] = ",\n";
        }
        serde_json::to_writer(&mut self.writer, &Value::Object(node))?;
        Ok(())
    }

    /// The key and the value that a triple is for its subject.
    fn property(&self, triple: &Triple) -> (String, Value) {
        if triple.predicate == rdf::TYPE {
            match &triple.object {
                Term::NamedNode(class) => return ("@type".to_owned(), self.word(class).into()),
                Term::BlankNode(class) => return ("@type".to_owned(), class.to_string().into()),
                _ => {}
            }
        }
        match self.names.get(triple.predicate.as_str()) {
            Some(name) => (name.name.clone(), self.value(&triple.object, &name.sort)),
            None => (compact(&triple.predicate), self.value(&triple.object, &Sort::Text)),
        }
    }

    fn value(&self, term: &Term, sort: &Sort) -> Value {
        match (term, sort) {
            (Term::NamedNode(node), Sort::Iri) => self.id(node).into(),
            (Term::NamedNode(node), Sort::Name) => self.word(node).into(),
            (Term::NamedNode(node), _) => json!({ "@id": self.id(node) }),
            (Term::BlankNode(node), _) => json!({ "@id": node.to_string() }),
            (Term::Literal(literal), sort) => literal_of(literal, sort),
            (Term::Triple(_), _) => unreachable!("JSON-LD has no triple terms; they are left out"),
        }
    }

    fn subject(&self, subject: &NamedOrBlankNode) -> String {
        match subject {
            NamedOrBlankNode::NamedNode(node) => self.id(node),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        }
    }

    /// A name of the context, where it has one for a class or a value.
    fn word(&self, node: &NamedNode) -> String {
        match self.names.get(node.as_str()) {
            Some(name) => name.name.clone(),
            None => compact(node),
        }
    }

    /// An IRI relative to the base, with a prefix, or in full.
    fn id(&self, node: &NamedNode) -> String {
        // A colon anywhere makes readers look for a prefix.
        let path = relative(node, &self.base).filter(|p| !p.contains(':') && !p.starts_with('@'));
        path.map_or_else(|| compact(node), str::to_owned)
    }
}

/// A value, as short as the context allows.
fn literal_of(literal: &Literal, sort: &Sort) -> Value {
    let (value, datatype) = (literal.value(), literal.datatype());
    if let Some(language) = literal.language() {
        return json!({ "@value": value, "@language": language });
    }
    let is_coerced = matches!(sort, Sort::Typed(of) if datatype.as_str() != of);
    if let Some(plain) = plain(literal).filter(|_| !is_coerced) {
        return plain;
    }
    let is_text = datatype == xsd::STRING;
    match sort {
        Sort::Text if is_text => value.into(),
        Sort::Typed(of) if datatype.as_str() == of => value.into(),
        _ if is_text => json!({ "@value": value }),
        _ => json!({ "@value": value, "@type": compact(&datatype.into_owned()) }),
    }
}

/// An IRI with a prefix, or in full.
fn compact(node: &NamedNode) -> String {
    for (name, namespace) in PREFIXES {
        if let Some(local) = node.as_str().strip_prefix(namespace).filter(|l| is_local(l)) {
            return format!("{name}:{local}");
        }
    }
    node.as_str().to_owned()
}

/// Adds a value: alone, or to those that are there.
fn add(node: &mut Map<String, Value>, key: String, value: Value) {
    match node.get_mut(&key) {
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
        None => {
            node.insert(key, value);
        }
    }
}

/// Numbers and truth values that are written in one way only.
fn plain(literal: &Literal) -> Option<Value> {
    let (value, datatype) = (literal.value(), literal.datatype());
    if datatype == xsd::BOOLEAN {
        return value.parse::<bool>().ok().map(Value::Bool);
    }
    let number: i64 = value.parse().ok().filter(|_| datatype == xsd::INTEGER)?;
    let is_exact = number.unsigned_abs() < LARGEST && number.to_string() == value;
    is_exact.then(|| number.into())
}

/// The names of a context by what they stand for, and what their values mean.
fn names(context: &Map<String, Value>) -> HashMap<String, Name> {
    let mut names = HashMap::new();
    for (name, meaning) in context {
        let (id, datatype) = match meaning {
            Value::String(id) => (id.as_str(), None),
            Value::Object(map) => {
                let part = |key: &str| map.get(key).and_then(Value::as_str);
                (part("@id").unwrap_or(name), part("@type"))
            }
            _ => continue,
        };
        let sort = match datatype {
            None => Sort::Text,
            Some("@id") => Sort::Iri,
            Some("@vocab") => Sort::Name,
            Some(datatype) => Sort::Typed(expanded(datatype)),
        };
        if PREFIXES.iter().all(|(prefix, _)| prefix != name) {
            names.insert(expanded(id), Name { name: name.clone(), sort });
        }
    }
    names
}

/// The IRI of a name with a prefix.
fn expanded(name: &str) -> String {
    let parts = name.split_once(':');
    let of = |(prefix, local): (&str, &str)| {
        let (_, namespace) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
        Some(format!("{namespace}{local}"))
    };
    parts.and_then(of).unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use oxrdf::BlankNode;

    use super::*;
    use crate::graph::vocabulary::{rp, schema};

    const BASE: &str = "https://b.example/";

    fn node(iri: &str) -> NamedNode {
        NamedNode::new(iri).unwrap()
    }

    fn written(triples: &[Triple], graph: &GraphName) -> Value {
        let mut writer = JsonLdWriter::new(BASE, Vec::new()).unwrap();
        for triple in triples {
            writer.write(triple, graph).unwrap();
        }
        let text = String::from_utf8(writer.finish().unwrap()).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["@graph"].take()
    }

    fn check(predicate: &str, object: impl Into<Term>, expected: Value) {
        let triple = Triple::new(node("https://b.example/a"), node(predicate), object);
        let nodes = written(&[triple], &GraphName::DefaultGraph);
        let (_, found) = nodes[0].as_object().unwrap().iter().nth(1).unwrap();
        assert_eq!(*found, expected, "{nodes}");
    }

    #[test]
    fn values_are_as_short_as_the_context_allows() {
        check(rp::MODALITY.as_str(), rp::PLANNED, json!("planned"));
        check(rp::MODALITY.as_str(), node("https://b.example/x"), json!("https://b.example/x"));
        check(rp::EVIDENCE.as_str(), node("https://b.example/a#char=1,2"), json!("a#char=1,2"));
        check(rp::EVIDENCE.as_str(), node("https://b.example/x:y"), json!("https://b.example/x:y"));
        let words = |text: &str| Literal::new_simple_literal(text);
        check(rp::EVIDENCE.as_str(), words("x"), json!({ "@value": "x" }));
        check(rp::OBJECT.as_str(), node("https://b.example/x"), json!({ "@id": "x" }));
        check(rp::OBJECT.as_str(), words("x"), json!("x"));
        check(rp::OBJECT.as_str(), BlankNode::new_unchecked("b"), json!({ "@id": "_:b" }));
        let score = Literal::new_typed_literal("0.9", xsd::DECIMAL);
        check(rp::SCORE.as_str(), score, json!("0.9"));
        let day = Literal::new_typed_literal("2024-05-31", xsd::DATE);
        let typed = json!({ "@value": "2024-05-31", "@type": "xsd:date" });
        check(rp::WHEN.as_str(), day, typed);
        check(rdf::TYPE.as_str(), schema::PERSON, json!("Person"));
        let odd = Literal::new_typed_literal("007", xsd::INTEGER);
        check(rp::WHEN.as_str(), odd, json!({ "@value": "007", "@type": "xsd:integer" }));
        check(rp::WHEN.as_str(), Literal::from(-7), json!(-7));
        check(rp::ASSERTED.as_str(), Literal::from(true), json!(true));
    }

    #[test]
    fn nodes_stand_in_their_graphs() {
        let (a, b) = (node("https://b.example/a"), node("https://b.example/b"));
        let triples = [
            Triple::new(a.clone(), rp::EVIDENCE.into_owned(), b.clone()),
            Triple::new(a.clone(), rp::EVIDENCE.into_owned(), a.clone()),
            Triple::new(b, rp::EVIDENCE.into_owned(), a),
        ];
        let nodes =
            json!([{ "@id": "a", "evidence": ["b", "a"] }, { "@id": "b", "evidence": "a" }]);
        assert_eq!(written(&triples, &GraphName::DefaultGraph), nodes);
        let graph = GraphName::from(node("https://b.example/g"));
        assert_eq!(written(&triples, &graph), json!([{ "@id": "g", "@graph": nodes }]));
        assert_eq!(written(&[], &graph), json!([]));
    }
}
