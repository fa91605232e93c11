//! Who speaks is known by name, and so is whoever says *I*, *we* and *you*.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::resolve::statement::Node;
use reportedly::{Analysis, Article, Pipeline};

/// What is called the subject of the claim with this verb.
fn subject(analysis: &Analysis, verb: &str) -> String {
    let mut statements = analysis.statements().iter();
    let statement = statements
        .find(|s| s.relation.lemmas.iter().any(|lemma| lemma == verb))
        .unwrap_or_else(|| panic!("nobody does {verb}: {}", analysis.article().text));
    match statement.subject.value {
        Node::Entity(index) => analysis.resolution().entity(index).unwrap().label.to_string(),
        Node::Phrase(span) => analysis.document().slice(span).to_owned(),
    }
}

/// Who says what the claim with this verb says; empty for the article itself.
fn speaker(analysis: &Analysis, verb: &str) -> String {
    let mut statements = analysis.statements().iter();
    let statement = statements.find(|s| s.relation.lemmas.iter().any(|lemma| lemma == verb));
    let Some(index) = statement.and_then(|s| s.stated_by) else { return String::new() };
    analysis.resolution().entity(index).unwrap().label.to_string()
}

fn check_subjects(article: Article, expected: &[(&str, &str)]) {
    let analysis = Pipeline::builder().build().unwrap().analyse(article);
    for &(verb, who) in expected {
        assert_eq!(subject(&analysis, verb), who, "{verb}: {}", analysis.article().text);
    }
}

fn check_speakers(text: &str, expected: &[(&str, &str)]) {
    let analysis = Pipeline::builder().build().unwrap().analyse(Article::new("speech", text));
    for &(verb, who) in expected {
        assert_eq!(speaker(&analysis, verb), who, "{verb}: {text}");
    }
}

#[test]
fn a_quoted_i_is_the_speaker() {
    let text = "Irene Falk, a glazier, said: “I cut the panes.”\n\n“I polished them,” she added.";
    check_subjects(
        Article::new("glazier", text),
        &[("cut", "Irene Falk"), ("polish", "Irene Falk")],
    );
}

#[test]
fn what_is_quoted_within_a_quotation_is_somebody_elses() {
    let text = "Irene Falk recalled the day. “Otto Kern told me: ‘I melted the glass’,” Falk said.";
    check_subjects(Article::new("nested", text), &[("melt", "Otto Kern")]);
}

#[test]
fn a_quoted_we_is_the_speakers_side() {
    let text = "“We sold the kiln,” Irene Falk said. The Kern Company said in a letter: “We bought the kiln.”";
    check_subjects(
        Article::new("kiln", text),
        &[("sell", "Irene Falk's side"), ("buy", "Kern Company")],
    );
}

#[test]
fn a_quoted_you_is_whom_the_speaker_talks_to() {
    let text = "“You broke the window,” Irene Falk told Otto Kern.";
    check_subjects(Article::new("window", text), &[("break", "Otto Kern")]);
    // Listeners without a name are not spoken of.
    let text = "“You broke the window,” Irene Falk told reporters.";
    check_subjects(Article::new("window", text), &[("break", "You")]);
}

#[test]
fn an_i_outside_quotations_is_the_author() {
    let text = "Last week I visited the glassworks. “I cut the panes,” said Irene Falk.";
    let article = Article::builder("visit", text).byline("Martha Lund").build();
    check_subjects(article, &[("visit", "Martha Lund"), ("cut", "Irene Falk")]);
    // A desk is no author.
    let article = Article::builder("visit", text).byline("Glass Desk").build();
    check_subjects(article, &[("visit", "I")]);
}

#[test]
fn running_quotations_keep_their_speaker() {
    check_speakers(
        "Irene Falk, a glazier, said she was worried. “The furnace cracked in May.”",
        &[("crack", "Irene Falk")],
    );
    check_speakers(
        "“The sand is dear,” Irene Falk said. She has led the works since 2009. “The furnace cracked \
         in May.”",
        &[("crack", "Irene Falk")],
    );
    check_speakers(
        "Otto Kern said the works would close.\n\n“The furnace cracked in May.”",
        &[("crack", "Otto Kern")],
    );
}

#[test]
fn what_follows_a_running_quotation_is_the_articles() {
    check_speakers(
        "Irene Falk said she was worried. “The furnace cracked in May.” The council rejected the plan.",
        &[("crack", "Irene Falk"), ("reject", "")],
    );
    // A sentence about something else ends what somebody said.
    check_speakers(
        "Irene Falk said she was worried. The mill burned down. “The furnace cracked in May.”",
        &[("crack", "")],
    );
}

#[test]
fn who_first_says_i_is_called_by_what_describes_the_speaker() {
    let text = "“I cut the panes,” the old mayor said.";
    check_subjects(Article::new("mayor", text), &[("cut", "the old mayor")]);
}

#[test]
fn they_who_act_together_are_called_by_both_names() {
    let text = "Irene Falk and Otto Kern said they would polish the panes.";
    check_subjects(Article::new("both", text), &[("polish", "Irene Falk and Otto Kern")]);
    let text = "Irene Falk and Otto Kern left the town in May. They sold the kiln.";
    check_subjects(Article::new("sentences", text), &[("sell", "Irene Falk and Otto Kern")]);
    // Others are told of.
    let text = "Irene Falk and Otto Kern hired glaziers because they polish the panes.";
    check_subjects(Article::new("others", text), &[("polish", "glaziers")]);
    let text = "Irene Falk or Otto Kern said they would polish the panes.";
    let analysis = Pipeline::builder().build().unwrap().analyse(Article::new("either", text));
    assert!(!analysis.statements().iter().any(|s| s.relation.lemmas[0] == "polish"));
}

#[test]
fn a_pair_is_the_two_who_were_last_named_together() {
    let check = |text: &str, who: &str| {
        check_subjects(Article::new("pair", text), &[("polish", who)]);
    };
    let both = "Irene Falk and Otto Kern";
    check("Irene Falk and Otto Kern left the town. The pair polished the panes.", both);
    check("Guards let Irene Falk and Otto Kern in. The two polished the panes.", both);
    check(
        "Irene Falk and her husband, Otto Kern, own a kiln. It is old. The couple polished the panes.",
        both,
    );
    // A pair of something, and one that nobody was named of.
    check(
        "Irene Falk and Otto Kern left. The pair of glaziers polished the panes.",
        "The pair of glaziers",
    );
    check("Irene Falk left. The couple polished the panes.", "The couple");
    check("Irene Falk, Otto Kern and Ada Moss left. The pair polished the panes.", "The pair");
}

#[test]
fn several_who_say_it_are_one_source() {
    let check = |text: &str, who: &str| check_speakers(text, &[("polish", who)]);
    check(
        "Irene Falk and Otto Kern said the glaziers polish the panes.",
        "Irene Falk and Otto Kern",
    );
    let three = "“The glaziers polish the panes,” said Irene Falk, Otto Kern and Lea Stamm.";
    check(three, "Irene Falk, Otto Kern and Lea Stamm");
    check("Irene Falk said the glaziers polish the panes, and Otto Kern left.", "Irene Falk");
    check("Irene Falk or Otto Kern said the glaziers polish the panes.", "Irene Falk");
}
