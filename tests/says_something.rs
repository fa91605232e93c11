//! A claim tells a reader something: of somebody who is named or described, and by somebody
//! who says so.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::extract::{AttributionId, Modality};
use reportedly::{Analysis, Article, Pipeline};

/// The claims of a text as *subject | relation | object*.
fn told(analysis: &Analysis) -> Vec<String> {
    let document = analysis.document();
    let mut told = Vec::new();
    for claim in analysis.claims() {
        let object = claim.object.as_ref().map_or("-".into(), |o| document.one_line(o.span));
        let subject = document.one_line(claim.subject.span);
        told.push(format!("{subject} | {} | {object}", claim.relation.lemmas.join(" ")));
    }
    told
}

/// Sentences, each with a claim that it makes, and one that it does not make.
const CASES: &[(&str, &str, &str)] = &[
    // What only tells who is meant.
    ("The guards arrested those who stole bread.", "The guards | arrest", "those | steal"),
    ("The court freed the men involved.", "The court | free", "the men | be involve"),
    // Questions, and what answers them.
    ("What they did was a crime.", "What they did | be | a crime", "they | do"),
    ("Here are the rules of the club.", "", "the rules of the club | be | Here"),
    // Asides.
    ("The bridge was closed, I mean.", "", "I | mean"),
    // Everybody has a lawyer.
    ("The king's lawyer left the hall.", "The king's lawyer | leave | the hall", "The king | have"),
    // Whose deed an infinitive tells.
    ("The firm made strides to improve the mill.", "The firm | make", "strides | improve"),
    (
        "The guards found the strength to save the horse.",
        "The guards | save | the horse",
        "the strength | save",
    ),
    ("A law to ban cars angered the drivers.", "A law | ban | cars", "the drivers | ban"),
    ("The clerk complained about attempts to sell the mill.", "", "The clerk | sell"),
    ("There are holes to let the rain out.", "", "holes | let"),
    // What only repeats the phrase that names its subject.
    ("The old pond in Norland froze.", "The old pond in Norland | freeze", "The old pond | be in"),
    ("Ada Moss, a baker in Norland, sold a mill.", "a baker | be in | Norland", "Norland |"),
    // The noun that is meant is left out.
    ("One clerk resigned and the other kept the keys.", "One clerk | resign", "the other |"),
    ("She thinks that about 10% grow wheat.", "", "about 10% |"),
    // What is told by the clause alone.
    ("The crew found a way that saves time.", "The crew | find", "a way | save"),
    ("The guards met people who had fled the fire.", "The guards | meet", "people | flee"),
    // What completes it is missing.
    ("The owner will end what she calls a farce.", "", "she | call"),
    ("The clerk does not know where the letter came from.", "", "the letter | come"),
    ("If you look at the river, it rises.", "", "you | look"),
    // What is done is told of the infinitive.
    ("The guards are going to open the gate.", "The guards | open | the gate", "The guards | go"),
    ("The mill used to feed the town.", "The mill | feed | the town", "The mill | use"),
    // What is given, found or told is missing.
    ("She finds it hard to believe that the mill was sold.", "", "She | find | hard"),
    ("The bridge was closed, I'm afraid.", "", "I | be | afraid"),
    ("The walls you see are from the old mill.", "The walls you see | be from", "you | see"),
    ("When the guard agreed, the clerk opened the gate.", "the clerk | open", "the guard | agree"),
    // What a clause is told of.
    ("The aim is to sell the farm.", "The aim | be | to sell the farm", "The aim | sell"),
    // Half of a word.
    ("She filled the shed with would-be sails.", "She | fill | the shed", "She | be"),
    // Whose kin somebody is.
    ("The clerk thanked colleague Ada Moss.", "The clerk | thank", "Ada Moss | be | colleague"),
];

#[test]
fn claims_say_something() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    for (text, made, unmade) in CASES {
        let told = told(&pipeline.analyse(Article::new("told", text)));
        let found = told.iter().any(|claim| claim.starts_with(made));
        assert!(found || made.is_empty(), "{text}: {told:?}");
        assert!(!told.iter().any(|claim| claim.starts_with(unmade)), "{text}: {told:?}");
    }
}

/// How the claim with this verb holds.
fn modality(analysis: &Analysis, verb: &str) -> Modality {
    let claim = analysis.claims().iter().find(|c| c.relation.lemmas[0] == verb);
    claim.unwrap_or_else(|| panic!("no claim {verb}: {:?}", told(analysis))).modality
}

#[test]
fn one_of_several_things_may_be_so() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    for (text, verb, expected) in [
        ("A thief or a guard took the painting.", "take", Modality::Possible),
        ("A thief and a guard took the painting.", "take", Modality::Actual),
        (
            "Ada Moss said the council must hold a vote and inform the press.",
            "inform",
            Modality::Obliged,
        ),
        ("The mill needs a roof, you know? The owner sold it.", "need", Modality::Actual),
        ("The clerk said he had sent the letter, but he regretted it.", "regret", Modality::Actual),
    ] {
        let analysis = pipeline.analyse(Article::new("held", text));
        assert_eq!(modality(&analysis, verb), expected, "{text}: {:?}", told(&analysis));
    }
}

#[test]
fn who_disputes_or_refuses_is_no_source() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let text = "The ministry disputed a report that said the army had burned the village.";
    let analysis = pipeline.analyse(Article::new("disputed", text));
    let claim = analysis.claims().iter().find(|c| c.relation.lemmas[0] == "burn").unwrap();
    let of = |id: AttributionId| &analysis.attributions()[id.index()];
    assert_eq!(of(claim.attribution.unwrap()).within, None, "the report speaks, not the ministry");
    let text = "The minister refused to say whether the mine would close.";
    let analysis = pipeline.analyse(Article::new("refused", text));
    let claim = analysis.claims().iter().find(|c| c.relation.lemmas[0] == "close").unwrap();
    assert_eq!((claim.modality, claim.attribution), (Modality::Asked, None));
}
