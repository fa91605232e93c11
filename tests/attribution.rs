//! Whose word it is: sentences of our own, one of each kind.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::extract::{Attitude, Attribution, Extraction, Polarity};
use reportedly::text::{Block, BlockKind, Document, Span};
use reportedly::{Article, Pipeline};

/// An attribution as "source | cue | content".
fn told(document: &Document, attribution: &Attribution) -> String {
    let words = |span| document.slice(span).to_owned();
    let source = attribution.source.as_ref().map_or_else(|| "-".to_owned(), |s| words(s.span));
    let cue = attribution.cue.map_or_else(|| "-".to_owned(), words);
    let content: Vec<String> = attribution.content.iter().map(|&span| words(span)).collect();
    format!("{source} | {cue} | {}", content.join(" … "))
}

/// Who holds what, as "source: [not] relation".
fn held(document: &Document, extraction: &Extraction) -> Vec<String> {
    let mut held = Vec::new();
    for claim in &extraction.claims {
        let by = claim.attribution.and_then(|id| extraction.attribution(id));
        let source = by.and_then(|a| a.source.as_ref()).map_or("-", |s| document.slice(s.span));
        let not = if claim.polarity == Polarity::Negative { "not " } else { "" };
        held.push(format!("{source}: {not}{}", claim.relation.lemmas.join(" ")));
    }
    held
}

/// What must be found in a sentence.
const FOUND: &[(&str, &str)] = &[
    (
        "Mayor Ada Okoro on Monday said the dam was safe.",
        "Mayor Ada Okoro | said | the dam was safe",
    ),
    (
        "A letter sent on Monday said the dam was safe.",
        "A letter sent on Monday | said | the dam was safe",
    ),
    (
        "As the ferryman put it, the lake had swallowed the road.",
        "the ferryman | put it | the lake had swallowed the road",
    ),
    ("The ferry was full, per the coast guard.", "the coast guard | per | The ferry was full"),
    (
        "Marta Okoro called on the council to open the gates.",
        "Marta Okoro | called on | the council to open the gates",
    ),
    ("The council called for closing the mill.", "The council | called for | closing the mill"),
    (
        "Khalil said the army was ready, and morale was high.",
        "Khalil | said | the army was ready, and morale was high",
    ),
    (
        "The firm announced in a statement that the mill had burned down.",
        "The firm | announced in a statement | that the mill had burned down",
    ),
    // A bare day behind the source is not part of it; whose something is is no time of saying.
    ("The court Thursday said the mine was closed.", "The court | said | the mine was closed"),
    ("Mr. Orr Monday also denied taking bribes.", "Mr. Orr | also denied | taking bribes"),
    ("The clerk said May's figures were good.", "The clerk | said | May's figures were good"),
    ("The clerk said Monday the figures were good.", "The clerk | said | the figures were good"),
    // Nor is whom one talks to, or where.
    (
        "Moss told the Orm Times in an interview published on Sunday that she would run again.",
        "Moss | told | that she would run again",
    ),
    // What others make of it is not said.
    ("Hale said the deal was dead, which the firm denied.", "Hale | said | the deal was dead"),
    ("Hale said the deal was dead, a claim the firm rejected.", "Hale | said | the deal was dead"),
    (
        "Hale said he had read the letter, which the firm wrote.",
        "Hale | said | he had read the letter, which the firm wrote",
    ),
    (
        "The paper quoted the minister as saying the talks were over.",
        "the minister | saying | the talks were over",
    ),
    (
        "Aid groups appealed for the border to be reopened.",
        "Aid groups | appealed | for the border to be reopened",
    ),
    (
        "The foreign ministry was \"deeply troubled\" by the arrests.",
        "The foreign ministry | deeply troubled\" by | the arrests",
    ),
    (
        "The envoy was told that the border would be closed.",
        "- | was told | that the border would be closed",
    ),
    (
        "And from Chairwoman Rosen:\n\nThe committee will open the books next week.",
        "Chairwoman Rosen | And from | The committee will open the books next week.",
    ),
    (
        "According to the charter:\n\nEvery member pays ten dollars.",
        "the charter | According to | Every member pays ten dollars.",
    ),
    (
        "Okoro added:\n\nThis town has never been so quiet.",
        "Okoro | added | This town has never been so quiet.",
    ),
    (
        "Okoro added,\n\n“This town has never been so quiet.”",
        "Okoro | added | “This town has never been so quiet.”",
    ),
    ("Doctors have been urged to stay calm.", "- | have been urged | Doctors … to stay calm"),
    ("The clerk confirmed receiving two letters.", "The clerk | confirmed | receiving two letters"),
    (
        "The leak was first reported by the Daily Gazette.",
        "the Daily Gazette | was first reported | The leak",
    ),
    ("The firm has been accused of theft.", "- | has been accused | The firm … of theft"),
    (
        "The union called the charges unsubstantiated.",
        "The union | called | the charges unsubstantiated",
    ),
    (
        "The bank fell after a Daily Gazette report that its chairman was ill.",
        "Daily Gazette | report | that its chairman was ill",
    ),
    (
        "Repairing the old dam, the engineer told us, would cost ten million dollars.",
        "the engineer | told | Repairing the old dam … would cost ten million dollars",
    ),
    (
        "Their fear is that the river will rise again.",
        "Their | fear | that the river will rise again",
    ),
    (
        "KATE MARLOW, CNN SECURITY ANALYST: The bases have been used for years.",
        "KATE MARLOW | : | The bases have been used for years.",
    ),
    (
        "“She is a true expert.” — Commissioner Paul Stark",
        "Commissioner Paul Stark | — | “She is a true expert.”",
    ),
];

