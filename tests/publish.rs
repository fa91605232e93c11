//! Claims as nanopublications and as GraphML: valid, complete, the same bytes for the
//! same store, and nothing stated that the store does not assert.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{GraphName, NamedNode, NamedNodeRef, Quad, Term};
use oxttl::TriGParser;
use regex::Regex;
use reportedly::graph::vocabulary::{dcterms, np, prov, rdf, rel, rp};
use tempfile::TempDir;

fn written(store: &TempDir, format: &str, more: &[&str]) -> String {
    let store = common::store(store);
    let what = ["export", "--store", &store, "--format", format];
    common::succeed([&what[..], more].concat())
}

fn quads(trig: &str) -> Vec<Quad> {
    TriGParser::new().for_slice(trig.as_bytes()).collect::<Result<_, _>>().unwrap()
}

/// The graphs of a file by their names.
fn graphs(quads: &[Quad]) -> BTreeMap<String, Vec<&Quad>> {
    let mut graphs: BTreeMap<String, Vec<&Quad>> = BTreeMap::new();
    for quad in quads {
        graphs.entry(quad.graph_name.to_string()).or_default().push(quad);
    }
    graphs
}

fn object<'q>(graph: &[&'q Quad], subject: &str, predicate: NamedNodeRef<'_>) -> &'q Term {
    let is_it = |q: &&&Quad| q.subject.to_string() == subject && q.predicate == predicate;
    let found: Vec<_> = graph.iter().filter(is_it).collect();
    assert_eq!(found.len(), 1, "{predicate} of {subject}");
    &found[0].object
}

/// What the guidelines ask of a nanopublication; the name of its assertion graph.
fn valid(head: &str, graphs: &BTreeMap<String, Vec<&Quad>>) -> String {
    let quads = &graphs[head];
    assert_eq!(quads.len(), 4, "the head says which graphs there are, and nothing else");
    let itself = quads[0].subject.to_string();
    assert_eq!(*object(quads, &itself, rdf::TYPE), np::NANOPUBLICATION.into());
    let parts = [np::HAS_ASSERTION, np::HAS_PROVENANCE, np::HAS_PUBLICATION_INFO];
    let [assertion, provenance, publication] =
        parts.map(|part| object(quads, &itself, part).to_string());
    let names = BTreeSet::from([&itself, &assertion, &provenance, &publication]);
    assert_eq!(names.len(), 4, "names of their own");
    for part in [&assertion, &provenance, &publication] {
        assert!(!graphs[part].is_empty(), "{part}");
    }
    let speaks_of = |graph: &str, node: &str| {
        graphs[graph].iter().any(|quad| quad.subject.to_string() == *node)
    };
    assert!(speaks_of(&provenance, &assertion), "the provenance is that of the assertion");
    assert!(speaks_of(&publication, &itself), "the information is about the publication");
    assertion
}

/// The triples that an assertion states of the world, beside the claim.
fn stated<'q>(assertion: &[&'q Quad]) -> Vec<&'q Quad> {
    let claim = |quad: &&&Quad| quad.subject.to_string().contains("/claim/");
    assertion.iter().copied().filter(|quad| !claim(&quad)).collect()
}

#[test]
fn every_claim_is_a_valid_nanopublication() {
    let store = common::build(&common::examples(), &[]);
    let trig = written(&store, "nanopub", &["--profile", "claims"]);
    let quads = quads(&trig);
    let graphs = graphs(&quads);
    assert!(quads.iter().all(|quad| quad.graph_name != GraphName::DefaultGraph));
    let heads: Vec<&String> = graphs.keys().filter(|name| name.ends_with("#head>")).collect();
    assert_eq!(4 * heads.len(), graphs.len(), "each graph is one of a nanopublication");
    let asked = "SELECT ?claim { ?claim a rp:Claim }";
    assert_eq!(heads.len(), common::query(&store, &["-e", asked]).len());
    let (mut asserting, mut silent) = (0, 0);
    for head in heads {
        let assertion = &graphs[&valid(head, &graphs)];
        let is_asserted = assertion.iter().any(|quad| quad.predicate == rp::ASSERTED);
        let triples = stated(assertion);
        if is_asserted {
            assert!((1..=2).contains(&triples.len()), "{head}");
            assert!(triples.iter().all(|t| t.predicate.as_str().starts_with(rel::NAMESPACE)));
            asserting += 1;
        } else {
            assert!(triples.is_empty(), "{head} states what the store does not assert");
            silent += 1;
        }
    }
    assert!(asserting > 10 && silent > 10, "{asserting}, {silent}");
}

