//! `reportedly check`: whole files pass; what is broken, can never match or does not
//! do what its examples say is named with file and line. And what the README of
//! rules says of them is so.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::fs;
use std::path::PathBuf;

use reportedly::Pipeline;
use tempfile::TempDir;

const PREFIXES: &str = "@prefix rel: <https://w3id.org/reportedly/rel/> .
@prefix rp: <https://w3id.org/reportedly/ns#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
";
const MENDS: &str = "rel:mends a owl:ObjectProperty ; rdfs:label \"mends\"@en ;
    ontolex:isDenotedBy [ ontolex:canonicalForm [ ontolex:writtenRep \"WORDS\"@en ] ] ;
    schema:domainIncludes schema:Person ;
    skos:example \"Ada Brook mended the net.\"@en ,
        \"EXAMPLE\"@en ;
    rp:counterExample \"COUNTER\"@en .
";
const RULE: &str = "rule mends
means Who mends what.
match verb [VERB, lemma=mend]
      verb >nsubj who
      verb >obj what
emit claim
     subject who
     relation verb
     object what
says Ada mended the net.
says SECOND
silent SILENT
";

/// Files in a folder of their own.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The exit code of a check of these files, and what it says.
fn check(files: &[(&str, &str)]) -> (i32, String) {
    let folder = folder(files);
    let output = common::reportedly(["check", folder.path().to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    let here = format!("{}/", folder.path().display());
    (output.status.code().unwrap(), said.replace(&here, ""))
}

fn relation(words: &str, example: &str, counter: &str) -> String {
    let relation = MENDS.replace("WORDS", words).replace("EXAMPLE", example);
    PREFIXES.to_owned() + &relation.replace("COUNTER", counter)
}

fn rule(second: &str, silent: &str) -> String {
    RULE.replace("SECOND", second).replace("SILENT", silent)
}

#[test]
fn whole_files_pass() {
    let relation = relation("mend", "Leo Marsh mends the roof.", "Ada Brook sold the net.");
    let entities = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://x.example/courier> a <https://schema.org/NewsMediaOrganization> ;
        skos:prefLabel \"Harbour Courier\"@en .";
    let shapes = format!(
        "{PREFIXES}<urn:s> a sh:NodeShape ; sh:targetClass rp:Claim ;
        sh:property [ sh:path rp:polarity ; sh:minCount 1 ] ."
    );
    let (code, said) = check(&[
        ("a.ttl", &relation),
        ("b.ttl", entities),
        ("c.ttl", &shapes),
        ("d.rule", &rule("Leo mended the roof.", "Ada sold the net.")),
        ("cues.tsv", "lemma\tkind\nmurmur\tsay\n"),
    ]);
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with("all is well: 5 files, 1 rules, 1 relations, 6 examples"), "{said}");
}

#[test]
fn examples_that_do_not_hold_are_named_with_their_line() {
    let broken = relation("mend", "Leo Marsh sold the roof.", "Ada Brook mended the sail.");
    let (code, said) = check(&[("a.ttl", &broken)]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("a.ttl:13: rel:mends: is not found in “Leo Marsh sold"), "{said}");
    assert!(said.contains("Leo Marsh | sell | the roof"), "what it gives: {said}");
    assert!(said.contains("a.ttl:14: rel:mends: must not be found in “Ada Brook mended"), "{said}");
    assert!(said.contains("2 problems"), "{said}");
    let (code, said) = check(&[("a.rule", &rule("Leo sold the roof.", "Leo mended the boat."))]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("a.rule:11: mends: is not found in “Leo sold the roof.”"), "{said}");
    assert!(said.contains("a.rule:12: mends: must not be found in “Leo mended"), "{said}");
}

#[test]
fn a_claim_that_must_come_out_and_does_not_is_shown_with_those_that_do() {
    let with = rule("Leo mended the roof.\n=> Leo | mend | the boat", "Ada sold the net.");
    let (code, said) = check(&[("a.rule", &with)]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("does not give\n    Leo | mend | the boat"), "{said}");
    assert!(said.contains("Leo | mend | the roof"), "{said}");
}

#[test]
fn words_that_can_never_be_found_are_told_with_the_right_form() {
    for (words, right) in
        [("mends", "mend"), ("Mend", "mend"), ("hold talks with", "hold talk with")]
    {
        let broken = relation(words, "Leo Marsh mends the roof.", "Ada Brook sold the net.");
        let (code, said) = check(&[("a.ttl", &broken)]);
        assert_eq!(code, 2, "{said}");
        let problem = format!("a.ttl, line 10: rel:mends has the words `{words}`");
        assert!(said.contains(&problem) && said.contains(&format!("write `{right}`")), "{said}");
    }
    let (code, said) = check(&[("cues.tsv", "lemma\tkind\nMurmur\tsay\n")]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("cues.tsv") && said.contains("write `murmur`"), "{said}");
}

#[test]
fn every_broken_file_is_named() {
    let elsewhere =
        format!("{PREFIXES}<urn:mends> a owl:ObjectProperty ; rdfs:label \"mends\"@en .");
    let (code, said) = check(&[
        ("a.ttl", "rel:mends"),
        ("b.ttl", &elsewhere),
        ("c.rule", "rule x\nmeanz y\n"),
        ("d.rule", "rule y\nmeans z\n"),
        ("e.ttl", &format!("{PREFIXES}<urn:s> a sh:NodeShape ; sh:sparql [] .")),
        ("cuse.tsv", "lemma\tkind\nmurmur\tsay\n"),
    ]);
    assert_eq!(code, 2, "{said}");
    for problem in [
        "a.ttl:",
        "b.ttl, line 9: <urn:mends> is nothing that is understood here; a relation whose IRI",
        "c.rule:2:1: `meanz` is no keyword",
        "d.rule:1:1:",
        "e.ttl, line 9: sh:sparql is not understood",
        "cuse.tsv",
    ] {
        assert!(said.contains(problem), "{problem}:\n{said}");
    }
}

#[test]
fn what_is_no_such_file_is_refused() {
    let (code, said) = check(&[("a.csv", "x")]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("a.csv: neither a rule"), "{said}");
    assert_eq!(check(&[]).0, 1);
}

/// One's own file may have the name of one that ships.
#[test]
fn files_named_like_shipped_ones_are_ones_own() {
    let relations = relation("mend", "Leo Marsh sold the roof.", "Ada Brook sold the net.");
    let rule = RULE.replace("SECOND", "The sailor mended the sail.");
    let rule = rule.replace("SILENT", "The sailor sold the sail.");
    let folder = folder(&[("relations.ttl", &relations), ("verb.rule", &rule)]);
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_reportedly"));
    let files = ["check", "relations.ttl", "verb.rule"];
    let output = program.current_dir(folder.path()).args(files).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("1 problem: 2 files, 1 rules, 1 relations, 6 examples"), "{said}");
    assert!(said.contains("relations.ttl") && said.contains("Leo Marsh sold the roof."), "{said}");
    assert!(!said.contains("shipped:"), "{said}");
}

#[test]
fn a_build_warns_of_examples_and_refuses_words() {
    let relations = |words| relation(words, "Leo Marsh sold the roof.", "Ada Brook sold the net.");
    let folder = folder(&[
        ("a.txt", "Ada Brook mended the net."),
        ("warned.ttl", &relations("mend")),
        ("refused.ttl", &relations("mends")),
    ]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let build = |ontology: &str| {
        let (input, store, ontology) = (path("a.txt"), path("store"), path(ontology));
        common::reportedly(["build", &input, "--store", &store, "--ontology", &ontology])
    };
    let warned = build("warned.ttl");
    let said = String::from_utf8_lossy(&warned.stderr).into_owned();
    assert!(warned.status.success(), "{said}");
    assert!(said.contains("warned.ttl:13: rel:mends: is not found in “Leo Marsh sold"), "{said}");
    let refused = build("refused.ttl");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("write `mend`"));
}

/// The blocks of the README that hold rules.
fn blocks() -> Vec<String> {
    let path = PathBuf::from(common::ROOT).join("src/extract/rules/README.md");
    let text = fs::read_to_string(path).unwrap();
    let blocks = text.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.map(str::to_owned).collect()
}

#[test]
fn the_rule_that_the_readme_shows_keeps_its_examples() {
    let pipeline = Pipeline::builder().rules("README.md", &blocks()[0]).build().unwrap();
    let broken = pipeline.broken_examples(|file| file == "README.md");
    let said: Vec<String> = broken.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    let rule = pipeline.extractor().rules().named("promise-noun").unwrap();
    assert_eq!((rule.file.as_str(), rule.examples.len()), ("README.md", 4));
}

const EXAMPLES: &str = "says It sank.\nsays It swam.\nsilent It flew.\n";

#[test]
fn the_rule_about_the_order_of_words_is_read() {
    let text = format!("{}{EXAMPLES}", blocks()[1]);
    assert!(text.contains("order ^ content("), "the second block: {text}");
    Pipeline::builder().rules("README.md", text).build().unwrap();
}

/// What stands between backticks in the first cells of the README's tables.
fn first_cells(below: &str) -> Vec<String> {
    let path = PathBuf::from(common::ROOT).join("src/extract/rules/README.md");
    let text = fs::read_to_string(path).unwrap();
    let section = text.split(below).nth(1).expect("the section").split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| "));
    let cells = rows
        .map(|row| row.replace("\\|", "¦"))
        .filter_map(|row| Some(row.split('|').next()?.to_owned()));
    let codes = cells.flat_map(|cell| {
        let parts: Vec<String> = cell.split('`').map(|part| part.replace('¦', "|")).collect();
        parts.into_iter().skip(1).step_by(2)
    });
    codes.collect()
}

/// Fails unless a pattern is read.
fn is_read(pattern: &str) {
    let node = pattern.split(' ').next().unwrap();
    let rule = format!(
        "rule t\nmeans t\nmatch {pattern}\nemit scope over {node}\n     affirmed planned\n{EXAMPLES}"
    );
    let built = Pipeline::builder().rules("README.md", rule).build();
    assert!(built.is_ok(), "{pattern}: {}", built.unwrap_err());
}

#[test]
fn the_patterns_of_the_readme_are_read() {
    let patterns: Vec<String> = first_cells("## Patterns")
        .into_iter()
        .filter(|p| p.starts_with("verb ") || p.contains(" . "))
        .collect();
    assert!(patterns.len() >= 8, "{patterns:?}");
    for pattern in patterns {
        is_read(&pattern.replace("[tests]", "[VERB]"));
    }
    let tests: Vec<String> = first_cells("| test | passes |").into_iter().collect();
    assert!(tests.len() >= 8, "{tests:?}");
    for test in tests.iter().filter(|test| !test.contains('…')) {
        let test = test.replace(">rel", ">nsubj").replace("[tests]", "[VERB]");
        let test = test.replace("LIST:CLASS", "negation:adverb").replace("LIST", "negation");
        is_read(&format!("verb [{}]", test.replace("PREDICATE", "quoted").replace("TEST", "VERB")));
    }
}