/// Nobody's word: things that show something, and places before a colon.
const SILENT: &[&str] = &[
    "The failures underscored a shortage.",
    "The quilt weighs less than a pound.",
    "The storm highlighted that the dam was old.",
    "The dog was found abandoned.",
    "BHOPAL: Two buses collided.",
    "Ada Brook claimed victory in the race.",
    "The crowd gathered to defend the streets.",
    "The firm recalled three cars.",
];

/// Who holds what.
const HELD: &[(&str, &[&str])] = &[
    (
        "The ministry rejected reports that the dam had failed.",
        &["The ministry: not fail", "reports: fail"],
    ),
    ("Her lawyer dismissed the idea that the clerk had fled.", &["Her lawyer: not flee"]),
    (
        "The bank refuted the claim that it had lost the money.",
        &["The bank: not lose", "claim: lose"],
    ),
    ("Khalil said the army was ready, and morale was high.", &["Khalil: be", "Khalil: be"]),
    ("The union accused the firm of hiding the leak.", &["The union: hide"]),
];

#[test]
fn sources_cues_and_contents_are_whole() {
    let pipeline = Pipeline::builder().build().unwrap();
    let mut wrong = Vec::new();
    for (sentence, expected) in FOUND {
        let analysis = pipeline.analyse(Article::new("attribution", sentence));
        let document = analysis.document();
        let found: Vec<String> =
            analysis.attributions().iter().map(|a| told(document, a)).collect();
        if !found.iter().any(|found| found == expected) {
            wrong.push(format!("{sentence}\n  expected {expected}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn headlines_name_their_sources() {
    let pipeline = Pipeline::builder().build().unwrap();
    for (title, expected) in [
        (
            "US to send 300 tanks to Poland - sources",
            "sources | - | US to send 300 tanks to Poland",
        ),
        ("‘The dam will hold’: Orm Bank", "Orm Bank | : | ‘The dam will hold’"),
        ("‘We had plans for the dam’", "- | - | ‘We had plans for the dam’"),
        (
            "Spain may join the strike, says EU official",
            "EU official | says | Spain may join the strike",
        ),
    ] {
        let text = format!("{title}\n\nThe lake is low this year.");
        let kinds = [BlockKind::Title, BlockKind::Paragraph];
        let ends = [title.len(), text.len()];
        let starts = [0, title.len() + 2];
        let blocks = kinds.into_iter().zip(starts.into_iter().zip(ends));
        let blocks = blocks.map(|(kind, (start, end))| Block { span: Span::of(start..end), kind });
        let analysis = pipeline.analyse(Article::laid_out("headline", text, blocks.collect()));
        let document = analysis.document();
        let found: Vec<String> =
            analysis.attributions().iter().map(|a| told(document, a)).collect();
        assert!(found.iter().any(|found| found == expected), "{title}: {found:?}");
    }
}

#[test]
fn things_say_nothing() {
    let pipeline = Pipeline::builder().build().unwrap();
    for sentence in SILENT {
        let analysis = pipeline.analyse(Article::new("attribution", sentence));
        let document = analysis.document();
        let found: Vec<String> =
            analysis.attributions().iter().map(|a| told(document, a)).collect();
        assert!(found.is_empty(), "{sentence}: {found:?}");
    }
}

#[test]
fn rejecting_is_not_stating() {
    let pipeline = Pipeline::builder().build().unwrap();
    let mut wrong = Vec::new();
    for (sentence, expected) in HELD {
        let analysis = pipeline.analyse(Article::new("attribution", sentence));
        let found = held(analysis.document(), analysis.extraction());
        if let Some(missing) = expected.iter().find(|&&e| !found.iter().any(|f| f == e)) {
            wrong.push(format!("{sentence}\n  missing {missing}\n  found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_one_makes_of_it_is_told() {
    let pipeline = Pipeline::builder().build().unwrap();
    for (sentence, attitude, polarity) in [
        ("The council questioned the cost.", Attitude::Doubts, Polarity::Positive),
        ("The council asked whether the dam was safe.", Attitude::Asks, Polarity::Positive),
        (
            "Officials have no reason to think the dam is unsafe.",
            Attitude::Believes,
            Polarity::Negative,
        ),
        (
            "Officials have reason to think the dam is unsafe.",
            Attitude::Believes,
            Polarity::Positive,
        ),
    ] {
        let analysis = pipeline.analyse(Article::new("attribution", sentence));
        let found = analysis.extraction().attributions.first().map(|a| (a.attitude, a.polarity));
        assert_eq!(found, Some((attitude, polarity)), "{sentence}");
    }
}

#[test]
fn nobody_holds_what_is_unknown() {
    let pipeline = Pipeline::builder().build().unwrap();
    for sentence in [
        "It was not immediately clear who fired the missile.",
        "The company could not verify that the mine had closed.",
        "The bank would not say why the manager left the firm.",
    ] {
        let analysis = pipeline.analyse(Article::new("attribution", sentence));
        let actual = |c: &&reportedly::extract::Claim| {
            c.modality == reportedly::extract::Modality::Actual
                && c.relation
                    .lemmas
                    .first()
                    .is_some_and(|l| ["fire", "close", "leave"].contains(&&**l))
        };
        assert_eq!(analysis.claims().iter().find(actual), None, "{sentence}");
    }
}

/// Texts with a second act of speech, which has a speaker and a content of its own.
const RESUMED: &[(&str, &[&str])] = &[
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
        &["Ada Okoro, who runs it | says | The dam will hold until spring"],
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
    let analysis = pipeline.analyse(Article::new("spoken", text));
    let document = analysis.document();
    analysis.attributions().iter().map(|a| told(document, a)).collect()
}

#[test]
fn each_act_of_speech_has_its_own_content() {
    let pipeline = Pipeline::builder().build().unwrap();
    let mut wrong = Vec::new();
    for (text, expected) in RESUMED {
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

/// Quotations without a cue, and whose word they are.
const UNCUED: &[(&str, &str)] = &[
    (
        "The mayor took a long breath: “Then the dam broke, and we ran for our lives.”",
        "The mayor | took | “Then the dam broke, and we ran for our lives.”",
    ),
    (
        "Ada Okoro was blunt.\n\n“The dam will not hold for another year.”",
        "Ada Okoro | - | “The dam will not hold for another year.”",
    ),
    (
        "The lake rose again in May.\n\n“Nobody in this town told us that the dam was old.”",
        "- | - | “Nobody in this town told us that the dam was old.”",
    ),
    (
        "“The dam is safe,” Ada Okoro said.\n\nWho will pay for the repairs?\n\n\
         “The town will pay for them, as it always did.”",
        "Ada Okoro | said | “The dam is safe,” … “The town will pay for them, as it always did.”",
    ),
    (
        "“The dam is safe,” Ada Okoro said. The lake was high, and the fields were under water. \
         “It will hold until spring, as it always did.”",
        "Ada Okoro | said | “The dam is safe,” … “It will hold until spring, as it always did.”",
    ),
    (
        "Ada Okoro says the dam is old. That it leaks, too.",
        "Ada Okoro | says | the dam is old … That it leaks, too.",
    ),
];

#[test]
fn quotations_without_a_cue_are_never_the_article_s_own_word() {
    let pipeline = Pipeline::builder().build().unwrap();
    let mut wrong = Vec::new();
    for (text, expected) in UNCUED {
        let analysis = pipeline.analyse(Article::new("uncued", text));
        let found = found(&pipeline, text);
        if !found.iter().any(|found| found == expected) {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found:?}"));
        }
        let quotations = &analysis.document().quotations;
        let own = analysis.claims().iter().filter(|claim| claim.attribution.is_none());
        for claim in own {
            let span = claim.relation.span;
            if quotations.iter().any(|quotation| quotation.span.contains(span)) {
                wrong.push(format!("{text}\n  own word: {:?}", claim.relation.lemmas));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
