//! `reportedly analyse`: its public format keeps to its schema, and its exit
//! codes and messages are what the documents promise.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::fs;
use std::path::Path;

use common::{ROOT, reportedly, succeed};
use reportedly::export::document::drawing;
use reportedly::extract::{
    Argument, ArgumentKind, Attitude, Attribution, AttributionId, AttributionKind, Claim,
    Extraction, Polarity, Qualifier, Relation, Source, When,
};
use reportedly::read::conllu;
use reportedly::text::{Document, SentenceId, Time, TimeKind, TokenId};
use reportedly::{Analysis, Pipeline};
use serde_json::Value;

fn schema() -> jsonschema::Validator {
    let schema = fs::read_to_string(Path::new(ROOT).join("ontology/analysis.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    jsonschema::meta::validate(&schema).expect("a schema");
    jsonschema::validator_for(&schema).unwrap()
}

fn check(schema: &jsonschema::Validator, line: &str) -> Value {
    let object: Value = serde_json::from_str(line).unwrap();
    let errors: Vec<_> =
        schema.iter_errors(&object).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    object
}

const PARSE: &str = "\
# newdoc id = ferry
# text = “Zoë’s ferry sank in May,” Ann Lee said.
1\t“\t“\tPUNCT\t``\t_\t5\tpunct\t_\tSpaceAfter=No
2\tZoë\tZoë\tPROPN\tNNP\tNumber=Sing\t4\tnmod:poss\t_\tSpaceAfter=No
3\t’s\t’s\tPART\tPOS\t_\t2\tcase\t_\t_
4\tferry\tferry\tNOUN\tNN\tNumber=Sing\t5\tnsubj\t_\t_
5\tsank\tsink\tVERB\tVBD\tTense=Past\t11\tccomp\t_\t_
6\tin\tin\tADP\tIN\t_\t7\tcase\t_\t_
7\tMay\tMay\tPROPN\tNNP\t_\t5\tobl\t_\tSpaceAfter=No
8\t,”\t,”\tPUNCT\t''\t_\t5\tpunct\t_\t_
9\tAnn\tAnn\tPROPN\tNNP\t_\t11\tnsubj\t_\tNER=B-person
10\tLee\tLee\tPROPN\tNNP\t_\t9\tflat\t_\tNER=I-person
11\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
12\t.\t.\tPUNCT\t.\t_\t11\tpunct\t_\t_

";

fn argument(document: &Document, first: u32, last: u32, head: u32) -> Argument {
    let span = document.span_of(TokenId::new(first).through(TokenId::new(last)));
    Argument {
        core: span,
        span,
        phrase: span,
        head: TokenId::new(head),
        kind: ArgumentKind::Entity,
    }
}

/// An analysis made by hand that has something in every place.
fn analysis() -> Analysis {
    let mut document = conllu::parse(PARSE, "x").documents.remove(0);
    let at = |first, last| document.span_of(TokenId::new(first).through(TokenId::new(last)));
    let (may, content, said) = (at(6, 6), at(1, 6), at(10, 10));
    let time = Time {
        span: may,
        tokens: (6..7).into(),
        kind: TimeKind::Date,
        value: "2022-05".parse().ok(),
    };
    let attribution = Attribution {
        source: Some(Source { span: at(8, 9), head: TokenId::new(8), unnamed: false }),
        cue: Some(said),
        cue_lemma: "say".into(),
        content: vec![content],
        kind: AttributionKind::Direct,
        attitude: Attitude::States,
        polarity: Polarity::Positive,
        within: None,
        sentence: SentenceId::default(),
        rule: "by-hand".into(),
    };
    let relation = Relation { span: at(4, 4), head: TokenId::new(4), lemmas: vec!["sink".into()] };
    let subject = argument(&document, 1, 3, 3);
    let mut claim = Claim::new(SentenceId::default(), subject, relation);
    claim.clause = content;
    let argument = argument(&document, 6, 6, 6);
    claim.qualifiers.push(Qualifier { preposition: "in".into(), argument });
    claim.attribution = Some(AttributionId::default());
    claim.when = Some(When { span: may, value: "2022-05".parse().ok() });
    document.times.push(time);
    let extraction = Extraction { claims: vec![claim], attributions: vec![attribution] };
    Pipeline::builder().build().expect("what ships is whole").resolve(document, extraction)
}

#[test]
fn the_public_format_keeps_to_its_schema() {
    let object = check(&schema(), &analysis().json());
    let text: Vec<char> = object["text"].as_str().unwrap().chars().collect();
    let slice = |range: &Value| -> String {
        let at = |end: &str| range[end].as_u64().unwrap() as usize;
        text[at("start")..at("end")].iter().collect()
    };
    let claim = &object["claims"][0];
    assert_eq!(slice(&claim["subject"]), "Zoë’s ferry");
    assert_eq!(claim["subject"]["text"], "Zoë’s ferry");
    assert_eq!(slice(claim), "Zoë’s ferry sank in May");
    assert_eq!(slice(&claim["qualifiers"][0]), "May");
    assert_eq!(claim["qualifiers"][0]["value"], "2022-05");
    assert_eq!(claim["relation"]["iri"], "https://w3id.org/reportedly/rel/sinks");
    assert_eq!(claim["asserted"], false);
    assert_eq!(claim["attribution"], object["attributions"][0]["id"]);
    assert_eq!(slice(&object["attributions"][0]["source"]), "Ann Lee");
    let source = &object["attributions"][0]["source"]["entity"];
    let entities = object["entities"].as_array().unwrap();
    let ann = entities.iter().find(|e| e["id"] == *source).expect("the source is an entity");
    assert_eq!(ann["label"], "Ann Lee");
    for token in object["tokens"].as_array().unwrap() {
        assert_eq!(slice(token), token["form"].as_str().unwrap());
    }
}

#[test]
fn the_schema_is_strict() {
    let schema = schema();
    let good: Value = serde_json::from_str(&analysis().json()).unwrap();
    for (path, bad) in [
        ("/claims/0/polarity", Value::from("perhaps")),
        ("/claims/0/subject", Value::Null),
        ("/tokens/0/start", Value::from(-1)),
        ("/attributions/0/id", Value::from(0)),
        ("/published", Value::from("yesterday")),
    ] {
        let mut object = good.clone();
        *object.pointer_mut(path).unwrap() = bad;
        assert!(!schema.is_valid(&object), "{path}");
    }
}

#[test]
fn examples_keep_to_the_schema_in_their_order() {
    let schema = schema();
    let lines = succeed(["analyse", "examples", "--format", "jsonl"]);
    let ids: Vec<String> =
        lines.lines().map(|line| check(&schema, line)["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 13 + 25, "the articles, and one of each kind of input");
    assert_eq!(ids.first().map(String::as_str), Some("activision-deal"));
    assert_eq!(succeed(["analyse", "examples", "--format", "jsonl"]), lines, "runs differ");
}

/// Who joins the JSON to the graph finds each claim's relation there.
#[test]
fn relations_have_the_iris_of_the_graph() {
    let lines = succeed(["analyse", "examples", "--format", "jsonl"]);
    let articles = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let claims = articles.flat_map(|a| a["claims"].as_array().cloned().unwrap());
    let mut shown: Vec<String> =
        claims.map(|c| c["relation"]["iri"].as_str().unwrap().to_owned()).collect();
    let store = common::build(&["examples".into()], &[]);
    let question = "SELECT (STR(?p) AS ?iri) { GRAPH ?g { ?claim rdf:predicate ?p } }";
    let mut stored: Vec<String> = common::query(&store, &["-e", question])
        .iter()
        .map(|row| row.get("iri").to_owned())
        .collect();
    shown.sort();
    stored.sort();
    assert_eq!(shown, stored);
    assert!(shown.iter().any(|iri| iri.ends_with("/isSold")), "no passive among them");
}

/// What was parsed elsewhere is understood as far as what was parsed here.
#[test]
fn a_parse_that_is_read_back_says_the_same() {
    let input = "examples/khartoum-evacuation-wire.txt";
    let folder = tempfile::tempdir().unwrap();
    let parse = folder.path().join("khartoum-evacuation-wire.conllu");
    fs::write(&parse, succeed(["analyse", input, "--format", "conllu"])).unwrap();
    let seen = |input: &str| -> Value {
        serde_json::from_str(succeed(["analyse", input, "--format", "jsonl"]).trim()).unwrap()
    };
    let (direct, read_back) = (seen(input), seen(parse.to_str().unwrap()));
    for layer in ["text", "sentences", "times", "entities", "attributions", "claims"] {
        assert_eq!(direct[layer], read_back[layer], "{layer}");
    }
    assert!(!direct["times"].as_array().unwrap().is_empty());
}

#[test]
fn drawings_are_well_formed() {
    let mut document = analysis().document().clone();
    document.tokens[3].form = "<&\"\u{1}".into();
    let svg = drawing(&document);
    assert!(svg.contains("&lt;&amp;&quot; </text>"), "{svg}");
    let opened = svg.matches('<').count() - svg.matches("</").count();
    assert_eq!(opened, svg.matches("</").count() + svg.matches("/>").count());
    assert!(svg.contains(">nsubj</text>") && svg.contains("class=\"person\""));
}

#[test]
fn bad_inputs_change_the_exit_code_and_nothing_else() {
    let some = reportedly(["analyse", "examples/world-cup-brief.txt", "no-such-file.txt"]);
    assert_eq!(some.status.code(), Some(2));
    let message = String::from_utf8_lossy(&some.stderr).into_owned();
    assert!(message.contains("no-such-file.txt: no such file or folder"), "{message}");
    assert!(String::from_utf8_lossy(&some.stdout).contains("world-cup-brief"));
    assert_eq!(reportedly(["analyse", "no-such-file.txt"]).status.code(), Some(1));
    assert_eq!(reportedly(["analyse"]).status.code(), Some(1));
    assert_eq!(reportedly(["analyse", "x.txt", "-o", "no/such/folder"]).status.code(), Some(1));
}
