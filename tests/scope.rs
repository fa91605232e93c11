//! Negation and modality of a verb stop at its complement: a clause that stands
//! in front, between or behind keeps its own, whatever its neighbour says.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::extract::{Modality, Polarity};
use reportedly::{Article, Pipeline};

/// What the claim with this subject and this relation is said to hold.
fn held(pipeline: &Pipeline, sentence: &str, subject: &str, lemma: &str) -> String {
    let analysis = pipeline.analyse(Article::new("scope", sentence));
    let document = analysis.document();
    let mut claims = analysis.claims().iter();
    let claim = claims.find(|c| {
        c.relation.lemmas.first().is_some_and(|l| l == lemma)
            && document.slice(c.subject.span).contains(subject)
    });
    let claim = claim.unwrap_or_else(|| panic!("no claim {subject} {lemma} in {sentence:?}"));
    let polarity = if claim.polarity == Polarity::Positive { "" } else { "not " };
    let modality = if claim.modality == Modality::Actual { "actual" } else { "other" };
    format!("{polarity}{modality}")
}

/// Subject, verb and how it is held, of a clause that counts.
type Clause = (&'static str, &'static str, &'static str);

/// Sentences with their clauses.
const CASES: &[(&str, &[Clause])] = &[
    // In front of the verb that says no.
    (
        "When Acme closed the mine, Borel did not claim damages.",
        &[("Acme", "close", "actual"), ("Borel", "claim", "not actual")],
    ),
    (
        "After the company sold the factory, the union refused to sign the contract.",
        &[("company", "sell", "actual"), ("union", "sign", "not actual")],
    ),
    (
        "While Norland has blamed the rebels, Ostia has not claimed responsibility.",
        &[("Norland", "blame", "actual"), ("Ostia", "claim", "not actual")],
    ),
    (
        "Because the river flooded the valley, the council failed to reopen the school.",
        &[("river", "flood", "actual"), ("council", "reopen", "not actual")],
    ),
    ("If Acme opens the bridge, it could prevent a jam.", &[("Acme", "open", "other")]),
    (
        "Although the bank froze the account, Hale did not deny that he owned the house.",
        &[("bank", "freeze", "actual")],
    ),
    // What is told though something else may be is so.
    (
        "Hale may close the mine despite selling the coal.",
        &[("Hale", "sell", "actual"), ("Hale", "close", "other")],
    ),
    ("It's important to note that the bridge is unsafe.", &[("bridge", "be", "actual")]),
    ("It is important that the council keeps the mill.", &[("council", "keep", "other")]),
    // What is told beside what would be is no condition of it.
    (
        "Brook said she would leave the choice to the board, as the price is not a secret.",
        &[("price", "be", "not actual")],
    ),
    (
        "The council resented rules that had never applied to the city.",
        &[("rules", "apply", "not actual")],
    ),
    // What somebody known has done is so, whatever becomes of it.
    (
        "The mayor plans to repeal a ban imposed by Brook.",
        &[("Brook", "impose", "actual"), ("mayor", "repeal", "other")],
    ),
    // Between subject and verb.
    (
        "The firm, as its lawyers prepared a lawsuit, denied that it had dumped waste.",
        &[("lawyers", "prepare", "actual"), ("it", "dump", "not actual")],
    ),
    (
        "The envoy, who had visited the camp when the army shelled the town, did not say where he slept.",
        &[("army", "shell", "actual")],
    ),
    // Behind it.
    (
        "Borel did not claim damages when Acme closed the mine.",
        &[("Acme", "close", "actual"), ("Borel", "claim", "not actual")],
    ),
    (
        "The mayor refused to resign because the council had backed the plan.",
        &[("mayor", "resign", "not actual"), ("council", "back", "actual")],
    ),
    ("The guards prevented a riot by closing the gates.", &[("guards", "close", "actual")]),
    (
        "The clerk never claimed the prize, although the lottery printed the number.",
        &[("lottery", "print", "actual")],
    ),
    // A reason is no condition.
    (
        "The bridge would be cheaper because the river carries stones.",
        &[("bridge", "be", "other"), ("river", "carry", "actual")],
    ),
    // What holds under a condition or question reaches what it tells of new things.
    (
        "If the mayor signed a law that banned cars, the shops would close.",
        &[("mayor", "sign", "other"), ("law", "ban", "other")],
    ),
    (
        "Whether the tunnel shortened the journey is hard to tell.",
        &[("tunnel", "shorten", "other")],
    ),
    ("The bank insisted that the owner sign the contract.", &[("owner", "sign", "other")]),
    (
        "The clerk must resign or be dismissed.",
        &[("clerk", "resign", "other"), ("clerk", "be", "other")],
    ),
    (
        "“I can say that the firm sold the mill,” Tom Hale told the court.",
        &[("firm", "sell", "actual")],
    ),
    // Coordinated with it.
    (
        "The envoy refused to talk and the army shelled the town.",
        &[("envoy", "talk", "not actual"), ("army", "shell", "actual")],
    ),
    // Complements are reached still, also nested and coordinated ones.
    ("The guards prevented the crowd from storming the gate.", &[("crowd", "storm", "not actual")]),
    (
        "The company failed to pay the fine and to clean the river.",
        &[("company", "pay", "not actual"), ("company", "clean", "not actual")],
    ),
    ("The minister denied that the army had shelled the town.", &[("army", "shell", "not actual")]),
    ("The ministry planned to ask the firm to close the mine.", &[("firm", "close", "other")]),
    // A clause that adds, or tells of things of a kind, whatever becomes of them.
    (
        "Acme would buy the mill, which supplies a bakery that feeds the village.",
        &[("a bakery", "feed", "actual")],
    ),
    (
        "The council wants to end rental fees charged to families.",
        &[("rental fees", "be", "actual")],
    ),
    ("If he signs a law that bans cars, the traders will leave.", &[("a law", "ban", "other")]),
    // A thing that is wanted, or to be made.
    ("The council must pass a law that protects the river.", &[("a law", "protect", "other")]),
    ("The council passed a law that protects the river.", &[("a law", "protect", "actual")]),
    // A question begins behind its colon, and a condition in it is one.
    (
        "The guards own the mill: who will repair the roof?",
        &[("guards", "own", "actual"), ("who", "repair", "other")],
    ),
    // A condition reaches the clauses behind it, but no deed before it.
    (
        "If the river floods the valley, the clerk loses the key and must repay the bank.",
        &[("clerk", "lose", "other"), ("clerk", "repay", "other")],
    ),
    (
        "The mayor threatened to close the mill if the bank sold the land.",
        &[("mayor", "close", "other"), ("bank", "sell", "other")],
    ),
    // What a participle tells of a noun is nobody's report.
    (
        "Eight questions raised by the bank were answered.",
        &[("bank", "raise", "actual"), ("questions", "be", "actual")],
    ),
    // Another word for something is no second thing.
    (
        "The mill grinds the maize, or the corn of the valley, by night.",
        &[("mill", "grind", "actual")],
    ),
];

#[test]
fn scope_stops_at_its_clause() {
    let pipeline = Pipeline::builder().build().expect("the shipped pipeline");
    let mut wrong = String::new();
    for (sentence, clauses) in CASES {
        for (subject, lemma, expected) in *clauses {
            let held = held(&pipeline, sentence, subject, lemma);
            if held != *expected {
                wrong += &format!("{subject} {lemma}: {held}, not {expected}: {sentence}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
