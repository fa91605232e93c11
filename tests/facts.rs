//! One claim for one fact, and only what the article itself says is asserted.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::extract::{Claim, Modality, Polarity};
use reportedly::resolve::statement::{Node, Value};
use reportedly::text::Document;
use reportedly::{Analysis, Article, Pipeline};

fn pipeline() -> Pipeline {
    Pipeline::builder().build().expect("what ships is whole")
}

fn analyse(pipeline: &Pipeline, text: &str) -> Analysis {
    pipeline.analyse(Article::new("facts", text))
}

fn told(document: &Document, claim: &Claim) -> String {
    let object = claim.object.as_ref().map_or("-", |o| document.slice(o.phrase));
    let joints: Vec<&str> = claim.qualifiers.iter().map(|q| q.preposition.as_str()).collect();
    let subject = document.slice(claim.subject.phrase);
    format!("{subject} | {} | {object} | {}", claim.relation.lemmas.join(" "), joints.join(" "))
}

/// Sentences with all their claims.
const FACTS: &[(&str, &[&str])] = &[
    (
        "The envoy returned from Madrid to Oslo on 2 May.",
        &["The envoy | return from | Madrid | to on"],
    ),
    ("The cat lay on the rug.", &["The cat | lie on | the rug | "]),
    ("There have been no complaints about the ferry.", &["complaints about the ferry | be | - | "]),
    (
        "Adams, the owner of the inn, slept.",
        &["Adams | be | the owner of the inn | of", "Adams | sleep | - | "],
    ),
    (
        "The convoy was escorted by soldiers to the harbour.",
        &["soldiers | escort | The convoy | to"],
    ),
    ("The king gave his brother a castle.", &["The king | give | a castle | recipient"]),
    ("The valley is famous for its wine.", &["The valley | be famous for | its wine | "]),
    // The figure that was before is no object.
    ("Acme cut the price from 11 dollars to 5 dollars.", &["Acme | cut | the price | from to"]),
    ("The price fell from 11 to 5.", &["The price | fall to | 5 | from"]),
    // Two prepositions are one.
    ("Clara Baker walked out of the room.", &["Clara Baker | walk out of | the room | "]),
    // Times keep their measure and their year.
    ("The minister resigned a day before the vote.", &["The minister | resign | - | time"]),
    // A preposition may have a noun in it.
    (
        "The envoy visited Oslo in addition to Bergen.",
        &["The envoy | visit | Oslo | in addition to"],
    ),
    // What a participle tells of a whole clause, nobody in it does; nor is a deed told by its end.
    (
        "The government cut the power, leading to a blackout.",
        &["The government | cut | the power | "],
    ),
    (
        "The ministry closed the harbour, marking a defeat for the fishermen.",
        &["The ministry | close | the harbour | "],
    ),
    ("The account was changed to hide the loss.", &["The account | be change | - | purpose"]),
    // Of two objects it is who gets the other.
    (
        "The firm, which the city owed a million crowns, closed.",
        &[
            "The firm, which the city owed a million crowns | close | - | ",
            "the city | owe | a million crowns | recipient",
        ],
    ),
    // Who is told to do something does it, not what tells it.
    (
        "The king gave the duke an order to leave the castle.",
        &[
            "The king | give | an order to leave the castle | recipient",
            "the duke | leave | the castle | ",
        ],
    ),
    // *Who* is no thing.
    (
        "The rivalry with Norland, who want the port, is old.",
        &[
            "Norland | want | the port | ",
            "The rivalry with Norland, who want the port | be | old | ",
        ],
    ),
    // Party and state behind a name are no claim, nor is what says who says so.
    (
        "Ada Moss, D-Orm, met the mayor.",
        &["Ada Moss | be member of | D | ", "Ada Moss | meet | the mayor | "],
    ),
    ("As the Ledger reported, the dam failed.", &["the dam | fail | - | "]),
    // What is left out, and what nobody knows.
    ("Tom Hale wore a hat rather than a helmet.", &["Tom Hale | wear | a hat | "]),
    // What is coordinated is several facts.
    (
        "The baker sold the mill and the farm.",
        &["The baker | sell | the mill | ", "The baker | sell | the farm | "],
    ),
];

