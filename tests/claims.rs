//! Every claim points at characters of its article, whatever the text.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::extract::{Argument, Claim, Extractor};
use reportedly::read::conllu;
use reportedly::text::{Document, Span};

/// What is wrong with a claim's places, if anything.
fn fault(document: &Document, claim: &Claim) -> Option<&'static str> {
    let text = &document.article.text;
    let sentence = document.sentences.get(claim.sentence as usize)?.span;
    let sound = |span: Span| !span.is_empty() && text.get(span.range()).is_some();
    let inside = |span: Span| sound(span) && sentence.contains(span);
    let whole = |a: &Argument| inside(a.span) && inside(a.phrase) && a.phrase.contains(a.span);
    let arguments = claim.object.iter().chain(claim.qualifiers.iter().map(|q| &q.argument));
    if !whole(&claim.subject) || !arguments.into_iter().all(whole) {
        return Some("an argument");
    }
    if !inside(claim.relation.span) || claim.relation.lemmas.is_empty() {
        return Some("the relation");
    }
    let covers = claim.clause.contains(claim.relation.span) || !inside(claim.relation.span);
    (!inside(claim.clause) || !covers).then_some("the clause")
}

fn check(name: &str, documents: &[Document]) {
    let extractor = Extractor::shipped().expect("the shipped rules compile");
    for document in documents {
        for claim in &extractor.extract(document).claims {
            let fault = fault(document, claim);
            let words = document.slice(claim.clause);
            assert!(fault.is_none(), "{name}: {fault:?} of rule {} in: {words}", claim.rule);
        }
    }
}

#[test]
fn claims_point_at_their_words() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ud");
    for file in ["gum-dev-news.conllu", "ewt-dev.conllu", "gum-dev-free.conllu"] {
        let Ok(text) = std::fs::read_to_string(format!("{folder}/{file}")) else {
            eprintln!("skipped: no {folder}/{file}");
            return;
        };
        check(file, &conllu::parse(&text, file).documents);
    }
}

#[test]
fn claims_of_a_torn_tree_point_at_their_words() {
    let text = "1\tdid\tdo\tAUX\tVBD\t_\t3\taux\t_\t_\n2\té\té\tNOUN\tNN\t_\t4\tnsubj\t_\t_\n\
                3\trun\trun\tVERB\tVB\t_\t0\troot\t_\t_\n4\tand\tand\tVERB\tVB\t_\t3\tconj\t_\t_\n\
                5\t“\t“\tPUNCT\t``\t_\t2\tobj\t_\t_\n\n";
    check("torn", &conllu::parse(text, "torn").documents);
}
