//! Turtle and TriG for people: prefixes that are used, IRIs relative to the
//! base, one subject a paragraph.
//!
//! The database's own serializers write the same triples, but prefixes
//! relative to the base and subjects without a line between them.

use std::borrow::Cow;
use std::io::{self, Write};

use oxrdf::{GraphName, Literal, NamedNode, NamedOrBlankNode, Term, Triple};

use crate::graph::vocabulary::{PREFIXES, rdf, xsd};

/// Writes Turtle, or TriG where a graph has a name.
pub(super) struct PrettyWriter<W: Write> {
    writer: W,
    base: String,
    prefixes: Vec<(&'static str, &'static str)>,
    graph: GraphName,
    last: Option<Triple>,
}

impl<W: Write> PrettyWriter<W> {
    /// Begins with the base and all prefixes.
    pub(super) fn new(base: &str, writer: W) -> io::Result<Self> {
        Self::with_prefixes(base, &[], writer)
    }

    /// Begins with the base, all prefixes and some more.
    pub(super) fn with_prefixes(
        base: &str,
        more: &[(&'static str, &'static str)],
        mut writer: W,
    ) -> io::Result<Self> {
        let prefixes = [more, PREFIXES].concat();
        writeln!(writer, "@base <{base}> .")?;
        for (name, namespace) in &prefixes {
            writeln!(writer, "@prefix {name}: <{namespace}> .")?;
        }
        let graph = GraphName::DefaultGraph;
        Ok(Self { writer, base: base.to_owned(), prefixes, graph, last: None })
    }

    /// Writes a triple; those of one graph, and of one subject, come together.
    pub(super) fn write(&mut self, triple: &Triple, graph: &GraphName) -> io::Result<()> {
        if *graph != self.graph {
            self.end_graph()?;
            self.begin_graph(graph)?;
        }
        let indent = if self.graph.is_default_graph() { "" } else { "    " };
        let object = self.term(&triple.object);
        let property = self.property(&triple.predicate);
        match &self.last {
            Some(last) if last.subject == triple.subject && last.predicate == triple.predicate => {
                write!(self.writer, " ,\n{indent}        {object}")?;
            }
            Some(last) if last.subject == triple.subject => {
                write!(self.writer, " ;\n{indent}    {property} {object}")?;
            }
            last => {
                let end = if last.is_some() { " .\n\n" } else { "\n" };
                let subject = self.subject(&triple.subject);
                write!(self.writer, "{end}{indent}{subject} {property} {object}")?;
            }
        }
        self.last = Some(triple.clone());
        Ok(())
    }

    /// Ends the document.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.end_graph()?;
        Ok(self.writer)
    }

    fn begin_graph(&mut self, graph: &GraphName) -> io::Result<()> {
        self.graph = graph.clone();
        let name = match graph {
            GraphName::NamedNode(node) => self.iri(node).into_owned(),
            GraphName::BlankNode(node) => node.to_string(),
            GraphName::DefaultGraph => return Ok(()),
        };
        write!(self.writer, "\n{name} {{")
    }

    fn end_graph(&mut self) -> io::Result<()> {
        if self.last.take().is_some() {
            writeln!(self.writer, " .")?;
        }
        if !self.graph.is_default_graph() {
            writeln!(self.writer, "}}")?;
        }
        Ok(())
    }

    fn subject(&self, subject: &NamedOrBlankNode) -> String {
        match subject {
            NamedOrBlankNode::NamedNode(node) => self.iri(node).into_owned(),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        }
    }

    fn property(&self, property: &NamedNode) -> String {
        if *property == rdf::TYPE { "a".to_owned() } else { self.iri(property).into_owned() }
    }

    fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => self.iri(node).into_owned(),
            Term::BlankNode(node) => node.to_string(),
            Term::Literal(literal) => self.literal(literal),
            Term::Triple(triple) => {
                let (subject, predicate) =
                    (self.subject(&triple.subject), self.iri(&triple.predicate));
                format!("<<( {subject} {predicate} {} )>>", self.term(&triple.object))
            }
        }
    }

    /// Integers and booleans stand for themselves; other literals are quoted.
    fn literal(&self, literal: &Literal) -> String {
        let (value, datatype) = (literal.value(), literal.datatype());
        let digits = value.strip_prefix('-').unwrap_or(value);
        let is_integer = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let is_boolean = matches!(value, "true" | "false");
        let stands_alone = datatype == xsd::INTEGER && is_integer
            || datatype == oxrdf::vocab::xsd::BOOLEAN && is_boolean;
        if stands_alone {
            return value.to_owned();
        }
        let quoted = literal.to_string();
        let full = format!("^^{datatype}");
        match quoted.strip_suffix(full.as_str()) {
            Some(words) => format!("{words}^^{}", self.iri(&datatype.into_owned())),
            None => quoted,
        }
    }

    /// An IRI with a prefix, relative to the base, or in full.
    fn iri<'n>(&self, node: &'n NamedNode) -> Cow<'n, str> {
        for (name, namespace) in &self.prefixes {
            if let Some(local) = node.as_str().strip_prefix(namespace).filter(|l| is_local(l)) {
                return format!("{name}:{local}").into();
            }
        }
        match relative(node, &self.base) {
            Some(path) => format!("<{path}>").into(),
            None => node.to_string().into(),
        }
    }
}