#[test]
fn a_fact_is_one_claim() {
    let pipeline = pipeline();
    for (sentence, expected) in FACTS {
        let analysis = analyse(&pipeline, sentence);
        let document = analysis.document();
        let mut found: Vec<String> = analysis.claims().iter().map(|c| told(document, c)).collect();
        let mut expected: Vec<String> = expected.iter().map(|e| (*e).to_owned()).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{sentence}");
    }
}

#[test]
fn claims_that_hold_otherwise_stay_two() {
    let pipeline = pipeline();
    let analysis = analyse(&pipeline, "The guards let the farmers sell the mill but not the farm.");
    let polarities: Vec<Polarity> = analysis
        .claims()
        .iter()
        .filter(|c| c.relation.lemmas.iter().eq(["sell"]))
        .map(|c| c.polarity)
        .collect();
    assert_eq!(polarities, [Polarity::Positive, Polarity::Negative]);
}

/// The verbs of what a text asserts.
fn asserted(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let analysis = analyse(pipeline, text);
    let plain = |c: &&Claim| {
        c.passes_filter
            && c.attribution.is_none()
            && (c.polarity, c.modality) == (Polarity::Positive, Modality::Actual)
    };
    let claims = analysis.claims().iter().filter(plain);
    claims.map(|c| c.relation.lemmas.join(" ")).collect()
}

/// Texts and a verb that none may assert.
const SILENT: &[(&str, &str)] = &[
    ("Baker said the army was ready, and Norway welcomed Tom Hale.", "welcome"),
    (
        "Orm Air cancelled flights to Oslo and Tom Hale called Clara Baker, a statement said.",
        "call",
    ),
    ("Friday: Norland reports the growth of its economy.", "report"),
    ("Carver — unlike, say, Dunne — conceded the race.", "concede"),
    ("Clara Baker welcomed the move.", "welcome"),
    ("Tom Hale is described as having sold the mill of Upper Orm.", "sell"),
    ("Norway granted immunity.", "grant"),
    ("Given the high prices, many airlines closed routes.", "be give"),
];

/// Texts and a verb that they do assert.
const ASSERTED: &[(&str, &str)] = &[
    ("Clara Baker met Tom Hale and said the army was ready.", "meet"),
    ("Norway welcomed Tom Hale.", "welcome"),
    // What completes the verb is told with it.
    ("Clara Baker described Tom Hale as a prankster.", "describe"),
    // A short object with what stands behind it.
    ("Norway granted immunity to the envoys of Orm.", "grant"),
    // What somebody was before, and who that is beside another.
    ("Norway welcomed former President Tom Hale.", "be"),
    ("Norway invited Tom Hale, a harbour lawyer, and Clara Baker.", "be"),
    ("Clara Baker sold the mill of Upper Orm in May.", "sell"),
];

#[test]
fn what_is_reported_is_reported_whole() {
    let pipeline = pipeline();
    for (text, verb) in SILENT {
        assert!(!asserted(&pipeline, text).contains(&(*verb).to_owned()), "{text}");
    }
    for (text, verb) in ASSERTED {
        assert!(asserted(&pipeline, text).contains(&(*verb).to_owned()), "{text}");
    }
}

/// What the objects of claims are called.
fn objects(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let analysis = analyse(pipeline, text);
    let values = analysis.statements().iter().filter_map(|s| s.object.as_ref());
    let entities = values.filter_map(|object| match object.value {
        Value::Node(Node::Entity(index)) => analysis.resolution().entity(index),
        _ => None,
    });
    entities.map(|entity| entity.label.to_string()).collect()
}

