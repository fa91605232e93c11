//! What stands beside the name of a place tells which one it is.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::{Article, Pipeline};

/// The ids of all that an article has links to, without the base that ships.
fn links(text: &str) -> Vec<String> {
    let pipeline = Pipeline::builder().without_default_base().build().unwrap();
    let analysis = pipeline.analyse(Article::new("test", text));
    let links = analysis.entities().iter().flat_map(|entity| &entity.links);
    links.map(|link| link.id.to_string()).collect()
}

fn check(text: &str, id: &str, expected: bool) {
    let links = links(text);
    assert_eq!(links.iter().any(|link| link == id), expected, "{text} {links:?}");
}

#[test]
fn a_city_lies_in_the_region_behind_it() {
    check("The ferry left Birmingham, England, on Monday.", "Q2256", true);
    check("The mill in Birmingham, Alabama, closed on Monday.", "Q2256", false);
    check("In Birmingham, France and Spain signed a treaty on Monday.", "Q2256", true);
}

#[test]
fn what_has_a_governor_is_a_state() {
    check("Washington Gov. Ada Brook opened the ferry.", "Q61", false);
    check("Washington Gov. Ada Brook opened the ferry.", "Q1223", true);
    check("Ada Brook went to Washington on Monday.", "Q61", true);
}

#[test]
fn a_state_is_no_country_in_news_of_its_own() {
    let near = "Voters in Texas, Florida, Ohio and Georgia went to the polls.";
    check(near, "Q1428", true);
    check(near, "Q230", false);
    check("Voters in Armenia, Azerbaijan and Georgia went to the polls.", "Q230", true);
}

#[test]
fn teams_are_no_places() {
    let game = "Chicago beat Dallas in the first game of the season, and the coach praised \
                his goalkeeper.";
    check(game, "Q1297", false);
    check("Ada Brook left Chicago for Dallas on Monday.", "Q1297", true);
}

#[test]
fn titles_are_no_places() {
    check("Ada Brook phoned from the set of “Chicago,” which Tom Hale wrote.", "Q1297", false);
    check("“Chicago is cold,” Ada Brook said.", "Q1297", true);
}