#[test]
fn the_provenance_says_whose_word_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("quay.txt");
    let head = "publisher: Harbour Courier\ndate: 2024-05-13\n\n";
    std::fs::write(
        &path,
        format!(
            "{head}Ada Brook sold the quay. The mayor denied that Leo Marsh had bought the ferry.\n"
        ),
    )
    .unwrap();
    let store = common::build(&[path], &[]);
    let trig = written(&store, "nanopub", &[]);
    let quads = quads(&trig);
    let attributed = |end: &str| -> Vec<String> {
        let of = quads.iter().filter(|q| q.predicate == prov::WAS_ATTRIBUTED_TO);
        let of = of.filter(|q| q.graph_name.to_string().ends_with(end));
        of.map(|q| q.object.to_string()).collect()
    };
    assert!(attributed("claim/1/nanopub#provenance>")[0].contains("harbour-courier"), "{trig}");
    assert!(attributed("claim/2/nanopub#provenance>")[0].contains("mayor"), "{trig}");
    assert!(trig.contains("rp:polarity rp:negative"), "{trig}");
    assert!(trig.contains("skos:prefLabel \"Ada Brook\""), "what is spoken of has a name: {trig}");
    assert!(trig.contains("oa:exact \"denied\""), "the cue: {trig}");
}

#[test]
fn nanopublications_say_what_their_publisher_says() {
    let store = common::build(&common::examples()[..1], &[]);
    let plain = written(&store, "nanopub", &[]);
    assert!(!plain.contains("dcterms:created") && !plain.contains("dcterms:license"));
    let orcid = "https://orcid.org/0000-0002-1825-0097";
    let license = "https://creativecommons.org/publicdomain/zero/1.0/";
    let flags = ["--created", "2024-05-31T12:00:00Z", "--creator", orcid, "--license", license];
    let trig = written(&store, "nanopub", &flags);
    let quads = quads(&trig);
    let all = graphs(&quads);
    let publications = || all.iter().filter(|(name, _)| name.ends_with("#publication>"));
    assert!(publications().count() > 3);
    for (name, graph) in publications() {
        let itself = name.replace("#publication", "");
        let creator = Term::from(NamedNode::new(orcid).unwrap());
        assert_eq!(*object(graph, &itself, dcterms::CREATOR), creator);
        assert!(object(graph, &itself, dcterms::CREATED).to_string().contains("dateTime"));
        assert!(object(graph, &itself, dcterms::LICENSE).to_string().contains("zero"));
    }
    let refused = |flags: &[&str]| {
        let store = common::store(&store);
        let what = ["export", "--store", &store];
        !common::reportedly([&what[..], flags].concat()).status.success()
    };
    assert!(refused(&["--format", "nanopub", "--created", "yesterday"]));
    assert!(refused(&["--format", "nanopub", "--rdf", "1.2"]));
    assert!(refused(&["--format", "graphml", "--created", "2024-05-31"]));
    assert!(refused(&["--format", "graphml", "--graph", "graph/links"]));
}

/// The elements of a name, with the values of their keys.
fn elements(graphml: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let element = Regex::new(&format!("(?s)<{name} ([^>]*)>(.*?)</{name}>")).unwrap();
    let attribute = Regex::new("([a-z]+)=\"([^\"]*)\"").unwrap();
    let data = Regex::new("(?s)<data key=\"([^\"]*)\">(.*?)</data>").unwrap();
    let of = |found: regex::Captures<'_>| {
        let attributes = attribute.captures_iter(found.get(1).unwrap().as_str());
        let data = data.captures_iter(found.get(2).unwrap().as_str());
        let pairs = attributes.chain(data).map(|pair| (pair[1].to_owned(), pair[2].to_owned()));
        pairs.collect()
    };
    element.captures_iter(graphml).map(of).collect()
}

#[test]
fn claims_between_nodes_are_edges() {
    let store = common::build(&common::examples(), &[]);
    let token = Regex::new(r"^[\p{L}\p{N}·:._-]+$").unwrap();
    for (profile, only) in [("facts", "?claim rp:asserted true ."), ("claims", "")] {
        let graphml = written(&store, "graphml", &["--profile", profile]);
        let (nodes, edges) = (elements(&graphml, "node"), elements(&graphml, "edge"));
        let asked = format!(
            "SELECT ?claim {{ ?claim a rp:Claim ; rdf:object ?object . {only} FILTER isIRI(?object) }}"
        );
        assert_eq!(edges.len(), common::query(&store, &["-e", &asked]).len(), "{profile}");
        let names: BTreeSet<&String> = nodes.iter().map(|node| &node["id"]).collect();
        assert_eq!(names.len(), nodes.len(), "each node once");
        assert!(names.iter().all(|name| token.is_match(name)), "{names:?}");
        for edge in &edges {
            assert!(names.contains(&edge["source"]) && names.contains(&edge["target"]), "{edge:?}");
            assert_eq!(
                profile == "facts" || edge["edge-asserted"] == "true",
                edge["edge-asserted"] == "true"
            );
        }
        for node in &nodes {
            assert!(!node["node-label"].is_empty() && !node["node-iri"].is_empty(), "{node:?}");
        }
    }
}

