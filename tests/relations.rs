//! Declared relations against the sentences they carry: through the whole
//! pipeline, an example gives its relation and a counter-example does not.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod failing;

use std::collections::BTreeMap;

use reportedly::graph::embedded_relations;
use reportedly::resolve::Declared;
use reportedly::{Article, Pipeline};

/// The shipped pipeline, asked about its declared relations.
struct Asked {
    pipeline: Pipeline,
}

impl Asked {
    fn new() -> Self {
        Self { pipeline: Pipeline::builder().build().expect("what ships is whole") }
    }

    /// The names of the declared relations that the claims of a sentence express,
    /// and all its claims for people to read.
    fn relations(&self, text: &str) -> (Vec<String>, Vec<String>) {
        let analysis = self.pipeline.analyse(Article::new("example", text));
        let (document, statements) = (analysis.document(), analysis.statements());
        let expressed = statements.iter().filter_map(|statement| statement.expresses.as_ref());
        let shown = statements.iter().map(|statement| {
            let object = statement.object.as_ref().map_or("-", |o| document.slice(o.phrase));
            let joints: Vec<&str> =
                statement.qualifiers.iter().map(|q| q.preposition.as_str()).collect();
            let subject = document.slice(statement.subject.phrase);
            format!("{subject} | {} | {object} | {joints:?}", statement.relation.lemmas.join(" "))
        });
        (expressed.map(|e| e.relation.name.clone()).collect(), shown.collect())
    }

    /// The claims of a sentence where it gives the relation and must not, or
    /// the other way round.
    fn check(&self, relation: &Declared, text: &str, gives: bool) -> Option<String> {
        let (found, claims) = self.relations(text);
        let given = found.contains(&relation.name);
        (given != gives).then(|| format!("    {}", claims.join("\n    ")))
    }
}

/// A tree or a kind may be wrong where the model is, so that some examples
/// fail; they are listed. Counter-examples may not fail.
#[test]
fn every_relation_keeps_its_examples() {
    let asked = Asked::new();
    let (mut wrong, mut failing) = (Vec::new(), BTreeMap::new());
    let relations = asked.pipeline.resolver().relations();
    for relation in relations.all().iter().filter(|r| !r.words.is_empty()) {
        assert!(relation.examples.len() >= 2, "{}: two examples", relation.name);
        assert!(!relation.counter_examples.is_empty(), "{}: a counter-example", relation.name);
        let examples = relation.examples.iter().map(|text| (text, true));
        let counter_examples = relation.counter_examples.iter().map(|text| (text, false));
        for (text, gives) in examples.chain(counter_examples) {
            let Some(claims) = asked.check(relation, text, gives) else { continue };
            let example = format!("{}: {text}", relation.name);
            if gives {
                failing.insert(example, claims);
            } else {
                wrong.push(format!("{example}\n{claims}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} must not give it:\n{}", wrong.len(), wrong.join("\n"));
    failing::check("relations", &failing);
}

#[test]
fn there_are_relations_enough() {
    let relations = embedded_relations().expect("the shipped relations");
    let with_words = relations.all().iter().filter(|r| !r.words.is_empty());
    assert!(with_words.count() >= 60);
}
