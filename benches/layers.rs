//! What each layer costs, on one thread: `cargo bench --bench layers`.
//!
//! Throughput is in words, counted as the program divides them. Reads the
//! articles of `examples/`, or of the folder that `REPORTEDLY_ARTICLES` names; looks
//! their names up in the compiled base that `REPORTEDLY_KB` names, too.
#![allow(clippy::expect_used, missing_docs)] // a broken bench may panic

use std::path::Path;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};

use reportedly::analyse::segment::Segmenter;
use reportedly::analyse::{Model, tag_and_parse};
use reportedly::read::{self, Input, Item};
use reportedly::resolve::{AssertionPolicy, CompiledBase, Decisions, fold_name};
use reportedly::text::Document;
use reportedly::{Analysis, Article, Pipeline};

/// The articles that are read again and again.
fn articles() -> Vec<Article> {
    let folder = std::env::var("REPORTEDLY_ARTICLES");
    let folder = folder.unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/examples").into());
    let inputs = [Input::from(Path::new(&folder))];
    read::articles(&inputs, &read::Options::default())
        .filter_map(Result::ok)
        .filter_map(|item| match item {
            Item::Article(article) => Some(article),
            Item::Document(_) => None,
        })
        .collect()
}

/// Measures what is done with each of some things.
fn each<T, R>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    layer: &str,
    things: &[T],
    work: impl Fn(&T) -> R,
) {
    group.bench_function(layer, |bencher| {
        bencher.iter(|| things.iter().for_each(|thing| drop(std::hint::black_box(work(thing)))));
    });
}

fn layers(criterion: &mut Criterion) {
    let articles = articles();
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let (extractor, resolver) = (pipeline.extractor(), pipeline.resolver());
    let segmenter = Segmenter::english().expect("the weights that ship can be read");
    let model = Model::english().expect("the model that ships can be read");

    let documents: Vec<Document> = articles.iter().map(|a| pipeline.document(a.clone())).collect();
    let analysed: Vec<Analysis> = articles.iter().map(|a| pipeline.analyse(a.clone())).collect();
    let words = documents.iter().map(|d| d.tokens.len() as u64).sum();

    let mut group = criterion.benchmark_group("layers");
    group.sample_size(10).throughput(Throughput::Elements(words));
    each(&mut group, "segment", &articles, |article| segmenter.segment(article));
    each(&mut group, "tag_and_parse", &documents, |d| {
        tag_and_parse(&model, &d.tokens, &d.sentences)
    });
    each(&mut group, "analyse", &articles, |a| pipeline.document(a.clone()));
    each(&mut group, "extract", &documents, |document| extractor.extract(document));
    each(&mut group, "resolve", &analysed, |a| {
        resolver.resolve(a.document(), a.extraction(), AssertionPolicy::Own, &Decisions::default())
    });
    each(&mut group, "json", &analysed, Analysis::json);
    group.finish();
}

/// Looks up the names of the articles in the base that `REPORTEDLY_KB` names, if it does.
fn look_ups(criterion: &mut Criterion) {
    let Some(path) = std::env::var_os("REPORTEDLY_KB") else { return };
    let bytes = std::fs::read(&path).expect("a file that can be read");
    let base = CompiledBase::new("kb", &path.to_string_lossy(), bytes).expect("a whole base");
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let documents: Vec<Document> = articles().into_iter().map(|a| pipeline.document(a)).collect();
    let names = |d: &Document| -> Vec<String> {
        d.names.iter().map(|name| fold_name(d.slice(name.span))).collect()
    };
    let names: Vec<String> = documents.iter().flat_map(names).collect();
    let mut group = criterion.benchmark_group("knowledge");
    group.throughput(Throughput::Elements(names.len() as u64));
    each(&mut group, "look_up", &names, |name| base.look_up(name));
    group.finish();
}

criterion_group!(benches, layers, look_ups);
criterion_main!(benches);