#[test]
fn edges_say_how_a_claim_is_put_and_whose_word_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, publisher: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("publisher: {publisher}\ndate: 2024-05-13\n\n{text}\n"))
            .unwrap();
        path
    };
    let denied = "The mayor denied that Leo Marsh had bought the Ferry & Sons Company.";
    let inputs = [
        write("a.txt", "Harbour Courier", &format!("{denied} Ada Brook founded the Quay Trust.")),
        write("b.txt", "Evening Post", "Ada Brook founded the Quay Trust."),
    ];
    let store = common::build(&inputs, &[]);
    let graphml = written(&store, "graphml", &["--profile", "claims"]);
    let edges = elements(&graphml, "edge");
    let with =
        |part: &str| edges.iter().filter(|e| e["edge-relation"].contains(part)).collect::<Vec<_>>();
    let [bought] = with("buy")[..] else { panic!("{graphml}") };
    assert_eq!(bought["edge-polarity"], "negative");
    assert_eq!(bought["edge-asserted"], "false");
    assert_eq!(bought["edge-source"], "The mayor", "{bought:?}");
    assert!(bought["edge-text"].contains("Ferry &amp; Sons"), "{bought:?}");
    let founded = with("found");
    assert_eq!(founded.len(), 2, "{graphml}");
    for edge in founded {
        assert_eq!((edge["edge-origins"].as_str(), edge["edge-articles"].as_str()), ("2", "2"));
        assert_eq!(edge["edge-asserted"], "true");
    }
    assert!(
        graphml.contains("attr.name=\"label\"") && graphml.contains("edgedefault=\"directed\"")
    );
}

#[test]
fn the_same_store_gives_the_same_bytes_and_parts_are_parts() {
    let mut inputs = common::examples();
    let one = common::build(&inputs, &["--threads", "1"]);
    inputs.reverse();
    let other = common::build(&inputs, &["--threads", "3"]);
    for format in ["nanopub", "graphml", "jsonld"] {
        assert!(written(&one, format, &[]) == written(&other, format, &[]), "{format}");
    }
    let part = ["--article", "world-cup-brief"];
    let all = written(&one, "nanopub", &[]);
    let some = written(&one, "nanopub", &part);
    let heads = |text: &str| text.matches("a np:Nanopublication").count();
    assert!(heads(&some) > 3 && heads(&some) < heads(&all));
    assert!(elements(&written(&one, "graphml", &part), "edge").len() < heads(&some));
}

#[test]
fn json_ld_has_short_names() {
    let store = common::build(&common::examples()[..1], &[]);
    let text = written(&store, "jsonld", &["--profile", "claims"]);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let graphs = value["@graph"].as_array().unwrap();
    let nodes = graphs.iter().flat_map(|graph| graph["@graph"].as_array().unwrap());
    let claims: Vec<_> = nodes.filter(|node| node["@type"] == "Claim").collect();
    assert!(claims.len() > 3);
    for claim in claims {
        assert!(claim["modality"].is_string() && claim["polarity"].is_string(), "{claim}");
        assert!(claim["rdf:subject"].as_str().unwrap().contains("entity/"), "{claim}");
        let keys = claim.as_object().unwrap().keys();
        assert!(keys.into_iter().all(|key| !key.contains("//")), "{claim}");
    }
}

#[test]
fn a_build_says_what_it_was_made_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.ttl");
    let entity = "<https://x.example/courier> a <https://schema.org/NewsMediaOrganization> ;
        <http://www.w3.org/2004/02/skos/core#prefLabel> \"Harbour Courier\"@en .";
    std::fs::write(&path, entity).unwrap();
    let store = common::build(&common::examples()[..1], &["--gazetteer", path.to_str().unwrap()]);
    let noted = written(&store, "turtle", &["--graph", "graph/builds"]);
    assert!(noted.contains("a prov:Activity"), "{noted}");
    assert!(noted.contains("a void:Dataset"), "{noted}");
    assert!(noted.contains("dcterms:title \"people.ttl\""), "{noted}");
    assert!(noted.contains("dcterms:type \"gazetteer\""), "{noted}");
    assert!(noted.contains("prov:wasGeneratedBy <build/"), "{noted}");
    assert!(!noted.contains(folder.path().to_str().unwrap()), "no path of this machine: {noted}");
    assert!(!written(&store, "trig", &[]).contains("prov:Activity"), "no part of an export");
}
