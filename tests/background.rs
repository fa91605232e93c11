//! Who somebody is, told in passing within reported words, is the article's word.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::{Article, Pipeline};

/// Whose word the claim with this subject, relation and object is: the words of
/// the source, or "article".
fn voice(pipeline: &Pipeline, text: &str, (subject, lemma, object): Triple) -> String {
    let analysis = pipeline.analyse(Article::new("background", text));
    let document = analysis.document();
    let holds = |span, part: &str| document.slice(span).contains(part);
    let mut claims = analysis.claims().iter();
    let claim = claims.find(|c| {
        c.relation.lemmas.iter().any(|l| l == lemma)
            && holds(c.subject.span, subject)
            && c.object.as_ref().is_some_and(|o| holds(o.span, object))
    });
    let claim = claim.unwrap_or_else(|| panic!("no {subject} {lemma} {object} in {text:?}"));
    let Some(id) = claim.attribution else { return "article".to_owned() };
    let source = analysis.attributions()[id.index()].source.as_ref().expect("a source");
    document.slice(source.span).to_owned()
}

/// Words of subject, relation and object.
type Triple = (&'static str, &'static str, &'static str);

/// Texts, claims of them, and whose word each is.
const CASES: &[(&str, &[(Triple, &str)])] = &[
    (
        "The police said that Clara Adams, the owner of the inn, had sold the boat.",
        &[(("Adams", "be", "owner"), "article"), (("Adams", "sell", "boat"), "police")],
    ),
    (
        "The paper reported that President Baker had closed the mine.",
        &[(("Baker", "be", "President"), "article"), (("Baker", "close", "mine"), "paper")],
    ),
    (
        "The union said Tom Hale, who founded the bank, had broken the contract.",
        &[(("Hale", "found", "bank"), "article"), (("Hale", "break", "contract"), "union")],
    ),
    // So is a name behind an office, and what dashes set off.
    (
        "The paper said the letter belonged to the disgraced banker Ada Brook.",
        &[(("Brook", "be", "banker"), "article")],
    ),
    (
        "Kern said Norland — which has many lakes — was ready to sign the treaty.",
        &[(("Norland", "have", "lakes"), "article")],
    ),
    // What is told of things may be part of the report.
    (
        "The army said the rockets, which hit the bridge, had missed the port.",
        &[(("rockets", "hit", "bridge"), "army")],
    ),
    // Hearsay is only what stands beside the adverb.
    (
        "The office, which is in the old town, was reportedly sold by the guild.",
        &[(("office", "be", "town"), "article")],
    ),
    // So is what somebody is called.
    (
        "The paper reported that the letter was sent to a baker, later identified as Ada Brook.",
        &[(("baker", "identify", "Brook"), "article")],
    ),
    // Within quotation marks all is the speaker's.
    (
        "“We thank Clara Adams, the owner of the inn,” the mayor said.",
        &[(("Adams", "be", "owner"), "mayor")],
    ),
];

#[test]
fn who_somebody_is_is_told_by_the_article() {
    let pipeline = Pipeline::builder().build().unwrap();
    for (text, claims) in CASES {
        for &(triple, expected) in *claims {
            let voice = voice(&pipeline, text, triple);
            assert!(voice.contains(expected), "{triple:?} of {text:?}: {voice}");
        }
    }
}
