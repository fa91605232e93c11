//! Trains the segmentation weights, `models/english/english.segments`.
//!
//! Two linear classifiers over the features of `reportedly::analyse::segment`,
//! trained by stochastic gradient descent with `AdaGrad` on the treebanks'
//! texts as they are and as newspapers might have set them (see [`vary`]).

mod learn;
mod vary;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use reportedly::analyse::segment::{CLASSES, Judge, Split, Table, Weights, segment_with};
use reportedly::eval::conllu::evaluate;
use reportedly::export::document::conllu::to_conllu;
use reportedly::read::conllu::parse;
use reportedly::text::{Deprel, Document, Tree};

use learn::{Example, Plan, Shape, train};

/// Train sentence splitting and tokenisation
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// The folder of the treebanks
    #[arg(long, default_value = "../shared/data/ud")]
    data: PathBuf,
    /// Where the weights go
    #[arg(long, default_value = "models/english/english.segments")]
    output: PathBuf,
    #[command(flatten)]
    plan: Plan,
    /// How many changed copies of each text to train on
    #[arg(long, default_value_t = 3)]
    copies: usize,
    /// Write what comes out on the development files to this folder, as CoNLL-U
    #[arg(long)]
    show: Option<PathBuf>,
    /// Added to the score that a sentence's end must reach
    #[arg(long, default_value_t = 0.0)]
    threshold: f32,
}

const TRAIN: [&str; 2] = ["ewt-train.conllu", "gum-train-free.conllu"];
const DEVELOPMENT: [&str; 3] = ["ewt-dev.conllu", "gum-dev-news.conllu", "gum-dev-free.conllu"];
const SPLIT: Shape = Shape { classes: CLASSES, buckets: 1 << 18, least: 5 };
const STOP: Shape = Shape { classes: 2, buckets: 1 << 19, least: 2 };

pub(crate) fn run(flags: &Flags) -> anyhow::Result<()> {
    let mut oracle = Oracle::default();
    for file in TRAIN {
        for document in load(&flags.data.join(file))? {
            for variant in vary::variants(&document, flags.copies) {
                oracle.study(&variant);
            }
        }
    }
    println!("{} splits, {} stops to learn", oracle.splits.len(), oracle.stops.len());
    println!("{} boundaries at places that are not in question", oracle.missed);
    let weights = Weights {
        threshold: flags.threshold,
        split: train(&oracle.splits, SPLIT, flags.plan),
        stop: one_sided(&train(&oracle.stops, STOP, flags.plan)),
    };
    fs::write(&flags.output, weights.to_bytes())
        .with_context(|| flags.output.display().to_string())?;
    for file in DEVELOPMENT {
        let system = score(&flags.data.join(file), &weights)?;
        if let Some(folder) = &flags.show {
            let written: String = system.iter().map(to_conllu).collect();
            fs::write(folder.join(file), written)?;
        }
    }
    Ok(())
}

fn load(path: &Path) -> anyhow::Result<Vec<Document>> {
    let contents = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(parse(&contents, "article").documents)
}

/// A table of two classes as one of their differences.
fn one_sided(table: &Table) -> Table {
    let half = |pair: &[i8]| match pair {
        // The classes' weights mirror each other, so the second says it all.
        [_, yes] => *yes,
        _ => 0,
    };
    Table {
        classes: 1,
        scale: 2.0 * table.scale,
        weights: table.weights.chunks(2).map(half).collect(),
    }
}

/// Knows the treebank's answers and writes down what it was asked.
#[derive(Default)]
struct Oracle {
    tokens: BTreeMap<usize, Split>,
    sentences: BTreeSet<usize>,
    splits: Vec<Example>,
    stops: Vec<Example>,
    missed: usize,
}

impl Oracle {
    fn study(&mut self, document: &Document) {
        let joined = |joined| if joined { Split::Joined } else { Split::Token };
        let tokens = document.tokens.iter();
        self.tokens = tokens.map(|t| (t.span.start as usize, joined(t.joined))).collect();
        let sentences = document.sentences.iter();
        self.sentences = sentences.map(|s| s.span.start as usize).collect();
        let (sentences, tokens) = segment_with(&document.article, self);
        self.missed += document.tokens.len().saturating_sub(tokens.len());
        self.missed += document.sentences.len().saturating_sub(sentences.len());
    }
}

impl Judge for Oracle {
    fn split(&mut self, at: usize, features: &[u32]) -> Split {
        let answer = self.tokens.get(&at).copied().unwrap_or(Split::Inside);
        let class = match answer {
            Split::Inside => 0,
            Split::Token => 1,
            Split::Joined => 2,
        };
        self.splits.push(Example { class, features: features.into() });
        answer
    }

    fn stop(&mut self, at: usize, features: &[u32]) -> f32 {
        let ends = self.sentences.contains(&at);
        self.stops.push(Example { class: u8::from(ends), features: features.into() });
        if ends { 1.0 } else { -1.0 }
    }
}

/// Prints the scores on a development file and returns what was scored.
fn score(path: &Path, weights: &Weights) -> anyhow::Result<Vec<Document>> {
    let gold = load(path)?;
    let system: Vec<Document> = gold.iter().map(|d| segmented(d, weights)).collect();
    println!("{}", path.display());
    let evaluation = evaluate(&gold, &system)?;
    for score in evaluation.scores.iter().take(3) {
        println!(
            "  {:<10} precision {:.2}  recall {:.2}  F1 {:.2}",
            score.metric,
            100.0 * score.precision(),
            100.0 * score.recall(),
            100.0 * score.f1()
        );
    }
    Ok(system)
}

/// The document with sentences and tokens as the weights see them, and no other layer.
fn segmented(gold: &Document, weights: &Weights) -> Document {
    let (sentences, tokens) = segment_with(&gold.article, &mut &*weights);
    let n = tokens.len();
    Document {
        sentences,
        tags: vec![reportedly::text::Tag::default(); n],
        tree: Tree::new(vec![None; n], vec![Deprel::Root; n]),
        tokens,
        names: Vec::new(),
        ..gold.clone()
    }
}