/// Whether a local name needs no escapes: ASCII letters, digits, `_` and `-`,
/// beginning with a letter.
pub(super) fn is_local(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// The path of an IRI that is understood as relative to a base; none where it is
/// not below that.
pub(super) fn relative<'n>(node: &'n NamedNode, base: &str) -> Option<&'n str> {
    let path = node.as_str().strip_prefix(base).filter(|_| base.ends_with('/'))?;
    is_relative(path).then_some(path)
}

/// Whether a path is understood as relative to the base it was cut from.
fn is_relative(path: &str) -> bool {
    let mut segments = path.split('/');
    let first = segments.clone().next().unwrap_or("");
    !path.is_empty()
        && !path.starts_with(['/', '?', '#'])
        && !first.contains(':')
        && segments.all(|segment| !matches!(segment, "." | ".."))
}

#[cfg(test)]
mod tests {
    use oxttl::TriGParser;

    use super::*;

    fn node(iri: &str) -> NamedNode {
        NamedNode::new(iri).unwrap()
    }

    fn written(base: &str, triples: &[Triple], graph: &GraphName) -> String {
        let mut writer = PrettyWriter::new(base, Vec::new()).unwrap();
        for triple in triples {
            writer.write(triple, graph).unwrap();
        }
        String::from_utf8(writer.finish().unwrap()).unwrap()
    }

    /// Fails unless the triple is written so, and is read back as it was.
    fn check(triple: &Triple, expected: &str) {
        let graph = GraphName::from(node("https://b.example/g"));
        let text = written("https://b.example/", std::slice::from_ref(triple), &graph);
        assert!(text.contains(expected), "{expected} in {text}");
        let back: Vec<_> =
            TriGParser::new().for_slice(text.as_bytes()).collect::<Result<_, _>>().unwrap();
        assert_eq!(back, [triple.clone().in_graph(graph)], "{text}");
    }

    fn triple(subject: &str, object: impl Into<Term>) -> Triple {
        Triple::new(node(subject), node("https://w3id.org/reportedly/ns#text"), object)
    }

    #[test]
    fn terms_are_short_and_read_back() {
        check(
            &triple("https://b.example/a/b#char=1,2", Literal::from(12)),
            "<a/b#char=1,2> rp:text 12",
        );
        check(
            &triple("https://b.example/", Literal::from(true)),
            "<https://b.example/> rp:text true",
        );
        check(
            &triple("https://b.example/x:y", node("https://b.example/../z")),
            "<https://b.example/x:y>",
        );
        check(
            &triple("https://b.example/a/./b", node("https://schema.org/")),
            "<https://schema.org/>",
        );
        check(&triple("urn:x", node("https://schema.org/Person")), "<urn:x> rp:text schema:Person");
        let odd = Literal::new_simple_literal("a \"b\" \\ \n \u{1} ^^<x>");
        check(&triple("urn:x", odd), "\"a \\\"b\\\" ");
        let day = Literal::new_typed_literal("2022-05-18", xsd::DATE);
        check(&triple("urn:x", day), "\"2022-05-18\"^^xsd:date");
        check(
            &triple("urn:x", Literal::new_typed_literal("1e", xsd::INTEGER)),
            "\"1e\"^^xsd:integer",
        );
        check(
            &triple("urn:x", Literal::new_language_tagged_literal("x", "en").unwrap()),
            "\"x\"@en",
        );
        let inner = triple("https://b.example/s", node("https://b.example/o"));
        let outer = Triple::new(node("urn:x"), node("urn:p"), Term::Triple(Box::new(inner)));
        check(&outer, "<<( <s> rp:text <o> )>>");
    }

    #[test]
    fn subjects_stand_apart() {
        let triples = [
            triple("https://b.example/1", Literal::from(1)),
            triple("https://b.example/1", Literal::from(2)),
            triple("https://b.example/2", Literal::from(3)),
        ];
        let text = written("https://b.example/", &triples, &GraphName::DefaultGraph);
        let body = text.split("XMLSchema#> .\n").last().unwrap();
        assert_eq!(body, "\n<1> rp:text 1 ,\n        2 .\n\n<2> rp:text 3 .\n");
    }
}
