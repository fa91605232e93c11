//! An asserted triple says that something is so; it may stand only where an
//! article says so itself, in its own voice, as a fact.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use reportedly::extract::Claim;
use reportedly::resolve::Statement;
use reportedly::text::{ArcCertainty, Certainty, Document};
use reportedly::{Article, Pipeline};

/// Asserted triples of relations, and for each whether a claim warrants it.
const UNWARRANTED: &str = "
    PREFIX rp: <https://w3id.org/reportedly/ns#>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    SELECT ?subject ?relation ?object WHERE {
        ?subject ?relation ?object .
        FILTER (STRSTARTS(STR(?relation), 'https://w3id.org/reportedly/rel/'))
        FILTER NOT EXISTS { ?subject a rp:Claim }
        FILTER NOT EXISTS {
            ?claim rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
                rp:polarity rp:positive ; rp:modality rp:actual .
            FILTER NOT EXISTS { ?attribution rp:claim ?claim }
        }
        FILTER NOT EXISTS {
            ?proposition rp:subject ?subject ; rp:relation ?relation ; rp:object ?object .
            ?claim rp:expresses ?proposition ;
                rp:polarity rp:positive ; rp:modality rp:actual .
            FILTER NOT EXISTS { ?attribution rp:claim ?claim }
        }
    }";

#[test]
fn every_asserted_triple_of_the_examples_is_warranted() {
    let store = common::build(&common::examples(), &[]);
    let unwarranted = common::query(&store, &["-e", UNWARRANTED]);
    assert!(unwarranted.is_empty(), "{unwarranted:#?}");
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn every_asserted_triple_of_the_seeds_is_warranted() {
    let store = common::build(&[common::shared("data/seeds")], &[]);
    let unwarranted = common::query(&store, &["-e", UNWARRANTED]);
    assert!(unwarranted.is_empty(), "{unwarranted:#?}");
}

/// Nothing in these may stand as a fact.
const SILENT: &[&str] = &[
    "Did Clara Baker lock Orm Castle?",
    "Why would Clara Baker lock Orm Castle?",
    "Lock Orm Castle.",
    "Clara Baker may lock Orm Castle.",
    "Clara Baker will lock Orm Castle.",
    "Clara Baker would have locked Orm Castle.",
    "Clara Baker did not lock Orm Castle.",
    "Clara Baker never locked Orm Castle.",
    "Clara Baker has yet to lock Orm Castle.",
    "Clara Baker no longer locks Orm Castle.",
    "Clara Baker allegedly locked Orm Castle.",
    "Clara Baker reportedly locked Orm Castle.",
    "Clara Baker almost locked Orm Castle.",
    "Clara Baker seems to have locked Orm Castle.",
    "Clara Baker is said to have locked Orm Castle.",
    "Clara Baker is believed to have locked Orm Castle.",
    "Nobody locked Orm Castle.",
    "No clerk locked Orm Castle.",
    "Neither clerk locked Orm Castle.",
    "Few clerks locked Orm Castle.",
    "Not a single clerk locked Orm Castle.",
    "If Clara Baker locked Orm Castle, the thief stayed outside.",
    "Tom Hale doubts that Clara Baker locked Orm Castle.",
    "Tom Hale said Clara Baker had locked Orm Castle.",
    "Tom Hale denied that Clara Baker had locked Orm Castle.",
    "According to Tom Hale, Clara Baker locked Orm Castle.",
    "\u{201c}Clara Baker locked Orm Castle,\u{201d} said Tom Hale.",
    "\u{201c}Clara Baker locked Orm Castle.\u{201d}",
    "There is no evidence that Clara Baker locked Orm Castle.",
    "Police found no evidence that Clara Baker locked Orm Castle.",
    "It is unclear whether Clara Baker locked Orm Castle.",
    "It is possible that Clara Baker locked Orm Castle.",
    "I locked Orm Castle.",
    "You can lock Orm Castle.",
    "Had Clara Baker locked Orm Castle, the thief would have stayed outside.",
    "It locked Orm Castle.",
    "They locked it.",
    "He will wait, but so do many clerks, guards and thieves.",
    "Clara Baker relied.",
    "The firm was based.",
    // Nobody who reads these alone learns who or what it was.
    "The agency bought Orm Castle.",
    "Spokesmen welcomed Tom Hale.",
    "Clara Baker grabbed the young man.",
    "Clara Baker tied the rope.",
    "Clara Baker changed the man's mind.",
    "Clara Baker was clear.",
    // What completes these stands elsewhere.
    "Norland advised its citizens against leaving Upper Orm.",
    "Clara Baker began.",
    "Clara Baker presided.",
    "Orm Castle was placed.",
    // What was so until something else came, and what somebody only calls it.
    "Clara Baker lived in Orm Castle before moving to Lisbon.",
    "Clara Baker worked for Tom Hale until she fell ill.",
    "The reforms will see Clara Baker investing in Orm Castle.",
    // What stands in no sentence, or in a question, or is nobody's deed.
    "That Clara Baker locked Orm Castle.",
    "There were doubts about how Clara Baker had locked Orm Castle.",
    "The plan involves locking Orm Castle.",
];

/// An asserted triple must come of each of these.
const STATED: &[&str] = &[
    "Clara Baker locked Orm Castle.",
    "Clara Baker managed to lock Orm Castle.",
    "Orm Castle was locked by Clara Baker.",
    "Clara Baker who locked Orm Castle left the village.",
    "Clara Baker locked Orm Castle because Tom Hale was ill.",
    "Clara Baker is engaged in the protection of Orm Castle.",
    "Clara Baker resigned.",
    "Clara Baker tied a rope.",
    "Lisbon was evacuated.",
    "Clara Baker began to repair the roof of the mill.",
    "Clara Baker sued the owner of the mill.",
];

/// What is stated of each of these is stated with all that completes it.
const WHOLE: &[(&str, &str)] = &[
    ("Clara Baker failed to lock Orm Castle.", "Clara Baker | fail | to lock Orm Castle"),
    ("Clara Baker refused to lock Orm Castle.", "Clara Baker | refuse | to lock Orm Castle"),
    ("Clara Baker wants to lock Orm Castle.", "Clara Baker | want | to lock Orm Castle"),
    ("Clara Baker plans to lock Orm Castle.", "Clara Baker | plan | to lock Orm Castle"),
    ("Clara Baker vowed to lock Orm Castle.", "Clara Baker | vow | to lock Orm Castle"),
    (
        "Tom Hale wants Clara Baker to lock Orm Castle.",
        "Tom Hale | want | Clara Baker to lock Orm Castle",
    ),
    (
        "Clara Baker considered Tom Hale as a friend.",
        "Clara Baker | consider | Tom Hale as a friend",
    ),
    (
        "Clara Baker pushed Tom Hale to sell Orm Castle.",
        "Clara Baker | push | Tom Hale to sell Orm Castle",
    ),
    ("Clara Baker called Tom Hale a hero.", "Clara Baker | call | Tom Hale a hero"),
    (
        "Clara Baker accused Tom Hale of selling the mill in Norland.",
        "Clara Baker | accuse | Tom Hale of selling the mill in Norland",
    ),
    (
        "Clara Baker was accused of selling the mill in Norland.",
        "Clara Baker | be accuse of | selling the mill in Norland",
    ),
    ("Clara Baker voted on Monday to sell Orm Castle.", "Clara Baker | vote | to sell Orm Castle"),
    ("Clara Baker spent more than $2 million.", "Clara Baker | spend | more than $2 million"),
];

/// What the parser may as well have read otherwise is not stated.
#[test]
fn what_is_read_in_doubt_is_not_stated() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let mut document = pipeline.document(Article::new("a", "Clara Baker locked Orm Castle."));
    let is_stated = |document: &Document| {
        let claims = pipeline.extractor().extract(document).claims;
        claims.iter().any(|claim| claim.passes_filter)
    };
    assert!(is_stated(&document));
    let doubtful = ArcCertainty { head: Certainty::tenths(5), ..ArcCertainty::FULL };
    let certainties = vec![doubtful; document.tokens.len()];
    document.tree = document.tree.with_certainty(certainties);
    assert!(!is_stated(&document));
}

