//! Who pronouns, titles and described people are.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::text::{Document, Mention};
use reportedly::{Article, Pipeline};

/// The mentions of the cluster that a phrase is in, the phrase's first occurrence.
fn cluster(document: &Document, phrase: &str) -> Vec<String> {
    let text = |mention: &Mention| document.slice(mention.span).to_owned();
    let found = document.mentions.iter().find(|mention| text(mention) == phrase);
    let Some(mention) = found else { return Vec::new() };
    let cluster = &document.clusters[mention.cluster.index()];
    cluster.mentions.iter().map(|m| text(&document.mentions[m.index()])).collect()
}

/// Texts with a phrase, another that means the same, and one that does not.
const SAME: &[(&str, &str, &str, &str)] = &[
    (
        "The harbour activist Berta Lindqvist opened the gate. She closed it again.",
        "She",
        "Berta Lindqvist",
        "",
    ),
    (
        "Sen. Olga Brandt met Rep. Pavel Novak in Oslo. The senator then left.",
        "The senator",
        "Sen. Olga Brandt",
        "Rep. Pavel Novak",
    ),
    (
        "President Ida Holm wrote to former President Jan Kroll. The president was calm.",
        "The president",
        "President Ida Holm",
        "former President Jan Kroll",
    ),
    (
        "Karl Roth Jr. sold the mill. His father, Karl Roth, had built it.",
        "Karl Roth Jr.",
        "Karl Roth Jr.",
        "Karl Roth",
    ),
    (
        "The Bank of Norway raised rates. Norway welcomed the move.",
        "Norway",
        "Norway",
        "The Bank of Norway",
    ),
    (
        "Greta Olsen sang. Nils Olsen listened. Mr. Olsen clapped.",
        "Mr. Olsen",
        "Nils Olsen",
        "Greta Olsen",
    ),
    ("Oslo welcomed Martin Ekman on Monday. He thanked the city.", "He", "Martin Ekman", "Oslo"),
    (
        "The Orm Ministry praised the Norland Bank. The bank, which said it would pay, sold land.",
        "it",
        "the Norland Bank",
        "The Orm Ministry",
    ),
    (
        "Former Speaker Tom Hale, a Democrat, met Ada Moss, a Republican.",
        "a Democrat",
        "Former Speaker Tom Hale",
        "Ada Moss",
    ),
    (
        "“I will repair the organ,” Tomas Vik said. “It is old,” he added. Later he slept.",
        "he",
        "Tomas Vik",
        "",
    ),
    (
        "Nils Olsen met Jan Kroll on Monday. The winner is Paul Stark. He lives in Oslo.",
        "The winner",
        "Paul Stark",
        "Nils Olsen",
    ),
    (
        "Workers repaired the northern bridge. A flood destroyed the southern bridge.",
        "the southern bridge",
        "the southern bridge",
        "the northern bridge",
    ),
    (
        "Tomas Vik hired a crew. Tomas Vik sold a barge. Engineer Paul Stark has doubts about the \
         quay. “It leans to the south. We should repair it,” he said.",
        "he",
        "Engineer Paul Stark",
        "Tomas Vik",
    ),
    (
        "Tomas Vik hired a crew. Vik then sold the barge. One of the buyers is Paul Stark. He \
         lives in Oslo.",
        "He",
        "Paul Stark",
        "Tomas Vik",
    ),
    (
        "Tomas Vik met Paul Stark in Oslo. “He never slept,” Ada Moss said of Vik.",
        "He",
        "Vik",
        "Paul Stark",
    ),
    (
        "Nils Olsen, an aide to Jan Kroll, said that he would stay in Oslo.",
        "he",
        "Nils Olsen",
        "Jan Kroll",
    ),
    ("Nils Olsen wept. Jan Kroll asked for him to stay in Oslo.", "him", "Nils Olsen", "Jan Kroll"),
];

#[test]
fn phrases_reach_whom_they_mean() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    for &(text, phrase, same, other) in SAME {
        let document = pipeline.document(Article::paragraph("coreference", text));
        let found = cluster(&document, phrase);
        assert!(found.iter().any(|m| m == same), "{phrase} is not {same} but {found:?}: {text}");
        assert!(found.iter().all(|m| m != other), "{phrase} is {other}: {found:?}: {text}");
    }
}
