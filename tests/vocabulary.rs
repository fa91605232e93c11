//! The vocabulary: its document and the constants agree in both directions,
//! the named queries use no other term, and each answers its question.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod fixture;

use std::collections::{BTreeMap, BTreeSet};

use fixture::{consulate, flood};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxrdf::{NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;
use regex::Regex;
use reportedly::graph::vocabulary::{
    self, PREFIXES, dcterms, foaf, oa, owl, prov, rdf, rdfs, rp, schema, skos, void, xsd,
};
use reportedly::graph::{Built, Store};
use reportedly::query::{NamedQuery, Question, ask, named_queries};
use spargebra::Query;

/// The triples of a file of `ontology/`.
fn ontology(file: &str) -> Vec<Triple> {
    let path = format!("{}/ontology/{file}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    TurtleParser::new().for_slice(&bytes).collect::<Result<_, _>>().unwrap()
}

/// The terms of our own namespace that a set of triples describes.
fn described(triples: &[Triple]) -> BTreeSet<String> {
    let subjects = triples.iter().filter(|t| t.predicate == rdf::TYPE).map(|t| &t.subject);
    let named = subjects.filter_map(|subject| match subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
        NamedOrBlankNode::BlankNode(_) => None,
    });
    let own = named.filter(|iri| iri.strip_prefix(rp::NAMESPACE).is_some_and(|l| !l.is_empty()));
    own.map(str::to_owned).collect()
}

fn standard_terms() -> BTreeSet<String> {
    let all = [
        rp::TERMS,
        schema::TERMS,
        oa::TERMS,
        skos::TERMS,
        prov::TERMS,
        rdf::TERMS,
        rdfs::TERMS,
        owl::TERMS,
        foaf::TERMS,
        dcterms::TERMS,
        void::TERMS,
        xsd::TERMS,
    ];
    all.concat().iter().map(|term| term.as_str().to_owned()).collect()
}

#[test]
fn constants_and_ontology_agree() {
    let described = described(&ontology("reportedly.ttl"));
    let constants: BTreeSet<String> = rp::TERMS.iter().map(|t| t.as_str().to_owned()).collect();
    assert_eq!(constants, described);
}

#[test]
fn every_term_has_a_label_and_a_comment() {
    let triples = ontology("reportedly.ttl");
    let says = |term: NamedNodeRef<'_>, predicate: &str| {
        triples
            .iter()
            .filter(|t| t.subject == term.into_owned().into() && t.predicate.as_str() == predicate)
            .count()
    };
    for &term in rp::TERMS {
        assert_eq!(says(term, rdfs::LABEL.as_str()), 1, "label of {term}");
        let comment = format!("{}comment", rdfs::NAMESPACE);
        assert_eq!(says(term, &comment), 1, "comment of {term}");
    }
}

