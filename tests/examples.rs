//! The example articles are what they claim to be: each names its outlet and
//! its day, and what is not theirs is known as boilerplate.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::path::Path;

use reportedly::read::{self, Input};
use reportedly::text::{Article, BlockKind};

/// Words of lines that belong to the page, not to the article.
const BOILERPLATE: &[&str] = &[
    "All rights reserved",
    "Share this article",
    "Leave a Reply",
    "Your email address will not be published",
    "By Editor",
    "About the author",
    "Subscribe to our newsletter",
    "Read more: Six things",
    "min read",
    "READ NEXT",
    "Follow Copper & Silicon",
    "Sign up for our Morning Tide",
    "By ILSE VAN MOURIK",
    "By Marit Lindqvist-Howe",
    "(Reporting by Josephine Adair",
    "Most viewed",
    "More from The Weekly Lantern",
];

fn examples() -> Vec<Article> {
    let inputs: Vec<Input> = common::examples().into_iter().map(Input::Path).collect();
    let items = read::articles(&inputs, &read::Options::default());
    items.map(|item| item.expect("readable").article().clone()).collect()
}

#[test]
fn each_names_its_outlet_its_day_and_its_headline() {
    let articles = examples();
    assert_eq!(articles.len(), 13);
    for article in articles {
        assert!(article.publisher.is_some(), "{}: no publisher", article.id);
        assert!(article.published.is_some(), "{}: no date", article.id);
        let titles = article.blocks.iter().filter(|b| b.kind == BlockKind::Title);
        let titles: Vec<_> = titles.map(|b| b.span.slice(&article.text)).collect();
        assert_eq!(titles, [article.title.as_deref().unwrap()], "{}", article.id);
    }
}

/// `examples/formats` has an input of each kind, with one article each.
#[test]
fn every_kind_of_input_has_an_example() {
    let folder = Path::new(common::ROOT).join("examples/formats");
    let files = std::fs::read_dir(&folder).unwrap().count();
    let items = read::articles(&[Input::Path(folder)], &read::Options::default());
    let articles: Vec<Article> = items.map(|item| item.unwrap().article().clone()).collect();
    assert_eq!(articles.len(), files);
    for article in articles {
        let parsed = article.id.as_str() == "parsed-elsewhere";
        assert!(parsed || article.title.is_some() && article.byline.is_some(), "{}", article.id);
    }
}

#[test]
fn lines_of_the_page_are_boilerplate_and_all_else_is_not() {
    let mut seen = 0;
    for article in examples() {
        for block in &article.blocks {
            let words = block.span.slice(&article.text);
            let of_the_page = BOILERPLATE.iter().any(|b| words.contains(b));
            let known = block.kind == BlockKind::Boilerplate;
            assert!(known || !of_the_page, "{}: taken for the article's: {words}", article.id);
            let story = words.len() > 300;
            assert!(!known || !story, "{}: taken for boilerplate: {words}", article.id);
            seen += usize::from(of_the_page);
        }
    }
    assert_eq!(seen, BOILERPLATE.len(), "some are gone from the examples, or stand twice");
}
