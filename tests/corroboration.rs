//! Who really says so: where claims come from, and which contradict each other.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod fixture;

use fixture::Story;
use oxigraph::sparql::QueryResults;
use reportedly::extract::{Modality, Polarity};
use reportedly::graph::{Built, Store};
use reportedly::query::{NamedQuery, Question, ask};
use reportedly::text::NameKind;

/// An article that says that Ada Brook left Lisbon, in these words.
fn story(id: &str, publisher: &str, text: &str) -> Story {
    Story::new(id, text)
        .publisher(publisher)
        .named("Ada Brook", NameKind::Person)
        .named("Lisbon", NameKind::Place)
        .claims("Ada Brook", "left", &["leave"], "Lisbon")
}

/// One that has it from a newspaper.
fn retold(id: &str, publisher: &str) -> Story {
    let text = "Ada Brook left Lisbon, The Wall Street Journal reported.";
    story(id, publisher, text)
        .named("The Wall Street Journal", NameKind::Organization)
        .says("The Wall Street Journal", "reported", "Ada Brook left Lisbon", None)
        .attributed(0)
}

fn own(id: &str, publisher: &str) -> Story {
    story(id, publisher, "Ada Brook left Lisbon.")
}

/// What a named query answers, one row a string, without the IRIs of what is shared.
fn answer(stories: &[Story], name: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    // One by one, so that each has to be brought into line with the others.
    for story in stories {
        let built: Built = story.built();
        store.write(&[built]).unwrap();
    }
    let query = NamedQuery::find(name).unwrap();
    let answer = ask(&store, &Question::new(name, query.sparql)).unwrap();
    let QueryResults::Solutions(solutions) = answer else { panic!("no table") };
    let is_shown = |column: &&str| !["claim", "story"].contains(column);
    let columns: Vec<&str> = query.columns().filter(is_shown).collect();
    solutions
        .map(|row| {
            let row = row.unwrap();
            let cell = |column: &&str| {
                row.get(*column).map_or(String::new(), |t| match t {
                    oxrdf::Term::Literal(literal) => literal.value().to_owned(),
                    other => other.to_string().replace(store.iris().base(), ""),
                })
            };
            columns.iter().map(cell).collect::<Vec<_>>().join(" | ")
        })
        .collect()
}

#[track_caller]
fn check(stories: &[Story], expected: &[&str]) {
    let row = |e: &&str| format!("Ada Brook left Lisbon | {e} | positive actual");
    let expected: Vec<String> = expected.iter().map(row).collect();
    assert_eq!(answer(stories, "corroboration"), expected);
}

#[test]
fn what_many_have_from_one_counts_once() {
    check(&[own("a", "Daily Lantern")], &[]);
    check(
        &[retold("a", "Daily Lantern"), retold("b", "Coast Herald"), retold("c", "North Echo")],
        &["3 | 3 | 1 | 1 | The Wall Street Journal"],
    );
    check(
        &[retold("a", "Daily Lantern"), own("b", "Coast Herald")],
        &["2 | 2 | 2 | 1 | Coast Herald; The Wall Street Journal"],
    );
}

#[test]
fn an_agency_counts_once() {
    let printed = |id: &str, publisher: &str| {
        story(id, publisher, "PORTO, May 3 (Seagull Press) - Ada Brook left Lisbon.")
    };
    check(
        &[printed("a", "Daily Lantern"), printed("b", "Coast Herald")],
        &["2 | 2 | 1 | 0 | Seagull Press"],
    );
    check(
        &[printed("a", "Seagull Press Agency"), own("b", "Seagull Press Agency")],
        &["2 | 1 | 1 | 0 | Seagull Press Agency"],
    );
}

#[test]
fn articles_of_no_known_origin_count_for_none() {
    let nameless = |id: &str| {
        let mut story = own(id, "");
        story.document.article.publisher = None;
        story
    };
    check(&[nameless("a"), nameless("b")], &["2 | 0 | 0 | 0 | "]);
}

#[test]
fn yes_and_no_contradict_unless_of_different_times() {
    let no = |id: &str| {
        let text = "Ada Brook left Lisbon on Monday.";
        story(id, "Coast Herald", text).polarity(Polarity::Negative)
    };
    let row = "contradicts | Ada Brook left Lisbon |  | <article/a> | Ada Brook left Lisbon |  | <article/b>";
    let rows = |stories: &[Story]| answer(stories, "contradictions");
    assert_eq!(rows(&[own("a", "Daily Lantern"), no("b")]), [row]);
    assert_eq!(rows(&[no("b"), own("a", "Daily Lantern")]), [row]);
    let on = |story: Story, day: &str| story.when("Lisbon", Some(day));
    let days = |one, other| rows(&[on(own("a", "Daily Lantern"), one), on(no("b"), other)]).len();
    assert_eq!(days("2023-03-09", "2023-03-09"), 1);
    assert_eq!(days("2023-03-09", "2023-03-10"), 0);
    // What an article no longer says contradicts nothing.
    assert_eq!(rows(&[own("a", "Daily Lantern"), no("b"), own("b", "Coast Herald")]).len(), 0);
}

#[test]
fn what_is_affirmed_and_denied_is_disputed() {
    let no =
        |id: &str| story(id, "Coast Herald", "Ada Brook left Lisbon.").polarity(Polarity::Negative);
    let rows = |stories: &[Story]| answer(stories, "disputed");
    let row = |count: &str| format!("Ada Brook | leaves | Lisbon | {count}");
    let yes = |id: &str| own(id, "Daily Lantern");
    assert_eq!(rows(&[yes("a"), no("b"), yes("c")]), [row("2 | 1")]);
    assert_eq!(rows(&[no("b"), yes("c"), yes("a")]), [row("2 | 1")]);
    assert_eq!(rows(&[yes("a"), yes("b")]), [""; 0]);
    // What is planned is neither, and what an article no longer says does not count.
    let planned = |id: &str| yes(id).modality(Modality::Planned);
    assert_eq!(rows(&[planned("a"), no("b")]), [""; 0]);
    assert_eq!(rows(&[yes("a"), no("b"), yes("b")]), [""; 0]);
    // More articles than are looked at one by one.
    let many: Vec<Story> = (0..70).map(|n| yes(&format!("y{n}"))).chain([no("n")]).collect();
    assert_eq!(rows(&many), [row("70 | 1")]);
}

#[test]
fn an_article_disputes_what_no_other_speaks_of() {
    let yes = |story: Story| story.claims("The mayor", "left", &["leave"], "Lisbon");
    let told = Story::new("a", "The mayor left Lisbon.").named("Lisbon", NameKind::Place);
    let both = yes(yes(told)).polarity(Polarity::Negative);
    assert_eq!(answer(&[both], "disputed"), ["The mayor | leaves | Lisbon | 1 | 1"]);
}
