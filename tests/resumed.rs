//! A second act of speech in a sentence is found, has its own speaker, and is no part of
//! what was said before it.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::extract::Attribution;
use reportedly::text::Document;
use reportedly::{Article, Pipeline};

/// An attribution as "source | cue | content".
fn told(document: &Document, attribution: &Attribution) -> String {
    let words = |span| document.slice(span).to_owned();
    let source = attribution.source.as_ref().map_or_else(|| "-".to_owned(), |s| words(s.span));
    let cue = attribution.cue.map_or_else(|| "-".to_owned(), words);
    let content: Vec<String> = attribution.content.iter().map(|&span| words(span)).collect();
    format!("{source} | {cue} | {}", content.join(" … "))
}

/// Texts and all that must be found in them.
const FOUND: &[(&str, &[&str])] = &[
    (
        "Musa Okoro said the canal should not have been dug before a survey, adding that the \
         law should be respected.",
        &[
            "Musa Okoro | said | the canal should not have been dug before a survey",
            "Musa Okoro | adding | that the law should be respected",
        ],
    ),
    (
        "Fedor Brandt told reporters that the board had blocked the repairs, and accused the \
         engineer of neglect.",
        &[
            "Fedor Brandt | told | that the board had blocked the repairs",
            "Fedor Brandt | accused | the engineer of neglect",
        ],
    ),
    (
        "The minister said nurses had accused the hospital of neglect.",
        &["nurses | had accused | the hospital of neglect"],
    ),
    (
        "Okoro argues that the town asked the firm to leave.",
        &["the town | asked | the firm to leave"],
    ),
    ("The town was angry at a plan that critics called mad.", &["critics | called | a plan … mad"]),
    (
        "The firm acted to avenge what it called a violation of its rights.",
        &["it | called | a violation of its rights"],
    ),
    (
        "As stated in the charter, every member pays ten dollars.",
        &["the charter | stated | every member pays ten dollars"],
    ),
    (
        "The dam will hold until spring, says Ada Okoro, who runs it.",
        &["Ada Okoro | says | The dam will hold until spring"],
    ),
    (
        "The dam will hold until spring, the firm said in a report released on Friday.",
        &["the firm | said | The dam will hold until spring"],
    ),
    (
        "The officials told the Daily Gazette that the dam will be sold.",
        &["The officials | told | that the dam will be sold"],
    ),
];

/// Texts and a source that nothing in them has.
const NO_SOURCE: &[(&str, &str)] = &[
    ("The officials told the Daily Gazette that the dam will be sold.", "Gazette |"),
    ("We know the danger: The firm declared a strike illegal.", "firm | declared | We know"),
    ("The crew made sure that the doors were shut.", "crew"),
];

fn found(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let analysis = pipeline.analyse(Article::new("resumed", text));
    let document = analysis.document();
    analysis.attributions().iter().map(|a| told(document, a)).collect()
}

#[test]
fn each_act_of_speech_has_its_own_content() {
    let pipeline = Pipeline::builder().build().unwrap();
    let mut wrong = Vec::new();
    for (text, expected) in FOUND {
        let found = found(&pipeline, text);
        for missing in expected.iter().filter(|&&e| !found.iter().any(|f| f == e)) {
            wrong.push(format!("{text}\n  expected {missing}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn who_is_told_says_nothing() {
    let pipeline = Pipeline::builder().build().unwrap();
    for (text, nobody) in NO_SOURCE {
        let found = found(&pipeline, text);
        assert!(!found.iter().any(|f| f.contains(nobody)), "{found:?}");
    }
}

#[test]
fn labels_of_transcripts_are_speakers_and_datelines_are_not() {
    let pipeline = Pipeline::builder().build().unwrap();
    let talk = "Ada Okoro met the press.\n\nOKORO: We will open the locks in May.";
    let found_in_talk = found(&pipeline, talk);
    assert!(
        found_in_talk.iter().any(|f| f == "OKORO | : | We will open the locks in May"),
        "{found_in_talk:?}"
    );
    let dateline = found(&pipeline, "BHOPAL: Two buses collided on Monday.");
    assert!(dateline.is_empty(), "{dateline:?}");
}

#[test]
fn paragraphs_between_two_labels_go_on_with_the_first() {
    let pipeline = Pipeline::builder().build().unwrap();
    let text = "Ada Okoro and Bo Brandt met the press.\n\nOKORO: We will open the locks in May.\n\n\
                The lake is high this year.\n\nBRANDT: The locks are old and must be closed.";
    let found = found(&pipeline, text);
    let whole = "OKORO | : | We will open the locks in May … The lake is high this year.";
    assert!(found.iter().any(|f| f == whole), "{found:?}");
}
