//! Every rule against the examples it carries: parsed ones alone, plain
//! sentences through the whole pipeline.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod failing;
mod parsed;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use reportedly::Pipeline;
use reportedly::extract::rule::Rule;

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

/// A tree may be wrong where the model is, so that some plain sentences fail;
/// they are listed. Parsed examples and silent sentences may not fail.
#[test]
fn every_rule_keeps_its_examples() {
    let pipeline = pipeline();
    let (mut broken, mut failing) = (Vec::new(), BTreeMap::new());
    for example in pipeline.broken_examples(|file| file.ends_with(".rule")) {
        if example.is_missed() {
            failing.insert(format!("{}: {}", example.name, example.text), example.to_string());
        } else {
            broken.push(example.to_string());
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