/// The asserted triples of a text, by their words.
fn stated(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let analysis = pipeline.analyse(Article::new("a", text));
    let asserted = |s: &&Statement| s.assertion.is_asserted();
    let plain = analysis.statements().iter().filter(asserted);
    plain.map(|c| format!("{} [{}]", analysis.document().slice(c.clause), c.rule)).collect()
}

#[test]
fn what_is_open_denied_or_said_is_not_stated() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let false_ones: Vec<String> = SILENT.iter().flat_map(|text| stated(&pipeline, text)).collect();
    assert!(false_ones.is_empty(), "{false_ones:#?}");
    let lost: Vec<&&str> =
        STATED.iter().filter(|text| stated(&pipeline, text).is_empty()).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

/// The asserted triples of a text, as *subject | relation | object*.
fn triples(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let analysis = pipeline.analyse(Article::new("a", text));
    let document = analysis.document();
    let mut triples = Vec::new();
    for statement in analysis.statements().iter().filter(|s| s.assertion.is_asserted()) {
        let same = |c: &&Claim| c.clause == statement.clause && c.rule == statement.rule;
        let claim = analysis.claims().iter().find(same).expect("the claim of the statement");
        let object = claim.object.as_ref().map_or("-", |o| document.slice(o.span));
        let subject = document.slice(claim.subject.span);
        triples.push(format!("{subject} | {} | {object}", claim.relation.lemmas.join(" ")));
    }
    triples
}

/// Of each of these something may be stated, but nothing that begins like this.
const UNSTATED: &[(&str, &str)] = &[
    // What was so, or is hearsay.
    ("Ada Moss, a former clerk at Harbour Bank, sold a painting.", "Ada Moss | be at"),
    ("Clara Baker was in Lisbon in 1976.", "Clara Baker | be in"),
    ("Clara Baker is thought to have sold Orm Castle.", "Clara Baker | be think"),
    // What may belong to the verb, or to another noun.
    ("The embassy of Norway in Lisbon closed.", "Norway | be in"),
    ("Clara Baker jailed Tom Hale, a decision that angered Norway.", "Tom Hale | anger"),
    ("Clara Baker sued Harbour Bank \u{2013} a decision that angered Norway.", "Harbour Bank | be"),
    // Nobody who reads these alone learns who or what it was.
    ("Clara Baker vowed to sell it.", "Clara Baker | vow"),
    ("The CEO locked Orm Castle.", "The CEO"),
    ("The share price rose to $31.", "The share price"),
    ("Critics praised Clara Baker.", "Critics"),
];

#[test]
fn what_was_so_or_is_of_something_else_is_not_stated() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let mut faults = Vec::new();
    for (text, unwanted) in UNSTATED {
        let stated = triples(&pipeline, text);
        if stated.iter().any(|triple| triple.starts_with(unwanted)) {
            faults.push(format!("{text}: {stated:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_completes_a_verb_is_stated_with_it() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let mut faults = Vec::new();
    for (text, wanted) in WHOLE {
        let stated = triples(&pipeline, text);
        let locks = |s: &String| s.contains("| lock |") || s.contains("| sell | Orm");
        if !stated.iter().any(|s| s == wanted) || stated.iter().any(locks) {
            faults.push(format!("{text}: {stated:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
