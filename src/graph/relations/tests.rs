//! Relations of a made ontology.

use super::*;

const PREFIXES: &str = "
    @prefix rel: <https://w3id.org/reportedly/rel/> .
    @prefix rp: <https://w3id.org/reportedly/ns#> .
    @prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix schema: <https://schema.org/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
";

fn read(turtle: &str) -> Result<Vec<Declared>, String> {
    declared_relations(&format!("{PREFIXES}{turtle}"), "own.ttl").map_err(|e| e.to_string())
}

#[test]
fn a_relation_is_read_from_turtle() {
    let all = read(
        "rel:mends a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:label \"mends\"@en ;
            ontolex:isDenotedBy [ ontolex:canonicalForm [ ontolex:writtenRep \"mend\"@en ] ] ,
                [ ontolex:canonicalForm [ ontolex:writtenRep \"fix up\"@en ] ; rp:strict true ] ;
            schema:domainIncludes schema:Person ; owl:inverseOf rel:isMendedBy ;
            skos:example \"Ann mends nets.\"@en .",
    )
    .unwrap();
    let [relation] = all.as_slice() else { panic!("{all:?}") };
    let words: Vec<_> = relation.words.iter().map(|w| (w.lemmas.as_str(), w.strict)).collect();
    assert_eq!(words, [("mend", false), ("fix up", true)]);
    assert_eq!((relation.label.as_str(), relation.symmetric), ("mends", true));
    assert_eq!((relation.domain.as_slice(), relation.range.len()), (&[Class::Person][..], 0));
    let [example] = relation.examples.as_slice() else { panic!("{relation:?}") };
    assert_eq!((example.text.as_str(), relation.file.as_str()), ("Ann mends nets.", "own.ttl"));
    assert!(example.line > relation.words[0].line && relation.words[0].line > 1);
    assert_eq!(relation.about.len(), 3);
}

#[test]
fn broken_relations_are_named() {
    let problem = |turtle: &str| read(turtle).unwrap_err();
    assert!(problem("rel:mends a").starts_with("own.ttl: "));
    let check = |turtle: &str, expected: &str| {
        let problem = problem(turtle);
        assert!(problem.starts_with("own.ttl, line ") && problem.contains(expected), "{problem}");
    };
    check("rel:mends a owl:ObjectProperty .", "#label> in English");
    let mends = "rel:mends rdfs:label \"mends\" ";
    check(&format!("{mends} ; schema:rangeIncludes schema:Taxi ."), "<https://schema.org/Taxi>");
    check(&format!("{mends} ; schema:domainInclude schema:Person ."), "domainInclude>");
    check(&format!("{mends} ; a owl:DatatypeProperty ."), "DatatypeProperty>");
    check(&format!("{mends} . rel:mends rdfs:label \"fixes\" ."), "two values of");
    check(&format!("{mends} ; ontolex:isDenotedBy [ rp:strict true ] ."), "#canonicalForm>");
    let form = "ontolex:canonicalForm [ ontolex:writtenRep \"mend\"@en ]";
    check(&format!("{mends} ; ontolex:isDenotedBy [ {form} ; rp:strict \"true\" ] ."), "true or");
    check(&format!("{mends} ; ontolex:isDenotedBy \"mend\" ."), "a node that");
    check("<https://example.org/mends> rdfs:label \"mends\" .", "a relation whose IRI");
    check("[] rdfs:label \"mends\" .", "a relation whose IRI");
}

#[test]
fn the_shipped_relations_are_read_whole() {
    let relations = embedded_relations().unwrap();
    assert!(relations.all().len() >= 60);
    assert!(relations.get("acquires").is_some_and(|r| !r.words.is_empty()));
}
