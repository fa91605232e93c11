//! The documents that are made of the vocabulary are up to date: the context of
//! JSON-LD and the page of documentation. `REPORTEDLY_BLESS=1 cargo test --release
//! --test ontology` writes them anew. And the vocabulary is complete: each term is
//! explained, with an example, each property has a domain and a range.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use oxrdf::{NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;
use reportedly::export::{Format, Options, write_triples};
use reportedly::graph::vocabulary::{PREFIXES, oa, owl, prov, rdf, rdfs, rp, schema, skos, xsd};
use reportedly::{Article, Pipeline};

const BASE: &str = "https://reportedly.example/";
/// Terms of other vocabularies that graphs have, and what their values are.
const STANDARD: [(&str, &str, Option<&str>); 14] = [
    ("schema", "NewsArticle Person Organization Place Event Product MonetaryAmount Thing", None),
    (
        "schema",
        "headline author datePublished inLanguage name alternateName temporalCoverage",
        None,
    ),
    ("schema", "additionalType", Some("@vocab")),
    ("schema", "affiliation publisher url", Some("@id")),
    ("schema", "hasPart about appearance", Some("@id")),
    ("foaf", "Group", None),
    ("skos", "prefLabel altLabel", None),
    ("skos", "closeMatch", Some("@id")),
    ("owl", "sameAs", Some("@id")),
    ("rdfs", "label", None),
    ("oa", "TextPositionSelector start end exact", None),
    ("prov", "wasDerivedFrom wasRevisionOf", Some("@id")),
    ("dcterms", "date", Some("xsd:date")),
    ("rdf", "subject predicate", Some("@id")),
];

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

/// Fails unless a file is what it should be; writes it where that is asked for.
fn up_to_date(file: &str, wanted: &str) {
    if std::env::var_os("REPORTEDLY_BLESS").is_some_and(|v| v == "1") {
        std::fs::write(path(file), wanted).unwrap();
    }
    let found = std::fs::read_to_string(path(file)).unwrap_or_default();
    assert!(found == wanted, "{file} is out of date; REPORTEDLY_BLESS=1 writes it anew");
}

/// The vocabulary, to look up.
struct Vocabulary(Vec<Triple>);

/// A term of it.
#[derive(Clone, Copy)]
struct Described<'a> {
    all: &'a Vocabulary,
    node: &'a NamedOrBlankNode,
}

impl Vocabulary {
    fn read() -> Self {
        let bytes = std::fs::read(path("ontology/reportedly.ttl")).unwrap();
        Self(TurtleParser::new().for_slice(&bytes).collect::<Result<_, _>>().unwrap())
    }

    /// Our own terms, in the order of the file.
    fn terms(&self) -> Vec<Described<'_>> {
        let mut seen = BTreeSet::new();
        let subjects = self.0.iter().filter(|t| t.predicate == rdf::TYPE).map(|t| &t.subject);
        let own = subjects.filter(|node| node.to_string().len() > rp::NAMESPACE.len() + 2);
        let own = own.filter(|node| node.to_string().starts_with(&format!("<{}", rp::NAMESPACE)));
        let own = own.filter(|node| seen.insert(node.to_string()));
        own.map(|node| Described { all: self, node }).collect()
    }
}

