//! Every rule against the examples it carries: parsed ones alone, plain
//! sentences through the whole pipeline.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::extract::rule::{Emit, Example, Parsed, Rule};
use reportedly::extract::{Claim, Extractor, Graph, Modality, Polarity};
use reportedly::text::Document;
use reportedly::{Article, Pipeline};

/// What is wrong with an example, if anything.
fn check(pipeline: &Pipeline, rule: &Rule, example: &Example) -> Option<String> {
    let extractor = pipeline.extractor();
    let fits = |document: &Document, bound: &[_]| {
        extractor.rules().fits(rule, &Graph::new(document, extractor.lexicon()), bound)
    };
    match example {
        Example::Parsed { parse, found, at } => {
            let place = format!("{}:{}: {}", rule.file, at.line, rule.id);
            let Parsed { document, bound } = match parse.read() {
                Ok(parsed) => parsed,
                Err((row, problem)) => return Some(format!("{place}: row {row}: {problem}")),
            };
            (fits(&document, &bound) != *found)
                .then(|| format!("{place}: parsed: {}", document.article.text))
        }
        Example::Sentence { text, found, gives, at } => {
            let document = pipeline.document(Article::paragraph("example", text));
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

/// A tree may be wrong where the model is, so that some plain sentences may
/// fail; parsed examples and silent sentences may not.
const SAYS_THAT_HOLD: f64 = 0.9;

#[test]
fn every_rule_keeps_its_examples() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let (mut strict, mut loose, mut says) = (Vec::new(), Vec::new(), 0);
    for rule in pipeline.extractor().rules().all() {
        for example in &rule.examples {
            let may_fail = matches!(example, Example::Sentence { found: true, .. });
            says += usize::from(may_fail);
            let problem = check(&pipeline, rule, example);
            if may_fail { loose.extend(problem) } else { strict.extend(problem) }
        }
    }
    let hold = 1.0 - loose.len() as f64 / says as f64;
    assert!(strict.is_empty(), "{} examples fail:\n{}", strict.len(), strict.join("\n"));
    assert!(hold >= SAYS_THAT_HOLD, "only {hold:.3} hold; these fail:\n{}", loose.join("\n"));
}

#[test]
fn there_are_rules_enough() {
    let extractor = Extractor::shipped().expect("the shipped rules compile");
    let all = extractor.rules().all();
    assert!(all.len() >= 150, "only {} rules", all.len());
}
