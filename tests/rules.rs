//! Every rule against the examples it carries: parsed ones alone, plain
//! sentences through the whole pipeline.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod failing;
mod parsed;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use compact_str::CompactString;
use reportedly::Pipeline;
use reportedly::extract::rule::{Emit, Example, Parsed, Rule, article};
use reportedly::extract::{Claim, Graph, Modality, Polarity};
use reportedly::text::Document;

/// With the rules as they stand in their files now, over the shipped ones, so
/// that a rule writer sees the change at once.
fn pipeline() -> Pipeline {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut builder = Pipeline::builder();
    for entry in walkdir::WalkDir::new(root.join("src/extract/rules")).sort_by_file_name() {
        let path = entry.expect("a file of the folder").into_path();
        if path.extension().is_some_and(|e| e == "rule") {
            let name = path.strip_prefix(root).expect("below it").to_str().expect("UTF-8");
            let text = fs::read_to_string(&path).expect("a readable file");
            builder = builder.rules(name, text);
        }
    }
    builder.build().expect("what ships is whole")
}

/// What is wrong with an example, if anything.
fn check(pipeline: &Pipeline, rule: &Rule, example: &Example) -> Option<String> {
    let extractor = pipeline.extractor();
    let fits = |document: &Document, bound: &[(CompactString, CompactString)]| match rule.orders {
        // What is read of a row of words depends on the list of cues.
        Some(_) => {
            parsed::attributes(&pipeline.extractor().extract(document), document, rule, bound)
        }
        None => extractor.rules().fits(rule, &Graph::new(document, extractor.lexicon()), bound),
    };
    match example {
        Example::Parsed { parse, found, at } => {
            let place = format!("{}:{}: {}", rule.file, at.line, rule.id);
            let Parsed { document, bound } = match parse.read() {
                Ok(parsed) => parsed,
                Err(problem) => return Some(format!("{place}: {problem}")),
            };
            (fits(&document, &bound) != *found)
                .then(|| format!("{place}: parsed: {}", document.article.text))
        }
        Example::Sentence { text, found, gives, at } => {
            let document = pipeline.document(article(text));
            let place = format!("{}:{}: {}", rule.file, at.line, rule.id);
            let extraction = extractor.extract(&document);
            // The words of an attribution's cue are looked up behind its rule.
            let attributes = rule.emits.iter().any(|e| matches!(e, Emit::Attribution(_)));
            let unlisted = attributes && extraction.attributions.iter().all(|a| a.rule != rule.id);
            if (fits(&document, &[]) != *found) && (*found || !unlisted) {
                return Some(format!("{place}: {text}"));
            }
            let shown: Vec<String> = extraction.claims.iter().map(|c| show(&document, c)).collect();
            let missing = gives.iter().find(|g| !shown.contains(g));
            missing.map(|m| {
                format!("{place}: {text}\n    lacks {m}\n    has   {}", shown.join("\n          "))
            })
        }
    }
}

/// A claim as examples write it.
fn show(document: &Document, claim: &Claim) -> String {
    let object = claim.object.as_ref().map_or("-", |o| document.slice(o.phrase));
    let mut parts = vec![
        document.slice(claim.subject.phrase).to_owned(),
        claim.relation.lemmas.join(" "),
        object.to_owned(),
    ];
    let mut marks = Vec::new();
    if claim.polarity == Polarity::Negative {
        marks.push("negative".to_owned());
    }
    if claim.modality != Modality::Actual {
        marks.push(format!("{:?}", claim.modality).to_lowercase());
    }
    if !marks.is_empty() {
        parts.push(marks.join(" "));
    }
    parts.join(" | ")
}

/// A tree may be wrong where the model is, so that some plain sentences fail;
/// they are listed. Parsed examples and silent sentences may not fail.
#[test]
fn every_rule_keeps_its_examples() {
    let pipeline = pipeline();
    let (mut broken, mut failing) = (Vec::new(), BTreeMap::new());
    for rule in pipeline.extractor().rules().all() {
        for example in &rule.examples {
            let Some(problem) = check(&pipeline, rule, example) else { continue };
            match example {
                Example::Sentence { text, found: true, .. } => {
                    failing.insert(format!("{}: {text}", rule.id), problem);
                }
                _ => broken.push(problem),
            }
        }
    }
    assert!(broken.is_empty(), "{} examples fail:\n{}", broken.len(), broken.join("\n"));
    failing::check("rules", &failing);
}

#[test]
fn every_rule_has_a_parsed_example() {
    let pipeline = pipeline();
    let lacking = |rule: &&Rule| !parsed::has_parsed(rule);
    let mut without: Vec<String> = pipeline
        .extractor()
        .rules()
        .all()
        .iter()
        .filter(lacking)
        .map(|r| r.id.to_string())
        .collect();
    if std::env::var_os("REPORTEDLY_BLESS").is_some() {
        without = parsed::add_missing(&pipeline);
    }
    assert!(without.is_empty(), "rules without one; REPORTEDLY_BLESS=1 writes them: {without:#?}");
}

#[test]
fn there_are_rules_enough() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let all = pipeline.extractor().rules().all();
    assert!(all.len() >= 150, "only {} rules", all.len());
}