impl<'a> Described<'a> {
    fn values(self, property: NamedNodeRef<'_>) -> Vec<&'a Term> {
        let said = self.all.0.iter().filter(|t| t.subject == *self.node);
        said.filter(|t| t.predicate == property).map(|t| &t.object).collect()
    }

    fn is_a(self, class: NamedNodeRef<'_>) -> bool {
        self.values(rdf::TYPE).contains(&&class.into())
    }

    fn text(self, property: NamedNodeRef<'_>) -> &'a str {
        match self.values(property)[..] {
            [Term::Literal(literal)] => literal.value(),
            ref other => panic!("{} of {}: {other:?}", property, self.node),
        }
    }

    fn local(self) -> String {
        compact(&Term::from(self.node.clone())).replace("rp:", "")
    }

    fn is_property(self) -> bool {
        self.is_a(owl::OBJECT_PROPERTY) || self.is_a(DATATYPE_PROPERTY) || self.is_a(rdf::PROPERTY)
    }

    /// The classes that a property is of, or has values of, as names.
    fn classes(self, property: NamedNodeRef<'_>) -> Vec<String> {
        let mut names = Vec::new();
        for value in self.values(property) {
            match value {
                Term::NamedNode(_) => names.push(compact(value)),
                Term::BlankNode(node) => names.extend(self.union(node)),
                other => panic!("{other}"),
            }
        }
        names
    }

    /// The members of a union of classes.
    fn union(self, node: &oxrdf::BlankNode) -> Vec<String> {
        let union_of = format!("{}unionOf", owl::NAMESPACE);
        let of = |node: &Term, property: &str| {
            let said = self.all.0.iter().filter(|t| Term::from(t.subject.clone()) == *node);
            said.filter(|t| t.predicate.as_str() == property).map(|t| t.object.clone()).next()
        };
        let mut list = of(&node.clone().into(), &union_of).expect("a union of classes");
        let mut names = Vec::new();
        while let Some(first) = of(&list, rdf::FIRST.as_str()) {
            names.push(compact(&first));
            list = of(&list, rdf::REST.as_str()).expect("a list");
        }
        names
    }
}

const DATATYPE_PROPERTY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#DatatypeProperty");
const DOMAIN: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#domain");
const RANGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#range");

/// A term with its prefix.
fn compact(term: &Term) -> String {
    let Term::NamedNode(node) = term else { return term.to_string() };
    let more = [
        ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
        ("ontolex", "http://www.w3.org/ns/lemon/ontolex#"),
    ];
    for (prefix, namespace) in PREFIXES.iter().copied().chain(more) {
        if let Some(local) = node.as_str().strip_prefix(namespace) {
            return format!("{prefix}:{local}");
        }
    }
    node.to_string()
}

#[test]
fn every_term_is_explained() {
    let vocabulary = Vocabulary::read();
    assert!(vocabulary.terms().len() > 70);
    for term in vocabulary.terms() {
        let name = term.local();
        for property in [rdfs::LABEL, rdfs::COMMENT, skos::EXAMPLE] {
            assert!(!term.text(property).is_empty(), "{name} has no {property}");
        }
        assert_eq!(term.classes(rdfs::IS_DEFINED_BY), ["rp:"], "{name}");
        if term.is_property() {
            assert_eq!(term.values(DOMAIN).len(), 1, "domain of {name}");
            assert_eq!(term.values(RANGE).len(), 1, "range of {name}");
        }
    }
}

#[test]
fn the_vocabulary_is_aligned_with_others() {
    let vocabulary = Vocabulary::read();
    let mut prefixes = BTreeSet::new();
    for term in vocabulary.terms() {
        for property in ALIGNMENTS {
            let classes = term.classes(property);
            prefixes.extend(classes.iter().filter_map(|c| Some(c.split_once(':')?.0.to_owned())));
        }
    }
    for wanted in ["schema", "prov", "skos", "oa", "sem", "rdf"] {
        assert!(prefixes.contains(wanted), "nothing of {wanted}: {prefixes:?}");
    }
}

const ALIGNMENTS: [NamedNodeRef<'static>; 5] = [
    rdfs::SUB_CLASS_OF,
    rdfs::SUB_PROPERTY_OF,
    skos::CLOSE_MATCH,
    skos::BROAD_MATCH,
    skos::RELATED_MATCH,
];

/// What plain text means as a value of a property, as a context has it.
fn sort(term: Described<'_>) -> Option<String> {
    let range = term.classes(RANGE);
    let values = ["rp:Polarity", "rp:Modality", "rp:Attitude", "rp:AttributionKind"];
    if term.is_a(owl::OBJECT_PROPERTY) {
        let is_value = range.iter().any(|class| values.contains(&class.as_str()));
        return Some(if is_value { "@vocab" } else { "@id" }.to_owned());
    }
    let is_typed =
        |class: &&String| ["xsd:decimal", "xsd:dateTime", "xsd:date"].contains(&class.as_str());
    range.iter().find(is_typed).cloned()
}

fn context() -> String {
    let mut lines = vec!["\"@version\": 1.1".to_owned()];
    for (prefix, namespace) in PREFIXES {
        lines.push(format!("\"{prefix}\": \"{namespace}\""));
    }
    let mut add = |name: &str, id: &str, sort: Option<&str>| {
        lines.push(match sort {
            None => format!("\"{name}\": \"{id}\""),
            Some(sort) => format!("\"{name}\": {{\"@id\":\"{id}\",\"@type\":\"{sort}\"}}"),
        });
    };
    for (prefix, names, sort) in STANDARD {
        for name in names.split(' ') {
            let id = format!("{prefix}:{name}");
            // Of claims and of propositions; the latter have the short names.
            let name = if prefix == "rdf" { &id } else { name };
            add(name, &id, sort);
        }
    }
    for term in Vocabulary::read().terms() {
        let (name, sort) = (term.local(), sort(term));
        // The headline of an article is asked for more often than that of a claim.
        if name != "headline" {
            add(&name, &format!("rp:{name}"), sort.as_deref());
        }
    }
    format!("{{\"@context\": {{\n  {}\n}}}}\n", lines.join(",\n  "))
}

#[test]
fn the_context_is_up_to_date() {
    let context = context();
    let names: Vec<&str> = context.lines().filter_map(|line| line.split('"').nth(1)).collect();
    let different: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(names.len(), different.len(), "two terms have one name");
    up_to_date("ontology/context.jsonld", &context);
}

/// The classes of graphs and what joins them, as Mermaid.
fn drawing(vocabulary: &Vocabulary) -> String {
    let mut drawing = String::from("```mermaid\nflowchart LR\n");
    let shown = |class: &String| {
        class.starts_with("rp:")
            || class == "schema:NewsArticle"
            || class.starts_with("oa:")
            || class == "schema:Thing"
    };
    let id = |class: &str| class.replace(':', "_");
    let mut edges: Vec<(String, String, String)> = Vec::new();
    for term in vocabulary.terms() {
        let is_part = !term.values(rdfs::SUB_PROPERTY_OF).is_empty();
        if !term.is_a(owl::OBJECT_PROPERTY) || is_part {
            continue;
        }
        for domain in term.classes(DOMAIN).into_iter().filter(shown) {
            for range in term.classes(RANGE).into_iter().filter(shown) {
                edges.push((domain.clone(), range, term.local()));
            }
        }
    }
    edges.push(("rp:Claim".into(), "schema:NewsArticle".into(), "prov:wasDerivedFrom".into()));
    edges.push(("schema:NewsArticle".into(), "schema:Thing".into(), "schema:publisher".into()));
    edges.push(("rp:Claim".into(), "schema:Thing".into(), "rdf:subject, rdf:object".into()));
    edges.sort();
    let classes: BTreeSet<&String> = edges.iter().flat_map(|(from, to, _)| [from, to]).collect();
    for class in classes {
        let class = class.as_str();
        let name = match class {
            "schema:Thing" => "entity<br/>schema:Person, …",
            "oa:TextPositionSelector" => "passage<br/>oa:TextPositionSelector",
            other => other,
        };
        writeln!(drawing, "    {}[\"{name}\"]", id(class)).unwrap();
    }
    let mut joined: Vec<(String, String, Vec<String>)> = Vec::new();
    for (from, to, label) in edges {
        match joined.last_mut() {
            Some((f, t, labels)) if *f == from && *t == to => labels.push(label),
            _ => joined.push((from, to, vec![label])),
        }
    }
    for (from, to, labels) in joined {
        writeln!(drawing, "    {} -->|\"{}\"| {}", id(&from), labels.join(", "), id(&to)).unwrap();
    }
    drawing + "```"
}

/// What a term says, as a row of a table.
fn row(term: Described<'_>, more: &[String]) -> String {
    let mut cells = vec![format!("<a id=\"{0}\"></a>`rp:{0}`", term.local())];
    cells.extend(more.iter().cloned());
    cells.push(term.text(rdfs::COMMENT).to_owned());
    let example = term.text(skos::EXAMPLE);
    let is_code = example.ends_with(" .");
    cells.push(if is_code { format!("`{example}`") } else { example.to_owned() });
    format!("| {} |", cells.join(" | "))
}

/// The terms of other vocabularies that a term is a case of, or comes near to.
fn alignment(term: Described<'_>) -> String {
    let signs = ["⊑", "⊑", "≈", "<", "~"];
    let mut all = Vec::new();
    for (property, sign) in ALIGNMENTS.into_iter().zip(signs) {
        all.extend(term.classes(property).into_iter().map(|class| format!("{sign} {class}")));
    }
    all.join("<br/>")
}

fn table(head: &str, rows: Vec<String>) -> String {
    let rule = "---|".repeat(head.matches('|').count() - 1);
    format!("{head}\n|{rule}\n{}", rows.join("\n"))
}

/// The example, what the graph says of it, and one claim of it as JSON-LD.
fn example() -> (String, String, String) {
    let text = std::fs::read_to_string(path("docs/vocabulary-example.txt")).unwrap();
    let article = Article::builder("quay", text.trim())
        .publisher("Harbour Courier")
        .published("2024-05-13".parse().unwrap())
        .build();
    let analysis = Pipeline::builder().build().unwrap().analyse(article);
    let mut triples: Vec<Triple> = Vec::new();
    for quad in analysis.quads(BASE).unwrap() {
        let left_out = [rp::TEXT, rp::MENTIONS, rp::RULE, rp::CUE_LEMMA, oa::START, oa::END];
        let is_part = quad.predicate.as_str().ends_with("Evidence");
        let is_passage = quad.subject.to_string().contains("#char=");
        let is_shared = quad.subject.to_string().contains("/proposition/");
        if !left_out.iter().any(|&p| quad.predicate == p) && !is_part && !is_passage && !is_shared {
            triples.push(quad.into());
        }
    }
    let is_second = |t: &&Triple| t.subject.to_string().ends_with("/article/quay/claim/2>");
    let second: Vec<Triple> = triples.iter().filter(is_second).cloned().collect();
    let quoted: Vec<String> = text.trim().lines().map(|line| format!("> {line}")).collect();
    let head = "*Harbour Courier*, 13 May 2024:\n\n".to_owned();
    (head + &quoted.join("\n"), body(triples, Format::Turtle), body(second, Format::JsonLd))
}

/// Triples without the prefixes or the context.
fn body(triples: Vec<Triple>, format: Format) -> String {
    let mut bytes = Vec::new();
    write_triples(triples, BASE, &Options::of(format), &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    if format == Format::Turtle {
        let is_head = |line: &&str| line.starts_with('@');
        let lines: Vec<&str> = text.lines().skip_while(is_head).collect();
        return format!("```turtle\n{}\n```", lines.join("\n").trim());
    }
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let node = serde_json::to_string_pretty(&value["@graph"][0]).unwrap();
    format!("```json\n{node}\n```")
}

#[test]
fn the_page_is_up_to_date() {
    let vocabulary = Vocabulary::read();
    let template = std::fs::read_to_string(path("docs/vocabulary.in.md")).unwrap();
    let (mut classes, mut properties, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for term in vocabulary.terms() {
        if term.is_property() {
            let joined = |property| term.classes(property).join(" or ");
            let more = [joined(DOMAIN), joined(RANGE), alignment(term)];
            properties.push(row(term, &more));
        } else if term.is_a(owl::CLASS) {
            classes.push(row(term, &[alignment(term)]));
        } else {
            let class = compact(term.values(rdf::TYPE)[0]);
            values.push(row(term, &[class]));
        }
    }
    let (example, graph, json) = example();
    let about = NamedOrBlankNode::from(oxrdf::NamedNode::new(rp::NAMESPACE).unwrap());
    let about = Described { all: &vocabulary, node: &about };
    let version_iri = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#versionIRI");
    let version_iri = about.values(version_iri)[0].to_string();
    let parts = [
        ("{{namespace}}", rp::NAMESPACE.to_owned()),
        ("{{version}}", about.text(owl::VERSION_INFO).to_owned()),
        ("{{versionIri}}", version_iri.trim_matches(['<', '>']).to_owned()),
        ("{{drawing}}", drawing(&vocabulary)),
        ("{{example}}", example),
        ("{{graph}}", graph),
        ("{{json}}", json),
        ("{{classes}}", table("| class | other vocabularies | meaning | example |", classes)),
        (
            "{{properties}}",
            table(
                "| property | of | values | other vocabularies | meaning | example |",
                properties,
            ),
        ),
        ("{{values}}", table("| value | of | meaning | example |", values)),
    ];
    let mut page = template;
    for (placeholder, text) in parts {
        assert!(page.contains(placeholder), "{placeholder}");
        page = page.replace(placeholder, &text);
    }
    let signs = "\nSigns: ⊑ is a case of, ≈ comes near to, < is narrower than, ~ has to do with.\n";
    up_to_date("docs/vocabulary.md", &(page + signs));
}

/// The named graphs of the page are those that there are.
#[test]
fn the_page_names_the_graphs() {
    let page = std::fs::read_to_string(path("docs/vocabulary.in.md")).unwrap();
    let iris = reportedly::graph::Iris::new(BASE).unwrap();
    for graph in
        [iris.entity_graph(), iris.proposition_graph(), iris.link_graph(), iris.build_graph()]
    {
        let short = graph.as_str().strip_prefix(BASE).unwrap();
        assert!(page.contains(&format!("`{short}`")), "{short}");
    }
    let known = [prov::NAMESPACE, schema::NAMESPACE, xsd::NAMESPACE];
    assert!(known.iter().all(|n| PREFIXES.iter().any(|(_, namespace)| namespace == n)));
}