#[test]
fn shapes_speak_of_declared_terms() {
    let known = standard_terms();
    let mut unknown = BTreeSet::new();
    for triple in ontology("shapes.ttl") {
        if let Term::NamedNode(node) = &triple.object
            && !node.as_str().starts_with("http://www.w3.org/ns/shacl#")
            && !node.as_str().starts_with("https://w3id.org/reportedly/shapes#")
            && !known.contains(node.as_str())
            && node.as_str() != format!("{}nil", rdf::NAMESPACE)
        {
            unknown.insert(node.as_str().to_owned());
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// The queries' text without comments.
fn code(query: NamedQuery) -> String {
    let is_code = |line: &&str| !line.trim_start().starts_with("# ");
    query.sparql.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

#[test]
fn queries_use_declared_terms_only() {
    let prefixes: BTreeMap<&str, &str> = PREFIXES.iter().copied().collect();
    let known = standard_terms();
    let name = Regex::new(r"(?:^|[\s(/^|])([a-z]+):([A-Za-z]+)").unwrap();
    for query in named_queries() {
        for found in name.captures_iter(&code(query)) {
            let (prefix, local) = (&found[1], &found[2]);
            let iri = format!("{}{local}", prefixes[prefix]);
            let is_relation = iri.starts_with(vocabulary::rel::NAMESPACE);
            assert!(is_relation || known.contains(&iri), "{}: {prefix}:{local}", query.name);
        }
    }
}

#[test]
fn queries_keep_to_their_headers() {
    for query in named_queries() {
        let name = query.name;
        let parsed = spargebra::SparqlParser::new().parse_query(query.sparql);
        let parsed = parsed.unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(query.question().ends_with('?'), "{name}: no question");
        let Query::Select { pattern, .. } = parsed else { panic!("{name}: no SELECT") };
        let mut columns = Vec::new();
        pattern.on_in_scope_variable(|variable| columns.push(variable.as_str().to_owned()));
        columns.sort();
        let mut declared: Vec<&str> = query.columns().collect();
        declared.sort_unstable();
        assert_eq!(columns, declared, "{name}");
        for (parameter, meaning) in query.parameters() {
            assert!(code(query).contains(&format!("?{parameter}")), "{name}: {parameter}");
            assert!(!meaning.is_empty(), "{name}: {parameter}");
        }
    }
}

#[test]
fn claims_has_the_promised_columns() {
    let columns: Vec<&str> = NamedQuery::find("claims").unwrap().columns().collect();
    let promised = "article claim subject subjectLabel relation object objectLabel polarity \
                    modality source sourceLabel cue when start end text";
    assert_eq!(columns.join(" "), promised);
}

fn answer(store: &Store, query: NamedQuery, set: &[&str]) -> String {
    let parameters = set.iter().map(|given| given.parse().unwrap()).collect();
    let question = Question { parameters, ..Question::new(query.name, query.sparql) };
    let answer = ask(store, &question).unwrap();
    let QueryResults::Solutions(solutions) = answer else { panic!("no table") };
    let serializer = QueryResultsSerializer::from_format(QueryResultsFormat::Tsv);
    let variables = solutions.variables().to_vec();
    let mut writer = serializer.serialize_solutions_to_writer(Vec::new(), variables).unwrap();
    for solution in solutions {
        writer.serialize(&solution.unwrap()).unwrap();
    }
    let table = String::from_utf8(writer.finish().unwrap()).unwrap();
    table.replace(store.iris().base(), "")
}

fn small_store(folder: &std::path::Path) -> Store {
    let store = Store::create(folder, None).unwrap();
    let built: Vec<Built> = [consulate(), flood()].iter().map(fixture::Story::built).collect();
    store.write(&built).unwrap();
    store
}

#[test]
fn queries_answer_their_questions() {
    let folder = tempfile::tempdir().unwrap();
    let store = small_store(folder.path());
    for query in named_queries() {
        insta::assert_snapshot!(format!("query-{}", query.name), answer(&store, query, &[]));
    }
}

#[test]
fn parameters_narrow_the_answers() {
    let folder = tempfile::tempdir().unwrap();
    let store = small_store(folder.path());
    let check = |name: &str, set: &[&str], rows: usize| {
        let table = answer(&store, NamedQuery::find(name).unwrap(), set);
        assert_eq!(table.lines().count() - 1, rows, "{name} {set:?}\n{table}");
    };
    check("guards", &[], 2);
    check("guards", &["who=HARBOUR"], 1);
    check("guards", &["who=harbour", "what=mayor"], 0);
    check("guards", &["who=\" . } #"], 0);
    check("claims", &["in=flood"], 3);
    check("claims", &["saying=sandbags"], 0);
    check("said-by", &["who=ada"], 1);
    check("said-about", &["entity=<https://reportedly.example/entity/ada-brook_person>"], 1);
    check("said-about", &["entity=entity/ada-brook_person"], 1);
    check("said-about", &["about=BROOK"], 1);
    check("negative", &["about=mayor"], 1);
    check("negative", &["about=Lisbon"], 0);
    check("statements", &["who=Ada", "saying=LOST"], 1);
    check("statements", &["who=Ada", "saying=found"], 0);
    check("attribution-chain", &["saying=later"], 0);
    check("reports", &["claim=https://reportedly.example/article/flood/claim/1"], 1);
}
