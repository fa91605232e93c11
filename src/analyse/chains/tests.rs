//! Chains of made sentences, and of a development set.

use super::*;
use crate::analyse::mentions;
use crate::text::{Document, Name, Span};

/// Names for documents that come with trees only: runs of proper nouns.
fn names(document: &Document, lexicon: &ReferenceLexicon) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for token in 0..document.tokens.len() as u32 {
        if document.tag(token).upos != crate::text::Upos::Propn {
            continue;
        }
        let same_sentence = |n: &Name| document.sentence_of(n.first) == document.sentence_of(token);
        match names.last_mut().filter(|n| n.last == token && same_sentence(n)) {
            Some(name) => name.last = token + 1,
            None => names.push(Name {
                span: Span::new(0, 0),
                first: token,
                last: token + 1,
                kind: NameKind::Other,
            }),
        }
    }
    for name in &mut names {
        name.span = document.span_of(name.first, name.last - 1);
        if lexicon.persons.gender(document.slice(name.span)).is_some() {
            name.kind = NameKind::Person;
        }
    }
    names
}

fn with_chains(mut document: Document) -> Document {
    let lexicon = ReferenceLexicon::default();
    document.names = names(&document, &lexicon);
    let parsed = Parsed::from(&document);
    let (mentions, chains) = chains(&parsed, &lexicon, mentions(&parsed, &lexicon));
    document.mentions = mentions;
    document.chains = chains;
    document
}

#[test]
fn development_set_keeps_its_score() {
    let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    let read = |file: &str| std::fs::read_to_string(format!("{shared}/{file}"));
    let (Ok(gold), Ok(trees)) = (read("ontogum/dev-free.conll"), read("ud/gum-dev-free.conllu"))
    else {
        eprintln!("skipped: {shared} is absent");
        return;
    };
    let documents: Vec<Document> =
        crate::read::conllu::parse(&trees, "gum").documents.into_iter().map(with_chains).collect();
    let scores = crate::eval::coref::evaluate(&gold, &documents).unwrap();
    eprintln!(
        "mentions {}\nMUC {}\nB3 {}\nCEAF-e {}\nmean {:.3}",
        scores.mentions,
        scores.muc,
        scores.b3,
        scores.ceaf_e,
        scores.mean()
    );
    assert!(scores.mean() > 0.3, "{scores:?}");
}
