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
            skos:example \"Ann mends nets.\"@en .
         <https://example.org/other> rdfs:label \"no relation\" .",
    )
    .unwrap();
    let [relation] = all.as_slice() else { panic!("{all:?}") };
    let words: Vec<_> = relation.words.iter().map(|w| (w.lemmas.as_str(), w.strict)).collect();
    assert_eq!(words, [("mend", false), ("fix up", true)]);
    assert_eq!((relation.label.as_str(), relation.symmetric), ("mends", true));
    assert_eq!((relation.domain.as_slice(), relation.range.len()), (&[Class::Person][..], 0));
    assert_eq!(relation.examples, ["Ann mends nets."]);
    assert_eq!(relation.about.len(), 3);
}

#[test]
fn broken_relations_are_named() {
    let problem = |turtle: &str| read(turtle).unwrap_err();
    assert!(problem("rel:mends a").starts_with("own.ttl: "));
    assert!(problem("rel:mends a owl:ObjectProperty .").ends_with("has no rdfs:label"));
    let unknown = problem("rel:mends rdfs:label \"mends\" ; schema:rangeIncludes schema:Taxi .");
    assert!(unknown.ends_with("<https://schema.org/Taxi> is no kind of argument"), "{unknown}");
}

#[test]
fn the_shipped_relations_are_read_whole() {
    let relations = embedded_relations().unwrap();
    assert!(relations.all().len() >= 60);
    assert!(relations.get("acquires").is_some_and(|r| !r.words.is_empty()));
}
