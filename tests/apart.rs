//! The graph of many articles, made without a store, is what a store of them exports: line
//! for line, in whatever order and parts the articles come.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedNode, Quad};
use reportedly::export::{Format, Options, write_store};
use reportedly::graph::{
    Apart, ArticleSource, Built, Iris, Store, Votes, as_stored, follows, stories_of, story_graph,
};
use reportedly::read::{self, Input};
use reportedly::{Analysis, Pipeline};

const BASE: &str = "https://news.example/";

fn examples() -> Vec<Analysis> {
    let pipeline = Pipeline::builder().build().unwrap();
    let input: Input = "examples".parse().unwrap();
    let items = read::articles(&[input], &pipeline.reading()).filter_map(Result::ok);
    items.map(|item| pipeline.analyse(item)).collect()
}

fn exported(articles: &[Analysis]) -> BTreeSet<String> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), Some(BASE)).unwrap();
    for part in articles.chunks(5) {
        let built = part.iter().map(|analysis| Built {
            graph: analysis.graph(store.iris()),
            digest: String::new(),
            source: ArticleSource::default(),
        });
        store.write(&built.collect::<Vec<_>>()).unwrap();
    }
    let mut lines = Vec::new();
    write_store(&store, &Options::of(Format::NQuads), &mut lines).unwrap();
    String::from_utf8(lines).unwrap().lines().map(str::to_owned).collect()
}

/// The same, each step from what the one before it gave.
fn made_apart(articles: &[Analysis]) -> BTreeSet<String> {
    let iris = Iris::new(BASE).unwrap();
    let parts: Vec<Apart> =
        articles.iter().map(|article| Apart::new(&iris, article.graph(&iris))).collect();
    let mut quads: Vec<Quad> = Vec::new();
    let mut votes: BTreeMap<&NamedNode, Votes> = BTreeMap::new();
    let mut told = BTreeMap::new();
    for part in &parts {
        quads.extend(part.quads.iter().chain(&part.shared).cloned());
        told.insert(part.article.clone(), part);
        for (node, cast) in &part.votes {
            for vote in cast {
                *votes.entry(node).or_default().entry(vote.clone()).or_default() += 1;
            }
        }
    }
    for (node, votes) in votes {
        quads.extend(follows(&iris, node, &votes));
    }
    let names: Vec<NamedNode> = told.keys().cloned().collect();
    let signatures: Vec<_> = told.values().map(|part| part.signature.clone()).collect();
    for (story, members) in stories_of(&iris, &names, &signatures) {
        let graphs: Vec<_> =
            members.iter().map(|article| (article.clone(), told[article].quads.clone())).collect();
        quads.extend(story_graph(&iris, &story, &graphs));
    }
    quads.into_iter().map(|quad| format!("{} .", as_stored(quad))).collect()
}

#[test]
fn a_graph_made_apart_is_that_of_a_store() {
    let mut articles = examples();
    articles.sort_by(|one, other| one.article().id.cmp(&other.article().id));
    articles.dedup_by(|one, other| one.article().id == other.article().id);
    let wanted = exported(&articles);
    assert!(wanted.iter().any(|line| line.contains("ns#Story>")), "a story is told");
    assert!(wanted.iter().any(|line| line.contains("ns#articles>")), "claims meet");
    articles.reverse();
    let made = made_apart(&articles);
    let differing: Vec<&String> = made.symmetric_difference(&wanted).take(8).collect();
    assert!(differing.is_empty(), "{differing:#?}");
}