#[test]
fn what_somebody_owns_is_called_by_the_owners_name() {
    let pipeline = pipeline();
    let labels = objects(&pipeline, "Clara Baker lost the race. She sold her old car to a bank.");
    assert!(labels.contains(&"Clara Baker's old car".to_owned()), "{labels:?}");
    let labels = objects(&pipeline, "The miners lost the race. They sold their old car to a bank.");
    assert!(labels.contains(&"the miners' old car".to_owned()), "{labels:?}");
}

/// The words in the asserted statements of a text.
fn asserted_words(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let analysis = analyse(pipeline, text);
    let asserted = analysis.statements().iter().filter(|s| s.assertion.is_asserted());
    let values = asserted.filter_map(|s| s.object.as_ref()).map(|object| match &object.value {
        Value::Text(words) => words.clone(),
        other => format!("{other:?}"),
    });
    values.collect()
}

#[test]
fn who_somebody_is_to_an_owner_is_told_with_the_owners_name() {
    let pipeline = pipeline();
    let text = "The Orm Bank moved to Oslo. Its chairman, Tom Hale, sold the old castle of Orm.";
    let told = asserted_words(&pipeline, text);
    assert!(told.contains(&"Orm Bank's chairman".to_owned()), "{told:?}");
    // By the full name, though one word is nearer.
    let text = "Clara Baker lost the race. Baker went home. Her sister, Ada Moss, won the cup.";
    let told = asserted_words(&pipeline, text);
    assert!(told.contains(&"Clara Baker's sister".to_owned()), "{told:?}");
}

#[test]
fn a_title_is_no_name_of_its_bearer() {
    let pipeline = pipeline();
    let analysis = analyse(&pipeline, "Harbour lawyer Tom Hale sued the harbour.");
    let document = analysis.document();
    let told: Vec<String> = analysis.claims().iter().map(|c| told(document, c)).collect();
    assert!(told.iter().any(|t| t.starts_with("Tom Hale | be | ")), "{told:?}");
}

#[test]
fn advice_and_lists_tell_nothing() {
    let pipeline = pipeline();
    for text in ["You need a warm bag.", "Ada Moss, Tom Hale and Ben Roe met in Orm, Norland."] {
        let analysis = analyse(&pipeline, text);
        let document = analysis.document();
        let told: Vec<String> = analysis.claims().iter().map(|c| told(document, c)).collect();
        let empty = |t: &String| t.starts_with("You |") || t.contains("| be |");
        assert!(!told.iter().any(empty), "{text}: {told:?}");
    }
}

/// What people are said to be, as the graph has it.
fn offices(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let analysis = analyse(pipeline, text);
    let mut told = Vec::new();
    for statement in analysis.statements() {
        match statement.object.as_ref().map(|object| &object.value) {
            Some(Value::Text(what)) => {
                told.push(format!("{} {what}", statement.relation.name.label));
            }
            Some(Value::Node(Node::Entity(index))) => {
                let entity = analysis.resolution().entity(*index).expect("an entity of the text");
                told.push(format!("{} {}", statement.relation.name.label, entity.label));
            }
            _ => {}
        }
    }
    told
}

#[test]
fn short_titles_and_parties_are_told_in_full() {
    let pipeline = pipeline();
    let told = offices(&pipeline, "Gov. Clara Baker of Ohio met Sen. John Adams (R-Texas).");
    for what in ["is governor of Ohio", "is senator of Texas", "is member of Republican Party"] {
        assert!(told.iter().any(|office| office == what), "{what}: {told:?}");
    }
    let told = offices(&pipeline, "The crowd cheered Texas Gov. Clara Baker.");
    assert!(told.contains(&"is Texas Governor".to_owned()), "{told:?}");
    let told = offices(&pipeline, "Reporters met Lt. Gen. Clara Baker in Lisbon.");
    assert!(!told.contains(&"is Lieutenant".to_owned()), "{told:?}");
}
