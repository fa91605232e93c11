use super::*;

const PREFIXES: &str = "@prefix : <https://example.org/> . @prefix skos: \
<http://www.w3.org/2004/02/skos/core#> . @prefix rdf: \
<http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: \
<http://www.w3.org/2001/XMLSchema#> . @prefix dcterms: <http://purl.org/dc/terms/> .\n";

/// The text begins on line 2.
fn read(turtle: &str) -> Ontology {
    Ontology::read(&format!("{PREFIXES}{turtle}"), "own.ttl").unwrap()
}

fn property(name: &str) -> NamedNode {
    NamedNode::new(format!("https://example.org/{name}")).unwrap()
}

fn check<T: fmt::Debug>(result: Result<T, OntologyError>, expected: &str) {
    let shown = result.unwrap_err().to_string();
    assert!(shown.ends_with(expected), "{shown}");
}

#[test]
fn nodes_come_in_the_order_of_the_text() {
    let ontology = read(":b a :Class ; :p 1 .\n:a a :Class .\n:b :q 2 .");
    let class = property("Class");
    let names: Vec<_> = ontology.nodes_of(class.as_ref()).filter_map(NodeView::iri).collect();
    assert_eq!(names, ["https://example.org/b", "https://example.org/a"]);
    assert_eq!(ontology.nodes().next().unwrap().said().len(), 3);
}

#[test]
fn faults_are_named_with_file_line_and_node() {
    let ontology = read(
        ":a :label \"A\" ;\n   :label \"B\"@en ;\n   :label \"C\"@de ;\n   :number 7 ;\n   :day \
         \"2024-13-01\"^^xsd:date ;\n   :flag \"yes\" .\n:b dcterms:source [ :of :b ] .",
    );
    let [a, b] = ["a", "b"].map(|name| ontology.node(&property(name).into()).unwrap());
    let is = |name: &str| format!("<https://example.org/{name}>");
    check(
        a.text(property("label").as_ref()),
        &format!("two values of {}; the first stands on line 2", is("label")),
    );
    let number = a.texts(property("number").as_ref()).unwrap_err().to_string();
    assert!(number.starts_with("own.ttl, line 5: <https://example.org/a> has \"7\""), "{number}");
    check(a.iris(property("number").as_ref()), "where an IRI is expected");
    check(a.day(property("day").as_ref()), "where a day as \"2024-05-31\"^^xsd:date is expected");
    check(a.flag(property("flag").as_ref()), "where true or false is expected");
    check(b.text(property("label").as_ref()), &format!("has no {} in English", is("label")));
    check(
        a.check_properties(&[property("label").as_ref()]),
        &format!("has the property {}, which is not understood here", is("number")),
    );
    b.check_properties(&[]).expect("notes are understood everywhere");
    check::<Ontology>(Ontology::read("<a> <b>", "own.ttl"), "IRI");
}

#[test]
fn words_of_other_languages_are_left_out() {
    let ontology = read(":a :label \"Germany\"@en-GB, \"Deutschland\"@de .");
    let a = ontology.node(&property("a").into()).unwrap();
    assert_eq!(a.text(property("label").as_ref()).unwrap(), "Germany");
}

#[test]
fn lists_are_read_and_circles_are_none() {
    let ontology = read(":a :list ( 1 2 ) . :c rdf:first 1 ; rdf:rest :c .");
    let a = ontology.node(&property("a").into()).unwrap();
    let head = &a.said()[0].term;
    assert_eq!(ontology.list(head).map(|members| members.len()), Some(2));
    assert_eq!(ontology.list(&property("c").into()), None);
}
