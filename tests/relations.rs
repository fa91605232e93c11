//! Declared relations against the sentences they carry: through the whole
//! pipeline, an example gives its relation and a counter-example does not.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod failing;

use std::collections::BTreeMap;

use reportedly::Pipeline;
use reportedly::graph::embedded_relations;

/// A tree or a kind may be wrong where the model is, so that some examples
/// fail; they are listed. Counter-examples may not fail.
#[test]
fn every_relation_keeps_its_examples() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    for relation in pipeline.relations().all().iter().filter(|r| !r.words.is_empty()) {
        assert!(relation.examples.len() >= 2, "{}: two examples", relation.name);
        assert!(!relation.counter_examples.is_empty(), "{}: a counter-example", relation.name);
    }
    let (mut wrong, mut failing) = (Vec::new(), BTreeMap::new());
    for example in pipeline.broken_examples(|file| file == "shipped:relations.ttl") {
        let name = example.name.trim_start_matches("rel:");
        let of = format!("{name}: {}", example.text);
        if example.is_missed() {
            failing.insert(of, example.to_string());
        } else {
            wrong.push(example.to_string());
        }
    }
    assert!(wrong.is_empty(), "{} must not give it:\n{}", wrong.len(), wrong.join("\n"));
    failing::check("relations", &failing);
}

#[test]
fn the_words_of_the_shipped_relations_are_lemmas() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let wrong: Vec<_> = pipeline.unmatchable_words(|_| true);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn there_are_relations_enough() {
    let relations = embedded_relations().expect("the shipped relations");
    let with_words = relations.all().iter().filter(|r| !r.words.is_empty());
    assert!(with_words.count() >= 60);
}
